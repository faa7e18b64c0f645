"""资产汇总表: per region and category, how many assets and what original value each level of owner holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from registry.kinds import Category, OwnerKind
from registry.permissions import Actor
from registry.regions import CODE_LENGTH, Level, level_of
from registry.reports.covering import covered
from registry.reports.heading import sheet_heading
from registry.reports.holdings import Group, grouped, unit_names
from registry.reports.paper.drawing import draw_table
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.reports.paper.table import Column, Kind, Line, Row, Subtotal, Sums, Table, add_sums
from registry.reports.parameters import Parameters
from registry.spreadsheet import CellKind, SheetColumn, WorkSheet, write_xlsx
from registry.text import N_

TITLE = N_("扶贫项目资产汇总表")
_KINDS = (
    OwnerKind.STATE, OwnerKind.TOWNSHIP, OwnerKind.VILLAGE_COLLECTIVE, OwnerKind.GROUP_COLLECTIVE, OwnerKind.HOUSEHOLD,
)  # fmt: skip
#: The levels of owners, in the order of ``SummaryRow.holdings``; the last gathers all other kinds.
OWNER_LEVELS = (N_("国有"), N_("乡镇"), N_("村集体"), N_("组集体"), N_("农户"), N_("其他"))


@dataclass(frozen=True, slots=True)
class Holding:
    """What one level of owner holds."""

    count: int
    original_fen: int


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One category in one region; ``holdings`` has one entry per level of owner."""

    region_code: str
    region_name: str
    category: str
    holdings: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class SummaryFigures:
    """The figures of a summary; rows come in order of region, then category."""

    unit_name: str
    region_code: str
    region_name: str
    period_text: str
    range_text: str
    rows: tuple[SummaryRow, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> SummaryFigures:
    """Sum the standing assets of a unit by the units below it, on a day. Raises Missing for a unit out of reach."""
    covers = covered(region_code, actor, on)
    names = unit_names(region_code, on)
    level = level_below(region_code)
    groups = grouped(region_code, level, actor, on)
    codes = sorted({group.unit_prefix.ljust(CODE_LENGTH, "0") for group in groups})
    rows = tuple(
        SummaryRow(code, _name(code, region_code, names), category.label, _holdings(code, category, level, groups))
        for code in codes
        for category in Category
    )
    return SummaryFigures(
        covers.unit_name, covers.region_code, covers.region_name, covers.period_text, covers.range_text, rows
    )


def level_below(region_code: str) -> Level:
    """Return the level by which a unit is divided; a village is its own only part."""
    levels = list(Level)
    return levels[min(level_of(region_code).depth + 1, len(levels) - 1)]


def owner_level(owner_kind: str) -> int:
    """Return the place of a kind of owner in OWNER_LEVELS."""
    return next((place for place, kind in enumerate(_KINDS) if kind == owner_kind), len(_KINDS))


def kind_of_level(place: int) -> OwnerKind | None:
    """Return the one kind of owner a level stands for, None for the last, which gathers several."""
    return _KINDS[place] if place < len(_KINDS) else None


def _name(code: str, region_code: str, names: dict[str, str]) -> str:
    below = code != region_code or level_of(code) is Level.VILLAGE
    return names[code] if below else N_("%(unit)s本级") % {"unit": names[code]}


def _holdings(code: str, category: Category, level: Level, groups: list[Group]) -> tuple[Holding, ...]:
    counts, values = [0] * len(OWNER_LEVELS), [0] * len(OWNER_LEVELS)
    for group in groups:
        if group.unit_prefix == code[: level.width] and group.category == category:
            place = owner_level(group.owner_kind)
            counts[place] += group.count
            values[place] += group.original_fen
    return tuple(Holding(count, fen) for count, fen in zip(counts, values, strict=True))


def _columns() -> Iterator[Column]:
    yield Column(N_("区域"), 82)
    yield Column(N_("类别"), 54, Align.CENTER)
    for level in (N_("合计"), *OWNER_LEVELS):
        yield Column(f"{level}\n" + N_("项数"), 28, Align.RIGHT, Kind.CODE)
        yield Column(f"{level}\n" + N_("原值"), 63.13, Align.RIGHT, Kind.AMOUNT)


_COLUMNS = tuple(_columns())
_TABLE = Table(_COLUMNS, summed=tuple(range(2, len(_COLUMNS))), counted=N_("行"))


def draw(figures: SummaryFigures, imprint: Imprint) -> bytes:
    """Draw the summary: three rows and a sum per region, then the sum of each category and of all."""
    heading = Heading(
        title=TITLE,
        part=N_("按类别和产权归属"),
        unit_name=figures.unit_name,
        region_code=figures.region_code,
        facts=((N_("期间"), figures.period_text), (N_("范围"), figures.range_text)),
    )
    return draw_table(LANDSCAPE, heading, _TABLE, lambda: summary_rows(figures), imprint)


def summary_rows(figures: SummaryFigures) -> Iterator[Row]:
    """Lay out the rows with the sums of each region, each category and all."""
    nothing: Sums = (None,) * len(_TABLE.summed)
    categories: dict[str, Sums] = {}
    region, held, whole = "", nothing, nothing
    for row in figures.rows:
        if row.region_name != region:
            yield from _subtotal(region, held)
            region, held = row.region_name, nothing
        sums = _sums(row.holdings)
        held, whole = add_sums(held, sums), add_sums(whole, sums)
        categories[row.category] = add_sums(categories.get(row.category, nothing), sums)
        yield Line((row.region_name, row.category, *sums))
    yield from _subtotal(region, held)
    for category, sums in categories.items():
        yield Subtotal(N_("%(category)s合计") % {"category": category}, sums)
    yield Subtotal(N_("%(region)s总计") % {"region": figures.region_name}, whole)


def _subtotal(region: str, held: Sums) -> Iterator[Subtotal]:
    if region:
        yield Subtotal(N_("%(region)s小计") % {"region": region}, held)


def _sums(holdings: tuple[Holding, ...]) -> Sums:
    """Put the sum of all levels first, then count and value of each level; where nothing is held there is a dash."""
    if len(holdings) != len(OWNER_LEVELS):
        raise ValueError(f"{len(holdings)} holdings, {len(OWNER_LEVELS)} levels of owners")
    held = [(one.count, one.original_fen) if one.count else (None, None) for one in holdings]
    figures: Sums = (None, None)
    for pair in held:
        figures = add_sums(figures, pair)
    return figures + tuple(figure for pair in held for figure in pair)


def _sheet_columns() -> Iterator[SheetColumn]:
    yield SheetColumn(N_("区域"), width=20)
    yield SheetColumn(N_("类别"), width=12)
    for level in (N_("合计"), *OWNER_LEVELS):
        yield SheetColumn(level + N_("项数"), CellKind.COUNT, 10)
        yield SheetColumn(level + N_("原值"), CellKind.AMOUNT, 16)


def sheet(figures: SummaryFigures, imprint: Imprint) -> bytes:
    """Write the same rows as a spreadsheet, without sums."""
    rows = ((row.region_name, row.category, *_sums(row.holdings)) for row in figures.rows)
    heading = (TITLE, *sheet_heading(figures.unit_name, figures.period_text, figures.range_text, imprint))
    out = BytesIO()
    write_xlsx([WorkSheet(TITLE, tuple(_sheet_columns()), rows, heading)], out)
    return out.getvalue()
