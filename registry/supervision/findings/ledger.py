"""How the findings of a unit stood on a day: read from their steps, so that a ledger of the past stays what it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, func, or_, select

from registry.database import db
from registry.errors import Invalid
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.scope import within
from registry.supervision.findings.models import Finding, FindingStep
from registry.supervision.findings.queries import list_steps
from registry.supervision.findings.rules import FindingStatus, Step, is_overdue
from registry.text import N_

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


class TooManyFindings(Invalid):
    """A ledger says how many there are, so that it holds all of them or is not made."""

    message = N_("共 %(count)s 个问题，超过一份台账能列出的 %(most)s 个。请分单位打印。")


def count_standing(region_code: str, actor: Actor, on: date) -> int:
    """Return how many findings the ledger of a day holds. Raises TooManyFindings."""
    rows = select(func.count(Finding.id)).where(*_conditions(region_code, actor, on))
    count = db.session.scalar(rows) or 0
    if count > MOST_FINDINGS:
        raise TooManyFindings(count=f"{count:,}", most=f"{MOST_FINDINGS:,}", field="region_code")
    return count


def _conditions(region_code: str, actor: Actor, on: date) -> tuple[ColumnElement[bool], ...]:
    """What was entered by the day: what is entered later belongs to later ledgers, whenever it was found."""
    begin = date(on.year, 1, 1)
    entered = exists().where(
        FindingStep.finding_id == Finding.id, FindingStep.kind == Step.ENTERED.value, FindingStep.stepped_on <= on
    )
    return (
        within(Finding, actor, Permission.PRINT), Finding.region_code.between(*code_range(region_code)), entered,
        or_(
            Finding.found_on >= begin, Finding.status != FindingStatus.CHECKED_OFF.value, Finding.checked_on >= begin
        ),
    )  # fmt: skip


def standing_on(region_code: str, actor: Actor, on: date) -> list[Standing]:
    """Return what was found in the year up to a day and what was not checked off when the year began, as it stood.

    Raises TooManyFindings.
    """
    count_standing(region_code, actor, on)
    rows = select(Finding).where(*_conditions(region_code, actor, on))
    found = list(db.session.scalars(rows.order_by(Finding.id)))
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
