"""The paper of policy: what it says of a unit on a day, and to whom."""

from datetime import timedelta

import pytest

from registry.errors import Missing
from registry.policy.definitions import PARAMETERS
from registry.policy.routes import ROUTES
from registry.reports import policy_sheet
from registry.reports.catalogue import ReportName
from registry.reports.figures import read_figures
from registry.reports.paper.imprint import figures_text
from registry.reports.parameters import NOTHING
from registry.reports.policy_sheet import PolicySheet, SheetStep, SheetValue
from tests.factories import OTHER_COUNTY, SIBLING_VILLAGE, TODAY, VILLAGE, person
from tests.policy.setting import DOCUMENT, FINANCE, agreed, route_proposal, value_proposal
from tests.reports.printing import asked, printed
from tests.reports.test_paper import IMPRINT

pytestmark = pytest.mark.usefixtures("app")


def sheet(region_code: str = VILLAGE, on=TODAY) -> PolicySheet:
    return policy_sheet.collect(region_code, NOTHING, actor=person("village_clerk"), on=on)


def value_named(label: str, figures: PolicySheet) -> SheetValue:
    return next(one for group in figures.groups for one in group.values if one.label == label)


def test_a_sheet_says_every_parameter_and_every_procedure() -> None:
    figures = sheet()
    assert sum(len(group.values) for group in figures.groups) == len(PARAMETERS)
    assert [len(one.steps) for one in figures.routes] == [len(route.procedure) for route in ROUTES]
    assert (figures.unit_name, figures.period_text) == ("石柱土家族自治县　中益乡　华溪村", "2026-11-23 执行的规定")


def test_what_nobody_settled_is_called_an_example_and_a_statute_is_named() -> None:
    figures = sheet()
    basis = "重庆市实施村民委员会组织法办法第三十条：不少于十日"
    assert value_named("村级公示天数", figures) == SheetValue("村级公示天数", "10 天", "按法规、文件", "", basis)
    assert value_named("验收后移交的期限", figures).set_by == "示例，须由区县核定"
    assert figures.examples == sum(not one.settled for one in PARAMETERS)


def test_what_the_county_set_is_said_with_its_day_and_document_from_that_day_on() -> None:
    agreed(value_proposal(15))
    agreed(route_proposal())
    figures = sheet()
    assert value_named("村级公示天数", figures) == SheetValue(
        "村级公示天数", "15 天", "石柱土家族自治县", "2026-11-23", DOCUMENT
    )
    route = next(one for one in figures.routes if one.title == "集体所有的经营性资产确权")
    assert (route.set_by, route.since, route.basis) == ("石柱土家族自治县", "2026-11-23", DOCUMENT)
    assert route.steps[4] == SheetStep(FINANCE.label, "区县财政部门审核，10 天内办完", "", fixed=False)
    assert route.steps[1].sentence == "权利人单位经办员张贴公示，挂满 15 天；有异议先答复，没有异议才往下办"
    assert value_named("村级公示天数", sheet(on=TODAY - timedelta(1))).value == "10 天"


@pytest.mark.parametrize("beyond", [SIBLING_VILLAGE, OTHER_COUNTY, "500240213999", "nonsense"])
def test_a_reader_prints_the_policy_of_units_in_reach(beyond: str) -> None:
    with pytest.raises(Missing):
        sheet(beyond)


def test_kept_figures_are_read_back_as_they_were() -> None:
    figures = sheet()
    assert read_figures(PolicySheet, figures_text(figures)) == figures


def test_a_sheet_is_printed_and_registered() -> None:
    row = printed(asked(ReportName.POLICY, VILLAGE), "village_clerk")
    assert (row.report, row.region_code) == ("policy", VILLAGE)


def test_a_procedure_of_many_words_stays_within_the_margins_of_a_sheet() -> None:
    agreed(route_proposal(document="文" * 200))
    assert policy_sheet.draw(sheet(), IMPRINT).startswith(b"%PDF-1.7")
