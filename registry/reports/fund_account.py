"""公积公益金专户: what a collective's reserve-and-welfare fund began with, what came in, what it was spent on."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from registry.ledger.books.accounts import CHARTS, Key, code_of
from registry.ledger.books.models import Book
from registry.ledger.books.rules import BookKind
from registry.permissions import Actor
from registry.reports.bookkeeping import (
    Booked,
    account_text,
    against_of,
    booked_lines,
    books_within,
    openings_of,
    year_begin,
)
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

TITLE = N_("公积公益金专户明细")
_SIGNERS = (N_("记账："), N_("复核："), N_("监事会（监督委员会）："))
_NOTHING: Sums = (None, None)


@dataclass(frozen=True, slots=True)
class FundEntry:
    """One movement of the fund in fen: in or out, why, and which account stands on the other side."""

    day: str
    voucher: str
    summary: str
    cause: str
    against: str
    in_fen: int | None
    out_fen: int | None
    is_red: bool = False


@dataclass(frozen=True, slots=True)
class Fund:
    """One account of the fund: what it held when the year began, and its movements in order."""

    book_name: str
    name: str
    opening_fen: int
    entries: tuple[FundEntry, ...]

    @property
    def closing_fen(self) -> int:
        return self.opening_fen + sum((one.in_fen or 0) - (one.out_fen or 0) for one in self.entries)


@dataclass(frozen=True, slots=True)
class FundAccount:
    """The figures of the funds of a unit's books for a year."""

    unit_name: str
    region_code: str
    region_name: str
    period_text: str
    range_text: str
    opening_day: str
    funds: tuple[Fund, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> FundAccount:
    """Read the funds of a unit's books, or of one book, from the year's beginning to a day. Raises Missing."""
    covers = covered(region_code, actor, on, N_("已记账凭证"))
    return FundAccount(
        covers.unit_name,
        covers.region_code,
        covers.region_name,
        covers.period_text,
        covers.range_text,
        year_begin(on).isoformat(),
        tuple(one for book in books_within(region_code, parameters, actor) for one in _funds(book, on)),
    )


def _funds(book: Book, on: date) -> Iterator[Fund]:
    """Give the accounts of a collective's fund that stood at something or moved; public owners have none."""
    if book.book_kind is BookKind.MEMORANDUM:
        return
    code = code_of(Key.FUND, book.version)
    lines = booked_lines(book, on)
    against = against_of(lines)
    entries = defaultdict[str, list[FundEntry]](list)
    for line in lines:
        if line.account.code == code:
            entries[line.detail].append(_entry(line, against[line.posting.id]))
    openings = {detail: -fen for (account, detail), fen in openings_of(book, on).items() if account == code}
    for detail in sorted({*entries, *openings}):
        name = f"{code} {account_text(CHARTS[book.version][code], detail)}"
        yield Fund(book.party.name, name, openings.get(detail, 0), tuple(entries[detail]))


def _entry(line: Booked, against: str) -> FundEntry:
    voucher = line.voucher
    return FundEntry(
        day=voucher.booked_on.isoformat(), voucher=voucher.label,
        summary="　".join(filter(None, (voucher.summary, line.about))), cause=voucher.about.label, against=against,
        in_fen=line.credit_fen, out_fen=line.debit_fen, is_red=line.is_red,
    )  # fmt: skip


_TABLE = Table(
    columns=(
        Column(N_("日期"), 56, Align.CENTER, Kind.CODE),
        Column(N_("凭证字号"), 62, Align.CENTER, Kind.CODE),
        Column(N_("摘要"), 204),
        Column(N_("事由"), 90, Align.CENTER),
        Column(N_("对方科目"), 91.89),
        Column(N_("增加"), 90, Align.RIGHT, Kind.AMOUNT),
        Column(N_("减少"), 90, Align.RIGHT, Kind.AMOUNT),
        Column(N_("结余"), 90, Align.RIGHT, Kind.AMOUNT),
    ),
    summed=(5, 6),
    counted=N_("笔"),
    kept=(7,),
)


def draw(figures: FundAccount, imprint: Imprint) -> bytes:
    """Draw the funds, each on a sheet of its own."""
    facts = ((N_("期间"), figures.period_text), (N_("范围"), figures.range_text))
    heading = Heading(TITLE, "", figures.unit_name, figures.region_code, facts, signers=_SIGNERS)
    return draw_table(LANDSCAPE, heading, _TABLE, lambda: fund_rows(figures), imprint)


def fund_rows(figures: FundAccount) -> Iterator[Row]:
    """Lay out the funds one after the other."""
    if not figures.funds:
        yield Note(N_("没有公积公益金"))
    for fund in figures.funds:
        yield Part(N_("账簿：%(book)s　　专户：%(name)s") % {"book": fund.book_name, "name": fund.name})
        yield Subtotal(N_("%(day)s 上年结转") % {"day": figures.opening_day}, ("", ""), (fund.opening_fen,))
        balance, sums = fund.opening_fen, _NOTHING
        for entry in fund.entries:
            balance += (entry.in_fen or 0) - (entry.out_fen or 0)
            sums = add_sums(sums, (entry.in_fen, entry.out_fen))
            yield Line(_cells(entry, balance), red=entry.is_red)
        yield Subtotal(N_("本年累计和结余"), sums, (balance,))


def _cells(entry: FundEntry, balance_fen: int) -> tuple[Cell, ...]:
    sides = tuple("" if fen is None else fen for fen in (entry.in_fen, entry.out_fen))
    return (entry.day, entry.voucher, entry.summary, entry.cause, entry.against, *sides, balance_fen)


_SHEET_COLUMNS = (
    SheetColumn(N_("账簿"), width=30),
    SheetColumn(N_("专户"), width=20),
    SheetColumn(N_("日期"), width=12),
    SheetColumn(N_("凭证字号"), width=12),
    SheetColumn(N_("摘要"), width=40),
    SheetColumn(N_("事由"), width=16),
    SheetColumn(N_("对方科目"), width=20),
    SheetColumn(N_("增加"), CellKind.AMOUNT, 16),
    SheetColumn(N_("减少"), CellKind.AMOUNT, 16),
    SheetColumn(N_("结余"), CellKind.AMOUNT, 16),
    SheetColumn(N_("红字冲销"), width=10),
)


def sheet(figures: FundAccount, imprint: Imprint) -> bytes:
    """Write the same movements as a spreadsheet, each with what is left."""
    heading = (TITLE, *sheet_heading(figures.unit_name, figures.period_text, figures.range_text, imprint))
    rows = (row for fund in figures.funds for row in _sheet_rows(fund, figures.opening_day))
    out = BytesIO()
    write_xlsx([WorkSheet(TITLE, _SHEET_COLUMNS, rows, heading)], out)
    return out.getvalue()


def _sheet_rows(fund: Fund, opening_day: str) -> Iterator[tuple[Cell, ...]]:
    balance, named = fund.opening_fen, (fund.book_name, fund.name)
    yield (*named, opening_day, "", N_("上年结转"), "", "", None, None, balance, "")
    for entry in fund.entries:
        balance += (entry.in_fen or 0) - (entry.out_fen or 0)
        told = (entry.day, entry.voucher, entry.summary, entry.cause, entry.against, entry.in_fen, entry.out_fen)
        yield (*named, *told, balance, N_("是") if entry.is_red else "")
