"""Applications typed half: kept as drafts of cards are, so that a lost link or a closed window loses nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from registry.assets.register.cards.drafts import Typed, drop_draft, save_draft, typed_of
from registry.assets.register.cards.models import Draft
from registry.assets.register.cards.queries import find_draft, get_draft, list_drafts
from registry.assets.register.cards.typed import DraftOf

#: How many a page offers, and how much of the reason tells one from another.
OFFERED, TOLD = 5, 30
#: Under which the address is kept: it says which assets are meant.
_ADDRESS = "address"
_PAGE = DraftOf.DISPOSAL


@dataclass(frozen=True)
class Unfinished:
    """An application that can be gone on with: its row, what its address asked for, and how it begins."""

    id: int
    address: str
    reason: str
    updated_at: datetime


def keep_application(user_id: int, key: str, typed: Typed, address: str) -> None:
    """Keep what was typed of an application, with the address it was typed at. Raises Invalid."""
    save_draft(user_id, key, {**typed, _ADDRESS: [address]}, page=_PAGE)


def get_application(draft_id: int, user_id: int) -> Draft:
    """Return one of a person's own unfinished applications; raises Missing."""
    return get_draft(draft_id, user_id, _PAGE)


def list_applications(user_id: int, *, besides: str) -> Sequence[Unfinished]:
    """Return what a person began to apply for and did not finish, the latest first, without the one of this page."""
    return [_told(draft) for draft in list_drafts(user_id, _PAGE) if draft.key != besides][:OFFERED]


def _told(draft: Draft) -> Unfinished:
    typed = typed_of(draft)
    address, reason = (next(iter(typed.get(name, ())), "") for name in (_ADDRESS, "reason"))
    return Unfinished(draft.id, address, reason.strip()[:TOLD], draft.updated_at)


def finish_application(user_id: int, key: str) -> None:
    """Forget what was typed, now that it is a case."""
    draft = find_draft(key, user_id, _PAGE)
    if draft is not None:
        drop_draft(draft)
