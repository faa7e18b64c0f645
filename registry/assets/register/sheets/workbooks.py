"""Opening what was uploaded or pasted: what it is by its first bytes, never by its name."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable

from registry.assets.register.reading.cells import EMPTY, Cell, CellKind, Merged, Row, Sheet, SheetRefused, trimmed
from registry.assets.register.sheets import limits, parsing
from registry.text import N_

_ZIP_MAGIC = b"PK\x03\x04"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK_PARTS = ("xl/workbook.xml", "content.xml")
_KINDS = {kind.value: kind for kind in CellKind}


class NotAWorkbook(SheetRefused):
    """A zip container of some other kind: a text document, an archive of pictures."""

    message = N_("这不是表格文件。可以上传 .xlsx、.xls、.ods 或 .csv。")


class ParserDied(SheetRefused):
    """The child process was stopped by its limits, or crashed."""

    message = N_(
        "读这个文件用的内存或时间超过上限，已停止。请只保留要导入的工作表，删去远处的空白单元格，另存后再上传。"
    )


class NothingThere(SheetRefused):
    """The file holds no cell at all."""

    message = N_("文件是空的，没有读到任何单元格。")


_REFUSALS: dict[str, Callable[[], SheetRefused]] = {
    "rows": lambda: limits.TooManyRows(limit=limits.MAX_ROWS),
    "columns": lambda: limits.TooManyColumns(limit=limits.MAX_COLUMNS),
    "password": limits.ArchiveLocked,
    "broken": limits.ArchiveBroken,
}


def read_workbook(data: bytes, filename: str) -> tuple[Sheet, ...]:
    """Return the sheets that hold anything; ``filename`` only names the sheet of a text file. Raises SheetRefused."""
    limits.check_size(data)
    if data.startswith(_ZIP_MAGIC):
        parts = limits.check_archive(data)
        if not any(part in parts for part in _WORKBOOK_PARTS):
            raise NotAWorkbook
        sheets = _parse_apart(data)
    elif data.startswith(_OLE_MAGIC):
        sheets = _parse_apart(data)
    else:
        sheets = (read_text(decode(data), os.path.splitext(os.path.basename(filename))[0]),)
    return _some(sheets)


def read_pasted(text: str) -> Sheet:
    """Return the cells pasted from a spreadsheet (tab-separated, quoted where needed). Raises SheetRefused."""
    limits.check_size(text.encode("utf-8", "replace"))
    return _some((read_text(text.replace("\x00", ""), N_("粘贴的单元格")),))[0]


def _some(sheets: tuple[Sheet, ...]) -> tuple[Sheet, ...]:
    filled = tuple(sheet for sheet in sheets if sheet.rows)
    if not filled:
        raise NothingThere
    return filled


def _parse_apart(data: bytes) -> tuple[Sheet, ...]:
    bounds = (limits.MAX_ROWS, limits.MAX_COLUMNS, limits.CHILD_MEMORY_BYTES, limits.CHILD_CPU_SECONDS)
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and our own file, no shell
            [sys.executable, "-I", parsing.__file__, *map(str, bounds)],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.CHILD_WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise ParserDied from slow
    if child.returncode:
        raise ParserDied
    answer = json.loads(child.stdout)
    if isinstance(answer, dict):
        raise _REFUSALS[answer["refused"]]()
    return tuple(_sheet(**entry) for entry in answer)


def _sheet(*, name: str, hidden: bool, merged: list[list[int]], texts: list[list[str]], kinds: list[str]) -> Sheet:
    rows = [_parsed_row(*pair) for pair in zip(texts, kinds, strict=True)]
    return Sheet(name, trimmed(rows), tuple(Merged(*area) for area in merged), hidden)


def _parsed_row(texts: list[str], kinds: str) -> Row:
    return tuple(EMPTY if kind == "E" else Cell(text, _KINDS[kind]) for text, kind in zip(texts, kinds, strict=True))


_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
#: Strict, in this order: text in GB18030 is hardly ever valid UTF-8, the other way round it often is.
_ENCODINGS = ("utf-8", "gb18030")
_DELIMITERS = (",", "\t", ";")
_SAMPLE_ROWS = 40
_BARE_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
#: The quote that our own export puts before a text that a spreadsheet would take for a formula.
_GUARDED = tuple(f"'{start}" for start in "=+-@\t\r\n")
_MARKUP = re.compile(r"\s*<(?:!doctype|\?xml|html|table|meta|head)", re.IGNORECASE)


class NotText(SheetRefused):
    """The bytes are neither a workbook nor text in a known encoding."""

    message = N_("认不出这是什么文件。可以上传 .xlsx、.xls、.ods 或 .csv。")


class MarkupInDisguise(SheetRefused):
    """A web page or XML that some systems export under the name .xls."""

    message = N_("这个文件其实是网页，不是工作簿。请用 Excel 或 WPS 打开，另存为 .xlsx 再上传。")


class QuotesBroken(SheetRefused):
    """The quotes of the text file do not close."""

    message = N_("第 %(row)s 行附近的引号不成对，读不下去。请用 Excel 或 WPS 另存为 .xlsx 再上传。")


def decode(data: bytes) -> str:
    """Decode a text file: by its byte order mark, else strictly UTF-8, then GB18030. Raises SheetRefused."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(_strictly(data[len(mark) :], encoding))
    for encoding in _ENCODINGS:
        text = _strictly(data, encoding)
        if text is not None:
            return _checked(text)
    raise NotText


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _checked(text: str | None) -> str:
    if text is None or _CONTROL.search(text):
        raise NotText
    if _MARKUP.match(text):
        raise MarkupInDisguise
    return text


def read_text(text: str, name: str) -> Sheet:
    """Read delimited text (comma, semicolon or tab, whichever makes the steadier table). Raises SheetRefused."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(plain, newline=""), delimiter=_delimiter(plain))
    try:
        for record in reader:
            rows.append(_row(record))
            if len(rows) > limits.MAX_ROWS:
                raise limits.TooManyRows(limit=limits.MAX_ROWS)
    except csv.Error as broken:
        raise QuotesBroken(row=len(rows) + 1) from broken
    return Sheet(name, trimmed(rows))


def _row(record: list[str]) -> Row:
    if len(record) > limits.MAX_COLUMNS:
        if any(text.strip() for text in record[limits.MAX_COLUMNS :]):
            raise limits.TooManyColumns(limit=limits.MAX_COLUMNS)
        record = record[: limits.MAX_COLUMNS]
    return tuple(_cell(text) for text in record)


def _cell(text: str) -> Cell:
    if not text.strip():
        return EMPTY
    if text.startswith(_GUARDED):
        text = text[1:]
    return Cell(text, CellKind.NUMBER if _BARE_NUMBER.fullmatch(text) else CellKind.TEXT)


def _delimiter(text: str) -> str:
    return max(_DELIMITERS, key=lambda mark: _steadiness(text, mark))


def _steadiness(text: str, delimiter: str) -> int:
    """Count the cells of the rows that have the commonest width, were this the delimiter."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        widths = Counter(len(record) for record, _ in zip(reader, range(_SAMPLE_ROWS), strict=False) if record)
    except csv.Error:
        return 0
    return max((width * count for width, count in widths.items() if width > 1), default=0)
