"""What the database itself refuses of evaluations, for whoever comes round the rules; beside what it lets pass."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from flask import Flask

from registry.database import db
from registry.supervision.evaluation.criteria import Criterion
from registry.supervision.evaluation.queries import list_scores
from tests.disposal.shortcuts.attacks import carried_out, copied, refusal_of
from tests.factories import TODAY, confirmed, person
from tests.supervision.evaluation.scoring import (
    confirmed_one,
    done_one,
    given,
    lines_of,
    objection_to,
    opened,
    public,
    published,
    scored,
    submitted,
)

Statements = tuple[str, ...]


def _set(table: str, key: int, what: str) -> str:
    return f"UPDATE {table} SET {what} WHERE id = {key}"


def _me(username: str) -> str:
    return str(person(username).id)


def handed_on() -> int:
    """A submitted evaluation with a score of the township's."""
    public()
    evaluation_id = opened()
    scored(lines_of(evaluation_id)[0].id, given(Criterion.SATISFACTION, 500))
    submitted(evaluation_id)
    return evaluation_id


def another_figure(_app: Flask) -> Statements:
    confirmed()
    return (_set("evaluation_line", lines_of(opened())[0].id, "evidence = '[]'"),)


def another_value(_app: Flask) -> Statements:
    confirmed()
    return (_set("evaluation_line", lines_of(opened())[0].id, "value_fen = 1"),)


def another_scheme(_app: Flask) -> Statements:
    confirmed()
    return (_set("evaluation", opened(), "scheme_text = '{}'"),)


def one_more_asset(_app: Flask) -> Statements:
    found = confirmed(name="门店").id
    line = lines_of(opened())[0]
    later = confirmed(name="后来的门店").id
    assert later != found
    joined = copied("evaluation_line", line.id, asset_id=str(later))
    assert carried_out(joined) == 1
    return joined, _set("evaluation", line.evaluation_id, "status = 'SUBMITTED'")


def one_more_asset_after_submission(_app: Flask) -> Statements:
    line = lines_of(handed_on())[0]
    return (copied("evaluation_line", line.id, asset_id=str(confirmed().id)),)


def a_silent_score(_app: Flask) -> Statements:
    confirmed()
    return (_set("evaluation_line", lines_of(opened())[0].id, "earned_cents = earned_cents + 1"),)


def a_silent_score_after_confirmation(_app: Flask) -> Statements:
    confirmed()
    return (_set("evaluation_line", lines_of(confirmed_one())[0].id, "score_cents = 9900, grade = 'EXCELLENT'"),)


def a_score_while_it_is_checked(_app: Flask) -> Statements:
    score = list_scores(lines_of(handed_on())[0].id)[0]
    return (copied("evaluation_score", score.id, cents="1000"),)


def more_points_than_there_are(_app: Flask) -> Statements:
    public()
    line = lines_of(opened())[0]
    scored(line.id, given(Criterion.SATISFACTION, 500))
    return (copied("evaluation_score", list_scores(line.id)[0].id, cents="points_cents + 1"),)


def an_altered_score(_app: Flask) -> Statements:
    return (_set("evaluation_score", list_scores(lines_of(handed_on())[0].id)[0].id, "cents = 1000"),)


def confirmed_by(username: str) -> Callable[[Flask], Statements]:
    def attack(_app: Flask) -> Statements:
        return (_set("evaluation", handed_on(), f"status = 'CONFIRMED', confirmed_by_id = {_me(username)}"),)

    return attack


def confirmed_by_nobody(_app: Flask) -> Statements:
    return (_set("evaluation", handed_on(), "status = 'CONFIRMED'"),)


def confirmed_before_it_was_submitted(_app: Flask) -> Statements:
    confirmed()
    return (_set("evaluation", opened(), f"status = 'CONFIRMED', confirmed_by_id = {_me('county_agriculture')}"),)


def _end(evaluation_id: int, username: str = "county_agriculture") -> str:
    what = f"status = 'DONE', concluded_on = '{TODAY}', concluded_by_id = {_me(username)}"
    return _set("evaluation", evaluation_id, what)


def without_a_notice(_app: Flask) -> Statements:
    confirmed()
    return (_end(confirmed_one()),)


def before_the_notice_has_hung(_app: Flask) -> Statements:
    confirmed()
    evaluation_id = confirmed_one()
    published(evaluation_id)
    return (_end(evaluation_id),)


def another_digest(_app: Flask) -> Statements:
    confirmed()
    return (_set("evaluation", confirmed_one(), "digest = 'x'"),)


def opened_again(_app: Flask) -> Statements:
    confirmed()
    return (_set("evaluation", done_one(), "status = 'SCORING', concluded_on = NULL"),)


def another_order(_app: Flask) -> Statements:
    confirmed()
    return (_set("evaluation_line", lines_of(opened())[0].id, "support_order = 1"),)


def deleted(_app: Flask) -> Statements:
    confirmed()
    return (f"DELETE FROM evaluation_line WHERE id = {lines_of(opened())[0].id}",)


ATTACKS = {
    "another_figure": another_figure, "another_value": another_value, "another_scheme": another_scheme,
    "one_more_asset": one_more_asset, "one_more_asset_after_submission": one_more_asset_after_submission,
    "a_silent_score": a_silent_score,
    "a_silent_score_after_confirmation": a_silent_score_after_confirmation,
    "a_score_while_it_is_checked": a_score_while_it_is_checked,
    "more_points_than_there_are": more_points_than_there_are, "an_altered_score": an_altered_score,
    "confirmed_by_the_opener": confirmed_by("county_clerk"),
    "confirmed_by_a_scorer": confirmed_by("township_supervisor"), "confirmed_by_nobody": confirmed_by_nobody,
    "confirmed_before_it_was_submitted": confirmed_before_it_was_submitted, "without_a_notice": without_a_notice,
    "before_the_notice_has_hung": before_the_notice_has_hung, "another_digest": another_digest,
    "opened_again": opened_again, "another_order": another_order, "deleted": deleted,
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_the_database_refuses_the_shortcut(any_app: Flask, attack: Callable[[Flask], Statements]) -> None:
    assert refusal_of(*attack(any_app))


def test_joining_costs_the_same_however_many_assets_have_joined(app: Flask) -> None:
    confirmed()
    line = lines_of(opened())[0]
    db.session.rollback()
    # A connection of its own, that asks for no foreign keys: the assets need not be there.
    raw = db.engine.dialect.loaded_dbapi.connect(db.engine.url.database)
    first = _steps_of(raw, copied("evaluation_line", line.id, asset_id="900001"))
    for number in range(300):
        raw.execute(copied("evaluation_line", line.id, asset_id=str(1_000_000 + number)))
    assert _steps_of(raw, copied("evaluation_line", line.id, asset_id="900002")) < 2 * first
    raw.close()


def _steps_of(raw: Any, statement: str) -> int:
    """Return how many steps SQLite takes over a statement and its triggers."""
    steps = count()
    raw.set_progress_handler(lambda: next(steps) * 0, 1)
    raw.execute(statement)
    raw.set_progress_handler(None, 1)
    return next(steps)


def test_the_database_lets_the_straight_way_pass(any_app: Flask) -> None:
    evaluation_id = handed_on()
    line = lines_of(evaluation_id)[0]
    back = _set("evaluation", evaluation_id, "status = 'SCORING'")
    again = copied("evaluation_score", list_scores(line.id)[0].id, cents="1000")
    higher = _set("evaluation_line", line.id, "earned_cents = earned_cents + 500")
    assert carried_out(back, again, higher) == 1
    agreed = f"status = 'CONFIRMED', digest = 'x', confirmed_by_id = {_me('county_agriculture')}"
    assert carried_out(_set("evaluation", evaluation_id, agreed)) == 1


def test_an_appeal_passes_with_its_objection_only(any_app: Flask) -> None:
    public()
    evaluation_id = opened()
    line = lines_of(evaluation_id)[0]
    scored(line.id, given(Criterion.SATISFACTION, 500))
    submitted(evaluation_id)
    first = list_scores(line.id)[0].id
    agreed = f"status = 'CONFIRMED', digest = 'x', confirmed_by_id = {_me('county_agriculture')}"
    confirm = _set("evaluation", evaluation_id, agreed)
    assert refusal_of(confirm, copied("evaluation_score", first, cents="1000"))
    assert refusal_of(confirm, copied("evaluation_score", first, kind="'RESCORED'", objection_id="1"))
    other = confirmed_other()
    told = objection_to(published(other))
    of_other = copied("evaluation_score", first, kind="'RESCORED'", objection_id=str(told))
    assert refusal_of(confirm, of_other)
    own = lines_of(other)[0]
    whole = copied("evaluation_score", first, kind="'RESCORED'", objection_id=str(told), criterion="'TITLE'",
                   evaluation_id=str(other), line_id=str(own.id))  # fmt: skip
    assert carried_out(whole) == 1


def confirmed_other() -> int:
    """Another evaluation, of another year, whose results are confirmed."""
    return confirmed_one(year=TODAY.year)
