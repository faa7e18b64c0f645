"""Assets on the books: under which account an asset is held, how much of it, and which part is an owner's."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from registry.assets.register.cards.models import Asset, AssetOwner
from registry.assets.register.categories import Nature
from registry.database import db
from registry.kinds import Category
from registry.ledger.books.accounts import Key, NotInChart, code_of
from registry.ledger.books.models import Book, Posting
from registry.money import allocate

#: Where an asset itself is held; an investment is an asset too, but nothing of it is worn off.
HOLDINGS = (Key.FIXED_ASSET, Key.LIVESTOCK, Key.BEARING_STOCK, Key.PUBLIC_STOCK, Key.INTANGIBLE, Key.LONG_INVESTMENT)
_BY_NATURE = {Nature.LIVING: Key.BEARING_STOCK, Nature.EQUITY: Key.LONG_INVESTMENT, Nature.DEBT: Key.LONG_INVESTMENT}


def holding_of(asset: Asset) -> Key:
    """Return the account under which an asset is held."""
    nature = asset.subtype_row.nature
    if nature is Nature.LIVING and asset.kind is Category.PUBLIC_WELFARE:
        return Key.PUBLIC_STOCK
    return _BY_NATURE.get(nature, Key.FIXED_ASSET)


def codes_of(book: Book) -> dict[str, Key]:
    """Return the codes under which assets are held in a book; of two accounts with one code the first counts."""
    found: dict[str, Key] = {}
    for key in HOLDINGS:
        try:
            found.setdefault(code_of(key, book.version), key)
        except NotInChart:
            continue
    return found


def pending_code(book: Book) -> tuple[str, ...]:
    """Return the code under which losses of a book wait for a decision; nothing if its chart has no such account."""
    try:
        return (code_of(Key.PENDING, book.version),)
    except NotInChart:
        return ()


def held_amounts(book: Book, codes: Sequence[str], until: date) -> dict[tuple[int, str], int]:
    """Return debits less credits per asset and account up to and including a day."""
    total = func.sum(Posting.debit_fen - Posting.credit_fen)
    rows = (
        select(Posting.asset_id, Posting.account, total)
        .where(
            Posting.book_id == book.id, Posting.account.in_(codes), Posting.asset_id.is_not(None),
            Posting.booked_on <= until,
        )
        .group_by(Posting.asset_id, Posting.account)
    )  # fmt: skip
    found = db.session.execute(rows)
    return {(asset_id, account): int(held) for asset_id, account, held in found if asset_id is not None}


def shares_of(assets: Sequence[Asset]) -> dict[int, list[AssetOwner]]:
    """Return today's holders of assets in their order, asked for at once."""
    ids = [asset.id for asset in assets]
    rows = select(AssetOwner).where(AssetOwner.asset_id.in_(ids), AssetOwner.valid_to.is_(None))
    found: dict[int, list[AssetOwner]] = {asset_id: [] for asset_id in ids}
    for owner in db.session.scalars(rows.order_by(AssetOwner.id)):
        found[owner.asset_id].append(owner)
    return found


def part_of(amount_fen: int, owners: Sequence[AssetOwner], party_id: int) -> int:
    """Return a holder's part of an amount, to the fen; the parts of all holders sum to it."""
    if not any(one.party_id == party_id for one in owners):
        return 0
    parts = allocate(amount_fen, [one.share_bp for one in owners])
    return sum(part for part, one in zip(parts, owners, strict=True) if one.party_id == party_id)
