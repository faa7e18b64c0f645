"""The rules of custody by table and property: who may keep, patrol, repair and accept, and by when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.assets.custody.agreements import refusals
from registry.assets.custody.agreements import rules as agreements
from registry.assets.custody.agreements.rules import AgreementStatus, Condition, HandBack, KeptAsset, Phase, Terms
from registry.assets.custody.faults import rules as faults
from registry.assets.custody.faults.rules import FaultStatus, Finding, Payer, Repair, Severity
from registry.assets.custody.kinds import CustodianKind, PaySource
from registry.assets.custody.patrols import rules as patrols
from registry.assets.custody.patrols.rules import Looked, Observation, PatrolKind, PatrolResult
from registry.assets.custody.posts import rules as posts
from registry.assets.custody.posts.rules import Holder, PostFacts
from registry.assets.custody.standards import BY_SUBTYPE, KEPT, STANDARDS, standards_text
from registry.assets.register.registration import Stage
from registry.kinds import Category
from registry.permissions import Actor, Grant, Role
from registry.policy.calendar import add_months
from registry.policy.rules import policy_of
from tests.assets.custody.keeping import resident_id
from tests.factories import COUNTY, TODAY, TOWNSHIP, VILLAGE

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


THING = Looked("产业路", Category.PUBLIC_WELFARE, Stage.CONFIRMED, date(2019, 10, 26), 7)
PIGS = replace(THING, category=Category.HOUSEHOLD, acquired_on=date(2025, 3, 1), custodian_id=None)
BROKEN = Observation(PatrolKind.SELF, PatrolResult.FAULT, "", Finding(Severity.B, "边沟塌了"))


@pytest.mark.parametrize(
    ("seen", "thing", "by", "refusal"),
    [
        (Observation(PatrolKind.SELF), THING, CUSTODIAN, None),
        (BROKEN, THING, CUSTODIAN, None),
        (Observation(PatrolKind.SELF), replace(THING, stage=Stage.SUBMITTED), CUSTODIAN, patrols.NotPatrolled),
        (Observation(PatrolKind.SELF), PIGS, CLERK, patrols.OtherKind),
        (Observation(PatrolKind.VISIT), THING, CLERK, patrols.OtherKind),
        (Observation(PatrolKind.VISIT), PIGS, CLERK, None),
        (Observation(PatrolKind.VISIT, PatrolResult.ADVISED, "建议及时免疫"), PIGS, CLERK, None),
        (Observation(PatrolKind.VISIT, PatrolResult.FAULT, "要修"), PIGS, CLERK, patrols.NoSuchResult),
        (Observation(PatrolKind.SELF, PatrolResult.ADVISED, "x"), THING, CLERK, patrols.NoSuchResult),
        (Observation(PatrolKind.SELF, PatrolResult.FAULT), THING, CLERK, patrols.NotSaid),
        (Observation(PatrolKind.SELF, PatrolResult.NOT_FOUND), THING, CLERK, patrols.NotSaid),
        (Observation(PatrolKind.VISIT), replace(PIGS, acquired_on=date(2023, 11, 22)), CLERK, patrols.SupportOver),
        (Observation(PatrolKind.VISIT), replace(PIGS, acquired_on=date(2023, 11, 23)), CLERK, None),
        (Observation(PatrolKind.TOWNSHIP), THING, CUSTODIAN, patrols.CustodianChecks),
        (Observation(PatrolKind.COUNTY), THING, CUSTODIAN, patrols.CustodianChecks),
        (Observation(PatrolKind.TOWNSHIP), THING, SUPERVISOR, None),
    ],
)
def test_who_may_note_what_about_an_asset(
    seen: Observation, thing: Looked, by: Actor, refusal: type[Exception] | None
) -> None:
    if refusal is None:
        patrols.check_patrol(seen, thing, by=by, on=TODAY, policy=POLICY)
        return
    with pytest.raises(refusal):
        patrols.check_patrol(seen, thing, by=by, on=TODAY, policy=POLICY)


@pytest.mark.parametrize(
    ("by", "category", "kind"),
    [
        (SUPERVISOR, Category.OPERATING, PatrolKind.TOWNSHIP),
        (seated(Role.COUNTY_AGRICULTURE, COUNTY), Category.OPERATING, PatrolKind.COUNTY),
        (SUPERVISOR, Category.HOUSEHOLD, PatrolKind.VISIT),
        (
            Actor(1, "x", "x", COUNTY, "x", (Grant(Role.COUNTY_AGRICULTURE, COUNTY), *SUPERVISOR.grants)),
            Category.OPERATING,
            PatrolKind.TOWNSHIP,
        ),
    ],
)
def test_a_check_is_of_the_level_of_whoever_checks(by: Actor, category: Category, kind: PatrolKind) -> None:
    assert patrols.check_kind(by, VILLAGE, category) is kind


def test_a_village_checks_nothing_from_above() -> None:
    with pytest.raises(patrols.NoCheckHere):
        patrols.check_kind(seated(Role.VILLAGE_HEAD, VILLAGE), VILLAGE, Category.OPERATING)


@pytest.mark.parametrize(
    ("kind", "category", "agreed", "due"),
    [
        (PatrolKind.SELF, Category.PUBLIC_WELFARE, None, date(2026, 12, 23)),
        (PatrolKind.SELF, Category.OPERATING, None, date(2027, 2, 23)),
        (PatrolKind.SELF, Category.OPERATING, 1, date(2026, 12, 23)),
        (PatrolKind.SELF, Category.PUBLIC_WELFARE, 6, date(2026, 12, 23)),
        (PatrolKind.VISIT, Category.HOUSEHOLD, None, date(2027, 5, 23)),
        (PatrolKind.TOWNSHIP, Category.PUBLIC_WELFARE, 1, date(2027, 2, 23)),
        (PatrolKind.COUNTY, Category.PUBLIC_WELFARE, None, date(2027, 11, 23)),
    ],
)
def test_when_the_next_look_is_due(kind: PatrolKind, category: Category, agreed: int | None, due: date) -> None:
    assert patrols.next_due(kind, category, TODAY, POLICY, agreed) == due


@given(DAYS, st.sampled_from([PatrolKind.SELF, PatrolKind.TOWNSHIP, PatrolKind.COUNTY]), st.integers(1, 24))
def test_an_agreement_never_puts_a_patrol_off(on: date, kind: PatrolKind, agreed: int) -> None:
    usual = patrols.next_due(kind, Category.OPERATING, on, POLICY)
    assert on < patrols.next_due(kind, Category.OPERATING, on, POLICY, agreed) <= usual


def repaired(**changes: object) -> Repair:
    return replace(Repair("重砌边沟", TODAY, "本村", 30_000, Payer.WELFARE_FUND), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "repair", "refusal"),
    [
        (FaultStatus.OPEN, repaired(), None),
        (FaultStatus.REPAIRING, repaired(), None),
        (FaultStatus.REOPENED, repaired(cost_fen=0, payer=None), None),
        (FaultStatus.REPAIRED, repaired(), faults.NothingToRepair),
        (FaultStatus.ACCEPTED, repaired(), faults.NothingToRepair),
        (FaultStatus.OPEN, repaired(work=" "), faults.WorkMissing),
        (FaultStatus.OPEN, repaired(payer=None), faults.PayerMissing),
        (FaultStatus.OPEN, repaired(repaired_on=TODAY + timedelta(days=1)), faults.RepairedAtOddDay),
        (FaultStatus.OPEN, repaired(repaired_on=TODAY - timedelta(days=9)), faults.RepairedAtOddDay),
    ],
)
def test_what_may_be_reported_as_repaired(status: FaultStatus, repair: Repair, refusal: type[Exception] | None) -> None:
    found_on = TODAY - timedelta(days=8)
    if refusal is None:
        faults.check_repair(status, repair, found_on=found_on, on=TODAY)
        return
    with pytest.raises(refusal):
        faults.check_repair(status, repair, found_on=found_on, on=TODAY)


@pytest.mark.parametrize("status", FaultStatus)
@pytest.mark.parametrize("by", [CUSTODIAN, CLERK, SUPERVISOR])
def test_only_a_third_person_accepts_and_only_what_is_repaired(status: FaultStatus, by: Actor) -> None:
    allowed = status is FaultStatus.REPAIRED and by is SUPERVISOR
    if allowed:
        faults.check_acceptance(status, by, repaired_by_id=2, custodian_id=7)
        return
    with pytest.raises((faults.NotRepaired, faults.OwnRepair)):
        faults.check_acceptance(status, by, repaired_by_id=2, custodian_id=7)


@given(DAYS, DAYS, st.sampled_from(FaultStatus))
def test_only_what_is_not_repaired_is_late(due_on: date, on: date, status: FaultStatus) -> None:
    late = faults.overdue_days(status, due_on, on)
    assert (late > 0) is (status in faults.UNREPAIRED and on > due_on)
