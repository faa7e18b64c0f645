"""Pages for changing a confirmed card, entering its past, and remarking on it."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.assets.register.amendments.comparing import Difference, differences_of
from registry.assets.register.amendments.forms import CommentForm, CorrectionForm, DecisionForm, LegacyForm, ValueForm
from registry.assets.register.amendments.history import add_comment, add_legacy, confirm_legacy
from registry.assets.register.amendments.models import Correction
from registry.assets.register.amendments.queries import find_open_correction, get_correction, get_legacy_fact
from registry.assets.register.amendments.rules import AlreadyWaiting
from registry.assets.register.amendments.services import (
    ask_correction,
    ask_value_change,
    confirm_correction,
    content_of,
    proposed,
    refuse_correction,
    void_correction,
)
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.queries import get_asset, region_of
from registry.assets.register.cards.readback import registration_of
from registry.assets.register.cards.retyping import typed_from
from registry.assets.register.cards.schemas import registration_from_json
from registry.assets.register.registration import Stage
from registry.assets.register.rules import NotConfirmedYet
from registry.clock import today
from registry.database import db, transaction
from registry.permissions import Permission
from registry.web import actor, finish, page, requires

blueprint = Blueprint("amendments", __name__)
_P = Permission


def _asset_url(asset_no: str) -> str:
    return url_for("lookup.asset", asset_no=asset_no)


@blueprint.route("/assets/<asset_no>/correct", methods=["GET", "POST"])
@requires(Permission.ASSET_ENTER)
def correct(asset_no: str) -> ResponseReturnValue:
    """Correct a confirmed card with a reason; a stale form shows what somebody else changed meanwhile."""
    asset = _correctable(asset_no)
    units, region = [(asset.region_code, "")], asset.region_code
    form = CorrectionForm(units)
    if not form.is_submitted():
        form = CorrectionForm.of_draft(
            units, {**typed_from(registration_of(asset)), "version": [str(asset.version_id)]}
        )
        return page("cards/card.html", form, asset=asset, drafts=[], key="", correcting=True)
    if form.validate_on_submit():
        facts = form.to_registration()
        if form.version.data != str(asset.version_id):
            rows = differences_of(registration_of(asset), facts)
            return page("amendments/two_editors.html", form, 409, asset=asset, rows=rows)
        with form.guard(), transaction(region):
            asset = get_asset(asset_no, actor(), _P.ASSET_ENTER)
            correction = ask_correction(
                asset, facts, reason=form.reason.data, document_no=form.document_no.data, by=actor(), on=today()
            )
            return finish(_asset_url(asset_no), _said(correction))
    return page("cards/card.html", form, asset=asset, drafts=[], key="", correcting=True)


def _correctable(asset_no: str) -> Asset:
    asset = get_asset(asset_no, actor(), _P.ASSET_ENTER)
    if asset.state is not Stage.CONFIRMED:
        raise NotConfirmedYet
    if find_open_correction(asset.id) is not None:
        raise AlreadyWaiting
    return asset


def _said(correction: Correction) -> str:
    return str(_("已更正。") if correction.status == "APPLIED" else _("已提交，等上一级确认。"))


@blueprint.route("/assets/<asset_no>/value", methods=["GET", "POST"])
@requires(Permission.ASSET_ENTER)
def change_value(asset_no: str) -> ResponseReturnValue:
    """Ask for an enlargement, major repair, partial loss or revaluation."""
    asset = _correctable(asset_no)
    region, form = asset.region_code, ValueForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            asset = get_asset(asset_no, actor(), _P.ASSET_ENTER)
            ask_value_change(asset, form.to_facts(), by=actor(), on=today())
            return finish(_asset_url(asset_no), _("已提交，等上一级确认。"))
    return page("amendments/value.html", form, asset=asset)


@blueprint.route("/corrections/<int:correction_id>", methods=["GET", "POST"])
@requires(Permission.CORRECTION_CONFIRM)
def decide(correction_id: int) -> ResponseReturnValue:
    """Show a change as if agreed, and let the level above agree or refuse."""
    correction = get_correction(correction_id, actor(), _P.CORRECTION_CONFIRM)
    region, form = correction.region_code, DecisionForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            correction = get_correction(correction_id, actor(), _P.CORRECTION_CONFIRM)
            asset = db.session.get_one(Asset, correction.asset_id)
            if form.answer.data == "agree":
                confirm_correction(correction, asset, form.opinion.data or "", by=actor(), on=today())
                return finish(_asset_url(asset.asset_no), _("已同意，台账已更正。"))
            refuse_correction(correction, asset, form.opinion.data or "", by=actor())
            return finish(_asset_url(asset.asset_no), _("已答复不同意，台账没有变。"))
    asset = db.session.get_one(Asset, correction.asset_id)
    return page(
        "amendments/decide.html",
        form,
        correction=correction,
        asset=asset,
        rows=_rows(correction),
        value=_value(correction),
    )


def _rows(correction: Correction) -> list[Difference]:
    if correction.kind == "VALUE":
        return []
    before = registration_from_json(content_of(correction)["before"])  # type: ignore[arg-type]
    return [row for row in differences_of(before, proposed(correction)) if row.old != row.new]


def _value(correction: Correction) -> dict[str, object]:
    return dict(content_of(correction)) if correction.kind == "VALUE" else {}


@blueprint.post("/assets/<asset_no>/corrections/<int:correction_id>/void")
@requires(Permission.ASSET_ENTER)
def void(asset_no: str, correction_id: int) -> ResponseReturnValue:
    """Take back one's own change while it waits."""
    region = region_of(asset_no, actor(), _P.ASSET_ENTER)
    with transaction(region):
        correction = get_correction(correction_id, actor(), _P.ASSET_ENTER)
        void_correction(correction, get_asset(asset_no, actor(), _P.ASSET_ENTER), by=actor())
        return finish(_asset_url(asset_no), _("更正申请已撤回。"))


@blueprint.route("/assets/<asset_no>/history", methods=["GET", "POST"], endpoint="add_legacy")
@requires(Permission.ASSET_ENTER)
def add_past(asset_no: str) -> ResponseReturnValue:
    """Enter a fact from before go-live."""
    region, form = region_of(asset_no, actor(), _P.ASSET_ENTER), LegacyForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            add_legacy(get_asset(asset_no, actor(), _P.ASSET_ENTER), form.to_fact(), by=actor())
            return finish(_asset_url(asset_no), _("已补录，等第二个人确认。"))
    return page("amendments/history.html", form, asset=get_asset(asset_no, actor(), _P.ASSET_ENTER))


@blueprint.post("/history/<int:fact_id>/confirm")
@requires(Permission.ASSET_CONFIRM)
def confirm_past(fact_id: int) -> ResponseReturnValue:
    """Confirm a fact of the past as its second person."""
    region = get_legacy_fact(fact_id, actor()).region_code
    with transaction(region):
        fact = get_legacy_fact(fact_id, actor())
        asset = db.session.get_one(Asset, fact.asset_id)
        confirm_legacy(fact, asset, by=actor())
        return finish(_asset_url(asset.asset_no), _("补录已确认。"))


@blueprint.route("/assets/<asset_no>/comments", methods=["GET", "POST"], endpoint="add_comment")
@requires(Permission.COMMENT)
def comment(asset_no: str) -> ResponseReturnValue:
    """Remark on an asset."""
    region, form = region_of(asset_no, actor(), _P.COMMENT), CommentForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            add_comment(get_asset(asset_no, actor(), _P.COMMENT), form.body.data, by=actor())
            return finish(_asset_url(asset_no), _("批注已记下。"))
    return page("amendments/comment.html", form, asset=get_asset(asset_no, actor(), _P.COMMENT))
