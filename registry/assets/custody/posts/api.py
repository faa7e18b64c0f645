"""JSON resources of public posts."""

from typing import Any

from flask import Response, url_for

from registry.assets.custody.posts.models import PublicPost
from registry.assets.custody.posts.queries import get_post, list_posts, masked_number
from registry.assets.custody.posts.rules import PostFacts, PostStatus
from registry.assets.custody.posts.schemas import LeavingEntry, PostArguments, PostEntry, PostPage, PostRow
from registry.assets.custody.posts.services import leave_post, propose_post
from registry.clock import today
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.rest.calls import Body, actor, api_requires, check_match, check_unit, deed, done, listed, shown
from registry.rest.openapi import Resources
from registry.rest.paging import cut, number_after
from registry.sealing import masked_name
from registry.token_scopes import Scope

resources = Resources("posts", __name__, "公益性岗位")
_P, _S = Permission, Scope
_MASKED = frozenset({"name", "head_name", "resident_id"})
_PLAIN = tuple(field.attribute or name for name, field in PostRow().fields.items() if name not in _MASKED)


def _row(post: PublicPost) -> Body:
    plain = {name: getattr(post, name) for name in _PLAIN}
    masked = {"name": masked_name(post.name), "head_name": masked_name(post.head_name)}
    row: Body = PostRow().dump({**plain, **masked, "resident_id": masked_number(post)})
    return row


@resources.get("/public-posts", "列公益性岗位")
@api_requires(_P.ASSET_READ, scope=_S.CUSTODY_READ)
@resources.arguments(PostArguments, location="query")
@resources.response(200, PostPage)
def index(args: dict[str, Any]) -> Response:
    """List the posts of a unit and below in order of entry."""
    status, limit = PostStatus(args["status"]) if "status" in args else None, args["limit"]
    region = args.get("region") or actor().unit_code
    found = list_posts(actor(), region, status, after=number_after(args), limit=limit)
    rows, after = cut(found, limit, lambda post: post.id)
    return listed([*map(_row, rows)], after)


@resources.get("/public-posts/<int:post_id>", "读一个公益性岗位")
@api_requires(_P.ASSET_READ, scope=_S.CUSTODY_READ)
@resources.response(200, PostRow)
def one(post_id: int) -> Response:
    """Show a post, personal data masked."""
    return shown(_row(get_post(post_id, actor())))


@resources.post("/public-posts", "提出公益性岗位人选，送审批")
@api_requires(_P.CUSTODY_MANAGE, scope=_S.CUSTODY_WRITE)
@resources.arguments(PostEntry)
@resources.response(201, PostRow)
def propose(facts: PostFacts) -> Response:
    """Propose a person for a post."""
    check_unit(_P.CUSTODY_MANAGE, facts.region_code)
    with deed(facts.region_code):
        post = propose_post(facts, by=actor(), on=today(), policy=policy_for(facts.region_code, today()))
        return done(_row(post), 201, location=url_for("posts_api.one", post_id=post.id))


@resources.post("/public-posts/<int:post_id>/leave", "登记离岗")
@api_requires(_P.CUSTODY_MANAGE, scope=_S.CUSTODY_WRITE)
@resources.arguments(LeavingEntry)
@resources.response(200, PostRow)
def leave(body: dict[str, Any], post_id: int) -> Response:
    """Let a person leave the post on a day."""
    with deed(get_post(post_id, actor(), _P.CUSTODY_MANAGE).region_code):
        post = get_post(post_id, actor(), _P.CUSTODY_MANAGE)
        check_match(_row(post), needed=False)
        leave_post(post, body["reason"], on=body["left_on"], by=actor())
        return done(_row(post))
