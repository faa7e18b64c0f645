"""Asking for a contract to be agreed to, and following what is decided: decision comes before signing."""

from datetime import date

from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.queries import find_request
from registry.approvals.requests.rules import Capacity, InterestedPerson
from registry.approvals.requests.services import Application, resubmit_request, submit_request, withdraw_request
from registry.approvals.requests.states import RequestStatus
from registry.assets.register.cards.models import Asset
from registry.audit.actions import Action
from registry.audit.services import record, thing_of
from registry.database import db
from registry.errors import Missing
from registry.kinds import OwnerKind, Subject
from registry.ledger.operation.contracts.content import content_of, terms_of
from registry.ledger.operation.contracts.kinds import ContractStatus
from registry.ledger.operation.contracts.models import Contract
from registry.ledger.operation.contracts.rules import check_draft, check_terms
from registry.ledger.operation.contracts.services import assets_of, handled
from registry.ledger.operation.contracts.signing import mark_agreed
from registry.ledger.operation.contracts.terms import price_of, rhythm_of
from registry.ledger.operation.dues.plan import total_fen
from registry.permissions import Actor
from registry.policy.procedures import Circumstances
from registry.policy.rules import Policy
from registry.text import N_

TABLE = Contract.__tablename__
FIRST = "FIRST"


def submit_contract(contract: Contract, *, by: Actor, on: date, policy: Policy) -> ApprovalRequest | None:
    """Ask for a contract to be agreed to; one of the past goes to its second person instead, without a request.

    Raises NotDraft, and what check_terms raises: the assets may have changed since the draft was written.
    """
    check_draft(contract.state)
    assets = assets_of(contract)
    check_terms(terms_of(contract), handled(assets, on), policy=policy)
    contract.status = ContractStatus.DECIDING.value
    record(Action.CONTRACT_SUBMITTED, contract, by=by)
    if contract.is_legacy:
        return None
    application, earlier = _application(contract, assets), find_contract_request(contract)
    if earlier is not None and earlier.state is RequestStatus.SENT_BACK:
        resubmit_request(earlier, application, by=by, on=on, policy=policy)
        return earlier
    return submit_request(application, by=by, on=on, policy=policy)


def withdraw_contract(contract: Contract, reason: str, *, by: Actor, on: date, policy: Policy) -> None:
    """Take a contract back before it is agreed to; it is a draft again. Raises Missing, NotYours."""
    request = find_contract_request(contract)
    if request is None:
        raise Missing
    withdraw_request(request, reason, by=by, on=on, policy=policy)
    follow_contract_request(request, by=by, on=on, policy=policy)


def _application(contract: Contract, assets: list[Asset]) -> Application:
    units = sorted({one.region_code for one in contract.shares} - {contract.region_code})
    owner = max(contract.shares, key=lambda one: (one.share_bp, -one.party_id)).party
    return Application(
        Circumstances(Subject.OPERATION, contract.link or FIRST, owner_kind=OwnerKind(owner.kind)),
        contract.region_code, thing_of(contract), N_("经营合同：%(name)s") % {"name": contract.name},
        content_of(contract, assets), (contract.region_code, *units), interested=_interested(contract),
        amount_fen=whole_fen(contract) or None,
    )  # fmt: skip


def whole_fen(contract: Contract) -> int:
    """Return what the fixed money of a whole term comes to."""
    rent = terms_of(contract).rent
    return total_fen(rhythm_of(rent, contract.starts_on, contract.ends_on), price_of(rent))


def _interested(contract: Contract) -> tuple[InterestedPerson, ...]:
    """Return who is barred from deciding: the operator, its officers and kin, who answers for own running."""
    people = [InterestedPerson(contract.operator_name, Capacity.OPERATOR)]
    people += [InterestedPerson(one.name, Capacity(one.capacity)) for one in contract.officers]
    return tuple(dict.fromkeys(people))


def follow_contract_request(request: ApprovalRequest, /, *, by: Actor, on: date, policy: Policy) -> None:
    """Bring a contract in line with its request; own running begins at once, everything else waits for its paper."""
    contract = contract_of_request(request)
    if request.state is RequestStatus.APPROVED:
        mark_agreed(contract, request, by=by, on=on, policy=policy)
        return
    wanted = _FOLLOWS.get(request.state)
    if wanted is None or contract.state is wanted or contract.state not in _OPEN:
        return
    contract.status, contract.agreed_on = wanted.value, None
    contract.end_reason = request.end_reason if wanted is ContractStatus.VOID else ""
    record(Action.CONTRACT_FOLLOWED, contract, by=by, reason=request.end_reason)


#: Until it is signed a contract follows its request, back as well as forth.
_OPEN = frozenset({ContractStatus.DECIDING, ContractStatus.AGREED, ContractStatus.DRAFT})
_FOLLOWS = {
    RequestStatus.SENT_BACK: ContractStatus.DRAFT,
    RequestStatus.WITHDRAWN: ContractStatus.DRAFT,
    RequestStatus.REJECTED: ContractStatus.VOID,
}


def contract_of_request(request: ApprovalRequest) -> Contract:
    """Return the contract that a request is about, whoever asks: who sees the request sees its contract."""
    return db.session.get_one(Contract, int(request.case_id))


def find_contract_request(contract: Contract) -> ApprovalRequest | None:
    """Return the newest request of a contract."""
    return find_request(TABLE, str(contract.id))
