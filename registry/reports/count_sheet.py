"""盘点表: the list of one unit to take along, with what the books say, room for what is there, and lines to sign."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from registry.errors import Missing
from registry.kinds import Category
from registry.money import format_yuan
from registry.permissions import Actor, Permission
from registry.reports.covering import names_on
from registry.reports.paper.drawing import draw_table
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.reports.paper.table import Column, Kind, Line, Note, Row, Table
from registry.reports.parameters import Parameters
from registry.reports.wording import quantity_text
from registry.supervision.stocktaking.models import StockLine
from registry.supervision.stocktaking.queries import get_sheet, list_listed
from registry.text import N_

TITLE = N_("扶贫项目资产盘点表")
_SIGNERS = (N_("盘点人："), N_("复核人："), N_("单位负责人："))


@dataclass(frozen=True, slots=True)
class CountLine:
    """One asset to look for."""

    number: str
    name: str
    category: str
    quantity: str
    value_fen: int
    place: str
    custodian: str


@dataclass(frozen=True, slots=True)
class CountSheet:
    """The list of a unit."""

    unit_name: str
    region_code: str
    title: str
    cutoff_on: str
    lines: tuple[CountLine, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> CountSheet:
    """Read the list of a sheet. Raises Missing."""
    sheet = get_sheet(parameters.sheet_id, actor, Permission.PRINT)
    if sheet.region_code != region_code:
        raise Missing
    names = names_on(region_code, on)
    return CountSheet(
        unit_name="　".join(names[1:] or names),
        region_code=region_code,
        title=sheet.campaign.title,
        cutoff_on=sheet.campaign.cutoff_on.isoformat(),
        lines=tuple(map(_line, list_listed(sheet.id))),
    )


def _line(line: StockLine) -> CountLine:
    return CountLine(
        number=line.asset_no,
        name=line.name,
        category=Category(line.category).label,
        quantity=quantity_text(line.quantity_milli, line.unit),
        value_fen=line.value_fen,
        place=line.place,
        custodian=line.custodian,
    )


_TABLE = Table(
    columns=(
        Column(N_("序号"), 26, Align.CENTER, Kind.CODE),
        Column(N_("资产编号"), 117, Align.CENTER, Kind.CODE),
        Column(N_("资产名称"), 118),
        Column(N_("账面数量"), 56, Align.RIGHT, Kind.CODE),
        Column(N_("原值"), 74, Align.RIGHT, Kind.CODE),
        Column(N_("存放地点"), 76),
        Column(N_("管护人"), 66),
        Column(N_("实有数量"), 50, Align.CENTER, Kind.CODE),
        Column(N_("盘点结果"), 92, Align.CENTER, Kind.CODE),
        Column(N_("情况"), 98.89),
    ),
)
_BOXES = N_("□相符 □不符")


def draw(figures: CountSheet, imprint: Imprint) -> bytes:
    """Draw the sheet: what the books say, and columns to fill in by hand."""
    facts = ((N_("基准日"), figures.cutoff_on), (N_("清查"), figures.title))
    heading = Heading(TITLE, "", figures.unit_name, figures.region_code, facts, signers=_SIGNERS)
    return draw_table(LANDSCAPE, heading, _TABLE, lambda: rows(figures), imprint)


def rows(figures: CountSheet) -> Iterator[Row]:
    """Lay out the assets to look for, and room for what stands on no list."""
    for ordinal, one in enumerate(figures.lines, 1):
        yield Line((
            str(ordinal), one.number, one.name, one.quantity or None, format_yuan(one.value_fen), one.place or None,
            one.custodian or None, "", _BOXES, "",
        ))  # fmt: skip
    for _spare in range(3):
        yield Line(("", "", N_("（盘盈）"), "", "", "", "", "", "", ""))
    words = N_("账面共 %(count)s 项。不符的写明：盘亏、毁损、闲置、权属不清或价值待定；毁损的拍照。")
    yield Note(words % {"count": len(figures.lines)})
