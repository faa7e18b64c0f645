"""Forms of samples."""

from collections.abc import Sequence
from datetime import date

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from registry.assets.register.cards.forms import MANY, NEEDED, choices
from registry.kinds import Category
from registry.places.forms import LookForm
from registry.supervision.findings.rules import MAX_BASIS, MAX_PERSON, MAX_WORDS, FindingFacts, Mender, Source
from registry.supervision.sampling.rules import (
    MAX_NOTE,
    MAX_PURPOSE,
    DrawMethod,
    ItemResult,
    Population,
    SamplePlan,
)
from registry.supervision.sampling.services import Checked
from registry.web import BaseForm


class SampleForm(LookForm):
    """What is to be drawn."""

    region_code = SelectField(_l("抽查范围"), [NEEDED])
    population = RadioField(
        _l("抽什么"), [NEEDED], choices=lambda: choices(Population), default=Population.ASSETS.value
    )  # fmt: skip
    category = SelectField(_l("资产类别"), choices=lambda: choices(Category, _l("全部")))
    year = IntegerField(_l("年度"), [Optional()])
    method = RadioField(_l("怎么抽"), [NEEDED], choices=lambda: choices(DrawMethod), default=DrawMethod.RANDOM.value)
    size = IntegerField(_l("抽取数量"), [NEEDED])
    seed = StringField(_l("抽样种子"), [Length(max=64)])
    purpose = StringField(_l("抽查目的"), [NEEDED, Length(max=MAX_PURPOSE)])

    def offer(self, found: Sequence[tuple[str, str]], units: Sequence[tuple[str, str]]) -> None:
        """Offer the units that a person may draw from, those looked for first."""
        self.region_code.choices = [SelectChoice(code, name) for code, name in {**dict(found), **dict(units)}.items()]
        if found:
            self.region_code.data = found[0][0]

    def to_plan(self) -> SamplePlan:
        population = Population(self.population.data)
        return SamplePlan(
            self.region_code.data, population, DrawMethod(self.method.data), self.size.data, self.purpose.data or "",
            (self.category.data or "") if population is Population.ASSETS else "", self.year.data or 0,
            (self.seed.data or "").strip(),
        )  # fmt: skip


class ResultForm(BaseForm):
    """What was found of an item; what is wrong is entered as a finding at once."""

    result = RadioField(_l("检查结果"), [NEEDED], choices=lambda: choices(ItemResult))
    note = TextAreaField(_l("检查情况"), [Length(max=MAX_NOTE)], render_kw={"rows": 3})
    basis = StringField(_l("依据"), [Length(max=MAX_BASIS)])
    demand = TextAreaField(_l("整改要求"), [Length(max=MAX_WORDS)], render_kw=MANY)
    mender = RadioField(_l("整改责任单位"), [NEEDED], choices=lambda: choices(Mender), default=Mender.OWN.value)
    person = StringField(_l("整改责任人"), [Length(max=MAX_PERSON)])
    due_on = DateField(_l("整改期限"), [Optional()])
    file = MultipleFileField(_l("佐证材料"))

    def to_words(self, on: date) -> FindingFacts | None:
        """Return what is said for a finding, without where; None if nothing is wrong or no last day is named."""
        if self.result.data != ItemResult.UNSOUND.value or not self.due_on.data:
            return None
        return FindingFacts(
            "", Source.TOWNSHIP, self.note.data or "", self.basis.data or "", self.demand.data or "", on,
            self.due_on.data, Mender(self.mender.data), self.person.data or "",
        )  # fmt: skip

    def to_checked(self, finding: FindingFacts | None) -> Checked:
        return Checked(ItemResult(self.result.data), self.note.data or "", finding)
