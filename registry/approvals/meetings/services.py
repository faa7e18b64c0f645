"""Entering meetings. A meeting is told once and never changed; only a later meeting alters what it resolved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from registry.approvals.meetings.checks import check_alteration, check_meeting, check_publication
from registry.approvals.meetings.facts import Item, MeetingFacts
from registry.approvals.meetings.kinds import MeetingKind, StageKind
from registry.approvals.meetings.models import Meeting, MeetingStage, Resolution
from registry.approvals.meetings.queries import find_standing, get_unaltered, list_stages
from registry.approvals.meetings.refusals import NoPapers, NotHistory, NotPublishable
from registry.approvals.meetings.rules import is_quorate, needs, verdict
from registry.audit.actions import Action
from registry.audit.services import record, thing_of
from registry.clock import now
from registry.database import db
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, KeptFile, attach, take_in
from registry.permissions import Actor
from registry.places.queries import go_live_of
from registry.policy.rules import Policy


def record_meeting(facts: MeetingFacts, *, by: Actor, on: date, policy: Policy) -> Meeting:
    """Enter a meeting with its stages and resolutions, each carried or not as the rule decides.

    ``policy`` is that of the day the meeting was held. Raises the refusals of this leaf. The view attaches the minutes
    and photos to ``Thing("meeting", …)`` in the same transaction.
    """
    check_meeting(facts, on=on, policy=policy)
    if facts.is_history:
        _check_history(facts)
    meeting = _add_meeting(facts, by, policy)
    _add_stages(meeting, facts)
    for number, item in enumerate(facts.items, 1):
        _add_resolution(meeting, number, item, policy)
    record(Action.MEETING_RECORDED, meeting, by=by, facts={"items": len(facts.items)})
    return meeting


def _check_history(facts: MeetingFacts) -> None:
    go_live = go_live_of(facts.region_code)
    if go_live is None or facts.held_on >= go_live:
        raise NotHistory(field="is_history")


def _add_meeting(facts: MeetingFacts, by: Actor, policy: Policy) -> Meeting:
    there, needed = facts.attendance, needs(facts.deciding, facts.attendance, policy)
    meeting = Meeting(
        region_code=facts.region_code, kind=facts.kind.value,
        resolved_by=facts.resolved_by.value if facts.resolved_by else None,
        body_name=facts.body_name, held_on=facts.held_on, notified_on=facts.notified_on, place=facts.place,
        due=there.due, present=there.present, proxies=there.proxies, households_due=there.households_due,
        households_present=there.households_present, representatives=there.representatives, women=there.women,
        people_needed=needed.people, households_needed=needed.households, quorate=is_quorate(needed, there),
        chair=facts.chair, recorder=facts.recorder, summary=facts.summary, authority=facts.authority,
        party_studied_on=facts.party_studied_on, readable_on=facts.readable_on, is_history=facts.is_history,
        entered_by_id=by.id, entered_by_text=f"{by.unit_name} {by.post} {by.name}".strip(), entered_at=now(),
    )  # fmt: skip
    db.session.add(meeting)
    db.session.flush()
    return meeting


def _add_stages(meeting: Meeting, facts: MeetingFacts) -> None:
    for one in facts.stages:
        db.session.add(
            MeetingStage(
                meeting_id=meeting.id, region_code=meeting.region_code, stage=one.stage.value, held_on=one.held_on,
                due=one.due, present=one.present, agreed=one.agreed,
            )
        )  # fmt: skip
    if facts.kind is MeetingKind.FOUR_DISCUSSIONS:
        db.session.add(
            MeetingStage(
                meeting_id=meeting.id, region_code=meeting.region_code, stage=StageKind.RESOLVED.value,
                held_on=meeting.held_on, due=meeting.due, present=facts.attendance.attending,
            )
        )  # fmt: skip


def _add_resolution(meeting: Meeting, number: int, item: Item, policy: Policy) -> None:
    found = verdict(meeting.deciding, meeting.attendance, item.vote, policy)
    case = item.case
    db.session.add(
        Resolution(
            meeting_id=meeting.id, region_code=meeting.region_code, item=number, matter=item.matter.value,
            text=item.text, agreed=item.vote.agreed, opposed=item.vote.opposed, abstained=item.vote.abstained,
            majority=found.needed.majority.value, votes_needed=found.needed.votes, carried=found.carried,
            case_table=case.table if case else None, case_id=case.id if case else None,
            content_digest=case.content_digest if case else None,
            alters_id=_altered(meeting, item, carried=found.carried),
        )
    )  # fmt: skip


def _altered(meeting: Meeting, item: Item, *, carried: bool) -> int | None:
    """Return the resolution that this one replaces. What was not carried leaves in force what was."""
    earlier = find_standing(item.case, meeting.region_code) if item.case else None
    if earlier is None and item.alters_id is not None:
        earlier = get_unaltered(item.alters_id, meeting.region_code)
    if earlier is None:
        return None
    old = db.session.get_one(Meeting, earlier.meeting_id)
    check_alteration(
        earlier=old.deciding, earlier_on=old.held_on, later=meeting.deciding, later_on=meeting.held_on
    )  # fmt: skip
    return earlier.id if carried or not earlier.carried else None


def record_publication(meeting: Meeting, stage: StageKind, published_on: date, *, by: Actor, on: date) -> None:
    """Enter one of the two publications of 四议两公开. Raises NotPublishable, InFuture."""
    if meeting.kind != MeetingKind.FOUR_DISCUSSIONS:
        raise NotPublishable
    held = [(StageKind(one.stage), one.held_on) for one in list_stages(meeting.id)]
    check_publication(stage, published_on, held=held, on=on)
    db.session.add(
        MeetingStage(
            meeting_id=meeting.id, region_code=meeting.region_code, stage=stage.value, held_on=published_on
        )
    )  # fmt: skip
    record(Action.MEETING_PUBLISHED, meeting, by=by, facts={"stage": stage.label})


@dataclass(frozen=True)
class Papers:
    """The minutes and photos of a meeting, taken in before the transaction."""

    minutes: tuple[KeptFile, ...] = ()
    photos: tuple[KeptFile, ...] = ()


def take_papers(minutes: Iterable[tuple[bytes, str]], photos: Iterable[tuple[bytes, str]]) -> Papers:
    """Check, clean and keep the files, bytes and name of each; slow, so before the transaction."""
    return Papers(tuple(take_in(*one) for one in minutes), tuple(take_in(*one) for one in photos))


def attach_papers(meeting: Meeting, papers: Papers, *, by: Actor) -> None:
    """Attach minutes and photos to a meeting; raises NoPapers."""
    if not papers.minutes and not papers.photos:
        raise NoPapers(field="file")
    for files, kind in ((papers.minutes, EvidenceKind.MINUTES), (papers.photos, EvidenceKind.PHOTO)):
        if files:
            attach(list(files), Caption(kind, taken_on=meeting.held_on), to=thing_of(meeting), by=by)
