"""A registration as it would have been typed, so that one form enters, mends and corrects. Pure."""

from collections.abc import Callable
from datetime import date

from registry.assets.register.cards.typed import write_coordinate, write_months, write_percent, write_quantity
from registry.assets.register.registration import InterestFacts, Registration
from registry.money import plain_yuan

_TEXT = (
    "name", "subtype", "region_code", "short_name", "unit", "specification", "scale", "location_code",
    "location_detail", "gbt14885_code", "project_name", "project_number", "plan_document", "certificate_kind",
    "certificate_number", "archives", "remarks", "title_status", "sector", "use_status", "operating_mode",
    "industry_class", "accounting_system", "publicity", "custodian", "operator", "supervisor",
)  # fmt: skip


def typed_from(facts: Registration) -> dict[str, list[str]]:
    """Return what a person would have typed to say this."""
    flat = {
        **{name: str(getattr(facts, name)) for name in _TEXT},
        "original_value": plain_yuan(facts.original_value_fen),
        "acquired": facts.acquired.text(),
        "project_year": str(facts.project_year or ""),
        "quantity": _maybe(facts.quantity_milli, write_quantity),
        "longitude": _maybe(facts.longitude_e6, write_coordinate),
        "latitude": _maybe(facts.latitude_e6, write_coordinate),
        "total_investment": _maybe(facts.total_investment_fen, plain_yuan),
        "service_years": _maybe(facts.service_months, write_months),
        "depreciation": facts.depreciation.value if facts.depreciation else "",
        "accepted_on": _day(facts.accepted_on),
        "in_use_on": _day(facts.in_use_on),
        "certificate_on": _day(facts.certificate_on),
        **_funding(facts),
        **_owners(facts),
        **_interest(facts.interest),
    }
    return {name: [value] for name, value in flat.items()}


def _maybe(value: int | None, write: Callable[[int], str]) -> str:
    return "" if value is None else write(value)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _funding(facts: Registration) -> dict[str, str]:
    typed: dict[str, str] = {}
    for index, line in enumerate(facts.funding):
        texts = {
            "source": line.source.value,
            "level": line.level.value,
            "year": str(line.year or ""),
            "document_no": line.document_no,
            "amount": plain_yuan(line.amount_fen),
        }
        typed |= {f"funding-{index}-{name}": text for name, text in texts.items()}
    return typed


def _owners(facts: Registration) -> dict[str, str]:
    typed: dict[str, str] = {}
    for index, owner in enumerate(facts.owners):
        texts = {
            "kind": owner.kind.value,
            "name": owner.name,
            "credit_code": owner.credit_code,
            "share": write_percent(owner.share_bp),
        }
        typed |= {f"owners-{index}-{name}": text for name, text in texts.items()}
    return typed


def _interest(terms: InterestFacts) -> dict[str, str]:
    return {
        "investee": terms.investee,
        "principal": _maybe(terms.principal_fen, plain_yuan),
        "holding": _maybe(terms.share_bp, write_percent),
        "rate": _maybe(terms.rate_bp, write_percent),
        "return_kind": terms.return_kind,
        "starts_on": _day(terms.starts_on),
        "ends_on": _day(terms.ends_on),
        "exit_terms": terms.exit_terms,
    }
