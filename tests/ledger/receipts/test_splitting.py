"""One payment pays the oldest due first, and what is paid before its time is not income yet."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from registry.ledger.operation.dues.rules import OpenDue
from registry.ledger.operation.receipts.kinds import BY_DUE, DISTRIBUTABLE, KINDS, IncomeKind
from registry.ledger.operation.receipts.rules import ReceiptFacts
from registry.ledger.operation.receipts.splitting import (
    Owed,
    Portion,
    expected_fen,
    is_begun,
    less_waiting,
    portions,
    release,
)

DAY = date(2026, 10, 15)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def paid(fen: int, kind: IncomeKind = IncomeKind.RENT, on: date = DAY) -> ReceiptFacts:
    """A payment under contract 1."""
    return ReceiptFacts(kind, fen, on, *YEAR, contract_id=1)


def quarter(number: int, fen: int) -> Owed:
    """What is due of a quarter of 2026, from 1 on; 5 is the first of 2027."""
    year, month = divmod((number - 1) * 3, 12)
    start = date(2026 + year, month + 1, 1)
    return Owed(OpenDue(number, start, fen), start, start + timedelta(days=80))


quarters = st.lists(st.integers(1, 10**9), min_size=1, max_size=8).map(
    lambda sums: [quarter(number, fen) for number, fen in enumerate(sums, 1)]
)
amounts = st.integers(1, 10**11)


@given(amounts, quarters, st.sampled_from(sorted(IncomeKind)))
def test_the_portions_are_the_payment_whatever_is_due(fen: int, dues: list[Owed], kind: IncomeKind) -> None:
    sign = -1 if KINDS[kind].is_paid_out else 1
    assert sum(one.amount_fen for one in portions(paid(fen, kind), dues)) == sign * fen


@given(amounts, quarters)
def test_no_due_is_paid_twice_and_none_before_an_older_one(fen: int, dues: list[Owed]) -> None:
    by_due = {one.due_id: one.amount_fen for one in portions(paid(fen), dues) if one.due_id}
    for older, younger in pairwise(dues):
        assert younger.due.id not in by_due or by_due.get(older.due.id) == older.due.open_fen
    assert all(by_due.get(one.due.id, 0) <= one.due.open_fen for one in dues)


@given(amounts, quarters)
def test_what_is_paid_before_its_time_is_no_income_yet(fen: int, dues: list[Owed]) -> None:
    for one in portions(paid(fen), dues):
        begun = one.due_id is not None and is_begun(dues[one.due_id - 1].earned_from, DAY)
        assert one.kind is (IncomeKind.RENT if begun else IncomeKind.PREPAYMENT)
        assert (one.kind in DISTRIBUTABLE) == begun


@given(amounts, quarters, st.integers(0, 900))
def test_money_in_advance_leaves_as_much_as_becomes_income(fen: int, dues: list[Owed], days: int) -> None:
    on = DAY + timedelta(days=days)
    waiting = Portion(IncomeKind.PREPAYMENT, fen, *YEAR)
    moves = release(waiting, IncomeKind.RENT, dues, on)
    assert all(out.amount_fen == -into.amount_fen < 0 for out, into in moves)
    assert sum(into.amount_fen for _, into in moves) <= fen
    assert all(into.kind is IncomeKind.RENT and into.earned_from <= on for _, into in moves)
    assert all(into.amount_fen <= dues[into.due_id - 1].due.open_fen for _, into in moves if into.due_id)


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


def test_a_deposit_stays_a_deposit_before_its_day_and_beyond_what_was_agreed() -> None:
    found = portions(paid(300_000, IncomeKind.DEPOSIT_TAKEN), [quarter(5, 250_000)])
    assert [(one.kind, one.amount_fen, one.due_id) for one in found] == [
        (IncomeKind.DEPOSIT_TAKEN, 250_000, 5),
        (IncomeKind.DEPOSIT_TAKEN, 50_000, None),
    ]


def test_income_without_any_due_is_income_as_it_comes() -> None:
    (one,) = portions(paid(90_000, IncomeKind.SELF_RUN), [])
    assert (one.kind, one.amount_fen, one.due_id) == (IncomeKind.SELF_RUN, 90_000, None)


def test_money_for_a_due_of_its_own_is_released_when_its_period_begins_and_not_before() -> None:
    waiting = Portion(IncomeKind.PREPAYMENT, 250_000, date(2027, 1, 1), date(2027, 3, 31), due_id=5)
    assert release(waiting, IncomeKind.RENT, [], date(2026, 12, 31)) == []
    ((out, into),) = release(waiting, IncomeKind.RENT, [], date(2027, 1, 1))
    assert (out.amount_fen, into.amount_fen, into.due_id) == (-250_000, 250_000, 5)


@given(amounts, quarters)
def test_whole_dues_are_as_agreed_and_anything_else_is_compared_with_what_is_due(fen: int, dues: list[Owed]) -> None:
    opened = [one.due for one in dues]
    sums = [sum(one.open_fen for one in opened[:count]) for count in range(1, len(opened) + 1)]
    expected = expected_fen(fen, opened, DAY)
    assert expected == fen if fen in sums else expected == sums[min(len(sums), 4) - 1]


def test_before_anything_is_due_the_next_due_is_expected_and_nothing_of_nothing() -> None:
    assert expected_fen(7, [quarter(5, 250_000).due], DAY) == 250_000
    assert expected_fen(7, [], DAY) is None


@given(amounts, quarters, st.data())
def test_money_pays_the_due_it_is_for_and_the_rest_the_oldest(fen: int, dues: list[Owed], data: st.DataObject) -> None:
    named = data.draw(st.sampled_from(dues)).due
    cut = portions(replace(paid(fen), due_id=named.id), dues)
    assert sum(one.amount_fen for one in cut) == fen
    assert (cut[0].due_id, cut[0].amount_fen) == (named.id, min(fen, named.open_fen))
    rest = [one.due_id for one in cut[1:] if one.due_id]
    assert rest == [one.due.id for one in dues if one.due.id != named.id][: len(rest)]


def test_arrears_stay_open_when_the_payer_names_this_years_rent_and_only_then() -> None:
    dues = [quarter(1, 9_000), quarter(2, 18_000)]
    assert [one.due_id for one in portions(replace(paid(18_000), due_id=2), dues)] == [2]
    assert [one.due_id for one in portions(paid(18_000), dues)] == [1, 2]
    opened = [one.due for one in dues]
    assert expected_fen(17_000, opened, DAY, 2) == 18_000
    assert expected_fen(17_000, opened, DAY) == 27_000
    assert [one.open_fen for one in less_waiting([(18_000, 2)], opened)] == [9_000, 0]
    assert [one.open_fen for one in less_waiting([(18_000, None)], opened)] == [0, 9_000]


@given(st.integers(0, 10**11), quarters)
def test_what_waits_to_be_checked_is_not_asked_for_again(waiting: int, dues: list[Owed]) -> None:
    opened = [one.due for one in dues]
    left = less_waiting([(waiting, None)], opened)
    before = sum(one.open_fen for one in opened)
    assert sum(one.open_fen for one in left) == max(before - waiting, 0)
    assert all(0 <= after.open_fen <= one.open_fen for after, one in zip(left, opened, strict=True))


def test_every_kind_of_due_is_paid_by_the_kind_it_is_entered_as() -> None:
    assert all(due in KINDS[kind].settles for due, kind in BY_DUE.items())
