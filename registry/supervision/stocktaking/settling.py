"""Differences led elsewhere: each becomes a correction, a case, a card, a dispute or a repair; none is an edit."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from registry.assets.custody.faults.rules import Finding, Severity
from registry.assets.custody.faults.services import add_fault
from registry.assets.register.amendments.models import Correction
from registry.assets.register.amendments.rules import CorrectionStatus
from registry.assets.register.amendments.services import ask_correction, signature
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.readback import registration_of
from registry.assets.register.categories import UseStatus
from registry.assets.register.registration import STANDING, Registration, Stage
from registry.assets.title.encumbrances.rules import EncumbranceFacts, EncumbranceKind
from registry.assets.title.encumbrances.services import add_encumbrance
from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.disposal.cases.opening import Opening as CaseOpening
from registry.disposal.cases.opening import open_case
from registry.disposal.cases.queries import busy_assets
from registry.disposal.kinds import DisposalKind, Ground
from registry.disposal.rules import CaseWords
from registry.errors import Forbidden
from registry.permissions import Actor, may
from registry.policy.rules import Policy
from registry.supervision.stocktaking.fates import fates_of
from registry.supervision.stocktaking.models import StockDifference, StockLine, StockSheet
from registry.supervision.stocktaking.refusals import CardTaken, NoCorrectionFound, NotConfirmed, NotThisCard
from registry.supervision.stocktaking.rules import (
    RIGHT_OF,
    DifferenceState,
    Outcome,
    SheetStatus,
    Way,
    check_open,
    check_settling,
)
from registry.text import N_

TABLE = "stock_difference"
_CASE_KINDS = {Outcome.MISSING: DisposalKind.LOSS, Outcome.DAMAGED: DisposalKind.SCRAP}
_CASE_TITLES = {Outcome.MISSING: N_("盘亏报损：%(name)s"), Outcome.DAMAGED: N_("毁损报废：%(name)s")}
#: A count itself is the ground of a loss; of what is damaged the person says why.
GROUNDS = {Outcome.MISSING: Ground.BAD_DEBT, Outcome.DAMAGED: Ground.LIFE_ENDED}
_MAX_TITLE = 100


@dataclass(frozen=True)
class Settlement:
    """How a difference is settled; what is said beyond the reason belongs to one way each."""

    way: Way
    reason: str
    asset_no: str = ""
    holder: str = ""
    is_dispute: bool = False
    severity: Severity = Severity.B
    ground: Ground | None = None


@dataclass(frozen=True)
class Deed:
    """One settling under way."""

    difference: StockDifference
    sheet: StockSheet
    settlement: Settlement
    by: Actor
    on: date
    policy: Policy

    @property
    def line(self) -> StockLine:
        return self.difference.line

    @property
    def basis(self) -> str:
        return self.sheet.campaign.number

    @property
    def asset(self) -> Asset:
        return db.session.get_one(Asset, self.line.asset_id)


def has_left(line: StockLine) -> bool:
    """Say whether an asset has left the register since it was listed."""
    return line.asset_id is not None and db.session.get_one(Asset, line.asset_id).state not in STANDING


def settle(difference: StockDifference, settlement: Settlement, *, by: Actor, on: date, policy: Policy) -> None:
    """Lead a difference to what it becomes; what failed there may be led elsewhere.

    Raises CampaignClosed, NotConfirmed, AlreadySettled, WayNotFit, ReasonMissing, Forbidden and what the other
    feature raises.
    """
    sheet = db.session.get_one(StockSheet, difference.sheet_id)
    check_open(sheet.campaign.state)
    if sheet.state is not SheetStatus.CONFIRMED:
        raise NotConfirmed(status=sheet.state.label)
    check_settling(
        difference.found, settlement.way, settlement.reason, has_left=has_left(difference.line),
        settled=difference.settled, failed=fates_of([difference])[difference.id].failed,
    )  # fmt: skip
    if settlement.way in RIGHT_OF and not may(by, RIGHT_OF[settlement.way], difference.region_code):
        raise Forbidden
    _forget(difference)
    state = _WAYS[settlement.way](Deed(difference, sheet, settlement, by, on, policy))
    difference.way, difference.reason = settlement.way.value, settlement.reason.strip()
    difference.state = state.value
    difference.settled_by_id, difference.settled_by_text, difference.settled_at = by.id, signature(by), now()
    record(Action.STOCKTAKE_SETTLED, difference, by=by, reason=difference.reason)


def _forget(difference: StockDifference) -> None:
    """Let go of what came to nothing; the trail keeps it."""
    difference.correction_id = difference.disposal_case_id = difference.asset_id = None
    difference.encumbrance_id = difference.fault_id = None


def _correct(deed: Deed) -> DifferenceState:
    asset = deed.asset
    said = corrected_by_count(deed.line, registration_of(asset))
    if said is None:
        correction = _asked_since(deed.line)
    else:
        correction = ask_correction(
            asset, said, reason=deed.settlement.reason, by=deed.by, on=deed.on, document_no=deed.basis
        )
    deed.difference.correction_id = correction.id
    applied = correction.status == CorrectionStatus.APPLIED
    return DifferenceState.SETTLED if applied else DifferenceState.HANDED_ON


def corrected_by_count(line: StockLine, said: Registration) -> Registration | None:
    """Return what the card should say by the count alone: another quantity, idle; None where the count cannot tell."""
    if line.result is Outcome.IDLE:
        return replace(said, use_status=UseStatus.IDLE.value)
    if line.result is Outcome.FOUND and line.counted_milli is not None:
        return replace(said, quantity_milli=line.counted_milli)
    return None


def find_asked_since(line: StockLine) -> Correction | None:
    """Return the latest correction or change of value of an asset asked for since it was counted, unless it failed."""
    rows = select(Correction).where(
        Correction.asset_id == line.asset_id,
        Correction.asked_at >= line.counted_at,
        Correction.status.in_([CorrectionStatus.WAITING.value, CorrectionStatus.APPLIED.value]),
    )
    return db.session.scalar(rows.order_by(Correction.id.desc()).limit(1))


def _asked_since(line: StockLine) -> Correction:
    found = find_asked_since(line)
    if found is None:
        raise NoCorrectionFound
    return found


def _dispose(deed: Deed) -> DifferenceState:
    case = _underway(deed) or _opened(deed)
    deed.difference.disposal_case_id = case.id
    return DifferenceState.HANDED_ON


def _underway(deed: Deed) -> DisposalCase | None:
    """Return the open case that takes the asset out already: a loss told at once is not applied for twice."""
    found = busy_assets([deed.asset.id]).get(deed.asset.id)
    return found if found and found.meaning.removes else None


def _opened(deed: Deed) -> DisposalCase:
    outcome, line = deed.difference.found, deed.line
    words = CaseWords(
        _CASE_KINDS[outcome], deed.settlement.ground or GROUNDS[outcome],
        (_CASE_TITLES[outcome] % {"name": line.name})[:_MAX_TITLE], f"{deed.settlement.reason.strip()}（{deed.basis}）",
        deed.on, document_no=deed.basis,
    )  # fmt: skip
    return open_case(CaseOpening(words, (line.asset_no,), source=(TABLE, deed.difference.id)), by=deed.by, on=deed.on)


def _register(deed: Deed) -> DifferenceState:
    number, since = deed.settlement.asset_no.strip(), deed.sheet.campaign.opened_at
    asset = db.session.scalar(select(Asset).where(Asset.asset_no == number))
    if asset is None or asset.region_code != deed.sheet.region_code or asset.entered_at < since:
        raise NotThisCard(field="asset_no")
    if asset.state not in STANDING:
        raise NotThisCard(field="asset_no")
    taken = select(StockDifference.id).where(StockDifference.asset_id == asset.id)
    if db.session.scalar(taken) is not None:
        raise CardTaken(field="asset_no")
    deed.difference.asset_id = asset.id
    return DifferenceState.SETTLED if asset.state is Stage.CONFIRMED else DifferenceState.HANDED_ON


def _dispute(deed: Deed) -> DifferenceState:
    kind = EncumbranceKind.DISPUTE if deed.settlement.is_dispute else EncumbranceKind.UNCLEAR
    facts = EncumbranceFacts(kind, deed.settlement.holder, deed.basis, deed.on, note=deed.settlement.reason.strip())
    row = add_encumbrance(deed.asset, facts, by=deed.by, on=deed.on)
    deed.difference.encumbrance_id = row.id
    return DifferenceState.HANDED_ON


def _repair(deed: Deed) -> DifferenceState:
    finding = Finding(deed.settlement.severity, deed.line.note)
    fault = add_fault(deed.asset, finding, by=deed.by, on=deed.on, policy=deed.policy)
    deed.difference.fault_id = fault.id
    return DifferenceState.HANDED_ON


def _explain(_deed: Deed) -> DifferenceState:
    return DifferenceState.SETTLED


_WAYS: dict[Way, Callable[[Deed], DifferenceState]] = {
    Way.CORRECTION: _correct,
    Way.DISPOSAL: _dispose,
    Way.REGISTRATION: _register,
    Way.TITLE: _dispute,
    Way.REPAIR: _repair,
    Way.EXPLAINED: _explain,
}
