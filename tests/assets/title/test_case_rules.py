"""A title case: who brings it in, what its lines and papers say, certificates, encumbrances and days."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.assets.title.certificates.rules import (
    CertificateKind,
    NotRealEstate,
    NumberMissing,
    certificate_number,
    check_real_estate,
    kind_for,
    serial_of,
)
from registry.assets.title.documents import (
    AbsenceUnexplained,
    DocumentNeeded,
    DocumentState,
    DocumentUnsaid,
    Paper,
    TitleDocument,
    asked_for,
    check_papers,
)
from registry.assets.title.encumbrances.rules import (
    BasisMissing,
    EncumbranceFacts,
    EncumbranceKind,
    EndsBeforeStart,
    HolderMissing,
    NotYetBegun,
    check_encumbrance,
    check_lift,
)
from registry.assets.title.execution.rules import WrongDay, accepted_before, check_day, due_on
from registry.assets.title.owning import (
    NotOneRoute,
    Way,
    WrongStarter,
    check_starter,
    one_way,
)
from registry.assets.title.rules import (
    Condition,
    ConditionMissing,
    LineDecision,
    LineUndecided,
    NothingTakenIn,
    OnlyWhatMatches,
    ReasonNeeded,
    Verdict,
    Verification,
    check_decided,
)
from registry.evidence.rules import EvidenceKind
from registry.kinds import Category, Sector, TitleDeed
from registry.permissions import Actor, Grant, Role
from registry.policy.rules import policy_of
from tests.assets.title.test_title_rules import K
from tests.factories import COUNTY, OTHER_COUNTY, SIBLING_VILLAGE, TODAY, TOWNSHIP, VILLAGE


def actor(role: Role, unit: str, sector: Sector | None = None) -> Actor:
    return Actor(1, "某人", "某职", unit, "某单位", (Grant(role, unit, sector),))


WATER = actor(Role.SECTOR_OFFICER, COUNTY, Sector.WATER)


@pytest.mark.parametrize(
    ("by", "deed", "category", "sector", "allowed"),
    [
        (WATER, TitleDeed.FIRST_TITLE, Category.PUBLIC_WELFARE, "WATER", True),
        (WATER, TitleDeed.HAND_OVER, Category.PUBLIC_WELFARE, "WATER", True),
        (WATER, TitleDeed.FIRST_TITLE, Category.PUBLIC_WELFARE, "TRANSPORT", False),
        (WATER, TitleDeed.FIRST_TITLE, Category.OPERATING, "WATER", False),
        (WATER, TitleDeed.ERROR, Category.PUBLIC_WELFARE, "WATER", False),
        (actor(Role.SECTOR_OFFICER, OTHER_COUNTY), TitleDeed.FIRST_TITLE, Category.PUBLIC_WELFARE, "WATER", False),
        (actor(Role.VILLAGE_CLERK, VILLAGE), TitleDeed.FIRST_TITLE, Category.PUBLIC_WELFARE, "WATER", False),
        (actor(Role.VILLAGE_CLERK, VILLAGE), TitleDeed.ERROR, Category.PUBLIC_WELFARE, "WATER", True),
        (actor(Role.VILLAGE_CLERK, VILLAGE), TitleDeed.FIRST_TITLE, Category.OPERATING, "", True),
        (actor(Role.VILLAGE_CLERK, SIBLING_VILLAGE), TitleDeed.FIRST_TITLE, Category.OPERATING, "", False),
        (actor(Role.TOWNSHIP_CLERK, TOWNSHIP), TitleDeed.FIRST_TITLE, Category.HOUSEHOLD, "", True),
        (actor(Role.VILLAGE_HEAD, VILLAGE), TitleDeed.FIRST_TITLE, Category.OPERATING, "", False),
    ],
)
def test_who_is_in_charge_brings_the_case_in(
    by: Actor, deed: TitleDeed, category: Category, sector: str, *, allowed: bool
) -> None:
    if allowed:
        check_starter(deed, category, sector, VILLAGE, by)
    else:
        with pytest.raises(WrongStarter):
            check_starter(deed, category, sector, VILLAGE, by)


def test_the_assets_of_a_case_go_one_way() -> None:
    way = Way(VILLAGE, Category.OPERATING, K.VILLAGE_COLLECTIVE, "AGRICULTURE")
    assert one_way([way, replace(way, sector="COMMERCE")]).sector == ""
    for other in (
        replace(way, region_code=TOWNSHIP),
        replace(way, category=Category.HOUSEHOLD),
        replace(way, owner_kind=K.STATE),
    ):
        with pytest.raises(NotOneRoute):
            one_way([way, other])
    works = replace(way, category=Category.PUBLIC_WELFARE)
    with pytest.raises(NotOneRoute):
        one_way([works, replace(works, sector="COMMERCE")])


GOOD = Verdict("甲", Verification.MATCHES, LineDecision.CONFIRMED, condition=Condition.GOOD)


@pytest.mark.parametrize(
    ("line", "deed", "refusal"),
    [
        (GOOD, TitleDeed.FIRST_TITLE, None),
        (GOOD, TitleDeed.HAND_OVER, None),
        (replace(GOOD, condition=None), TitleDeed.FIRST_TITLE, None),
        (replace(GOOD, condition=None), TitleDeed.HAND_OVER, ConditionMissing),
        (replace(GOOD, decision=None), TitleDeed.FIRST_TITLE, LineUndecided),
        (replace(GOOD, verification=None), TitleDeed.FIRST_TITLE, LineUndecided),
        (replace(GOOD, verification=Verification.DIFFERS), TitleDeed.FIRST_TITLE, OnlyWhatMatches),
        (replace(GOOD, verification=Verification.NOT_FOUND), TitleDeed.FIRST_TITLE, OnlyWhatMatches),
        (replace(GOOD, decision=LineDecision.LEFT_OUT), TitleDeed.FIRST_TITLE, ReasonNeeded),
        (replace(GOOD, decision=LineDecision.LEFT_OUT, reason="不在"), TitleDeed.FIRST_TITLE, NothingTakenIn),
    ],
)
def test_each_line_is_decided_and_says_what_it_must(
    line: Verdict, deed: TitleDeed, refusal: type[Exception] | None
) -> None:
    if refusal is None:
        check_decided(deed, [line])
    else:
        with pytest.raises(refusal):
            check_decided(deed, [line])


ASKED = (TitleDocument.PLAN, TitleDocument.SIGNATURE)
HERE = Paper(DocumentState.PRESENT)
SCANNED = frozenset({EvidenceKind.SIGNATURE.value})


@pytest.mark.parametrize(
    ("papers", "attached", "refusal"),
    [
        ({TitleDocument.PLAN: HERE, TitleDocument.SIGNATURE: HERE}, SCANNED, None),
        ({TitleDocument.PLAN: HERE}, SCANNED, DocumentUnsaid),
        ({TitleDocument.PLAN: HERE, TitleDocument.SIGNATURE: HERE}, frozenset(), DocumentNeeded),
        (
            {TitleDocument.PLAN: Paper(DocumentState.ABSENT), TitleDocument.SIGNATURE: HERE},
            SCANNED,
            AbsenceUnexplained,
        ),
        ({TitleDocument.PLAN: Paper(DocumentState.ABSENT, "遗失"), TitleDocument.SIGNATURE: HERE}, SCANNED, None),
        (
            {TitleDocument.PLAN: HERE, TitleDocument.SIGNATURE: Paper(DocumentState.NOT_APPLICABLE, "x")},
            SCANNED,
            DocumentNeeded,
        ),
    ],
)
def test_of_every_paper_it_is_said_whether_it_is_there(
    papers: dict[TitleDocument, Paper], attached: frozenset[str], refusal: type[Exception] | None
) -> None:
    if refusal is None:
        check_papers(ASKED, papers, attached)
    else:
        with pytest.raises(refusal):
            check_papers(ASKED, papers, attached)


def test_every_deed_of_every_category_asks_for_papers() -> None:
    for deed, category, interest in product(TitleDeed, Category, (False, True)):
        assert asked_for(deed, category, is_interest=interest)
    assert asked_for(TitleDeed.FIRST_TITLE, Category.HOUSEHOLD) == (TitleDocument.SIGNATURE,)


@given(st.integers(2012, 2099), st.integers(1, 10**7))
def test_a_certificate_number_tells_its_serial(year: int, serial: int) -> None:
    number = certificate_number(COUNTY, year, serial)
    assert serial_of(number) == serial
    assert number.startswith(f"扶资权{COUNTY[:6]}〔{year}〕")
    assert len(number) <= 40


def test_the_kind_of_certificate_follows_the_holder() -> None:
    assert kind_for(Category.OPERATING, K.VILLAGE_COLLECTIVE) is CertificateKind.COLLECTIVE
    assert kind_for(Category.PUBLIC_WELFARE, K.TOWNSHIP) is CertificateKind.STATE
    assert kind_for(Category.HOUSEHOLD, K.HOUSEHOLD) is CertificateKind.HOUSEHOLD
    assert kind_for(Category.OPERATING, K.ENTERPRISE) is CertificateKind.OTHER


def test_only_real_estate_stands_in_the_land_register() -> None:
    check_real_estate("仓", "渝（2026）0001", is_real_estate=True)
    with pytest.raises(NotRealEstate):
        check_real_estate("路", "渝（2026）0001", is_real_estate=False)
    with pytest.raises(NumberMissing):
        check_real_estate("仓", " ", is_real_estate=True)


WEIGHT = EncumbranceFacts(EncumbranceKind.PLEDGE, "农商行", "抵字1号", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"holder": " "}, HolderMissing),
        ({"document_no": ""}, BasisMissing),
        ({"valid_from": date(2026, 12, 1)}, NotYetBegun),
        ({"valid_to": date(2025, 12, 31)}, EndsBeforeStart),
    ],
)
def test_an_encumbrance_says_by_whom_since_when_and_on_what_basis(
    changes: dict[str, object], refusal: type[Exception]
) -> None:
    check_encumbrance(WEIGHT, on=TODAY)
    with pytest.raises(refusal):
        check_encumbrance(replace(WEIGHT, **changes), on=TODAY)  # type: ignore[arg-type]


def test_an_encumbrance_ends_on_a_day_that_has_come_and_on_a_basis() -> None:
    check_lift(date(2026, 1, 1), TODAY, "解1号", on=TODAY)
    for day, basis, refusal in (
        (date(2025, 1, 1), "x", EndsBeforeStart),
        (date(2027, 1, 1), "x", EndsBeforeStart),
        (TODAY, " ", BasisMissing),
    ):
        with pytest.raises(refusal):
            check_lift(date(2026, 1, 1), day, basis, on=TODAY)


def test_hand_over_is_due_sixty_days_after_acceptance_and_reminded_of_after_forty_five() -> None:
    policy = policy_of(VILLAGE, TODAY, (), ())
    accepted = date(2026, 9, 1)
    assert due_on(accepted, policy) == date(2026, 10, 31)
    assert accepted_before(date(2026, 10, 16), policy) == accepted
    assert accepted_before(date(2026, 10, 15), policy) < accepted


def test_certificate_and_hand_over_are_dated_between_agreement_and_today() -> None:
    check_day(TODAY, date(2026, 11, 1), on=TODAY)
    for day in (date(2026, 10, 31), date(2026, 11, 24)):
        with pytest.raises(WrongDay):
            check_day(day, date(2026, 11, 1), on=TODAY)
