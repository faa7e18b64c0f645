"""应收及欠款台账: what was due by a day, what came of it, what was given up, and how late the rest is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from sqlalchemy import select

from registry.bulk import chunks
from registry.database import db
from registry.ledger.operation.contracts.models import Contract
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.dues.rules import ArrearsClass, arrears_class
from registry.ledger.operation.equity.models import Equity
from registry.ledger.operation.kinds import DueStatus
from registry.permissions import Actor
from registry.policy.queries import policy_for
from registry.reports.covering import covered
from registry.reports.heading import sheet_heading
from registry.reports.holdings import unit_names
from registry.reports.owing import DueThen, asset_names, assets_text, dues_within, period_text
from registry.reports.paper.drawing import draw_table
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.reports.paper.table import Cell, Column, Kind, Line, Note, Row, Subtotal, Sums, Table, add_sums
from registry.reports.parameters import Parameters
from registry.spreadsheet import CellKind, SheetColumn, WorkSheet, write_xlsx
from registry.text import N_

TITLE = N_("扶贫项目资产应收及欠款台账")
_NOTHING: Sums = (None,) * 4
_UNSTATED = DueStatus.UNSTATED.label


@dataclass(frozen=True, slots=True)
class DueLine:
    """One due as it stood on the day, in fen. ``late_class`` is empty when nothing is owed."""

    number: str
    debtor: str
    assets: str
    kind: str
    period: str
    due_on: str
    due_fen: int
    received_fen: int
    written_off_fen: int
    owed_fen: int
    days_late: int
    late_class: str
    unit_name: str


@dataclass(frozen=True, slots=True)
class ArrearsLedger:
    """The figures of a ledger of dues. ``classes`` are the names of lateness in order."""

    unit_name: str
    region_code: str
    region_name: str
    period_text: str
    range_text: str
    classes: tuple[str, ...]
    lines: tuple[DueLine, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> ArrearsLedger:
    """Read what was due in the year of a day up to it, and what was owed of earlier years. Raises Missing."""
    covers = covered(region_code, actor, on, N_("本年应收和以前年度欠款"))
    dues = [one for one in dues_within(region_code, actor, on) if one.due.due_on.year == on.year or one.owed_fen]
    names = asset_names(key for one in dues for key in one.asset_ids)
    numbers, units = _numbers(dues), unit_names(region_code, on)
    lines = tuple(_line(one, on, numbers, units, assets_text(names, one.asset_ids)) for one in dues)
    classes = (*(one.label for one in ArrearsClass if one is not ArrearsClass.NOT_YET), _UNSTATED)
    return ArrearsLedger(
        covers.unit_name, covers.region_code, covers.region_name, covers.period_text, covers.range_text, classes, lines
    )


def _line(one: DueThen, on: date, numbers: dict[int, str], units: dict[str, str], assets: str) -> DueLine:
    due = one.due
    return DueLine(
        number=numbers[due.id], debtor=due.debtor_name, assets=assets, kind=due.about.label,
        period=period_text(due.period_from, due.period_to), due_on=due.due_on.isoformat(), due_fen=one.due_fen,
        received_fen=one.received_fen, written_off_fen=one.written_off_fen, owed_fen=one.owed_fen,
        days_late=max((on - due.due_on).days, 0), late_class=_class(one, on),
        unit_name=units.get(due.region_code, ""),
    )  # fmt: skip


def _class(one: DueThen, on: date) -> str:
    if one.due.state is DueStatus.UNSTATED:
        return _UNSTATED
    if not one.owed_fen:
        return ""
    late = arrears_class(one.due.due_on, on, policy_for(one.due.region_code, on))
    return "" if late is ArrearsClass.NOT_YET else late.label


def _numbers(dues: list[DueThen]) -> dict[int, str]:
    """Return the number of the contract or equity behind each due."""
    contracts = _numbers_of(Contract, {one.due.contract_id for one in dues})
    equity = _numbers_of(Equity, {one.due.equity_id for one in dues})
    return {one.due.id: _number(one.due, contracts, equity) for one in dues}


def _number(due: Due, contracts: dict[int, str], equity: dict[int, str]) -> str:
    return contracts[due.contract_id] if due.contract_id is not None else equity[due.equity_id or 0]


def _numbers_of(model: type[Contract] | type[Equity], keys: set[int | None]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in chunks(sorted(key for key in keys if key is not None)):
        found.update(db.session.execute(select(model.id, model.number).where(model.id.in_(some))).all())
    return found


_TABLE = Table(
    columns=(
        Column(N_("序号"), 28, Align.CENTER, Kind.CODE),
        Column(N_("合同（股权）编号"), 106, Align.CENTER),
        Column(N_("应付方"), 98),
        Column(N_("资产"), 98),
        Column(N_("种类"), 58, Align.CENTER),
        Column(N_("所属期"), 60, Align.CENTER),
        Column(N_("应收日期"), 52, Align.CENTER, Kind.CODE),
        Column(N_("应收"), 56, Align.RIGHT, Kind.AMOUNT),
        Column(N_("已收"), 56, Align.RIGHT, Kind.AMOUNT),
        Column(N_("已核销"), 46, Align.RIGHT, Kind.AMOUNT),
        Column(N_("欠款"), 52, Align.RIGHT, Kind.AMOUNT),
        Column(N_("逾期\n天数"), 26, Align.RIGHT, Kind.CODE),
        Column(N_("账龄档"), 37.89, Align.CENTER),
    ),
    summed=(7, 8, 9, 10),
    counted=N_("笔"),
)


def draw(figures: ArrearsLedger, imprint: Imprint) -> bytes:
    """Draw the ledger, and what is owed by class of lateness below the whole."""
    facts = ((N_("期间"), figures.period_text), (N_("范围"), figures.range_text))
    heading = Heading(TITLE, "", figures.unit_name, figures.region_code, facts)
    return draw_table(LANDSCAPE, heading, _TABLE, lambda: _rows(figures), imprint)


def _rows(figures: ArrearsLedger) -> Iterator[Row]:
    if not figures.lines:
        yield Note(N_("没有应收"))
        return
    for ordinal, line in enumerate(figures.lines, 1):
        yield Line(_cells(ordinal, line))
    count = N_("%(region)s总计（%(count)s 笔）") % {"region": figures.region_name, "count": f"{len(figures.lines):,}"}
    yield Subtotal(count, _sums(figures.lines))
    for name in figures.classes:
        late = [line for line in figures.lines if line.late_class == name]
        if late:
            label = N_("其中：%(class)s（%(count)s 笔）") % {"class": name, "count": f"{len(late):,}"}
            yield Subtotal(label, _sums(late))


def _sums(lines: tuple[DueLine, ...] | list[DueLine]) -> Sums:
    sums = _NOTHING
    for line in lines:
        sums = add_sums(sums, (line.due_fen, line.received_fen, line.written_off_fen or None, line.owed_fen or None))
    return sums


def _cells(ordinal: int, line: DueLine) -> tuple[Cell, ...]:
    return (
        str(ordinal), line.number, line.debtor, line.assets, line.kind, line.period, line.due_on, line.due_fen,
        line.received_fen, line.written_off_fen or None, line.owed_fen or None,
        str(line.days_late) if line.owed_fen and line.days_late else None, line.late_class or None,
    )  # fmt: skip


_SHEET_COLUMNS = (
    SheetColumn(N_("合同（股权）编号"), width=26),
    SheetColumn(N_("应付方"), width=26),
    SheetColumn(N_("资产"), width=30),
    SheetColumn(N_("种类"), width=14),
    SheetColumn(N_("所属期"), width=22),
    SheetColumn(N_("应收日期"), width=12),
    SheetColumn(N_("应收"), CellKind.AMOUNT, 14),
    SheetColumn(N_("已收"), CellKind.AMOUNT, 14),
    SheetColumn(N_("已核销"), CellKind.AMOUNT, 14),
    SheetColumn(N_("欠款"), CellKind.AMOUNT, 14),
    SheetColumn(N_("逾期天数"), CellKind.COUNT, 10),
    SheetColumn(N_("账龄档"), width=12),
    SheetColumn(N_("管理单位"), width=16),
)


def sheet(figures: ArrearsLedger, imprint: Imprint) -> bytes:
    """Write the same dues as a spreadsheet."""
    rows = (
        (*_cells(0, line)[1:11], line.days_late if line.owed_fen else None, line.late_class, line.unit_name)
        for line in figures.lines
    )
    heading = (TITLE, *sheet_heading(figures.unit_name, figures.period_text, figures.range_text, imprint))
    out = BytesIO()
    write_xlsx([WorkSheet(TITLE, _SHEET_COLUMNS, rows, heading)], out)
    return out.getvalue()
