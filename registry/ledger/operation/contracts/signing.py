"""From agreement to running: the signed paper, what becomes due, what the cards say."""

from datetime import date, timedelta

from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.queries import find_request
from registry.approvals.requests.services import digest_of, mark_executed, signature
from registry.approvals.requests.states import RequestStatus
from registry.assets.register.categories import OperatingMode, UseStatus
from registry.assets.register.rights.operating import Operation, set_operation
from registry.audit.actions import Action
from registry.audit.canonical import encode
from registry.audit.services import record, thing_of
from registry.database import db
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, KeptFile, attach
from registry.ledger.operation.contracts.content import content_of, rent_of, terms_of
from registry.ledger.operation.contracts.kinds import LEASED, OWN, ContractStatus, LinkKind
from registry.ledger.operation.contracts.models import Contract
from registry.ledger.operation.contracts.queries import holders_of, list_assets_of
from registry.ledger.operation.contracts.refusals import ContentChanged, NotLegacy, OwnEntry, PaperMissing
from registry.ledger.operation.contracts.rules import check_signing
from registry.ledger.operation.contracts.services import assets_of
from registry.ledger.operation.contracts.terms import Owed, arrears_due, dues_of, from_day
from registry.ledger.operation.dues.queries import list_dues_of
from registry.ledger.operation.dues.rules import HeldAsset
from registry.ledger.operation.dues.services import Debt, add_dues, void_dues
from registry.ledger.operation.kinds import DueKind, RentKind
from registry.permissions import Actor
from registry.policy.rules import Policy
from registry.text import N_


def mark_agreed(contract: Contract, request: ApprovalRequest, *, by: Actor, on: date, policy: Policy) -> None:
    """Note that everybody agreed; own running begins at once. What was decided on must be what stands here."""
    if contract.state is not ContractStatus.DECIDING:
        return
    if digest_of(encode(content_of(contract, assets_of(contract)))) != request.content_digest:
        raise ContentChanged
    contract.status, contract.agreed_on = ContractStatus.AGREED.value, on
    record(Action.CONTRACT_AGREED, contract, by=by, content=request.content_digest)
    if contract.way in OWN:
        contract.signed_on = on
        _run(contract, by=by, on=on)
        record(Action.CONTRACT_SIGNED, contract, by=by)
        mark_executed(request, by=by, on=on, policy=policy)


def sign_contract(
    contract: Contract,
    signed_on: date,
    paper_number: str,
    files: list[KeptFile],
    *,
    by: Actor,
    on: date,
    policy: Policy,
) -> None:
    """Enter the signed paper: the contract runs, its dues are made, the cards follow.

    Raises NotAgreed, SignedBeforeDecided, PaperMissing.
    """
    check_signing(contract.state, contract.agreed_on, signed_on, on)
    if not files:
        raise PaperMissing(field="file")
    contract.signed_on, contract.paper_number = signed_on, paper_number.strip() or contract.paper_number
    _run(contract, by=by, on=on)
    record(Action.CONTRACT_SIGNED, contract, by=by)
    attach(files, Caption(EvidenceKind.CONTRACT, contract.name, signed_on), to=thing_of(contract), by=by)
    request = find_request(Contract.__tablename__, str(contract.id))
    if request is not None and request.state is RequestStatus.APPROVED:
        mark_executed(request, by=by, on=on, policy=policy)


def confirm_legacy(contract: Contract, *, by: Actor, on: date) -> None:
    """Let a contract of the past count, as a second person. Raises NotLegacy, OwnEntry."""
    if not contract.is_legacy or contract.state is not ContractStatus.DECIDING:
        raise NotLegacy
    if by.id is None or by.id == contract.entered_by_id:
        raise OwnEntry
    _run(contract, by=by, on=on)
    record(Action.CONTRACT_CONFIRMED, contract, by=by)


def refuse_legacy(contract: Contract, reason: str, *, by: Actor) -> None:
    """Give a contract of the past back to whoever entered it. Raises NotLegacy, OwnEntry."""
    if not contract.is_legacy or contract.state is not ContractStatus.DECIDING:
        raise NotLegacy
    if by.id is None or by.id == contract.entered_by_id:
        raise OwnEntry
    contract.status = ContractStatus.DRAFT.value
    record(Action.CONTRACT_FOLLOWED, contract, by=by, reason=reason.strip())


def _run(contract: Contract, *, by: Actor, on: date) -> None:
    contract.status = ContractStatus.RUNNING.value
    contract.signed_by_id, contract.signed_by_text = by.id, signature(by)
    _succeed(contract, by=by, on=on)
    _make_dues(contract)
    show_on_cards(contract)


def _succeed(contract: Contract, *, by: Actor, on: date) -> None:
    """Let the contract that this one follows end the day before; what it would have owed from then on falls."""
    previous = db.session.get(Contract, contract.previous_id) if contract.previous_id else None
    if previous is None or previous.state is not ContractStatus.RUNNING:
        return
    last = min(contract.starts_on - timedelta(days=1), previous.ends_on)
    amended = contract.link == LinkKind.AMENDMENT
    previous.status = (ContractStatus.TERMINATED if amended else ContractStatus.ENDED).value
    previous.ended_on = max(last, previous.starts_on)
    previous.end_reason = N_("由合同 %(number)s 接替") % {"number": contract.number}
    later = [
        due for due in list_dues_of(contract_id=previous.id)
        if due.period_from > last and due.about not in {DueKind.DEPOSIT, DueKind.PRINCIPAL}
    ]  # fmt: skip
    void_dues(later, previous.end_reason, by=by, on=on)
    for item in previous.assets:
        item.ended_on = contract.starts_on


def debt_of(contract: Contract) -> Debt:
    """Return whose the dues of a contract are, and how every amount of it is split."""
    items = list_assets_of(contract)
    holders = holders_of([asset.id for _item, asset in items], contract.starts_on)
    today = holders_of([asset.id for _item, asset in items], contract.signed_on or contract.starts_on)
    return Debt(
        contract.region_code, contract.sector, contract.operator_name,
        {one.party_id: one.share_bp for one in contract.shares},
        {one.party_id: one.region_code for one in contract.shares},
        [HeldAsset(asset.id, item.weight, holders[asset.id] or today[asset.id]) for item, asset in items],
        contract_id=contract.id, debtor_id=contract.operator_id,
    )  # fmt: skip


def _make_dues(contract: Contract) -> None:
    if contract.way in OWN:
        return
    debt = debt_of(contract)
    for owed in planned_of(contract):
        add_dues(debt, owed.kind, owed.planned)
    if contract.arrears_fen and contract.planned_from:
        kind = DueKind.RENT if contract.rent is RentKind.FIXED else DueKind.GUARANTEED_RETURN
        owing = arrears_due(contract.starts_on, contract.planned_from, contract.arrears_fen)
        add_dues(debt, kind, [owing], note=N_("历史补录的欠款"))


def planned_of(contract: Contract) -> tuple[Owed, ...]:
    """Return what becomes due under a contract; of one of the past, from the day it is planned here."""
    owed = dues_of(rent_of(contract), contract.starts_on, contract.ends_on)
    return from_day(owed, contract.planned_from) if contract.planned_from else owed


def show_on_cards(contract: Contract) -> None:
    """Let the cards say who runs the assets, how, and that they are used."""
    terms, basis = terms_of(contract), contract.number
    use = UseStatus.LEASED if terms.mode in LEASED else UseStatus.IN_USE
    operator = "" if terms.is_own else contract.operator_name
    operation = Operation(terms.mode, use, basis, operator)
    start = max(contract.starts_on, contract.signed_on or contract.starts_on)
    for asset in assets_of(contract):
        set_operation(asset, operation, on=start)


def clear_cards(contract: Contract, use: UseStatus, *, on: date) -> None:
    """Let the cards say that nobody runs the assets any more, and how they are used from then on."""
    for item, asset in list_assets_of(contract):
        if item.ended_on is None:
            item.ended_on = on
            set_operation(asset, Operation(OperatingMode.NONE, use, contract.number), on=on)
