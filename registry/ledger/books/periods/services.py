"""Closing a month by two persons, and opening it again by two persons of two levels."""

from collections.abc import Sequence
from datetime import date

from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.ledger.books.entries import BookDeed, Entry, Line, Source
from registry.ledger.books.legs import lines_of
from registry.ledger.books.models import Accrual, Book, BookPeriod, Reopening
from registry.ledger.books.periods.queries import balances_at, find_waiting, held_assets, moved_in
from registry.ledger.books.periods.rules import (
    AlreadyAnswered,
    ChangedSinceBegun,
    NotBegun,
    ReopeningAnswer,
    ReopeningWaits,
    check_above,
    check_balanced,
    check_opinion,
    depreciation_lines,
    digest_of,
    year_end,
)
from registry.ledger.books.queries import count_drafts_in, find_period, posted_for
from registry.ledger.books.rules import (
    MONTHS,
    BookKind,
    Maker,
    PeriodState,
    check_close,
    check_persons,
    check_reopen,
    last_day,
    month_of,
    say_month,
)
from registry.ledger.books.services import Head, maker, post, post_lines
from registry.permissions import Actor
from registry.text import N_


def begin_close(book: Book, month: int, accruals: Sequence[Entry] = (), *, by: Actor, on: date) -> BookPeriod:
    """Ask for a month to be closed as it stands, with what is accrued at its end; asked anew, the later wish counts.

    Raises NotNextToClose, NotOver, DraftsWait, NothingToPost, NotInChart.
    """
    _check(book, month, on)
    period = find_period(book.id, month)
    if period is None:
        period = BookPeriod(region_code=book.region_code, book_id=book.id, month=month)
        db.session.add(period)
    period.state, period.digest = PeriodState.CLOSING.value, digest_of(moved_in(book, month))
    period.begun_by_id, period.begun_by_text, period.begun_at = by.id, maker(by).text, now()
    _plan(book, period, accruals)
    record(Action.PERIOD_CLOSING, period, by=by, content=period.digest)
    return period


def _plan(book: Book, period: BookPeriod, accruals: Sequence[Entry]) -> None:
    """Keep what will be accrued instead of what was to be before; each entry must be one that can be posted."""
    period.accruals = []
    db.session.flush()
    for entry in accruals:
        lines_of(entry, book.version)
        posted = posted_for(entry.source.table, [entry.source.id])
        period.accruals.append(_accrual(book, entry, posted.get(entry.source.id, 0)))


def _accrual(book: Book, entry: Entry, posted_fen: int) -> Accrual:
    marks = entry.marks
    return Accrual(
        region_code=book.region_code, deed=entry.deed.value, amount_fen=entry.amount_fen,
        summary=entry.summary or entry.deed.label, member=entry.member, source_table=entry.source.table,
        source_id=entry.source.id, posted_fen=posted_fen, asset_id=marks.asset_id, contract_id=marks.contract_id,
        party_id=marks.party_id,
    )  # fmt: skip


def close_period(book: Book, month: int, *, by: Actor, on: date, seen: int | None = None) -> BookPeriod:
    """Close a month that another person asked to close: accruals, depreciation, the end of a year, the digest.

    ``seen`` is the version of the wish that was looked at, where one is named.
    Raises NotBegun, SamePerson, ChangedSinceBegun, BooksBroken and what begin_close() raises.
    """
    _check(book, month, on)
    period = find_period(book.id, month)
    if period is None or period.stage is not PeriodState.CLOSING:
        raise NotBegun(month=say_month(month))
    check_persons(period.begun_by_id, by.id)
    if period.digest != digest_of(moved_in(book, month)) or seen not in {None, period.version_id}:
        raise ChangedSinceBegun
    made_by = Maker(period.begun_by_id, period.begun_by_text)
    last = last_day(month)
    _post_accruals(book, period, made_by, last, by)
    _post_own(book, period, made_by, last, by)
    rows = moved_in(book, month)
    check_balanced(rows)
    period.state, period.digest = PeriodState.CLOSED.value, digest_of(rows)
    period.closed_by_text, period.closed_at, book.closed_month = maker(by).text, now(), month
    record(Action.PERIOD_CLOSED, period, by=by, reason=say_month(month), content=period.digest)
    return period


def _check(book: Book, month: int, on: date) -> None:
    waiting = count_drafts_in(book.id, month)
    check_close(month, opened=month_of(book.opened_on), closed=book.closed_month, waiting=waiting, on=on)


def _post_accruals(book: Book, period: BookPeriod, made_by: Maker, last: date, by: Actor) -> None:
    """Post what was confirmed when closing was asked for; raises ChangedSinceBegun if some was posted meanwhile."""
    for one in period.accruals:
        if posted_for(one.source_table, [one.source_id]).get(one.source_id, 0) != one.posted_fen:
            raise ChangedSinceBegun
        post(book, one.to_entry(), made_by=made_by, by=by, on=last)
    period.accruals = []


def _post_own(book: Book, period: BookPeriod, made_by: Maker, last: date, by: Actor) -> None:
    """Post what a month's end itself gives: depreciation as on the cards, and in December the end of the year."""
    if book.book_kind is BookKind.MEMORANDUM:
        return
    source = Source("book_period", period.id)

    def add(deed: BookDeed, summary: str, lines: Sequence[Line]) -> None:
        post_lines(book, Head(deed, last, summary, source), lines, made_by=made_by, by=by, on=last)

    worn = depreciation_lines(held_assets(book, period.month), book.version)
    if worn:
        add(BookDeed.DEPRECIATION, N_("计提本月折旧"), worn)
    if period.month % MONTHS == MONTHS - 1:
        for one in year_end(balances_at(book, period.month), book.version):
            add(one.deed, one.summary, one.lines)


def ask_reopening(book: Book, month: int, reason: str, *, by: Actor) -> Reopening:
    """Ask for the last closed month to be opened again. Raises NotLastClosed, ReopeningWaits."""
    check_reopen(month, book.closed_month)
    if find_waiting(book.id) is not None:
        raise ReopeningWaits
    period = find_period(book.id, month)
    reopening = Reopening(
        region_code=book.region_code, book_id=book.id, month=month, reason=reason.strip(), asked_by_id=by.id,
        asked_by_text=maker(by).text, asked_from=by.unit_code, asked_at=now(), digest=period.digest if period else "",
    )  # fmt: skip
    db.session.add(reopening)
    db.session.flush()
    record(Action.REOPENING_ASKED, reopening, by=by, reason=reopening.reason)
    return reopening


def answer_reopening(reopening: Reopening, opinion: str, *, agreed: bool, by: Actor) -> None:
    """Agree as another person of a level above, and the month is open again; or refuse.

    Raises AlreadyAnswered, SamePerson, NotAbove, OpinionMissing, NotLastClosed.
    """
    if reopening.answer:
        raise AlreadyAnswered
    check_persons(reopening.asked_by_id, by.id)
    check_above(reopening.asked_from, reopening.region_code, by.unit_code)
    reopening.opinion = check_opinion(opinion, agreed=agreed)
    reopening.answer = (ReopeningAnswer.AGREED if agreed else ReopeningAnswer.REFUSED).value
    reopening.answered_by_text, reopening.answered_at = maker(by).text, now()
    if agreed:
        _open_again(reopening)
    action = Action.REOPENING_AGREED if agreed else Action.REOPENING_REFUSED
    record(action, reopening, by=by, reason=reopening.opinion, content=reopening.digest)


def _open_again(reopening: Reopening) -> None:
    book = db.session.get_one(Book, reopening.book_id)
    check_reopen(reopening.month, book.closed_month)
    period = find_period(book.id, reopening.month)
    if period is not None:
        period.state = PeriodState.OPEN.value
    before = reopening.month - 1
    book.closed_month = before if before >= month_of(book.opened_on) else None
