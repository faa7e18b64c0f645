"""Questions about closing: what is held and how far it is depreciated, what has to be closed, what is asked."""

from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import ColumnElement, and_, func, or_, select

from registry.assets.register.cards.models import Asset
from registry.assets.register.depreciation import accumulated_by_month
from registry.assets.register.registration import Stage
from registry.counting import count_up_to
from registry.database import db
from registry.errors import Missing
from registry.ledger.books.accounts import code_of
from registry.ledger.books.holdings import codes_of, held_amounts, part_of, shares_of
from registry.ledger.books.legs import WEAR
from registry.ledger.books.models import Book, BookPeriod, Reopening
from registry.ledger.books.periods.rules import Balances, HeldAsset, Moved
from registry.ledger.books.queries import at_hand, trial_balance
from registry.ledger.books.rules import PeriodState, first_day, last_day, month_of
from registry.permissions import Actor, Permission
from registry.regions import level_of
from registry.scope import below, within


def moved_in(book: Book, month: int) -> Moved:
    """Return a trial balance as plain rows: account, detail, opening, debit and credit of the month."""
    return [
        (row.account.code, row.detail, row.opening_fen, row.debit_fen, row.credit_fen)
        for row in trial_balance(book, month)
    ]


def balances_at(book: Book, month: int) -> Balances:
    """Return what every account and detail holds at the end of a month."""
    return {(row.account.code, row.detail): row.closing_fen for row in trial_balance(book, month)}


def held_assets(book: Book, month: int) -> list[HeldAsset]:
    """Return the assets on the books at the end of a month that wear off, with both depreciations, by asset."""
    until = last_day(month)
    holdings = {code: key for code, key in codes_of(book).items() if key in WEAR}
    wears = {code_of(WEAR[key], book.version) for key in holdings.values()}
    amounts = held_amounts(book, [*holdings, *wears], until)
    held = {asset_id: holdings[code] for (asset_id, code), fen in amounts.items() if code in holdings and fen > 0}
    rows = select(Asset).where(Asset.id.in_(held), Asset.stage == Stage.CONFIRMED.value).order_by(Asset.id)
    assets = list(db.session.scalars(rows))
    owners = shares_of(assets)
    return [
        HeldAsset(
            asset.id, asset.name, held[asset.id], asset.kind,
            -amounts.get((asset.id, code_of(WEAR[held[asset.id]], book.version)), 0),
            part_of(accumulated_by_month(asset.plan, month), owners[asset.id], book.party_id),
        )
        for asset in assets
        if any(one.party_id == book.party_id for one in owners[asset.id])
    ]  # fmt: skip


def next_to_close(book: Book) -> int:
    """Return the month that is closed next."""
    return month_of(book.opened_on) if book.closed_month is None else book.closed_month + 1


def unclosed(before: int) -> ColumnElement[bool]:
    """Keep the books of which a month before this one is still open."""
    never = and_(Book.closed_month.is_(None), Book.opened_on < first_day(before))
    return or_(Book.closed_month < before - 1, never)


def _due(actor: Actor, before: int) -> tuple[ColumnElement[bool], ...]:
    """Books in the actor's hands of which a month before this one is still open and nobody has asked to close it."""
    begun = select(BookPeriod.book_id).where(BookPeriod.state == PeriodState.CLOSING.value)
    return at_hand(Book, actor, Permission.VOUCHER_MAKE), unclosed(before), Book.id.not_in(begun)


def list_closings_due(actor: Actor, before: int, limit: int) -> Sequence[Book]:
    """Return books of which a month has to be closed, in order of entry."""
    return list(db.session.scalars(select(Book).where(*_due(actor, before)).order_by(Book.id).limit(limit)))


def count_closings_due(actor: Actor, before: int, most: int) -> int:
    """Return of how many books a month has to be closed, counting up to a number."""
    return count_up_to(select(Book.id).where(*_due(actor, before)), most)


def _to_close(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        BookPeriod.state == PeriodState.CLOSING.value,
        at_hand(BookPeriod, actor, Permission.VOUCHER_CHECK),
        BookPeriod.begun_by_id.is_distinct_from(actor.id),
    )


def list_to_close(actor: Actor, limit: int) -> Sequence[tuple[BookPeriod, Book]]:
    """Return months that another person asked to close, the oldest wish first."""
    rows = select(BookPeriod, Book).join(Book, Book.id == BookPeriod.book_id).where(*_to_close(actor))
    found = db.session.execute(rows.order_by(BookPeriod.begun_at, BookPeriod.id).limit(limit))
    return [(period, book) for period, book in found]


def count_to_close(actor: Actor, most: int) -> int:
    """Return how many months the actor may close, counting up to a number."""
    return count_up_to(select(BookPeriod.id).where(*_to_close(actor)), most)


def _to_answer(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """Wishes from a level below the actor's: their unit has digits beyond those of the actor's level."""
    width = level_of(actor.unit_code).width
    deeper = func.substr(Reopening.asked_from, width + 1) != "0" * (len(actor.unit_code) - width)
    return (
        Reopening.answer == "",
        below(Reopening, actor, Permission.PERIOD_REOPEN),
        Reopening.asked_by_id.is_distinct_from(actor.id),
        deeper,
    )


def list_reopenings_to_answer(actor: Actor, limit: int) -> Sequence[tuple[Reopening, Book]]:
    """Return wishes to open a month again that the actor may answer, the oldest first."""
    rows = select(Reopening, Book).join(Book, Book.id == Reopening.book_id).where(*_to_answer(actor))
    found = db.session.execute(rows.order_by(Reopening.asked_at, Reopening.id).limit(limit))
    return [(reopening, book) for reopening, book in found]


def count_reopenings_to_answer(actor: Actor, most: int) -> int:
    """Return how many wishes the actor may answer, counting up to a number."""
    return count_up_to(select(Reopening.id).where(*_to_answer(actor)), most)


def get_reopening(reopening_id: int, actor: Actor, permission: Permission) -> Reopening:
    """Return a wish within reach; raises Missing."""
    rows = select(Reopening).where(Reopening.id == reopening_id, within(Reopening, actor, permission))
    found = db.session.scalar(rows)
    if found is None:
        raise Missing
    return found


def find_waiting(book_id: int) -> Reopening | None:
    """Return the wish of a book that waits for its answer."""
    return db.session.scalar(select(Reopening).where(Reopening.book_id == book_id, Reopening.answer == ""))


def by_year(periods: Sequence[BookPeriod]) -> list[tuple[int, list[BookPeriod]]]:
    """Return closings by the year of their month, in the order in which they are given."""
    return [(year, list(found)) for year, found in groupby(periods, key=lambda one: first_day(one.month).year)]
