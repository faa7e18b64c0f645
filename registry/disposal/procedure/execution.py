"""What is told when a disposal is carried out, and what of it must be said for each kind. Pure."""

from dataclasses import dataclass
from datetime import date

from registry.assets.register.categories import BY_CODE
from registry.disposal.kinds import DisposalKind, Meaning, Pricing
from registry.disposal.procedure.refusals import (
    EarlierThanDecided,
    HandedOverAtOddDay,
    HandOverMissing,
    IncomeBeyond,
    IncomingMissing,
    MoneyNegative,
    NoIncome,
    NotYetThere,
    PaidOnMissing,
    SheetMissing,
    TermsMissing,
)
from registry.errors import RegistryError, refuse_all
from registry.ledger.operation.equity.kinds import ReturnKind
from registry.money import format_yuan
from registry.text import N_, Labelled

MAX_NAME = 100


@dataclass(frozen=True)
class Incoming:
    """What comes in for what is swapped; its worth is what was recognised, less the difference that is paid."""

    name: str
    subtype: str
    quantity_milli: int | None = None
    unit: str = ""
    specification: str = ""


@dataclass(frozen=True)
class EquityTerms:
    """For how long and for what return things were put into a company."""

    starts_on: date
    ends_on: date
    returns: ReturnKind = ReturnKind.FLOATING
    yearly_fen: int = 0
    principal_due_on: date | None = None


@dataclass(frozen=True)
class Execution:
    """That a case is carried out: from which day it counts, handed over to whom, paid or not. Money is fen.

    ``income_fen`` is what comes in besides a price: what scrap still fetched, the difference of a swap, what a loss is
    compensated with. Without a day of its own it counts from the day that was decided on.
    """

    effective_on: date | None = None
    handed_over_on: date | None = None
    signed_by: str = ""
    paper_no: str = ""
    cost_fen: int = 0
    income_fen: int = 0
    is_paid: bool = False
    paid_on: date | None = None
    receipt_no: str = ""
    #: Whether what is still owed is owed by a member: an internal account (内部往来), no claim on an outsider.
    owes_as_member: bool = False
    note: str = ""
    incoming: Incoming | None = None
    terms: EquityTerms | None = None


class Income(Labelled):
    """What comes in besides a price."""

    RESIDUAL = "RESIDUAL", N_("残值收入")
    DIFFERENCE = "DIFFERENCE", N_("补价收入")
    COMPENSATION = "COMPENSATION", N_("应收赔偿、保险")


INCOMES: dict[DisposalKind, Income] = {
    DisposalKind.SCRAP: Income.RESIDUAL,
    DisposalKind.SWAP: Income.DIFFERENCE,
    DisposalKind.LOSS: Income.COMPENSATION,
}


@dataclass(frozen=True)
class Decided:
    """What was decided on: kind, day, agreed value; and the price that stands, where there was an open trade."""

    kind: DisposalKind
    meaning: Meaning
    effective_on: date
    approved_on: date
    agreed_fen: int = 0
    price_fen: int = 0


def money_of(decided: Decided, income_fen: int) -> int:
    """Return what the owners are owed for a case: the price, the value recognised, or what scrap or a swap brings."""
    if decided.kind in {DisposalKind.SCRAP, DisposalKind.SWAP}:
        return income_fen
    if decided.meaning.pricing is Pricing.OPENED:
        return decided.price_fen
    return decided.agreed_fen if decided.meaning.has_proceeds else 0


def needs_sheet(meaning: Meaning) -> bool:
    """Say whether a signed sheet proves that it is done."""
    return meaning.passes or meaning.is_exit


def check_execution(facts: Execution, decided: Decided, *, has_sheet: bool, on: date) -> None:
    """Raise unless everything is said that carrying out this kind asks for; all that is wrong is told at once."""
    refuse_all(
        [*_hand_over(facts, decided, has_sheet, on), *_days(facts, decided, on), *_money(facts, decided, on),
         *_others(facts, decided)]
    )  # fmt: skip


def _hand_over(facts: Execution, decided: Decided, has_sheet: bool, on: date) -> list[RegistryError]:  # noqa: FBT001
    found: list[RegistryError] = []
    told = facts.handed_over_on and facts.signed_by.strip() and facts.paper_no.strip()
    if decided.meaning.passes and not told:
        found.append(HandOverMissing(field="handed_over_on"))
    if facts.handed_over_on and not decided.approved_on <= facts.handed_over_on <= on:
        found.append(HandedOverAtOddDay(field="handed_over_on", day=decided.approved_on.isoformat()))
    if needs_sheet(decided.meaning) and not has_sheet:
        found.append(SheetMissing(field="file"))
    return found


def _days(facts: Execution, decided: Decided, on: date) -> list[RegistryError]:
    day = facts.effective_on or decided.effective_on
    if day < decided.effective_on:
        return [EarlierThanDecided(field="effective_on", day=decided.effective_on.isoformat())]
    return [NotYetThere(field="effective_on", day=day.isoformat())] if day > on else []


def _money(facts: Execution, decided: Decided, on: date) -> list[RegistryError]:
    found: list[RegistryError] = []
    if facts.cost_fen < 0 or facts.income_fen < 0:
        found.append(MoneyNegative(field="cost"))
    if facts.income_fen and decided.kind not in INCOMES:
        found.append(NoIncome(field="income", kind=decided.kind.label))
    if decided.kind is DisposalKind.SWAP and facts.income_fen >= decided.agreed_fen:
        most = format_yuan(decided.agreed_fen - 1)
        found.append(IncomeBeyond(field="income", what=Income.DIFFERENCE.label, most=most))
    if facts.is_paid and money_of(decided, facts.income_fen):
        if facts.paid_on is None or not facts.receipt_no.strip():
            found.append(PaidOnMissing(field="paid_on"))
        elif facts.paid_on > on:
            found.append(NotYetThere(field="paid_on", day=facts.paid_on.isoformat()))
    return found


def _others(facts: Execution, decided: Decided) -> list[RegistryError]:
    found: list[RegistryError] = []
    if decided.kind is DisposalKind.SWAP and not _is_told(facts.incoming):
        found.append(IncomingMissing(field="incoming_name"))
    terms = facts.terms
    if decided.kind is DisposalKind.IN_KIND and (terms is None or terms.ends_on < terms.starts_on):
        found.append(TermsMissing(field="ends_on"))
    return found


def _is_told(incoming: Incoming | None) -> bool:
    return incoming is not None and 0 < len(incoming.name.strip()) <= MAX_NAME and incoming.subtype in BY_CODE
