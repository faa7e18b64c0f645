"""Measure closed months: closing a county, counting a running month, reading the tables of the municipality.

    python benchmarks/months.py FOLDER                generate 2,000 assets of one county in FOLDER first, then measure
    python benchmarks/months.py FOLDER --assets N     other numbers; 0 takes the register that stands in FOLDER
    python benchmarks/months.py FOLDER --check        and fail when a target is missed
    FPA_DATABASE_URI=… FPA_OWNER_DATABASE_URI=… …     another database (emptied by you)

Targets: a county of 26,000 assets closes within 30 s; a table of the municipality's closed year is read within 150 ms,
of every county and twelve months. The rows of other counties are copies of the one that was closed.
"""

import argparse
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

from sqlalchemy import insert, select
from sqlalchemy.engine import RowMapping

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.generate import COUNTY, MUNICIPALITY, generate, settings_of  # noqa: E402
from registry.app import create_app  # noqa: E402
from registry.clock import today  # noqa: E402
from registry.config import Settings  # noqa: E402
from registry.database import db, transaction  # noqa: E402
from registry.ledger.books.rules import month_of  # noqa: E402
from registry.operations.schema import owner_engine  # noqa: E402
from registry.permissions import system_actor  # noqa: E402
from registry.places.queries import list_children  # noqa: E402
from registry.reports.months.laying import laid_out  # noqa: E402
from registry.reports.months.reading import digests_of, read_figures  # noqa: E402
from registry.reports.months.standing import list_standings  # noqa: E402
from registry.supervision.periods.models import MonthFigures  # noqa: E402
from registry.supervision.periods.queries import area_of, close_days, kept_of  # noqa: E402
from registry.supervision.periods.rules import Period, PeriodKind, last_due, period_of  # noqa: E402
from registry.supervision.periods.services import close_month  # noqa: E402
from registry.supervision.periods.tables import TABLES  # noqa: E402

CLOSE_SECONDS, READ_MS = 30.0, 150.0
TIMES = 5


def close(on: date) -> float:
    """Close the last due month of the county, unless it is closed; returns the seconds it took."""
    month = last_due(on, close_days(COUNTY, on))
    if kept_of([COUNTY])[COUNTY].last == month:
        return 0.0
    begun = time.perf_counter()
    with transaction(COUNTY):
        close_month(area_of(COUNTY, on), month, by=system_actor(COUNTY), on=on)
    return time.perf_counter() - begun


def copy(settings: Settings, year: int) -> int:
    """Write the county's closed row for every county and month of a year, beside the trail; returns how many."""
    codes = [one.region_code for one in list_children(MUNICIPALITY)]
    month, table = kept_of([COUNTY])[COUNTY].last, MonthFigures.__table__
    rows = select(table).where(table.c.region_code == COUNTY, table.c.month == month)
    kept: list[RowMapping] = list(db.session.execute(rows).mappings())
    db.session.rollback()
    plain = [{name: value for name, value in row.items() if name != "id"} for row in kept]
    copies = [
        {**row, "region_code": code, "month": year * 12 + index}
        for index in range(12)
        for code in codes
        for row in plain
    ]
    with owner_engine(settings).begin() as connection:
        connection.execute(insert(MonthFigures), copies)
    return len(copies)


def timed(say: str, deed: Callable[[], object]) -> float:
    """Do something several times; returns the median in milliseconds."""
    took = []
    for _ in range(TIMES):
        db.session.rollback()
        begun = time.perf_counter()
        deed()
        took.append((time.perf_counter() - begun) * 1000)
    print(f"{say:<36}{median(took):10.1f} ms")
    return median(took)


def main() -> None:
    """Generate, measure, print; exits with 1 when a target is missed and --check was asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--assets", type=int, default=2_000)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    settings = settings_of(asked.folder.resolve())
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    if asked.assets:
        generate(settings, asked.assets, COUNTY[:6])
    with create_app(settings).app_context():
        on = today()
        closing = close(on)
        print(f"{'closing a county':<36}{closing:10.1f} s")
        running = period_of(month_of(on), PeriodKind.MONTH)
        timed("a running month of the county", lambda: read_figures(COUNTY, running, None, on))
        year = Period((on.year - 1) * 12, PeriodKind.YEAR)
        if kept_of([COUNTY])[COUNTY].first != year.first:
            print(f"{'rows of other counties and months':<36}{copy(settings, on.year - 1):10,}")
        read = timed("a table of the municipality's year", lambda: laid_out(
            read_figures(MUNICIPALITY, year, None, on), TABLES[:1]
        ))  # fmt: skip
        sector = timed("the same, of one sector", lambda: read_figures(MUNICIPALITY, year, ["AGRICULTURE"], on))
        listing = timed("the list of months", lambda: digests_of(
            MUNICIPALITY, [period for period, _one in list_standings(MUNICIPALITY, PeriodKind.MONTH, on)]
        ))  # fmt: skip
    if asked.check and (closing > CLOSE_SECONDS or max(read, sector, listing) > READ_MS):
        sys.exit(f"missed: {CLOSE_SECONDS:.0f} s for closing, {READ_MS:.0f} ms for reading")


if __name__ == "__main__":
    main()
