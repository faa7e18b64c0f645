"""处置台账: what was disposed of in a unit within a year, what it was worth and fetched, what is left of the money."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from registry.disposal.kinds import DisposalKind, Ground
from registry.money import format_yuan
from registry.permissions import Actor
from registry.reports.covering import covered
from registry.reports.disposals.carried import Carried, list_carried
from registry.reports.disposals.naming import ratio_text, tier_text
from registry.reports.glances import Glance
from registry.reports.heading import sheet_heading
from registry.reports.paper.drawing import draw_table
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.reports.paper.table import Cell, Column, Kind, Line, Note, Row, Subtotal, Table
from registry.reports.parameters import Parameters
from registry.spreadsheet import CellKind, SheetColumn, WorkSheet, write_xlsx
from registry.text import N_

TITLE = N_("扶贫项目资产处置台账")


@dataclass(frozen=True, slots=True)
class DisposalRow:
    """One case of the register; money is fen, gain is negative for a loss, None where there is nothing of the kind."""

    number: str
    asset: str
    kind: str
    ground: str
    owner: str
    tier: str
    original_fen: int
    net_fen: int
    appraised_fen: int | None
    approved_on: str
    price_fen: int | None
    ratio: str
    executed_on: str
    effective_on: str
    gain_fen: int | None
    balance_fen: int | None
    recipient: str
    unit_name: str


@dataclass(frozen=True, slots=True)
class DisposalRegister:
    """The figures of a register of disposals."""

    unit_name: str
    region_code: str
    region_name: str
    period_text: str
    range_text: str
    rows: tuple[DisposalRow, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> DisposalRegister:
    """Read what a unit carried out from the beginning of the year to a day. Raises Missing."""
    covers = covered(region_code, actor, on, N_("已执行的处置"))
    return DisposalRegister(
        covers.unit_name,
        covers.region_code,
        covers.region_name,
        covers.period_text,
        covers.range_text,
        tuple(map(_row, list_carried(region_code, actor, on))),
    )


def _row(one: Carried) -> DisposalRow:
    return DisposalRow(
        number=one.number,
        asset=one.asset,
        kind=DisposalKind(one.kind).label,
        ground=Ground(one.ground).label,
        owner=one.owner,
        tier=tier_text(one.route_key),
        original_fen=one.original_fen,
        net_fen=one.net_fen,
        appraised_fen=one.appraised_fen,
        approved_on=one.approved_on,
        price_fen=one.price_fen,
        ratio=ratio_text(one.price_fen or 0, one.base_fen or 0) if one.price_fen is not None else "",
        executed_on=one.executed_on,
        effective_on=one.effective_on,
        gain_fen=one.gain_fen,
        balance_fen=one.balance_fen,
        recipient=one.recipient,
        unit_name=one.unit_name,
    )


_TABLE = Table(
    columns=(
        Column(N_("序号"), 24, Align.CENTER, Kind.CODE),
        Column(N_("处置编号"), 90, Align.CENTER, Kind.CODE),
        Column(N_("资产"), 78),
        Column(N_("方式"), 38, Align.CENTER),
        Column(N_("理由"), 54),
        Column(N_("档次"), 34, Align.CENTER),
        Column(N_("批准日期"), 46, Align.CENTER, Kind.CODE),
        Column(N_("执行日期"), 46, Align.CENTER, Kind.CODE),
        Column(N_("成交价\n占价值"), 38, Align.RIGHT, Kind.CODE),
        Column(N_("原值"), 58, Align.RIGHT, Kind.AMOUNT),
        Column(N_("净值"), 56, Align.RIGHT, Kind.AMOUNT),
        Column(N_("评估价"), 54, Align.RIGHT, Kind.AMOUNT),
        Column(N_("成交价"), 54, Align.RIGHT, Kind.AMOUNT),
        Column(N_("净收益\n（损失为负）"), 53, Align.RIGHT, Kind.AMOUNT),
        Column(N_("处置收入\n余额"), 50.89, Align.RIGHT, Kind.AMOUNT),
    ),
    summed=(9, 10, 11, 12, 13, 14),
    counted=N_("件"),
)


def draw(figures: DisposalRegister, imprint: Imprint) -> bytes:
    """Draw the register in the order of the cases' numbers, with sums of each kind at the end."""
    facts = ((N_("期间"), figures.period_text), (N_("范围"), figures.range_text))
    heading = Heading(TITLE, "", figures.unit_name, figures.region_code, facts)
    return draw_table(LANDSCAPE, heading, _TABLE, lambda: _rows(figures), imprint)


def _rows(figures: DisposalRegister) -> Iterator[Row]:
    if not figures.rows:
        yield Note(N_("本年没有执行的处置"))
        return
    for ordinal, row in enumerate(figures.rows, 1):
        yield Line(_cells(ordinal, row))
    for kind in DisposalKind:
        held = [row for row in figures.rows if row.kind == kind.label]
        if held:
            label = N_("其中：%(kind)s（%(count)s 件）") % {"kind": kind.label, "count": len(held)}
            yield Subtotal(label, _sums(held))
    label = N_("%(region)s总计（%(count)s 件）")
    values = {"region": figures.region_name, "count": len(figures.rows)}
    yield Subtotal(label % values, _sums(figures.rows))


def _sums(rows: Sequence[DisposalRow]) -> tuple[Cell, ...]:
    columns = zip(*(_cells(0, row)[_TABLE.summed[0] :] for row in rows), strict=True)
    return tuple(sum(fen for fen in column if isinstance(fen, int)) for column in columns)


def _cells(ordinal: int, row: DisposalRow) -> tuple[Cell, ...]:
    return (
        str(ordinal), row.number, row.asset, row.kind, row.ground, row.tier, row.approved_on, row.executed_on,
        row.ratio, row.original_fen, row.net_fen, row.appraised_fen, row.price_fen, row.gain_fen, row.balance_fen,
    )  # fmt: skip


_SHEET_COLUMNS = (
    SheetColumn(N_("处置编号"), width=22),
    SheetColumn(N_("资产"), width=30),
    SheetColumn(N_("处置方式"), width=16),
    SheetColumn(N_("处置理由"), width=26),
    SheetColumn(N_("档次"), width=14),
    SheetColumn(N_("批准日期"), width=12),
    SheetColumn(N_("执行日期"), width=12),
    SheetColumn(N_("成交价占价值"), width=14),
    SheetColumn(N_("原值"), CellKind.AMOUNT, 16),
    SheetColumn(N_("净值"), CellKind.AMOUNT, 16),
    SheetColumn(N_("评估价"), CellKind.AMOUNT, 16),
    SheetColumn(N_("成交价"), CellKind.AMOUNT, 16),
    SheetColumn(N_("净收益（损失为负）"), CellKind.AMOUNT, 18),
    SheetColumn(N_("处置收入余额"), CellKind.AMOUNT, 16),
    SheetColumn(N_("生效日期"), width=12),
    SheetColumn(N_("权利人"), width=28),
    SheetColumn(N_("接收方"), width=28),
    SheetColumn(N_("登记单位"), width=20),
)


def sheet(figures: DisposalRegister, imprint: Imprint) -> bytes:
    """Write the same cases as a spreadsheet."""
    rows = (
        (*_cells(0, row)[1:], row.effective_on, row.owner, row.recipient, row.unit_name) for row in figures.rows
    )  # fmt: skip
    heading = (TITLE, *sheet_heading(figures.unit_name, figures.period_text, figures.range_text, imprint))
    out = BytesIO()
    write_xlsx([WorkSheet(TITLE, _SHEET_COLUMNS, rows, heading)], out)
    return out.getvalue()


def glance(figures: DisposalRegister) -> Glance:
    """Return what a reader compares of a register of disposals."""
    return (
        (N_("单位"), figures.unit_name),
        (N_("期间"), figures.period_text),
        (N_("处置件数"), N_("%(count)s 件") % {"count": f"{len(figures.rows):,}"}),
        (N_("末页原值总计（元）"), format_yuan(sum(row.original_fen for row in figures.rows))),
        (N_("末页成交价总计（元）"), format_yuan(sum(row.price_fen or 0 for row in figures.rows))),
    )
