"""What closing a month posts, and who may close it and open it again. Pure.

Depreciation follows the card; the end of a year is 5xx → 321 → 322, with disposal gains and compensation set apart
in 311 (domain rules, section 10.2).
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from registry.audit.canonical import encode
from registry.errors import Conflict, Forbidden, Invalid
from registry.kinds import Category
from registry.ledger.books.accounts import CHARTS, AccountKind, ChartVersion, Detail, Key, Side, code_of
from registry.ledger.books.entries import BookDeed, Entry, Line, Marks, Source
from registry.ledger.books.legs import WEAR, lines_of
from registry.ledger.books.rules import reversed_lines
from registry.regions import level_of
from registry.text import N_, Labelled

#: Account and detail → debits less credits, in fen.
Balances = Mapping[tuple[str, str], int]
Moved = Sequence[tuple[str, str, int, int, int]]
#: Why the log is signed when a month is closed.
CLOSED_REASON = N_("结账")


class ReopeningAnswer(Labelled):
    """What became of the wish to open a closed month again."""

    WAITING = "", N_("待上级同意")
    AGREED = "AGREED", N_("已同意")
    REFUSED = "REFUSED", N_("未同意")


class NotBegun(Conflict):
    """A month is closed by one person after another has asked for it."""

    message = N_("%(month)s 还没有人申请结账。")


class ChangedSinceBegun(Conflict):
    """Who closes sees what was asked to be closed."""

    message = N_("申请结账以后又记了新的凭证，请制单人核对后重新申请。")


class BooksBroken(Conflict):
    """A month whose accounts do not balance is not closed."""

    message = N_("这本账借贷不平，不能结账，请联系管理员查验。")


class ReopeningWaits(Conflict):
    """One wish at a time."""

    message = N_("这个月的反结账申请正在等上级答复。")


class AlreadyAnswered(Conflict):
    """A wish is answered once."""

    message = N_("这份反结账申请已经答复过。")


class NotAbove(Forbidden):
    """A closed month is opened again by a level above the one that asks."""

    message = N_("反结账要由申请人的上一级同意。")


class OpinionMissing(Invalid):
    """Whoever refuses says why."""

    message = N_("不同意的，请写明原因。")


@dataclass(frozen=True)
class HeldAsset:
    """An asset on the books: where it is held, and its depreciation so far in the books and on the card, in fen."""

    asset_id: int
    name: str
    holding: Key
    category: Category
    booked_fen: int
    card_fen: int

    @property
    def missing_fen(self) -> int:
        """What the books lack of the card's depreciation; negative if the card was corrected downwards."""
        return self.card_fen - self.booked_fen


def depreciation_lines(held: Sequence[HeldAsset], chart: ChartVersion) -> tuple[Line, ...]:
    """Return the lines that bring the depreciation in the books to that of the cards, in red where it was too much."""
    lines: list[Line] = []
    for one in held:
        if one.missing_fen and one.holding in WEAR:
            entry = Entry(
                BookDeed.DEPRECIATION, abs(one.missing_fen), Source("", 0), Marks(one.asset_id),
                category=one.category, holding=one.holding,
            )  # fmt: skip
            found = lines_of(entry, chart)
            lines += found if one.missing_fen > 0 else reversed_lines(found)
    return tuple(lines)


@dataclass(frozen=True)
class Closing:
    """One voucher of a year's end."""

    deed: BookDeed
    summary: str
    lines: tuple[Line, ...]


def year_end(balances: Balances, chart: ChartVersion) -> list[Closing]:
    """Return the vouchers that close a year: income and cost into 321, that into 322, what is earmarked into 311."""
    result, carried = code_of(Key.YEAR_RESULT, chart), code_of(Key.APPROPRIATION, chart)
    income, cost = _of_kind(balances, chart, AccountKind.INCOME), _of_kind(balances, chart, AccountKind.EXPENSE)
    earned = -sum(income.values()) - sum(cost.values()) - balances.get((result, ""), 0)
    undistributed, distributed = Detail.UNDISTRIBUTED.value, Detail.DISTRIBUTED.value
    given = balances.get((carried, distributed), 0)
    fund = code_of(Key.FUND, chart)
    found = [
        Closing(BookDeed.YEAR_INCOME, N_("结转本年收入"), _emptied(income, (result, ""))),
        Closing(BookDeed.YEAR_COST, N_("结转本年支出"), _emptied(cost, (result, ""))),
        Closing(BookDeed.YEAR_RESULT, N_("结转本年收益"), _moved((result, ""), (carried, undistributed), earned)),
        Closing(
            BookDeed.YEAR_RESULT, N_("结转各项分配"),
            _moved((carried, undistributed), (carried, distributed), given),
        ),
        Closing(
            BookDeed.YEAR_EARMARKED, N_("处置和赔偿收入转入专户"),
            _moved((carried, undistributed), (fund, Detail.DISPOSAL_FUND.value), _earmarked(income, chart)),
        ),
    ]  # fmt: skip
    return [one for one in found if one.lines]


def _of_kind(balances: Balances, chart: ChartVersion, kind: AccountKind) -> dict[tuple[str, str], int]:
    accounts = CHARTS[chart]
    return {place: held for place, held in sorted(balances.items()) if held and accounts[place[0]].kind is kind}


def _earmarked(income: Balances, chart: ChartVersion) -> int:
    """Return what of the year's income is no yield: gains of disposal and compensation, never below nothing."""
    other = code_of(Key.OTHER_INCOME, chart)
    details = (Detail.DISPOSAL_GAIN, Detail.COMPENSATION)
    return max(-sum(income.get((other, detail.value), 0) for detail in details), 0)


def _emptied(balances: Balances, into: tuple[str, str]) -> tuple[Line, ...]:
    """Return the lines that empty these accounts into another."""
    lines = [_line(place, -held) for place, held in balances.items()]
    rest = sum(balances.values())
    return (*lines, *((_line(into, rest),) if rest else ())) if lines else ()


def _moved(debited: tuple[str, str], credited: tuple[str, str], amount_fen: int) -> tuple[Line, ...]:
    """Return the two lines that move an amount; a negative one moves the other way."""
    return (_line(debited, amount_fen), _line(credited, -amount_fen)) if amount_fen else ()


def _line(place: tuple[str, str], amount_fen: int) -> Line:
    """Return a line that debits an amount, or credits it if it is negative."""
    side = Side.DEBIT if amount_fen > 0 else Side.CREDIT
    debit, credit = (amount_fen, 0) if side is Side.DEBIT else (0, -amount_fen)
    return Line(place[0], place[1], debit, credit)


def digest_of(rows: Moved) -> str:
    """Return the digest of a trial balance: account, detail, opening, debit and credit of the month, in fen."""
    return hashlib.sha256(encode([list(row) for row in sorted(rows)]).encode()).hexdigest()


def check_balanced(rows: Moved) -> None:
    """Raise BooksBroken unless all openings sum to nothing and debits equal credits."""
    if sum(row[2] for row in rows) or sum(row[3] for row in rows) != sum(row[4] for row in rows):
        raise BooksBroken


def check_above(asked_from: str, book_unit: str, unit_code: str) -> None:
    """Raise NotAbove unless a unit lies on a level above both who asks and whose book it is."""
    lowest = min(level_of(asked_from).depth, level_of(book_unit).depth)
    if level_of(unit_code).depth >= lowest:
        raise NotAbove


def check_opinion(opinion: str, *, agreed: bool) -> str:
    """Return an opinion without blanks around it; raises OpinionMissing for a refusal without one."""
    if not agreed and not opinion.strip():
        raise OpinionMissing(field="opinion")
    return opinion.strip()
