"""What the gates of a case answered, as it was kept."""

from collections.abc import Mapping

from sqlalchemy import select

from registry.audit.canonical import decode
from registry.database import db
from registry.disposal.gates.kinds import Answer, Asked, Gate, GateOutcome, Moment
from registry.disposal.gates.models import GateAnswers


def list_asked(case_id: int) -> list[GateAnswers]:
    """Return every time the gates of a case were asked, the oldest first."""
    rows = select(GateAnswers).where(GateAnswers.case_id == case_id)
    return list(db.session.scalars(rows.order_by(GateAnswers.id)))


def find_asked(case_id: int, moment: Moment) -> GateAnswers | None:
    """Return the last time the gates of a case were asked at a moment."""
    rows = select(GateAnswers).where(GateAnswers.case_id == case_id, GateAnswers.moment == moment.value)
    return db.session.scalar(rows.order_by(GateAnswers.id.desc()).limit(1))


def answers_of(row: GateAnswers) -> tuple[Asked, ...]:
    """Read kept answers back."""
    found = decode(row.answers)
    return tuple(_read(one) for one in found if isinstance(one, dict)) if isinstance(found, list) else ()


def _read(one: Mapping[str, object]) -> Asked:
    params = one["params"]
    said = {str(key): str(value) for key, value in params.items()} if isinstance(params, dict) else {}
    answer = Answer(GateOutcome(str(one["outcome"])), str(one["said"]), said)
    return Asked(Gate(str(one["gate"])), answer, bool(one["blocks"]), bool(one["blocks_later"]))
