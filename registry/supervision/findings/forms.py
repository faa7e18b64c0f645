"""Forms of findings."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from registry.assets.register.cards.forms import MANY, NEEDED, choices, unit_choices
from registry.codes import numbers_in
from registry.kinds import Sector
from registry.permissions import Actor
from registry.supervision.findings.rules import (
    MAX_BASIS,
    MAX_PERSON,
    MAX_REPORT,
    MAX_WORDS,
    FindingFacts,
    Mender,
    Origin,
    Source,
    may_speak,
    only_unit,
)
from registry.web import BaseForm, SeenForm


class WordsForm(BaseForm):
    """What is wrong, by which rule, what is demanded, until when, of whom."""

    problem = TextAreaField(_l("发现的问题"), [NEEDED, Length(max=MAX_WORDS)], render_kw={"rows": 3})
    basis = StringField(_l("依据"), [NEEDED, Length(max=MAX_BASIS)])
    demand = TextAreaField(_l("整改要求"), [NEEDED, Length(max=MAX_WORDS)], render_kw=MANY)
    mender = RadioField(_l("整改责任单位"), [NEEDED], choices=lambda: choices(Mender), default=Mender.OWN.value)
    person = StringField(_l("整改责任人"), [Length(max=MAX_PERSON)])
    found_on = DateField(_l("发现日期"), [NEEDED])
    due_on = DateField(_l("整改期限"), [NEEDED])
    file = MultipleFileField(_l("佐证材料"))


class FindingForm(WordsForm):
    """A finding to be entered."""

    region_code = SelectField(_l("问题所在单位"), [NEEDED])
    source = SelectField(_l("问题来源"), [NEEDED])
    sector = SelectField(_l("行业"), choices=lambda: choices(Sector, _l("不分行业")))
    assets = TextAreaField(_l("涉及的资产编号"), [Length(max=2000)], render_kw=MANY)
    contract_no = StringField(_l("涉及的合同编号"), [Length(max=40)])
    disposal_no = StringField(_l("涉及的处置编号"), [Length(max=30)])
    origin_table = HiddenField()
    origin_id = HiddenField()
    recurs = HiddenField()

    def offer(self, units: Sequence[tuple[str, str]], here: str, by: Actor) -> None:
        """Offer the units that a person supervises and the sources for which they may speak.

        Where nothing decides yet which unit it is, the only one that may be meant around ``here`` is chosen already.
        """
        if not self.is_submitted():
            self.region_code.data = self.region_code.data or only_unit(here, units)
        self.region_code.choices = unit_choices(units, self.region_code.data)
        self.source.choices = [SelectChoice(one.value, _l(one.label)) for one in Source if may_speak(by, one)]

    @property
    def recurs_id(self) -> int:
        """The finding that has come back, 0 for none."""
        return _number(self.recurs.data)

    @property
    def origin(self) -> Origin | None:
        """What the finding came of."""
        key = _number(self.origin_id.data)
        return Origin(self.origin_table.data, key) if key and self.origin_table.data else None

    def to_facts(self) -> FindingFacts:
        return FindingFacts(
            self.region_code.data, Source(self.source.data), self.problem.data or "", self.basis.data or "",
            self.demand.data or "", self.found_on.data, self.due_on.data, Mender(self.mender.data),
            self.person.data or "", self.sector.data or "", numbers_in(self.assets.data or ""),
            self.contract_no.data or "", self.disposal_no.data or "", self.origin,
        )  # fmt: skip


def _number(text: str | None) -> int:
    """Read a hidden number; what is none was not said."""
    typed = text or ""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 16 else 0


class ReportForm(BaseForm):
    """What was done."""

    words = TextAreaField(_l("整改措施和结果"), [NEEDED, Length(max=MAX_REPORT)], render_kw={"rows": 4})
    file = MultipleFileField(_l("整改佐证材料"))


class CheckForm(SeenForm):
    """What the level above says of it."""

    answer = RadioField(
        _l("核查结果"),
        [NEEDED],
        choices=[SelectChoice("agree", _l("已改到位，销号")), SelectChoice("back", _l("退回重改"))],
    )
    words = TextAreaField(_l("核查情况"), [NEEDED, Length(max=MAX_WORDS)], render_kw={"rows": 3})
    file = MultipleFileField(_l("核查佐证材料"))
