"""The summary as a page shows it: every figure beside the address of the rows it counts."""

from dataclasses import dataclass

from flask import url_for

from registry.kinds import Category
from registry.regions import Level, level_of
from registry.reports.summary import OWNER_LEVELS, Holding, SummaryFigures, SummaryRow, kind_of_level

_CATEGORIES = {category.label: category.value for category in Category}


@dataclass(frozen=True)
class Figure:
    """A count with its value; ``url`` leads to its rows, empty where no one list holds exactly them."""

    count: int
    original_fen: int
    url: str


@dataclass(frozen=True)
class DrillRow:
    """One category in one unit."""

    category: str
    total: Figure
    levels: tuple[Figure, ...]


@dataclass(frozen=True)
class DrillUnit:
    """One unit with its categories; ``url`` opens its own summary."""

    name: str
    url: str
    rows: tuple[DrillRow, ...]
    total: Figure


@dataclass(frozen=True)
class Table:
    """All units, the sums of each category, and the sum of all."""

    levels: tuple[str, ...]
    units: tuple[DrillUnit, ...]
    sums: tuple[DrillRow, ...]
    total: Figure


def drill(figures: SummaryFigures) -> Table:
    """Lay out the figures of a summary with the addresses of their rows."""
    codes = list(dict.fromkeys(row.region_code for row in figures.rows))
    units = tuple(_unit([row for row in figures.rows if row.region_code == code], figures) for code in codes)
    sums = tuple(_sum(category.label, figures) for category in Category)
    return Table(OWNER_LEVELS, units, sums, _added([row.total for row in sums], _list_url(figures.region_code)))


def _unit(rows: list[SummaryRow], figures: SummaryFigures) -> DrillUnit:
    code = rows[0].region_code
    own = code == figures.region_code and level_of(code) is not Level.VILLAGE
    shown = tuple(_row(row.category, row.holdings, "" if own else code) for row in rows)
    opens = "" if code == figures.region_code else url_for("reports.summary", region=code)
    return DrillUnit(
        rows[0].region_name, opens, shown, _added([row.total for row in shown], "" if own else _list_url(code))
    )


def _sum(category: str, figures: SummaryFigures) -> DrillRow:
    rows = [row.holdings for row in figures.rows if row.category == category]
    holdings = tuple(
        Holding(sum(one.count for one in level), sum(one.original_fen for one in level))
        for level in zip(*rows, strict=True)
    ) or (Holding(0, 0),) * len(OWNER_LEVELS)
    return _row(category, holdings, figures.region_code)


def _row(category: str, holdings: tuple[Holding, ...], code: str) -> DrillRow:
    levels = tuple(
        Figure(one.count, one.original_fen, _level_url(code, category, place)) for place, one in enumerate(holdings)
    )
    return DrillRow(category, _added(levels, _list_url(code, _CATEGORIES[category]) if code else ""), levels)


def _added(parts: tuple[Figure, ...] | list[Figure], url: str) -> Figure:
    return Figure(sum(one.count for one in parts), sum(one.original_fen for one in parts), url)


def _level_url(code: str, category: str, place: int) -> str:
    kind = kind_of_level(place)
    return _list_url(code, _CATEGORIES[category], kind.value) if kind and code else ""


def _list_url(code: str, category: str = "", owner_kind: str = "") -> str:
    return url_for("lookup.assets", region=code, category=category or None, owner_kind=owner_kind or None)
