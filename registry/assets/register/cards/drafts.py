"""What a person has typed and not yet submitted: saved as it stands, without a word in the trail."""

import json

from sqlalchemy import select

from registry.assets.register.cards.models import Draft
from registry.assets.register.cards.typed import DraftOf
from registry.clock import now
from registry.database import db
from registry.errors import Invalid, Missing
from registry.places.queries import heir_of
from registry.sealing import seal, unseal
from registry.text import N_

MAX_CONTENT = 60_000
MAX_KEY = 40
#: Fields that belong to the page and not to the card.
_NOT_KEPT = frozenset({"csrf_token", "one_time_key"})
_UNIT = "region_code"

Typed = dict[str, list[str]]


def save_draft(
    user_id: int, key: str, typed: Typed, *, asset_id: int | None = None, page: DraftOf = DraftOf.CARD
) -> Draft:
    """Keep what was typed under the key of its page, replacing what was kept before. Raises Invalid, Missing."""
    content = json.dumps({name: values for name, values in typed.items() if name not in _NOT_KEPT}, ensure_ascii=False)
    if not 0 < len(key) <= MAX_KEY or len(content) > MAX_CONTENT:
        raise Invalid(N_("草稿太长，没有保存。"))
    draft = db.session.scalar(select(Draft).where(Draft.user_id == user_id, Draft.key == key))
    if draft is None:
        draft = Draft(user_id=user_id, key=key, page=page.value)
        db.session.add(draft)
    if draft.page != page:
        raise Missing
    draft.content = seal(content, table="asset_draft", row=key, column="content")  # it may hold identity numbers
    draft.updated_at, draft.asset_id = now(), asset_id
    db.session.flush()
    return draft


def typed_of(draft: Draft) -> Typed:
    """Return what a draft holds; a unit that has ended since is its heir by now."""
    kept: Typed = json.loads(unseal(draft.content, table="asset_draft", row=draft.key, column="content"))
    return {name: [heir_of(one) for one in values] if name == _UNIT else values for name, values in kept.items()}


def drop_draft(draft: Draft) -> None:
    """Forget a draft, once submitted or given up."""
    db.session.delete(draft)
