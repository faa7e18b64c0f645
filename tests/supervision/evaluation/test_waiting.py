"""What waits for whom when two years look alike, and while somebody objects."""

from datetime import timedelta

from flask import Flask

from registry.supervision.evaluation import waiting
from tests.approvals.notices.boards import answered
from tests.factories import TODAY, confirmed, person
from tests.supervision.evaluation.scoring import (
    YEAR,
    confirmed_one,
    evaluation_of,
    objection_to,
    published,
)

LATER = TODAY + timedelta(days=40)


def test_results_like_those_of_another_year_wait_for_a_notice_of_their_own(any_app: Flask) -> None:
    confirmed()
    clerk, second = person("county_clerk"), person("county_agriculture")
    first, other = confirmed_one(year=YEAR - 2), confirmed_one(year=YEAR - 1)
    assert evaluation_of(first).digest == evaluation_of(other).digest
    published(first)
    assert [one.id for one in waiting.list_to_post(clerk, 9)] == [other]
    assert [one.id for one in waiting.list_to_conclude(second, LATER, 9)] == [first]


def test_nobody_is_sent_to_conclude_while_somebody_objects(any_app: Flask) -> None:
    confirmed()
    second = person("county_agriculture")
    evaluation_id = confirmed_one()
    objection_id = objection_to(published(evaluation_id))
    assert waiting.count_to_conclude(second, LATER, 9) == 0
    answered(objection_id, "county_agriculture", TODAY + timedelta(days=2))
    assert [one.id for one in waiting.list_to_conclude(second, LATER, 9)] == [evaluation_id]
