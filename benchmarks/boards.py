"""Measure boards and what lies behind their numbers over a municipality that municipality.py filled.

    python benchmarks/boards.py FOLDER                 boards of every level, with and without a sector, and their lists
    python benchmarks/boards.py FOLDER --check         and fail when a target is missed
    python benchmarks/boards.py FOLDER --warnings      and ask all warnings anew first, as every night

Targets: a board within 150 ms, a list behind one of its numbers within 80 ms (medians, whole pages through WSGI), all
warnings within 300 s: with 1,000,000 assets, 5,000,000 rows of income and 10,000,000 events on PostgreSQL, a tenth of
it on SQLite. Every link of a board is of one of these kinds.
"""

import argparse
import sys
import time
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.generate import COUNTY, MUNICIPALITY, TOWNSHIP, settings_of  # noqa: E402
from benchmarks.income_rows import median_ms  # noqa: E402
from benchmarks.pages import signed_in  # noqa: E402
from registry.app import create_app  # noqa: E402
from registry.assets.register.cards.models import Asset  # noqa: E402
from registry.clock import today  # noqa: E402
from registry.database import db  # noqa: E402
from registry.supervision.warnings.evaluating import evaluate_everything  # noqa: E402

BOARD_MS, LIST_MS, NIGHT_SECONDS = 150.0, 80.0, 300.0
SEATS = {"municipality": MUNICIPALITY, "county": COUNTY, "township": TOWNSHIP}
SECTOR = "TRANSPORT"


def boards() -> dict[str, tuple[str, str]]:
    """Return the boards: what is asked, by whom, at which address."""
    found = {}
    for who, region in SEATS.items():
        found[f"board of the {who}"] = (who, f"/board?region={region}")
        found[f"board of the {who}, one sector"] = (who, f"/board?region={region}&sector={SECTOR}")
        found[f"home of the {who}"] = (who, "/")
    return found


def lists() -> dict[str, tuple[str, str]]:
    """Return the lists behind the numbers of boards."""
    year = today().year
    found = {}
    for who, region in SEATS.items():
        here = f"region={region}"
        for what, url in {
            "assets of a category and owner": f"/assets?{here}&category=OPERATING&owner_kind=VILLAGE_COLLECTIVE",
            "idle assets": f"/assets?{here}&use_status=IDLE",
            "untitled assets": f"/assets?{here}&title_status=UNCONFIRMED",
            "handed-over assets": f"/assets?{here}&handed_over=YES",
            "idle assets of a sector": f"/assets?{here}&use_status=IDLE&sector={SECTOR}",
            "income of the year": f"/income/rows?{here}&from={year}-01&until={year}-10&earned=1",
            "dues of the year": f"/dues?{here}&from={year}-01&until={year}-10",
            "open dues": f"/dues?{here}&from={year}-01&until={year}-10&state=OPEN",
            "serious warnings": f"/warnings?{here}&severity=HIGH",
            "overdue findings": f"/findings?{here}&overdue=1",
            "disposals done": f"/disposals?{here}&status=DONE",
            "plans": f"/distributions?{here}&agreed=1&year={year}",
        }.items():
            found[f"{who}: {what}"] = (who, url)
    return found


def main() -> int:
    """Measure, print one line a page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--warnings", action="store_true")
    asked = parser.parse_args()
    app = create_app(settings_of(asked.folder))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    missed = False
    with app.app_context():
        print(f"{db.session.scalar(select(func.count()).select_from(Asset)):,} assets, {db.engine.dialect.name}")
        db.session.remove()
        if asked.warnings:
            begun = time.perf_counter()
            tally = evaluate_everything(today())
            took = time.perf_counter() - begun
            missed = took > NIGHT_SECONDS
            print(f"all warnings asked anew {took:.0f} s, {tally.standing:,} standing", flush=True)
            db.session.remove()
    clients: dict[str, Any] = {who: signed_in(app, who) for who in SEATS}
    for pages, limit in ((boards(), BOARD_MS), (lists(), LIST_MS)):
        for what, (who, url) in pages.items():
            wall, cpu = median_ms(clients[who], url)
            missed = missed or wall > limit
            verdict = "ok    " if wall <= limit else "MISSED"
            print(f"{verdict} {what:48}p50 {wall:8.1f} ms  processor {cpu:8.1f} ms", flush=True)
    return int(asked.check and missed)


if __name__ == "__main__":
    raise SystemExit(main())
