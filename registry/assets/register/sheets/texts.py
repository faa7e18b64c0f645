"""Tables written as text: comma-separated files in the encodings people have, and cells pasted from a spreadsheet."""

import csv
import io
import re
from collections import Counter

from registry.assets.register.sheets import limits
from registry.assets.register.sheets.cells import EMPTY, Cell, CellKind, Row, Sheet, SheetRefused, trimmed
from registry.text import N_

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
#: Strict, in this order: text in GB18030 is hardly ever valid UTF-8, the other way round it often is.
_ENCODINGS = ("utf-8", "gb18030")
_DELIMITERS = (",", "\t", ";")
_SAMPLE_ROWS = 40
_BARE_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
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
