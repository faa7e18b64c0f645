"""定期报表: the seven tables of a unit and period, one of them or all, on paper and as a workbook."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from registry.ledger.books.rules import last_day
from registry.money import format_wan, format_yuan
from registry.permissions import Actor
from registry.reports.covering import covered, sectors_in
from registry.reports.glances import Glance
from registry.reports.heading import sheet_heading
from registry.reports.months.laying import BlockFigures, Head, RowFigures, TableFigures, laid_out
from registry.reports.months.reading import Reading, read_figures
from registry.reports.months.standing import PeriodState
from registry.reports.paper.blocks import Block, BlockColumn, Paper, draw_papers
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.reports.parameters import Parameters
from registry.spreadsheet import CellKind, SheetColumn, WorkSheet, write_xlsx
from registry.supervision.periods.rules import month_text, read_period
from registry.supervision.periods.tables import BY_NAME, TABLES, TableForm, TableName
from registry.text import N_

TITLE = N_("扶贫项目资产定期报表")
_SIGNERS = (N_("制表："), N_("审核："), N_("单位负责人："))
_WHAT = N_("系统按登记数据汇总，没有人工填报")
_UNIT, _SUM, _ABSENT = N_("单位"), N_("合计"), "—"
_LABEL_SHARE, _MONEY_SHARE, _COUNT_SHARE = 66, 70, 31
#: From a thousand million yuan on amounts are printed in 万元.
LARGE_FEN = 10**11
Write = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class PeriodTables:
    """The figures of a print."""

    unit_name: str
    region_code: str
    period_text: str
    range_text: str
    state_text: str
    tables: tuple[TableFigures, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> PeriodTables:
    """Read the tables of a unit and period. Raises Missing, NotAPeriod."""
    period = read_period(parameters.period)
    day = min(on, last_day(period.last))
    covers = covered(region_code, actor, day, _WHAT)
    reading = read_figures(region_code, period, sectors_in(region_code, actor), on)
    return PeriodTables(
        covers.unit_name, covers.region_code, period.words, covers.range_text, state_text(reading, day),
        laid_out(reading, forms_of(parameters.kind)),
    )  # fmt: skip


def forms_of(kind: str) -> tuple[TableForm, ...]:
    """Return the forms asked for: one by its name, or all. Raises ValueError for a name that is none."""
    return (BY_NAME[TableName(kind)],) if kind else TABLES


def state_text(reading: Reading, day: date) -> str:
    """Say how far a period has come, and from which month on it was kept."""
    standing, words = reading.standing, []
    if standing.since > reading.period.first:
        words.append(N_("自 %(month)s 起汇总") % {"month": month_text(standing.since)})
    if standing.state is PeriodState.CLOSED:
        words.append(N_("已封存"))
    elif standing.state is PeriodState.RUNNING:
        said = {"day": day.isoformat(), "closes": standing.closes_on.isoformat()}
        words.append(N_("未封存，截至 %(day)s，%(closes)s 自动封存") % said)
    else:
        words.append(N_("等待下级封存，没有数字"))
    return "，".join(words)


# ---- Paper


def draw(figures: PeriodTables, imprint: Imprint) -> bytes:
    """Draw every table on sheets of its own, by kind and then by unit."""
    return draw_papers(LANDSCAPE, [_paper(table, figures) for table in figures.tables], imprint)


def _paper(table: TableFigures, figures: PeriodTables) -> Paper:
    facts = (
        (N_("表号"), table.number), (N_("期间"), figures.period_text), (N_("状态"), figures.state_text),
        (N_("范围"), figures.range_text),
    )  # fmt: skip
    write = format_wan if _is_large(table) else format_yuan
    unit = N_("金额单位：万元") if write is format_wan else N_("金额单位：元")
    heading = Heading(table.title, "", figures.unit_name, figures.region_code, facts, unit, _SIGNERS)
    return Paper(heading, tuple(block for one in table.blocks for block in _blocks(one, write)))


def _is_large(table: TableFigures) -> bool:
    """Say whether amounts are too long for their columns; the workbook has them to the fen."""
    amounts = (
        abs(value)
        for block in table.blocks
        for head, value in zip(block.heads, block.total, strict=True)
        if head.is_money
    )
    return max(amounts, default=0) >= LARGE_FEN


def _blocks(block: BlockFigures, write: Write) -> Iterator[Block]:
    yield Block(
        block.title, _columns(block.row_head, block.heads), tuple(_line(row, block.heads, write) for row in block.rows),
        (_SUM, *_written(block.total, block.heads, write)) if len(block.rows) > 1 else (),
    )  # fmt: skip
    if block.units:
        yield Block(
            N_("%(title)s（分单位）") % {"title": block.title}, _columns(_UNIT, block.heads),
            tuple(_line(row, block.heads, write) for row in block.units),
            (_SUM, *_written(block.total, block.heads, write)),
        )  # fmt: skip


def _columns(first: str, heads: tuple[Head, ...]) -> tuple[BlockColumn, ...]:
    return (
        BlockColumn(first, _LABEL_SHARE),
        *(BlockColumn(one.words, _MONEY_SHARE if one.is_money else _COUNT_SHARE, Align.RIGHT) for one in heads),
    )


def _line(row: RowFigures, heads: tuple[Head, ...], write: Write) -> tuple[str, ...]:
    return (row.label, *_written(row.values, heads, write))


def _written(values: tuple[int, ...], heads: tuple[Head, ...], write: Write = format_yuan) -> tuple[str, ...]:
    return tuple(
        _ABSENT if not value else write(value) if head.is_money else f"{value:,}"
        for value, head in zip(values, heads, strict=True)
    )


# ---- Workbook


def sheet(figures: PeriodTables, imprint: Imprint) -> bytes:
    """Write a sheet for every block, by kind and then by unit."""
    period = f"{figures.period_text}（{figures.state_text}）"
    shared = sheet_heading(figures.unit_name, period, figures.range_text, imprint)
    sheets = [_worksheet(table, block, shared) for table in figures.tables for block in table.blocks]
    out = BytesIO()
    write_xlsx(sheets, out)
    return out.getvalue()


def _worksheet(table: TableFigures, block: BlockFigures, shared: tuple[str, ...]) -> WorkSheet:
    columns = (
        SheetColumn(N_("分组"), width=12),
        SheetColumn(block.row_head, width=24),
        *(
            SheetColumn(one.words, CellKind.AMOUNT if one.is_money else CellKind.COUNT, 16 if one.is_money else 12)
            for one in block.heads
        ),
    )
    rows: list[tuple[str | int, ...]] = [(block.row_head, row.label, *row.values) for row in block.rows]
    rows += [(_UNIT, row.label, *row.values) for row in block.units]
    rows.append((_SUM, "", *block.total))
    heading = (f"{table.number}　{table.title}　{block.title}", *shared)
    return WorkSheet(block.title, columns, rows, heading)


def glance(figures: PeriodTables) -> Glance:
    """Return what a reader compares of a print."""
    return (
        (N_("单位"), figures.unit_name),
        (N_("期间"), figures.period_text),
        (N_("状态"), figures.state_text),
        *(
            (f"{table.title} {head.words}", text)
            for table in figures.tables
            for block in table.blocks[:1]
            for head, text in zip(block.heads[:2], _written(block.total[:2], block.heads[:2]), strict=True)
        ),
    )
