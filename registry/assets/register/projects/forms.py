"""The form of a project with its money lines, and of ending one without an asset."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, Form, FormField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from registry.assets.register.funding import FundingLevel, FundingSource
from registry.assets.register.projects.models import Project
from registry.assets.register.projects.rules import ProjectFacts
from registry.assets.register.registration import FundingFact
from registry.kinds import Sector
from registry.money import format_yuan, parse_fen
from registry.web import BaseForm, validator

_NEEDED = DataRequired(_l("这一项必填。"))
_YEAR = {"inputmode": "numeric", "maxlength": 4}
MAX_LINES = 50
#: What a revaluation books is no money that somebody gave.
_SOURCES = [SelectChoice(s.value, _l(s.label)) for s in FundingSource if s is not FundingSource.ADJUSTMENT]
_LEVELS = [SelectChoice(one.value, _l(one.label)) for one in FundingLevel]


class LineForm(Form):  # type: ignore[misc]
    """One line of money; a line without an amount is not there."""

    # Defaults, because a row that was not sent at all must not count as a wrong choice.
    source = SelectField(_l("来源"), choices=_SOURCES, default=FundingSource.POVERTY_FUND.value)
    level = SelectField(_l("级次"), choices=_LEVELS, default=FundingLevel.CENTRAL.value)
    year = IntegerField(_l("年度"), [Optional(), NumberRange(1986, 2100)], render_kw=_YEAR)
    document_no = StringField(_l("文号"), [Length(max=80)])
    amount = StringField(_l("金额"), [Optional(), validator(parse_fen)], render_kw={"inputmode": "decimal"})

    def to_line(self) -> FundingFact:
        return FundingFact(
            FundingSource(self.source.data), parse_fen(self.amount.data), FundingLevel(self.level.data),
            self.year.data, (self.document_no.data or "").strip(),
        )  # fmt: skip


class ProjectForm(BaseForm):
    """A project as its plan or approval names it."""

    name = StringField(_l("项目名称"), [_NEEDED, Length(max=200)])
    region_code = SelectField(_l("项目所在单位"), [_NEEDED])
    year = IntegerField(_l("项目年度"), [InputRequired(_l("这一项必填。"))], render_kw=_YEAR)
    number = StringField(_l("项目编号"), [Length(max=40)])
    kind = StringField(_l("项目类型"), [Length(max=60)])
    sector = SelectField(_l("行业"), choices=[SelectChoice(one.value, _l(one.label)) for one in Sector])
    department = StringField(_l("主管部门"), [Length(max=100)])
    owner_unit = StringField(_l("项目业主"), [Length(max=100)])
    period = StringField(_l("实施期限"), [Length(max=60)])
    content = TextAreaField(_l("建设内容"), [Length(max=1000)])
    lines = FieldList(FormField(LineForm), label=_l("资金"), min_entries=3, max_entries=MAX_LINES)

    def __init__(self, units: Sequence[tuple[str, str]], project: Project | None = None) -> None:
        super().__init__(data=_told(project) if project else None)
        self.region_code.choices = [SelectChoice(code, name) for code, name in units]

    def to_facts(self) -> ProjectFacts:
        """Return what was typed, in plain values."""
        lines = tuple(entry.form.to_line() for entry in self.lines if (entry.form.amount.data or "").strip())
        texts = {name: (self[name].data or "").strip() for name in _TEXTS}
        return ProjectFacts(
            region_code=self.region_code.data,
            year=self.year.data,
            lines=lines,
            sector=Sector(self.sector.data),
            **texts,
        )


_TEXTS = ("name", "number", "kind", "department", "owner_unit", "period", "content")


def _told(project: Project) -> dict[str, object]:
    """Return a stored project as the form shows it."""
    lines = [
        {"source": x.source, "level": x.level, "year": x.year, "document_no": x.document_no,
         "amount": format_yuan(x.amount_fen)}
        for x in project.lines
    ]  # fmt: skip
    texts = {name: getattr(project, name) for name in _TEXTS}
    return {**texts, "region_code": project.region_code, "year": project.year, "sector": project.sector, "lines": lines}


class ReasonForm(BaseForm):
    """Why a project formed no asset, or why that is taken back."""

    reason = TextAreaField(_l("理由"), [_NEEDED, Length(max=300)])
