"""序时账: every voucher line of the books of a unit in the order of posting, with what each month comes to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import groupby

from registry.ledger.books.models import Book
from registry.permissions import Actor
from registry.reports.bookkeeping import Booked, booked_lines, books_within, person_of
from registry.reports.covering import covered
from registry.reports.heading import sheet_heading
from registry.reports.paper.drawing import draw_table
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.reports.paper.table import Cell, Column, Kind, Line, Note, Part, Row, Subtotal, Sums, Table, add_sums
from registry.reports.parameters import Parameters
from registry.spreadsheet import CellKind, SheetColumn, WorkSheet, write_xlsx
from registry.text import N_

TITLE = N_("序时账")
_SIGNERS = (N_("记账："), N_("复核："), N_("会计主管："))
_NOTHING: Sums = (None, None)


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line of a voucher: debit or credit in fen, the other side None. ``is_red`` marks a reversal."""

    day: str
    voucher: str
    summary: str
    code: str
    account: str
    detail: str
    debit_fen: int | None
    credit_fen: int | None
    maker: str
    checker: str
    is_red: bool = False


@dataclass(frozen=True, slots=True)
class JournalBook:
    """The lines of one book, in the order of its vouchers."""

    name: str
    lines: tuple[JournalLine, ...]


@dataclass(frozen=True, slots=True)
class Journal:
    """The figures of a journal."""

    unit_name: str
    region_code: str
    region_name: str
    period_text: str
    range_text: str
    books: tuple[JournalBook, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> Journal:
    """Read the vouchers of a unit's books, or of one book, from the year's beginning to a day. Raises Missing."""
    covers = covered(region_code, actor, on, N_("已记账凭证"))
    return Journal(
        covers.unit_name,
        covers.region_code,
        covers.region_name,
        covers.period_text,
        covers.range_text,
        tuple(_book(book, on) for book in books_within(region_code, parameters, actor)),
    )


def _book(book: Book, on: date) -> JournalBook:
    return JournalBook(book.party.name, tuple(map(_line, booked_lines(book, on))))


def _line(one: Booked) -> JournalLine:
    voucher = one.voucher
    return JournalLine(
        day=voucher.booked_on.isoformat(), voucher=voucher.label, summary=voucher.summary, code=one.account.code,
        account=one.account_text, detail=one.about, debit_fen=one.debit_fen, credit_fen=one.credit_fen,
        maker=person_of(voucher.made_by_text), checker=person_of(voucher.checked_by_text), is_red=one.is_red,
    )  # fmt: skip


_TABLE = Table(
    columns=(
        Column(N_("日期"), 52, Align.CENTER, Kind.CODE),
        Column(N_("凭证字号"), 56, Align.CENTER, Kind.CODE),
        Column(N_("摘要"), 184),
        Column(N_("编码"), 46, Align.CENTER, Kind.CODE, N_("会计科目")),
        Column(N_("名称"), 96, group=N_("会计科目")),
        Column(N_("明细"), 100, group=N_("会计科目")),
        Column(N_("借方金额"), 78, Align.RIGHT, Kind.AMOUNT),
        Column(N_("贷方金额"), 78, Align.RIGHT, Kind.AMOUNT),
        Column(N_("制单"), 41.89, Align.CENTER),
        Column(N_("复核"), 42, Align.CENTER),
    ),
    summed=(6, 7),
    counted=N_("笔"),
)


def draw(figures: Journal, imprint: Imprint) -> bytes:
    """Draw the journal: one part per book, each month with its sum and the sum of the year so far."""
    facts = ((N_("期间"), figures.period_text), (N_("范围"), figures.range_text))
    heading = Heading(TITLE, "", figures.unit_name, figures.region_code, facts, signers=_SIGNERS)
    return draw_table(LANDSCAPE, heading, _TABLE, lambda: journal_rows(figures), imprint)


def journal_rows(figures: Journal) -> Iterator[Row]:
    """Lay out the books one after the other."""
    if not figures.books:
        yield Note(N_("没有账簿"))
    for book in figures.books:
        yield Part(N_("账簿：%(name)s") % {"name": book.name})
        if not book.lines:
            yield Note(N_("本期没有凭证"))
            continue
        yield from _months(book.lines)


def _months(lines: Iterable[JournalLine]) -> Iterator[Row]:
    year = _NOTHING
    for month, held in groupby(lines, key=lambda line: line.day[:7]):
        sums = _NOTHING
        for line in held:
            sums = add_sums(sums, (line.debit_fen, line.credit_fen))
            yield Line(_cells(line), red=line.is_red)
        year = add_sums(year, sums)
        yield Subtotal(N_("%(month)s 本月合计") % {"month": month}, sums)
        yield Subtotal(N_("本年累计"), year)


def _cells(line: JournalLine) -> tuple[Cell, ...]:
    """Say a line; the other side of an entry is left empty, as in any book."""
    return (
        line.day, line.voucher, line.summary, line.code, line.account, line.detail,
        "" if line.debit_fen is None else line.debit_fen, "" if line.credit_fen is None else line.credit_fen,
        line.maker, line.checker,
    )  # fmt: skip


_SHEET_COLUMNS = (
    SheetColumn(N_("账簿"), width=30),
    SheetColumn(N_("日期"), width=12),
    SheetColumn(N_("凭证字号"), width=12),
    SheetColumn(N_("摘要"), width=40),
    SheetColumn(N_("科目编码"), width=10),
    SheetColumn(N_("科目名称"), width=20),
    SheetColumn(N_("明细"), width=24),
    SheetColumn(N_("借方金额"), CellKind.AMOUNT, 16),
    SheetColumn(N_("贷方金额"), CellKind.AMOUNT, 16),
    SheetColumn(N_("制单"), width=12),
    SheetColumn(N_("复核"), width=12),
    SheetColumn(N_("红字冲销"), width=10),
)


def sheet(figures: Journal, imprint: Imprint) -> bytes:
    """Write the same lines as a spreadsheet, without sums."""
    rows = (
        (
            book.name, line.day, line.voucher, line.summary, line.code, line.account, line.detail, line.debit_fen,
            line.credit_fen, line.maker, line.checker, N_("是") if line.is_red else "",
        )
        for book in figures.books
        for line in book.lines
    )  # fmt: skip
    heading = (TITLE, *sheet_heading(figures.unit_name, figures.period_text, figures.range_text, imprint))
    out = BytesIO()
    write_xlsx([WorkSheet(TITLE, _SHEET_COLUMNS, rows, heading)], out)
    return out.getvalue()
