"""收益分配方案公示表、结果公示表: where money came from, what it is for, which household gets what; names masked."""

from collections.abc import Iterator
from io import BytesIO

from registry.money import capital_amount, format_yuan
from registry.reports.distribution_figures import DistributionSheet
from registry.reports.heading import sheet_heading
from registry.reports.paper.blocks import Block, BlockColumn, draw_blocks
from registry.reports.paper.imprint import Imprint
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import PORTRAIT, Heading
from registry.spreadsheet import CellKind, SheetColumn, WorkSheet, write_xlsx
from registry.text import N_

TITLE = N_("收益分配方案公示表")
RESULT_TITLE = N_("收益分配结果公示表")
_SIGNERS = (N_("制表人："), N_("村负责人："), N_("监督委员会："))
_WHOLE = 10_000


def draw(figures: DistributionSheet, imprint: Imprint) -> bytes:
    """Draw the plan as it is posted."""
    return _draw(TITLE, figures, [_steps(figures), _uses(figures), _shares(figures), _words(figures)], imprint)


def draw_result(figures: DistributionSheet, imprint: Imprint) -> bytes:
    """Draw what became of the plan."""
    blocks = [_steps(figures), _paid_uses(figures), _paid_shares(figures), _words(figures)]
    return _draw(RESULT_TITLE, figures, blocks, imprint)


def _draw(title: str, figures: DistributionSheet, blocks: list[Block], imprint: Imprint) -> bytes:
    facts = ((N_("方案编号"), figures.number), (N_("期间"), figures.period_text))
    heading = Heading(title, figures.title, figures.unit_name, figures.region_code, facts, signers=_SIGNERS)
    return draw_blocks(PORTRAIT, heading, blocks, imprint)


def _steps(figures: DistributionSheet) -> Block:
    columns = (BlockColumn(N_("项目"), 60), BlockColumn(N_("金额"), 40, Align.RIGHT))
    rows = tuple((step.label, format_yuan(step.amount_fen)) for step in figures.steps)
    rest = sum(step.amount_fen for step in figures.steps)
    total = (N_("可安排使用"), format_yuan(rest))
    return Block(N_("一、可分配收益（%(owner)s）") % {"owner": figures.owner}, columns, rows, total)


def _percent(part: int, whole: int) -> str:
    """Write a share of a whole with two decimals, rounded down."""
    bp = part * _WHOLE // whole if whole else 0
    return f"{bp // 100}.{bp % 100:02d}%"


def _uses(figures: DistributionSheet) -> Block:
    columns = (
        BlockColumn(N_("序号"), 7, Align.CENTER),
        BlockColumn(N_("用途"), 30),
        BlockColumn(N_("分配办法"), 25),
        BlockColumn(N_("户（人）数"), 11, Align.RIGHT),
        BlockColumn(N_("金额"), 16, Align.RIGHT),
        BlockColumn(N_("占比"), 11, Align.RIGHT),
    )
    whole = sum(use.amount_fen for use in figures.uses)
    rows = tuple(
        (
            str(ordinal), use.label, use.basis, str(use.count) if use.count else "—", format_yuan(use.amount_fen),
            _percent(use.amount_fen, whole),
        )
        for ordinal, use in enumerate(figures.uses, 1)
    )  # fmt: skip
    return Block(N_("二、用途安排"), columns, rows, ("", N_("合　计"), "", "", format_yuan(whole), "100.00%"))


def _paid_uses(figures: DistributionSheet) -> Block:
    columns = (
        BlockColumn(N_("序号"), 7, Align.CENTER),
        BlockColumn(N_("用途"), 34),
        BlockColumn(N_("户（人）数"), 11, Align.RIGHT),
        BlockColumn(N_("方案金额"), 16, Align.RIGHT),
        BlockColumn(N_("已发放（使用）"), 16, Align.RIGHT),
        BlockColumn(N_("未发放"), 16, Align.RIGHT),
    )
    rows = tuple(
        (
            str(ordinal), use.label, str(use.count) if use.count else "—", format_yuan(use.amount_fen),
            format_yuan(use.paid_fen), format_yuan(use.amount_fen - use.paid_fen),
        )
        for ordinal, use in enumerate(figures.uses, 1)
    )  # fmt: skip
    whole, paid = sum(use.amount_fen for use in figures.uses), sum(use.paid_fen for use in figures.uses)
    total = ("", N_("合　计"), "", format_yuan(whole), format_yuan(paid), format_yuan(whole - paid))
    return Block(N_("二、用途和执行"), columns, rows, total)


def _shares(figures: DistributionSheet) -> Block:
    columns = (
        BlockColumn(N_("序号"), 7, Align.CENTER),
        BlockColumn(N_("组别"), 15, Align.CENTER),
        BlockColumn(N_("户主"), 15, Align.CENTER),
        BlockColumn(N_("领款人"), 15, Align.CENTER),
        BlockColumn(N_("项目"), 24),
        BlockColumn(N_("月数"), 9, Align.CENTER),
        BlockColumn(N_("金额"), 15, Align.RIGHT),
    )
    rows = tuple(
        (str(ordinal), row.group_name, row.head, row.payee, row.use, row.months, format_yuan(row.amount_fen))
        for ordinal, row in enumerate(figures.shares, 1)
    )
    return _to_households(figures, columns, rows, ("", "", N_("合　计"), "", "", "", _sum(figures)))


def _paid_shares(figures: DistributionSheet) -> Block:
    columns = (
        BlockColumn(N_("序号"), 7, Align.CENTER),
        BlockColumn(N_("组别"), 14, Align.CENTER),
        BlockColumn(N_("户主"), 12, Align.CENTER),
        BlockColumn(N_("领款人"), 12, Align.CENTER),
        BlockColumn(N_("项目"), 20),
        BlockColumn(N_("方案金额"), 13, Align.RIGHT),
        BlockColumn(N_("已发"), 13, Align.RIGHT),
        BlockColumn(N_("结果"), 12, Align.CENTER),
    )
    rows = tuple(
        (
            str(ordinal), row.group_name, row.head, row.payee, row.use, format_yuan(row.amount_fen),
            format_yuan(row.paid_fen), row.state,
        )
        for ordinal, row in enumerate(figures.shares, 1)
    )  # fmt: skip
    paid = format_yuan(sum(row.paid_fen for row in figures.shares))
    return _to_households(figures, columns, rows, ("", "", N_("合　计"), "", "", _sum(figures), paid, ""))


def _sum(figures: DistributionSheet) -> str:
    return format_yuan(sum(row.amount_fen for row in figures.shares))


def _to_households(
    figures: DistributionSheet,
    columns: tuple[BlockColumn, ...],
    rows: tuple[tuple[str, ...], ...],
    total: tuple[str, ...],
) -> Block:
    title = N_("三、分配到户（人），共 %(count)s 笔") % {"count": f"{len(figures.shares):,}"}
    return (
        Block(title, columns, rows, total) if rows else Block(title, (BlockColumn("", 1),), ((N_("没有到户的项目"),),))
    )


def _words(figures: DistributionSheet) -> Block:
    capital = capital_amount(sum(use.amount_fen for use in figures.uses))
    rows = ((N_("分配总额（大写）"), capital), *((N_("说明"), words) for words in figures.words))
    return Block(N_("四、说明和监督"), (BlockColumn("", 20), BlockColumn("", 80)), rows, quiet=(0,))


_SHEET_COLUMNS = (
    SheetColumn(N_("组别"), width=12),
    SheetColumn(N_("户主"), width=12),
    SheetColumn(N_("领款人"), width=12),
    SheetColumn(N_("项目"), width=26),
    SheetColumn(N_("月数"), width=8),
    SheetColumn(N_("方案金额"), CellKind.AMOUNT, 14),
    SheetColumn(N_("不再发"), CellKind.AMOUNT, 14),
    SheetColumn(N_("已发"), CellKind.AMOUNT, 14),
    SheetColumn(N_("结果"), width=14),
)


def sheet(figures: DistributionSheet, imprint: Imprint) -> bytes:
    """Write the lines of the households as a spreadsheet."""
    return _sheet(TITLE, figures, imprint)


def sheet_result(figures: DistributionSheet, imprint: Imprint) -> bytes:
    """Write the lines of the households and what became of them as a spreadsheet."""
    return _sheet(RESULT_TITLE, figures, imprint)


def _sheet(title: str, figures: DistributionSheet, imprint: Imprint) -> bytes:
    rows: Iterator[tuple[str | int, ...]] = (
        (
            row.group_name, row.head, row.payee, row.use, row.months, row.amount_fen, row.withheld_fen, row.paid_fen,
            row.state,
        )
        for row in figures.shares
    )  # fmt: skip
    heading = (title, *sheet_heading(figures.unit_name, figures.period_text, figures.title, imprint))
    out = BytesIO()
    write_xlsx([WorkSheet(title, _SHEET_COLUMNS, rows, heading)], out)
    return out.getvalue()
