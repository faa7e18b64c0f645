"""Forms of arrears: a demand, and asking for a debt to be given up."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import DateField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from registry.assets.register.cards.forms import MANY, NEEDED, choices
from registry.fields import TicksField, money_field
from registry.ledger.operation.arrears.rules import Demand, DemandWay, GivingUp
from registry.ledger.operation.dues.models import Due
from registry.web import BaseForm


class DemandForm(BaseForm):
    """How overdue dues of one debtor were demanded."""

    due_ids = TicksField(_l("这份催缴函催哪几笔"), [NEEDED], coerce=int)
    way = SelectField(_l("催缴方式"), [NEEDED], choices=lambda: choices(DemandWay))
    sent_on = DateField(_l("催缴日期"), [NEEDED])
    pay_by = DateField(_l("限期缴清"), [NEEDED])
    note = TextAreaField(_l("说明"), [Length(max=500)], render_kw=MANY)
    file = MultipleFileField(_l("催缴函、送达回执"))

    def offer(self, dues: Sequence[Due]) -> None:
        """Offer what one letter can demand."""
        self.due_ids.choices = [SelectChoice(due.id, str(due.period_from)) for due in dues]

    def to_demand(self) -> Demand:
        way, chosen = DemandWay(self.way.data), tuple(self.due_ids.data)
        return Demand(way, self.sent_on.data, self.pay_by.data, self.note.data or "", chosen)


class WriteOffForm(BaseForm):
    """How much is to be given up, and why."""

    amount = money_field(_l("申请核销金额"), [NEEDED])
    grounds = TextAreaField(_l("收不回的理由和证明"), [NEEDED, Length(max=1000)], render_kw=MANY)
    file = MultipleFileField(_l("证明材料"))

    def to_facts(self) -> GivingUp:
        return GivingUp(self.amount.data or 0, self.grounds.data or "")
