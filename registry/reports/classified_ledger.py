"""分类台账: the assets of a region by category, with subtotals by village and township."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from registry.assets.register.categories import BY_CODE, TitleStatus
from registry.assets.register.depreciation import accumulated_fen
from registry.kinds import Category
from registry.permissions import Actor
from registry.reports.covering import covered
from registry.reports.heading import sheet_heading
from registry.reports.holdings import Holding, Places, list_holdings, places_within
from registry.reports.paper.drawing import draw_table
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.running import Running
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.reports.paper.table import Column, Kind, Line, Note, Part, Row, Subtotal, Sums, Table, add_sums
from registry.reports.parameters import Parameters
from registry.reports.wording import main_funding, month_text, quantity_text, status_word
from registry.spreadsheet import CellKind, SheetColumn, WorkSheet, write_xlsx
from registry.text import N_

TITLE = N_("扶贫项目资产分类台账")
_ORDINALS = "一二三四五六七八九"
_NOTHING: Sums = (None, None, None)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One asset as the ledger shows it. Lines come in order of region, then number."""

    number: str
    name: str
    subtype: str
    acquired: str
    quantity: str
    owner: str
    main_funding: str
    original_fen: int
    accumulated_fen: int | None
    net_fen: int | None
    status: str
    title: str
    township_name: str
    village_name: str


@dataclass(frozen=True, slots=True)
class LedgerPart:
    """The lines of one category."""

    category: str
    lines: tuple[LedgerLine, ...]


@dataclass(frozen=True, slots=True)
class ClassifiedLedger:
    """The figures of a classified ledger."""

    unit_name: str
    region_code: str
    region_name: str
    period_text: str
    range_text: str
    parts: tuple[LedgerPart, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> ClassifiedLedger:
    """Read the standing assets of a unit at the end of a day. Raises Missing for a unit out of reach."""
    covers = covered(region_code, actor, on)
    places = places_within(region_code, on)
    parts: dict[str, list[LedgerLine]] = {category.value: [] for category in Category}
    for holding in list_holdings(region_code, actor, on):
        parts[holding.category].append(_ledger_line(holding, on, places))
    return ClassifiedLedger(
        covers.unit_name,
        covers.region_code,
        covers.region_name,
        covers.period_text,
        covers.range_text,
        tuple(LedgerPart(category.label, tuple(parts[category.value])) for category in Category),
    )


def _ledger_line(holding: Holding, on: date, places: Places) -> LedgerLine:
    """Say one asset as the ledger shows it; what is never depreciated has a dash there."""
    township, village = places[holding.region_code]
    plan = holding.plan
    accumulated = accumulated_fen(plan, on) if plan.months or plan.accumulated_fen else None
    return LedgerLine(
        number=holding.asset_no,
        name=holding.name,
        subtype=BY_CODE[holding.subtype].label,
        acquired=month_text(holding.acquired_on, holding.acquired_precision),
        quantity=quantity_text(holding.quantity_milli, holding.unit, holding.interest_bp),
        owner=holding.owner_text or N_("（待确权）"),
        main_funding=main_funding(holding.funding_text),
        original_fen=holding.original_value_fen,
        accumulated_fen=accumulated,
        net_fen=holding.original_value_fen - (accumulated or 0),
        status=status_word(holding.stage, holding.title_status, holding.operating_mode, holding.use_status),
        title=TitleStatus(holding.title_status).label,
        township_name=township,
        village_name=village,
    )


_TABLE = Table(
    columns=(
        Column(N_("序号"), 28, Align.CENTER, Kind.CODE),
        Column(N_("资产编号"), 117, Align.CENTER, Kind.CODE),
        Column(N_("资产名称"), 88),
        Column(N_("子类"), 42, Align.CENTER),
        Column(N_("购建\n年月"), 38, Align.CENTER, Kind.CODE),
        Column(N_("数量"), 44, Align.RIGHT),
        Column(N_("所有权人"), 92),
        Column(N_("主要资金\n来源"), 58),
        Column(N_("原值"), 75, Align.RIGHT, Kind.AMOUNT),
        Column(N_("累计折旧"), 75, Align.RIGHT, Kind.AMOUNT),
        Column(N_("净值"), 75, Align.RIGHT, Kind.AMOUNT),
        Column(N_("状态"), 41.89, Align.CENTER),
    ),
    summed=(8, 9, 10),
)


def draw(figures: ClassifiedLedger, imprint: Imprint) -> bytes:
    """Draw the ledger: one part per category, each beginning on a new sheet, then the sum of all."""
    heading = Heading(
        title=TITLE,
        part="",
        unit_name=figures.unit_name,
        region_code=figures.region_code,
        facts=((N_("期间"), figures.period_text), (N_("范围"), figures.range_text)),
    )
    return draw_table(LANDSCAPE, heading, _TABLE, lambda: ledger_rows(figures), imprint)


def ledger_rows(figures: ClassifiedLedger) -> Iterator[Row]:
    """Lay out the rows of all parts in one pass over the lines."""
    whole, count = _NOTHING, 0
    for ordinal, part in zip(_ORDINALS, figures.parts, strict=False):
        yield Part(N_("第%(ordinal)s部分　%(category)s") % {"ordinal": ordinal, "category": part.category})
        sums = Running(_NOTHING)
        yield from _part_rows(part, sums)
        whole, count = add_sums(whole, sums.sums), count + sums.count
    label = N_("%(region)s总计（%(count)s 项）")
    yield Subtotal(label % {"region": figures.region_name, "count": count}, whole)


def _part_rows(part: LedgerPart, whole: Running) -> Iterator[Row]:
    """Lay out one part; a township that makes up the whole part has no subtotal beside the part's sum."""
    if not part.lines:
        yield Note(N_("本部分无资产"))
        return
    village, township = Running(_NOTHING), Running(_NOTHING)
    several = part.lines[0].township_name != part.lines[-1].township_name
    for ordinal, line in enumerate(part.lines, 1):
        if (line.village_name, line.township_name) != (village.name, township.name):
            yield from village.close(township)
            village.name = line.village_name
        if line.township_name != township.name:
            yield from township.close(whole, shown=several)
            township.name = line.township_name
        village.take((line.original_fen, line.accumulated_fen, line.net_fen))
        yield _line(ordinal, line)
    yield from village.close(township)
    yield from township.close(whole, shown=several)
    label = N_("%(category)s合计（%(count)s 项）") % {"category": part.category, "count": whole.count}
    yield Subtotal(label, whole.sums)


def _line(ordinal: int, line: LedgerLine) -> Line:
    return Line(
        (
            str(ordinal),
            line.number,
            line.name,
            line.subtype,
            line.acquired,
            line.quantity,
            line.owner,
            line.main_funding,
            line.original_fen,
            line.accumulated_fen,
            line.net_fen,
            line.status,
        )
    )


_SHEET_COLUMNS = (
    SheetColumn(N_("类别"), width=12),
    SheetColumn(N_("资产编号"), width=26),
    SheetColumn(N_("资产名称"), width=30),
    SheetColumn(N_("子类")),
    SheetColumn(N_("购建年月"), width=10),
    SheetColumn(N_("数量"), width=12),
    SheetColumn(N_("所有权人"), width=26),
    SheetColumn(N_("主要资金来源"), width=18),
    SheetColumn(N_("原值"), CellKind.AMOUNT, 16),
    SheetColumn(N_("累计折旧"), CellKind.AMOUNT, 16),
    SheetColumn(N_("净值"), CellKind.AMOUNT, 16),
    SheetColumn(N_("状态"), width=10),
    SheetColumn(N_("确权"), width=10),
    SheetColumn(N_("乡镇"), width=16),
    SheetColumn(N_("村"), width=16),
)


def sheet(figures: ClassifiedLedger, imprint: Imprint) -> bytes:
    """Write the same lines as a spreadsheet, without subtotals, so that they can be filtered and added up."""
    rows = (
        (part.category, *_line(0, line).cells[1:], line.title, line.township_name, line.village_name)
        for part in figures.parts
        for line in part.lines
    )
    heading = (TITLE, *sheet_heading(figures.unit_name, figures.period_text, figures.range_text, imprint))
    out = BytesIO()
    write_xlsx([WorkSheet(TITLE, _SHEET_COLUMNS, rows, heading)], out)
    return out.getvalue()
