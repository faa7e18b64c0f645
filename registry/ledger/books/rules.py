"""When a voucher may be posted or reversed, how vouchers are numbered, and how a period is closed. Pure.

财会〔2024〕12号 art. 21(3): what is posted is final; a mistake is reversed in red and entered anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from registry.errors import Conflict, Forbidden, Invalid
from registry.kinds import OwnerKind
from registry.ledger.books.accounts import ChartVersion
from registry.ledger.books.entries import Line
from registry.money import format_yuan
from registry.text import N_, Labelled

MONTHS = 12


class BookKind(Labelled):
    """How an owner's money is written down."""

    SUBSIDIARY = "SUBSIDIARY", N_("项目资产辅助账")
    MEMORANDUM = "MEMORANDUM", N_("备查账")


class PeriodState(Labelled):
    """How far the closing of a month has come; a month without a row is open."""

    OPEN = "OPEN", N_("未结账")
    CLOSING = "CLOSING", N_("结账中")
    CLOSED = "CLOSED", N_("已结账")


class DraftState(Labelled):
    """What became of a voucher somebody made."""

    MADE = "MADE", N_("待复核")
    SENT_BACK = "SENT_BACK", N_("退回修改")
    POSTED = "POSTED", N_("已记账")
    WITHDRAWN = "WITHDRAWN", N_("已撤回")


class SamePerson(Forbidden):
    """The maker of a voucher never checks it."""

    message = N_("制单和复核不能是同一个人，请由另一个人复核。")


class PeriodClosed(Conflict):
    """Nothing is posted into a month that is closed, nor before one."""

    message = N_("%(month)s 已经结账，不能再记这一天的账；请记在当月，或先办反结账。")


class BeforeOpening(Invalid):
    """A book begins on a day."""

    message = N_("这本账从 %(day)s 开始，不能记更早的账。")


class AheadOfTime(Invalid):
    """Business is booked when it has happened."""

    message = N_("日期 %(day)s 还没有到。")


class NotBalanced(Invalid):
    """What is debited equals what is credited."""

    message = N_("借方 %(debit)s 元与贷方 %(credit)s 元不相等。")


class LineIncomplete(Invalid):
    """A line has one account and one amount on one side."""

    message = N_("每行选一个科目，借方或贷方填一个金额。")


class AlreadyReversed(Conflict):
    """A voucher is reversed once."""

    message = N_("这张凭证已经冲销过。")


class ReversalWaits(Conflict):
    """One draft at a time undoes a voucher."""

    message = N_("冲销这张凭证的草稿已在等待复核。")


class NotReversible(Conflict):
    """A reversal is not reversed; what it undid is entered anew."""

    message = N_("冲销凭证不能再冲销，请重新制单。")


class NotNextToClose(Conflict):
    """Months are closed one after the other."""

    message = N_("请先结 %(month)s 的账。")


class NotLastClosed(Conflict):
    """Only the last closed month is reopened."""

    message = N_("只能反结最后一个已结账的月份（%(month)s）。")


class NotOver(Invalid):
    """A month is closed when it is over."""

    message = N_("%(month)s 还没有过完，不能结账。")


class DraftsWait(Conflict):
    """A month is not closed over vouchers that wait to be checked."""

    message = N_("还有 %(count)s 张待复核的凭证，请先复核或撤回。")


@dataclass(frozen=True)
class Maker:
    """Who made what is posted: the account, and name and post as they were."""

    user_id: int | None
    text: str


def kind_of(owner: OwnerKind) -> BookKind:
    """Return how the money of an owner is written down: collectives by double entry, public owners in a memorandum."""
    public = {OwnerKind.STATE, OwnerKind.TOWNSHIP}
    return BookKind.MEMORANDUM if owner in public else BookKind.SUBSIDIARY


#: Whose money is kept here; households, cooperatives and enterprises keep their own books.
KEEPS_BOOKS = frozenset({OwnerKind.STATE, OwnerKind.TOWNSHIP, OwnerKind.VILLAGE_COLLECTIVE, OwnerKind.GROUP_COLLECTIVE})


def chart_of(kind: BookKind) -> ChartVersion:
    """Return the chart a new book is kept by."""
    return ChartVersion.MEMORANDUM if kind is BookKind.MEMORANDUM else ChartVersion.C2024


def month_of(day: date) -> int:
    """Count months since year 0, so that periods are ordered numbers."""
    return day.year * MONTHS + day.month - 1


def first_day(month: int) -> date:
    """Return the first day of a period."""
    return date(month // MONTHS, month % MONTHS + 1, 1)


def last_day(month: int) -> date:
    """Return the last day of a period."""
    return first_day(month + 1) - timedelta(days=1)


def say_month(month: int) -> str:
    """Write a period as 2026-03."""
    return f"{month // MONTHS}-{month % MONTHS + 1:02d}"


def say_number(year: int, number: int) -> str:
    """Write the number of a voucher: gap-free per book and year."""
    return f"记-{year}-{number:04d}"


def check_persons(made_by: int | None, checked_by: int | None) -> None:
    """Raise SamePerson unless two persons stand behind a voucher; the system's own have none."""
    if made_by is not None and made_by == checked_by:
        raise SamePerson


def check_day(booked_on: date, *, opened_on: date, closed: int | None, on: date) -> None:
    """Raise unless the day lies in the book's time, has come, and is in no closed month."""
    if booked_on < opened_on:
        raise BeforeOpening(field="booked_on", day=opened_on.isoformat())
    if booked_on > on:
        raise AheadOfTime(field="booked_on", day=booked_on.isoformat())
    if closed is not None and month_of(booked_on) <= closed:
        raise PeriodClosed(field="booked_on", month=say_month(month_of(booked_on)))


def check_lines(lines: Sequence[Line]) -> int:
    """Return the total of either side; raises NotBalanced, LineIncomplete."""
    for line in lines:
        if not line.account or bool(line.debit_fen) == bool(line.credit_fen):
            raise LineIncomplete(field="lines")
    debit, credit = sum(line.debit_fen for line in lines), sum(line.credit_fen for line in lines)
    if debit != credit or len(lines) < 2:
        raise NotBalanced(field="lines", debit=format_yuan(debit), credit=format_yuan(credit))
    return debit


def reversed_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines that undo a voucher: the same accounts and sides, in red (negative)."""
    return tuple(Line(one.account, one.detail, -one.debit_fen, -one.credit_fen, one.marks) for one in lines)


def check_reversal(*, is_reversal: bool, is_reversed: bool) -> None:
    """Raise unless a voucher may be reversed."""
    if is_reversal:
        raise NotReversible
    if is_reversed:
        raise AlreadyReversed


def check_close(month: int, *, opened: int, closed: int | None, waiting: int, on: date) -> None:
    """Raise unless a month is over, the next to be closed, and nothing of it waits to be checked."""
    following = opened if closed is None else closed + 1
    if month != following:
        raise NotNextToClose(month=say_month(following))
    if month_of(on) <= month:
        raise NotOver(month=say_month(month))
    if waiting:
        raise DraftsWait(count=waiting)


def check_reopen(month: int, closed: int | None) -> None:
    """Raise unless it is the last closed month."""
    if closed is None or month != closed:
        raise NotLastClosed(month=say_month(closed) if closed is not None else "—")
