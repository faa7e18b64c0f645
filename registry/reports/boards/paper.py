"""监督看板 on paper and as a spreadsheet: the tables of the page, amounts in 元 to the fen."""

from collections.abc import Iterator
from io import BytesIO

from registry.money import format_yuan
from registry.reports.boards.figures import Board
from registry.reports.boards.tables import Heads, Kind, Part, parts_of
from registry.reports.glances import Glance
from registry.reports.heading import sheet_heading
from registry.reports.paper.blocks import Block, BlockColumn, draw_blocks
from registry.reports.paper.imprint import Imprint
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.spreadsheet import Cell, CellKind, SheetColumn, WorkSheet, write_xlsx
from registry.text import N_

TITLE = N_("扶贫项目资产监督看板")
#: Kind of a column → its part of the width on paper, its width and kind in the workbook.
_WIDE = {Kind.TEXT: 12, Kind.SHARE: 6, Kind.COUNT: 7, Kind.AMOUNT: 12}
_CELLS = {Kind.TEXT: (18, CellKind.TEXT), Kind.SHARE: (10, CellKind.TEXT), Kind.COUNT: (10, CellKind.COUNT),
          Kind.AMOUNT: (18, CellKind.AMOUNT)}  # fmt: skip


def draw(figures: Board, imprint: Imprint) -> bytes:
    """Draw the tables of a board one under the other."""
    facts = ((N_("期间"), figures.period_text), (N_("范围"), figures.range_text))
    heading = Heading(TITLE, "", figures.unit_name, figures.region_code, facts)
    return draw_blocks(LANDSCAPE, heading, [_block(part) for part in parts_of(figures) if part.rows], imprint)


def _block(part: Part) -> Block:
    columns = tuple(
        BlockColumn(label, _WIDE[kind], Align.LEFT if kind is Kind.TEXT else Align.RIGHT) for label, kind in part.heads
    )
    rows = tuple(_written(row, part.heads) for row in part.rows)
    return Block(part.title, columns, rows, _written(part.total, part.heads) if part.total else ())


def _written(row: tuple[Cell, ...], heads: Heads) -> tuple[str, ...]:
    return tuple(_said(cell, kind) for cell, (_, kind) in zip(row, heads, strict=True))


def _said(cell: Cell, kind: Kind) -> str:
    if isinstance(cell, str):
        return cell
    if not cell:
        return "—"
    return format_yuan(cell) if kind is Kind.AMOUNT else f"{cell:,}"


def sheet(figures: Board, imprint: Imprint) -> bytes:
    """Write each table of a board on a sheet of its own."""
    heading = (TITLE, *sheet_heading(figures.unit_name, figures.period_text, figures.range_text, imprint))
    out = BytesIO()
    write_xlsx(list(_sheets(figures, heading)), out)
    return out.getvalue()


def _sheets(figures: Board, heading: tuple[str, ...]) -> Iterator[WorkSheet]:
    for part in parts_of(figures):
        columns = tuple(SheetColumn(label, _CELLS[kind][1], _CELLS[kind][0]) for label, kind in part.heads)
        yield WorkSheet(part.name, columns, [*part.rows, *([part.total] if part.total else [])], heading)


def glance(figures: Board) -> Glance:
    """Return what a reader compares of a board."""
    total = figures.total
    return (
        (N_("单位"), figures.unit_name), (N_("期间"), figures.period_text), (N_("范围"), figures.range_text),
        (N_("资产项数"), N_("%(count)s 项") % {"count": f"{total.assets:,}"}),
        (N_("原值（元）"), format_yuan(total.original_fen)), (N_("收益（元）"), format_yuan(total.income_fen)),
    )  # fmt: skip
