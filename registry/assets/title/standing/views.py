"""The page of one asset's title."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from registry.accounts.forms import ActForm
from registry.assets.register.cards.queries import get_asset
from registry.assets.register.lookup.rows import stage_badge
from registry.assets.title.cases.showing import badge_of
from registry.assets.title.certificates.rules import CertificateKind
from registry.assets.title.encumbrances.rules import EncumbranceKind
from registry.assets.title.owning import needs_land_register
from registry.assets.title.positions import Position
from registry.assets.title.rules import LineDecision
from registry.assets.title.standing.queries import get_standing
from registry.clock import today
from registry.permissions import Permission, may
from registry.text import Labelled
from registry.web import actor, page, requires

blueprint = Blueprint("title_standing", __name__)
#: The way as people draw it; an objection is off the way, and shown as such.
WAY = tuple(one for one in Position if one is not Position.OBJECTED)
WORDS: dict[str, type[Labelled]] = {
    "certificate": CertificateKind, "encumbrance": EncumbranceKind, "decision": LineDecision,
}  # fmt: skip


@blueprint.get("/assets/<asset_no>/title")
@requires(Permission.ASSET_READ)
def asset(asset_no: str) -> ResponseReturnValue:
    """Show where an asset stands: its position, holders over time, certificates, encumbrances, lineage, cases."""
    thing = get_asset(asset_no, actor(), Permission.ASSET_READ)
    return page(
        "title/asset.html",
        ActForm(),
        asset=thing,
        standing=get_standing(thing, today()),
        way=WAY,
        words=WORDS,
        badge_of=badge_of,
        stage_badge=stage_badge,
        may_register=may(actor(), Permission.TITLE_REGISTER, thing.region_code),
        is_real_estate=needs_land_register(thing.subtype),
    )
