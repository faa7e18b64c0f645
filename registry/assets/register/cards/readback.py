"""A stored card as the registration it stands for, so that it can be compared, mended and exported."""

from collections.abc import Mapping

from registry.assets.register.cards.models import Asset, AssetOwner, Interest
from registry.assets.register.cards.parts import PLAIN, RelationKind, current_owners, funding_of
from registry.assets.register.cards.queries import find_interest, list_relations
from registry.assets.register.registration import (
    DepreciationMethod,
    FundingFact,
    InterestFacts,
    OwnerFact,
    Registration,
)
from registry.kinds import Category, OwnerKind


def registration_of(asset: Asset) -> Registration:
    """Return everything a card says today; identity numbers stay sealed and are left out."""
    relations = {RelationKind(row.kind): row.name for row in list_relations(asset.id) if row.valid_to is None}
    owners = tuple(owner_of(row) for row in current_owners(asset.id))
    return said_of(asset, owners, funding_of(asset.id), relations, find_interest(asset.id))


def said_of(
    asset: Asset,
    owners: tuple[OwnerFact, ...],
    funding: tuple[FundingFact, ...],
    relations: Mapping[RelationKind, str],
    interest: Interest | None,
) -> Registration:
    """Return what the columns of a card say, together with what was read of the tables beside it."""
    plain = {name: getattr(asset, name) for name in PLAIN}
    return Registration(
        region_code=asset.region_code,
        category=Category(asset.category),
        original_value_fen=asset.original_value_fen,
        acquired=asset.acquired,
        owners=owners,
        funding=funding,
        project_year=asset.project_year,
        service_months=asset.service_months,
        depreciation=DepreciationMethod(asset.depreciation_method),
        custodian=relations.get(RelationKind.CUSTODIAN, ""),
        operator=relations.get(RelationKind.OPERATOR, ""),
        supervisor=relations.get(RelationKind.SUPERVISOR, ""),
        sector=asset.sector,
        interest=_interest(interest),
        **plain,
    )


def owner_of(row: AssetOwner) -> OwnerFact:
    """Return an owner and its share as a card says them."""
    party = row.party
    return OwnerFact(OwnerKind(party.kind), party.name, row.share_bp, party.region_code, party.credit_code)


def _interest(row: Interest | None) -> InterestFacts:
    if row is None:
        return InterestFacts()
    return InterestFacts(
        row.investee, row.investee_code, row.share_bp, row.principal_fen, row.rate_bp,
        row.return_kind, row.starts_on, row.ends_on, row.exit_terms,
    )  # fmt: skip
