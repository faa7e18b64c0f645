"""The books as papers read them: which books, who stands behind a voucher, what a line is about, in few words."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from registry.bulk import chunks
from registry.database import db
from registry.errors import Missing
from registry.kinds import OwnerKind
from registry.ledger.books.accounts import CHARTS, Account, Detail
from registry.ledger.books.models import Book, Posting, Voucher
from registry.ledger.books.queries import list_journal, trial_balance
from registry.ledger.books.rules import month_of
from registry.parties.models import Party
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.reports.owing import asset_names
from registry.reports.parameters import Parameters
from registry.scope import within
from registry.sealing import masked_name


def books_within(region_code: str, parameters: Parameters, actor: Actor) -> list[Book]:
    """Return the books of a unit and below, or the one that was asked for. Raises Missing."""
    rows = select(Book).where(within(Book, actor, Permission.PRINT), Book.region_code.between(*code_range(region_code)))
    if parameters.book_id:
        rows = rows.where(Book.id == parameters.book_id)
    found = list(db.session.scalars(rows.order_by(Book.region_code, Book.id)))
    if parameters.book_id and not found:
        raise Missing
    return found


def year_begin(on: date) -> date:
    """Return the first day of the year that a paper of a day covers."""
    return date(on.year, 1, 1)


def person_of(told: str) -> str:
    """Return the name in what was told of a person when they acted: unit, post and name."""
    return told.split(" ", 2)[-1]


@dataclass(frozen=True, slots=True)
class Booked:
    """One line of a posted voucher, ready to be said on paper. Amounts in fen; the other side is None."""

    voucher: Voucher
    posting: Posting
    account: Account
    detail: str
    about: str

    @property
    def debit_fen(self) -> int | None:
        return self.posting.debit_fen or None

    @property
    def credit_fen(self) -> int | None:
        return self.posting.credit_fen or None

    @property
    def is_red(self) -> bool:
        return self.voucher.reverses_id is not None

    @property
    def account_text(self) -> str:
        """The account with its detail account."""
        return account_text(self.account, self.detail)


def account_text(account: Account, detail: str) -> str:
    """Write an account with its detail account."""
    return "　".join(filter(None, (account.name, Detail(detail).label if detail else "")))


def booked_lines(book: Book, on: date) -> list[Booked]:
    """Return every line of a book from the beginning of the year to the end of a day, in the order of posting."""
    return told_lines(book, list_journal(book, year_begin(on), on))


def told_lines(book: Book, lines: Iterable[tuple[Voucher, Posting]]) -> list[Booked]:
    """Return lines of a book with what they are about."""
    found = list(lines)
    names = _names([posting for _, posting in found])
    chart = CHARTS[book.version]
    return [
        Booked(voucher, posting, chart[posting.account], posting.detail, names[posting.party_id, posting.asset_id])
        for voucher, posting in found
    ]


def _names(postings: Collection[Posting]) -> dict[tuple[int | None, int | None], str]:
    """Say whom and which asset lines are about; a household's name is masked."""
    keys = {(one.party_id, one.asset_id) for one in postings}
    parties = _by_id({party for party, _ in keys if party is not None})
    assets = asset_names({asset for _, asset in keys if asset is not None})
    return {
        (party, asset): "　".join(filter(None, (parties.get(party or 0, ""), assets.get(asset or 0, ""))))
        for party, asset in keys
    }


def _by_id(ids: Collection[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in chunks(sorted(ids)):
        rows = select(Party.id, Party.kind, Party.name).where(Party.id.in_(some))
        found |= {key: shown_name(kind, name) for key, kind, name in db.session.execute(rows)}
    return found


def shown_name(kind: str, name: str) -> str:
    """Return a holder's name as papers of the books show it."""
    return masked_name(name) if kind == OwnerKind.HOUSEHOLD.value else name


def openings_of(book: Book, on: date) -> dict[tuple[str, str], int]:
    """Return what each account and detail of a book stood at when the year of a day began; debit is positive."""
    rows = trial_balance(book, month_of(year_begin(on)))
    return {(row.account.code, row.detail): row.opening_fen for row in rows if row.opening_fen}


def against_of(lines: Collection[Booked]) -> dict[int, str]:
    """Say for each line (by its posting) which accounts stand on the other side of its voucher."""
    sides: dict[tuple[str, bool], dict[str, None]] = defaultdict(dict)
    for line in lines:
        sides[line.posting.voucher_uid, bool(line.posting.debit_fen)][line.account.name] = None
    return {line.posting.id: "、".join(sides[line.posting.voucher_uid, not line.posting.debit_fen]) for line in lines}
