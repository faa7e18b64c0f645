"""What the posting of many receipts asks for again and again, read once for the deed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import or_, select

from registry.assets.register.cards.models import Asset, AssetOwner
from registry.assets.register.categories import OperatingMode
from registry.database import db
from registry.ledger.books.models import Book
from registry.ledger.books.services import open_book
from registry.ledger.operation.contracts.models import Contract, ContractShare
from registry.ledger.operation.equity.models import Equity
from registry.ledger.operation.receipts.models import Receipt
from registry.ledger.operation.receipts.wording import About
from registry.parties.models import Party
from registry.permissions import Actor
from registry.places.queries import go_live_of


@dataclass
class AtHand:
    """Books by owner, first days of the books by unit, contracts and parties; good for one transaction."""

    books: dict[int, Book] = field(default_factory=dict)
    first_days: dict[str, date | None] = field(default_factory=dict)
    #: The session forgets what nobody holds; these are held until the deed is over.
    held: list[Contract | Party | Asset] = field(default_factory=list)

    def book_of(self, party_id: int, *, by: Actor, on: date) -> Book:
        """Return the book of an owner, opened if this is its first voucher."""
        if party_id not in self.books:
            self.books[party_id] = open_book(db.session.get_one(Party, party_id), by=by, on=on)
        return self.books[party_id]

    def go_live_of(self, region_code: str) -> date | None:
        """Return from which day a unit's money is kept here."""
        if region_code not in self.first_days:
            self.first_days[region_code] = go_live_of(region_code)
        return self.first_days[region_code]


def debtor_of(contract_id: int | None, equity_id: int | None) -> tuple[int | None, bool]:
    """Return who owes under a contract or equity, and whether it is a member of the collective (内部往来)."""
    if contract_id is not None:
        contract = db.session.get_one(Contract, contract_id)
        return contract.operator_id, contract.is_member
    return (db.session.get_one(Equity, equity_id).investee_id, False) if equity_id is not None else (None, False)


def about(
    asset_id: int | None, contract_id: int | None, other: str, span: tuple[date, date]
) -> About:  # fmt: skip
    """Return what a voucher says of an asset, the other side and a period."""
    asset = db.session.get_one(Asset, asset_id).name if asset_id is not None else ""
    mode = db.session.get_one(Contract, contract_id).way if contract_id is not None else OperatingMode.LEASE
    return About(asset, other.strip(), *span, mode)


def at_hand_for(receipts: Sequence[Receipt]) -> AtHand:
    """Read at once the contracts, owners and books that posting receipts needs."""
    contracts = {one.contract_id for one in receipts if one.contract_id is not None}
    shares = select(ContractShare.party_id).where(ContractShare.contract_id.in_(contracts))
    owners = select(AssetOwner.party_id).where(AssetOwner.asset_id.in_({one.asset_id for one in receipts}))
    parties = db.session.scalars(select(Party).where(or_(Party.id.in_(shares), Party.id.in_(owners))))
    books = db.session.scalars(select(Book).where(or_(Book.party_id.in_(shares), Book.party_id.in_(owners))))
    agreed = db.session.scalars(select(Contract).where(Contract.id.in_(contracts)))
    assets = db.session.scalars(select(Asset).where(Asset.id.in_({one.asset_id for one in receipts})))
    return AtHand({book.party_id: book for book in books}, held=[*parties, *agreed, *assets])
