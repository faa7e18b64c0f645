"""What follows a due that is late: demands, and when it may be given up. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from registry.errors import Conflict, Invalid
from registry.money import format_yuan
from registry.text import N_, Labelled

#: How many dues one letter takes in: more than eight years of months.
MOST_TOGETHER = 100


class DemandWay(Labelled):
    """How a demand reached the debtor."""

    LETTER = "LETTER", N_("书面催缴函")
    DELIVERED = "DELIVERED", N_("当面送达")
    LAWYER = "LAWYER", N_("律师函")
    COURT = "COURT", N_("起诉、仲裁")


class WriteOffStatus(Labelled):
    """How far giving up a debt has come."""

    PROPOSED = "PROPOSED", N_("待审批")
    WRITTEN_OFF = "WRITTEN_OFF", N_("已核销")
    REFUSED = "REFUSED", N_("未获同意")


class NothingOwed(Conflict):
    """What was paid meanwhile is not demanded."""

    message = N_("这笔应收已经收清，不用再催缴或核销。")


class NotOverdue(Invalid):
    """What is not late yet is neither demanded nor given up."""

    message = N_("这笔应收还没有逾期。")


class DemandedAtOddDay(Invalid):
    """A demand follows the day the money was due, and is no later than today."""

    message = N_("催缴日期要在应收到期以后、今天以前。")


class NothingChosen(Invalid):
    """A letter demands something."""

    message = N_("请选这份催缴函催的是哪几笔。")


class NotOneMatter(Invalid):
    """A letter goes to one debtor, about one contract or equity."""

    message = N_("一份催缴函只能催同一个欠款人在同一份合同或股权下欠的。")


class PeriodUnreasonable(Invalid):
    """民法典第七百二十二条: the lessor sets a reasonable period."""

    message = N_("要给对方合理的缴清期限，请填催缴日期以后的一天。")


class NotYetDemanded(Invalid):
    """Nobody gives up what was never asked for."""

    message = N_("还没有登记过书面催缴，不能申请核销。")


class GroundsMissing(Invalid):
    """A debt is given up for a reason that papers prove."""

    message = N_("请写明为什么收不回、有什么证明。")


class WriteOffTooLarge(Invalid):
    """No more is given up than is owed."""

    message = N_("核销金额要大于零，且不超过还欠的 %(owed)s 元。")


class WriteOffWaiting(Conflict):
    """One case at a time."""

    message = N_("这笔应收已经有一份核销申请在办。")


class AlreadyDecided(Conflict):
    """The case is over."""

    message = N_("这份核销申请已经办结。")


@dataclass(frozen=True)
class Demand:
    """A demand as it was sent; ``due_ids`` are the dues that one letter takes in."""

    way: DemandWay
    sent_on: date
    pay_by: date
    note: str = ""
    due_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class GivingUp:
    """How much of a due is to be given up (fen), and why."""

    amount_fen: int
    grounds: str


def days_late(due_on: date, on: date) -> int:
    """Return how many days a due is late; 0 if it is not."""
    return max((on - due_on).days, 0)


def check_demand(demand: Demand, *, due_on: date, owed_fen: int, on: date) -> None:
    """Raise unless a demand can be noted."""
    if owed_fen <= 0:
        raise NothingOwed
    if not due_on < demand.sent_on <= on:
        raise DemandedAtOddDay(field="sent_on")
    if demand.pay_by <= demand.sent_on:
        raise PeriodUnreasonable(field="pay_by")


@dataclass(frozen=True)
class Matter:
    """What one letter is about: what a debtor owes under a contract or equity."""

    region_code: str
    contract_id: int | None
    equity_id: int | None
    debtor_name: str


def check_one_matter(matters: Sequence[Matter]) -> None:
    """Raise unless the dues of a letter are some, and of one debtor and one contract or equity."""
    if not matters:
        raise NothingChosen(field="due_ids")
    if len(set(matters)) > 1:
        raise NotOneMatter(field="due_ids")


def check_giving_up(facts: GivingUp, *, owed_fen: int, late: int, has_demand: bool, is_waiting: bool) -> None:
    """Raise unless it may be asked that a debt be given up."""
    if owed_fen <= 0:
        raise NothingOwed
    if is_waiting:
        raise WriteOffWaiting
    if late <= 0:
        raise NotOverdue
    if not has_demand:
        raise NotYetDemanded
    if not facts.grounds.strip():
        raise GroundsMissing(field="grounds")
    if not 0 < facts.amount_fen <= owed_fen:
        raise WriteOffTooLarge(field="amount", owed=format_yuan(owed_fen))


def check_undecided(status: WriteOffStatus) -> None:
    """Raise unless the case is open."""
    if status is not WriteOffStatus.PROPOSED:
        raise AlreadyDecided
