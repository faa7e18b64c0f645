"""The disposals of the demo county: cases at every level, prices, executions, money used again, losses, the past."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from registry.approvals.requests.services import Decision
from registry.approvals.requests.states import Verdict
from registry.audit.services import thing_of
from registry.demo.equity import holder_of
from registry.demo.moves import Move, MoveRow, tell_move
from registry.demo.places import ABOVE, CLERKS, SECONDS, UnitRow, units
from registry.demo.tables import COLON, labelled, read
from registry.demo.telling import Telling
from registry.disposal.cases.models import DisposalCase
from registry.disposal.cases.opening import Opening, Report, enter_report, open_case
from registry.disposal.gates.kinds import Gate
from registry.disposal.kinds import DisposalKind, Ground
from registry.disposal.prices.kinds import TradeWay
from registry.disposal.prices.rules import Result
from registry.disposal.prices.services import enter_price
from registry.disposal.procedure.executing import carry_out
from registry.disposal.procedure.execution import Execution
from registry.disposal.procedure.households import Told, confirm_act, note_act
from registry.disposal.procedure.kinds import HouseholdAct
from registry.disposal.procedure.losses import record_loss
from registry.disposal.procedure.past import PastDisposal, confirm_past, enter_past
from registry.disposal.procedure.submitting import submit_case
from registry.disposal.proceeds.kinds import Purpose
from registry.disposal.proceeds.queries import accounts_of_case
from registry.disposal.proceeds.rules import UseFacts
from registry.disposal.proceeds.using import confirm_use, enter_use
from registry.disposal.rules import CaseWords, Recipient
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, attach
from registry.kinds import OwnerKind
from registry.money import parse_fen
from registry.permissions import Actor
from registry.workbench.deeds import take

_AGENCY, _APPRAISERS = "重庆渝信资产评估有限公司", ("陈立平", "罗文")
_PLATFORM = "石柱县公共资源交易中心"
_HAND_OVER = "管护到移交当天为止，由本村管护员与受让方当面点交。"


class DisposalRow(NamedTuple):
    """A case of disposal as it is drafted; one with a report of appraisal says its value, one of the past its paper."""

    key: str
    unit_name: str
    names: str
    kind: str
    ground: str
    title: str
    reason: str
    effective_on: str
    use: str
    report_no: str
    appraised: str
    document_no: str

    @property
    def unit(self) -> UnitRow:
        return units()[self.unit_name]


class ActRow(NamedTuple):
    """What a household did with its own asset, and whether the second person has confirmed it."""

    unit_name: str
    asset: str
    act: str
    day: str
    statement: str
    is_confirmed: str

    @property
    def unit(self) -> UnitRow:
        return units()[self.unit_name]


_ROWS = {row.key: row for row in read("disposals", DisposalRow)}


def tell_disposal(row: MoveRow, told: Telling) -> None:
    """Bring a disposal a deed further; notices, meetings and filings go as they go for every other case."""
    move = Move(row, told, told.day(row.day))
    _DEEDS.get(row.deed, _as_any_case)(move)


def _as_any_case(move: Move) -> None:
    tell_move(move.row, move.told)


def _row(move: Move) -> DisposalRow:
    return _ROWS[move.row.key]


def _case(move: Move) -> DisposalCase:
    return move.told.disposals[move.row.key]


def _clerk(move: Move) -> Actor:
    unit = _row(move).unit
    return move.told.staff.holding(CLERKS[unit.level], unit)


def _head(move: Move) -> Actor:
    unit = _row(move).unit
    return move.told.staff.holding(SECONDS[unit.level][0], unit)


def _opening(move: Move) -> Opening:
    """Return what is said of a case; who gets it is told in advance only where the table names a paper of the past."""
    row, told = _row(move), move.told
    words = CaseWords(
        labelled(DisposalKind, row.kind), labelled(Ground, row.ground), row.title, row.reason,
        told.day(row.effective_on), use_of_proceeds=row.use, document_no=row.document_no,
        plans={Gate.CUSTODY.value: _HAND_OVER},
    )  # fmt: skip
    return Opening(words, tuple(asset.asset_no for asset in told.assets_of(row.unit, row.names)))


def _draft(move: Move) -> None:
    row, by, picture = _row(move), _clerk(move), move.told.pictures
    case = open_case(_opening(move), by=by, on=move.on)
    attach([picture["现状"]], Caption(EvidenceKind.PHOTO, case.title, move.on), to=thing_of(case), by=by)
    if row.report_no:
        report = Report(_AGENCY, row.report_no, _APPRAISERS, parse_fen(row.appraised), move.on)
        policy = move.told.policy(row.unit.code, move.on)
        enter_report(case, report, [picture["评估"]], by=by, on=move.on, policy=policy)
    move.told.disposals[row.key] = case


def _submit(move: Move) -> None:
    case, policy = _case(move), move.told.policy(_row(move).unit.code, move.on)
    move.told.requests[move.row.key] = submit_case(case, by=_clerk(move), on=move.on, policy=policy)


def _agree(move: Move) -> None:
    request = move.request
    said = Decision(Verdict.AGREE, move.row.opinion, request.content_digest, request.version_id)
    take(request, said, by=move.by(move.step()), on=move.on)


def _call_in(move: Move) -> None:
    request = move.request
    said = Decision(Verdict.CALL_IN, move.row.opinion, request.content_digest, request.version_id)
    take(request, said, by=move.told.staff.named(move.row.username), on=move.on)


def _price(move: Move) -> None:
    """Tell what a trade fetched: its way, the price, the record, who bought and how many bid."""
    way, price, record_no, buyer, bidders = move.row.extra.split(COLON)
    result = Result(
        labelled(TradeWay, way), parse_fen(price), move.on, OwnerKind.ENTERPRISE, buyer, platform=_PLATFORM,
        record_no=record_no, bidders=int(bidders),
    )  # fmt: skip
    policy = move.told.policy(_row(move).unit.code, move.on)
    enter_price(_case(move), result, [move.told.pictures["成交"]], by=_clerk(move), on=move.on, policy=policy)


def _carry_out(move: Move) -> None:
    """Hand over and take the money in: who signed, the number of the sheet, of the receipt, what it cost."""
    signed_by, paper_no, receipt_no, cost = move.row.extra.split(COLON)
    facts = Execution(
        handed_over_on=move.on, signed_by=signed_by, paper_no=paper_no, cost_fen=parse_fen(cost), is_paid=True,
        paid_on=move.on, receipt_no=receipt_no, note=move.row.opinion,
    )  # fmt: skip
    policy = move.told.policy(_row(move).unit.code, move.on)
    carry_out(_case(move), facts, [move.told.pictures["移交"]], by=_head(move), on=move.on, policy=policy)


def _use(move: Move) -> None:
    """Use money again for an asset that was bought, as the clerk enters and the head confirms."""
    name, amount, document_no = move.row.extra.split(COLON)
    unit, told = _row(move).unit, move.told
    owner = holder_of(unit.code, unit.owner)
    account = next(one for one in accounts_of_case(_case(move).id, _clerk(move)) if one.party_id == owner.id)
    facts = UseFacts(
        Purpose.NEW_ASSET, parse_fen(amount), move.on, move.row.opinion, document_no=document_no,
        asset_no=told.assets[unit.name, name].asset_no,
    )  # fmt: skip
    use = enter_use(account, facts, [told.pictures["会议记录"]], by=_clerk(move), on=move.on)
    confirm_use(use, account, by=_head(move), on=move.on, policy=told.policy(unit.code, move.on))


def _lose(move: Move) -> None:
    opening = _opening(move)
    happened_on = opening.words.effective_on
    policy = move.told.policy(_row(move).unit.code, move.on)
    move.told.disposals[move.row.key] = record_loss(
        opening, happened_on, [move.told.pictures["现状"]], by=_clerk(move), on=move.on, policy=policy
    )


def _enter_past(move: Move) -> None:
    """Enter a disposal of before go-live: who bought it and for how much."""
    buyer, price = move.row.extra.split(COLON)
    opening = _opening(move)
    opening = replace(opening, words=replace(opening.words, recipient=Recipient(OwnerKind.OTHER, buyer)))
    facts = PastDisposal(opening, parse_fen(price))
    files = [move.told.pictures["批复"]]
    move.told.disposals[move.row.key] = enter_past(facts, files, by=_clerk(move), on=move.on)


def _confirm_past(move: Move) -> None:
    unit = _row(move).unit
    confirm_past(_case(move), move.row.opinion, by=move.told.staff.holding(ABOVE[unit.level], unit), on=move.on)


_DEEDS: dict[str, Callable[[Move], None]] = {
    "起草": _draft,
    "提交": _submit,
    "同意": _agree,
    "调阅": _call_in,
    "成交": _price,
    "执行": _carry_out,
    "再使用": _use,
    "突发损失": _lose,
    "补录": _enter_past,
    "核实": _confirm_past,
}


def tell_act(row: ActRow, told: Telling) -> None:
    """Record what a household did with its own asset; the second person confirms where the table says so."""
    asset, on = told.assets[row.unit_name, row.asset], told.day(row.day)
    by = told.staff.holding(CLERKS[row.unit.level], row.unit)
    said = Told(labelled(HouseholdAct, row.act), on, row.statement)
    note = note_act(asset, said, [told.pictures["协议"]], by=by, on=on)
    if row.is_confirmed:
        second = told.staff.holding(SECONDS[row.unit.level][0], row.unit)
        confirm_act(note, asset, "入户核实，情况属实。", by=second)
