"""Naming and confirming on both databases: who holds a duty when, who has left, and what the database itself bars."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from registry.accounts.models import User, UserGrant
from registry.accounts.services import disable_user, end_grant
from registry.audit.actions import Action
from registry.audit.models import TrailEvent
from registry.audit.services import record
from registry.clock import now, today
from registry.database import db, transaction
from registry.errors import Missing
from registry.permissions import Permission
from registry.places.services import merge_region
from registry.regions import Level
from registry.supervision.duties import refusals, waiting
from registry.supervision.duties.catalogue import duties_at
from registry.supervision.duties.models import DutyHolder
from registry.supervision.duties.queries import get_duty, get_holder, list_held, tally_units
from registry.supervision.duties.rules import HolderStatus, Naming, Standing, Tally
from registry.supervision.duties.services import withdraw_holder
from registry.supervision.duties.showing import shown_duties
from registry.workbench.moving import hand_over
from tests.factories import COUNTY, SIBLING_VILLAGE, TOWNSHIP, VILLAGE, person
from tests.supervision.duties.naming import CUSTODY, confirmed_holder, decided, named, naming

_P = Permission
_DUTIES = len(duties_at(Level.VILLAGE))


def standing(duty: str = CUSTODY) -> Standing:
    """How a duty of the village stands today."""
    return next(one.standing for one in shown_duties(VILLAGE, today()) if one.duty.code == duty)


def test_a_person_holds_a_duty_once_a_second_one_confirms(any_app: Flask) -> None:
    assert standing() is Standing.MISSING
    holder_id = named()
    assert (standing(), list_held([VILLAGE], today())) == (Standing.WAITING, [])
    decided(holder_id, opinion="属实")
    assert standing() is Standing.NAMED
    ((row, left),) = list_held([VILLAGE], today())
    assert (row.name, row.post, row.decided_by_text != "", left) == ("谭正国", "村委会委员", True, False)
    told = db.session.scalars(select(TrailEvent.action).where(TrailEvent.thing_table == "duty_holder"))
    assert list(told) == [Action.DUTY_ENTERED.value, Action.DUTY_CONFIRMED.value]


def test_whoever_entered_a_person_does_not_confirm(any_app: Flask) -> None:
    holder_id = named(by=person("municipal_supervisor"))
    with pytest.raises(refusals.OwnEntry):
        decided(holder_id, person("municipal_supervisor"))
    assert standing() is Standing.WAITING


def test_the_database_too_bars_one_person_for_both(any_app: Flask) -> None:
    holder_id, clerk, head = named(), person("village_clerk"), person("village_head")
    with pytest.raises(IntegrityError, match="second_person"), transaction(VILLAGE):
        db.session.get_one(DutyHolder, holder_id).decided_by_id = clerk.id
        db.session.flush()
    with transaction(VILLAGE):  # the same by another person is no matter
        holder = db.session.get_one(DutyHolder, holder_id)
        holder.decided_by_id = head.id
        record(Action.DUTY_SENT_BACK, holder, by=head)


def test_the_database_too_bars_two_for_one_duty(any_app: Flask) -> None:
    holder = confirmed_holder()
    with pytest.raises(IntegrityError), transaction(VILLAGE):
        db.session.add(
            DutyHolder(
                region_code=VILLAGE, duty=holder.duty, name="马培清", post="会计", valid_from=today(),
                status=HolderStatus.CONFIRMED.value, entered_by_text="", entered_at=now(),
            )
        )  # fmt: skip
        db.session.flush()


def test_who_follows_ends_who_came_before_and_the_past_stays_readable(any_app: Flask) -> None:
    confirmed_holder(naming("谭正国", since=today() - timedelta(days=60)))
    confirmed_holder(naming("马培清", since=today() - timedelta(days=10)))
    ((then, _left),) = list_held([VILLAGE], today() - timedelta(days=11))
    ((now, _gone),) = list_held([VILLAGE], today())
    assert (then.name, then.valid_to, now.name, now.valid_to) == (
        "谭正国",
        today() - timedelta(days=10),
        "马培清",
        None,
    )
    assert list_held([VILLAGE], today() - timedelta(days=61)) == []


def test_who_begins_later_leaves_the_duty_with_who_holds_it(any_app: Flask) -> None:
    confirmed_holder()
    confirmed_holder(naming("马培清", since=today() + timedelta(days=5)))
    assert [row.name for row, _ in list_held([VILLAGE], today())] == ["谭正国"]
    assert [row.name for row, _ in list_held([VILLAGE], today() + timedelta(days=5))] == ["马培清"]


def test_one_change_of_a_duty_waits_at_a_time(any_app: Flask) -> None:
    holder_id = named()
    with pytest.raises(refusals.AlreadyWaiting):
        named(naming("马培清"))
    named(naming("马培清"), "V-LEDGER")
    with transaction(VILLAGE):
        clerk = person("village_clerk")
        withdraw_holder(get_holder(holder_id, clerk, _P.DUTY_ENTER), by=clerk)
    named(naming("马培清"))
    with pytest.raises(refusals.NotWaiting):
        decided(holder_id)


def test_an_entry_sent_back_changes_nothing(any_app: Flask) -> None:
    confirmed_holder()
    holder_id = named(naming("马培清", since=today()))
    with pytest.raises(refusals.OpinionMissing):
        decided(holder_id, agrees=False)
    decided(holder_id, opinion="文件上不是他", agrees=False)
    ((row, _left),) = list_held([VILLAGE], today())
    assert (row.name, row.valid_to) == ("谭正国", None)
    sent_back = db.session.get_one(DutyHolder, holder_id)
    assert (sent_back.state, sent_back.opinion) == (HolderStatus.SENT_BACK, "文件上不是他")


def test_a_person_with_an_account_is_of_the_unit(any_app: Flask) -> None:
    head, stranger = person("village_head"), person("sibling_clerk")
    with pytest.raises(refusals.NotOfTheUnit):
        named(Naming(stranger.id, "", "", today()))
    holder = confirmed_holder(Naming(head.id, "", "", today()))
    assert (holder.name, holder.user_id) == (head.name, head.id)
    with pytest.raises(refusals.SamePerson):
        named(Naming(head.id, "", "", today() + timedelta(days=1)))


def test_who_lost_the_role_shows_as_to_be_replaced(any_app: Flask) -> None:
    head = person("village_head")
    confirmed_holder(Naming(head.id, "", "", today()))
    assert standing() is Standing.NAMED
    with transaction(VILLAGE):
        grant = db.session.scalars(select(UserGrant).where(UserGrant.user_id == head.id)).one()
        end_grant(grant.id, on=today() - timedelta(days=1), reason="调离", by=person("security_administrator"))
    assert standing() is Standing.LEFT
    assert tally_units(VILLAGE, today())[VILLAGE] == Tally(_DUTIES, 0, 1, 0)


def test_the_level_above_sees_how_far_each_unit_is(any_app: Flask) -> None:
    confirmed_holder()
    named(naming("马培清"), "V-LEDGER")
    below = tally_units(TOWNSHIP, today())
    assert below[VILLAGE] == Tally(_DUTIES, 1, 0, 1)
    assert below[SIBLING_VILLAGE] == Tally(_DUTIES, 0, 0, 0)
    assert below[TOWNSHIP] == Tally(len(duties_at(Level.TOWNSHIP)), 0, 0, 0)
    county = tally_units(COUNTY, today())
    assert county[TOWNSHIP] == sum(below.values(), Tally())


def test_only_who_reaches_the_unit_finds_an_entry(any_app: Flask) -> None:
    holder_id = named()
    with pytest.raises(Missing):
        get_holder(holder_id, person("sibling_clerk"), _P.DUTY_ENTER)
    with pytest.raises(Missing):
        get_duty("T-DAILY", VILLAGE)
    assert get_holder(holder_id, person("township_clerk"), _P.DUTY_ENTER).id == holder_id


def test_what_waits_lies_with_the_unit(any_app: Flask) -> None:
    clerk, head = person("village_clerk"), person("village_head")
    assert waiting.list_to_name(clerk, today()) == [(VILLAGE, _DUTIES)]
    assert waiting.list_to_name(head, today()) == []
    holder_id = named()
    assert waiting.list_to_name(clerk, today()) == [(VILLAGE, _DUTIES - 1)]
    assert (waiting.count_to_confirm(head, 100), waiting.count_to_confirm(clerk, 100)) == (1, 0)
    assert waiting.count_to_confirm(person("township_supervisor"), 100) == 0
    decided(holder_id)
    for duty in duties_at(Level.VILLAGE):
        if duty.code != CUSTODY:
            confirmed_holder(duty=duty.code)
    assert waiting.count_to_name(clerk, today(), 100) == 0


def test_a_merged_village_s_duties_end_and_its_heir_names_its_own(any_app: Flask) -> None:
    confirmed_holder()
    waits = named(naming("马培清"), "V-LEDGER")
    with transaction(VILLAGE, SIBLING_VILLAGE):
        by = person("system_administrator")
        merge_region(VILLAGE, SIBLING_VILLAGE, on=today(), basis="渝民〔2026〕1号", by=by)
        hand_over(VILLAGE, SIBLING_VILLAGE, by=by)
    assert list_held([VILLAGE], today()) == []
    assert [row.name for row, _ in list_held([VILLAGE], today() - timedelta(days=1))] == ["谭正国"]
    assert db.session.get_one(DutyHolder, waits).state is HolderStatus.WITHDRAWN
    assert tally_units(SIBLING_VILLAGE, today())[SIBLING_VILLAGE] == Tally(_DUTIES)


def test_an_account_closed_today_held_its_duty_until_yesterday(any_app: Flask) -> None:
    holder = confirmed_holder(naming(user_id=person("village_clerk").id))
    day, user_id = today(), holder.user_id
    with transaction(VILLAGE):
        user = db.session.get_one(User, user_id)
        disable_user(user, reason="调离", by=person("system_administrator"))
    left = [had for on in (day - timedelta(days=1), day) for _row, had in list_held([VILLAGE], on)]
    assert left == [False, True]
    tallies = [tally_units(VILLAGE, on)[VILLAGE] for on in (day - timedelta(days=1), day)]
    assert [(one.named, one.left) for one in tallies] == [(1, 0), (0, 1)]
