"""Who runs the assets of the demo county, by which contract, and how each was agreed to and signed."""

from typing import NamedTuple

from registry.assets.register.categories import OperatingMode
from registry.demo.places import CLERKS, UnitRow, credit_code_of, holders, units
from registry.demo.tables import labelled, split
from registry.demo.telling import Telling
from registry.kinds import OwnerKind
from registry.ledger.operation.contracts.deciding import submit_contract
from registry.ledger.operation.contracts.kinds import AwardWay, OfficerKind, ShareBasis
from registry.ledger.operation.contracts.services import draft_contract
from registry.ledger.operation.contracts.signing import confirm_legacy
from registry.ledger.operation.contracts.terms import Clauses, Legacy, Officer, OperatorFacts, Rent, Terms
from registry.ledger.operation.kinds import Frequency, RentKind
from registry.money import parse_fen

_PERCENT_BP = 100


class ContractRow(NamedTuple):
    """A contract, when it was drafted and submitted; one of the past also says who confirmed it."""

    key: str
    unit_name: str
    names: str
    name: str
    mode: str
    operator: str
    member: str
    starts_on: str
    ends_on: str
    rent: str
    yearly: str
    frequency: str
    deposit: str
    percent: str
    share_of: str
    appraised: str
    award: str
    award_note: str
    plan: str
    exit_terms: str
    default_terms: str
    risk_control: str
    officers: str
    responsible: str
    drafted_on: str
    submitted_on: str
    signed_on: str
    planned_from: str
    arrears: str
    confirmed_by: str

    @property
    def unit(self) -> UnitRow:
        return units()[self.unit_name]


def tell_contract(row: ContractRow, told: Telling) -> None:
    """Draft a contract and submit it; one of the past is confirmed by a second person, others go from desk to desk."""
    unit, on = row.unit, told.day(row.drafted_on)
    by, policy = told.staff.holding(CLERKS[unit.level], unit), told.policy(unit.code, on)
    assets = told.assets_of(unit, row.names)
    contract = draft_contract(unit.code, _terms(row, told), assets, by=by, on=on, policy=policy)
    told.contracts[row.key] = contract
    if row.submitted_on:
        asked_on = told.day(row.submitted_on)
        request = submit_contract(contract, by=by, on=asked_on, policy=told.policy(unit.code, asked_on))
        if request is not None:
            told.requests[row.key] = request
    if row.confirmed_by:
        confirm_legacy(contract, by=told.staff.named(row.confirmed_by), on=told.day(row.submitted_on))


def _terms(row: ContractRow, told: Telling) -> Terms:
    return Terms(
        name=row.name, mode=labelled(OperatingMode, row.mode), starts_on=told.day(row.starts_on),
        ends_on=told.day(row.ends_on), rent=_rent(row), award=labelled(AwardWay, row.award),
        operator=_operator(row), responsible=row.responsible, award_note=row.award_note,
        appraised_fen=parse_fen(row.appraised) if row.appraised else None,
        clauses=Clauses(
            plan=row.plan, exit_terms=row.exit_terms, default_terms=row.default_terms, risk_control=row.risk_control
        ),
        officers=tuple(_officer(entry) for entry in split(row.officers)), legacy=_legacy(row, told),
    )  # fmt: skip


def _rent(row: ContractRow) -> Rent:
    return Rent(
        labelled(RentKind, row.rent), _fen(row.yearly), labelled(Frequency, row.frequency),
        share_bp=int(row.percent or 0) * _PERCENT_BP,
        share_basis=labelled(ShareBasis, row.share_of) if row.share_of else None, deposit_fen=_fen(row.deposit),
    )  # fmt: skip


def _fen(cell: str) -> int:
    return parse_fen(cell) if cell else 0


def _operator(row: ContractRow) -> OperatorFacts | None:
    if not row.operator:
        return None
    kinds = {one.name: labelled(OwnerKind, one.kind) for one in holders().values()}
    kind = kinds.get(row.operator, OwnerKind.ENTERPRISE)
    return OperatorFacts(kind, row.operator, credit_code_of(row.operator), bool(row.member))


def _officer(entry: str) -> Officer:
    name, post = entry.split(" ")
    return Officer(name, OfficerKind.OFFICER, post)


def _legacy(row: ContractRow, told: Telling) -> Legacy | None:
    if not row.signed_on:
        return None
    return Legacy(told.day(row.signed_on), told.day(row.planned_from), _fen(row.arrears))
