"""An asset that was merged into another county between evaluation and effect: nobody is stopped by it."""

import pytest
from flask import Flask

from registry.audit.reconcile import reconcile
from registry.clock import today
from registry.database import transaction
from registry.places.services import merge_region
from registry.supervision.evaluation.criteria import Grade
from registry.supervision.evaluation.outcomes import list_to_mend
from registry.supervision.evaluation.queries import regions_of
from registry.workbench.moving import hand_over
from tests.factories import COUNTY, OTHER_COUNTY, SIBLING_VILLAGE, VILLAGE, confirmed, person
from tests.journeys.days import Calendar
from tests.journeys.test_case_agreed import visitor
from tests.supervision.evaluation.scoring import confirmed_one, evaluation_of, lines_of, published, supported_one

FAR_VILLAGE = "500101001001"


def merged() -> None:
    """Merge the village into one of another county, with everything that it manages."""
    by = person("system_administrator")
    with transaction(VILLAGE, FAR_VILLAGE):
        merge_region(VILLAGE, FAR_VILLAGE, on=today(), basis="渝府〔2026〕1号", by=by)
        hand_over(VILLAGE, FAR_VILLAGE, by=by)


def test_results_take_effect_though_an_asset_lies_in_another_county_now(
    any_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    calendar = Calendar(monkeypatch, today())
    confirmed()
    confirmed(name="客栈", region_code=SIBLING_VILLAGE)
    evaluation_id = confirmed_one()
    published(evaluation_id, today())
    merged()
    assert regions_of(evaluation_of(evaluation_id)) == [COUNTY, FAR_VILLAGE]
    calendar.wait(12)
    second = visitor(any_app, "county_agriculture")
    second.open(f"/evaluations/{evaluation_id}")
    second.send("/conclude")
    assert (second.page.status_code, evaluation_of(evaluation_id).status) == (200, "DONE")
    lines = lines_of(evaluation_id)
    assert [line.graded for line in lines] == [Grade.POOR, Grade.POOR]
    # The county finds what is its own; what lies elsewhere is for that county to find.
    assert [line.name for line, _finding in list_to_mend(evaluation_id, person("auditor"))] == ["客栈"]
    assert [reconcile(int(county[:6])) for county in (COUNTY, OTHER_COUNTY)] == [[], []]


def test_supported_assets_elsewhere_keep_their_share(any_app: Flask) -> None:
    confirmed(name="客栈", region_code=SIBLING_VILLAGE)
    evaluation_id = supported_one()
    merged()
    clerk = visitor(any_app, "county_clerk")
    clerk.open(f"/evaluations/{evaluation_id}/subsidy")
    clerk.send(total="1000", basis="县府会纪〔2026〕8号")
    assert (clerk.page.status_code, evaluation_of(evaluation_id).subsidy_fen) == (200, 1000_00)
    assert sum(line.support_fen or 0 for line in lines_of(evaluation_id)) == 1000_00
