"""Every illegal shortcut of a disposal is refused by rule and by the database: over page, program and SQL."""

import pytest
from flask import Flask

from tests.disposal.scenery import case_of, request_of
from tests.disposal.shortcuts.attacks import carried_out, refusal_of, standing
from tests.disposal.shortcuts.table import SHORTCUTS, Shortcut

REFUSED = {401, 403, 404, 409, 422}
by_name = pytest.mark.parametrize("shortcut", SHORTCUTS, ids=lambda one: one.name)
with_page = pytest.mark.parametrize("shortcut", [one for one in SHORTCUTS if one.page], ids=lambda one: one.name)
with_api = pytest.mark.parametrize("shortcut", [one for one in SHORTCUTS if one.api], ids=lambda one: one.name)


@with_page
def test_no_page_takes_a_shortcut(app: Flask, shortcut: Shortcut) -> None:
    assert shortcut.page is not None
    scene = shortcut.scene(app)
    before = standing()
    assert shortcut.page(app, scene).status_code in REFUSED
    assert standing() == before


@with_api
def test_no_program_takes_a_shortcut(app: Flask, shortcut: Shortcut) -> None:
    assert shortcut.api is not None
    scene = shortcut.scene(app)
    before = standing()
    answer = shortcut.api(app, scene)
    assert answer.status_code in REFUSED
    assert answer.mimetype == "application/problem+json"
    assert standing() == before


@by_name
def test_the_database_refuses_it_and_says_why(any_app: Flask, shortcut: Shortcut) -> None:
    scene = shortcut.scene(any_app)
    before = standing()
    for says, statement in shortcut.sql(scene):
        said = refusal_of(statement)
        assert any(words in said for words in says.split("|")), (said, statement)
    assert standing() == before


@by_name
def test_what_is_lawful_passes_the_database(any_app: Flask, shortcut: Shortcut) -> None:
    assert carried_out(*shortcut.lawful(any_app)) == 1


def test_two_lots_of_one_owner_go_the_way_of_their_sum(app: Flask) -> None:
    split = next(one for one in SHORTCUTS if one.name == "the lot is split")
    case_id = split.scene(app).case_id
    assert case_of(case_id).basis_fen == 2 * case_of(case_id).own_fen
    assert request_of(case_id).route_key == "DISPOSAL.COLLECTIVE.2"
