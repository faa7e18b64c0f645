"""The standalone verifier: what it accepts, what it finds, and that it names the first bad event."""

import ast
import hashlib
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.audit import verify_audit
from registry.audit.canonical import JsonValue, NotCanonical, decode, encode
from registry.audit.checkpoint import Checkpoint, VerifierKey, origin, sign
from registry.audit.verify_audit import NOTE, TAMPERED, UNVERIFIABLE, Report, is_signed, verify
from tests.audit.vectors import (
    COUNTY,
    KEY,
    MUNICIPALITY,
    NOTE_KEY,
    SERVICE,
    Trail,
    checkpoint_note,
    leaf,
    recorded,
    sample_trail,
)

EVENTS = 300
KEYS = (str(KEY),)
Payloads = list[str]
TRAIL = sample_trail(EVENTS)
COUNT = len(TRAIL.logs[COUNTY])
LAST = TRAIL.note(COUNTY, COUNT)


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file nobody has touched."""
    return TRAIL.write_database(tmp_path_factory.mktemp("pristine") / "registry.db")


@pytest.fixture
def database(pristine: Path, tmp_path: Path) -> Path:
    """A copy to tamper with."""
    return Path(shutil.copy(pristine, tmp_path / "registry.db"))


def _export(folder: Path, county: Payloads, checkpoints: list[int] | None = None, trail: Trail = TRAIL) -> Path:
    """Write an export whose manifest the forger has put right; inner checkpoints stay as they were signed."""
    other = Trail(logs={**trail.logs, COUNTY: county}, checkpoints={MUNICIPALITY: trail.checkpoints[MUNICIPALITY]})
    other.write_export(folder)
    sizes = TRAIL.checkpoints[COUNTY] if checkpoints is None else checkpoints
    notes = "---\n".join(TRAIL.note(COUNTY, size) for size in sizes)
    (folder / f"checkpoints-{COUNTY}.txt").write_text(notes)
    files = {item.name: item.read_text() for item in folder.iterdir() if item.name != "manifest.json"}
    (folder / "manifest.json").write_text(other.manifest(files))
    return folder


def _rehashed(payloads: Payloads, seq: int, change: Callable[[dict[str, JsonValue]], None]) -> Payloads:
    """Change one event and recompute everything after it, as somebody with the whole database can."""
    forged = payloads[: seq - 1]
    for number, payload in enumerate(payloads[seq - 1 :], start=seq):
        event = cast("dict[str, JsonValue]", decode(payload))
        event["prev"] = leaf(forged[-1]) if forged else "0" * 64
        if number == seq:
            change(event)
        forged.append(encode(event))
    return forged


def _bribe(event: dict[str, JsonValue]) -> None:
    event["reason"] = "另有安排"


def _rules(report: Report, grade: str = TAMPERED) -> set[str]:
    return {finding.rule for finding in report.findings if finding.grade == grade}


def test_an_untouched_export_and_database_are_sound(database: Path, tmp_path: Path) -> None:
    folder = TRAIL.write_export(tmp_path / "export")
    packed = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", folder))
    for source in (folder, packed, database):
        report = verify(source, [LAST, TRAIL.note(COUNTY, 77)], KEYS)
        assert (report.code, _rules(report)) == (0, set()), report.lines()
        assert [(log.log, log.size, log.anchored) for log in report.logs] == [
            (MUNICIPALITY, 4, 0),
            (COUNTY, COUNT, COUNT),
        ]
    assert report.reconciled == ["asset", "person"]


def test_the_unanchored_tail_and_the_promises_are_printed(database: Path) -> None:
    text = "\n".join(verify(database, [TRAIL.note(COUNTY, 200)], KEYS).lines())
    assert f"第 201–{COUNT} 条不能证明" in text
    assert all(promise in text for promise in verify_audit.PROMISES)


# ---- the sweep over an export


def _flips(payloads: Payloads, dice: random.Random) -> Iterator[tuple[str, int, Payloads]]:
    for seq in [1, 2, COUNT - 1, COUNT, *dice.sample(range(3, COUNT - 1), 150)]:
        raw = payloads[seq - 1].encode()
        place = dice.randrange(len(raw))
        changed = (raw[:place] + bytes([raw[place] ^ 1 << dice.randrange(7)]) + raw[place + 1 :]).decode(
            "utf-8", "replace"
        )
        yield f"flip {place}", seq, [*payloads[: seq - 1], changed, *payloads[seq:]]


def _fields(payloads: Payloads, dice: random.Random) -> Iterator[tuple[str, int, Payloads]]:
    """Change each field to another canonical value."""
    for seq in (1, dice.randrange(2, COUNT - 1), COUNT - 1, COUNT):
        for field in cast("dict[str, JsonValue]", decode(payloads[seq - 1])):
            event = cast("dict[str, JsonValue]", decode(payloads[seq - 1]))
            event[field] = _other(event[field])
            yield f"field {field}", seq, [*payloads[: seq - 1], encode(event), *payloads[seq:]]


def _other(value: JsonValue) -> JsonValue:
    if isinstance(value, dict):
        return {**value, next(iter(value), "x"): None} if value else {"x": 1}
    if isinstance(value, list):
        return value[1:] if value else [{"table": "asset", "id": "1", "version": None, "before": None, "after": None}]
    if isinstance(value, int):
        return value + 1
    return "a" * 32 if value is None else ("1" if value[:1] == "0" else "0") + value[1:]


def _moves(payloads: Payloads, dice: random.Random) -> Iterator[tuple[str, int, Payloads]]:
    for seq in [1, COUNT - 1, *dice.sample(range(2, COUNT - 1), 20)]:
        before, this, after = payloads[: seq - 1], payloads[seq - 1], payloads[seq:]
        yield "delete", seq, [*before, *after]
        yield "repeat", seq, [*before, this, this, *after]
        yield "swap", seq, [*before, after[0], this, *after[1:]]
        yield "move to the end", seq, [*before, *after, this]
        forged = _rehashed(payloads, seq, _bribe)[seq - 1]
        yield "insert", seq, [*before, forged, this, *after]
        yield "replace", seq, [*before, forged, *after]
    yield "delete the last", COUNT, payloads[:-1]
    yield "delete all", 1, []


@pytest.mark.parametrize("kind", [_flips, _fields, _moves])
def test_every_change_of_an_export_is_found_at_its_first_event(
    kind: Callable[[Payloads, random.Random], Iterator[tuple[str, int, Payloads]]], tmp_path: Path
) -> None:
    for number, (name, seq, payloads) in enumerate(kind(TRAIL.logs[COUNTY], random.Random(20260301))):
        report = verify(_export(tmp_path / str(number), payloads), [LAST], KEYS)
        assert report.code, (name, seq)
        assert report.first_bad(COUNTY) == seq, (name, seq, report.lines())


@pytest.mark.parametrize("seq", [1, 45, 90, 91, 150, COUNT - 1, COUNT])
def test_history_rewritten_forward_is_found_only_by_an_earlier_outside_checkpoint(seq: int, tmp_path: Path) -> None:
    forged = _rehashed(TRAIL.logs[COUNTY], seq, _bribe)
    logs = {COUNTY: forged, MUNICIPALITY: TRAIL.logs[MUNICIPALITY][:1]}
    folder = Trail(logs=logs).write_export(tmp_path / "forged")
    assert verify(folder, (), KEYS).code == 0
    report = verify(folder, [LAST], KEYS)
    assert (report.code, report.first_bad(COUNTY), _rules(report)) == (1, COUNT, {"outside"})
    assert verify(folder, [TRAIL.note(COUNTY, seq - 1)] if seq > 1 else [], KEYS).code == 0


def test_inner_checkpoints_and_witnesses_narrow_a_rewritten_history_down(tmp_path: Path) -> None:
    report = verify(_export(tmp_path / "e", _rehashed(TRAIL.logs[COUNTY], 100, _bribe)), [TRAIL.note(COUNTY, 60)], KEYS)
    assert _rules(report) == {"checkpoint", "witness"}
    assert report.first_bad(COUNTY) == 180
    assert any("第 91–180 条" in finding.detail for finding in report.findings)


def test_a_cut_tail_is_found_by_a_checkpoint_and_not_without_one(tmp_path: Path) -> None:
    folder = _export(tmp_path / "cut", TRAIL.logs[COUNTY][:280])
    assert verify(folder, (), KEYS).code == 0
    report = verify(folder, [LAST], KEYS)
    assert (report.code, report.first_bad(COUNTY), _rules(report)) == (1, 281, {"cut"})


def test_a_changed_file_of_the_export_no_longer_fits_the_manifest(tmp_path: Path) -> None:
    folder = TRAIL.write_export(tmp_path / "export")
    with (folder / f"checkpoints-{COUNTY}.txt").open("a") as file:
        file.write("\n")
    assert "manifest" in _rules(verify(folder, (), KEYS))
    (folder / "events-500243.jsonl").write_text("")
    assert len(verify(folder, (), KEYS).findings) > 1


# ---- the sweep over a database

TEXTS = (
    "prev",
    "leaf_hash",
    "payload",
    "region_code",
    "at",
    "action",
    "thing_table",
    "thing_id",
    "deed_id",
    "request_id",
    "outcome",
)
COPY = """UPDATE trail_event SET payload = (SELECT payload FROM trail_event WHERE log_id = 500240 AND seq = {m})
  WHERE log_id = 500240 AND seq = {k}"""
SWAP = """UPDATE trail_event SET seq = CASE seq WHEN {k} THEN -{m} ELSE -{k} END
  WHERE log_id = 500240 AND seq IN ({k}, {m}); UPDATE trail_event SET seq = -seq WHERE seq < 0"""
VANISH = """DELETE FROM trail_event WHERE log_id = 500240; DELETE FROM trail_checkpoint WHERE log_id = 500240;
  DELETE FROM trail_tile"""
ATTACKS: list[tuple[str, int]] = [
    (statement.format(k=k, m=k + 7), k)
    for k in (1, 2, 90, 91, 128, 256, 257, COUNT - 7)
    for statement in (
        *(
            f"UPDATE trail_event SET {name} = 'x' || substr({name}, 2) WHERE log_id = 500240 AND seq = {{k}}"
            for name in TEXTS
        ),
        *(f"UPDATE trail_event SET {name} = {name} || ' ' WHERE log_id = 500240 AND seq = {{k}}" for name in TEXTS),
        *(
            f"UPDATE trail_event SET {name} = CAST(x'ff' AS TEXT) WHERE log_id = 500240 AND seq = {{k}}"
            for name in TEXTS
        ),
        "UPDATE trail_event SET region_seq = region_seq + 1 WHERE log_id = 500240 AND seq = {k}",
        "UPDATE trail_event SET actor_id = actor_id + 1 WHERE log_id = 500240 AND seq = {k}",
        "UPDATE trail_event SET actor_id = NULL WHERE log_id = 500240 AND seq = {k}",
        "UPDATE trail_event SET seq = seq + 1000 WHERE log_id = 500240 AND seq = {k}",
        "UPDATE trail_event SET log_id = 500241 WHERE log_id = 500240 AND seq = {k}",
        COPY,
        "DELETE FROM trail_event WHERE log_id = 500240 AND seq = {k}",
        SWAP,
    )
] + [("DELETE FROM trail_event WHERE log_id = 500240", 1)]


def _attack(path: Path, statements: str) -> None:
    connection = sqlite3.connect(path)
    connection.executescript(statements)
    connection.close()


def test_every_change_of_a_trail_column_is_found_at_its_event(pristine: Path, tmp_path: Path) -> None:
    target = tmp_path / "attacked.db"
    for statements, seq in ATTACKS:
        shutil.copy(pristine, target)
        _attack(target, statements)
        report = verify(target, [LAST], KEYS)
        assert report.code == 1, statements
        assert report.first_bad(COUNTY) == seq, (statements, report.lines())


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE trail_checkpoint SET size = 91 WHERE size = 90", "checkpoint"),
        ("UPDATE trail_checkpoint SET root = '0' || substr(root, 2) WHERE size = 180", "checkpoint"),
        ("UPDATE trail_checkpoint SET frontier = frontier || '0' WHERE size = 180", "checkpoint"),
        ("UPDATE trail_checkpoint SET note = replace(note, 'test', 'tesu') WHERE size = 180", "checkpoint"),
        ("UPDATE trail_checkpoint SET note = substr(note, 2) WHERE size = 180", "checkpoint"),
        ("UPDATE trail_checkpoint SET note = (SELECT min(note) FROM trail_checkpoint) WHERE size = 180", "checkpoint"),
        ("UPDATE trail_checkpoint SET log_id = 500241 WHERE size = 180", "checkpoint"),
        ("UPDATE trail_tile SET hashes = substr(hashes, 1, 640) || 'f' || substr(hashes, 642)", "tile"),
        ("UPDATE trail_tile SET hashes = substr(hashes, 2)", "tile"),
        ("UPDATE trail_tile SET tile_index = 1", "tile"),
        ("UPDATE trail_tile SET log_id = 500241", "tile"),
        ("DELETE FROM trail_tile", "tile"),
        ("DELETE FROM trail_event WHERE log_id = 500240 AND seq > 260", "cut"),
        (VANISH, "witness"),
        ("UPDATE asset SET original_fen = original_fen + 1 WHERE id = 31", "row"),
        ("UPDATE asset SET original_fen = NULL WHERE id = 31", "row"),
        ("UPDATE asset SET name = name || 'x' WHERE id = 31", "row"),
        ("UPDATE asset SET note = '' WHERE id = 31", "row"),
        ("UPDATE asset SET note = CAST(x'ff' AS TEXT) WHERE id = 31", "row"),
        ("UPDATE asset SET version = 2 WHERE id = 31", "row"),
        ("UPDATE asset SET id = 9031 WHERE id = 31", "row"),
        ("DELETE FROM asset WHERE id = 31", "row"),
        ("INSERT INTO asset VALUES(9000, 'x', 1, NULL, 1)", "row"),
        ("INSERT INTO asset VALUES(4, 'x', 1, NULL, 1) ON CONFLICT DO UPDATE SET name = 'y'", "row"),
        ("UPDATE asset SET name = (SELECT name FROM asset WHERE id = 32) WHERE id = 31", "row"),
        ("UPDATE person SET resident_id_sealed = 'v1.0.other' WHERE id = 35", "row"),
        ("UPDATE person SET resident_id_sealed = NULL WHERE id = 35", "row"),
        ("UPDATE person SET photo = x'00' WHERE id = 35", "row"),
        ("UPDATE person SET photo = NULL WHERE id = 35", "row"),
        ("DROP TABLE person", "row"),
        ("ALTER TABLE asset ADD COLUMN bonus INTEGER; UPDATE asset SET bonus = 1 WHERE id = 31", "row"),
        ("ALTER TABLE asset DROP COLUMN original_fen", "row"),
    ],
)  # fmt: skip
def test_other_changes_of_the_database_are_found_by_their_rule(statement: str, rule: str, database: Path) -> None:
    _attack(database, statement)
    report = verify(database, (), KEYS)
    assert (report.code, rule in _rules(report)) == (1, True), report.lines()


@pytest.mark.parametrize("default", ["", " DEFAULT 0", " DEFAULT -3"])
def test_a_column_added_later_with_its_default_is_no_change(default: str, database: Path) -> None:
    _attack(database, f"ALTER TABLE asset ADD COLUMN bonus_fen INTEGER{default}")
    assert verify(database, (), KEYS).code == 0


def _build(tmp_path: Path, *steps: Callable[[Trail], None]) -> Path:
    trail = sample_trail(30)
    for step in steps:
        step(trail)
    return trail.write_database(tmp_path / "built.db")


def test_an_unrecorded_change_that_a_later_change_covers_is_found(tmp_path: Path) -> None:
    def edit_by_hand(trail: Trail) -> None:
        trail.recorded["asset", 14]["original_fen"] = 1
        trail.change(COUNTY, "500240101201", "asset", 14, {"id": 14, "name": "新名"})

    report = verify(_build(tmp_path, edit_by_hand), (), KEYS)
    assert (report.code, _rules(report)) == (1, {"state"})
    assert [finding.seq for finding in report.findings] == [30]


def test_a_false_list_of_regions_on_a_print_is_found(tmp_path: Path) -> None:
    def print_too_little(trail: Trail) -> None:
        trail.append(COUNTY, "500240000000", "PRINTED", facts={"region_seqs": {"500240101201": 3}})

    def print_too_much(trail: Trail) -> None:
        trail.append(MUNICIPALITY, "500000000000", "EXPORTED", facts={"region_seqs": {"500240101201": 99}})

    for step, log in ((print_too_little, COUNTY), (print_too_much, MUNICIPALITY)):
        report = verify(_build(tmp_path, step), (), KEYS)
        assert (report.code, _rules(report), report.first_bad(log)) == (1, {"complete"}, 30 if log == COUNTY else 2)
        (tmp_path / "built.db").unlink()


def test_a_restored_backup_names_the_branch_it_abandoned(tmp_path: Path) -> None:
    abandoned = sample_trail(30)
    for name in "abc":
        abandoned.append(COUNTY, "500240000000", name)

    def restore(trail: Trail) -> None:
        trail.append(COUNTY, "500240000000", "RESTORED", facts={"abandoned": abandoned.note(COUNTY, 32)})

    path = _build(tmp_path, restore)
    report = verify(path, [abandoned.note(COUNTY, 32), abandoned.note(COUNTY, 29)], KEYS)
    assert (report.code, _rules(report, NOTE)) == (0, {"restored"}), report.lines()
    assert verify(path, [abandoned.note(COUNTY, 31)], KEYS).code == 2
    forged = Checkpoint(origin("test", COUNTY), 33, bytes(32)).body()
    assert verify(path, [sign(forged, SERVICE, KEY.name)], KEYS).code == 1


def test_two_signed_checkpoints_of_one_size_are_a_fork(database: Path) -> None:
    other = sign(Checkpoint(origin("test", COUNTY), 90, bytes(32)).body(), SERVICE, KEY.name)
    report = verify(database, [other], KEYS)
    assert (report.code, _rules(report), report.first_bad(COUNTY)) == (1, {"outside", "fork"}, 90)


def test_events_of_one_deed_in_two_logs_share_their_request(tmp_path: Path) -> None:
    def split(trail: Trail) -> None:
        trail.append(COUNTY, "500240000000", "A")
        trail.minute -= 1
        trail.append(MUNICIPALITY, "500000000000", "A")

    assert verify(_build(tmp_path, split), (), KEYS).code == 0

    def forge(trail: Trail) -> None:
        split(trail)
        payloads = trail.logs[MUNICIPALITY]
        payloads[:] = _rehashed(payloads, len(payloads), lambda event: event.update(request="other"))

    (tmp_path / "built.db").unlink()
    assert _rules(verify(_build(tmp_path, forge), (), KEYS)) == {"deed"}


# ---- what cannot be verified


def test_a_database_without_a_known_key_cannot_be_verified(database: Path) -> None:
    report = verify(database)
    assert (report.code, _rules(report, UNVERIFIABLE)) == (2, {"key"})
    assert verify(database, (), [NOTE_KEY]).code == 1


def test_an_outside_checkpoint_of_an_unknown_key_proves_nothing(database: Path) -> None:
    stranger = Ed25519PrivateKey.generate()
    note = sign(Checkpoint(origin("test", COUNTY), 90, bytes(32)).body(), stranger, "stranger")
    report = verify(database, [note], KEYS)
    assert (report.code, [log.anchored for log in report.logs]) == (2, [0, 0])
    both = [*KEYS, str(VerifierKey.of(stranger, "stranger"))]
    assert verify(database, [note], both).code == 1


def test_a_checkpoint_of_another_installation_is_refused(database: Path) -> None:
    note = checkpoint_note(COUNTY, TRAIL.logs[COUNTY], 90, installation="elsewhere")
    assert verify(database, [note], KEYS).code == 1


@pytest.mark.parametrize("field", ['"alg":"sm3"', '"v":2'])
def test_an_unknown_algorithm_or_version_cannot_be_verified(field: str, tmp_path: Path) -> None:
    payloads = TRAIL.logs[COUNTY]
    old = '"alg":"sha256"' if "alg" in field else '"v":1'
    folder = _export(tmp_path / "e", [*payloads[:280], payloads[280].replace(old, field), *payloads[281:]])
    report = verify(folder, (), KEYS)
    assert (report.code, _rules(report, UNVERIFIABLE), report.first_bad(COUNTY)) == (2, {"version"}, 281)


def test_what_is_neither_export_nor_database_cannot_be_verified(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"no database" * 999)
    (tmp_path / "a.zip").write_bytes(b"PK no zip")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as packed:
        packed.writestr("manifest.json", json.dumps({"format": "other"}))
    for source in (tmp_path / "a.db", tmp_path / "a.zip", tmp_path / "b.zip", tmp_path / "none", tmp_path):
        assert verify(source).code == 2
    sqlite3.connect(tmp_path / "empty.db").close()
    assert verify(tmp_path / "empty.db").code == 2
    assert verify(tmp_path / "empty.db", (), ["no key"]).code == 2


def test_a_database_of_a_strange_shape_cannot_be_verified(tmp_path: Path) -> None:
    path = _build(tmp_path)
    _attack(
        path,
        "CREATE TABLE loose(log_id, size, root, note, at, reason, frontier); INSERT INTO loose(log_id) VALUES(500240);"
        "DROP TABLE trail_checkpoint; ALTER TABLE loose RENAME TO trail_checkpoint",
    )
    assert verify(path, (), KEYS).code == 2


def test_a_log_that_is_not_there_cannot_be_verified(database: Path) -> None:
    assert verify(database, (), KEYS, [500243]).code == 2
    assert verify(database, (), KEYS, [COUNTY]).code == 0


# ---- the file itself

SCRIPT = Path(verify_audit.__file__)


def _run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", str(SCRIPT), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_script_alone_answers_with_text_json_and_exit_codes(database: Path, tmp_path: Path) -> None:
    note = tmp_path / "paper.txt"
    note.write_text(LAST + "---\n" + TRAIL.note(COUNTY, 90), encoding="utf-8")
    sound = _run(database, "--key", KEYS[0], "--checkpoint", note)
    assert (sound.returncode, "未发现篡改" in sound.stdout) == (0, True)
    _attack(database, "DELETE FROM trail_event WHERE log_id = 500240 AND seq = 5")
    found = json.loads(_run(database, "--key", KEYS[0], "--json", "--log", "500240").stdout)
    assert (found["code"], found["first_bad"]) == (1, {"500240": 5})
    assert _run(database, "--key", KEYS[0]).returncode == 1
    assert _run(tmp_path / "none").returncode == 2
    assert [
        _run().returncode,
        _run(database, "--what").returncode,
        _run(database, "--checkpoint", "none").returncode,
    ] == [3] * 3


def test_the_script_imports_only_the_standard_library_and_parses_as_python_3_8() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 8))
    names = {
        alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    names |= {str(node.module).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= sys.stdlib_module_names


@settings(max_examples=40, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200), st.integers(0, 511))
def test_signatures_are_judged_as_cryptography_judges_them(seed: bytes, message: bytes, bit: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    assert is_signed(public, message, signature)
    assert not is_signed(public, message + b"x", signature)
    flipped = (int.from_bytes(signature, "little") ^ 1 << bit).to_bytes(64, "little")
    assert not is_signed(public, message, flipped)
    # The same point with s + order is no second signature.
    higher = (int.from_bytes(signature[32:], "little") + verify_audit.ORDER).to_bytes(32, "little")
    assert not is_signed(public, message, signature[:32] + higher)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.integers(2**53 - 2, 2**53) | st.text(max_size=6) | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)


@settings(max_examples=300)
@given(st.dictionaries(st.text('ab:"é', max_size=2), VALUES, max_size=4), st.booleans(), st.booleans(), st.booleans())
def test_the_quick_look_agrees_with_the_product_on_spellings(
    value: dict[str, object], sort: bool, ascii_only: bool, tight: bool
) -> None:
    separators = (",", ":") if tight else None
    _agree(json.dumps(value, sort_keys=sort, ensure_ascii=ascii_only, separators=separators))


@settings(max_examples=300)
@given(
    st.text(alphabet='{}[]",:-0123456789 \\netrulfasé\u0301资\t\n', max_size=40), st.integers(0, 6), st.integers(0, 6)
)
def test_the_quick_look_agrees_with_the_product_on_odd_texts(text: str, start: int, cut: int) -> None:
    base = '{"a":[1,-5,"资"],"b":{"c":null}}'
    for odd in (text, f'{{"a":{text}}}', f'{{"a":"{text}"}}', base[: start * 5] + text[:cut] + base[start * 5 :]):
        _agree(odd)


def _agree(text: str) -> None:
    try:
        raw = text.encode()
        value = verify_audit.DECODE(text)
        quick = isinstance(value, dict) and verify_audit.is_canonical(raw, text, value)
    except ValueError:
        quick = False
    try:
        product = isinstance(decode(text), dict)
    except NotCanonical:
        product = False
    assert quick == product, text


def test_a_stored_value_is_recorded_by_digest_when_sealed_or_binary() -> None:
    assert recorded("photo", b"x") == {"sha256": hashlib.sha256(b"x").hexdigest()}
