"""What a month counts of supervision: notices and objections, warnings, findings."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from registry.approvals.notices.models import Notice, Objection, ObjectionAnswer
from registry.approvals.notices.rules import NoticeState
from registry.assets.register.amendments.past import end_of
from registry.database import db
from registry.supervision.findings.models import Finding, FindingStep
from registry.supervision.findings.rules import FindingStatus, Step
from registry.supervision.periods.assets import open_warnings
from registry.supervision.periods.counted import Area, Count, counts
from registry.supervision.warnings.models import RiskWarning

_NOTICE = (Notice.region_code, Notice.sector, Notice.kind)
_WARNING = (RiskWarning.region_code, RiskWarning.sector, RiskWarning.severity)
_FINDING = (Finding.region_code, Finding.sector, Finding.source)
#: Last steps after which the unit that mends has a finding.
_TO_MEND = (Step.ENTERED.value, Step.SENT_BACK.value)


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def posted(area: Area, on: date) -> Iterator[Count]:
    """Count notices posted, ended in time, taken down early and still hanging."""
    ended = Notice.ended_on <= on
    rows: Any = select(
        *_NOTICE, func.count(), _how_many(and_(ended, Notice.state == NoticeState.CLOSED.value)),
        _how_many(and_(ended, Notice.state == NoticeState.TAKEN_DOWN.value)),
        _how_many(or_(Notice.ended_on.is_(None), Notice.ended_on > on)),
    ).where(area.holds(Notice.region_code), Notice.starts_on <= on)  # fmt: skip
    columns = ("posted", "finished", "short", "hanging")
    return counts("notice", columns, db.session.execute(rows.group_by(*_NOTICE)))


def objected(area: Area, on: date) -> Iterator[Count]:
    """Count objections, and those nobody had answered by the end of a day."""
    heard = exists().where(ObjectionAnswer.objection_id == Objection.id, ObjectionAnswer.answered_on <= on)
    rows: Any = (
        select(*_NOTICE, func.count(), _how_many(~heard))
        .join(Objection, Objection.notice_id == Notice.id)
        .where(area.holds(Notice.region_code), Objection.raised_at < end_of(on))
    )
    return counts("notice", ("objections", "open"), db.session.execute(rows.group_by(*_NOTICE)))


def answered(area: Area, on: date) -> Iterator[Count]:
    """Count answers, of every level."""
    rows: Any = (
        select(*_NOTICE, func.count())
        .join(Objection, Objection.notice_id == Notice.id)
        .join(ObjectionAnswer, ObjectionAnswer.objection_id == Objection.id)
        .where(area.holds(Notice.region_code), ObjectionAnswer.answered_on <= on)
    )
    return counts("notice", ("answered",), db.session.execute(rows.group_by(*_NOTICE)))


def warned(area: Area, on: date) -> Iterator[Count]:
    """Count warnings that arose, that are gone and that stood at the end of a day."""
    moment = end_of(on)
    rows: Any = select(
        *_WARNING, func.count(), _how_many(RiskWarning.closed_at < moment), _how_many(and_(*open_warnings(on)))
    ).where(area.holds(RiskWarning.region_code), RiskWarning.opened_at < moment)
    return counts("warning", ("arisen", "gone", "open"), db.session.execute(rows.group_by(*_WARNING)))


def found(area: Area, on: date) -> Iterator[Count]:
    """Count findings: entered, come back, checked off; at the end of a day not checked off, and late."""
    over = and_(Finding.status == FindingStatus.CHECKED_OFF.value, Finding.checked_on <= on)
    last = (
        select(FindingStep.kind)
        .where(FindingStep.finding_id == Finding.id, FindingStep.stepped_on <= on)
        .order_by(FindingStep.id.desc())
        .limit(1)
        .correlate(Finding)
        .scalar_subquery()
    )
    late = and_(~over, Finding.due_on < on, func.coalesce(last, Step.ENTERED.value).in_(_TO_MEND))
    is_open = or_(Finding.status != FindingStatus.CHECKED_OFF.value, Finding.checked_on > on)
    rows: Any = select(
        *_FINDING, func.count(), _how_many(Finding.recurs_id.is_not(None)), _how_many(over), _how_many(is_open),
        _how_many(and_(is_open, late)),
    ).where(area.holds(Finding.region_code), Finding.found_on <= on)  # fmt: skip
    return counts(
        "finding", ("found", "recurred", "over", "open", "late"), db.session.execute(rows.group_by(*_FINDING))
    )
