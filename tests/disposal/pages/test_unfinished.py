"""What was typed of an application is kept, gone on with by its own person, and over once it is a case."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from registry.assets.register.cards.models import Draft
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from tests.disposal.pages.reading import hidden_of, signed_in, text_of
from tests.disposal.scenery import machine

HALF = {"kind": "SALE", "reason": "闲置两年，没人租"}


def typed(client: FlaskClient, number: str, **fields: str) -> dict[str, str]:
    """Open the page of an application and fill it in half; what its form holds."""
    return {**hidden_of(client, f"/disposals/new?asset={number}"), **HALF, **fields}


def kept(client: FlaskClient, number: str, **fields: str) -> int:
    """Let the page save what was typed; the draft's id."""
    answer = client.post(f"/disposals/drafts?asset={number}", data=typed(client, number, **fields))
    assert "已自动保存" in answer.text
    db.session.rollback()
    return drafts()[0].id


def drafts() -> list[Draft]:
    db.session.rollback()
    return list(db.session.scalars(select(Draft).order_by(Draft.id)))


def test_what_is_typed_is_kept_sealed_and_gone_on_with(any_app: Flask) -> None:
    number = machine()
    client = signed_in(any_app, "village_clerk")
    key = kept(client, number)
    assert "闲置" not in drafts()[0].content
    said = text_of(client, f"/disposals/new?asset={number}")
    assert "有 1 份没写完的申请" in said
    html = client.get("/disposals/new").get_data(as_text=True)
    assert f"/disposals/new?asset={number}&amp;draft={key}" in html
    again = client.get(f"/disposals/new?asset={number}&draft={key}")
    assert "闲置两年，没人租" in again.text
    assert "没写完的申请" not in again.text, "the one that is gone on with is not offered once more"
    assert '<option selected value="SALE">' in again.text
    assert db.session.scalar(select(func.count()).select_from(DisposalCase)) == 0


def test_going_on_and_saving_again_leaves_one_draft(app: Flask) -> None:
    number = machine()
    client = signed_in(app, "village_clerk")
    key = kept(client, number)
    more = {**hidden_of(client, f"/disposals/new?asset={number}&draft={key}"), **HALF, "reason": "闲置三年"}
    client.post(f"/disposals/drafts?asset={number}", data=more)
    assert [one.id for one in drafts()] == [key]
    assert "闲置三年" in client.get(f"/disposals/new?asset={number}&draft={key}").text


def test_what_becomes_a_case_is_no_draft_any_more(app: Flask) -> None:
    number = machine()
    client = signed_in(app, "village_clerk")
    fields = typed(client, number, ground="IDLE", effective_on="2026-11-20", extent="WHOLE", recipient_kind="OTHER")
    client.post(f"/disposals/drafts?asset={number}", data=fields)
    answer = client.post(f"/disposals/new?asset={number}", data=fields)
    assert answer.status_code == 303, answer.text
    assert drafts() == []
    assert db.session.scalar(select(func.count()).select_from(DisposalCase)) == 1


def test_what_is_refused_is_kept(app: Flask) -> None:
    number = machine()
    client = signed_in(app, "village_clerk")
    answer = client.post(f"/disposals/new?asset={number}", data=typed(client, number))
    assert answer.status_code == 422
    assert len(drafts()) == 1
    assert "闲置两年，没人租" in answer.text


def test_a_draft_belongs_to_one_person_and_to_one_page(app: Flask) -> None:
    number = machine()
    client = signed_in(app, "village_clerk")
    key = kept(client, number)
    other = signed_in(app, "sibling_clerk")
    assert other.get(f"/disposals/new?draft={key}").status_code == 404
    assert client.get(f"/assets/new?draft={key}").status_code == 404, "an application is no card"
    assert "没提交的草稿" not in client.get("/assets/new").text
    card = client.post("/assets/drafts", data={**hidden_of(client, "/assets/new"), "name": "半截子"})
    assert "已自动保存" in card.text
    assert "有 1 份没写完的申请" in text_of(client, f"/disposals/new?asset={number}"), "a card is no application"


def test_a_draft_is_given_up(app: Flask) -> None:
    number = machine()
    client = signed_in(app, "village_clerk")
    key = kept(client, number)
    page = f"/disposals/new?asset={number}"
    hidden = hidden_of(client, page)
    assert client.post(f"/disposals/drafts/{key}/drop", data=hidden).status_code == 303
    assert drafts() == []
    assert "没写完的申请" not in client.get(page).text


def test_ticks_of_a_list_are_kept(app: Flask) -> None:
    number, _other = machine(), machine("粉碎机")
    client = signed_in(app, "village_clerk")
    path = "/disposals/new?category=OPERATING"
    fields = {**hidden_of(client, path), **HALF, "no": number}
    client.post("/disposals/drafts?category=OPERATING", data=fields)
    html = client.get(f"{path}&draft={drafts()[0].id}").get_data(as_text=True)
    assert f'value="{number}" checked' in html
    assert html.count(" checked aria-label=") == 1
