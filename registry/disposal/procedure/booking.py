"""What carrying out a disposal is in the books of each owner: one treatment per kind, every part to the fen.

Domain rules, section 10.2. Only what a book really holds is written off: an asset that was never taken on has nothing
to write off, and its price is all gain. Public owners keep a memorandum: the price is owed to the treasury.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from registry.assets.register.categories import INTERESTS
from registry.disposal.kinds import DisposalKind
from registry.disposal.procedure.holding import Held, Pen, held_in, lines_for
from registry.disposal.procedure.pieces import Piece, Split, parties_of, sum_of
from registry.disposal.procedure.refusals import IncomeBeyond
from registry.ledger.books.accounts import Key, code_of
from registry.ledger.books.entries import BookDeed, Entry, Marks, Source
from registry.ledger.books.holdings import pending_code
from registry.ledger.books.models import Book
from registry.ledger.books.queries import find_book
from registry.ledger.books.rules import KEEPS_BOOKS, BookKind
from registry.ledger.books.services import open_book
from registry.money import format_yuan
from registry.parties.models import Party
from registry.text import N_

_D, _K = BookDeed, DisposalKind
#: Where lines come from is said by their voucher.
_NOTHING = Source("", 0)


@dataclass(frozen=True)
class Sums:
    """What is to be split over assets and owners: what is owed or came in, what clearing cost, what was agreed."""

    money: Split
    cost: Split
    agreed: Split
    is_paid: bool
    #: The day from which the money counts.
    money_pen: Pen
    #: The card that came for what went (swap, contribution), once it is there.
    new_asset_id: int | None = None
    #: Whether whoever owes what is not paid is a member of the collective.
    owes_as_member: bool = False


@dataclass(frozen=True)
class Ledger:
    """An owner's book with what it holds of what goes."""

    book: Book
    held: Sequence[Held]
    sums: Sums
    pen: Pen

    def of(self, split: Split, held: Held) -> int:
        """Return an asset's part of a split amount."""
        return split.get(held.key, 0)

    def total(self, split: Split) -> int:
        """Return this owner's part of a split amount."""
        return sum_of(split, self.book.party_id)

    def post(self, deed: BookDeed, amounts: Sequence[tuple[Held, int]], pen: Pen | None = None) -> None:
        """Post amounts of plain money about assets as one voucher.

        Claims stand where the chart of the book has them: 112 or 113 of a collective, B02 of a public owner.
        """
        member = self.sums.owes_as_member
        entries = [
            Entry(deed, fen, _NOTHING, Marks(held.piece.asset.id), member=member, holding=held.holding)
            for held, fen in amounts
        ]
        (pen or self.pen).write(self.book, deed, lines_for(self.book, entries))

    def move(self, deed: BookDeed) -> None:
        """Post that what is held of the assets goes, whole with its depreciation."""
        self.pen.write(self.book, deed, lines_for(self.book, [one.entry(deed) for one in self.held]))


def ledgers_of(pieces: Sequence[Piece], sums: Sums, pen: Pen) -> list[Ledger]:
    """Return the book of each owner who keeps one here; a book is opened only for money."""
    found = []
    for party in parties_of(pieces):
        book = _book_of(party, sums, pen)
        if book is not None:
            found.append(Ledger(book, held_in(book, pieces, pen), sums, pen))
    return found


def _book_of(party: Party, sums: Sums, pen: Pen) -> Book | None:
    if party.owner_kind not in KEEPS_BOOKS:
        return None
    if any(sum_of(split, party.id) for split in (sums.money, sums.cost)):
        return open_book(party, by=pen.by, on=pen.day)
    return find_book(party.id)


def _clear(ledger: Ledger) -> None:
    """Sale and scrapping: into the clearance account, cost and price through it, gain or loss out of it."""
    ledger.move(_D.DISPOSAL_STARTED)
    _pay_cost(ledger, _D.DISPOSAL_COST)
    deed = _D.DISPOSAL_PROCEEDS if ledger.sums.is_paid else _D.DISPOSAL_PRICE_DUE
    ledger.post(deed, _parts(ledger, ledger.sums.money), ledger.sums.money_pen)
    _settle(ledger, ledger.sums.money)


def _settle(ledger: Ledger, *incomes: Split) -> None:
    """Empty the clearance account: what came in above net value and cost is gain, what is lacking is loss."""
    if ledger.book.book_kind is BookKind.MEMORANDUM:
        return
    results = [
        (held, sum(ledger.of(one, held) for one in incomes) - ledger.of(ledger.sums.cost, held) - held.net_fen)
        for held in ledger.held
    ]
    ledger.post(_D.DISPOSAL_GAIN, [(held, fen) for held, fen in results if fen > 0], ledger.sums.money_pen)
    ledger.post(_D.DISPOSAL_LOSS, [(held, -fen) for held, fen in results if fen < 0], ledger.sums.money_pen)


def _parts(ledger: Ledger, split: Split) -> list[tuple[Held, int]]:
    return [(held, ledger.of(split, held)) for held in ledger.held if ledger.of(split, held)]


def _pay_cost(ledger: Ledger, deed: BookDeed) -> None:
    ledger.post(deed, _parts(ledger, ledger.sums.cost))


def _swap(ledger: Ledger) -> None:
    """A swap is cleared like a sale; part of what comes for it is a thing."""
    ledger.move(_D.DISPOSAL_STARTED)
    _pay_cost(ledger, _D.DISPOSAL_COST)
    things = {key: fen - ledger.sums.money.get(key, 0) for key, fen in ledger.sums.agreed.items()}
    if ledger.book.book_kind is not BookKind.MEMORANDUM:
        _take_in(ledger, things)
    deed = _D.DISPOSAL_PROCEEDS if ledger.sums.is_paid else _D.DISPOSAL_PRICE_DUE
    ledger.post(deed, _parts(ledger, ledger.sums.money), ledger.sums.money_pen)
    _settle(ledger, ledger.sums.agreed)


def _take_in(ledger: Ledger, things: Split) -> None:
    """Book what comes in under its own card, against the clearance of what went."""
    book, clearance = ledger.book, code_of(Key.CLEARANCE, ledger.book.version)
    entries = [Entry(_D.SWAPPED_IN, fen, _NOTHING, Marks(held.piece.asset.id)) for held, fen in _parts(ledger, things)]
    lines = [
        line if line.account == clearance else replace(line, marks=Marks(ledger.sums.new_asset_id))
        for line in lines_for(book, entries)
    ]
    ledger.pen.write(book, _D.SWAPPED_IN, lines)


def _return(ledger: Ledger) -> None:
    """Money invested comes back: principal as far as it goes, above it yield, below it a loss of the investment."""
    paid, money_pen = ledger.sums.is_paid, ledger.sums.money_pen
    if ledger.book.book_kind is BookKind.MEMORANDUM:
        deed = _D.DISPOSAL_PROCEEDS if paid else _D.DISPOSAL_PRICE_DUE
        ledger.post(deed, _parts(ledger, ledger.sums.money), money_pen)
    else:
        rows = [(held, ledger.of(ledger.sums.money, held), held.gone_fen) for held in ledger.held]
        principal = [(held, min(price, gone)) for held, price, gone in rows]
        above = [(held, max(price - gone, 0)) for held, price, gone in rows]
        ledger.post(_D.PRINCIPAL_RETURNED if paid else _D.PRINCIPAL_DUE, principal, money_pen)
        ledger.post(_D.DIVIDEND_RECEIVED if paid else _D.DIVIDEND_DUE, above, money_pen)
        ledger.post(_D.INVESTMENT_LOSS, [(held, max(gone - price, 0)) for held, price, gone in rows], money_pen)
    _pay_cost(ledger, _D.OTHER_COST)


def _pass(ledger: Ledger) -> None:
    """Given away for nothing: out of the fund of whoever gave it."""
    ledger.move(_D.ASSET_TRANSFERRED_OUT)
    _pay_cost(ledger, _D.OTHER_COST)


def _lose(ledger: Ledger) -> None:
    """A loss: found and waiting first (if it was not recorded at once), then compensated, and the rest written off."""
    _pay_cost(ledger, _D.OTHER_COST)
    if not pending_code(ledger.book):
        return
    ledger.move(_D.LOSS_FOUND)
    rows = [(held, held.net_fen + held.pending_fen, ledger.of(ledger.sums.money, held)) for held in ledger.held]
    lost = sum(fen for _held, fen, _due in rows)
    if sum(due for _held, _fen, due in rows) > lost:
        raise IncomeBeyond(field="income", what=N_("应收赔偿（按账面净值）"), most=format_yuan(lost))
    compensated = _within(rows)
    ledger.post(_D.LOSS_COMPENSATED, [(held, compensated[held.key]) for held, _fen, _due in rows])
    ledger.post(_D.LOSS_APPROVED, [(held, fen - compensated[held.key]) for held, fen, _due in rows])


def _within(rows: Sequence[tuple[Held, int, int]]) -> Split:
    """Return what each asset's loss is compensated with: what is too much for one goes to the next."""
    found = {held.key: min(due, lost) for held, lost, due in rows}
    left = sum(due for _held, _lost, due in rows) - sum(found.values())
    for held, lost, _due in rows:
        more = min(left, lost - found[held.key])
        found[held.key], left = found[held.key] + more, left - more
    return found


def _write_off(ledger: Ledger) -> None:
    """Money lent or invested that does not come back."""
    ledger.post(_D.INVESTMENT_LOST, [(held, held.gone_fen) for held in ledger.held])
    _pay_cost(ledger, _D.OTHER_COST)


def _consume(ledger: Ledger) -> None:
    """Seeds and goods that were used up."""
    ledger.move(_D.CONSUMED)
    _pay_cost(ledger, _D.OTHER_COST)


def _contribute(ledger: Ledger) -> None:
    """Things that became shares; what no book held becomes an investment all the same."""
    _pay_cost(ledger, _D.OTHER_COST)
    if ledger.book.book_kind is BookKind.MEMORANDUM:
        return
    book, share = ledger.book, code_of(Key.LONG_INVESTMENT, ledger.book.version)
    agreed = [(held, ledger.of(ledger.sums.agreed, held)) for held in ledger.held]
    lines = lines_for(book, [held.entry(_D.EQUITY_CONTRIBUTED, agreed_fen=fen) for held, fen in agreed])
    new = Marks(ledger.sums.new_asset_id)
    moved = [replace(line, marks=new) if line.account == share else line for line in lines]
    ledger.pen.write(book, _D.EQUITY_CONTRIBUTED, moved)
    fresh = [
        Entry(_D.ASSET_TAKEN_ON, fen, _NOTHING, new, holding=Key.LONG_INVESTMENT)
        for held, fen in agreed
        if not held.gone_fen
    ]
    ledger.pen.write(book, _D.ASSET_TAKEN_ON, lines_for(book, fresh))


def _keep(ledger: Ledger) -> None:
    """Nothing leaves: only what it cost is booked."""
    _pay_cost(ledger, _D.OTHER_COST)


Treatment = Callable[[Ledger], None]
#: Kind → what it is in the books, of things and of interests.
TREATMENTS: dict[DisposalKind, tuple[Treatment, Treatment]] = {
    _K.SALE: (_clear, _return),
    _K.AUCTION: (_clear, _return),
    _K.TRANSFER: (_clear, _return),
    _K.SWAP: (_swap, _return),
    _K.ALLOCATION: (_pass, _pass),
    _K.DONATION: (_pass, _pass),
    _K.RESTRUCTURING: (_clear, _return),
    _K.IN_KIND: (_contribute, _contribute),
    _K.LOSS: (_lose, _write_off),
    _K.SCRAP: (_clear, _write_off),
    _K.MONEY_LOSS: (_write_off, _write_off),
    _K.DEBT_LOSS: (_write_off, _write_off),
    _K.CONSUMED: (_consume, _consume),
    _K.CONVERSION: (_keep, _keep),
    _K.STOP_USE: (_keep, _keep),
    _K.EQUITY_EXIT: (_return, _return),
    _K.EQUITY_BUY_BACK: (_return, _return),
}


def post_all(ledgers: Sequence[Ledger], kind: DisposalKind) -> None:
    """Post a case into every owner's book, things and interests each by their own treatment."""
    for ledger in ledgers:
        for place, treatment in enumerate(TREATMENTS[kind]):
            some = [one for one in ledger.held if (one.piece.asset.subtype_row.nature in INTERESTS) is bool(place)]
            if some:
                treatment(replace(ledger, held=some))
