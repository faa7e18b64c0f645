"""How bad a fault is, by when it is repaired, who may say that it is. Pure."""

from dataclasses import dataclass
from datetime import date

from registry.errors import Conflict, Forbidden, Invalid
from registry.permissions import Actor
from registry.policy.parameters import Parameter
from registry.text import N_, Labelled


class Severity(Labelled):
    """How bad a fault is (甲、乙、丙)."""

    A = "A", N_("甲类：危险或停用")
    B = "B", N_("乙类：影响使用")
    C = "C", N_("丙类：轻微")


#: Within how many days each is repaired.
REPAIR_DAYS: dict[Severity, Parameter] = {
    Severity.A: Parameter.REPAIR_DAYS_A,
    Severity.B: Parameter.REPAIR_DAYS_B,
    Severity.C: Parameter.REPAIR_DAYS_C,
}


class FaultStatus(Labelled):
    """How far a repair has come."""

    OPEN = "OPEN", N_("待维修")
    REPAIRING = "REPAIRING", N_("维修中")
    REPAIRED = "REPAIRED", N_("待验收")
    ACCEPTED = "ACCEPTED", N_("已验收")
    REOPENED = "REOPENED", N_("验收未通过")
    ENDED = "ENDED", N_("随资产处置终止")


#: Somebody must still repair it.
UNREPAIRED = frozenset({FaultStatus.OPEN, FaultStatus.REPAIRING, FaultStatus.REOPENED})
#: It is not over: the days run.
UNSETTLED = UNREPAIRED | {FaultStatus.REPAIRED}
#: A repair somebody may be owed money for, once it is known to cost something.
REPORTED = frozenset({FaultStatus.REPAIRED, FaultStatus.REOPENED})
#: A repair that may be given up: what is said to be done is looked at first.
STOPPABLE = frozenset({FaultStatus.REPAIRING, FaultStatus.REOPENED})


class Payer(Labelled):
    """Who pays for a repair."""

    OPERATING_INCOME = "OPERATING_INCOME", N_("集体经营收入")
    WELFARE_FUND = "WELFARE_FUND", N_("公积公益金")
    FISCAL = "FISCAL", N_("财政资金")
    CUSTODIAN = "CUSTODIAN", N_("管护责任人赔付")
    OPERATOR = "OPERATOR", N_("经营主体")
    WARRANTY = "WARRANTY", N_("质保，施工单位")
    OTHER = "OTHER", N_("其他")


class AlreadyRepairing(Conflict):
    """Repair has begun or is over."""

    message = N_("这个问题已经在维修或修好了。")


class NothingToRepair(Conflict):
    """It has been repaired already."""

    message = N_("这个问题已经报修好，等验收。")


class NotRepairing(Conflict):
    """Only a repair that goes on can be given up."""

    message = N_("这个问题没有在维修，不用停止。")


class NotRepaired(Conflict):
    """Only a repair that is said to be done is checked."""

    message = N_("还没有报修好，不能验收。")


class DescriptionMissing(Invalid):
    """Who repairs must know what is wrong."""

    message = N_("请写明哪里有问题。")


class WorkMissing(Invalid):
    """Who accepts must know what was done."""

    message = N_("请写明怎么修的。")


class PayerMissing(Invalid):
    """What costs money is paid by somebody."""

    message = N_("有费用的要写明谁出钱。")


class StopReasonMissing(Invalid):
    """A repair is not given up without a word."""

    message = N_("请写明为什么停止维修。")


class StillOwed(Invalid):
    """A repair goes on, on paper too, as long as it has to be paid for."""

    message = N_("维修费还没有结清的不能停止：先结清，再勾选。")


class RepairedAtOddDay(Invalid):
    """A repair lies between the finding and today."""

    message = N_("修好日期要在发现以后、今天以前。")


class OpinionMissing(Invalid):
    """Whoever sends a repair back says what is still wrong."""

    message = N_("不通过要写明还差什么。")


class OwnRepair(Forbidden):
    """Whoever repaired, reported the repair or looks after the asset does not accept it."""

    message = N_("报修好的人和管护人本人不能验收，请另一个人验收。")


@dataclass(frozen=True)
class Finding:
    """What was found wrong with an asset."""

    severity: Severity
    description: str


@dataclass(frozen=True)
class Repair:
    """What was done, when, for how much and at whose cost (fen)."""

    work: str
    repaired_on: date
    repairer: str = ""
    cost_fen: int = 0
    payer: Payer | None = None


@dataclass(frozen=True)
class Stop:
    """Why a repair is given up, what it has cost and who paid it, and that nobody is owed for it any more."""

    reason: str
    cost_fen: int = 0
    payer: Payer | None = None
    is_settled: bool = False


def check_finding(finding: Finding) -> None:
    """Raise unless it is said what is wrong."""
    if not finding.description.strip():
        raise DescriptionMissing(field="description")


def check_start(status: FaultStatus) -> None:
    """Raise unless repair can begin."""
    if status not in {FaultStatus.OPEN, FaultStatus.REOPENED}:
        raise AlreadyRepairing


def check_repair(status: FaultStatus, repair: Repair, *, found_on: date, on: date) -> None:
    """Raise unless a repair can be reported as done."""
    if status not in UNREPAIRED:
        raise NothingToRepair
    if not repair.work.strip():
        raise WorkMissing(field="work")
    if repair.cost_fen and repair.payer is None:
        raise PayerMissing(field="payer")
    if not found_on <= repair.repaired_on <= on:
        raise RepairedAtOddDay(field="repaired_on")


def check_stop(status: FaultStatus, told: Stop, *, known_fen: int) -> None:
    """Raise unless a repair can be given up; ``known_fen`` is what it is known to cost so far."""
    if status not in STOPPABLE:
        raise NotRepairing
    if not told.reason.strip():
        raise StopReasonMissing(field="reason")
    if told.cost_fen and told.payer is None:
        raise PayerMissing(field="payer")
    if (told.cost_fen or known_fen) and not told.is_settled:
        raise StillOwed(field="is_settled")


def check_acceptance(status: FaultStatus, by: Actor, *, repaired_by_id: int | None, custodian_id: int | None) -> None:
    """Raise unless this person may say that a repair is good."""
    if status is not FaultStatus.REPAIRED:
        raise NotRepaired
    if by.id is None or by.id in {repaired_by_id, custodian_id}:
        raise OwnRepair


def overdue_days(status: FaultStatus, due_on: date, on: date) -> int:
    """Return by how many days a fault that is not repaired is late; 0 if it is not."""
    return max((on - due_on).days, 0) if status in UNREPAIRED else 0
