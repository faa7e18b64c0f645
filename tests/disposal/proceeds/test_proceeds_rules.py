"""Whose money a price becomes, for what it may be used, how long it waits: by table and by property."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.disposal.proceeds.kinds import AgeClass, Destination, Purpose
from registry.disposal.proceeds.refusals import (
    AboveBalance,
    AboveDue,
    AssetMissing,
    BeforeMoney,
    MoneyMissing,
    NoteMissing,
    NotWatched,
    NotYet,
    PaperNumberMissing,
    ProjectMissing,
    ReasonMissing,
    SamePerson,
    UndecidedUse,
    WrongPurpose,
)
from registry.disposal.proceeds.rules import (
    PURPOSES,
    Arrival,
    Lot,
    UseFacts,
    age_class,
    aged,
    check_arrival,
    check_reason,
    check_second,
    check_use,
    destination_of,
    lots_of,
    set_apart,
    use_until,
    waits_since,
)
from registry.errors import RegistryError
from registry.kinds import OwnerKind

ON = date(2026, 11, 23)
LOTS = [Lot(date(2026, 11, 10), 1_000_000)]
REPAIR = UseFacts(Purpose.CUSTODY, 600_000, ON, "维修产业路", document_no="中益府发〔2026〕18号")
_DAYS = st.dates(date(2020, 1, 1), ON)
_RECEIPTS = st.lists(st.tuples(_DAYS, st.integers(1, 10**12)), max_size=8)


def refused(facts: UseFacts, destination: Destination = Destination.EARMARKED, free_fen: int = 1_000_000) -> set[type]:
    """Every rule that a use breaks."""
    try:
        check_use(facts, destination, LOTS, free_fen=free_fen, on=ON)
    except RegistryError as error:
        return {type(one) for one in error.all}
    return set()


@pytest.mark.parametrize(
    ("kind", "destination"),
    [
        (OwnerKind.VILLAGE_COLLECTIVE, Destination.EARMARKED),
        (OwnerKind.GROUP_COLLECTIVE, Destination.EARMARKED),
        (OwnerKind.STATE, Destination.TREASURY),
        (OwnerKind.TOWNSHIP, Destination.TREASURY),
        (OwnerKind.COOPERATIVE, Destination.OWN),
        (OwnerKind.ENTERPRISE, Destination.OWN),
        (OwnerKind.HOUSEHOLD, Destination.OWN),
        (OwnerKind.OTHER, Destination.OWN),
    ],
)
def test_whose_money_a_price_becomes_follows_from_the_owner(kind: OwnerKind, destination: Destination) -> None:
    assert destination_of(kind) is destination


def test_a_use_with_everything_said_is_allowed() -> None:
    assert refused(REPAIR) == set()


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"amount_fen": 0}, MoneyMissing),
        ({"amount_fen": 1_000_001}, AboveBalance),
        ({"used_on": ON + timedelta(days=1)}, NotYet),
        ({"used_on": date(2026, 11, 9)}, BeforeMoney),
        ({"note": "  "}, NoteMissing),
        ({"note": "路" * 501}, NoteMissing),
        ({"document_no": " "}, UndecidedUse),
        ({"purpose": Purpose.NEW_ASSET}, AssetMissing),
        ({"purpose": Purpose.CONSOLIDATION}, ProjectMissing),
        ({"purpose": Purpose.REVITALISATION}, ProjectMissing),
        ({"purpose": Purpose.PAID_IN}, WrongPurpose),
    ],
)
def test_each_rule_of_a_use_is_told(changes: dict[str, object], rule: type[RegistryError]) -> None:
    assert refused(replace(REPAIR, **changes)) == {rule}  # type: ignore[arg-type]


def test_everything_that_is_wrong_with_a_use_is_told_at_once() -> None:
    wrong = replace(REPAIR, purpose=Purpose.NEW_ASSET, amount_fen=2_000_000, note="", document_no="")
    assert refused(wrong) == {AssetMissing, AboveBalance, NoteMissing, UndecidedUse}


@pytest.mark.parametrize("purpose", [one for one in Purpose if one is not Purpose.PAID_IN])
def test_money_of_the_treasury_is_only_paid_in(purpose: Purpose) -> None:
    facts = replace(REPAIR, purpose=purpose, asset_no="x", project_id=1)
    assert refused(facts, Destination.TREASURY) == {WrongPurpose}
    assert refused(replace(facts, purpose=Purpose.PAID_IN), Destination.TREASURY) == set()


def test_whoever_keeps_their_own_books_enters_no_use_here() -> None:
    assert refused(REPAIR, Destination.OWN) == {NotWatched}


def test_every_purpose_belongs_to_one_destination() -> None:
    told = [purpose for purposes in PURPOSES.values() for purpose in purposes]
    assert sorted(told) == sorted(Purpose)


@pytest.mark.parametrize(
    ("arrival", "rule"),
    [
        (Arrival(0, ON, "回单"), MoneyMissing),
        (Arrival(501, ON, "回单"), AboveDue),
        (Arrival(500, ON + timedelta(days=1), "回单"), NotYet),
        (Arrival(500, ON, " "), PaperNumberMissing),
    ],
)
def test_each_rule_of_money_that_came_in_is_told(arrival: Arrival, rule: type[RegistryError]) -> None:
    with pytest.raises(rule):
        check_arrival(arrival, open_fen=500, on=ON)
    check_arrival(Arrival(500, ON, "回单"), open_fen=500, on=ON)


def test_nobody_is_their_own_second_person() -> None:
    with pytest.raises(SamePerson):
        check_second(7, 7)
    check_second(7, 8)
    check_second(None, None)


def test_a_reason_is_said() -> None:
    assert check_reason(" 票据不符 ", "opinion") == "票据不符"
    for text in ("", "  ", "字" * 501):
        with pytest.raises(ReasonMissing):
            check_reason(text, "opinion")


@pytest.mark.parametrize(
    ("days", "age"),
    [(0, AgeClass.FRESH), (90, AgeClass.FRESH), (91, AgeClass.YEAR), (365, AgeClass.YEAR), (366, AgeClass.OVER)],
)
def test_the_age_of_money_changes_at_its_bounds(days: int, age: AgeClass) -> None:
    assert age_class(ON - timedelta(days=days), ON) is age


def test_the_oldest_money_goes_first() -> None:
    came = [(date(2026, 6, 1), 300), (date(2026, 1, 1), 500)]
    assert lots_of(came, 600) == [Lot(date(2026, 1, 1), 0), Lot(date(2026, 6, 1), 200)]
    assert waits_since(lots_of(came, 600)) == date(2026, 6, 1)
    assert waits_since(lots_of(came, 800)) is None


def test_the_term_runs_from_when_the_oldest_money_that_waits_came_in() -> None:
    lots = lots_of([(date(2026, 1, 31), 500), (date(2026, 6, 1), 300)], 100)
    assert use_until(lots, months=13, otherwise=ON) == date(2027, 2, 28)
    assert use_until([], months=12, otherwise=ON) == ON


@given(_RECEIPTS, st.integers(0, 10**13))
def test_what_is_left_is_what_came_in_less_what_is_spent_and_never_less_than_nothing(
    receipts: list[tuple[date, int]], spent: int
) -> None:
    lots, total = lots_of(receipts, spent), sum(fen for _day, fen in receipts)
    assert sum(lot.left_fen for lot in lots) == max(total - spent, 0)
    assert all(lot.left_fen >= 0 for lot in lots)
    assert sum(aged(lots, ON).values()) == max(total - spent, 0)


@given(_RECEIPTS, st.lists(st.integers(-(10**12), 10**12), max_size=10))
def test_whatever_is_asked_for_in_whatever_order_the_balance_never_falls_below_nothing(
    receipts: list[tuple[date, int]], wishes: list[int]
) -> None:
    balance = came = sum(fen for _day, fen in receipts)
    used = 0
    for fen in wishes:
        try:
            check_use(replace(REPAIR, amount_fen=fen), Destination.EARMARKED, [], free_fen=balance, on=ON)
        except (AboveBalance, MoneyMissing):
            continue
        balance, used = balance - fen, used + fen
    assert balance >= 0
    assert balance + used == came


@given(st.integers(0, 10**12), st.lists(st.integers(1, 10**11), max_size=8))
def test_uses_take_the_gain_once_and_no_more_than_once(gain: int, uses: list[int]) -> None:
    taken = 0
    for fen in uses:
        part = set_apart(fen, gain_fen=gain, used_fen=taken)
        assert 0 <= part <= fen
        taken += part
    assert taken == min(gain, sum(uses))
