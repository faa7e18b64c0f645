"""Forms of public posts."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from registry.assets.custody.kinds import PaySource
from registry.assets.custody.posts.rules import PostFacts, last_day
from registry.assets.register.cards.forms import NEEDED, choices
from registry.fields import money_field
from registry.web import BaseForm

_ID = {"autocomplete": "off", "maxlength": 18}


class PostForm(BaseForm):
    """A person proposed for a public post."""

    region_code = SelectField(_l("村（社区）"), [NEEDED])
    title = StringField(_l("岗位"), [NEEDED, Length(max=60)])
    duties = TextAreaField(_l("职责"), [Length(max=500)], render_kw={"rows": 3})
    name = StringField(_l("姓名"), [NEEDED, Length(max=40)])
    resident_id = StringField(_l("身份证号"), [NEEDED, Length(max=18)], render_kw=_ID)
    phone = StringField(_l("电话"), [Length(max=20)], render_kw={"inputmode": "tel", "autocomplete": "off"})
    head_name = StringField(_l("户主姓名"), [NEEDED, Length(max=40)])
    head_resident_id = StringField(_l("户主身份证号"), [NEEDED, Length(max=18)], render_kw=_ID)
    is_cadres_kin = BooleanField(_l("本人是村干部，或是村干部的家属、近亲属"))
    cadre_name = StringField(_l("村干部姓名"), [Length(max=40)])
    cadre_relation = StringField(_l("关系"), [Length(max=20)])
    starts_on = DateField(_l("起始日期"), [NEEDED])
    ends_on = DateField(_l("到期日期"), [NEEDED])
    pay = money_field(_l("报酬"), [NEEDED])
    pay_source = SelectField(_l("报酬来源"), [NEEDED], choices=lambda: choices(PaySource))
    basis = StringField(_l("依据（会议或文件）"), [Optional(), Length(max=200)])

    def offer(self, units: list[tuple[str, str]]) -> None:
        """Offer the units in which the person may propose."""
        self.region_code.choices = [SelectChoice(code, name) for code, name in units]

    def suggest(self, unit: str, on: date, months: int) -> None:
        """Fill in the usual term and the reader's own unit."""
        self.region_code.data, self.starts_on.data, self.ends_on.data = unit, on, last_day(on, months)
        self.pay_source.data = PaySource.POST_SUBSIDY.value

    def to_facts(self) -> PostFacts:
        texts: dict[str, Any] = {
            name: (getattr(self, name).data or "").strip()
            for name in ("title", "duties", "name", "phone", "head_name", "cadre_name", "cadre_relation", "basis")
        }
        return PostFacts(
            region_code=self.region_code.data,
            resident_id=_number(self.resident_id.data),
            head_resident_id=_number(self.head_resident_id.data),
            is_cadres_kin=bool(self.is_cadres_kin.data),
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            pay_fen=self.pay.data or 0,
            pay_source=PaySource(self.pay_source.data),
            **texts,
        )


def _number(text: str | None) -> str:
    return (text or "").strip().upper()


class LeaveForm(BaseForm):
    """Why and when a person leaves the post."""

    left_on = DateField(_l("离岗日期"), [NEEDED])
    reason = TextAreaField(_l("离岗原因"), [NEEDED, Length(max=200)], render_kw={"rows": 2})
