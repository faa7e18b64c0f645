"""The scenery itself: a case of each kind goes its whole route."""

import pytest
from flask import Flask

from registry.disposal.kinds import DisposalKind, DisposalStatus
from tests.disposal.scenery import approved_case, case_of, cold_store, request_of
from tests.disposal.selling import sold_case


def test_a_small_sale_goes_over_village_and_township_and_is_filed_above(any_app: Flask) -> None:
    case_id = sold_case()
    request = request_of(case_id)
    assert case_of(case_id).state is DisposalStatus.APPROVED
    assert [(step.kind, step.status) for step in request.steps] == [
        ("MEETING", "DONE"), ("NOTICE", "DONE"), ("COUNTERSIGN", "DONE"), ("APPROVAL", "DONE"),
        ("FILING", "RECEIVED"), ("FILING", "RECEIVED"),
    ]  # fmt: skip


def test_real_estate_goes_up_to_the_county_government(app: Flask) -> None:
    case_id = approved_case(DisposalKind.SALE, cold_store(), report_fen=90_000_000)
    assert case_of(case_id).route_key == "DISPOSAL.COLLECTIVE.3"
    assert [step.status for step in request_of(case_id).steps] == ["DONE"] * 7 + ["RECEIVED"]


@pytest.mark.parametrize("kind", [DisposalKind.SCRAP, DisposalKind.LOSS, DisposalKind.STOP_USE, DisposalKind.SWAP])
def test_other_kinds_are_cleared_as_well(app: Flask, kind: DisposalKind) -> None:
    case_id = approved_case(kind, report_fen=3_000_000)
    assert case_of(case_id).state is DisposalStatus.APPROVED
