"""The rules of title by table: positions, who may own, what passes property, papers, numbers, days."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.assets.register.categories import TitleStatus
from registry.assets.register.registration import WHOLE_BP, Stage
from registry.assets.register.rules import OwnerNotAllowed, SharesNotWhole
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
    AboveVillages,
    CollectiveNotDivided,
    CountyOwns,
    NotOneRoute,
    OneHousehold,
    Share,
    SharesByInvestment,
    Thing,
    Way,
    WrongStarter,
    by_investment,
    check_may_own,
    check_starter,
    one_way,
)
from registry.assets.title.positions import FOLLOWS, Facts, Position, position_of
from registry.assets.title.rules import (
    AlreadyHandedOver,
    AlreadyTitled,
    Condition,
    ConditionMissing,
    InterestNotDivided,
    LineDecision,
    LineUndecided,
    NotConfirmedCard,
    NothingTakenIn,
    NothingToHandOver,
    NotYetTitled,
    OnlyWhatMatches,
    PassesProperty,
    ReasonNeeded,
    Subject,
    Verdict,
    Verification,
    check_decided,
    check_keeps_property,
    check_open_to,
)
from registry.evidence.rules import EvidenceKind
from registry.kinds import Category, OwnerKind, Sector, TitleDeed
from registry.permissions import Actor, Grant, Role
from registry.policy.rules import policy_of
from tests.factories import COUNTY, OTHER_COUNTY, SIBLING_VILLAGE, TODAY, TOWNSHIP, VILLAGE

K = OwnerKind
SUBJECT = Subject(
    "一号仓", Stage.CONFIRMED, Category.OPERATING, TitleStatus.UNCONFIRMED, False, None, frozenset({(1, WHOLE_BP)})
)


def facts(**changes: object) -> Facts:
    return replace(Facts(Stage.CONFIRMED, TitleStatus.UNCONFIRMED), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "position"),
    [
        (facts(stage=Stage.SUBMITTED), Position.UNCHECKED),
        (facts(), Position.REGISTERED),
        (facts(title=TitleStatus.IN_PROCEDURE, in_case=True), Position.VERIFYING),
        (facts(title=TitleStatus.IN_PROCEDURE, in_case=True, on_notice=True), Position.ON_NOTICE),
        (facts(in_case=True, on_notice=True, objected=True), Position.OBJECTED),
        (facts(title=TitleStatus.DISPUTED), Position.OBJECTED),
        (facts(title=TitleStatus.CONFIRMED), Position.AGREED),
        (facts(title=TitleStatus.CONFIRMED, certified=True), Position.TITLED),
        (facts(title=TitleStatus.CONFIRMED, certified=True, handing_over=True), Position.HAND_OVER_DUE),
        (facts(title=TitleStatus.CONFIRMED, certified=True, handed_over=True), Position.HANDED_OVER),
        (facts(title=TitleStatus.CONFIRMED, certified=True, handed_over=True, in_system=True), Position.IN_CARE),
    ],
)
def test_what_is_known_says_where_an_asset_stands(known: Facts, position: Position) -> None:
    assert position_of(known) is position


#: What happens to an asset on its way, as facts that change.
EVENTS: dict[str, dict[str, object]] = {
    "confirmed": {"stage": Stage.CONFIRMED},
    "submitted": {"in_case": True, "title": TitleStatus.IN_PROCEDURE},
    "on notice": {"on_notice": True},
    "agreed": {"in_case": False, "on_notice": False, "title": TitleStatus.CONFIRMED},
    "certified": {"certified": True},
    "hand-over agreed": {"handing_over": True},
    "signed": {"handing_over": False, "handed_over": True},
    "entered in the books": {"in_system": True},
}


def test_the_usual_way_leads_from_the_count_to_custody_by_legal_moves() -> None:
    known, seen = facts(stage=Stage.SUBMITTED), [Position.UNCHECKED]
    for change in EVENTS.values():
        known = replace(known, **change)  # type: ignore[arg-type]
        seen.append(position_of(known))
        assert seen[-1] in FOLLOWS[seen[-2]]
    assert seen == [one for one in Position if one is not Position.OBJECTED]


def test_an_objection_stops_every_place_and_every_place_knows_where_it_leads() -> None:
    assert set(FOLLOWS) == set(Position)
    stopped = [one for one in Position if Position.OBJECTED in FOLLOWS[one]]
    assert stopped == [one for one in Position if one not in {Position.UNCHECKED, Position.OBJECTED}]


@given(st.builds(Facts, st.sampled_from(Stage), st.sampled_from(TitleStatus), *[st.booleans()] * 7))
def test_every_combination_of_facts_has_one_place(known: Facts) -> None:
    assert position_of(known) in Position
    assert (position_of(known) is Position.UNCHECKED) is (known.stage is not Stage.CONFIRMED)


TITLED = replace(SUBJECT, title=TitleStatus.CONFIRMED)
HANDED = replace(TITLED, handed_over_on=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("deed", "asset", "refusal"),
    [
        (TitleDeed.FIRST_TITLE, SUBJECT, None),
        (TitleDeed.FIRST_TITLE, replace(SUBJECT, title=TitleStatus.IN_PROCEDURE), None),
        (TitleDeed.FIRST_TITLE, TITLED, AlreadyTitled),
        (TitleDeed.FIRST_TITLE, replace(SUBJECT, stage=Stage.SUBMITTED), NotConfirmedCard),
        (TitleDeed.FIRST_TITLE, replace(SUBJECT, stage=Stage.SUPERSEDED), NotConfirmedCard),
        (TitleDeed.HAND_OVER, SUBJECT, None),
        (TitleDeed.HAND_OVER, TITLED, None),
        (TitleDeed.HAND_OVER, HANDED, AlreadyHandedOver),
        (TitleDeed.HAND_OVER, replace(SUBJECT, category=Category.HOUSEHOLD), NothingToHandOver),
        (TitleDeed.ERROR, SUBJECT, NotYetTitled),
        (TitleDeed.OWNER_NAME, SUBJECT, NotYetTitled),
        (TitleDeed.ERROR, TITLED, None),
        (TitleDeed.SPLIT, replace(TITLED, is_interest=True), InterestNotDivided),
        (TitleDeed.MERGER, replace(TITLED, is_interest=True), InterestNotDivided),
        (TitleDeed.SPLIT, TITLED, None),
    ],
)
def test_a_deed_is_open_to_an_asset_or_says_why_not(
    deed: TitleDeed, asset: Subject, refusal: type[Exception] | None
) -> None:
    if refusal is None:
        check_open_to(deed, asset)
    else:
        with pytest.raises(refusal):
            check_open_to(deed, asset)


@pytest.mark.parametrize("deed", TitleDeed)
def test_after_first_title_no_deed_but_an_error_put_right_passes_property(deed: TitleDeed) -> None:
    other = frozenset({(2, WHOLE_BP)})
    for settled in (TITLED, HANDED, replace(SUBJECT, handed_over_on=date(2026, 1, 1))):
        check_keeps_property(deed, settled, settled.holders)
        if deed is TitleDeed.ERROR:
            check_keeps_property(deed, settled, other)
        else:
            with pytest.raises(PassesProperty):
                check_keeps_property(deed, settled, other)


def test_before_first_title_only_title_and_hand_over_choose_the_owner() -> None:
    other = frozenset({(2, WHOLE_BP)})
    free = set()
    for deed in TitleDeed:
        try:
            check_keeps_property(deed, SUBJECT, other)
        except PassesProperty:
            continue
        free.add(deed)
    assert free == {TitleDeed.FIRST_TITLE, TitleDeed.HAND_OVER, TitleDeed.ERROR}


def share(kind: OwnerKind, bp: int = WHOLE_BP, unit: str = VILLAGE, fen: int | None = None) -> Share:
    return Share(kind, f"{kind.label}{unit[-3:]}", unit, bp, fen)


STORE = Thing("一号仓", Category.OPERATING, "STORAGE", VILLAGE, frozenset({K.VILLAGE_COLLECTIVE}))
ROAD = Thing("产业路", Category.PUBLIC_WELFARE, "ROAD", VILLAGE, frozenset({K.STATE}))
SCHOOL = Thing("小学", Category.PUBLIC_WELFARE, "EDUCATION", VILLAGE, frozenset({K.STATE}))
PIGS = Thing("生猪", Category.HOUSEHOLD, "HOUSEHOLD_STOCK", VILLAGE, frozenset({K.HOUSEHOLD}))
TOGETHER = [share(K.VILLAGE_COLLECTIVE, 6_667, VILLAGE, 200), share(K.VILLAGE_COLLECTIVE, 3_333, SIBLING_VILLAGE, 100)]


@pytest.mark.parametrize(
    ("thing", "shares", "refusal"),
    [
        (STORE, [share(K.VILLAGE_COLLECTIVE)], None),
        (STORE, [share(K.TOWNSHIP)], None),
        (STORE, [share(K.HOUSEHOLD)], CollectiveNotDivided),
        (replace(STORE, held_by=frozenset({K.STATE})), [share(K.HOUSEHOLD)], None),
        (
            replace(STORE, held_by=frozenset({K.STATE})),
            [share(K.VILLAGE_COLLECTIVE, 5_000), share(K.HOUSEHOLD, 5_000)],
            CollectiveNotDivided,
        ),
        (STORE, [share(K.VILLAGE_COLLECTIVE, 9_999)], SharesNotWhole),
        (STORE, [], SharesNotWhole),
        (STORE, TOGETHER, None),
        (STORE, [replace(one, share_bp=5_000) for one in TOGETHER], SharesByInvestment),
        (STORE, [replace(one, invested_fen=None) for one in TOGETHER], SharesByInvestment),
        (replace(STORE, spans_villages=True), [share(K.VILLAGE_COLLECTIVE)], AboveVillages),
        (replace(STORE, spans_villages=True), TOGETHER, None),
        (replace(STORE, spans_villages=True), [share(K.TOWNSHIP)], None),
        (ROAD, [share(K.VILLAGE_COLLECTIVE)], None),
        (ROAD, [share(K.HOUSEHOLD)], OwnerNotAllowed),
        (replace(ROAD, spans_villages=True), [share(K.VILLAGE_COLLECTIVE)], AboveVillages),
        (replace(ROAD, spans_villages=True), [share(K.STATE, unit=COUNTY)], None),
        (SCHOOL, [share(K.VILLAGE_COLLECTIVE)], CountyOwns),
        (SCHOOL, [share(K.STATE, unit=TOWNSHIP)], CountyOwns),
        (SCHOOL, [share(K.STATE, unit=COUNTY)], None),
        (PIGS, [share(K.HOUSEHOLD)], None),
        (PIGS, [share(K.HOUSEHOLD, 5_000), share(K.HOUSEHOLD, 5_000, TOWNSHIP)], OneHousehold),
        (PIGS, [share(K.VILLAGE_COLLECTIVE)], OwnerNotAllowed),
    ],
)
def test_who_may_own_what(thing: Thing, shares: list[Share], refusal: type[Exception] | None) -> None:
    if refusal is None:
        check_may_own(thing, shares)
    else:
        with pytest.raises(refusal):
            check_may_own(thing, shares)


@given(st.lists(st.integers(1, 10**12), min_size=1, max_size=30))
def test_shares_by_investment_are_whole_and_in_proportion(amounts: list[int]) -> None:
    shares = by_investment(amounts)
    assert sum(shares) == WHOLE_BP
    whole = sum(amounts)
    assert all(abs(one * whole - WHOLE_BP * fen) < whole for one, fen in zip(shares, amounts, strict=True))


@pytest.mark.parametrize("amounts", [[], [None], [100, None], [100, 0], [100, -1]])
def test_without_every_amount_there_is_no_share_by_investment(amounts: Sequence[int | None]) -> None:
    assert by_investment(amounts) == []


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
