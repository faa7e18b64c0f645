"""What else the database refuses of cases, executions, cards and money; each beside what it lets pass."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from registry.approvals.requests.querying import answer_query, put_query
from registry.approvals.requests.states import Verdict
from registry.config import current
from registry.database import db, transaction
from registry.disposal.kinds import DisposalKind
from registry.operations.schema import owner_engine
from tests.disposal.scenery import (
    approved_case,
    asset_of,
    lead,
    lines_of,
    machine,
    opened_case,
    policy,
    request_of,
    say,
    submitted_case,
)
from tests.disposal.selling import sold_case
from tests.disposal.shortcuts.attacks import carried_out, decision, position_of, refusal_of, standing
from tests.disposal.shortcuts.prices import execution, price_id_of
from tests.disposal.shortcuts.scene import Scene
from tests.disposal.shortcuts.table import at_township, goats
from tests.factories import TODAY, VILLAGE, person
from tests.house.test_migrations import GUARDS

Statements = tuple[str, ...]
#: Within the days of the filing.
CALLED_ON = date(2026, 11, 9)


def _decision(app: Flask, **changes: str) -> str:
    found = request_of(at_township(app).case_id)
    return decision(found, position_of(found, "TOWNSHIP_SUPERVISOR"), "township_supervisor", **changes)


def of_other_content(app: Flask) -> Statements:
    return (_decision(app, content_digest=f"'{'0' * 64}'"),)


def of_nobody(app: Flask) -> Statements:
    return (_decision(app, by_id="NULL"),)


def release_of_what_was_not_called_in(_app: Flask) -> Statements:
    found = request_of(approved_case())
    return (decision(found, position_of(found, "MUNICIPAL_SUPERVISOR"), "municipal_supervisor", "RELEASE"),)


def released_by_hand(_app: Flask) -> Statements:
    case_id = approved_case()
    say(request_of(case_id), Verdict.CALL_IN, "municipal_supervisor", CALLED_ON, "请说明作价依据。")
    step = f"request_id = {request_of(case_id).id} AND status = 'CALLED_IN'"
    return (f"UPDATE approval_step SET status = 'RELEASED' WHERE {step}",)


def approved_while_called_in(_app: Flask) -> Statements:
    case_id = approved_case()
    say(request_of(case_id), Verdict.CALL_IN, "municipal_supervisor", CALLED_ON, "请说明作价依据。")
    return (f"UPDATE approval_request SET status = 'APPROVED' WHERE id = {request_of(case_id).id}",)


def withdrawn_and_back(_app: Flask) -> Statements:
    found = request_of(submitted_case())
    return (
        f"UPDATE approval_request SET status = 'WITHDRAWN' WHERE id = {found.id}",
        f"UPDATE approval_request SET status = 'OPEN' WHERE id = {found.id}",
    )


def another_content(_app: Flask) -> Statements:
    return (f"UPDATE approval_request SET content = 'x' WHERE id = {request_of(approved_case()).id}",)


def another_submitter(_app: Flask) -> Statements:
    other = person("village_head").id
    return (f"UPDATE approval_request SET submitted_by_id = {other} WHERE id = {request_of(submitted_case()).id}",)


def another_case(_app: Flask) -> Statements:
    return (f"UPDATE approval_request SET case_id = '99' WHERE id = {request_of(approved_case()).id}",)


def carried_out_unapproved(_app: Flask) -> Statements:
    scene = Scene(submitted_case(DisposalKind.SCRAP))
    return (execution(scene, price_id="NULL", price_fen="0"),)


def carried_out_while_called_in(_app: Flask) -> Statements:
    case_id = approved_case(DisposalKind.SCRAP)
    say(request_of(case_id), Verdict.CALL_IN, "municipal_supervisor", CALLED_ON, "请说明作价依据。")
    return (execution(Scene(case_id), price_id="NULL", price_fen="0"),)


def carried_out_by_who_asked(_app: Flask) -> Statements:
    case_id = sold_case()
    return (execution(Scene(case_id, other_id=price_id_of(case_id)), by="village_clerk"),)


def another_owner(_app: Flask) -> Statements:
    return (f"UPDATE disposal_case SET owner_id = owner_id + 1 WHERE id = {submitted_case()}",)


def made_past(_app: Flask) -> Statements:
    return (f"UPDATE disposal_case SET is_legacy = (1 = 1) WHERE id = {opened_case()}",)


def left_out_late(_app: Flask) -> Statements:
    return (f"UPDATE disposal_line SET decision = 'LEFT_OUT' WHERE case_id = {submitted_case()}",)


def closed_by_no_case(_app: Flask) -> Statements:
    return (f"UPDATE asset SET stage = 'DISPOSED' WHERE id = {asset_of(machine()).id}",)


def closed_before_it_is_done(_app: Flask) -> Statements:
    asset_id = lines_of(approved_case(DisposalKind.SCRAP))[0].asset_id
    return (f"UPDATE asset SET stage = 'DISPOSED' WHERE id = {asset_id}",)


def goats_without_a_word(_app: Flask) -> Statements:
    return (f"UPDATE asset SET stage = 'DISPOSED' WHERE id = {asset_of(goats()).id}",)


def _queried() -> int:
    case_id, by = approved_case(), person("municipal_supervisor")
    with transaction(VILLAGE):
        row = put_query(request_of(case_id), "作价依据是什么？", by=by, on=CALLED_ON, policy=policy())
        answer_query(row, request_of(case_id), "按评估价。", [], by=person("village_clerk"), on=TODAY)
        return row.id


def another_question(_app: Flask) -> Statements:
    return (f"UPDATE approval_query SET question = 'x' WHERE id = {_queried()}",)


def another_answer(_app: Flask) -> Statements:
    return (f"UPDATE approval_query SET answer = 'x' WHERE id = {_queried()}",)


#: What is tried → what the database says.
REFUSED: dict[Callable[[Flask], Statements], str] = {
    of_other_content: "binds the content",
    of_nobody: "never decides it",
    release_of_what_was_not_called_in: "has not reached this step",
    released_by_hand: "released by a decision",
    approved_while_called_in: "not every step",
    withdrawn_and_back: "stays over",
    another_content: "only after it was sent back",
    another_submitter: "only after it was sent back",
    another_case: "stays about its case",
    carried_out_unapproved: "to which every level agreed",
    carried_out_while_called_in: "to which every level agreed",
    carried_out_by_who_asked: "does not carry it out",
    another_owner: "only after it was sent back",
    made_past: "before go-live",
    left_out_late: "only after it was sent back",
    closed_by_no_case: "only by a case",
    closed_before_it_is_done: "only by a case",
    goats_without_a_word: "only by a case",
    another_question: "as it was put",
    another_answer: "answered once",
}


@pytest.mark.parametrize("tried", REFUSED, ids=lambda one: one.__name__)
def test_the_database_refuses_it(any_app: Flask, tried: Callable[[Flask], Statements]) -> None:
    statements = tried(any_app)
    before = standing()
    assert REFUSED[tried] in refusal_of(*statements)
    assert standing() == before


def call_in(_app: Flask) -> Statements:
    found = request_of(approved_case())
    return (decision(found, position_of(found, "MUNICIPAL_SUPERVISOR"), "municipal_supervisor", "CALL_IN"),)


def scrapped(_app: Flask) -> Statements:
    """Carried out by the second person; then the card closes, the request and the case are done."""
    case_id = approved_case(DisposalKind.SCRAP)
    return (
        execution(Scene(case_id), price_id="NULL", price_fen="0"),
        f"UPDATE approval_request SET status = 'EXECUTED' WHERE id = {request_of(case_id).id}",
        f"UPDATE disposal_case SET status = 'DONE' WHERE id = {case_id}",
        f"UPDATE asset SET stage = 'DISPOSED' WHERE id = {lines_of(case_id)[0].asset_id}",
    )


def mended_after_it_was_sent_back(_app: Flask) -> Statements:
    case_id = submitted_case()
    lead(case_id, until="TOWNSHIP_SUPERVISOR")
    found = request_of(case_id)
    say(found, Verdict.SEND_BACK, "township_supervisor", TODAY, "价格依据不足。", "评估报告")
    return (
        f"UPDATE disposal_case SET kind = 'DONATION' WHERE id = {case_id}",
        f"UPDATE disposal_line SET decision = 'LEFT_OUT' WHERE case_id = {case_id}",
        f"UPDATE approval_request SET content = 'x' WHERE id = {found.id}",
    )


@pytest.mark.parametrize("lawful", [call_in, scrapped, mended_after_it_was_sent_back], ids=lambda one: one.__name__)
def test_the_database_lets_it_pass(any_app: Flask, lawful: Callable[[Flask], Statements]) -> None:
    assert carried_out(*lawful(any_app)) == 1


def test_without_its_guards_the_database_takes_everything(any_app: Flask) -> None:
    """The control: what the guards refuse is carried out once their owner has taken them down."""
    statements = {tried: tried(any_app) for tried in (of_nobody, another_content, closed_by_no_case)}
    db.session.rollback()
    db.engine.dispose()
    engine = owner_engine(current())
    with engine.begin() as connection:
        GUARDS["lift_rules"](connection)
    engine.dispose()
    for tried, sent in statements.items():
        assert carried_out(*sent) == 1, tried.__name__
