"""The standalone verifier over an export: what it accepts, what it finds, and that it names the first bad event."""

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest

from registry.audit import verify_audit
from registry.audit.canonical import JsonValue, decode, encode
from registry.audit.verify_audit import verify
from tests.audit.forging import COUNT, KEYS, LAST, TRAIL, Payloads, bribe, export, rehashed, rules
from tests.audit.vectors import COUNTY, MUNICIPALITY, Trail


def test_an_untouched_export_and_database_are_sound(database: Path, tmp_path: Path) -> None:
    folder = TRAIL.write_export(tmp_path / "export")
    packed = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", folder))
    for source in (folder, packed, database):
        report = verify(source, [LAST, TRAIL.note(COUNTY, 77)], KEYS)
        assert (report.code, rules(report)) == (0, set()), report.lines()
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
        forged = rehashed(payloads, seq, bribe)[seq - 1]
        yield "insert", seq, [*before, forged, this, *after]
        yield "replace", seq, [*before, forged, *after]
    yield "delete the last", COUNT, payloads[:-1]
    yield "delete all", 1, []


@pytest.mark.parametrize("kind", [_flips, _fields, _moves])
def test_every_change_of_an_export_is_found_at_its_first_event(
    kind: Callable[[Payloads, random.Random], Iterator[tuple[str, int, Payloads]]], tmp_path: Path
) -> None:
    for number, (name, seq, payloads) in enumerate(kind(TRAIL.logs[COUNTY], random.Random(20260301))):
        report = verify(export(tmp_path / str(number), payloads), [LAST], KEYS)
        assert report.code, (name, seq)
        assert report.first_bad(COUNTY) == seq, (name, seq, report.lines())


@pytest.mark.parametrize("seq", [1, 45, 90, 91, 150, COUNT - 1, COUNT])
def test_history_rewritten_forward_is_found_only_by_an_earlier_outside_checkpoint(seq: int, tmp_path: Path) -> None:
    forged = rehashed(TRAIL.logs[COUNTY], seq, bribe)
    logs = {COUNTY: forged, MUNICIPALITY: TRAIL.logs[MUNICIPALITY][:1]}
    folder = Trail(logs=logs).write_export(tmp_path / "forged")
    assert verify(folder, (), KEYS).code == 0
    report = verify(folder, [LAST], KEYS)
    assert (report.code, report.first_bad(COUNTY), rules(report)) == (1, COUNT, {"outside"})
    assert verify(folder, [TRAIL.note(COUNTY, seq - 1)] if seq > 1 else [], KEYS).code == 0


def test_inner_checkpoints_and_witnesses_narrow_a_rewritten_history_down(tmp_path: Path) -> None:
    report = verify(export(tmp_path / "e", rehashed(TRAIL.logs[COUNTY], 100, bribe)), [TRAIL.note(COUNTY, 60)], KEYS)
    assert rules(report) == {"checkpoint", "witness"}
    assert report.first_bad(COUNTY) == 180
    assert any("第 91–180 条" in finding.detail for finding in report.findings)


def test_a_cut_tail_is_found_by_a_checkpoint_and_not_without_one(tmp_path: Path) -> None:
    folder = export(tmp_path / "cut", TRAIL.logs[COUNTY][:280])
    assert verify(folder, (), KEYS).code == 0
    report = verify(folder, [LAST], KEYS)
    assert (report.code, report.first_bad(COUNTY), rules(report)) == (1, 281, {"cut"})


def test_a_changed_file_of_the_export_no_longer_fits_the_manifest(tmp_path: Path) -> None:
    folder = TRAIL.write_export(tmp_path / "export")
    with (folder / f"checkpoints-{COUNTY}.txt").open("a") as file:
        file.write("\n")
    assert "manifest" in rules(verify(folder, (), KEYS))
    (folder / "events-500243.jsonl").write_text("")
    assert len(verify(folder, (), KEYS).findings) > 1
