"""Pages on which a difference is led to what it becomes."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.clock import today
from registry.database import db, transaction
from registry.disposal.kinds import Ground
from registry.permissions import Permission, may
from registry.policy.queries import policy_for
from registry.supervision.stocktaking.fates import Fate, fates_of, is_open
from registry.supervision.stocktaking.forms import SettlingForm
from registry.supervision.stocktaking.models import StockDifference, StockSheet
from registry.supervision.stocktaking.queries import get_difference
from registry.supervision.stocktaking.rules import RIGHT_OF, SheetStatus, Way, ways_out
from registry.supervision.stocktaking.settling import GROUNDS, find_asked_since, has_left, settle
from registry.web import actor, finish, page, requires

blueprint = Blueprint("stock_differences", __name__)
_P = Permission


@blueprint.get("/stocktaking/differences/<int:difference_id>")
@requires(Permission.ASSET_READ)
def show(difference_id: int) -> ResponseReturnValue:
    """Show a difference: what was found, who settled it how and why, and what it became."""
    return _shown(get_difference(difference_id, actor()))


def _shown(difference: StockDifference, form: SettlingForm | None = None) -> ResponseReturnValue:
    fate, sheet = fates_of([difference])[difference.id], db.session.get_one(StockSheet, difference.sheet_id)
    ways = _ways(difference)
    open_now = sheet.state is SheetStatus.CONFIRMED and is_open(difference, fate)
    may_settle = open_now and bool(ways) and may(actor(), _P.ASSET_ENTER, difference.region_code)
    if form is None:
        form = SettlingForm(formdata=None)
        form.offer(ways, difference.found)
        form.way.data = ways[0].value if ways else ""
        if "ground" in form:
            form["ground"].data = GROUNDS.get(difference.found, Ground.OTHER).value
    return page(
        "stocktaking/difference.html", form, difference=difference, line=difference.line, sheet=sheet, fate=fate,
        may_settle=may_settle, ways=ways, page_of=page_of(difference, fate),
        asked=find_asked_since(difference.line) if Way.CORRECTION in ways else None,
    )  # fmt: skip


def _ways(difference: StockDifference) -> list[Way]:
    """Return by which ways the reader may settle a difference."""
    me, region = actor(), difference.region_code
    ways = ways_out(difference.found, has_left=has_left(difference.line))
    return [way for way in ways if way not in RIGHT_OF or may(me, RIGHT_OF[way], region)]


def page_of(difference: StockDifference, fate: Fate) -> str:
    """Return the page of what a difference became, empty for a word of explanation."""
    number = difference.line.asset_no
    pages = {
        "correction": lambda: url_for("amendments.history", asset_no=number),
        "disposal_case": lambda: url_for("disposals.show", disposal_id=int(fate.key)),
        "asset": lambda: url_for("lookup.asset", asset_no=fate.key),
        "encumbrance": lambda: url_for("title_standing.asset", asset_no=number),
        "fault": lambda: url_for("faults.show", fault_id=int(fate.key)),
    }
    return pages[fate.table]() if fate.table else ""


@blueprint.post("/stocktaking/differences/<int:difference_id>")
@requires(Permission.ASSET_ENTER)
def lead(difference_id: int) -> ResponseReturnValue:
    """Lead a difference to what it becomes."""
    difference, form, on = get_difference(difference_id, actor(), _P.ASSET_ENTER), SettlingForm(), today()
    region = difference.region_code
    form.offer(_ways(difference), difference.found)
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            difference = get_difference(difference_id, actor(), _P.ASSET_ENTER)
            settle(difference, form.to_settlement(), by=actor(), on=on, policy=policy_for(region, on))
            here = url_for("stock_differences.show", difference_id=difference_id)
            return finish(here, _("差异已处理：%(way)s。", way=_(Way(form.way.data).label)))
    return _shown(get_difference(difference_id, actor(), _P.ASSET_ENTER), form)
