"""合同台账: the contracts of a unit with operator, term, rent, and what was due, received and is owed."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from registry.reports.heading import sheet_heading
from registry.reports.paper.drawing import draw_table
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.reports.paper.table import Cell, Column, Kind, Line, Note, Row, Subtotal, Table
from registry.spreadsheet import CellKind, SheetColumn, WorkSheet, write_xlsx
from registry.text import N_

TITLE = N_("扶贫项目资产经营合同台账")


@dataclass(frozen=True, slots=True)
class ContractLine:
    """One contract as it stood; amounts in fen, ``yearly_fen`` is what the first year costs."""

    number: str
    name: str
    assets: str
    owners: str
    operator: str
    mode: str
    award: str
    starts_on: str
    ends_on: str
    rent: str
    yearly_fen: int | None
    deposit_fen: int | None
    due_fen: int
    received_fen: int
    owed_fen: int
    phase: str
    unit_name: str


@dataclass(frozen=True, slots=True)
class ContractRegister:
    """The figures of a register of contracts."""

    unit_name: str
    region_code: str
    region_name: str
    period_text: str
    range_text: str
    lines: tuple[ContractLine, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


_TABLE = Table(
    columns=(
        Column(N_("序号"), 22, Align.CENTER, Kind.CODE),
        Column(N_("合同编号"), 92, Align.CENTER, Kind.CODE),
        Column(N_("合同名称"), 84),
        Column(N_("资产"), 70),
        Column(N_("经营（承租）方"), 78),
        Column(N_("经营\n方式"), 34, Align.CENTER),
        Column(N_("起"), 44, Align.CENTER, Kind.CODE, N_("合同期限")),
        Column(N_("止"), 44, Align.CENTER, Kind.CODE, N_("合同期限")),
        Column(N_("计租方式"), 44, Align.CENTER),
        Column(N_("年租金"), 58, Align.RIGHT, Kind.AMOUNT),
        Column(N_("押金"), 50, Align.RIGHT, Kind.AMOUNT),
        Column(N_("已收"), 60, Align.RIGHT, Kind.AMOUNT, N_("截至本日")),
        Column(N_("欠款"), 54, Align.RIGHT, Kind.AMOUNT, N_("截至本日")),
        Column(N_("状态"), 39.89, Align.CENTER),
    ),
    summed=(9, 10, 11, 12),
    counted=N_("份"),
)


def draw(figures: ContractRegister, imprint: Imprint) -> bytes:
    """Draw the register in the order of the contracts' numbers."""
    facts = ((N_("期间"), figures.period_text), (N_("范围"), figures.range_text))
    heading = Heading(TITLE, "", figures.unit_name, figures.region_code, facts)
    return draw_table(LANDSCAPE, heading, _TABLE, lambda: _rows(figures), imprint)


def _rows(figures: ContractRegister) -> Iterator[Row]:
    if not figures.lines:
        yield Note(N_("没有合同"))
        return
    for ordinal, line in enumerate(figures.lines, 1):
        yield Line(_cells(ordinal, line))
    held = figures.lines
    label = N_("%(region)s总计（%(count)s 份）") % {"region": figures.region_name, "count": len(held)}
    yield Subtotal(
        label,
        (
            sum(line.yearly_fen or 0 for line in held), sum(line.deposit_fen or 0 for line in held),
            sum(line.received_fen for line in held), sum(line.owed_fen for line in held) or None,
        ),
    )  # fmt: skip


def _cells(ordinal: int, line: ContractLine) -> tuple[Cell, ...]:
    return (
        str(ordinal), line.number, line.name, line.assets, line.operator, line.mode, line.starts_on, line.ends_on,
        line.rent, line.yearly_fen, line.deposit_fen, line.received_fen, line.owed_fen or None, line.phase,
    )  # fmt: skip


_SHEET_COLUMNS = (
    SheetColumn(N_("合同编号"), width=26),
    SheetColumn(N_("合同名称"), width=30),
    SheetColumn(N_("资产"), width=30),
    SheetColumn(N_("经营（承租）方"), width=26),
    SheetColumn(N_("经营方式"), width=12),
    SheetColumn(N_("起始"), width=12),
    SheetColumn(N_("到期"), width=12),
    SheetColumn(N_("计租方式"), width=18),
    SheetColumn(N_("年租金"), CellKind.AMOUNT, 14),
    SheetColumn(N_("押金"), CellKind.AMOUNT, 14),
    SheetColumn(N_("累计已收"), CellKind.AMOUNT, 14),
    SheetColumn(N_("欠款"), CellKind.AMOUNT, 14),
    SheetColumn(N_("状态"), width=14),
    SheetColumn(N_("累计应收"), CellKind.AMOUNT, 14),
    SheetColumn(N_("所有权人"), width=26),
    SheetColumn(N_("选择经营方"), width=16),
    SheetColumn(N_("管理单位"), width=16),
)


def sheet(figures: ContractRegister, imprint: Imprint) -> bytes:
    """Write the same contracts as a spreadsheet."""
    rows = ((*_cells(0, line)[1:], line.due_fen, line.owners, line.award, line.unit_name) for line in figures.lines)
    heading = (TITLE, *sheet_heading(figures.unit_name, figures.period_text, figures.range_text, imprint))
    out = BytesIO()
    write_xlsx([WorkSheet(TITLE, _SHEET_COLUMNS, rows, heading)], out)
    return out.getvalue()
