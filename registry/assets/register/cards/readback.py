"""A stored card as the registration it stands for, so that it can be compared, mended and exported."""

from registry.assets.register.cards.models import Asset, AssetOwner
from registry.assets.register.cards.parts import PLAIN, RelationKind, current_owners, funding_of
from registry.assets.register.cards.queries import find_interest, list_relations
from registry.assets.register.registration import DepreciationMethod, InterestFacts, OwnerFact, Registration
from registry.kinds import Category, OwnerKind


def registration_of(asset: Asset) -> Registration:
    """Return everything a card says today; identity numbers stay sealed and are left out."""
    relations = {RelationKind(row.kind): row.name for row in list_relations(asset.id) if row.valid_to is None}
    plain = {name: getattr(asset, name) for name in PLAIN}
    return Registration(
        region_code=asset.region_code,
        category=Category(asset.category),
        original_value_fen=asset.original_value_fen,
        acquired=asset.acquired,
        owners=tuple(_owner(row) for row in current_owners(asset.id)),
        funding=funding_of(asset.id),
        project_year=asset.project_year,
        service_months=asset.service_months,
        depreciation=DepreciationMethod(asset.depreciation_method),
        custodian=relations.get(RelationKind.CUSTODIAN, ""),
        operator=relations.get(RelationKind.OPERATOR, ""),
        supervisor=relations.get(RelationKind.SUPERVISOR, ""),
        sector=asset.sector,
        interest=_interest(asset.id),
        **plain,
    )


def _owner(row: AssetOwner) -> OwnerFact:
    party = row.party
    return OwnerFact(OwnerKind(party.kind), party.name, row.share_bp, party.region_code, party.credit_code)


def _interest(asset_id: int) -> InterestFacts:
    row = find_interest(asset_id)
    if row is None:
        return InterestFacts()
    return InterestFacts(
        row.investee, row.investee_code, row.share_bp, row.principal_fen, row.rate_bp,
        row.return_kind, row.starts_on, row.ends_on, row.exit_terms,
    )  # fmt: skip
