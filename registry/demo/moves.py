"""How a case goes from desk to desk: one row of the table, one deed of the person whose turn it is."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import NamedTuple

from registry.approvals.notices.rules import Case as NoticeCase
from registry.approvals.requests.answering import appraise, brought_to, current_step, finish_step
from registry.approvals.requests.models import ApprovalRequest, ApprovalStep
from registry.approvals.requests.queries import CASE_TABLE
from registry.approvals.requests.questions import lacking
from registry.approvals.requests.refusals import NotThisStep
from registry.approvals.requests.rules import AppraisalFacts
from registry.approvals.requests.services import Decision, call_in, decide
from registry.approvals.requests.states import StepStatus, Verdict
from registry.assets.register.categories import AccountingSystem
from registry.assets.title.cases.submitting import submit_case, withdraw_case
from registry.assets.title.certificates.services import register_real_estate
from registry.assets.title.execution.services import Registration, register_title, sign_hand_over
from registry.demo.cases import CaseRow, fill_in, starter
from registry.demo.meetings import MeetingRow, tell_meeting
from registry.demo.notices import facts_of, hang, take_in_notice, tell_objections
from registry.demo.places import CLERKS, units_by_code
from registry.demo.tables import COLON, read
from registry.demo.telling import Telling
from registry.ledger.operation.contracts.signing import sign_contract
from registry.money import Unit, parse_fen
from registry.permissions import Actor, Role
from registry.workbench.deeds import posting_at
from registry.workbench.subjects import settle


class MoveRow(NamedTuple):
    """One deed in a case, by the person whose turn it is unless one is named."""

    key: str
    day: str
    deed: str
    username: str
    opinion: str
    extra: str


@dataclass(frozen=True)
class Move:
    """A deed with its day, ready to be done."""

    row: MoveRow
    told: Telling
    on: date

    @property
    def request(self) -> ApprovalRequest:
        return self.told.requests[self.row.key]

    @property
    def case_row(self) -> CaseRow:
        return case_rows()[self.row.key]

    def step(self) -> ApprovalStep:
        """Return the step the case has reached. Raises NotThisStep."""
        found = current_step(self.request)
        if found is None:
            raise NotThisStep
        return found

    def by(self, step: ApprovalStep) -> Actor:
        """Return who acts at a step: the person named, or whoever sits at its desk and did not bring the case in."""
        if self.row.username:
            return self.told.staff.named(self.row.username)
        besides = None if step.desk.role in _CLERKS else self.request.submitted_by_id
        return self.told.staff.deciding(step.desk.role, units_by_code()[step.desk.unit_code], besides)

    def settled(self, by: Actor) -> None:
        """Finish what the step waited for, if it has come about, and let the feature follow."""
        request, policy = self.request, self.told.policy(self.request.region_code, self.on)
        step = self.step()
        if lacking(step.step_kind, brought_to(request, step, self.on).known, self.on):
            return
        finish_step(request, by=by, on=self.on, policy=policy)
        settle(request, by=by, on=self.on, policy=policy)


_CLERKS = frozenset({Role.VILLAGE_CLERK, Role.TOWNSHIP_CLERK, Role.COUNTY_CLERK})


@cache
def case_rows() -> dict[str, CaseRow]:
    """Return the cases of title by their short names."""
    return {row.key: row for row in read("cases", CaseRow)}


@cache
def meeting_rows() -> dict[str, MeetingRow]:
    """Return the meetings by their short names."""
    return {row.key: row for row in read("meetings", MeetingRow)}


def tell_move(row: MoveRow, told: Telling) -> None:
    """Do what a row of the table says."""
    _DEEDS[row.deed](Move(row, told, told.day(row.day)))


def _fill(move: Move) -> None:
    fill_in(move.case_row, move.told.cases[move.row.key], move.told)


def _submit(move: Move) -> None:
    row, told = move.case_row, move.told
    policy = told.policy(row.unit.code, move.on)
    told.requests[row.key] = submit_case(told.cases[row.key], by=starter(row, told), on=move.on, policy=policy)


def _say(verdict: Verdict) -> Callable[[Move], None]:
    def said(move: Move) -> None:
        request, by = move.request, move.by(move.step())
        policy = move.told.policy(request.region_code, move.on)
        decide(request, _decision(move, verdict), by=by, on=move.on, policy=policy)
        settle(request, by=by, on=move.on, policy=policy)

    return said


def _decision(move: Move, verdict: Verdict) -> Decision:
    request = move.request
    return Decision(verdict, move.row.opinion, request.content_digest, request.version_id, move.row.extra)


def _call_in(move: Move) -> None:
    request = move.request
    step = next(one for one in request.steps if one.state is StepStatus.RECEIVED)
    by, policy = move.by(step), move.told.policy(request.region_code, move.on)
    call_in(request, step.position, _decision(move, Verdict.CALL_IN), by=by, on=move.on, policy=policy)
    settle(request, by=by, on=move.on, policy=policy)


def _withdraw(move: Move) -> None:
    row, told = move.case_row, move.told
    policy = told.policy(row.unit.code, move.on)
    withdraw_case(told.cases[row.key], move.row.opinion, by=starter(row, told), on=move.on, policy=policy)


def _post(move: Move) -> None:
    request, step = move.request, move.step()
    by, posting = move.by(step), posting_at(request, step)
    facts = facts_of(
        units_by_code()[step.seat_code], posting.kind, (posting.title, posting.body), by, posting.table
    )  # fmt: skip
    facts = replace(
        facts, case=NoticeCase(CASE_TABLE, str(request.id), request.content_digest),
        proposer_id=request.submitted_by_id, proposer_text=request.submitted_by_text,
    )  # fmt: skip
    move.told.notices[move.row.key] = hang(facts, move.told, by=by, on=move.on)


def _object(move: Move) -> None:
    tell_objections(move.row.key, move.told.notices[move.row.key], move.told)


def _take_in(move: Move) -> None:
    by = move.by(move.step())
    take_in_notice(move.told.notices[move.row.key], move.told, by=by, on=move.on)
    move.settled(by)


def _meet(move: Move) -> None:
    tell_meeting(meeting_rows()[move.row.extra], move.told, move.request)
    move.settled(move.by(move.step()))


def _appraise(move: Move) -> None:
    number, appraisers, amount = move.row.extra.split(COLON)
    facts = AppraisalFacts(
        "重庆渝信资产评估有限公司", number, tuple(appraisers.split("、")), parse_fen(amount, Unit.WAN), move.on
    )
    by, policy = move.by(move.step()), move.told.policy(move.request.region_code, move.on)
    appraise(move.request, facts, by=by, on=move.on, policy=policy)
    move.settled(by)


def _certify(move: Move) -> None:
    row, told = move.case_row, move.told
    by = told.staff.holding(Role.TOWNSHIP_CLERK, row.unit)
    policy, facts = told.policy(row.unit.code, move.on), Registration(move.on, AccountingSystem.COLLECTIVE)
    register_title(told.cases[row.key], facts, by=by, on=move.on, policy=policy)


def _enter_land(move: Move) -> None:
    unit = move.case_row.unit
    by = move.told.staff.holding(Role.TOWNSHIP_CLERK, unit)
    asset = move.told.assets[unit.name, move.row.extra]
    register_real_estate(asset, move.row.opinion, registered_on=move.on, by=by)


def _hand_over(move: Move) -> None:
    row, told = move.case_row, move.told
    policy, files = told.policy(row.unit.code, move.on), [told.pictures["移交"]]
    by, case = starter(row, told), told.cases[row.key]
    sign_hand_over(case, files, handed_over_on=move.on, by=by, on=move.on, policy=policy)


def _sign(move: Move) -> None:
    contract, unit = move.told.contracts[move.row.key], units_by_code()[move.request.region_code]
    by, policy = move.told.staff.holding(CLERKS[unit.level], unit), move.told.policy(unit.code, move.on)
    sign_contract(contract, move.on, move.row.extra, [move.told.pictures["合同"]], by=by, on=move.on, policy=policy)


_DEEDS: dict[str, Callable[[Move], None]] = {
    "填写": _fill,
    "提交": _submit,
    "同意": _say(Verdict.AGREE),
    "退回": _say(Verdict.SEND_BACK),
    "否决": _say(Verdict.REJECT),
    "撤回": _withdraw,
    "调阅": _call_in,
    "张贴": _post,
    "异议": _object,
    "收回": _take_in,
    "会议": _meet,
    "评估": _appraise,
    "发证": _certify,
    "不动产": _enter_land,
    "移交": _hand_over,
    "签订": _sign,
}
