"""Check 6: several processes write through the real services; a list-append checker finds no anomaly (trust.md §7)."""

import itertools
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select, text

from registry.assets.register.cards.models import Asset, Rollup
from registry.audit.models import TrailEvent
from registry.audit.reconcile import reconcile
from registry.audit.verification import verify_logs
from registry.config import Settings
from registry.database import db
from tests.conftest import opened
from tests.factories import COUNTY, VILLAGE, person
from tests.postgres import OWNER
from tests.trust.appender import TABLE

LOGS = (500101, 500240)
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Deed:
    """What one process was told: its token, and the lists it read in each log before appending to it."""

    token: str
    seen: dict[str, list[str]]
    number: str = ""


@dataclass
class History:
    """What all processes were told, and what the logs hold now: (number, previous, own hash, token) by log."""

    deeds: list[Deed]
    logs: Mapping[str, Sequence[tuple[int, str, str, str]]]
    failed: Counter[str] = field(default_factory=Counter)


def anomalies(history: History) -> set[str]:
    """Name what is wrong: forks, gaps, lost or unseen appends, repeats, cycles."""
    found = set()
    for log, events in history.logs.items():
        if len({seq for seq, *_rest in events}) < len(events) or len({prev for _s, prev, *_rest in events}) < len(
            events
        ):
            found.add("fork")
        if sorted(seq for seq, *_rest in events) != list(range(1, len(events) + 1)):
            found.add("gap")
        final = [token for *_rest, token in events if token]
        if len(set(final)) < len(final):
            found.add("repeat")
        for deed in history.deeds:
            seen = deed.seen.get(log)
            if seen is not None and deed.token not in final:
                found.add("lost")
            elif seen is not None and final[: final.index(deed.token)] != seen:
                found.add("unseen")
    if _has_cycle([[token for *_rest, token in events if token] for events in history.logs.values()]):
        found.add("cycle")
    return found


def _has_cycle(orders: Sequence[Sequence[str]]) -> bool:
    """Tell whether two logs contradict each other about which of two deeds came first."""
    after: dict[str, set[str]] = {}
    for order in orders:
        for first, second in itertools.pairwise(order):
            after.setdefault(first, set()).add(second)
    waiting = Counter(second for seconds in after.values() for second in seconds)
    ready = [token for order in orders for token in order[:1] if not waiting[token]]
    done = set()
    while ready:
        token = ready.pop()
        if token in done:
            continue
        done.add(token)
        for second in after.get(token, ()):
            waiting[second] -= 1
            if not waiting[second]:
                ready.append(second)
    return done != {token for order in orders for token in order}


def run(settings: Settings, processes: int, deeds: int, mode: str = "locked") -> History:
    """Let the processes loose on one database and gather what they were told and what became of it."""
    environ = {**os.environ, "FPA_DATA_DIR": str(settings.data_dir), "FPA_REQUIRE_SECOND_FACTOR": "0"}
    if settings.database_uri:
        environ.update(FPA_DATABASE_URI=settings.database_uri, FPA_OWNER_DATABASE_URI=settings.owner_database_uri)
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.trust.appender", f"p{number}", str(deeds), mode],
            cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True,
        )
        for number in range(processes)
    ]  # fmt: skip
    told = [json.loads(line) for one in started for line in one.communicate()[0].splitlines()]
    assert [one.returncode for one in started] == [0] * processes
    deeds_done = [Deed(**one) for one in told if "token" in one]
    return History(deeds_done, _logs(), Counter(one["failed"] for one in told if "failed" in one))


def _logs() -> dict[str, list[tuple[int, str, str, str]]]:
    db.session.rollback()
    columns = (TrailEvent.seq, TrailEvent.prev, TrailEvent.leaf_hash, TrailEvent.thing_table, TrailEvent.thing_id)
    found = {}
    for log_id in LOGS:
        rows = db.session.execute(select(*columns).where(TrailEvent.log_id == log_id).order_by(TrailEvent.seq))
        found[str(log_id)] = [(seq, prev, leaf, key if table == TABLE else "") for seq, prev, leaf, table, key in rows]
    return found


def test_processes_that_write_at_once_leave_one_history(any_app, any_settings, full):
    processes, deeds = (8, 150) if full else (4, 25)
    history = run(any_settings, processes, deeds)
    assert history.failed == Counter()
    assert anomalies(history) == set()
    assert len(history.deeds) == processes * deeds
    numbers = [deed.number for deed in history.deeds if deed.number]
    assert len(set(numbers)) == len(numbers) == db.session.scalar(select(func.count()).select_from(Asset))
    assert sorted(int(number[17:22]) for number in numbers) == list(range(1, len(numbers) + 1))
    sums = select(Rollup.assets).where(Rollup.region_code.in_((VILLAGE, COUNTY)))
    assert list(db.session.scalars(sums)) == [len(numbers)] * 2
    assert verify_logs([500240], (), by=person("auditor")).code == 0
    assert reconcile(500101) == []


@pytest.mark.postgres
def test_without_lock_and_guards_the_same_processes_fork_the_log(pg_settings, pg_server):
    """The control: nobody waits, and the database lets everything in."""
    for _app in opened(pg_settings):
        engine = create_engine(pg_server.uri(OWNER, str(db.engine.url.database)))
        with engine.begin() as connection:
            for statement in (
                "DROP TRIGGER guard_order ON trail_event",
                "ALTER TABLE trail_event DROP CONSTRAINT pk_trail_event CASCADE",
                "ALTER TABLE trail_mention DROP CONSTRAINT pk_trail_mention",
                "DROP INDEX uq_trail_event_region_seq",
            ):
                connection.execute(text(statement))
        engine.dispose()
        history = run(pg_settings, 4, 25, "free")
        assert anomalies(history) & {"fork", "unseen"}, history.failed


@pytest.mark.postgres
def test_without_lock_the_guards_still_let_no_fork_in(pg_settings):
    """The second line: who does not wait is refused by the database, and the deed is not done."""
    for _app in opened(pg_settings):
        history = run(pg_settings, 4, 25, "free")
        assert anomalies(history) - {"unseen", "cycle"} == set()
        assert history.failed


GOOD = History(
    [Deed("a", {"1": []}), Deed("b", {"1": ["a"], "2": []}), Deed("c", {"2": ["b"]})],
    {"1": [(1, "0", "x", "a"), (2, "x", "y", "b")], "2": [(1, "0", "u", ""), (2, "u", "v", "b"), (3, "v", "w", "c")]},
)


def test_the_checker_finds_nothing_wrong_in_a_right_history():
    assert anomalies(GOOD) == set()


@pytest.mark.parametrize(
    ("logs", "anomaly"),
    [
        ({"1": [(1, "0", "x", "a"), (1, "0", "y", "b")]}, "fork"),
        ({"1": [(1, "0", "x", "a"), (3, "x", "y", "b")]}, "gap"),
        ({"1": [(1, "0", "x", "b")]}, "lost"),
        ({"1": [(1, "0", "x", "a"), (2, "x", "y", "b"), (3, "y", "z", "a")]}, "repeat"),
        ({"1": [(1, "0", "x", "b"), (2, "x", "y", "a")]}, "unseen"),
        ({"1": [(1, "0", "x", "a"), (2, "x", "y", "b")], "2": [(1, "0", "u", "b"), (2, "u", "v", "a")]}, "cycle"),
    ],
)
def test_the_checker_names_each_anomaly(logs, anomaly):
    assert anomaly in anomalies(History(GOOD.deeds, {**GOOD.logs, **logs}))
