"""Appointing persons to public posts: proposed by the village, approved by request, left or ended."""

from datetime import date
from uuid import uuid4

from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.rules import Capacity, InterestedPerson
from registry.approvals.requests.services import Application, mark_executed, submit_request
from registry.approvals.requests.states import RequestStatus
from registry.assets.custody.posts.models import PublicPost
from registry.assets.custody.posts.queries import find_holder, post_of_request
from registry.assets.custody.posts.rules import NotInOffice, NotProposed, PostFacts, PostStatus, check_post
from registry.assets.register.amendments.services import signature
from registry.audit.actions import Action
from registry.audit.canonical import JsonValue
from registry.audit.services import record, thing_of
from registry.clock import now
from registry.database import db
from registry.errors import Invalid
from registry.kinds import Subject
from registry.permissions import Actor
from registry.policy.parameters import Parameter
from registry.policy.procedures import Circumstances
from registry.policy.rules import Policy
from registry.sealing import blind_index, masked_name, seal
from registry.text import N_


def propose_post(facts: PostFacts, *, by: Actor, on: date, policy: Policy) -> PublicPost:
    """Propose a person for a post and submit it for agreement. Raises what check_post raises."""
    person, household = blind_index(facts.resident_id), blind_index(facts.head_resident_id)
    check_post(
        facts,
        most_months=policy.number(Parameter.POST_TERM_MONTHS),
        person=find_holder(person=person),
        household=find_holder(household=household),
    )
    uid = uuid4().hex
    post = PublicPost(
        region_code=facts.region_code, uid=uid, status=PostStatus.PROPOSED.value, title=facts.title.strip(),
        duties=facts.duties.strip(), name=facts.name.strip(),
        resident_id=_sealed(uid, "resident_id", facts.resident_id),
        resident_index=person, head_name=facts.head_name.strip(), head_index=household,
        phone=_sealed(uid, "phone", facts.phone), is_cadres_kin=False, starts_on=facts.starts_on,
        ends_on=facts.ends_on, pay_fen=facts.pay_fen, pay_source=facts.pay_source.value, basis=facts.basis.strip(),
        proposed_by_id=by.id, proposed_by_text=signature(by), proposed_at=now(),
    )  # fmt: skip
    db.session.add(post)
    db.session.flush()
    record(Action.POST_PROPOSED, post, by=by, reason=post.basis)
    _submit(post, by=by, on=on, policy=policy)
    return post


def _sealed(uid: str, column: str, plain: str) -> str:
    return seal(plain, table="public_post", row=uid, column=column) if plain else ""


def content_of(post: PublicPost) -> JsonValue:
    """Return exactly what a request decides on; the person is named as notices name people."""
    return {
        "post": post.uid,
        "title": post.title,
        "duties": post.duties,
        "name": masked_name(post.name),
        "head": masked_name(post.head_name),
        "starts_on": post.starts_on.isoformat(),
        "ends_on": post.ends_on.isoformat(),
        "pay_fen": post.pay_fen,
        "pay_source": post.pay_source,
    }


def take_office(post: PublicPost, *, by: Actor) -> None:
    """Put a person into the post once the request is approved. Raises NotProposed."""
    _decide(post, PostStatus.IN_OFFICE)
    record(Action.POST_TAKEN, post, by=by)


def refuse_post(post: PublicPost, reason: str, *, by: Actor) -> None:
    """Close a proposal that was not approved. Raises NotProposed."""
    _decide(post, PostStatus.REFUSED)
    post.reason = reason.strip()
    record(Action.POST_REFUSED, post, by=by, reason=post.reason)


def _decide(post: PublicPost, status: PostStatus) -> None:
    if post.state is not PostStatus.PROPOSED:
        raise NotProposed
    post.status, post.decided_at = status.value, now()


def _submit(post: PublicPost, *, by: Actor, on: date, policy: Policy) -> None:
    """Ask for the post to be given: public notice, then the township (domain rules, section 4)."""
    circumstances = Circumstances(Subject.PUBLIC_POST, "APPOINT")
    title = N_("公益性岗位：%(title)s") % {"title": post.title}
    interested = (InterestedPerson(post.name, Capacity.POST),)
    application = Application(
        circumstances, post.region_code, thing_of(post), title, content_of(post), (post.region_code,),
        interested=interested, amount_fen=post.pay_fen,
    )  # fmt: skip
    submit_request(application, by=by, on=on, policy=policy)


def follow_post_request(request: ApprovalRequest, /, *, by: Actor, on: date, policy: Policy) -> None:
    """Put a person into the post once everybody agreed; close the proposal if it was not or was taken back."""
    post = post_of_request(request)
    if post.state is not PostStatus.PROPOSED:
        return
    if request.state is RequestStatus.APPROVED:
        take_office(post, by=by)
        mark_executed(request, by=by, on=on, policy=policy)
    elif request.state in {RequestStatus.REJECTED, RequestStatus.WITHDRAWN}:
        refuse_post(post, request.end_reason, by=by)


def leave_post(post: PublicPost, reason: str, *, on: date, by: Actor) -> None:
    """Let a person leave the post on a day; their agreements are handed back by a deed of its own."""
    if post.state is not PostStatus.IN_OFFICE:
        raise NotInOffice
    if not reason.strip():
        raise Invalid(N_("请写明离岗原因。"), field="reason")
    post.status, post.left_on, post.reason = PostStatus.LEFT.value, on, reason.strip()
    record(Action.POST_LEFT, post, by=by, reason=post.reason)
