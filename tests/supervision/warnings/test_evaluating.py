"""Episodes, their history, and that following events says what asking everything says."""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from registry.audit.queries import last_seq
from registry.database import db, transaction
from registry.permissions import system_actor
from registry.policy.models import PolicyValue
from registry.regions import log_of
from registry.supervision.warnings.console import NotAUnit, evaluate
from registry.supervision.warnings.evaluating import Area, keep_watch, list_areas
from registry.supervision.warnings.models import RiskWarning, WarningProgress
from registry.supervision.warnings.queries import list_episodes
from registry.supervision.warnings.risks import Risk
from registry.workbench.moving import hand_over
from tests.factories import COUNTY, SIBLING_VILLAGE, TODAY, VILLAGE
from tests.supervision.warnings.cases import CASES
from tests.supervision.warnings.deeds import alter, card, contract
from tests.supervision.warnings.scenery import ask_all, deed, follow, make, sound_world, standing, the_asset


def said() -> list[tuple[str, int, str, str, str]]:
    """What stands, without its history."""
    return sorted((one.risk, one.subject_id, one.region_code, one.title, one.figures) for one in standing())


def test_a_risk_that_comes_again_is_another_episode(any_app: Flask) -> None:
    key = sound_world()
    ask_all()
    for status in ("DISPUTED", "CONFIRMED", "DISPUTED"):
        with deed():
            card(title_status=status)(the_asset(key))
        follow()
    (again,) = standing(Risk.OWNER_DISPUTED)
    first, second = reversed(list_episodes(again))
    assert first.closed_at is not None
    assert first.closed_at <= second.opened_at
    assert second.closed_at is None


def test_what_changes_of_a_cause_changes_the_figures_and_not_the_episode(any_app: Flask) -> None:
    sound_world()
    with deed():
        contract(ends_on=TODAY - timedelta(days=9), name="旧名")
    ask_all()
    (before,) = standing(Risk.CONTRACT_EXPIRED)
    key, figures = before.id, before.figures
    with deed():
        alter(type(contract()), ends_on=TODAY - timedelta(days=2), name="新名")(the_asset(1))
    assert follow().changed == 0  # the newest contract is the one just added
    assert standing(Risk.CONTRACT_EXPIRED)[0].id == key
    assert standing(Risk.CONTRACT_EXPIRED)[0].figures == figures


@pytest.mark.parametrize("seed", range(3))
def test_following_events_says_what_asking_everything_says(any_app: Flask, seed: int) -> None:
    chance, key = random.Random(seed), sound_world()
    ask_all()
    deeds: list[Callable[..., object]] = [one for pair in CASES.values() for one in pair]
    for _ in range(25):
        breaking = chance.choice(deeds)
        try:
            with deed():
                breaking(the_asset(key))
        except Exception:  # mending what is not broken, or twice, is refused by the database
            db.session.rollback()
            continue
        if chance.random() < 0.5:
            follow()
    follow()
    followed = said()
    tally = ask_all()
    assert followed == said()
    assert (tally.opened, tally.closed, tally.changed) == (0, 0, 0)
    assert followed


def test_a_new_limit_is_asked_of_the_whole_county(any_app: Flask) -> None:
    sound_world()
    with deed():
        contract()
    ask_all()
    assert standing() == []
    with deed():
        make(PolicyValue, region_code=COUNTY, parameter="lease_warn_months", bound="VALUE", value="12",
             status="CONFIRMED", effective_on=TODAY, document="石柱府办〔2026〕1号", decided_at=None)  # fmt: skip
    follow()
    assert [one.risk for one in standing()] == [Risk.CONTRACT_LONG.value]


def test_a_warning_goes_with_its_thing_to_the_heir_of_its_unit(any_app: Flask) -> None:
    key = sound_world()
    with deed():
        card(title_status="DISPUTED")(the_asset(key))
    ask_all()
    with transaction(COUNTY):
        hand_over(VILLAGE, SIBLING_VILLAGE, by=system_actor(COUNTY))
    follow()
    (moved,) = standing(Risk.OWNER_DISPUTED)
    assert moved.region_code == SIBLING_VILLAGE
    tally = ask_all()
    assert (tally.opened, tally.closed, tally.changed) == (0, 0, 0)


def test_a_watch_asks_everything_once_a_day_and_follows_events_between(any_app: Flask) -> None:
    key = sound_world()
    assert keep_watch(TODAY, timedelta(0)).standing == 0
    assert db.session.scalars(select(WarningProgress)).all() == []
    keep_watch(TODAY, timedelta(minutes=5))
    rows = db.session.scalars(select(WarningProgress)).all()
    assert {row.log_id for row in rows} == {log_of(area.code) for area in list_areas()}
    assert all(row.whole_on == TODAY for row in rows)
    with deed():
        card(title_status="DISPUTED")(the_asset(key))
    db.session.rollback()
    assert keep_watch(TODAY, timedelta(minutes=5)).opened == 1
    row = db.session.get_one(WarningProgress, log_of(COUNTY))
    assert row.seq == last_seq(log_of(COUNTY))
    db.session.rollback()
    assert keep_watch(TODAY + timedelta(days=1), timedelta(minutes=5)).opened == 0


def test_the_console_asks_one_county_and_knows_what_a_code_is(app: Flask) -> None:
    key = sound_world()
    with deed():
        card(title_status="DISPUTED")(the_asset(key))
    db.session.rollback()
    assert evaluate(VILLAGE, TODAY).standing == 1
    with pytest.raises(NotAUnit):
        evaluate("5002", TODAY)
    assert Area(COUNTY).codes.low == COUNTY


def test_nothing_stands_twice(any_app: Flask) -> None:
    key = sound_world()
    with deed():
        card(title_status="DISPUTED")(the_asset(key))
    ask_all()
    (one,) = standing()
    values = {
        name: getattr(one, name)
        for name in ("risk", "subject_id", "severity", "subject", "title", "page_key", "figures", "opened_at")
    }
    db.session.rollback()
    with pytest.raises(Exception, match=r"(?i)unique"), transaction(COUNTY):
        db.session.add(RiskWarning(region_code=VILLAGE, **values))
        db.session.flush()
