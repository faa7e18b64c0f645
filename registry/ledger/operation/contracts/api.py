"""JSON resources of contracts and what they make due."""

from typing import Any

from flask import Response, url_for
from werkzeug.datastructures import FileStorage

from registry.clock import today
from registry.evidence.services import take_in
from registry.ledger.operation.contracts.candidates import list_chosen, unit_of
from registry.ledger.operation.contracts.deciding import submit_contract
from registry.ledger.operation.contracts.ending import EndFacts, end_contract
from registry.ledger.operation.contracts.kinds import ContractStatus
from registry.ledger.operation.contracts.models import Contract
from registry.ledger.operation.contracts.queries import (
    ContractFilter,
    get_contract,
    list_assets_of,
    list_contracts,
)
from registry.ledger.operation.contracts.schemas import (
    ContractArguments,
    ContractEntry,
    ContractPage,
    ContractRow,
    ContractWhole,
    DuePage,
    DueRow,
    EndArguments,
    PaperFile,
    SignArguments,
)
from registry.ledger.operation.contracts.services import draft_contract, void_contract
from registry.ledger.operation.contracts.showing import phase
from registry.ledger.operation.contracts.signing import sign_contract
from registry.ledger.operation.dues.queries import list_dues_of
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.rest.calls import Body, actor, api_requires, check_match, check_unit, deed, done, listed, shown
from registry.rest.fields import Reason
from registry.rest.openapi import Resources
from registry.rest.paging import cut, number_after
from registry.token_scopes import Scope

resources = Resources("contracts", __name__, "经营合同和应收")
_P, _S = Permission, Scope
_PLAIN = tuple(field.attribute or name for name, field in ContractRow().fields.items() if name != "phase")
_OF_DUE = tuple(field.attribute or name for name, field in DueRow().fields.items())


def _row(contract: Contract) -> Body:
    plain = {name: getattr(contract, name) for name in _PLAIN}
    row: Body = ContractRow().dump({**plain, "phase": phase(contract, today())})
    return row


def _whole(contract: Contract) -> Body:
    assets = [
        {"asset_no": asset.asset_no, "name": asset.name, "ended_on": item.ended_on}
        for item, asset in list_assets_of(contract)
    ]
    owners = [{"party_id": one.party_id, "name": one.party.name, "share_bp": one.share_bp} for one in contract.shares]
    plain = {name: getattr(contract, name) for name in _PLAIN}
    whole = {**plain, "phase": phase(contract, today()), "assets": assets, "owners": owners}
    body: Body = ContractWhole().dump(whole)
    return body


def _got(contract_id: int) -> Contract:
    """Return a contract as the caller has seen it, if they say which version that was."""
    contract = get_contract(contract_id, actor(), _P.CONTRACT_ENTER)
    check_match(_row(contract), needed=False)
    return contract


def _regions(contract_id: int) -> set[str]:
    return get_contract(contract_id, actor(), _P.CONTRACT_ENTER).units


@resources.get("/contracts", "列经营合同和方案")
@api_requires(_P.LEDGER_READ, scope=_S.CONTRACTS_READ)
@resources.arguments(ContractArguments, location="query")
@resources.response(200, ContractPage)
def index(args: dict[str, Any]) -> Response:
    """List the contracts of a unit and below in order of entry."""
    status = ContractStatus(args["status"]) if "status" in args else None
    wanted = ContractFilter(args.get("region") or actor().unit_code, status, args.get("mode", ""))
    found = list_contracts(wanted, actor(), after=number_after(args), limit=args["limit"])
    rows, after = cut(found, args["limit"], lambda one: one.id)
    return listed([*map(_row, rows)], after)


@resources.get("/contracts/<int:contract_id>", "读一份合同")
@api_requires(_P.LEDGER_READ, scope=_S.CONTRACTS_READ)
@resources.response(200, ContractWhole)
def one(contract_id: int) -> Response:
    """Show a contract with its assets and owners."""
    return shown(_whole(get_contract(contract_id, actor())))


@resources.get("/contracts/<int:contract_id>/dues", "列一份合同的应收")
@api_requires(_P.LEDGER_READ, scope=_S.CONTRACTS_READ)
@resources.response(200, DuePage)
def dues(contract_id: int) -> Response:
    """List everything that a contract made due, the oldest first."""
    contract = get_contract(contract_id, actor())
    rows = [{name: getattr(due, name) for name in _OF_DUE} for due in list_dues_of(contract_id=contract.id)]
    return listed(DueRow(many=True).dump(rows))


@resources.post("/contracts", "起草经营合同")
@api_requires(_P.CONTRACT_ENTER, scope=_S.CONTRACTS_WRITE)
@resources.arguments(ContractEntry)
@resources.response(201, ContractRow)
def draft(body: dict[str, Any]) -> Response:
    """Draft a contract about assets; it is submitted by a call of its own."""
    assets = list_chosen(body["assets"], actor())
    region = unit_of(assets, body["region_code"])
    check_unit(_P.CONTRACT_ENTER, region)
    with deed(region, *(asset.region_code for asset in assets)):
        chosen, policy = list_chosen(body["assets"], actor()), policy_for(region, today())
        contract = draft_contract(region, body["terms"], chosen, by=actor(), on=today(), policy=policy)
        return done(_row(contract), 201, location=url_for("contracts_api.one", contract_id=contract.id))


@resources.post("/contracts/<int:contract_id>/submit", "提交合同审批")
@api_requires(_P.CONTRACT_ENTER, scope=_S.CONTRACTS_WRITE)
@resources.response(200, ContractRow)
def submit(contract_id: int) -> Response:
    """Ask for a contract to be agreed to."""
    with deed(*_regions(contract_id)):
        contract = _got(contract_id)
        policy = policy_for(contract.region_code, today())
        submit_contract(contract, by=actor(), on=today(), policy=policy)
        return done(_row(contract))


@resources.post("/contracts/<int:contract_id>/void", "作废没有签订的合同")
@api_requires(_P.CONTRACT_ENTER, scope=_S.CONTRACTS_WRITE)
@resources.arguments(Reason)
@resources.response(200, ContractRow)
def void(body: dict[str, Any], contract_id: int) -> Response:
    """Give up a contract that nobody has signed."""
    with deed(*_regions(contract_id)):
        contract = _got(contract_id)
        void_contract(contract, body["reason"], by=actor())
        return done(_row(contract))


@resources.post("/contracts/<int:contract_id>/sign", "登记签订，上传签好字的合同")
@api_requires(_P.CONTRACT_ENTER, scope=_S.CONTRACTS_WRITE)
@resources.arguments(SignArguments, location="query")
@resources.arguments(PaperFile, location="files")
@resources.response(200, ContractRow)
def sign(args: dict[str, Any], files: dict[str, FileStorage], contract_id: int) -> Response:
    """Enter the signed paper: the contract runs and its dues are made."""
    kept = [take_in(files["file"].stream.read(), files["file"].filename or "")]
    with deed(*_regions(contract_id)):
        contract = _got(contract_id)
        policy = policy_for(contract.region_code, today())
        signed_on, number = args["signed_on"], args["paper_number"]
        sign_contract(contract, signed_on, number, kept, by=actor(), on=today(), policy=policy)
        return done(_row(contract))


@resources.post("/contracts/<int:contract_id>/end", "结束合同，上传终止协议或清算材料")
@api_requires(_P.CONTRACT_ENTER, scope=_S.CONTRACTS_WRITE)
@resources.arguments(EndArguments, location="query")
@resources.arguments(PaperFile, location="files")
@resources.response(200, ContractRow)
def end(facts: EndFacts, files: dict[str, FileStorage], contract_id: int) -> Response:
    """End a contract with its term or before it; what is owed stays owed."""
    kept = [take_in(files["file"].stream.read(), files["file"].filename or "")]
    with deed(*_regions(contract_id)):
        contract = _got(contract_id)
        end_contract(contract, facts, kept, by=actor(), on=today())
        return done(_row(contract))
