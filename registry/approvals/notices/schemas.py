"""Notices and objections as JSON: lists are masked as the public reads them, who objected is masked too."""

from typing import Any

from marshmallow import fields, post_load, validate

from registry.approvals.notices.answering import AnswerFacts
from registry.approvals.notices.objecting import (
    MAX_ANSWER,
    MAX_CONTACT,
    MAX_NAME,
    MAX_TEXT,
    Channel,
    Finding,
    Ground,
    ObjectionFacts,
    ObjectionState,
)
from registry.approvals.notices.queries import Tab
from registry.approvals.notices.rules import (
    MAX_BODY,
    MAX_PLACE,
    MAX_TITLE,
    NoticeFacts,
    NoticeKind,
    NoticeState,
    first_day_after,
)
from registry.approvals.notices.rules import MAX_CONTACT as MAX_PERSON
from registry.approvals.notices.tables import (
    MAX_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    NO_TABLE,
    Column,
    NoticeTable,
    is_name_heading,
)
from registry.evidence.schemas import AttachmentRow
from registry.kinds import NoticeDays
from registry.regions import Level
from registry.rest.fields import PageArguments, Strict, choice, code, day, listed, row_id, text


class NoticeArguments(PageArguments):
    """Which notices a list shows."""

    tab = choice(Tab, load_default=Tab.RUNNING.value)
    region_code = code()
    kind = choice(NoticeKind)
    q = text(60)


class ColumnEntry(Strict):
    """One column of the list; ``personal`` ones hold names of persons and are masked wherever the public reads."""

    label = text(MAX_CELL, needed=True, least=1)
    personal = fields.Boolean(load_default=False)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Column:
        return Column(data["label"].strip(), data["personal"] or is_name_heading(data["label"]))


class TableEntry(Strict):
    """A list below the text."""

    columns = fields.List(fields.Nested(ColumnEntry), required=True, validate=validate.Length(min=1, max=MOST_COLUMNS))
    rows = fields.List(
        fields.List(text(MAX_CELL), validate=validate.Length(max=MOST_COLUMNS)),
        required=True, validate=validate.Length(max=MOST_ROWS),
    )  # fmt: skip

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> NoticeTable:
        return NoticeTable(tuple(data["columns"]), tuple(tuple(cell.strip() for cell in row) for row in data["rows"]))


class NoticeWords(Strict):
    """What hangs on the board."""

    title = text(MAX_TITLE, needed=True, least=1)
    body = text(MAX_BODY, needed=True, least=1)
    table = fields.Nested(TableEntry, load_default=NO_TABLE)
    place = text(MAX_PLACE, needed=True, least=1)
    contact_name = text(MAX_PERSON, needed=True, least=1)
    contact_phone = text(MAX_PERSON, needed=True, least=1)
    last_day = day(load_default=None, allow_none=True, metadata={"description": "挂到哪一天（含），不得少于规定天数"})


def facts_of(words: dict[str, Any], *, proposer: tuple[int | None, str] = (None, ""), **about: Any) -> NoticeFacts:
    """Return what is to be posted: the words, and what is known of the matter."""
    said = {name: words[name].strip() for name in ("title", "body", "place", "contact_name", "contact_phone")}
    return NoticeFacts(
        **said, table=words["table"], ends_on=first_day_after(words["last_day"]), proposer_id=proposer[0],
        proposer_text=proposer[1], **about,
    )  # fmt: skip


class NoticeEntry(NoticeWords):
    """A notice of its own, with unit and kind, or one taken down early that is put up again."""

    region_code = code(needed=True)
    kind = choice(NoticeKind, needed=True)
    repeats = row_id()


class NoticeRow(Strict):
    """A notice as a list shows it."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    region_code = fields.String(required=True)
    kind = choice(NoticeKind, needed=True)
    state = choice(NoticeState, needed=True)
    title = fields.String(required=True)
    starts_on = fields.Date(required=True)
    last_day = fields.Date(required=True)
    days = fields.Integer(required=True)
    days_kind = choice(NoticeDays, needed=True)
    days_left = fields.Integer(required=True)
    open_objections = fields.Integer(required=True)
    case_table = fields.String(required=True)
    case_id = fields.String(required=True)
    content_digest = fields.String(required=True)


class ColumnRow(Strict):
    """One column of the list."""

    label = fields.String(required=True)
    personal = fields.Boolean(required=True)


class TableRow(Strict):
    """A list as the public reads it."""

    columns = fields.List(fields.Nested(ColumnRow), required=True)
    rows = fields.List(fields.List(fields.String()), required=True)


class NoticeCard(NoticeRow):
    """A notice with its words, its photographs and how it ended."""

    body = fields.String(required=True)
    table = fields.Nested(TableRow, required=True)
    place = fields.String(required=True)
    contact_name = fields.String(required=True)
    contact_phone = fields.String(required=True)
    hotline = fields.String(required=True)
    period_from = fields.Date(required=True, allow_none=True)
    period_to = fields.Date(required=True, allow_none=True)
    posted_by = fields.String(attribute="posted_by_text", required=True)
    posted_at = fields.AwareDateTime(required=True)
    replaces_id = fields.String(required=True, allow_none=True)
    ended_on = fields.Date(required=True, allow_none=True)
    ended_by = fields.String(attribute="ended_by_text", required=True)
    reason = fields.String(required=True)
    photos = fields.List(fields.Nested(AttachmentRow), required=True)


class ObjectionEntry(Strict):
    """An objection that came on paper, by telephone or in person."""

    channel = fields.String(
        required=True, validate=validate.OneOf([one.value for one in Channel if one is not Channel.PAGE])
    )
    ground = choice(Ground, load_default=Ground.CONTENT.value)
    name = text(MAX_NAME, load_default="")
    contact = text(MAX_CONTACT, load_default="")
    text = text(MAX_TEXT, needed=True, least=1)


def objection_of(said: dict[str, Any], key: str) -> ObjectionFacts:
    """Return what is objected; the key makes it one objection however often it is sent."""
    told = {name: said[name].strip() for name in ("text", "name", "contact")}
    return ObjectionFacts(**told, key=key, ground=Ground(said["ground"]), channel=Channel(said["channel"]))


class AnswerEntry(Strict):
    """The answer of the level at which an objection lies."""

    finding = choice(Finding, needed=True)
    text = text(MAX_ANSWER, needed=True, least=1)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> AnswerFacts:
        return AnswerFacts(Finding(data["finding"]), data["text"].strip())


class AnswerRow(Strict):
    """What a level answered."""

    level = choice(Level, needed=True)
    finding = choice(Finding, needed=True)
    text = fields.String(required=True)
    answered_on = fields.Date(required=True)
    answered_by = fields.String(attribute="answered_by_text", required=True)


class ObjectionRow(Strict):
    """An objection with its answers; who objected is masked."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    notice_id = fields.String(required=True)
    region_code = fields.String(required=True)
    channel = choice(Channel, needed=True)
    ground = choice(Ground, needed=True)
    text = fields.String(required=True)
    name = fields.String(required=True, metadata={"description": "遮盖后的姓名"})
    contact = fields.String(required=True, metadata={"description": "遮盖后的联系方式"})
    state = choice(ObjectionState, needed=True)
    level = choice(Level, needed=True)
    lies_at = fields.String(required=True, metadata={"description": "现在由哪个单位答复"})
    raised_at = fields.AwareDateTime(required=True)
    due_on = fields.Date(required=True)
    pass_on_until = fields.Date(required=True, allow_none=True)
    passed_on_reason = fields.String(required=True)
    answers = fields.List(fields.Nested(AnswerRow), required=True)
    receipt = fields.String(metadata={"description": "回执码：只在第一次答复里给出，系统不保存，请转告提出人"})


NoticePage = listed(NoticeRow)
ObjectionPage = listed(ObjectionRow)
