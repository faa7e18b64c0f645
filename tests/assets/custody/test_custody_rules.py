"""The rules of custody by table and property: who may keep, patrol, repair and accept, and by when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.assets.custody.agreements import refusals
from registry.assets.custody.agreements import rules as agreements
from registry.assets.custody.agreements.rules import AgreementStatus, Condition, HandBack, KeptAsset, Phase, Terms
from registry.assets.custody.kinds import CustodianKind, PaySource
from registry.assets.custody.posts import rules as posts
from registry.assets.custody.posts.rules import Holder, PostFacts
from registry.assets.custody.standards import BY_SUBTYPE, KEPT, STANDARDS, standards_text
from registry.assets.register.registration import Stage
from registry.kinds import Category
from registry.permissions import Actor, Grant, Role
from registry.policy.calendar import add_months
from registry.policy.rules import policy_of
from tests.assets.custody.keeping import resident_id
from tests.factories import TODAY, TOWNSHIP, VILLAGE

POLICY = policy_of(VILLAGE, TODAY, (), ())
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


def seated(role: Role, unit: str, key: int = 1) -> Actor:
    return Actor(key, "x", "x", unit, "x", (Grant(role, unit),))


CUSTODIAN, CLERK = seated(Role.CUSTODIAN, VILLAGE, 7), seated(Role.VILLAGE_CLERK, VILLAGE, 2)
SUPERVISOR = seated(Role.TOWNSHIP_SUPERVISOR, TOWNSHIP, 3)
ROAD = KeptAsset(1, "产业路", VILLAGE, Category.PUBLIC_WELFARE, "ROAD", Stage.CONFIRMED)
TERMS = Terms(CustodianKind.VILLAGE, "谭守田", TODAY, date(2027, 11, 22), 1)


def test_every_subtype_that_somebody_keeps_has_one_standard_with_its_basis() -> None:
    assert sorted(BY_SUBTYPE) == sorted(KEPT)
    assert len(STANDARDS) == len(BY_SUBTYPE)
    assert all(one.text and one.basis for one in STANDARDS)


def test_the_standards_of_an_agreement_stand_in_the_order_of_the_table_each_once() -> None:
    text = standards_text(["ROAD", "STORAGE", "ROAD", "HOUSEHOLD_PV"])
    assert [line.partition("：")[0] for line in text.splitlines()] == ["仓储冷链", "道路交通"]


@pytest.mark.parametrize(
    ("assets", "offered", "refusal"),
    [
        ([], frozenset(), refusals.NothingChosen),
        ([ROAD] * 501, frozenset(), refusals.TooManyChosen),
        ([replace(ROAD, category=Category.HOUSEHOLD)], frozenset(), refusals.NotKept),
        ([replace(ROAD, stage=Stage.SUBMITTED)], frozenset(), refusals.NotKept),
        ([replace(ROAD, region_code=TOWNSHIP)], frozenset(), refusals.OtherUnit),
        ([ROAD], frozenset({1}), refusals.AlreadyOffered),
        ([ROAD], frozenset({2}), None),
    ],
)
def test_which_assets_an_agreement_may_be_about(
    assets: list[KeptAsset], offered: frozenset[int], refusal: type[Exception] | None
) -> None:
    if refusal is None:
        agreements.check_assets(VILLAGE, assets, offered)
        return
    with pytest.raises(refusal):
        agreements.check_assets(VILLAGE, assets, offered)


POST = CustodianKind.PUBLIC_POST


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"ends_on": TODAY}, refusals.TermBackwards),
        ({"frequency_months": 2}, refusals.TooSeldom),
        ({"frequency_months": 0}, refusals.TooSeldom),
        ({"pay_fen": 1}, refusals.PayUnsourced),
        ({"kind": POST}, refusals.PostMissing),
        ({"kind": POST, "post_id": 1, "ends_on": date(2027, 11, 24)}, refusals.PostTermTooLong),
        ({"kind": POST, "post_id": 1, "ends_on": date(2027, 11, 23)}, None),
        ({"pay_fen": 1, "pay_source": PaySource.FISCAL}, None),
        ({"ends_on": date(2036, 1, 1)}, None),
    ],
)
def test_which_terms_an_agreement_may_have(changes: dict[str, object], refusal: type[Exception] | None) -> None:
    terms = replace(TERMS, **changes)  # type: ignore[arg-type]
    if refusal is None:
        agreements.check_terms(terms, patrol_months=1, post_months=12)
        return
    with pytest.raises(refusal):
        agreements.check_terms(terms, patrol_months=1, post_months=12)


@given(DAYS)
def test_an_accepted_agreement_runs_to_its_last_day(on: date) -> None:
    phase = agreements.phase_of(AgreementStatus.ACCEPTED, TERMS.ends_on, on)
    assert (phase is Phase.ACTIVE) is (on <= TERMS.ends_on)


@pytest.mark.parametrize("status", [one for one in AgreementStatus if one is not AgreementStatus.ACCEPTED])
def test_the_dates_say_nothing_of_an_agreement_that_was_not_accepted(status: AgreementStatus) -> None:
    assert agreements.phase_of(status, TERMS.ends_on, date(2030, 1, 1)).value == status.value


@pytest.mark.parametrize(("user_id", "by"), [(None, CUSTODIAN), (7, CLERK), (2, CUSTODIAN)])
def test_nobody_accepts_on_screen_for_another(user_id: int | None, by: Actor) -> None:
    with pytest.raises(refusals.NotTheCustodian):
        agreements.check_own(user_id, by)


def test_care_goes_over_on_the_first_day_and_not_before() -> None:
    agreements.check_begun(TODAY, TODAY)
    with pytest.raises(refusals.NotYetBegun):
        agreements.check_begun(TODAY, TODAY - timedelta(days=1))


def test_nobody_certifies_their_own_signature_and_its_day_makes_sense() -> None:
    agreements.check_paper(7, CLERK, signed_on=TODAY, starts_on=TODAY, on=TODAY)
    with pytest.raises(refusals.OwnPaper):
        agreements.check_paper(2, CLERK, signed_on=TODAY, starts_on=TODAY, on=TODAY)
    for odd in (-1, 1):
        with pytest.raises(refusals.SignedAtOddDay):
            agreements.check_paper(7, CLERK, signed_on=TODAY + timedelta(days=odd), starts_on=TODAY, on=TODAY)


GIVEN_BACK = HandBack("外出务工", "华溪村村委会", {1: Condition.GOOD, 2: Condition.WORN})


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reason": " "}, refusals.ReasonMissing),
        ({"meanwhile": ""}, refusals.MeanwhileMissing),
        ({"meanwhile": "谭守田"}, refusals.MeanwhileSame),
        ({"meanwhile_user_id": 7}, refusals.MeanwhileSame),
        ({"conditions": {1: Condition.GOOD}}, refusals.ConditionMissing),
    ],
)
def test_a_hand_back_leaves_no_asset_alone_and_unseen(changes: dict[str, object], refusal: type[Exception]) -> None:
    kept = frozenset({1, 2})
    agreements.check_hand_back(GIVEN_BACK, custodian_name="谭守田", user_id=7, kept=kept)
    with pytest.raises(refusal):
        facts = replace(GIVEN_BACK, **changes)  # type: ignore[arg-type]
        agreements.check_hand_back(facts, custodian_name="谭守田", user_id=7, kept=kept)


def test_the_custodian_or_the_unit_ends_an_agreement_and_nobody_else() -> None:
    agreements.check_may_end(7, VILLAGE, CUSTODIAN)
    agreements.check_may_end(7, VILLAGE, CLERK)
    for other in (SUPERVISOR, seated(Role.VILLAGE_CLERK, TOWNSHIP[:9] + "204"), seated(Role.CUSTODIAN, VILLAGE, 8)):
        with pytest.raises(refusals.NotTheCustodian):
            agreements.check_may_end(7, VILLAGE, other)


PERSON = PostFacts(
    VILLAGE, "保洁员", "", "谭桂英", resident_id("50023519900101001"), "谭守田", resident_id("50023519650312001"),
    TODAY, date(2027, 11, 23), 80_000, PaySource.POST_SUBSIDY,
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "person", "household", "refusal"),
    [
        ({"resident_id": "500235199001010018"}, None, None, posts.BadResidentId),
        ({"head_resident_id": "x"}, None, None, posts.BadResidentId),
        ({"resident_id": resident_id("50023520101124001")}, None, None, posts.TooYoung),
        ({"resident_id": resident_id("50023520101123001")}, None, None, None),
        ({"ends_on": TODAY}, None, None, posts.TermBackwards),
        ({"ends_on": date(2027, 11, 24)}, None, None, posts.TermTooLong),
        ({"is_cadres_kin": True}, None, None, posts.KinshipUnsaid),
        ({"is_cadres_kin": True, "cadre_name": "马主任", "cadre_relation": "儿媳"}, None, None, posts.CadresKin),
        ({}, Holder("谭桂英", "护林员"), None, posts.SecondPost),
        ({}, None, Holder("谭小军", "护林员"), posts.HouseholdHasPost),
        ({}, None, None, None),
    ],
)
def test_who_may_hold_a_public_post(
    changes: dict[str, object], person: Holder | None, household: Holder | None, refusal: type[Exception] | None
) -> None:
    facts = replace(PERSON, **changes)  # type: ignore[arg-type]
    if refusal is None:
        posts.check_post(facts, most_months=12, person=person, household=household)
        return
    with pytest.raises(refusal):
        posts.check_post(facts, most_months=12, person=person, household=household)


@given(DAYS, DAYS)
def test_age_grows_by_one_on_each_birthday(born: date, on: date) -> None:
    age = posts.age_on(born, on)
    assert add_months(born, 12 * age) <= on or (born.month, born.day) == (2, 29) or age < 0
    assert on < add_months(born, 12 * (age + 1)) or (born.month, born.day) == (2, 29)
