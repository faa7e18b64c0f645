"""Measure a year's plan over 10,000 households: computed, submitted, carried out, released into the books, paid.

python benchmarks/plan.py                      10,000 households on SQLite
python benchmarks/plan.py --households 1000    fewer
python benchmarks/plan.py --postgres           on PostgreSQL, a server of its own
python benchmarks/plan.py --check              and fail above 1 s computed or 10 s for any deed that posts
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import TypeVar

from flask import Flask

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from registry.app import create_app  # noqa: E402
from registry.audit.actions import Action  # noqa: E402
from registry.audit.services import record  # noqa: E402
from registry.config import Settings  # noqa: E402
from registry.database import db, transaction  # noqa: E402
from registry.ledger.distribution.payout.queries import lines_by_serial  # noqa: E402
from registry.ledger.distribution.payout.rules import ResultFacts, ResultKind  # noqa: E402
from registry.ledger.distribution.plans.computing import compute  # noqa: E402
from registry.ledger.distribution.plans.freezing import freeze, thaw  # noqa: E402
from registry.ledger.distribution.plans.gathering import frozen_inputs  # noqa: E402
from registry.ledger.distribution.rolls.enrolling import Enrolment  # noqa: E402
from registry.ledger.distribution.rolls.rules import BeneficiaryClass  # noqa: E402
from registry.ledger.distribution.rolls.services import enter_households  # noqa: E402
from registry.parties.households.rules import (  # noqa: E402
    HouseholdFacts,
    HouseholdStatus,
    Labour,
    PersonFacts,
    Relation,
)
from registry.policy.queries import policy_for  # noqa: E402
from tests.conftest import fill, pg_settings_for  # noqa: E402
from tests.factories import TODAY, VILLAGE, person  # noqa: E402
from tests.ledger.payout.paying import ordered, released, told  # noqa: E402
from tests.ledger.plans.planning import RENT, USES, agreed, drafted, income, plan_of  # noqa: E402
from tests.ledger.rolls.people import number  # noqa: E402
from tests.postgres import OWNER, running_server  # noqa: E402

HOUSEHOLDS, AT_ONCE = 10_000, 500
LIMIT_COMPUTED, LIMIT_POSTED = 1.0, 10.0
T = TypeVar("T")
#: Identity numbers run out after 999 of one birthday.
_SERIALS = 999


@contextmanager
def installation(folder: Path, *, postgres: bool) -> Iterator[Flask]:
    """Give an application on a fresh database."""
    with ExitStack() as stack:
        settings = Settings(data_dir=folder, require_second_factor=False)
        if postgres:
            server = stack.enter_context(running_server())
            server.run(f"CREATE DATABASE plan OWNER {OWNER}")
            settings = pg_settings_for(server, "plan", folder)
        fill(settings)
        app = create_app(settings)
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


def enrol(households: int) -> None:
    """Put households on the roll of the village."""
    by, policy = person("village_clerk"), policy_for(VILLAGE, TODAY)
    for start in range(0, households, AT_ONCE):
        with transaction(VILLAGE):
            some = [_household(serial) for serial in range(start, min(start + AT_ONCE, households))]
            entered = enter_households(some, by=by, on=TODAY, policy=policy)
            for one in entered:
                one.status = HouseholdStatus.CONFIRMED.value
            record(Action.HOUSEHOLDS_IMPORTED, entered[0], by=by)
        db.session.remove()


def _household(serial: int) -> Enrolment:
    born = f"{1940 + serial // _SERIALS}0415"
    head = PersonFacts("谭正国", Relation.HEAD, number(serial % _SERIALS, born), Labour.FULL, True, 50 + serial % 300)
    facts = HouseholdFacts(region_code=VILLAGE, group_name=f"{serial % 12 + 1}组", persons=(head,), unnamed=serial % 5)
    return Enrolment(facts, date(2024, 3, 5), "批量", standing=BeneficiaryClass.UNSTABLE)


def timed(what: str, deed: Callable[[], T]) -> tuple[T, float]:
    """Do something and say how long it took."""
    start = time.perf_counter()
    result = deed()
    took = time.perf_counter() - start
    print(f"{what:<44} {took:8.3f} s")
    return result, took


def measure(households: int) -> tuple[float, float]:
    """Take a plan from draft to payout; returns the seconds computed and the longest deed that posts."""
    income(RENT)
    timed(f"{households} households enrolled", lambda: enrol(households))
    plan_id, _ = timed("drafted", lambda: drafted(*USES))
    timed("checked, frozen, submitted, agreed to", lambda: agreed(plan_id))
    text = freeze(frozen_inputs(plan_of(plan_id)))
    inputs, _ = timed("frozen inputs read", lambda: thaw(text))
    computed, took = timed("computed", lambda: compute(inputs))
    assert computed.handed_fen == plan_of(plan_id).handed_fen
    order_id, carried = timed("carried out and ordered", lambda: ordered(plan_id))
    _, posted = timed("released and posted", lambda: released(order_id))
    results = [ResultFacts(serial, ResultKind.PAID) for serial in lines_by_serial(order_id)]
    _, paid = timed(f"{len(results)} results told and posted", lambda: told(order_id, *results))
    return took, max(carried, posted, paid)


def main() -> int:
    """Measure, and say whether the limits hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--households", type=int, default=HOUSEHOLDS)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        installation(Path(folder), postgres=args.postgres),
    ):
        computed, posted = measure(args.households)
    good = computed <= LIMIT_COMPUTED and posted <= LIMIT_POSTED
    print(f"computed {computed:.3f} s (≤ {LIMIT_COMPUTED:g}), longest posting {posted:.3f} s (≤ {LIMIT_POSTED:g})")
    return 0 if good or not args.check else 1


if __name__ == "__main__":
    sys.exit(main())
