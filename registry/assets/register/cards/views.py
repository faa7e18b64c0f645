"""Entering a card (type, check, submit) and confirming it (a second person)."""

import secrets

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from registry.accounts.forms import ActForm
from registry.assets.register.cards.answers import answers_of
from registry.assets.register.cards.drafts import Typed, drop_draft, save_draft, typed_of
from registry.assets.register.cards.forms import ConfirmForm, RegistrationForm, WithdrawForm
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.queries import get_asset, get_draft, list_alike, list_drafts, region_of
from registry.assets.register.cards.readback import registration_of
from registry.assets.register.cards.retyping import typed_from
from registry.assets.register.cards.services import confirm_asset, register_asset, resubmit, send_back, withdraw
from registry.assets.register.projects.models import Project
from registry.assets.register.projects.queries import get_project
from registry.assets.register.rules import check_registration
from registry.clock import local, now, today
from registry.database import db, transaction
from registry.errors import Forbidden, Missing
from registry.parties.queries import find_collective
from registry.permissions import Permission, may
from registry.places.queries import list_units_to_enter
from registry.web import actor, finish, page, requires

blueprint = Blueprint("cards", __name__)


def units() -> list[tuple[str, str]]:
    """Return the units the person may register assets for."""
    return list_units_to_enter(actor(), Permission.ASSET_ENTER)


@blueprint.get("/assets/new")
@requires(Permission.ASSET_ENTER)
def new() -> ResponseReturnValue:
    """Open an empty card, a draft, or a card begun from a project."""
    if request.args.get("draft"):
        draft = get_draft(int(request.args["draft"]) if request.args["draft"].isdigit() else 0, current_user.id)
        form = RegistrationForm.of_draft(units(), typed_of(draft))
        return _card(form, draft.key, asset=_asset_of(draft.asset_id))
    form = RegistrationForm(units())
    form.begin(actor().unit_code, find_collective(actor().unit_code), _project(request.args.get("project_id", "")))
    return _card(form, secrets.token_urlsafe(12))


@blueprint.get("/assets/<asset_no>/edit")
@requires(Permission.ASSET_ENTER)
def edit(asset_no: str) -> ResponseReturnValue:
    """Open a card that was sent back, or that nobody has confirmed yet, to be mended."""
    asset = get_asset(asset_no, actor(), Permission.ASSET_ENTER)
    form = RegistrationForm.of_draft(units(), typed_from(registration_of(asset)))
    return _card(form, f"{asset.asset_no}-{asset.version_id}", asset=asset)


def _project(text: str) -> Project | None:
    """Return the project that a card is entered from, if the person may enter it."""
    return get_project(int(text), actor(), Permission.PROJECT_ENTER) if text.isdigit() and len(text) < 16 else None


def _card(form: RegistrationForm, key: str, asset: Asset | None = None) -> ResponseReturnValue:
    form.draft_key.data = key
    drafts = [] if asset else list_drafts(current_user.id)[:5]
    return page("cards/card.html", form, asset=asset, drafts=drafts, key=key)


@blueprint.post("/assets/drafts")
@requires(Permission.ASSET_ENTER)
def autosave() -> ResponseReturnValue:
    """Keep what is typed, and say when it was kept."""
    with transaction():
        save_draft(current_user.id, request.form.get("draft_key", ""), _typed(), asset_id=_mended_id())
    return str(_("草稿 %(time)s 已自动保存", time=local(now()).strftime("%H:%M")))


@blueprint.post("/assets/new")
@requires(Permission.ASSET_ENTER)
def fill_in() -> ResponseReturnValue:
    """Keep the card as a draft; if it is in order go on to check it, else show what to mend."""
    form, typed = RegistrationForm(units()), _typed()
    key = form.draft_key.data or secrets.token_urlsafe(12)
    with transaction():
        draft_id = save_draft(current_user.id, key, typed, asset_id=_mended_id()).id
    if form.validate_on_submit():
        with form.guard():
            check_registration(form.to_registration(), on=today())
            return redirect(url_for("cards.check", draft_id=draft_id), 303)
    return _card(form, key, asset=_asset_of(_mended_id()))


def _typed() -> Typed:
    return {name: request.form.getlist(name) for name in request.form}


def _mended_id() -> int | None:
    """Return the card that the form mends, if the person may enter it."""
    number = request.form.get("mended", "")
    return get_asset(number, actor(), Permission.ASSET_ENTER).id if number else None


def _asset_of(asset_id: int | None) -> Asset | None:
    return db.session.get(Asset, asset_id) if asset_id else None


@blueprint.get("/assets/drafts/<int:draft_id>/check")
@requires(Permission.ASSET_ENTER)
def check(draft_id: int) -> ResponseReturnValue:
    """Show every answer once more before it is submitted, with what looks like the same asset."""
    draft = get_draft(draft_id, current_user.id)
    form = RegistrationForm.of_draft(units(), typed_of(draft))
    if not form.validate():
        return _card(form, draft.key, asset=_asset_of(draft.asset_id))
    facts = form.to_registration()
    year = facts.project_year or facts.acquired.day.year
    alike = list_alike(facts.name, facts.region_code, year, besides=draft.asset_id or 0)
    groups = answers_of(facts)
    return page("cards/check.html", ActForm(), draft=draft, groups=groups, alike=alike, facts=facts)


@blueprint.post("/assets/drafts/<int:draft_id>/submit")
@requires(Permission.ASSET_ENTER)
def submit(draft_id: int) -> ResponseReturnValue:
    """Register the asset, or submit the mended card anew."""
    form = RegistrationForm.of_draft(units(), typed_of(get_draft(draft_id, current_user.id)))
    if not form.validate():
        raise Missing
    facts = form.to_registration()
    if not may(actor(), Permission.ASSET_ENTER, facts.region_code):
        raise Forbidden
    with transaction(facts.region_code):
        draft = get_draft(draft_id, current_user.id)
        asset = _asset_of(draft.asset_id)
        if asset is None:
            asset = register_asset(facts, by=actor(), on=today(), project=_project(form.project_id.data or ""))
        else:
            resubmit(asset, facts, by=actor(), on=today())
        drop_draft(draft)
        return finish(url_for("lookup.asset", asset_no=asset.asset_no), _("已提交，等第二个人确认。"))


@blueprint.post("/assets/drafts/<int:draft_id>/drop")
@requires(Permission.ASSET_ENTER)
def drop(draft_id: int) -> ResponseReturnValue:
    """Give up a draft."""
    with transaction():
        drop_draft(get_draft(draft_id, current_user.id))
        return finish(url_for("cards.new"), _("草稿已删除。"))


@blueprint.route("/assets/<asset_no>/confirm", methods=["GET", "POST"])
@requires(Permission.ASSET_CONFIRM)
def confirm(asset_no: str) -> ResponseReturnValue:
    """Let the second person confirm a card or send it back."""
    region = region_of(asset_no, actor(), Permission.ASSET_CONFIRM)
    form = ConfirmForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            asset = get_asset(asset_no, actor(), Permission.ASSET_CONFIRM)
            if form.answer.data == "confirm":
                confirm_asset(asset, by=actor(), reason=form.reason.data or "")
                return finish(url_for("lookup.asset", asset_no=asset_no), _("已确认。"))
            send_back(asset, form.reason.data or "", by=actor())
            return finish(url_for("lookup.asset", asset_no=asset_no), _("已退回，登记人会在待办里看到。"))
    asset = get_asset(asset_no, actor(), Permission.ASSET_CONFIRM)
    return page("cards/confirm.html", form, asset=asset, groups=answers_of(registration_of(asset)))


@blueprint.route("/assets/<asset_no>/withdraw", methods=["GET", "POST"], endpoint="withdraw")
@requires(Permission.ASSET_ENTER)
def take_back(asset_no: str) -> ResponseReturnValue:
    """Take back a card that nobody has confirmed."""
    region = region_of(asset_no, actor(), Permission.ASSET_ENTER)
    form = WithdrawForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            withdraw(get_asset(asset_no, actor(), Permission.ASSET_ENTER), form.reason.data, by=actor())
            return finish(url_for("lookup.asset", asset_no=asset_no), _("登记已撤销，编号不再使用。"))
    return page("cards/withdraw.html", form, asset=get_asset(asset_no, actor(), Permission.ASSET_ENTER))
