"""Pages of public posts: the roster, proposing a person, one post."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.assets.custody.posts.forms import LeaveForm, PostForm
from registry.assets.custody.posts.queries import PAGE_ROWS, get_post, list_posts, masked_number
from registry.assets.custody.posts.rules import PostStatus
from registry.assets.custody.posts.services import leave_post, propose_post
from registry.clock import today
from registry.database import transaction
from registry.errors import Missing
from registry.permissions import Permission, may
from registry.places.queries import list_units_to_enter
from registry.policy.parameters import Parameter
from registry.policy.queries import policy_for
from registry.web import actor, finish, page, requires, row_number

blueprint = Blueprint("posts", __name__)
_P = Permission


@blueprint.get("/custody/posts")
@requires(Permission.ASSET_READ)
def index() -> ResponseReturnValue:
    """Show the roster of a unit."""
    region = request.args.get("region") or actor().unit_code
    if not may(actor(), _P.ASSET_READ, region):
        raise Missing
    wanted = request.args.get("status", "")
    status = PostStatus(wanted) if wanted in set(PostStatus) else None
    rows = list_posts(actor(), region, status, after=row_number("after"))
    return page(
        "posts/index.html",
        rows=rows[:PAGE_ROWS],
        more=len(rows) > PAGE_ROWS,
        region=region,
        chosen=wanted,
        statuses=PostStatus,
        on=today(),
    )


@blueprint.route("/custody/posts/new", methods=["GET", "POST"])
@requires(Permission.CUSTODY_MANAGE)
def new() -> ResponseReturnValue:
    """Propose a person for a public post."""
    units, form = list_units_to_enter(actor(), _P.CUSTODY_MANAGE), PostForm()
    form.offer(units)
    if form.validate_on_submit():
        facts = form.to_facts()
        with form.guard(), transaction(facts.region_code):
            post = propose_post(facts, by=actor(), on=today(), policy=policy_for(facts.region_code, today()))
            return finish(url_for("posts.show", post_id=post.id), _("已提出，等审批。"))
    if not form.is_submitted():
        months = policy_for(actor().unit_code, today()).number(Parameter.POST_TERM_MONTHS)
        form.suggest(actor().unit_code, today(), months)
    return page("posts/new.html", form)


@blueprint.route("/custody/posts/<int:post_id>", methods=["GET", "POST"])
@requires(Permission.ASSET_READ)
def show(post_id: int) -> ResponseReturnValue:
    """Show one post; who arranges custody there notes that the person leaves."""
    post, form = get_post(post_id, actor()), LeaveForm()
    region, may_end = post.region_code, may(actor(), _P.CUSTODY_MANAGE, post.region_code)
    if form.is_submitted() and not may_end:
        raise Missing
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            post = get_post(post_id, actor(), _P.CUSTODY_MANAGE)
            leave_post(post, form.reason.data, on=form.left_on.data, by=actor())
            return finish(url_for("posts.show", post_id=post_id), _("已登记离岗。"))
    if not form.is_submitted():
        form.left_on.data = today()
    return page(
        "posts/post.html", form, post=post, number=masked_number(post), may_end=may_end, statuses=PostStatus, on=today()
    )
