"""绩效评价结果表: what every asset of an evaluation came to, by unit, with its points per heading."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from registry.errors import Missing
from registry.permissions import Actor, Permission
from registry.places.queries import names_of
from registry.reports.covering import names_on
from registry.reports.glances import Glance
from registry.reports.heading import sheet_heading
from registry.reports.paper.drawing import draw_table
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.reports.paper.table import Column, Kind, Line, Note, Row, Table
from registry.reports.parameters import Parameters
from registry.spreadsheet import CellKind, SheetColumn, WorkSheet, write_xlsx
from registry.supervision.evaluation.criteria import Award, Criterion, Grade, award_of, points_text
from registry.supervision.evaluation.frozen import dimension_of
from registry.supervision.evaluation.models import Evaluation, EvaluationLine
from registry.supervision.evaluation.publishing import score_text
from registry.supervision.evaluation.queries import all_lines, get_evaluation, given_by_line, list_last
from registry.supervision.evaluation.rules import EvaluationStatus
from registry.text import N_

TITLE = N_("扶贫项目资产绩效评价结果表")
_SIGNERS = (N_("汇总："), N_("复核："), N_("单位负责人："))
_HOW = N_("得分 = 有数据指标的得分 ÷ 有数据指标的满分 × 100；没有数据的指标不适用，不按零分计。")


@dataclass(frozen=True, slots=True)
class ResultLine:
    """What one asset came to; points in hundredths."""

    unit_name: str
    asset_no: str
    name: str
    category: str
    value_fen: int
    headings: tuple[str, ...]
    detail: str
    earned: str
    applicable: str
    score: str
    grade: str
    note: str


@dataclass(frozen=True, slots=True)
class EvaluationSheet:
    """The results of an evaluation."""

    unit_name: str
    region_code: str
    number: str
    title: str
    until_text: str
    state_text: str
    counts: tuple[tuple[str, int], ...]
    lines: tuple[ResultLine, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> EvaluationSheet:
    """Read the results of an evaluation. Raises Missing."""
    evaluation = get_evaluation(parameters.evaluation_id, actor, Permission.PRINT)
    if evaluation.region_code != region_code:
        raise Missing
    lines, names = all_lines(evaluation.id), names_on(region_code, on)
    given, last = given_by_line(evaluation.id), list_last(evaluation.id)
    units = names_of({one.region_code for one in lines})
    return EvaluationSheet(
        unit_name="　".join(names[1:] or names), region_code=region_code, number=evaluation.number,
        title=evaluation.title, until_text=evaluation.until_on.isoformat(), state_text=_state(evaluation),
        counts=tuple((grade.label, sum(one.graded is grade for one in lines)) for grade in Grade),
        lines=tuple(_line(one, units.get(one.region_code, ""), given.get(one.id, {}), last) for one in lines),
    )  # fmt: skip


def _state(evaluation: Evaluation) -> str:
    if evaluation.state is EvaluationStatus.DONE and evaluation.concluded_on:
        return N_("%(day)s 生效") % {"day": evaluation.concluded_on.isoformat()}
    return evaluation.state.label


def _line(one: EvaluationLine, unit: str, given: dict[Criterion, int | None], last: dict[int, str]) -> ResultLine:
    awards = [award_of(mark, given) for mark in one.marks]
    detail = "，".join(
        f"{award.mark.criterion.label} {score_text(award.cents)}/{points_text(award.mark.points)}" for award in awards
    )
    before = last.get(one.id)
    notes = [N_("上年%(grade)s") % {"grade": before}] if before else []
    return ResultLine(
        unit, one.asset_no, one.name, one.kind.label, one.value_fen, _headings(awards), detail,
        points_text(one.earned_cents), points_text(one.applicable_cents), score_text(one.score_cents),
        one.graded.label, "，".join([*notes, *([N_("转整改")] if one.finding_id else [])]),
    )  # fmt: skip


def _headings(awards: list[Award]) -> tuple[str, ...]:
    """Return what each heading brought; a dash where none of its criteria applies."""
    sums: dict[str, int | None] = {}
    for award in awards:
        heading = dimension_of(award.mark.criterion)
        known = sums.setdefault(heading, None)
        if award.cents is not None:
            sums[heading] = (known or 0) + award.cents
    return tuple(map(score_text, sums.values()))


#: Headings in the order of the scheme; of public-welfare assets the third says how they are used.
_HEADINGS = (
    N_("产权\n清晰"), N_("管护\n到位"), N_("运营\n使用"), N_("联农\n带农"), N_("公开\n透明"), N_("风险\n整改"),
)  # fmt: skip
_TABLE = Table(
    columns=(
        Column(N_("序号"), 26, Align.CENTER, Kind.CODE),
        Column(N_("单位"), 50),
        Column(N_("编号"), 117, Align.CENTER, Kind.CODE),
        Column(N_("名称"), 88),
        Column(N_("类别"), 48, Align.CENTER),
        Column(N_("原值"), 70, Align.RIGHT, Kind.AMOUNT),
        *(Column(head, 34, Align.CENTER) for head in _HEADINGS),
        Column(N_("得分/满分"), 58, Align.CENTER),
        Column(N_("折算\n得分"), 34, Align.CENTER),
        Column(N_("等次"), 44, Align.CENTER),
        Column(N_("备注"), 36.89),
    ),
    summed=(5,),
    counted=N_("项"),
)


def draw(figures: EvaluationSheet, imprint: Imprint) -> bytes:
    """Draw the results by unit, never by score."""
    facts = ((N_("评价编号"), figures.number), (N_("数据截止"), figures.until_text), (N_("状态"), figures.state_text))
    heading = Heading(TITLE, "", figures.unit_name, figures.region_code, facts, signers=_SIGNERS)
    return draw_table(LANDSCAPE, heading, _TABLE, lambda: _rows(figures), imprint)


def _rows(figures: EvaluationSheet) -> Iterator[Row]:
    for ordinal, one in enumerate(figures.lines, 1):
        yield Line((
            str(ordinal), one.unit_name, one.asset_no, one.name, one.category, one.value_fen, *one.headings,
            f"{one.earned}/{one.applicable}", one.score, one.grade, one.note,
        ))  # fmt: skip
    yield Note("　".join(f"{label} {count}" for label, count in figures.counts))
    yield Note(_HOW)


_SHEET_COLUMNS = (
    SheetColumn(N_("单位"), width=16),
    SheetColumn(N_("编号"), width=26),
    SheetColumn(N_("名称"), width=30),
    SheetColumn(N_("类别"), width=14),
    SheetColumn(N_("原值"), CellKind.AMOUNT, 16),
    SheetColumn(N_("各指标得分/满分"), width=70),
    SheetColumn(N_("得分"), width=10),
    SheetColumn(N_("有数据的满分"), width=12),
    SheetColumn(N_("折算得分"), width=10),
    SheetColumn(N_("等次"), width=10),
    SheetColumn(N_("备注"), width=16),
)


def sheet(figures: EvaluationSheet, imprint: Imprint) -> bytes:
    """Write the same results as a spreadsheet."""
    rows = (
        (
            one.unit_name, one.asset_no, one.name, one.category, one.value_fen, one.detail, one.earned,
            one.applicable, one.score, one.grade, one.note,
        )
        for one in figures.lines
    )  # fmt: skip
    said = sheet_heading(figures.unit_name, figures.number, figures.title, imprint)
    out = BytesIO()
    write_xlsx([WorkSheet(TITLE, _SHEET_COLUMNS, rows, (TITLE, *said, figures.state_text, _HOW))], out)
    return out.getvalue()


def glance(figures: EvaluationSheet) -> Glance:
    """Return what a reader compares of the results."""
    return (
        (N_("单位"), figures.unit_name),
        (N_("评价编号"), figures.number),
        (N_("状态"), figures.state_text),
        *((label, N_("%(count)s 项") % {"count": count}) for label, count in figures.counts),
    )
