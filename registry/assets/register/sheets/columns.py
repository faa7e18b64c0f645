"""The columns of our own workbook: the empty template and the export are one table, so what goes out comes in again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from registry.assets.register.cards.typed import write_coordinate, write_quantity
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
from registry.assets.register.reading.lines import lines_text
from registry.assets.register.reading.values import months_text, percent_text
from registry.assets.register.registration import DepreciationMethod, Registration
from registry.assets.register.sheets.fields import label_of
from registry.kinds import Category, OwnerKind, Sector
from registry.spreadsheet import Cell, CellKind, SheetColumn
from registry.text import N_, Labelled


@dataclass(frozen=True)
class Exported:
    """An asset on its way out: its number, what its card says, the name of its unit."""

    number: str
    facts: Registration
    unit_name: str


@dataclass(frozen=True)
class OurColumn:
    """A column: its field, what stands in it, and how the template explains it."""

    key: str
    value: Callable[[Exported], Cell]
    hint: str = ""
    example: str = ""
    kind: CellKind = CellKind.TEXT
    choices: tuple[str, ...] = ()
    width: int = 14
    hidden: bool = False
    required: bool = False

    def sheet_column(self) -> SheetColumn:
        """Return the column as the writer of workbooks wants it."""
        return SheetColumn(label_of(self.key), self.kind, self.width, self.choices, self.hidden)


def _plain(name: str) -> Callable[[Exported], Cell]:
    return lambda one: getattr(one.facts, name) or None


def _labels(kind: type[Labelled]) -> tuple[str, ...]:
    return tuple(member.label for member in kind)


def _chosen(name: str, kind: type[Labelled]) -> Callable[[Exported], Cell]:
    return lambda one: kind(value).label if (value := getattr(one.facts, name)) else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _dated(name: str) -> Callable[[Exported], Cell]:
    return lambda one: _day(getattr(one.facts, name))


def _degrees(value: int | None) -> str | None:
    return None if value is None else write_coordinate(value)


def _owner_kind(one: Exported) -> str | None:
    kinds = {owner.kind for owner in one.facts.owners}
    return kinds.pop().label if len(kinds) == 1 else None


def _owner_names(one: Exported) -> str:
    return "、".join(owner.name for owner in one.facts.owners)


def _owner_code(one: Exported) -> str | None:
    return one.facts.owners[0].credit_code or None if len(one.facts.owners) == 1 else None


def _shares(one: Exported) -> str | None:
    if len(one.facts.owners) < 2:
        return None
    return "；".join(f"{owner.name} {percent_text(owner.share_bp)}%" for owner in one.facts.owners)


def _percent(bp: int | None) -> str | None:
    return None if bp is None else f"{percent_text(bp)}%"


def _return_kind(code: str) -> str | None:
    return ReturnKind(code).label if code else None


_O = OurColumn
COLUMNS: tuple[OurColumn, ...] = (
    _O("asset_number", lambda x: x.number, N_("新资产留空；有编号的行按更正处理"), width=26, hidden=True),
    _O("name", _plain("name"), N_("最多 100 个字"), N_("华溪村黄连烘干房"), width=30, required=True),
    _O("short_name", _plain("short_name"), N_("可不填")),
    _O("category", lambda x: x.facts.category.label, N_("三类选一类"), N_("经营性资产"), choices=_labels(Category),
       required=True),
    _O("subtype", lambda x: BY_CODE[x.facts.subtype].label, N_("从下拉表选"), N_("加工设施"), width=18,
       choices=tuple(subtype.label for subtype in SUBTYPES)),
    _O("village", lambda x: x.unit_name, N_("村名；几个乡镇有同名村的，在前面写上乡镇"), N_("华溪村"), required=True),
    _O("location_code", lambda x: x.facts.region_code, N_("12 位区划代码；填了就以它为准"), width=16),
    _O("site_code", _plain("location_code"), N_("资产不在本村的才填，12 位区划代码"), width=16),
    _O("location_detail", _plain("location_detail"), N_("如 三组大坝"), width=20),
    _O("longitude", lambda x: _degrees(x.facts.longitude_e6), N_("十进制度数")),
    _O("latitude", lambda x: _degrees(x.facts.latitude_e6), N_("十进制度数")),
    _O("project_name", _plain("project_name"), width=24),
    _O("project_number", _plain("project_number")),
    _O("project_year", _plain("project_year"), N_("4 位数字"), "2019", kind=CellKind.COUNT, width=10),
    _O("plan_document", _plain("plan_document"), width=20),
    _O("total_investment", lambda x: x.facts.total_investment_fen, kind=CellKind.AMOUNT, width=16),
    _O("original_value", lambda x: x.facts.original_value_fen, N_("单位：元"), "337200.00", kind=CellKind.AMOUNT,
       width=16, required=True),
    _O("funding_lines", lambda x: lines_text(x.facts.funding),
       N_("每笔“来源/级次/年度/文号/金额”，几笔用“；”隔开，合计等于原值；也可以改用按来源分列的表"),
       N_("财政专项扶贫资金/中央/2019/渝财农〔2019〕36号/300000.00；自筹资金/村///37200.00"), width=40),
    _O("quantity", lambda x: _text(x.facts.quantity_milli), N_("只填数字"), "1", width=10),
    _O("unit", _plain("unit"), "", N_("处"), width=10),
    _O("specification", _plain("specification"), width=20),
    _O("scale", _plain("scale"), width=24),
    _O("acquired_on", lambda x: x.facts.acquired.text(), N_("到日、月或年"), "2019-10", required=True),
    _O("accepted_on", _dated("accepted_on"), N_("到日"), "2019-11-20"),
    _O("in_use_on", _dated("in_use_on"), N_("到日"), "2019-12-01"),
    _O("service_months", lambda x: months_text(x.facts.service_months) if x.facts.service_months else None,
       N_("年数；不是整年的写成“30个月”"), "20", width=10),
    _O("depreciation_method", _chosen("depreciation", DepreciationMethod), N_("可不填，按子类默认"),
       choices=_labels(DepreciationMethod)),
    _O("owner_kind", _owner_kind, "", N_("村集体"), choices=_labels(OwnerKind)),
    _O("owner_name", _owner_names, N_("全称；几个产权人用“、”隔开并填份额"), N_("华溪村股份经济合作社"), width=26),
    _O("owner_code", _owner_code, N_("18 位"), width=22),
    _O("owner_shares", _shares, N_("几个产权人才填，如 甲社 60%；乙社 40%"), width=24),
    _O("title_status", _chosen("title_status", TitleStatus), choices=_labels(TitleStatus)),
    _O("certificate_kind", _plain("certificate_kind")),
    _O("certificate_number", _plain("certificate_number"), width=20),
    _O("certificate_on", _dated("certificate_on"), N_("到日")),
    _O("custodian", _plain("custodian")),
    _O("operator", _plain("operator")),
    _O("supervisor", _plain("supervisor")),
    _O("sector", _chosen("sector", Sector), N_("可不填，按子类默认"), choices=_labels(Sector)),
    _O("use_status", _chosen("use_status", UseStatus), "", N_("自用"), choices=_labels(UseStatus)),
    _O("operating_mode", _chosen("operating_mode", OperatingMode), choices=_labels(OperatingMode)),
    _O("industry_class", _chosen("industry_class", IndustryClass), choices=_labels(IndustryClass)),
    _O("accounting_system", _chosen("accounting_system", AccountingSystem), choices=_labels(AccountingSystem)),
    _O("publicity", _chosen("publicity", Publicity), choices=_labels(Publicity)),
    _O("investee", lambda x: x.facts.interest.investee or None, N_("股权、债权才填"), width=20),
    _O("principal", lambda x: x.facts.interest.principal_fen, N_("单位：元"), kind=CellKind.AMOUNT),
    _O("holding", lambda x: _percent(x.facts.interest.share_bp), N_("如 30%")),
    _O("rate", lambda x: _percent(x.facts.interest.rate_bp), N_("如 6%")),
    _O("return_kind", lambda x: _return_kind(x.facts.interest.return_kind), choices=_labels(ReturnKind)),
    _O("invested_on", lambda x: _day(x.facts.interest.starts_on)),
    _O("matures_on", lambda x: _day(x.facts.interest.ends_on)),
    _O("exit_terms", lambda x: x.facts.interest.exit_terms or None, width=20),
    _O("gbt14885_code", _plain("gbt14885_code")),
    _O("archives", _plain("archives"), width=20),
    _O("remarks", _plain("remarks"), width=24),
)  # fmt: skip


def _text(milli: int | None) -> str | None:
    return None if milli is None else write_quantity(milli)
