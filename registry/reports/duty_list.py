"""四级责任清单: the duties of a unit and of the units right below it, who answers for each on a day, and the gaps."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from registry.permissions import Actor
from registry.places.queries import list_children, names_of
from registry.regions import level_of
from registry.reports.covering import covered
from registry.reports.glances import Glance
from registry.reports.heading import sheet_heading
from registry.reports.paper.drawing import draw_table
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.reports.paper.table import Column, Kind, Line, Note, Row, Table
from registry.reports.parameters import Parameters
from registry.spreadsheet import SheetColumn, WorkSheet, write_xlsx
from registry.supervision.duties.catalogue import Duty, duties_at
from registry.supervision.duties.models import DutyHolder
from registry.supervision.duties.queries import list_held
from registry.supervision.duties.rules import Standing, standing_of
from registry.text import N_

TITLE = N_("扶贫项目资产管理监督责任清单")
_SIGNERS = (N_("制表人："), N_("复核人："), N_("单位负责人："))


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty of one unit, with who answers for it."""

    unit: str
    title: str
    text: str
    basis: str
    name: str
    post: str
    valid_from: str
    standing: str


@dataclass(frozen=True, slots=True)
class DutyList:
    """The figures of a duty list."""

    unit_name: str
    region_code: str
    region_name: str
    period_text: str
    range_text: str
    lines: tuple[DutyLine, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)

    def count(self, standing: Standing) -> int:
        """Return how many duties stand so."""
        return sum(one.standing == standing.label for one in self.lines)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> DutyList:
    """Read the duties of a unit and those right below it, with who answered on a day. Raises Missing."""
    covers = covered(region_code, actor, on, N_("本级和直接下级"))
    codes = [region_code, *(one.region_code for one in list_children(region_code))]
    names = names_of(codes)
    held = {(row.region_code, row.duty): (row, left) for row, left in list_held(codes, on)}
    lines = tuple(
        _line(names[code], duty, held.get((code, duty.code))) for code in codes for duty in duties_at(level_of(code))
    )
    return DutyList(
        covers.unit_name, covers.region_code, covers.region_name, covers.period_text, covers.range_text, lines
    )


def _line(unit: str, duty: Duty, held: tuple[DutyHolder, bool] | None) -> DutyLine:
    holder, left = held or (None, False)
    standing = standing_of(held=holder is not None, left=left, waiting=False)
    title = N_("行业监管：%(sector)s") % {"sector": duty.title} if duty.sector else duty.title
    name, post, since = (holder.name, holder.post, holder.valid_from.isoformat()) if holder else ("", "", "")
    return DutyLine(unit, title, duty.text, duty.basis, name, post, since, standing.label)


_TABLE = Table(
    columns=(
        Column(N_("序号"), 28, Align.CENTER, Kind.CODE),
        Column(N_("单位"), 82),
        Column(N_("责任"), 86),
        Column(N_("内容"), 210),
        Column(N_("依据"), 142),
        Column(N_("责任人"), 52, Align.CENTER),
        Column(N_("职务"), 80.89),
        Column(N_("起始"), 54, Align.CENTER, Kind.CODE),
        Column(N_("情况"), 40, Align.CENTER),
    ),
)


def draw(figures: DutyList, imprint: Imprint) -> bytes:
    """Draw the list, with lines to sign."""
    facts = ((N_("期间"), figures.period_text), (N_("范围"), figures.range_text))
    heading = Heading(TITLE, "", figures.unit_name, figures.region_code, facts, signers=_SIGNERS)
    return draw_table(LANDSCAPE, heading, _TABLE, lambda: rows(figures), imprint)


def rows(figures: DutyList) -> Iterator[Row]:
    """Lay out the duties, then how many of them nobody answers for."""
    for ordinal, one in enumerate(figures.lines, 1):
        yield Line((str(ordinal), *(cell or None for cell in _cells(one))))
    words = N_("共 %(count)s 项责任：已明确 %(named)s 项，待更换 %(left)s 项，未明确 %(missing)s 项。")
    yield Note(words % _counted(figures))


def _cells(one: DutyLine) -> tuple[str, ...]:
    return (one.unit, one.title, one.text, one.basis, one.name, one.post, one.valid_from, one.standing)


def _counted(figures: DutyList) -> dict[str, int]:
    return {
        "count": len(figures.lines), "named": figures.count(Standing.NAMED), "left": figures.count(Standing.LEFT),
        "missing": figures.count(Standing.MISSING),
    }  # fmt: skip


_SHEET_COLUMNS = (
    SheetColumn(N_("单位"), width=18),
    SheetColumn(N_("责任"), width=20),
    SheetColumn(N_("内容"), width=50),
    SheetColumn(N_("依据"), width=36),
    SheetColumn(N_("责任人"), width=12),
    SheetColumn(N_("职务"), width=24),
    SheetColumn(N_("起始"), width=12),
    SheetColumn(N_("情况"), width=10),
)


def sheet(figures: DutyList, imprint: Imprint) -> bytes:
    """Write the same rows as a spreadsheet."""
    heading = (TITLE, *sheet_heading(figures.unit_name, figures.period_text, figures.range_text, imprint))
    out = BytesIO()
    write_xlsx([WorkSheet(TITLE, _SHEET_COLUMNS, map(_cells, figures.lines), heading)], out)
    return out.getvalue()


def glance(figures: DutyList) -> Glance:
    """Return what a reader compares of a duty list."""
    counted = _counted(figures)
    return (
        (N_("单位"), figures.unit_name), (N_("期间"), figures.period_text), (N_("责任项数"), str(counted["count"])),
        (N_("已明确"), str(counted["named"])), (N_("未明确"), str(counted["missing"])),
    )  # fmt: skip
