"""Papers of supervision and of the auditor's desk, each printed by whoever hands it out, of what happened before."""

from collections.abc import Callable
from dataclasses import dataclass

from registry.clock import today
from registry.database import transaction
from registry.ledger.books.rules import month_of
from registry.parties.households.services import reveal_household
from registry.reports.catalogue import ReportName
from registry.reports.parameters import NOTHING, Parameters
from registry.reports.prints.models import Print
from registry.supervision.periods.rules import PeriodKind, period_of
from tests.factories import COUNTY, TOWNSHIP, VILLAGE, confirmed, person
from tests.ledger.books.keeping import book_of, posted
from tests.ledger.rolls.people import on_roll
from tests.reports.printing import asked, printed
from tests.supervision.evaluation.scoring import split_over, supported_one
from tests.supervision.findings.finding import entered, over
from tests.supervision.sampling.test_sampling import drawn


@dataclass(frozen=True)
class Wanted:
    """Who prints a paper, of which unit, after what; which returns what else the paper is asked for."""

    by: str
    region_code: str
    before: Callable[[], Parameters]


def _found() -> Parameters:
    over()
    entered()
    return NOTHING


def _evaluated() -> Parameters:
    evaluation_id = supported_one()
    split_over(evaluation_id, 1_000_000)
    return Parameters(evaluation_id=evaluation_id)


def _looked_at() -> Parameters:
    household_id, by = on_roll(), person("township_supervisor")
    with transaction(VILLAGE):
        reveal_household(household_id, reason="核对身份证", by=by)
    return NOTHING


def _posted() -> Parameters:
    posted(book_of().id)
    return NOTHING


def _this_month() -> Parameters:
    _found()
    return Parameters(period=period_of(month_of(today()), PeriodKind.MONTH).name)


def _left() -> Parameters:
    return Parameters(person_id=person("township_clerk").id or 0, since="2026-01-01")


WANTED: dict[ReportName, Wanted] = {
    ReportName.FINDINGS: Wanted("township_clerk", TOWNSHIP, _found),
    ReportName.BOARD: Wanted("township_clerk", TOWNSHIP, _found),
    ReportName.SAMPLE_SHEET: Wanted("auditor", COUNTY, lambda: Parameters(sample_id=drawn())),
    ReportName.EVALUATION: Wanted("county_clerk", COUNTY, _evaluated),
    ReportName.SUBSIDY_LIST: Wanted("county_clerk", COUNTY, _evaluated),
    ReportName.EDIT_LOG: Wanted("auditor", TOWNSHIP, lambda: NOTHING),
    ReportName.LEAVING: Wanted("auditor", TOWNSHIP, _left),
    ReportName.REVEALS: Wanted("auditor", TOWNSHIP, _looked_at),
    ReportName.PERIOD_TABLES: Wanted("township_clerk", TOWNSHIP, _this_month),
    ReportName.BOOKS_THEN: Wanted("auditor", VILLAGE, _posted),
}


def watched(report: ReportName) -> Print:
    """Print one of these papers; events are of the machine's day, whatever the day of the tests."""
    wanted = WANTED[report]
    confirmed(name="产业路灯")
    told = wanted.before()
    return printed(asked(report, wanted.region_code, parameters=told, on=today()), wanted.by)
