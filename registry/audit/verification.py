"""Verifying on the spot: the standalone verifier in a process of its own, and the rows against the trail."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from registry import config
from registry.audit import verify_audit
from registry.audit.actions import Action
from registry.audit.canonical import JsonValue
from registry.audit.events import Thing
from registry.audit.export import Folder, write_files
from registry.audit.keys import service_verifier
from registry.audit.queries import last_seq, list_logs
from registry.audit.reconcile import Mismatch, reconcile
from registry.audit.services import record
from registry.audit.verify_audit import NOTE, PROMISES, ROW_RULES, Finding, LogSummary
from registry.database import db, transaction, why_read_only
from registry.permissions import Actor

#: Beyond this many events a page would keep its reader waiting; the console has no limit.
MAX_ON_PAGE = 200_000
#: What the verifier says when it leaves the rows to others; here they are compared all the same.
_NO_ROWS = Finding("row", "只核验了部分日志，没有核对业务表", grade=NOTE)
#: The verifier's rules about checkpoints: inside the database, outside it, and in the municipality's log.
_OUTSIDE = frozenset({"checkpoint", "outside", "witness", "cut", "fork", "key"})


@dataclass(frozen=True)
class Verdict:
    """What a verification came to, as the verifier exits: 0 sound, 1 tampered, 2 cannot verify."""

    code: int
    logs: tuple[LogSummary, ...]
    findings: tuple[Finding, ...]
    left_out: int
    mismatches: tuple[Mismatch, ...]
    promises: tuple[str, ...] = PROMISES

    @property
    def faults(self) -> tuple[str, ...]:
        """What speaks against the trail or the rows, in sentences."""
        told = tuple(finding.line() for finding in self.findings if finding.grade != NOTE)
        return told + tuple(one.line() for one in self.mismatches)

    @property
    def is_chained(self) -> bool:
        """Whether nothing speaks against the events themselves."""
        return not self._broken(lambda finding: finding.rule not in _OUTSIDE | ROW_RULES)

    @property
    def is_anchored(self) -> bool:
        """Whether nothing speaks against the checkpoints."""
        return not self._broken(lambda finding: finding.rule in _OUTSIDE)

    @property
    def is_reconciled(self) -> bool:
        """Whether nothing speaks against the business rows."""
        return not self.mismatches and not self._broken(lambda finding: finding.rule in ROW_RULES)

    def _broken(self, concerns: Callable[[Finding], bool]) -> bool:
        return any(finding.grade != NOTE and concerns(finding) for finding in self.findings)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader should know besides."""
        return tuple(finding.line() for finding in self.findings if finding.grade == NOTE)


def count_events(logs: Sequence[int]) -> int:
    """Return how many events a verification of these logs reads."""
    return sum(map(last_seq, logs))


def verify_logs(logs: Sequence[int], notes: Sequence[Path], *, by: Actor) -> Verdict:
    """Verify some logs against the notes given and those beside the database, reconcile their rows, and record it.

    Chain, columns, tiles and checkpoints are the standalone verifier's. It never opens a live SQLite file in this
    process: closing the file here would drop the locks that our own connections hold.
    """
    beside = sorted(config.current().checkpoints.glob("[0-9]*"))
    with _source(logs) as (source, is_whole):
        told = _run(source, [*notes, *beside], logs, is_whole=is_whole)
    mismatches = tuple(found for log_id in logs for found in reconcile(log_id))
    verdict = Verdict(
        code=1 if mismatches else int(told["code"]),
        logs=tuple(LogSummary(**one) for one in told["logs"]),
        findings=tuple(one for one in (Finding(**fields) for fields in told["findings"]) if one != _NO_ROWS),
        left_out=int(told["left_out"]),
        mismatches=mismatches,
    )
    if not why_read_only():
        _record(verdict, by)
    return verdict


@contextmanager
def _source(logs: Sequence[int]) -> Iterator[tuple[Path, bool]]:
    """Give the verifier the database file itself, or a fresh export; say whether it holds these logs and no other."""
    is_whole = set(logs) == set(list_logs())
    path = db.engine.url.database
    if db.engine.dialect.name == "sqlite" and path:
        yield Path(path), is_whole
        return
    with tempfile.TemporaryDirectory(prefix="fpa-verify-") as folder:
        write_files(Folder(Path(folder)), logs, None)
        yield Path(folder), is_whole


def _run(source: Path, notes: Sequence[Path], logs: Sequence[int], *, is_whole: bool) -> dict[str, Any]:
    command = [sys.executable, "-I", verify_audit.__file__, str(source), "--json"]
    for note in notes:
        command += ["--checkpoint", str(note)]
    for log_id in logs:
        command += ["--key", service_verifier(config.current(), log_id)]
        command += [] if is_whole else ["--log", str(log_id)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603
    return cast("dict[str, Any]", json.loads(done.stdout)) if done.returncode < 3 else _usage(done.stderr)


def _usage(words: str) -> dict[str, Any]:
    """A note that is none makes the whole verification impossible, and is said in the verifier's own words."""
    finding = {"rule": "source", "detail": words.strip().splitlines()[-1], "grade": verify_audit.UNVERIFIABLE}
    return {"code": 2, "logs": [], "findings": [finding], "left_out": 0}


def _record(verdict: Verdict, by: Actor) -> None:
    sizes: dict[str, JsonValue] = {str(one.log): one.size for one in verdict.logs}
    with transaction(by.unit_code):
        thing = Thing("trail", "+".join(sizes)[:40], by.unit_code)
        record(Action.VERIFIED, thing, by=by, facts={"code": verdict.code, "logs": sizes})
