"""账簿某日原貌: what a book held when a past day ended, as it was known then: vouchers posted later do not count."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from registry.clock import local, start_of
from registry.database import db
from registry.errors import Missing
from registry.ledger.books.accounts import CHARTS
from registry.ledger.books.models import Book, BookPeriod, Posting, Voucher
from registry.ledger.books.rules import PeriodState, say_month
from registry.permissions import Actor
from registry.reports.bookkeeping import account_text, books_within
from registry.reports.covering import covered
from registry.reports.glances import Glance
from registry.reports.paper.drawing import draw_table
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.reports.paper.table import Column, Kind, Line, Note, Part, Row, Subtotal, Table
from registry.reports.parameters import Parameters
from registry.reports.trail.titles import BOOKS_THEN as TITLE
from registry.text import N_

_SIGNERS = (N_("制表人："), N_("复核："), N_("会计主管："))


@dataclass(frozen=True, slots=True)
class ThenLine:
    """One account and detail: all debits and credits posted by then, in fen."""

    code: str
    name: str
    debit_fen: int
    credit_fen: int

    @property
    def balance_fen(self) -> int:
        """Debits less credits."""
        return self.debit_fen - self.credit_fen


@dataclass(frozen=True, slots=True)
class ThenBook:
    """One book as it was known on the day, and how it differs from what is known of that day now."""

    name: str
    vouchers: int
    last_voucher: str
    closed: str
    later: int
    lines: tuple[ThenLine, ...]


@dataclass(frozen=True, slots=True)
class BooksThen:
    """The figures of the paper."""

    unit_name: str
    region_code: str
    day: str
    range_text: str
    books: tuple[ThenBook, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> BooksThen:
    """Read the books of a unit, or one book, as they were known when a day ended. Raises Missing."""
    covers = covered(region_code, actor, on, N_("当日结束前记账的凭证"))
    books = [book for book in books_within(region_code, parameters, actor) if book.opened_on <= on]
    if parameters.book_id and not books:
        raise Missing
    return BooksThen(
        covers.unit_name, covers.region_code, on.isoformat(), covers.range_text, tuple(_book(one, on) for one in books)
    )


def _book(book: Book, on: date) -> ThenBook:
    end = start_of(on + timedelta(days=1))
    known = (Voucher.book_id == book.id, Voucher.posted_at < end)
    last = db.session.scalar(select(Voucher).where(*known).order_by(Voucher.id.desc()).limit(1))
    backdated = (Voucher.book_id == book.id, Voucher.posted_at >= end, Voucher.booked_on <= on)
    closed = db.session.scalar(
        select(func.max(BookPeriod.month)).where(
            BookPeriod.book_id == book.id, BookPeriod.closed_at < end, BookPeriod.state == PeriodState.CLOSED.value
        )
    )
    return ThenBook(
        name=book.party.name,
        vouchers=db.session.scalar(select(func.count(Voucher.id)).where(*known)) or 0,
        last_voucher=f"{last.label}（{local(last.posted_at).date().isoformat()}）" if last else "",
        closed=say_month(closed) if closed is not None else "",
        later=db.session.scalar(select(func.count(Voucher.id)).where(*backdated)) or 0,
        lines=tuple(_lines(book, end)),
    )


def _lines(book: Book, end: object) -> Iterator[ThenLine]:
    rows = (
        select(Posting.account, Posting.detail, func.sum(Posting.debit_fen), func.sum(Posting.credit_fen))
        .join(Voucher, Voucher.uid == Posting.voucher_uid)
        .where(Voucher.book_id == book.id, Voucher.posted_at < end)
        .group_by(Posting.account, Posting.detail)
    )
    sums = defaultdict[tuple[str, str], tuple[int, int]](lambda: (0, 0))
    for code, detail, debit, credit in db.session.execute(rows):
        sums[code, detail] = (int(debit), int(credit))
    chart = CHARTS[book.version]
    for (code, detail), (debit, credit) in sorted(sums.items()):
        yield ThenLine(code, account_text(chart[code], detail), debit, credit)


_TABLE = Table(
    columns=(
        Column(N_("科目编码"), 90, Align.CENTER, Kind.CODE),
        Column(N_("科目"), 323.89),
        Column(N_("累计借方"), 120, Align.RIGHT, Kind.AMOUNT),
        Column(N_("累计贷方"), 120, Align.RIGHT, Kind.AMOUNT),
        Column(N_("余额（借方为正）"), 120, Align.RIGHT, Kind.AMOUNT),
    ),
    summed=(2, 3, 4),
    counted=N_("个科目"),
    carried=False,
)


def draw(figures: BooksThen, imprint: Imprint) -> bytes:
    """Draw one part per book."""
    facts = ((N_("截至"), N_("%(day)s 当日结束") % {"day": figures.day}), (N_("范围"), figures.range_text))
    heading = Heading(TITLE, "", figures.unit_name, figures.region_code, facts, signers=_SIGNERS)
    return draw_table(LANDSCAPE, heading, _TABLE, lambda: rows(figures), imprint)


def rows(figures: BooksThen) -> Iterator[Row]:
    """Lay out the books one after the other."""
    if not figures.books:
        yield Note(N_("当日还没有账簿"))
    for book in figures.books:
        yield Part(N_("账簿：%(name)s") % {"name": book.name})
        for one in book.lines:
            yield Line((one.code, one.name, one.debit_fen, one.credit_fen, one.balance_fen))
        debit, credit = sum(one.debit_fen for one in book.lines), sum(one.credit_fen for one in book.lines)
        yield Subtotal(N_("合计"), (debit, credit, debit - credit))
        told = N_("当日共有凭证 %(n)s 张，最后一张 %(last)s；已结账到 %(closed)s。")
        yield Note(told % {"n": f"{book.vouchers:,}", "last": book.last_voucher or "—", "closed": book.closed or "—"})
        if book.later:
            yield Note(N_("以后又补记了日期不晚于当日的凭证 %(n)s 张，不在上表内。") % {"n": book.later}, red=True)


def glance(figures: BooksThen) -> Glance:
    """Return what a reader compares of the paper."""
    count = sum(book.vouchers for book in figures.books)
    return (
        (N_("单位"), figures.unit_name),
        (N_("截至"), figures.day),
        (N_("账簿"), N_("%(n)s 本") % {"n": len(figures.books)}),
        (N_("凭证"), N_("%(n)s 张") % {"n": f"{count:,}"}),
    )
