"""Whoever decides on a page decides on what it showed: somebody else's deed meanwhile is met with 409, and shown."""

from flask import Flask

from registry.supervision.evaluation.queries import list_scores
from registry.supervision.evaluation.services import awards_of
from tests.factories import confirmed
from tests.journeys.test_case_agreed import visitor
from tests.supervision.evaluation.scoring import (
    appealed,
    confirmed_one,
    evaluation_of,
    given,
    lines_of,
    objection_to,
    published,
    split_over,
    supported_one,
)
from tests.supervision.findings.finding import checked as sent_back
from tests.supervision.findings.finding import entered, finding_of, reported


def test_nobody_confirms_points_that_were_given_while_they_read(app: Flask) -> None:
    confirmed()
    evaluation_id = confirmed_one()
    objection_id = objection_to(published(evaluation_id))
    line = lines_of(evaluation_id)[0]
    lost = [one.mark for one in awards_of(line) if one.cents is not None and one.cents < one.mark.points]
    appealed(line.id, given(lost[0].criterion, lost[0].points), objection_id)
    second = visitor(app, "county_agriculture")
    second.open(f"/evaluations/{evaluation_id}/confirm")
    appealed(line.id, given(lost[1].criterion, lost[1].points), objection_id)
    second.send(answer="agree", opinion="看过了")
    assert (second.page.status_code, evaluation_of(evaluation_id).status) == (409, "APPEALED")
    assert "您打开以后，内容或进度已经变了" in second.page.text
    assert "看过了" in second.page.text
    second.send()
    assert (second.page.status_code, evaluation_of(evaluation_id).status) == (200, "CONFIRMED")
    assert len(list_scores(line.id)) == 2


def test_nobody_splits_a_total_anew_without_having_seen_the_one_that_stands(app: Flask) -> None:
    evaluation_id = supported_one()
    clerk = visitor(app, "county_clerk")
    clerk.open(f"/evaluations/{evaluation_id}/subsidy")
    split_over(evaluation_id, 300_00)
    clerk.send(total="5000", basis="县府会纪〔2026〕8号")
    assert (clerk.page.status_code, evaluation_of(evaluation_id).subsidy_fen) == (409, 300_00)
    assert "现在拟定的：300.00 元" in clerk.page.text
    clerk.send()
    assert (clerk.page.status_code, evaluation_of(evaluation_id).subsidy_fen) == (200, 5000_00)


def test_nobody_checks_off_a_report_that_they_have_not_read(app: Flask) -> None:
    finding_id = entered()
    reported(finding_id)
    above = visitor(app, "township_supervisor")
    above.open(f"/findings/{finding_id}/check")
    sent_back(finding_id, "county_agriculture", agrees=False)
    reported(finding_id, "village_head")
    above.send(answer="agree", words="属实。")
    assert (above.page.status_code, finding_of(finding_id).status) == (409, "REPORTED")
    above.send()
    assert (above.page.status_code, finding_of(finding_id).status) == (200, "CHECKED_OFF")
