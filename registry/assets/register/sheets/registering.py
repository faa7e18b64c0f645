"""From a row of a ledger to what the card's one door takes: the registration, or what stands in its way. Pure."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from registry.assets.register.categories import BY_CODE, INTERESTS
from registry.assets.register.reading.choices import find_subtype, other_subtype, subtype_problem
from registry.assets.register.reading.lines import lines_text
from registry.assets.register.reading.problems import Problem, ProblemKind, said_by, say
from registry.assets.register.registration import (
    MILLI,
    DatePrecision,
    FundingFact,
    InterestFacts,
    PartialDate,
    Registration,
)
from registry.assets.register.rules import check_registration, netted
from registry.assets.register.sheets.entry import Entry
from registry.assets.register.sheets.owning import owners_of
from registry.assets.register.sheets.readers import clean_text
from registry.assets.register.sheets.records import AssetRow
from registry.codes import is_asset_number
from registry.errors import Invalid
from registry.kinds import Category
from registry.regions import Level, level_of
from registry.text import N_

_DEGREE = 1_000_000
#: Fields of the card that take the cell of the same name as it is.
_SAME = (
    "name", "short_name", "gbt14885_code", "location_detail", "project_name", "project_number", "project_year",
    "plan_document", "total_investment_fen", "original_value_fen", "unit", "specification", "scale", "service_months",
    "title_status",
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
    given["owners"] = owners_of(entry, region_code)
    given["funding"] = _funding(row, base)
    given["interest"] = _interest(entry, str(given["subtype"]))
    given["remarks"] = _remarks(row, base)
    if entry.problems or entry.unread:
        return None
    return _checked(entry, _composed(entry, _new_to(base, given), region_code))


def _new_to(base: Registration | None, given: dict[str, object]) -> dict[str, object]:
    """Leave out texts that differ from what is known only by blanks that a sheet does not keep."""
    if base is None:
        return given
    return {
        name: value
        for name, value in given.items()
        if not (isinstance(value, str) and clean_text(str(getattr(base, name) or "")) == value)
    }


def _composed(entry: Entry, given: dict[str, object], region_code: str) -> Registration | None:
    if entry.base is not None:
        if entry.base.region_code != region_code:
            problem = Problem(
                ProblemKind.REGION, say(N_("登记单位不能改")), say(N_("登错了单位，请在原单位撤销后重新登记"))
            )
            entry.refuse(entry_region_key(entry), entry.values.region_text or region_code, problem)
            return None
        return replace(entry.base, **given)  # type: ignore[arg-type]
    if not {"name", "original_value_fen", "acquired"} <= given.keys():
        return None
    if level_of(region_code) is Level.VILLAGE:
        given.setdefault("location_code", region_code)
    return Registration(**given)  # type: ignore[arg-type]


def entry_region_key(entry: Entry) -> str:
    """Return the field under which the place of a row is written."""
    keys = ("location_code", "village", "region", "township", "county")
    return next((key for key in keys if key in entry.columns), "region")


def _checked(entry: Entry, facts: Registration | None) -> Registration | None:
    if facts is None or not _fits(entry, facts):
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


def _fits(entry: Entry, facts: Registration) -> bool:
    """Say whether texts that are put together of several cells still fit the card."""
    for name, most in (("unit", 10), ("remarks", 1000)):
        length = len(getattr(facts, name))
        if length > most:
            text, remedy = (
                say(N_("有 %(length)d 个字，太长"), length=length),
                say(N_("缩短到 %(limit)d 个字以内"), limit=most),
            )
            entry.refuse(name, getattr(facts, name)[:40], Problem(ProblemKind.OTHER, text, remedy))
    return not entry.problems


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
    """Return the subtype that is written, else the one the name speaks of, else the one for all others."""
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
    """Return the money lines; those of a known asset stay where the row names the same money or none."""
    if base is None:
        return row.funding
    if row.funding_exact:
        same = sorted(map(_written, netted(row.funding))) == sorted(map(_written, netted(base.funding)))
        return base.funding if same else row.funding
    kept = not row.funding_written or _by_source(row.funding) == _by_source(base.funding)
    return base.funding if kept else row.funding


def _written(line: FundingFact) -> str:
    """Return a money line as a cell holds it, to compare by."""
    return lines_text([line])


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
