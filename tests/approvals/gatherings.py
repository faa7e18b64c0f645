"""Meetings for tests: each kind as the law wants it, to be spoiled in one point by a test."""

from dataclasses import replace
from datetime import date

from registry.approvals.meetings.facts import Attendance, Case, Item, MeetingFacts, Stage, Vote
from registry.approvals.meetings.kinds import Matter, MeetingKind, StageKind
from registry.approvals.meetings.models import Meeting
from registry.approvals.meetings.services import record_meeting
from registry.database import transaction
from registry.policy.parameters import Parameter
from registry.policy.queries import policy_for
from registry.policy.rules import Policy
from tests.factories import TODAY, VILLAGE, person

HELD_ON = date(2026, 11, 20)
NOTIFIED_ON = date(2026, 11, 10)
K = MeetingKind
#: Each just fulfils what its row of the law asks for.
ATTENDANCE: dict[MeetingKind, Attendance] = {
    K.MEMBERS: Attendance(due=312, present=190, proxies=20),
    K.DELEGATES: Attendance(due=30, present=28, women=9),
    K.BOARD: Attendance(due=5, present=4),
    K.VILLAGERS: Attendance(due=900, present=460, households_due=280, households_present=170),
    K.REPRESENTATIVES: Attendance(due=40, present=30, representatives=33, women=14),
    K.GROUP: Attendance(due=90, present=60),
    K.UNIT: Attendance(due=7, present=6),
}
STAGES = (
    Stage(StageKind.PROPOSED, date(2026, 10, 8), 5, 5, 5),
    Stage(StageKind.DISCUSSED, date(2026, 10, 12), 9, 8, 8),
    Stage(StageKind.REVIEWED, date(2026, 10, 20), 30, 24, 20),
)
AUTHORITY = "章程第十二条；村民会议2026年1月授权，期限一年"


def default_policy(**values: str | int) -> Policy:
    """What holds where nobody set anything, or with some values set."""
    return Policy(VILLAGE, TODAY, {Parameter[name]: value for name, value in values.items()}, {})


def all_agree(there: Attendance) -> Vote:
    """Every voter in favour."""
    return Vote(there.attending)


def item(kind: MeetingKind, matter: Matter = Matter.CUSTODY, **changes: object) -> Item:
    """An item that everybody there agreed to."""
    return replace(Item(matter, "由村保洁队管护冷链仓库", all_agree(ATTENDANCE[kind])), **changes)  # type: ignore[arg-type]


def told(kind: MeetingKind = K.MEMBERS, **changes: object) -> MeetingFacts:
    """A meeting with nothing wrong; for 四议两公开 the representatives resolve."""
    resolved_by = K.REPRESENTATIVES if kind is K.FOUR_DISCUSSIONS else None
    deciding = resolved_by or kind
    facts = MeetingFacts(
        region_code="500240213000" if kind is K.UNIT else VILLAGE,
        kind=kind,
        body_name="华溪村股份经济合作社成员大会",
        held_on=HELD_ON,
        notified_on=NOTIFIED_ON,
        attendance=ATTENDANCE[deciding],
        items=(item(deciding),),
        place="村委会会议室",
        chair="谭登周",
        recorder="马培清",
        resolved_by=resolved_by,
        stages=STAGES if resolved_by else (),
        authority=AUTHORITY,
    )
    return replace(facts, **changes)  # type: ignore[arg-type]


CASE = Case("title_case", "7", "a" * 64)


def held(kind: MeetingKind = K.MEMBERS, *, by: str = "village_clerk", **changes: object) -> Meeting:
    """A recorded meeting."""
    facts = told(kind, **changes)
    with transaction(facts.region_code):
        return record_meeting(facts, by=person(by), on=TODAY, policy=policy_for(facts.region_code, facts.held_on))


def about(case: Case = CASE, *, agreed: int = 210, opposed: int = 0, **changes: object) -> Item:
    """An item of a members' assembly about a case."""
    told_of = Item(Matter.TITLE_CONFIRMATION, "确认中益冷链仓库归村集体所有", Vote(agreed, opposed), case)
    return replace(told_of, **changes)  # type: ignore[arg-type]
