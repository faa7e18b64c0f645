"""Forms of work records."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from registry.assets.register.cards.forms import MANY, NEEDED, choices
from registry.fields import ParsedField, money_field
from registry.ledger.distribution.work.rules import HALF_DAYS, DaysOdd, WorkFacts, WorkKind
from registry.web import BaseForm


def read_days(text: str) -> int:
    """Read days and half days as people type them; returns half days. Raises DaysOdd."""
    whole, _, part = text.strip().removesuffix("天").partition(".")
    if not (whole.isascii() and whole.isdigit() and len(whole) < len("1000") and part in {"", "0", "5"}):
        raise DaysOdd(field="days")
    return int(whole) * HALF_DAYS + (part == "5")


def write_days(half_days: int) -> str:
    """Write half days as days."""
    whole, half = divmod(half_days, HALF_DAYS)
    return f"{whole}.5" if half else str(whole)


class WorkForm(BaseForm):
    """Somebody's work."""

    household = SelectField(_l("农户"), [NEEDED], coerce=int)
    name = StringField(_l("做工的人（户主本人可不填）"), [Length(max=40)])
    kind = SelectField(_l("种类"), [NEEDED], choices=lambda: choices(WorkKind))
    project = StringField(_l("做什么"), [NEEDED, Length(max=100)])
    asset_no = StringField(_l("在哪项资产上（资产编号，可不填）"), [Length(max=40)])
    starts_on = DateField(_l("从哪天"), [NEEDED])
    ends_on = DateField(_l("到哪天"), [NEEDED])
    days = ParsedField(_l("天数"), [NEEDED], read=read_days, write=write_days, render_kw={"inputmode": "decimal"})
    rate = money_field(_l("每天报酬"), [NEEDED])
    note = StringField(_l("说明"), [Length(max=200)])

    def offer(self, households: Sequence[tuple[int, str]]) -> None:
        """Offer the households of the roll."""
        self.household.choices = [SelectChoice(key, name) for key, name in households]

    def to_facts(self, region_code: str) -> WorkFacts:
        return WorkFacts(
            region_code=region_code,
            household_id=self.household.data,
            name=(self.name.data or "").strip(),
            kind=WorkKind(self.kind.data),
            project=self.project.data or "",
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            half_days=self.days.data or 0,
            rate_fen=self.rate.data or 0,
            asset_no=self.asset_no.data or "",
            note=self.note.data or "",
        )


class VerifyForm(BaseForm):
    """Whether a record is true."""

    answer = RadioField(
        _l("核实意见"), [NEEDED],
        choices=[SelectChoice("agree", _l("属实")), SelectChoice("refuse", _l("不符"))],
    )  # fmt: skip
    reason = TextAreaField(_l("意见"), [Length(max=200)], render_kw=MANY)
