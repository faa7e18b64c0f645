"""Keeping what the gates answered, and stopping a case that one of them stops."""

from collections.abc import Sequence

from registry.approvals.requests.services import signature
from registry.audit.canonical import JsonValue, encode
from registry.clock import now
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.disposal.gates.kinds import Asked, GateOutcome, Moment
from registry.disposal.gates.models import GateAnswers
from registry.disposal.gates.questions import blocking
from registry.disposal.refusals import GateClosed
from registry.errors import refuse_all
from registry.permissions import Actor


def check_gates(asked: Sequence[Asked]) -> None:
    """Raise GateClosed, everything that stops the case told at once."""
    refuse_all(refusal_of(one) for one in blocking(asked))


def refusal_of(asked: Asked) -> GateClosed:
    """Return the refusal of a gate, with the gate as its field."""
    said = asked.answer.said % asked.answer.params if asked.answer.params else asked.answer.said
    return GateClosed(field=asked.gate.value.lower(), gate=asked.gate.label, said=said)


def keep_answers(
    case: DisposalCase,
    asked: Sequence[Asked],
    moment: Moment,
    *,
    by: Actor,
    digest: str = "",
    position: int | None = None,
) -> GateAnswers:
    """Keep what the gates answered at a moment, for the dossier; the deed that asked records it."""
    counts = {outcome: sum(one.outcome is outcome for one in asked) for outcome in GateOutcome}
    row = GateAnswers(
        case_id=case.id, region_code=case.region_code, moment=moment.value,
        answers=encode([_plain(one) for one in asked]), passed=counts[GateOutcome.PASSED],
        arranged=counts[GateOutcome.ARRANGED], failed=counts[GateOutcome.FAILED], position=position,
        content_digest=digest, asked_by_id=by.id, asked_by_text=signature(by), asked_at=now(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def _plain(asked: Asked) -> JsonValue:
    params: dict[str, JsonValue] = {**asked.answer.params}
    return {
        "gate": asked.gate.value,
        "outcome": asked.outcome.value,
        "blocks": asked.blocks,
        "blocks_later": asked.blocks_later,
        "said": asked.answer.said,
        "params": params,
    }
