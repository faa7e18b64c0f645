"""Pages of what follows agreement: certificates in bulk, the sheet of a hand-over, entries in other registers."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.assets.register.cards.queries import get_asset, region_of
from registry.assets.register.categories import AccountingSystem
from registry.assets.title.cases.models import TitleCase
from registry.assets.title.cases.queries import get_case, list_lines
from registry.assets.title.cases.submitting import get_case_to_enter
from registry.assets.title.certificates.services import register_real_estate
from registry.assets.title.execution.forms import BooksForm, RealEstateForm, RegisterForm, SheetForm
from registry.assets.title.execution.queries import list_assets_to_certify
from registry.assets.title.execution.services import Registration, enter_books, register_title, sign_hand_over
from registry.clock import today
from registry.database import transaction
from registry.evidence.uploads import taken_in
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.web import actor, finish, page, requires

blueprint = Blueprint("title_execution", __name__)
_P = Permission


def _to_register(case_id: int) -> TitleCase:
    return get_case(case_id, actor(), _P.TITLE_REGISTER)


@blueprint.route("/title/<int:case_id>/certificates", methods=["GET", "POST"])
@requires(Permission.TITLE_REGISTER)
def certificates(case_id: int) -> ResponseReturnValue:
    """Issue the certificates of all assets of an agreed case, and enter them in the books."""
    region, form = _to_register(case_id).region_code, RegisterForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            facts = Registration(form.day.data, AccountingSystem(form.system.data), _numbers())
            policy = policy_for(region, today())
            issued = register_title(_to_register(case_id), facts, by=actor(), on=today(), policy=policy)
            return finish(url_for("title.show", case_id=case_id), _("已登记，发证 %(n)s 份。", n=len(issued)))
    if not form.is_submitted():
        form.day.data = today()
    case = _to_register(case_id)
    return page("title/certificates.html", form, case=case, assets=list_assets_to_certify(case))


def _numbers() -> dict[int, str]:
    """Return the numbers in the books that were typed beside the assets."""
    typed = ((name.partition("-"), value.strip()) for name, value in request.form.items())
    return {
        int(key): value[:40]
        for (word, _dash, key), value in typed
        if word == "number" and key.isascii() and key.isdigit() and value
    }


@blueprint.route("/title/<int:case_id>/hand-over", methods=["GET", "POST"])
@requires(Permission.TITLE_ENTER)
def hand_over(case_id: int) -> ResponseReturnValue:
    """Show the list of a hand-over to be printed and signed, and take in the signed sheet."""
    region, form = get_case_to_enter(case_id, actor()).region_code, SheetForm()
    if form.validate_on_submit():
        with form.guard():
            files = taken_in(form.file)
            with transaction(region):
                case, policy = get_case_to_enter(case_id, actor()), policy_for(region, today())
                sign_hand_over(case, files, handed_over_on=form.day.data, by=actor(), on=today(), policy=policy)
                return finish(url_for("title.show", case_id=case_id), _("移交已完成，接收方从这一天起负责。"))
    if not form.is_submitted():
        form.day.data = today()
    case = get_case_to_enter(case_id, actor())
    lines = [line for line in list_lines(case.id) if line.is_in]
    return page("title/hand_over.html", form, case=case, lines=lines)


def _shown(asset_no: str) -> str:
    return url_for("title_standing.asset", asset_no=asset_no)


@blueprint.route("/assets/<asset_no>/real-estate", methods=["GET", "POST"])
@requires(Permission.TITLE_REGISTER)
def real_estate(asset_no: str) -> ResponseReturnValue:
    """Note the entry of an asset in the land register."""
    region, form = region_of(asset_no, actor(), _P.TITLE_REGISTER), RealEstateForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            asset = get_asset(asset_no, actor(), _P.TITLE_REGISTER)
            register_real_estate(asset, form.number.data, registered_on=form.registered_on.data, by=actor())
            return finish(_shown(asset_no), _("不动产登记已记下。"))
    return page("title/real_estate.html", form, asset=get_asset(asset_no, actor(), _P.TITLE_REGISTER))


@blueprint.route("/assets/<asset_no>/books", methods=["GET", "POST"])
@requires(Permission.TITLE_REGISTER)
def books(asset_no: str) -> ResponseReturnValue:
    """Note under which number a system carries an asset."""
    region, form = region_of(asset_no, actor(), _P.TITLE_REGISTER), BooksForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            asset = get_asset(asset_no, actor(), _P.TITLE_REGISTER)
            enter_books(asset, AccountingSystem(form.system.data), form.number.data, by=actor(), on=today())
            return finish(_shown(asset_no), _("已记下系统编号。"))
    asset = get_asset(asset_no, actor(), _P.TITLE_REGISTER)
    if not form.is_submitted():
        form.system.data, form.number.data = asset.accounting_system, asset.accounting_number
    return page("title/books.html", form, asset=asset)
