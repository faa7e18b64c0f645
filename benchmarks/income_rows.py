"""Measure the pages of income over many rows: an asset's income, a village's month, a county's year.

    python benchmarks/income_rows.py                     20,000 assets with 5,000,000 income rows in a database file
    python benchmarks/income_rows.py --rows 500000       fewer
    python benchmarks/income_rows.py --check             and fail when a page is slower than it may be
    FPA_DATABASE_URI=… FPA_OWNER_DATABASE_URI=… python benchmarks/income_rows.py      another database (empty)

Rows are written beside the services, as the owner of the tables, with the sums that the services keep. Every tenth row
begins a receipt. Pages are asked through WSGI by people who see all of the unit.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, select, text

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.generate import COUNTY, TOWNSHIP, blank, generate, seat_people  # noqa: E402
from benchmarks.pages import signed_in  # noqa: E402
from benchmarks.writing import settings_in  # noqa: E402
from registry.app import create_app  # noqa: E402
from registry.assets.register.cards.models import Asset, AssetOwner  # noqa: E402
from registry.clock import start_of  # noqa: E402
from registry.config import Settings  # noqa: E402
from registry.database import db  # noqa: E402
from registry.ledger.operation.receipts.kinds import IncomeKind  # noqa: E402
from registry.ledger.operation.receipts.models import IncomeRow, Receipt  # noqa: E402
from registry.ledger.operation.receipts.rules import Basis, ReceiptStatus  # noqa: E402
from registry.operations.schema import owner_engine  # noqa: E402
from registry.permissions import Role  # noqa: E402

ASSETS, ROWS, BATCH = 20_000, 5_000_000, 20_000
PER_RECEIPT = 10
RUNS, WARM_UP = 40, 5
LIMIT_MS = 60.0
FIRST = date(2017, 1, 1)
DAYS = 3_600
KINDS = tuple(kind.value for kind in (IncomeKind.RENT, IncomeKind.DIVIDEND, IncomeKind.OTHER, IncomeKind.PREPAYMENT))
_SUMS = """
INSERT INTO income_sum (region_code, month, kind, sector, rows, amount_fen)
SELECT {unit}, month, kind, sector, count(*), sum(amount_fen) FROM income_row GROUP BY {unit}, month, kind, sector
"""
_UNITS = ("region_code", "substr(region_code, 1, 9) || '000'", "substr(region_code, 1, 6) || '000000'")


def receipts(owners: list[tuple[int, str, int, str]], total: int) -> Iterator[dict[str, Any]]:
    """Yield the receipts day by day over all assets."""
    table: Any = Receipt.__table__
    common = blank(table)
    for number in range(total // PER_RECEIPT):
        asset_id, region, _party, sector = owners[number % len(owners)]
        day = FIRST + timedelta(days=number * DAYS * PER_RECEIPT // total)
        yield {
            **common, "id": number + 1, "asset_id": asset_id, "region_code": region, "sector": sector,
            "kind": KINDS[number % len(KINDS)], "basis": Basis.OWN.value, "status": ReceiptStatus.POSTED.value,
            "amount_fen": 1_000_000, "received_on": day, "earned_from": day, "earned_to": day, "version_id": 1,
            "entered_by_text": "报账员", "entered_at": start_of(day), "corrects_id": None, "contract_id": None,
            "equity_id": None, "due_fen": None, "last_fen": None, "entered_by_id": None, "checked_by_id": None,
            "checked_at": None,
        }  # fmt: skip


def rows(owners: list[tuple[int, str, int, str]], total: int) -> Iterator[dict[str, Any]]:
    """Yield the income of the receipts."""
    for number in range(total):
        receipt = number // PER_RECEIPT
        asset_id, region, party_id, sector = owners[receipt % len(owners)]
        day = FIRST + timedelta(days=number * DAYS // total)
        yield {
            "id": number + 1, "receipt_id": receipt + 1, "asset_id": asset_id, "party_id": party_id,
            "region_code": region, "sector": sector, "kind": KINDS[receipt % len(KINDS)],
            "basis": Basis.OWN.value, "amount_fen": 100_000, "received_on": day, "month": day.year * 100 + day.month,
            "earned_from": day, "earned_to": day, "earned_on": day,
        }  # fmt: skip


def write(connection: Connection, table: Table, lines: Iterator[dict[str, Any]]) -> None:
    """Insert many rows at once."""
    while batch := list(islice(lines, BATCH)):
        connection.execute(insert(table), batch)


def fill(settings: Settings, total: int) -> None:
    """Write receipts, income and sums; indexes are made afterwards."""
    engine = owner_engine(settings)
    receipt, row = Receipt.__table__, IncomeRow.__table__
    with engine.begin() as connection:
        owned = select(Asset.id, Asset.region_code, AssetOwner.party_id, Asset.sector).join(AssetOwner)
        owners = [tuple(one) for one in connection.execute(owned.order_by(Asset.id))]
        for table in (receipt, row):
            for index in table.indexes:  # type: ignore[attr-defined]
                index.drop(connection)
        write(connection, receipt, receipts(owners, total))  # type: ignore[arg-type]
        write(connection, row, rows(owners, total))  # type: ignore[arg-type]
        for unit in _UNITS:
            connection.execute(text(_SUMS.format(unit=unit)))
        for table in (receipt, row):
            for index in table.indexes:  # type: ignore[attr-defined]
                index.create(connection)
        connection.execute(text("ANALYZE"))
    engine.dispose()


def median_ms(client: Any, url: str) -> tuple[float, float]:
    """Return the median milliseconds of a page, by the clock and of the processor."""
    walls, cpus = [], []
    for _ in range(WARM_UP + RUNS):
        begun, busy = time.perf_counter(), time.process_time()
        answer = client.get(url)
        walls.append((time.perf_counter() - begun) * 1000)
        cpus.append((time.process_time() - busy) * 1000)
        assert answer.status_code == 200, (url, answer.text)
    return statistics.median(walls[WARM_UP:]), statistics.median(cpus[WARM_UP:])


def main() -> int:
    """Fill, measure, print one line a page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    slow = False
    with tempfile.TemporaryDirectory(prefix="fpa-income-rows-") as folder:
        settings = settings_in(Path(folder))
        generate(settings, ASSETS)
        begun = time.perf_counter()
        fill(settings, asked.rows)
        print(f"{asked.rows:,} rows written in {time.perf_counter() - begun:.0f} s")
        app = create_app(settings)
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
        with app.app_context():
            seat_people([("county", Role.COUNTY_AGRICULTURE, COUNTY)])
            first = select(Asset).where(Asset.region_code.like(f"{TOWNSHIP[:9]}%")).order_by(Asset.id)
            asset = db.session.scalars(first.limit(1)).one()
            number, village = asset.asset_no, asset.region_code
            db.session.remove()
        client = signed_in(app, "county")
        pages = {
            "an asset's income": f"/assets/{number}/income",
            "a village's month": f"/income?region={village}&period=2026-05",
            "a county's year": f"/income?region={COUNTY}&period=2025",
            "a county's year of one kind": f"/income?region={COUNTY}&period=2021&kind=DIVIDEND",
            "the checker's desk": f"/income/review?region={COUNTY}",
            "what is overdue": f"/income/arrears?region={COUNTY}",
        }
        for what, url in pages.items():
            wall, cpu = median_ms(client, url)
            slow = slow or wall > LIMIT_MS
            print(f"{'ok    ' if wall <= LIMIT_MS else 'MISSED'} {what:32}p50 {wall:8.2f} ms  processor {cpu:8.2f} ms")
    return int(asked.check and slow)


if __name__ == "__main__":
    raise SystemExit(main())
