"""The papers of an evaluation: their figures, their spreadsheets, and what they do not show."""

from datetime import timedelta

import pytest
from flask import Flask

from registry.errors import Missing
from registry.reports import evaluation_sheet, subsidy_list
from registry.reports.catalogue import ReportName
from registry.reports.parameters import Parameters
from registry.reports.prints.large import lines_of as counted
from registry.reports.prints.queries import Asked
from registry.supervision.evaluation.criteria import Criterion
from registry.supervision.evaluation.services import awards_of
from tests.approvals.notices.boards import answered
from tests.factories import COUNTY, OTHER_COUNTY, TODAY, VILLAGE, confirmed, person
from tests.supervision.evaluation.scoring import (
    appealed,
    checked,
    concluded,
    confirmed_one,
    done_one,
    given,
    lines_of,
    objection_to,
    opened,
    published,
    split_over,
)


def test_results_stand_by_unit_with_every_heading(app: Flask) -> None:
    confirmed()
    done_one(TODAY.year - 2)
    evaluation_id = opened()
    said = Parameters(evaluation_id=evaluation_id)
    figures = evaluation_sheet.collect(COUNTY, said, actor=person("county_clerk"), on=TODAY)
    [line] = figures.lines
    assert (line.name, line.grade, line.note) == ("中益冷链仓库", "差", "上年差")
    assert line.headings == ("0.00", "0.00", "0.00", "—", "0.00", "10.00")
    assert "收益率 0.00/15.00" in line.detail
    assert "收缴率 —/10.00" in line.detail
    assert dict(figures.counts) == {"优": 0, "良": 0, "中": 0, "差": 1, "不评等次": 0}
    assert figures.state_text == "评分中"
    with pytest.raises(Missing):
        evaluation_sheet.collect(OTHER_COUNTY, said, actor=person("county_clerk"), on=TODAY)
    with pytest.raises(Missing):
        evaluation_sheet.collect(COUNTY, said, actor=person("other_supervisor"), on=TODAY)


def test_the_support_list_exists_once_results_hold_and_says_how_it_was_split(app: Flask) -> None:
    confirmed()
    evaluation_id = confirmed_one()
    said = Parameters(evaluation_id=evaluation_id)
    with pytest.raises(Missing):
        subsidy_list.collect(COUNTY, said, actor=person("county_clerk"), on=TODAY)
    objection_id = objection_to(published(evaluation_id))
    line = lines_of(evaluation_id)[0]
    for award in awards_of(line):
        if award.cents is not None and award.cents < award.mark.points:
            appealed(line.id, given(Criterion(award.mark.criterion), award.mark.points), objection_id)
    answered(objection_id, "county_agriculture", TODAY + timedelta(days=2))
    checked(evaluation_id)
    concluded(evaluation_id, TODAY + timedelta(days=30))
    figures = subsidy_list.collect(COUNTY, said, actor=person("county_clerk"), on=TODAY)
    assert (figures.split_text, figures.lines[0].support_fen) == ("没有确定补贴总额，只列名单和次序。", None)
    split_over(evaluation_id, 12_345_67)
    figures = subsidy_list.collect(COUNTY, said, actor=person("county_clerk"), on=TODAY)
    assert (figures.lines[0].support_fen, figures.lines[0].grade) == (12_345_67, "优")
    assert "壹万贰仟叁佰肆拾伍元陆角柒分" in figures.split_text
    assert lines_of(evaluation_id)[0].region_code == VILLAGE
    by = person("county_clerk")
    counts = [
        counted(Asked(name, COUNTY, TODAY, said), by) for name in (ReportName.EVALUATION, ReportName.SUBSIDY_LIST)
    ]
    assert counts == [1, 1]
