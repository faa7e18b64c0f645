"""Money in advance becomes income when its period begins, and is reversed with everything it became."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from registry.database import db, transaction
from registry.ledger.operation.kinds import DueStatus
from registry.ledger.operation.receipts.held import held_fen
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.models import IncomeRow, PrepaidLeft
from registry.ledger.operation.receipts.queries import list_distributable, list_rows_of
from registry.ledger.operation.receipts.releasing import release_prepayments
from registry.ledger.operation.receipts.rules import (
    GivenBack,
)
from registry.ledger.operation.receipts.totals import list_sums
from registry.ledger.operation.receipts.waiting import count_waiting, list_waiting
from tests.factories import COUNTY, TODAY, VILLAGE, confirmed, person
from tests.ledger.receipts.receiving import (
    QUARTERS,
    RENT_FEN,
    checked,
    due,
    let,
    let_on,
    posted,
    rent,
)
from tests.ledger.receipts.test_receipt_services import TWO_VILLAGES, YEAR, corrected, deeds

NEXT_YEAR = date(2027, 1, 4)


def left() -> list[int]:
    """What is kept of money in advance; what the rows themselves say must be the same."""
    kept = {one.row_id: one.left_fen for one in db.session.scalars(select(PrepaidLeft))}
    rows = list(db.session.scalars(select(IncomeRow).where(IncomeRow.kind == IncomeKind.PREPAYMENT.value)))
    undone = {row.reverses_id for row in rows}
    counted = {
        row.id: row.amount_fen + sum(one.amount_fen for one in rows if one.releases_id == row.id)
        for row in rows
        if row.releases_id is None and row.reverses_id is None and row.id not in undone
    }
    assert kept == {row_id: fen for row_id, fen in counted.items() if fen}
    return sorted(kept.values())


def released(on: date, by: str = "village_head") -> int:
    """Make income of what one person may release on a day."""
    actor = person(by)
    with transaction(COUNTY):
        return release_prepayments(list_waiting(actor, on), by=actor, on=on)


def test_money_in_advance_becomes_income_when_its_period_begins_and_by_another_person(any_app: Flask) -> None:
    store = confirmed()
    contract_id, due_ids = let(store)
    receipt = posted(store, rent(5 * RENT_FEN, contract_id))
    assert list_waiting(person("village_head"), TODAY) == []
    assert left() == [RENT_FEN]
    assert count_waiting(person("village_head"), NEXT_YEAR, 9) == 1
    assert released(NEXT_YEAR) == RENT_FEN
    out, into = list_rows_of(receipt.id)[-2:]
    assert (out.about, out.amount_fen, into.about, into.amount_fen) == (
        IncomeKind.PREPAYMENT, -RENT_FEN, IncomeKind.RENT, RENT_FEN,
    )  # fmt: skip
    assert (into.due_id, into.earned_on, into.voucher_id) == (due_ids[4], date(2027, 1, 1), out.voucher_id)
    assert deeds()[-2:] == ["INCOME_DUE", "PREPAID_APPLIED"]
    assert left() == []
    assert released(NEXT_YEAR) == 0
    assert sum(row.amount_fen for row in list_distributable(until=NEXT_YEAR)) == 5 * RENT_FEN


def test_what_was_paid_beyond_all_dues_pays_the_next_that_begins_and_no_more_than_is_held(any_app: Flask) -> None:
    plant = confirmed(owners=TWO_VILLAGES)
    contract_id, due_ids = let(plant, quarters=QUARTERS[:1], fen=1_000_001)
    posted(plant, rent(1_300_000, contract_id))
    posted(plant, rent(99_999, contract_id, kind=IncomeKind.PREPAYMENT_RETURNED))
    assert released(NEXT_YEAR) == 0
    later = let_on(contract_id, plant, QUARTERS[4], 150_000)
    with transaction(COUNTY):
        actor = person("township_accountant")
        assert release_prepayments(list_waiting(actor, NEXT_YEAR), by=actor, on=NEXT_YEAR) == 150_000
    assert due(later).state is DueStatus.SETTLED
    assert due(due_ids[0]).state is DueStatus.SETTLED
    assert sum(left()) == 1_300_000 - 1_000_001 - 150_000
    assert held_fen(contract_id, IncomeKind.PREPAYMENT_RETURNED) == 1_300_000 - 1_000_001 - 99_999 - 150_000


def test_a_released_receipt_is_reversed_with_everything_it_became(any_app: Flask) -> None:
    store = confirmed()
    contract_id, due_ids = let(store)
    wrong = posted(store, rent(5 * RENT_FEN, contract_id))
    released(NEXT_YEAR)
    checked(corrected(wrong, rent(0, contract_id)), on=NEXT_YEAR)
    assert left() == []
    assert [due(key).open_fen for key in due_ids] == [RENT_FEN] * 5
    assert sum(row.amount_fen for row in list_rows_of(wrong.id)) == 0
    assert sum(row.amount_fen for row in list_distributable(until=NEXT_YEAR)) == 0
    assert {one.amount_fen for one in list_sums([VILLAGE], YEAR)} == {0}


def test_a_deposit_that_was_given_back_cannot_be_corrected_away(any_app: Flask) -> None:
    store = confirmed()
    contract_id, _ = let(store)
    taken = posted(store, rent(500_000, contract_id, kind=IncomeKind.DEPOSIT_TAKEN))
    posted(store, rent(400_000, contract_id, kind=IncomeKind.DEPOSIT_RETURNED))
    with pytest.raises(GivenBack):
        checked(corrected(taken, rent(0, contract_id, kind=IncomeKind.DEPOSIT_TAKEN)))
