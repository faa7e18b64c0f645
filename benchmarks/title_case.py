"""Measure a case of title with many assets: opening it, verifying, submitting, agreeing and certifying it.

    python benchmarks/title_case.py             500 assets on a fresh database file
    python benchmarks/title_case.py --check     and fail when opening or submitting takes more than its seconds
    FPA_DATABASE_URI=… FPA_OWNER_DATABASE_URI=… python benchmarks/title_case.py
                                                on another database, which must be empty

Each step is one transaction with its event in the trail, durable when it ends. Seconds are those of the wall clock.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.generate import COUNTY, found_register, seat_people  # noqa: E402
from registry.accounts.queries import actor_of, find_user  # noqa: E402
from registry.app import create_app  # noqa: E402
from registry.approvals.requests.cases import case_of, write_back  # noqa: E402
from registry.approvals.requests.machine import complete  # noqa: E402
from registry.approvals.requests.queries import find_request  # noqa: E402
from registry.approvals.requests.services import Decision, decide  # noqa: E402
from registry.approvals.requests.states import Verdict  # noqa: E402
from registry.assets.register.cards.services import confirm_asset, register_asset  # noqa: E402
from registry.assets.register.funding import FundingSource  # noqa: E402
from registry.assets.register.registration import FundingFact, OwnerFact, PartialDate, Registration  # noqa: E402
from registry.assets.title.cases.models import TitleCase  # noqa: E402
from registry.assets.title.cases.opening import Opening, open_case  # noqa: E402
from registry.assets.title.cases.queries import list_lines  # noqa: E402
from registry.assets.title.cases.services import Found, decide_lines, set_papers  # noqa: E402
from registry.assets.title.cases.submitting import follow_request, submit_case  # noqa: E402
from registry.assets.title.documents import DocumentState, Paper, asked_for  # noqa: E402
from registry.assets.title.execution.services import Registration as Issued  # noqa: E402
from registry.assets.title.execution.services import register_title  # noqa: E402
from registry.assets.title.rules import LineDecision, Verification  # noqa: E402
from registry.audit.actions import Action  # noqa: E402
from registry.audit.services import record  # noqa: E402
from registry.clock import today  # noqa: E402
from registry.config import Settings  # noqa: E402
from registry.database import db, transaction  # noqa: E402
from registry.kinds import Category, OwnerKind, TitleDeed  # noqa: E402
from registry.permissions import Actor, Role  # noqa: E402
from registry.policy.queries import policy_for  # noqa: E402

VILLAGE, TOWNSHIP = "500240213203", "500240213000"
PEOPLE = (
    ("clerk", Role.VILLAGE_CLERK, VILLAGE),
    ("head", Role.VILLAGE_HEAD, VILLAGE),
    ("committee", Role.VILLAGE_SUPERVISORY_COMMITTEE, VILLAGE),
    ("registrar", Role.TOWNSHIP_CLERK, TOWNSHIP),
    ("township", Role.TOWNSHIP_SUPERVISOR, TOWNSHIP),
    ("county", Role.COUNTY_AGRICULTURE, COUNTY),
)
AT_ONCE = 100
#: Seconds that opening and submitting a case of 500 assets may take.
MOST = {"opened": 3.0, "submitted": 3.0}


def who(username: str) -> Actor:
    """Return a person as an actor of today."""
    user = find_user(username)
    if user is None:
        raise SystemExit(f"no user {username}")
    return actor_of(user, today())


def enter(assets: int) -> list[str]:
    """Enter and confirm so many assets of one village; their numbers."""
    fund = (FundingFact(FundingSource.POVERTY_FUND, 1_000_000),)
    facts = Registration(
        VILLAGE, "", Category.OPERATING, "STORAGE", 1_000_000, PartialDate(today().replace(year=2019)),
        (OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "华溪村股份经济合作社"),), fund, project_year=2019,
        quantity_milli=1000,
    )  # fmt: skip
    numbers = []
    for first in range(0, assets, AT_ONCE):
        with transaction(VILLAGE):
            for n in range(first, min(first + AT_ONCE, assets)):
                asset = register_asset(replace(facts, name=f"冷库{n}号"), by=who("clerk"), on=today())
                confirm_asset(asset, by=who("head"))
                numbers.append(asset.asset_no)
    return numbers


@contextmanager
def timed(step: str, found: dict[str, float]) -> Iterator[None]:
    """Time one transaction from its beginning until it is durable."""
    start = time.perf_counter()
    with transaction(VILLAGE):
        yield
    found[step] = time.perf_counter() - start


def measure(numbers: list[str]) -> dict[str, float]:
    """Lead one case from draft to certificates; seconds by step."""
    found: dict[str, float] = {}
    policy, clerk = policy_for(VILLAGE, today()), who("clerk")
    with timed("opened", found):
        case_id = open_case(Opening(TitleDeed.FIRST_TITLE, tuple(numbers)), by=clerk, on=today()).id
    with timed("verified", found):
        case = db.session.get_one(TitleCase, case_id)
        taken = Found(Verification.MATCHES, LineDecision.CONFIRMED)
        decide_lines(case, list_lines(case_id), taken, by=clerk)
        asked = asked_for(case.kind, case.asset_category)
        set_papers(case, dict.fromkeys(asked, Paper(DocumentState.PRESENT)), by=clerk)
    with timed("submitted", found):
        submit_case(db.session.get_one(TitleCase, case_id), by=clerk, on=today(), policy=policy)
    for desk in ("committee", "", "", "township", "county"):
        with timed("agreed", found):
            _step(case_id, desk)
    with timed("certified", found):
        case = db.session.get_one(TitleCase, case_id)
        register_title(case, Issued(today()), by=who("registrar"), on=today(), policy=policy)
    return found


def _step(case_id: int, desk: str) -> None:
    """Let a desk agree; a meeting and a notice are taken as done."""
    request = find_request("title_case", str(case_id))
    if request is None:
        raise SystemExit("no request")
    policy = policy_for(VILLAGE, today())
    if desk:
        said = Decision(Verdict.AGREE, "同意", request.content_digest, request.version_id)
        decide(request, said, by=who(desk), on=today(), policy=policy)
        follow_request(request, by=who(desk), on=today(), policy=policy)
        return
    case = case_of(request)
    write_back(request, complete(case, case.position or 0), on=today(), policy=policy)
    record(Action.STEP_AGREED, request, by=who("clerk"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--assets", type=int, default=500)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            data_dir=Path(folder), require_second_factor=False, database_uri=os.environ.get("FPA_DATABASE_URI", ""),
            owner_database_uri=os.environ.get("FPA_OWNER_DATABASE_URI", ""),
        )  # fmt: skip
        found_register(settings)
        with create_app(settings).app_context():
            seat_people(PEOPLE)
            found = measure(enter(asked.assets))
            db.session.remove()
            db.engine.dispose()
    for step, seconds in found.items():
        print(f"{step:10} {seconds:7.2f} s   {asked.assets} assets")
    if asked.check and any(found[step] > most for step, most in MOST.items()):
        raise SystemExit("slower than it may be")


if __name__ == "__main__":
    main()
