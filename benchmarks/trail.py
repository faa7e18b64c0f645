"""Measure the trail: writing events, signing, exporting, and verifying them with the standalone verifier.

    python benchmarks/trail.py                  100,000 events on a fresh database file
    python benchmarks/trail.py --events 1000000 as many as you like
    python benchmarks/trail.py --check          and fail when a target is missed

Every event is written by record() with a changed row, in transactions of 500. The verifier runs as users run it: a
process of its own over the database file and over an unpacked export.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from registry import config  # noqa: E402
from registry.app import create_app  # noqa: E402
from registry.audit import verify_audit  # noqa: E402
from registry.audit.actions import Action  # noqa: E402
from registry.audit.export import export_trail  # noqa: E402
from registry.audit.keys import service_verifier  # noqa: E402
from registry.audit.queries import last_seq, list_logs  # noqa: E402
from registry.audit.reconcile import reconcile  # noqa: E402
from registry.audit.services import make_checkpoint, record  # noqa: E402
from registry.config import Settings  # noqa: E402
from registry.database import db, transaction  # noqa: E402
from registry.operations.schema import record_schema, upgrade  # noqa: E402
from registry.permissions import Actor, Grant, Role  # noqa: E402
from registry.places.models import Region  # noqa: E402
from registry.places.services import import_divisions, logs_of, read_divisions  # noqa: E402
from registry.regions import Level, level_of  # noqa: E402

CITY, COUNTY, LOG = "500000000000", "500240000000", 500240
BATCH = 500
AUDITOR = Actor(None, "审计员", "审计员", CITY, "重庆市", (Grant(Role.AUDITOR, CITY),))
#: Seconds for each 100,000 events.
TARGETS = {"verify database": 10.0, "verify export": 10.0}


def timed(work: Callable[[], object]) -> float:
    """Return the seconds a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def found(folder: Path) -> None:
    """Make a database with one county's units."""
    settings = Settings(data_dir=folder)
    app = create_app(settings)
    upgrade(settings)
    app.app_context().push()
    record_schema(CITY)
    lines = (config.PACKAGE / "data" / "divisions-chongqing.csv").read_text("utf-8").splitlines()
    kept = [lines[0], *(line for line in lines[1:] if line.startswith((CITY, COUNTY[:6])))]
    rows = read_divisions("\n".join(kept))
    with transaction(*logs_of(rows)):
        import_divisions(rows, by=AUDITOR)


def write(events: int) -> None:
    """Change villages over and over, one event each, with a checkpoint every thousand."""
    codes = [code for (code,) in db.session.execute(db.select(Region.region_code)) if level_of(code) is Level.VILLAGE]
    for start in range(0, events, BATCH):
        with transaction(COUNTY):
            units = [db.session.get_one(Region, codes[(start + number) % len(codes)]) for number in range(BATCH)]
            for number, unit in enumerate(units, start=start):
                unit.name = f"第{number}村村民委员会"
                record(Action.REGION_RENAMED, unit, by=AUDITOR, reason=f"批复〔2026〕{number}号")
        db.session.remove()
        if start % (2 * BATCH) == 0:
            make_checkpoint(LOG, "benchmark")


#: A small process between us and the verifier, or our own memory would be counted as its peak.
_MEASURE = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
sys.stderr.write(str(peak))
sys.stdout.buffer.write(done.stdout)
"""


def verifier(source: Path, *logs: int) -> tuple[float, int]:
    """Run the standalone verifier; return seconds and its peak memory in MiB, after checking that all is sound."""
    command = [sys.executable, "-I", verify_audit.__file__, str(source), "--json"]
    for log_id in logs:
        command += ["--key", service_verifier(config.current(), log_id)]
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-I", "-c", _MEASURE, *command], capture_output=True, text=True, check=True)
    seconds = time.perf_counter() - start
    told = json.loads(done.stdout)
    if told["code"]:
        raise SystemExit(json.dumps(told["findings"], ensure_ascii=False)[:2000])
    return seconds, int(done.stderr)


def main() -> None:
    """Measure and print one line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fpa-trail-") as name:
        folder = Path(name)
        found(folder)
        figures = {"write": timed(lambda: write(options.events))}
        figures["sign"] = timed(lambda: make_checkpoint(LOG, "benchmark"))
        logs = list_logs()
        figures["verify database"], peak = verifier(folder / "app.db", *logs)
        figures["export"] = timed(lambda: export_trail(logs, folder / "trail.zip", by=AUDITOR))
        with zipfile.ZipFile(folder / "trail.zip") as packed:
            packed.extractall(folder / "trail")
        figures["verify export"], export_peak = verifier(folder / "trail", *logs)
        figures["reconcile"] = timed(lambda: reconcile(LOG))
        total = sum(map(last_seq, logs))
        size = (folder / "app.db").stat().st_size
    per = total / 100_000
    for what, seconds in figures.items():
        print(f"{what:<16} {seconds:8.2f} s   {seconds / per:7.2f} s per 100,000   {total / seconds:10,.0f} events/s")
    print(f"events {total:,}  database {size / total:,.0f} bytes per event  verifier peak {max(peak, export_peak)} MiB")
    missed = [what for what, limit in TARGETS.items() if figures[what] / per > limit]
    if options.check and missed:
        raise SystemExit(f"missed: {', '.join(missed)}")


if __name__ == "__main__":
    main()
