"""From the confirmed sheet to the township: what must be so before, the report itself, and taking it in."""

from collections import Counter
from datetime import date

from registry.approvals.meetings.facts import Case as MeetingCase
from registry.approvals.meetings.queries import find_resolution
from registry.approvals.notices.queries import find_notice, has_hung
from registry.approvals.notices.rules import Case as NoticeCase
from registry.approvals.notices.tables import Column, NoticeTable
from registry.assets.register.amendments.services import signature
from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now
from registry.kinds import Category
from registry.money import format_yuan
from registry.permissions import Actor
from registry.regions import Level, level_of
from registry.supervision.stocktaking.counting import check_list
from registry.supervision.stocktaking.fates import fates_of, is_open
from registry.supervision.stocktaking.models import StockSheet
from registry.supervision.stocktaking.progress import Tally
from registry.supervision.stocktaking.queries import TABLE, counters_of, differences_of
from registry.supervision.stocktaking.refusals import (
    BeforeCutOff,
    DifferencesOpen,
    NotConfirmed,
    NotHung,
    NotReported,
    NotResolved,
    OpinionMissing,
)
from registry.supervision.stocktaking.rules import (
    Gate,
    Outcome,
    SheetStatus,
    check_gates,
    check_open,
    check_receiver,
)
from registry.text import N_


def notice_case(sheet: StockSheet) -> NoticeCase:
    """Return the case under which the result of a sheet is published."""
    return NoticeCase(TABLE, str(sheet.id), sheet.digest)


def meeting_case(sheet: StockSheet) -> MeetingCase:
    """Return the case under which a meeting confirms the result of a sheet."""
    return MeetingCase(TABLE, str(sheet.id), sheet.digest)


def check_confirmed(sheet: StockSheet) -> None:
    """Raise NotConfirmed unless a sheet stands between the second person and the report."""
    check_open(sheet.campaign.state)
    if sheet.state is not SheetStatus.CONFIRMED:
        raise NotConfirmed(status=sheet.state.label)


def gates_of(sheet: StockSheet, on: date) -> list[Gate]:
    """Return what a report needs, in the order in which it is usually done."""
    differences = differences_of(sheet.id)
    fates = fates_of(differences)
    waiting = sum(is_open(one, fates[one.id]) for one in differences)
    notice = find_notice(TABLE, str(sheet.id), sheet.digest, sheet.region_code)
    resolution = find_resolution(TABLE, str(sheet.id), sheet.digest, sheet.region_code)
    return [
        Gate(N_("差异都有处理意见"), waiting == 0, DifferencesOpen(count=waiting)),
        Gate(N_("清查结果公示期满"), notice is not None and has_hung(notice, on), NotHung()),
        Gate(N_("会议确认清查结果"), resolution is not None and resolution.carried, NotResolved()),
        Gate(N_("基准日已到"), sheet.campaign.cutoff_on <= on, BeforeCutOff(day=sheet.campaign.cutoff_on.isoformat())),
    ]


def report_sheet(sheet: StockSheet, *, by: Actor, on: date) -> None:
    """Report a sheet to the level above; a county's own sheet is in with that. Raises everything it still lacks."""
    check_confirmed(sheet)
    check_list(sheet, on)
    check_gates(gates_of(sheet, on))
    top = level_of(sheet.region_code) is Level.COUNTY
    sheet.status = (SheetStatus.RECEIVED if top else SheetStatus.REPORTED).value
    sheet.reported_by_id, sheet.reported_by_text, sheet.reported_at = by.id, signature(by), now()
    record(Action.STOCKTAKE_REPORTED, sheet, by=by, content=sheet.digest)


def receive_sheet(sheet: StockSheet, opinion: str, *, by: Actor) -> None:
    """Take a report in, as somebody above who had no hand in it. Raises NotReported, OwnConfirmation, NotAbove."""
    _check_receiver(sheet, by)
    sheet.status, sheet.opinion = SheetStatus.RECEIVED.value, opinion.strip()
    sheet.received_by_id, sheet.received_by_text, sheet.received_at = by.id, signature(by), now()
    record(Action.STOCKTAKE_RECEIVED, sheet, by=by, reason=sheet.opinion, content=sheet.digest)


def return_report(sheet: StockSheet, opinion: str, *, by: Actor) -> None:
    """Give a report back: what it lacks is mended, then it is reported again. Raises OpinionMissing too."""
    _check_receiver(sheet, by)
    if not opinion.strip():
        raise OpinionMissing(field="opinion")
    sheet.status, sheet.opinion = SheetStatus.CONFIRMED.value, opinion.strip()
    record(Action.STOCKTAKE_SENT_BACK, sheet, by=by, reason=sheet.opinion)


def _check_receiver(sheet: StockSheet, by: Actor) -> None:
    check_open(sheet.campaign.state)
    if sheet.state is not SheetStatus.REPORTED:
        raise NotReported(status=sheet.state.label)
    involved = {*counters_of(sheet.id), sheet.submitted_by_id, sheet.confirmed_by_id, sheet.reported_by_id}
    check_receiver(sheet.region_code, by, involved)


_HEADS = (N_("资产类别"), N_("账面项数"), N_("账面原值（元）"), *(one.label for one in Outcome))


def result_table(tallies: dict[str, Tally]) -> NoticeTable:
    """Return the result of a sheet as its notice lists it: one row per category, then the sum."""
    whole = Tally(sum(one.expected for one in tallies.values()), sum(one.expected_fen for one in tallies.values()))
    whole.outcomes = sum((one.outcomes for one in tallies.values()), Counter())
    rows = [(_category(key), one) for key, one in tallies.items()]
    cells = [_cells(label, one) for label, one in [*rows, (N_("合计"), whole)]]
    return NoticeTable(tuple(Column(head) for head in _HEADS), tuple(cells))


def _category(key: str) -> str:
    return Category(key).label if key else N_("未分类")


def _cells(label: str, one: Tally) -> tuple[str, ...]:
    found = (str(one.outcomes[outcome.value]) for outcome in Outcome)
    return (label, str(one.expected), format_yuan(one.expected_fen), *found)
