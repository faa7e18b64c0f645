"""How the findings of a unit stood on a day: read from their steps, so that a ledger of the past stays what it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from registry.database import db
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.scope import within
from registry.supervision.findings.models import Finding, FindingStep
from registry.supervision.findings.queries import list_steps
from registry.supervision.findings.rules import FindingStatus, Step, is_overdue

MOST_FINDINGS = 20_000


@dataclass(frozen=True)
class Standing:
    """A finding as it stood on a day."""

    row: Finding
    status: FindingStatus
    is_late: bool
    report: str
    reported_on: date | None
    checker: str
    checked_on: date | None


def standing_on(region_code: str, actor: Actor, on: date) -> list[Standing]:
    """Return what was found in the year up to a day and what was not checked off when the year began, as it stood."""
    begin = date(on.year, 1, 1)
    rows = select(Finding).where(
        within(Finding, actor, Permission.PRINT),
        Finding.region_code.between(*code_range(region_code)),
        Finding.found_on <= on,
        or_(
            Finding.found_on >= begin,
            Finding.status != FindingStatus.CHECKED_OFF.value,
            Finding.checked_on >= begin,
        ),
    )
    found = list(db.session.scalars(rows.order_by(Finding.id).limit(MOST_FINDINGS)))
    taken: dict[int, list[FindingStep]] = {}
    for step in list_steps([one.id for one in found]):
        if step.stepped_on <= on:
            taken.setdefault(step.finding_id, []).append(step)
    return [_standing(one, taken.get(one.id, []), on) for one in found]


def _standing(row: Finding, steps: Sequence[FindingStep], on: date) -> Standing:
    last = steps[-1].about if steps else Step.ENTERED
    status = FindingStatus.OPEN if last is Step.ENTERED else FindingStatus(last.value)
    report = next((step for step in reversed(steps) if step.about is Step.REPORTED), None)
    checked = steps[-1] if last is Step.CHECKED_OFF else None
    return Standing(
        row, status, is_overdue(status, row.due_on, on), report.words if report else "",
        report.stepped_on if report else None, checked.by_text if checked else "",
        checked.stepped_on if checked else None,
    )  # fmt: skip
