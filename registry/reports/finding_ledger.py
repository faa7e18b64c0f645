"""问题整改台账: what was found in a unit within a year or is still open from before, and how it was mended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from registry.permissions import Actor
from registry.places.queries import names_of
from registry.reports.covering import covered
from registry.reports.glances import Glance
from registry.reports.heading import sheet_heading
from registry.reports.paper.drawing import draw_table
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.reports.paper.table import Cell, Column, Kind, Line, Note, Row, Table
from registry.reports.parameters import Parameters
from registry.spreadsheet import CellKind, SheetColumn, WorkSheet, write_xlsx
from registry.supervision.findings.ledger import Standing, standing_on
from registry.supervision.findings.rules import FindingStatus
from registry.text import N_

TITLE = N_("扶贫项目资产问题整改台账")
_SIGNERS = (N_("制表："), N_("审核："), N_("单位负责人："))
_LATE = N_("逾期")


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One problem as it stood on the day."""

    number: str
    unit_name: str
    source: str
    problem: str
    basis: str
    demand: str
    mender: str
    found_on: str
    due_on: str
    report: str
    reported_on: str
    status: str
    is_late: bool
    checker: str
    checked_on: str
    recurrences: int


@dataclass(frozen=True, slots=True)
class FindingLedger:
    """The figures of a ledger of findings."""

    unit_name: str
    region_code: str
    period_text: str
    range_text: str
    rows: tuple[FindingLine, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> FindingLedger:
    """Read what was found in the year up to a day, and what was open when it began. Raises Missing."""
    covers = covered(region_code, actor, on, N_("本年发现的和上年没有销号的问题"))
    found = standing_on(region_code, actor, on)
    names = names_of({one.row.region_code for one in found} | {one.row.mender_code for one in found})
    rows = tuple(_line(one, names) for one in found)
    return FindingLedger(covers.unit_name, covers.region_code, covers.period_text, covers.range_text, rows)


def _line(one: Standing, names: dict[str, str]) -> FindingLine:
    row, mender = one.row, names.get(one.row.mender_code, "")
    return FindingLine(
        number=row.number, unit_name=names.get(row.region_code, ""), source=row.found_by.label, problem=row.problem,
        basis=row.basis, demand=row.demand, mender=f"{mender} {row.person}".strip(),
        found_on=row.found_on.isoformat(), due_on=row.due_on.isoformat(), report=one.report,
        reported_on=one.reported_on.isoformat() if one.reported_on else "", status=one.status.label,
        is_late=one.is_late, checker=one.checker, checked_on=one.checked_on.isoformat() if one.checked_on else "",
        recurrences=row.recurrences,
    )  # fmt: skip


_TABLE = Table(
    columns=(
        Column(N_("序号"), 24, Align.CENTER, Kind.CODE),
        Column(N_("编号"), 88, Align.CENTER, Kind.CODE),
        Column(N_("单位"), 44),
        Column(N_("来源"), 48),
        Column(N_("问题"), 112),
        Column(N_("依据"), 66),
        Column(N_("整改要求"), 84),
        Column(N_("责任单位\n责任人"), 52),
        Column(N_("整改期限"), 52, Align.CENTER, Kind.CODE),
        Column(N_("整改情况"), 94),
        Column(N_("状态"), 40, Align.CENTER),
        Column(N_("核查人\n销号日期"), 70.89),
    ),
)


def draw(figures: FindingLedger, imprint: Imprint) -> bytes:
    """Draw the ledger in the order in which the problems were entered."""
    facts = ((N_("期间"), figures.period_text), (N_("范围"), figures.range_text))
    heading = Heading(TITLE, "", figures.unit_name, figures.region_code, facts, money_unit="", signers=_SIGNERS)
    return draw_table(LANDSCAPE, heading, _TABLE, lambda: _rows(figures), imprint)


def _rows(figures: FindingLedger) -> Iterator[Row]:
    if not figures.rows:
        yield Note(N_("本期没有问题"))
        return
    for ordinal, row in enumerate(figures.rows, 1):
        yield Line(_cells(ordinal, row), red=row.is_late)
    yield Note(_summed(figures))


def _summed(figures: FindingLedger) -> str:
    words = N_("共 %(total)s 个问题：已销号 %(over)s，待销号 %(reported)s，整改中 %(open)s（逾期 %(late)s，红字）。")
    return words % {**_counts(figures), "total": len(figures.rows)}


def _counts(figures: FindingLedger) -> dict[str, int]:
    over = sum(row.status == FindingStatus.CHECKED_OFF.label for row in figures.rows)
    reported = sum(row.status == FindingStatus.REPORTED.label for row in figures.rows)
    late = sum(row.is_late for row in figures.rows)
    return {"over": over, "reported": reported, "open": len(figures.rows) - over - reported, "late": late}


def _again(row: FindingLine) -> str:
    return N_("（第 %(n)s 次复发）") % {"n": row.recurrences} if row.recurrences else ""


def _status(row: FindingLine) -> str:
    return f"{row.status}，{_LATE}" if row.is_late else row.status


def _cells(ordinal: int, row: FindingLine) -> tuple[Cell, ...]:
    return (
        str(ordinal), row.number, row.unit_name, row.source, row.problem + _again(row), row.basis, row.demand,
        row.mender, row.due_on, row.report or None, _status(row),
        f"{row.checker} {row.checked_on}" if row.checked_on else None,
    )  # fmt: skip


_SHEET_COLUMNS = (
    SheetColumn(N_("编号"), width=22),
    SheetColumn(N_("单位"), width=16),
    SheetColumn(N_("来源"), width=18),
    SheetColumn(N_("问题"), width=50),
    SheetColumn(N_("复发次数"), CellKind.COUNT, 10),
    SheetColumn(N_("依据"), width=30),
    SheetColumn(N_("整改要求"), width=40),
    SheetColumn(N_("责任单位、责任人"), width=22),
    SheetColumn(N_("发现日期"), width=12),
    SheetColumn(N_("整改期限"), width=12),
    SheetColumn(N_("整改情况"), width=50),
    SheetColumn(N_("上报日期"), width=12),
    SheetColumn(N_("状态"), width=10),
    SheetColumn(N_("是否逾期"), width=10),
    SheetColumn(N_("核查人"), width=24),
    SheetColumn(N_("销号日期"), width=12),
)


def sheet(figures: FindingLedger, imprint: Imprint) -> bytes:
    """Write the same problems as a spreadsheet."""
    rows = (
        (
            row.number, row.unit_name, row.source, row.problem, row.recurrences, row.basis, row.demand, row.mender,
            row.found_on, row.due_on, row.report, row.reported_on, row.status, _LATE if row.is_late else "",
            row.checker, row.checked_on,
        )
        for row in figures.rows
    )  # fmt: skip
    heading = (TITLE, *sheet_heading(figures.unit_name, figures.period_text, figures.range_text, imprint))
    out = BytesIO()
    write_xlsx([WorkSheet(TITLE, _SHEET_COLUMNS, rows, heading)], out)
    return out.getvalue()


def glance(figures: FindingLedger) -> Glance:
    """Return what a reader compares of a ledger of findings."""
    counts = _counts(figures)
    words = N_("%(count)s 个")
    return (
        (N_("单位"), figures.unit_name),
        (N_("期间"), figures.period_text),
        (N_("问题"), words % {"count": len(figures.rows)}),
        (N_("已销号"), words % {"count": counts["over"]}),
        (N_("逾期"), words % {"count": counts["late"]}),
    )
