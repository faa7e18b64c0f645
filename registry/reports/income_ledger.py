"""收益台账: what the assets of a unit brought in during a year, asset by asset, with sums by village and township."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import Select, select

from registry.assets.register.cards.models import Asset
from registry.database import db
from registry.ledger.books.models import Voucher
from registry.ledger.books.rules import say_number
from registry.ledger.operation.periods import month_of
from registry.ledger.operation.receipts.kinds import DISTRIBUTABLE, IncomeKind
from registry.ledger.operation.receipts.models import IncomeRow, Receipt
from registry.ledger.operation.receipts.rules import Basis
from registry.parties.models import Party
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.reports.bookkeeping import shown_name
from registry.reports.covering import covered
from registry.reports.heading import sheet_heading
from registry.reports.holdings import Places, places_within
from registry.reports.owing import period_text
from registry.reports.paper.drawing import draw_table
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.running import Running
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.reports.paper.table import Cell, Column, Kind, Line, Note, Part, Row, Subtotal, Sums, Table
from registry.reports.parameters import Parameters
from registry.scope import within
from registry.spreadsheet import CellKind, SheetColumn, WorkSheet, write_xlsx
from registry.text import N_

TITLE = N_("扶贫项目资产收益台账")
_NOTHING: Sums = (None, None)
_PARTS = (N_("第一部分　公共所有资产的收益"), N_("第二部分　其他所有者上报的收益（不计入合计）"))
_EARNED = frozenset(kind.value for kind in DISTRIBUTABLE)
_FETCH = 2_000


@dataclass(frozen=True, slots=True)
class IncomeLine:
    """One owner's part of a receipt in fen: income, or money that only passes through. Negative takes back."""

    day: str
    number: str
    name: str
    owner: str
    kind: str
    payer: str
    earned: str
    income_fen: int | None
    passing_fen: int | None
    voucher: str
    township_name: str
    village_name: str
    is_red: bool = False


@dataclass(frozen=True, slots=True)
class IncomePart:
    """Lines that add up: those of the collectives, or what other owners reported."""

    title: str
    lines: tuple[IncomeLine, ...]


@dataclass(frozen=True, slots=True)
class IncomeLedger:
    """The figures of an income ledger. Lines come in order of unit, then day."""

    unit_name: str
    region_code: str
    region_name: str
    period_text: str
    range_text: str
    parts: tuple[IncomePart, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> IncomeLedger:
    """Read what a unit's owners received from the year's beginning to a day, checked and posted. Raises Missing."""
    covers, places = covered(region_code, actor, on, N_("已审核的收益")), places_within(region_code, on)
    own: list[IncomeLine] = []
    reported: list[IncomeLine] = []
    for row in db.session.execute(_rows_of(region_code, actor, on).execution_options(yield_per=_FETCH)):
        (reported if row.basis == Basis.REPORTED.value else own).append(_line(row, places))
    return IncomeLedger(
        covers.unit_name,
        covers.region_code,
        covers.region_name,
        covers.period_text,
        covers.range_text,
        (IncomePart(_PARTS[0], tuple(own)), IncomePart(_PARTS[1], tuple(reported))),
    )


def _rows_of(region_code: str, actor: Actor, on: date) -> Select[*tuple[Any, ...]]:
    return (
        select(
            IncomeRow.region_code, IncomeRow.received_on, IncomeRow.kind, IncomeRow.basis, IncomeRow.amount_fen,
            IncomeRow.earned_from, IncomeRow.earned_to, IncomeRow.reverses_id, Asset.asset_no, Asset.name,
            Party.kind.label("owner_kind"), Party.name.label("owner"), Receipt.payer, Voucher.year, Voucher.number,
        )
        .join(Asset, Asset.id == IncomeRow.asset_id)
        .join(Party, Party.id == IncomeRow.party_id)
        .join(Receipt, Receipt.id == IncomeRow.receipt_id)
        .outerjoin(Voucher, Voucher.id == IncomeRow.voucher_id)
        .where(
            within(IncomeRow, actor, Permission.PRINT),
            IncomeRow.region_code.between(*code_range(region_code)),
            IncomeRow.month.between(month_of(on.replace(month=1)), month_of(on)),
            IncomeRow.received_on <= on,
        )
        .order_by(IncomeRow.region_code, IncomeRow.received_on, IncomeRow.id)
    )  # fmt: skip


def _line(row: Found[Any], places: Places) -> IncomeLine:
    """Say one row; an income that a household reports is under its masked name."""
    township, village = places[row.region_code]
    is_income = row.kind in _EARNED
    return IncomeLine(
        day=row.received_on.isoformat(), number=row.asset_no, name=row.name,
        owner=shown_name(row.owner_kind, row.owner), kind=IncomeKind(row.kind).label, payer=row.payer,
        earned=period_text(row.earned_from, row.earned_to), income_fen=row.amount_fen if is_income else None,
        passing_fen=None if is_income else row.amount_fen,
        voucher=say_number(row.year, row.number) if row.number else "", township_name=township, village_name=village,
        is_red=row.reverses_id is not None,
    )  # fmt: skip


_TABLE = Table(
    columns=(
        Column(N_("序号"), 28, Align.CENTER, Kind.CODE),
        Column(N_("收款日期"), 52, Align.CENTER, Kind.CODE),
        Column(N_("资产编号"), 112, Align.CENTER, Kind.CODE),
        Column(N_("资产名称"), 100),
        Column(N_("所有权人"), 92),
        Column(N_("种类"), 56, Align.CENTER),
        Column(N_("付款人"), 80),
        Column(N_("所属期"), 66, Align.CENTER),
        Column(N_("收益"), 70, Align.RIGHT, Kind.AMOUNT, N_("收到金额")),
        Column(N_("代收、往来"), 64, Align.RIGHT, Kind.AMOUNT, N_("收到金额")),
        Column(N_("凭证号"), 53.89, Align.CENTER, Kind.CODE),
    ),
    summed=(8, 9),
    counted=N_("笔"),
)


def draw(figures: IncomeLedger, imprint: Imprint) -> bytes:
    """Draw the ledger: what is the collectives', then on a new sheet what others reported."""
    facts = ((N_("期间"), figures.period_text), (N_("范围"), figures.range_text))
    heading = Heading(TITLE, "", figures.unit_name, figures.region_code, facts)
    return draw_table(LANDSCAPE, heading, _TABLE, lambda: ledger_rows(figures), imprint)


def ledger_rows(figures: IncomeLedger) -> Iterator[Row]:
    """Lay out the parts, each in one pass over its lines."""
    for part in figures.parts:
        yield Part(part.title)
        if not part.lines:
            yield Note(N_("没有已审核入账的收益"))
            continue
        whole = Running(_NOTHING)
        yield from _part_rows(part.lines, whole)
        label = N_("%(region)s合计（%(count)s 笔）") % {"region": figures.region_name, "count": f"{whole.count:,}"}
        yield Subtotal(label, whole.sums)


def _part_rows(lines: tuple[IncomeLine, ...], whole: Running) -> Iterator[Row]:
    """Lay out lines; a village or township that makes up the whole part has no sum of its own."""
    first, last = lines[0], lines[-1]
    townships = first.township_name != last.township_name
    villages = townships or first.village_name != last.village_name
    village, township = (Running(_NOTHING, counted=N_("笔")) for _ in range(2))
    for ordinal, line in enumerate(lines, 1):
        if (line.village_name, line.township_name) != (village.name, township.name):
            yield from village.close(township, shown=villages)
            village.name = line.village_name
        if line.township_name != township.name:
            yield from township.close(whole, shown=townships)
            township.name = line.township_name
        village.take((line.income_fen, line.passing_fen))
        yield Line(_cells(ordinal, line), red=line.is_red)
    yield from village.close(township, shown=villages)
    yield from township.close(whole, shown=townships)


def _cells(ordinal: int, line: IncomeLine) -> tuple[Cell, ...]:
    return (
        str(ordinal), line.day, line.number, line.name, line.owner, line.kind, line.payer, line.earned,
        line.income_fen, line.passing_fen, line.voucher or None,
    )  # fmt: skip


_SHEET_COLUMNS = (
    SheetColumn(N_("归属"), width=20),
    SheetColumn(N_("收款日期"), width=12),
    SheetColumn(N_("资产编号"), width=26),
    SheetColumn(N_("资产名称"), width=30),
    SheetColumn(N_("所有权人"), width=26),
    SheetColumn(N_("种类"), width=14),
    SheetColumn(N_("付款人"), width=26),
    SheetColumn(N_("所属期"), width=18),
    SheetColumn(N_("收益"), CellKind.AMOUNT, 16),
    SheetColumn(N_("代收、往来"), CellKind.AMOUNT, 16),
    SheetColumn(N_("凭证号"), width=14),
    SheetColumn(N_("乡镇"), width=16),
    SheetColumn(N_("村"), width=16),
    SheetColumn(N_("红字冲销"), width=10),
)


def sheet(figures: IncomeLedger, imprint: Imprint) -> bytes:
    """Write the same lines as a spreadsheet, without sums."""
    rows = (
        (
            part.title, *_cells(0, line)[1:], line.township_name, line.village_name,
            N_("是") if line.is_red else "",
        )
        for part in figures.parts
        for line in part.lines
    )  # fmt: skip
    heading = (TITLE, *sheet_heading(figures.unit_name, figures.period_text, figures.range_text, imprint))
    out = BytesIO()
    write_xlsx([WorkSheet(TITLE, _SHEET_COLUMNS, rows, heading)], out)
    return out.getvalue()
