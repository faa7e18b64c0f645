"""How a case moves from desk to desk: states, persons, acts, and what each act makes of a case. Pure.

What cannot be configured away: the submitter never decides, nobody acts at two steps of one case, nobody decides where
they are interested, administrators never do, and a decision binds exactly the content it saw.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from registry.approvals.requests.refusals import (
    AdministratorDecidesNothing,
    Interested,
    NothingToRelease,
    NotOpen,
    NotSentBack,
    NotThisStep,
    NotToBeCalledIn,
    NotYourDesk,
    OwnRequest,
    SeenOldContent,
    TwoSteps,
)
from registry.approvals.requests.states import (
    RUNNING,
    Act,
    Case,
    Desk,
    Person,
    RequestStatus,
    StepStatus,
    Verdict,
)
from registry.permissions import Grant
from registry.policy.procedures import DECIDED, StepKind


def opened(case: Case) -> Case:
    """Put a fresh case on its first desk."""
    return _advanced(replace(case, status=RequestStatus.OPEN))


def _advanced(case: Case) -> Case:
    """Move on: filings are received on the way and never block; after the last step the case is approved."""
    steps = list(case.steps)
    for n, step in enumerate(steps):
        if step.status is not StepStatus.WAITING:
            continue
        if step.kind is not StepKind.FILING:
            steps[n] = replace(step, status=StepStatus.CURRENT)
            return replace(case, steps=tuple(steps), status=RequestStatus.OPEN)
        steps[n] = replace(step, status=StepStatus.RECEIVED)
    return replace(case, steps=tuple(steps), status=RequestStatus.APPROVED)


def _with(case: Case, position: int, status: StepStatus) -> Case:
    steps = tuple(replace(s, status=status) if n == position else s for n, s in enumerate(case.steps))
    return replace(case, steps=steps)


def sits_at(grants: Sequence[Grant], desk: Desk) -> bool:
    """Say whether one of the grants is this very desk's: its role, in its unit, for its sector."""
    return any(
        grant.role is desk.role
        and grant.region_code == desk.unit_code
        and (desk.sector is None or grant.sector in {None, desk.sector})
        for grant in grants
    )


def bar_of(case: Case, position: int, person: Person) -> Exception | None:
    """Return why a person may not decide at a step, whatever their desk; None if nothing bars them."""
    if person.is_administrator:
        return AdministratorDecidesNothing()
    if person.id == case.submitter_id:
        return OwnRequest()
    if any(person.id in {act.person_id, act.for_id} and act.position != position for act in case.acts):
        return TwoSteps()
    capacity = case.bars.get(person.id) or case.barred_names.get(person.name)
    return Interested(capacity=capacity) if capacity else None


def principal_at(case: Case, position: int, person: Person) -> Person:
    """Return in whose name a person may decide at a step: their own, or that of somebody they stand in for.

    Raises NotYourDesk, or what bars the one who sits there. Who stands in is barred by their own ties and by those of
    the person they stand in for.
    """
    desk = case.steps[position].desk
    seated = [one for one in (person, *person.stands_for) if sits_at(one.grants, desk)]
    if not seated:
        raise NotYourDesk(desk=desk.role.label)
    bars = [bar_of(case, position, person) or bar_of(case, position, one) for one in seated]
    for one, bar in zip(seated, bars, strict=True):
        if bar is None:
            return one
    raise bars[0] or NotYourDesk(desk=desk.role.label)


def seated(case: Case, position: int, holders: Callable[[Desk], Sequence[Person]]) -> Desk:
    """Return the desk at which a step lies: its own, or the nearest above where somebody is not barred.

    At the top the step waits for a person to be appointed.
    """
    desk: Desk | None = case.steps[position].desk
    while desk is not None:
        top = desk
        if any(bar_of(case, position, person) is None for person in holders(desk)):
            return desk
        desk = desk.above()
    return top


_MOVES = {
    Verdict.AGREE: RequestStatus.OPEN,
    Verdict.SEND_BACK: RequestStatus.SENT_BACK,
    Verdict.REJECT: RequestStatus.REJECTED,
}


def decide(case: Case, person: Person, verdict: Verdict, digest: str) -> Case:
    """Let a person agree, send back or reject at the step the case has reached."""
    position = case.position
    if case.status is not RequestStatus.OPEN or position is None:
        raise NotOpen
    if case.steps[position].kind not in DECIDED or verdict not in _MOVES:
        raise NotThisStep
    principal = principal_at(case, position, person)
    if digest != case.digest:
        raise SeenOldContent
    done = _acted(case, person, principal, position, verdict)
    if verdict is Verdict.AGREE:
        return _advanced(_with(done, position, StepStatus.DONE))
    return replace(done, status=_MOVES[verdict])


def _acted(case: Case, person: Person, principal: Person, position: int, verdict: Verdict) -> Case:
    for_id = principal.id if principal is not person else None
    return replace(case, acts=(*case.acts, Act(person.id, position, verdict, case.digest, for_id)))


def complete(case: Case, position: int) -> Case:
    """Take a meeting's, notice's or appraisal's step as done; whether it is, is that step's own question."""
    if case.status is not RequestStatus.OPEN or case.position != position:
        raise NotThisStep
    if case.steps[position].kind in DECIDED:
        raise NotThisStep
    return _advanced(_with(case, position, StepStatus.DONE))


def call_in(case: Case, person: Person, position: int, digest: str, *, in_time: bool) -> Case:
    """Let the level a case was filed with stop it within its days and before it is carried out."""
    filed = case.steps[position].status is StepStatus.RECEIVED
    if not filed or not in_time or case.status not in {RequestStatus.OPEN, RequestStatus.APPROVED}:
        raise NotToBeCalledIn
    principal = principal_at(case, position, person)
    if digest != case.digest:
        raise SeenOldContent
    done = _acted(case, person, principal, position, Verdict.CALL_IN)
    return replace(_with(done, position, StepStatus.CALLED_IN), status=RequestStatus.CALLED_IN)


def answer_call(case: Case, person: Person, verdict: Verdict, digest: str) -> Case:
    """Release a case that was called in, to go on where it stood, or send it back to its sender."""
    calls = (n for n, step in enumerate(case.steps) if step.status is StepStatus.CALLED_IN)
    position = next(calls, None)
    if case.status is not RequestStatus.CALLED_IN or position is None:
        raise NothingToRelease
    principal = principal_at(case, position, person)
    if digest != case.digest:
        raise SeenOldContent
    done = _acted(case, person, principal, position, verdict)
    if verdict is Verdict.SEND_BACK:
        return replace(done, status=RequestStatus.SENT_BACK)
    return _standing(_with(done, position, StepStatus.RELEASED))


def _standing(case: Case) -> Case:
    """Let a case go on where it stood: on the desk it had reached, or approved."""
    status = RequestStatus.APPROVED if case.position is None else RequestStatus.OPEN
    return replace(case, status=status)


def resubmitted(case: Case, digest: str) -> Case:
    """Submit a case again after it was sent back.

    With the same content it goes on where it was stopped; changed content voids every decision and starts anew.
    """
    if case.status is not RequestStatus.SENT_BACK:
        raise NotSentBack
    if digest != case.digest:
        steps = tuple(replace(step, status=StepStatus.WAITING) for step in case.steps)
        return opened(replace(case, digest=digest, steps=steps))
    if any(step.status is StepStatus.CALLED_IN for step in case.steps):
        return replace(case, status=RequestStatus.CALLED_IN)
    return _standing(case)


def withdrawn(case: Case) -> Case:
    """Take a case back before it is carried out; who may is asked by the service."""
    if case.status not in RUNNING:
        raise NotOpen
    return replace(case, status=RequestStatus.WITHDRAWN)


def executed(case: Case) -> Case:
    """Note that what was agreed to has been carried out; a case called in waits until it is released."""
    if case.status is not RequestStatus.APPROVED:
        raise NotOpen
    return replace(case, status=RequestStatus.EXECUTED)
