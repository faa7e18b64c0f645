"""What became of a request about a disposal: of the case itself, or of a price that was decided on again."""

from datetime import date

from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.states import StepStatus
from registry.disposal.cases.opening import TABLE
from registry.disposal.prices.services import follow_price
from registry.disposal.procedure.submitting import check_decision, follow_disposal
from registry.permissions import Actor
from registry.policy.rules import Policy


def follow_disposal_request(request: ApprovalRequest, /, *, by: Actor, on: date, policy: Policy) -> None:
    """Bring a case, or its price, in line with its request."""
    follow = follow_disposal if request.case_table == TABLE else follow_price
    follow(request, by=by, on=on, policy=policy)


def check_before_agreeing(request: ApprovalRequest, /, *, by: Actor, on: date, policy: Policy) -> None:
    """Ask every gate again before somebody agrees. Raises GateClosed."""
    if request.case_table != TABLE:
        return
    position = next((step.position for step in request.steps if step.state is StepStatus.CURRENT), None)
    check_decision(request, by=by, on=on, policy=policy, position=position)
