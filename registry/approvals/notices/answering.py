"""Raising an objection, answering it, and taking an answer to the level above."""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from sqlalchemy import select

from registry.approvals.notices.door import pass_door
from registry.approvals.notices.models import Notice, Objection, ObjectionAnswer
from registry.approvals.notices.objecting import (
    MAX_ANSWER,
    MAX_REASON,
    AlreadyAnswered,
    CannotPassOn,
    Channel,
    Finding,
    MayNotAnswer,
    ObjectionFacts,
    ObjectionState,
    TextMissing,
    TextTooLong,
    can_pass_on,
    check_hanging,
    check_objection,
    days_to_answer,
    first_level,
    is_final,
    level_above,
    receipt_of,
    waits_for_answer,
    why_barred,
)
from registry.approvals.notices.queries import Objector, list_answers, unsealed
from registry.approvals.notices.services import signature
from registry.audit.actions import Action
from registry.audit.revealing import check_reveals_left
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.errors import Missing
from registry.permissions import Actor
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy
from registry.sealing import blind_index, seal
from registry.text import N_


@dataclass(frozen=True)
class Raised:
    """An objection as it was taken in, and the code with which the objector comes back."""

    objection: Objection
    receipt: str


def stranger(unit_code: str) -> Actor:
    """Return the actor under which the public page writes: somebody before the board of a unit."""
    return Actor(id=None, name=N_("群众"), post=N_("公示网页"), unit_code=unit_code, unit_name="")


def raise_objection(notice: Notice, facts: ObjectionFacts, *, by: Actor, on: date, policy: Policy) -> Raised:
    """Take in what somebody objects; the same form sent twice is one objection and gives the same code.

    Raises TextMissing, TextTooLong, NotHanging.
    """
    check_objection(facts)
    receipt, known = _receipt(notice, facts.key)
    if known is not None:
        return Raised(known, receipt)
    check_hanging(notice.notice_state)
    level, uid = first_level(notice.region_code, facts.ground), uuid4().hex
    in_person = facts.channel is not Channel.PAGE
    objection = Objection(
        region_code=notice.region_code, uid=uid, notice_id=notice.id, receipt_index=blind_index(receipt),
        channel=facts.channel.value, ground=facts.ground.value, text=facts.text.strip(),
        name=_sealed(uid, "name", facts.name.strip()), contact=_sealed(uid, "contact", facts.contact.strip()),
        state=ObjectionState.OPEN.value, level=level.value, raised_at=now(),
        raised_by_id=by.id if in_person else None, raised_by_text=signature(by) if in_person else "",
        due_on=policy.due_on(on, days_to_answer(level, facts.ground)),
    )  # fmt: skip
    db.session.add(objection)
    record(Action.OBJECTION_RAISED, objection, by=by, facts={"notice": notice.id})
    return Raised(objection, receipt)


def raise_on_page(notice: Notice, facts: ObjectionFacts, address: str, *, on: date, policy: Policy) -> Raised:
    """Take in what a visitor of the public page objects; only a new objection counts at the door.

    Raises TooManyObjections and what raise_objection raises.
    """
    if _receipt(notice, facts.key)[1] is None:
        pass_door(address, notice.id, notice.region_code, now())
    return raise_objection(notice, facts, by=stranger(notice.region_code), on=on, policy=policy)


def _receipt(notice: Notice, key: str) -> tuple[str, Objection | None]:
    """Return the code that a form of a notice gives, and the objection it gave already."""
    receipt = receipt_of(blind_index(f"objection\x1f{notice.id}\x1f{key}"))
    return receipt, db.session.scalar(select(Objection).where(Objection.receipt_index == blind_index(receipt)))


def _sealed(uid: str, column: str, plain: str) -> str:
    return seal(plain, table="objection", row=uid, column=column) if plain else ""


@dataclass(frozen=True)
class AnswerFacts:
    """What is answered."""

    finding: Finding
    text: str


def answer_objection(objection: Objection, facts: AnswerFacts, *, by: Actor, on: date, policy: Policy) -> None:
    """Answer for the level at which an objection lies. The answer of the level above ends the matter.

    Raises MayNotAnswer (why in words), AlreadyAnswered, TextMissing, TextTooLong.
    """
    state, level = objection.objection_state, objection.lies_at
    if not waits_for_answer(state):
        raise AlreadyAnswered
    check_answerer(objection, by)
    _check_text(facts.text, MAX_ANSWER, "text")
    answer = ObjectionAnswer(
        region_code=objection.region_code, objection_id=objection.id, level=level.value, finding=facts.finding.value,
        text=facts.text.strip(), answered_on=on, answered_at=now(), answered_by_id=by.id,
        answered_by_text=signature(by),
    )  # fmt: skip
    db.session.add(answer)
    objection.answered_on = on
    if is_final(state, level):
        objection.state, objection.pass_on_until = ObjectionState.CLOSED.value, None
    else:
        objection.state = ObjectionState.ANSWERED.value
        objection.pass_on_until = policy.due_on(on, Parameter.OBJECTION_PASS_ON_DAYS)
    record(Action.OBJECTION_ANSWERED, objection, by=by, facts={"notice": objection.notice_id})


def check_answerer(objection: Objection, by: Actor) -> None:
    """Raise MayNotAnswer unless a person answers for the level and neither proposed the matter nor answered below."""
    notice = db.session.get_one(Notice, objection.notice_id)
    answered_by = frozenset(answer.answered_by_id for answer in list_answers([objection.id]))
    bar = why_barred(by, objection.region_code, objection.lies_at, notice.proposers, answered_by)
    if bar is not None:
        raise MayNotAnswer(bar.value)


def _check_text(text: str, most: int, field: str) -> None:
    if not text.strip():
        raise TextMissing(field=field)
    if len(text) > most:
        raise TextTooLong(field=field, most=most)


def pass_on(objection: Objection, reason: str, *, by: Actor, on: date, policy: Policy) -> None:
    """Take an answer to the level above, once and within the days. Raises CannotPassOn, TextMissing, TextTooLong."""
    above = level_above(objection.lies_at)
    if above is None or not can_pass_on(objection.objection_state, objection.pass_on_until, on):
        raise CannotPassOn
    _check_text(reason, MAX_REASON, "reason")
    objection.state, objection.level = ObjectionState.PASSED_ON.value, above.value
    objection.passed_on_on, objection.passed_on_reason = on, reason.strip()
    objection.pass_on_until = None
    objection.due_on = policy.due_on(on, days_to_answer(above, objection.objection_ground))
    record(Action.OBJECTION_PASSED_ON, objection, by=by, reason=reason.strip(), facts={"notice": objection.notice_id})


def reveal_objector(objection: Objection, reason: str, *, by: Actor) -> Objector:
    """Show who objected, once, to a person whose turn it is to answer. Raises MayNotAnswer, TooManyReveals, Missing."""
    check_answerer(objection, by)
    check_reveals_left(by)
    _check_text(reason, MAX_REASON, "reason")
    data = unsealed(objection)
    shown = [name for name in ("name", "contact") if getattr(data, name)]
    if not shown:
        raise Missing
    record(Action.REVEALED, objection, by=by, reason=reason.strip(), facts={"revealed": [*shown]})
    return data
