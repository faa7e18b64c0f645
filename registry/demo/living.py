"""What came after registration: policy, meetings, notices, cases of title, custody; told table by table."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from operator import itemgetter
from typing import TypeVar

from registry.demo.arrears import ArrearsRow, tell_arrears
from registry.demo.books import BookRow, month_by_month, tell_book
from registry.demo.cases import CaseRow, PostRow, tell_case, tell_post
from registry.demo.contracts import ContractRow, tell_contract
from registry.demo.counts import YEARS, tell_count
from registry.demo.custody import AgreementRow, tell_agreement
from registry.demo.disposals import ActRow, tell_act, tell_disposal
from registry.demo.distribution import (
    PayoutRow,
    PlanRow,
    WorkRow,
    tell_payout,
    tell_plan,
    tell_work,
)
from registry.demo.duties import DutyRow, tell_duty
from registry.demo.equity import EquityRow, tell_equity
from registry.demo.evaluation import EVALUATED, tell_evaluation
from registry.demo.findings import ENGAGEMENTS, FINDINGS, SAMPLES, tell_engagement, tell_finding, tell_sample
from registry.demo.households import AdjustmentRow, HouseholdRow, tell_adjustment, tell_household
from registry.demo.meetings import tell_meeting
from registry.demo.moves import MoveRow, case_rows, meeting_rows, tell_move
from registry.demo.notices import NoticeRow, tell_notice
from registry.demo.patrols import PatrolRow, RepairRow, rounds, tell_patrol, tell_repair
from registry.demo.places import UnitRow
from registry.demo.policies import PolicyRow, tell_policy
from registry.demo.receipts import ReceiptRow, tell_receipt
from registry.demo.rights import EncumbranceRow, tell_delegation, tell_encumbrance
from registry.demo.tables import read
from registry.demo.telling import Telling

_POLICIES, _NOTICES = read("policies", PolicyRow), read("notices", NoticeRow)
_ENCUMBRANCES, _POSTS = read("encumbrances", EncumbranceRow), read("posts", PostRow)
_MOVES, _AGREEMENTS = read("moves", MoveRow), read("agreements", AgreementRow)
_PATROLS, _REPAIRS = rounds(read("patrols", PatrolRow)), read("repairs", RepairRow)
_CONTRACTS, _EQUITY, _HOUSEHOLDS = (
    read("contracts", ContractRow), read("equity", EquityRow), read("households", HouseholdRow)
)  # fmt: skip
_RECEIPTS, _BOOKS, _ARREARS = (
    read("receipts", ReceiptRow),
    month_by_month(read("books", BookRow)),
    read("arrears", ArrearsRow),
)
_ADJUSTMENTS, _WORKS = read("adjustments", AdjustmentRow), read("works", WorkRow)
_PLANS, _PAYOUTS = read("plans", PlanRow), read("payouts", PayoutRow)
_DISPOSALS, _ACTS = read("disposal_moves", MoveRow), read("acts", ActRow)
_DUTIES = read("duties", DutyRow)
#: Cases told among the money: they rest on what was earned, on who stood on the roll, on what was owed by then.
_OF_MONEY = {row.key for rows in (_PLANS, _ADJUSTMENTS, _ARREARS) for row in rows}
_CASES: tuple[CaseRow, ...] = tuple(case_rows().values())
_IN_CASES = {row.extra for row in (*_MOVES, *_DISPOSALS) if row.deed == "会议"}
#: Meetings that vote on a case are told by the move that brings them to it.
_MEETINGS = tuple(row for row in meeting_rows().values() if row.key not in _IN_CASES)
#: How many rows are told.
ROWS = sum(map(len, (_POLICIES, _NOTICES, _ENCUMBRANCES, _POSTS, _MOVES, _AGREEMENTS, _PATROLS, _REPAIRS, _CASES,
                     _MEETINGS, _CONTRACTS, _EQUITY, _HOUSEHOLDS, _RECEIPTS, _BOOKS, _ARREARS, _ADJUSTMENTS, _WORKS,
                     _PLANS, _PAYOUTS, _DISPOSALS, _ACTS, YEARS, _DUTIES, FINDINGS, ENGAGEMENTS, SAMPLES,
                     EVALUATED)))  # fmt: skip
_R = TypeVar("_R")
_Dated = tuple[date, Callable[[], object]]


def tell_living(told: Telling, county: UnitRow, step: Callable[[int], object]) -> None:
    """Tell everything in the order in which one thing rests on another; of money, day by day."""
    tell_delegation(told)
    tellers: tuple[Callable[[], object], ...] = (
        *(partial(tell_policy, row, county, told.staff, told.today) for row in _POLICIES),
        *(partial(tell_encumbrance, row, told) for row in _ENCUMBRANCES),
        *(partial(tell_meeting, row, told) for row in _MEETINGS),
        *(partial(tell_notice, row, told) for row in _NOTICES),
        *(partial(tell_case, row, told) for row in _CASES),
        *(partial(tell_post, row, told) for row in _POSTS),
        *(partial(tell_contract, row, told) for row in _CONTRACTS),
        *(partial(tell_equity, row, told) for row in _EQUITY),
        *(partial(tell_move, row, told) for row in _MOVES if row.key not in _OF_MONEY),
        *(partial(tell_agreement, row, told) for row in _AGREEMENTS),
        *(partial(tell_patrol, rows, told) for rows in _PATROLS),
        *(partial(tell_repair, row, told) for row in _REPAIRS),
        *(partial(tell_household, row, told) for row in _HOUSEHOLDS),
        *(partial(tell_act, row, told) for row in _ACTS),
        *_day_by_day(told),
        *(partial(tell_count, year, county, told) for year in YEARS),
        *(partial(tell_duty, row, told) for row in _DUTIES),
        *(partial(tell_finding, row, told) for row in FINDINGS),
        *(partial(tell_engagement, row, county, told) for row in ENGAGEMENTS),
        *(partial(tell_sample, row, county, told) for row in SAMPLES),
        *(partial(tell_evaluation, year, county, told) for year in EVALUATED[:-1]),
    )
    for tell in tellers:
        tell()
        step(1)


def _day_by_day(told: Telling) -> list[Callable[[], object]]:
    """Return the tellers of money in the order of days; on one day what others rest on comes first."""

    def dated(rows: Iterable[_R], tell: Callable[[_R, Telling], object], day: Callable[[_R], str]) -> list[_Dated]:
        return [(told.day(day(row)), partial(tell, row, told)) for row in rows]

    deeds = (
        *dated(_RECEIPTS, tell_receipt, lambda row: row.received_on),
        *dated(_WORKS, tell_work, lambda row: row.ends_on),
        *dated(_ADJUSTMENTS, tell_adjustment, lambda row: row.asked_on),
        *dated(_PLANS, tell_plan, lambda row: row.submitted_on or row.begun_on),
        *dated(_ARREARS, tell_arrears, lambda row: row.day),
        *dated((row for row in _MOVES if row.key in _OF_MONEY), tell_move, lambda row: row.day),
        *dated(_PAYOUTS, tell_payout, lambda row: row.day),
        *dated(_DISPOSALS, tell_disposal, lambda row: row.day),
        *dated(_BOOKS, tell_book, lambda row: row.day),
    )
    return [tell for _day, tell in sorted(deeds, key=itemgetter(0))]
