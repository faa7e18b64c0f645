"""Public posts as JSON: identity numbers go in and come out masked, names as notices write them."""

from typing import Any

from marshmallow import fields, post_load

from registry.assets.custody.kinds import PaySource
from registry.assets.custody.posts.rules import PostFacts, PostStatus
from registry.rest.fields import Money, PageArguments, Strict, choice, code, listed, text


class PostArguments(PageArguments):
    """Which posts a list shows: of a unit and below, the caller's own unit if none is named."""

    region = code()
    status = choice(PostStatus)


class PostEntry(Strict):
    """A person proposed for a public post."""

    region_code = code(needed=True)
    title = text(60, needed=True, least=1)
    duties = text(500, load_default="")
    name = text(40, needed=True, least=1)
    resident_id = text(18, needed=True, load_only=True)
    phone = text(20, load_default="", load_only=True)
    head_name = text(40, needed=True, least=1)
    head_resident_id = text(18, needed=True, load_only=True)
    is_cadres_kin = fields.Boolean(load_default=False)
    cadre_name = text(40, load_default="")
    cadre_relation = text(20, load_default="")
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    pay = Money(attribute="pay_fen", required=True)
    pay_source = choice(PaySource, needed=True)
    basis = text(200, load_default="")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> PostFacts:
        numbers = {name: data.pop(name).strip().upper() for name in ("resident_id", "head_resident_id")}
        words = {name: value.strip() if isinstance(value, str) else value for name, value in data.items()}
        return PostFacts(**{**words, **numbers, "pay_source": PaySource(data["pay_source"])})


class LeavingEntry(Strict):
    """From which day a person leaves the post, and why."""

    left_on = fields.Date(required=True)
    reason = text(200, needed=True, least=1)


class PostRow(Strict):
    """A person proposed for, in, or gone from a public post; personal data masked."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    region_code = fields.String(required=True)
    status = choice(PostStatus, needed=True)
    title = fields.String(required=True)
    duties = fields.String(required=True)
    name = fields.String(required=True, metadata={"description": "遮盖后的姓名"})
    resident_id = fields.String(required=True, metadata={"description": "遮盖后的身份证号"})
    head_name = fields.String(required=True, metadata={"description": "遮盖后的户主姓名"})
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    pay = Money(attribute="pay_fen", required=True)
    pay_source = choice(PaySource, needed=True)
    basis = fields.String(required=True)
    proposed_by = fields.String(attribute="proposed_by_text", required=True)
    proposed_at = fields.AwareDateTime(required=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    reason = fields.String(required=True)
    left_on = fields.Date(required=True, allow_none=True)


PostPage = listed(PostRow)
