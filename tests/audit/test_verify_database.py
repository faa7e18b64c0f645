"""The standalone verifier over a database file: the sweep over its columns, and what cannot be verified."""

import json
import shutil
import sqlite3
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from registry.audit.checkpoint import Checkpoint, VerifierKey, origin, sign
from registry.audit.verify_audit import NOTE, UNVERIFIABLE, verify
from tests.audit.forging import COUNT, KEYS, LAST, TRAIL, attack, build, export, rehashed, rules
from tests.audit.vectors import COUNTY, KEY, MUNICIPALITY, NOTE_KEY, SERVICE, Trail, checkpoint_note, sample_trail

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


def test_every_change_of_a_trail_column_is_found_at_its_event(pristine: Path, tmp_path: Path) -> None:
    target = tmp_path / "attacked.db"
    for statements, seq in ATTACKS:
        shutil.copy(pristine, target)
        attack(target, statements)
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
    attack(database, statement)
    report = verify(database, (), KEYS)
    assert (report.code, rule in rules(report)) == (1, True), report.lines()


@pytest.mark.parametrize("default", ["", " DEFAULT 0", " DEFAULT -3"])
def test_a_column_added_later_with_its_default_is_no_change(default: str, database: Path) -> None:
    attack(database, f"ALTER TABLE asset ADD COLUMN bonus_fen INTEGER{default}")
    assert verify(database, (), KEYS).code == 0


def test_an_unrecorded_change_that_a_later_change_covers_is_found(tmp_path: Path) -> None:
    def edit_by_hand(trail: Trail) -> None:
        trail.recorded["asset", 14]["original_fen"] = 1
        trail.change(COUNTY, "500240101201", "asset", 14, {"id": 14, "name": "新名"})

    report = verify(build(tmp_path, edit_by_hand), (), KEYS)
    assert (report.code, rules(report)) == (1, {"state"})
    assert [finding.seq for finding in report.findings] == [30]


def test_a_false_list_of_regions_on_a_print_is_found(tmp_path: Path) -> None:
    def print_too_little(trail: Trail) -> None:
        trail.append(COUNTY, "500240000000", "PRINTED", facts={"region_seqs": {"500240101201": 3}})

    def print_too_much(trail: Trail) -> None:
        trail.append(MUNICIPALITY, "500000000000", "EXPORTED", facts={"region_seqs": {"500240101201": 99}})

    for step, log in ((print_too_little, COUNTY), (print_too_much, MUNICIPALITY)):
        report = verify(build(tmp_path, step), (), KEYS)
        assert (report.code, rules(report), report.first_bad(log)) == (1, {"complete"}, 30 if log == COUNTY else 2)
        (tmp_path / "built.db").unlink()


def test_a_restored_backup_names_the_branch_it_abandoned(tmp_path: Path) -> None:
    abandoned = sample_trail(30)
    for name in "abc":
        abandoned.append(COUNTY, "500240000000", name)

    def restore(trail: Trail) -> None:
        trail.append(COUNTY, "500240000000", "RESTORED", facts={"abandoned": abandoned.note(COUNTY, 32)})

    path = build(tmp_path, restore)
    report = verify(path, [abandoned.note(COUNTY, 32), abandoned.note(COUNTY, 29)], KEYS)
    assert (report.code, rules(report, NOTE)) == (0, {"restored"}), report.lines()
    assert verify(path, [abandoned.note(COUNTY, 31)], KEYS).code == 2
    forged = Checkpoint(origin("test", COUNTY), 33, bytes(32)).body()
    assert verify(path, [sign(forged, SERVICE, KEY.name)], KEYS).code == 1


def test_two_signed_checkpoints_of_one_size_are_a_fork(database: Path) -> None:
    other = sign(Checkpoint(origin("test", COUNTY), 90, bytes(32)).body(), SERVICE, KEY.name)
    report = verify(database, [other], KEYS)
    assert (report.code, rules(report), report.first_bad(COUNTY)) == (1, {"outside", "fork"}, 90)


def test_events_of_one_deed_in_two_logs_share_their_request(tmp_path: Path) -> None:
    def split(trail: Trail) -> None:
        trail.append(COUNTY, "500240000000", "A")
        trail.minute -= 1
        trail.append(MUNICIPALITY, "500000000000", "A")

    assert verify(build(tmp_path, split), (), KEYS).code == 0

    def forge(trail: Trail) -> None:
        split(trail)
        payloads = trail.logs[MUNICIPALITY]
        payloads[:] = rehashed(payloads, len(payloads), lambda event: event.update(request="other"))

    (tmp_path / "built.db").unlink()
    assert rules(verify(build(tmp_path, forge), (), KEYS)) == {"deed"}


# ---- what cannot be verified


def test_a_database_without_a_known_key_cannot_be_verified(database: Path) -> None:
    report = verify(database)
    assert (report.code, rules(report, UNVERIFIABLE)) == (2, {"key"})
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
    folder = export(tmp_path / "e", [*payloads[:280], payloads[280].replace(old, field), *payloads[281:]])
    report = verify(folder, (), KEYS)
    assert (report.code, rules(report, UNVERIFIABLE), report.first_bad(COUNTY)) == (2, {"version"}, 281)


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
    path = build(tmp_path)
    attack(
        path,
        "CREATE TABLE loose(log_id, size, root, note, at, reason, frontier); INSERT INTO loose(log_id) VALUES(500240);"
        "DROP TABLE trail_checkpoint; ALTER TABLE loose RENAME TO trail_checkpoint",
    )
    assert verify(path, (), KEYS).code == 2


def test_a_log_that_is_not_there_cannot_be_verified(database: Path) -> None:
    assert verify(database, (), KEYS, [500243]).code == 2
    assert verify(database, (), KEYS, [COUNTY]).code == 0
