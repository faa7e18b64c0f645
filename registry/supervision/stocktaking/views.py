"""Pages of a count from above: campaigns, how far each unit is, all lines and differences of a county; closing."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.clock import today
from registry.database import transaction
from registry.errors import Missing
from registry.permissions import Permission, may
from registry.places.queries import names_of
from registry.policy.queries import policy_for
from registry.regions import Level, ancestor, covers, is_code, lineage
from registry.supervision.stocktaking.fates import fates_of
from registry.supervision.stocktaking.forms import CloseForm, OpeningForm
from registry.supervision.stocktaking.models import StockCampaign
from registry.supervision.stocktaking.progress import Row, rolled_up, tally_categories, total
from registry.supervision.stocktaking.queries import (
    PAGE_ROWS,
    DifferenceFilter,
    LineFilter,
    get_campaign,
    list_campaigns,
    list_differences,
    list_lines,
    list_sheets,
    place_text,
    read_place,
)
from registry.supervision.stocktaking.rules import DifferenceState, Outcome
from registry.supervision.stocktaking.services import close_campaign, missing_sheets, open_campaign
from registry.web import actor, finish, page, requires, row_number

blueprint = Blueprint("stocktaking", __name__)
_P = Permission


@blueprint.get("/stocktaking")
@requires(Permission.ASSET_READ)
def index() -> ResponseReturnValue:
    """List the counts that concern the reader, the newest first."""
    found = list_campaigns(actor(), before=row_number("before"))
    rows = found[:PAGE_ROWS]
    here = {one.id: total(_rows(one, _home(one))) for one in rows}
    return page("stocktaking/index.html", rows=rows, more=len(found) > PAGE_ROWS, here=here)


def _home(campaign: StockCampaign) -> str:
    """Return the part of a county that the reader looks at first: one's own unit, or the county."""
    own = actor().unit_code
    return own if covers(campaign.region_code, own) else campaign.region_code


def _rows(campaign: StockCampaign, region_code: str) -> list[Row]:
    return rolled_up(campaign.id, region_code, list_sheets(campaign.id, region_code, actor()), actor())


@blueprint.route("/stocktaking/new", methods=["GET", "POST"])
@requires(Permission.STOCKTAKE_OPEN)
def new() -> ResponseReturnValue:
    """Call a count of one's county."""
    form, on = OpeningForm(data={"year": today().year}), today()
    region = ancestor(actor().unit_code, Level.COUNTY)
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            opening = form.to_opening(region)
            campaign = open_campaign(opening, by=actor(), on=on, policy=policy_for(region, on))
            return finish(url_for("stocktaking.show", campaign_id=campaign.id), _("清查已部署，各单位的清单已经生成。"))
    return page("stocktaking/new.html", form, region=region)


@blueprint.get("/stocktaking/<int:campaign_id>")
@requires(Permission.ASSET_READ)
def show(campaign_id: int) -> ResponseReturnValue:
    """Show how far a count is in a unit, by the units below it and by category."""
    campaign = get_campaign(campaign_id, actor())
    region = _region(campaign)
    rows = _rows(campaign, region)
    return page(
        "stocktaking/campaign.html",
        campaign=campaign,
        region=region,
        trail=[code for code in lineage(region) if covers(campaign.region_code, code)],
        rows=rows,
        whole=total(rows),
        categories=tally_categories(campaign.id, actor(), region_code=region),
        outcomes=Outcome,
        names=names_of(row.region_code for row in rows),
        may_close=may(actor(), _P.STOCKTAKE_OPEN, campaign.region_code),
        on=today(),
    )


def _region(campaign: StockCampaign) -> str:
    """Return the unit of the address within the county of a campaign; raises Missing."""
    region = request.args.get("region") or _home(campaign)
    if not is_code(region) or not covers(campaign.region_code, region):
        raise Missing
    return region


@blueprint.get("/stocktaking/<int:campaign_id>/lines")
@requires(Permission.ASSET_READ)
def lines(campaign_id: int) -> ResponseReturnValue:
    """List the lines of a count in a unit and below, page by page."""
    campaign = get_campaign(campaign_id, actor())
    region, outcome = _region(campaign), request.args.get("outcome", "ALL")
    wanted = LineFilter(
        campaign.id,
        region_code=region,
        outcome={**{one.value: one.value for one in Outcome}, "NONE": ""}.get(outcome),
        different=outcome == "DIFFERENT",
        text=request.args.get("q", "").strip(),
    )
    found = list_lines(wanted, actor(), after=read_place(request.args.get("after", "")))
    rows = found[:PAGE_ROWS]
    return page(
        "stocktaking/lines.html", campaign=campaign, region=region, wanted=wanted, chosen=outcome, rows=rows,
        next_place=place_text(rows[-1]) if len(found) > PAGE_ROWS else "", outcomes=Outcome,
        names=names_of({row.region_code for row in rows}),
    )  # fmt: skip


@blueprint.get("/stocktaking/<int:campaign_id>/differences")
@requires(Permission.ASSET_READ)
def differences(campaign_id: int) -> ResponseReturnValue:
    """List the differences of a count in a unit and below, with what became of each."""
    campaign = get_campaign(campaign_id, actor())
    region, state = _region(campaign), request.args.get("state", "")
    chosen = DifferenceState(state) if state in set(DifferenceState) else None
    wanted = DifferenceFilter(campaign.id, region_code=region, state=chosen)
    found = list_differences(wanted, actor(), after=read_place(request.args.get("after", "")))
    rows = found[:PAGE_ROWS]
    after = f"{rows[-1].region_code}~{rows[-1].id}" if len(found) > PAGE_ROWS else ""
    return page(
        "stocktaking/differences.html", campaign=campaign, region=region, state=state, states=DifferenceState,
        rows=rows, fates=fates_of(rows), next_place=after, names=names_of({row.region_code for row in rows}),
    )  # fmt: skip


@blueprint.route("/stocktaking/<int:campaign_id>/close", methods=["GET", "POST"])
@requires(Permission.STOCKTAKE_OPEN)
def close(campaign_id: int) -> ResponseReturnValue:
    """Close a count; whoever is not in is named, with the reason."""
    campaign, form = get_campaign(campaign_id, actor(), _P.STOCKTAKE_OPEN), CloseForm()
    region = campaign.region_code
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            campaign = get_campaign(campaign_id, actor(), _P.STOCKTAKE_OPEN)
            close_campaign(campaign, form.reason.data or "", by=actor())
            return finish(url_for("stocktaking.show", campaign_id=campaign_id), _("清查已结束，以后不能再改。"))
    missing = missing_sheets(get_campaign(campaign_id, actor(), _P.STOCKTAKE_OPEN))
    return page("stocktaking/close.html", form, campaign=campaign, missing=missing)
