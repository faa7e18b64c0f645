"""What may be said of a line, who confirms and receives, and by which ways a difference is settled."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.permissions import Actor, Grant, Role
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy
from registry.supervision.stocktaking import refusals, rules
from registry.supervision.stocktaking.rules import CampaignKind, Count, Opening, Outcome, Surplus, Way
from tests.factories import COUNTY, TOWNSHIP, VILLAGE

POLICY = Policy(COUNTY, date(2026, 11, 29), {}, {})
ON = date(2026, 11, 29)
YEARLY = Opening(COUNTY, CampaignKind.YEARLY, 2026)
SPECIAL = Opening(COUNTY, CampaignKind.SPECIAL, 2026, "石柱府办〔2026〕88号", date(2026, 11, 1), date(2026, 12, 31))


def seated(role: Role, region: str, key: int = 1) -> Actor:
    return Actor(key, "x", "x", region, "x", (Grant(role, region),))


@pytest.mark.parametrize(
    ("opening", "days"),
    [
        (YEARLY, (date(2026, 12, 31), date(2027, 3, 31))),
        (replace(YEARLY, year=2025), (date(2025, 12, 31), date(2026, 3, 31))),
        (SPECIAL, (date(2026, 11, 1), date(2026, 12, 31))),
    ],
)
def test_days_come_from_the_policy_and_a_special_count_names_its_own(opening: Opening, days: tuple[date, date]) -> None:
    assert rules.days_of(opening, POLICY, ON) == days


def test_a_district_may_set_other_days() -> None:
    policy = Policy(COUNTY, ON, {Parameter.INVENTORY_CUTOFF: "11-30", Parameter.INVENTORY_REPORT: "01-31"}, {})
    assert rules.days_of(YEARLY, policy, ON) == (date(2026, 11, 30), date(2027, 1, 31))


@pytest.mark.parametrize(
    ("opening", "refusal"),
    [
        (replace(YEARLY, year=2027), refusals.YearOdd),
        (replace(YEARLY, year=2018), refusals.YearOdd),
        (replace(YEARLY, region_code=TOWNSHIP), refusals.NotACounty),
        (replace(SPECIAL, basis=" "), refusals.BasisMissing),
        (replace(SPECIAL, cutoff_on=date(2026, 11, 30)), refusals.DaysOdd),
        (replace(SPECIAL, report_by=ON), refusals.DaysOdd),
        (replace(SPECIAL, cutoff_on=None), refusals.DaysOdd),
    ],
)
def test_which_campaigns_are_not_called(opening: Opening, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        rules.days_of(opening, POLICY, ON)


SAID = "门锁着，屋顶塌了"


@pytest.mark.parametrize(
    ("count", "listed", "expected", "photos", "refusal"),
    [
        (Count(Outcome.FOUND), True, 1000, 0, None),
        (Count(Outcome.FOUND, 1000), True, 1000, 0, None),
        (Count(Outcome.FOUND, 900), True, 1000, 0, refusals.NotSaid),
        (Count(Outcome.FOUND, 900, SAID), True, 1000, 0, None),
        (Count(Outcome.FOUND, 900, SAID), True, None, 0, refusals.QuantityOdd),
        (Count(Outcome.MISSING), True, 1000, 0, refusals.NotSaid),
        (Count(Outcome.MISSING, None, SAID), True, 1000, 0, None),
        (Count(Outcome.MISSING, -1, SAID), True, 1000, 0, refusals.QuantityOdd),
        (Count(Outcome.DAMAGED, None, SAID), True, 1000, 0, refusals.PhotoNeeded),
        (Count(Outcome.DAMAGED, None, SAID), True, 1000, 1, None),
        (Count(Outcome.UNEXPECTED, None, SAID), True, 1000, 0, refusals.OutcomeOdd),
        (Count(Outcome.UNEXPECTED, 2000, SAID), False, None, 0, None),
        (Count(Outcome.FOUND), False, None, 0, refusals.OutcomeOdd),
        *((Count(one, None, SAID), True, 1000, 0, None) for one in
          (Outcome.IDLE, Outcome.OWNER_UNCLEAR, Outcome.VALUE_PENDING)),
    ],
)  # fmt: skip
def test_what_may_be_said_of_a_line(
    count: Count, listed: bool, expected: int | None, photos: int, refusal: type[Exception] | None
) -> None:
    if refusal is None:
        rules.check_count(count, listed=listed, expected_milli=expected, photos=photos)
        return
    with pytest.raises(refusal):
        rules.check_count(count, listed=listed, expected_milli=expected, photos=photos)


@pytest.mark.parametrize(
    ("surplus", "refusal"),
    [
        (Surplus("水泵", note="库房里"), None),
        (Surplus(" ", note="库房里"), refusals.NameMissing),
        (Surplus("水泵"), refusals.NotSaid),
        (Surplus("水泵", quantity_milli=-1, note="库房里"), refusals.QuantityOdd),
    ],
)
def test_what_must_be_said_of_a_surplus(surplus: Surplus, refusal: type[Exception] | None) -> None:
    if refusal is None:
        rules.check_surplus(surplus)
        return
    with pytest.raises(refusal):
        rules.check_surplus(surplus)


@pytest.mark.parametrize("by_id", [None, 2, 3])
def test_whoever_counted_and_the_system_confirm_nothing(by_id: int | None) -> None:
    with pytest.raises(refusals.OwnCount):
        rules.check_second(replace(seated(Role.VILLAGE_HEAD, VILLAGE), id=by_id), {2, 3})


def test_another_person_confirms() -> None:
    rules.check_second(seated(Role.VILLAGE_HEAD, VILLAGE, 4), {2, 3})


@pytest.mark.parametrize(
    ("region", "by", "refusal"),
    [
        (VILLAGE, seated(Role.TOWNSHIP_SUPERVISOR, TOWNSHIP, 9), None),
        (VILLAGE, seated(Role.COUNTY_AGRICULTURE, COUNTY, 9), None),
        (VILLAGE, seated(Role.VILLAGE_HEAD, VILLAGE, 9), refusals.NotAbove),
        (TOWNSHIP, seated(Role.TOWNSHIP_SUPERVISOR, TOWNSHIP, 9), refusals.NotAbove),
        (TOWNSHIP, seated(Role.COUNTY_AGRICULTURE, COUNTY, 9), None),
        (VILLAGE, seated(Role.TOWNSHIP_SUPERVISOR, TOWNSHIP, 3), refusals.OwnConfirmation),
    ],
)
def test_a_report_is_received_above_by_somebody_else(region: str, by: Actor, refusal: type[Exception] | None) -> None:
    if refusal is None:
        rules.check_receiver(region, by, {2, 3})
        return
    with pytest.raises(refusal):
        rules.check_receiver(region, by, {2, 3})


def settles(outcome: Outcome, way: Way, reason: str = "已核实", **known: object) -> None:
    stands = {"has_left": False, "settled": None, "failed": False, **known}
    rules.check_settling(outcome, way, reason, **stands)  # type: ignore[arg-type]


@pytest.mark.parametrize("outcome", Outcome)
def test_every_difference_has_a_way_out_that_is_not_a_word_alone(outcome: Outcome) -> None:
    assert rules.WAYS[outcome][0] is not Way.EXPLAINED
    settles(outcome, rules.WAYS[outcome][0])


def test_what_is_missing_is_not_explained_away() -> None:
    with pytest.raises(refusals.WayNotFit):
        settles(Outcome.MISSING, Way.EXPLAINED)
    settles(Outcome.MISSING, Way.EXPLAINED, has_left=True)


def test_a_difference_is_settled_once_unless_what_it_became_failed() -> None:
    with pytest.raises(refusals.AlreadySettled):
        settles(Outcome.IDLE, Way.CORRECTION, settled=Way.CORRECTION)
    settles(Outcome.IDLE, Way.CORRECTION, settled=Way.CORRECTION, failed=True)


def test_nothing_is_settled_without_a_reason() -> None:
    with pytest.raises(refusals.ReasonMissing):
        settles(Outcome.IDLE, Way.CORRECTION, " ")


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(MOMENTS, MOMENTS, st.none() | MOMENTS)
def test_a_mark_counts_from_the_campaign_to_now_whatever_a_phone_says(
    opened: datetime, now: datetime, tapped: datetime | None
) -> None:
    opened, now = min(opened, now), max(opened, now)
    found = rules.counted_at(tapped, opened_at=opened, now=now)
    assert opened <= found <= now
    assert found in {tapped, now}


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_list_is_made_from_a_day_that_has_come(cutoff: date, on: date) -> None:
    assert rules.listed_on(cutoff, on) <= on
    assert rules.listed_on(cutoff, cutoff + timedelta(days=1)) == cutoff
