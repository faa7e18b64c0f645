"""Naming who answers for a duty, and the second person's answer."""

from datetime import date

from sqlalchemy import select

from registry.assets.register.amendments.services import signature
from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.permissions import Actor
from registry.places.queries import get_region
from registry.supervision.duties.catalogue import Duty
from registry.supervision.duties.models import DutyHolder
from registry.supervision.duties.queries import find_last, find_waiting, list_people
from registry.supervision.duties.refusals import AlreadyWaiting, NotOfTheUnit, SamePerson
from registry.supervision.duties.rules import (
    HolderStatus,
    Naming,
    check_naming,
    check_opinion,
    check_second,
    check_waiting,
)


def name_holder(region_code: str, duty: Duty, naming: Naming, *, by: Actor, on: date) -> DutyHolder:
    """Enter who is to answer for a duty; it holds once a second person confirms it.

    Raises AlreadyWaiting, NotOfTheUnit, SamePerson and what check_naming raises.
    """
    if find_waiting(region_code, duty.code) is not None:
        raise AlreadyWaiting
    last = find_last(region_code, duty.code)
    check_naming(naming, on, last.valid_from if last else None)
    name, post = _person(region_code, naming, on)
    if last is not None and (last.user_id, last.name, last.post) == (naming.user_id, name, post):
        raise SamePerson
    holder = DutyHolder(
        region_code=region_code, duty=duty.code, sector=duty.sector.value if duty.sector else None,
        user_id=naming.user_id, name=name, post=post, document=naming.document, valid_from=naming.valid_from,
        status=HolderStatus.WAITING.value, entered_by_id=by.id, entered_by_text=signature(by), entered_at=now(),
    )  # fmt: skip
    db.session.add(holder)
    db.session.flush()
    record(Action.DUTY_ENTERED, holder, by=by, reason=naming.document)
    return holder


def _person(region_code: str, naming: Naming, on: date) -> tuple[str, str]:
    """Return name and post: the account's where one is named."""
    if naming.user_id is None:
        return naming.name, naming.post
    user = next((one for one in list_people(region_code, on) if one.id == naming.user_id), None)
    if user is None:
        raise NotOfTheUnit(field="user_id")
    return user.name, user.post


def decide_holder(holder: DutyHolder, opinion: str, *, agrees: bool, by: Actor) -> None:
    """Confirm an entry, which ends whoever came before, or send it back. Raises NotWaiting, OwnEntry, OpinionMissing.

    Whoever came before may have been ended meanwhile by nobody else: one entry of a duty waits at a time.
    """
    check_waiting(holder.state)
    check_second(holder.entered_by_id, by.id)
    check_opinion(agrees=agrees, opinion=opinion)
    holder.decided_by_id, holder.decided_by_text, holder.decided_at = by.id, signature(by), now()
    holder.opinion = opinion.strip()
    if agrees:
        before = find_last(holder.region_code, holder.duty)
        if before is not None:
            before.valid_to = holder.valid_from
            db.session.flush()  # whoever came before ends first: one holds a duty at a time
    holder.status = (HolderStatus.CONFIRMED if agrees else HolderStatus.SENT_BACK).value
    action = Action.DUTY_CONFIRMED if agrees else Action.DUTY_SENT_BACK
    record(action, holder, by=by, reason=holder.opinion)


def withdraw_holder(holder: DutyHolder, *, by: Actor) -> None:
    """Take back an entry that nobody has answered. Raises NotWaiting."""
    check_waiting(holder.state)
    holder.status = HolderStatus.WITHDRAWN.value
    record(Action.DUTY_WITHDRAWN, holder, by=by)


def end_duties(region_code: str) -> None:
    """End the duties of a unit that has ended, within the deed that ends it; entries that wait come to nothing."""
    ended_on = get_region(region_code).ended_on
    rows = select(DutyHolder).where(DutyHolder.region_code == region_code, DutyHolder.valid_to.is_(None))
    for row in db.session.scalars(rows):
        if row.state is HolderStatus.WAITING:
            row.status = HolderStatus.WITHDRAWN.value
        elif row.state is HolderStatus.CONFIRMED and ended_on is not None:
            row.valid_to = max(ended_on, row.valid_from)
