"""收益分配明白卡: what one household was allotted and paid in a year, line by line, and why something was withheld."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from registry.errors import Missing
from registry.ledger.distribution.plans.models import Plan, PlanLine
from registry.ledger.distribution.plans.queries import list_lines_of_household
from registry.ledger.distribution.rolls.queries import entry_of
from registry.ledger.distribution.rolls.rules import BeneficiaryClass, RollEntry
from registry.money import capital_amount, format_yuan
from registry.parties.households.queries import get_household
from registry.parties.households.rules import shares_text
from registry.permissions import Actor, Permission
from registry.reports.covering import Covered, covered
from registry.reports.paper.blocks import Block, BlockColumn, Paper, draw_papers
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import PORTRAIT, Heading
from registry.reports.parameters import Parameters
from registry.reports.payments import Payment, payments_on
from registry.text import N_

TITLE = N_("收益分配明白卡")
#: What is shown of an identity number.
_SHOWN = 4
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


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> HouseholdStatement:
    """Read what a household was allotted and paid in a day's year, as of that day. Raises Missing."""
    household = get_household(parameters.household_id, actor, Permission.PRINT)
    if household.region_code != region_code:
        raise Missing
    covers = covered(region_code, actor, on)
    held = list_lines_of_household(household.id)
    return statement_of(covers, entry_of(household, on), held, payments_on([line.id for line, _ in held], on), on)


def statement_of(
    covers: Covered,
    entry: RollEntry,
    held: Sequence[tuple[PlanLine, Plan]],
    payments: Mapping[int, Payment],
    on: date,
) -> HouseholdStatement:
    """Write one household's statement from its lines, the newest first, and what became of them by line."""
    told = [(line, plan, payments.get(line.id, Payment())) for line, plan in reversed(held)]
    lines = tuple(_line(*one) for one in told if is_of_year(one[1].agreed_on, one[2], on))
    return HouseholdStatement(
        unit_name=covers.unit_name,
        region_code=covers.region_code,
        year=on.year,
        period_text=covers.period_text,
        household=_facts(entry),
        lines=lines,
        words=_words(lines),
    )


def is_of_year(agreed_on: date | None, payment: Payment, on: date) -> bool:
    """Say whether a line was agreed to or paid in a day's year, by that day: the income of a year is given the next."""
    if agreed_on is None or agreed_on > on:
        return False
    return agreed_on.year == on.year or payment.paid_on[:4] == str(on.year)


def _facts(entry: RollEntry) -> tuple[StatementFact, ...]:
    classes = [one for one in entry.classes if one is not BeneficiaryClass.MEMBER]
    months = len(entry.entitled_months(classes))
    return (
        StatementFact(N_("户主"), entry.head_name),
        StatementFact(N_("身份证后四位"), entry.masked_id[-_SHOWN:]),
        StatementFact(N_("组别"), entry.group_name),
        StatementFact(N_("户编号"), entry.sort_key),
        StatementFact(N_("类别"), "、".join(one.label for one in classes)),
        StatementFact(N_("本年享受月数"), str(months) if months else ""),
        StatementFact(N_("人口"), N_("%(count)s 人") % {"count": entry.size}),
        StatementFact(N_("成员"), N_("%(count)s 人") % {"count": entry.members}),
        StatementFact(N_("成员股"), shares_text(entry.share_hundredths) if entry.share_hundredths else ""),
        StatementFact(N_("帮扶股"), shares_text(entry.assistance_hundredths) if entry.assistance_hundredths else ""),
    )


def _line(line: PlanLine, plan: Plan, payment: Payment) -> StatementLine:
    use = line.use
    return StatementLine(
        plan=plan.title,
        use=use.label,
        basis=use.split_by.label,
        months=f"{line.months}/{line.of_months}",
        allotted_fen=line.amount_fen,
        withheld_fen=line.withheld_fen,
        paid_fen=payment.paid_fen,
        paid_on=payment.paid_on,
        state=payment.state,
    )


def _words(lines: tuple[StatementLine, ...]) -> tuple[str, ...]:
    withheld = N_("不再享受帮扶的月份，应得部分不再发放，退回未分配收益；已享受的月份照发。")
    right = N_("对分配有异议，可向村集体经济组织、村务监督委员会或乡镇提出。")
    return (withheld, right) if any(line.withheld_fen for line in lines) else (right,)


def draw(figures: HouseholdStatement, imprint: Imprint) -> bytes:
    """Draw the statement, upright."""
    return draw_papers(PORTRAIT, [paper_of(figures)], imprint)


def paper_of(figures: HouseholdStatement) -> Paper:
    """Return a statement as it is laid on its sheets."""
    heading = Heading(
        title=TITLE, part=N_("%(year)s 年度") % {"year": figures.year}, unit_name=figures.unit_name,
        region_code=figures.region_code, facts=((N_("期间"), figures.period_text),), signers=_SIGNERS,
    )  # fmt: skip
    return Paper(heading, (_household(figures), _lines(figures), _rights(figures)))


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
