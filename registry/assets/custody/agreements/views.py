"""Pages of custody agreements: the offer, the agreement with its answer, the hand-back."""

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.accounts.forms import ActForm
from registry.assets.custody.agreements.forms import DeclineForm, HandBackForm, OfferForm, PaperForm
from registry.assets.custody.agreements.models import CustodyAgreement
from registry.assets.custody.agreements.queries import (
    Candidates,
    get_agreement,
    list_assets_of,
    list_candidates,
    list_chosen,
    list_people_able,
)
from registry.assets.custody.agreements.rules import (
    FREQUENCIES,
    MOST_ASSETS,
    AgreementStatus,
    AnswerWay,
    Condition,
    Phase,
    check_may_end,
    check_running,
)
from registry.assets.custody.agreements.services import (
    accept_on_paper,
    accept_on_screen,
    decline,
    hand_back,
    offer_agreement,
    withdraw_offer,
)
from registry.assets.custody.posts.queries import list_offered_posts
from registry.clock import today
from registry.database import transaction
from registry.errors import Missing
from registry.evidence.queries import get_attachment, list_attachments
from registry.evidence.uploads import taken_in
from registry.evidence.views import given_out
from registry.kinds import Category
from registry.permissions import Permission, may
from registry.places.queries import list_units_to_enter
from registry.policy.parameters import Parameter
from registry.policy.queries import policy_for
from registry.web import BaseForm, actor, finish, page, requires

blueprint = Blueprint("agreements", __name__)
_P = Permission


def _url(agreement_id: int) -> str:
    return url_for("agreements.show", agreement_id=agreement_id)


@blueprint.route("/custody/agreements/new", methods=["GET", "POST"])
@requires(Permission.CUSTODY_MANAGE)
def new() -> ResponseReturnValue:
    """Offer the care of ticked assets of a unit, or of all that a filter shows."""
    wanted, form = _wanted(), OfferForm()
    candidates = list_candidates(wanted, actor())
    people = list_people_able(wanted.region_code, today())
    form.offer(candidates, people, list_offered_posts(wanted.region_code))
    policy = policy_for(wanted.region_code, today())
    if form.validate_on_submit():
        numbers = [one.asset_no for one in candidates] if form.whole.data else form.no.data
        with form.guard(), transaction(wanted.region_code):
            assets, terms = list_chosen(numbers, actor()), form.to_terms()
            agreement = offer_agreement(wanted.region_code, assets, terms, by=actor(), on=today(), policy=policy)
            return finish(_url(agreement.id), _("协议已提出，等管护人接受；接受前仍由原管护人管。"))
    if not form.is_submitted():
        form.suggest(today(), policy.number(Parameter.POST_TERM_MONTHS), policy.number(_USUAL))
    units = list_units_to_enter(actor(), _P.CUSTODY_MANAGE)
    return page(
        "agreements/new.html", form, candidates=candidates, wanted=wanted, units=units, most=MOST_ASSETS,
        categories=[one for one in Category if one is not Category.HOUSEHOLD],
    )  # fmt: skip


#: The strictest frequency there is stands in a blank form.
_USUAL = FREQUENCIES[Category.PUBLIC_WELFARE]


def _wanted() -> Candidates:
    region = request.args.get("region") or actor().unit_code
    if not may(actor(), _P.CUSTODY_MANAGE, region):
        raise Missing
    category = request.args.get("category", "")
    return Candidates(region, request.args.get("q", "").strip(), category if category in set(Category) else "")


@blueprint.get("/custody/agreements/<int:agreement_id>")
@requires(Permission.ASSET_READ)
def show(agreement_id: int) -> ResponseReturnValue:
    """Show an agreement with its list, and let the custodian answer."""
    return _shown(get_agreement(agreement_id, actor(), _P.ASSET_READ))


def _shown(agreement: CustodyAgreement, form: BaseForm | None = None) -> ResponseReturnValue:
    me, state = actor(), agreement.state
    manages, own = may(me, _P.CUSTODY_MANAGE, agreement.region_code), me.id == agreement.custodian_user_id
    return page(
        "agreements/agreement.html",
        form,
        agreement=agreement,
        phase=agreement.phase(today()),
        phases=Phase,
        lines=list_assets_of(agreement),
        conditions=Condition,
        files=list_attachments("custody_agreement", str(agreement.id)),
        act=ActForm(formdata=None),
        refusal=form or DeclineForm(formdata=None),
        may_answer=own and state is AgreementStatus.OFFERED and may(me, _P.CUSTODY_ACCEPT, agreement.region_code),
        may_paper=manages and not own and state is AgreementStatus.OFFERED,
        may_withdraw=manages and state is AgreementStatus.OFFERED,
        may_end=(manages or own) and state is AgreementStatus.ACCEPTED,
        on=today(),
    )


@blueprint.post("/custody/agreements/<int:agreement_id>/accept")
@requires(Permission.CUSTODY_ACCEPT, proof=True)
def accept(agreement_id: int) -> ResponseReturnValue:
    """Accept custody in person; the signature is the proof of who accepts."""
    region = get_agreement(agreement_id, actor(), _P.CUSTODY_ACCEPT).region_code
    with transaction(region):
        accept_on_screen(get_agreement(agreement_id, actor(), _P.CUSTODY_ACCEPT), by=actor(), on=today())
        return finish(_url(agreement_id), _("您已接受管护，从今天起由您负责。"))


@blueprint.post("/custody/agreements/<int:agreement_id>/decline")
@requires(Permission.CUSTODY_ACCEPT)
def refuse(agreement_id: int) -> ResponseReturnValue:
    """Decline custody in person, saying why."""
    region, form = get_agreement(agreement_id, actor(), _P.CUSTODY_ACCEPT).region_code, DeclineForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            agreement = get_agreement(agreement_id, actor(), _P.CUSTODY_ACCEPT)
            decline(agreement, form.reason.data or "", by=actor())
            return finish(_url(agreement_id), _("已答复不接受，仍由原管护人管。"))
    return _shown(get_agreement(agreement_id, actor(), _P.CUSTODY_ACCEPT), form)


@blueprint.post("/custody/agreements/<int:agreement_id>/withdraw")
@requires(Permission.CUSTODY_MANAGE)
def withdraw(agreement_id: int) -> ResponseReturnValue:
    """Take an unanswered offer back."""
    region = get_agreement(agreement_id, actor(), _P.CUSTODY_MANAGE).region_code
    with transaction(region):
        withdraw_offer(get_agreement(agreement_id, actor(), _P.CUSTODY_MANAGE), by=actor())
        return finish(_url(agreement_id), _("协议已撤回。"))


@blueprint.route("/custody/agreements/<int:agreement_id>/paper", methods=["GET", "POST"])
@requires(Permission.CUSTODY_MANAGE)
def paper(agreement_id: int) -> ResponseReturnValue:
    """Enter what the custodian answered on paper, with the signed sheet."""
    agreement, form = get_agreement(agreement_id, actor(), _P.CUSTODY_MANAGE), PaperForm()
    region = agreement.region_code
    if form.validate_on_submit():
        with form.guard():
            files = taken_in(form.file)
            with transaction(region):
                agreement = get_agreement(agreement_id, actor(), _P.CUSTODY_MANAGE)
                if form.answer.data == "accept":
                    accept_on_paper(agreement, form.signed_on.data, files, by=actor(), on=today())
                else:
                    decline(agreement, form.reason.data or "", by=actor(), way=AnswerWay.PAPER)
                return finish(_url(agreement_id), _("纸质答复已登记。"))
    agreement = get_agreement(agreement_id, actor(), _P.CUSTODY_MANAGE)
    return page("agreements/paper.html", form, agreement=agreement)


@blueprint.route("/custody/agreements/<int:agreement_id>/hand-back", methods=["GET", "POST"])
@requires(Permission.CUSTODY_ACCEPT)
def give_back(agreement_id: int) -> ResponseReturnValue:
    """Hand the assets back, each with its condition."""
    agreement, form = get_agreement(agreement_id, actor(), _P.CUSTODY_ACCEPT), HandBackForm()
    region, people = agreement.region_code, list_people_able(agreement.region_code, today())
    form.offer(people)
    check_may_end(agreement.custodian_user_id, region, actor())
    if form.validate_on_submit():
        facts = form.to_facts({one.id: one.name for one in people})
        with form.guard(), transaction(region):
            agreement = get_agreement(agreement_id, actor(), _P.CUSTODY_ACCEPT)
            hand_back(agreement, facts, by=actor(), on=today())
            return finish(_url(agreement_id), _("已交还，由代管人接手。"))
    agreement = get_agreement(agreement_id, actor(), _P.CUSTODY_ACCEPT)
    check_running(agreement.state)
    names = {asset.id: asset for item, asset in list_assets_of(agreement) if item.ended_on is None}
    if not form.is_submitted():
        form.list_assets([*names])
    return page("agreements/hand_back.html", form, agreement=agreement, assets=names)


@blueprint.get("/custody/agreements/<int:agreement_id>/files/<int:attachment_id>")
@requires(Permission.ASSET_READ)
def file(agreement_id: int, attachment_id: int) -> Response:
    """Give out a signed sheet."""
    agreement = get_agreement(agreement_id, actor(), _P.ASSET_READ)
    return given_out(get_attachment(attachment_id, "custody_agreement", str(agreement.id)))
