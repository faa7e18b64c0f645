"""Questions about drafts: whose they are, what waits for whom, what they are about."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, select

from registry.assets.register.cards.models import Asset, AssetOwner
from registry.assets.register.registration import Stage
from registry.counting import count_up_to
from registry.database import db
from registry.evidence.models import Attachment
from registry.evidence.queries import list_attachments
from registry.kinds import OwnerKind
from registry.ledger.books.drafts.models import DroppedPaper
from registry.ledger.books.models import Book, VoucherDraft
from registry.ledger.books.queries import at_hand
from registry.ledger.books.rules import DraftState
from registry.parties.models import Party
from registry.permissions import Actor, Permission
from registry.regions import code_range

PAGE_ROWS = 20
_STANDING = (Stage.CONFIRMED.value,)
_COLLECTIVES = (OwnerKind.VILLAGE_COLLECTIVE.value, OwnerKind.GROUP_COLLECTIVE.value)


def list_papers(draft_id: int) -> list[Attachment]:
    """Return the original papers of a draft, but for those set aside, oldest first."""
    dropped = set(db.session.scalars(select(DroppedPaper.attachment_id).where(DroppedPaper.draft_id == draft_id)))
    return [one for one in list_attachments("voucher_draft", str(draft_id)) if one.id not in dropped]


def list_dropped(draft_id: int) -> list[Attachment]:
    """Return the papers that were set aside while a draft was mended, oldest first."""
    rows = select(Attachment).join(DroppedPaper, DroppedPaper.attachment_id == Attachment.id)
    return list(db.session.scalars(rows.where(DroppedPaper.draft_id == draft_id).order_by(Attachment.id)))


def find_owned_asset(book: Book, asset_no: str) -> Asset | None:
    """Return a confirmed asset of which the owner of a book holds a share today."""
    owned = exists().where(
        AssetOwner.asset_id == Asset.id, AssetOwner.party_id == book.party_id, AssetOwner.valid_to.is_(None)
    )
    return db.session.scalar(select(Asset).where(Asset.asset_no == asset_no, Asset.stage.in_(_STANDING), owned))


def find_collective_named(name: str, region_code: str) -> Party | None:
    """Return the collective of this name in a unit or below it."""
    rows = select(Party).where(
        Party.name == name, Party.kind.in_(_COLLECTIVES), Party.region_code.between(*code_range(region_code))
    )
    return db.session.scalar(rows.order_by(Party.id).limit(1))


def _to_check(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        VoucherDraft.state == DraftState.MADE.value,
        at_hand(VoucherDraft, actor, Permission.VOUCHER_CHECK),
        VoucherDraft.made_by_id.is_distinct_from(actor.id),
    )


def list_drafts_to_check(actor: Actor, limit: int) -> Sequence[VoucherDraft]:
    """Return drafts that the actor may check, the oldest first; one's own are somebody else's work."""
    rows = select(VoucherDraft).where(*_to_check(actor)).order_by(VoucherDraft.made_at, VoucherDraft.id)
    return list(db.session.scalars(rows.limit(limit)))


def count_drafts_to_check(actor: Actor, most: int) -> int:
    """Return how many drafts the actor may check, counting up to a number."""
    return count_up_to(select(VoucherDraft.id).where(*_to_check(actor)), most)


def _sent_back(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return VoucherDraft.state == DraftState.SENT_BACK.value, VoucherDraft.made_by_id == actor.id


def list_drafts_sent_back(actor: Actor, limit: int) -> Sequence[VoucherDraft]:
    """Return the actor's own drafts that were sent back, the oldest first."""
    rows = select(VoucherDraft).where(*_sent_back(actor)).order_by(VoucherDraft.made_at, VoucherDraft.id)
    return list(db.session.scalars(rows.limit(limit)))


def count_drafts_sent_back(actor: Actor, most: int) -> int:
    """Return how many of the actor's own drafts were sent back, counting up to a number."""
    return count_up_to(select(VoucherDraft.id).where(*_sent_back(actor)), most)


def list_drafts_after(book: Book, after: int, limit: int, state: DraftState | None = None) -> list[VoucherDraft]:
    """Return drafts of a book in order of entry after one; only those that wait unless a state is named."""
    states = [state.value] if state else [DraftState.MADE.value, DraftState.SENT_BACK.value]
    rows = select(VoucherDraft).where(VoucherDraft.book_id == book.id, VoucherDraft.state.in_(states))
    return list(db.session.scalars(rows.where(VoucherDraft.id > after).order_by(VoucherDraft.id).limit(limit)))


def waits_for(book: Book, deed: str) -> bool:
    """Say whether a draft of this deed waits in a book."""
    states = (DraftState.MADE.value, DraftState.SENT_BACK.value)
    rows = select(VoucherDraft.id).where(
        VoucherDraft.book_id == book.id, VoucherDraft.deed == deed, VoucherDraft.state.in_(states)
    )
    return db.session.scalar(rows.limit(1)) is not None


def find_waiting_reversal(voucher_id: int) -> VoucherDraft | None:
    """Return the draft that would undo a voucher, if one waits."""
    states = (DraftState.MADE.value, DraftState.SENT_BACK.value)
    rows = select(VoucherDraft).where(VoucherDraft.reverses_id == voucher_id, VoucherDraft.state.in_(states))
    return db.session.scalar(rows.limit(1))
