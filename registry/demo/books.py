"""The books of the demo county: balances to begin with, vouchers by hand, months closed and opened, numbers brought."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import NamedTuple

from registry.demo.equity import holder_of
from registry.demo.places import UnitRow, units
from registry.demo.tables import COLON, labelled, split
from registry.demo.telling import Telling
from registry.ledger.books.accounts import Detail, Side
from registry.ledger.books.drafts.rules import DraftFacts
from registry.ledger.books.drafts.services import check_draft, make_draft, send_back
from registry.ledger.books.entries import BookDeed, Line
from registry.ledger.books.exchange.queries import own_vouchers
from registry.ledger.books.exchange.rules import BroughtLine, OwnVoucher
from registry.ledger.books.exchange.services import ExchangeForm, bring_numbers, export_vouchers
from registry.ledger.books.models import Book, Voucher
from registry.ledger.books.opening.services import propose_opening
from registry.ledger.books.periods.services import answer_reopening, ask_reopening, begin_close, close_period
from registry.ledger.books.queries import list_journal
from registry.ledger.books.rules import first_day, month_of
from registry.ledger.books.services import open_book
from registry.money import parse_fen

#: Until which day of the next month a month is closed.
_CLOSING_DAY = 6
_TO = "至"


class BookRow(NamedTuple):
    """A deed in the book of a unit's owner; whoever is named second checks it, closes or answers."""

    unit_name: str
    day: str
    deed: str
    made_by: str
    checked_by: str
    about: str
    amount: str
    asset: str
    text: str
    booked_on: str
    owner: str

    @property
    def unit(self) -> UnitRow:
        return units()[self.unit_name]


@dataclass(frozen=True)
class Deed:
    """A deed with its book and day, ready to be done."""

    row: BookRow
    told: Telling
    book: Book
    on: date

    @property
    def month(self) -> int:
        """The month that is closed or opened again."""
        return _month(self.row.about)


def _month(text: str) -> int:
    return month_of(date.fromisoformat(f"{text}-01"))


def month_by_month(rows: tuple[BookRow, ...]) -> tuple[BookRow, ...]:
    """Take a row that closes months from one to another as one row for each, early in the month after."""
    return tuple(one for row in rows for one in (_months(row) if _TO in row.about else [row]))


def _months(row: BookRow) -> list[BookRow]:
    first, last = map(_month, row.about.split(_TO))
    return [
        row._replace(about=f"{first_day(month):%Y-%m}", day=first_day(month + 1).replace(day=_CLOSING_DAY).isoformat())
        for month in range(first, last + 1)
    ]


def tell_book(row: BookRow, told: Telling) -> None:
    """Do what a row of the table says, in the book of the unit's owner."""
    on, by = told.day(row.day), told.staff.named(row.made_by)
    book = open_book(holder_of(row.unit.code, row.owner or row.unit.owner), by=by, on=on)
    _DEEDS[row.deed](Deed(row, told, book, on))


def _open(deed: Deed) -> None:
    by, checker = deed.told.staff.named(deed.row.made_by), deed.told.staff.named(deed.row.checked_by)
    typed = [_line(entry) for entry in split(deed.row.about)]
    check_draft(propose_opening(deed.book, typed, by=by, on=deed.on), by=checker, on=deed.on)


def _line(entry: str) -> Line:
    """Read 322：未分配收益 贷 42600: an account with its detail, the side and the amount."""
    place, side, amount = entry.split(" ")
    account, _, detail = place.partition(COLON)
    fen = parse_fen(amount)
    debit, credit = (fen, 0) if labelled(Side, side) is Side.DEBIT else (0, fen)
    return Line(account, labelled(Detail, detail).value if detail else "", debit, credit)


def _make(deed: Deed) -> None:
    """Make a voucher by hand; it is checked, sent back with a reason, or left to whoever tries the demo."""
    row, told = deed.row, deed.told
    kind, _, reason = row.about.partition(COLON)
    asset = told.assets[row.unit_name, row.asset].asset_no if row.asset else ""
    booked_on = told.day(row.booked_on) if row.booked_on else deed.on
    facts = DraftFacts(labelled(BookDeed, kind), booked_on, row.text, parse_fen(row.amount), asset)
    draft = make_draft(deed.book, facts, [told.pictures["凭证"]], by=told.staff.named(row.made_by), on=deed.on)
    if reason:
        send_back(draft, reason, by=told.staff.named(row.checked_by))
    elif row.checked_by:
        check_draft(draft, by=told.staff.named(row.checked_by), on=deed.on)


def _close(deed: Deed) -> None:
    """Ask for a month to be closed, and close it as a second person where the table names one."""
    begin_close(deed.book, deed.month, by=deed.told.staff.named(deed.row.made_by), on=deed.on)
    if deed.row.checked_by:
        close_period(deed.book, deed.month, by=deed.told.staff.named(deed.row.checked_by), on=deed.on)


def _reopen(deed: Deed) -> None:
    """Ask for the last month to be opened again; the level above agrees where the table names somebody."""
    reason, _, opinion = deed.row.text.partition(COLON)
    wish = ask_reopening(deed.book, deed.month, reason, by=deed.told.staff.named(deed.row.made_by))
    if deed.row.checked_by:
        answer_reopening(wish, opinion, agreed=True, by=deed.told.staff.named(deed.row.checked_by))


def _bring(deed: Deed) -> None:
    """Export the vouchers of some months for the platform, and bring its numbers back."""
    first, last = map(_month, deed.row.about.split("、"))
    period = first_day(first), first_day(last + 1) - timedelta(days=1)
    by = deed.told.staff.named(deed.row.made_by)
    export_vouchers(deed.book, *period, ExchangeForm.XLSX, BytesIO(), by=by)
    vouchers = {one.uid: one for one, _posting in list_journal(deed.book, *period)}
    own = own_vouchers(deed.book, list(vouchers))
    brought = [line for one in vouchers.values() for line in _brought(one, own[one.uid])]
    bring_numbers(deed.book, brought, by=by)


def _brought(voucher: Voucher, own: OwnVoucher) -> list[BroughtLine]:
    number = f"{voucher.booked_on:%Y-%m}-记{voucher.number:04d}"
    return [BroughtLine(row, voucher.uid, *line, number) for row, line in enumerate(own.lines, 1)]


_DEEDS: dict[str, Callable[[Deed], None]] = {
    "期初": _open,
    "制单": _make,
    "结账": _close,
    "反结账": _reopen,
    "导回": _bring,
}
