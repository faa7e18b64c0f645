"""Statements of households: what one got and lost in a year, and all those of a village in one print."""

from datetime import date

import pytest
from flask import Flask

from registry.errors import Missing
from registry.reports import household_statement, statement_batch
from registry.reports.household_statement import is_of_year
from registry.reports.paper.imprint import figures_text
from registry.reports.parameters import NOTHING, Parameters
from registry.reports.payments import Payment
from registry.reports.statement_batch import NoStatements
from tests.factories import TODAY, TOWNSHIP, VILLAGE, person
from tests.ledger.books.keeping import CLERK
from tests.ledger.payout.paying import ordered, paid, released
from tests.ledger.plans.planning import agreed, drafted, end_entitlement, income
from tests.ledger.rolls.people import number, on_roll


def test_a_statement_says_what_the_household_got_and_what_it_lost(any_app: Flask) -> None:
    income()
    household_id = on_roll(1)
    on_roll(2)
    end_entitlement(household_id, date(2026, 4, 1))
    paid(released(ordered(agreed(drafted()))))
    figures = household_statement.collect(
        VILLAGE, Parameters(household_id=household_id), actor=person(CLERK), on=TODAY
    )  # fmt: skip
    by_use = {line.use: line for line in figures.lines}
    relief = by_use["帮扶分红"]
    assert relief.months == "3/11"
    assert relief.withheld_fen > 0
    assert relief.paid_fen == relief.allotted_fen
    assert relief.paid_on == TODAY.isoformat()
    assert by_use["成员分红"].withheld_fen == 0
    assert len(figures.words) == 2
    assert number(1) not in figures_text(figures)
    with pytest.raises(Missing):
        household_statement.collect(
            VILLAGE, Parameters(household_id=household_id), actor=person("sibling_clerk"), on=TODAY
        )


def test_the_statements_of_a_village_are_those_of_its_households_that_got_something(any_app: Flask) -> None:
    with pytest.raises(NoStatements):
        statement_batch.collect(VILLAGE, NOTHING, actor=person(CLERK), on=TODAY)
    income()
    ids = [on_roll(1), on_roll(2)]
    paid(released(ordered(agreed(drafted()))))
    on_roll(3)
    batch = statement_batch.collect(VILLAGE, NOTHING, actor=person(CLERK), on=TODAY)
    assert batch.statements == tuple(
        household_statement.collect(VILLAGE, Parameters(household_id=one), actor=person(CLERK), on=TODAY) for one in ids
    )
    assert statement_batch.collect(TOWNSHIP, NOTHING, actor=person("township_clerk"), on=TODAY).statements
    with pytest.raises(Missing):
        statement_batch.collect(VILLAGE, NOTHING, actor=person("sibling_clerk"), on=TODAY)


@pytest.mark.parametrize(
    ("agreed_on", "paid_on", "on", "stands"),
    [
        (date(2026, 3, 10), "2026-03-24", date(2026, 11, 1), True),
        (date(2026, 3, 10), "", date(2026, 3, 10), True),
        (date(2026, 3, 10), "", date(2026, 3, 9), False),
        (date(2026, 3, 10), "2027-01-15", date(2027, 2, 1), True),
        (date(2026, 3, 10), "2026-03-24", date(2027, 2, 1), False),
        (None, "", date(2026, 11, 1), False),
    ],
)  # fmt: skip
def test_a_statement_of_a_year_holds_what_was_agreed_to_or_paid_in_it(
    agreed_on: date | None, paid_on: str, on: date, stands: bool
) -> None:
    assert is_of_year(agreed_on, Payment(paid_on=paid_on), on) is stands
