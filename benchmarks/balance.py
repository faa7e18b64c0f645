"""Measure the trial balance of a book: after years in which every account moved every month, and how it grows.

python benchmarks/balance.py               thirty years against one year, on SQLite and on PostgreSQL
python benchmarks/balance.py --years 60    more
python benchmarks/balance.py --check       and fail above 100 ms
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import insert

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.plan import installation  # noqa: E402
from registry.database import db, transaction  # noqa: E402
from registry.ledger.books.accounts import CHARTS, ChartVersion  # noqa: E402
from registry.ledger.books.models import AccountSum, Book  # noqa: E402
from registry.ledger.books.queries import trial_balance  # noqa: E402
from registry.ledger.books.rules import month_of  # noqa: E402
from tests.factories import TODAY, VILLAGE  # noqa: E402
from tests.ledger.books.keeping import book_of  # noqa: E402

YEARS, MONTHS = 30, 12
RUNS, LIMIT_MS = 30, 100.0


def fill_months(book_id: int, first: int, last: int) -> None:
    """Let every account move in every month, as the guard of the books keeps the sums."""
    rows = [
        {"book_id": book_id, "month": month, "account": code, "detail": "", "debit_fen": 1, "credit_fen": 1}
        for month in range(first, last)
        for code in CHARTS[ChartVersion.C2024]
    ]
    with transaction(VILLAGE):
        db.session.execute(insert(AccountSum), rows)


def median_ms(book_id: int) -> float:
    """Return how long a reader waits for the trial balance of the present month."""
    book, taken = db.session.get_one(Book, book_id), []
    for _again in range(RUNS):
        start = time.perf_counter()
        trial_balance(book, month_of(TODAY))
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def measure(years: int, *, postgres: bool) -> float:
    """Print the median after one year and after all of them; return the latter."""
    last = month_of(TODAY)
    with tempfile.TemporaryDirectory(prefix="fpa-balance-") as folder, installation(Path(folder), postgres=postgres):
        book_id = book_of().id
        fill_months(book_id, last - MONTHS, last)
        young = median_ms(book_id)
        fill_months(book_id, last - years * MONTHS, last - MONTHS)
        old = median_ms(book_id)
    where = "PostgreSQL" if postgres else "SQLite"
    print(f"{where:<12} one year {young:6.2f} ms, {years} years {old:6.2f} ms, {old / young:.2f} times as long")
    return old


def main() -> int:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--years", type=int, default=YEARS)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    slowest = max(measure(asked.years, postgres=postgres) for postgres in (False, True))
    return int(asked.check and slowest > LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main())
