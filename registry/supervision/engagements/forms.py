"""Forms of engagements."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import DateField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from registry.assets.register.cards.forms import MANY, NEEDED, choices, unit_choices
from registry.codes import numbers_in
from registry.fields import money_field
from registry.places.forms import LookForm
from registry.supervision.engagements.rules import (
    MAX_CONCLUSIONS,
    MAX_NAME,
    MAX_TASK,
    EngagementFacts,
    EngagementKind,
    ReportFacts,
)
from registry.supervision.findings.forms import WordsForm
from registry.supervision.findings.rules import FindingFacts, Mender, Origin, Source
from registry.web import BaseForm


class EngagementForm(LookForm):
    """Who is engaged for what."""

    kind = SelectField(_l("委托种类"), [NEEDED], choices=lambda: choices(EngagementKind))
    agency = StringField(_l("机构或专家"), [NEEDED, Length(max=MAX_NAME)])
    agency_code = StringField(_l("统一社会信用代码"), [Length(max=18)])
    experts = StringField(_l("主要人员"), [Length(max=200)])
    task = TextAreaField(_l("委托事项"), [NEEDED, Length(max=MAX_TASK)], render_kw=MANY)
    units = SelectMultipleField(_l("范围内的单位"), render_kw={"size": 8})
    assets = TextAreaField(_l("范围内的资产编号"), [Length(max=5000)], render_kw=MANY)
    contract_no = StringField(_l("委托合同编号"), [Length(max=60)])
    fee = money_field(_l("费用"), [NEEDED])
    signed_on = DateField(_l("签订日期"), [NEEDED])
    report_by = DateField(_l("报告期限"), [NEEDED])
    file = MultipleFileField(_l("委托合同"))

    def offer(self, found: Sequence[tuple[str, str]], units: Sequence[tuple[str, str]]) -> None:
        """Offer the units that may lie in the scope; the one that was looked for is chosen beside those that were."""
        self.units.choices = [SelectChoice(code, name) for code, name in {**dict(found), **dict(units)}.items()]
        if found:
            self.units.data = [*(self.units.data or ()), found[0][0]]

    def to_facts(self, region_code: str) -> EngagementFacts:
        return EngagementFacts(
            region_code, EngagementKind(self.kind.data), self.agency.data or "", self.task.data or "",
            self.signed_on.data, self.report_by.data, self.agency_code.data or "", self.contract_no.data or "",
            self.experts.data or "", self.fee.data or 0, tuple(self.units.data or ()),
            numbers_in(self.assets.data or ""),
        )  # fmt: skip


class AgencyReportForm(BaseForm):
    """What came of it."""

    report_no = StringField(_l("报告文号"), [Length(max=60)])
    reported_on = DateField(_l("报告日期"), [NEEDED])
    conclusions = TextAreaField(_l("主要结论"), [NEEDED, Length(max=MAX_CONCLUSIONS)], render_kw={"rows": 4})
    file = MultipleFileField(_l("报告"))

    def to_report(self) -> ReportFacts:
        return ReportFacts(self.report_no.data or "", self.reported_on.data, self.conclusions.data or "")


class RaisedForm(WordsForm):
    """A problem that a report names."""

    region_code = SelectField(_l("问题所在单位"), [NEEDED])
    assets = TextAreaField(_l("涉及的资产编号"), [Length(max=2000)], render_kw=MANY)

    def offer(self, units: Sequence[tuple[str, str]]) -> None:
        """Offer the units of the scope; where none is chosen yet, none is chosen beforehand."""
        self.region_code.choices = unit_choices(units, self.region_code.data)

    def to_facts(self, origin: Origin) -> FindingFacts:
        return FindingFacts(
            self.region_code.data, Source.AGENCY, self.problem.data or "", self.basis.data or "",
            self.demand.data or "", self.found_on.data, self.due_on.data, Mender(self.mender.data),
            self.person.data or "", assets=numbers_in(self.assets.data or ""), origin=origin,
        )  # fmt: skip
