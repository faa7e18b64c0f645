"""How far a payout has come, who may bring it further, and what the bank's answers mean. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from registry.errors import Conflict, Forbidden, Invalid
from registry.money import format_yuan
from registry.permissions import Actor
from registry.text import N_, Labelled


class Method(Labelled):
    """How households are paid."""

    BANK = "BANK", N_("银行代发")
    CASH = "CASH", N_("现金发放")
    GOODS = "GOODS", N_("实物发放")


class OrderStatus(Labelled):
    """How far an order has come."""

    PREPARED = "PREPARED", N_("待复核")
    SENT_BACK = "SENT_BACK", N_("已退回")
    CANCELLED = "CANCELLED", N_("已取消")
    RELEASED = "RELEASED", N_("已复核，待发放")
    PAYING = "PAYING", N_("发放中")
    DONE = "DONE", N_("已发完")


class LineStatus(Labelled):
    """What became of a line so far."""

    WAITING = "WAITING", N_("待发放")
    PAID = "PAID", N_("已发放")
    FAILED = "FAILED", N_("发放失败")
    RETURNED = "RETURNED", N_("已退回")
    WITHHELD = "WITHHELD", N_("停发")
    CANCELLED = "CANCELLED", N_("已取消")


class ResultKind(Labelled):
    """What is told of one attempt."""

    PAID = "PAID", N_("成功")
    FAILED = "FAILED", N_("失败")
    RETURNED = "RETURNED", N_("退票、退回")


class Received(Labelled):
    """What a household says when it is asked."""

    RECEIVED = "RECEIVED", N_("收到，金额相符")
    DIFFERENT = "DIFFERENT", N_("收到，金额不符")
    NOT_RECEIVED = "NOT_RECEIVED", N_("没有收到")


_O, _L = OrderStatus, LineStatus
#: An order whose lines nobody else may pay.
STANDING = frozenset({_O.PREPARED, _O.RELEASED, _O.PAYING, _O.DONE})
PAYABLE = frozenset({_O.RELEASED, _O.PAYING})
#: An order of which results may be told: what was paid may still come back.
TOLD = PAYABLE | {_O.DONE}
#: A line about which something may be told, and what.
NEXT: dict[LineStatus, frozenset[ResultKind]] = {
    _L.WAITING: frozenset({ResultKind.PAID, ResultKind.FAILED}),
    _L.FAILED: frozenset({ResultKind.PAID, ResultKind.FAILED}),
    _L.RETURNED: frozenset({ResultKind.PAID, ResultKind.FAILED}),
    _L.PAID: frozenset({ResultKind.RETURNED}),
    _L.WITHHELD: frozenset(),
    _L.CANCELLED: frozenset(),
}
#: A line that still has to be paid.
UNPAID = frozenset({_L.WAITING, _L.FAILED, _L.RETURNED})
AFTER: dict[ResultKind, LineStatus] = {
    ResultKind.PAID: _L.PAID,
    ResultKind.FAILED: _L.FAILED,
    ResultKind.RETURNED: _L.RETURNED,
}


class PlanNotPayable(Conflict):
    """No line moves before its plan."""

    message = N_("方案还没有通过，或者已由别的方案代替，不能发放。")


class NothingToPay(Invalid):
    """An order pays somebody."""

    message = N_("这一期没有还没列入发放的行。")


class InstalmentUnknown(Invalid):
    """A plan has its own instalments."""

    message = N_("方案没有第 %(number)s 期。")


class NotPrepared(Conflict):
    """Only what waits is released or sent back."""

    message = N_("这张发放单不在待复核状态。")


class OwnOrder(Forbidden):
    """Whoever prepared an order does not release it, and whoever released it does not pay it."""

    message = N_("制单、复核、发放要由不同的人办。")


class ReasonMissing(Invalid):
    """Who sends back or cancels says why."""

    message = N_("请写明原因。")


class NotPayable(Conflict):
    """Only what was released is paid."""

    message = N_("这张发放单还没有复核，或者已经发完。")


class LineUnknown(Invalid):
    """A result names a line of its own order."""

    message = N_("序号 %(serial)s 不在这张发放单里。")


class LineTwice(Invalid):
    """One file tells one result of a line."""

    message = N_("序号 %(serial)s 出现了两次。")


class ResultOdd(Invalid):
    """What was paid is not paid again; what was not paid does not come back."""

    message = N_("序号 %(serial)s 现在是“%(status)s”，不能登记“%(result)s”。")


class AmountOdd(Invalid):
    """The bank pays what the order says."""

    message = N_("序号 %(serial)s 应发 %(amount)s 元，结果里是 %(told)s 元。")


class WhyFailed(Invalid):
    """A payment that failed or came back has a reason."""

    message = N_("序号 %(serial)s 没有成功，请写明原因。")


class NothingTold(Invalid):
    """Results tell something."""

    message = N_("没有读到任何发放结果。")


class PaidInFuture(Invalid):
    """Nobody was paid tomorrow."""

    message = N_("发放日期不能晚于今天。")


class NothingPaidYet(Conflict):
    """A result is made public once there is one."""

    message = N_("方案还没有开始发放，没有结果可以公示。")


class NotPaidYet(Conflict):
    """Who has not been paid is not asked."""

    message = N_("这一行还没有发放，不能抽查。")


class OwnCheck(Forbidden):
    """Whoever had a hand in a payout does not verify it."""

    message = N_("经手发放的人不能抽查，请另一个人抽查。")


class AnswerOdd(Invalid):
    """What a household says fits the amount it names."""

    message = N_("答复和金额对不上：相符时金额要等于 %(amount)s 元，没有收到时填 0。")


@dataclass(frozen=True)
class ResultFacts:
    """What is told of one attempt: the line's number on the sheet, the result, and the amount if it is told (fen)."""

    serial: int
    kind: ResultKind
    reference: str = ""
    reason: str = ""
    amount_fen: int | None = None


@dataclass(frozen=True)
class OrderLine:
    """A line of an order as the rules see it."""

    serial: int
    amount_fen: int
    status: LineStatus


@dataclass(frozen=True)
class CheckFacts:
    """What a household said when it was asked."""

    answer: Received
    said_fen: int
    checked_on: date
    note: str = ""


def check_release(status: OrderStatus, by: Actor, *, prepared_by_id: int | None) -> None:
    """Raise unless this person may release or send back an order."""
    if status is not OrderStatus.PREPARED:
        raise NotPrepared
    if by.id is None or by.id == prepared_by_id:
        raise OwnOrder


def check_pay(status: OrderStatus, by: Actor, *, hands: frozenset[int | None]) -> None:
    """Raise unless this person may tell results of an order; ``hands`` prepared and released it."""
    if status not in TOLD:
        raise NotPayable
    if by.id is None or by.id in hands:
        raise OwnOrder


def check_results(lines: Iterable[OrderLine], results: Sequence[ResultFacts], told_on: date, on: date) -> None:
    """Raise unless every result fits its line: nobody is paid twice."""
    if not results:
        raise NothingTold(field="file")
    if told_on > on:
        raise PaidInFuture(field="happened_on")
    known, seen = {line.serial: line for line in lines}, set[int]()
    for result in results:
        if result.serial in seen:
            raise LineTwice(field="file", serial=result.serial)
        seen.add(result.serial)
        _check_result(known.get(result.serial), result)


def _check_result(line: OrderLine | None, result: ResultFacts) -> None:
    if line is None:
        raise LineUnknown(field="file", serial=result.serial)
    if result.kind not in NEXT[line.status]:
        params = {"status": line.status.label, "result": result.kind.label}
        raise ResultOdd(field="file", serial=result.serial, **params)
    if result.amount_fen is not None and result.amount_fen != line.amount_fen:
        amounts = {"amount": format_yuan(line.amount_fen), "told": format_yuan(result.amount_fen)}
        raise AmountOdd(field="file", serial=result.serial, **amounts)
    if result.kind is not ResultKind.PAID and not result.reason.strip():
        raise WhyFailed(field="file", serial=result.serial)


def order_status(statuses: Iterable[LineStatus]) -> OrderStatus:
    """Return how far an order has come by its lines."""
    return OrderStatus.PAYING if UNPAID.intersection(statuses) else OrderStatus.DONE


def check_asking(
    status: LineStatus, amount_fen: int, facts: CheckFacts, by: Actor, *, hands: frozenset[int | None], on: date
) -> None:
    """Raise unless this person may note what a household says; ``hands`` are those through whom the payout went."""
    if status is not LineStatus.PAID:
        raise NotPaidYet
    if by.id is None or by.id in hands:
        raise OwnCheck
    if facts.checked_on > on:
        raise PaidInFuture(field="checked_on")
    fits = {
        Received.RECEIVED: facts.said_fen == amount_fen,
        Received.NOT_RECEIVED: facts.said_fen == 0,
        Received.DIFFERENT: facts.said_fen not in {0, amount_fen},
    }
    if not fits[facts.answer]:
        raise AnswerOdd(field="said", amount=format_yuan(amount_fen))


def sample(serials: Sequence[int], percent_bp: int, seed: str) -> list[int]:
    """Return the numbers of the lines to ask, at least one; drawn by a seed, so that anybody can draw them again."""
    if not serials:
        return []
    count = max(len(serials) * percent_bp // 10_000, 1)
    return sorted(sorted(serials, key=lambda serial: _draw(seed, serial))[:count])


def _draw(seed: str, serial: int) -> bytes:
    return sha256(f"{seed}/{serial}".encode()).digest()
