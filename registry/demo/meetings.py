"""The meetings of the demo county: who came, how they voted, what was published, what a later meeting altered."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from registry.approvals.meetings.facts import Attendance, Case, Item, MeetingFacts, Stage, Vote
from registry.approvals.meetings.kinds import BEFORE_MEETING, PUBLICATIONS, Matter, MeetingKind, StageKind
from registry.approvals.meetings.models import Meeting, Resolution
from registry.approvals.meetings.services import Papers, attach_papers, record_meeting, record_publication
from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.queries import CASE_TABLE
from registry.database import db
from registry.demo.places import CLERKS, SECONDS, UnitRow, units
from registry.demo.tables import labelled, split
from registry.demo.telling import Telling


class MeetingRow(NamedTuple):
    """A meeting with one item; an empty resolution is that of the case it votes on."""

    key: str
    unit_name: str
    kind: str
    resolved_by: str
    held_on: str
    notified_on: str
    due: str
    present: str
    proxies: str
    households_due: str
    households_present: str
    representatives: str
    women: str
    matter: str
    text: str
    agreed: str
    opposed: str
    abstained: str
    party_studied_on: str
    readable_on: str
    authority: str
    discussions: str
    publications: str
    alters: str

    @property
    def unit(self) -> UnitRow:
        return units()[self.unit_name]

    @property
    def attendance(self) -> Attendance:
        return Attendance(
            int(self.due), int(self.present), int(self.proxies), int(self.households_due),
            int(self.households_present), int(self.representatives), int(self.women),
        )  # fmt: skip


def tell_meeting(row: MeetingRow, told: Telling, request: ApprovalRequest | None = None) -> Meeting:
    """Enter a meeting with its minutes and publications; with a request, it votes on that."""
    by, on = told.staff.holding(CLERKS[row.unit.level], row.unit), told.day(row.held_on)
    facts = _facts(row, _item(row, told, request), told)
    meeting = record_meeting(facts, by=by, on=on, policy=told.policy(row.unit.code, on))
    attach_papers(meeting, Papers(minutes=(told.pictures["会议记录"],)), by=by)
    for stage, day in zip(PUBLICATIONS, split(row.publications), strict=False):
        published_on = told.day(day)
        record_publication(meeting, stage, published_on, by=by, on=published_on)
    told.meetings[row.key] = meeting
    return meeting


def _item(row: MeetingRow, told: Telling, request: ApprovalRequest | None) -> Item:
    vote = Vote(int(row.agreed), int(row.opposed), int(row.abstained))
    matter = labelled(Matter, row.matter)
    if request is not None:
        case = Case(CASE_TABLE, str(request.id), request.content_digest)
        return Item(matter, row.text or request.title, vote, case)
    earlier = select(Resolution.id).where(Resolution.meeting_id == told.meetings[row.alters].id) if row.alters else None
    return Item(matter, row.text, vote, alters_id=db.session.scalar(earlier) if earlier is not None else None)


def _facts(row: MeetingRow, item: Item, told: Telling) -> MeetingFacts:
    unit, kind = row.unit, labelled(MeetingKind, row.kind)
    village = kind is not MeetingKind.UNIT
    head = told.staff.holding(SECONDS[unit.level][0], unit)
    return MeetingFacts(
        region_code=unit.code,
        kind=kind,
        body_name=unit.owner,
        held_on=told.day(row.held_on),
        notified_on=_day(row.notified_on, told),
        attendance=row.attendance,
        items=(item,),
        place=f"{unit.name}{'党群服务中心' if village else '会议室'}",
        chair=head.name,
        recorder=told.staff.holding(CLERKS[unit.level], unit).name,
        resolved_by=labelled(MeetingKind, row.resolved_by) if row.resolved_by else None,
        stages=tuple(map(_stage, BEFORE_MEETING, split(row.discussions))),
        authority=row.authority,
        party_studied_on=_day(row.party_studied_on, told),
        readable_on=_day(row.readable_on, told),
    )


def _day(cell: str, told: Telling) -> date | None:
    return told.day(cell) if cell else None


def _stage(stage: StageKind, cell: str) -> Stage:
    """Read 2025-10-30 38/30/28: the day, and who was due, came and agreed."""
    day, heads = cell.split(" ")
    due, present, agreed = map(int, heads.split("/"))
    return Stage(stage, date.fromisoformat(day), due, present, agreed)
