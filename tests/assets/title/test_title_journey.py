"""Title over HTTP, each as the right person: from the list of candidates to certificate, hand-over and papers."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from registry.approvals.requests.states import Verdict
from registry.assets.title.cases.models import TitleCase
from registry.assets.title.cases.queries import count_sent_back_cases, list_sent_back_cases
from registry.assets.title.encumbrances.queries import list_encumbrances
from registry.assets.title.execution.queries import (
    count_certificates_to_issue,
    count_overdue_hand_overs,
    count_overdue_titles,
    count_sheets_to_sign,
    list_certificates_to_issue,
    list_overdue_hand_overs,
    list_sheets_to_sign,
)
from registry.assets.title.rules import AlreadyHandedOver, CaseStatus
from registry.clock import today
from registry.database import db
from registry.evidence.queries import list_attachments
from registry.kinds import TitleDeed
from registry.reports.catalogue import ReportName
from registry.reports.prints.models import Print
from tests.assets.title.making import (
    agreed,
    asset_of,
    case_of,
    fill_in,
    opened,
    picture,
    policy,
    request_of,
    say,
    storehouse,
    submitted,
    titled,
)
from tests.factories import TODAY, VILLAGE, person
from tests.journeys.browser import Visitor


def new_case_url(deed: str = "FIRST_TITLE", category: str = "OPERATING") -> str:
    return f"/title/new?deed={deed}&region={VILLAGE}&category={category}"


def latest_case() -> TitleCase:
    db.session.rollback()
    return db.session.scalars(select(TitleCase).order_by(TitleCase.id.desc())).first()  # type: ignore[return-value]


def test_a_clerk_takes_a_projects_assets_from_the_list_to_submission(app: Flask) -> None:
    numbers = [storehouse(f"{n}号仓") for n in (1, 2, 3)]
    clerk = Visitor(app.test_client(), "village_clerk")
    clerk.open(new_case_url())
    assert all(number[:12] in clerk.page.text for number in numbers)
    assert "已起草" in clerk.send("/title/new", whole="y").text
    case_id = latest_case().id
    clerk.open(f"/title/{case_id}/submit")
    assert "还有 3 项没有核实" in clerk.page.text
    clerk.open(f"/title/{case_id}/lines")
    assert "已记下 3 项" in clerk.send(verification="MATCHES", decision="CONFIRMED", whole="y").text
    clerk.open(f"/title/{case_id}/papers")
    states = {f"papers__{n}__state": "PRESENT" for n in range(8)}
    assert "材料清单已保存" in clerk.send(**states).text
    clerk.open(f"/title/{case_id}/submit")
    assert "成员（代表）会议确认" in clerk.page.text
    assert "已提交" in clerk.send().text
    db.session.rollback()
    assert case_of(case_id).state is CaseStatus.SUBMITTED
    assert clerk.open(f"/title/{case_id}/lines").status_code == 409


def test_after_agreement_certificates_are_issued_in_bulk_and_shown_and_printed(app: Flask) -> None:
    numbers = [storehouse(f"{n}号仓") for n in (1, 2)]
    case_id = titled(*numbers)
    assert [one.id for one in list_certificates_to_issue(person("township_clerk"))] == [case_id]
    assert count_certificates_to_issue(person("township_clerk"), 10) == 1
    assert count_certificates_to_issue(person("other_clerk"), 10) == 0
    register = Visitor(app.test_client(), "township_clerk")
    register.open(f"/title/{case_id}/certificates")
    first = asset_of(numbers[0]).id
    done = register.send(day=TODAY.isoformat(), system="COLLECTIVE", **{f"number__{first}": "SZ-1"})
    assert "发证 2 份" in done.text
    page = register.open(f"/assets/{numbers[0]}/title")
    assert "扶资权500240〔2026〕00001号" in page.text
    assert "SZ-1" in page.text
    assert register.send("/title/print").status_code == 200
    db.session.rollback()
    assert db.session.scalars(select(Print.report)).all() == [ReportName.TITLE_CERTIFICATE.value]


def test_real_estate_is_entered_after_the_certificate(app: Flask) -> None:
    number = storehouse()
    register = Visitor(app.test_client(), "township_clerk")
    register.open(f"/assets/{number}/real-estate")
    wanted = {"number": "渝（2026）石柱县不动产权第0001号", "registered_on": TODAY.isoformat()}
    assert register.send(**wanted).status_code == 409
    case_id = titled(number)
    register.open(f"/title/{case_id}/certificates")
    register.send(day=TODAY.isoformat(), system="NONE")
    register.open(f"/assets/{number}/real-estate")
    assert "石柱县不动产权第0001号" in register.send(**wanted).text


def send_sheet(client: FlaskClient, case_id: int, day: str, key: str = "k") -> str:
    data = {"day": day, "file": (BytesIO(picture()), "清单.png"), "one_time_key": key}
    return client.post(f"/title/{case_id}/hand-over", data=data, follow_redirects=True).text


def test_a_hand_over_is_done_when_the_signed_sheet_is_there_and_happens_once(app: Flask) -> None:
    number = storehouse()
    case_id = opened(number, deed=TitleDeed.HAND_OVER, giver="县农业农村委")
    fill_in(case_id)
    submitted(case_id)
    agreed(case_id)
    assert [one.id for one in list_sheets_to_sign(person("village_clerk"))] == [case_id]
    assert count_sheets_to_sign(person("village_clerk"), 10) == 1
    clerk = Visitor(app.test_client(), "village_clerk")
    clerk.open(f"/title/{case_id}/hand-over")
    assert clerk.send("/hand-over/print").status_code == 200
    before = (TODAY - timedelta(days=400)).isoformat()
    assert "日期要在同意之日" in send_sheet(clerk.client, case_id, before)
    assert "移交已完成" in send_sheet(clerk.client, case_id, TODAY.isoformat(), "k2")
    db.session.rollback()
    assert asset_of(number).handed_over_on == TODAY
    assert case_of(case_id).state is CaseStatus.DONE
    assert "HAND_OVER" in {one.kind for one in list_attachments("title_case", str(case_id))}
    with pytest.raises(AlreadyHandedOver):
        opened(number, deed=TitleDeed.HAND_OVER, giver="县农业农村委")


def test_a_register_of_titles_prints_with_its_spreadsheet(app: Flask) -> None:
    titled(storehouse())
    clerk = Visitor(app.test_client(), "village_clerk")
    clerk.open("/reports")
    done = clerk.send("/prints", report="title-register", region_code=VILLAGE, on=today().isoformat())
    assert "已打印并登记" in done.text
    assert ".xlsx" in done.text


def test_encumbrances_are_entered_and_lifted_on_their_pages(app: Flask) -> None:
    number = storehouse()
    register = Visitor(app.test_client(), "township_clerk")
    register.open(f"/assets/{number}/encumbrances")
    told = {"kind": "SEIZURE", "holder": "石柱县法院", "document_no": "（2026）渝0240执1号", "valid_from": "2026-01-05"}
    assert "查封" in register.send(**told).text
    db.session.rollback()
    row = list_encumbrances(asset_of(number).id, TODAY)[0]
    other = Visitor(app.test_client(), "other_clerk")
    assert other.open(f"/encumbrances/{row.id}/lift").status_code == 404
    register.open(f"/encumbrances/{row.id}/lift")
    assert "已解除" in register.send(lifted_on=today().isoformat(), document_no="解封1号").text


def test_a_foreign_case_does_not_exist(app: Flask) -> None:
    case_id = opened(storehouse())
    stranger = Visitor(app.test_client(), "sibling_clerk")
    pages = ("", "/edit", "/lines", "/owners", "/papers", "/files", "/submit", "/withdraw", "/hand-over")
    assert {stranger.open(f"/title/{case_id}{page}").status_code for page in pages} == {404}
    assert "首次确权" not in stranger.open("/title").text.partition("<table")[2]
    assert stranger.open(new_case_url()).status_code == 404


def test_a_stale_form_is_refused_and_nothing_is_overwritten(app: Flask) -> None:
    case_id = opened(storehouse())
    clerk = Visitor(app.test_client(), "village_clerk")
    clerk.open(f"/title/{case_id}/edit")
    fill_in(case_id)
    assert clerk.send(title="改了的名称").status_code == 409
    db.session.rollback()
    assert case_of(case_id).title != "改了的名称"


def test_a_case_sent_back_waits_for_its_sender(app: Flask) -> None:
    case_id = opened(storehouse())
    fill_in(case_id)
    submitted(case_id)
    say(case_id, Verdict.SEND_BACK, "village_supervisory_committee", "缺一页", "合同")
    assert [one.id for one in list_sent_back_cases(person("village_clerk"))] == [case_id]
    assert count_sent_back_cases(person("village_clerk")) == 1
    assert count_sent_back_cases(person("township_clerk")) == 0
    clerk = Visitor(app.test_client(), "village_clerk")
    assert "被退回" in clerk.open(f"/title/{case_id}").text
    clerk.open(f"/title/{case_id}/withdraw")
    assert "已撤回" in clerk.send(reason="不办了").text
    db.session.rollback()
    assert request_of(case_id).status == "WITHDRAWN"


def test_what_is_late_for_title_and_hand_over_is_told_by_the_policys_days(app: Flask) -> None:
    late, soon = TODAY - timedelta(days=61), TODAY - timedelta(days=46)
    storehouse("早验收的", accepted_on=late)
    storehouse("快到期的", accepted_on=soon)
    storehouse("刚验收的", accepted_on=TODAY - timedelta(days=44))
    storehouse("没写验收的")
    clerk = person("village_clerk")
    due = list_overdue_hand_overs(clerk, TODAY, policy())
    assert [(one.asset.name, one.is_late(TODAY)) for one in due] == [("早验收的", True), ("快到期的", False)]
    assert count_overdue_hand_overs(clerk, TODAY, policy(), 10) == 2
    assert count_overdue_titles(clerk, TODAY, policy(), 10) == 2
    assert count_overdue_titles(person("other_clerk"), TODAY, policy(), 10) == 0
