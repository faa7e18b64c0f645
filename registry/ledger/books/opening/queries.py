"""Questions about how a book begins: whose is not opened, what the cards say, what was entered."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import exists, select

from registry.assets.register.cards.models import Asset, AssetOwner
from registry.assets.register.categories import UseStatus
from registry.assets.register.depreciation import accumulated_by_month
from registry.assets.register.registration import Stage
from registry.database import db
from registry.errors import Missing
from registry.kinds import Category
from registry.ledger.books.accounts import code_of
from registry.ledger.books.entries import BookDeed
from registry.ledger.books.holdings import codes_of, held_amounts, holding_of, part_of, pending_code, shares_of
from registry.ledger.books.legs import WEAR
from registry.ledger.books.models import Book, Voucher
from registry.ledger.books.opening.rules import CardAmount
from registry.ledger.books.queries import is_reversed
from registry.ledger.books.rules import KEEPS_BOOKS, month_of
from registry.parties.models import Party
from registry.permissions import Actor, Permission
from registry.scope import within

MOST_OWNERS = 200
#: Cards that stand, and those that others took the place of.
_STAGES = (Stage.CONFIRMED.value, Stage.SUPERSEDED.value)


def list_without_book(actor: Actor) -> list[Party]:
    """Return owners of confirmed assets for whom the actor may open a book, in order of unit."""
    owns = exists().where(
        AssetOwner.party_id == Party.id, AssetOwner.valid_to.is_(None), AssetOwner.asset_id == Asset.id,
        Asset.stage == Stage.CONFIRMED.value,
    )  # fmt: skip
    rows = select(Party).where(
        within(Party, actor, Permission.VOUCHER_MAKE), Party.kind.in_(sorted(KEEPS_BOOKS)), owns,
        ~exists().where(Book.party_id == Party.id),
    )  # fmt: skip
    return list(db.session.scalars(rows.order_by(Party.region_code, Party.id).limit(MOST_OWNERS)))


def get_owner(party_id: int, actor: Actor) -> Party:
    """Return an owner for whom the actor may open a book; raises Missing."""
    rows = select(Party).where(Party.id == party_id, within(Party, actor, Permission.VOUCHER_MAKE))
    party = db.session.scalar(rows)
    if party is None:
        raise Missing
    return party


def find_opening(book: Book) -> Voucher | None:
    """Return the voucher of the opening balances that stands."""
    rows = select(Voucher).where(
        Voucher.book_id == book.id, Voucher.deed == BookDeed.OPENING.value, Voucher.reverses_id.is_(None)
    )
    return next((one for one in db.session.scalars(rows.order_by(Voucher.id)) if not is_reversed(one)), None)


def opening_cards(book: Book) -> list[CardAmount]:
    """Return what the cards of assets acquired before a book begins amount to on the eve of it."""
    return [row for row in _cards(book, book.opened_on, before=book.opened_on) if row.card_fen]


def list_differences(book: Book, on: date) -> list[CardAmount]:
    """Return the assets that books and cards show with different values on a day, by number."""
    return [row for row in _cards(book, on) if row.difference is not None]


def _cards(book: Book, on: date, before: date | None = None) -> list[CardAmount]:
    """Compare the owner's cards, and whatever else the book holds, with what is booked up to a day."""
    holdings = codes_of(book)
    wear_codes = {code_of(WEAR[key], book.version) for key in holdings.values() if key in WEAR}
    pending = pending_code(book)
    amounts = held_amounts(book, [*holdings, *wear_codes, *pending], on) if before is None else {}
    lost = {asset_id for (asset_id, code), fen in amounts.items() if code in pending and fen}
    booked = {asset_id: code for (asset_id, code), fen in amounts.items() if code in holdings and fen}
    assets = _assets(book, sorted(booked), before)
    owners, month = shares_of(assets), month_of(on) - 1
    found = []
    for asset in assets:
        standing = asset.stage == Stage.CONFIRMED.value and asset.use_status != UseStatus.UNDER_CONSTRUCTION.value
        # What is lost and waits for a decision is off the books already; until then the card stands.
        own = owners[asset.id] if standing and asset.id not in lost else []
        key = holdings[booked[asset.id]] if asset.id in booked else holding_of(asset)
        wear = code_of(WEAR[key], book.version) if key in WEAR else ""
        found.append(
            CardAmount(
                asset.id, asset.asset_no, asset.name, key, asset.kind,
                part_of(asset.original_value_fen, own, book.party_id),
                part_of(accumulated_by_month(asset.plan, month), own, book.party_id),
                amounts.get((asset.id, booked.get(asset.id, "")), 0), -amounts.get((asset.id, wear), 0),
            )
        )  # fmt: skip
    return found


def _assets(book: Book, also: Sequence[int], before: date | None) -> list[Asset]:
    owned = select(AssetOwner.asset_id).where(AssetOwner.party_id == book.party_id, AssetOwner.valid_to.is_(None))
    rows = select(Asset).where(Asset.id.in_(owned) | Asset.id.in_(also), Asset.stage.in_(_STAGES))
    rows = rows.where(Asset.category != Category.HOUSEHOLD.value)
    rows = rows.where(Asset.acquired_on < before) if before is not None else rows
    return list(db.session.scalars(rows.order_by(Asset.asset_no)))
