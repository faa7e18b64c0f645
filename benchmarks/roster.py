"""Measure a roster of 10,000 households, three persons each: read and checked, then entered.

python benchmarks/roster.py                      10,000 households on SQLite
python benchmarks/roster.py --households 1000    fewer
python benchmarks/roster.py --postgres           on PostgreSQL, a server of its own
python benchmarks/roster.py --check              and fail above 20 s read and checked, or 40 s entered
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from plan import installation, timed  # noqa: E402
from sqlalchemy import func, select  # noqa: E402

from registry.database import db, transaction  # noqa: E402
from registry.ledger.distribution.rolls.importing import Roster, check_roster, import_households  # noqa: E402
from registry.ledger.distribution.rolls.sheet_words import COLUMNS  # noqa: E402
from registry.parties.households.models import Household, Person  # noqa: E402
from registry.policy.queries import policy_for  # noqa: E402
from registry.spreadsheet import SheetColumn, WorkSheet, write_xlsx  # noqa: E402
from tests.factories import TODAY, VILLAGE, person  # noqa: E402
from tests.ledger.rolls.people import number  # noqa: E402

HOUSEHOLDS = 10_000
LIMIT_READ, LIMIT_ENTERED = 20.0, 40.0
_RELATIONS = ("户主", "配偶", "之子")
#: Identity numbers run out after 999 of one birthday.
_SERIALS = 999


def workbook(households: int) -> bytes:
    """Return the sheet, a line for each person."""
    columns = tuple(SheetColumn(names[0]) for names in COLUMNS.values())
    out = BytesIO()
    write_xlsx([WorkSheet("农户名册", columns, _rows(households))], out)
    return out.getvalue()


def _rows(households: int) -> Iterator[tuple[str, ...]]:
    for household in range(households):
        head = _number(household * len(_RELATIONS))
        for place, relation in enumerate(_RELATIONS):
            said = {
                "group": f"{household % 12 + 1}组", "head_id": head, "name": "谭正国", "relation": relation,
                "resident_id": _number(household * len(_RELATIONS) + place), "labour": "普通劳动力", "is_member": "是",
                "shares": "1.5",
            }  # fmt: skip
            if not place:
                account = f"62170037{household:011d}"
                said |= {
                    "standing": "低保脱贫户",
                    "bank_name": "农商行",
                    "bank_account": account,
                    "phone": "13996057184",
                }
            yield tuple(said.get(key, "") for key in COLUMNS)


def _number(serial: int) -> str:
    return number(serial % _SERIALS, f"{1920 + serial // _SERIALS}0415")


def measure(households: int) -> tuple[float, float]:
    """Read and enter a roster; returns the seconds for either."""
    roster = Roster(VILLAGE, "防返贫监测系统名册", date(2024, 3, 5), workbook(households), "名册.xlsx")
    reading, read = timed(f"{households} households read and checked", lambda: check_roster(roster, TODAY))
    assert not reading.problems, reading.problems[:3]
    made = [one for _row, one in reading.households]

    def enter() -> int:
        with transaction(VILLAGE):
            return import_households(made, by=person("village_clerk"), on=TODAY, policy=policy_for(VILLAGE, TODAY))

    _, entered = timed("entered", enter)
    assert db.session.scalar(select(func.count()).select_from(Household)) == households
    assert db.session.scalar(select(func.count()).select_from(Person)) == households * len(_RELATIONS)
    return read, entered


def main() -> int:
    """Measure, and say whether the limits hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--households", type=int, default=HOUSEHOLDS)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, installation(Path(folder), postgres=args.postgres):
        read, entered = measure(args.households)
    good = read <= LIMIT_READ and entered <= LIMIT_ENTERED
    print(f"read {read:.3f} s (≤ {LIMIT_READ:g}), entered {entered:.3f} s (≤ {LIMIT_ENTERED:g})")
    return 0 if good or not args.check else 1


if __name__ == "__main__":
    sys.exit(main())
