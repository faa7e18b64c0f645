"""What belongs to carrying a case out besides the case: to whom it goes, which equity is left, what is booked last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from registry.disposal.cases.models import DisposalCase
from registry.disposal.kinds import DisposalKind, Extent
from registry.disposal.prices.models import DisposalPrice
from registry.disposal.procedure.booking import Ledger, Sums
from registry.disposal.procedure.execution import Execution
from registry.disposal.procedure.holding import Held, Pen, divided, lines_for
from registry.disposal.procedure.pieces import Piece
from registry.disposal.procedure.removing import Removed
from registry.evidence.services import KeptFile
from registry.kinds import OwnerKind
from registry.ledger.books.entries import BookDeed, Entry, Marks, Source
from registry.ledger.books.models import Book
from registry.ledger.books.queries import find_book
from registry.ledger.books.rules import KEEPS_BOOKS, BookKind
from registry.ledger.operation.dues.queries import list_dues_of
from registry.ledger.operation.dues.services import void_dues, write_off_due
from registry.ledger.operation.equity.models import Equity
from registry.ledger.operation.equity.queries import list_held_by_card
from registry.ledger.operation.equity.services import exit_equity
from registry.ledger.operation.kinds import OUTSTANDING, DueKind
from registry.money import allocate
from registry.parties.models import Party
from registry.parties.rules import PartyFacts
from registry.parties.services import ensure_party
from registry.permissions import Actor
from registry.places.queries import names_of


@dataclass(frozen=True)
class Carrying:
    """A case being carried out: what goes, what was told, how the sums are split, and who writes."""

    case: DisposalCase
    price: DisposalPrice | None
    facts: Execution
    pieces: Sequence[Piece]
    sums: Sums
    pen: Pen

    @property
    def recipient_name(self) -> str:
        """Who got it: whoever won the open trade, else whom the case names."""
        return self.price.buyer_name if self.price else self.case.recipient_name


def receiver_of(carrying: Carrying, *, is_share: bool) -> Party | None:
    """Return who becomes an owner in this register: of a share, or of what is allocated within it; else nobody."""
    case, price = carrying.case, carrying.price
    if is_share:
        unit = case.recipient_region or case.region_code
        if price is not None:
            return ensure_party(
                PartyFacts(OwnerKind(price.buyer_kind), price.buyer_name, unit, price.buyer_code)
            )  # fmt: skip
        return ensure_party(
            PartyFacts(OwnerKind(case.recipient_kind), case.recipient_name, unit, case.recipient_code)
        )  # fmt: skip
    if case.about is not DisposalKind.ALLOCATION or not is_covered(case):
        return None
    facts = PartyFacts(
        OwnerKind(case.recipient_kind), case.recipient_name, case.recipient_region, case.recipient_code
    )  # fmt: skip
    return ensure_party(facts)


def is_covered(case: DisposalCase) -> bool:
    """Say whether whoever is to get it is a public owner of a unit that this register covers."""
    known = case.recipient_region and names_of({case.recipient_region})
    return bool(known) and case.recipient_kind in {kind.value for kind in KEEPS_BOOKS}


def leave_equity(carrying: Carrying, files: list[KeptFile]) -> None:
    """Let the equity end that stands for the cards: what is paid for it stands for the principal that was still due."""
    case, pen = carrying.case, carrying.pen
    reason = f"{case.about.label}（{case.number}）"
    rows = list_held_by_card([piece.asset.id for piece in carrying.pieces])
    for equity, returned in zip(rows, _returned(carrying, rows), strict=True):
        exit_equity(equity, pen.day, returned, reason, files, by=pen.by, on=pen.on)
        _let_principal_fall(equity, reason, by=pen.by, on=pen.on)


def _let_principal_fall(equity: Equity, reason: str, *, by: Actor, on: date) -> None:
    """Let what was still due of the principal be owed no more: the price stands for it."""
    dues = [one for one in list_dues_of(equity_id=equity.id) if one.about is DueKind.PRINCIPAL]
    void_dues(dues, reason, by=by, on=on)
    for due in dues:
        if due.state in OUTSTANDING and due.open_fen:
            write_off_due(due, due.open_fen)


def _returned(carrying: Carrying, rows: Sequence[Equity]) -> list[int]:
    """Return what of each capital came back: of one card, by the capital of each holder."""
    sums = carrying.sums
    found = []
    for equity in rows:
        same = [one for one in rows if one.asset_id == equity.asset_id]
        lines = [piece.line.id for piece in carrying.pieces if piece.asset.id == equity.asset_id]
        paid = sum(fen for (line, _party), fen in sums.money.items() if line in lines) if sums.is_paid else 0
        parts = allocate(paid, [one.capital_fen for one in same])
        found.append(min(parts[same.index(equity)], equity.capital_fen))
    return found


def post_rest(carrying: Carrying, ledgers: Sequence[Ledger], removed: Sequence[Removed]) -> None:
    """Book what stays of divided assets under its own card, and what was passed on in the book of whoever got it."""
    by_line = {one.piece.line.id: one for one in removed}
    for ledger in ledgers:
        pairs = [(held, by_line[held.piece.line.id]) for held in ledger.held]
        lines = [line for held, one in pairs if one.rest for line in divided(ledger.book, held, one.rest.id)]
        carrying.pen.write(ledger.book, BookDeed.ASSET_DIVIDED, lines)
        _receive(carrying, [(held, one.heir.id) for held, one in pairs if one.heir])


def _receive(carrying: Carrying, pairs: Sequence[tuple[Held, int]]) -> None:
    """Take on in the book of a public recipient what was given for nothing."""
    book = _book_of_recipient(carrying)
    if book is None:
        return
    entries = [
        Entry(
            BookDeed.ASSET_TRANSFERRED_IN, held.gone_fen, Source("", 0), Marks(heir_id), holding=held.holding,
            depreciation_fen=held.gone_wear_fen,
        )
        for held, heir_id in pairs
    ]  # fmt: skip
    carrying.pen.write(book, BookDeed.ASSET_TRANSFERRED_IN, lines_for(book, entries))


def _book_of_recipient(carrying: Carrying) -> Book | None:
    """Return the book of whoever was given it, if it keeps one here that holds assets."""
    if carrying.case.about is not DisposalKind.ALLOCATION or not is_covered(carrying.case):
        return None
    is_share = any(piece.line.how_much is Extent.SHARE for piece in carrying.pieces)
    to = receiver_of(carrying, is_share=is_share)
    book = find_book(to.id) if to else None
    return book if book and book.book_kind is not BookKind.MEMORANDUM else None
