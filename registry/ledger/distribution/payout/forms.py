"""Forms of payout: preparing, answering, telling results, asking households."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional

from registry.assets.register.cards.forms import MANY, NEEDED, choices
from registry.assets.register.sheets.exporting import ExportForm
from registry.fields import TicksField, money_field
from registry.ledger.distribution.payout.rules import CheckFacts, Method, Received, ResultFacts, ResultKind
from registry.web import BaseForm


class PrepareForm(BaseForm):
    """Which uses of which instalment are paid, and how."""

    instalment = SelectField(_l("第几期"), [NEEDED], coerce=int)
    uses = TicksField(_l("发哪些项"), [NEEDED], coerce=int)
    method = SelectField(_l("发放方式"), [NEEDED], choices=lambda: choices(Method))

    def offer(self, instalments: Sequence[int], uses: Sequence[tuple[int, str]]) -> None:
        """Offer what of the plan stands in no order yet."""
        self.instalment.choices = [SelectChoice(number, str(number)) for number in instalments]
        self.uses.choices = [SelectChoice(key, label) for key, label in uses]


class ReleaseForm(BaseForm):
    """A second person's answer to an order."""

    answer = RadioField(
        _l("复核意见"), [NEEDED],
        choices=[SelectChoice("release", _l("核对无误，同意发放")), SelectChoice("send_back", _l("有问题，退回"))],
    )  # fmt: skip
    reason = TextAreaField(_l("退回原因"), [Length(max=500)], render_kw=MANY)


class OrderReasonForm(BaseForm):
    """Why an order is taken back, or a plan stopped."""

    reason = TextAreaField(_l("原因"), [NEEDED, Length(max=500)], render_kw=MANY)


class FileForm(BaseForm):
    """In which form the bank's file is given out, and what for."""

    file_format = SelectField(_l("格式"), [NEEDED], choices=lambda: choices(ExportForm))
    reason = StringField(_l("导出事由"), [NEEDED, Length(max=200)])


class ResultsForm(BaseForm):
    """The bank's file with what became of each line."""

    happened_on = DateField(_l("发放日期"), [NEEDED])
    source = StringField(_l("银行批次号或说明"), [NEEDED, Length(max=200)])
    file = FileField(_l("银行返回的结果文件"))


class PaidForm(BaseForm):
    """Lines that were paid by hand, or all that wait."""

    happened_on = DateField(_l("发放日期"), [NEEDED])
    source = StringField(_l("说明"), [NEEDED, Length(max=200)])
    serials = StringField(_l("没有发到的序号（空格隔开，都发到了就不填）"), [Length(max=2000)])
    reason = StringField(_l("没有发到的原因"), [Length(max=200)])


class ResultForm(BaseForm):
    """What became of one line."""

    happened_on = DateField(_l("日期"), [NEEDED])
    kind = SelectField(_l("结果"), [NEEDED], choices=lambda: choices(ResultKind))
    reference = StringField(_l("流水号"), [Length(max=60)])
    reason = StringField(_l("原因"), [Length(max=200)])

    def to_facts(self, serial: int) -> ResultFacts:
        return ResultFacts(serial, ResultKind(self.kind.data), self.reference.data or "", self.reason.data or "")


class ReceiptForm(BaseForm):
    """What a household says when it is asked."""

    serial = IntegerField(_l("序号"), [NEEDED, NumberRange(1, 10**6)])
    answer = SelectField(_l("农户答复"), [NEEDED], choices=lambda: choices(Received))
    said = money_field(_l("农户说收到多少"), [Optional()])
    checked_on = DateField(_l("抽查日期"), [NEEDED])
    note = StringField(_l("说明"), [Length(max=200)])

    def to_facts(self, amount_fen: int) -> CheckFacts:
        answer = Received(self.answer.data)
        said = amount_fen if answer is Received.RECEIVED and self.said.data is None else self.said.data or 0
        return CheckFacts(answer, said, self.checked_on.data, self.note.data or "")
