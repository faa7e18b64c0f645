"""The exchange with the accounting platform, as JSON."""

from marshmallow import fields, validate

from registry.ledger.books.exchange.rules import MOST_NUMBER
from registry.rest.fields import PageArguments, Strict, listed, text

MOST_AT_ONCE = 500


class ExchangedArguments(PageArguments):
    """Which vouchers of a year are wanted."""

    year = fields.Integer(load_default=None)
    open = fields.Boolean(load_default=False)


class ExchangedRow(Strict):
    """A voucher and the number that the platform gave it, empty as long as none came back."""

    id = fields.String(required=True)
    number = fields.String(required=True)
    platform_number = fields.String(required=True)


class NumberEntry(Strict):
    """The platform's number of one voucher."""

    uid = text(32, needed=True, least=1)
    number = text(MOST_NUMBER, needed=True, least=1)


class NumbersEntry(Strict):
    """Numbers that come back; all of them are kept or none."""

    numbers = fields.List(
        fields.Nested(NumberEntry), required=True, validate=validate.Length(min=1, max=MOST_AT_ONCE)
    )  # fmt: skip


class Brought(Strict):
    """How many numbers were new."""

    kept = fields.Integer(required=True)


ExchangedPage = listed(ExchangedRow)
