"""Undoing a use with two persons again, its term, and two who confirm at once."""

import threading
from datetime import date

import pytest
from flask import Flask

from registry.audit.actions import Action
from registry.audit.services import record
from registry.database import db, transaction
from registry.disposal.proceeds.kinds import UseStatus
from registry.disposal.proceeds.refusals import (
    NotConfirmed,
    NotUndoing,
    ReasonMissing,
    SamePerson,
)
from registry.errors import RegistryError
from registry.ledger.books.entries import BookDeed
from tests.disposal.proceeds.making import (
    CLERK,
    HEAD,
    PAID,
    PRICE,
    account,
    attacked,
    booked,
    confirm,
    entered,
    held,
    posted,
    read,
    received,
    undoing,
    undone,
    use_of,
    used,
)
from tests.disposal.proceeds.test_using import actions, keep, refuse
from tests.factories import VILLAGE, person


def test_undoing_takes_two_persons_again_and_gives_back_balance_and_books(any_app: Flask) -> None:
    assert any_app
    key = account(paid=PRICE)
    booked(key, BookDeed.DISPOSAL_GAIN, 200_000)
    use_id = used(key)
    undoing(use_id)
    assert (use_of(use_id).state, read(key).used_fen) == (UseStatus.UNDOING, 600_000)
    with pytest.raises(SamePerson):
        undone(use_id, CLERK)
    undone(use_id)
    assert (use_of(use_id).state, read(key).used_fen, read(key).balance_fen) == (UseStatus.UNDONE, 0, PRICE)
    assert (held(key, "311", "DISPOSAL_FUND"), held(key, "311", "FUND"), held(key, "102")) == (0, 0, 0)
    again = used(key)
    assert [deed for deed, _lines in posted("proceeds_use", again)] == ["EARMARKED_SPENT", "FUND_SPENT"], (
        "what was given back of the gain is there to be used"
    )


@pytest.mark.usefixtures("app")
def test_only_what_counts_is_undone_and_only_what_was_asked_for() -> None:
    key = account()
    waiting = entered(key)
    with pytest.raises(NotConfirmed):
        undoing(waiting)
    confirm(waiting)
    with pytest.raises(NotUndoing):
        undone(waiting)
    with pytest.raises(ReasonMissing):
        undoing(waiting, "  ")
    undoing(waiting)
    undone(waiting)
    with pytest.raises(NotUndoing):
        undone(waiting, "township_supervisor")


@pytest.mark.usefixtures("app")
def test_an_undoing_that_is_refused_leaves_the_use_as_it_was() -> None:
    key = account()
    use_id = used(key)
    undoing(use_id)
    with pytest.raises(SamePerson):
        keep(use_id, by=CLERK)
    keep(use_id)
    assert (use_of(use_id).state, use_of(use_id).undo_reason, read(key).used_fen) == (UseStatus.CONFIRMED, "", 600_000)
    assert actions(use_id)[-2:] == ["PROCEEDS_UNDO_ASKED", "PROCEEDS_UNDO_REFUSED"]


# ---- The term


@pytest.mark.usefixtures("app")
def test_the_term_follows_the_oldest_money_that_waits_and_comes_back_when_a_use_is_undone() -> None:
    key = account(paid_on=date(2026, 1, 15))
    received(key, 1_500_000, date(2026, 11, 20))
    assert read(key).use_by == date(2027, 1, 15)
    use_id = used(key, amount_fen=PAID)
    assert read(key).use_by == date(2027, 11, 20)
    undoing(use_id)
    undone(use_id)
    assert read(key).use_by == date(2027, 1, 15)


# ---- Two at once


def test_of_two_who_confirm_at_once_one_counts(any_app: Flask) -> None:
    key = account()
    use_id = entered(key)
    found = at_once(any_app, [(use_id, HEAD), (use_id, "township_supervisor")])
    assert sorted(found) == ["Answered", "done"]
    assert read(key).used_fen == 600_000
    assert len(posted("proceeds_use", use_id)) == 1


def test_of_two_uses_confirmed_at_once_that_together_exceed_the_balance_one_counts(any_app: Flask) -> None:
    key = account()
    first = entered(key, amount_fen=1_000_000)
    refuse(second := entered(key, amount_fen=500_000))
    assert use_of(second).state is UseStatus.REFUSED
    third = over(key, 1_000_000)
    found = at_once(any_app, [(first, HEAD), (third, "township_supervisor")])
    assert sorted(found) == ["AboveBalance", "done"]
    assert read(key).used_fen == 1_000_000


def over(key: int, fen: int) -> int:
    """A use that was entered when more was there: the balance has fallen since."""
    with transaction(VILLAGE):
        one = read(key)
        one.received_fen += fen
        record(Action.PROCEEDS_RECEIVED, one, by=person(HEAD))
    use_id = entered(key, amount_fen=fen)
    with transaction(VILLAGE):
        one = read(key)
        one.received_fen -= fen
        record(Action.PROCEEDS_RECEIVED, one, by=person(HEAD))
    return use_id


def at_once(app: Flask, wishes: list[tuple[int, str]]) -> list[str]:
    """Let several persons confirm at the same moment; what each was told."""
    start, told = threading.Barrier(len(wishes)), []

    def run(use_id: int, username: str) -> None:
        with app.app_context():
            start.wait()
            try:
                confirm(use_id, username)
                told.append("done")
            except RegistryError as error:
                told.append(type(error).__name__)
            finally:
                db.session.remove()

    db.session.remove()
    threads = [threading.Thread(target=run, args=wish) for wish in wishes]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return told


# ---- What the database refuses


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("confirmed_by_id = entered_by_id", "check"),
        ("undo_by_id = 1, undone_by_id = 1", "check"),
        ("document_no = '', meeting_id = NULL", "check"),
        ("purpose = 'NEW_ASSET', asset_id = NULL", "check"),
        ("amount_fen = 0", "stays as it was entered"),
        ("status = 'CONFIRMED', confirmed_at = NULL", "does not confirm it"),
    ],
)
def test_the_database_refuses_a_use_that_cannot_be(any_app: Flask, change: str, why: str) -> None:
    assert any_app
    use_id = entered(account())
    assert why in attacked(f"UPDATE proceeds_use SET {change} WHERE id = {use_id}").lower()
    assert attacked(f"UPDATE proceeds_use SET note = 'x' WHERE id = {use_id}") == "", "what can be is taken"
