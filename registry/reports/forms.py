"""Forms of reports: which report of which unit as of which day."""

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from registry.reports.catalogue import REPORTS, ReportName
from registry.reports.parameters import NOTHING
from registry.reports.prints.queries import Asked
from registry.web import BaseForm

NEEDED = DataRequired(_l("这一项必填。"))


class ReportForm(BaseForm):
    """What to print."""

    report = SelectField(_l("报表"), [NEEDED])
    region_code = SelectField(_l("单位"), [NEEDED])
    on = DateField(_l("截止日期"), [NEEDED])

    def offer(self, units: list[tuple[str, str]]) -> None:
        """Offer the reports that are printed by unit, and these units."""
        self.report.choices = [SelectChoice(one.name.value, _l(one.label)) for one in REPORTS.values() if one.by_region]
        self.region_code.choices = [SelectChoice(code, label) for code, label in units]

    def to_asked(self) -> Asked:
        day: date = self.on.data
        return Asked(ReportName(self.report.data), self.region_code.data, day, NOTHING)


class ActForm(BaseForm):
    """A button that needs no further words."""
