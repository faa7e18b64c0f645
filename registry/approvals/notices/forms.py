"""Forms of notices and objections, for staff and for whoever stands before the board."""

import unicodedata

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from registry.approvals.notices.answering import AnswerFacts
from registry.approvals.notices.models import Notice
from registry.approvals.notices.objecting import (
    MAX_ANSWER,
    MAX_CONTACT,
    MAX_NAME,
    MAX_TEXT,
    Channel,
    Finding,
    Ground,
    ObjectionFacts,
)
from registry.approvals.notices.objecting import MAX_REASON as MAX_OBJECTION_REASON
from registry.approvals.notices.recurring import Prefilled
from registry.approvals.notices.rules import (
    MAX_BODY,
    MAX_PLACE,
    MAX_REASON,
    MAX_TITLE,
    Case,
    NoticeFacts,
    NoticeKind,
    Period,
    first_day_after,
)
from registry.approvals.notices.rules import (
    MAX_CONTACT as MAX_PERSON,
)
from registry.approvals.notices.tables import parse_table, pasted
from registry.kinds import Sector
from registry.policy.parameters import Parameter
from registry.text import Labelled
from registry.web import BaseForm

NEEDED = DataRequired(_l("这一项必填。"))
MAX_LIST = 200_000


def text_of(field: Field) -> str:
    """Return what was typed in its one form: composed characters, plain line ends, no room around it."""
    typed = str(field.data or "").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return unicodedata.normalize("NFC", typed).strip()


def _choices(kind: type[Labelled]) -> list[SelectChoice]:
    return [SelectChoice(member.value, _l(member.label)) for member in kind]


class NoticeForm(BaseForm):
    """What hangs on the board; the kind, the unit and the case are known to whoever embeds it."""

    title = StringField(_l("标题"), [NEEDED, Length(max=MAX_TITLE)])
    body = TextAreaField(_l("正文"), [NEEDED, Length(max=MAX_BODY)], render_kw={"rows": 8})
    table = TextAreaField(_l("名单或表格"), [Length(max=MAX_LIST)], render_kw={"rows": 5})
    names = StringField(_l("哪几列是姓名"), [Length(max=200)])
    place = StringField(_l("张贴地点"), [NEEDED, Length(max=MAX_PLACE)])
    contact_name = StringField(_l("联系人"), [NEEDED, Length(max=MAX_PERSON)])
    contact_phone = StringField(_l("联系电话"), [NEEDED, Length(max=MAX_PERSON)], render_kw={"inputmode": "tel"})
    ends_on = DateField(_l("挂到哪一天"), [Optional()])
    file = FileField(_l("张贴时的照片"))

    def to_facts(
        self,
        kind: NoticeKind,
        region_code: str,
        *,
        case: Case | None = None,
        sector: Sector | None = None,
        parameter: Parameter | None = None,
        period: Period | None = None,
        proposer: tuple[int | None, str] = (None, ""),
        replaces_id: int | None = None,
    ) -> NoticeFacts:
        """Return what is to be posted; raises what parse_table raises."""
        names = frozenset(filter(None, text_of(self.names).replace("，", "、").replace(",", "、").split("、")))
        return NoticeFacts(
            kind=kind, region_code=region_code, title=text_of(self.title), body=text_of(self.body),
            place=text_of(self.place), contact_name=text_of(self.contact_name),
            contact_phone=text_of(self.contact_phone), table=parse_table(text_of(self.table), names), case=case,
            sector=sector, parameter=parameter, ends_on=first_day_after(self.ends_on.data), period=period,
            proposer_id=proposer[0], proposer_text=proposer[1], replaces_id=replaces_id,
        )  # fmt: skip

    def repeat(self, notice: Notice) -> None:
        """Begin a notice that was taken down early once more, as it was."""
        self.title.data, self.body.data, self.table.data = notice.title, notice.body, pasted(notice.table)
        self.names.data = "、".join(column.label for column in notice.table.columns if column.personal)
        self.place.data, self.contact_name.data = notice.place, notice.contact_name
        self.contact_phone.data = notice.contact_phone

    def carry_over(self, last: Notice | None) -> None:
        """Begin with where the unit's last notice hung and whom it said to ask."""
        if last is not None:
            self.place.data, self.contact_name.data, self.contact_phone.data = (
                last.place, last.contact_name, last.contact_phone,
            )  # fmt: skip

    def prefill(self, begun: Prefilled) -> None:
        """Begin a recurring notice: title, text and the figures that are known."""
        self.title.data, self.body.data, self.table.data = begun.title, begun.body, pasted(begun.table)


class OwnNoticeForm(NoticeForm):
    """A notice of its own, with unit and kind."""

    region_code = SelectField(_l("哪个单位的公示栏"), [NEEDED])
    kind = SelectField(_l("公示什么"), [NEEDED], choices=lambda: _choices(NoticeKind))
    again = HiddenField()

    def offer(self, units: list[tuple[str, str]]) -> None:
        """Let one of these units be chosen."""
        self.region_code.choices = [SelectChoice(code, name) for code, name in units]


class PhotoForm(BaseForm):
    """A photograph of the board."""

    file = FileField(_l("照片"))


class TakeDownForm(BaseForm):
    """Why a notice is taken down early."""

    reason = TextAreaField(_l("收回理由"), [NEEDED, Length(max=MAX_REASON)], render_kw={"rows": 3})


class ObjectionForm(BaseForm):
    """What somebody objects; they need not say who they are."""

    ground = RadioField(
        _l("哪方面的问题"), [NEEDED], choices=lambda: _choices(Ground), default=Ground.CONTENT.value
    )  # fmt: skip
    text = TextAreaField(_l("您的意见"), [NEEDED, Length(max=MAX_TEXT)], render_kw={"rows": 5})
    name = StringField(_l("您的姓名"), [Length(max=MAX_NAME)], render_kw={"autocomplete": "name"})
    contact = StringField(_l("联系方式"), [Length(max=MAX_CONTACT)], render_kw={"autocomplete": "tel"})

    def to_facts(self, channel: Channel = Channel.PAGE) -> ObjectionFacts:
        """Return what is objected; the form's one-time key makes it one objection however often it is sent."""
        return ObjectionFacts(
            text_of(self.text), self.one_time_key.data or "", Ground(self.ground.data), text_of(self.name),
            text_of(self.contact), channel,
        )  # fmt: skip


class EnteredObjectionForm(ObjectionForm):
    """An objection on paper, by telephone or in person, entered by staff."""

    channel = SelectField(
        _l("怎么收到的"), [NEEDED],
        choices=lambda: [one for one in _choices(Channel) if one.value != Channel.PAGE.value],
    )  # fmt: skip

    def entered(self) -> ObjectionFacts:
        """Return what was objected, with how it came in."""
        return self.to_facts(Channel(self.channel.data))


class AnswerForm(BaseForm):
    """The answer of the level at which an objection lies."""

    finding = RadioField(_l("核查结论"), [NEEDED], choices=lambda: _choices(Finding))
    text = TextAreaField(_l("答复"), [NEEDED, Length(max=MAX_ANSWER)], render_kw={"rows": 6})

    def to_facts(self) -> AnswerFacts:
        """Return what is answered."""
        return AnswerFacts(Finding(self.finding.data), text_of(self.text))


class ReasonForm(BaseForm):
    """Why: an answer is taken to the level above, or a person's data is looked at."""

    reason = TextAreaField(_l("理由"), [NEEDED, Length(max=MAX_OBJECTION_REASON)], render_kw={"rows": 3})


class ReceiptForm(BaseForm):
    """The code that was given when an objection was taken in."""

    receipt = StringField(_l("回执码"), [NEEDED, Length(max=40)], render_kw={"autocomplete": "off"})


class PassOnForm(ReceiptForm):
    """Taking an answer to the level above, with the code."""

    reason = TextAreaField(_l("为什么不服"), [NEEDED, Length(max=MAX_OBJECTION_REASON)], render_kw={"rows": 3})
