"""What came after registration: policy, meetings, notices, cases of title, custody; told table by table."""

from collections.abc import Callable
from functools import partial

from registry.demo.cases import CaseRow, PostRow, tell_case, tell_post
from registry.demo.contracts import ContractRow, tell_contract
from registry.demo.custody import AgreementRow, tell_agreement
from registry.demo.distribution import (
    PayoutRow,
    PlanRow,
    WorkRow,
    tell_payout,
    tell_plan,
    tell_work,
)
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
_CONTRACTS, _RECEIPTS = read("contracts", ContractRow), read("receipts", ReceiptRow)
_HOUSEHOLDS, _ADJUSTMENTS = read("households", HouseholdRow), read("adjustments", AdjustmentRow)
_WORKS, _PLANS, _PAYOUTS = read("works", WorkRow), read("plans", PlanRow), read("payouts", PayoutRow)
#: Cases that rest on what was earned, and on who stood on the roll by then.
_OF_PLANS, _OF_ROLL = ({row.key for row in rows} for rows in (_PLANS, _ADJUSTMENTS))
_CASES: tuple[CaseRow, ...] = tuple(case_rows().values())
_IN_CASES = {row.extra for row in _MOVES if row.deed == "会议"}
#: Meetings that vote on a case are told by the move that brings them to it.
_MEETINGS = tuple(row for row in meeting_rows().values() if row.key not in _IN_CASES)
#: How many rows are told.
ROWS = sum(map(len, (_POLICIES, _NOTICES, _ENCUMBRANCES, _POSTS, _MOVES, _AGREEMENTS, _PATROLS, _REPAIRS, _CASES,
                     _MEETINGS, _CONTRACTS, _RECEIPTS,
                     _HOUSEHOLDS, _ADJUSTMENTS, _WORKS, _PLANS, _PAYOUTS)))  # fmt: skip


def tell_living(told: Telling, county: UnitRow, step: Callable[[int], object]) -> None:
    """Tell everything in the order in which one thing rests on another."""
    tell_delegation(told)
    tellers: tuple[Callable[[], object], ...] = (
        *(partial(tell_policy, row, county, told.staff, told.today) for row in _POLICIES),
        *(partial(tell_encumbrance, row, told) for row in _ENCUMBRANCES),
        *(partial(tell_meeting, row, told) for row in _MEETINGS),
        *(partial(tell_notice, row, told) for row in _NOTICES),
        *(partial(tell_case, row, told) for row in _CASES),
        *(partial(tell_post, row, told) for row in _POSTS),
        *(partial(tell_contract, row, told) for row in _CONTRACTS),
        *(partial(tell_move, row, told) for row in _MOVES if row.key not in _OF_PLANS | _OF_ROLL),
        *(partial(tell_agreement, row, told) for row in _AGREEMENTS),
        *(partial(tell_patrol, rows, told) for rows in _PATROLS),
        *(partial(tell_repair, row, told) for row in _REPAIRS),
        *(partial(tell_receipt, row, told) for row in _RECEIPTS),
        *(partial(tell_household, row, told) for row in _HOUSEHOLDS),
        *(partial(tell_work, row, told) for row in _WORKS),
        *(partial(tell_plan, row, told) for row in _PLANS),
        *(partial(tell_move, row, told) for row in _MOVES if row.key in _OF_PLANS),
        *(partial(tell_payout, row, told) for row in _PAYOUTS),
        *(partial(tell_adjustment, row, told) for row in _ADJUSTMENTS),
        *(partial(tell_move, row, told) for row in _MOVES if row.key in _OF_ROLL),
    )
    for tell in tellers:
        tell()
        step(1)
