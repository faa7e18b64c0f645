"""Measure warnings: everything asked anew, and what single events touched.

    python benchmarks/risk_warnings.py FOLDER                generate 20,000 assets in FOLDER first, then measure
    python benchmarks/risk_warnings.py FOLDER --assets N     other numbers; 0 takes the register that stands in FOLDER
    python benchmarks/risk_warnings.py FOLDER --check        and fail when a target is missed
    FPA_DATABASE_URI=… FPA_OWNER_DATABASE_URI=… …       another database (emptied by you)

Targets, on PostgreSQL with a million assets: everything within 300 s, twice (the second time nothing changes); 20 ms
for each event that is followed. An event here is a correction of one card: every risk of assets is asked of it.
"""

import argparse
import sys
import time
from pathlib import Path

from sqlalchemy import func, select

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.generate import COUNTY, MUNICIPALITY, generate, settings_of  # noqa: E402
from registry.app import create_app  # noqa: E402
from registry.assets.register.cards.models import Asset  # noqa: E402
from registry.audit.actions import Action  # noqa: E402
from registry.audit.services import record  # noqa: E402
from registry.clock import today  # noqa: E402
from registry.database import db, transaction  # noqa: E402
from registry.permissions import Actor, Grant, Role, system_actor  # noqa: E402
from registry.regions import code_range, log_of  # noqa: E402
from registry.supervision.warnings.counts import count_by_severity  # noqa: E402
from registry.supervision.warnings.evaluating import Tally, evaluate_everything, follow_log  # noqa: E402
from registry.supervision.warnings.models import RiskWarning  # noqa: E402
from registry.supervision.warnings.queries import WarningFilter  # noqa: E402

WHOLE_SECONDS, EVENT_MS = 300.0, 20.0
EVENTS = 200


def whole(say: str) -> float:
    """Ask everything; returns the seconds it took."""
    begun = time.perf_counter()
    tally: Tally = evaluate_everything(today())
    took = time.perf_counter() - begun
    print(f"{say:<28}{took:8.1f} s   opened {tally.opened:,}, closed {tally.closed:,}, standing {tally.standing:,}")
    return took


def correct(number: int) -> None:
    """Correct so many cards of one county, an event each; every other one is disputed from then on."""
    rows = select(Asset.id).where(Asset.region_code.between(*code_range(COUNTY))).order_by(Asset.id).limit(number)
    for index, key in enumerate(list(db.session.scalars(rows))):
        with transaction(COUNTY):
            asset = db.session.get_one(Asset, key)
            asset.remarks, asset.title_status = f"{index}", "DISPUTED" if index % 2 else asset.title_status
            record(Action.ASSET_CORRECTED, asset, by=system_actor(MUNICIPALITY))


def events(number: int) -> tuple[float, float]:
    """Return the milliseconds for each event: followed together, and one by one."""
    correct(number)
    begun = time.perf_counter()
    follow_log(log_of(COUNTY), today())
    together = (time.perf_counter() - begun) * 1000 / number
    single = 0.0
    for _ in range(number // 10):
        correct(1)
        begun = time.perf_counter()
        follow_log(log_of(COUNTY), today())
        single += (time.perf_counter() - begun) * 1000
    return together, single / (number // 10)


def widget() -> float:
    """Return the milliseconds of the counts on the municipality's home page."""
    seen = Actor(None, "", "", MUNICIPALITY, "", (Grant(Role.MUNICIPAL_SUPERVISOR, MUNICIPALITY),))
    begun = time.perf_counter()
    for _ in range(10):
        count_by_severity(WarningFilter(MUNICIPALITY), seen)
    return (time.perf_counter() - begun) * 100


def main() -> None:
    """Generate, measure, print; exits with 1 when a target is missed and --check was asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--assets", type=int, default=20_000)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    settings = settings_of(asked.folder.resolve())
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    if asked.assets:
        generate(settings, asked.assets)
    with create_app(settings).app_context():
        assets = db.session.scalar(select(func.count()).select_from(Asset))
        print(f"{assets:,} assets, {'SQLite' if settings.is_sqlite else 'PostgreSQL'}")
        took = max(whole("everything"), whole("everything again"))
        together, single = events(EVENTS)
        standing = db.session.scalar(select(func.count()).where(RiskWarning.closed_at.is_(None)))
        print(f"{'an event among many':<28}{together:8.1f} ms\n{'an event by itself':<28}{single:8.1f} ms")
        print(f"{'counts of the municipality':<28}{widget():8.1f} ms   of {standing:,} standing")
        missed = took > WHOLE_SECONDS or max(together, single) > EVENT_MS
    if asked.check and missed:
        sys.exit(f"missed: {WHOLE_SECONDS:.0f} s for everything, {EVENT_MS:.0f} ms for an event")


if __name__ == "__main__":
    main()
