"""Pages on which what weighs on an asset is entered and lifted."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.queries import get_asset, region_of
from registry.assets.title.encumbrances.forms import EncumbranceForm, LiftForm
from registry.assets.title.encumbrances.queries import get_encumbrance, list_encumbrances
from registry.assets.title.encumbrances.services import add_encumbrance, lift_encumbrance
from registry.clock import today
from registry.database import db, transaction
from registry.permissions import Permission
from registry.web import actor, finish, page, requires

blueprint = Blueprint("encumbrances", __name__)
_REGISTER = Permission.TITLE_REGISTER


def _shown(asset_no: str) -> str:
    return url_for("title_standing.asset", asset_no=asset_no)


@blueprint.route("/assets/<asset_no>/encumbrances", methods=["GET", "POST"])
@requires(Permission.TITLE_REGISTER)
def add(asset_no: str) -> ResponseReturnValue:
    """Enter a pledge, seizure, caveat or dispute."""
    region, form = region_of(asset_no, actor(), _REGISTER), EncumbranceForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            add_encumbrance(get_asset(asset_no, actor(), _REGISTER), form.to_facts(), by=actor(), on=today())
            return finish(_shown(asset_no), _("已登记，解除前相关产权事项和处置不能办理。"))
    asset = get_asset(asset_no, actor(), _REGISTER)
    return page("title/encumbrance.html", form, asset=asset, weighing=list_encumbrances(asset.id, today()))


@blueprint.route("/encumbrances/<int:encumbrance_id>/lift", methods=["GET", "POST"])
@requires(Permission.TITLE_REGISTER)
def lift(encumbrance_id: int) -> ResponseReturnValue:
    """End what weighs on an asset."""
    row, form = get_encumbrance(encumbrance_id, actor(), _REGISTER), LiftForm()
    region = row.region_code
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            row = get_encumbrance(encumbrance_id, actor(), _REGISTER)
            asset = db.session.get_one(Asset, row.asset_id)
            basis, day = form.document_no.data, form.lifted_on.data
            lift_encumbrance(row, asset, basis, lifted_on=day, by=actor(), on=today())
            return finish(_shown(asset.asset_no), _("已解除。"))
    return page("title/lift.html", form, row=row, asset=db.session.get_one(Asset, row.asset_id))
