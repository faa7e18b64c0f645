"""Opening what was uploaded or pasted: what it is by its first bytes, never by its name."""

import json
import os
import subprocess
import sys
from collections.abc import Callable

from registry.assets.register.sheets import limits, parsing, texts
from registry.assets.register.sheets.cells import EMPTY, Cell, CellKind, Merged, Row, Sheet, SheetRefused, trimmed
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
        sheets = (texts.read_text(texts.decode(data), os.path.splitext(os.path.basename(filename))[0]),)
    return _some(sheets)


def read_pasted(text: str) -> Sheet:
    """Return the cells pasted from a spreadsheet (tab-separated, quoted where needed). Raises SheetRefused."""
    limits.check_size(text.encode("utf-8", "replace"))
    return _some((texts.read_text(text.replace("\x00", ""), N_("粘贴的单元格")),))[0]


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
    rows = [_row(*pair) for pair in zip(texts, kinds, strict=True)]
    return Sheet(name, trimmed(rows), tuple(Merged(*area) for area in merged), hidden)


def _row(texts: list[str], kinds: str) -> Row:
    return tuple(EMPTY if kind == "E" else Cell(text, _KINDS[kind]) for text, kind in zip(texts, kinds, strict=True))
