"""Forms of receipts: entering, correcting, checking."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, DateField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from registry.assets.register.cards.forms import MANY, NEEDED, choices
from registry.fields import money_field
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.owing import Agreed
from registry.ledger.operation.receipts.rules import ReceiptFacts
from registry.money import format_yuan
from registry.web import BaseForm


def _due_words(due: Due) -> str:
    span = {"first": due.period_from, "last": due.period_to, "yuan": format_yuan(due.open_fen)}
    return str(_("%(kind)s %(first)s 至 %(last)s，未收 %(yuan)s 元", kind=_(due.about.label), **span))


class ReceiptForm(BaseForm):
    """What was received."""

    amount = money_field(_l("实收金额"), [NEEDED])
    received_on = DateField(_l("到账日期"), [NEEDED])
    kind = SelectField(_l("收益种类"), [NEEDED], choices=lambda: choices(IncomeKind))
    contract_id = SelectField(_l("哪份合同、股权"), choices=())
    due_id = SelectField(_l("付的是哪一期"), choices=(), default="")
    earned_from = DateField(_l("所属期间，从"), [NEEDED])
    earned_to = DateField(_l("所属期间，到"), [NEEDED])
    payer = StringField(_l("付款人"), [Length(max=80)])
    bank_reference = StringField(_l("银行流水号或凭证号"), [Length(max=60)])
    goods = StringField(_l("实物：品名、数量、估价依据"), [Length(max=200)])
    note = TextAreaField(_l("备注"), [Length(max=500)], render_kw=MANY)
    file = MultipleFileField(_l("凭证照片"))
    twice = BooleanField(_l("不是重复登记"))
    agreed: Sequence[Agreed] = ()

    def offer(self, agreed: Sequence[Agreed], dues: Sequence[Due]) -> None:
        """Offer the contracts and equity of the asset, and what is owed under them."""
        self.agreed = agreed
        first = SelectChoice("", _l("没有合同"))
        self.contract_id.choices = [first, *(SelectChoice(one.key, one.label) for one in agreed)]
        oldest = SelectChoice("", _l("没有说，先抵最早的"))
        self.due_id.choices = [oldest, *(SelectChoice(str(one.id), _due_words(one)) for one in dues)]

    def fill(self, facts: ReceiptFacts) -> None:
        """Begin with what is known or was entered."""
        self.kind.data, self.received_on.data = facts.kind.value, facts.received_on
        self.amount.data = facts.amount_fen or None
        self.contract_id.data = Agreed("", facts.contract_id, facts.equity_id).key
        self.due_id.data = str(facts.due_id or "")
        self.earned_from.data, self.earned_to.data = facts.earned_from, facts.earned_to
        self.payer.data, self.bank_reference.data = facts.payer, facts.bank_reference
        self.goods.data, self.note.data = facts.goods, facts.note

    def to_facts(self) -> ReceiptFacts:
        chosen = next((one for one in self.agreed if one.key == self.contract_id.data), None)
        return ReceiptFacts(
            IncomeKind(self.kind.data), self.amount.data or 0, self.received_on.data, self.earned_from.data,
            self.earned_to.data, self.payer.data or "", self.bank_reference.data or "", self.goods.data or "",
            self.note.data or "", chosen.contract_id if chosen else None, chosen.equity_id if chosen else None,
            int(self.due_id.data) if self.due_id.data else None,
        )  # fmt: skip


class CorrectionForm(ReceiptForm):
    """What should have stood there, and why."""

    reason = TextAreaField(_l("为什么更正"), [NEEDED, Length(max=500)], render_kw=MANY)


class ReviewForm(BaseForm):
    """The receipts that a checker lets pass."""

    chosen = SelectMultipleField(_l("通过哪几笔"), coerce=int, validate_choice=False)


class SendBackForm(BaseForm):
    """What is wrong with a receipt."""

    reason = TextAreaField(_l("退回原因"), [NEEDED, Length(max=500)], render_kw=MANY)
