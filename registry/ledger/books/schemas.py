"""Books, vouchers and balances as JSON."""

from marshmallow import fields

from registry.ledger.books.accounts import AccountKind, ChartVersion, Detail
from registry.ledger.books.entries import BookDeed
from registry.ledger.books.rules import BookKind
from registry.rest.fields import Money, PageArguments, Strict, choice, code, day, listed, text

FIRST_YEAR, LAST_YEAR = 1990, 2999


class MonthArguments(Strict):
    """Which month is wanted; this one unless named."""

    year = fields.Integer(load_default=None)
    month = fields.Integer(load_default=None)


class BookArguments(PageArguments):
    """Which books a list shows."""

    region = code()
    text = text(80, load_default="")


class VoucherArguments(PageArguments):
    """Which vouchers of a book a list shows; ``after`` leads to older ones."""

    deed = choice(BookDeed)
    text = text(80, load_default="")


class LedgerArguments(PageArguments):
    """Which account, the bank's unless one is named, between which days; this year so far unless they are named."""

    account = text(8, load_default="")
    detail = choice(Detail)
    first = day(load_default=None)
    last = day(load_default=None)


class BookRow(Strict):
    """The book of one owner; ``closed_month`` is the last month closed, as 2026-03."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    region_code = fields.String(required=True)
    party_id = fields.String(required=True)
    owner = fields.String(required=True)
    kind = choice(BookKind, needed=True)
    chart = choice(ChartVersion, needed=True)
    opened_on = fields.Date(required=True)
    closed_month = fields.String(required=True, allow_none=True)


class BalanceLine(Strict):
    """What an account and detail held and moved in a month; balances are debits less credits."""

    account = fields.String(required=True)
    name = fields.String(required=True)
    kind = choice(AccountKind, needed=True)
    detail = choice(Detail, empty=True, needed=True)
    opening = Money(attribute="opening_fen", required=True)
    debit = Money(attribute="debit_fen", required=True)
    credit = Money(attribute="credit_fen", required=True)
    year_debit = Money(attribute="year_debit_fen", required=True)
    year_credit = Money(attribute="year_credit_fen", required=True)
    closing = Money(attribute="closing_fen", required=True)


class PostingRow(Strict):
    """One line of a voucher or draft."""

    account = fields.String(required=True)
    detail = choice(Detail, empty=True, needed=True)
    debit = Money(attribute="debit_fen", required=True)
    credit = Money(attribute="credit_fen", required=True)
    asset_id = fields.String(required=True, allow_none=True)
    contract_id = fields.String(required=True, allow_none=True)
    party_id = fields.String(required=True, allow_none=True)
    use = fields.String(required=True)


class VoucherRow(Strict):
    """A posted voucher; never changed, only undone by another one in red."""

    id = fields.String(required=True)
    number = fields.String(attribute="label", required=True)
    uid = fields.String(required=True)
    book_id = fields.String(required=True)
    region_code = fields.String(required=True)
    booked_on = fields.Date(required=True)
    deed = choice(BookDeed, needed=True)
    summary = fields.String(required=True)
    amount = Money(attribute="debit_fen", required=True)
    source_table = fields.String(required=True)
    source_id = fields.String(required=True)
    made_by = fields.String(attribute="made_by_text", required=True)
    checked_by = fields.String(attribute="checked_by_text", required=True)
    posted_at = fields.AwareDateTime(required=True)
    reverses_id = fields.String(required=True, allow_none=True)


class VoucherWhole(VoucherRow):
    """A posted voucher with its lines, and what undid it."""

    lines = fields.List(fields.Nested(PostingRow), required=True)
    reversed_by_id = fields.String(required=True, allow_none=True)


class LedgerRow(Strict):
    """One line of an account's ledger, with the balance after it on the account's own side."""

    booked_on = fields.Date(required=True)
    voucher_id = fields.String(required=True)
    number = fields.String(attribute="label", required=True)
    summary = fields.String(required=True)
    debit = Money(attribute="debit_fen", required=True)
    credit = Money(attribute="credit_fen", required=True)
    balance = Money(attribute="balance_fen", required=True)


class AccountBody(Strict):
    """A page of an account between two days: what it held before the first line, and the lines."""

    account = fields.String(required=True)
    name = fields.String(required=True)
    opening = Money(required=True)
    lines = fields.List(fields.Nested(LedgerRow), required=True)


BookPage, VoucherPage, BalancePage = listed(BookRow), listed(VoucherRow), listed(BalanceLine)
