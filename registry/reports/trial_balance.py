"""科目余额表: what every account of a book stood at, what moved in the month and the year, what it stands at."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO
from itertools import groupby

from registry.clock import local
from registry.ledger.books.accounts import Detail
from registry.ledger.books.models import Book, Reopening
from registry.ledger.books.queries import BalanceRow, list_journal, list_reopenings
from registry.ledger.books.queries import trial_balance as balances_of
from registry.ledger.books.rules import PeriodState, first_day, month_of, say_month
from registry.permissions import Actor
from registry.reports.bookkeeping import books_within, person_of
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

TITLE = N_("科目余额表")
_SIGNERS = (N_("制表人："), N_("复核："), N_("会计主管："))
_INDENT = "　"
_AGREED = "AGREED"
_NOTHING: Sums = (None,) * 8


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """One account in fen; balances are debit positive. ``depth`` is 0 for accounts of the first level, which add up."""

    code: str
    name: str
    depth: int
    opening_fen: int
    debit_fen: int
    credit_fen: int
    year_debit_fen: int
    year_credit_fen: int

    @property
    def closing_fen(self) -> int:
        return self.opening_fen + self.debit_fen - self.credit_fen


@dataclass(frozen=True, slots=True)
class BalanceBook:
    """The accounts of one book, how its month stands, and which closed months were opened again."""

    name: str
    state: str
    lines: tuple[BalanceLine, ...]
    reopened: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """The figures of a trial balance for one month."""

    unit_name: str
    region_code: str
    region_name: str
    period_text: str
    range_text: str
    books: tuple[BalanceBook, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> TrialBalance:
    """Read the balances of a unit's books, or of one book, for the month of a day up to that day. Raises Missing."""
    covers = covered(region_code, actor, on, N_("已记账凭证"))
    period = N_("%(month)s，截至 %(day)s") % {"month": say_month(month_of(on)), "day": on.isoformat()}
    return TrialBalance(
        covers.unit_name,
        covers.region_code,
        covers.region_name,
        period,
        covers.range_text,
        tuple(_book(book, on) for book in books_within(region_code, parameters, actor)),
    )


def _book(book: Book, on: date) -> BalanceBook:
    month = month_of(on)
    is_closed = book.closed_month is not None and month <= book.closed_month
    return BalanceBook(
        name=book.party.name,
        state=(PeriodState.CLOSED if is_closed else PeriodState.OPEN).label,
        lines=tuple(_lines(_rows_on(book, on))),
        reopened=tuple(
            _reopened(one) for one in list_reopenings(book.id) if one.answer == _AGREED and one.month <= month
        ),
    )


def _rows_on(book: Book, on: date) -> list[BalanceRow]:
    """Return the balances of a month without what was booked on days after a day."""
    month, later = month_of(on), defaultdict[tuple[str, str], list[int]](lambda: [0, 0])
    for _, posting in list_journal(book, on + timedelta(days=1), first_day(month + 1) - timedelta(days=1)):
        moved = later[posting.account, posting.detail]
        moved[:] = moved[0] + posting.debit_fen, moved[1] + posting.credit_fen
    return [_without(row, *later[row.account.code, row.detail]) for row in balances_of(book, month)]


def _without(row: BalanceRow, debit_fen: int, credit_fen: int) -> BalanceRow:
    return replace(
        row, debit_fen=row.debit_fen - debit_fen, credit_fen=row.credit_fen - credit_fen,
        year_debit_fen=row.year_debit_fen - debit_fen, year_credit_fen=row.year_credit_fen - credit_fen,
    )  # fmt: skip


def _lines(rows: list[BalanceRow]) -> Iterator[BalanceLine]:
    """Give every account that stood at something or moved, and below it its detail accounts."""
    told = [row for row in rows if any((row.opening_fen, row.year_debit_fen, row.year_credit_fen))]
    for account, held in groupby(told, key=lambda row: row.account):
        parts = list(held)
        yield _line(account.code, account.name, 0, parts)
        yield from (_line("", Detail(one.detail).label, 1, [one]) for one in parts if one.detail)


def _line(code: str, name: str, depth: int, rows: list[BalanceRow]) -> BalanceLine:
    return BalanceLine(
        code, name, depth, sum(row.opening_fen for row in rows), sum(row.debit_fen for row in rows),
        sum(row.credit_fen for row in rows), sum(row.year_debit_fen for row in rows),
        sum(row.year_credit_fen for row in rows),
    )  # fmt: skip


def _reopened(one: Reopening) -> str:
    words = N_("%(month)s 结账后又反结账：%(asked)s申请，%(agreed)s于 %(day)s 同意；原因：%(reason)s")
    day = local(one.answered_at).date().isoformat() if one.answered_at else ""
    people = {"asked": person_of(one.asked_by_text), "agreed": person_of(one.answered_by_text)}
    return words % {"month": say_month(one.month), "day": day, "reason": one.reason, **people}


def _pair(group: str) -> tuple[Column, Column]:
    return (
        Column(N_("借方"), 74, Align.RIGHT, Kind.AMOUNT, group),
        Column(N_("贷方"), 74, Align.RIGHT, Kind.AMOUNT, group),
    )


_TABLE = Table(
    columns=(
        Column(N_("科目编码"), 54, Align.LEFT, Kind.CODE),
        Column(N_("科目名称"), 127.89),
        *_pair(N_("期初余额")),
        *_pair(N_("本期发生额")),
        *_pair(N_("本年累计发生额")),
        *_pair(N_("期末余额")),
    ),
    summed=(2, 3, 4, 5, 6, 7, 8, 9),
    carried=False,
)


def draw(figures: TrialBalance, imprint: Imprint) -> bytes:
    """Draw the trial balance: every book begins on a new sheet; a period opened again stands in red."""
    facts = ((N_("期间"), figures.period_text), (N_("范围"), figures.range_text))
    heading = Heading(TITLE, "", figures.unit_name, figures.region_code, facts, signers=_SIGNERS)
    return draw_table(LANDSCAPE, heading, _TABLE, lambda: balance_rows(figures), imprint)


def balance_rows(figures: TrialBalance) -> Iterator[Row]:
    """Lay out the books one after the other."""
    if not figures.books:
        yield Note(N_("没有账簿"))
    for book in figures.books:
        yield Part(N_("账簿：%(name)s（%(state)s）") % {"name": book.name, "state": book.state})
        for line in book.lines:
            yield Line((_INDENT * line.depth + line.code, _INDENT * line.depth + line.name, *_figures(line)))
        sums = sums_of(book)
        yield Subtotal(N_("合　计"), sums)
        yield _evenness(sums)
        for words in book.reopened:
            yield Note(words, red=True)


def sums_of(book: BalanceBook) -> Sums:
    """Add up the accounts of the first level."""
    sums = _NOTHING
    for line in book.lines:
        sums = add_sums(sums, _figures(line)) if not line.depth else sums
    return tuple(fen or 0 for fen in sums)


def _figures(line: BalanceLine) -> Sums:
    moved = (line.debit_fen, line.credit_fen, line.year_debit_fen, line.year_credit_fen)
    return (*_sides(line.opening_fen), *(fen or None for fen in moved), *_sides(line.closing_fen))


def _sides(balance_fen: int) -> tuple[int | None, int | None]:
    return (balance_fen, None) if balance_fen > 0 else (None, -balance_fen) if balance_fen < 0 else (None, None)


def _evenness(sums: Sums) -> Note:
    """Say whether each pair of columns is even; a book that is not must not be overlooked."""
    if all(debit == credit for debit, credit in zip(sums[::2], sums[1::2], strict=True)):
        return Note(N_("试算平衡"))
    return Note(N_("试算不平衡，请立即查明"), red=True)


_SHEET_COLUMNS = (
    SheetColumn(N_("账簿"), width=30),
    SheetColumn(N_("科目编码"), width=12),
    SheetColumn(N_("科目名称"), width=24),
    SheetColumn(N_("级次"), CellKind.COUNT, 6),
    SheetColumn(N_("期初借方"), CellKind.AMOUNT, 16),
    SheetColumn(N_("期初贷方"), CellKind.AMOUNT, 16),
    SheetColumn(N_("本期借方"), CellKind.AMOUNT, 16),
    SheetColumn(N_("本期贷方"), CellKind.AMOUNT, 16),
    SheetColumn(N_("本年累计借方"), CellKind.AMOUNT, 16),
    SheetColumn(N_("本年累计贷方"), CellKind.AMOUNT, 16),
    SheetColumn(N_("期末借方"), CellKind.AMOUNT, 16),
    SheetColumn(N_("期末贷方"), CellKind.AMOUNT, 16),
)


def sheet(figures: TrialBalance, imprint: Imprint) -> bytes:
    """Write the same accounts as a spreadsheet."""
    rows: Iterator[tuple[Cell, ...]] = (
        (book.name, line.code, line.name, line.depth + 1, *_figures(line))
        for book in figures.books
        for line in book.lines
    )
    heading = (TITLE, *sheet_heading(figures.unit_name, figures.period_text, figures.range_text, imprint))
    out = BytesIO()
    write_xlsx([WorkSheet(TITLE, _SHEET_COLUMNS, rows, heading)], out)
    return out.getvalue()
