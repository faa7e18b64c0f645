"""Whose money a price becomes, for what it may be used again, how long it has waited. Pure.

Domain rules, section 7.4: what the village's assets fetch comes back to the village and is planned anew for
consolidation and revitalisation; what public owners fetch goes to the treasury (国有资产条例第二十五条, 收支两条线).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from registry.disposal.proceeds.kinds import AgeClass, Destination, Purpose
from registry.disposal.proceeds.refusals import (
    AboveBalance,
    AboveDue,
    AssetMissing,
    BeforeMoney,
    MoneyMissing,
    NoteMissing,
    NotWatched,
    NotYet,
    PaperNumberMissing,
    PortionOdd,
    ProjectMissing,
    ReasonMissing,
    SamePerson,
    UndecidedUse,
    WrongPurpose,
)
from registry.errors import RegistryError, refuse_all
from registry.kinds import OwnerKind
from registry.money import format_yuan
from registry.policy.calendar import add_months

if TYPE_CHECKING:
    from registry.parties.models import Party

MAX_NOTE = 500
#: How old money of each class is at most, in days.
FRESH_DAYS = 90
YEAR_DAYS = 365

#: Whose money a price becomes; every other owner keeps its own books.
DESTINATIONS: dict[OwnerKind, Destination] = {
    OwnerKind.VILLAGE_COLLECTIVE: Destination.EARMARKED,
    OwnerKind.GROUP_COLLECTIVE: Destination.EARMARKED,
    OwnerKind.STATE: Destination.TREASURY,
    OwnerKind.TOWNSHIP: Destination.TREASURY,
}
#: For what the money may be used again.
PURPOSES: dict[Destination, tuple[Purpose, ...]] = {
    Destination.EARMARKED: (Purpose.NEW_ASSET, Purpose.CUSTODY, Purpose.CONSOLIDATION, Purpose.REVITALISATION),
    Destination.TREASURY: (Purpose.PAID_IN,),
    Destination.OWN: (),
}
#: What is a project stands in the register of projects.
OF_PROJECTS = frozenset({Purpose.CONSOLIDATION, Purpose.REVITALISATION})


@dataclass(frozen=True)
class Portion:
    """One owner's part of what a disposal fetched and cost, and what of it had come in when it was carried out."""

    party: "Party"
    due_fen: int
    cost_fen: int
    received_fen: int
    received_on: date | None
    paper_no: str


@dataclass(frozen=True)
class Arrival:
    """Money of a price that came in later."""

    amount_fen: int
    received_on: date
    paper_no: str


@dataclass(frozen=True)
class UseFacts:
    """For what part of the money is used again, and who decided it. Money is fen."""

    purpose: Purpose
    amount_fen: int
    used_on: date
    note: str
    meeting_id: int | None = None
    document_no: str = ""
    asset_no: str = ""
    project_id: int | None = None


@dataclass(frozen=True)
class Lot:
    """Money that came in on one day, and what of it is left."""

    received_on: date
    left_fen: int


def destination_of(kind: OwnerKind) -> Destination:
    """Return whose money an owner's part of a price becomes."""
    return DESTINATIONS.get(kind, Destination.OWN)


def check_portion(portion: Portion, on: date) -> None:
    """Raise unless an owner's part adds up."""
    adds_up = 0 <= portion.received_fen <= portion.due_fen and portion.cost_fen >= 0
    if not adds_up or (portion.received_fen > 0 and portion.received_on is None):
        raise PortionOdd
    if portion.received_on is not None and portion.received_on > on:
        raise NotYet(field="received_on", day=portion.received_on.isoformat())


def check_arrival(arrival: Arrival, *, open_fen: int, on: date) -> None:
    """Raise unless so much can have come in; everything that is wrong is told at once."""
    found: list[RegistryError] = []
    if arrival.amount_fen <= 0:
        found.append(MoneyMissing(field="amount"))
    if arrival.amount_fen > open_fen:
        found.append(AboveDue(field="amount", left=format_yuan(open_fen)))
    if arrival.received_on > on:
        found.append(NotYet(field="received_on", day=arrival.received_on.isoformat()))
    if not arrival.paper_no.strip():
        found.append(PaperNumberMissing(field="paper_no"))
    refuse_all(found)


def check_use(facts: UseFacts, destination: Destination, lots: Sequence[Lot], *, free_fen: int, on: date) -> None:
    """Raise unless money may be used so. Raises NotWatched; everything else that is wrong is told at once."""
    if not PURPOSES[destination]:
        raise NotWatched
    refuse_all([*_purpose_wrong(facts, destination), *_money_wrong(facts, lots, free_fen, on), *_words_missing(facts)])


def _purpose_wrong(facts: UseFacts, destination: Destination) -> list[RegistryError]:
    purpose = facts.purpose
    if purpose not in PURPOSES[destination]:
        return [WrongPurpose(field="purpose", destination=destination.label, purpose=purpose.label)]
    if purpose is Purpose.NEW_ASSET and not facts.asset_no:
        return [AssetMissing(field="asset_no")]
    return [ProjectMissing(field="project_id")] if purpose in OF_PROJECTS and facts.project_id is None else []


def _money_wrong(facts: UseFacts, lots: Sequence[Lot], free_fen: int, on: date) -> list[RegistryError]:
    found: list[RegistryError] = []
    if facts.amount_fen <= 0:
        found.append(MoneyMissing(field="amount"))
    if facts.amount_fen > free_fen:
        found.append(AboveBalance(field="amount", left=format_yuan(max(free_fen, 0))))
    if facts.used_on > on:
        found.append(NotYet(field="used_on", day=facts.used_on.isoformat()))
    first = min((lot.received_on for lot in lots), default=None)
    if first is not None and facts.used_on < first:
        found.append(BeforeMoney(field="used_on", day=first.isoformat()))
    return found


def _words_missing(facts: UseFacts) -> list[RegistryError]:
    found: list[RegistryError] = []
    if facts.meeting_id is None and not facts.document_no.strip():
        found.append(UndecidedUse(field="meeting_id"))
    if not 0 < len(facts.note.strip()) <= MAX_NOTE:
        found.append(NoteMissing(field="note"))
    return found


def check_second(first_id: int | None, second_id: int | None) -> None:
    """Raise SamePerson unless another person looks at it."""
    if first_id is not None and first_id == second_id:
        raise SamePerson


def check_reason(text: str, field: str) -> str:
    """Return a reason without blanks around it; raises ReasonMissing."""
    if not 0 < len(text.strip()) <= MAX_NOTE:
        raise ReasonMissing(field=field)
    return text.strip()


# ---- How long money has waited


def lots_of(receipts: Sequence[tuple[date, int]], spent_fen: int) -> list[Lot]:
    """Return what came in, the oldest first, and what of each is left: the oldest money goes first."""
    lots, gone = [], spent_fen
    for day, amount_fen in sorted(receipts, key=lambda one: one[0]):
        taken = min(amount_fen, gone)
        gone -= taken
        lots.append(Lot(day, amount_fen - taken))
    return lots


def waits_since(lots: Sequence[Lot]) -> date | None:
    """Return since when the oldest money waits; None where nothing does."""
    return min((lot.received_on for lot in lots if lot.left_fen), default=None)


def age_class(received_on: date, on: date) -> AgeClass:
    """Return how long money of a day has waited."""
    days = (on - received_on).days
    return AgeClass.FRESH if days <= FRESH_DAYS else AgeClass.YEAR if days <= YEAR_DAYS else AgeClass.OVER


def aged(lots: Sequence[Lot], on: date) -> dict[AgeClass, int]:
    """Return how much has waited how long (fen)."""
    found = dict.fromkeys(AgeClass, 0)
    for lot in lots:
        found[age_class(lot.received_on, on)] += lot.left_fen
    return found


def use_until(lots: Sequence[Lot], *, months: int, otherwise: date) -> date:
    """Return until when the oldest money that waits is to be used again; ``otherwise`` where nothing waits."""
    since = waits_since(lots)
    return add_months(since, months) if since else otherwise


# ---- What of a use is gain, in the books


def set_apart(amount_fen: int, *, gain_fen: int, used_fen: int) -> int:
    """Return how much of a use comes out of the gain that was set apart; the rest replaces what was disposed of.

    ``gain_fen``: what the disposal gained; ``used_fen``: what earlier uses took of it.
    """
    return min(amount_fen, max(gain_fen - used_fen, 0))
