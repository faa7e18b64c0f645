"""Drafting a contract: written, reworded, voided. Deciding and signing are deeds of their own."""

from collections.abc import Sequence
from datetime import date

from registry.approvals.requests.services import signature
from registry.assets.register.cards.models import Asset
from registry.assets.register.registration import Stage
from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.errors import Invalid, refuse_all
from registry.ledger.operation.contracts.kinds import ContractStatus, LinkKind
from registry.ledger.operation.contracts.models import Contract, ContractAsset, ContractShare, OperatorOfficer
from registry.ledger.operation.contracts.queries import find_successor, holders_of, list_assets_of, next_number
from registry.ledger.operation.contracts.refusals import AlreadyFollowed, ReasonMissing
from registry.ledger.operation.contracts.rules import (
    WHOLE_BP,
    broken_past,
    broken_shares,
    broken_terms,
    check_draft,
    check_running,
)
from registry.ledger.operation.contracts.terms import Clauses, HandledAsset, Officer, Rent, Terms, default_shares
from registry.money import allocate
from registry.parties.models import Party
from registry.parties.rules import PartyFacts
from registry.parties.services import ensure_party
from registry.permissions import Actor
from registry.policy.calendar import add_months
from registry.policy.rules import Policy

_YEAR = 12


def handled(assets: Sequence[Asset], on: date) -> tuple[HandledAsset, ...]:
    """Return what the rules know of assets: who holds them on a day, what they weigh and lose in a year."""
    holders = holders_of([asset.id for asset in assets], on)
    return tuple(
        HandledAsset(
            asset.id, asset.name, asset.region_code, asset.kind, asset.state is Stage.CONFIRMED,
            max(asset.original_value_fen, 1), _yearly_loss_fen(asset, on), holders[asset.id],
        )
        for asset in assets
    )  # fmt: skip


def _yearly_loss_fen(asset: Asset, on: date) -> int:
    return asset.net_value_fen(on) - asset.net_value_fen(add_months(on, _YEAR))


def draft_contract(
    region_code: str, terms: Terms, assets: Sequence[Asset], *, by: Actor, on: date, policy: Policy
) -> Contract:
    """Write the draft of a contract about assets. Raises all that broken_rules() names, at once."""
    contract = Contract(
        region_code=region_code, number=next_number(region_code, on.year), status=ContractStatus.DRAFT.value,
        entered_by_id=by.id, entered_by_text=signature(by), entered_at=now(),
    )  # fmt: skip
    _write(contract, terms, assets, on=on, policy=policy)
    db.session.add(contract)
    db.session.flush()
    record(Action.CONTRACT_DRAFTED, contract, by=by, reason=terms.award_note.strip())
    return contract


def follow_contract(
    previous: Contract, link: LinkKind, terms: Terms, assets: Sequence[Asset], *, by: Actor, on: date, policy: Policy
) -> Contract:
    """Draft what renews or amends a running contract. Raises NotRunning, AlreadyFollowed, and as draft_contract."""
    check_running(previous.state)
    other = find_successor(previous.id)
    if other is not None:
        raise AlreadyFollowed(number=other.number)
    contract = draft_contract(previous.region_code, terms, assets, by=by, on=on, policy=policy)
    contract.previous_id, contract.link = previous.id, link.value
    record(Action.CONTRACT_LINKED, contract, by=by, reason=link.label)
    return contract


def reword_draft(
    contract: Contract, terms: Terms, assets: Sequence[Asset], *, by: Actor, on: date, policy: Policy
) -> None:
    """Write a draft anew. Raises NotDraft, and as draft_contract."""
    check_draft(contract.state)
    _write(contract, terms, assets, on=on, policy=policy)
    db.session.flush()
    record(Action.CONTRACT_REWORDED, contract, by=by)


def void_contract(contract: Contract, reason: str, *, by: Actor) -> None:
    """Give up a contract that nobody has signed. Raises NotDraft, ReasonMissing."""
    if contract.state is not ContractStatus.AGREED:
        check_draft(contract.state)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    contract.status, contract.end_reason = ContractStatus.VOID.value, reason.strip()
    record(Action.CONTRACT_VOIDED, contract, by=by, reason=reason.strip())


def _write(contract: Contract, terms: Terms, assets: Sequence[Asset], *, on: date, policy: Policy) -> None:
    known = handled(assets, on)
    refuse_all(broken_rules(terms, known, on=on, policy=policy))
    _write_terms(contract, terms)
    _write_operator(contract, terms)
    contract.sector = max(assets, key=lambda one: (one.original_value_fen, -one.id)).sector
    _write_assets(contract, known)
    _write_shares(contract, terms, known)


def broken_rules(terms: Terms, assets: tuple[HandledAsset, ...], *, on: date, policy: Policy) -> list[Invalid]:
    """Return every rule that the draft of a contract about these assets breaks."""
    broken = [*broken_terms(terms, assets, policy=policy), *broken_past(terms, on)]
    return [*broken, *(broken_shares(_shares(terms, assets), assets) if assets else ())]


def _shares(terms: Terms, assets: tuple[HandledAsset, ...]) -> dict[int, int]:
    return dict(terms.shares) or shares_by_holding(assets)


def _write_terms(contract: Contract, terms: Terms) -> None:
    rent = terms.rent
    contract.name, contract.mode, contract.paper_number = terms.name.strip(), terms.mode.value, terms.paper_number
    contract.starts_on, contract.ends_on, contract.is_written = terms.starts_on, terms.ends_on, terms.is_written
    contract.rent_kind, contract.frequency = rent.kind.value, rent.frequency.value
    contract.share_basis = rent.share_basis.value if rent.share_basis else ""
    for name in _PLAIN_RENT:
        setattr(contract, name, getattr(rent, name))
    for name in Clauses.__dataclass_fields__:
        setattr(contract, name, getattr(terms.clauses, name).strip())
    contract.appraised_fen, contract.floor_reason = terms.appraised_fen, terms.floor_reason.strip()
    contract.award, contract.award_note = terms.award.value, terms.award_note.strip()
    legacy = terms.legacy
    contract.is_legacy = legacy is not None
    contract.planned_from = legacy.planned_from if legacy else None
    contract.arrears_fen, contract.signed_on = (legacy.arrears_fen, legacy.signed_on) if legacy else (0, None)


_PLAIN_RENT = tuple(set(Rent.__dataclass_fields__) - {"kind", "frequency", "share_basis"})


def _write_operator(contract: Contract, terms: Terms) -> None:
    operator = terms.operator
    contract.operator_name = terms.responsible.strip() if terms.is_own or operator is None else operator.name.strip()
    contract.is_member = bool(operator and operator.is_member)
    contract.operator_id = None
    if operator is not None and not terms.is_own:
        facts = PartyFacts(operator.kind, operator.name, contract.region_code, operator.credit_code)
        contract.operator_id = ensure_party(facts).id
    held = {(one.name, one.capacity): one for one in contract.officers}
    contract.officers[:] = [
        held.get((one.name.strip(), one.kind.value)) or _officer(contract.region_code, one) for one in terms.officers
    ]


def _officer(region_code: str, one: Officer) -> OperatorOfficer:
    return OperatorOfficer(
        region_code=region_code, name=one.name.strip(), capacity=one.kind.value, post=one.post.strip(),
        kin_of=one.kin_of.strip(),
    )  # fmt: skip


def _write_assets(contract: Contract, assets: tuple[HandledAsset, ...]) -> None:
    held = {one.asset_id: one for one in contract.assets}
    contract.assets[:] = [
        held.get(one.id) or ContractAsset(region_code=one.region_code, asset_id=one.id, weight=one.weight)
        for one in assets
    ]


def _write_shares(contract: Contract, terms: Terms, assets: tuple[HandledAsset, ...]) -> None:
    shares = _shares(terms, assets)
    units = {party.id: party.region_code for party in parties_of(shares)}
    held = {one.party_id: one for one in contract.shares}
    contract.shares[:] = [
        held.get(party_id) or ContractShare(region_code=units[party_id], party_id=party_id, share_bp=share_bp)
        for party_id, share_bp in shares.items()
    ]
    for one in contract.shares:
        one.share_bp = shares[one.party_id]


def shares_by_holding(assets: tuple[HandledAsset, ...]) -> dict[int, int]:
    """Return the owners' shares by what they hold, as basis points that are the whole; who rounds to none is out."""
    weights = default_shares(assets)
    parts = allocate(WHOLE_BP, [*weights.values()]) if weights else []
    return {party_id: part for party_id, part in zip(weights, parts, strict=True) if part}


def parties_of(party_ids: Sequence[int] | dict[int, int]) -> list[Party]:
    """Return holders by id, in the order of their ids."""
    return [db.session.get_one(Party, party_id) for party_id in sorted(party_ids)]


def assets_of(contract: Contract) -> list[Asset]:
    """Return the assets of a contract in the order of its list."""
    return [asset for _item, asset in list_assets_of(contract)]
