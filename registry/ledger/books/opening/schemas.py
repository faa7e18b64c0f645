"""How a book begins and follows the cards, as JSON."""

from marshmallow import fields

from registry.ledger.books.drafts.schemas import LineEntry
from registry.ledger.books.opening.rules import Difference
from registry.rest.fields import Money, Strict, choice, day, listed, row_id

MOST_LINES = 100


def _few(lines: list[object]) -> bool:
    return len(lines) <= MOST_LINES


class OpenEntry(Strict):
    """Whose book is opened."""

    party_id = row_id(needed=True)


class OpeningEntry(Strict):
    """Balances that no card gives; original value and depreciation of the assets are added from the cards."""

    lines = fields.List(fields.Nested(LineEntry), load_default=list, validate=_few)


class FollowEntry(Strict):
    """Which differences are entered, and on which day."""

    difference = choice(Difference, needed=True)
    booked_on = day(needed=True)


class DifferenceRow(Strict):
    """An asset that books and card show with different values."""

    asset_id = fields.String(required=True)
    asset_no = fields.String(required=True)
    name = fields.String(required=True)
    difference = choice(Difference, needed=True)
    card_value = Money(attribute="card_fen", required=True)
    book_value = Money(attribute="booked_fen", required=True)


DifferencePage = listed(DifferenceRow)
