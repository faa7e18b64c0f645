"""The task of a quarter counts what is due in it: no arrears, and nothing that waits to be checked."""

from flask import Flask

from registry.clock import start_of, today
from registry.ledger.operation.periods import quarter_of
from registry.permissions import Actor
from registry.workbench.tasks.income import count_demands, count_to_enter, list_to_enter
from registry.workbench.tasks.task import Task
from tests.factories import confirmed, person
from tests.journeys.quarters import last_quarters, this_quarter
from tests.ledger.receipts.receiving import RENT_FEN, entered_receipt, let, rent


def to_enter(app: Flask, clerk: Actor) -> list[Task]:
    """What the inbox says of income to enter."""
    with app.test_request_context():
        return list_to_enter(clerk, 1)


def test_this_quarter_counts_its_own_dues_and_no_arrears(any_app: Flask) -> None:
    let(confirmed(), quarters=(*last_quarters(), *this_quarter()))
    let(confirmed(name="直销门店"), quarters=last_quarters(), operator="石柱电商有限公司")
    clerk = person("village_clerk")
    (row,) = to_enter(any_app, clerk)
    assert (row.subject, row.amount_fen, count_to_enter(clerk)) == ("本季未登记 1 项", RENT_FEN, 1)
    assert row.since == start_of(quarter_of(today()).first)
    assert count_demands(clerk) == 2  # the arrears stand here


def test_arrears_alone_are_nothing_to_enter_this_quarter(any_app: Flask) -> None:
    let(confirmed(), quarters=last_quarters())
    clerk = person("village_clerk")
    assert (to_enter(any_app, clerk), count_to_enter(clerk), count_demands(clerk)) == ([], 0, 1)


def test_what_waits_to_be_checked_covers_arrears_before_this_quarter(any_app: Flask) -> None:
    store = confirmed()
    contract_id, _dues = let(store, quarters=(*last_quarters(), *this_quarter()))
    entered_receipt(store, rent(RENT_FEN, contract_id=contract_id), on=today())
    clerk = person("village_clerk")
    (row,) = to_enter(any_app, clerk)
    assert (row.amount_fen, count_to_enter(clerk)) == (RENT_FEN, 1)
    entered_receipt(store, rent(RENT_FEN, contract_id=contract_id), on=today(), twice=True)
    assert (to_enter(any_app, clerk), count_to_enter(clerk)) == ([], 0)
