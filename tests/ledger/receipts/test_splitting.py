"""One payment pays the oldest due first, and every fen of it belongs to somebody."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from registry.ledger.operation.receipts.kinds import DISTRIBUTABLE, KINDS, IncomeKind
from registry.ledger.operation.receipts.rules import ReceiptFacts
from registry.ledger.operation.receipts.splitting import (
    Holding,
    OpenDue,
    Portion,
    is_earned,
    portions,
    release,
    split,
    total,
)

DAY = date(2026, 10, 15)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def paid(fen: int, kind: IncomeKind = IncomeKind.RENT, on: date = DAY) -> ReceiptFacts:
    """A payment under contract 1."""
    return ReceiptFacts(kind, fen, on, *YEAR, contract_id=1)


def quarter(number: int, fen: int) -> OpenDue:
    """What is due of a quarter of 2026, from 1 on; 5 is the first of 2027."""
    year, month = divmod((number - 1) * 3, 12)
    start = date(2026 + year, month + 1, 1)
    return OpenDue(number, start, start + timedelta(days=80), fen)


quarters = st.lists(st.integers(1, 10**9), min_size=1, max_size=8).map(
    lambda sums: [quarter(number, fen) for number, fen in enumerate(sums, 1)]
)
amounts = st.integers(1, 10**11)


@given(amounts, quarters, st.sampled_from(sorted(IncomeKind)))
def test_the_portions_are_the_payment_whatever_is_due(fen: int, dues: list[OpenDue], kind: IncomeKind) -> None:
    sign = -1 if KINDS[kind].is_paid_out else 1
    assert sum(one.amount_fen for one in portions(paid(fen, kind), dues)) == sign * fen


@given(amounts, quarters)
def test_no_due_is_paid_twice_and_none_before_an_older_one(fen: int, dues: list[OpenDue]) -> None:
    by_due = {one.due_id: one.amount_fen for one in portions(paid(fen), dues) if one.due_id}
    for older, younger in pairwise(dues):
        assert younger.due_id not in by_due or by_due.get(older.due_id) == older.open_fen
    assert all(by_due.get(due.due_id, 0) <= due.open_fen for due in dues)


@given(amounts, quarters)
def test_what_is_paid_before_its_time_is_no_income_yet(fen: int, dues: list[OpenDue]) -> None:
    for one in portions(paid(fen), dues):
        begun = one.due_id is not None and is_earned(dues[one.due_id - 1], DAY)
        assert one.kind is (IncomeKind.RENT if begun else IncomeKind.PREPAYMENT)
        assert (one.kind in DISTRIBUTABLE) == begun


@given(st.integers(-(10**11), 10**11), st.lists(st.integers(0, 10**4), min_size=1, max_size=12).filter(any))
def test_every_fen_of_a_portion_belongs_to_an_owner(fen: int, weights: list[int]) -> None:
    holdings = [Holding(1, number, weight) for number, weight in enumerate(weights)]
    parts = split(Portion(IncomeKind.RENT, fen, *YEAR), holdings)
    assert total(parts) == fen
    assert all(part.amount_fen and part.holding.weight for part in parts)


@given(amounts, quarters, st.integers(0, 900))
def test_money_in_advance_leaves_as_much_as_becomes_income(fen: int, dues: list[OpenDue], days: int) -> None:
    on = DAY + timedelta(days=days)
    waiting = Portion(IncomeKind.PREPAYMENT, fen, *YEAR)
    moves = release(waiting, IncomeKind.RENT, dues, on)
    assert all(out.amount_fen == -into.amount_fen < 0 for out, into in moves)
    assert sum(into.amount_fen for _, into in moves) <= fen
    assert all(into.kind is IncomeKind.RENT and into.earned_from <= on for _, into in moves)
    assert all(into.amount_fen <= dues[into.due_id - 1].open_fen for _, into in moves if into.due_id)


def test_a_payment_of_a_year_in_october_is_income_for_three_quarters_begun_and_waits_for_the_rest() -> None:
    dues = [quarter(number, 250_000) for number in (2, 3, 4, 5)]
    found = portions(paid(1_100_000), dues)
    assert [(one.kind, one.amount_fen, one.due_id) for one in found] == [
        (IncomeKind.RENT, 250_000, 2),
        (IncomeKind.RENT, 250_000, 3),
        (IncomeKind.RENT, 250_000, 4),
        (IncomeKind.PREPAYMENT, 250_000, 5),
        (IncomeKind.PREPAYMENT, 100_000, None),
    ]


def test_part_of_a_due_stays_owed() -> None:
    (one,) = portions(paid(90_000), [quarter(3, 250_000)])
    assert (one.amount_fen, one.due_id) == (90_000, 3)


def test_a_deposit_pays_nothing_that_is_due() -> None:
    (one,) = portions(paid(90_000, IncomeKind.DEPOSIT_TAKEN), [quarter(3, 250_000)])
    assert (one.kind, one.due_id) == (IncomeKind.DEPOSIT_TAKEN, None)


def test_money_for_a_due_of_its_own_is_released_when_its_period_begins_and_not_before() -> None:
    waiting = Portion(IncomeKind.PREPAYMENT, 250_000, date(2027, 1, 1), date(2027, 3, 31), due_id=5)
    assert release(waiting, IncomeKind.RENT, [], date(2026, 12, 31)) == []
    ((out, into),) = release(waiting, IncomeKind.RENT, [], date(2027, 1, 1))
    assert (out.amount_fen, into.amount_fen, into.due_id) == (-250_000, 250_000, 5)


def test_three_villages_get_their_agreed_shares_and_the_odd_fen_goes_to_the_largest_remainder() -> None:
    parts = split(
        Portion(IncomeKind.RENT, 10_000_001, *YEAR), [Holding(1, 7, 5000), Holding(2, 8, 3000), Holding(3, 9, 2000)]
    )
    assert [part.amount_fen for part in parts] == [5_000_001, 3_000_000, 2_000_000]
