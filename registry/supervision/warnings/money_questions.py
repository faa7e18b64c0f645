"""What is asked of books, of the year's distribution, and of who is on the roll."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, cast, exists, func, literal, or_, select
from sqlalchemy import String as Text

from registry.assets.register.registration import MONTHS, WHOLE_BP
from registry.kinds import OwnerKind
from registry.ledger.books.accounts import CHARTS, AccountKind
from registry.ledger.books.models import AccountSum, Book
from registry.ledger.books.periods.queries import unclosed
from registry.ledger.books.rules import BookKind, month_of
from registry.ledger.distribution.plans.models import Plan
from registry.ledger.distribution.plans.rules import PlanStatus
from registry.ledger.distribution.rolls.models import BeneficiaryStatus
from registry.ledger.operation.receipts.kinds import DISTRIBUTABLE
from registry.ledger.operation.receipts.models import IncomeRow
from registry.ledger.operation.receipts.rules import Basis
from registry.parties.households.models import Household, Person, Stay
from registry.parties.households.rules import HouseholdStatus
from registry.parties.models import Party
from registry.policy.parameters import Parameter
from registry.supervision.warnings.asked import Asked, wrong
from registry.supervision.warnings.figures import Figure

_P, _F, _S = Parameter, Figure, PlanStatus
#: Cash in hand in the charts of 2024 and 2004 alike.
_CASH = "101"
#: Work in progress is an asset of the balance sheet although its account is one of costs.
_ASSETS, _LIABILITIES = (
    sorted({one.code for chart in CHARTS.values() for one in chart.values() if one.kind in kinds})
    for kinds in ({AccountKind.ASSET, AccountKind.COST}, {AccountKind.LIABILITY})
)
_COLLECTIVE = [OwnerKind.VILLAGE_COLLECTIVE.value, OwnerKind.GROUP_COLLECTIVE.value]
_EARNED = sorted(kind.value for kind in DISTRIBUTABLE)
_MADE = [status.value for status in (_S.AGREED, _S.PAYING, _S.DONE, _S.AMENDED)]


def book_unclosed(asked: Asked) -> Select[Any]:
    """Books of which a month is still open after the time for closing it."""
    before = month_of(asked.on - timedelta(days=asked.number(_P.CLOSING_DAYS)))
    return (
        wrong(Party.name, Book.id, None, {_F.MONTH: Book.closed_month, _F.STARTS_ON: Book.opened_on,
                                          **asked.limit(_P.CLOSING_DAYS)})
        .join(Party, Party.id == Book.party_id)
        .where(unclosed(before))
    )  # fmt: skip


def cash_high(asked: Asked) -> Select[Any]:
    """Books with more cash in hand than may lie in the box."""
    cash = (
        select(func.coalesce(func.sum(AccountSum.debit_fen - AccountSum.credit_fen), 0))
        .where(AccountSum.book_id == Book.id, AccountSum.account == _CASH)
        .scalar_subquery()
    )
    return (
        wrong(Party.name, Book.id, None, {_F.CASH_FEN: cash, **asked.limit(_P.CASH_LIMIT)})
        .join(Party, Party.id == Book.party_id)
        .where(cash > asked.number(_P.CASH_LIMIT))
    )


def debt_high(asked: Asked) -> Select[Any]:
    """Books of collectives that owe more of their assets than the limit, as the accounts stand.

    The book is that of project assets: what the collective owes besides stands in its general ledger, elsewhere.
    """
    owed, worth = (
        _standing(_LIABILITIES, AccountSum.credit_fen - AccountSum.debit_fen),
        _standing(_ASSETS, AccountSum.debit_fen - AccountSum.credit_fen),
    )
    return (
        wrong(Party.name, Book.id, None, {_F.DEBT_FEN: owed, _F.WORTH_FEN: worth, **asked.limit(_P.DEBT_PERCENT)})
        .join(Party, Party.id == Book.party_id)
        .where(
            Book.kind == BookKind.SUBSIDIARY.value, owed > 0, owed * WHOLE_BP > worth * asked.number(_P.DEBT_PERCENT)
        )
    )


def _standing(accounts: list[str], amount: ColumnElement[int]) -> Any:
    rows = select(func.coalesce(func.sum(amount), 0))
    return rows.where(AccountSum.book_id == Book.id, AccountSum.account.in_(accounts)).scalar_subquery()


def year_to_distribute(asked: Asked) -> int:
    """Return the latest year whose income should have been distributed by now."""
    month, day = map(int, asked.policy.text(_P.DISTRIBUTION_DEADLINE).split("-"))
    return asked.on.year - 1 if (asked.on.month, asked.on.day) > (month, day) else asked.on.year - 2


def distribution_late(asked: Asked) -> Select[Any]:
    """Collectives that earned something in a year and agreed on no plan for it in time."""
    year = year_to_distribute(asked)
    earned = (
        select(func.coalesce(func.sum(IncomeRow.amount_fen), 0))
        .where(
            IncomeRow.party_id == Party.id, IncomeRow.basis == Basis.OWN.value, IncomeRow.kind.in_(_EARNED),
            IncomeRow.earned_on.between(date(year, 1, 1), date(year, MONTHS, 31)),
        )
        .scalar_subquery()
    )  # fmt: skip
    planned = exists().where(Plan.party_id == Party.id, Plan.year == year, Plan.status.in_(_MADE))
    return wrong(Party.name, Party.id, None, {_F.YEAR: literal(year), _F.INCOME_FEN: earned}).where(
        Party.kind.in_(_COLLECTIVE), earned > 0, ~planned
    )


def payout_late(asked: Asked) -> Select[Any]:
    """Plans agreed long ago of which nothing was paid."""
    return wrong(
        Plan.title, Plan.id, None,
        {_F.AGREED_ON: Plan.agreed_on, _F.SUM_FEN: Plan.uses_fen, **asked.limit(_P.PAYOUT_DAYS)},
    ).where(Plan.status == _S.AGREED.value, Plan.agreed_on < asked.before(_P.PAYOUT_DAYS))  # fmt: skip


def deceased_paid(asked: Asked) -> Select[Any]:
    """Households on the roll for somebody who died, or that are ended, longer than a change may take to be felt.

    Nobody is named: whoever may see the household looks at its page.
    """
    limit = asked.before(_P.BENEFICIARY_DELAY_MONTHS)
    current = or_(BeneficiaryStatus.valid_to.is_(None), BeneficiaryStatus.valid_to > asked.on)
    of_household = (BeneficiaryStatus.household_id == Household.id, current)
    died = (
        select(func.min(Person.died_on))
        .join(BeneficiaryStatus, BeneficiaryStatus.person_id == Person.id)
        .where(*of_household, Person.died_on < limit)
        .scalar_subquery()
    )
    alive = exists().where(
        Stay.household_id == Household.id, Stay.valid_to.is_(None), Person.id == Stay.person_id,
        Person.died_on.is_(None),
    )  # fmt: skip
    anybody = exists().where(Stay.household_id == Household.id)
    ended = and_(Household.status == HouseholdStatus.ENDED.value, Household.ended_on < limit)
    extinct = and_(Household.status == HouseholdStatus.CONFIRMED.value, anybody, ~alive, Household.unnamed == 0)
    return wrong(
        cast(Household.serial, Text), Household.id, None,
        {_F.HAPPENED_ON: func.coalesce(died, Household.ended_on), **asked.limit(_P.BENEFICIARY_DELAY_MONTHS)},
    ).where(exists().where(*of_household), or_(died.is_not(None), ended, extinct))  # fmt: skip
