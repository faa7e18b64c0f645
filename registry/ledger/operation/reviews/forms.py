"""Forms of reviews and yearly results."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DateField, IntegerField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from registry.assets.register.cards.forms import MANY, NEEDED, choices
from registry.assets.register.categories import IndustryClass
from registry.fields import Needed, money_field
from registry.ledger.operation.reviews.rules import ReviewFacts, YearFacts
from registry.text import N_
from registry.web import BaseForm

_NUMBER = InputRequired(_l("请填整数。"))
_AMOUNT = Needed(N_("请填写金额，没有的填 0。"))


class ReviewForm(BaseForm):
    """Into which group an asset is put for a year."""

    year = IntegerField(_l("年度"), [_NUMBER])
    group = SelectField(_l("分到哪一批"), choices=lambda: choices(IndustryClass))
    finding = TextAreaField(_l("评估情况"), [NEEDED, Length(max=500)], render_kw=MANY)
    measures = TextAreaField(_l("措施"), [Length(max=500)], render_kw=MANY)
    idle_since = DateField(_l("从哪天起闲置"), [Optional()])
    revive_by = DateField(_l("什么时候盘活"), [Optional()])

    def to_facts(self) -> ReviewFacts:
        return ReviewFacts(
            self.year.data or 0, IndustryClass(self.group.data), self.finding.data or "", self.measures.data or "",
            self.idle_since.data, self.revive_by.data,
        )  # fmt: skip


class YearForm(BaseForm):
    """What a year came to."""

    year = IntegerField(_l("年度"), [_NUMBER])
    turnover = money_field(_l("经营收入"), [_AMOUNT])
    cost = money_field(_l("经营成本"), [_AMOUNT])
    incentive = money_field(_l("经营管理人员奖励"), [Optional()])
    returned = money_field(_l("按交易量返还成员"), [Optional()])
    note = TextAreaField(_l("说明"), [Length(max=500)], render_kw=MANY)
    file = FileField(_l("年度报表"))

    def to_facts(self) -> YearFacts:
        return YearFacts(
            self.year.data or 0, self.turnover.data or 0, self.cost.data or 0, self.incentive.data or 0,
            self.returned.data or 0, self.note.data or "",
        )  # fmt: skip
