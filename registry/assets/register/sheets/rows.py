"""What each row of a sheet is, what merged cells lend to it, and whether its subtotals and totals add up."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from registry.assets.register.reading.cells import Cell, CellKind, Merged, Row, cell_at, is_empty
from registry.assets.register.reading.problems import Notice, say
from registry.assets.register.sheets.fields import Reader, reader_of
from registry.assets.register.sheets.heading_texts import fold, unit_note
from registry.assets.register.sheets.headings import Heading
from registry.assets.register.sheets.limits import MAX_COLUMNS, MAX_ROWS
from registry.money import format_yuan
from registry.text import N_, Labelled


class RowKind(Labelled):
    """The kinds of rows; the label is the reason shown for skipping it."""

    TITLE = "TITLE", N_("标题")
    UNIT_NOTE = "UNIT_NOTE", N_("单位说明")
    HEADING = "HEADING", N_("表头")
    SUBTOTAL = "SUBTOTAL", N_("小计")
    TOTAL = "TOTAL", N_("合计")
    EMPTY = "EMPTY", N_("空行")
    DATA = "DATA", N_("数据")
    NOTE = "NOTE", N_("说明")
    SAME = "SAME", N_("与台账一致")
    UNREAD = "UNREAD", N_("认不出是资产还是项目")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is not read, why, and how it begins."""

    row: int
    kind: RowKind
    text: str


_TOTAL = re.compile(r"[一-龥()]{0,10}(?:合计|总计|共计|累计)")
_SUBTOTAL = re.compile(r"[一-龥、()0-9]{0,12}(?:小计|分计|本页合计)")
_SECTION = re.compile(r"\(?[一二三四五六七八九十]{1,3}\)?[、.]?[一-龥A-Z()、]{2,20}(?:\([0-9]+[个项处]\))?")
_SECTION_MARK = re.compile(r"\(?[一二三四五六七八九十]{1,3}(?:\)|[、.])")
_NOTE = re.compile(
    r"(?:注|备注|说明|填表|制表|审核|填报|单位负责人|负责人|经办|联系|日期|附[:件注]|审批|复核|监督|举报|盖章|\(?公章|年月日|签字)"
)
_COUNTERS = re.compile(r"[甲乙丙丁戊己庚辛壬癸]")
_LONGEST_UNIT_NOTE = 24
_MOST_NOTE_CELLS = 6
_EXCERPT = 60


@dataclass(frozen=True, slots=True)
class _Places:
    """Which columns of the heading tell rows apart."""

    names: frozenset[int]
    serial: frozenset[int]
    numbers: frozenset[int]
    heading_texts: frozenset[tuple[str, ...]]
    heading_cells: frozenset[str]


def classify_rows(rows: tuple[Row, ...], heading: Heading) -> tuple[RowKind, ...]:
    """Return the kind of every row of the sheet, in order."""
    places = _places(rows, heading)
    kinds = [_before(row) for row in rows[: heading.first_row - 1]] + [RowKind.HEADING] * heading.tiers
    for number, row in enumerate(rows[heading.last_row :], heading.last_row + 1):
        kinds.append(_kind(row, places, first=RowKind.DATA not in kinds, last=number == len(rows)))
    return tuple(kinds)


def excerpt(row: Row) -> str:
    """Return how a skipped row begins, for the list of skipped rows."""
    return " ".join(" ".join(cell.text.split()) for cell in row if cell.text)[:_EXCERPT]


def _places(rows: tuple[Row, ...], heading: Heading) -> _Places:
    by_field = {column.field: column.index for column in heading.columns if column.field}
    own = rows[heading.first_row - 1 : heading.last_row]
    numeric = {Reader.MONEY, Reader.QUANTITY}
    return _Places(
        names=frozenset(by_field[key] for key in ("name", "project_name") if key in by_field),
        serial=frozenset({by_field["serial"]} if "serial" in by_field else ()),
        numbers=frozenset(index for key, index in by_field.items() if reader_of(key) in numeric),
        heading_texts=frozenset(_texts(row) for row in own),
        heading_cells=frozenset(cell.text for row in own for cell in row),
    )


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(fold(cell.text) for cell in row if cell.text)


def _before(row: Row) -> RowKind:
    if is_empty(row):
        return RowKind.EMPTY
    short = len("".join(_texts(row))) <= _LONGEST_UNIT_NOTE
    return RowKind.UNIT_NOTE if short and unit_note(row) else RowKind.TITLE


def _kind(row: Row, places: _Places, *, first: bool, last: bool) -> RowKind:
    filled = [(index, cell) for index, cell in enumerate(row) if cell.kind is not CellKind.EMPTY]
    if not filled:
        return RowKind.EMPTY
    if first and _counts_columns([cell for _, cell in filled]):
        return RowKind.HEADING
    named = any(cell_at(row, index).text for index in places.names | places.serial)
    label_at, label = filled[0]
    text = fold(label.text).rstrip(":")
    if label.kind is CellKind.TEXT and (not named or label_at in places.names | places.serial):
        labelled = _labelled(text, filled, places)
        if labelled:
            return labelled
    if not named and all(index in places.numbers for index, _ in filled):
        return RowKind.TOTAL if first or last else RowKind.SUBTOTAL
    again = label.text in places.heading_cells and _texts(row) in places.heading_texts
    return RowKind.HEADING if again else RowKind.DATA


def _labelled(text: str, filled: list[tuple[int, Cell]], places: _Places) -> RowKind | None:
    """Judge a row by its first text, when nothing else in the row names a thing."""
    others = [(index, cell) for index, cell in filled[1:] if cell.kind is CellKind.TEXT]
    if any(index in places.names for index, _ in others):
        return None
    if _SUBTOTAL.fullmatch(text):
        return RowKind.SUBTOTAL
    if _TOTAL.fullmatch(text):
        return RowKind.TOTAL
    if _SECTION_MARK.match(text) and _SECTION.fullmatch(text) and not others:
        return RowKind.SUBTOTAL if len(filled) > 1 else RowKind.NOTE
    if len(filled) <= _MOST_NOTE_CELLS and len(others) == len(filled) - 1 and _NOTE.match(text):
        return RowKind.NOTE
    alone = len(filled) == 1 and filled[0][0] not in places.names
    return RowKind.NOTE if alone else None


def _counts_columns(filled: list[Cell]) -> bool:
    """Say whether the row under the heading only numbers the columns: 甲 乙 1 2 3."""
    numbers = [cell.text for cell in filled if not _COUNTERS.fullmatch(cell.text)]
    return len(filled) > 2 and numbers == [str(count) for count in range(1, len(numbers) + 1)]


_NONE: dict[int, Cell] = {}


@dataclass(frozen=True, slots=True)
class Lent:
    """What merged areas lend to the data rows they span: row → column → cell, and where the area begins."""

    cells: dict[int, dict[int, Cell]]
    first_rows: dict[tuple[int, int], int]

    def to(self, row: int) -> dict[int, Cell]:
        """Return the cells lent to a row."""
        return self.cells.get(row, _NONE)


def lend(merged: Sequence[Merged], rows: Sequence[Row], kinds: Sequence[RowKind]) -> Lent:
    """Spread the areas that span two or more data rows; overlapping areas of a damaged file are cut off."""
    lent = Lent({}, {})
    budget = MAX_ROWS * MAX_COLUMNS
    for area in merged:
        spanned = range(area.first_row, min(area.last_row, len(rows)) + 1)
        budget -= len(spanned)
        if budget < 0:
            break
        data = [row for row in spanned if kinds[row - 1] is RowKind.DATA]
        if len(data) > 1:
            _spread(lent, area, data, cell_at(rows[area.first_row - 1], area.first_column))
    return lent


def _spread(lent: Lent, area: Merged, data: Sequence[int], cell: Cell) -> None:
    if cell.kind is CellKind.EMPTY:
        return
    for row in data:
        lent.first_rows[row, area.first_column] = area.first_row
        if row != area.first_row:
            lent.cells.setdefault(row, {})[area.first_column] = cell


#: Row number → column → fen; None where a cell of money could not be read.
Amounts = Mapping[int, Mapping[str, int | None]]


def check_totals(kinds: Sequence[RowKind], amounts: Amounts, headings: Mapping[str, str]) -> tuple[Notice, ...]:
    """Compare every subtotal with its group and every total with all rows; returns a notice for each difference."""
    data = [row for row, kind in enumerate(kinds, 1) if kind is RowKind.DATA]
    notices: list[Notice] = []
    for row, kind in enumerate(kinds, 1):
        groups = [data] if kind is RowKind.TOTAL else _groups(row, kinds) if kind is RowKind.SUBTOTAL else []
        if groups:
            notices += _differences(row, kind, groups, amounts, headings)
    return tuple(notices)


def _groups(row: int, kinds: Sequence[RowKind]) -> list[list[int]]:
    """Return the rows a subtotal may add up: those above it to the last subtotal, or those below it to the next."""
    above, below = _stretch(range(row - 1, 0, -1), kinds), _stretch(range(row + 1, len(kinds) + 1), kinds)
    return [group for group in (above, below) if group]


def _stretch(rows: Sequence[int], kinds: Sequence[RowKind]) -> list[int]:
    stretch: list[int] = []
    for row in rows:
        if kinds[row - 1] in {RowKind.SUBTOTAL, RowKind.TOTAL}:
            break
        if kinds[row - 1] is RowKind.DATA:
            stretch.append(row)
    return stretch


def _differences(
    row: int, kind: RowKind, groups: Sequence[Sequence[int]], amounts: Amounts, headings: Mapping[str, str]
) -> list[Notice]:
    notices = []
    for column, written in amounts.get(row, {}).items():
        sums = [_sum(group, column, amounts) for group in groups]
        if written is None or written in sums:
            continue
        heading, total = headings[column], sums[0]
        text = say(N_("%(kind)s行这一列没法核对：有金额看不懂"), kind=kind.label)
        if total is not None:
            text = say(
                N_("%(kind)s写 %(written)s 元，%(count)d 行相加是 %(total)s 元"),
                kind=kind.label,
                written=format_yuan(written),
                count=len(groups[0]),
                total=format_yuan(total),
            )
        notices.append(Notice(row, heading, text))
    return notices


def _sum(group: Sequence[int], column: str, amounts: Amounts) -> int | None:
    """Add up a column over rows; None when one of its cells could not be read."""
    cells = [amounts.get(row, {}).get(column, 0) for row in group]
    known = [fen for fen in cells if fen is not None]
    return sum(known) if len(known) == len(cells) else None
