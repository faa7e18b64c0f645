"""How a receipt is checked, what it looks like beside others, and which way it may go. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from registry.errors import Conflict, Forbidden, Invalid
from registry.ledger.operation.receipts.kinds import KINDS, REPORTED, IncomeKind
from registry.permissions import Actor
from registry.text import N_, Labelled

#: Two receipts of one asset and amount this many days apart are probably one.
DUPLICATE_WINDOW = timedelta(days=3)


class ReceiptStatus(Labelled):
    """How far a receipt has come."""

    SUBMITTED = "SUBMITTED", N_("待审核")
    SENT_BACK = "SENT_BACK", N_("已退回")
    WITHDRAWN = "WITHDRAWN", N_("已撤回")
    POSTED = "POSTED", N_("已记账")
    NOTED = "NOTED", N_("已备查")
    REVERSED = "REVERSED", N_("已冲销")


class Basis(Labelled):
    """Whose money it is, and so whether it enters the books."""

    OWN = "OWN", N_("本单位收益")
    LEGACY = "LEGACY", N_("历史补录")
    REPORTED = "REPORTED", N_("经营主体、农户自报")


#: A receipt that can still be changed by whoever entered it.
IN_HAND = frozenset({ReceiptStatus.SUBMITTED, ReceiptStatus.SENT_BACK})
#: A receipt that counts against what is due, now or when it is checked.
ALIVE = frozenset({ReceiptStatus.SUBMITTED, ReceiptStatus.SENT_BACK, ReceiptStatus.POSTED, ReceiptStatus.NOTED})


class AmountMissing(Invalid):
    """Nothing received is no receipt; only a correction may say so."""

    message = N_("金额要大于零。")


class ReceivedInFuture(Invalid):
    """Nobody has received what comes tomorrow."""

    message = N_("到账日期不能晚于今天。")


class PeriodBackwards(Invalid):
    """A period ends after it begins."""

    message = N_("所属期间的止月不能早于起月。")


class LooksEntered(Invalid):
    """Probably the same money twice; whoever knows better says so."""

    message = N_("%(day)s 已经登记过 %(amount)s 元，可能是同一笔。确实是另一笔的，请勾选“不是重复登记”再保存。")


class GoodsMissing(Invalid):
    """Income in kind says what was received and how it was valued."""

    message = N_("实物收益要写明是什么、多少、怎么估的价。")


class ContractMissing(Invalid):
    """Deposits and money in advance belong to a contract."""

    message = N_("“%(kind)s”要选是哪份合同的。")


class NotReported(Invalid):
    """Of what others earn only the income is noted."""

    message = N_("农户和其他经营主体的资产只登记自报的收益，不能登记“%(kind)s”。")


class MoreThanHeld(Invalid):
    """Nobody gives back more than was left with them."""

    message = N_("这份合同手里只有 %(amount)s 元，不能退这么多。")


class GivenBack(Conflict):
    """What was given back is no longer there to be reversed."""

    message = N_("这笔押金或预收款已经退还，不能再更正；请先更正退还的那一笔。")


class NotInHand(Conflict):
    """It has been checked, or taken back."""

    message = N_("这笔收益已经审核或撤回，不能再改。")


class NotSubmitted(Conflict):
    """Only what waits is checked."""

    message = N_("这笔收益不在待审核状态。")


class OwnReceipt(Forbidden):
    """Whoever entered a receipt does not check it."""

    message = N_("自己登记的收益不能自己审核，请另一个人审核。")


class ReasonMissing(Invalid):
    """Whoever sends back or corrects says why."""

    message = N_("请写明原因。")


class NotCorrectable(Conflict):
    """Only what is posted is corrected, and once."""

    message = N_("只有已记账、还没有更正过的收益才能更正。")


class AlreadyCorrecting(Conflict):
    """A correction of it waits already."""

    message = N_("这笔收益已经有一份更正在等审核。")


class DueNotTheirs(Invalid):
    """What a payer names is owed under the contract that is named, and still open."""

    message = N_("指明的这一笔应收不是所选合同、股权和收益种类的，或者已经收齐，请重新选。")


@dataclass(frozen=True)
class ReceiptFacts:
    """What is said of money or goods received; amounts in fen, the period from the first day to the last.

    ``due_id``: the due that the payer says it is for; without one it is for the oldest.
    """

    kind: IncomeKind
    amount_fen: int
    received_on: date
    earned_from: date
    earned_to: date
    payer: str = ""
    bank_reference: str = ""
    goods: str = ""
    note: str = ""
    contract_id: int | None = None
    equity_id: int | None = None
    due_id: int | None = None


@dataclass(frozen=True)
class Entered:
    """What is known of another receipt when a new one is compared with it."""

    receipt_id: int
    amount_fen: int
    received_on: date
    bank_reference: str
    same_asset: bool


def check_receipt(facts: ReceiptFacts, basis: Basis, *, on: date, is_correction: bool = False) -> None:
    """Raise unless this can be entered on a day; a correction may say that nothing was received."""
    if facts.amount_fen < 0 or (not facts.amount_fen and not is_correction):
        raise AmountMissing(field="amount")
    if facts.received_on > on:
        raise ReceivedInFuture(field="received_on")
    if facts.earned_to < facts.earned_from:
        raise PeriodBackwards(field="earned_to")
    if facts.kind is IncomeKind.IN_KIND and not facts.goods.strip():
        raise GoodsMissing(field="goods")
    if KINDS[facts.kind].needs_contract and facts.contract_id is None:
        raise ContractMissing(field="contract_id", kind=facts.kind.label)
    if basis is Basis.REPORTED and facts.kind not in REPORTED:
        raise NotReported(field="kind", kind=facts.kind.label)


def basis_of(facts: ReceiptFacts, *, is_public: bool, go_live: date | None) -> Basis:
    """Return whether it enters the books: not what others earn, nor what opening balances hold already."""
    if not is_public:
        return Basis.REPORTED
    return Basis.LEGACY if go_live is not None and facts.received_on < go_live else Basis.OWN


def looks_entered(facts: ReceiptFacts, others: Iterable[Entered]) -> Entered | None:
    """Return the receipt that a new one probably repeats: the same bank reference, or asset, amount and days."""
    return next((one for one in others if _repeats(facts, one)), None)


def _repeats(facts: ReceiptFacts, other: Entered) -> bool:
    if facts.bank_reference and facts.bank_reference == other.bank_reference:
        return True
    near = abs(facts.received_on - other.received_on) <= DUPLICATE_WINDOW
    return other.same_asset and near and facts.amount_fen == other.amount_fen


def check_in_hand(status: ReceiptStatus) -> None:
    """Raise unless it can still be changed or taken back."""
    if status not in IN_HAND:
        raise NotInHand


def check_checking(status: ReceiptStatus, by: Actor, *, entered_by_id: int | None) -> None:
    """Raise unless this person may check it."""
    if status is not ReceiptStatus.SUBMITTED:
        raise NotSubmitted
    if by.id is None or by.id == entered_by_id:
        raise OwnReceipt


def check_correction(status: ReceiptStatus, reason: str, *, is_waiting: bool) -> None:
    """Raise unless it may be corrected; ``is_waiting``: a correction of it waits already."""
    if status is not ReceiptStatus.POSTED:
        raise NotCorrectable
    if is_waiting:
        raise AlreadyCorrecting
    if not reason.strip():
        raise ReasonMissing(field="reason")


class Difference(Labelled):
    """How a receipt differs from what was to be expected."""

    LESS_THAN_DUE = "LESS_THAN_DUE", N_("比合同应收少")
    MORE_THAN_DUE = "MORE_THAN_DUE", N_("比合同应收多")
    LESS_THAN_LAST = "LESS_THAN_LAST", N_("比上次少")
    MORE_THAN_LAST = "MORE_THAN_LAST", N_("比上次多")
    NO_VOUCHER = "NO_VOUCHER", N_("没有合同，也没有凭证")
    FIRST = "FIRST", N_("首次登记，无可比")
    LOOKS_ENTERED = "LOOKS_ENTERED", N_("可能重复登记")
    CORRECTION = "CORRECTION", N_("更正已记账的收益")


@dataclass(frozen=True)
class Expected:
    """What a receipt is compared with: what is due under its contract, and what was received last; None: nothing."""

    due_fen: int | None = None
    last_fen: int | None = None
    has_voucher: bool = False
    looks_entered: bool = False
    is_correction: bool = False


def differences(amount_fen: int, expected: Expected) -> list[tuple[Difference, int]]:
    """Return what a checker should look at, with the fen it is off by; empty: as agreed, or as last time.

    What can be compared with nothing is looked at too.
    """
    found: list[tuple[Difference, int]] = []
    if expected.is_correction:
        found.append((Difference.CORRECTION, 0))
    if expected.looks_entered:
        found.append((Difference.LOOKS_ENTERED, 0))
    if expected.due_fen is not None:
        off = amount_fen - expected.due_fen
        found += _off(off, Difference.LESS_THAN_DUE, Difference.MORE_THAN_DUE)
    elif expected.last_fen is not None:
        found += _off(amount_fen - expected.last_fen, Difference.LESS_THAN_LAST, Difference.MORE_THAN_LAST)
    else:
        found.append((Difference.FIRST if expected.has_voucher else Difference.NO_VOUCHER, 0))
    return found


def _off(off_fen: int, less: Difference, more: Difference) -> list[tuple[Difference, int]]:
    if not off_fen:
        return []
    return [(less, -off_fen) if off_fen < 0 else (more, off_fen)]
