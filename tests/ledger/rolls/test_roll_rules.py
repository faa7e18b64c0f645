"""Who is entitled in which month, as properties; shares as people write them; who comes after whom."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.ledger.distribution.rolls.rules import (
    BeneficiaryClass,
    Held,
    classes_on,
    effective_from,
    entitled_months,
    review_reminds_on,
)
from registry.parties.households.refusals import BadShares
from registry.parties.households.rules import (
    Ending,
    Parting,
    Payee,
    Relation,
    next_head,
    parse_shares,
    payee_of,
    shares_text,
)

C = BeneficiaryClass
YEAR = 2026
DAYS = st.dates(date(YEAR - 2, 1, 1), date(YEAR + 2, 12, 31))
DELAYS = st.integers(0, 3)


@st.composite
def held(draw: st.DrawFn) -> Held:
    start = draw(DAYS).replace(day=1)
    end = draw(st.none() | st.integers(0, 40).map(lambda months: effective_from(start, months)))
    return Held(draw(st.sampled_from(C)), start, end)


@given(st.lists(held(), max_size=4), DAYS, DELAYS)
def test_from_the_month_after_a_death_nothing_is_due_and_before_it_nothing_is_lost(
    statuses: list[Held], died_on: date, delay: int
) -> None:
    alive = entitled_months(statuses, (), (), YEAR, delay_months=delay)
    dead = entitled_months(statuses, (died_on,), (), YEAR, delay_months=delay)
    end = effective_from(died_on, delay)
    assert dead == {month for month in alive if date(YEAR, month, 1) < end}
    assert dead == entitled_months(statuses, (), (died_on,), YEAR, delay_months=delay)


@given(st.lists(held(), max_size=4))
def test_a_month_counts_exactly_if_some_class_is_held_on_its_first_day(statuses: list[Held]) -> None:
    months = entitled_months(statuses, (), (), YEAR)
    assert months == {month for month in range(1, 13) if classes_on(statuses, date(YEAR, month, 1))}


@given(st.lists(held(), max_size=4), held())
def test_another_class_never_takes_a_month_away(statuses: list[Held], more: Held) -> None:
    assert entitled_months(statuses, (), (), YEAR) <= entitled_months([*statuses, more], (), (), YEAR)


@given(DAYS, DELAYS)
def test_a_change_is_felt_on_the_first_of_a_month_after_the_event(event_on: date, delay: int) -> None:
    felt = effective_from(event_on, delay)
    assert felt.day == 1
    months = (felt.year - event_on.year) * 12 + felt.month - event_on.month
    assert months == delay


@given(DAYS, DAYS)
def test_a_class_that_ends_and_one_that_begins_on_the_same_event_leave_no_gap_and_no_double(
    event_on: date, started: date
) -> None:
    felt = effective_from(event_on, 1)
    start = min(started.replace(day=1), felt)
    before, after = Held(C.UNSTABLE, start, felt), Held(C.LIFTED, felt)
    old, new = (entitled_months([one], (), (), YEAR) for one in (before, after))
    assert not old & new
    assert old | new == entitled_months([Held(C.UNSTABLE, start)], (), (), YEAR)


def test_entitlement_lost_in_march_is_not_paid_for_april() -> None:
    lost = Held(C.UNSTABLE, date(2024, 4, 1), effective_from(date(2026, 3, 17), 1))
    assert entitled_months([lost], (), (), 2026) == {1, 2, 3}
    assert entitled_months([lost], (), (), 2027) == frozenset()


@given(st.integers(0, 10**8))
def test_shares_are_read_back_as_they_are_written(hundredths: int) -> None:
    hundredths %= 10**8
    assert parse_shares(shares_text(hundredths)) == hundredths


@pytest.mark.parametrize("text", ["", "一股", "1.234", "-1", "1e3", "１", "1,000", "1.2.3", " "])
def test_what_is_no_count_of_shares_is_refused(text: str) -> None:
    with pytest.raises(BadShares):
        parse_shares(text)


@pytest.mark.parametrize(
    ("parting", "payee"),
    [
        (None, Payee(household_id=1)),
        (Parting.MOVED, Payee(household_id=1)),
        (Parting.MERGED, Payee(household_id=2)),
        (Parting.DIED, Payee(heir_id=3)),
    ],
)
def test_who_is_paid_what_a_household_had_earned(parting: Parting | None, payee: Payee) -> None:
    ended_on = date(2026, 3, 17) if parting else None
    assert payee_of(Ending(1, ended_on, parting, 2, 3)) == payee


@given(st.sets(st.tuples(st.integers(1, 9), st.sampled_from(Relation)), max_size=6, min_size=0))
def test_the_head_is_followed_by_the_spouse_then_a_child_then_the_first_entered(
    present: set[tuple[int, Relation]],
) -> None:
    people = list(dict(present).items())
    chosen = next_head(people)
    relations = dict(people)
    if not people:
        assert chosen is None
    elif Relation.HEAD not in relations.values() and Relation.SPOUSE in relations.values():
        assert relations[chosen or 0] is Relation.SPOUSE
    elif Relation.HEAD not in relations.values() and Relation.CHILD not in relations.values():
        assert chosen == min(relations)


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)), st.integers(0, 10_000))
def test_the_review_is_asked_for_within_the_year_and_not_after_it_is_due(due: date, alert: int) -> None:
    reminds = review_reminds_on(due.year, due, alert)
    assert date(due.year, 1, 1) <= reminds <= due
    assert review_reminds_on(due.year, due, 10_000) == due
