"""The pages of lookup over HTTP, without scripts."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from registry.assets.register.cards.models import Asset
from registry.assets.register.lookup.models import SavedView
from registry.assets.register.registration import OwnerFact
from registry.database import db
from registry.kinds import OwnerKind
from tests.factories import PASSWORD, SIBLING_VILLAGE, VILLAGE, confirmed, entered


def sign_in(client, username):
    assert client.post("/login", data={"username": username, "password": PASSWORD}).status_code == 303
    return client


def key_of(page) -> str:
    return re.search(r'name="one_time_key"[^>]*value="([^"]+)"', page.text)[1]


def test_the_list_shows_number_name_money_and_totals(client):
    asset = confirmed()
    page = sign_in(client, "village_clerk").get("/assets")
    assert page.status_code == 200
    for text in (asset.name, "1,286,400.00", "本条件共", "128.64", "第 1–1 条"):
        assert text in page.text


def test_the_list_asks_for_sign_in(client):
    assert client.get("/assets").status_code == 302
    assert client.get("/assets/500240213203J201900001X").status_code == 302


def test_a_whole_number_leads_straight_to_its_asset(client):
    number = confirmed().asset_no
    sign_in(client, "village_clerk")
    spaced = f"{number[:12]} {number[12:17].lower()} {number[17:]}"
    for text in (number, spaced):
        assert client.get("/assets", query_string={"q": text}).location.endswith(f"/assets/{number}")
    assert client.get("/assets", query_string={"q": number[:14]}).status_code == 200


def test_a_condition_not_understood_shows_no_list_but_what_is_wrong(client):
    asset = confirmed()
    page = sign_in(client, "village_clerk").get("/assets?category=GIFT&year=2019")
    assert page.status_code == 422
    assert "GIFT" in page.text
    assert 'value="2019"' in page.text
    assert asset.asset_no not in page.text.replace(" ", "")


@pytest.mark.parametrize("query", ["after=x", "size=3", "page=2", "after=500240213203-1&before=500240213203-1"])
def test_a_place_not_understood_is_refused(client, query):
    assert sign_in(client, "village_clerk").get(f"/assets?{query}").status_code == 422


@pytest.mark.parametrize("username", ["other_clerk", "other_supervisor"])
def test_another_county_finds_nothing(client, username):
    number = confirmed().asset_no
    sign_in(client, username)
    assert number not in client.get("/assets").text
    assert client.get(f"/assets/{number}").status_code == 404
    assert client.get(f"/assets?region={VILLAGE}").status_code == 404
    assert client.get("/assets", query_string={"q": number}).status_code == 200


def test_a_co_owner_sees_and_opens_a_joint_asset(client):
    owners = (
        OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "甲社", share_bp=6000, region_code=VILLAGE),
        OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "乙社", share_bp=4000, region_code=SIBLING_VILLAGE),
    )
    joint, own = confirmed(owners=owners).asset_no, confirmed().asset_no
    page = sign_in(client, "sibling_clerk").get("/assets")
    assert f"/assets/{joint}" in page.text
    assert f"/assets/{own}" not in page.text
    assert "甲社 60%" in client.get(f"/assets/{joint}").text
    assert client.get(f"/assets/{own}").status_code == 404


@pytest.mark.parametrize("tab", ["overview", "money", "rights", "changes", "files", "trail"])
def test_every_tab_of_an_asset_opens(client, tab):
    number = confirmed().asset_no
    assert sign_in(client, "auditor").get(f"/assets/{number}?tab={tab}").status_code == 200


def test_a_tab_that_is_not_there_does_not_exist(client):
    number = confirmed().asset_no
    assert sign_in(client, "auditor").get(f"/assets/{number}?tab=gossip").status_code == 404


def test_the_money_of_an_asset_visibly_adds_up(client):
    page = sign_in(client, "auditor").get(f"/assets/{confirmed().asset_no}")
    text = unescape(page.text)
    assert "3 笔相加等于原值" in text
    for amount in ("800,000.00", "400,000.00", "86,400.00", "1,286,400.00", "93.28%"):
        assert amount in text


def test_the_trail_of_an_asset_names_who_and_what(client):
    page = sign_in(client, "auditor").get(f"/assets/{confirmed().asset_no}?tab=trail")
    assert "登记资产" in page.text
    assert "确认登记" in page.text


def test_the_second_person_is_offered_to_confirm_and_the_first_is_not(client, app):
    number = entered().asset_no
    assert f"/assets/{number}/confirm" in sign_in(client, "township_clerk").get("/assets").text
    assert f"/assets/{number}/confirm" not in sign_in(app.test_client(), "village_clerk").get("/assets").text


def test_a_reader_is_offered_no_deed(client):
    asset = confirmed()
    page = sign_in(client, "auditor").get("/assets")
    assert f"/assets/{asset.asset_no}/" not in page.text
    assert "登记资产" not in page.text


def test_chosen_columns_are_remembered(client):
    confirmed()
    sign_in(client, "village_clerk")
    assert "资金来源</th>" not in client.get("/assets").text
    for url in ("/assets?cols=source&cols=value", "/assets", "/assets?cols=no_such"):
        page = client.get(url)
        assert "资金来源</th>" in page.text
        assert "购建年度</th>" not in page.text
    assert "购建年度</th>" in client.get("/assets?cols=year.value").text


def test_a_view_is_kept_shown_and_dropped(client):
    confirmed()
    sign_in(client, "village_clerk")
    form = client.get("/assets/views?category=OPERATING&page=last")
    data = {"name": "经营", "query": "category=OPERATING", "one_time_key": key_of(form)}
    assert client.post("/assets/views", data=data).location.endswith("/assets?category=OPERATING")
    assert "经营（我的）" in client.get("/assets").text
    view = db.session.scalars(select(SavedView)).one()
    page = client.get("/assets/views")
    client.post(f"/assets/views/{view.id}/drop", data={"one_time_key": key_of(page)})
    assert "经营（我的）" not in client.get("/assets").text


def test_nobody_drops_the_view_of_another(client, app):
    sign_in(client, "village_clerk")
    form = client.get("/assets/views")
    client.post("/assets/views", data={"name": "我的", "query": "", "one_time_key": key_of(form)})
    view = db.session.scalars(select(SavedView)).one()
    other = sign_in(app.test_client(), "sibling_clerk")
    key = key_of(other.get("/assets/views"))
    assert other.post(f"/assets/views/{view.id}/drop", data={"one_time_key": key}).status_code == 404


def test_a_view_needs_a_name(client):
    sign_in(client, "village_clerk")
    key = key_of(client.get("/assets/views"))
    assert client.post("/assets/views", data={"name": "", "query": "", "one_time_key": key}).status_code == 422


def test_labels_offer_the_assets_of_the_filter(client):
    first, second = confirmed().asset_no, confirmed(name="华溪村光伏电站", subtype="PHOTOVOLTAIC").asset_no
    sign_in(client, "village_clerk")
    page = client.get("/labels?q=光伏")
    assert f'value="{second}"' in page.text
    assert f'value="{first}"' not in page.text
    assert f'value="{first}"' in client.get(f"/labels?no={first}").text


def test_a_scanned_label_tells_anybody_what_it_is_and_neither_money_nor_persons(client):
    asset = confirmed(custodian="张三")
    page = client.get(f"/q/{asset.asset_no}")
    assert page.status_code == 200
    for text in (asset.name, "华溪村", "经营性资产"):
        assert text in page.text
    for text in ("1,286,400", "1286400", "张三", "股份经济合作社", f"/assets/{asset.asset_no}"):
        assert text not in page.text
    assert f"/assets/{asset.asset_no}" in sign_in(client, "auditor").get(f"/q/{asset.asset_no}").text


def test_a_label_of_a_card_that_nobody_confirmed_tells_nothing(client):
    assert client.get(f"/q/{entered().asset_no}").status_code == 404
    assert client.get("/q/500240213203J201999999X").status_code == 404


def test_an_empty_list_offers_to_drop_a_condition(client):
    confirmed()
    page = sign_in(client, "village_clerk").get("/assets?q=冷链&use_status=DAMAGED")
    assert "没有符合全部条件的资产" in page.text
    assert "有 1 项" in page.text


def test_a_search_of_markup_stays_text(client):
    page = sign_in(client, "village_clerk").get("/assets", query_string={"q": '"><script>x</script>'})
    assert "<script>x" not in page.text


def test_a_list_writes_nothing(client, app):
    confirmed()
    sign_in(client, "village_clerk")
    before = db.session.execute(select(Asset.version_id)).all()
    client.get("/assets?q=冷链")
    assert db.session.execute(select(Asset.version_id)).all() == before
