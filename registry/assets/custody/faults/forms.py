"""Forms of faults: repair and acceptance."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from registry.assets.custody.faults.rules import Payer, Repair, Stop
from registry.assets.register.cards.forms import MANY, NEEDED, choices
from registry.fields import money_field
from registry.text import N_
from registry.web import BaseForm


class StartForm(BaseForm):
    """Who repairs."""

    repairer = StringField(_l("由谁维修"), [Length(max=80)])


class RepairForm(BaseForm):
    """What was done."""

    work = TextAreaField(_l("怎么修的"), [NEEDED, Length(max=500)], render_kw=MANY)
    repaired_on = DateField(_l("修好日期"), [NEEDED])
    repairer = StringField(_l("维修人或单位"), [Length(max=80)])
    cost = money_field(_l("费用"), [Optional()])
    payer = SelectField(_l("谁出钱"), [Optional()], choices=lambda: choices(Payer, N_("没有费用")))
    file = MultipleFileField(_l("照片、票据"))

    def to_repair(self) -> Repair:
        payer = Payer(self.payer.data) if self.payer.data else None
        return Repair(self.work.data or "", self.repaired_on.data, self.repairer.data or "", self.cost.data or 0, payer)


class StopForm(BaseForm):
    """Why a repair is given up, and what it has cost; ids of its own beside the form of a repair that is done."""

    reason = StringField(_l("为什么停止"), [NEEDED, Length(max=200)])
    cost = money_field(_l("已经花的钱"), [Optional()], id="stop-cost")
    payer = SelectField(_l("谁出钱"), [Optional()], choices=lambda: choices(Payer, N_("没有费用")), id="stop-payer")
    is_settled = BooleanField(_l("维修费已经结清，不欠谁的钱"))
    file = MultipleFileField(_l("照片、票据"), id="stop-file")

    def to_stop(self) -> Stop:
        payer = Payer(self.payer.data) if self.payer.data else None
        return Stop(self.reason.data or "", self.cost.data or 0, payer, is_settled=self.is_settled.data)


class AcceptanceForm(BaseForm):
    """Whether the repair is good."""

    answer = RadioField(
        _l("验收意见"), [NEEDED],
        choices=[SelectChoice("accept", _l("修好了，通过")), SelectChoice("reopen", _l("没有修好，不通过"))],
    )  # fmt: skip
    opinion = TextAreaField(_l("意见"), [Length(max=500)], render_kw=MANY)
