"""The yearly review of operating assets, and what a year of running may pay to managers and members. Pure."""

from dataclasses import dataclass
from datetime import date

from registry.assets.register.categories import IndustryClass, OperatingMode
from registry.errors import Invalid
from registry.money import format_yuan
from registry.policy.calendar import add_months
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy
from registry.text import N_, Labelled

WHOLE_BP = 10_000


class FindingMissing(Invalid):
    """A review says what was found."""

    message = N_("请写明评估情况。")


class MeasuresMissing(Invalid):
    """What is to be upgraded, revived or adjusted says how."""

    message = N_("升级、盘活、调整的，要写明措施。")


class ReviveDateMissing(Invalid):
    """What is idle is turned around by a day."""

    message = N_("闲置的要写明什么时候盘活，最迟 %(last)s。")


class IdleInFuture(Invalid):
    """Nothing has been idle since tomorrow."""

    message = N_("闲置起始日期不能晚于今天。")


class YearOdd(Invalid):
    """A review is of this year or an earlier one."""

    message = N_("年度要在 2012 年到今年之间。")


class IncentiveTooHigh(Invalid):
    """Managers get part of what was earned, no more than the policy lets them."""

    message = N_("经营净收益 %(net)s 元，奖励最多 %(most)s 元（%(percent)s%%）。")


class ReturnTooLow(Invalid):
    """农民专业合作社法第四十四条."""

    message = N_("合作社按交易量返还的利润不能低于净收益的 %(percent)s%%，即 %(least)s 元。")


class MoreThanEarned(Invalid):
    """Nobody pays out what was not earned."""

    message = N_("奖励和返还合计超过了净收益 %(net)s 元。")


FIRST_YEAR = 2012


@dataclass(frozen=True)
class ReviewFacts:
    """Into which group an asset is put for a year, what was found, what is to be done."""

    year: int
    group: IndustryClass
    finding: str
    measures: str = ""
    idle_since: date | None = None
    revive_by: date | None = None


@dataclass(frozen=True)
class YearFacts:
    """What a year came to; incentive and returned profit are paid out of the net result (fen)."""

    year: int
    turnover_fen: int
    cost_fen: int
    incentive_fen: int = 0
    returned_fen: int = 0
    note: str = ""

    @property
    def net_fen(self) -> int:
        return self.turnover_fen - self.cost_fen


class IdleCaution(Labelled):
    """What is wrong with an idle asset."""

    LONG_IDLE = "LONG_IDLE", N_("闲置超过提醒线")
    REVIVE_LATE = "REVIVE_LATE", N_("超过盘活期限")
    NOT_REVIEWED = "NOT_REVIEWED", N_("年度评估没有按时做")


def check_review(facts: ReviewFacts, *, on: date, policy: Policy) -> None:
    """Raise unless a review says what was found, and what is to be done by when."""
    if not FIRST_YEAR <= facts.year <= on.year:
        raise YearOdd(field="year")
    if not facts.finding.strip():
        raise FindingMissing(field="finding")
    if facts.group is not IndustryClass.CONSOLIDATE and not facts.measures.strip():
        raise MeasuresMissing(field="measures")
    if facts.idle_since is None:
        return
    if facts.idle_since > on:
        raise IdleInFuture(field="idle_since")
    last = revive_until(max(facts.idle_since, date(facts.year, 1, 1)), policy)
    if facts.revive_by is None or facts.revive_by > last:
        raise ReviveDateMissing(field="revive_by", last=last.isoformat())


def revive_until(idle_since: date, policy: Policy) -> date:
    """Return until when an asset that lies idle is to be turned around."""
    return add_months(idle_since, policy.number(Parameter.IDLE_REVIVE_MONTHS))


def idle_cautions(
    reviewed_year: int | None, idle_since: date | None, revive_by: date | None, *, on: date, policy: Policy
) -> list[IdleCaution]:
    """Return what is wrong with an asset on a day; the yearly review is late after its day of the year."""
    found = []
    if idle_since is not None and add_months(idle_since, policy.number(Parameter.IDLE_WARN_MONTHS)) < on:
        found.append(IdleCaution.LONG_IDLE)
    if revive_by is not None and revive_by < on:
        found.append(IdleCaution.REVIVE_LATE)
    if (reviewed_year or 0) < year_to_review(on, policy):
        found.append(IdleCaution.NOT_REVIEWED)
    return found


def year_to_review(on: date, policy: Policy) -> int:
    """Return the latest year whose review should be there: this one from its day on, else the one before."""
    month, day = map(int, policy.text(Parameter.CLASS_REVIEW).split("-"))
    return on.year if (on.month, on.day) >= (month, day) else on.year - 1


def check_year(facts: YearFacts, mode: OperatingMode, *, on: date, policy: Policy) -> None:
    """Raise unless what a year pays out was earned, managers get no more than their cap, members no less."""
    if not FIRST_YEAR <= facts.year <= on.year:
        raise YearOdd(field="year")
    net = max(facts.net_fen, 0)
    cap_bp = policy.number(Parameter.INCENTIVE_PERCENT)
    most = net * cap_bp // WHOLE_BP
    if facts.incentive_fen > most:
        raise IncentiveTooHigh(
            field="incentive", net=format_yuan(net), most=format_yuan(most), percent=cap_bp // (WHOLE_BP // 100)
        )
    if facts.incentive_fen + facts.returned_fen > net:
        raise MoreThanEarned(field="returned", net=format_yuan(net))
    if mode is OperatingMode.COOPERATIVE:
        _check_returned(facts, net, policy)


def _check_returned(facts: YearFacts, net_fen: int, policy: Policy) -> None:
    least_bp = policy.number(Parameter.PROFIT_RETURN_PERCENT)
    least = -(-(net_fen - facts.incentive_fen) * least_bp // WHOLE_BP)
    if facts.returned_fen < least:
        raise ReturnTooLow(field="returned", percent=least_bp // (WHOLE_BP // 100), least=format_yuan(least))
