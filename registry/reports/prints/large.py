"""Large prints: asked for in a request, made by the worker, with the same figures, events and bytes as any other."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from functools import partial

from sqlalchemy import ColumnElement, Select, func, select

from registry import jobs
from registry.assets.register.cards.models import Asset
from registry.audit.scoped import Wanted, count_done
from registry.database import db, transaction
from registry.disposal.cases.models import DisposalCase
from registry.errors import Forbidden
from registry.jobs import Job, JobKind
from registry.ledger.books.models import Posting
from registry.ledger.distribution.plans.models import PlanLine
from registry.ledger.operation.receipts.models import IncomeRow
from registry.parties.households.models import Household
from registry.permissions import Actor, Permission, may
from registry.regions import code_range
from registry.reports.catalogue import REPORTS, ReportName
from registry.reports.covering import check_region
from registry.reports.holdings import standing
from registry.reports.parameters import NOTHING, Parameters
from registry.reports.prints.queries import Asked, logs_in_range, read_parameters
from registry.reports.prints.services import draw_print, gather, register_print
from registry.reports.progress import heard_by
from registry.reports.trail import edit_log, leaving, reveal_log
from registry.scope import within
from registry.supervision.evaluation.models import EvaluationLine
from registry.supervision.findings.ledger import count_standing

#: A report with more lines than this is left to the worker.
LARGE_PRINT_LINES = 5_000
#: The reports that have a line for each deed, and which deeds.
_OF_TRAIL: dict[ReportName, Callable[[str, Parameters, date], Wanted]] = {
    ReportName.EDIT_LOG: edit_log.wanted_of,
    ReportName.LEAVING: leaving.wanted_of,
    ReportName.REVEALS: reveal_log.wanted_of,
}
#: The reports that have a line for each voucher line of the books.
_LINE_PER_POSTING = frozenset({ReportName.JOURNAL, ReportName.ACCOUNT_LEDGER})

#: The reports of one evaluation: a line for each asset, or for each that is proposed for support.
_EVALUATED = frozenset({ReportName.EVALUATION, ReportName.SUBSIDY_LIST})


def lines_of(asked: Asked, by: Actor) -> int:
    """Return how many lines a report of a unit will have, as far as they grow with what is registered."""
    if asked.report in _OF_TRAIL:
        return count_done(_OF_TRAIL[asked.report](asked.region_code, asked.parameters, asked.on))
    if asked.report is ReportName.FINDINGS:
        return count_standing(asked.region_code, by, asked.on)
    rows = _of_evaluation(asked) if asked.report in _EVALUATED else _counted(asked, by)
    return (db.session.scalar(rows) or 0) if rows is not None else 0


def is_large(asked: Asked, lines: int) -> bool:
    """Say whether a print is left to the worker where there is one: a long one, and a set of ledgers always."""
    return lines > LARGE_PRINT_LINES or asked.report is ReportName.LEDGER_SET


def _of_evaluation(asked: Asked) -> Select[int]:
    rows = select(func.count(EvaluationLine.id)).where(EvaluationLine.evaluation_id == asked.parameters.evaluation_id)
    return rows.where(EvaluationLine.support_order.is_not(None)) if asked.report is ReportName.SUBSIDY_LIST else rows


def _counted(asked: Asked, by: Actor) -> Select[int] | None:
    """Count what a report has a line for; the others are short however many they add up."""
    if asked.report is ReportName.LEDGER:
        return select(func.count(Asset.id)).where(*standing(asked.region_code, by, asked.on))
    year = (date(asked.on.year, 1, 1), asked.on)
    if asked.report is ReportName.INCOME:
        return select(func.count(IncomeRow.id)).where(
            *_inside(IncomeRow, asked, by), IncomeRow.received_on.between(*year)
        )
    if asked.report is ReportName.DISPOSAL_REGISTER:
        done = DisposalCase.done_on.between(*year)
        return select(func.count(DisposalCase.id)).where(*_inside(DisposalCase, asked, by), done)
    if asked.report in _LINE_PER_POSTING:
        return select(func.count(Posting.id)).where(*_inside(Posting, asked, by), Posting.booked_on.between(*year))
    if asked.report is ReportName.HOUSEHOLD_STATEMENTS:
        lines = select(func.count(PlanLine.id)).join(Household, Household.id == PlanLine.household_id)
        return lines.where(*_inside(Household, asked, by))
    return None


def _inside(
    model: type[IncomeRow] | type[Posting] | type[Household] | type[DisposalCase], asked: Asked, by: Actor
) -> tuple[ColumnElement[bool], ...]:
    return within(model, by, Permission.PRINT), model.region_code.between(*code_range(asked.region_code))


def ask_print(asked: Asked, lines: int, *, by: Actor, verify_at: str) -> Job:
    """Write down the job of a report of a unit, in the running transaction.

    ``verify_at`` is where the paper sends its reader, up to the serial.
    """
    check_printer(asked, by)
    told = [asked.report.value, asked.on.isoformat(), verify_at, asdict(asked.parameters)]
    return jobs.ask(
        JobKind.PRINT, user_id=by.id or 0, region_code=asked.region_code, argument=json.dumps(told), total=lines
    )


def check_printer(asked: Asked, by: Actor) -> None:
    """Raise Forbidden or Missing unless a person may print this report of this unit."""
    if not may(by, REPORTS[asked.report].permission):
        raise Forbidden
    check_region(asked.region_code, by)


def print_job(job_id: int, *, by: Actor, is_stopping: Callable[[], bool]) -> None:
    """Make the print of a job; one that was recorded before is only drawn. Raises Forbidden, Missing."""
    job = jobs.get_job(job_id, JobKind.PRINT, by.id)
    serial = job.result or _register(job, by)
    if is_stopping():
        return
    with heard_by(partial(_advance, job_id, by)):
        draw_print(serial, by=by)
    with transaction():
        job = jobs.get_job(job_id, JobKind.PRINT, by.id)
        jobs.finish(job)
        job.done = job.total


def _advance(job_id: int, by: Actor, done: int, of: int) -> None:
    """Write down how far a print of several ledgers is."""
    with transaction():
        job = jobs.get_job(job_id, JobKind.PRINT, by.id)
        job.done, job.total = done, of


def asked_for(job: Job) -> ReportName:
    """Return which report a job prints."""
    return ReportName(json.loads(job.argument)[0])


def _register(job: Job, by: Actor) -> str:
    """Record the print and, in the same transaction, that the job has it: it is recorded once however often begun."""
    job_id = job.id
    report, day, verify_at, *more = json.loads(job.argument)
    parameters = read_parameters(more[0]) if more else NOTHING
    asked = Asked(ReportName(report), job.region_code, date.fromisoformat(day), parameters)
    check_printer(asked, by)
    with heard_by(partial(_advance, job_id, by)):
        gathered = gather(asked, by=by)
    with transaction(*logs_in_range(asked.region_code)):
        job = jobs.get_job(job_id, JobKind.PRINT, by.id)
        if not job.result:
            job.result = register_print(gathered, by=by, address=lambda serial: f"{verify_at}{serial}")
        return job.result
