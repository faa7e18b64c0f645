"""The counts of the demo county: last year's closed, this year's under way with differences."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from sqlalchemy import select

from registry.approvals.meetings.facts import Attendance, Item, MeetingFacts, Vote
from registry.approvals.meetings.kinds import Matter, MeetingKind
from registry.approvals.meetings.services import Papers, attach_papers, record_meeting
from registry.approvals.notices.rules import Case, NoticeKind
from registry.database import db
from registry.demo.notices import facts_of, hang, take_in_notice
from registry.demo.places import CLERKS, UnitRow, units_by_code
from registry.demo.tables import labelled, read
from registry.demo.telling import Telling
from registry.permissions import Actor, Role
from registry.regions import Level
from registry.supervision.stocktaking.counting import confirm_sheet, count_line, submit_sheet
from registry.supervision.stocktaking.models import StockCampaign, StockDifference, StockLine, StockSheet
from registry.supervision.stocktaking.progress import tally_categories
from registry.supervision.stocktaking.queries import all_sheets, differences_of
from registry.supervision.stocktaking.reporting import (
    meeting_case,
    notice_case,
    receive_sheet,
    report_sheet,
    result_table,
)
from registry.supervision.stocktaking.rules import CampaignKind, Count, Opening, Outcome, Way
from registry.supervision.stocktaking.services import close_campaign, open_campaign
from registry.supervision.stocktaking.settling import Settlement, settle


class CountRow(NamedTuple):
    """What somebody saw of one asset in a year's count, and how the difference was settled."""

    year: str
    unit_name: str
    name: str
    username: str
    outcome: str
    counted: str
    note: str
    way: str
    reason: str


@cache
def count_rows() -> tuple[CountRow, ...]:
    """Return what is told of the counts."""
    return read("counts", CountRow)


#: Villages that have submitted, or been confirmed, by the day of the telling; the others are still counting.
_SUBMITTED, _CONFIRMED = frozenset({"光明村"}), frozenset({"龙河村"})
#: One step of the telling for each year.
YEARS = (2025, 2026)
_SECONDS = {
    Level.VILLAGE: Role.VILLAGE_HEAD,
    Level.TOWNSHIP: Role.TOWNSHIP_SUPERVISOR,
    Level.COUNTY: Role.COUNTY_AGRICULTURE,
}
_ABOVE = {Level.VILLAGE: Role.TOWNSHIP_SUPERVISOR, Level.TOWNSHIP: Role.COUNTY_AGRICULTURE}
_Seen = Mapping[tuple[str, str], Sequence[CountRow]]


def _told_of(year: int) -> _Seen:
    found: dict[tuple[str, str], list[CountRow]] = defaultdict(list)
    for row in count_rows():
        if row.year == str(year):
            found[row.unit_name, row.name].append(row)
    return found


def tell_count(year: int, county: UnitRow, told: Telling) -> None:
    """Call the count of a year; carry last year's to its end, and this year's as far as it has come."""
    by, on = told.staff.holding(Role.COUNTY_CLERK, county), told.today
    policy = told.policy(county.code, on)
    campaign = open_campaign(Opening(county.code, CampaignKind.YEARLY, year), by=by, on=on, policy=policy)
    seen = _told_of(year)
    for sheet in all_sheets(campaign.id):
        unit = units_by_code()[sheet.region_code]
        if year == YEARS[-1]:
            _tell_begun(sheet, unit, seen, told)
        else:
            _tell_whole(sheet, unit, seen, told)
    if year != YEARS[-1]:
        _close(campaign, told.staff.holding(Role.COUNTY_AGRICULTURE, county))


def _close(campaign: StockCampaign, by: Actor) -> None:
    close_campaign(campaign, "", by=by)


def _lines(sheet: StockSheet) -> list[StockLine]:
    return list(db.session.scalars(select(StockLine).where(StockLine.sheet_id == sheet.id).order_by(StockLine.id)))


def _count(sheet: StockSheet, unit: UnitRow, seen: _Seen, told: Telling, *, all_of_it: bool) -> None:
    """Note what the table says of each asset; what it does not speak of is there, if the sheet is counted whole."""
    clerk = told.staff.holding(CLERKS[unit.level], unit)
    for line in _lines(sheet):
        rows = seen.get((unit.name, line.name), ())
        for row in rows:
            outcome = labelled(Outcome, row.outcome)
            files = [told.pictures["问题"]] if outcome is Outcome.DAMAGED else []
            count_line(line, Count(outcome, note=row.note), files, by=told.staff.named(row.username))
        if all_of_it and not rows:
            count_line(line, Count(Outcome.FOUND), by=clerk)


def _confirmed(sheet: StockSheet, unit: UnitRow, seen: _Seen, told: Telling) -> None:
    _count(sheet, unit, seen, told, all_of_it=True)
    clerk = told.staff.holding(CLERKS[unit.level], unit)
    submit_sheet(sheet, by=clerk, on=told.today)
    confirm_sheet(sheet, "已到现场抽查，属实", by=told.staff.holding(_SECONDS[unit.level], unit))
    for difference in differences_of(sheet.id):
        _settle(difference, seen[unit.name, difference.line.name][-1], clerk, told)


def _settle(difference: StockDifference, row: CountRow, by: Actor, told: Telling) -> None:
    if row.way:
        said = Settlement(labelled(Way, row.way), row.reason)
        settle(difference, said, by=by, on=told.today, policy=told.policy(difference.region_code, told.today))


def _tell_begun(sheet: StockSheet, unit: UnitRow, seen: _Seen, told: Telling) -> None:
    if unit.name in _CONFIRMED:
        _confirmed(sheet, unit, seen, told)
    elif unit.name in _SUBMITTED:
        _count(sheet, unit, seen, told, all_of_it=True)
        submit_sheet(sheet, by=told.staff.holding(CLERKS[unit.level], unit), on=told.today)
    else:
        _count(sheet, unit, seen, told, all_of_it=False)


def _tell_whole(sheet: StockSheet, unit: UnitRow, seen: _Seen, told: Telling) -> None:
    """Carry a sheet from the count to the level above: notice, meeting, report, receipt."""
    _confirmed(sheet, unit, seen, told)
    clerk = told.staff.holding(CLERKS[unit.level], unit)
    begun = sheet.campaign.cutoff_on + timedelta(days=20)
    _publish(sheet, unit, clerk, begun, told)
    _resolve(sheet, unit, clerk, begun + timedelta(days=20), told)
    report_sheet(sheet, by=clerk, on=told.today)
    if unit.level in _ABOVE:
        receive_sheet(sheet, "材料齐全", by=told.staff.holding(_ABOVE[unit.level], unit))


def _publish(sheet: StockSheet, unit: UnitRow, by: Actor, on: date, told: Telling) -> None:
    text = (f"{sheet.campaign.title}结果", "现将清查结果公布如下。有异议的请在公示期内提出。")
    table = result_table(tally_categories(sheet.campaign_id, by, sheet_id=sheet.id))
    case: Case = notice_case(sheet)
    facts = replace(facts_of(unit, NoticeKind.STOCKTAKING, text, by, table), case=case)
    notice = hang(facts, told, by=by, on=on)
    take_in_notice(notice, told, by=by, on=notice.ends_on)


def _resolve(sheet: StockSheet, unit: UnitRow, by: Actor, on: date, told: Telling) -> None:
    village = unit.level is Level.VILLAGE
    there = Attendance(due=312, present=214, proxies=20) if village else Attendance(due=7, present=6)
    vote = Vote(there.attending)
    item = Item(Matter.STOCKTAKING, f"确认{sheet.campaign.title}结果。", vote, meeting_case(sheet))
    facts = MeetingFacts(
        region_code=unit.code, kind=MeetingKind.MEMBERS if village else MeetingKind.UNIT,
        body_name=f"{unit.owner}成员大会" if village else f"{unit.owner}办公会", held_on=on,
        notified_on=on - timedelta(days=12), attendance=there, items=(item,), place=f"{unit.name}会议室",
        chair=told.staff.holding(_SECONDS[unit.level], unit).name, recorder=by.name,
    )  # fmt: skip
    meeting = record_meeting(facts, by=by, on=told.today, policy=told.policy(unit.code, on))
    attach_papers(meeting, Papers((told.pictures["会议记录"],)), by=by)
