"""Deciding many lines of a case at once: one deed in the trail, whatever their number."""

from collections.abc import Collection, Sequence

from registry.audit.actions import Action
from registry.audit.services import record
from registry.disposal.cases.models import DisposalCase, DisposalLine
from registry.disposal.cases.opening import check_editable, check_free
from registry.disposal.cases.queries import list_lines
from registry.disposal.kinds import LineDecision
from registry.disposal.refusals import NothingChosen, ReasonMissing
from registry.permissions import Actor


def chosen_lines(case: DisposalCase, ticked: Collection[str], *, whole: bool) -> list[DisposalLine]:
    """Return the lines that were ticked, or all of the case. Raises NothingChosen."""
    lines = [line for line in list_lines(case.id) if whole or str(line.id) in ticked]
    if not lines:
        raise NothingChosen(field="whole")
    return lines


def decide_lines(
    case: DisposalCase, lines: Sequence[DisposalLine], decision: LineDecision, reason: str, *, by: Actor
) -> None:
    """Take these assets in, each as much of it as was said before, or leave them out with the reason."""
    check_editable(case)
    if decision is LineDecision.LEFT_OUT and not reason.strip():
        raise ReasonMissing(field="reason")
    if decision is LineDecision.TAKEN:
        check_free([line.asset for line in lines], besides=case.id)
    for line in lines:
        line.decision, line.reason = decision.value, reason.strip() if decision is LineDecision.LEFT_OUT else ""
    record(Action.DISPOSAL_CHANGED, case, by=by, reason=reason.strip())
