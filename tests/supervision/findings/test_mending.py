"""From a problem to its check-off: what each deed writes, what it refuses, and what the database refuses too."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from registry.audit.models import TrailEvent
from registry.clock import today
from registry.database import db, transaction
from registry.errors import Conflict, Forbidden, Invalid, Missing
from registry.evidence.queries import list_attachments
from registry.policy.queries import policy_for
from registry.supervision.findings import refusals, waiting
from registry.supervision.findings.ledger import standing_on
from registry.supervision.findings.queries import get_finding, list_steps, tally
from registry.supervision.findings.rules import Mender, Source
from registry.supervision.findings.services import check_off
from tests.approvals.notices.boards import kept
from tests.factories import COUNTY, MUNICIPALITY, TODAY, TOWNSHIP, VILLAGE, confirmed, person
from tests.journeys.test_case_agreed import visitor
from tests.supervision.findings.finding import checked, entered, finding_of, over, reported


def test_a_finding_is_entered_mended_and_checked_off_by_another_above(any_app: Flask) -> None:
    asset = confirmed()
    finding_id = entered(assets=(asset.asset_no,))
    finding = finding_of(finding_id)
    assert (finding.number, finding.status, finding.sector) == ("WT500240-2026-0001", "OPEN", asset.sector)
    reported(finding_id, "village_clerk", TODAY, kept())
    assert finding_of(finding_id).status == "REPORTED"
    checked(finding_id, agrees=False)
    assert (finding_of(finding_id).status, finding_of(finding_id).opinion) == ("SENT_BACK", "还差银行回单。")
    reported(finding_id, "village_head")
    again = finding_of(finding_id)
    assert (again.checked_by_id, again.opinion) == (None, "")
    checked(finding_id)
    done = finding_of(finding_id)
    assert (done.status, done.checked_by_text[-19:], done.checked_on) == ("CHECKED_OFF", "Township Supervisor", TODAY)
    steps = list_steps([finding_id])
    assert [step.kind for step in steps] == ["ENTERED", "REPORTED", "SENT_BACK", "REPORTED", "CHECKED_OFF"]
    assert len(list_attachments("finding_step", str(steps[1].id))) == 1
    actions = db.session.scalars(select(TrailEvent.action).where(TrailEvent.thing_table == "finding")).all()
    assert actions == [
        "FINDING_ENTERED", "FINDING_REPORTED", "FINDING_SENT_BACK", "FINDING_REPORTED", "FINDING_CHECKED_OFF"
    ]  # fmt: skip


def test_only_the_mender_reports_and_only_above_checks(app: Flask) -> None:
    finding_id = entered(mender=Mender.TOWNSHIP)
    with pytest.raises(refusals.NotTheMender):
        reported(finding_id, "village_clerk")
    reported(finding_id, "township_clerk")
    with pytest.raises(refusals.NotAbove):
        checked(finding_id, "township_supervisor")
    with pytest.raises(refusals.NotAbove):
        checked(finding_id, "discipline_inspector")
    assert finding_of(finding_id).status == "REPORTED"
    checked(finding_id, "auditor")


def test_whoever_reported_never_checks_whatever_seat_they_hold(any_app: Flask) -> None:
    finding_id = entered()
    reported(finding_id, "village_clerk")
    by = person("village_clerk")
    # Even with the seat of a supervisor, who mended does not check.
    supervisor = person("township_supervisor")
    promoted = replace(by, unit_code=TOWNSHIP, grants=supervisor.grants)
    with pytest.raises(refusals.OwnMending), transaction(VILLAGE):
        check_off(get_finding(finding_id, promoted), "好", by=promoted, on=TODAY)
    assert finding_of(finding_id).status == "REPORTED"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"assets": ("500240213203J201900001X",)}, refusals.NotHere),
        ({"contract_no": "HT-0"}, refusals.NotHere),
        ({"disposal_no": "CZ-0"}, refusals.NotHere),
        ({"problem": " "}, refusals.ProblemMissing),
        ({"due_on": TODAY - timedelta(days=1)}, refusals.DueOdd),
        ({"region_code": "500240213999"}, Missing),
    ],
)
def test_what_is_wrong_is_not_entered(app: Flask, changes: dict[str, object], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        entered(**changes)  # type: ignore[arg-type]
    assert tally(COUNTY, person("county_agriculture"), TODAY).total == 0


def test_numbers_that_are_not_here_are_told_with_the_dates_that_are_wrong(app: Flask) -> None:
    known, sent = confirmed().asset_no, visitor(app, "county_agriculture")
    sent.open("/findings/new")
    refused = sent.send(
        region_code=VILLAGE, problem="x", basis="y", demand="z", found_on=today() + timedelta(days=2),
        due_on=today() - timedelta(days=1), assets=f"{known} NO1 NO2", contract_no="HT-0", disposal_no="CZ-0",
    )  # fmt: skip
    assert refused.status_code == 422
    wrong = dict(re.findall(r'id="(\w+)-error">.*?<span>(.*?)</span>', refused.text, re.DOTALL))
    assert set(wrong) == {"found_on", "due_on", "assets", "contract_no", "disposal_no"}
    assert ("“NO1”" in wrong["assets"], "“NO2”" in wrong["assets"], known in wrong["assets"]) == (True, True, False)
    assert tally(COUNTY, person("county_agriculture"), TODAY).total == 0


def test_what_comes_back_is_linked_and_counted(any_app: Flask) -> None:
    first = over()
    second = entered(recurs=first)
    again = finding_of(second)
    assert (again.recurs_id, again.recurrences, again.number[-4:]) == (first, 1, "0002")
    with pytest.raises(refusals.RecursAlready):
        entered(recurs=first)
    with pytest.raises(refusals.NotCheckedOff):
        entered(recurs=second)
    reported(second)
    checked(second)
    assert finding_of(entered(recurs=second)).recurrences == 2


def test_what_is_late_lies_one_level_up_then_the_next(any_app: Flask) -> None:
    entered(due_on=TODAY)
    township, county = person("township_supervisor"), person("county_agriculture")

    def late(days: int) -> tuple[int, int]:
        on = TODAY + timedelta(days=days)
        policy = policy_for(COUNTY, on)
        return waiting.count_late(township, on, policy, 9), waiting.count_late(county, on, policy, 9)

    assert [late(days) for days in (0, 1, 15, 16)] == [(0, 0), (1, 0), (1, 0), (1, 1)]
    assert waiting.count_to_mend(person("village_clerk"), 9) == 1
    assert waiting.count_to_mend(person("township_clerk"), 9) == 0
    assert waiting.list_late(township, TODAY + timedelta(days=1), policy_for(COUNTY, TODAY), 9)


def test_a_reported_finding_waits_for_those_above_alone(app: Flask) -> None:
    finding_id = entered()
    reported(finding_id)
    names = ("township_supervisor", "auditor", "county_agriculture", "discipline_inspector", "village_head")

    def waits(days: int) -> list[int]:
        on = TODAY + timedelta(days=days)
        return [waiting.count_to_check(person(name), on, policy_for(COUNTY, on), 9) for name in names]

    assert waits(0) == [1, 1, 0, 0, 0]
    assert waits(16) == [1, 1, 1, 0, 0]


def test_a_finding_lies_within_its_reach(app: Flask) -> None:
    finding_id = entered()
    for name in ("sibling_clerk", "other_clerk", "custodian"):
        with pytest.raises(Missing):
            get_finding(finding_id, person(name))
    assert get_finding(finding_id, person("resident_work_team")).id == finding_id


def test_a_sector_sees_and_enters_its_own(app: Flask) -> None:
    with pytest.raises(refusals.NotYourUnit):
        entered("sector_officer", source=Source.SECTOR)
    finding_id = entered("sector_officer", source=Source.SECTOR, sector="AGRICULTURE")
    assert get_finding(finding_id, person("sector_officer")).id == finding_id
    other = entered(sector="WATER")
    with pytest.raises(Missing):
        get_finding(other, person("sector_officer"))


def test_the_ledger_of_a_day_says_how_it_stood_then(app: Flask) -> None:
    finding_id = entered(on=TODAY, due_on=TODAY + timedelta(days=5))
    reported(finding_id, "village_clerk", TODAY + timedelta(days=3))
    checked(finding_id, "township_supervisor", TODAY + timedelta(days=9))
    by = person("county_agriculture")
    stood = [
        [
            (one.status.value, one.is_late, bool(one.report))
            for one in standing_on(COUNTY, by, TODAY + timedelta(days=n))
        ]
        for n in (-1, 0, 3, 9)
    ]
    assert stood == [
        [], [("OPEN", False, False)], [("REPORTED", False, True)], [("CHECKED_OFF", False, True)]
    ]  # fmt: skip


def test_refusals_are_of_their_kinds() -> None:
    assert issubclass(refusals.OwnMending, Forbidden)
    assert issubclass(refusals.NothingToCheck, Conflict)
    assert issubclass(refusals.ReportMissing, Invalid)


def test_the_form_of_the_municipality_offers_units_below_it_and_chooses_none_beforehand(app: Flask) -> None:
    above = visitor(app, "municipal_supervisor")
    offered = re.findall(r'<option[^>]* value="(\d*)"', units_of(above.open("/findings/new").text))
    assert offered[0] == ""
    assert COUNTY in offered
    assert MUNICIPALITY not in offered
    assert above.send("", region_code=MUNICIPALITY, problem="x", basis="y", demand="z").status_code == 422
    chosen = units_of(above.open(f"/findings/new?region={VILLAGE}").text)
    assert re.findall(r'<option selected value="(\d*)"', chosen) == [VILLAGE]
    assert MUNICIPALITY not in chosen


def units_of(text: str) -> str:
    """The field of a page in which the unit is chosen."""
    return text.partition('name="region_code"')[2].partition("</select>")[0]


@pytest.mark.parametrize(
    ("username", "query", "chosen"),
    [
        ("county_agriculture", "", ""),
        ("county_agriculture", f"?region={COUNTY}", ""),
        ("township_supervisor", f"?region={TOWNSHIP}", ""),
        ("village_supervisory_committee", "", VILLAGE),
        ("county_agriculture", "?asset_no={number}", VILLAGE),
    ],
)
def test_only_an_asset_or_a_single_unit_decides_where_a_problem_is(
    app: Flask, username: str, query: str, chosen: str
) -> None:
    at = f"/findings/new{query.format(number=confirmed().asset_no)}"
    shown = units_of(visitor(app, username).open(at).text)
    first, *_others = re.findall(r'<option[^>]* value="(\d*)"', shown)
    marked = re.findall(r'<option selected value="(\d*)"', shown)
    assert ([one for one in marked if one], first == "") == ([chosen] if chosen else [], not chosen)


def test_the_units_of_a_county_that_was_chosen_are_still_offered_when_none_was_picked(app: Flask) -> None:
    above = visitor(app, "municipal_supervisor")
    above.open(f"/findings/new?region={COUNTY}")
    refused = above.send("/findings/new", problem="x", basis="y", demand="z")
    assert (refused.status_code, VILLAGE in units_of(refused.text)) == (422, True)
