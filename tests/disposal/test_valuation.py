"""What a case is worth, and that a lot is not split to stay below a threshold."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from registry.disposal.kinds import MEANINGS, DisposalKind
from registry.disposal.valuation import (
    Earlier,
    Worth,
    basis_fen,
    needs_appraisal,
    part_by_quantity,
    part_by_share,
    summed,
    window_from,
)
from registry.kinds import OwnerKind
from registry.policy.parameters import Parameter
from registry.policy.rules import policy_of
from tests.factories import VILLAGE

DAY = date(2026, 7, 31)
POLICY = policy_of(VILLAGE, DAY, [], [])
amounts = st.integers(0, 10**12)


@given(amounts, amounts, st.none() | amounts)
def test_the_basis_is_the_highest_of_the_three_values(original: int, net: int, appraised: int | None) -> None:
    highest = Worth(original, net, appraised).highest_fen
    assert highest in {original, net, appraised or 0}
    assert highest >= max(original, net)
    assert appraised is None or highest >= appraised


@given(st.lists(st.tuples(amounts, amounts), min_size=1, max_size=20))
def test_lines_sum_to_their_case(rows: list[tuple[int, int]]) -> None:
    whole = summed([Worth(original, net) for original, net in rows], None)
    assert (whole.original_fen, whole.net_fen) == (sum(row[0] for row in rows), sum(row[1] for row in rows))


@given(amounts, st.lists(amounts, max_size=10))
def test_a_lot_sold_in_pieces_is_worth_the_whole_lot(own: int, others: list[int]) -> None:
    earlier = [Earlier(f"CZ-{n}", fen, DAY) for n, fen in enumerate(others)]
    assert basis_fen(Worth(own, 0), earlier) == own + sum(others)


@given(amounts, st.integers(1, 10**9), st.integers(1, 10**9))
def test_a_part_is_never_worth_more_than_the_whole(value: int, one: int, other: int) -> None:
    part, whole = min(one, other), max(one, other)
    assert 0 <= part_by_quantity(value, part, whole) <= value
    assert part_by_quantity(value, whole, whole) == value


@given(amounts, st.integers(1, 10_000))
def test_parts_and_rest_keep_every_fen(value: int, share_bp: int) -> None:
    part = part_by_share(value, share_bp)
    rest = value - part
    assert part + rest == value
    assert rest >= part_by_share(value, 10_000 - share_bp) if share_bp < 10_000 else rest == 0


def test_the_window_reaches_back_as_many_months_as_the_policy_says() -> None:
    assert window_from(DAY, POLICY) == date(2025, 7, 31)


def test_the_state_is_always_appraised_where_there_is_a_price() -> None:
    sale = MEANINGS[DisposalKind.SALE]
    assert needs_appraisal(sale, OwnerKind.STATE, 1, POLICY)
    assert not needs_appraisal(sale, OwnerKind.VILLAGE_COLLECTIVE, 1, POLICY)


def test_a_sale_is_appraised_from_the_threshold_on() -> None:
    start = POLICY.number(Parameter.APPRAISAL_THRESHOLD)
    sale = MEANINGS[DisposalKind.SALE]
    assert not needs_appraisal(sale, OwnerKind.VILLAGE_COLLECTIVE, start - 1, POLICY)
    assert needs_appraisal(sale, OwnerKind.VILLAGE_COLLECTIVE, start, POLICY)


def test_what_goes_for_nothing_is_not_appraised() -> None:
    assert not needs_appraisal(MEANINGS[DisposalKind.ALLOCATION], OwnerKind.STATE, 10**12, POLICY)


def test_a_contribution_in_kind_is_always_appraised() -> None:
    assert needs_appraisal(MEANINGS[DisposalKind.IN_KIND], OwnerKind.VILLAGE_COLLECTIVE, 1, POLICY)
