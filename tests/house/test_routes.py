"""Every route names its permission, and looking changes nothing."""

import hashlib
from collections.abc import Mapping

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import IntegerConverter

from registry.assets.register.cards.models import Asset
from registry.audit.actions import Action
from registry.audit.services import record
from registry.changes import Audited
from registry.database import db, marked_tables, transaction
from registry.permissions import Permission, Role
from registry.web import open_to_all, requires
from tests.factories import PASSWORD, VILLAGE, confirmed, person

#: Pages that anybody may open; a new one is added here on purpose.
OPEN = {
    "accounts.second_factor", "accounts.sign_in", "lookup.scanned", "operations.healthz", "operations.readyz",
    "operations.setup", "policy.public", "reports.verify", "reports.verify_form", "web.set_large",
    "public_notices.board", "public_notices.look_up", "public_notices.notice",
    "public_notices.object_to", "public_notices.pass_on_by_receipt",
    "public_pages.figures", "public_pages.find", "public_pages.index", "public_pages.poster", "public_pages.qr",
    "public_pages.show", "rest.description", "rest.index",
}  # fmt: skip


def unguarded(views: Mapping[str, object]) -> list[str]:
    """Return the endpoints that name no permission and are not said to be open."""
    return sorted(name for name, view in views.items() if name != "static" and not hasattr(view, "permission"))


def open_endpoints(app: Flask) -> set[str]:
    """Return the endpoints that anybody may open."""
    return {name for name, view in app.view_functions.items() if getattr(view, "permission", False) is None}


def plain_pages(app: Flask) -> list[str]:
    """Return the addresses that can be looked at without saying which thing."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments]
    return sorted(rule.rule for rule in rules)


def audited_digest() -> str:
    """Return one digest over every row that the trail must know."""
    digest = hashlib.sha256()
    for name, model in sorted(marked_tables(Audited).items()):
        rows = db.session.execute(select(model.__table__)).all()
        digest.update(f"{name}{sorted(map(repr, rows))}".encode())
    db.session.rollback()
    return digest.hexdigest()


def left_over() -> list[object]:
    """Return what a request put into the session and did not write."""
    return [*db.session.new, *db.session.dirty, *db.session.deleted]


def test_every_route_names_its_permission(app: Flask) -> None:
    assert unguarded(app.view_functions) == []


def test_every_named_permission_is_held_by_some_role(app: Flask) -> None:
    named = {getattr(view, "permission", None) for view in app.view_functions.values()} - {None}
    assert named <= set(Permission)


def test_no_page_is_open_that_was_not_meant_to_be(app: Flask) -> None:
    assert open_endpoints(app) == OPEN


def test_a_stranger_is_sent_to_the_sign_in_page(client: FlaskClient, app: Flask) -> None:
    guarded = [rule for rule in app.url_map.iter_rules() if getattr(app.view_functions[rule.endpoint], "permission", 0)]
    pages = [rule.rule for rule in guarded if "GET" in (rule.methods or ()) and not rule.arguments]
    assert pages
    calls = [page for page in pages if page.startswith("/api/")]
    assert calls
    assert {client.get(page).headers.get("Location", "").split("?")[0] for page in set(pages) - {*calls}} == {"/login"}
    assert {client.get(page).status_code for page in calls} == {401}


@pytest.mark.parametrize("role", Role, ids=str)
def test_looking_at_every_page_changes_no_row_and_breaks_nothing(app: Flask, role: Role) -> None:
    confirmed()
    client = app.test_client()
    client.post("/login", data={"username": role.value.lower(), "password": PASSWORD})
    before = audited_digest()
    broken = {page: status for page in plain_pages(app) if (status := client.get(page).status_code) >= 500}
    assert broken == {}
    assert left_over() == []
    assert audited_digest() == before


def test_no_address_takes_a_number_that_no_row_can_bear(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if "<int" in rule.rule]
    assert rules
    for rule in rules:
        too_much = {name: part.max + 1 for name, part in rule._converters.items() if getattr(part, "max", None)}
        assert len(too_much) == len([part for part in rule._converters.values() if isinstance(part, IntegerConverter)])
        assert min(too_much.values()) == 10**15, rule.rule


def test_a_number_beyond_what_a_database_holds_is_not_found(client: FlaskClient) -> None:
    for address in ("/public/notices/{}", "/public/notices/{}/objections", "/vouchers/{}"):
        assert client.get(address.format(10**20)).status_code == 404


def test_a_route_without_a_permission_would_be_noticed() -> None:
    app, blueprint = Flask("x"), Blueprint("b", __name__)
    blueprint.get("/guarded")(requires(Permission.PRINT)(guarded))
    blueprint.get("/open")(open_to_all(opened))
    blueprint.get("/forgotten")(forgotten)
    app.register_blueprint(blueprint)
    assert unguarded(app.view_functions) == ["b.forgotten"]
    assert open_endpoints(app) == {"b.opened"}


def guarded() -> str:
    return ""


def opened() -> str:
    return ""


def forgotten() -> str:
    return ""


def test_a_page_that_changes_a_row_would_be_noticed(app: Flask) -> None:
    asset = confirmed()
    before = audited_digest()
    asset.name = "x"
    assert left_over() == [asset]
    db.session.rollback()
    with transaction(VILLAGE):
        renamed = db.session.get_one(Asset, asset.id)
        renamed.name = "x"
        record(Action.ASSET_CORRECTED, renamed, by=person("village_clerk"))
    assert audited_digest() != before
