"""A case from draft to clearance: who may ask, what is fixed at submission, what follows from each outcome."""

import pytest
from flask import Flask

from registry.approvals.requests.queries import find_request
from registry.approvals.requests.states import RequestStatus, Verdict
from registry.assets.register.registration import OwnerFact
from registry.database import transaction
from registry.disposal.cases.opening import TABLE, Opening, change_case, decide_line, open_case
from registry.disposal.gates.kinds import Gate, GateOutcome, Moment
from registry.disposal.gates.queries import answers_of, list_asked
from registry.disposal.kinds import DisposalKind, DisposalStatus, Extent, LineDecision
from registry.disposal.procedure.submitting import withdraw_case
from registry.disposal.refusals import (
    GateClosed,
    HouseholdsOwn,
    InAnotherCase,
    NotEditable,
    NotGivenUp,
    NotOneOwner,
    ReasonMissing,
    WrongStarter,
)
from registry.disposal.rules import Part
from registry.errors import Missing
from registry.kinds import Category, OwnerKind
from tests.disposal.scenery import (
    DECIDED_FROM,
    OPENED_ON,
    appraised,
    approved_case,
    asset_of,
    case_of,
    cold_store,
    lead,
    lines_of,
    machine,
    opened_case,
    policy,
    request_of,
    say,
    submit,
    submitted_case,
    words,
)
from tests.factories import SIBLING_VILLAGE, VILLAGE, confirmed, person
from tests.reports.printing import money

WAN = 1_000_000


@pytest.fixture
def here(any_app: Flask) -> Flask:
    """Every test of this file runs on both databases."""
    return any_app


def test_a_case_is_numbered_within_its_county_and_year(here: Flask) -> None:
    first, second = opened_case(DisposalKind.SALE, machine("一")), opened_case(DisposalKind.SALE, machine("二"))
    assert [case_of(one).number for one in (first, second)] == ["CZ-500240-2026-0001", "CZ-500240-2026-0002"]


def test_a_households_asset_is_never_in_a_collective_disposal(here: Flask) -> None:
    cow = confirmed(
        name="母牛", category=Category.HOUSEHOLD, subtype="HOUSEHOLD_STOCK", unit="头", original_value_fen=WAN,
        funding=money(WAN), owners=(OwnerFact(OwnerKind.HOUSEHOLD, "谭某"),),
    ).asset_no  # fmt: skip
    with pytest.raises(HouseholdsOwn), transaction(VILLAGE):
        open_case(Opening(words(), (cow,)), by=person("village_clerk"), on=OPENED_ON)


def test_an_asset_lies_in_one_case_at_a_time(here: Flask) -> None:
    number = machine()
    opened_case(DisposalKind.SALE, number)
    with pytest.raises(InAnotherCase), transaction(VILLAGE):
        open_case(Opening(words(), (number,)), by=person("village_clerk"), on=OPENED_ON)


def test_a_case_that_was_given_up_sets_its_asset_free(here: Flask) -> None:
    number = machine()
    case_id = opened_case(DisposalKind.SALE, number)
    with transaction(VILLAGE):
        withdraw_case(case_of(case_id), "不卖了", by=person("village_clerk"), on=OPENED_ON, policy=policy())
    assert opened_case(DisposalKind.SALE, number) != case_id


def test_assets_of_two_owners_do_not_lie_in_one_case(here: Flask) -> None:
    own = machine("一")
    other = machine("二", owners=(OwnerFact(OwnerKind.TOWNSHIP, "中益乡人民政府"),))
    with pytest.raises(NotOneOwner), transaction(VILLAGE):
        open_case(Opening(words(), (own, other)), by=person("village_clerk"), on=OPENED_ON)


def test_nobody_disposes_of_what_lies_outside_their_reach(here: Flask) -> None:
    number = machine()
    with pytest.raises(Missing), transaction(VILLAGE):
        open_case(Opening(words(), (number,)), by=person("sibling_clerk"), on=OPENED_ON)


def test_only_a_clerk_of_the_owners_own_unit_submits(here: Flask) -> None:
    case_id = opened_case()
    from registry.disposal.procedure.submitting import submit_case

    with pytest.raises(WrongStarter), transaction(VILLAGE):
        submit_case(case_of(case_id), by=person("township_clerk"), on=OPENED_ON, policy=policy())


def test_untitled_assets_are_stopped_at_submission_and_every_reason_is_told(here: Flask) -> None:
    number = machine(title_status="UNCONFIRMED", certificate_kind="", certificate_number="")
    case_id = opened_case(DisposalKind.LOSS, number)
    with pytest.raises(GateClosed) as refused:
        submit(case_id)
    assert refused.value.field == "title"
    assert case_of(case_id).state is DisposalStatus.DRAFT
    assert find_request(TABLE, str(case_id)) is None
    assert list_asked(case_id) == []


def test_what_is_worth_what_is_fixed_at_submission(here: Flask) -> None:
    case_id = submitted_case(DisposalKind.SALE, machine(fen=4 * WAN), report_fen=4_800_000)
    case = case_of(case_id)
    assert (case.original_fen, case.appraised_fen, case.own_fen, case.basis_fen) == (
        4 * WAN,
        4_800_000,
        4_800_000,
        4_800_000,
    )
    assert 0 < case.net_fen < 4 * WAN
    assert case.route_key == request_of(case_id).route_key == "DISPOSAL.COLLECTIVE.1"
    assert sum(line.net_fen for line in lines_of(case_id)) == case.net_fen


def test_the_highest_of_the_three_values_chooses_the_tier(here: Flask) -> None:
    case_id = submitted_case(DisposalKind.SALE, machine(fen=4 * WAN), report_fen=5 * WAN)
    assert request_of(case_id).route_key == "DISPOSAL.COLLECTIVE.2"


def test_real_estate_goes_to_the_county_government(here: Flask) -> None:
    case_id = submitted_case(DisposalKind.SALE, cold_store(fen=4 * WAN))
    assert request_of(case_id).route_key == "DISPOSAL.COLLECTIVE.3"
    assert "REAL_ESTATE" in case_of(case_id).weights


def test_a_lot_sold_in_two_pieces_is_summed(here: Flask) -> None:
    submitted_case(DisposalKind.SALE, machine("一", 3 * WAN))
    second = submitted_case(DisposalKind.SALE, machine("二", 3 * WAN))
    assert case_of(second).basis_fen == 6 * WAN
    assert request_of(second).route_key == "DISPOSAL.COLLECTIVE.2"


def test_the_first_piece_of_a_split_lot_is_stopped_at_the_next_desk(here: Flask) -> None:
    first = submitted_case(DisposalKind.SALE, machine("一", 3 * WAN))
    lead(first, until="TOWNSHIP_SUPERVISOR")
    submitted_case(DisposalKind.SALE, machine("二", 3 * WAN))
    with pytest.raises(GateClosed) as refused:
        say(request_of(first), Verdict.AGREE, "township_supervisor")
    assert refused.value.field == "split"
    assert request_of(first).state is RequestStatus.OPEN


def test_another_way_of_disposing_is_not_summed(here: Flask) -> None:
    submitted_case(DisposalKind.SALE, machine("一", 3 * WAN))
    second = submitted_case(DisposalKind.DONATION, machine("二", 3 * WAN))
    assert case_of(second).basis_fen == 3 * WAN


def test_gates_are_kept_as_they_stood_at_submission_and_at_each_decision(here: Flask) -> None:
    case_id = approved_case(DisposalKind.LOSS, machine())
    asked = list_asked(case_id)
    assert [row.moment for row in asked] == [Moment.SUBMIT, Moment.DECIDE, Moment.DECIDE]
    assert all(row.failed == 0 for row in asked)
    assert [one.gate for one in answers_of(asked[0])] == list(Gate)


def test_all_levels_clear_a_case_and_nothing_is_carried_out_yet(here: Flask) -> None:
    number = machine()
    case_id = approved_case(DisposalKind.LOSS, number)
    assert case_of(case_id).state is DisposalStatus.APPROVED
    assert asset_of(number).stage == "CONFIRMED"
    assert request_of(case_id).state is RequestStatus.APPROVED


def test_what_is_submitted_stands_still(here: Flask) -> None:
    case_id = submitted_case()
    by = person("village_clerk")
    with pytest.raises(NotEditable), transaction(VILLAGE):
        change_case(case_of(case_id), words(title="另一个"), by=by)
    with pytest.raises(NotEditable), transaction(VILLAGE):
        line = lines_of(case_id)[0]
        decide_line(line, case_of(case_id), LineDecision.LEFT_OUT, "不卖", Part(), by=by, on=OPENED_ON)


def test_a_case_sent_back_is_mended_and_every_decision_is_void(here: Flask) -> None:
    case_id = submitted_case()
    lead(case_id, until="TOWNSHIP_SUPERVISOR")
    say(request_of(case_id), Verdict.SEND_BACK, "township_supervisor", opinion="理由写清楚", defect="理由")
    assert case_of(case_id).state is DisposalStatus.SENT_BACK
    with transaction(VILLAGE):
        change_case(case_of(case_id), words(reason="设备主机报废，厂家停产，附鉴定。"), by=person("village_clerk"))
    request = submit(case_id, DECIDED_FROM)
    assert request.content_version == 2
    assert request.step_kind == "MEETING"
    assert case_of(case_id).state is DisposalStatus.SUBMITTED


def test_a_case_sent_back_whose_value_grew_takes_the_longer_route(here: Flask) -> None:
    case_id = submitted_case(DisposalKind.SALE, machine(fen=4 * WAN))
    before = request_of(case_id).id
    lead(case_id, until="TOWNSHIP_SUPERVISOR")
    say(request_of(case_id), Verdict.SEND_BACK, "township_supervisor", opinion="要评估", defect="评估报告")
    appraised(case_id, 6 * WAN)
    submit(case_id, DECIDED_FROM)
    request = request_of(case_id)
    assert request.id != before
    assert request.route_key == "DISPOSAL.COLLECTIVE.2"


def test_a_rejected_case_is_over(here: Flask) -> None:
    case_id = submitted_case()
    lead(case_id, until="TOWNSHIP_SUPERVISOR")
    say(request_of(case_id), Verdict.REJECT, "township_supervisor", opinion="还能用")
    case = case_of(case_id)
    assert (case.state, case.end_reason) == (DisposalStatus.REJECTED, "还能用")
    with pytest.raises(NotGivenUp), transaction(VILLAGE):
        withdraw_case(case_of(case_id), "撤回", by=person("village_clerk"), on=OPENED_ON, policy=policy())


def test_the_municipality_calls_an_approved_case_in_and_lets_it_go(here: Flask) -> None:
    case_id = approved_case(DisposalKind.LOSS, machine())
    say(request_of(case_id), Verdict.CALL_IN, "municipal_supervisor", opinion="抽查")
    assert request_of(case_id).state is RequestStatus.CALLED_IN
    say(request_of(case_id), Verdict.RELEASE, "municipal_supervisor", opinion="没有问题")
    assert case_of(case_id).state is DisposalStatus.APPROVED


def test_a_call_in_stops_the_case_itself(here: Flask) -> None:
    case_id = approved_case(DisposalKind.LOSS, machine())
    say(request_of(case_id), Verdict.CALL_IN, "municipal_supervisor", opinion="抽查")
    assert case_of(case_id).state is DisposalStatus.CALLED_IN


def test_leaving_an_asset_out_needs_a_reason(here: Flask) -> None:
    case_id = opened_case(DisposalKind.SALE, machine("一"), machine("二"))
    with pytest.raises(ReasonMissing), transaction(VILLAGE):
        line = lines_of(case_id)[0]
        decide_line(
            line, case_of(case_id), LineDecision.LEFT_OUT, " ", Part(), by=person("village_clerk"), on=OPENED_ON
        )


def test_only_what_is_taken_in_counts(here: Flask) -> None:
    case_id = opened_case(DisposalKind.SALE, machine("一", 3 * WAN), machine("二", 3 * WAN))
    with transaction(VILLAGE):
        line = lines_of(case_id)[0]
        decide_line(
            line, case_of(case_id), LineDecision.LEFT_OUT, "还能用", Part(), by=person("village_clerk"), on=OPENED_ON
        )
    submit(case_id)
    assert case_of(case_id).original_fen == 3 * WAN


def test_part_of_a_quantity_is_worth_its_part(here: Flask) -> None:
    number = machine(fen=4 * WAN, quantity_milli=8_000)
    case_id = submitted_case(DisposalKind.SALE, number, parts={number: Part(Extent.QUANTITY, quantity_milli=2_000)})
    assert case_of(case_id).original_fen == WAN


def test_a_plan_lets_a_running_custody_pass_and_its_lack_does_not(here: Flask) -> None:
    number = machine(custodian="谭登周")
    with pytest.raises(GateClosed) as refused:
        submitted_case(DisposalKind.LOSS, number)
    assert refused.value.field == "custody"
    case_id = case_of_asset(number)
    with transaction(VILLAGE):
        plans = {Gate.CUSTODY.value: "清理完当天结束"}
        change_case(case_of(case_id), words(DisposalKind.LOSS, plans=plans), by=person("village_clerk"))
    submit(case_id)
    custody = next(one for one in answers_of(list_asked(case_id)[0]) if one.gate is Gate.CUSTODY)
    assert custody.outcome is GateOutcome.ARRANGED


def case_of_asset(number: str) -> int:
    from registry.disposal.cases.queries import cases_of_asset

    return cases_of_asset(asset_of(number).id)[0].id


def test_joint_owners_each_hold_their_meeting(here: Flask) -> None:
    owners = (
        OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "华溪村股份经济合作社", 6_000, credit_code="N2500235MF1234567T"),
        OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "坪坝村股份经济合作社", 4_000, region_code=SIBLING_VILLAGE),
    )
    case_id = submitted_case(DisposalKind.LOSS, machine(owners=owners))
    meetings = [step.seat_code for step in request_of(case_id).steps if step.kind == "MEETING"]
    assert meetings == [VILLAGE, SIBLING_VILLAGE]
