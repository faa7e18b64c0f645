"""How far a count is and what it found, rolled up per unit and per category: each asked in one statement."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select

from registry.database import db
from registry.kinds import Category
from registry.permissions import Actor, Permission
from registry.regions import Level, ancestor, code_range, level_of
from registry.scope import within
from registry.supervision.stocktaking.models import StockDifference, StockLine, StockSheet
from registry.supervision.stocktaking.rules import IN, DifferenceState, Outcome, SheetStatus

_READ = Permission.ASSET_READ


@dataclass
class Tally:
    """What was counted in a unit and below, or of a category."""

    expected: int = 0
    expected_fen: int = 0
    counted: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    different: int = 0
    sheets: int = 0
    sheets_in: int = 0
    sheets_received: int = 0
    differences: int = 0
    open_differences: int = 0

    @property
    def uncounted(self) -> int:
        """How many listed assets nobody has counted."""
        return self.expected - self.counted

    def add(self, outcome: str, lines: int, value_fen: int, different: int) -> None:
        """Take in so many lines of one outcome; a surplus was not expected and is not counted off the list."""
        if outcome != Outcome.UNEXPECTED:
            self.expected += lines
            self.expected_fen += value_fen
            self.counted += lines if outcome else 0
        if outcome:
            self.outcomes[outcome] += lines
        self.different += different


@dataclass(frozen=True)
class Row:
    """One unit right below the one looked at, or that unit itself (本级), with its sheet if it has just one."""

    region_code: str
    tally: Tally
    sheet: StockSheet | None
    is_own: bool


def tally_units(campaign_id: int, region_code: str, actor: Actor) -> dict[str, Tally]:
    """Return what was counted by unit in a unit and below."""
    here = (StockLine.campaign_id == campaign_id, StockLine.region_code.between(*code_range(region_code)))
    rows = (
        select(
            StockLine.region_code,
            StockLine.outcome,
            func.count(),
            func.coalesce(func.sum(StockLine.value_fen), 0),
            func.count().filter(StockLine.is_different),
        )
        .where(*here, within(StockLine, actor, _READ))
        .group_by(StockLine.region_code, StockLine.outcome)
    )
    found: dict[str, Tally] = {}
    for code, outcome, lines, value_fen, different in db.session.execute(rows):
        found.setdefault(code, Tally()).add(outcome, lines, int(value_fen), different)
    return found


def tally_categories(
    campaign_id: int, actor: Actor, *, region_code: str = "", sheet_id: int | None = None
) -> dict[str, Tally]:
    """Return what was counted by category, of a sheet or of a unit and below; what has no category stands last."""
    rows = select(
        StockLine.category,
        StockLine.outcome,
        func.count(),
        func.coalesce(func.sum(StockLine.value_fen), 0),
        func.count().filter(StockLine.is_different),
    ).where(StockLine.campaign_id == campaign_id, within(StockLine, actor, _READ))
    if sheet_id is not None:
        rows = rows.where(StockLine.sheet_id == sheet_id)
    if region_code:
        rows = rows.where(StockLine.region_code.between(*code_range(region_code)))
    found: dict[str, Tally] = {}
    for category, outcome, lines, value_fen, different in db.session.execute(
        rows.group_by(StockLine.category, StockLine.outcome)
    ):
        found.setdefault(category, Tally()).add(outcome, lines, int(value_fen), different)
    order = [*(one.value for one in Category), ""]
    return {key: found[key] for key in order if key in found}


def rolled_up(campaign_id: int, region_code: str, sheets: Sequence[StockSheet], actor: Actor) -> list[Row]:
    """Return the units right below one with everything under them, and the unit's own sheet first."""
    tallies = tally_units(campaign_id, region_code, actor)
    rows: dict[str, Tally] = {}
    for code in sorted({*tallies, *(sheet.region_code for sheet in sheets)}):
        _join(rows.setdefault(_child(code, region_code), Tally()), tallies.get(code, Tally()))
    for sheet in sheets:
        _note_sheet(rows[_child(sheet.region_code, region_code)], sheet)
    for code, (all_of_them, still_open) in _differences(campaign_id, region_code, actor).items():
        row = rows.setdefault(_child(code, region_code), Tally())
        row.differences, row.open_differences = row.differences + all_of_them, row.open_differences + still_open
    alone = {code: [one for one in sheets if one.region_code == code] for code in rows}
    return [
        Row(code, tally, alone[code][0] if _is_leaf(code, region_code, alone[code]) else None, code == region_code)
        for code, tally in sorted(rows.items())
    ]


def _is_leaf(code: str, region_code: str, own: Sequence[StockSheet]) -> bool:
    return len(own) == 1 and (code == region_code or level_of(code) is Level.VILLAGE)


def _child(code: str, region_code: str) -> str:
    """Return the unit right below one in which another lies; the unit's own rows are its own."""
    depth = level_of(region_code).depth
    if code == region_code or depth == Level.VILLAGE.depth:
        return code
    return ancestor(code, list(Level)[depth + 1])


def _join(into: Tally, one: Tally) -> None:
    into.expected += one.expected
    into.expected_fen += one.expected_fen
    into.counted += one.counted
    into.different += one.different
    into.outcomes.update(one.outcomes)


def _note_sheet(row: Tally, sheet: StockSheet) -> None:
    row.sheets += 1
    row.sheets_in += sheet.state in IN
    row.sheets_received += sheet.state is SheetStatus.RECEIVED


def _differences(campaign_id: int, region_code: str, actor: Actor) -> dict[str, tuple[int, int]]:
    still_open = func.count().filter(StockDifference.state == DifferenceState.OPEN.value)
    rows = (
        select(StockDifference.region_code, func.count(), still_open)
        .where(
            StockDifference.campaign_id == campaign_id,
            StockDifference.region_code.between(*code_range(region_code)),
            within(StockDifference, actor, _READ),
        )
        .group_by(StockDifference.region_code)
    )
    return {code: (all_of_them, waiting) for code, all_of_them, waiting in db.session.execute(rows)}


def total(rows: Sequence[Row]) -> Tally:
    """Return the sum of units."""
    whole = Tally()
    for row in rows:
        _join(whole, row.tally)
        whole.sheets += row.tally.sheets
        whole.sheets_in += row.tally.sheets_in
        whole.sheets_received += row.tally.sheets_received
        whole.differences += row.tally.differences
        whole.open_differences += row.tally.open_differences
    return whole
