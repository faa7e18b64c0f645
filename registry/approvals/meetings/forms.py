"""The form of a meeting: it asks for what the law counts at this kind of meeting and for nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileRequired, MultipleFileField
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, DateField, FieldList, Form, FormField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from registry.approvals.meetings.facts import Attendance, Case, Item, MeetingFacts, Sitting, Stage, Vote, read_count
from registry.approvals.meetings.kinds import BEFORE_MEETING, IMPORTANT, READ_BEFORE, Matter, Regime, StageKind
from registry.approvals.meetings.models import Meeting
from registry.approvals.meetings.queries import Decided
from registry.approvals.meetings.refusals import NoPapers
from registry.approvals.meetings.rules import Needed, Verdict, majority_of, needs, verdict
from registry.errors import RegistryError
from registry.fields import Needed as Required
from registry.fields import ParsedField
from registry.policy.rules import Policy
from registry.web import BaseForm, say

MOST_ITEMS = 20
MOST_FILES = 20
REQUIRED = Required("这一项必填。")
#: The bytes of a file and its name.
Upload = tuple[bytes, str]
_FILES = Length(max=MOST_FILES, message=_l("一次最多 20 个文件。"))


def _count(label: str, *validators: Any) -> ParsedField:
    keys = {"inputmode": "numeric", "autocomplete": "off"}
    return ParsedField(label, validators or [Optional()], read=read_count, write=str, render_kw=keys)


class StageForm(Form):  # type: ignore[misc]
    """One of the three discussions before the meeting."""

    held_on = DateField(_l("日期"), [REQUIRED])
    due = _count(_l("应到"), REQUIRED)
    present = _count(_l("到会"), REQUIRED)
    agreed = _count(_l("同意"), REQUIRED)

    def to_stage(self, stage: StageKind) -> Stage:
        return Stage(stage, self.held_on.data, self.due.data or 0, self.present.data or 0, self.agreed.data or 0)


class ItemForm(Form):  # type: ignore[misc]
    """One item with its vote; an item without a text is not there."""

    matter = SelectField(_l("事项"), default=Matter.OTHER.value)
    text = TextAreaField(_l("决议内容"), [Length(max=1000)], render_kw={"rows": 2})
    agreed = _count(_l("同意票"))
    opposed = _count(_l("反对票"))
    abstained = _count(_l("弃权票"))
    alters = SelectField(_l("变更以前的决议"), default="")

    @property
    def is_blank(self) -> bool:
        return not (self.text.data or "").strip()

    @property
    def vote(self) -> Vote:
        return Vote(self.agreed.data or 0, self.opposed.data or 0, self.abstained.data or 0)

    def validate(self, *args: Any, **kw: Any) -> bool:
        right = bool(super().validate(*args, **kw))
        if self.is_blank and self.vote.cast:
            self.text.errors = [gettext("填了票数，请写明决议内容。")]
            return False
        return right


@dataclass(frozen=True)
class FixedItem:
    """The one item of a meeting entered from a case: what it is about is settled, only the vote is asked for."""

    matter: Matter
    text: str
    case: Case


class MeetingForm(BaseForm):
    """A meeting of a kind chosen before; ``fixed`` when it is entered from a case."""

    body_name = StringField(_l("会议名称"), [REQUIRED, Length(max=80)])
    held_on = DateField(_l("召开日期"), [REQUIRED])
    notified_on = DateField(_l("通知日期"), [Optional()])
    readable_on = DateField(_l("方案、账目供查阅起始日"), [Optional()])
    party_studied_on = DateField(_l("党组织研究日期"), [Optional()])
    place = StringField(_l("地点"), [Length(max=100)])
    chair = StringField(_l("主持人"), [REQUIRED, Length(max=40)])
    recorder = StringField(_l("记录人"), [REQUIRED, Length(max=40)])
    authority = StringField(_l("依据"), [Length(max=200)])
    due = _count(_l("应到人数"), REQUIRED)
    present = _count(_l("到会人数"), REQUIRED)
    proxies = _count(_l("书面委托人数"))
    households_due = _count(_l("应到户数"))
    households_present = _count(_l("到会户数"))
    representatives = _count(_l("其中村民代表"))
    women = _count(_l("其中妇女代表"))
    proposed = FormField(StageForm, _l("村党组织会议提议"))
    discussed = FormField(StageForm, _l("村“两委”会议商议"))
    reviewed = FormField(StageForm, _l("党员大会审议"))
    items = FieldList(FormField(ItemForm), label=_l("议题"), min_entries=3, max_entries=MOST_ITEMS)
    summary = TextAreaField(_l("会议记录摘要"), [Length(max=2000)], render_kw={"rows": 4})
    file = MultipleFileField(_l("会议记录"), [_FILES])
    photos = MultipleFileField(_l("现场照片"), [_FILES])
    is_history = BooleanField(_l("启用本系统以前开的会，作为历史补录"))

    def __init__(
        self, sitting: Sitting, region_code: str, *, standing: Sequence[Decided] = (), last: Meeting | None = None,
        fixed: FixedItem | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data=_repeated(last) if last else None)
        self.sitting, self.region_code, self.fixed, self.standing = sitting, region_code, fixed, standing
        for name in _unasked(sitting, fixed):
            del self[name]
        while fixed and len(self.items) > 1:
            self.items.pop_entry()
        if fixed:
            self.items[0].form.text.data, self.items[0].form.matter.data = fixed.text, fixed.matter.value
        for entry in self.items:
            self.prepare(entry.form)

    def prepare(self, item: ItemForm) -> None:
        """Give an item its choices: what this meeting may decide, and which resolutions stand."""
        allowed = [matter for matter in Matter if matter not in self.sitting.rule.withheld]
        item.matter.choices = [SelectChoice(one.value, _l(one.label)) for one in allowed]
        earlier = [
            SelectChoice(str(one.resolution.id), f"{one.meeting.held_on} {one.resolution.text[:30]}")
            for one in self.standing
        ]
        item.alters.choices = [SelectChoice("", _l("不变更以前的决议")), *earlier]

    def validate(self, *args: Any, **kw: Any) -> bool:
        """Ask for the minutes or a photo too."""
        right = bool(super().validate(*args, **kw))
        if not (self.file.data or self.photos.data):
            self.file.errors = [*self.file.errors, say(NoPapers())]
            return False
        return right

    def refuse(self, error: RegistryError) -> None:
        """Put what is wrong with a stage beside its votes."""
        stage = self._fields.get(error.field or "")
        if isinstance(stage, FormField):
            stage.form.agreed.errors = [*stage.form.agreed.errors, say(error)]
        else:
            super().refuse(error)

    @property
    def attendance(self) -> Attendance:
        """The heads as typed; what is not asked for, or not typed, is 0."""
        numbers = {name: (self[name].data or 0) if name in self else 0 for name in _HEADS}
        return Attendance(**numbers)

    def needed(self, policy: Policy) -> Needed | None:
        """Return how many must come and agree, as soon as the heads that say so are typed and can be."""
        there = self.attendance
        told = there.due if majority_of(self.sitting.deciding, policy).is_of_all else there.attending
        return needs(self.sitting.deciding, there, policy) if told and there.attending <= there.due else None

    def verdicts(self, policy: Policy) -> list[Verdict | None]:
        """Return for every item how its vote would be judged, as soon as it has one."""
        return [
            verdict(self.sitting.deciding, self.attendance, entry.form.vote, policy)
            if self.needed(policy) and entry.form.vote.cast
            else None
            for entry in self.items
        ]

    def uploads(self) -> tuple[list[Upload], list[Upload]]:
        """Return the files of minutes and of photos."""
        return _read(self.file.data), _read(self.photos.data)

    def to_facts(self) -> MeetingFacts:
        """Return what was typed, in plain values."""
        stages = tuple(self[s.value.lower()].form.to_stage(s) for s in BEFORE_MEETING if s.value.lower() in self)
        told: dict[str, Any] = {name: (self[name].data or "").strip() for name in _TEXTS if name in self}
        told |= {name: self[name].data for name in _DAYS if name in self}
        return MeetingFacts(
            region_code=self.region_code, kind=self.sitting.kind, resolved_by=self.sitting.resolved_by,
            held_on=self.held_on.data, notified_on=self.notified_on.data, attendance=self.attendance,
            items=self._items(), stages=stages, is_history=bool(self.is_history.data), **told,
        )  # fmt: skip

    def _items(self) -> tuple[Item, ...]:
        if self.fixed:
            return (Item(self.fixed.matter, self.fixed.text, self.items[0].form.vote, self.fixed.case),)
        found = [entry.form for entry in self.items if not entry.form.is_blank]
        return tuple(
            Item(Matter(one.matter.data), one.text.data.strip(), one.vote, alters_id=int(one.alters.data or 0) or None)
            for one in found
        )


def _read(files: Sequence[FileStorage] | None) -> list[Upload]:
    return [(one.stream.read(), one.filename or "") for one in files or ()]


_HEADS = ("due", "present", "proxies", "households_due", "households_present", "representatives", "women")
_TEXTS = ("body_name", "place", "chair", "recorder", "summary", "authority")
_DAYS = ("party_studied_on", "readable_on")


def _unasked(sitting: Sitting, fixed: FixedItem | None) -> list[str]:
    """Return the fields that this kind of meeting, or this case, has no use for."""
    rule, matters = sitting.rule, {fixed.matter} if fixed else set(Matter)
    asked = {
        "proxies": rule.proxies,
        "households_due": rule.households is not None,
        "households_present": rule.households is not None,
        "representatives": rule.representatives is not None,
        "women": rule.women is not None or rule.least_women > 0,
        "authority": bool(rule.authority),
        "party_studied_on": rule.party_first and sitting.resolved_by is None and bool(matters & IMPORTANT),
        "readable_on": rule.regime is Regime.COLLECTIVE and bool(matters & (READ_BEFORE - rule.withheld)),
        **{stage.value.lower(): sitting.resolved_by is not None for stage in BEFORE_MEETING},
    }
    return [name for name, wanted in asked.items() if not wanted]


def _repeated(last: Meeting) -> dict[str, object]:
    """Return what the next meeting of the same body most likely repeats."""
    names = (
        "body_name",
        "place",
        "chair",
        "recorder",
        "authority",
        "due",
        "households_due",
        "representatives",
        "women",
    )
    return {name: getattr(last, name) for name in names if getattr(last, name)}


class PublicationForm(BaseForm):
    """One of the two publications of 四议两公开."""

    published_on = DateField(_l("公开日期"), [REQUIRED])
    file = MultipleFileField(_l("公开栏照片"), [FileRequired(_l("请选择文件。")), _FILES])
