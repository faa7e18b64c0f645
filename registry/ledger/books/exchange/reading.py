"""Reading what comes back: our own export, whatever was added around it."""

from registry.assets.register.reading.cells import Row, Sheet, cell_at, is_empty
from registry.errors import RegistryError
from registry.ledger.books.exchange.rules import AMOUNTS, NEEDED, BroughtLine, ExchangeColumn, NotOurSheet
from registry.money import parse_fen

_UNITS = ("（元）", "(元)", "(yuan)")
#: A file may have been through the hands of somebody who reads English: the headings of the second catalogue.
_ENGLISH = {
    ExchangeColumn.ACCOUNT: "Account code",
    ExchangeColumn.DEBIT: "Debit",
    ExchangeColumn.CREDIT: "Credit",
    ExchangeColumn.NUMBER: "Platform voucher no.",
    ExchangeColumn.UID: "Identifier",
}
_HEADINGS = {
    **{column.label: column for column in ExchangeColumn},
    **{text.casefold(): column for column, text in _ENGLISH.items()},
}


def read_brought(sheet: Sheet) -> list[BroughtLine]:
    """Return the rows of a sheet that name a voucher. Raises NotOurSheet."""
    head, places = _head(sheet)
    found = []
    for number, row in enumerate(sheet.rows[head + 1 :], head + 2):
        if not is_empty(row) and _text(row, places, ExchangeColumn.UID):
            found.append(_line(number, row, places))
    return found


def _head(sheet: Sheet) -> tuple[int, dict[ExchangeColumn, int]]:
    """Return the row of the headings and where each column stands."""
    for index, row in enumerate(sheet.rows):
        texts = [_heading(cell.text) for cell in row]
        places = {_HEADINGS[text]: place for place, text in enumerate(texts) if text in _HEADINGS}
        if ExchangeColumn.UID in places:
            missing = next((column for column in NEEDED if column not in places), None)
            if missing is not None:
                raise NotOurSheet(field="file", column=missing.label)
            return index, places
    raise NotOurSheet(field="file", column=ExchangeColumn.UID.label)


def _heading(text: str) -> str:
    """Return a heading without its unit, as the table of headings has it."""
    plain = " ".join(text.split()).casefold()
    for unit in _UNITS:
        plain = plain.removesuffix(unit)
    return plain.strip()


def _line(number: int, row: Row, places: dict[ExchangeColumn, int]) -> BroughtLine:
    debit, credit = (_fen(_text(row, places, column)) for column in sorted(AMOUNTS, reverse=True))
    texts = [_text(row, places, column) for column in (ExchangeColumn.UID, ExchangeColumn.ACCOUNT)]
    return BroughtLine(number, texts[0], texts[1], debit, credit, _text(row, places, ExchangeColumn.NUMBER))


def _text(row: Row, places: dict[ExchangeColumn, int], column: ExchangeColumn) -> str:
    return cell_at(row, places[column]).text.strip()


def _fen(text: str) -> int:
    """Return an amount; what is none agrees with nothing."""
    try:
        return parse_fen(text) if text else 0
    except RegistryError:
        return -1
