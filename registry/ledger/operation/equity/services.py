"""Entering equity, confirming it, moving the right to its income, leaving it."""

from dataclasses import dataclass
from datetime import date

from registry.approvals.requests.services import signature
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.queries import get_asset
from registry.audit.actions import Action
from registry.audit.services import record, thing_of
from registry.clock import now
from registry.database import db
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, KeptFile, attach
from registry.kinds import OwnerKind, Sector
from registry.ledger.books.rules import Maker
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.dues.plan import PlannedDue
from registry.ledger.operation.dues.queries import list_dues_of
from registry.ledger.operation.dues.rules import HeldAsset
from registry.ledger.operation.dues.services import Debt, add_dues, state_due, void_dues
from registry.ledger.operation.equity.kinds import EquityStatus
from registry.ledger.operation.equity.models import Equity, EquityRight
from registry.ledger.operation.equity.queries import get_holder, list_rights, next_number
from registry.ledger.operation.equity.rules import (
    EquityFacts,
    ExitAtOddDay,
    Holding,
    NotEntered,
    OwnEntry,
    PaperMissing,
    ReasonMissing,
    ReturnedBeyond,
    check_equity,
    check_held,
    check_move,
    check_terms,
    check_units,
    due_kind,
    effective_on,
    from_day,
    given_units,
    planned_dues,
    rhythm,
)
from registry.ledger.operation.kinds import DueKind
from registry.money import format_yuan
from registry.parties.models import Party
from registry.parties.rules import PartyFacts
from registry.parties.services import ensure_party
from registry.permissions import Actor, Permission
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy
from registry.text import N_

_WHOLE_BP = 10_000
#: What a due says that gathers what was owed when equity of the past was entered.
PAST_NOTE = N_("历史补录的欠款")


@dataclass(frozen=True)
class Move:
    """To which household how many units of a right go, and why (脱贫转股)."""

    household: PartyFacts
    units: int
    reason: str


def enter_equity(facts: EquityFacts, files: list[KeptFile], *, by: Actor, on: date) -> Equity:
    """Enter what a collective holds in a company or cooperative; a second person confirms it.

    Raises what check_equity raises, PaperMissing, Missing for a holder or card out of reach.
    """
    check_equity(facts)
    if not files:
        raise PaperMissing(field="file")
    holder = get_holder(facts.holder_id, by)
    asset = get_asset(facts.asset_no, by, Permission.CONTRACT_ENTER) if facts.asset_no else None
    equity = _enter(facts, holder, asset, Maker(by.id, signature(by)), on)
    record(Action.EQUITY_ENTERED, equity, by=by)
    attach(files, Caption(EvidenceKind.CONTRACT, equity.number, facts.starts_on), to=thing_of(equity), by=by)
    return equity


def contribute(facts: EquityFacts, holder: Party, asset: Asset, entered: Maker, *, by: Actor, on: date) -> Equity:
    """Let equity count that assets were put in for, as the second person of a disposal that was agreed to.

    Raises what check_terms raises, OwnEntry.
    """
    check_terms(facts)
    equity = _enter(facts, holder, asset, entered, on)
    record(Action.EQUITY_ENTERED, equity, by=by)
    confirm_equity(equity, by=by)
    return equity


def _enter(facts: EquityFacts, holder: Party, asset: Asset | None, entered: Maker, on: date) -> Equity:
    kind = OwnerKind.COOPERATIVE if facts.is_cooperative else OwnerKind.ENTERPRISE
    investee = ensure_party(PartyFacts(kind, facts.investee, holder.region_code, facts.investee_code))
    equity = Equity(
        region_code=holder.region_code, number=next_number(holder.region_code, on.year),
        sector=asset.sector if asset else Sector.AGRICULTURE.value, status=EquityStatus.ENTERED.value,
        asset_id=asset.id if asset else None, holder_id=holder.id, holder=holder, investee_id=investee.id,
        investee=investee, contribution=facts.contribution.value, capital_fen=facts.capital_fen,
        share_bp=facts.share_bp, return_kind=facts.returns.value, yearly_fen=facts.yearly_fen,
        frequency=facts.frequency.value, starts_on=facts.starts_on, ends_on=facts.ends_on,
        principal_due_on=facts.principal_due_on, exit_terms=facts.exit_terms.strip(), units=facts.units,
        planned_from=facts.planned_from, arrears_fen=facts.arrears_fen, returned_fen=0,
        entered_by_id=entered.user_id, entered_by_text=entered.text, entered_at=now(),
    )  # fmt: skip
    db.session.add(equity)
    db.session.flush()
    return equity


def confirm_equity(equity: Equity, *, by: Actor) -> None:
    """Let equity count, as a second person: what it pays becomes due. Raises NotEntered, OwnEntry."""
    _check_second(equity, by)
    equity.status, equity.confirmed_by_id, equity.confirmed_by_text = EquityStatus.HELD.value, by.id, signature(by)
    debt = debt_of(equity)
    for kind, planned in planned_of(equity):
        is_past = equity.planned_from is not None and planned.period.last < equity.planned_from
        note = PAST_NOTE if is_past and kind is not DueKind.PRINCIPAL else ""
        add_dues(debt, kind, [planned], note=note)
    record(Action.EQUITY_CONFIRMED, equity, by=by)


def planned_of(equity: Equity) -> list[tuple[DueKind, PlannedDue]]:
    """Return what becomes due once equity counts; of equity of the past, from the day it is planned here."""
    paid, principal = rhythm(equity.starts_on, equity.ends_on, equity.pays), equity.principal_due_on
    back = (principal, equity.capital_fen) if principal else None
    owed = planned_dues(equity.returns, paid, equity.yearly_fen, back)
    if equity.planned_from is None:
        return owed
    return from_day(owed, equity.planned_from, equity.arrears_fen, due_kind(equity.returns))


def void_equity(equity: Equity, reason: str, *, by: Actor) -> None:
    """Give up an entry that nobody has confirmed. Raises NotEntered, ReasonMissing."""
    if equity.state is not EquityStatus.ENTERED:
        raise NotEntered
    if not reason.strip():
        raise ReasonMissing(field="reason")
    equity.status, equity.exit_reason = EquityStatus.VOID.value, reason.strip()
    record(Action.EQUITY_VOIDED, equity, by=by, reason=reason.strip())


def _check_second(equity: Equity, by: Actor) -> None:
    if equity.state is not EquityStatus.ENTERED:
        raise NotEntered
    if by.id is None or by.id == equity.entered_by_id:
        raise OwnEntry


def debt_of(equity: Equity) -> Debt:
    """Return whose the dues of equity are: the holder's; persons get their part when it is distributed."""
    held = [HeldAsset(equity.asset_id, 1, {equity.holder_id: _WHOLE_BP})] if equity.asset_id else []
    return Debt(
        equity.region_code, equity.sector, equity.investee.name, {equity.holder_id: _WHOLE_BP},
        {equity.holder_id: equity.region_code}, held, equity_id=equity.id, debtor_id=equity.investee_id,
    )  # fmt: skip


def give_right(equity: Equity, household: PartyFacts, units: int, *, by: Actor, on: date) -> EquityRight:
    """Give a household a right to part of the income. Raises NotHeld, UnitsMissing, UnitsBeyond."""
    check_held(equity.state)
    held = [Holding(one.party_id, one.units) for one in list_rights(equity.id, on)]
    check_units(equity.units, given_units(held), units)
    party = ensure_party(household)
    right = EquityRight(
        region_code=equity.region_code, equity_id=equity.id, party_id=party.id, units=units, valid_from=on
    )
    db.session.add(right)
    db.session.flush()
    record(Action.EQUITY_RIGHT_MOVED, right, by=by)
    return right


def move_right(equity: Equity, right: EquityRight, move: Move, *, by: Actor, on: date, policy: Policy) -> EquityRight:
    """Move a right to income, or part of it, to another household from the month the policy says.

    Capital and principal stay with the holder as they are. Raises NotHeld, RightEnded, SamePerson, UnitsMissing,
    ReasonMissing.
    """
    check_held(equity.state)
    party = ensure_party(move.household)
    held = Holding(right.party_id, right.units)
    check_move(held, party.id, move.units, move.reason, ended=right.valid_to is not None)
    start = max(effective_on(on, policy.number(Parameter.BENEFICIARY_DELAY_MONTHS)), right.valid_from)
    right.valid_to = start
    moved = _from(right, party.id, move.units, start, move.reason.strip())
    if move.units < right.units:
        db.session.add(_from(right, right.party_id, right.units - move.units, start, move.reason.strip()))
    db.session.add(moved)
    db.session.flush()
    record(Action.EQUITY_RIGHT_MOVED, moved, by=by, reason=move.reason.strip())
    return moved


def _from(right: EquityRight, party_id: int, units: int, start: date, reason: str) -> EquityRight:
    return EquityRight(
        region_code=right.region_code, equity_id=right.equity_id, party_id=party_id, units=units, valid_from=start,
        came_from_id=right.id, reason=reason,
    )  # fmt: skip


def state_dividend(due: Due, equity: Equity, amount_fen: int, files: list[KeptFile], *, by: Actor) -> None:
    """State what a period pays, with the paper. Raises NotUnstated, PaperMissing, CapitalMissing."""
    if not files:
        raise PaperMissing(field="file")
    state_due(due, debt_of(equity), amount_fen, base_fen=None, by=by, signed=signature(by))
    record(Action.RESULT_STATED, due, by=by)
    attach(files, Caption(EvidenceKind.SETTLEMENT, equity.number, due.period_to), to=thing_of(due), by=by)


def exit_equity(
    equity: Equity, exited_on: date, returned_fen: int, reason: str, files: list[KeptFile], *, by: Actor, on: date
) -> None:
    """Leave a company or cooperative: what begins later falls, what is owed and not returned stays owed.

    Raises NotHeld, ExitAtOddDay, ReturnedBeyond, ReasonMissing, PaperMissing.
    """
    check_held(equity.state)
    if not equity.starts_on <= exited_on <= on:
        raise ExitAtOddDay(field="exited_on")
    if not 0 <= returned_fen <= equity.capital_fen:
        raise ReturnedBeyond(field="returned", capital=format_yuan(equity.capital_fen))
    if not reason.strip():
        raise ReasonMissing(field="reason")
    if not files:
        raise PaperMissing(field="file")
    later = [one for one in list_dues_of(equity_id=equity.id) if one.period_from > exited_on]
    void_dues([one for one in later if one.about is not DueKind.PRINCIPAL], reason.strip(), by=by, on=on)
    equity.status, equity.exited_on, equity.exit_reason = EquityStatus.EXITED.value, exited_on, reason.strip()
    equity.returned_fen = returned_fen
    for right in list_rights(equity.id, exited_on):
        right.valid_to = max(exited_on, right.valid_from)
    record(Action.EQUITY_EXITED, equity, by=by, reason=reason.strip())
    attach(files, Caption(EvidenceKind.CONTRACT, equity.number, exited_on), to=thing_of(equity), by=by)
