"""JSON resources of what follows agreement: certificates, signed sheets of hand-over, entries in other registers."""

from typing import Any

from flask import Response
from werkzeug.datastructures import FileStorage

from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.queries import get_asset, region_of
from registry.assets.register.categories import AccountingSystem
from registry.assets.title.cases.models import TitleCase
from registry.assets.title.cases.queries import get_case
from registry.assets.title.cases.schemas import CaseCard
from registry.assets.title.cases.submitting import get_case_to_enter
from registry.assets.title.cases.telling import case_card
from registry.assets.title.certificates.queries import list_certificates, list_certificates_of_case
from registry.assets.title.certificates.schemas import CertificatePage, CertificateRow
from registry.assets.title.certificates.services import register_real_estate
from registry.assets.title.execution.queries import list_assets_to_certify
from registry.assets.title.execution.schemas import (
    BooksEntry,
    BooksRow,
    HandOverArguments,
    RealEstateEntry,
    RegistrationEntry,
    SignedSheets,
    one_number_each,
)
from registry.assets.title.execution.services import Registration, enter_books, register_title, sign_hand_over
from registry.clock import today
from registry.evidence.services import take_in
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.rest.calls import Body, actor, api_requires, check_match, deed, done, listed
from registry.rest.fields import PageArguments
from registry.rest.openapi import Resources
from registry.rest.paging import cut, number_after
from registry.token_scopes import Scope

resources = Resources("title_execution", __name__, "发证和移交")
_P, _S = Permission, Scope


def _to_register(case_id: int) -> TitleCase:
    return get_case(case_id, actor(), _P.TITLE_REGISTER)


@resources.get("/title-cases/<int:case_id>/certificates", "列一件事项发的证")
@api_requires(_P.ASSET_READ, scope=_S.TITLE_READ)
@resources.arguments(PageArguments, location="query")
@resources.response(200, CertificatePage)
def certificates(args: dict[str, Any], case_id: int) -> Response:
    """List the certificates issued on a case."""
    case = get_case(case_id, actor())
    found = list_certificates_of_case(case.id, after=number_after(args), limit=args["limit"] + 1)
    rows, after = cut(found, args["limit"], lambda row: row.id)
    return listed(CertificateRow(many=True).dump(rows), after)


@resources.get("/assets/<asset_no>/certificates", "列一项资产的证，新的在前")
@api_requires(_P.ASSET_READ, scope=_S.TITLE_READ)
@resources.response(200, CertificatePage)
def certificates_of_asset(asset_no: str) -> Response:
    """List every certificate an asset ever had."""
    asset = get_asset(asset_no, actor(), _P.ASSET_READ)
    return listed(CertificateRow(many=True).dump(list_certificates(asset.id)))


@resources.post("/title-cases/<int:case_id>/certificates", "登记发证，并记入资产管理系统")
@api_requires(_P.TITLE_REGISTER, scope=_S.TITLE_WRITE)
@resources.arguments(RegistrationEntry)
@resources.response(201, CaseCard)
def issue(body: dict[str, Any], case_id: int) -> Response:
    """Issue the certificates of all assets of an agreed case; the case is done."""
    region = _to_register(case_id).region_code
    with deed(region):
        case, policy = _to_register(case_id), policy_for(region, today())
        check_match(case_card(case), needed=False)
        register_title(case, _registration(body, case), by=actor(), on=today(), policy=policy)
        return done(case_card(case), 201)


def _registration(body: dict[str, Any], case: TitleCase) -> Registration:
    """Return what is to be entered; a number of an asset that gets no certificate here is left out, as on the page."""
    told = one_number_each(body["numbers"])
    numbers = {asset.id: told[asset.asset_no] for asset in list_assets_to_certify(case) if asset.asset_no in told}
    return Registration(body["issued_on"], AccountingSystem(body["system"]), numbers)


@resources.post("/title-cases/<int:case_id>/hand-over", "上传签字的移交清单，完成移交")
@api_requires(_P.TITLE_ENTER, scope=_S.TITLE_WRITE)
@resources.arguments(HandOverArguments, location="query")
@resources.arguments(SignedSheets, location="files")
@resources.response(200, CaseCard)
def hand_over(args: dict[str, Any], files: dict[str, list[FileStorage]], case_id: int) -> Response:
    """Take in the signed sheet of a hand-over; the case is done."""
    region, day = get_case_to_enter(case_id, actor()).region_code, args["handed_over_on"]
    kept = [take_in(file.stream.read(), file.filename or "") for file in files["file"]]
    with deed(region):
        case, policy = get_case_to_enter(case_id, actor()), policy_for(region, today())
        check_match(case_card(case), needed=False)
        sign_hand_over(case, kept, handed_over_on=day, by=actor(), on=today(), policy=policy)
        return done(case_card(case))


@resources.post("/assets/<asset_no>/real-estate", "记下不动产登记号")
@api_requires(_P.TITLE_REGISTER, scope=_S.TITLE_WRITE)
@resources.arguments(RealEstateEntry)
@resources.response(200, CertificatePage)
def real_estate(body: dict[str, Any], asset_no: str) -> Response:
    """Note the entry of an asset in the land register beside its certificate."""
    with deed(region_of(asset_no, actor(), _P.TITLE_REGISTER)):
        asset = get_asset(asset_no, actor(), _P.TITLE_REGISTER)
        register_real_estate(asset, body["number"], registered_on=body["registered_on"], by=actor())
        return done({"items": CertificateRow(many=True).dump(list_certificates(asset.id)[:1])})


@resources.post("/assets/<asset_no>/books", "记下资产管理系统中的编号")
@api_requires(_P.TITLE_REGISTER, scope=_S.TITLE_WRITE)
@resources.arguments(BooksEntry)
@resources.response(200, BooksRow)
def books(body: dict[str, Any], asset_no: str) -> Response:
    """Note under which number a system carries an asset."""
    with deed(region_of(asset_no, actor(), _P.TITLE_REGISTER)):
        asset = get_asset(asset_no, actor(), _P.TITLE_REGISTER)
        enter_books(asset, AccountingSystem(body["system"]), body["number"], by=actor(), on=today())
        return done(_entered(asset))


def _entered(asset: Asset) -> Body:
    row: Body = BooksRow().dump(
        {"asset_no": asset.asset_no, "system": asset.accounting_system, "number": asset.accounting_number}
    )
    return row
