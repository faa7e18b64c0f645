"""What waits for whom when two years look alike, and while somebody objects."""

from datetime import timedelta

from flask import Flask

from registry.supervision.evaluation import waiting
from registry.supervision.evaluation.criteria import Criterion
from registry.supervision.evaluation.showing import shown_rescored
from tests.approvals.notices.boards import answered
from tests.factories import TODAY, confirmed, person
from tests.journeys.test_case_agreed import visitor
from tests.supervision.evaluation.scoring import (
    YEAR,
    appealed,
    checked,
    confirmed_one,
    evaluation_of,
    given,
    lines_of,
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


def test_an_appeal_that_is_sent_back_lies_with_the_clerk_until_it_is_scored_anew(any_app: Flask) -> None:
    confirmed()
    clerk, second = person("county_clerk"), person("county_agriculture")
    evaluation_id = confirmed_one()
    objection_id, line = objection_to(published(evaluation_id)), lines_of(evaluation_id)[0]
    appealed(line.id, given(Criterion.YIELD, 1500), objection_id)
    assert (waiting.count_sent_back(clerk, 9), waiting.count_to_confirm(second, 9)) == (0, 1)
    checked(evaluation_id, agrees=False, words="租金没有到账，按实际收")
    assert (waiting.count_sent_back(clerk, 9), waiting.count_to_confirm(second, 9)) == (1, 0)
    assert [one.id for one in waiting.list_sent_back(clerk, 9)] == [evaluation_id]
    appealed(line.id, given(Criterion.YIELD, 900), objection_id)
    assert (waiting.count_sent_back(clerk, 9), waiting.count_to_confirm(second, 9)) == (0, 1)
    rows = shown_rescored(evaluation_id, second, 9)
    assert [(one.was, one.score.cents, one.most) for one in rows] == [(1500, 900, 1500), (0, 1500, 1500)]


def test_inbox_and_pages_lead_to_what_was_scored_anew(app: Flask) -> None:
    confirmed()
    confirmed(name="客栈")
    evaluation_id = confirmed_one()
    objection_id, line = objection_to(published(evaluation_id)), lines_of(evaluation_id)[0]
    appealed(line.id, given(Criterion.YIELD, 1500, reason="租金收据补交"), objection_id)
    second = visitor(app, "county_agriculture")
    page = second.open(f"/evaluations/{evaluation_id}/confirm").text
    assert "租金收据补交" in page
    assert (line.name in page, "客栈" in page) == (True, False)
    second.send(answer="back", opinion="收据没有日期")
    clerk = visitor(app, "county_clerk")
    assert "绩效评价复议被退回" in clerk.open("/todo").text
    clerk.open(clerk.link(rf"/evaluations/{evaluation_id}/lines\?rescored=1"))
    assert (line.name in clerk.page.text, "客栈" in clerk.page.text) == (True, False)
    assert "绩效评价待复核" not in second.open("/todo").text
