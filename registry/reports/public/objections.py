"""The objections to a unit's notices as anybody may read them: what kind, how it stands, what was answered."""

from datetime import date

from sqlalchemy import select

from registry.approvals.notices.models import Notice, Objection, ObjectionAnswer
from registry.approvals.notices.objecting import state_on, waits_for_answer
from registry.approvals.notices.queries import list_answers, titles_of, unsealed
from registry.clock import local
from registry.database import db
from registry.reports.public.figures import PublicAnswer, PublicObjection
from registry.reports.public.rules import PUBLIC_NOTICES, public_text

MOST_SHOWN = 20


def list_public_objections(region_code: str, on: date, limit: int = MOST_SHOWN) -> tuple[PublicObjection, ...]:
    """Return the latest objections to notices of a unit that count, without who objected and in what words."""
    hung = select(Notice.id).where(
        Notice.region_code == region_code, Notice.state.in_([state.value for state in PUBLIC_NOTICES])
    )
    rows = select(Objection).where(Objection.region_code == region_code, Objection.notice_id.in_(hung))
    found = list(db.session.scalars(rows.order_by(Objection.id.desc()).limit(limit)))
    titles, answers = titles_of({row.notice_id for row in found}), list_answers([row.id for row in found])
    return tuple(_public(row, titles[row.notice_id], answers, on) for row in found)


def _public(row: Objection, title: str, answers: list[ObjectionAnswer], on: date) -> PublicObjection:
    state = state_on(row.objection_state, row.pass_on_until, on)
    whole = unsealed(row)
    own = [one for one in answers if one.objection_id == row.id]
    return PublicObjection(
        notice_id=row.notice_id,
        notice_title=title,
        ground=row.objection_ground.label,
        raised_on=local(row.raised_at).date(),
        state=state.label,
        due_on=row.due_on,
        is_open=waits_for_answer(state),
        answers=tuple(_answer(one, (whole.name, whole.contact)) for one in own),
    )


def _answer(row: ObjectionAnswer, secrets: tuple[str, ...]) -> PublicAnswer:
    return PublicAnswer(row.at_level.label, row.outcome.label, public_text(row.text, secrets), row.answered_on)
