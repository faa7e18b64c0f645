"""What an owner's book really holds of what goes, brought up to the day with the depreciation it lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from registry.assets.register.depreciation import accumulated_by_month
from registry.disposal.cases.models import DisposalCase
from registry.disposal.procedure.pieces import Piece
from registry.ledger.books.accounts import Key, code_of
from registry.ledger.books.entries import BookDeed, Entry, Line, Marks, Source
from registry.ledger.books.holdings import codes_of, held_amounts, holding_of, part_of, pending_code
from registry.ledger.books.legs import WEAR, lines_of
from registry.ledger.books.models import Book, Voucher
from registry.ledger.books.periods.rules import HeldAsset, depreciation_lines
from registry.ledger.books.rules import BookKind, Maker, month_of
from registry.ledger.books.services import Head, post_lines
from registry.permissions import Actor

TABLE = DisposalCase.__tablename__


@dataclass(frozen=True)
class Pen:
    """Who writes into the books for a case, and on which day it counts."""

    case: DisposalCase
    made_by: Maker
    by: Actor
    day: date
    on: date

    def write(self, book: Book, deed: BookDeed, lines: Sequence[Line], *, day: date | None = None) -> Voucher | None:
        """Post lines about this case; nothing if there are none."""
        if not lines:
            return None
        summary = f"{deed.label}：{self.case.title}（{self.case.number}）"
        head = Head(deed, day or self.day, summary, Source(TABLE, self.case.id))
        return post_lines(book, head, lines, made_by=self.made_by, by=self.by, on=self.on)


@dataclass(frozen=True)
class Held:
    """What a book holds of an asset, what of it is worn off, and what has been lost and waits for a decision."""

    piece: Piece
    party_id: int
    holding: Key
    amount_fen: int
    wear_fen: int
    pending_fen: int = 0

    @property
    def gone_fen(self) -> int:
        """What goes of the amount held."""
        return self.piece.taken(self.amount_fen)

    @property
    def gone_wear_fen(self) -> int:
        """What goes of the depreciation."""
        return self.piece.taken(self.wear_fen)

    @property
    def net_fen(self) -> int:
        """What goes, less its depreciation."""
        return self.gone_fen - self.gone_wear_fen

    @property
    def key(self) -> tuple[int, int]:
        """Under which a split amount names it: line and owner."""
        return self.piece.line.id, self.party_id

    def entry(self, deed: BookDeed, *, agreed_fen: int = 0) -> Entry:
        """Return the deed on what goes, whole with its depreciation."""
        return Entry(
            deed, self.gone_fen, Source(TABLE, 0), Marks(self.piece.asset.id), category=self.piece.asset.kind,
            holding=self.holding, depreciation_fen=self.gone_wear_fen, agreed_fen=agreed_fen,
        )  # fmt: skip


def held_in(book: Book, pieces: Sequence[Piece], pen: Pen) -> list[Held]:
    """Return what a book holds of what its owner gives, after it has been worn off up to the month of the day.

    A memorandum holds no assets. Depreciation of the month in which an asset goes is still its own.
    """
    mine = [piece for piece in pieces if any(row.party_id == book.party_id for row in piece.givers)]
    if book.book_kind is BookKind.MEMORANDUM:
        return [Held(piece, book.party_id, holding_of(piece.asset), 0, 0) for piece in mine]
    found = _read(book, mine, pen.day)
    lacking = depreciation_lines([_worn(book, one, pen.day) for one in found if one.amount_fen], book.version)
    if pen.write(book, BookDeed.DEPRECIATION, lacking) is not None:
        return _read(book, mine, pen.day)
    return found


def _read(book: Book, pieces: Sequence[Piece], day: date) -> list[Held]:
    codes, pending = codes_of(book), pending_code(book)
    wears = {code_of(WEAR[key], book.version) for key in codes.values() if key in WEAR}
    amounts = held_amounts(book, [*codes, *wears, *pending], day)
    found = []
    for piece in pieces:
        asset_id = piece.asset.id
        code = next((code for code in codes if amounts.get((asset_id, code))), "")
        key = codes[code] if code else holding_of(piece.asset)
        wear = code_of(WEAR[key], book.version) if key in WEAR else ""
        found.append(
            Held(
                piece, book.party_id, key, amounts.get((asset_id, code), 0), -amounts.get((asset_id, wear), 0),
                sum(amounts.get((asset_id, one), 0) for one in pending),
            )
        )  # fmt: skip
    return found


def _worn(book: Book, held: Held, day: date) -> HeldAsset:
    asset = held.piece.asset
    card_fen = part_of(accumulated_by_month(asset.plan, month_of(day)), held.piece.owners, book.party_id)
    return HeldAsset(asset.id, asset.name, held.holding, asset.kind, held.wear_fen, card_fen)


def lines_for(book: Book, entries: Sequence[Entry]) -> list[Line]:
    """Return the lines of several entries of one deed, for one voucher."""
    return [line for entry in entries if entry.amount_fen for line in lines_of(entry, book.version)]


def divided(book: Book, held: Held, heir_id: int) -> list[Line]:
    """Return the lines that move what stays of an asset, and its depreciation, to the card of the rest."""
    amount, wear = held.amount_fen - held.gone_fen, held.wear_fen - held.gone_wear_fen
    rows = [(code_of(held.holding, book.version), amount)]
    if held.holding in WEAR:
        rows.append((code_of(WEAR[held.holding], book.version), -wear))
    old, new = Marks(held.piece.asset.id), Marks(heir_id)
    found = []
    for code, fen in rows:
        if fen:
            debit, credit = max(fen, 0), max(-fen, 0)
            found += [Line(code, "", debit, credit, new), Line(code, "", credit, debit, old)]
    return found
