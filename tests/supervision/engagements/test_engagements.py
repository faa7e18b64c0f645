"""An agency is engaged for a scope, reports once, and the problems it names are followed up."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from registry.clock import today
from registry.database import db, transaction
from registry.errors import Missing
from registry.evidence.queries import list_attachments
from registry.supervision.engagements import refusals
from registry.supervision.engagements.queries import get_engagement, list_assets, list_units
from registry.supervision.engagements.rules import EngagementFacts, EngagementKind, ReportFacts
from registry.supervision.engagements.services import engage, take_report
from registry.supervision.findings.queries import list_raised
from registry.supervision.findings.rules import Origin, Source
from tests.approvals.notices.boards import kept
from tests.disposal.shortcuts.attacks import refusal_of
from tests.factories import COUNTY, MUNICIPALITY, OTHER_COUNTY, TODAY, TOWNSHIP, VILLAGE, confirmed, person
from tests.journeys.test_case_agreed import visitor
from tests.supervision.findings.finding import entered

FACTS = EngagementFacts(
    COUNTY, EngagementKind.AUDIT, "重庆天健会计师事务所", "2025 年度扶贫项目资产收益专项审计",
    TODAY - timedelta(days=40), TODAY + timedelta(days=20), fee_fen=3_600_000, units=(TOWNSHIP,),
)  # fmt: skip
REPORT = ReportFacts("渝天健审〔2026〕118号", TODAY - timedelta(days=2), "三个村租金未及时入账。")


def engaged(**changes: object) -> int:
    """Engage; the id."""
    with transaction(COUNTY):
        said = replace(FACTS, **changes)  # type: ignore[arg-type]
        return engage(said, [kept()], by=person("county_agriculture"), on=TODAY).id


def reported(engagement_id: int, facts: ReportFacts = REPORT) -> None:
    """Take in its report."""
    by = person("county_agriculture")
    with transaction(COUNTY):
        take_report(get_engagement(engagement_id, by), facts, [kept("green")], by=by, on=TODAY)


def test_an_engagement_runs_from_contract_to_report_and_findings(any_app: Flask) -> None:
    asset = confirmed()
    number = asset.asset_no
    key = engaged(assets=(number,))
    assert (list_units(key), [one.asset_no for one in list_assets(key)]) == ([TOWNSHIP], [number])
    reported(key)
    found = get_engagement(key, person("auditor"))
    assert (found.number, found.status, found.fee_fen) == ("JG500240-2026-001", "REPORTED", 3_600_000)
    assert len(list_attachments("engagement", str(key))) == 2
    finding_id = entered("county_agriculture", source=Source.AGENCY, origin=Origin("engagement", key))
    assert [one.id for one in list_raised("engagement", [key], person("auditor"))] == [finding_id]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"agency": " "}, refusals.AgencyMissing),
        ({"task": ""}, refusals.TaskMissing),
        ({"units": ()}, refusals.ScopeMissing),
        ({"units": (OTHER_COUNTY,)}, refusals.ScopeOutside),
        ({"assets": ("500240213203J201900001X",)}, refusals.ScopeOutside),
        ({"fee_fen": -1}, refusals.FeeOdd),
        ({"signed_on": TODAY + timedelta(days=1)}, refusals.DaysOdd),
        ({"report_by": TODAY - timedelta(days=50)}, refusals.DaysOdd),
        ({"agency_code": "91500000MA5U00000X"}, refusals.CodeOdd),
    ],
)
def test_what_is_not_agreed_is_not_entered(app: Flask, changes: dict[str, object], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        engaged(**changes)


def test_a_report_is_taken_in_once_and_between_its_days(app: Flask) -> None:
    key = engaged()
    for odd in (TODAY + timedelta(days=1), TODAY - timedelta(days=41)):
        with pytest.raises(refusals.ReportNotYet):
            reported(key, replace(REPORT, reported_on=odd))
    with pytest.raises(refusals.ConclusionsMissing):
        reported(key, replace(REPORT, conclusions=" "))
    reported(key)
    with pytest.raises(refusals.ReportedAlready):
        reported(key)
    with pytest.raises(Missing):
        get_engagement(key, person("village_clerk"))


@pytest.mark.parametrize(
    ("attack", "words"),
    [
        ("UPDATE engagement SET fee_fen = 1", "never changes"),
        ("UPDATE engagement SET conclusions = 'x'", "taken in once"),
        ("DELETE FROM engagement", "are kept"),
        ("DELETE FROM engagement_scope", ""),
    ],
)
def test_the_database_keeps_what_was_agreed_and_reported(any_app: Flask, attack: str, words: str) -> None:
    reported(engaged())
    said = refusal_of(attack)
    assert said
    assert words in said


def test_naming_single_assets_leaves_the_county_out_of_the_scope(app: Flask) -> None:
    asset = confirmed()
    county = visitor(app, "county_agriculture")
    page = county.open("/engagements/new").text
    assert f'<option value="{COUNTY}"' in page
    assert f'<option selected value="{COUNTY}"' not in page
    _action, fields = county.fields()
    said = {
        "agency": "天健会计师事务所",
        "task": "专项审计",
        "fee": "3.6万",
        "report_by": str(today() + timedelta(days=90)),
    }
    # A browser sends nothing for a list in which nothing is chosen.
    sent = {name: values for name, values in fields.items() if name != "units"} | said | {"assets": asset.asset_no}
    assert "委托已登记" in county.client.post("/engagements/new", data=sent, follow_redirects=True).text
    db.session.rollback()
    assert list_units(1) == []
    assert [one.id for one in list_assets(1)] == [asset.id]


def test_a_problem_in_a_village_is_entered_for_the_municipality_too(app: Flask) -> None:
    city = person("municipal_supervisor")
    with transaction(MUNICIPALITY):
        facts = replace(FACTS, region_code=MUNICIPALITY, units=(MUNICIPALITY,))
        key = engage(facts, [kept()], by=city, on=TODAY).id
    with transaction(MUNICIPALITY):
        take_report(get_engagement(key, city), REPORT, [kept("green")], by=city, on=TODAY)
    visit = visitor(app, "municipal_supervisor")
    for at in (f"/engagements/{key}/findings", "/findings/new"):
        page = visit.open(at).text
        assert (f'value="{COUNTY}"' in page, f'value="{VILLAGE}"' in page) == (True, False)
        assert f'value="{VILLAGE}"' in visit.open(f"{at}?region={COUNTY}").text
    visit.open(f"/engagements/{key}/findings?region={COUNTY}")
    visit.send(region_code=VILLAGE, problem="租金未入账", demand="补记")
    assert "问题已登记" in visit.page.text
    assert [one.region_code for one in list_raised("engagement", [key], city)] == [VILLAGE]


def test_the_one_unit_of_the_scope_is_where_problems_are_looked_for(app: Flask) -> None:
    key = engaged(units=(VILLAGE,))
    reported(key)
    page = visitor(app, "county_agriculture").open(f"/engagements/{key}/findings").text
    assert f'<option selected value="{VILLAGE}"' in page
