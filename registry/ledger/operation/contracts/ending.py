"""What happens while a contract runs and when it is over: results stated, late fees, the end with its settlement."""

from dataclasses import dataclass
from datetime import date

from registry.approvals.requests.services import signature
from registry.assets.register.categories import UseStatus
from registry.audit.actions import Action
from registry.audit.services import record, thing_of
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, KeptFile, attach
from registry.ledger.operation.contracts.content import rent_of
from registry.ledger.operation.contracts.kinds import ContractStatus, UseAfter
from registry.ledger.operation.contracts.models import Contract
from registry.ledger.operation.contracts.refusals import (
    DepositBeyond,
    FeeNotAgreed,
    PaperMissing,
    ReasonMissing,
    RentMissing,
    ResultDiffers,
    ShareBelow,
)
from registry.ledger.operation.contracts.rules import PERCENT_BP, check_end, check_running, share_fen
from registry.ledger.operation.contracts.signing import clear_cards, debt_of
from registry.ledger.operation.contracts.terms import broken_off
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.dues.plan import Period, PlannedDue
from registry.ledger.operation.dues.queries import list_dues_of
from registry.ledger.operation.dues.services import add_dues, state_due, void_dues
from registry.ledger.operation.kinds import DueKind, DueStatus
from registry.money import format_yuan
from registry.permissions import Actor
from registry.text import N_

_FIXED = frozenset({DueKind.RENT, DueKind.GUARANTEED_RETURN})


@dataclass(frozen=True)
class EndFacts:
    """How a contract ends: when, why, what of the deposit goes back, what becomes of the assets."""

    ended_on: date
    reason: str
    deposit_return_fen: int
    use_after: UseAfter


@dataclass(frozen=True)
class Result:
    """What a period came to, as the operator states it: the base, what of it is due, why it differs if it does."""

    base_fen: int
    amount_fen: int
    note: str = ""


def state_result(due: Due, contract: Contract, result: Result, files: list[KeptFile], *, by: Actor) -> None:
    """State what a period came to, with the operator's paper; from now on it is due.

    Raises ShareBelow, ResultDiffers, PaperMissing, NotUnstated.
    """
    if result.base_fen < 0 or result.amount_fen < 0:
        raise ShareBelow(field="base")
    expected = share_fen(result.base_fen, contract.share_bp)
    if result.amount_fen != expected and not result.note.strip():
        raise ResultDiffers(
            field="note", base=format_yuan(result.base_fen), amount=format_yuan(expected),
            percent=f"{contract.share_bp // PERCENT_BP}.{contract.share_bp % PERCENT_BP:02d}",
        )  # fmt: skip
    if not files:
        raise PaperMissing(field="file")
    state_due(due, debt_of(contract), result.amount_fen, base_fen=result.base_fen, by=by, signed=signature(by))
    due.note = result.note.strip()
    record(Action.RESULT_STATED, due, by=by, reason=due.note)
    attach(files, Caption(EvidenceKind.SETTLEMENT, contract.number, due.period_to), to=thing_of(due), by=by)


def add_late_fee(contract: Contract, amount_fen: int, reason: str, *, by: Actor, on: date) -> Due:
    """Add a fee for paying late, where the contract agrees on one. Raises FeeNotAgreed, RentMissing, ReasonMissing."""
    if not contract.late_terms:
        raise FeeNotAgreed
    if amount_fen <= 0:
        raise RentMissing(field="amount")
    if not reason.strip():
        raise ReasonMissing(field="reason")
    due = add_dues(debt_of(contract), DueKind.LATE_FEE, [PlannedDue(Period(on, on, on), amount_fen)], note=reason)[0]
    record(Action.DUE_ADDED, due, by=by, reason=reason.strip())
    return due


def end_contract(contract: Contract, facts: EndFacts, files: list[KeptFile], *, by: Actor, on: date) -> None:
    """End a contract with its term or before it: what is owed stays owed, what begins later falls.

    A period broken off, of which nothing was paid yet, is owed by its days. Raises NotRunning, EndAtOddDay,
    ReasonMissing, DepositBeyond, PaperMissing.
    """
    check_running(contract.state)
    check_end(facts.ended_on, facts.reason, starts_on=contract.starts_on, ends_on=contract.ends_on, on=on)
    early = facts.ended_on < contract.ends_on
    if early and not files:
        raise PaperMissing(field="file")
    dues = list_dues_of(contract_id=contract.id)
    _check_deposit(facts, deposit_held_fen(contract, dues))
    if early:
        _break_off(contract, facts, dues, by=by, on=on)
    contract.status = (ContractStatus.TERMINATED if early else ContractStatus.ENDED).value
    contract.ended_on, contract.end_reason = facts.ended_on, facts.reason.strip()
    contract.deposit_return_fen = facts.deposit_return_fen
    clear_cards(contract, UseStatus(facts.use_after.value), on=on)
    record(Action.CONTRACT_ENDED, contract, by=by, reason=contract.end_reason)
    if files:
        caption = Caption(EvidenceKind.CONTRACT, N_("结束：%(name)s") % {"name": contract.name}, facts.ended_on)
        attach(files, caption, to=thing_of(contract), by=by)


def _check_deposit(facts: EndFacts, held_fen: int) -> None:
    if not 0 <= facts.deposit_return_fen <= held_fen:
        raise DepositBeyond(field="deposit_return", amount=format_yuan(held_fen))


def deposit_held_fen(contract: Contract, dues: list[Due]) -> int:
    """Return what was received as deposit; that of a contract of the past was given before its entry."""
    if contract.is_legacy:
        return contract.deposit_fen
    return sum(due.settled_fen for due in dues if due.about is DueKind.DEPOSIT)


def _break_off(contract: Contract, facts: EndFacts, dues: list[Due], *, by: Actor, on: date) -> None:
    ended_on, reason = facts.ended_on, facts.reason.strip()
    running = [due for due in dues if due.about not in {DueKind.DEPOSIT, DueKind.PRINCIPAL, DueKind.LATE_FEE}]
    void_dues([due for due in running if due.period_from > ended_on], reason, by=by, on=on)
    cut = [due for due in running if due.period_from <= ended_on < due.period_to and due.about in _FIXED]
    planned = broken_off(rent_of(contract), contract.starts_on, ended_on)
    for due in void_dues([one for one in cut if one.state is DueStatus.OPEN], reason, by=by, on=on):
        fitting = [one for one in planned if one.period.first == due.period_from]
        add_dues(debt_of(contract), due.about, fitting, note=N_("提前终止，按天数折算"))
