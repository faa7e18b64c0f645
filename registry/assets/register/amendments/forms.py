"""Forms for changing a confirmed card."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, FieldList, FormField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from registry.assets.register.amendments.history import PastFact
from registry.assets.register.amendments.rules import VALUE_KINDS, LegacyKind
from registry.assets.register.amendments.services import ValueFacts
from registry.assets.register.cards.forms import MANY, NEEDED, FundingForm, RegistrationForm, choices
from registry.assets.register.registration import ValueKind
from registry.fields import money_field
from registry.web import BaseForm


class CorrectionForm(RegistrationForm):
    """The whole card with the reason why it is changed."""

    version = HiddenField()
    reason = TextAreaField(_l("更正理由"), [NEEDED, Length(max=500)], render_kw=MANY)
    document_no = StringField(_l("依据文号"), [Length(max=80)])


class ValueForm(BaseForm):
    """A change of value from a day on."""

    kind = RadioField(_l("变动原因"), [NEEDED])
    effective_on = DateField(_l("生效日期"), [DataRequired(_l("这一项必填。"))])
    lines = FieldList(FormField(FundingForm), min_entries=1)
    document_no = StringField(_l("依据文号"), [Length(max=80)])
    reason = TextAreaField(_l("说明"), [NEEDED, Length(max=500)], render_kw=MANY)

    def __init__(self, **kw: Any) -> None:
        super().__init__(**kw)
        self.kind.choices = [SelectChoice(kind.value, _l(kind.label)) for kind in VALUE_KINDS]

    def to_facts(self) -> ValueFacts:
        lines = tuple(entry.form.to_fact() for entry in self.lines if not entry.form.is_blank)
        return ValueFacts(
            ValueKind(self.kind.data),
            self.effective_on.data,
            lines,
            self.reason.data or "",
            self.document_no.data or "",
        )


class DecisionForm(BaseForm):
    """The answer of the level above."""

    answer = RadioField(
        _l("您的意见"), [NEEDED],
        choices=[SelectChoice("agree", _l("同意更正")), SelectChoice("refuse", _l("不同意"))],
    )  # fmt: skip
    opinion = TextAreaField(_l("意见"), [Length(max=500)], render_kw=MANY)


class LegacyForm(BaseForm):
    """A fact from before go-live."""

    kind = SelectField(_l("补录什么"), [NEEDED], choices=lambda: choices(LegacyKind))
    fact_on = DateField(_l("发生日期"), [DataRequired(_l("这一项必填。"))])
    document_no = StringField(_l("文号"), [Length(max=80)])
    amount = money_field(_l("金额"), [Optional()])
    note = TextAreaField(_l("情况说明"), [Length(max=500)], render_kw=MANY)

    def to_fact(self) -> PastFact:
        return PastFact(
            LegacyKind(self.kind.data), self.fact_on.data, self.document_no.data or "", self.note.data or "",
            self.amount.data,
        )  # fmt: skip


class CommentForm(BaseForm):
    """A remark."""

    body = TextAreaField(_l("批注"), [NEEDED, Length(max=1000)], render_kw={"rows": 3})
