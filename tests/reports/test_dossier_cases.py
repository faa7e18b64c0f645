"""Dossiers of other cases: one that was carried out, a draft, one out of reach."""

import pytest
from flask import Flask

from registry.disposal.kinds import DisposalKind
from registry.errors import Missing
from registry.evidence import store
from registry.reports.disposals import dossier
from registry.reports.disposals.dossier import Dossier
from registry.reports.disposals.sections import Shape
from registry.reports.figures import read_figures
from registry.reports.gathering import unpacked
from registry.reports.parameters import Parameters
from tests.disposal.scenery import machine, opened_case, request_of, submitted_case
from tests.factories import SIBLING_VILLAGE, TODAY, VILLAGE, person
from tests.reports.disposals import (
    sold_out,
    used,
)
from tests.reports.test_disposal_dossier import cells, print_dossier


@pytest.mark.usefixtures("app")
def test_a_case_that_was_carried_out_tells_hand_over_vouchers_result_and_what_became_of_the_money() -> None:
    case_id = sold_out()
    used(case_id)
    figures = dossier.collect(VILLAGE, Parameters(case_id=case_id), actor=person("village_clerk"), on=TODAY)
    done = dict(pair for row in cells(figures, "执行和移交", Shape.FACTS) for pair in (row[:2], row[2:]))
    assert (done["接收方"], done["接收方签字人"], done["价款"]) == ("石柱县山货贸易有限公司", "陈光明", "42,000.00 元")
    assert done["净收益"] == "29,666.66 元"
    legs = cells(figures, "记账凭证", Shape.LEGS)
    assert [row[0] for row in legs if row[2] == "42,000.00"] == ["银行存款"]
    assert cells(figures, "处置收入和使用", Shape.RECEIPTS)[0][3] == "42,000.00"
    assert cells(figures, "处置收入和使用", Shape.USES)[0][4] == "10,000.00"
    account = dict(pair for row in cells(figures, "处置收入和使用", Shape.FACTS) for pair in (row[:2], row[2:]))
    assert account["余额"] == "32,000.00 元"
    assert [row[3].split("（")[0] for row in cells(figures, "处置的资产", Shape.CARDS)] == ["已处置"]


@pytest.mark.usefixtures("app")
def test_a_case_out_of_reach_or_of_another_unit_has_no_dossier() -> None:
    parameters = Parameters(case_id=opened_case())
    with pytest.raises(Missing):
        dossier.collect(VILLAGE, parameters, actor=person("sibling_clerk"), on=TODAY)
    with pytest.raises(Missing):
        dossier.collect(SIBLING_VILLAGE, parameters, actor=person("county_clerk"), on=TODAY)


def test_a_draft_has_a_dossier_of_what_there_is_on_both_databases(any_app: Flask) -> None:
    case_id = opened_case()
    row = print_dossier(case_id)
    figures = read_figures(Dossier, unpacked(store.load(row.figures_sha256)))
    assert [one.title for one in figures.chapters if one.sections] == ["处置申请", "处置的资产", "价值和评估"]
    assert all(event.is_covered for log in figures.trail.logs for event in log.events)


@pytest.mark.usefixtures("app")
def test_nothing_of_another_case_stands_in_a_dossier() -> None:
    mine = submitted_case()
    other = submitted_case(DisposalKind.SALE, machine("别的机器"), title="别的处置")
    figures = dossier.collect(VILLAGE, Parameters(case_id=mine), actor=person("village_clerk"), on=TODAY)
    assert "别的处置" not in str(figures)
    assert request_of(other).title not in str(figures)
