"""Forms of custody agreements: the offer, the answer, the hand-back."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from registry.accounts.models import User
from registry.assets.custody.agreements.rules import Condition, HandBack, Terms
from registry.assets.custody.kinds import CustodianKind, PayPeriod, PaySource
from registry.assets.custody.posts.models import PublicPost
from registry.assets.register.cards.forms import MANY, NEEDED, choices
from registry.assets.register.cards.models import Asset
from registry.fields import money_field
from registry.policy.calendar import add_months
from registry.text import N_
from registry.web import BaseForm

LONG = {"rows": 4}
_NOBODY = N_("没有账号，用纸质签字")


def _id(field: SelectField) -> int | None:
    return int(field.data) if field.data else None


def _people(people: Sequence[User], empty: str) -> list[SelectChoice]:
    return [SelectChoice("", _l(empty)), *(SelectChoice(str(one.id), f"{one.name}（{one.post}）") for one in people)]


class OfferForm(BaseForm):
    """What is agreed, with whom, about which assets."""

    no = SelectMultipleField(_l("资产"), validate_choice=False)
    whole = BooleanField(_l("本条件下的全部资产"))
    kind = SelectField(_l("管护方式"), [NEEDED], choices=lambda: choices(CustodianKind))
    user_id = SelectField(_l("管护人账号"))
    custodian_name = StringField(_l("管护人姓名或单位"), [Length(max=80)])
    credit_code = StringField(_l("统一社会信用代码"), [Optional(), Length(max=18)])
    post_id = SelectField(_l("公益性岗位人员"))
    starts_on = DateField(_l("起始日期"), [NEEDED])
    ends_on = DateField(_l("到期日期"), [NEEDED])
    frequency_months = IntegerField(_l("巡查周期"), [InputRequired(_l("请填整数。"))])
    standards = TextAreaField(_l("管护标准"), [Length(max=8000)], render_kw=LONG)
    pay = money_field(_l("报酬"), [Optional()])
    pay_period = SelectField(_l("报酬按"), choices=lambda: choices(PayPeriod), default=PayPeriod.YEAR.value)
    pay_source = SelectField(_l("报酬来源"), choices=lambda: choices(PaySource, N_("没有报酬")))
    duties = TextAreaField(_l("职责"), [Length(max=1000)], render_kw=MANY)
    liability = TextAreaField(_l("损坏责任"), [Length(max=1000)], render_kw=MANY)
    hand_over = TextAreaField(_l("人员变动时的交接"), [Length(max=1000)], render_kw=MANY)

    def offer(self, assets: Sequence[Asset], people: Sequence[User], posts: Sequence[PublicPost]) -> None:
        """Offer the unit's assets, the people who could accept there, and those in its public posts."""
        self.no.choices = [SelectChoice(one.asset_no, one.name) for one in assets]
        self.user_id.choices = _people(people, _NOBODY)
        held = [SelectChoice(str(one.id), f"{one.name}（{one.title}）") for one in posts]
        self.post_id.choices = [SelectChoice("", _l("不是公益性岗位")), *held]

    def suggest(self, on: date, months: int, frequency: int) -> None:
        """Fill in the usual term and frequency."""
        self.starts_on.data, self.ends_on.data, self.frequency_months.data = on, add_months(on, months), frequency

    def to_terms(self) -> Terms:
        names = ("standards", "duties", "liability", "hand_over")
        texts: dict[str, Any] = {name: getattr(self, name).data or "" for name in names}
        return Terms(
            kind=CustodianKind(self.kind.data),
            custodian_name=(self.custodian_name.data or "").strip(),
            credit_code=(self.credit_code.data or "").strip().upper(),
            user_id=_id(self.user_id),
            post_id=_id(self.post_id),
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            frequency_months=self.frequency_months.data,
            pay_fen=self.pay.data or 0,
            pay_period=PayPeriod(self.pay_period.data),
            pay_source=PaySource(self.pay_source.data) if self.pay_source.data else None,
            **texts,
        )


class PaperForm(BaseForm):
    """What the custodian answered on paper."""

    answer = RadioField(
        _l("管护人的答复"), [NEEDED], default="accept",
        choices=[SelectChoice("accept", _l("已签字接受")), SelectChoice("decline", _l("不接受"))],
    )  # fmt: skip
    signed_on = DateField(_l("签字日期"), [NEEDED])
    reason = TextAreaField(_l("不接受的原因"), [Length(max=500)], render_kw=MANY)
    file = FileField(_l("签字的协议"), [FileRequired(_l("请上传签字的协议照片或扫描件。"))])


class DeclineForm(BaseForm):
    """Why the custodian declines."""

    reason = TextAreaField(_l("不接受的原因"), [NEEDED, Length(max=500)], render_kw=MANY)


class ConditionForm(Form):  # type: ignore[misc]
    """How one asset stands when it is handed back."""

    asset_id = HiddenField()
    condition = SelectField(_l("状况"), choices=lambda: choices(Condition), default=Condition.GOOD.value)


class HandBackForm(BaseForm):
    """Why care ends, how the assets stand, who looks after them meanwhile."""

    conditions = FieldList(FormField(ConditionForm))
    meanwhile_user_id = SelectField(_l("代管人账号"))
    meanwhile = StringField(_l("代管的单位或姓名"), [Length(max=80)])
    reason = TextAreaField(_l("原因"), [NEEDED, Length(max=500)], render_kw=MANY)

    def offer(self, people: Sequence[User]) -> None:
        """Offer the people who could take over."""
        self.meanwhile_user_id.choices = _people(people, _NOBODY)

    def list_assets(self, asset_ids: Sequence[int]) -> None:
        """Put a line for each asset on a blank form."""
        for asset_id in asset_ids:
            self.conditions.append_entry({"asset_id": str(asset_id)})

    def to_facts(self, names: Mapping[int, str]) -> HandBack:
        user_id = _id(self.meanwhile_user_id)
        conditions = {
            int(entry.form.asset_id.data): Condition(entry.form.condition.data)
            for entry in self.conditions
            if str(entry.form.asset_id.data).isdigit()
        }
        meanwhile = names.get(user_id, "") if user_id else (self.meanwhile.data or "").strip()
        return HandBack(self.reason.data or "", meanwhile, conditions, user_id)
