"""The list on a notice: its columns, which of them are names of persons, and what a public page may show. Pure."""

import csv
import json
import re
from dataclasses import asdict, dataclass
from io import StringIO

from registry.errors import Invalid
from registry.sealing import masked_name
from registry.text import N_

MOST_COLUMNS, MOST_ROWS, MAX_CELL = 12, 2000, 120
#: Headings under which names of persons stand, whatever the clerk ticks.
_NAMES = ("姓名", "户主", "受益人", "负责人", "联系人", "承租人", "管护人", "聘用人", "经办人")
#: Headings of what no notice shows, masked or not.
_FORBIDDEN = ("身份证", "证件号", "电话", "手机", "银行", "账号", "卡号", "住址", "病")
#: Identity and account numbers, in one run or in groups; telephone numbers of persons.
_NUMBERS = (
    re.compile(r"\d{15,}"),
    re.compile(r"\d{6}[ -]\d{8}[ -]\d{3}[\dXx]"),
    re.compile(r"(?:\d{4}[ -]){3}\d{3,}"),
    re.compile(r"(?<![\dA-Za-z])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"),
)
_WIDE = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})


class PersonalNumber(Invalid):
    """Identity, account and telephone numbers of persons are never made public."""

    message = N_("公示内容里不能有身份证号、银行账号或个人手机号，请删去“%(start)s…”。")


class PersonalColumn(Invalid):
    """A column of identity numbers, telephones or accounts has no place on a notice."""

    message = N_("公示名单里不能有“%(label)s”这一列，请删去。")


class UnknownColumn(Invalid):
    """A column said to hold names is not in the table."""

    message = N_("名单里没有“%(label)s”这一列。")


class RaggedTable(Invalid):
    """Every row has a cell under every heading."""

    message = N_("名单第 %(row)s 行有 %(cells)s 格，列名有 %(columns)s 个，请对齐。")


class TableTooLarge(Invalid):
    """A list that nobody can read on a board belongs into several notices."""

    message = N_("名单最多 %(columns)s 列、%(rows)s 行，每格最多 %(cell)s 个字。")


@dataclass(frozen=True)
class Column:
    """One column; ``personal`` ones hold names of persons and are masked wherever the public reads them."""

    label: str
    personal: bool = False


@dataclass(frozen=True)
class NoticeTable:
    """A list below the text of a notice."""

    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rows)

    def masked(self) -> "NoticeTable":
        """Return the list as the public reads it."""
        return NoticeTable(self.columns, tuple(tuple(map(_shown, self.columns, row)) for row in self.rows))


NO_TABLE = NoticeTable()


def _shown(column: Column, cell: str) -> str:
    return masked_name(cell) if column.personal and cell else cell


def is_name_heading(label: str) -> bool:
    """Say whether names of persons stand under a heading."""
    return any(word in label for word in _NAMES)


def parse_table(text: str, personal: frozenset[str] = frozenset()) -> NoticeTable:
    """Read a list pasted from a spreadsheet (tabs) or typed with commas; the first line holds the headings.

    ``personal`` are headings of names beyond those known as such. Raises UnknownColumn, and what check_table raises.
    """
    lines = [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]
    if not lines:
        return NO_TABLE
    cells = [[cell.strip() for cell in row] for row in _split(lines)]
    for label in sorted(personal - set(cells[0])):
        raise UnknownColumn(field="names", label=label)
    columns = tuple(Column(label, is_name_heading(label) or label in personal) for label in cells[0])
    table = NoticeTable(columns, tuple(map(tuple, cells[1:])))
    check_table(table)
    return table


def _split(lines: list[str]) -> list[list[str]]:
    if any("\t" in line for line in lines):
        return list(csv.reader(StringIO("\n".join(lines)), delimiter="\t"))
    return list(csv.reader(StringIO("\n".join(line.replace("，", ",") for line in lines))))


def pasted(table: NoticeTable) -> str:
    """Write a list as it would be pasted from a spreadsheet."""
    lines = [tuple(column.label for column in table.columns), *table.rows] if table else []
    return "\n".join("\t".join(line) for line in lines)


def check_table(table: NoticeTable) -> None:
    """Raise unless a list is small enough, even, and without anything that may not be shown."""
    widest = max((len(cell) for row in table.rows for cell in row), default=0)
    if len(table.columns) > MOST_COLUMNS or len(table.rows) > MOST_ROWS or widest > MAX_CELL:
        raise TableTooLarge(field="table", columns=MOST_COLUMNS, rows=MOST_ROWS, cell=MAX_CELL)
    for column in table.columns:
        if any(word in column.label for word in _FORBIDDEN):
            raise PersonalColumn(field="table", label=column.label)
    for number, row in enumerate(table.rows, 1):
        if len(row) != len(table.columns):
            raise RaggedTable(field="table", row=number, cells=len(row), columns=len(table.columns))
        for cell in row:
            check_open_text(cell, "table")


def check_open_text(text: str, field: str) -> None:
    """Raise PersonalNumber if a text for the board holds a number that belongs to a person."""
    plain = text.translate(_WIDE)
    for pattern in _NUMBERS:
        found = pattern.search(plain)
        if found:
            raise PersonalNumber(field=field, start=found.group()[:3])


def without_numbers(text: str) -> str:
    """Return a text as anybody may read it: numbers that belong to a person are stars, with what hangs on them."""
    plain = text.translate(_WIDE)  # one character for one, so that a place in it is the same place in the text
    for pattern in _NUMBERS:
        for found in reversed(list(re.finditer(rf"(?:{pattern.pattern})(?:[ -]?[\dXx])*", plain))):
            text, plain = (one[: found.start()] + "***" + one[found.end() :] for one in (text, plain))
    return text


def table_text(table: NoticeTable) -> str:
    """Write a list as it is stored: canonical JSON."""
    return json.dumps(asdict(table), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_table(text: str) -> NoticeTable:
    """Read a stored list."""
    told = json.loads(text)
    return NoticeTable(tuple(Column(**one) for one in told["columns"]), tuple(map(tuple, told["rows"])))
