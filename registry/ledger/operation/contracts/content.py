"""A contract as it is decided on: exactly the words and figures that decisions bind, and the terms read back."""

from registry.assets.register.cards.models import Asset
from registry.audit.canonical import JsonValue
from registry.ledger.operation.contracts.kinds import AwardWay, OfficerKind, ShareBasis
from registry.ledger.operation.contracts.models import Contract
from registry.ledger.operation.contracts.terms import Clauses, Legacy, Officer, OperatorFacts, Rent, Terms

_SAID = (
    "number", "name", "mode", "operator_name", "is_member", "is_written", "rent_kind", "yearly_fen", "frequency",
    "in_advance", "by_calendar", "days_to_pay", "prepaid_months", "rise_bp", "rise_years", "share_bp", "share_basis",
    "deposit_fen", "principal_fen", "appraised_fen", "floor_reason", "award", "award_note", "plan", "duties",
    "risk_control", "default_terms", "exit_terms", "late_terms", "link",
)  # fmt: skip


def content_of(contract: Contract, assets: list[Asset]) -> JsonValue:
    """Return exactly what a request decides on."""
    said: dict[str, JsonValue] = {name: getattr(contract, name) for name in _SAID}
    days: dict[str, JsonValue] = {
        name: day.isoformat() if (day := getattr(contract, name)) else None
        for name in ("starts_on", "ends_on", "principal_due_on")
    }
    listed: dict[str, JsonValue] = {
        "assets": [{"asset_no": one.asset_no, "name": one.name} for one in assets],
        "shares": [{"owner": one.party.name, "share_bp": one.share_bp} for one in contract.shares],
        "officers": [{"name": one.name, "capacity": one.capacity, "kin_of": one.kin_of} for one in contract.officers],
    }
    return {**said, **days, **listed}


def rent_of(contract: Contract) -> Rent:
    """Return what a contract pays and when."""
    return Rent(
        contract.rent, contract.yearly_fen, contract.pays, contract.in_advance, contract.by_calendar,
        contract.days_to_pay, contract.prepaid_months, contract.rise_bp, contract.rise_years, contract.share_bp,
        ShareBasis(contract.share_basis) if contract.share_basis else None, contract.deposit_fen,
        contract.principal_fen, contract.principal_due_on,
    )  # fmt: skip


def terms_of(contract: Contract) -> Terms:
    """Return a contract as it was drafted."""
    facts = _operator(contract)
    return Terms(
        name=contract.name, mode=contract.way, starts_on=contract.starts_on, ends_on=contract.ends_on,
        rent=rent_of(contract), award=AwardWay(contract.award), operator=facts,
        responsible="" if facts else contract.operator_name, paper_number=contract.paper_number,
        is_written=contract.is_written, award_note=contract.award_note, appraised_fen=contract.appraised_fen,
        floor_reason=contract.floor_reason,
        clauses=Clauses(**{name: getattr(contract, name) for name in Clauses.__dataclass_fields__}),
        officers=tuple(
            Officer(one.name, OfficerKind(one.capacity), one.post, one.kin_of) for one in contract.officers
        ),
        shares=tuple((one.party_id, one.share_bp) for one in contract.shares), legacy=_legacy(contract),
    )  # fmt: skip


def _operator(contract: Contract) -> OperatorFacts | None:
    party = contract.operator
    if party is None:
        return None
    return OperatorFacts(party.owner_kind, contract.operator_name, party.credit_code, contract.is_member)


def _legacy(contract: Contract) -> Legacy | None:
    if not contract.is_legacy or contract.signed_on is None or contract.planned_from is None:
        return None
    return Legacy(contract.signed_on, contract.planned_from, contract.arrears_fen)
