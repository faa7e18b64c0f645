"""The approver's page of a disposal: the case beside the decision, gates asked anew, price against value."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from registry.approvals.requests.queries import list_decisions
from registry.approvals.requests.states import RequestStatus
from registry.assets.title.encumbrances.rules import EncumbranceFacts, EncumbranceKind
from registry.assets.title.encumbrances.services import add_encumbrance
from registry.database import db, transaction
from registry.disposal.gates.kinds import Moment
from registry.disposal.gates.queries import find_asked
from registry.disposal.kinds import DisposalKind, DisposalStatus
from registry.disposal.prices.queries import find_price
from tests.disposal.pages.reading import hidden_of, links_of, plain, press, signed_in, text_of
from tests.disposal.scenery import approved_case, asset_of, case_of, lead, machine, request_of, submitted_case
from tests.disposal.selling import priced
from tests.factories import PASSWORD, TODAY, VILLAGE, person
from tests.reports.histories import Calendar, calendar


@pytest.fixture(autouse=True)
def days() -> Iterator[type[Calendar]]:
    """The day of the scenery, whenever the tests run."""
    with calendar() as one:
        one.day = TODAY
        yield one


TOWNSHIP = "township_supervisor"


@pytest.fixture
def at_township() -> tuple[int, int]:
    """A case that waits for the township: its id and its request's."""
    case_id = submitted_case(DisposalKind.SALE, machine("旧冷链设备", 4_000_000), report_fen=3_000_000)
    return case_id, lead(case_id, until="TOWNSHIP_SUPERVISOR").id


def sign(client: FlaskClient, request_id: int, verdict: str, **said: str) -> tuple[int, str]:
    """Press the button of the decision, proving who one is; status and words of the answer."""
    page = f"/requests/{request_id}"
    data = {**hidden_of(client, page), "verdict": verdict, "proof_of_self": PASSWORD, **said}
    answer = press(client, f"{page}/decide", data)
    return answer.status_code, plain(answer.get_data(as_text=True))


def test_the_approver_sees_values_gates_papers_and_the_four_levels(app: Flask, at_township: tuple[int, int]) -> None:
    said = text_of(signed_in(app, TOWNSHIP), f"/requests/{at_township[1]}")
    for words in ("要处置什么", "40,000.00", "30,000.00", "定档价值", "关口核验", "重新核过", "材料", "四级办理过程",
                  "应到 312 人，到会 210 人", "无异议", "等您决定", "批准后自动接收", "您的决定"):  # fmt: skip
        assert words in said


def test_nothing_is_chosen_beforehand(app: Flask, at_township: tuple[int, int]) -> None:
    html = signed_in(app, TOWNSHIP).get(f"/requests/{at_township[1]}").get_data(as_text=True)
    assert 'value="AGREE"' in html
    assert " checked" not in html


def test_who_only_looks_sees_the_case_but_no_decision(app: Flask, at_township: tuple[int, int]) -> None:
    said = text_of(signed_in(app, "county_finance"), f"/requests/{at_township[1]}")
    assert "关口核验" in said
    assert "您的决定" not in said


def test_agreeing_without_a_word_writes_what_the_page_said(app: Flask, at_township: tuple[int, int]) -> None:
    client, request_id = signed_in(app, TOWNSHIP), at_township[1]
    shown = "同意按不低于评估价 30,000.00 元公开出售。"
    assert shown in text_of(client, f"/requests/{request_id}")
    assert sign(client, request_id, "AGREE")[0] == 303
    db.session.rollback()
    assert list_decisions(request_id)[-1].opinion == shown


def test_from_the_workbench_it_is_three_clicks_to_agree(app: Flask, at_township: tuple[int, int]) -> None:
    client, (case_id, request_id) = signed_in(app, TOWNSHIP), at_township
    assert f"/requests/{request_id}" in links_of(client, "/")
    assert sign(client, request_id, "AGREE")[0] == 303
    assert case_of(case_id).state is DisposalStatus.APPROVED


def pledge(number: str) -> None:
    with transaction(VILLAGE):
        facts = EncumbranceFacts(EncumbranceKind.PLEDGE, "石柱农商行", "抵押字1号", TODAY)
        add_encumbrance(asset_of(number), facts, by=person("township_clerk"), on=TODAY)


def test_a_gate_that_closed_meanwhile_stops_agreement_and_nothing_is_lost(app: Flask) -> None:
    number = machine()
    case_id = submitted_case(DisposalKind.SALE, number)
    request_id = lead(case_id, until="TOWNSHIP_SUPERVISOR").id
    pledge(number)
    client = signed_in(app, TOWNSHIP)
    assert "现在不能同意" in text_of(client, f"/requests/{request_id}")
    status, said = sign(client, request_id, "AGREE", opinion="现场看过，同意出售")
    assert status == 409
    assert "无抵押、查封、争议" in said
    assert "现场看过，同意出售" in said
    assert "挡审批" in said
    db.session.rollback()
    assert request_of(case_id).state is RequestStatus.OPEN
    assert (
        find_asked(case_id, Moment.DECIDE) is None or "township" not in find_asked(case_id, Moment.DECIDE).asked_by_text
    )


def test_sending_back_is_open_where_a_gate_is_closed(app: Flask) -> None:
    number = machine()
    case_id = submitted_case(DisposalKind.SALE, number)
    request_id = lead(case_id, until="TOWNSHIP_SUPERVISOR").id
    pledge(number)
    client = signed_in(app, TOWNSHIP)
    assert sign(client, request_id, "SEND_BACK", opinion="先解除抵押", defect="抵押")[0] == 303
    assert case_of(case_id).state is DisposalStatus.SENT_BACK


def test_a_price_that_waits_shows_itself_against_the_value_in_figures_and_percent(app: Flask) -> None:
    case_id = approved_case(DisposalKind.SALE, machine(), report_fen=3_000_000)
    priced(case_id, 2_800_000)
    row = find_price(case_id)
    assert row is not None
    request_id = request_of(row.id, "disposal_price").id
    said = text_of(signed_in(app, TOWNSHIP), f"/requests/{request_id}")
    for words in ("28,000.00", "30,000.00", "93.33%", "-2,000.00", "成交价重新审批", "四级办理过程"):
        assert words in said
    assert "看重新审批" in text_of(signed_in(app, "village_clerk"), f"/disposals/{case_id}")


def test_other_subjects_keep_their_page(app: Flask) -> None:
    from tests.assets.title.making import fill_in, opened, storehouse, submitted
    from tests.assets.title.making import request_of as title_request

    case_id = opened(storehouse("一号库"))
    fill_in(case_id)
    submitted(case_id)
    said = text_of(signed_in(app, "village_clerk"), f"/requests/{title_request(case_id).id}")
    assert "申请的事" in said
    assert "关口核验" not in said
