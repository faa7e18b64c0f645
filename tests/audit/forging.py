"""What the tests of the verifier share: a synthetic trail, its files, and the ways to forge them."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import cast

from registry.audit.canonical import JsonValue, decode, encode
from registry.audit.verify_audit import TAMPERED, Report
from tests.audit.vectors import COUNTY, KEY, MUNICIPALITY, Trail, leaf, sample_trail

EVENTS = 300
KEYS = (str(KEY),)
Payloads = list[str]
TRAIL = sample_trail(EVENTS)
COUNT = len(TRAIL.logs[COUNTY])
LAST = TRAIL.note(COUNTY, COUNT)


def export(folder: Path, county: Payloads, checkpoints: list[int] | None = None, trail: Trail = TRAIL) -> Path:
    """Write an export whose manifest the forger has put right; inner checkpoints stay as they were signed."""
    other = Trail(logs={**trail.logs, COUNTY: county}, checkpoints={MUNICIPALITY: trail.checkpoints[MUNICIPALITY]})
    other.write_export(folder)
    sizes = TRAIL.checkpoints[COUNTY] if checkpoints is None else checkpoints
    notes = "---\n".join(TRAIL.note(COUNTY, size) for size in sizes)
    (folder / f"checkpoints-{COUNTY}.txt").write_text(notes)
    files = {item.name: item.read_text() for item in folder.iterdir() if item.name != "manifest.json"}
    (folder / "manifest.json").write_text(other.manifest(files))
    return folder


def rehashed(payloads: Payloads, seq: int, change: Callable[[dict[str, JsonValue]], None]) -> Payloads:
    """Change one event and recompute everything after it, as somebody with the whole database can."""
    forged = payloads[: seq - 1]
    for number, payload in enumerate(payloads[seq - 1 :], start=seq):
        event = cast("dict[str, JsonValue]", decode(payload))
        event["prev"] = leaf(forged[-1]) if forged else "0" * 64
        if number == seq:
            change(event)
        forged.append(encode(event))
    return forged


def bribe(event: dict[str, JsonValue]) -> None:
    event["reason"] = "另有安排"


def rules(report: Report, grade: str = TAMPERED) -> set[str]:
    return {finding.rule for finding in report.findings if finding.grade == grade}


def attack(path: Path, statements: str) -> None:
    connection = sqlite3.connect(path)
    connection.executescript(statements)
    connection.close()


def build(tmp_path: Path, *steps: Callable[[Trail], None]) -> Path:
    trail = sample_trail(30)
    for step in steps:
        step(trail)
    return trail.write_database(tmp_path / "built.db")
