"""A column or block pasted from Excel or WPS: which column is what, and which line is which asset. Pure."""

import csv
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from io import StringIO

from registry.assets.register.reading.cells import Cell, CellKind
from registry.assets.register.reading.dates import parse_date
from registry.assets.register.registration import PartialDate
from registry.errors import Invalid, RegistryError
from registry.ledger.operation.sheet.rules import Typed
from registry.money import Unit, parse_fen, plain_yuan
from registry.text import N_

#: Headings, and the words by which each is known.
_HEADINGS: dict[str, tuple[str, ...]] = {
    "number": ("编号", "编码"),
    "received_on": ("日期", "时间", "到账日"),
    "reference": ("流水", "凭证", "票据", "单号"),
    "payer": ("付款", "交款", "承租", "经营主体", "对方"),
    "note": ("备注", "说明"),
    "amount": ("金额", "收益", "租金", "实收", "收入", "本期", "到账"),
    "name": ("名称", "资产"),
}
_TOTALS = ("合计", "总计", "小计")
_FIELDS = frozenset({"amount", "received_on", "reference", "payer", "note"})


class UnknownAsset(Invalid):
    """A pasted line names an asset that is not on the sheet."""

    message = N_("粘贴的第 %(row)s 行“%(text)s”不是这张表里的资产，请核对编号或名称。")


class AmbiguousName(Invalid):
    """Two assets bear the name; their numbers tell them apart."""

    message = N_("粘贴的第 %(row)s 行“%(text)s”对应两项以上资产，请改用资产编号。")


class TooManyLines(Invalid):
    """A bare column has a line for every asset and no more."""

    message = N_("粘贴了 %(lines)s 行，表里只有 %(rows)s 项资产；请连同资产编号或名称一起粘贴。")


class NoAmountColumn(Invalid):
    """Nothing pasted looks like an amount."""

    message = N_("粘贴的内容里没有认出金额，请至少粘贴一列金额。")


@dataclass(frozen=True)
class Known:
    """How an asset of the sheet can be named."""

    asset_no: str
    name: str


@dataclass(frozen=True)
class Pasted:
    """What was pasted for each row of the sheet, by its place, and what could not be placed."""

    lines: dict[int, Typed]
    problems: tuple[Invalid, ...] = ()


def parse_paste(text: str, sheet: Sequence[Known]) -> Pasted:
    """Read a pasted column or block; a line is found by asset number, else by name, else by its place."""
    rows, sheet = _cells(text), [Known(one.asset_no, _plain(one.name)) for one in sheet]
    if not any(map(any, rows)):
        return Pasted({})
    heading, body = _cut_heading(rows)
    columns = _columns(heading, body, sheet)
    if "amount" not in columns:
        return Pasted({}, (NoAmountColumn(field="paste"),))
    if heading and "万元" in heading[columns["amount"]]:
        body = [_in_yuan(row, columns["amount"]) for row in body]
    first = len(rows) - len(body) + 1
    return (
        _by_place(body, columns, sheet)
        if not {"number", "name"} & columns.keys()
        else _by_name(body, columns, sheet, first)
    )


def _cells(text: str) -> list[list[str]]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    rows = list(csv.reader(StringIO("\n".join(lines)), delimiter="\t")) if "\t" in text else [[line] for line in lines]
    return [[_plain(cell) for cell in row] for row in rows]


def _plain(text: str) -> str:
    """Return text without blanks around it, letters, digits and brackets in one width only."""
    return unicodedata.normalize("NFKC", text).strip()


def _cut_heading(rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """Part titles and the line of headings from what follows; a block may have no headings, a title fills one cell."""
    least = min(2, max(map(len, rows)))
    for place, row in enumerate(rows):
        filled = [cell for cell in row if cell]
        if len(filled) >= least and all(_heading_of(cell) and not _is_amount(cell) for cell in filled):
            return row, rows[place + 1 :]
        if any(map(_is_amount, filled)):
            return [], rows[place:]
    return [], rows


def _heading_of(cell: str) -> str:
    return next((name for name, words in _HEADINGS.items() if any(word in cell for word in words)), "")


def _columns(heading: list[str], body: list[list[str]], sheet: Sequence[Known]) -> dict[str, int]:
    """Say which column holds what: by its heading, else by what stands in it; the first fitting one counts."""
    found: dict[str, int] = {}
    if heading:
        for place, cell in enumerate(heading):
            if cell:
                found.setdefault(_heading_of(cell), place)
        return found
    numbers, names = {one.asset_no for one in sheet}, {one.name for one in sheet}
    tests: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("number", numbers.__contains__), ("name", names.__contains__), ("received_on", _is_day),
        ("amount", _is_amount),
    )  # fmt: skip
    for place in range(max(map(len, body), default=0)):
        cells = [row[place] for row in body if place < len(row) and row[place]]
        kind = next((name for name, test in tests if name not in found and _most(cells, test)), "")
        if kind:
            found[kind] = place
    return found


def _most(cells: list[str], test: Callable[[str], bool]) -> bool:
    return bool(cells) and sum(map(test, cells)) * 2 > len(cells)


def _is_amount(cell: str) -> bool:
    try:
        parse_fen(cell)
    except RegistryError:
        return False
    return True


def _is_day(cell: str) -> bool:
    return not cell.isdigit() and isinstance(parse_date(Cell(cell, CellKind.TEXT)), PartialDate)


def _in_yuan(row: list[str], column: int) -> list[str]:
    """Turn an amount under a heading in 万元 into one in 元; what is no amount stays as typed."""
    if column >= len(row) or not _is_amount(row[column]):
        return row
    return [*row[:column], plain_yuan(parse_fen(row[column], Unit.WAN)), *row[column + 1 :]]


def _typed(row: list[str], columns: dict[str, int]) -> Typed:
    told = {name: row[place] for name, place in columns.items() if name in _FIELDS and place < len(row)}
    return replace(Typed(), **told)


def _by_place(body: list[list[str]], columns: dict[str, int], sheet: Sequence[Known]) -> Pasted:
    body = [row for row in body if not _is_total(row)]
    if len(body) > len(sheet):
        return Pasted({}, (TooManyLines(field="paste", lines=len(body), rows=len(sheet)),))
    typed = {place: _typed(row, columns) for place, row in enumerate(body)}
    return Pasted({place: one for place, one in typed.items() if one.amount})


def _is_total(row: list[str]) -> bool:
    return any(cell.startswith(_TOTALS) for cell in row)


def _by_name(body: list[list[str]], columns: dict[str, int], sheet: Sequence[Known], first: int) -> Pasted:
    lines: dict[int, Typed] = {}
    problems: list[Invalid] = []
    for number, row in enumerate(body, first):
        if not any(row) or _is_total(row):
            continue
        told = [row[columns[name]] for name in ("number", "name") if columns.get(name, len(row)) < len(row)]
        places = _places(told, sheet)
        if len(places) == 1:
            lines[places[0]] = _typed(row, columns)
        else:
            refusal = AmbiguousName if places else UnknownAsset
            problems.append(refusal(field="paste", row=number, text=next(filter(None, told), "")))
    return Pasted(lines, tuple(problems))


def _places(told: list[str], sheet: Sequence[Known]) -> list[int]:
    """Return which rows a line may mean: the number decides, else the name."""
    by_number = [place for place, one in enumerate(sheet) if one.asset_no in told]
    return by_number or [place for place, one in enumerate(sheet) if one.name in told]
