"""Questions about what follows of an evaluation: who is supported, and what has to be mended."""

from sqlalchemy import Select, func, select

from registry.database import db
from registry.permissions import Actor, Permission
from registry.scope import within
from registry.supervision.evaluation.models import EvaluationLine
from registry.supervision.findings.models import Finding

_READ = Permission.ASSET_READ


def _supported(evaluation_id: int, actor: Actor) -> Select[EvaluationLine]:
    return select(EvaluationLine).where(
        EvaluationLine.evaluation_id == evaluation_id, EvaluationLine.support_order.is_not(None),
        within(EvaluationLine, actor, _READ),
    )  # fmt: skip


def list_supported(
    evaluation_id: int, actor: Actor, *, after: int = 0, limit: int | None = None
) -> list[EvaluationLine]:  # fmt: skip
    """Return the lines proposed for support after a place, in the proposed order; one more than a page, or all."""
    rows = _supported(evaluation_id, actor).where(EvaluationLine.support_order > after)
    rows = rows if limit is None else rows.limit(limit + 1)
    return list(db.session.scalars(rows.order_by(EvaluationLine.support_order)))


def count_supported(evaluation_id: int, actor: Actor) -> int:
    """Return how many lines within reach are proposed for support."""
    rows = _supported(evaluation_id, actor).with_only_columns(func.count(), maintain_column_froms=True)
    return int(db.session.scalar(rows) or 0)


def list_to_mend(
    evaluation_id: int, actor: Actor, *, after: int = 0, limit: int | None = None
) -> list[tuple[EvaluationLine, Finding]]:
    """Return the lines that led to a finding, by unit, with how far that has come; one more than a page, or all."""
    rows = (
        select(EvaluationLine, Finding)
        .join(Finding, Finding.id == EvaluationLine.finding_id)
        .where(
            EvaluationLine.evaluation_id == evaluation_id, EvaluationLine.id > after,
            within(EvaluationLine, actor, _READ),
        )
    )  # fmt: skip
    rows = rows if limit is None else rows.limit(limit + 1)
    return [(line, finding) for line, finding in db.session.execute(rows.order_by(EvaluationLine.id))]
