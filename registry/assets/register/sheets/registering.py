"""From a row of a ledger to what the card's one door takes: the registration, or what stands in its way. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from registry.assets.register.categories import BY_CODE, INTERESTS
from registry.assets.register.reading.cells import Cell, CellKind
from registry.assets.register.reading.choices import find_subtype, other_subtype, subtype_problem
from registry.assets.register.reading.problems import CellProblem, Message, Notice, Problem, ProblemKind, said_by, say
from registry.assets.register.reading.values import OwnerShare, parse_owner_kind
from registry.assets.register.registration import (
    MILLI,
    DatePrecision,
    FundingFact,
    InterestFacts,
    OwnerFact,
    PartialDate,
    Registration,
)
from registry.assets.register.rules import check_registration
from registry.assets.register.sheets.fields import label_of
from registry.assets.register.sheets.headings import Column
from registry.assets.register.sheets.records import AssetRow
from registry.codes import is_asset_number, is_resident_id
from registry.errors import Invalid
from registry.kinds import Category, OwnerKind
from registry.regions import Level, ancestor, level_of
from registry.text import N_

_DEGREE = 1_000_000
#: Fields of the card that take the cell of the same name as it is.
_SAME = (
    "name", "short_name", "gbt14885_code", "location_detail", "project_name", "project_year", "plan_document",
    "total_investment_fen", "original_value_fen", "unit", "specification", "scale", "service_months", "title_status",
    "certificate_kind", "certificate_number", "custodian", "operator", "supervisor", "use_status", "operating_mode",
    "industry_class", "accounting_system", "publicity", "archives",
)  # fmt: skip
_RENAMED = {"depreciation": "depreciation_method", "sector": "sector", "location_code": "site_code"}
_TERMS = {
    "investee": "investee", "principal_fen": "principal_fen", "share_bp": "holding_bp", "rate_bp": "rate_bp",
    "return_kind": "return_kind", "exit_terms": "exit_terms",
}  # fmt: skip
#: Under which column a refusal of the card's rules stands, and what helps.
_REMEDIES: dict[str, tuple[str, str]] = {
    "name": ("name", N_("填名称，最多 100 个字")),
    "subtype": ("subtype", N_("填这一类的子类")),
    "original_value": ("original_value", N_("填大于 0 的金额；没有形成资产的移到“项目”表")),
    "location_code": ("site_code", N_("填 12 位区划代码，或留空")),
    "investee": ("investee", N_("填“接受投资的单位”列")),
    "owners": ("owner_kind", N_("改正类别或产权归属类别")),
    "funding": ("subtotal", N_("补上少的一笔，来源不清填“来源待核”；或改正原值")),
    "acquired_on": ("acquired_on", N_("核对日期")),
    "accepted_on": ("accepted_on", N_("核对日期")),
    "certificate_on": ("certificate_on", N_("核对日期")),
    "ends_on": ("matures_on", N_("核对两个日期")),
}


@dataclass(frozen=True)
class Units:
    """Short names of units, for naming the owner that a person chose for rows without one."""

    names: Mapping[str, str] = field(default_factory=dict)
    #: Whether a person chose that an owner without a name is the row's own collective, township or household.
    owner_of_unit: bool = False


@dataclass(slots=True)
class Entry:
    """A row on its way to the card."""

    row: int
    values: AssetRow
    columns: Mapping[str, Column]
    on: date
    units: Units
    base: Registration | None = None
    problems: list[CellProblem] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def refuse(self, key: str, value: object, problem: Problem) -> None:
        """Add a problem under the column of a field."""
        column = self.columns.get(key)
        heading, index = (column.text, column.index) if column else (label_of(key), None)
        shown = "" if value is None else str(value)
        self.problems.append(CellProblem(self.row, heading, shown, problem.kind, problem.text, problem.remedy, index))

    def tell(self, key: str, text: Message) -> None:
        """Add a notice under the column of a field."""
        column = self.columns.get(key)
        self.notices.append(Notice(self.row, column.text if column else label_of(key), text))


def own_number(values: AssetRow) -> str | None:
    """Return the asset number if it is one of this register, else None: an older number is kept in the remarks."""
    number = (values.asset_number or "").replace(" ", "").upper()
    return number if is_asset_number(number) else None


def registration_from(entry: Entry) -> Registration | None:
    """Return what a row says of a new asset, or of a known one (``base``) changed by the cells that are filled.

    None when a problem was added to the entry.
    """
    row, base = entry.values, entry.base
    category = row.category or (base.category if base else None)
    region_code = row.region_code or (base.region_code if base else None)
    if category is None or region_code is None:
        return None
    given = {name: value for name in _SAME if (value := getattr(row, name)) is not None}
    given |= {name: value for name, key in _RENAMED.items() if (value := getattr(row, key)) is not None}
    given |= {"category": category, "region_code": region_code, **_measured(entry), **_dated(entry)}
    given["subtype"] = _subtype(entry, category)
    given["owners"] = _owners(entry, region_code)
    given["funding"] = _funding(row, base)
    given["interest"] = _interest(entry, str(given["subtype"]))
    given["remarks"] = _remarks(row, base)
    if entry.problems:
        return None
    return _checked(entry, _composed(entry, given, region_code))


def _composed(entry: Entry, given: dict[str, object], region_code: str) -> Registration | None:
    if entry.base is not None:
        if entry.base.region_code != region_code:
            problem = Problem(
                ProblemKind.REGION, say(N_("登记单位不能改")), say(N_("登错了单位，请在原单位撤销后重新登记"))
            )
            entry.refuse(entry_region_key(entry), entry.values.region_text or region_code, problem)
            return None
        return replace(entry.base, **given)  # type: ignore[arg-type]
    if level_of(region_code) is Level.VILLAGE:
        given.setdefault("location_code", region_code)
    return Registration(**given)  # type: ignore[arg-type]


def entry_region_key(entry: Entry) -> str:
    """Return the field under which the place of a row is written."""
    keys = ("location_code", "village", "region", "township", "county")
    return next((key for key in keys if key in entry.columns), "region")


def _checked(entry: Entry, facts: Registration | None) -> Registration | None:
    if facts is None:
        return None
    try:
        check_registration(facts, on=entry.on)
    except Invalid as refused:
        key, remedy = _REMEDIES[refused.field or "name"]
        key = "owner_shares" if "sum" in refused.params and key == "owner_kind" else key
        column = entry.columns.get(key)
        shown = getattr(entry.values, key, None) if column else None
        text = shown.text() if isinstance(shown, PartialDate) else shown
        kind = ProblemKind.FUNDING if refused.field == "funding" else ProblemKind.OTHER
        entry.refuse(key, text if isinstance(text, str) else "", Problem(kind, said_by(refused), say(remedy)))
        return None
    return facts


def _measured(entry: Entry) -> dict[str, object]:
    """Return quantity and coordinates in whole thousandths and millionths."""
    row, found = entry.values, dict[str, object]()
    if row.quantity is not None:
        milli = row.quantity * MILLI
        if milli != int(milli):
            problem = Problem(ProblemKind.QUANTITY, say(N_("小数超过三位")), say(N_("最多留三位小数")))
            entry.refuse("quantity", row.quantity, problem)
        found["quantity_milli"] = int(milli)
    for name, degrees in (("longitude_e6", row.longitude), ("latitude_e6", row.latitude)):
        if degrees is not None:
            found[name] = int((degrees * _DEGREE).quantize(Decimal(1)))
    return found


def _dated(entry: Entry) -> dict[str, object]:
    row, found = entry.values, dict[str, object]()
    if row.acquired_on is not None:
        found["acquired"] = row.acquired_on
    elif entry.base is None and row.project_year is not None:
        found["acquired"] = PartialDate(date(row.project_year, 1, 1), DatePrecision.YEAR)
        entry.tell("acquired_on", say(N_("没有购建时间，按项目年度 %(year)d 年记"), year=row.project_year))
    for name in ("accepted_on", "in_use_on", "certificate_on"):
        written: PartialDate | None = getattr(row, name)
        if written is not None:
            found[name] = _whole_day(entry, name, written)
    return found


def _whole_day(entry: Entry, key: str, written: PartialDate) -> date:
    if written.precision is not DatePrecision.DAY:
        entry.tell(
            key, say(N_("只写到“%(written)s”，按 %(day)s 记"), written=written.text(), day=written.day.isoformat())
        )
    return written.day


def _subtype(entry: Entry, category: Category) -> str:
    """Return the subtype that is written, or spoken of by the name, or the one for all others; said when not written."""
    row, base = entry.values, entry.base
    if row.subtype:
        found = find_subtype(row.subtype, category)
        if found is None:
            entry.refuse("subtype", row.subtype, subtype_problem(category))
        return found or other_subtype(category)
    if base is not None and base.category is category:
        return base.subtype
    found = find_subtype(row.name or "", category) or other_subtype(category)
    entry.tell("subtype", say(N_("没有写子类，按名称记为“%(subtype)s”"), subtype=BY_CODE[found].label))
    return found


def _funding(row: AssetRow, base: Registration | None) -> tuple[FundingFact, ...]:
    """Return the money lines; those of a known asset stay where the row names no other money."""
    if base is None:
        return row.funding
    if not row.funding_written or _by_source(row.funding) == _by_source(base.funding):
        exact = any(line.year for line in row.funding) and set(row.funding) != set(base.funding)
        return row.funding if exact else base.funding
    return row.funding


def _by_source(lines: tuple[FundingFact, ...]) -> dict[tuple[str, str], int]:
    sums: dict[tuple[str, str], int] = {}
    for line in lines:
        key = (line.source.value, line.level.value)
        sums[key] = sums.get(key, 0) + line.amount_fen
    return sums


def _interest(entry: Entry, subtype: str) -> InterestFacts:
    row, base = entry.values, entry.base.interest if entry.base else InterestFacts()
    given = {name: value for name, key in _TERMS.items() if (value := getattr(row, key)) is not None}
    for name, key in (("starts_on", "invested_on"), ("ends_on", "matures_on")):
        written: PartialDate | None = getattr(row, key)
        if written is not None:
            given[name] = _whole_day(entry, key, written)
    if given and BY_CODE[subtype].nature not in INTERESTS:
        entry.tell("investee", say(N_("只有股权、债权资产才记投资约定，这几格没有导入")))
        return base
    return replace(base, **given)


def _remarks(row: AssetRow, base: Registration | None) -> str:
    """Return the remarks, with the number an older ledger gave the asset."""
    remarks = row.remarks if row.remarks is not None else (base.remarks if base else "")
    if not row.asset_number or own_number(row) is not None:
        return remarks
    older = N_("原资产编号：%(number)s") % {"number": row.asset_number}
    return remarks if older in remarks else "；".join(filter(None, (remarks, older)))


def _owners(entry: Entry, region_code: str) -> tuple[OwnerFact, ...]:
    row, base = entry.values, entry.base
    if base is not None and _says_the_same(row, base.owners):
        return base.owners
    shares = row.owner_shares or (OwnerShare(row.owner_name or "", 10_000),)
    owners = [_owner(entry, share, region_code) for share in shares]
    return tuple(owner for owner in owners if owner is not None)


def _says_the_same(row: AssetRow, owners: tuple[OwnerFact, ...]) -> bool:
    """Say whether the row names no owner at all, or the ones that are known."""
    if not (row.owner_name or row.owner_shares or row.owner_kind):
        return True
    told = {(share.name, share.share_bp) for share in row.owner_shares} or {(row.owner_name, 10_000)}
    same_kind = row.owner_kind is None or {row.owner_kind} == {owner.kind for owner in owners}
    same_code = not row.owner_code or row.owner_code in {owner.credit_code for owner in owners}
    return same_kind and same_code and told == {(owner.name, owner.share_bp) for owner in owners}


def _owner(entry: Entry, share: OwnerShare, region_code: str) -> OwnerFact | None:
    row, name = entry.values, share.name
    kind = row.owner_kind or _kind_of(name)
    if row.category is Category.HOUSEHOLD and kind is None:
        kind = OwnerKind.HOUSEHOLD
    if not name:
        return _nameless(entry, kind, share, region_code)
    if kind is None:
        problem = Problem(
            ProblemKind.OTHER,
            say(N_("看不出“%(owner)s”是哪一类"), owner=name),
            say(N_("填“产权归属类别”列，如 村集体")),
        )
        entry.refuse("owner_name", name, problem)
        return None
    code, several = row.owner_code or "", len(row.owner_shares) > 1
    if code and several:
        entry.tell("owner_code", say(N_("有几个产权人，分不出信用代码是谁的，没有导入")))
        code = ""
    resident = code if kind is OwnerKind.HOUSEHOLD and is_resident_id(code) else ""
    return OwnerFact(kind, name, share.share_bp, region_code, "" if resident else code, resident)


def _kind_of(name: str) -> OwnerKind | None:
    kind = parse_owner_kind(Cell(name, CellKind.TEXT)) if name else None
    return kind if isinstance(kind, OwnerKind) else None


def _nameless(entry: Entry, kind: OwnerKind | None, share: OwnerShare, region_code: str) -> OwnerFact | None:
    """Name the owner after the row's unit if a person chose so for the file, else refuse the row."""
    make = _NAMES.get(kind or _usual_kind(region_code)) if entry.units.owner_of_unit else None
    chosen = kind or _usual_kind(region_code)
    if make is None or entry.values.category is Category.HOUSEHOLD:
        remedy = N_("填产权人全称；或在“对列名”里选“没写产权人的归本村集体”")
        entry.refuse("owner_name", "", Problem(ProblemKind.REQUIRED, say(N_("没有写产权人")), say(remedy)))
        return None
    name = make(region_code, entry.units.names)
    entry.tell("owner_name", say(N_("没有写产权人，按您选的记为“%(owner)s”"), owner=name))
    return OwnerFact(chosen, name, share.share_bp, region_code, entry.values.owner_code or "")


def _usual_kind(region_code: str) -> OwnerKind:
    return OwnerKind.VILLAGE_COLLECTIVE if level_of(region_code) is Level.VILLAGE else OwnerKind.TOWNSHIP


def _collective(region_code: str, names: Mapping[str, str]) -> str:
    return names.get(region_code, region_code) + N_("集体经济组织")


def _township(region_code: str, names: Mapping[str, str]) -> str:
    code = ancestor(region_code, Level.TOWNSHIP)
    return names.get(code, code) + N_("人民政府")


_NAMES: dict[OwnerKind, Callable[[str, Mapping[str, str]], str]] = {
    OwnerKind.VILLAGE_COLLECTIVE: _collective,
    OwnerKind.TOWNSHIP: _township,
}
