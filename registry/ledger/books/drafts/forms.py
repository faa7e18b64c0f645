"""Forms of vouchers made by hand: the deed with its amount, the check, the reason."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from registry.assets.register.cards.forms import MANY, NEEDED
from registry.codes import typed_number
from registry.fields import money_field
from registry.kinds import Category
from registry.ledger.books.accounts import ChartVersion
from registry.ledger.books.drafts.rules import MANUAL, MOST_LINES, DraftFacts, deeds_for, places_of
from registry.ledger.books.entries import BookDeed, Line
from registry.money import format_yuan
from registry.web import BaseForm

#: What of a draft can be told in one line each.
_COMPARED = frozenset(
    {"deed", "booked_on", "amount", "summary", "asset_no", "contract_no", "category", "member", "payee", "use"}
)
_COSTS = (Category.OPERATING, Category.PUBLIC_WELFARE)


def _whole(text: str) -> int:
    """Return a whole number, 0 for what is none: no paper has it."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


class LineForm(Form):  # type: ignore[misc]
    """One line: an account with its detail, one of two amounts; a row without any is no line."""

    place = SelectField(_l("科目"), validate_choice=False)
    debit = money_field(_l("借方"), [Optional()])
    credit = money_field(_l("贷方"), [Optional()])

    def to_line(self) -> Line | None:
        """Return the line, if it holds anything."""
        debit, credit = self.debit.data or 0, self.credit.data or 0
        account, _, detail = (self.place.data or "").partition("-")
        return Line(account, detail, debit, credit) if account or debit or credit else None


class LinesForm(BaseForm):
    """Lines typed where no table gives them."""

    lines = FieldList(FormField(LineForm), min_entries=4, max_entries=MOST_LINES)

    def offer_places(self, chart: ChartVersion) -> None:
        """Offer the accounts of a chart in every line."""
        places = [("", gettext("请选择科目")), *places_of(chart)]
        for row in self.lines:
            row.form.place.choices = places

    def to_lines(self) -> tuple[Line, ...]:
        """Return the lines that hold anything."""
        return tuple(line for row in self.lines if (line := row.form.to_line()) is not None)


class DraftForm(LinesForm):
    """A voucher made by hand."""

    version = HiddenField()
    deed = SelectField(_l("业务"), [NEEDED])
    booked_on = DateField(_l("日期"), [NEEDED])
    amount = money_field(_l("金额"), [Optional()])
    summary = StringField(_l("摘要"), [NEEDED, Length(max=200)])
    asset_no = StringField(_l("关联资产编号"), [Length(max=40)])
    contract_no = StringField(_l("关联合同编号"), [Length(max=60)])
    category = SelectField(_l("费用类别"), [Optional()])
    member = BooleanField(_l("对方是本集体成员"))
    payee = StringField(_l("收款的村集体全称"), [Length(max=80)])
    use = StringField(_l("用途"), [Length(max=40)])
    file = MultipleFileField(_l("原始凭证"))
    drop = SelectMultipleField(_l("不再用的原始凭证"), coerce=_whole, validate_choice=False)

    def offer(self, chart: ChartVersion) -> None:
        """Offer the deeds and accounts of a chart."""
        self.deed.choices = [SelectChoice("", gettext("请选择业务"))] + [
            SelectChoice(deed.value, gettext(deed.label), optgroup=gettext(MANUAL[deed][0].label))
            for deed in deeds_for(chart)
        ]
        self.category.choices = [("", gettext("按关联资产")), *((one.value, gettext(one.label)) for one in _COSTS)]
        self.offer_places(chart)

    def to_facts(self) -> DraftFacts:
        """Return what was filled in."""
        return DraftFacts(
            BookDeed(self.deed.data), self.booked_on.data, (self.summary.data or "").strip(), self.amount.data or 0,
            typed_number(self.asset_no.data or ""), (self.contract_no.data or "").strip(),
            payee=(self.payee.data or "").strip(), member=self.member.data,
            category=Category(self.category.data) if self.category.data else None,
            use=(self.use.data or "").strip(), lines=self.to_lines(),
        )  # fmt: skip

    def fill(self, facts: DraftFacts) -> None:
        """Show what had been filled in."""
        self.deed.data, self.booked_on.data, self.summary.data = facts.deed.value, facts.booked_on, facts.summary
        self.asset_no.data, self.contract_no.data = facts.asset_no, facts.contract_no
        self.payee.data, self.use.data = facts.payee, facts.use
        self.member.data, self.category.data = facts.member, facts.category.value if facts.category else ""
        if facts.deed is not BookDeed.TYPED:
            self.amount.data = facts.amount_fen
        for row, line in zip(self.lines, facts.lines, strict=False):
            row.form.place.data = f"{line.account}-{line.detail}" if line.detail else line.account
            row.form.debit.data, row.form.credit.data = line.debit_fen or None, line.credit_fen or None


class CheckForm(BaseForm):
    """What the second person says to a draft."""

    version = HiddenField()
    answer = RadioField(
        _l("复核意见"), [NEEDED],
        choices=[SelectChoice("post", _l("核对无误，记账")), SelectChoice("back", _l("有问题，退回修改"))],
    )  # fmt: skip
    reason = TextAreaField(_l("退回原因"), [Length(max=500)], render_kw=MANY)


class ReasonForm(BaseForm):
    """Why a voucher is undone."""

    reason = TextAreaField(_l("冲销原因"), [NEEDED, Length(max=160)], render_kw=MANY)


def differing(form: DraftForm, facts: DraftFacts, chart: ChartVersion) -> list[tuple[str, str, str]]:
    """Return where what was typed is not what stands now: the label, and both as the form would show them."""
    now = DraftForm(formdata=None)
    now.offer(chart)
    now.fill(facts)
    rows = [(field.label.text, _shown(now[field.name]), _shown(field)) for field in form if field.name in _COMPARED]
    rows.append((gettext("分录"), _told(now.to_lines()), _told(form.to_lines())))
    return [row for row in rows if row[1] != row[2]]


def _shown(field: Field) -> str:
    if isinstance(field, BooleanField):
        return str(gettext("是") if field.data else gettext("否"))
    if isinstance(field, SelectField):
        return next((str(choice[1]) for choice in field.iter_choices() if choice[2]), "—")
    return str(field._value()) or "—"


def _told(lines: tuple[Line, ...]) -> str:
    texts = [f"{one.account} {format_yuan(one.debit_fen)} / {format_yuan(one.credit_fen)}" for one in lines]
    return "；".join(texts) or "—"


def seen_version(field: HiddenField) -> int | None:
    """Return the version that a form was filled in with."""
    text = field.data or ""
    return int(text) if text.isascii() and text.isdigit() else None
