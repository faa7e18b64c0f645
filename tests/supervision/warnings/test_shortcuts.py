"""What the database itself refuses of warnings handed on, for whoever comes round the rules; and what it lets pass."""

from collections.abc import Callable

import pytest
from flask import Flask

from registry.database import db, transaction
from registry.supervision.warnings.models import WarningHandOff
from registry.supervision.warnings.queries import get_hand_off, words_of
from registry.supervision.warnings.rules import Verdict
from registry.supervision.warnings.services import answer_hand_off, judge_answer
from tests.disposal.shortcuts.attacks import carried_out, copied, refusal_of
from tests.factories import COUNTY, TODAY, person
from tests.supervision.warnings.test_hand_offs import disputed, handed

Statements = tuple[str, ...]
ENDED = "state = 'ENDED', ended_at = '2026-11-30 00:00:00'"


def open_one() -> int:
    """A matter that the village has to see to."""
    return handed(disputed()).id


def answered() -> int:
    """A matter that its unit has answered."""
    key, by = open_one(), person("village_clerk")
    db.session.rollback()
    with transaction(COUNTY):
        answer_hand_off(get_hand_off(key, by), "已调解", by=by, on=TODAY)
    return key


def over() -> int:
    """A matter whose answer the desk has taken."""
    key, by = answered(), person("township_supervisor")
    db.session.rollback()
    with transaction(COUNTY):
        matter = get_hand_off(key, by)
        judge_answer(matter, Verdict(matter.version_id, True, "已调解，等证书"), by=by, on=TODAY)
    return key


def word(key: int, kind: str, by_id: object) -> str:
    """Write the statement that puts in a word of somebody on a matter that was answered once."""
    return copied("warning_word", words_of([key])[0].id, word=f"'{kind}'", by_id=str(by_id))


def said(key: int, kind: str, username: str) -> str:
    return word(key, kind, person(username).id)


def follows(key: int, becomes: str) -> str:
    return f"UPDATE warning_hand_off SET {becomes} WHERE id = {key}"


def taken_by_who_answered(_app: Flask) -> Statements:
    return (said(answered(), "TAKEN", "village_clerk"),)


def returned_by_who_answered(_app: Flask) -> Statements:
    return (said(answered(), "RETURNED", "village_clerk"),)


def taken_by_who_answered_before(_app: Flask) -> Statements:
    key = answered()
    back, again = said(key, "RETURNED", "township_supervisor"), said(key, "ANSWER", "village_head")
    return (
        back, follows(key, "state = 'OPEN'"), again, follows(key, "state = 'ANSWERED'"),
        said(key, "TAKEN", "village_clerk"),
    )  # fmt: skip


def taken_by_nobody(_app: Flask) -> Statements:
    return (word(answered(), "TAKEN", "NULL"),)


def answered_twice(_app: Flask) -> Statements:
    return (said(answered(), "ANSWER", "village_head"),)


def said_after_the_end(_app: Flask) -> Statements:
    return (said(over(), "WITHDRAWN", "township_supervisor"),)


def ended_without_a_word(_app: Flask) -> Statements:
    return (follows(answered(), f"{ENDED}, end_way = 'TAKEN'"),)


def withdrawn_without_a_word(_app: Flask) -> Statements:
    return (follows(open_one(), f"{ENDED}, end_way = 'WITHDRAWN'"),)


def gone_while_it_stands(_app: Flask) -> Statements:
    return (follows(open_one(), f"{ENDED}, end_way = 'GONE'"),)


def answered_without_a_word(_app: Flask) -> Statements:
    return (follows(open_one(), "state = 'ANSWERED'"),)


def opened_again(_app: Flask) -> Statements:
    return (follows(over(), "state = 'OPEN', end_way = '', ended_at = NULL"),)


def told_how_it_ended_while_it_goes_on(_app: Flask) -> Statements:
    return (follows(answered(), "end_way = 'ANSWER'"),)


def answered_on_another_day(_app: Flask) -> Statements:
    return (follows(answered(), "answered_at = '2026-01-01 00:00:00'"),)


def reworded(_app: Flask) -> Statements:
    return (follows(open_one(), "text = 'x'"),)


def begun_as_answered(_app: Flask) -> Statements:
    return (copied("warning_hand_off", open_one(), state="'ANSWERED'"),)


def deleted(_app: Flask) -> Statements:
    return (f"DELETE FROM warning_hand_off WHERE id = {open_one()}",)


ATTACKS: tuple[tuple[Callable[[Flask], Statements], str], ...] = (
    (taken_by_who_answered, "never judges"),
    (returned_by_who_answered, "never judges"),
    (taken_by_who_answered_before, "never judges"),
    (taken_by_nobody, "never judges"),
    (answered_twice, "then judged"),
    (said_after_the_end, "then judged"),
    (ended_without_a_word, "last word"),
    (withdrawn_without_a_word, "last word"),
    (gone_while_it_stands, "last word"),
    (answered_without_a_word, "last word"),
    (opened_again, "last word"),
    (told_how_it_ended_while_it_goes_on, "last word"),
    (answered_on_another_day, "last word"),
    (reworded, "never changes"),
    (begun_as_answered, "begins open"),
    (deleted, "is kept"),
)


@pytest.mark.parametrize(("attack", "words"), ATTACKS, ids=lambda one: getattr(one, "__name__", ""))
def test_the_database_refuses_the_shortcut(any_app: Flask, attack: Callable[[Flask], Statements], words: str) -> None:
    assert words in refusal_of(*attack(any_app))


def test_the_database_lets_the_straight_way_pass(any_app: Flask) -> None:
    key = answered()
    back, again = said(key, "RETURNED", "township_supervisor"), said(key, "ANSWER", "village_head")
    forth = (back, follows(key, "state = 'OPEN'"), again, follows(key, "state = 'ANSWERED'"))
    taken = said(key, "TAKEN", "township_supervisor")
    assert carried_out(*forth, taken, follows(key, f"{ENDED}, end_way = 'TAKEN'")) == 1
    assert db.session.get_one(WarningHandOff, key).state == "ANSWERED"
