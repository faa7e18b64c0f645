"""Pages of patrols: one tap for one asset, two for a whole round; checks from above."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.assets.custody.patrols.forms import PatrolForm, RoundForm
from registry.assets.custody.patrols.queries import list_by_number, list_due
from registry.assets.custody.patrols.rules import Observation, PatrolKind, check_kind, own_kind
from registry.assets.custody.patrols.services import record_patrol, record_round
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.queries import get_asset, region_of
from registry.clock import today
from registry.database import transaction
from registry.evidence.uploads import taken_in
from registry.kinds import Category
from registry.permissions import Permission
from registry.places.queries import names_of
from registry.policy.queries import policy_for
from registry.web import actor, finish, page, requires

blueprint = Blueprint("patrols", __name__)
_P = Permission


def _back(asset_no: str) -> str:
    return url_for("custody.asset", asset_no=asset_no)


@blueprint.post("/assets/<asset_no>/patrol/normal")
@requires(Permission.PATROL_RECORD)
def normal(asset_no: str) -> ResponseReturnValue:
    """Note in one tap that an asset is as it should be."""
    region = region_of(asset_no, actor(), _P.PATROL_RECORD)
    with transaction(region):
        asset = get_asset(asset_no, actor(), _P.PATROL_RECORD)
        seen, policy = Observation(own_kind(asset.kind)), policy_for(region, today())
        record_patrol(asset, seen, by=actor(), on=today(), policy=policy)
        return finish(_back(asset_no), _("已记下：正常。"))


@blueprint.route("/assets/<asset_no>/patrol", methods=["GET", "POST"])
@requires(Permission.PATROL_RECORD)
def patrol(asset_no: str) -> ResponseReturnValue:
    """Note what was seen of an asset in one's care."""
    asset = get_asset(asset_no, actor(), _P.PATROL_RECORD)
    return _noted(asset, own_kind(asset.kind), _P.PATROL_RECORD)


@blueprint.route("/assets/<asset_no>/check", methods=["GET", "POST"])
@requires(Permission.PATROL_CHECK)
def check(asset_no: str) -> ResponseReturnValue:
    """Note what the township or the county saw of an asset."""
    asset = get_asset(asset_no, actor(), _P.PATROL_CHECK)
    return _noted(asset, check_kind(actor(), asset.region_code, asset.kind), _P.PATROL_CHECK)


def _noted(asset: Asset, kind: PatrolKind, permission: Permission) -> ResponseReturnValue:
    """Show the form of one asset, or note what stands in it."""
    form, region, asset_no = PatrolForm(kind), asset.region_code, asset.asset_no
    if form.validate_on_submit():
        with form.guard():
            files = taken_in(form.file)
            with transaction(region):
                asset = get_asset(asset_no, actor(), permission)
                policy = policy_for(region, today())
                record_patrol(asset, form.to_observation(), files, by=actor(), on=today(), policy=policy)
                return finish(_back(asset_no), _("已记下。"))
    if not form.is_submitted():
        form.begin(request.args.get("seen", ""))
    asset = get_asset(asset_no, actor(), permission)
    return page("patrols/patrol.html", form, asset=asset, kind=kind, visited=asset.kind is Category.HOUSEHOLD)


@blueprint.route("/patrols/round", methods=["GET", "POST"])
@requires(Permission.PATROL_RECORD)
def walk() -> ResponseReturnValue:
    """Show what is due in one's care, and note the whole round: all normal, except what is ticked."""
    form = RoundForm()
    if form.validate_on_submit():
        seen = form.observations()
        codes = {asset.region_code for asset in list_by_number(seen, actor())}
        with form.guard(), transaction(*codes):
            assets = list_by_number(seen, actor())
            policies = {code: policy_for(code, today()) for code in codes}
            done = record_round(
                [(one, seen[one.asset_no]) for one in assets], by=actor(), on=today(), policies=policies
            )
            return finish(url_for("patrols.walk"), _("这一轮 %(n)s 项已记下。", n=done.assets))
    if not form.is_submitted():
        form.list_numbers([one.asset.asset_no for one in list_due(actor(), today())])
    return _round_page(form)


def _round_page(form: RoundForm) -> ResponseReturnValue:
    """Draw the round with the assets that stand in the form, and when each was last looked at."""
    due = {one.asset.asset_no: one for one in list_due(actor(), today())}
    assets = {one.asset_no: one for one in list_by_number(form.observations(), actor())}
    names = names_of(one.region_code for one in assets.values())
    lines = [entry for entry in form.lines if entry.form.asset_no.data in assets]
    return page("patrols/round.html", form, lines=lines, assets=assets, due=due, names=names, on=today())
