"""The card as a form: one page of four sections; six fields are required, the rest may follow later."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import MultiDict
from wtforms import (
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from registry.assets.register.cards.drafts import Typed
from registry.assets.register.cards.typed import (
    read_coordinate,
    read_date,
    read_months,
    read_percent,
    read_quantity,
    read_year,
    write_coordinate,
    write_date,
    write_months,
    write_percent,
    write_quantity,
)
from registry.assets.register.categories import (
    BY_CODE,
    SUBTYPES,
    AccountingSystem,
    IndustryClass,
    OperatingMode,
    Publicity,
    ReturnKind,
    TitleStatus,
    UseStatus,
)
from registry.assets.register.funding import FundingLevel, FundingSource
from registry.assets.register.projects.models import Project
from registry.assets.register.registration import (
    WHOLE_BP,
    DepreciationMethod,
    FundingFact,
    InterestFacts,
    OwnerFact,
    Registration,
)
from registry.fields import Needed, ParsedField, money_field
from registry.kinds import Category, OwnerKind, Sector
from registry.parties.models import Party
from registry.text import Labelled
from registry.web import BaseForm

NEEDED = Needed("这一项必填。")
MANY = {"rows": 2}


def choices(kind: type[Labelled], empty: str = "") -> list[SelectChoice]:
    """Return an enum as choices, with an empty one first where nothing may be chosen."""
    first = [SelectChoice("", _l(empty))] if empty else []
    return [*first, *(SelectChoice(member.value, _l(member.label)) for member in kind)]


def unit_choices(units: Iterable[tuple[str, str]], chosen: str | None) -> list[SelectChoice]:
    """Return code and name of units as choices, with 请选择 first unless one of them is chosen already."""
    known = [SelectChoice(code, name) for code, name in units]
    return known if any(one.value == chosen for one in known) else [SelectChoice("", _l("请选择")), *known]


def subtype_choices() -> list[SelectChoice]:
    """Return the subtypes under their categories; choosing one decides the category."""
    groups = {category: str(_l(category.label)) for category in Category}
    known = [SelectChoice(row.code, _l(row.label), optgroup=groups[row.category]) for row in SUBTYPES]
    return [SelectChoice("", _l("请选择")), *known]


class FundingForm(Form):  # type: ignore[misc]
    """One line of money."""

    source = SelectField(_l("来源"), choices=lambda: choices(FundingSource))
    level = SelectField(_l("级次"), choices=lambda: choices(FundingLevel))
    year = ParsedField(_l("年度"), [Optional()], read=read_year, write=str)
    document_no = StringField(_l("文号"), [Length(max=80)])
    amount = money_field(_l("金额"))

    @property
    def is_blank(self) -> bool:
        return not (self.amount.raw_data and str(self.amount.raw_data[0]).strip()) and self.amount.data is None

    def to_fact(self) -> FundingFact:
        return FundingFact(
            FundingSource(self.source.data), self.amount.data or 0, FundingLevel(self.level.data),
            self.year.data, (self.document_no.data or "").strip(),
        )  # fmt: skip


class OwnerForm(Form):  # type: ignore[misc]
    """One owner and its share."""

    kind = SelectField(_l("类型"), choices=lambda: choices(OwnerKind))
    name = StringField(_l("名称"), [Length(max=80)])
    credit_code = StringField(_l("信用代码"), [Length(max=18)])
    resident_id = StringField(_l("身份证号（农户）"), [Length(max=18)], render_kw={"autocomplete": "off"})
    share = ParsedField(_l("份额"), read=read_percent, write=write_percent, render_kw={"inputmode": "decimal"})

    @property
    def is_blank(self) -> bool:
        return not (self.name.data or "").strip()

    def to_fact(self, region_code: str) -> OwnerFact:
        share = WHOLE_BP if self.share.data is None else self.share.data
        code, resident = (self.credit_code.data or "").strip().upper(), (self.resident_id.data or "").strip().upper()
        return OwnerFact(OwnerKind(self.kind.data), self.name.data.strip(), share, region_code, code, resident)


def _text(label: str, most: int, **kw: Any) -> StringField:
    return StringField(label, [Length(max=most, message=_l("最多 %(max)d 个字。"))], **kw)


class RegistrationForm(BaseForm):
    """The whole card."""

    draft_key = HiddenField()
    #: The project that the asset came of, when it is entered from there.
    project_id = HiddenField()
    # 1 what it is
    name = StringField(_l("资产名称"), [NEEDED, Length(max=100)])
    subtype = SelectField(_l("类别和子类"), [NEEDED], choices=subtype_choices)
    region_code = SelectField(_l("登记单位"), [NEEDED])
    short_name = _text(_l("简称"), 40)
    quantity = ParsedField(_l("数量"), [Optional()], read=read_quantity, write=write_quantity)
    unit = _text(_l("计量单位"), 10)
    specification = _text(_l("结构、规格"), 200)
    scale = TextAreaField(_l("建设内容和规模"), [Length(max=500)], render_kw=MANY)
    location_code = StringField(
        _l("坐落区划代码"), [Optional(), Length(min=12, max=12, message=_l("区划代码是 12 位数字。"))]
    )
    location_detail = _text(_l("坐落详细地址"), 200)
    longitude = ParsedField(_l("经度"), [Optional()], read=read_coordinate, write=write_coordinate)
    latitude = ParsedField(_l("纬度"), [Optional()], read=read_coordinate, write=write_coordinate)
    gbt14885_code = _text(_l("国标资产分类代码"), 12)
    # 2 what it cost and who paid
    original_value = money_field(_l("原值"), [NEEDED])
    funding = FieldList(FormField(FundingForm), min_entries=1)
    total_investment = money_field(_l("项目总投资"), [Optional()])
    project_name = _text(_l("项目名称"), 100)
    project_number = _text(_l("项目编号"), 40)
    project_year = ParsedField(_l("项目年度"), [Optional()], read=read_year, write=str)
    plan_document = _text(_l("计划文号"), 80)
    acquired = ParsedField(_l("购建时间"), [NEEDED], read=read_date, write=write_date)
    accepted_on = DateField(_l("竣工验收日期"), [Optional()])
    in_use_on = DateField(_l("投入使用日期"), [Optional()])
    service_years = ParsedField(_l("使用年限"), [Optional()], read=read_months, write=write_months)
    depreciation = SelectField(_l("折旧"), choices=lambda: choices(DepreciationMethod, "按子类默认"))
    # 3 whose it is and who looks after it
    owners = FieldList(FormField(OwnerForm), min_entries=1)
    title_status = SelectField(_l("确权情况"), choices=lambda: choices(TitleStatus))
    certificate_kind = _text(_l("权属凭证"), 40)
    certificate_number = _text(_l("凭证编号"), 60)
    certificate_on = DateField(_l("发证日期"), [Optional()])
    custodian = _text(_l("管护责任人"), 80)
    operator = _text(_l("经营主体"), 80)
    supervisor = _text(_l("监管责任人"), 80)
    sector = SelectField(_l("行业主管"), choices=lambda: choices(Sector, "按子类默认"))
    # 4 how it is used
    use_status = SelectField(_l("使用状况"), choices=lambda: choices(UseStatus))
    operating_mode = SelectField(_l("经营方式"), choices=lambda: choices(OperatingMode, "未填"))
    industry_class = SelectField(_l("四个一批"), choices=lambda: choices(IndustryClass, "未分类"))
    accounting_system = SelectField(_l("纳入哪个资产管理系统"), choices=lambda: choices(AccountingSystem))
    publicity = SelectField(_l("公开情况"), choices=lambda: choices(Publicity))
    investee = _text(_l("接受投资的单位"), 80)
    principal = money_field(_l("投资本金"), [Optional()])
    holding = ParsedField(_l("持股比例"), [Optional()], read=read_percent, write=write_percent)
    rate = ParsedField(_l("约定年收益率"), [Optional()], read=read_percent, write=write_percent)
    return_kind = SelectField(_l("分红方式"), choices=lambda: choices(ReturnKind, "未约定"))
    starts_on = DateField(_l("投资起始日"), [Optional()])
    ends_on = DateField(_l("投资到期日"), [Optional()])
    exit_terms = TextAreaField(_l("退出和处置约定"), [Length(max=1000)], render_kw=MANY)
    archives = TextAreaField(_l("档案清单"), [Length(max=500)], render_kw=MANY)
    remarks = TextAreaField(_l("备注"), [Length(max=1000)], render_kw=MANY)

    def __init__(self, units: list[tuple[str, str]], formdata: Any = None, **kw: Any) -> None:
        super().__init__(**({"formdata": formdata} if formdata is not None else {}), **kw)
        self.region_code.choices = [SelectChoice(code, name) for code, name in units]

    @classmethod
    def of_draft(cls, units: list[tuple[str, str]], typed: Typed) -> "RegistrationForm":
        """Build the form from what was kept, with a token of its own: it did not come with this request."""
        pairs = [(name, value) for name, values in typed.items() for value in values]
        return cls(units, formdata=MultiDict([*pairs, ("csrf_token", generate_csrf())]))

    def begin(self, unit_code: str, collective: Party | None, project: Project | None) -> None:
        """Fill in what is already known, so that nobody types it again."""
        self.region_code.data = project.region_code if project else unit_code
        if project is not None:
            self.project_id.data, self.project_name.data = str(project.id), project.name[:100]
            self.project_number.data, self.project_year.data = project.number, project.year
        first = self.owners[0].form
        first.kind.data = collective.kind if collective else OwnerKind.VILLAGE_COLLECTIVE.value
        first.name.data = collective.name if collective else ""
        first.credit_code.data = collective.credit_code if collective else ""

    @property
    def blank_funding(self) -> FundingForm:
        """An empty money line, from which the page makes further ones."""
        return FundingForm(prefix="funding-__index__-")

    @property
    def blank_owner(self) -> OwnerForm:
        """An empty owner line."""
        return OwnerForm(prefix="owners-__index__-")

    def funding_facts(self) -> tuple[FundingFact, ...]:
        """Return the money lines; none given means its source is still to be verified."""
        lines = tuple(entry.form.to_fact() for entry in self.funding if not entry.form.is_blank)
        return lines or (FundingFact(FundingSource.UNVERIFIED, self.original_value.data or 0),)

    def owner_facts(self) -> tuple[OwnerFact, ...]:
        """Return the owners."""
        rows = [entry.form for entry in self.owners if not entry.form.is_blank]
        return tuple(row.to_fact(self.region_code.data) for row in rows)

    def to_registration(self) -> Registration:
        """Return what the form says, as the service wants it."""
        subtype = BY_CODE[self.subtype.data]
        known: dict[str, Any] = {name: (self[name].data or "").strip() for name in PLAIN_TEXT}
        known |= {name: self[name].data or "" for name in CHOSEN}
        known |= {name: self[field].data for name, field in AS_READ.items()}
        return Registration(
            category=Category(subtype.category), subtype=subtype.code, region_code=self.region_code.data,
            owners=self.owner_facts(), funding=self.funding_facts(), interest=self._interest(),
            depreciation=DepreciationMethod(self.depreciation.data) if self.depreciation.data else None, **known,
        )  # fmt: skip

    def _interest(self) -> InterestFacts:
        return InterestFacts(
            investee=(self.investee.data or "").strip(), share_bp=self.holding.data, principal_fen=self.principal.data,
            rate_bp=self.rate.data, return_kind=self.return_kind.data or "", starts_on=self.starts_on.data,
            ends_on=self.ends_on.data, exit_terms=(self.exit_terms.data or "").strip(),
        )  # fmt: skip


PLAIN_TEXT = (
    "name", "short_name", "unit", "specification", "scale", "location_code", "location_detail", "gbt14885_code",
    "project_name", "project_number", "plan_document", "certificate_kind", "certificate_number", "custodian",
    "operator", "supervisor", "archives", "remarks",
)  # fmt: skip
CHOSEN = (
    "title_status", "sector", "use_status", "operating_mode", "industry_class", "accounting_system", "publicity",
)  # fmt: skip
#: Fields of the registration that take a form field's data as it was read.
AS_READ = {
    "original_value_fen": "original_value", "acquired": "acquired", "longitude_e6": "longitude",
    "latitude_e6": "latitude", "project_year": "project_year", "total_investment_fen": "total_investment",
    "quantity_milli": "quantity", "service_months": "service_years", "accepted_on": "accepted_on",
    "in_use_on": "in_use_on", "certificate_on": "certificate_on",
}  # fmt: skip


class ConfirmForm(BaseForm):
    """The second person's answer."""

    answer = RadioField(
        _l("您的意见"), [NEEDED],
        choices=[SelectChoice("confirm", _l("核对无误，确认登记")), SelectChoice("send_back", _l("退回修改"))],
    )  # fmt: skip
    reason = TextAreaField(_l("意见"), [Length(max=500)], render_kw=MANY)


class WithdrawForm(BaseForm):
    """Why a card is taken back."""

    reason = TextAreaField(_l("撤销理由"), [NEEDED, Length(max=500)], render_kw=MANY)
