"""Writing the parts of a card: plain fields, owners, value and money, relations. No permission, no event of its own."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select

from registry.assets.register.cards.models import Asset, AssetOwner, AssetRelation, FundingLine, Interest, ValueChange
from registry.assets.register.categories import BEHAVIOURS, BY_CODE, INTERESTS
from registry.assets.register.depreciation import (
    NO_DEPRECIATION,
    DepreciationPlan,
    bent_plan,
    changed_plan,
)
from registry.assets.register.funding import FundingSource
from registry.assets.register.registration import (
    DepreciationMethod,
    FundingFact,
    OwnerFact,
    Registration,
    ValueKind,
)
from registry.assets.register.rules import netted, percent, poverty_fund_fen, reversal_and_entry
from registry.database import db
from registry.parties.rules import PartyFacts
from registry.parties.services import ensure_party
from registry.places.queries import heir_of
from registry.text import N_, Labelled


class RelationKind(Labelled):
    """The three rights beside ownership, each held by somebody of its own (渝扶组发〔2020〕15号)."""

    CUSTODIAN = "CUSTODIAN", N_("管护责任人")
    OPERATOR = "OPERATOR", N_("经营主体")
    SUPERVISOR = "SUPERVISOR", N_("监管责任人")


#: Columns of the card that take the registration's field of the same name as it is.
PLAIN = (
    "name", "short_name", "subtype", "gbt14885_code", "project_name", "project_number", "plan_document",
    "location_code", "location_detail", "longitude_e6", "latitude_e6", "accepted_on", "in_use_on", "quantity_milli",
    "unit", "specification", "scale", "total_investment_fen", "salvage_bp", "title_status", "certificate_kind",
    "certificate_number", "certificate_on", "use_status", "operating_mode", "industry_class", "accounting_system",
    "publicity", "archives", "remarks",
)  # fmt: skip


def fill_card(asset: Asset, facts: Registration) -> None:
    """Write the plain fields of a card, and the depreciation plan of an asset whose value is new."""
    for name in PLAIN:
        setattr(asset, name, getattr(facts, name))
    subtype = BY_CODE[facts.subtype]
    asset.category = facts.category.value
    asset.project_year = facts.project_year or facts.acquired.day.year
    asset.acquired_on, asset.acquired_precision = facts.acquired.day, facts.acquired.precision.value
    asset.sector = facts.sector or subtype.sector.value
    asset.unit = facts.unit or subtype.unit
    method, months = depreciation_of(facts)
    asset.depreciation_method, asset.service_months = method.value, months
    set_plan(asset, plan_of(facts, value_changes(asset.id) if asset.id else ()))


#: Changes that bend the line from their day on; a correction counts as if it had been so from the start.
_BENDING = frozenset({ValueKind.ENLARGEMENT, ValueKind.MAJOR_REPAIR, ValueKind.PARTIAL_LOSS, ValueKind.REVALUATION})


def plan_of(facts: Registration, changes: Sequence[ValueChange]) -> DepreciationPlan:
    """Return how an asset of which this is said, and whose value changed so, loses value."""
    method, months = depreciation_of(facts)
    if method is DepreciationMethod.NONE:
        return NO_DEPRECIATION
    bends = [(row.effective_on, row.amount_fen) for row in changes if ValueKind(row.kind) in _BENDING]
    start = facts.in_use_on or facts.accepted_on or facts.acquired.day
    return bent_plan(facts.original_value_fen, bends, start=start, months=months, salvage_bp=facts.salvage_bp)


def value_changes(asset_id: int) -> list[ValueChange]:
    """Return why an asset's value is what it is, in the order it was recorded."""
    rows = select(ValueChange).where(ValueChange.asset_id == asset_id)
    return list(db.session.scalars(rows.order_by(ValueChange.id)))


def depreciation_of(facts: Registration) -> tuple[DepreciationMethod, int]:
    """Return method and months: as said, else the category's and subtype's default."""
    months = facts.service_months if facts.service_months is not None else BY_CODE[facts.subtype].service_months
    usual = (
        DepreciationMethod.STRAIGHT_LINE
        if BEHAVIOURS[facts.category].depreciates and months
        else DepreciationMethod.NONE
    )
    return facts.depreciation or usual, months


def set_plan(asset: Asset, plan: DepreciationPlan) -> None:
    """Write a depreciation plan into the card."""
    asset.plan_from_month, asset.plan_accumulated_fen = plan.from_month, plan.accumulated_fen
    asset.plan_remaining_fen, asset.plan_months = plan.remaining_fen, plan.months


def current_owners(asset_id: int) -> list[AssetOwner]:
    """Return the owners of today, the largest share first."""
    rows = select(AssetOwner).where(AssetOwner.asset_id == asset_id, AssetOwner.valid_to.is_(None))
    return list(db.session.scalars(rows.order_by(AssetOwner.share_bp.desc(), AssetOwner.id)))


def set_owners(asset: Asset, owners: Sequence[OwnerFact], *, on: date) -> list[AssetOwner]:
    """End the owners that no longer hold and add the new ones from a day on; unchanged ones stay as they are."""
    held = {(row.party_id, row.share_bp): row for row in current_owners(asset.id)}
    result = []
    for fact in owners:
        # What was asked for before a merger names the unit that has ended; its holders went over to the heir.
        unit = heir_of(fact.region_code or asset.region_code)
        party = ensure_party(PartyFacts(fact.kind, fact.name, unit, fact.credit_code, fact.resident_id))
        row = held.pop((party.id, fact.share_bp), None)
        if row is None:
            foreign = party.region_code if party.region_code != asset.region_code else None
            row = AssetOwner(
                asset_id=asset.id, region_code=asset.region_code, party_id=party.id, share_bp=fact.share_bp,
                valid_from=on, foreign_region=foreign, party=party,
            )  # fmt: skip
            db.session.add(row)
        result.append(row)
    for gone in held.values():
        gone.valid_to = max(on, gone.valid_from)
    return result


def funding_of(asset_id: int) -> tuple[FundingFact, ...]:
    """Return the money of an asset as it stands, reversals netted out."""
    rows = db.session.scalars(select(FundingLine).where(FundingLine.asset_id == asset_id).order_by(FundingLine.id))
    return netted(row.fact for row in rows)


def add_value_change(
    asset: Asset,
    kind: ValueKind,
    amount_fen: int,
    lines: Sequence[FundingFact],
    effective_on: date,
    recorded_on: date,
    reason: str = "",
    document_no: str = "",
) -> ValueChange:
    """Add one change of value with the money lines that sum to it."""
    change = ValueChange(
        asset_id=asset.id, region_code=asset.region_code, kind=kind.value, effective_on=effective_on,
        recorded_on=recorded_on, amount_fen=amount_fen, reason=reason, document_no=document_no,
        lines=[
            FundingLine(
                asset_id=asset.id, region_code=asset.region_code, source=line.source.value, level=line.level.value,
                year=line.year, document_no=line.document_no, amount_fen=line.amount_fen,
            )
            for line in lines
        ],
    )  # fmt: skip
    db.session.add(change)
    return change


def rebook_value(asset: Asset, facts: Registration, *, on: date, reason: str = "") -> None:
    """Turn value and money into what the registration says, by a correcting value change; nothing is overwritten."""
    lines = reversal_and_entry(funding_of(asset.id), facts.funding)
    delta = facts.original_value_fen - asset.original_value_fen
    if lines or delta:
        add_value_change(asset, ValueKind.CORRECTION, delta, lines, facts.acquired.day, on, reason)
    asset.original_value_fen = facts.original_value_fen
    asset.poverty_fund_fen = poverty_fund_fen(facts.funding)


def change_value(
    asset: Asset,
    kind: ValueKind,
    lines: Sequence[FundingFact],
    *,
    effective_on: date,
    on: date,
    reason: str,
    document: str,
) -> ValueChange:
    """Enlarge, repair, write down or revalue an asset by its money lines; the depreciation line bends from then on."""
    amount_fen = sum(line.amount_fen for line in lines)
    change = add_value_change(asset, kind, amount_fen, lines, effective_on, on, reason, document)
    set_plan(asset, changed_plan(asset.plan, amount_fen, on=effective_on))
    asset.original_value_fen += amount_fen
    money = netted([*funding_of(asset.id), *lines])
    asset.poverty_fund_fen, asset.funding_text = poverty_fund_fen(money), funding_text(money)
    return change


#: Who looks after and who runs an asset is agreed on paper where there is one.
_BY_PAPER = frozenset({RelationKind.CUSTODIAN, RelationKind.OPERATOR})


def set_relations(asset: Asset, facts: Registration) -> None:
    """Bring custodian, operator and supervisor to what is said now; earlier holders keep their period.

    Who holds the asset by agreement or contract stays: only another one, or its end, hands it on (care.py).
    """
    wanted = {
        RelationKind.CUSTODIAN: facts.custodian,
        RelationKind.OPERATOR: facts.operator,
        RelationKind.SUPERVISOR: facts.supervisor,
    }
    rows = select(AssetRelation).where(AssetRelation.asset_id == asset.id, AssetRelation.valid_to.is_(None))
    held = {RelationKind(row.kind): row for row in db.session.scalars(rows)}
    start = facts.in_use_on or facts.acquired.day
    for kind, name in wanted.items():
        row = held.get(kind)
        if (row.name if row else "") == name.strip() or (row and row.basis and kind in _BY_PAPER):
            continue
        if row is not None:
            row.valid_to = max(start, row.valid_from)
        if name.strip():
            fresh = AssetRelation(asset_id=asset.id, region_code=asset.region_code, kind=kind.value, valid_from=start)
            fresh.name = name.strip()
            db.session.add(fresh)


def show_money_and_owners(asset: Asset, facts: Registration) -> None:
    """Write what lists show of owners and money, so that a page of rows asks one table."""
    asset.owner_text, asset.owner_kind = owner_text(facts.owners), first_owner(facts.owners).kind.value
    asset.funding_text = funding_text(facts.funding)


def first_owner(owners: Iterable[OwnerFact]) -> OwnerFact:
    """Return the owner who is named first: of the largest share, whatever order they were entered in."""
    return min(owners, key=_by_share)


def _by_share(owner: OwnerFact) -> tuple[int, str]:
    return -owner.share_bp, owner.name


def owner_text(owners: Sequence[OwnerFact]) -> str:
    """Name the owners as lists do, the largest share first, with shares if they are several."""
    names = [f"{owner.name} {percent(owner.share_bp)}%" for owner in sorted(owners, key=_by_share)]
    return (owners[0].name if len(owners) == 1 else "；".join(names))[:200]


_SOURCES = {source: place for place, source in enumerate(FundingSource)}


def funding_text(lines: Iterable[FundingFact]) -> str:
    """Name the sources as lists do, the largest line first."""
    largest = sorted(lines, key=lambda line: (-line.amount_fen, _SOURCES[line.source]))
    return "、".join(dict.fromkeys(line.source.label for line in largest))[:200]


_TERMS = (
    "investee", "investee_code", "share_bp", "principal_fen", "rate_bp", "return_kind", "starts_on", "ends_on",
    "exit_terms",
)  # fmt: skip


def set_interest(asset: Asset, facts: Registration) -> None:
    """Write in whom an equity or debt asset is invested and on which terms; other assets have none."""
    if asset.subtype_row.nature not in INTERESTS:
        return
    row = db.session.get(Interest, asset.id)
    if row is None:
        row = Interest(asset_id=asset.id, region_code=asset.region_code)
        db.session.add(row)
    for name in _TERMS:
        setattr(row, name, getattr(facts.interest, name))
