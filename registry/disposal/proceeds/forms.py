"""Forms of earmarked money: what came in, for what it is used, and the answers of the second person."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from registry.approvals.meetings.kinds import MeetingKind
from registry.approvals.meetings.models import Meeting
from registry.assets.register.cards.forms import MANY, NEEDED
from registry.assets.register.projects.models import Project
from registry.disposal.proceeds.kinds import Destination, Purpose
from registry.disposal.proceeds.rules import MAX_NOTE, PURPOSES, Arrival, UseFacts
from registry.fields import Needed, money_field
from registry.text import N_
from registry.web import BaseForm

_AMOUNT = Needed(N_("请填写金额。"))


class ReceiptForm(BaseForm):
    """Money of a price that came in."""

    amount = money_field(_l("到账金额"), [_AMOUNT])
    received_on = DateField(_l("到账日期"), [NEEDED])
    paper_no = StringField(_l("银行回单、收据编号"), [NEEDED, Length(max=80)])
    file = MultipleFileField(_l("回单、收据"))

    def to_arrival(self) -> Arrival:
        return Arrival(self.amount.data or 0, self.received_on.data, self.paper_no.data or "")


class UseForm(BaseForm):
    """For what money is used again, and who decided it."""

    purpose = SelectField(_l("用途"), [NEEDED])
    amount = money_field(_l("使用金额"), [_AMOUNT])
    used_on = DateField(_l("使用日期"), [NEEDED])
    asset_no = StringField(_l("资产编号"), [Length(max=30)])
    project_id = SelectField(_l("项目"), default="")
    meeting_id = SelectField(_l("哪次会议决定的"), default="")
    document_no = StringField(_l("批准文件的文号"), [Length(max=80)])
    note = TextAreaField(_l("用在哪里"), [NEEDED, Length(max=MAX_NOTE)], render_kw=MANY)
    file = MultipleFileField(_l("批准文件、会议记录、付款凭证"))

    def offer(self, destination: Destination, meetings: Sequence[Meeting], projects: Sequence[Project]) -> None:
        """Offer what money of this destination may be used for, and what it can rest on."""
        self.purpose.choices = [(one.value, _(one.label)) for one in PURPOSES[destination]]
        self.meeting_id.choices = [
            ("", _("没有开会，按文件办理")),
            *((str(one.id), f"{one.held_on} {_(MeetingKind(one.kind).label)}") for one in meetings),
        ]
        self.project_id.choices = [
            ("", _("不涉及项目")), *((str(one.id), f"{one.year} {one.name}") for one in projects)
        ]  # fmt: skip

    def to_facts(self) -> UseFacts:
        return UseFacts(
            purpose=Purpose(self.purpose.data), amount_fen=self.amount.data or 0, used_on=self.used_on.data,
            note=self.note.data or "", meeting_id=int(self.meeting_id.data) if self.meeting_id.data else None,
            document_no=self.document_no.data or "", asset_no=(self.asset_no.data or "").strip().upper(),
            project_id=int(self.project_id.data) if self.project_id.data else None,
        )  # fmt: skip


class PapersForm(BaseForm):
    """Papers that a use rests on."""

    file = MultipleFileField(_l("批准文件、会议记录、付款凭证"))


class OpinionForm(BaseForm):
    """Why the second person does not agree."""

    opinion = TextAreaField(_l("不同意的理由"), [NEEDED, Length(max=MAX_NOTE)], render_kw=MANY)


class UndoForm(BaseForm):
    """Why a use is to be undone."""

    reason = TextAreaField(_l("撤销理由"), [NEEDED, Length(max=MAX_NOTE)], render_kw=MANY)
