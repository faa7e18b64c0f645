"""The form on which the result of a trade is told."""

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, MultipleFileField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from registry.assets.register.cards.forms import NEEDED, choices
from registry.disposal.prices.kinds import TradeWay
from registry.disposal.prices.rules import Result
from registry.fields import Needed, money_field
from registry.kinds import OwnerKind
from registry.text import N_
from registry.web import BaseForm


class PriceForm(BaseForm):
    """What a trade fetched, with the record of the public platform."""

    price = money_field(_l("成交价"), [Needed(N_("请填写成交价。"))])
    opened_on = DateField(_l("成交日期"), [NEEDED])
    way = SelectField(_l("交易方式"), [NEEDED], choices=lambda: choices(TradeWay))
    platform = StringField(_l("交易平台"), [Length(max=80)])
    record_no = StringField(_l("交易登记号"), [Length(max=80)])
    bidders = IntegerField(_l("竞买人数"), [Optional(), NumberRange(0, 10_000, _l("竞买人数填 0 到 10000 的整数。"))])
    buyer_kind = SelectField(_l("受让方类型"), choices=lambda: choices(OwnerKind), default=OwnerKind.ENTERPRISE.value)
    buyer_name = StringField(_l("受让方"), [NEEDED, Length(max=80)])
    buyer_code = StringField(_l("统一社会信用代码"), [Length(max=18)])
    note = TextAreaField(_l("说明"), [Length(max=500)], render_kw={"rows": 2})
    files = MultipleFileField(_l("成交确认书、交易合同"))

    def to_result(self) -> Result:
        opened_on: date = self.opened_on.data
        return Result(
            TradeWay(self.way.data), self.price.data or 0, opened_on, OwnerKind(self.buyer_kind.data),
            self.buyer_name.data or "", (self.buyer_code.data or "").strip().upper(), self.platform.data or "",
            self.record_no.data or "", self.bidders.data, self.note.data or "",
        )  # fmt: skip
