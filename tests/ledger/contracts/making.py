"""Contracts for tests: a storehouse let to a company, agreed to by the right people, signed."""

from dataclasses import replace
from datetime import date

from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.services import Decision, decide
from registry.approvals.requests.states import Verdict
from registry.assets.register.cards.models import Asset
from registry.assets.register.categories import OperatingMode
from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now
from registry.database import db, transaction
from registry.evidence.services import take_in
from registry.kinds import OwnerKind
from registry.ledger.operation.contracts.deciding import (
    find_contract_request,
    follow_contract_request,
    submit_contract,
)
from registry.ledger.operation.contracts.kinds import AwardWay, ContractStatus, OfficerKind
from registry.ledger.operation.contracts.models import Contract, ContractAsset
from registry.ledger.operation.contracts.services import draft_contract
from registry.ledger.operation.contracts.signing import sign_contract
from registry.ledger.operation.contracts.terms import Clauses, Officer, OperatorFacts, Rent, Terms
from registry.ledger.operation.kinds import Frequency, RentKind
from registry.permissions import Actor
from registry.policy.queries import policy_for
from registry.policy.rules import Policy
from tests.approvals.requests.walking import bring_step
from tests.assets.title.making import PEOPLE, asset_of, picture
from tests.factories import TODAY, VILLAGE, person

#: A year's rent that lies above what the storehouse of tests loses in value.
RENT = Rent(RentKind.FIXED, 1_200_000, Frequency.QUARTERLY, deposit_fen=300_000)
COMPANY = OperatorFacts(OwnerKind.ENTERPRISE, "石柱县山蜜冷链有限公司", "91110000600037341L")
TERMS = Terms(
    name="冷库出租", mode=OperatingMode.LEASE, starts_on=date(2026, 12, 1), ends_on=date(2029, 11, 30), rent=RENT,
    award=AwardWay.TENDER, award_note="2026年11月2日在乡公共资源交易站公开竞租，三家报名，价高者得。", operator=COMPANY,
    appraised_fen=1_000_000,
    clauses=Clauses(plan="冷链仓储，三年内出租率九成。", default_terms="逾期三十日可以解除。", late_terms="日万分之五"),
    officers=(Officer("马山蜜", OfficerKind.OFFICER, "法人"), Officer("马小蜜", OfficerKind.KIN, kin_of="马山蜜")),
)  # fmt: skip


def policy(region_code: str = VILLAGE) -> Policy:
    """What is required today."""
    return policy_for(region_code, TODAY)


def terms(**changes: object) -> Terms:
    """The lease of tests, changed."""
    return replace(TERMS, **changes)  # type: ignore[arg-type]


def rent(**changes: object) -> Rent:
    """The rent of tests, changed."""
    return replace(RENT, **changes)  # type: ignore[arg-type]


def drafted(*numbers: str, said: Terms = TERMS, by: str = "village_clerk", region: str = VILLAGE) -> int:
    """Draft a contract about assets; its id."""
    with transaction(region):
        assets = [asset_of(number) for number in numbers]
        return draft_contract(region, said, assets, by=person(by), on=TODAY, policy=policy(region)).id


def contract_of(contract_id: int) -> Contract:
    """Read a contract anew."""
    return db.session.get_one(Contract, contract_id)


def submitted(contract_id: int, by: str = "village_clerk") -> ApprovalRequest:
    """Submit a contract; its request."""
    with transaction(VILLAGE):
        submit_contract(contract_of(contract_id), by=person(by), on=TODAY, policy=policy())
    return request_of(contract_id)


def request_of(contract_id: int) -> ApprovalRequest:
    """Return the newest request of a contract."""
    request = find_contract_request(contract_of(contract_id))
    assert request is not None
    return request


def say(contract_id: int, verdict: Verdict, username: str, opinion: str = "同意", defect: str = "") -> None:
    """Let a person decide at the desk the contract has reached."""
    request = request_of(contract_id)
    said = Decision(verdict, opinion, request.content_digest, request.version_id, defect)
    with transaction(VILLAGE):
        request = request_of(contract_id)
        decide(request, said, by=person(username), on=TODAY, policy=policy())
        follow_contract_request(request, by=person(username), on=TODAY, policy=policy())


def bring(contract_id: int) -> None:
    """Take a meeting's or a notice's step as done, as their own features do once their question is answered."""
    with transaction(VILLAGE):
        request = request_of(contract_id)
        bring_step(request)
        record(Action.REQUEST_RESUBMITTED, request, by=person("village_clerk"))
        follow_contract_request(request, by=person("village_clerk"), on=TODAY, policy=policy())


def agreed(contract_id: int) -> Contract:
    """Lead a submitted contract over all its desks."""
    while contract_of(contract_id).state is ContractStatus.DECIDING:
        request = request_of(contract_id)
        if request.step_kind in {"MEETING", "NOTICE"}:
            bring(contract_id)
        else:
            say(contract_id, Verdict.AGREE, PEOPLE[request.desk_role])
    return contract_of(contract_id)


def signed(contract_id: int, on: date = TODAY, by: str = "village_clerk") -> Contract:
    """Enter the signed paper."""
    paper = [take_in(picture(), "合同.png")]
    with transaction(VILLAGE):
        contract = contract_of(contract_id)
        sign_contract(contract, on, "乡合〔2026〕7号", paper, by=person(by), on=TODAY, policy=policy())
    return contract_of(contract_id)


def running(*numbers: str, said: Terms = TERMS) -> Contract:
    """A contract drafted, decided and signed."""
    contract_id = drafted(*numbers, said=said)
    submitted(contract_id)
    agreed(contract_id)
    return contract_of(contract_id) if said.is_own else signed(contract_id)


def bare_contract(asset: Asset, by: Actor) -> Contract:
    """A bare draft in the asset's unit, in whatever state the asset is."""
    contract = Contract(
        region_code=asset.region_code, number=f"HT{asset.region_code}-2026-0001", name="冷库出租",
        sector=asset.sector, mode=OperatingMode.SELF_RUN.value, status=ContractStatus.DRAFT.value,
        operator_name="村集体", starts_on=TODAY, ends_on=TODAY, rent_kind=RentKind.SHARE.value,
        frequency=Frequency.YEARLY.value, award=AwardWay.NONE.value, entered_by_id=by.id, entered_by_text=by.name,
        entered_at=now(), assets=[ContractAsset(region_code=asset.region_code, asset_id=asset.id, weight=1)],
    )  # fmt: skip
    db.session.add(contract)
    db.session.flush()
    record(Action.CONTRACT_DRAFTED, contract, by=by)
    return contract
