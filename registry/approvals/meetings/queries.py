"""Questions about meetings and resolutions; a meeting outside the asker's reach does not exist (404).

What an ended unit resolved keeps that unit's code and speaks for the unit that took over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from registry.approvals.meetings.facts import Case
from registry.approvals.meetings.kinds import PUBLICATIONS, MeetingKind, StageKind
from registry.approvals.meetings.models import Meeting, MeetingStage, Resolution
from registry.approvals.meetings.refusals import NotANewMeeting
from registry.approvals.meetings.rules import Reason, Verdict, quorum_reasons
from registry.database import db
from registry.errors import Missing
from registry.evidence.models import Attachment
from registry.evidence.queries import list_attachments
from registry.permissions import Actor, Permission, reaches
from registry.places.queries import list_successions
from registry.regions import code_range
from registry.scope import within

PAGE_ROWS = 20
MOST_STANDING = 50
#: Where a meeting stands in the order of the list: its day and its id; the newest first.
Place = tuple[date, int]


@dataclass(frozen=True)
class Wanted:
    """Which meetings a list shows."""

    region_code: str = ""
    kind: MeetingKind | None = None


@dataclass(frozen=True)
class MeetingPage:
    """One page of the list: its rows, and how many stand before and after them."""

    rows: Sequence[Meeting]
    before: int
    after: int


@dataclass(frozen=True)
class Decided:
    """A resolution with its meeting, the earlier one that it altered and the later one that altered it, if any."""

    resolution: Resolution
    meeting: Meeting
    alters: Resolution | None
    altered_by: Resolution | None

    @property
    def verdict(self) -> Verdict:
        return self.resolution.judged(self.meeting)


@dataclass(frozen=True)
class Minutes:
    """A meeting with everything its page and its printed sheet say."""

    meeting: Meeting
    stages: Sequence[MeetingStage]
    decided: Sequence[Decided]
    files: Sequence[Attachment]

    @property
    def quorum(self) -> tuple[Reason, ...]:
        """Whether enough came, in words; empty where the law names no quorum."""
        return quorum_reasons(self.decided[0].verdict.needed, self.meeting.attendance)


def get_meeting(meeting_id: int, actor: Actor, permission: Permission = Permission.ASSET_READ) -> Meeting:
    """Return a meeting within the actor's reach; raises Missing."""
    found = db.session.scalar(select(Meeting).where(Meeting.id == meeting_id, _reached(actor, permission)))
    if found is None:
        raise Missing
    return found


def get_minutes(meeting_id: int, actor: Actor, permission: Permission = Permission.ASSET_READ) -> Minutes:
    """Return a meeting with its stages, resolutions and papers; raises Missing."""
    meeting = get_meeting(meeting_id, actor, permission)
    items = _decided(select(Resolution).where(Resolution.meeting_id == meeting_id).order_by(Resolution.item))
    return Minutes(meeting, list_stages(meeting_id), items, list_attachments("meeting", str(meeting_id)))


def list_stages(meeting_id: int) -> list[MeetingStage]:
    """Return the stages of a meeting that the caller has already been allowed to see, in the order they were held."""
    rows = select(MeetingStage).where(MeetingStage.meeting_id == meeting_id)
    return list(db.session.scalars(rows.order_by(MeetingStage.id)))


def due_publication(meeting: Meeting, stages: Sequence[MeetingStage]) -> StageKind | None:
    """Return which of the two publications is next, None where there is none."""
    held = {one.stage for one in stages}
    is_discussions = meeting.kind == MeetingKind.FOUR_DISCUSSIONS
    return next((one for one in PUBLICATIONS if is_discussions and one.value not in held), None)


def list_meetings(
    wanted: Wanted, actor: Actor, *, after: Place | None = None, before: Place | None = None, limit: int = PAGE_ROWS
) -> MeetingPage:
    """Return a page of meetings, the newest first: after a place, or before one."""
    order = tuple_(Meeting.held_on, Meeting.id)
    here = _matching(wanted, actor)
    rows = select(Meeting).where(*here)
    if before:
        back = rows.where(order > before).order_by(Meeting.held_on, Meeting.id)
        found = list(reversed(list(db.session.scalars(back.limit(limit)))))
    else:
        rows = rows.where(order < after) if after else rows
        newest = rows.order_by(Meeting.held_on.desc(), Meeting.id.desc())
        found = list(db.session.scalars(newest.limit(limit)))
    if not found:
        return MeetingPage([], 0, 0)
    count = select(func.count()).select_from(Meeting).where(*here)
    is_first = after is None and before is None
    earlier = 0 if is_first else db.session.scalar(count.where(order > place_of(found[0]))) or 0
    later = db.session.scalar(count.where(order < place_of(found[-1]))) or 0
    return MeetingPage(found, earlier, later)


def place_of(meeting: Meeting) -> Place:
    """Return where a meeting stands in the order of the list."""
    return meeting.held_on, meeting.id


def read_place(text: str) -> Place:
    """Read where a page begins or ends, a day and an id: 2026-11-20~12. Raises ValueError."""
    day, _tilde, key = text.partition("~")
    if not (key.isascii() and key.isdigit() and len(key) < 16):
        raise ValueError(text)
    return date.fromisoformat(day), int(key)


def place_text(meeting: Meeting) -> str:
    """Write where a meeting stands in the order of the list."""
    return f"{meeting.held_on.isoformat()}~{meeting.id}"


def list_resolutions(case_table: str, case_id: str) -> list[Decided]:
    """Return what was resolved about a case the caller has already been allowed to see, the oldest first."""
    rows = select(Resolution).where(Resolution.case_table == case_table, Resolution.case_id == case_id)
    return _decided(rows.order_by(Resolution.id))


def find_resolution(case_table: str, case_id: str, content_digest: str, region_code: str) -> Resolution | None:
    """Return the resolution that stands about exactly this content, by a body of that unit; ask it whether it carried.

    A carried one is preferred to a later vote that failed: only a carried resolution takes another out of force.
    """
    rows = _standing(region_code).where(
        Resolution.case_table == case_table, Resolution.case_id == case_id, Resolution.content_digest == content_digest
    )
    return db.session.scalar(_strongest(rows))


def find_standing(case: Case, region_code: str) -> Resolution | None:
    """Return the resolution that stands about a case in a unit, whatever content it saw."""
    rows = _standing(region_code).where(Resolution.case_table == case.table, Resolution.case_id == case.id)
    return db.session.scalar(_strongest(rows))


def get_unaltered(resolution_id: int, region_code: str) -> Resolution:
    """Return a resolution of the unit that may still be altered; raises Missing, NotANewMeeting."""
    found = db.session.get(Resolution, resolution_id)
    if found is None or found.region_code not in _unit(region_code):
        raise Missing
    if db.session.scalar(select(Resolution.id).where(Resolution.alters_id == resolution_id)) is not None:
        raise NotANewMeeting(field="items")
    return found


def list_standing(region_code: str) -> list[Decided]:
    """Return the unit's latest resolutions that stand, the newest first, for choosing which one to alter."""
    rows = _standing(region_code).where(Resolution.carried)
    return _decided(rows.order_by(Resolution.id.desc()).limit(MOST_STANDING))


def find_last_meeting(region_code: str, kind: MeetingKind) -> Meeting | None:
    """Return the unit's latest meeting of a kind, whose body, chair and numbers the next one most likely repeats."""
    rows = select(Meeting).where(Meeting.region_code == region_code, Meeting.kind == kind.value)
    return db.session.scalar(rows.order_by(Meeting.held_on.desc(), Meeting.id.desc()).limit(1))


def _standing(region_code: str) -> Select[Resolution]:
    later = aliased(Resolution)
    altered = exists().where(later.alters_id == Resolution.id)
    return select(Resolution).where(Resolution.region_code.in_(_unit(region_code)), ~altered)


def _strongest(rows: Select[Resolution]) -> Select[Resolution]:
    return rows.order_by(Resolution.carried.desc(), Resolution.id.desc()).limit(1)


def _decided(rows: Select[Resolution]) -> list[Decided]:
    found = list(db.session.scalars(rows))
    held = select(Meeting).where(Meeting.id.in_({one.meeting_id for one in found}))
    meetings = {one.id: one for one in db.session.scalars(held)}
    near = or_(
        Resolution.alters_id.in_({one.id for one in found}),
        Resolution.id.in_({one.alters_id for one in found} - {None}),
    )
    others = list(db.session.scalars(select(Resolution).where(near)))
    by_id, by_altered = {one.id: one for one in others}, {one.alters_id: one for one in others}
    return [
        Decided(
            one, meetings[one.meeting_id], by_id.get(one.alters_id) if one.alters_id else None, by_altered.get(one.id)
        )
        for one in found
    ]


def _matching(wanted: Wanted, actor: Actor) -> list[ColumnElement[bool]]:
    conditions = [_reached(actor, Permission.ASSET_READ)]
    if wanted.region_code:
        conditions.append(Meeting.region_code.between(*code_range(wanted.region_code)))
    if wanted.kind:
        conditions.append(Meeting.kind == wanted.kind.value)
    return conditions


def _reached(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """Within the actor's reach, or of an ended unit that one in the actor's reach took over."""
    plain = [one.codes for one in reaches(actor, permission) if one.sector is None and not one.own_only]
    heirs = _heirs()
    ended = [old for old, heir in heirs.items() if any(low <= heir <= high for low, high in plain)]
    here = within(Meeting, actor, permission)
    return or_(here, Meeting.region_code.in_(ended)) if ended else here


def _unit(region_code: str) -> list[str]:
    """Return a unit with those that were merged into it."""
    return [region_code, *(old for old, heir in _heirs().items() if heir == region_code)]


def _heirs() -> dict[str, str]:
    """Return for every merged unit the one that stands for it today."""
    took_over = {old: heir for old, (_day, heir) in list_successions().items()}
    found = {}
    for old, heir in took_over.items():
        while heir in took_over:
            heir = took_over[heir]  # noqa: PLW2901 - a chain of mergers is followed to its end
        found[old] = heir
    return found
