"""资产补贴支持名单: what an evaluation proposes for support, in order, with amounts if the county said a total."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from registry.errors import Missing
from registry.money import capital_amount, format_yuan
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
from registry.supervision.evaluation.models import Evaluation, EvaluationLine
from registry.supervision.evaluation.outcomes import list_supported
from registry.supervision.evaluation.publishing import score_text
from registry.supervision.evaluation.queries import get_evaluation
from registry.supervision.evaluation.rules import EvaluationStatus
from registry.text import N_

TITLE = N_("扶贫项目资产补贴支持名单（建议）")
_SIGNERS = (N_("拟定："), N_("复核："), N_("单位负责人："))
_NO_TOTAL = N_("没有确定补贴总额，只列名单和次序。")
_SPLIT = N_("补贴总额 %(total)s 元（%(capital)s），依据：%(basis)s；按得分比例分配，尾差按最大余额处理。")


@dataclass(frozen=True, slots=True)
class SupportLine:
    """One asset that is proposed; without a total it has no amount."""

    order: int
    unit_name: str
    asset_no: str
    name: str
    category: str
    owner: str
    value_fen: int
    score: str
    grade: str
    support_fen: int | None


@dataclass(frozen=True, slots=True)
class SubsidyList:
    """The list of an evaluation."""

    unit_name: str
    region_code: str
    number: str
    title: str
    split_text: str
    lines: tuple[SupportLine, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> SubsidyList:
    """Read the list of an evaluation whose results hold. Raises Missing."""
    evaluation = get_evaluation(parameters.evaluation_id, actor, Permission.PRINT)
    if evaluation.region_code != region_code or evaluation.state is not EvaluationStatus.DONE:
        raise Missing
    lines, names = list_supported(evaluation.id, actor), names_on(region_code, on)
    units = names_of({one.region_code for one in lines})
    return SubsidyList(
        unit_name="　".join(names[1:] or names), region_code=region_code, number=evaluation.number,
        title=evaluation.title, split_text=_split(evaluation),
        lines=tuple(_line(one, units.get(one.region_code, "")) for one in lines),
    )  # fmt: skip


def _split(evaluation: Evaluation) -> str:
    if evaluation.subsidy_fen is None:
        return _NO_TOTAL
    total = evaluation.subsidy_fen
    return _SPLIT % {"total": format_yuan(total), "capital": capital_amount(total), "basis": evaluation.subsidy_basis}


def _line(one: EvaluationLine, unit: str) -> SupportLine:
    return SupportLine(
        one.support_order or 0, unit, one.asset_no, one.name, one.kind.label, one.owner_text, one.value_fen,
        score_text(one.score_cents), one.graded.label, one.support_fen,
    )  # fmt: skip


_TABLE = Table(
    columns=(
        Column(N_("次序"), 34, Align.CENTER, Kind.CODE),
        Column(N_("单位"), 70),
        Column(N_("编号"), 118, Align.CENTER, Kind.CODE),
        Column(N_("名称"), 130),
        Column(N_("类别"), 60, Align.CENTER),
        Column(N_("所有权人"), 120),
        Column(N_("原值"), 88, Align.RIGHT, Kind.AMOUNT),
        Column(N_("得分"), 40, Align.CENTER),
        Column(N_("等次"), 34, Align.CENTER),
        Column(N_("拟支持金额"), 82.89, Align.RIGHT, Kind.AMOUNT),
    ),
    summed=(6, 9),
    counted=N_("项"),
)


def draw(figures: SubsidyList, imprint: Imprint) -> bytes:
    """Draw the list in the proposed order."""
    facts = ((N_("评价编号"), figures.number), (N_("依据"), figures.title))
    heading = Heading(TITLE, "", figures.unit_name, figures.region_code, facts, signers=_SIGNERS)
    return draw_table(LANDSCAPE, heading, _TABLE, lambda: _rows(figures), imprint)


def _rows(figures: SubsidyList) -> Iterator[Row]:
    for one in figures.lines:
        yield Line((
            str(one.order), one.unit_name, one.asset_no, one.name, one.category, one.owner, one.value_fen, one.score,
            one.grade, one.support_fen,
        ))  # fmt: skip
    yield Note(figures.split_text)


_SHEET_COLUMNS = (
    SheetColumn(N_("次序"), width=8),
    SheetColumn(N_("单位"), width=16),
    SheetColumn(N_("编号"), width=26),
    SheetColumn(N_("名称"), width=30),
    SheetColumn(N_("类别"), width=14),
    SheetColumn(N_("所有权人"), width=30),
    SheetColumn(N_("原值"), CellKind.AMOUNT, 16),
    SheetColumn(N_("得分"), width=10),
    SheetColumn(N_("等次"), width=8),
    SheetColumn(N_("拟支持金额"), CellKind.AMOUNT, 16),
)


def sheet(figures: SubsidyList, imprint: Imprint) -> bytes:
    """Write the same list as a spreadsheet."""
    rows = (
        (
            str(one.order), one.unit_name, one.asset_no, one.name, one.category, one.owner, one.value_fen, one.score,
            one.grade, one.support_fen,
        )
        for one in figures.lines
    )  # fmt: skip
    said = sheet_heading(figures.unit_name, figures.number, figures.title, imprint)
    out = BytesIO()
    write_xlsx([WorkSheet(TITLE, _SHEET_COLUMNS, rows, (TITLE, *said, figures.split_text))], out)
    return out.getvalue()


def glance(figures: SubsidyList) -> Glance:
    """Return what a reader compares of the list."""
    return (
        (N_("单位"), figures.unit_name),
        (N_("评价编号"), figures.number),
        (N_("名单"), N_("%(count)s 项") % {"count": len(figures.lines)}),
        (N_("拟支持金额（元）"), format_yuan(sum(one.support_fen or 0 for one in figures.lines))),
    )
