"""A hand-over of an asset submitted for agreement, and what the people of the test county say of it."""

from datetime import date

from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.queries import find_request
from registry.approvals.requests.rules import InterestedPerson
from registry.approvals.requests.services import Application, Decision, decide, resubmit_request, submit_request
from registry.approvals.requests.states import Outcome, Verdict
from registry.audit.events import Thing
from registry.database import db, transaction
from registry.kinds import Category, OwnerKind, Subject, TitleDeed
from registry.permissions import Role, system_actor
from registry.policy.procedures import Circumstances
from registry.policy.queries import policy_for
from tests.factories import MUNICIPALITY, TODAY, VILLAGE, add_person, person

CASE = Thing("asset", "1", VILLAGE)
HAND_OVER = Circumstances(Subject.TITLE, TitleDeed.HAND_OVER, Category.OPERATING, OwnerKind.VILLAGE_COLLECTIVE)


def application(
    content: str = "甲", circumstances: Circumstances = HAND_OVER, interested: tuple[InterestedPerson, ...] = ()
) -> Application:
    """What is submitted."""
    return Application(
        circumstances, VILLAGE, CASE, "移交：中益冷链仓库", {"what": content}, (VILLAGE,), None, interested, 100
    )


def submitted(by: str = "village_clerk", on: date = TODAY, **changes: object) -> int:
    """Submit it and return the request's number."""
    with transaction(VILLAGE):
        request = submit_request(application(**changes), by=person(by), on=on, policy=policy_for(VILLAGE, on))  # type: ignore[arg-type]
    return request.id


def again(request_id: int, content: str, by: str = "village_clerk", on: date = TODAY) -> None:
    """Submit it again."""
    with transaction(VILLAGE):
        request = db.session.get_one(ApprovalRequest, request_id)
        resubmit_request(request, application(content), by=person(by), on=on, policy=policy_for(VILLAGE, on))


def said(
    request_id: int, by: str, verdict: Verdict = Verdict.AGREE, opinion: str = "同意。", on: date = TODAY
) -> Outcome:
    """Let somebody decide on it as it stands."""
    with transaction(VILLAGE):
        request = db.session.get_one(ApprovalRequest, request_id)
        decision = Decision(verdict, opinion, request.content_digest, request.version_id, "移交清单")
        return decide(request, decision, by=person(by), on=on, policy=policy_for(VILLAGE, on))


def now_of(request_id: int) -> ApprovalRequest:
    """The request as it stands."""
    db.session.rollback()
    return db.session.get_one(ApprovalRequest, request_id)


def one_more(username: str, role: Role, seat: str) -> None:
    """Seat another person."""
    with transaction(MUNICIPALITY, seat):
        add_person(username, role, seat, system_actor(MUNICIPALITY))


def of_case() -> ApprovalRequest | None:
    """The newest request of the case."""
    db.session.rollback()
    return find_request(CASE.table, CASE.id)
