"""Finding the heading of a table and what each column means, whatever the order, the tiers and the blanks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from registry.assets.register.reading.cells import Cell, CellKind, Merged, Row, cell_at
from registry.assets.register.sheets.fields import (
    BY_KEY,
    IGNORED,
    REGION_PARTS,
    REQUIRED,
    Hint,
    Reader,
    TableKind,
    is_field,
    reader_of,
)
from registry.assets.register.sheets.heading_texts import (
    Confidence,
    fold,
    is_our_remark,
    match_heading,
    unit_note,
    unit_of,
)
from registry.assets.register.sheets.tiers import extent, joined
from registry.money import Unit
from registry.text import N_

SEARCHED_ROWS = 40


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading as written (tiers joined by /), its field if any, the unit its heading states."""

    index: int
    text: str
    field: str | None
    unit: Unit | None
    confidence: Confidence

    @property
    def is_spare(self) -> bool:
        """Say whether the column has no field and was not left out by a person: its texts are kept beside the row."""
        return self.field is None and self.confidence is not Confidence.REMEMBERED


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a table; ``first_row`` is 1-based and ``tiers`` counts its rows."""

    first_row: int
    tiers: int
    kind: TableKind
    columns: tuple[Column, ...]
    unit: Unit | None

    @property
    def last_row(self) -> int:
        """The last row of the heading."""
        return self.first_row + self.tiers - 1

    @property
    def to_map(self) -> tuple[Column, ...]:
        """The columns a person should look at on the mapping page."""
        sure = {Confidence.REMEMBERED, Confidence.EXACT}
        return tuple(column for column in self.columns if column.confidence not in sure)

    @property
    def without_unit(self) -> tuple[Column, ...]:
        """The columns of money for which nothing states 元 or 万元."""
        return tuple(
            column
            for column in self.columns
            if column.field and reader_of(column.field) is Reader.MONEY and not (column.unit or self.unit)
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """The required fields that no column holds; funding columns can stand for the original value."""
        have = {column.field for column in self.columns if column.field}
        have |= {"region"} if have & {*REGION_PARTS, "location_code"} else set()
        have |= {"original_value"} if any(key.startswith("funding:") for key in have) else set()
        return tuple(group[0] for group in REQUIRED[self.kind] if not have & set(group))


def find_heading(
    rows: Sequence[Row],
    remembered: Mapping[str, str] | None = None,
    merged: Sequence[Merged] = (),
    kind: TableKind | None = None,
) -> Heading | None:
    """Find the heading among the first rows.

    ``remembered`` maps heading texts to fields and takes precedence; ``kind`` is a person's decision about the table.
    """
    known = {fold(text): key for text, key in (remembered or {}).items() if is_field(key)}
    scores = [_score(row, known) for row in rows[:SEARCHED_ROWS]]
    best = max(scores, default=0)
    if best < 2:
        return None
    first = next(index for index, score in enumerate(scores) if score == best)
    start, tiers = extent(rows, first, merged, lambda row: _score(row, known) > 0)
    texts = joined(rows[start : start + tiers], start + 1, merged)
    below = rows[start + tiers :]
    columns = _distinct([column for index, tier in enumerate(texts) if (column := _column(index, tier, known, below))])
    columns += _beyond(len(texts), below)
    kind = kind or _kind(columns)
    note = next((unit for row in rows[:start] if (unit := unit_note(row))), None)
    return Heading(start + 1, tiers, kind, _for_kind(columns, kind), note)


def _score(row: Row, known: Mapping[str, str]) -> int:
    """Count the cells that are headings; a row that also holds numbers or long texts is none."""
    filled = [cell for cell in row if cell.kind is not CellKind.EMPTY]
    if len(filled) < 2 or any(cell.kind in {CellKind.NUMBER, CellKind.DATE} for cell in filled):
        return 0
    hits = sum(_is_heading(cell, known) for cell in filled)
    return hits if hits * 5 >= len(filled) * 2 else 0


def _is_heading(cell: Cell, known: Mapping[str, str]) -> bool:
    return fold(cell.text) in known or match_heading(cell.text)[1] is Confidence.EXACT


def _nameless(index: int) -> Column:
    return Column(index, N_("（没有列名）") + str(index + 1), None, None, Confidence.NONE)


def _beyond(width: int, below: Sequence[Row]) -> tuple[Column, ...]:
    """Return the columns with cells to the right of the heading."""
    widest = max((len(row) for row in below), default=0)
    return tuple(_nameless(index) for index in range(width, widest) if _is_used(index, below))


def _is_used(index: int, rows: Sequence[Row]) -> bool:
    return any(cell_at(row, index).kind is not CellKind.EMPTY for row in rows)


def _column(index: int, texts: tuple[str, ...], known: Mapping[str, str], below: Sequence[Row]) -> Column | None:
    """Return what a column is; one without a heading counts only when something stands in it."""
    if not texts:
        return _nameless(index) if _is_used(index, below) else None
    written = "/".join(texts)
    if is_our_remark(written):
        return Column(index, written, None, None, Confidence.REMEMBERED)
    unit = next((unit for text in reversed(texts) if (unit := unit_of(text))), None)
    for form in (written, texts[-1]):
        if fold(form) in known:
            return Column(index, written, _kept(known[fold(form)]), unit, Confidence.REMEMBERED)
    found: tuple[str | None, Confidence] = (None, Confidence.NONE)
    for form in ("".join(texts), *reversed(texts)):
        key, confidence = match_heading(form)
        if confidence is Confidence.EXACT:
            return Column(index, written, key, unit, confidence)
        found = found if found[0] else (key, confidence)
    return Column(index, written, found[0], unit, found[1])


def _kept(key: str) -> str | None:
    return None if key == IGNORED else key


def _distinct(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Let the surest (then the first) column keep a field that several claim; the others are left for a person."""
    order = list(Confidence)
    winners: dict[str, Column] = {}
    for column in sorted(columns, key=lambda column: (order.index(column.confidence), column.index)):
        if column.field and not (column.field.startswith("funding:")):
            winners.setdefault(column.field, column)
    return tuple(
        column
        if not column.field or winners.get(column.field, column) is column
        else replace(column, field=None, confidence=Confidence.DOUBLE)
        for column in columns
    )


def _kind(columns: Sequence[Column]) -> TableKind:
    """Decide what the table lists: it must name things, and the fields of one kind must prevail."""
    fields = {column.field for column in columns if column.field}
    if not fields & {"name", "project_name"}:
        return TableKind.UNKNOWN
    hints = [BY_KEY[key].hint for key in fields if key in BY_KEY]
    assets, projects = hints.count(Hint.ASSETS), hints.count(Hint.PROJECTS)
    if "name" in fields:
        return TableKind.ASSETS if assets >= projects else TableKind.PROJECTS
    return TableKind.ASSETS if assets > projects + 1 else TableKind.PROJECTS


#: The same heading means another field in the other kind of table.
_RENAMED: dict[TableKind, dict[str, tuple[str, ...]]] = {
    TableKind.ASSETS: {
        "name": ("project_name",),
        "original_value": ("subtotal",),
        "scale": ("content",),
        "sector": ("department",),
    },
    TableKind.PROJECTS: {"name": ("project_name",), "subtotal": ("original_value", "total_investment")},
    TableKind.UNKNOWN: {},
}
_FOREIGN: dict[TableKind, Hint | None] = {
    TableKind.ASSETS: Hint.PROJECTS,
    TableKind.PROJECTS: Hint.ASSETS,
    TableKind.UNKNOWN: None,
}


def _for_kind(columns: Sequence[Column], kind: TableKind) -> tuple[Column, ...]:
    """Give required fields the columns that stand in for them; columns the kind has no place for keep no field."""
    have = {column.field for column in columns}
    renamed: dict[str, str] = {}
    for field, stand_ins in _RENAMED[kind].items():
        found = next((key for key in stand_ins if key in have), None)
        if field not in have and found:
            renamed[found] = field
    return tuple(_placed(column, renamed.get(column.field or "", column.field), kind) for column in columns)


def _placed(column: Column, field: str | None, kind: TableKind) -> Column:
    if field in BY_KEY and field != "name" and BY_KEY[field].hint is _FOREIGN[kind]:
        return replace(column, field=None, confidence=Confidence.NONE)
    return replace(column, field=field)
