"""The rules of title by table: positions, who may own, what passes property, papers, numbers, days."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.assets.register.categories import TitleStatus
from registry.assets.register.registration import WHOLE_BP, Stage
from registry.assets.register.rules import OwnerNotAllowed, SharesNotWhole
from registry.assets.title.owning import (
    AboveVillages,
    CollectiveNotDivided,
    CountyOwns,
    OneHousehold,
    Share,
    SharesByInvestment,
    Thing,
    by_investment,
    check_may_own,
)
from registry.assets.title.positions import FOLLOWS, Facts, Position, position_of
from registry.assets.title.rules import (
    AlreadyHandedOver,
    AlreadyTitled,
    InterestNotDivided,
    NotConfirmedCard,
    NothingToHandOver,
    NotYetTitled,
    PassesProperty,
    Subject,
    check_keeps_property,
    check_open_to,
)
from registry.kinds import Category, OwnerKind, TitleDeed
from tests.factories import COUNTY, SIBLING_VILLAGE, TOWNSHIP, VILLAGE

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
