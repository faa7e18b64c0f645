"""Straight-line depreciation in whole fen, month by month; a change of value bends the line, the past stays. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from registry.assets.register.registration import MONTHS, WHOLE_BP


def month_number(day: date) -> int:
    """Count months since year 0, so that spans are differences."""
    return day.year * MONTHS + day.month - 1


@dataclass(frozen=True)
class DepreciationPlan:
    """A straight line from a month on: what is depreciated already, how much is left to go, over how many months."""

    from_month: int
    accumulated_fen: int
    remaining_fen: int
    months: int


NO_DEPRECIATION = DepreciationPlan(0, 0, 0, 0)


def first_plan(value_fen: int, *, start: date, months: int, salvage_bp: int = 0) -> DepreciationPlan:
    """Return the plan of a new asset: from the month after ``start``, down to its salvage value."""
    if months <= 0:
        return NO_DEPRECIATION
    return DepreciationPlan(month_number(start), 0, value_fen - value_fen * salvage_bp // WHOLE_BP, months)


def accumulated_fen(plan: DepreciationPlan, on: date) -> int:
    """Return the depreciation of all whole months up to a day; a month counts once it has ended."""
    return accumulated_by_month(plan, month_number(on) - 1)


def accumulated_by_month(plan: DepreciationPlan, month: int) -> int:
    """Return the depreciation up to and including a month."""
    if plan.months <= 0:
        return plan.accumulated_fen
    elapsed = min(max(month - plan.from_month, 0), plan.months)
    return plan.accumulated_fen + plan.remaining_fen * elapsed // plan.months


def changed_plan(plan: DepreciationPlan, amount_fen: int, *, on: date) -> DepreciationPlan:
    """Return the plan after the value changed on a day: past months stay, the rest is spread over what is left."""
    if plan.months <= 0:
        return plan
    month = month_number(on) - 1
    past = accumulated_by_month(plan, month)
    left = max(plan.from_month + plan.months - max(month, plan.from_month), 1)
    remaining = max(plan.remaining_fen - (past - plan.accumulated_fen) + amount_fen, 0)
    return DepreciationPlan(max(month, plan.from_month), past, remaining, left)


def bent_plan(
    value_fen: int, bends: Sequence[tuple[date, int]], *, start: date, months: int, salvage_bp: int = 0
) -> DepreciationPlan:
    """Return the plan of an asset worth so much, of which each dated change of value came later and bent the line."""
    first_value = value_fen - sum(amount_fen for _, amount_fen in bends)
    return replayed_plan(first_plan(first_value, start=start, months=months, salvage_bp=salvage_bp), bends)


def replayed_plan(plan: DepreciationPlan, later: Iterable[tuple[date, int]]) -> DepreciationPlan:
    """Return the plan after each dated change of value, in order."""
    for day, amount_fen in later:
        plan = changed_plan(plan, amount_fen, on=day)
    return plan
