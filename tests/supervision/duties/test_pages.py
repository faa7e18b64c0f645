"""The duty list over HTTP: a clerk enters, the head confirms, the level above sees it; on paper, and by a program."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from registry.clock import today
from registry.regions import Level
from registry.reports.catalogue import REPORTS, ReportName
from registry.reports.duty_list import collect
from registry.reports.parameters import NOTHING
from registry.supervision.duties.catalogue import duties_at
from registry.supervision.duties.rules import Standing
from tests.factories import COUNTY, SIBLING_VILLAGE, TOWNSHIP, VILLAGE, person
from tests.journeys.browser import Visitor
from tests.rest.program import Program
from tests.supervision.duties.naming import CUSTODY, confirmed_holder, named

AT = f"/duties/{VILLAGE}/{CUSTODY}"


def visitor(app: Flask) -> Callable[[str], Visitor]:
    return lambda username: Visitor(app.test_client(), username)


def test_a_clerk_names_somebody_the_head_confirms_and_the_township_sees_it(app: Flask) -> None:
    clerk, head, above = (visitor(app)(name) for name in ("village_clerk", "village_head", "township_supervisor"))
    app.config["WTF_CSRF_ENABLED"] = True
    assert "责任人缺失" in clerk.open("/todo").text
    clerk.open("/duties")
    clerk.open(clerk.link(f"{AT}/name"))
    clerk.send(name="谭正国", post="村委会委员", valid_from=today().isoformat())
    assert "已登记，等第二人确认" in clerk.page.text
    assert "待确认：谭正国" in clerk.page.text
    assert "责任人待确认" in head.open("/todo").text
    head.open(head.link("/duties/entries/"))
    head.send(answer="agree")
    assert "已记下您的意见" in head.page.text
    changes = head.open(AT).text
    assert all(words in changes for words in ("谭正国", "村委会委员", "已确认"))
    page = above.open("/duties").text
    assert "下级落实情况" in page
    assert f'href="/duties/{VILLAGE}"' in page


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(app: Flask) -> None:
    clerk = visitor(app)("village_clerk")
    clerk.open(f"{AT}/name")
    clerk.send(name="谭正国", valid_from=today().isoformat(), document="分工〔2026〕1号")
    assert (clerk.page.status_code, "请填写职务" in clerk.page.text) == (422, True)
    assert 'value="谭正国"' in clerk.page.text
    assert 'value="分工〔2026〕1号"' in clerk.page.text
    clerk.send(post="委员", valid_from=(today() + timedelta(days=400)).isoformat())
    assert (clerk.page.status_code, "起始日期不能早于" in clerk.page.text) == (422, True)


def test_a_second_entry_of_a_duty_meets_a_conflict(app: Flask) -> None:
    named()
    clerk = visitor(app)("village_clerk")
    clerk.open(f"{AT}/name")
    clerk.send(name="马培清", post="委员", valid_from=today().isoformat())
    assert (clerk.page.status_code, "已经有一条登记等着确认" in clerk.page.text) == (409, True)


def test_whoever_entered_is_not_offered_the_answer(app: Flask) -> None:
    holder_id = named(by=person("municipal_supervisor"))
    page = visitor(app)("municipal_supervisor").open(f"/duties/entries/{holder_id}")
    assert "要由另一个人确认" in page.text
    assert "记下意见" not in page.text


def test_another_village_s_list_does_not_exist(app: Flask) -> None:
    stranger = visitor(app)("sibling_clerk")
    for url in (f"/duties/{VILLAGE}", AT, f"{AT}/name", f"/duties/{SIBLING_VILLAGE}/T-DAILY"):
        assert stranger.open(url).status_code == 404
    assert stranger.open(f"/duties/{SIBLING_VILLAGE}").status_code == 200


def test_a_custodian_meets_what_is_in_their_care_and_no_duty_list(app: Flask) -> None:
    custodian = visitor(app)("custodian")
    assert custodian.open("/duties").status_code == 403
    assert visitor(app)("village_clerk").open("/duties").status_code == 200


def test_the_list_goes_on_paper_with_its_gaps(app: Flask) -> None:
    confirmed_holder()
    figures = collect(TOWNSHIP, NOTHING, actor=person("township_clerk"), on=today())
    assert len(figures.lines) >= len(duties_at(Level.TOWNSHIP)) + 2 * len(duties_at(Level.VILLAGE))
    assert figures.count(Standing.NAMED) == 1
    assert figures.count(Standing.MISSING) == len(figures.lines) - 1
    assert next(one for one in figures.lines if one.name).post == "村委会委员"
    earlier = collect(TOWNSHIP, NOTHING, actor=person("township_clerk"), on=today() - timedelta(days=31))
    assert earlier.count(Standing.NAMED) == 0
    clerk = visitor(app)("township_clerk")
    clerk.open(f"/duties/{TOWNSHIP}")
    clerk.send(f"/duties/{TOWNSHIP}/print")
    assert "已打印并登记" in clerk.page.text
    serial = clerk.page.request.path.rsplit("/", 1)[1]
    pdf, xlsx = (clerk.client.get(f"/prints/{serial}.{kind}").data[:4] for kind in ("pdf", "xlsx"))
    assert (pdf, xlsx) == (b"%PDF", b"PK\x03\x04")
    assert REPORTS[ReportName.DUTY_LIST].formats == ("pdf", "xlsx")


def test_a_program_names_and_another_confirms(app: Flask, client: FlaskClient) -> None:
    clerk, head = (Program(app.test_client(), name) for name in ("village_clerk", "village_head"))
    body = {
        "region_code": VILLAGE, "duty": CUSTODY, "name": "谭正国", "post": "村委会委员",
        "valid_from": today().isoformat(),
    }  # fmt: skip
    assert clerk.post("/duty-entries", {**body, "post": ""}).json["type"].endswith("post-missing")
    assert clerk.post("/duty-entries", {**body, "region_code": SIBLING_VILLAGE}).status_code == 403
    assert clerk.post("/duty-entries", {**body, "duty": "T-DAILY"}).status_code == 404
    made = clerk.post("/duty-entries", body)
    assert (made.status_code, made.json["status"]) == (201, "WAITING"), made.text
    at = made.headers["Location"]
    assert clerk.post(f"{at}/decide", {"agrees": True}).status_code == 403
    assert head.post(f"{at}/decide", {"agrees": False}).status_code == 422
    assert head.post(f"{at}/decide", {"agrees": True}).json["status"] == "CONFIRMED"
    assert clerk.post(f"{at}/withdraw").status_code == 409
    duty = next(one for one in clerk.get(f"/duties?region={VILLAGE}").json["items"] if one["code"] == CUSTODY)
    assert (duty["standing"], duty["holder"]["name"], duty["waiting"]) == ("NAMED", "谭正国", None)
    (tally,) = clerk.get(f"/duty-tallies?region={VILLAGE}").json["items"]
    assert (tally["named"], tally["missing"]) == (1, len(duties_at(Level.VILLAGE)) - 1)
    assert clerk.get(f"/duties?region={COUNTY}").status_code == 404
