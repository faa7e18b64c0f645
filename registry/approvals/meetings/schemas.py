"""Meetings as JSON: what is told of one, what was needed, how each vote went."""

from typing import Any

from flask_smorest.fields import Upload
from marshmallow import fields, post_load, validate

from registry.approvals.meetings.facts import MOST_DIGITS, Attendance, Case, Item, MeetingFacts, Stage, Vote
from registry.approvals.meetings.kinds import BEFORE_MEETING, RESOLVING, Majority, Matter, MeetingKind, StageKind
from registry.evidence.schemas import AttachmentRow
from registry.rest.fields import JsonPart, PageArguments, Strict, choice, code, day, listed, row_id, text, whole

MOST_ITEMS, MOST_FILES = 20, 20
_MOST = 10**MOST_DIGITS - 1


def _count(*, needed: bool = False) -> fields.Integer:
    return whole(0, _MOST, needed=True) if needed else whole(0, _MOST, load_default=0)


class MeetingArguments(PageArguments):
    """Which meetings a list shows."""

    region_code = code()
    kind = choice(MeetingKind)


class AttendanceEntry(Strict):
    """Who was due and who came."""

    due = _count(needed=True)
    present = _count(needed=True)
    proxies = _count()
    households_due = _count()
    households_present = _count()
    representatives = _count()
    women = _count()

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Attendance:
        return Attendance(**data)


class VoteEntry(Strict):
    """How a vote went."""

    agreed = _count(needed=True)
    opposed = _count()
    abstained = _count()

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Vote:
        return Vote(**data)


class StageEntry(Strict):
    """One of the discussions before the meeting of 四议两公开."""

    stage = fields.String(required=True, validate=validate.OneOf([one.value for one in BEFORE_MEETING]))
    held_on = day(needed=True)
    due = _count(needed=True)
    present = _count(needed=True)
    agreed = _count(needed=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Stage:
        return Stage(**{**data, "stage": StageKind(data["stage"])})


class ItemEntry(VoteEntry):
    """One item of the agenda with its vote."""

    matter = choice(Matter, needed=True)
    text = text(1000, needed=True, least=1)
    alters_id = row_id()

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Item:
        vote = Vote(data["agreed"], data["opposed"], data["abstained"])
        return Item(Matter(data["matter"]), data["text"].strip(), vote, alters_id=data["alters_id"])


class Sitting(Strict):
    """What is told of a meeting besides where it was held and what was voted on."""

    kind = choice(MeetingKind, needed=True)
    resolved_by = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf([one.value for one in RESOLVING]),
        metadata={"description": "四议两公开由哪种会议决议"},
    )  # fmt: skip
    body_name = text(80, needed=True, least=1)
    held_on = day(needed=True)
    notified_on = day(load_default=None, allow_none=True)
    readable_on = day(load_default=None, allow_none=True)
    party_studied_on = day(load_default=None, allow_none=True)
    place = text(100, load_default="")
    chair = text(40, needed=True, least=1)
    recorder = text(40, needed=True, least=1)
    authority = text(200, load_default="")
    summary = text(2000, load_default="")
    attendance = fields.Nested(AttendanceEntry, required=True)
    stages = fields.List(fields.Nested(StageEntry), load_default=list, validate=validate.Length(max=3))
    is_history = fields.Boolean(load_default=False)


class MeetingEntry(Sitting):
    """A meeting with its resolutions."""

    region_code = code(needed=True)
    items = fields.List(fields.Nested(ItemEntry), required=True, validate=validate.Length(min=1, max=MOST_ITEMS))


class CaseMeetingEntry(Sitting):
    """A meeting that voted on a request: what it is about is settled, only the vote is told."""

    vote = fields.Nested(VoteEntry, required=True)


def facts_of(data: dict[str, Any], region_code: str, items: tuple[Item, ...]) -> MeetingFacts:
    """Return what was told of a meeting, in plain values."""
    resolved_by = MeetingKind(data["resolved_by"]) if data["resolved_by"] else None
    told = {name: data[name] for name in _PLAIN} | {name: data[name].strip() for name in _TEXTS}
    return MeetingFacts(
        region_code=region_code, kind=MeetingKind(data["kind"]), resolved_by=resolved_by,
        stages=tuple(data["stages"]), items=items, **told,
    )  # fmt: skip


_PLAIN = ("held_on", "notified_on", "readable_on", "party_studied_on", "attendance", "is_history")
_TEXTS = ("body_name", "place", "chair", "recorder", "authority", "summary")


def fixed_item(matter: Matter, words: str, vote: Vote, case: Case) -> tuple[Item, ...]:
    """Return the one item of a meeting that voted on a case."""
    return (Item(matter, words, vote, case),)


class Papers(Strict):
    """The minutes and photos of a meeting; at least one file."""

    minutes = fields.List(Upload(), load_default=list, validate=validate.Length(max=MOST_FILES))
    photos = fields.List(Upload(), load_default=list, validate=validate.Length(max=MOST_FILES))


class MeetingParts(Papers):
    """A meeting and its papers."""

    meeting = JsonPart(MeetingEntry, required=True)


class CaseMeetingParts(Papers):
    """A meeting that voted on a request, and its papers."""

    meeting = JsonPart(CaseMeetingEntry, required=True)


class PublicationArguments(Strict):
    """When the next of the two publications was made."""

    published_on = day(needed=True)


class MeetingRow(Strict):
    """A meeting as a list shows it."""

    id = fields.String(required=True)
    region_code = fields.String(required=True)
    kind = choice(MeetingKind, needed=True)
    resolved_by = fields.String(required=True, allow_none=True)
    body_name = fields.String(required=True)
    held_on = fields.Date(required=True)
    due = fields.Integer(required=True)
    present = fields.Integer(required=True)
    proxies = fields.Integer(required=True)
    quorate = fields.Boolean(required=True)
    is_history = fields.Boolean(required=True)
    entered_by = fields.String(attribute="entered_by_text", required=True)
    entered_at = fields.AwareDateTime(required=True)


class StageRow(Strict):
    """One of the four discussions, or one of the two publications."""

    stage = choice(StageKind, needed=True)
    held_on = fields.Date(required=True)
    due = fields.Integer(required=True, allow_none=True)
    present = fields.Integer(required=True, allow_none=True)
    agreed = fields.Integer(required=True, allow_none=True)


class ResolutionRow(Strict):
    """What one item came to, and how many votes it needed."""

    id = fields.String(required=True)
    item = fields.Integer(required=True)
    matter = choice(Matter, needed=True)
    text = fields.String(required=True)
    agreed = fields.Integer(required=True)
    opposed = fields.Integer(required=True)
    abstained = fields.Integer(required=True)
    majority = choice(Majority, needed=True)
    votes_needed = fields.Integer(required=True)
    carried = fields.Boolean(required=True)
    case_table = fields.String(required=True, allow_none=True)
    case_id = fields.String(required=True, allow_none=True)
    content_digest = fields.String(required=True, allow_none=True)
    alters_id = fields.String(required=True, allow_none=True)
    altered_by_id = fields.String(required=True, allow_none=True)


class MeetingCard(MeetingRow):
    """A meeting with what it needed, its stages, resolutions and papers."""

    notified_on = fields.Date(required=True, allow_none=True)
    readable_on = fields.Date(required=True, allow_none=True)
    party_studied_on = fields.Date(required=True, allow_none=True)
    place = fields.String(required=True)
    chair = fields.String(required=True)
    recorder = fields.String(required=True)
    authority = fields.String(required=True)
    summary = fields.String(required=True)
    households_due = fields.Integer(required=True)
    households_present = fields.Integer(required=True)
    representatives = fields.Integer(required=True)
    women = fields.Integer(required=True)
    people_needed = fields.Integer(required=True, allow_none=True)
    households_needed = fields.Integer(required=True, allow_none=True)
    stages = fields.List(fields.Nested(StageRow), required=True)
    resolutions = fields.List(fields.Nested(ResolutionRow), required=True)
    files = fields.List(fields.Nested(AttachmentRow), required=True)


MeetingPage = listed(MeetingRow)
