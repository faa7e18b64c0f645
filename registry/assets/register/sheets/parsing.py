"""The child process that opens a workbook: bytes in, JSON out, under limits of memory and time.

It runs as a script in an isolated interpreter and imports nothing of the register, so that a file that breaks the
parser breaks only this process. Arguments: rows, columns, bytes of memory, seconds of processor time.
"""

import datetime
import io
import json
import sys
from decimal import Decimal

import python_calamine

#: Excel itself keeps and shows fifteen digits; the rest of a binary number is noise of some formula.
SIGNIFICANT_DIGITS = 15
_TABLE = python_calamine.SheetTypeEnum.WorkSheet
_VISIBLE = python_calamine.SheetVisibleEnum.Visible

CellValue = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta
Reading = dict[str, object]


class Refused(Exception):
    """The workbook is beyond a limit; the text is the code of the refusal."""


def limit_self(memory_bytes: int, cpu_seconds: int) -> None:
    """Bind this process to its limits, where the system knows them."""
    try:
        import resource  # noqa: PLC0415 - the module is missing on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(data: bytes, max_rows: int, max_columns: int) -> list[Reading]:
    """Return the tables of a workbook, in its order."""
    with python_calamine.load_workbook(io.BytesIO(data)) as book:
        return [
            _sheet(book.get_sheet_by_name(entry.name), max_rows, max_columns, hidden=entry.visible != _VISIBLE)
            for entry in book.sheets_metadata
            if entry.typ == _TABLE
        ]


def _sheet(sheet: python_calamine.CalamineSheet, max_rows: int, max_columns: int, *, hidden: bool) -> Reading:
    if sheet.end is None:
        return {"name": sheet.name, "hidden": hidden, "merged": [], "texts": [], "kinds": []}
    if sheet.end[0] >= max_rows:
        raise Refused("rows")
    if sheet.end[1] >= max_columns:
        raise Refused("columns")
    texts, kinds = [], []
    for row in sheet.to_python(skip_empty_area=False):
        cells = [_cell(value) for value in row]
        texts.append([text for text, _ in cells])
        kinds.append("".join(kind for _, kind in cells))
    merged = [[a + 1, c + 1, b, d] for (a, b), (c, d) in sheet.merged_cell_ranges or []]
    return {"name": sheet.name, "hidden": hidden, "merged": merged, "texts": texts, "kinds": kinds}


def _cell(value: CellValue) -> tuple[str, str]:
    if isinstance(value, str):
        return (value, "T") if value.strip() else ("", "E")
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE", "T")
    if isinstance(value, int | float):
        return number_text(value), "N"
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    return str(value), "D" if isinstance(value, datetime.date) else "T"


def number_text(value: float) -> str:
    """Write a number as exact decimal text without exponent, to the digits Excel keeps."""
    text = repr(value)
    digits = text.partition("e")[0].replace(".", "").replace("-", "").strip("0")
    if len(digits) > SIGNIFICANT_DIGITS and isinstance(value, float):
        text = format(value, f".{SIGNIFICANT_DIGITS}g")
    if "e" in text:
        text = format(Decimal(text), "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def main() -> None:
    """Read standard input, write JSON to standard output: a list of sheets or ``{"refused": code}``."""
    max_rows, max_columns, memory_bytes, cpu_seconds = (int(argument) for argument in sys.argv[1:5])
    limit_self(memory_bytes, cpu_seconds)
    answer: object
    try:
        answer = read(sys.stdin.buffer.read(), max_rows, max_columns)
    except Refused as refused:
        answer = {"refused": str(refused)}
    except python_calamine.PasswordError:
        answer = {"refused": "password"}
    except (python_calamine.CalamineError, ValueError, OSError):
        answer = {"refused": "broken"}
    json.dump(answer, sys.stdout, ensure_ascii=True, separators=(",", ":"))


if __name__ == "__main__":
    main()
