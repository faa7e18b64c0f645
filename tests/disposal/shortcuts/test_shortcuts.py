"""Every illegal shortcut of a disposal is refused by rule and by the database: over page, program and SQL."""

from collections.abc import Callable

import pytest
from flask import Flask

from registry.clock import today
from registry.database import db
from registry.disposal.kinds import DisposalKind
from tests.disposal.scenery import case_of, machine, opened_case, request_of, submit
from tests.disposal.shortcuts.attacks import carried_out, refusal_of, standing
from tests.disposal.shortcuts.scene import Shortcut
from tests.disposal.shortcuts.table import SHORTCUTS
from tests.journeys.browser import Visitor
from tests.rest.program import Program

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


def _by_page(app: Flask, case_id: int) -> None:
    Visitor(app.test_client(), "village_clerk").client.post(
        f"/disposals/{case_id}/submit", data={"one_time_key": "lot"}
    )


def _by_program(app: Flask, case_id: int) -> None:
    Program(app.test_client(), "village_clerk").post(f"/disposals/{case_id}/submit")


@pytest.mark.parametrize("submitted", [lambda _app, case_id: submit(case_id, today()), _by_page, _by_program])
def test_two_lots_of_one_owner_go_the_way_of_their_sum(app: Flask, submitted: Callable[[Flask, int], object]) -> None:
    submit(opened_case(DisposalKind.SALE, machine("烘干机一")), today())
    case_id = opened_case(DisposalKind.SALE, machine("烘干机二"))
    submitted(app, case_id)
    db.session.rollback()
    case, request = case_of(case_id), request_of(case_id)
    assert (case.basis_fen, request.amount_fen) == (2 * case.own_fen, 2 * case.own_fen)
    assert request.route_key == "DISPOSAL.COLLECTIVE.2"
