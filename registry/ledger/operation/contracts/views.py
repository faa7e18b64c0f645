"""Pages of contracts: the register, choosing assets, the terms, one contract with what it makes due."""

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.accounts.forms import ActForm
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.queries import get_asset
from registry.assets.register.categories import OperatingMode
from registry.clock import today
from registry.database import transaction
from registry.errors import Conflict, Missing
from registry.evidence.queries import get_attachment, list_attachments
from registry.evidence.views import given_out
from registry.ledger.operation.contracts.candidates import Candidates, list_candidates, list_chosen, unit_of
from registry.ledger.operation.contracts.content import terms_of
from registry.ledger.operation.contracts.deciding import find_contract_request
from registry.ledger.operation.contracts.forms import ReasonForm, TermsForm
from registry.ledger.operation.contracts.kinds import ContractStatus, LinkKind
from registry.ledger.operation.contracts.models import Contract
from registry.ledger.operation.contracts.queries import (
    PAGE_ROWS,
    ContractFilter,
    find_successor,
    get_contract,
    list_assets_of,
    list_contracts,
    list_contracts_about,
)
from registry.ledger.operation.contracts.rules import MOST_ASSETS
from registry.ledger.operation.contracts.services import (
    assets_of,
    broken_rules,
    draft_contract,
    follow_contract,
    handled,
    parties_of,
    reword_draft,
    shares_by_holding,
)
from registry.ledger.operation.contracts.showing import (
    cautions_of,
    phase,
    phases,
    preview,
    price_words,
    share_words,
)
from registry.ledger.operation.dues.queries import list_dues_of
from registry.permissions import Permission, may
from registry.places.queries import list_units_to_enter
from registry.policy.queries import policy_for
from registry.regions import is_code
from registry.web import actor, finish, page, requires, row_number

blueprint = Blueprint("contracts", __name__)
_P = Permission
MODES = tuple(mode for mode in OperatingMode if mode is not OperatingMode.NONE)


def _url(contract_id: int) -> str:
    return url_for("contracts.show", contract_id=contract_id)


@blueprint.get("/contracts")
@requires(Permission.LEDGER_READ)
def index() -> ResponseReturnValue:
    """List the contracts of a unit and below."""
    args, region = request.args, request.args.get("region") or actor().unit_code
    if not (is_code(region) and may(actor(), _P.LEDGER_READ, region)):
        raise Missing
    status, mode = args.get("status", ""), args.get("mode", "")
    wanted = ContractFilter(
        region,
        ContractStatus(status) if status in set(ContractStatus) else None,
        mode if mode in set(MODES) else "",
        text=args.get("q", "").strip(),
    )
    rows = list_contracts(wanted, actor(), after=row_number("after"))
    shown = rows[:PAGE_ROWS]
    return page(
        "contracts/index.html", rows=shown, more=len(rows) > PAGE_ROWS, wanted=wanted, phases=phases(shown),
        statuses=ContractStatus, modes=MODES, price_words=price_words,
    )  # fmt: skip


@blueprint.get("/contracts/new")
@requires(Permission.CONTRACT_ENTER)
def new() -> ResponseReturnValue:
    """Choose the assets and the mode; the terms come next, nothing is kept yet."""
    region = request.args.get("region") or actor().unit_code
    if not (is_code(region) and may(actor(), _P.CONTRACT_ENTER, region)):
        raise Missing
    wanted = Candidates(region, request.args.get("q", "").strip())
    return page(
        "contracts/new.html", candidates=list_candidates(wanted, actor()), wanted=wanted, modes=MODES,
        units=list_units_to_enter(actor(), _P.CONTRACT_ENTER), most=MOST_ASSETS,
        legacy=request.args.get("legacy") == "1",
    )  # fmt: skip


def _chosen() -> tuple[list[Asset], str]:
    """Return the chosen assets and the unit under which their contract stands."""
    region = request.args.get("region") or actor().unit_code
    assets = list_chosen(request.args.getlist("no"), actor())
    if not assets or not (is_code(region) and may(actor(), _P.CONTRACT_ENTER, unit_of(assets, region))):
        raise Missing
    return assets, unit_of(assets, region)


@blueprint.route("/contracts/terms", methods=["GET", "POST"])
@requires(Permission.CONTRACT_ENTER)
def terms() -> ResponseReturnValue:
    """Write the terms of a contract about the chosen assets; they are checked and kept as a draft."""
    assets, region = _chosen()
    mode = OperatingMode(request.args["mode"]) if request.args.get("mode") in set(MODES) else OperatingMode.LEASE
    form = TermsForm(mode, is_legacy=request.args.get("legacy") == "1")
    if form.validate_on_submit():
        with form.guard(), transaction(region, *(one.region_code for one in assets)):
            assets, policy = list_chosen(request.args.getlist("no"), actor()), policy_for(region, today())
            draft = draft_contract(region, form.to_terms(), assets, by=actor(), on=today(), policy=policy)
            return finish(_url(draft.id), _("草稿已保存。核对无误后提交审批。"))
    elif form.is_submitted():
        _tell_rest(form, region, assets)
    return _terms_page(form, _chosen()[0])


def _tell_rest(form: TermsForm, region: str, assets: list[Asset]) -> None:
    """Tell, on a form that lacks something, which rules it breaks besides: all is mended at one go."""
    said = form.to_what_is_said()
    if said is not None:
        form.refuse_besides(
            broken_rules(said, handled(assets, today()), on=today(), policy=policy_for(region, today()))
        )


def _terms_page(form: TermsForm, assets: list[Asset], contract: Contract | None = None) -> ResponseReturnValue:
    shares = shares_by_holding(handled(assets, today()))
    form.list_owners(parties_of(shares), shares)
    ids = [int(row.form.party_id.data) for row in form.shares if str(row.form.party_id.data).isdigit()]
    names = {str(one.id): one.name for one in parties_of(ids)}
    return page("contracts/terms.html", form, assets=assets, contract=contract, names=names, mode=form.mode)


@blueprint.route("/contracts/<int:contract_id>/edit", methods=["GET", "POST"])
@requires(Permission.CONTRACT_ENTER)
def edit(contract_id: int) -> ResponseReturnValue:
    """Write a draft anew."""
    contract = get_contract(contract_id, actor(), _P.CONTRACT_ENTER)
    form, region = TermsForm(contract.way, is_legacy=contract.is_legacy, said=terms_of(contract)), contract.region_code
    if form.validate_on_submit():
        with form.guard(Conflict), transaction(region):
            contract = get_contract(contract_id, actor(), _P.CONTRACT_ENTER)
            if form.version.data not in {None, "", str(contract.version_id)}:
                raise Conflict
            policy = policy_for(region, today())
            reword_draft(contract, form.to_terms(), assets_of(contract), by=actor(), on=today(), policy=policy)
            return finish(_url(contract_id), _("已保存。"))
    elif form.is_submitted():
        _tell_rest(form, region, assets_of(contract))
    contract = get_contract(contract_id, actor(), _P.CONTRACT_ENTER)
    if not form.version.data or form.refused_status == Conflict.status:
        form.version.data = str(contract.version_id)
    return _terms_page(form, assets_of(contract), contract)


@blueprint.route("/contracts/<int:contract_id>/follow/<link>", methods=["GET", "POST"])
@requires(Permission.CONTRACT_ENTER)
def follow(contract_id: int, link: str) -> ResponseReturnValue:
    """Draft what renews or amends a running contract, beginning with what it says now."""
    previous = get_contract(contract_id, actor(), _P.CONTRACT_ENTER)
    if link not in set(LinkKind):
        raise Missing
    form, region = TermsForm(previous.way, is_legacy=False, said=terms_of(previous)), previous.region_code
    if form.validate_on_submit():
        with form.guard(Conflict), transaction(region):
            previous, policy = get_contract(contract_id, actor(), _P.CONTRACT_ENTER), policy_for(region, today())
            assets, said = assets_of(previous), form.to_terms()
            draft = follow_contract(previous, LinkKind(link), said, assets, by=actor(), on=today(), policy=policy)
            return finish(_url(draft.id), _("草稿已保存。核对无误后提交审批。"))
    elif form.is_submitted():
        _tell_rest(form, region, assets_of(previous))
    return _terms_page(form, assets_of(get_contract(contract_id, actor(), _P.CONTRACT_ENTER)))


@blueprint.get("/contracts/<int:contract_id>")
@requires(Permission.LEDGER_READ)
def show(contract_id: int) -> ResponseReturnValue:
    """Show a contract: what it says, what to look at, what it makes due, and what may be done now."""
    contract = get_contract(contract_id, actor())
    return contract_page(contract)


def contract_page(contract: Contract, form: ReasonForm | None = None) -> ResponseReturnValue:
    """Draw the page of a contract; a form that was refused stands in for its blank one."""
    me, state = actor(), contract.state
    enters = may(me, _P.CONTRACT_ENTER, contract.region_code)
    second = may(me, _P.INCOME_CHECK, contract.region_code) and me.id != contract.entered_by_id
    return page(
        "contracts/contract.html",
        form,
        contract=contract,
        phase=phase(contract, today()),
        lines=list_assets_of(contract),
        shares=share_words(contract),
        price=price_words(contract),
        cautions=cautions_of(contract) if state in {ContractStatus.DRAFT, ContractStatus.DECIDING} else [],
        planned=preview(contract) if contract.signed_on is None or contract.is_legacy else [],
        dues=list_dues_of(contract_id=contract.id),
        files=list_attachments("contract", str(contract.id)),
        found_request=find_contract_request(contract),
        previous=get_contract(contract.previous_id, me) if contract.previous_id else None,
        successor=find_successor(contract.id),
        act=ActForm(formdata=None),
        refusal=form or ReasonForm(formdata=None),
        enters=enters,
        may_confirm=second and contract.is_legacy and state is ContractStatus.DECIDING,
        on=today(),
    )


@blueprint.get("/contracts/<int:contract_id>/files/<int:attachment_id>")
@requires(Permission.LEDGER_READ)
def file(contract_id: int, attachment_id: int) -> Response:
    """Give out a signed contract or another of its papers."""
    contract = get_contract(contract_id, actor())
    return given_out(get_attachment(attachment_id, "contract", str(contract.id)))


@blueprint.get("/assets/<asset_no>/operation")
@requires(Permission.LEDGER_READ)
def asset(asset_no: str) -> ResponseReturnValue:
    """Show how one asset is run: its contracts, the latest first."""
    found = get_asset(asset_no, actor(), _P.ASSET_READ)
    rows = list_contracts_about(found.id, actor())
    return page(
        "contracts/asset.html", asset=found, rows=rows, phases=phases(rows), price_words=price_words,
        may_enter=may(actor(), _P.CONTRACT_ENTER, found.region_code),
    )  # fmt: skip
