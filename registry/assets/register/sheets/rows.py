"""What each row of a sheet is: only DATA rows are read, every other row is skipped with its reason."""

import re
from dataclasses import dataclass

from registry.assets.register.sheets.cells import Cell, CellKind, Row, cell_at, is_empty
from registry.assets.register.sheets.fields import Reader, reader_of
from registry.assets.register.sheets.headings import Heading, fold, unit_note
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
