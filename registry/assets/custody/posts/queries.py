"""Questions about public posts."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, select

from registry.approvals.requests.models import ApprovalRequest
from registry.assets.custody.posts.models import PublicPost
from registry.assets.custody.posts.rules import HOLDING, Holder, PostStatus
from registry.counting import count_up_to
from registry.database import db
from registry.errors import Missing
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.scope import within
from registry.sealing import masked_id, unseal

PAGE_ROWS = 50
_HELD = [status.value for status in HOLDING]


def get_post(post_id: int, actor: Actor, permission: Permission = Permission.ASSET_READ) -> PublicPost:
    """Return a post within the actor's reach; raises Missing."""
    post = db.session.scalar(select(PublicPost).where(PublicPost.id == post_id, within(PublicPost, actor, permission)))
    if post is None:
        raise Missing
    return post


def post_of_request(request: ApprovalRequest) -> PublicPost:
    """Return the post that a request is about, whoever asks: who sees the request sees its post."""
    return db.session.get_one(PublicPost, int(request.case_id))


def find_holder(*, person: str = "", household: str = "") -> Holder | None:
    """Return who of a person or a household, named by blind index, holds a post anywhere; None if nobody does."""
    same = PublicPost.resident_index == person if person else PublicPost.head_index == household
    rows = select(PublicPost.name, PublicPost.title).where(same, PublicPost.status.in_(_HELD))
    found = db.session.execute(rows.limit(1)).first()
    return Holder(*found) if found else None


def list_posts(
    actor: Actor, region_code: str, status: PostStatus | None = None, *, after: int = 0, limit: int = PAGE_ROWS
) -> list[PublicPost]:
    """Return the posts of a unit and below in order of entry, one more than a page to show that there are more."""
    rows = select(PublicPost).where(
        within(PublicPost, actor, Permission.ASSET_READ),
        PublicPost.region_code.between(*code_range(region_code)),
        PublicPost.id > after,
    )
    rows = rows.where(PublicPost.status == status.value) if status else rows
    return list(db.session.scalars(rows.order_by(PublicPost.id).limit(limit + 1)))


def list_in_office(region_code: str, actor: Actor, permission: Permission, on: date) -> list[PublicPost]:
    """Return who held a post in a unit and below on a day, by unit."""
    rows = select(PublicPost).where(
        within(PublicPost, actor, permission),
        PublicPost.region_code.between(*code_range(region_code)),
        PublicPost.status.in_((PostStatus.IN_OFFICE.value, PostStatus.LEFT.value)),
        PublicPost.starts_on <= on,
        PublicPost.left_on.is_(None) | (PublicPost.left_on > on),
    )
    return list(db.session.scalars(rows.order_by(PublicPost.region_code, PublicPost.id)))


def list_offered_posts(region_code: str) -> list[PublicPost]:
    """Return who is in office in a very unit, for naming them in an agreement."""
    rows = select(PublicPost).where(
        PublicPost.region_code == region_code, PublicPost.status == PostStatus.IN_OFFICE.value
    )
    return list(db.session.scalars(rows.order_by(PublicPost.id)))


def _ended(actor: Actor, on: date) -> tuple[ColumnElement[bool], ...]:
    return (
        PublicPost.status == PostStatus.IN_OFFICE.value,
        PublicPost.ends_on < on,
        PublicPost.region_code == actor.unit_code,
        within(PublicPost, actor, Permission.CUSTODY_MANAGE),
    )


def list_ended_posts(actor: Actor, on: date, limit: int = 50) -> Sequence[PublicPost]:
    """Return the own unit's posts whose term is over and whose holder neither left nor was appointed anew."""
    rows = select(PublicPost).where(*_ended(actor, on)).order_by(PublicPost.ends_on, PublicPost.id)
    return list(db.session.scalars(rows.limit(limit)))


def count_ended_posts(actor: Actor, on: date, most: int) -> int:
    """Return how many posts are over their term, counting up to a number."""
    return count_up_to(select(PublicPost.id).where(*_ended(actor, on)), most)


def masked_number(post: PublicPost) -> str:
    """Return the last four characters of a person's identity number, as any reader of the roster sees it."""
    return masked_id(unseal(post.resident_id, table="public_post", row=post.uid, column="resident_id"))
