"""Pages of reviews: operating assets by group, the review of one, the yearly results of a contract."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.queries import get_asset, region_of
from registry.assets.register.categories import IndustryClass
from registry.clock import today
from registry.database import transaction
from registry.errors import Missing
from registry.evidence.uploads import taken_in
from registry.ledger.operation.contracts.queries import get_contract
from registry.ledger.operation.reviews.forms import ReviewForm, YearForm
from registry.ledger.operation.reviews.models import IndustryReview
from registry.ledger.operation.reviews.queries import (
    PAGE_ROWS,
    ReviewFilter,
    count_by_group,
    latest_reviews,
    list_operating,
    list_results_of,
    list_reviews_of,
)
from registry.ledger.operation.reviews.rules import idle_cautions
from registry.ledger.operation.reviews.services import enter_year, review_asset
from registry.permissions import Permission, may
from registry.policy.queries import policy_for
from registry.regions import is_code
from registry.web import actor, finish, page, requires, row_number

blueprint = Blueprint("reviews", __name__)
_P = Permission


@blueprint.get("/reviews")
@requires(Permission.LEDGER_READ)
def index() -> ResponseReturnValue:
    """List operating assets of a unit by their group, with what is wrong with them."""
    region, args = request.args.get("region") or actor().unit_code, request.args
    if not (is_code(region) and may(actor(), _P.LEDGER_READ, region)):
        raise Missing
    group, state = args.get("group", ""), args.get("state", "")
    wanted = ReviewFilter(
        region, group if group in set(IndustryClass) else "", idle=state == "idle",
        unreviewed_year=today().year if state == "unreviewed" else None,
    )  # fmt: skip
    rows = list_operating(wanted, actor(), after=row_number("after"))
    shown = rows[:PAGE_ROWS]
    reviews = latest_reviews(one.id for one in shown)
    return page(
        "reviews/index.html", rows=shown, more=len(rows) > PAGE_ROWS, wanted=wanted, groups=IndustryClass, state=state,
        reviews=reviews, counts=count_by_group(wanted, actor()),
        cautions={one.id: _cautions(one, reviews.get(one.id)) for one in shown},
    )  # fmt: skip


def _cautions(asset: Asset, review: IndustryReview | None) -> list[str]:
    on = today()
    found = idle_cautions(
        review.year if review else None, review.idle_since if review else None, review.revive_by if review else None,
        on=on, policy=policy_for(asset.region_code, on),
    )  # fmt: skip
    return [_(one.label) for one in found]


@blueprint.route("/assets/<asset_no>/review", methods=["GET", "POST"])
@requires(Permission.CONTRACT_ENTER)
def review(asset_no: str) -> ResponseReturnValue:
    """Put an asset into one of the four groups for a year."""
    region, form, on = region_of(asset_no, actor(), _P.CONTRACT_ENTER), ReviewForm(), today()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            asset = get_asset(asset_no, actor(), _P.CONTRACT_ENTER)
            review_asset(asset, form.to_facts(), by=actor(), on=on, policy=policy_for(region, on))
            return finish(url_for("reviews.index", region=region), _("已评估。"))
    asset = get_asset(asset_no, actor(), _P.CONTRACT_ENTER)
    if not form.is_submitted():
        form.year.data, form.group.data = on.year, asset.industry_class or IndustryClass.CONSOLIDATE.value
    return page("reviews/review.html", form, asset=asset, rows=list_reviews_of(asset.id))


@blueprint.route("/contracts/<int:contract_id>/years", methods=["GET", "POST"])
@requires(Permission.CONTRACT_ENTER)
def year(contract_id: int) -> ResponseReturnValue:
    """Enter what a year of a contract, or of own running, came to."""
    region, form, on = get_contract(contract_id, actor(), _P.CONTRACT_ENTER).region_code, YearForm(), today()
    if form.validate_on_submit():
        with form.guard():
            files = taken_in(form.file)
            with transaction(region):
                contract = get_contract(contract_id, actor(), _P.CONTRACT_ENTER)
                enter_year(contract, form.to_facts(), files, by=actor(), on=on, policy=policy_for(region, on))
                return finish(url_for("reviews.year", contract_id=contract_id), _("已登记。"))
    if not form.is_submitted():
        form.year.data = on.year - 1
    contract = get_contract(contract_id, actor(), _P.CONTRACT_ENTER)
    return page("reviews/year.html", form, contract=contract, rows=list_results_of(contract_id))
