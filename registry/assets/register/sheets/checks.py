"""Settling a row: what must hold between its cells, then the typed row."""

import re

from registry.assets.register.reading.amounts import UNIT_WORDS, Amount, amount_problem
from registry.assets.register.reading.problems import Message, Notice, Problem, ProblemKind, say
from registry.assets.register.reading.quantities import Quantity
from registry.assets.register.reading.values import OwnerShare
from registry.assets.register.registration import FundingFact, PartialDate
from registry.assets.register.sheets.fields import REGION_PARTS, REQUIRED, TableKind, label_of
from registry.assets.register.sheets.funds import settle_funding
from registry.assets.register.sheets.places import Found, RegionIndex, match_region, parse_region
from registry.assets.register.sheets.readers import RowReading
from registry.assets.register.sheets.records import (
    AssetRow,
    Defaults,
    ProjectRow,
    Settled,
    asset_row,
    project_row,
)
from registry.kinds import Category
from registry.text import N_

_OWNERS = re.compile(r"[、，,;；/\n]")
#: Money that is spent on people or interest leaves nothing behind to register.
_SUBSIDIES = ("贴息", "补贴", "奖补", "保险", "保障机制", "培训", "助学", "雨露", "公益岗", "公益性岗位", "补助资金")
_REMEDIES: dict[str, str] = {
    "name": N_("填名称"),
    "category": N_("填“经营性”“公益性”或“到户类”"),
    "region": N_("填村名或 12 位村代码"),
    "original_value": N_("填金额；未形成资产的移到“项目”表"),
    "acquired_on": N_("填购建时间，如 2018-05 或 2018"),
}


def resolve_region(reading: RowReading, index: RegionIndex, defaults: Defaults) -> str | None:
    """Return the code of the unit the row belongs to; problems are added to the row."""
    code = reading.get("location_code", str)
    written = [(key, text) for key in REGION_PARTS if (text := reading.get(key, str))]
    if code is not None:
        return _found(reading, "location_code", code, index)
    if written:
        return _found(reading, written[-1][0], "".join(_parts(written)), index)
    return _of_owner_unit(reading, index) or defaults.region_code


def _parts(written: list[tuple[str, str]]) -> list[str]:
    """Return the names from the county down, leaving out what the lowest one already begins with."""
    lowest = written[-1][1]
    return [text for _, text in written[:-1] if not lowest.startswith(text)] + [lowest]


def _found(reading: RowReading, key: str, text: str, index: RegionIndex) -> str | None:
    found = parse_region(text, index)
    if isinstance(found, Problem):
        reading.refuse(key, label_of(key), found)
        reading.failed.add("region")
        return None
    return found.code


def _of_owner_unit(reading: RowReading, index: RegionIndex) -> str | None:
    """Read the village out of the project owner's name (天星寺镇芙蓉村经济联合社) when no column names a place."""
    text = reading.get("owner_unit", str)
    if not text or any(key in reading.columns for key in (*REGION_PARTS, "location_code")):
        return None
    match = match_region(text, index)
    if not isinstance(match, Found):
        return None
    reading.notices.append(
        Notice(
            reading.row, reading.columns["owner_unit"].text, say(N_("没有村名列，按业主单位“%(unit)s”认村"), unit=text)
        )
    )
    return match.code


def check_required(reading: RowReading, kind: TableKind, present: set[str]) -> None:
    """Refuse the row for every required field that is empty; what could not be read has its own problem already."""
    have = present | reading.values.keys() | reading.failed
    for group in REQUIRED[kind]:
        if have.isdisjoint(group):
            key = group[0]
            problem = Problem(ProblemKind.REQUIRED, say(N_("必填，单元格是空的")), say(_REMEDIES[key]))
            reading.refuse(_column_for(reading, key), label_of(key), problem, value="")


def _column_for(reading: RowReading, key: str) -> str:
    """Return the field whose column is to be coloured: the village's where no column is simply the place."""
    if key == "region" and key not in reading.columns:
        return next((part for part in ("village", "township", "county") if part in reading.columns), key)
    return key


def check_shares(reading: RowReading) -> tuple[OwnerShare, ...]:
    """Return the shares with the owners' names; several owners need shares, and as many as there are owners."""
    names = [name for name in _OWNERS.split(reading.get("owner_name", str) or "") if name.strip()]
    shares = reading.get("owner_shares", tuple) or ()
    if "owner_shares" in reading.failed:
        return ()
    if not shares and len(names) > 1:
        return _uneven(reading, say(N_("写了 %(owners)d 个产权人，没写各占多少"), owners=len(names)))
    if all(share.name for share in shares):
        return shares
    if len(shares) == 1:
        return (OwnerShare("、".join(names), shares[0].share_bp),)
    if len(shares) == len(names) and not any(share.name for share in shares):
        return tuple(OwnerShare(name.strip(), share.share_bp) for name, share in zip(names, shares, strict=True))
    return _uneven(
        reading, say(N_("份额有 %(shares)d 个，产权人有 %(owners)d 个，对不上"), shares=len(shares), owners=len(names))
    )


def _uneven(reading: RowReading, text: Message) -> tuple[OwnerShare, ...]:
    remedy = say(N_("在份额列写成“%(example)s”"), example=N_("甲村合作社 60%；乙村合作社 40%"))
    reading.refuse("owner_shares", label_of("owner_shares"), Problem(ProblemKind.SHARES, text, remedy))
    return ()


def check_unit(reading: RowReading) -> str | None:
    """Return the unit of measure; the quantity's own and the column's must not differ."""
    quantity = reading.get("quantity", Quantity)
    own, written = (quantity.unit if quantity else None), reading.get("unit", str)
    if written in UNIT_WORDS.values():
        text = say(N_("单位列写的是金额的单位“%(unit)s”，和选定的金额单位可能不一致"), unit=written)
        reading.refuse("unit", label_of("unit"), amount_problem(text, say(N_("金额连单位一起写，如 4万元"))))
        return own
    if own and written and own != written:
        text = say(N_("数量里写“%(own)s”，单位列写“%(written)s”"), own=own, written=written)
        reading.refuse("quantity", label_of("quantity"), Problem(ProblemKind.QUANTITY, text, say(N_("只留一个单位"))))
    return own or written


def collected_remarks(reading: RowReading) -> str | None:
    """Return the remarks with the notes that stood beside amounts, each under its heading."""
    notes = [
        f"{reading.columns[key].text}：{value.note}"
        for key, value in reading.values.items()
        if isinstance(value, Amount) and value.note
    ]
    remarks = reading.get("remarks", str)
    return "；".join(([remarks] if remarks else []) + notes) or None


def notice_subsidy(reading: RowReading) -> None:
    """Say so when a project reads like a subsidy, which forms no asset."""
    name = reading.get("name", str) or ""
    word = next((word for word in _SUBSIDIES if word in name), None)
    if word:
        text = say(N_("名称里有“%(word)s”，多半是补助，不形成资产"), word=word)
        reading.notices.append(Notice(reading.row, reading.columns["name"].text, text))


def notice_sector(reading: RowReading) -> None:
    """Say so when a sector department was written but names no sector, or several."""
    if "sector" in reading.cells and "sector" not in reading.values:
        text = say(N_("“%(text)s”认不出是哪个行业，留空"), text=reading.cells["sector"].text)
        reading.notices.append(Notice(reading.row, reading.columns["sector"].text, text))


def check_period(reading: RowReading) -> None:
    """Refuse an end before the beginning."""
    starts, ends = reading.get("starts_on", PartialDate), reading.get("ends_on", PartialDate)
    if starts and ends and ends.text() < starts.text()[: len(ends.text())]:
        text = say(N_("完工 %(ends)s 早于开工 %(starts)s"), ends=ends.text(), starts=starts.text())
        reading.refuse("ends_on", label_of("ends_on"), Problem(ProblemKind.DATE, text, say(N_("核对两个日期"))))


def settle(reading: RowReading, kind: TableKind, regions: RegionIndex, defaults: Defaults) -> AssetRow | ProjectRow:
    """Check what must hold between the cells, adding problems and notices to the row, and compose what it says."""
    region = resolve_region(reading, regions, defaults)
    funding = settle_funding(reading, kind)
    compose = _asset if kind is TableKind.ASSETS else _project
    return compose(reading, defaults, region, funding)


def _asset(reading: RowReading, defaults: Defaults, region: str | None, funding: tuple[FundingFact, ...]) -> AssetRow:
    settled = Settled(
        region_code=region,
        category=reading.get("category", Category) or (None if "category" in reading.failed else defaults.category),
        project_year=reading.get("project_year", int) or defaults.project_year,
        funding=funding,
        remarks=collected_remarks(reading),
        shares=check_shares(reading),
        unit=check_unit(reading),
    )
    notice_sector(reading)
    check_required(reading, TableKind.ASSETS, _present(settled))
    return asset_row(reading, settled)


def _project(
    reading: RowReading, defaults: Defaults, region: str | None, funding: tuple[FundingFact, ...]
) -> ProjectRow:
    settled = Settled(
        region_code=region,
        category=None,
        project_year=reading.get("project_year", int) or defaults.project_year,
        funding=funding,
        remarks=collected_remarks(reading),
    )
    check_period(reading)
    notice_subsidy(reading)
    check_required(reading, TableKind.PROJECTS, _present(settled))
    return project_row(reading, settled)


def _present(settled: Settled) -> set[str]:
    """Return the required fields that were settled otherwise than by one cell."""
    given = {"region": settled.region_code, "category": settled.category, "project_year": settled.project_year}
    return {key for key, value in given.items() if value}
