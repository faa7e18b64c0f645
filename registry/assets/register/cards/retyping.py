"""A stored card as it would have been typed, so that one form enters, mends and corrects."""

from collections.abc import Callable

from registry.assets.register.cards.drafts import Typed
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.parts import RelationKind, current_owners, funding_of
from registry.assets.register.cards.queries import find_interest, list_relations
from registry.assets.register.cards.typed import write_coordinate, write_months, write_percent, write_quantity
from registry.assets.register.registration import FundingFact
from registry.money import plain_yuan

_TEXT = (
    "name", "short_name", "unit", "specification", "scale", "location_code", "location_detail", "gbt14885_code",
    "project_name", "project_number", "plan_document", "certificate_kind", "certificate_number", "archives", "remarks",
    "title_status", "sector", "use_status", "operating_mode", "industry_class", "accounting_system", "publicity",
)  # fmt: skip
_DATES = ("accepted_on", "in_use_on", "certificate_on")


def typed_from_asset(asset: Asset) -> Typed:
    """Return a card as it would have been typed, to be mended or compared."""
    relations = {RelationKind(row.kind): row.name for row in list_relations(asset.id) if row.valid_to is None}
    flat = {
        **_plain(asset),
        "subtype": asset.subtype,
        "region_code": asset.region_code,
        "original_value": plain_yuan(asset.original_value_fen),
        "acquired": asset.acquired.text(),
        "project_year": str(asset.project_year),
        "quantity": _maybe(asset.quantity_milli, write_quantity),
        "longitude": _maybe(asset.longitude_e6, write_coordinate),
        "latitude": _maybe(asset.latitude_e6, write_coordinate),
        "total_investment": _maybe(asset.total_investment_fen, plain_yuan),
        "service_years": write_months(asset.service_months),
        "depreciation": asset.depreciation_method,
        "custodian": relations.get(RelationKind.CUSTODIAN, ""),
        "operator": relations.get(RelationKind.OPERATOR, ""),
        "supervisor": relations.get(RelationKind.SUPERVISOR, ""),
        **_typed_funding(asset.id),
        **_typed_owners(asset.id),
        **_typed_interest(asset.id),
    }
    return {name: [value] for name, value in flat.items()}


def _plain(asset: Asset) -> dict[str, str]:
    dates = {name: getattr(asset, name) for name in _DATES}
    return {
        **{name: str(getattr(asset, name)) for name in _TEXT},
        **{name: day.isoformat() if day else "" for name, day in dates.items()},
    }


def _maybe(value: int | None, write: Callable[[int], str]) -> str:
    return "" if value is None else write(value)


def _typed_funding(asset_id: int) -> dict[str, str]:
    typed: dict[str, str] = {}
    for index, line in enumerate(funding_of(asset_id)):
        typed |= {f"funding-{index}-{name}": text for name, text in _funding_texts(line).items()}
    return typed


def _funding_texts(line: FundingFact) -> dict[str, str]:
    return {
        "source": line.source.value,
        "level": line.level.value,
        "year": str(line.year or ""),
        "document_no": line.document_no,
        "amount": plain_yuan(line.amount_fen),
    }


def _typed_owners(asset_id: int) -> dict[str, str]:
    """Return the owners as typed; identity numbers stay sealed, a household left as it is keeps its own."""
    typed: dict[str, str] = {}
    for index, row in enumerate(current_owners(asset_id)):
        texts = {
            "kind": row.party.kind,
            "name": row.party.name,
            "credit_code": row.party.credit_code,
            "share": write_percent(row.share_bp),
        }
        typed |= {f"owners-{index}-{name}": text for name, text in texts.items()}
    return typed


def _typed_interest(asset_id: int) -> dict[str, str]:
    row = find_interest(asset_id)
    if row is None:
        return {}
    return {
        "investee": row.investee,
        "principal": _maybe(row.principal_fen, plain_yuan),
        "holding": _maybe(row.share_bp, write_percent),
        "rate": _maybe(row.rate_bp, write_percent),
        "return_kind": row.return_kind,
        "starts_on": row.starts_on.isoformat() if row.starts_on else "",
        "ends_on": row.ends_on.isoformat() if row.ends_on else "",
        "exit_terms": row.exit_terms,
    }
