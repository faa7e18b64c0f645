"""Lists that follow of an evaluation: support, the year before, what waits for whom, what each sees."""

from datetime import date, timedelta

import pytest
from flask import Flask

from registry.supervision.evaluation import refusals, waiting
from registry.supervision.evaluation.criteria import Criterion, Grade, How
from registry.supervision.evaluation.outcomes import list_supported
from registry.supervision.evaluation.publishing import result_table
from registry.supervision.evaluation.queries import LineFilter, list_lines
from registry.supervision.evaluation.showing import shown_line
from tests.factories import TODAY, confirmed, person
from tests.supervision.evaluation.scoring import (
    YEAR,
    checked,
    done_one,
    evaluation_of,
    lines_of,
    opened,
    patrolled,
    published,
    split_over,
    submitted,
    supported_one,
)

AFTER = TODAY + timedelta(days=12)


def test_the_support_list_is_in_order_and_split_to_the_fen(any_app: Flask) -> None:
    evaluation_id = supported_one()
    split_over(evaluation_id, 100_000_01)
    rows = list_supported(evaluation_id, person("county_clerk"))
    assert [(row.name, row.support_order) for row in rows] == [("冷库", 1), ("门店", 2), ("车间", 3)]
    fen = [row.support_fen or 0 for row in rows]
    assert (sum(fen), fen) == (100_000_01, sorted(fen, reverse=True))
    with pytest.raises(refusals.BasisMissing):
        split_over(evaluation_id, 100, " ")
    with pytest.raises(refusals.TotalOdd):
        split_over(evaluation_id, 0)
    assert evaluation_of(evaluation_id).subsidy_fen == 100_000_01


def test_next_year_stands_beside_this_one(app: Flask) -> None:
    confirmed()
    first = done_one(YEAR - 1)
    line = lines_of(opened(YEAR))[0]
    shown = shown_line(line, person("county_clerk"))
    assert shown.last is not None
    assert (shown.last.evaluation_id, shown.last.graded) == (first, Grade.POOR)
    assert shown.last_finding is not None
    # What last year's evaluation found is still open: this year's risk says so, for it was found before today.
    assert shown.last_finding.status == "OPEN"


def test_what_waits_for_whom(app: Flask) -> None:
    confirmed()
    clerk, second = person("county_clerk"), person("county_agriculture")
    evaluation_id = opened()
    assert [one.id for one in waiting.list_to_score(clerk, 9)] == [evaluation_id]
    assert waiting.count_to_confirm(second, 9) == 0
    submitted(evaluation_id)
    assert (waiting.count_to_score(clerk, 9), waiting.count_to_confirm(second, 9)) == (0, 1)
    checked(evaluation_id)
    assert (waiting.count_to_post(clerk, 9), waiting.count_to_conclude(second, AFTER, 9)) == (1, 0)
    published(evaluation_id)
    assert (waiting.count_to_post(clerk, 9), waiting.count_to_conclude(second, TODAY, 9)) == (0, 0)
    assert [one.id for one in waiting.list_to_conclude(second, AFTER, 9)] == [evaluation_id]


def test_everybody_sees_the_lines_of_their_own_units_only(app: Flask) -> None:
    confirmed()
    evaluation_id = opened()
    for username, count in (("village_clerk", 1), ("county_clerk", 1), ("other_supervisor", 0)):
        assert len(list_lines(LineFilter(evaluation_id), person(username))) == count
    table = result_table(evaluation_of(evaluation_id), person("county_clerk"))
    assert [row[2] for row in table.rows] == ["中益冷链仓库"]


def test_what_the_register_did_not_keep_yet_is_unknown_and_not_undone(any_app: Flask) -> None:
    asset = confirmed()
    first = {mark.criterion: mark for mark in lines_of(opened(YEAR))[0].marks}
    assert (first[Criterion.PATROL].how, first[Criterion.OPENNESS].measured.of) == (How.ABSENT, 1)
    for day in (date(TODAY.year, 4, 1), date(TODAY.year, 5, 6)):
        patrolled(asset.asset_no, day)
    since = {mark.criterion: mark for mark in lines_of(opened(TODAY.year))[0].marks}
    # Quarters that were over and began once patrols were entered: the second and the third; one was patrolled.
    assert (since[Criterion.PATROL].measured.done, since[Criterion.PATROL].measured.of) == (1, 2)
