"""Forms of encumbrances."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from registry.assets.register.cards.forms import MANY, NEEDED, choices
from registry.assets.title.encumbrances.rules import EncumbranceFacts, EncumbranceKind
from registry.web import BaseForm

_DAY = DataRequired(_l("这一项必填。"))


class EncumbranceForm(BaseForm):
    """What weighs on an asset."""

    kind = RadioField(_l("限制种类"), [NEEDED], choices=lambda: choices(EncumbranceKind))
    holder = StringField(_l("提出人或受益人"), [NEEDED, Length(max=80)])
    document_no = StringField(_l("文号或依据"), [NEEDED, Length(max=80)])
    valid_from = DateField(_l("起始日期"), [_DAY])
    valid_to = DateField(_l("到期日期（有期限的）"), [Optional()])
    note = TextAreaField(_l("情况说明"), [Length(max=500)], render_kw=MANY)

    def to_facts(self) -> EncumbranceFacts:
        return EncumbranceFacts(
            EncumbranceKind(self.kind.data), self.holder.data, self.document_no.data, self.valid_from.data,
            self.valid_to.data, self.note.data or "",
        )  # fmt: skip


class LiftForm(BaseForm):
    """On what basis, and from which day, it weighs no more."""

    lifted_on = DateField(_l("解除日期"), [_DAY])
    document_no = StringField(_l("解除的文号或依据"), [NEEDED, Length(max=80)])
