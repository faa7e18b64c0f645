"""Reading what comes back: our own export, whatever was added around it."""

from registry.assets.register.reading.cells import Row, Sheet, cell_at, is_empty
from registry.errors import RegistryError
from registry.ledger.books.exchange.rules import AMOUNTS, NEEDED, BroughtLine, ExchangeColumn, NotOurSheet
from registry.money import parse_fen

_UNIT = "（元）"


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
    labels = {column.label: column for column in ExchangeColumn}
    for index, row in enumerate(sheet.rows):
        texts = [cell.text.strip().removesuffix(_UNIT) for cell in row]
        places = {labels[text]: place for place, text in enumerate(texts) if text in labels}
        if ExchangeColumn.UID in places:
            missing = next((column for column in NEEDED if column not in places), None)
            if missing is not None:
                raise NotOurSheet(field="file", column=missing.label)
            return index, places
    raise NotOurSheet(field="file", column=ExchangeColumn.UID.label)


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
