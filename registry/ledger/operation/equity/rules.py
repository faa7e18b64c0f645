"""What equity needs, how its income right moves from person to person, how it ends. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from registry.errors import Conflict, Forbidden, Invalid
from registry.ledger.operation.dues.plan import Period, PlannedDue, Price, Rhythm, periods_of, plan_dues, plan_unstated
from registry.ledger.operation.equity.kinds import ContributionKind, EquityStatus, ReturnKind
from registry.ledger.operation.kinds import DueKind, Frequency
from registry.policy.calendar import add_months
from registry.text import N_

MAX_TERMS = 1000


class ContributionInKind(Invalid):
    """What is put in as a thing leaves the register: that is a disposal, with a case of its own."""

    message = N_("实物作价入股等于把资产处置出去，要走处置程序（评估、会议、审批），不能在这里登记。")


class CapitalMissing(Invalid):
    """Equity is worth what was put in."""

    message = N_("请填写入股金额。")


class ReturnMissing(Invalid):
    """A fixed or guaranteed return says how much."""

    message = N_("固定分红、保底分红要填每年金额。")


class TermBackwards(Invalid):
    """A term ends after it begins."""

    message = N_("到期日期不能早于入股日期。")


class PlannedAtOddDay(Invalid):
    """Between what was settled before and what is planned here lies no day: planning begins with a period."""

    message = N_("起算日期要在入股以后、一期开始的那一天，离得最近的是 %(day)s。")


class ArrearsWithoutDay(Invalid):
    """What was owed was owed on a day."""

    message = N_("填了以前的欠款，也要填从哪天起由系统计算应收。")


class ExitTermsMissing(Invalid):
    """渝府办发〔2021〕149号第十一章第四节: shares have exit and disposal terms."""

    message = N_("必须写明股份退出和处置办法。")


class PrincipalDateMissing(Invalid):
    """Principal comes back on a day; only shares held without term have none."""

    message = N_("固定分红、保底分红的，必须写明本金返还日期，不能早于入股日期。")


class PaperMissing(Invalid):
    """Equity rests on a paper."""

    message = N_("请上传入股协议或股权证明。")


class UnitsBeyond(Invalid):
    """The rights given to persons are no more than there are."""

    message = N_("收益份额一共 %(units)s 份，已经分给 %(given)s 份，不能超出。")


class UnitsMissing(Invalid):
    """Somebody gets at least one unit, and no more than the other has."""

    message = N_("份数要在 1 到 %(most)s 之间。")


class SamePerson(Invalid):
    """A right moves to somebody else."""

    message = N_("转入的不能是原来那一户。")


class NotEntered(Conflict):
    """It was confirmed or voided already."""

    message = N_("这笔股权不在待确认状态。")


class NotHeld(Conflict):
    """Only equity that is held pays, moves and ends."""

    message = N_("这笔股权现在不在持有中。")


class RightEnded(Conflict):
    """A right that has moved on is not moved again."""

    message = N_("这份收益份额已经转走了。")


class OwnEntry(Forbidden):
    """Money counts once a second person has looked at it."""

    message = N_("自己登记的股权不能自己确认，请另一个人确认。")


class ReasonMissing(Invalid):
    """Who moves, ends or voids says why."""

    message = N_("请写明原因。")


class ExitAtOddDay(Invalid):
    """Equity ends after it began and not tomorrow."""

    message = N_("退出日期不能早于入股日期，也不能晚于今天。")


class ReturnedBeyond(Invalid):
    """No more principal comes back than was put in."""

    message = N_("本金一共 %(capital)s 元，收回的不能超过。")


@dataclass(frozen=True)
class EquityFacts:
    """What is said of equity. Amounts are fen; ``yearly_fen`` is a year's fixed or guaranteed return.

    Of equity of the past: from which day its return is planned here, and what was in arrears by then.
    """

    holder_id: int
    investee: str
    investee_code: str
    is_cooperative: bool
    contribution: ContributionKind
    capital_fen: int
    returns: ReturnKind
    starts_on: date
    ends_on: date
    exit_terms: str
    frequency: Frequency = Frequency.YEARLY
    yearly_fen: int = 0
    share_bp: int = 0
    principal_due_on: date | None = None
    units: int = 0
    asset_no: str = ""
    planned_from: date | None = None
    arrears_fen: int = 0


@dataclass(frozen=True)
class Holding:
    """Units of the right to income that a household holds now."""

    party_id: int
    units: int


def check_equity(facts: EquityFacts) -> None:
    """Raise unless everything is said that equity has to say."""
    if facts.contribution is ContributionKind.IN_KIND:
        raise ContributionInKind(field="contribution")
    check_terms(facts)


def check_terms(facts: EquityFacts) -> None:
    """Raise unless capital, term, return and exit are said, whatever was put in."""
    if facts.capital_fen <= 0:
        raise CapitalMissing(field="capital")
    if facts.ends_on < facts.starts_on:
        raise TermBackwards(field="ends_on")
    if not 0 < len(facts.exit_terms.strip()) <= MAX_TERMS:
        raise ExitTermsMissing(field="exit_terms")
    check_planned(facts)
    if facts.returns is ReturnKind.FLOATING:
        return
    if facts.yearly_fen <= 0:
        raise ReturnMissing(field="yearly")
    if facts.principal_due_on is None or facts.principal_due_on < facts.starts_on:
        raise PrincipalDateMissing(field="principal_due_on")


def check_planned(facts: EquityFacts) -> None:
    """Raise unless equity of the past is planned from the first day of a period, or from after its last."""
    planned = facts.planned_from
    if planned is None:
        if facts.arrears_fen:
            raise ArrearsWithoutDay(field="planned_from")
        return
    begins = _begins(rhythm(facts.starts_on, facts.ends_on, facts.frequency))
    if planned not in begins:
        nearest = min(begins, key=lambda day: abs(day - planned))
        raise PlannedAtOddDay(field="planned_from", day=nearest.isoformat())


def _begins(paid: Rhythm) -> list[date]:
    """Return the days from which equity can be planned: every period's first but the first one's, and the end."""
    return [*(one.first for one in periods_of(paid)[1:]), paid.ends_on + timedelta(days=1)]


def rhythm(starts_on: date, ends_on: date, frequency: Frequency) -> Rhythm:
    """Return when equity pays: after each period."""
    return Rhythm(starts_on, ends_on, frequency, in_advance=False)


def check_units(units: int, given: int, wanted: int) -> None:
    """Raise unless so many more units can be given to persons."""
    if wanted < 1:
        raise UnitsMissing(field="units", most=max(units - given, 0))
    if given + wanted > units:
        raise UnitsBeyond(field="units", units=units, given=given)


def check_move(held: Holding, to_party_id: int, units: int, reason: str, *, ended: bool) -> None:
    """Raise unless a right, or part of it, may move to another household; the principal never moves."""
    if ended:
        raise RightEnded
    if to_party_id == held.party_id:
        raise SamePerson(field="name")
    if not 1 <= units <= held.units:
        raise UnitsMissing(field="units", most=held.units)
    if not reason.strip():
        raise ReasonMissing(field="reason")


def effective_on(on: date, delay_months: int) -> date:
    """Return from when a change counts: the first day of the month so many months later."""
    return add_months(on.replace(day=1), delay_months)


def check_held(status: EquityStatus) -> None:
    """Raise unless equity is held."""
    if status is not EquityStatus.HELD:
        raise NotHeld


def planned_dues(
    returns: ReturnKind, paid: Rhythm, yearly_fen: int, principal: tuple[date, int] | None
) -> list[tuple[DueKind, PlannedDue]]:
    """Return what equity makes due: its return period by period, stated later if it floats, and its principal."""
    floating = returns is ReturnKind.FLOATING
    rows = plan_unstated(paid) if floating else plan_dues(paid, Price(yearly_fen))
    found = [(due_kind(returns), row) for row in rows]
    if principal is not None:
        day, fen = principal
        found.append((DueKind.PRINCIPAL, PlannedDue(Period(paid.starts_on, paid.ends_on, day), fen)))
    return found


def due_kind(returns: ReturnKind) -> DueKind:
    """Return as what the return of equity is owed."""
    return DueKind.GUARANTEED_RETURN if returns is ReturnKind.GUARANTEED else DueKind.DIVIDEND


def from_day(
    owed: Sequence[tuple[DueKind, PlannedDue]], day: date, arrears_fen: int, kind: DueKind
) -> list[tuple[DueKind, PlannedDue]]:
    """Return what equity of the past makes due here: arrears as one due that is late, periods from a day on.

    The principal stays due: what has come back is held no longer.
    """
    later = [pair for pair in owed if pair[0] is DueKind.PRINCIPAL or pair[1].period.first >= day]
    if not arrears_fen:
        return later
    first, last = min(one.period.first for _kind, one in owed), day_before(day)
    return [(kind, PlannedDue(Period(first, last, last), arrears_fen)), *later]


def day_before(day: date) -> date:
    """Return the last day of what ends with another's beginning."""
    return day - timedelta(days=1)


def given_units(held: Sequence[Holding]) -> int:
    """Return how many units persons hold."""
    return sum(one.units for one in held)
