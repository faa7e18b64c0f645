"""Questions before a month is closed: which dues of a book's owner are earned and not yet received."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from registry.assets.register.cards.models import Asset
from registry.bulk import chunks
from registry.database import db
from registry.ledger.books.models import Book
from registry.ledger.books.queries import posted_for
from registry.ledger.books.rules import last_day
from registry.ledger.operation.closing.rules import EarnedShare
from registry.ledger.operation.contracts.models import Contract
from registry.ledger.operation.dues.models import Due, DueShare
from registry.ledger.operation.kinds import EARNED, OUTSTANDING
from registry.places.queries import go_live_of

_OPEN = sorted(status.value for status in OUTSTANDING)
_EARNED = sorted(kind.value for kind in EARNED)


@dataclass(frozen=True)
class Offer:
    """A part of a due that can be accrued, with the names a page shows and what the due itself says (fen)."""

    share: EarnedShare
    due_id: int
    contract: Contract | None
    asset: Asset | None
    earned_fen: int
    suggested_fen: int


def list_offers(book: Book, month: int) -> list[Offer]:
    """Return what can be accrued at the end of a month, in the order it falls due.

    What fell due before the books began stands in their opening balances; a result not yet stated is unknown.
    """
    until, go_live = last_day(month), go_live_of(book.region_code)
    rows = (
        select(DueShare, Due, Contract, Asset)
        .join(Due, Due.id == DueShare.due_id)
        .outerjoin(Contract, Contract.id == Due.contract_id)
        .outerjoin(Asset, Asset.id == DueShare.asset_id)
        .where(
            DueShare.party_id == book.party_id, Due.status.in_(_OPEN), Due.kind.in_(_EARNED), Due.period_from <= until
        )
    )
    rows = rows.where(Due.due_on >= go_live) if go_live is not None else rows
    found = db.session.execute(rows.order_by(Due.due_on, DueShare.id)).all()
    accrued = _accrued([share.id for share, *_ in found])
    offers = [_offer(share, due, contract, asset, accrued, until) for share, due, contract, asset in found]
    return [one for one in offers if one.share.left_fen and one.share.open_fen]


def _accrued(share_ids: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for some in chunks(share_ids):
        found |= posted_for(DueShare.__tablename__, some)
    return found


def _offer(
    share: DueShare, due: Due, contract: Contract | None, asset: Asset | None, accrued: dict[int, int], until: date
) -> Offer:
    earned = EarnedShare(
        share.id, due.debtor_name, due.period_from, due.period_to, share.amount_fen or 0, share.open_fen,
        accrued.get(share.id, 0),
    )  # fmt: skip
    return Offer(earned, due.id, contract, asset, earned.earned_fen(until), earned.suggested_fen(until))
