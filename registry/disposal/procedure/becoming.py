"""What comes into the register for what goes: the thing that was swapped for it, the shares it was put in for."""

from collections.abc import Sequence
from datetime import date

from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.parts import funding_of
from registry.assets.register.cards.readback import owner_of
from registry.assets.register.cards.services import register_asset
from registry.assets.register.categories import BY_CODE, ReturnKind
from registry.assets.register.registration import (
    FundingFact,
    InterestFacts,
    OwnerFact,
    PartialDate,
    Registration,
)
from registry.assets.register.rights.lineage import form_from, link_cards
from registry.assets.register.rights.rules import LineageKind
from registry.assets.register.rules import netted
from registry.disposal.cases.models import DisposalCase
from registry.disposal.procedure.execution import EquityTerms, Incoming
from registry.disposal.procedure.pieces import Piece
from registry.kinds import Category, OwnerKind
from registry.ledger.books.rules import KEEPS_BOOKS, Maker
from registry.ledger.operation.equity.kinds import ContributionKind
from registry.ledger.operation.equity.kinds import ReturnKind as DividendKind
from registry.ledger.operation.equity.models import Equity
from registry.ledger.operation.equity.rules import EquityFacts
from registry.ledger.operation.equity.services import contribute
from registry.money import allocate
from registry.permissions import Actor

_PAYS = {
    DividendKind.FIXED: ReturnKind.FIXED,
    DividendKind.GUARANTEED: ReturnKind.GUARANTEED,
    DividendKind.FLOATING: ReturnKind.PERFORMANCE,
}


def take_in(
    case: DisposalCase, pieces: Sequence[Piece], incoming: Incoming, worth_fen: int, *, by: Actor, day: date, on: date
) -> Asset:
    """Enter what came for a swap, owned like what went; another person confirms the card."""
    subtype = BY_CODE[incoming.subtype]
    facts = Registration(
        region_code=case.region_code, name=incoming.name.strip(), category=subtype.category, subtype=subtype.code,
        original_value_fen=worth_fen, acquired=PartialDate(day), owners=_owners(pieces),
        funding=_funding(pieces, worth_fen), project_name=pieces[0].asset.project_name, project_year=day.year,
        quantity_milli=incoming.quantity_milli, unit=incoming.unit.strip() or subtype.unit,
        specification=incoming.specification.strip(), location_code=case.region_code, accepted_on=day, in_use_on=day,
    )  # fmt: skip
    asset = register_asset(facts, by=by, on=on)
    for piece in pieces:
        link_cards(piece.asset, asset, LineageKind.SWAP, on=day)
        piece.line.new_asset_id = asset.id
    return asset


def _owners(pieces: Sequence[Piece]) -> tuple[OwnerFact, ...]:
    """Return who owns what comes in: whoever gave, in the shares in which they gave."""
    givers = pieces[0].givers
    shares = allocate(10_000, [row.share_bp for row in givers])
    facts = [(owner_of(row), bp) for row, bp in zip(givers, shares, strict=True)]
    return tuple(OwnerFact(one.kind, one.name, bp, one.region_code, one.credit_code) for one, bp in facts)


def _funding(pieces: Sequence[Piece], worth_fen: int) -> tuple[FundingFact, ...]:
    """Return the money of what comes in: of the same sources as what went, in proportion to the worth."""
    lines = netted(line for piece in pieces for line in funding_of(piece.asset.id))
    parts = allocate(worth_fen, [max(line.amount_fen, 0) for line in lines])
    return tuple(
        FundingFact(line.source, fen, line.level, line.year, line.document_no)
        for line, fen in zip(lines, parts, strict=True)
        if fen
    )


def become_shares(case: DisposalCase, pieces: Sequence[Piece], terms: EquityTerms, *, by: Actor, day: date) -> Asset:
    """Open the card of the shares that things were put in for, held by the same owners, confirmed."""
    interest = InterestFacts(
        investee=case.recipient_name, investee_code=case.recipient_code, share_bp=case.share_bp or None,
        principal_fen=case.agreed_fen, return_kind=_PAYS[terms.returns].value, starts_on=terms.starts_on,
        ends_on=terms.ends_on, exit_terms=case.exit_terms,
    )  # fmt: skip
    facts = Registration(
        region_code=case.region_code, name=f"{case.recipient_name}股权"[:100], category=Category.OPERATING,
        subtype="EQUITY", original_value_fen=case.agreed_fen, acquired=PartialDate(day), owners=_owners(pieces),
        funding=_funding(pieces, case.agreed_fen), project_name=pieces[0].asset.project_name, project_year=day.year,
        location_code=case.region_code, in_use_on=day, title_status="CONFIRMED", interest=interest,
    )  # fmt: skip
    card = form_from([piece.asset for piece in pieces], facts, LineageKind.CONTRIBUTION, by=by, on=day)
    for piece in pieces:
        piece.line.new_asset_id = card.id
    return card


def hold_shares(
    case: DisposalCase, pieces: Sequence[Piece], card: Asset, terms: EquityTerms, entered: Maker, *, by: Actor, on: date
) -> list[Equity]:
    """Let the equity of each public owner count from now on: capital and share by the owner's part of what went."""
    givers = pieces[0].givers
    weights = [row.share_bp for row in givers]
    capital, shares = allocate(case.agreed_fen, weights), allocate(case.share_bp, weights)
    yearly = allocate(terms.yearly_fen, weights)
    found = []
    for row, fen, bp, year in zip(givers, capital, shares, yearly, strict=True):
        if row.party.owner_kind in KEEPS_BOOKS and fen:
            facts = EquityFacts(
                holder_id=row.party_id, investee=case.recipient_name, investee_code=case.recipient_code,
                is_cooperative=case.recipient_kind == OwnerKind.COOPERATIVE,
                contribution=ContributionKind.IN_KIND, capital_fen=fen, returns=terms.returns,
                starts_on=terms.starts_on, ends_on=terms.ends_on, exit_terms=case.exit_terms, yearly_fen=year,
                share_bp=bp, principal_due_on=terms.principal_due_on,
            )  # fmt: skip
            found.append(contribute(facts, row.party, card, entered, by=by, on=on))
    return found
