"""明细账: each account of a book by itself, with its running balance and the side it stands on."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import groupby

from registry.ledger.books.accounts import CHARTS
from registry.ledger.books.models import Book
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

TITLE = N_("明细账")
_SIGNERS = (N_("记账："), N_("复核："), N_("会计主管："))
_NOTHING: Sums = (None, None)
_DEBIT, _CREDIT, _EVEN = N_("借"), N_("贷"), N_("平")


@dataclass(frozen=True, slots=True)
class Entry:
    """One posting to an account (fen), with the accounts on the other side. ``is_red`` marks a reversal."""

    day: str
    voucher: str
    summary: str
    against: str
    debit_fen: int | None
    credit_fen: int | None
    is_red: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """One account of a book: what it stood at when the year began, debit positive, and its entries in order."""

    book_name: str
    code: str
    name: str
    opening_fen: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class AccountLedger:
    """The figures of an account ledger. ``opening_day`` is the first day of the period."""

    unit_name: str
    region_code: str
    region_name: str
    period_text: str
    range_text: str
    opening_day: str
    accounts: tuple[Account, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> AccountLedger:
    """Read the accounts of a unit's books, or of one book, from the year's beginning to a day. Raises Missing."""
    covers = covered(region_code, actor, on, N_("已记账凭证"))
    return AccountLedger(
        covers.unit_name,
        covers.region_code,
        covers.region_name,
        covers.period_text,
        covers.range_text,
        year_begin(on).isoformat(),
        tuple(one for book in books_within(region_code, parameters, actor) for one in _accounts(book, on)),
    )


def _accounts(book: Book, on: date) -> Iterator[Account]:
    """Give the accounts that stood at something or moved, in the order of their codes."""
    lines, openings, chart = booked_lines(book, on), openings_of(book, on), CHARTS[book.version]
    against, entries = against_of(lines), defaultdict[tuple[str, str], list[Entry]](list)
    for line in lines:
        entries[line.account.code, line.detail].append(_entry(line, against[line.posting.id]))
    for code, detail in sorted({*entries, *openings}):
        name = account_text(chart[code], detail)
        held = tuple(entries[code, detail])
        yield Account(book.party.name, code, name, openings.get((code, detail), 0), held)


def _entry(line: Booked, against: str) -> Entry:
    voucher = line.voucher
    return Entry(
        day=voucher.booked_on.isoformat(), voucher=voucher.label,
        summary="　".join(filter(None, (voucher.summary, line.about))), against=against, debit_fen=line.debit_fen,
        credit_fen=line.credit_fen, is_red=line.is_red,
    )  # fmt: skip


_TABLE = Table(
    columns=(
        Column(N_("日期"), 56, Align.CENTER, Kind.CODE),
        Column(N_("凭证字号"), 62, Align.CENTER, Kind.CODE),
        Column(N_("摘要"), 228),
        Column(N_("对方科目"), 121.89),
        Column(N_("借方金额"), 92, Align.RIGHT, Kind.AMOUNT),
        Column(N_("贷方金额"), 92, Align.RIGHT, Kind.AMOUNT),
        Column(N_("借或贷"), 30, Align.CENTER, Kind.CODE),
        Column(N_("余额"), 92, Align.RIGHT, Kind.AMOUNT),
    ),
    summed=(4, 5),
    counted=N_("笔"),
    kept=(6, 7),
)


def draw(figures: AccountLedger, imprint: Imprint) -> bytes:
    """Draw the ledger: every account begins on a new sheet."""
    facts = ((N_("期间"), figures.period_text), (N_("范围"), figures.range_text))
    heading = Heading(TITLE, "", figures.unit_name, figures.region_code, facts, signers=_SIGNERS)
    return draw_table(LANDSCAPE, heading, _TABLE, lambda: ledger_rows(figures), imprint)


def ledger_rows(figures: AccountLedger) -> Iterator[Row]:
    """Lay out the accounts one after the other."""
    if not figures.accounts:
        yield Note(N_("没有发生额，也没有余额"))
    for account in figures.accounts:
        words = {"book": account.book_name, "code": account.code, "name": account.name}
        yield Part(N_("账簿：%(book)s　　科目：%(code)s %(name)s") % words)
        yield from _account_rows(account, figures.opening_day)


def _account_rows(account: Account, opening_day: str) -> Iterator[Row]:
    balance, year = account.opening_fen, _NOTHING
    yield Subtotal(N_("%(day)s 上年结转") % {"day": opening_day}, ("", ""), standing(balance))
    for month, held in groupby(account.entries, key=lambda entry: entry.day[:7]):
        sums = _NOTHING
        for entry in held:
            balance += (entry.debit_fen or 0) - (entry.credit_fen or 0)
            sums = add_sums(sums, (entry.debit_fen, entry.credit_fen))
            yield Line(_cells(entry, balance), red=entry.is_red)
        year = add_sums(year, sums)
        yield Subtotal(N_("%(month)s 本月合计") % {"month": month}, sums, standing(balance))
        yield Subtotal(N_("本年累计"), year, standing(balance))


def standing(balance_fen: int) -> tuple[Cell, ...]:
    """Say on which side an account stands and with how much; debit is positive."""
    side = _DEBIT if balance_fen > 0 else _CREDIT if balance_fen < 0 else _EVEN
    return (side, abs(balance_fen))


def _cells(entry: Entry, balance_fen: int) -> tuple[Cell, ...]:
    sides = tuple("" if fen is None else fen for fen in (entry.debit_fen, entry.credit_fen))
    return (entry.day, entry.voucher, entry.summary, entry.against, *sides, *standing(balance_fen))


_SHEET_COLUMNS = (
    SheetColumn(N_("账簿"), width=30),
    SheetColumn(N_("科目编码"), width=10),
    SheetColumn(N_("科目名称"), width=20),
    SheetColumn(N_("日期"), width=12),
    SheetColumn(N_("凭证字号"), width=12),
    SheetColumn(N_("摘要"), width=40),
    SheetColumn(N_("对方科目"), width=24),
    SheetColumn(N_("借方金额"), CellKind.AMOUNT, 16),
    SheetColumn(N_("贷方金额"), CellKind.AMOUNT, 16),
    SheetColumn(N_("借或贷"), width=8),
    SheetColumn(N_("余额"), CellKind.AMOUNT, 16),
    SheetColumn(N_("红字冲销"), width=10),
)


def sheet(figures: AccountLedger, imprint: Imprint) -> bytes:
    """Write the same entries as a spreadsheet, each with its balance."""
    heading = (TITLE, *sheet_heading(figures.unit_name, figures.period_text, figures.range_text, imprint))
    rows = (row for account in figures.accounts for row in _sheet_rows(account, figures.opening_day))
    out = BytesIO()
    write_xlsx([WorkSheet(TITLE, _SHEET_COLUMNS, rows, heading)], out)
    return out.getvalue()


def _sheet_rows(account: Account, opening_day: str) -> Iterator[tuple[Cell, ...]]:
    balance = account.opening_fen
    named = (account.book_name, account.code, account.name)
    yield (*named, opening_day, "", N_("上年结转"), "", None, None, *standing(balance), "")
    for entry in account.entries:
        balance += (entry.debit_fen or 0) - (entry.credit_fen or 0)
        told = (entry.day, entry.voucher, entry.summary, entry.against, entry.debit_fen, entry.credit_fen)
        yield (*named, *told, *standing(balance), N_("是") if entry.is_red else "")
