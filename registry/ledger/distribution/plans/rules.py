"""How far a plan has come, and which deed it is ready for. Pure."""

from dataclasses import dataclass
from datetime import date

from registry.errors import Conflict, Forbidden, Invalid
from registry.ledger.distribution.plans.months import month_of, months_of
from registry.ledger.distribution.plans.pool import ScopeKind
from registry.text import N_, Labelled

MOST_MONTHS = 36
MOST_INSTALMENTS = 12
_YEARS = (2012, 2100)


class PlanStatus(Labelled):
    """How far a plan has come."""

    DRAFT = "DRAFT", N_("起草")
    SUBMITTED = "SUBMITTED", N_("审议中")
    SENT_BACK = "SENT_BACK", N_("退回修改")
    REFUSED = "REFUSED", N_("未通过")
    WITHDRAWN = "WITHDRAWN", N_("已撤回")
    AGREED = "AGREED", N_("已通过，待发放")
    PAYING = "PAYING", N_("发放中")
    DONE = "DONE", N_("发放完毕")
    AMENDED = "AMENDED", N_("已由调整方案代替")


_S = PlanStatus
#: A plan that can still be written.
OPEN = frozenset({_S.DRAFT, _S.SENT_BACK})
#: A plan that keeps what it took of the income from every other plan.
TAKING = frozenset({_S.SUBMITTED, _S.SENT_BACK, _S.AGREED, _S.PAYING, _S.DONE, _S.AMENDED})
#: A plan from which is paid, or was.
PAYABLE = frozenset({_S.AGREED, _S.PAYING})
AGREED = frozenset({_S.AGREED, _S.PAYING, _S.DONE, _S.AMENDED})


class NotOpen(Conflict):
    """A plan that was submitted is not written any more; what was agreed to is amended by another plan."""

    message = N_("方案已经提交，不能再改。已通过的方案有错，请另做调整方案。")


class NotSubmitted(Conflict):
    """Only what is before the deciders is agreed to or refused."""

    message = N_("方案不在审议中。")


class NotAgreed(Conflict):
    """Only what was agreed to is amended."""

    message = N_("只有已开始发放、还没有被代替的方案才能停止并调整；还没有发放的，请撤回审批事项。")


class OthersPlan(Forbidden):
    """A plan is written in its own unit."""

    message = N_("方案由本单位经办人起草。")


class TitleMissing(Invalid):
    """A plan has a name under which it is read out."""

    message = N_("请给方案写一个标题。")


class YearOdd(Invalid):
    """A plan is for a year."""

    message = N_("年度不对，请填四位年份。")


class PeriodTooLong(Invalid):
    """Income of some years is not handed out under one plan."""

    message = N_("收益期间最长 %(most)s 个月。")


class PeriodInFuture(Invalid):
    """What has not been earned is not handed out."""

    message = N_("收益期间不能晚于本月。")


class ScopeUnsaid(Invalid):
    """A plan over one asset or one contract names it."""

    message = N_("请选是哪一项资产或者哪一份合同。")


class ReasonMissing(Invalid):
    """Who amends says why."""

    message = N_("请写明为什么要调整。")


@dataclass(frozen=True)
class PlanFacts:
    """What a plan is about: whose book, which year and period, of what the income is handed out.

    A new plan without a title takes the usual one.
    """

    region_code: str
    party_id: int
    year: int
    title: str
    period_from: str
    period_to: str
    scope: ScopeKind = ScopeKind.VILLAGE
    asset_id: int | None = None
    contract_id: int | None = None
    instalment_months: tuple[str, ...] = ()


def usual_title(unit_name: str, year: int) -> str:
    """Return how a plan is called that nobody named: whose it is, and of which year."""
    return N_("%(unit)s %(year)s 年度收益分配方案") % {"unit": unit_name, "year": year}


def check_facts(facts: PlanFacts, on: date) -> None:
    """Raise unless a plan can be begun with this."""
    if not facts.title.strip():
        raise TitleMissing(field="title")
    if not _YEARS[0] <= facts.year <= _YEARS[1]:
        raise YearOdd(field="year")
    if len(months_of(facts.period_from, facts.period_to)) > MOST_MONTHS:
        raise PeriodTooLong(field="period_to", most=MOST_MONTHS)
    if facts.period_to > month_of(on):
        raise PeriodInFuture(field="period_to")
    named = {ScopeKind.ASSET: facts.asset_id, ScopeKind.CONTRACT: facts.contract_id}
    if facts.scope in named and named[facts.scope] is None:
        raise ScopeUnsaid(field="scope")


def check_open(status: PlanStatus) -> None:
    """Raise unless a plan can still be written."""
    if status not in OPEN:
        raise NotOpen


def check_amendable(status: PlanStatus, reason: str) -> None:
    """Raise unless another plan may take the place of this one."""
    if status not in {PlanStatus.PAYING, PlanStatus.DONE}:
        raise NotAgreed
    if not reason.strip():
        raise ReasonMissing(field="reason")
