"""What goes of each asset of a case, and from whom: every amount is split over assets and owners to the fen."""

from collections.abc import Sequence
from dataclasses import dataclass

from registry.assets.register.cards.models import Asset, AssetOwner
from registry.assets.register.registration import WHOLE_BP
from registry.bulk import chunks
from registry.disposal.cases.models import DisposalLine
from registry.disposal.kinds import Extent
from registry.disposal.valuation import part_of_value
from registry.ledger.books.holdings import part_of, shares_of
from registry.money import allocate
from registry.parties.models import Party

#: (line, owner) → fen
Split = dict[tuple[int, int], int]


@dataclass(frozen=True)
class Piece:
    """What a line takes: so many parts of the whole of what each of its givers holds."""

    line: DisposalLine
    asset: Asset
    owners: tuple[AssetOwner, ...]
    givers: tuple[AssetOwner, ...]
    part: int
    whole: int

    def taken(self, held_fen: int) -> int:
        """Return what goes of an amount that a giver holds; what stays keeps the odd fen."""
        return part_of_value(held_fen, self.part, self.whole)


def pieces_of(lines: Sequence[DisposalLine]) -> list[Piece]:
    """Return what the lines of a case take, with the holders of today."""
    owners: dict[int, list[AssetOwner]] = {}
    for some in chunks([line.asset for line in lines]):
        owners |= shares_of(some)
    return [_piece(line, tuple(owners[line.asset_id])) for line in lines]


def _piece(line: DisposalLine, owners: tuple[AssetOwner, ...]) -> Piece:
    if line.how_much is Extent.QUANTITY:
        part, whole = line.quantity_milli or 0, line.asset.quantity_milli or 1
        return Piece(line, line.asset, owners, owners, part, whole)
    if line.how_much is Extent.SHARE:
        givers = tuple(row for row in owners if row.party_id == line.holder_id)
        held = sum(row.share_bp for row in givers)
        return Piece(line, line.asset, owners, givers, line.share_bp or 0, held or WHOLE_BP)
    return Piece(line, line.asset, owners, owners, 1, 1)


def parties_of(pieces: Sequence[Piece]) -> list[Party]:
    """Return whose property goes, in the order in which they are met."""
    found = {row.party_id: row.party for piece in pieces for row in piece.givers}
    return list(found.values())


def split_over(amount_fen: int, pieces: Sequence[Piece]) -> Split:
    """Split an amount over the lines of a case by their worth, and each part over the givers by their shares."""
    parts = allocate(amount_fen, weights_of([piece.line for piece in pieces]))
    return {
        (piece.line.id, row.party_id): part_of(fen, piece.givers, row.party_id)
        for piece, fen in zip(pieces, parts, strict=True)
        for row in piece.givers
    }


def weights_of(lines: Sequence[DisposalLine]) -> list[int]:
    """Return by what an amount for all lines is split: net value as decided on, else original value, else alike."""
    for weights in ([line.net_fen for line in lines], [line.original_fen for line in lines]):
        if any(weights):
            return weights
    return [1] * len(lines)


def sum_of(split: Split, party_id: int) -> int:
    """Return an owner's part of a split amount."""
    return sum(fen for (_line, party), fen in split.items() if party == party_id)
