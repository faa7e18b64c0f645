"""收益分配明白卡: what one household was allotted and paid in a year, line by line, and why something was withheld."""

from dataclasses import dataclass

from registry.money import capital_amount, format_yuan
from registry.reports.paper.blocks import Block, BlockColumn, draw_blocks
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import PORTRAIT, Heading
from registry.text import N_

TITLE = N_("收益分配明白卡")
_SIGNERS = (N_("经办人："), N_("户主（签名或按手印）："))


@dataclass(frozen=True, slots=True)
class StatementFact:
    """One label and its value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One agreed line of the household in fen, and what became of it. ``state`` says how, ``paid_on`` when."""

    plan: str
    use: str
    basis: str
    months: str
    allotted_fen: int
    withheld_fen: int
    paid_fen: int
    paid_on: str
    state: str


@dataclass(frozen=True, slots=True)
class HouseholdStatement:
    """The figures of one household's statement of a year."""

    unit_name: str
    region_code: str
    year: int
    period_text: str
    household: tuple[StatementFact, ...]
    lines: tuple[StatementLine, ...]
    words: tuple[str, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def draw(figures: HouseholdStatement, imprint: Imprint) -> bytes:
    """Draw the statement, upright."""
    heading = Heading(
        title=TITLE, part=N_("%(year)s 年度") % {"year": figures.year}, unit_name=figures.unit_name,
        region_code=figures.region_code, facts=((N_("期间"), figures.period_text),), signers=_SIGNERS,
    )  # fmt: skip
    return draw_blocks(PORTRAIT, heading, [_household(figures), _lines(figures), _rights(figures)], imprint)


def _household(figures: HouseholdStatement) -> Block:
    columns = (BlockColumn("", 17), BlockColumn("", 33), BlockColumn("", 17), BlockColumn("", 33))
    cells = [(fact.label, fact.value or "—") for fact in figures.household]
    cells += [("", "")] * (len(cells) % 2)
    rows = tuple(left + right for left, right in zip(cells[::2], cells[1::2], strict=True))
    return Block(N_("本户情况"), columns, rows, quiet=(0, 2))


def _lines(figures: HouseholdStatement) -> Block:
    columns = (
        BlockColumn(N_("分配方案"), 22),
        BlockColumn(N_("项目"), 17),
        BlockColumn(N_("怎么算的"), 17),
        BlockColumn(N_("月数"), 6, Align.CENTER),
        BlockColumn(N_("应得"), 13, Align.RIGHT),
        BlockColumn(N_("不再发"), 11, Align.RIGHT),
        BlockColumn(N_("已发"), 13, Align.RIGHT),
        BlockColumn(N_("发放"), 13, Align.CENTER),
    )
    rows = tuple(
        (
            line.plan, line.use, line.basis, line.months, format_yuan(line.allotted_fen),
            format_yuan(line.withheld_fen) if line.withheld_fen else "—",
            format_yuan(line.paid_fen) if line.paid_fen else "—", line.paid_on or line.state,
        )
        for line in figures.lines
    )  # fmt: skip
    if not rows:
        return Block(N_("本年分配"), columns, ((N_("本年没有分配"), "", "", "", "", "", "", ""),))
    paid = sum(line.paid_fen for line in figures.lines)
    total = (
        N_("合　计"), "", "", "", format_yuan(sum(line.allotted_fen for line in figures.lines)),
        format_yuan(sum(line.withheld_fen for line in figures.lines)), format_yuan(paid), "",
    )  # fmt: skip
    return Block(N_("本年分配"), columns, rows, total)


def _rights(figures: HouseholdStatement) -> Block:
    paid = capital_amount(sum(line.paid_fen for line in figures.lines))
    rows = ((N_("已发合计（大写）"), paid), *((N_("说明"), words) for words in figures.words))
    return Block(N_("合计和说明"), (BlockColumn("", 17), BlockColumn("", 83)), rows, quiet=(0,))
