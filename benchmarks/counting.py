"""Measure the yearly count of a county: opening it, the county's screens, a village's sheet, marking, confirming.

    python benchmarks/counting.py                 5,000 assets of one county, on a fresh database file
    python benchmarks/counting.py --assets 20000
    python benchmarks/counting.py --check         and fail when a target is missed
    FPA_DATABASE_URI=… FPA_OWNER_DATABASE_URI=… python benchmarks/counting.py
                                                  on another database, which must be empty

One asset in ten is found otherwise than registered. Milliseconds of the processor (of this process) and of the wall
clock: medians, everything read anew each time; opening and marking are measured once over all of it.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.disposals import timed  # noqa: E402
from benchmarks.generate import COUNTY, VILLAGE, generate, seat_people  # noqa: E402
from benchmarks.pages import signed_in  # noqa: E402
from benchmarks.title_case import who  # noqa: E402
from benchmarks.writing import settings_in  # noqa: E402
from registry.app import create_app  # noqa: E402
from registry.clock import today  # noqa: E402
from registry.database import db, transaction  # noqa: E402
from registry.permissions import Role  # noqa: E402
from registry.policy.queries import policy_for  # noqa: E402
from registry.supervision.stocktaking.counting import confirm_sheet, count_line, submit_sheet  # noqa: E402
from registry.supervision.stocktaking.models import StockLine, StockSheet  # noqa: E402
from registry.supervision.stocktaking.rules import CampaignKind, Count, Opening, Outcome  # noqa: E402
from registry.supervision.stocktaking.services import open_campaign  # noqa: E402

ASSETS, ODD = 5_000, 10
PEOPLE = (
    ("counter", Role.COUNTY_CLERK, COUNTY),
    ("overseer", Role.COUNTY_AGRICULTURE, COUNTY),
    ("village_counter", Role.VILLAGE_CLERK, VILLAGE),
)
Times = dict[str, tuple[float, float]]
#: Milliseconds of the processor that each may take.
MOST = {"opened": 10_000, "campaign": 150, "lines": 80, "differences": 80, "sheet": 150, "one mark": 40}


def opened() -> int:
    """Call the count of the county; its id."""
    on = today()
    about = Opening(COUNTY, CampaignKind.SPECIAL, on.year, "石柱府办〔2026〕88号", on, on + timedelta(days=60))
    with transaction(COUNTY):
        return open_campaign(about, by=who("counter"), on=on, policy=policy_for(COUNTY, on)).id


def counted(sheets: list[int]) -> None:
    """Mark every line of these sheets and confirm them, one transaction a sheet."""
    clerk, head = who("counter"), who("overseer")
    for sheet_id in sheets:
        with transaction(COUNTY):
            sheet = db.session.get_one(StockSheet, sheet_id)
            rows = select(StockLine).where(StockLine.sheet_id == sheet_id).order_by(StockLine.id)
            for line in db.session.scalars(rows):
                otherwise = line.id % ODD == 0
                said = Count(Outcome.IDLE, note="停用半年") if otherwise else Count(Outcome.FOUND)
                count_line(line, said, (), by=clerk)
            submit_sheet(sheet, by=clerk, on=today())
            confirm_sheet(sheet, "属实", by=head)
        db.session.remove()


def sheets_of(campaign_id: int) -> list[int]:
    """Return the sheets of a count, the one of the village that is looked at last."""
    rows = select(StockSheet.id, StockSheet.region_code).where(StockSheet.campaign_id == campaign_id)
    found = db.session.execute(rows.order_by(StockSheet.id)).all()
    return [key for key, code in found if code != VILLAGE] + [key for key, code in found if code == VILLAGE]


def page_of(client: FlaskClient, url: str) -> Callable[[], None]:
    """Return a function that opens a page."""

    def look() -> None:
        answer = client.get(url)
        assert answer.status_code == 200, answer.text

    return look


def measure(app: Flask) -> Times:
    """Open, count all sheets but one, look at every screen, mark one line."""
    found: Times = {}
    made: list[int] = []
    found["opened"] = timed(lambda: made.append(opened()), 1, 0)
    (campaign_id,) = made
    *others, own = sheets_of(campaign_id)
    found["counted"] = timed(lambda: counted(others), 1, 0)
    county, village = signed_in(app, "overseer"), signed_in(app, "village_counter")
    screens = {
        "campaign": (county, f"/stocktaking/{campaign_id}"),
        "lines": (county, f"/stocktaking/{campaign_id}/lines"),
        "differences": (county, f"/stocktaking/{campaign_id}/differences"),
        "sheet": (village, f"/stocktaking/sheets/{own}"),
    }
    for what, (client, url) in screens.items():
        found[what] = timed(page_of(client, url), 20, 3)
    keys = iter(db.session.scalars(select(StockLine.id).where(StockLine.sheet_id == own)).all() * 5)

    def mark() -> None:
        with transaction(COUNTY):
            line = db.session.get_one(StockLine, next(keys))
            count_line(line, Count(Outcome.FOUND), (), by=who("village_counter"))

    found["one mark"] = timed(mark, 20, 3)
    return found


def main() -> None:
    """Fill, measure, print one line a figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--assets", type=int, default=ASSETS)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fpa-counting-") as name:
        settings = settings_in(Path(name))
        generate(settings, options.assets, COUNTY[:6])
        app = create_app(settings)
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            seat_people(PEOPLE)
            found = measure(app)
            db.session.remove()
            db.engine.dispose()
    print(f"{options.assets:,} assets{'busy ms':>17}{'wall ms':>12}{'at most':>10}")
    for what, (busy, wall) in found.items():
        print(f"{what:15}{busy:14,.1f}{wall:12,.1f}{MOST.get(what, '') or '':>10}")
    if options.check and any(found[what][0] > most for what, most in MOST.items()):
        raise SystemExit("slower than it may be")


if __name__ == "__main__":
    main()
