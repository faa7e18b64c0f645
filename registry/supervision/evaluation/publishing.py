"""What the notice of an evaluation lists."""

from collections.abc import Mapping, Sequence
from typing import Any

from registry.approvals.notices.rules import NoticeFacts, NoticeKind
from registry.approvals.notices.schemas import facts_of
from registry.approvals.notices.tables import MOST_ROWS, Column, NoticeTable
from registry.permissions import Actor
from registry.places.queries import names_of
from registry.supervision.evaluation.concluding import notice_case
from registry.supervision.evaluation.criteria import Grade, points_text, unit_score
from registry.supervision.evaluation.models import Evaluation, EvaluationLine
from registry.supervision.evaluation.queries import UnitRow, all_lines, unit_rows
from registry.supervision.evaluation.rules import check_confirmed
from registry.text import N_

_ASSET_HEADS = (N_("单位"), N_("资产编号"), N_("资产名称"), N_("类别"), N_("得分"), N_("等次"))
_UNIT_HEADS = (N_("单位"), N_("评价项数"), *(grade.label for grade in Grade), N_("按价值加权得分"))
_DASH = "—"


def score_text(cents: int | None) -> str:
    """Write a score, a dash where none was given."""
    return _DASH if cents is None else points_text(cents)


def result_table(evaluation: Evaluation, reader: Actor) -> NoticeTable:
    """Return the results as the notice lists them: every asset, or every unit where the assets are too many."""
    lines = all_lines(evaluation.id)
    names = names_of({one.region_code for one in lines})
    if len(lines) <= MOST_ROWS:
        return _table(_ASSET_HEADS, [_asset_cells(one, names) for one in lines])
    return _table(_UNIT_HEADS, [_unit_cells(one, names) for one in unit_rows(evaluation.id, reader)])


def _table(heads: Sequence[str], rows: Sequence[tuple[str, ...]]) -> NoticeTable:
    return NoticeTable(tuple(Column(head) for head in heads), tuple(rows))


def _asset_cells(one: EvaluationLine, names: dict[str, str]) -> tuple[str, ...]:
    unit = names.get(one.region_code, "")
    return (unit, one.asset_no, one.name, one.kind.label, score_text(one.score_cents), one.graded.label)


def _unit_cells(one: UnitRow, names: dict[str, str]) -> tuple[str, ...]:
    counts = (str(one.grades[grade]) for grade in Grade)
    total = str(sum(one.grades.values()))
    return (names.get(one.region_code, ""), total, *counts, score_text(unit_score(one.assets)))


def notice_of_results(evaluation: Evaluation, words: Mapping[str, Any], *, by: Actor) -> NoticeFacts:
    """Return the notice of confirmed results in these words; without a list of its own it lists the results.

    Raises NotConfirmed.
    """
    check_confirmed(evaluation.state)
    table = words["table"] or result_table(evaluation, by)
    return facts_of(
        {**words, "table": table}, kind=NoticeKind.EVALUATION, region_code=evaluation.region_code,
        case=notice_case(evaluation), proposer=(evaluation.submitted_by_id, evaluation.submitted_by_text),
    )  # fmt: skip
