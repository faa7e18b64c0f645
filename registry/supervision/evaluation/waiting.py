"""What waits for whom in an evaluation."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, or_, select

from registry.approvals.notices.models import Notice, Objection
from registry.approvals.notices.queries import still_open
from registry.approvals.notices.rules import NoticeState
from registry.counting import count_up_to
from registry.database import db
from registry.permissions import Actor, Permission
from registry.scope import within
from registry.supervision.evaluation.models import Evaluation, EvaluationLine, EvaluationScore
from registry.supervision.evaluation.queries import TABLE
from registry.supervision.evaluation.rules import EvaluationStatus

_P, _S = Permission, EvaluationStatus


def _of(status: EvaluationStatus, actor: Actor, permission: Permission) -> Select[Evaluation]:
    return select(Evaluation).where(Evaluation.status == status.value, within(Evaluation, actor, permission))


def _list(rows: Select[Evaluation], limit: int) -> Sequence[Evaluation]:
    return list(db.session.scalars(rows.order_by(Evaluation.id).limit(limit)))


def _count(rows: Select[Evaluation], most: int) -> int:
    return count_up_to(rows.with_only_columns(Evaluation.id), most)


def list_to_score(actor: Actor, limit: int) -> Sequence[Evaluation]:
    """Return evaluations that the county's clerk has to bring to the second person."""
    return _list(_of(_S.SCORING, actor, _P.EVALUATION_ENTER), limit)


def count_to_score(actor: Actor, most: int) -> int:
    """Return how many evaluations are being scored."""
    return _count(_of(_S.SCORING, actor, _P.EVALUATION_ENTER), most)


def _to_ask() -> ColumnElement[bool]:
    return EvaluationLine.waiting > 0


def _of_experts(actor: Actor) -> Select[Evaluation]:
    """Evaluations of the county in which specialised assets of one's own township wait for an expert."""
    waits = exists().where(
        EvaluationLine.evaluation_id == Evaluation.id, _to_ask(), EvaluationLine.is_special.is_(True),
        within(EvaluationLine, actor, _P.EVALUATION_ENTER),
    )  # fmt: skip
    own = within(Evaluation, actor, _P.EVALUATION_ENTER)
    return select(Evaluation).where(Evaluation.status == _S.SCORING.value, waits, ~own)


def list_of_experts(actor: Actor, limit: int) -> Sequence[Evaluation]:
    """Return evaluations for which this township has to ask an expert."""
    return _list(_of_experts(actor), limit)


def count_of_experts(actor: Actor, most: int) -> int:
    """Return for how many evaluations this township has to ask an expert."""
    return _count(_of_experts(actor), most)


def _appealed() -> ColumnElement[bool]:
    return Evaluation.status == _S.APPEALED.value


def _sent_back(actor: Actor) -> Select[Evaluation]:
    """Evaluations whose appeals were sent back, and scored no further since: a new score empties the opinion."""
    return select(Evaluation).where(
        _appealed(), Evaluation.opinion != "", within(Evaluation, actor, _P.EVALUATION_ENTER)
    )  # fmt: skip


def list_sent_back(actor: Actor, limit: int) -> Sequence[Evaluation]:
    """Return evaluations whose appeals the county's clerk has to score anew."""
    return _list(_sent_back(actor), limit)


def count_sent_back(actor: Actor, most: int) -> int:
    """Return in how many evaluations appeals were sent back."""
    return _count(_sent_back(actor), most)


def _to_confirm(actor: Actor) -> Select[Evaluation]:
    scored = exists().where(EvaluationScore.evaluation_id == Evaluation.id, EvaluationScore.by_id == actor.id)
    return select(Evaluation).where(
        or_(Evaluation.status == _S.SUBMITTED.value, and_(_appealed(), Evaluation.opinion == "")), ~scored,
        within(Evaluation, actor, _P.EVALUATION_CONFIRM),
        Evaluation.opened_by_id.is_distinct_from(actor.id), Evaluation.submitted_by_id.is_distinct_from(actor.id),
    )  # fmt: skip


def list_to_confirm(actor: Actor, limit: int) -> Sequence[Evaluation]:
    """Return evaluations, or what was re-scored in them, that this person may confirm."""
    return _list(_to_confirm(actor), limit)


def count_to_confirm(actor: Actor, most: int) -> int:
    """Return how many evaluations this person may confirm."""
    return _count(_to_confirm(actor), most)


def _posted() -> ColumnElement[bool]:
    """Say of which evaluations the confirmed results hang, or have hung."""
    # The digest says nothing of the year: two years may have the same assets with the same points.
    own = and_(Notice.case_table == TABLE, Notice.case_id == cast(Evaluation.id, String))
    return and_(own, Notice.content_digest == Evaluation.digest, Notice.state != NoticeState.TAKEN_DOWN.value)


def _to_post(actor: Actor) -> Select[Evaluation]:
    return _of(_S.CONFIRMED, actor, _P.EVALUATION_ENTER).where(~exists().where(_posted()))


def list_to_post(actor: Actor, limit: int) -> Sequence[Evaluation]:
    """Return confirmed evaluations whose results are to be published."""
    return _list(_to_post(actor), limit)


def count_to_post(actor: Actor, most: int) -> int:
    """Return how many evaluations wait for their notice."""
    return _count(_to_post(actor), most)


def _to_conclude(actor: Actor, on: date) -> Select[Evaluation]:
    objected = exists().where(Objection.notice_id == Notice.id, still_open(on))
    hung = exists().where(_posted(), Notice.ends_on <= on, ~objected)
    return _of(_S.CONFIRMED, actor, _P.EVALUATION_CONFIRM).where(hung)


def list_to_conclude(actor: Actor, on: date, limit: int) -> Sequence[Evaluation]:
    """Return evaluations whose notice has hung its days, with no objection to it open."""
    return _list(_to_conclude(actor, on), limit)


def count_to_conclude(actor: Actor, on: date, most: int) -> int:
    """Return how many evaluations may be concluded."""
    return _count(_to_conclude(actor, on), most)
