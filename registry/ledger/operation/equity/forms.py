"""Forms of equity."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from registry.assets.register.cards.forms import MANY, NEEDED, choices
from registry.assets.register.cards.models import Asset, Interest
from registry.assets.register.cards.typed import read_percent, write_percent
from registry.codes import typed_number
from registry.fields import Needed, ParsedField, money_field
from registry.kinds import OwnerKind
from registry.ledger.operation.equity.kinds import ContributionKind, ReturnKind
from registry.ledger.operation.equity.rules import EquityFacts
from registry.ledger.operation.equity.services import Move
from registry.ledger.operation.kinds import Frequency
from registry.parties.models import Party
from registry.parties.rules import PartyFacts
from registry.text import N_
from registry.web import BaseForm

_AMOUNT = Needed(N_("请填写金额，没有的填 0。"))
_NUMBER = InputRequired(_l("请填整数。"))
#: What a card says of its return, in the words of terms; what else it says floats.
_RETURNS = {"FIXED": ReturnKind.FIXED, "GUARANTEED": ReturnKind.GUARANTEED}


class EquityForm(BaseForm):
    """What a collective holds in a company or cooperative."""

    holder_id = SelectField(_l("谁持有"), [NEEDED])
    asset_no = StringField(_l("资产编号"), [Length(max=23)])
    investee = StringField(_l("投到哪家企业、合作社"), [NEEDED, Length(max=80)])
    investee_code = StringField(_l("统一社会信用代码"), [Optional(), Length(max=18)])
    is_cooperative = BooleanField(_l("是合作社"))
    contribution = SelectField(_l("用什么入股"), choices=lambda: choices(ContributionKind))
    capital = money_field(_l("入股金额"), [_AMOUNT])
    share = ParsedField(_l("持股比例（%）"), [Optional()], read=read_percent, write=write_percent)
    returns = SelectField(_l("分红方式"), choices=lambda: choices(ReturnKind))
    yearly = money_field(_l("每年分红"), [Optional()])
    frequency = SelectField(_l("分红周期"), choices=lambda: choices(Frequency), default=Frequency.YEARLY.value)
    starts_on = DateField(_l("入股日期"), [NEEDED])
    ends_on = DateField(_l("到期日期"), [NEEDED])
    principal_due_on = DateField(_l("本金返还日期"), [Optional()])
    planned_from = DateField(_l("从哪天起由系统计算应收"), [Optional()])
    arrears = money_field(_l("以前的欠款"), [Optional()])
    exit_terms = TextAreaField(_l("退出和股份处置办法"), [NEEDED, Length(max=1000)], render_kw=MANY)
    units = IntegerField(_l("收益分成多少份"), [_NUMBER, NumberRange(0, 10**9)], default=0)
    file = FileField(_l("入股协议、股权证明"))

    def offer(self, holders: Sequence[Party]) -> None:
        """Offer the collectives of the unit."""
        self.holder_id.choices = [SelectChoice(str(one.id), one.name) for one in holders]

    def begin(self, asset: Asset, interest: Interest | None, holder_id: int | None) -> None:
        """Begin with what the card of the shares says, so that nothing known is typed again."""
        self.asset_no.data, self.capital.data = asset.asset_no, asset.original_value_fen
        self.holder_id.data = str(holder_id) if holder_id is not None else None
        if interest is None:
            return
        self.investee.data, self.investee_code.data = interest.investee, interest.investee_code
        self.capital.data = interest.principal_fen or asset.original_value_fen
        self.share.data, self.exit_terms.data = interest.share_bp, interest.exit_terms
        self.starts_on.data, self.ends_on.data = interest.starts_on, interest.ends_on
        self.returns.data = _RETURNS.get(interest.return_kind, ReturnKind.FLOATING).value

    def to_facts(self) -> EquityFacts:
        return EquityFacts(
            holder_id=int(self.holder_id.data), investee=(self.investee.data or "").strip(),
            investee_code=(self.investee_code.data or "").strip().upper(),
            is_cooperative=bool(self.is_cooperative.data),
            contribution=ContributionKind(self.contribution.data), capital_fen=self.capital.data or 0,
            returns=ReturnKind(self.returns.data), starts_on=self.starts_on.data, ends_on=self.ends_on.data,
            exit_terms=self.exit_terms.data or "", frequency=Frequency(self.frequency.data),
            yearly_fen=self.yearly.data or 0, share_bp=self.share.data or 0,
            principal_due_on=self.principal_due_on.data, units=self.units.data,
            asset_no=typed_number(self.asset_no.data or ""), planned_from=self.planned_from.data,
            arrears_fen=self.arrears.data or 0,
        )  # fmt: skip


class ReasonForm(BaseForm):
    """Why an entry is given up."""

    reason = TextAreaField(_l("原因"), [NEEDED, Length(max=500)], render_kw=MANY)


class RightForm(BaseForm):
    """To which household a right goes."""

    name = StringField(_l("户主姓名"), [NEEDED, Length(max=40)])
    resident_id = StringField(_l("身份证号"), [Optional(), Length(max=18)])
    units = IntegerField(_l("份数"), [_NUMBER])

    def household(self, region_code: str) -> PartyFacts:
        """Return the household meant."""
        number = (self.resident_id.data or "").strip().upper()
        return PartyFacts(OwnerKind.HOUSEHOLD, (self.name.data or "").strip(), region_code, resident_id=number)


class MoveForm(RightForm):
    """To which household a right moves, and why."""

    reason = TextAreaField(_l("原因"), [NEEDED, Length(max=500)], render_kw=MANY)

    def to_move(self, region_code: str) -> Move:
        return Move(self.household(region_code), self.units.data, self.reason.data or "")


class DividendForm(BaseForm):
    """What a period pays."""

    amount = money_field(_l("本期分红"), [_AMOUNT])
    file = FileField(_l("分红决议或结算材料"))


class ExitForm(BaseForm):
    """When and why equity is left, and what of the principal has come back."""

    exited_on = DateField(_l("退出日期"), [NEEDED])
    returned = money_field(_l("已收回本金"), [_AMOUNT])
    reason = TextAreaField(_l("原因"), [NEEDED, Length(max=500)], render_kw=MANY)
    file = FileField(_l("退出协议"))
