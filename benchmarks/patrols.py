"""Measure pages of custody before and after a million patrols: one run, one database file, ratios of the medians.

    python benchmarks/patrols.py                     1,000,000 patrols over 500 assets, 20,000 of them on one
    python benchmarks/patrols.py --patrols 100000    fewer
    python benchmarks/patrols.py --check             and fail when a page takes more than 1.5 times as long

Patrols are written into the file as they stand after years of use, with the one row per asset that lists read.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from registry.accounts.models import User  # noqa: E402
from registry.accounts.queries import actor_of  # noqa: E402
from registry.app import create_app  # noqa: E402
from registry.assets.register.cards.models import Asset  # noqa: E402
from registry.assets.register.cards.services import add_asset, confirm_asset  # noqa: E402
from registry.clock import today  # noqa: E402
from registry.config import Settings  # noqa: E402
from registry.database import db, transaction  # noqa: E402
from registry.engines import sqlite_module  # noqa: E402
from registry.kinds import Category  # noqa: E402
from tests.conftest import fill  # noqa: E402
from tests.factories import PASSWORD, VILLAGE, registration  # noqa: E402

ASSETS, ON_ONE = 500, 20_000
RUNS, WARM_UP = 40, 5
LIMIT_RATIO = 1.5
_PATROL = (
    "INSERT INTO patrol (asset_id, kind, result, note, done_on, by_text, at, region_code) "
    "VALUES (?, 'SELF', 'NORMAL', '', ?, '管护员', ?, ?)"
)
_STATE = "INSERT INTO patrol_state (asset_id, self_on, self_due_on) VALUES (?, ?, ?)"


def build(folder: Path) -> tuple[Flask, list[int]]:
    """Make a database with a village full of public roads."""
    settings = Settings(data_dir=folder, require_second_factor=False)
    fill(settings)
    app = create_app(settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    road = {"category": Category.PUBLIC_WELFARE, "subtype": "ROAD", "unit": "公里"}
    with app.app_context():
        people = {one.username: actor_of(one, today()) for one in db.session.scalars(select(User))}
        with transaction(VILLAGE):
            for number in range(ASSETS):
                asset = add_asset(registration(name=f"产业路{number}", **road), by=people["village_clerk"], on=today())
                confirm_asset(asset, by=people["township_clerk"])
        keys = list(db.session.scalars(select(Asset.id).order_by(Asset.id)))
        db.session.remove()
    return app, keys


def rows(keys: list[int], patrols: int) -> Iterator[tuple[int, str, str, str]]:
    """Yield patrols day by day, over all assets; the first has many more than the others."""
    start = date(2016, 1, 1)
    for number in range(patrols):
        key = keys[0] if number < ON_ONE else keys[number % len(keys)]
        day = (start + timedelta(days=number % 3_650)).isoformat()
        yield key, day, f"{day}T02:00:00.000000Z", VILLAGE


def add_patrols(file: Path, keys: list[int], patrols: int) -> float:
    """Write the patrols and what lists read of them; returns the seconds it took."""
    begun = time.perf_counter()
    last, due = date(2026, 11, 1), date(2099, 1, 1)
    with closing(sqlite_module().connect(file)) as connection, connection:
        connection.executemany(_PATROL, rows(keys, patrols))
        connection.executemany(_STATE, [(key, last.isoformat(), due.isoformat()) for key in keys])
    return time.perf_counter() - begun


def median_ms(client: FlaskClient, url: str) -> float:
    """Return the median time of a page in milliseconds."""
    times = []
    for _ in range(WARM_UP + RUNS):
        begun = time.perf_counter()
        answer = client.get(url)
        times.append((time.perf_counter() - begun) * 1000)
        assert answer.status_code == 200, (url, answer.text)
    return statistics.median(times[WARM_UP:])


def main() -> int:
    """Measure, add, measure again; print one line a page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--patrols", type=int, default=1_000_000)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fpa-patrols-") as name:
        folder = Path(name)
        app, keys = build(folder)
        with app.app_context():
            number = db.session.scalar(select(Asset.asset_no).where(Asset.id == keys[0]))
            db.session.remove()
        client = app.test_client()
        client.post("/login", data={"username": "village_clerk", "password": PASSWORD})
        pages = {
            "asset page": f"/assets/{number}",
            "custody of the asset": f"/assets/{number}/custody",
            "custody of the village": "/custody",
        }
        before = {what: median_ms(client, url) for what, url in pages.items()}
        seconds = add_patrols(folder / "app.db", keys, options.patrols)
        after = {what: median_ms(client, url) for what, url in pages.items()}
        size = (folder / "app.db").stat().st_size
    print(f"{options.patrols:,} patrols written in {seconds:.1f} s, file {size / 2**20:,.0f} MiB")
    print(f"{'':26}{'empty ms':>10}{'full ms':>10}{'ratio':>8}")
    for what in pages:
        print(f"{what:26}{before[what]:10.2f}{after[what]:10.2f}{after[what] / before[what]:8.2f}")
    slow = [what for what in pages if after[what] > LIMIT_RATIO * before[what]]
    return 1 if slow and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
