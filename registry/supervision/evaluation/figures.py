"""From what the register holds to so much of so much, with the facts that explain it. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from registry.assets.register.categories import Publicity, TitleStatus
from registry.policy.calendar import add_months
from registry.supervision.evaluation.criteria import Fact, Measured
from registry.text import N_

_YEAR_MONTHS = 12
#: Basis points of a whole.
_WHOLE_BP = 10_000
#: Begins the name of a fact that says how many warnings of one risk stand.
WARNED = "warned_"
_YES, _NO = N_("有"), N_("无")


def absent(why: str, *facts: tuple[str, Fact]) -> Measured:
    """Return a criterion without data, saying why."""
    return Measured(facts=(*facts, ("lacking", why)))


def ratio(done: int, of: int, *facts: tuple[str, Fact], lacking: str) -> Measured:
    """Return so much of so much; nothing to be done is no data."""
    return Measured(done, of, facts) if of > 0 else absent(lacking)


def title_figures(status: TitleStatus, *, has_paper: bool) -> Measured:
    """Half for a confirmed title, half for a certificate; a disputed title brings neither."""
    done = 0 if status is TitleStatus.DISPUTED else (status is TitleStatus.CONFIRMED) + has_paper
    return Measured(done, 2, (("status", status.label), ("certificate", _YES if has_paper else _NO)))


def agreement_figures(has_custodian: bool, has_agreement: bool) -> Measured:  # noqa: FBT001 - two like facts
    """Half for a custodian, half for an agreement, on the last day of the year."""
    facts = (("custodian", _YES if has_custodian else _NO), ("agreement", _YES if has_agreement else _NO))
    return Measured(has_custodian + has_agreement, 2, facts)


def patrol_figures(days: Sequence[date], every_months: int, since: date, until: date) -> Measured:
    """Say in how many periods of the year that were over, and held the asset whole, somebody patrolled.

    Many patrols in one period count once: what was missed in spring is not made up for in December.
    """
    months = min(max(every_months, 1), _YEAR_MONTHS)
    begins = [date(until.year, month, 1) for month in range(1, _YEAR_MONTHS - months + 2, months)]
    whole = {begin for begin in begins if begin >= since and add_months(begin, months) <= _day_after(until)}
    seen = {begin for begin in whole for day in days if begin <= day < add_months(begin, months)}
    facts = (("every_months", months), ("periods", len(whole)), ("patrolled", len(seen)))
    return ratio(len(seen), len(whole), *facts, lacking=N_("开始登记巡查以后，年内没有满一个周期"))


def _day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def months_held(since: date, until: date) -> int:
    """Return how many whole months of the year, up to a day, an asset was held."""
    begin = max(since, date(until.year, 1, 1))
    return sum(
        date(until.year, month, 1) >= begin and add_months(date(until.year, month, 1), 1) <= _day_after(until)
        for month in range(1, _YEAR_MONTHS + 1)
    )


def yield_figures(income_fen: int, value_fen: int, benchmark_bp: int, months: int) -> Measured:
    """Compare what came in with what the benchmark asks of the value, by the months that it was held."""
    if value_fen <= 0 or benchmark_bp <= 0:
        return absent(N_("没有原值"))
    if not months:
        return absent(N_("持有不满一个月"))
    # Multiplied out instead of divided: income × 12 × 10000 of value × benchmark × months.
    reached_bp = max(income_fen, 0) * _WHOLE_BP * _YEAR_MONTHS // (value_fen * months)
    facts = (
        ("income_fen", income_fen), ("value_fen", value_fen), ("months", months), ("reached_bp", reached_bp),
        ("benchmark_bp", benchmark_bp),
    )  # fmt: skip
    return Measured(min(reached_bp, benchmark_bp), benchmark_bp, facts)


def collection_figures(due_fen: int, received_fen: int) -> Measured:
    """Compare what came in with what fell due in the year; what was written off did not come in."""
    facts = (("due_fen", due_fen), ("received_fen", received_fen))
    return ratio(received_fen, due_fen, *facts, lacking=N_("年内没有到期应收"))


@dataclass(frozen=True)
class Distribution:
    """What a unit did with a year's income: its plans (the day each was agreed, whether it is paid out), households."""

    plans: tuple[tuple[date, bool], ...] = ()
    households: int = 0
    reached: int = 0


def distribution_figures(income_fen: int, what: Distribution, deadline: date, on: date) -> Measured:
    """Half for plans agreed in time, half for their being paid out; before the last day what is open is no data."""
    if income_fen <= 0:
        return absent(N_("年内没有收益"), ("income_fen", income_fen))
    head: tuple[tuple[str, Fact], ...] = (("plans", len(what.plans)), ("deadline_on", deadline.isoformat()))
    if not what.plans:
        return absent(N_("分配期限还没有到"), *head) if on <= deadline else Measured(0, 2, head)
    last, is_paid = max(day for day, _paid in what.plans), all(paid for _day, paid in what.plans)
    facts: tuple[tuple[str, Fact], ...] = (*head, ("agreed_on", last.isoformat()), ("paid", _YES if is_paid else _NO))
    of = 2 if is_paid or on > deadline else 1
    return Measured((last <= deadline) + is_paid, of, facts)


def reach_figures(income_fen: int, what: Distribution) -> Measured:
    """Say how many of the households that were to be paid were."""
    if income_fen <= 0:
        return absent(N_("年内没有收益"), ("income_fen", income_fen))
    facts = (("households", what.households), ("reached", what.reached))
    return ratio(what.reached, what.households, *facts, lacking=N_("没有应发到户的方案"))


def openness_figures(publicity: Publicity, owed: Sequence[bool]) -> Measured:
    """Count the recurring notices of the unit (in time or not), and whether the asset itself was made public."""
    is_public = publicity is not Publicity.NOT_YET
    facts = (("notices_due", len(owed)), ("notices_in_time", sum(owed)), ("public", publicity.label))
    return Measured(sum(owed) + is_public, len(owed) + 1, facts)


def risk_figures(
    checked_off: int, unsettled: int, arrears_fen: int, warned: Mapping[str, int] | None = None
) -> Measured:
    """Everything mended, or nothing found, is all of it; an overdue debt counts as one more open problem.

    Warnings that stand (how many, by risk; None while nobody asked for any) are kept beside it and bring nothing:
    title, patrols, rent and the like are measured by their own criteria, and what came of a warning is a finding.
    """
    found = checked_off + unsettled + (arrears_fen > 0)
    facts: tuple[tuple[str, Fact], ...] = (
        ("findings", checked_off + unsettled), ("checked_off", checked_off), ("open", unsettled),
        ("arrears_fen", arrears_fen), *_warned(warned),
    )  # fmt: skip
    return Measured(checked_off, found, facts) if found else Measured(1, 1, facts)


def _warned(warned: Mapping[str, int] | None) -> Iterator[tuple[str, Fact]]:
    if warned is None:
        return
    yield "warned", sum(warned.values())
    yield from ((f"{WARNED}{risk}", warnings) for risk, warnings in sorted(warned.items()))
