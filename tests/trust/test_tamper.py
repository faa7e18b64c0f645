"""Check 1: whatever is changed in a database that the product wrote, the offline verifier finds it (trust.md §7)."""

import json
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from registry.audit.canonical import encode
from registry.audit.events import GENESIS, leaf_hash
from registry.audit.verify_audit import Report, verify
from registry.changes import Audited
from registry.database import marked_tables
from tests.conftest import opened
from tests.trust.lived import COUNTY_LOG, database_file, keys, live, outside, told

EVENT_COLUMNS = ("prev", "leaf_hash", "payload", "region_code", "region_seq", "at", "actor_id", "action",
                 "thing_table", "thing_id", "deed_id", "request_id", "outcome")  # fmt: skip
CHECKPOINT_COLUMNS = ("size", "root", "note", "at", "reason", "frontier")


@dataclass(frozen=True)
class Pristine:
    """A database nobody has touched, with the checkpoints and keys its owner keeps elsewhere."""

    path: Path
    notes: list[str]
    keys: list[str]
    size: int
    anchored: int
    checkpoints: list[int]

    def judged(self, path: Path) -> Report:
        """The verdict over a copy, against the notes kept elsewhere."""
        return verify(path, self.notes, self.keys)


@pytest.fixture(scope="module")
def pristine(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Pristine:
    """The database of a county that lived, in the file itself."""
    from registry.config import Settings

    folder = tmp_path_factory.mktemp("tamper") / "instance"
    shutil.copytree(template, folder)
    for app in opened(Settings(data_dir=folder, require_second_factor=False)):
        live(app)
        path, notes, public = database_file(), outside(), keys()
    with sqlite3.connect(path) as source:
        source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        source.execute("PRAGMA journal_mode=DELETE")
        sizes = [size for (size,) in source.execute(
            "SELECT size FROM trail_checkpoint WHERE log_id = ? ORDER BY size", (COUNTY_LOG,))]  # fmt: skip
        (size,) = source.execute("SELECT max(seq) FROM trail_event WHERE log_id = ?", (COUNTY_LOG,)).fetchone()
    source.close()
    return Pristine(path, notes, public, size, sizes[-1], sizes)


#: A mutation: what it is called, how it is done, and the first bad event it must lead to (None: not one event's).
Mutation = tuple[str, Callable[[sqlite3.Connection], object], int | None]


def _other(value: object, dice: random.Random) -> object:
    """Return another value of the same type, so that STRICT tables take it."""
    if isinstance(value, int):
        return value + dice.choice((1, -1, 7))
    if isinstance(value, bytes):
        return value + b"x"
    if not value:
        return "x"
    text = str(value)
    place = dice.randrange(len(text))
    return dice.choice((
        text[:place] + chr(ord(text[place]) ^ 1) + text[place + 1 :],
        text + " ",
        text[1:] + "~",
    ))  # fmt: skip


def _set(table: str, column: str, where: str, value: object) -> Callable[[sqlite3.Connection], object]:
    return lambda db: db.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE {where}', (value,))


def events(source: sqlite3.Connection, size: int, dice: random.Random) -> Iterator[Mutation]:
    """Every column of an event flipped, swapped with another's; events deleted, repeated, reordered."""
    rows = {row["seq"]: row for row in source.execute("SELECT * FROM trail_event WHERE log_id = ?", (COUNTY_LOG,))}
    while True:
        seq = dice.choice((1, 2, size, dice.randrange(1, size + 1)))
        here = f"log_id = {COUNTY_LOG} AND seq = {seq}"
        other = dice.choice([one for one in rows if one != seq])
        for column in EVENT_COLUMNS:
            yield f"flip {column} of {seq}", _set("trail_event", column, here, _other(rows[seq][column], dice)), seq
            if rows[seq][column] != rows[other][column]:
                yield f"{column} of {seq} from {other}", _set("trail_event", column, here, rows[other][column]), seq
        yield f"delete {seq}", lambda db, here=here: db.execute(f"DELETE FROM trail_event WHERE {here}"), seq
        yield f"renumber {seq}", _set("trail_event", "seq", here, seq + 10_000), seq
        yield f"give {seq} to another log", _set("trail_event", "log_id", here, 500101), seq
        yield f"swap {seq} and {other}", _swap(seq, other), min(seq, other)
        yield f"cut after {seq - 1}", _cut(seq), seq


def _swap(one: int, other: int) -> Callable[[sqlite3.Connection], object]:
    sql = "UPDATE trail_event SET seq = ? WHERE log_id = ? AND seq = ?"

    def swap(db: sqlite3.Connection) -> None:
        for new, old in ((-1, one), (one, other), (other, -1)):
            db.execute(sql, (new, COUNTY_LOG, old))

    return swap


def _cut(seq: int) -> Callable[[sqlite3.Connection], object]:
    def cut(db: sqlite3.Connection) -> None:
        db.execute("DELETE FROM trail_event WHERE log_id = ? AND seq >= ?", (COUNTY_LOG, seq))
        db.execute("DELETE FROM trail_checkpoint WHERE log_id = ? AND size >= ?", (COUNTY_LOG, seq))

    return cut


def rehashes(source: sqlite3.Connection, pristine: Pristine, dice: random.Random) -> Iterator[Mutation]:
    """An event rewritten and everything after it hashed anew, checkpoints dropped: only an outside note tells."""
    rows = source.execute("SELECT seq, payload FROM trail_event WHERE log_id = ? ORDER BY seq", (COUNTY_LOG,))
    payloads = [row["payload"] for row in rows]
    while True:
        seq = dice.randrange(1, pristine.anchored + 1)
        keep = dice.random() < 0.5
        first = next(size for size in pristine.checkpoints if size >= seq) if keep else None
        yield f"rehash from {seq}, keep notes {keep}", _rehash(payloads, seq, keep=keep), first


def _rehash(payloads: list[str], seq: int, *, keep: bool) -> Callable[[sqlite3.Connection], object]:
    def rehash(db: sqlite3.Connection) -> None:
        prev = leaf_hash(payloads[seq - 2]) if seq > 1 else GENESIS
        for number, payload in enumerate(payloads[seq - 1 :], start=seq):
            event = json.loads(payload)
            event["prev"] = prev
            if number == seq:
                event["reason"] = "另有安排"
            text = encode(event)
            db.execute("UPDATE trail_event SET prev = ?, payload = ?, leaf_hash = ? WHERE log_id = ? AND seq = ?",
                       (prev, text, leaf_hash(text), COUNTY_LOG, number))  # fmt: skip
            prev = leaf_hash(text)
        if not keep:
            db.execute("DELETE FROM trail_checkpoint WHERE log_id = ?", (COUNTY_LOG,))

    return rehash


def checkpoints(source: sqlite3.Connection, dice: random.Random) -> Iterator[Mutation]:
    """Every column of a checkpoint; checkpoints deleted and given to another log."""
    rows = list(source.execute("SELECT * FROM trail_checkpoint"))
    while True:
        row = dice.choice(rows)
        here = f"log_id = {row['log_id']} AND size = {row['size']}"
        for column in CHECKPOINT_COLUMNS:
            yield f"flip {column} of {here}", _set("trail_checkpoint", column, here, _other(row[column], dice)), None
        yield f"delete {here}", lambda db, here=here: db.execute(f"DELETE FROM trail_checkpoint WHERE {here}"), None
        yield f"another log {here}", _set("trail_checkpoint", "log_id", here, 500102), None


def business(source: sqlite3.Connection, dice: random.Random) -> Iterator[Mutation]:
    """Every column of every audited table; rows deleted and added."""
    tables = sorted(marked_tables(Audited))
    held = {table: list(source.execute(f'SELECT rowid AS place, * FROM "{table}"')) for table in tables}
    while True:
        for table in (name for name in tables if held[name]):
            row = dice.choice(held[table])
            here = f"rowid = {row['place']}"
            for column in row.keys()[1:]:
                yield f"flip {table}.{column}", _set(table, column, here, _other(row[column], dice)), None
                if row[column] is not None and column not in _NEEDED[table]:
                    yield f"empty {table}.{column}", _set(table, column, here, None), None
            yield f"delete a {table}", lambda db, t=table, h=here: db.execute(f'DELETE FROM "{t}" WHERE {h}'), None


_NEEDED = {
    table: {column.name for column in model.__table__.columns if not column.nullable}
    for table, model in marked_tables(Audited).items()
}


def mutate(pristine: Pristine, target: Path, change: Callable[[sqlite3.Connection], object]) -> bool:
    """Change a copy as somebody with the disk can, guards dropped and put back; say whether anything changed."""
    shutil.copy(pristine.path, target)
    with sqlite3.connect(target, isolation_level=None) as forger:
        for pragma in ("foreign_keys=OFF", "ignore_check_constraints=ON", "synchronous=OFF", "journal_mode=OFF"):
            forger.execute(f"PRAGMA {pragma}")
        guards = forger.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in guards:
            forger.execute(f"DROP TRIGGER {name}")
        before = forger.total_changes
        try:
            change(forger)
        except sqlite3.IntegrityError:
            before = forger.total_changes  # a unique key stands in the way: nothing was altered
        for _name, sql in guards:
            forger.execute(sql)
        changed = forger.total_changes > before
    forger.close()
    return changed


@pytest.mark.parametrize(("family", "few", "many"), [("events", 100, 900), ("rehashes", 15, 150),
    ("checkpoints", 25, 150), ("business", 140, 900)])  # fmt: skip
def test_every_change_is_found_and_the_first_bad_event_is_named(family, few, many, pristine, tmp_path, full):
    dice = random.Random(20261123)
    source = sqlite3.connect(f"file:{pristine.path}?mode=ro", uri=True)
    source.row_factory = sqlite3.Row
    found = {
        "events": lambda: events(source, pristine.size, dice),
        "rehashes": lambda: rehashes(source, pristine, dice),
        "checkpoints": lambda: checkpoints(source, dice),
        "business": lambda: business(source, dice),
    }[family]()
    done = 0
    for name, change, first in found:
        if not mutate(pristine, tmp_path / "copy.db", change):
            continue
        report = pristine.judged(tmp_path / "copy.db")
        assert report.code == 1, (name, told(report))
        assert first is None or report.first_bad(COUNTY_LOG) == first, (name, first, told(report))
        done += 1
        if done == (many if full else few):
            break
    source.close()


def test_the_untouched_copy_is_sound(pristine, tmp_path):
    assert mutate(pristine, tmp_path / "copy.db", lambda db: db.execute("UPDATE asset SET name = name"))
    report = pristine.judged(tmp_path / "copy.db")
    assert report.code == 0, told(report)


def test_history_hashed_anew_passes_where_nobody_kept_a_note(pristine, tmp_path):
    """The control of the sweep: without an outside checkpoint and the witness the same forgery is not found."""
    source = sqlite3.connect(f"file:{pristine.path}?mode=ro", uri=True)
    rows = source.execute("SELECT payload FROM trail_event WHERE log_id = ? ORDER BY seq", (COUNTY_LOG,)).fetchall()
    payloads = [payload for (payload,) in rows]
    source.close()

    def forge(db: sqlite3.Connection) -> None:
        _rehash(payloads, 5, keep=False)(db)
        db.execute("DELETE FROM trail_event WHERE log_id = 500000 AND action = 'WITNESSED'")

    assert mutate(pristine, tmp_path / "copy.db", forge)
    blind = verify(tmp_path / "copy.db", (), pristine.keys, [COUNTY_LOG])
    assert {finding.rule for finding in blind.findings if finding.grade == "TAMPERED"} <= {"checkpoint"}
    assert pristine.judged(tmp_path / "copy.db").code == 1


@pytest.mark.parametrize("statement", ["DROP TRIGGER guard_trail_event_UPDATE", "DROP TRIGGER guard_trail_event_order",
    "DROP TRIGGER guard_comment_DELETE"])  # fmt: skip
def test_a_dropped_guard_is_found(statement, pristine, tmp_path):
    shutil.copy(pristine.path, tmp_path / "copy.db")
    with sqlite3.connect(tmp_path / "copy.db") as forger:
        forger.execute(statement)
    forger.close()
    report = pristine.judged(tmp_path / "copy.db")
    assert (report.code, {finding.rule for finding in report.findings}) == (1, {"guard"})


def test_a_guard_that_was_made_to_do_nothing_is_found(pristine, tmp_path):
    shutil.copy(pristine.path, tmp_path / "copy.db")
    with sqlite3.connect(tmp_path / "copy.db") as forger:
        forger.execute("DROP TRIGGER guard_trail_event_UPDATE")
        forger.execute("CREATE TRIGGER guard_trail_event_UPDATE BEFORE UPDATE ON trail_event BEGIN SELECT 1; END")
    forger.close()
    assert "被改过" in told(pristine.judged(tmp_path / "copy.db"))


def test_an_old_backup_in_place_of_the_database_is_found(pristine, tmp_path):
    size = pristine.checkpoints[0]

    def older(db: sqlite3.Connection) -> None:
        db.execute("DELETE FROM trail_event WHERE log_id = ? AND seq > ?", (COUNTY_LOG, size))
        db.execute("DELETE FROM trail_checkpoint WHERE log_id = ? AND size > ?", (COUNTY_LOG, size))

    assert mutate(pristine, tmp_path / "copy.db", older)
    report = pristine.judged(tmp_path / "copy.db")
    assert report.first_bad(COUNTY_LOG) == size + 1
    assert "cut" in {finding.rule for finding in report.findings}
