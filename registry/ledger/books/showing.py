"""Books as pages show them: balances by account, months to choose from, what lines are about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import select

from registry.assets.register.cards.models import Asset
from registry.database import db
from registry.ledger.books.accounts import CHARTS, ChartVersion, Detail, Side
from registry.ledger.books.models import Accrual, Book, DraftLine, Posting
from registry.ledger.books.queries import BalanceRow
from registry.ledger.books.rules import month_of, say_month
from registry.parties.models import Party


@dataclass(frozen=True)
class ShownBalance:
    """One row of a trial balance; amounts in fen, balances debit positive. ``depth`` 1 is a detail account."""

    code: str
    detail: str
    name: str
    depth: int
    opening_fen: int
    debit_fen: int
    credit_fen: int
    closing_fen: int


def shown_balances(rows: Sequence[BalanceRow]) -> Iterator[ShownBalance]:
    """Give every account that held something or moved, and below it its details."""
    told = [row for row in rows if row.opening_fen or row.debit_fen or row.credit_fen]
    for account, found in groupby(told, key=lambda row: row.account):
        parts = list(found)
        yield _shown(account.code, "", account.name, 0, parts)
        yield from (_shown(account.code, one.detail, one.detail_label, 1, [one]) for one in parts if one.detail)


def _shown(code: str, detail: str, name: str, depth: int, parts: Sequence[BalanceRow]) -> ShownBalance:
    return ShownBalance(
        code, detail, name, depth, sum(one.opening_fen for one in parts), sum(one.debit_fen for one in parts),
        sum(one.credit_fen for one in parts), sum(one.closing_fen for one in parts),
    )  # fmt: skip


def account_name(chart: ChartVersion, code: str, detail: str = "") -> str:
    """Name an account with its detail as vouchers do."""
    name = CHARTS[chart][code].name
    return f"{name}——{Detail(detail).label}" if detail else name


@dataclass(frozen=True)
class Marked:
    """What the lines of a voucher are about: number and name of each asset, name of each party, by id."""

    assets: dict[int, tuple[str, str]]
    parties: dict[int, str]


def marked_in(lines: Sequence[Posting] | Sequence[DraftLine] | Sequence[Accrual]) -> Marked:
    """Return the names behind the marks of lines, asked for at once."""
    assets = select(Asset.id, Asset.asset_no, Asset.name).where(Asset.id.in_({one.asset_id for one in lines} - {None}))
    parties = select(Party.id, Party.name).where(Party.id.in_({one.party_id for one in lines} - {None}))
    return Marked(
        {row.id: (row.asset_no, row.name) for row in db.session.execute(assets)},
        {row.id: row.name for row in db.session.execute(parties)},
    )


#: A voucher with more lines is shown by account first.
MOST_LINES = 12


@dataclass(frozen=True)
class AccountTotal:
    """What the lines of a voucher come to on one account; amounts in fen."""

    account: str
    detail: str
    lines: int
    debit_fen: int
    credit_fen: int


def totals_of(lines: Sequence[Posting] | Sequence[DraftLine]) -> list[AccountTotal]:
    """Return the sums per account of a long voucher, in the order of its lines; nothing of a short one."""
    if len(lines) <= MOST_LINES:
        return []
    found: dict[tuple[str, str], list[int]] = {}
    for line in lines:
        kept = found.setdefault((line.account, line.detail), [0, 0, 0])
        kept[:] = kept[0] + 1, kept[1] + line.debit_fen, kept[2] + line.credit_fen
    return [AccountTotal(*place, *kept) for place, kept in found.items()]


def own_side(chart: ChartVersion, code: str) -> Side:
    """Return the side on which an account grows."""
    return CHARTS[chart][code].side


def months_of(book: Book, on: date) -> list[tuple[int, str]]:
    """Return the months of a book up to today, the latest first."""
    return [(month, say_month(month)) for month in range(month_of(on), month_of(book.opened_on) - 1, -1)]
