"""Every route × every role, and every route with an object × where that object lies."""

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from registry.accounts.models import User, UserGrant
from registry.assets.register.funding import FundingSource
from registry.assets.register.projects.rules import ProjectFacts
from registry.assets.register.projects.services import add_project
from registry.assets.register.registration import FundingFact
from registry.database import db, transaction
from registry.permissions import Permission, Role, may, system_actor
from registry.regions import covers
from tests.authorisation.entering import is_call
from tests.authorisation.matrix import (
    IN_QUERY,
    MATRIX,
    NOT_YET,
    OBJECTS,
    OF_NO_SECTOR,
    OPEN_OBJECTS,
    PERSONAL,
)
from tests.authorisation.objects import UNITS, Objects, address, digests, methods, objects_of, rules, signed_in
from tests.authorisation.roles import ADMINISTRATORS, ANYBODY
from tests.factories import (
    COUNTY,
    MUNICIPALITY,
    OTHER_COUNTY,
    SEATS,
    SIBLING_VILLAGE,
    VILLAGE,
    add_person,
    person,
)


@pytest.fixture
def objects(app: Flask) -> dict[str, Objects]:
    """An asset, a project, a person and a grant in each of the units."""
    return {unit: objects_of(unit) for unit in UNITS}


def test_every_route_stands_in_the_matrix_and_every_row_is_a_route(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(MATRIX)


def test_every_object_in_a_path_is_known_to_the_matrix(app: Flask) -> None:
    named = {name for rule in app.url_map.iter_rules() for name in rule.arguments}
    assert named - OBJECTS - PERSONAL == set()


def test_the_matrix_says_what_the_permissions_say(app: Flask) -> None:
    said = {}
    for rule in app.url_map.iter_rules():
        needed: Permission | None = getattr(app.view_functions[rule.endpoint], "permission", None)
        said[rule.endpoint] = (
            ANYBODY if needed is None else {role for role in Role if may(person(role.value.lower()), needed)}
        )
        if is_call(rule.rule):
            said[rule.endpoint] = said[rule.endpoint] - ADMINISTRATORS
    assert said == MATRIX


@pytest.mark.parametrize("role", list(Role), ids=lambda role: str(role).lower())
def test_a_role_enters_exactly_the_routes_of_the_matrix(app: Flask, role: Role) -> None:
    client = signed_in(app.test_client(), role.value.lower())
    wrong = []
    for rule in rules(app):
        for method in methods(rule):
            status = client.open(address(app, rule, {}), method=method).status_code
            if (status not in {401, 403}) is not (role in MATRIX.get(rule.endpoint, ANYBODY)) or status >= 500:
                wrong.append((rule.endpoint, method, status))
    assert wrong == []


def test_a_visitor_is_asked_to_sign_in_everywhere_but_on_the_open_pages(app: Flask) -> None:
    client, wrong = app.test_client(), []
    for rule in rules(app):
        for method in methods(rule):
            answer = client.open(address(app, rule, {}), method=method)
            asked = answer.status_code == 302 and answer.location.startswith("/login?next=")
            asked = asked or (is_call(rule.rule) and answer.status_code == 401)
            if asked is (None in MATRIX.get(rule.endpoint, ANYBODY)):
                wrong.append((rule.endpoint, method, answer.status_code))
    assert wrong == []


def _entrances(app: Flask, role: Role) -> list[tuple[Rule, str, str]]:
    """Return the routes with an object that a role may enter: rule, method, kind of object."""
    allowed = [r for r in rules(app) if role in MATRIX.get(r.endpoint, frozenset()) and r.endpoint not in OPEN_OBJECTS]
    return [(r, method, kind) for r in allowed for kind in sorted(r.arguments & OBJECTS) for method in methods(r)]


@pytest.mark.parametrize("role", list(Role), ids=lambda role: str(role).lower())
def test_a_foreign_object_does_not_exist_and_nothing_changes(
    app: Flask, objects: dict[str, Objects], role: Role
) -> None:
    client, seat = signed_in(app.test_client(), role.value.lower()), SEATS[role]
    foreign = [one for unit, one in objects.items() if not covers(seat, unit) or role is Role.CUSTODIAN]
    before, seen = digests(), []
    for rule, method, kind in _entrances(app, role):
        for one in foreign:
            url = address(app, rule, {kind: getattr(one, kind)})
            status = client.open(url, method=method, asset_no=one.asset_no).status_code
            if status != 404:
                seen.append((rule.endpoint, method, one.region_code, status))
    for endpoint, name, kind in IN_QUERY:
        if role in MATRIX[endpoint]:
            rule = next(r for r in app.url_map.iter_rules() if r.endpoint == endpoint)
            answers = {client.get(address(app, rule, {name: getattr(x, kind)}), query_string={name: getattr(x, kind)})
                       .status_code for x in foreign}  # fmt: skip
            seen += [(endpoint, name, status) for status in answers - {404}]  # type: ignore[misc]
    assert seen == []
    assert digests() == before


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.CUSTODIAN], ids=lambda role: str(role).lower())
def test_an_object_within_reach_is_found(app: Flask, objects: dict[str, Objects], role: Role) -> None:
    client, seat = signed_in(app.test_client(), role.value.lower()), SEATS[role]
    own = [one for unit, one in objects.items() if covers(seat, unit)]
    lost = []
    for rule, method, kind in _entrances(app, role):
        for one in own if method == "GET" and rule.arguments <= OBJECTS else ():
            if rule.endpoint in NOT_YET or (role is Role.SECTOR_OFFICER and rule.endpoint in OF_NO_SECTOR):
                continue
            if client.get(address(app, rule, {kind: getattr(one, kind)})).status_code in {404, 500}:
                lost.append((rule.endpoint, one.region_code))
    assert lost == []


def test_an_id_in_the_body_is_held_to_the_same_scope(app: Flask, objects: dict[str, Objects]) -> None:
    client, before = signed_in(app.test_client(), "village_clerk"), digests()
    own, foreign = objects[VILLAGE], objects[SIBLING_VILLAGE]
    number, nobodys = foreign.asset_no, "X" * len(foreign.asset_no)
    link, unlink = (f"/projects/{own.project_id}/{deed}" for deed in ("link", "unlink"))
    assert client.post(unlink, data={"asset_no": number, "one_time_key": "k"}).status_code == 404
    # What somebody types is answered on its form: a foreign asset in the very words of one that does not exist.
    typed = {one: client.post(link, data={"asset_no": one, "one_time_key": "k"}) for one in (number, nobodys)}
    assert {answer.status_code for answer in typed.values()} == {422}
    assert f"没有找到编号为“{number}”的资产" in typed[number].text
    assert typed[number].text.replace(number, nobodys) == typed[nobodys].text
    assert digests() == before


def test_lists_totals_and_documents_count_only_what_is_within_reach(app: Flask, objects: dict[str, Objects]) -> None:
    client = signed_in(app.test_client(), "village_clerk")
    pages = [client.get("/projects").text, client.get("/projects?q=冷链").text]
    assert all("<strong>1</strong>" in page for page in pages)
    assert client.get(f"/projects?region={SIBLING_VILLAGE}").text.count("/projects/") < pages[0].count("/projects/")
    assert "10,000.00" in client.get("/funding?document=").text


def test_nobody_grants_beyond_their_own_county(app: Flask, objects: dict[str, Objects]) -> None:
    with transaction(COUNTY, MUNICIPALITY):
        add_person("county_security", Role.SECURITY_ADMINISTRATOR, COUNTY, system_actor(MUNICIPALITY))
    client = signed_in(app.test_client(), "county_security")
    before = digests()
    form = {
        "role": "AUDITOR",
        "region_code": OTHER_COUNTY,
        "valid_from": "2999-01-01",
        "basis": "x",
        "one_time_key": "k",
    }
    assert client.post(f"/admin/grants/{objects[COUNTY].user_id}", data=form).status_code == 403
    assert digests() == before


def test_the_digest_of_all_tables_notices_a_change(app: Flask) -> None:
    before = digests()
    with transaction(VILLAGE):
        add_project(
            ProjectFacts(VILLAGE, "x", 2019, (FundingFact(FundingSource.POVERTY_FUND, 1),)), by=person("village_clerk")
        )
    assert digests() != before
    assert set(before) > {"asset", "project", "user", "user_grant", "region", "value_change", "funding_line"}


def test_a_route_left_out_of_the_matrix_would_be_noticed(app: Flask) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "")
    assert "forgotten" not in MATRIX
    with pytest.raises(AssertionError):
        test_every_route_stands_in_the_matrix_and_every_row_is_a_route(app)


def test_the_people_of_the_matrix_hold_the_one_role_they_are_named_after(app: Flask) -> None:
    rows = db.session.execute(select(User.username, UserGrant.role).join(UserGrant, UserGrant.user_id == User.id))
    held = dict(rows.all())
    assert all(held[role.value.lower()] == role.value for role in Role)
