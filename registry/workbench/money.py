"""What whoever works with money sees first: this year's income, what is overdue, to be checked and to be paid."""

from dataclasses import dataclass

from flask import url_for

from registry.clock import today
from registry.ledger.books.drafts.queries import count_drafts_to_check
from registry.ledger.distribution.payout.rules import OrderStatus
from registry.ledger.distribution.payout.waiting import sums_to_pay
from registry.ledger.operation.arrears.queries import sum_overdue
from registry.ledger.operation.periods import Period, year_of
from registry.ledger.operation.receipts.queries import ReceiptFilter, count_receipts, count_to_check
from registry.ledger.operation.receipts.rules import ReceiptStatus
from registry.ledger.operation.receipts.showing import by_kind
from registry.ledger.operation.receipts.totals import sums_within
from registry.permissions import Actor, Permission, may, reaches
from registry.regions import Level, level_of
from registry.workbench.tasks.task import MOST_COUNTED

_P = Permission
#: Whoever may do one of these works with money.
HANDLING = (_P.INCOME_ENTER, _P.INCOME_CHECK, _P.VOUCHER_MAKE, _P.VOUCHER_CHECK, _P.PAYOUT_RELEASE, _P.PAYOUT_PAY)
#: Whoever may do one of these works with the cards of assets.
_REGISTERING = (_P.ASSET_ENTER, _P.ASSET_CONFIRM)


@dataclass(frozen=True)
class MoneyFigures:
    """Amounts in fen; each stands for the list that its address shows."""

    received_fen: int
    overdue: tuple[int, int]
    to_check: str
    drafts: str
    to_pay: tuple[int, int]
    paying: int
    received_url: str
    overdue_url: str
    check_url: str
    pay_url: str


def handles_money(actor: Actor) -> bool:
    """Say whether money is this person's work."""
    return any(may(actor, one, actor.unit_code) for one in HANDLING)


def keeps_assets(actor: Actor) -> bool:
    """Say whether a person's first figures are those of assets: it is their work, or money is not."""
    return not handles_money(actor) or any(may(actor, one) for one in _REGISTERING)


def money_figures(actor: Actor) -> MoneyFigures | None:
    """Return the figures of a person's unit; None for who does not see all of it, and for the whole municipality.

    There nothing is kept ready that would answer in time what came in, is overdue and waits.
    """
    unit = actor.unit_code
    if not _sees_all_of(unit, actor) or level_of(unit) is Level.MUNICIPALITY:
        return None
    year = year_of(today())
    to_check, check_url = _to_check(actor, year)
    orders = sums_to_pay(unit, actor)
    return MoneyFigures(
        received_fen=by_kind(sums_within(unit, year, actor)).income_fen,
        overdue=sum_overdue(unit, actor, today()),
        to_check=to_check,
        drafts=_said(count_drafts_to_check(actor, MOST_COUNTED + 1)) if may(actor, _P.VOUCHER_CHECK) else "",
        to_pay=orders.get(OrderStatus.RELEASED, (0, 0)),
        paying=orders.get(OrderStatus.PAYING, (0, 0))[0],
        received_url=url_for("income.index", region=unit),
        overdue_url=url_for("arrears.index", region=unit),
        check_url=check_url,
        pay_url=url_for("payouts.index", region=unit, status=OrderStatus.RELEASED.value),
    )


def _sees_all_of(unit: str, actor: Actor) -> bool:
    plain = [one.codes for one in reaches(actor, _P.LEDGER_READ) if one.sector is None and not one.own_only]
    return any(codes.low <= unit <= codes.high for codes in plain)


def _to_check(actor: Actor, year: Period) -> tuple[str, str]:
    """Return how many receipts wait and where: the desk of whoever may check them, the list of this year's else."""
    unit, most = actor.unit_code, MOST_COUNTED + 1
    if may(actor, _P.INCOME_CHECK, unit):
        return _said(count_to_check(actor, most)), url_for("income.review", region=unit)
    wanted = ReceiptFilter(unit, ReceiptStatus.SUBMITTED, since=year.first, until=year.last)
    url = url_for("income.index", region=unit, status=ReceiptStatus.SUBMITTED.value)
    return _said(count_receipts(wanted, actor, most)), url


def _said(count: int) -> str:
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)
