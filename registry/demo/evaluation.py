"""The evaluations of the demo county: last year's finished with its support list, this year's being scored."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from registry.approvals.notices.rules import NoticeKind
from registry.demo.notices import facts_of, hang, take_in_notice
from registry.demo.places import CLERKS, UnitRow, units_by_code
from registry.demo.tables import labelled, read
from registry.demo.telling import Telling
from registry.permissions import Role
from registry.regions import Level, ancestor
from registry.supervision.evaluation.concluding import (
    conclude,
    confirm_evaluation,
    notice_case,
    set_subsidy,
    submit_evaluation,
)
from registry.supervision.evaluation.criteria import Criterion, read_points
from registry.supervision.evaluation.models import Evaluation
from registry.supervision.evaluation.outcomes import list_to_mend
from registry.supervision.evaluation.publishing import result_table
from registry.supervision.evaluation.queries import all_lines
from registry.supervision.evaluation.rules import Given, Opening
from registry.supervision.evaluation.services import open_evaluation, score_line
from registry.supervision.findings.models import Finding
from registry.supervision.findings.services import check_off, report_mending


class EvaluationScoreRow(NamedTuple):
    """What an expert said of an asset in a year's evaluation."""

    year: str
    asset: str
    criterion: str
    points: str
    reason: str
    paper: str
    scorer: str
    username: str


@cache
def score_rows() -> tuple[EvaluationScoreRow, ...]:
    """Return what is told of experts."""
    return read("evaluation_scores", EvaluationScoreRow)


#: One step of the telling for each year.
EVALUATED = (2025, 2026)
#: Last year the county tried it in one township (中益乡).
_LAST_UNITS = ("500240213000",)
_EVERY, _MENDED = 6, "已对照失分指标整改：落实管护人、公开资产信息，与承租人对账；附照片。"
_TOTAL_FEN, _BASIS = 300_000_00, "石柱府会纪〔2026〕14号：安排年度资产管护运营补助 30 万元"


def tell_evaluation(year: int, county: UnitRow, told: Telling) -> None:
    """Open the evaluation of a year; carry last year's to its lists, leave this year's being scored."""
    last = year != EVALUATED[-1]
    by, on = told.staff.holding(Role.COUNTY_CLERK, county), date(year + 1, 4, 8) if last else told.today
    opening = Opening(county.code, year, units=_LAST_UNITS if last else ())
    evaluation = open_evaluation(opening, by=by, on=on, policy=told.policy(county.code, on))
    _score(evaluation, told, on)
    if last:
        _finish(evaluation, county, told, on)


def _score(evaluation: Evaluation, told: Telling, on: date) -> None:
    lines = {line.name: line for line in all_lines(evaluation.id)}
    for row in score_rows():
        if row.year == str(evaluation.year):
            criterion = labelled(Criterion, row.criterion)
            said = Given(criterion, read_points(row.points), row.reason, row.paper, row.scorer)
            score_line(lines[row.asset], said, [told.pictures["批复"]], by=told.staff.named(row.username), on=on)


def _finish(evaluation: Evaluation, county: UnitRow, told: Telling, on: date) -> None:
    """Submit, confirm, publish, conclude, and split the county's total over the list."""
    clerk, second = told.staff.holding(Role.COUNTY_CLERK, county), told.staff.holding(Role.COUNTY_AGRICULTURE, county)
    submit_evaluation(evaluation, by=clerk)
    confirm_evaluation(evaluation, "依据已抽看，得分与登记一致", by=second)
    text = (f"{evaluation.title}结果", "现将评价结果公布如下。对结果有异议的，请在公示期内提出，按异议复议。")
    facts = facts_of(county, NoticeKind.EVALUATION, text, clerk, result_table(evaluation, clerk))
    notice = hang(replace(facts, case=notice_case(evaluation)), told, by=clerk, on=on)
    take_in_notice(notice, told, by=clerk, on=notice.ends_on)
    conclude(evaluation, by=second, on=notice.ends_on, policy=told.policy(county.code, notice.ends_on))
    set_subsidy(evaluation, _TOTAL_FEN, _BASIS, by=clerk)
    for place, (_line, finding) in enumerate(list_to_mend(evaluation.id, clerk)):
        _mend(finding, place, told)


def _mend(finding: Finding, place: int, told: Telling) -> None:
    """Mend most of what was poor: one of each few is left open."""
    if place % _EVERY == 0:
        return
    unit = units_by_code()[finding.mender_code]
    clerk, reported_on = told.staff.holding(CLERKS[unit.level], unit), finding.due_on - timedelta(days=6)
    report_mending(finding, _MENDED, [told.pictures["问题"]], by=clerk, on=reported_on)
    above = told.staff.holding(Role.COUNTY_AGRICULTURE, units_by_code()[ancestor(unit.code, Level.COUNTY)])
    check_off(finding, "已现场核对，整改属实", by=above, on=finding.due_on)
