"""What a book begins with, and how it follows the cards. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from registry.errors import Conflict
from registry.kinds import Category
from registry.ledger.books.accounts import ChartVersion, Key
from registry.ledger.books.entries import BookDeed, Entry, Line, Marks, Source
from registry.ledger.books.legs import WEAR, lines_of
from registry.ledger.books.rules import reversed_lines
from registry.text import N_, Labelled


class Difference(Labelled):
    """How the books and a card differ."""

    NEW = "NEW", N_("新增，还没有入账")
    CHANGED = "CHANGED", N_("原值有变动")
    GONE = "GONE", N_("已移交给别的单位")


class OpeningDone(Conflict):
    """Opening balances are entered once; a mistake is reversed first."""

    message = N_("期初余额已经记账。记错的，请先冲销再重录。")


class OpeningTooLate(Conflict):
    """Opening balances stand in the first month of a book."""

    message = N_("第一个月已经结账，不能再录期初余额。")


class DraftWaits(Conflict):
    """One draft of a kind at a time, so that nothing is taken on twice."""

    message = N_("已有一张“%(deed)s”的草稿在等复核，请先复核或撤回。")


class NothingDiffers(Conflict):
    """There is nothing to enter."""

    message = N_("账簿与资产卡片一致，没有要入账的。")


@dataclass(frozen=True)
class CardAmount:
    """What an owner's part of an asset amounts to on the card, and in the books, in fen.

    ``card_wear_fen`` and ``booked_wear_fen`` are depreciation up to the month before.
    """

    asset_id: int
    asset_no: str
    name: str
    holding: Key
    category: Category
    card_fen: int
    card_wear_fen: int
    booked_fen: int = 0
    booked_wear_fen: int = 0

    @property
    def difference(self) -> Difference | None:
        if self.card_fen == self.booked_fen:
            return None
        if not self.booked_fen:
            return Difference.NEW
        return Difference.CHANGED if self.card_fen else Difference.GONE


_DEEDS = {
    Difference.NEW: BookDeed.ASSET_TAKEN_ON,
    Difference.CHANGED: BookDeed.VALUE_ADDED,
    Difference.GONE: BookDeed.ASSET_TRANSFERRED_OUT,
}


def deed_of(difference: Difference) -> BookDeed:
    """Return what brings the books in line with the cards."""
    return _DEEDS[difference]


def lines_to_follow(
    rows: Sequence[CardAmount], difference: Difference, chart: ChartVersion, use: str = ""
) -> tuple[Line, ...]:
    """Return the lines that bring the books in line with the cards that differ in one way."""
    found: list[Line] = []
    for row in rows:
        if row.difference is difference:
            found += _follow(row, difference, chart, use)
    return tuple(found)


def _follow(row: CardAmount, difference: Difference, chart: ChartVersion, use: str) -> tuple[Line, ...]:
    amount, wear = {
        Difference.NEW: (row.card_fen, row.card_wear_fen),
        Difference.CHANGED: (abs(row.card_fen - row.booked_fen), 0),
        Difference.GONE: (row.booked_fen, row.booked_wear_fen),
    }[difference]
    wear = min(wear, amount) if row.holding in WEAR else 0
    entry = Entry(
        deed_of(difference), amount, Source("", 0), Marks(row.asset_id, use=use), holding=row.holding,
        depreciation_fen=wear,
    )  # fmt: skip
    lines = lines_of(entry, chart)
    return reversed_lines(lines) if difference is Difference.CHANGED and row.card_fen < row.booked_fen else lines


def opening_lines(cards: Sequence[CardAmount], typed: Sequence[Line], chart: ChartVersion) -> tuple[Line, ...]:
    """Return the lines of opening balances: original value and depreciation from the cards, the rest as typed."""
    return (*lines_to_follow(cards, Difference.NEW, chart), *typed)
