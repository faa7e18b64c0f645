"""Measure the inbox of a county officer with many open cases, through the real application.

    python benchmarks/inbox.py                   20 and 20,000 open cases at one desk, on fresh databases
    python benchmarks/inbox.py --cases 50000     as many as you like
    python benchmarks/inbox.py --check           and fail above 60 ms

Half of the cases lie at the officer's own desk, a tenth is late one level below, a fifth was filed with the desk.
Prints p50 and p99 in milliseconds of the inbox, of the workbench and of a page that only counts what waits.
"""

import argparse
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.generate import COUNTY, TOWNSHIP, found_register, seat_people  # noqa: E402
from benchmarks.pages import RUNS, WARM_UP, Clock, Measured, signed_in  # noqa: E402
from benchmarks.unguarded import unguarded  # noqa: E402
from registry.app import create_app  # noqa: E402
from registry.approvals.requests.models import ApprovalRequest, ApprovalStep  # noqa: E402
from registry.approvals.requests.states import RequestStatus, StepStatus  # noqa: E402
from registry.clock import now, today  # noqa: E402
from registry.config import Settings  # noqa: E402
from registry.kinds import Subject, TitleDeed  # noqa: E402
from registry.operations.schema import owner_engine  # noqa: E402
from registry.permissions import Role  # noqa: E402
from registry.policy.procedures import StepKind  # noqa: E402

LIMIT_MS = 60.0
OFFICER = "county_agriculture"
PAGES = {"inbox": "/todo", "workbench": "/", "a page that counts": "/requests?status=REJECTED"}
_BATCH = 1_000


def case(number: int) -> tuple[dict[str, object], dict[str, object]]:
    """Return one request and the step it has reached: at the county's desk, late at the township's, or filed."""
    kind = number % 10
    village = f"{TOWNSHIP[:9]}{200 + number % 8:03d}"
    at_county, late, filed = kind < 5, kind == 5, kind > 7
    desk = (Role.COUNTY_AGRICULTURE, COUNTY) if at_county or filed else (Role.TOWNSHIP_SUPERVISOR, TOWNSHIP)
    since = now() - timedelta(minutes=number)
    due = today() - timedelta(days=3) if late else today() + timedelta(days=9)
    request = {
        "id": number, "region_code": village, "subject": Subject.TITLE.value, "deed": TitleDeed.FIRST_TITLE.value,
        "route_key": "TITLE.COLLECTIVE", "case_table": "title_case", "case_id": str(number),
        "title": f"首次确权：第 {number} 批资产", "amount_fen": 1_000_000 + number, "sector": None,
        "status": RequestStatus.OPEN.value, "content": "{}", "content_digest": "0" * 64, "content_version": 1,
        "step_kind": "" if filed else StepKind.APPROVAL.value, "desk_role": "" if filed else desk[0].value,
        "desk_code": "" if filed else desk[1], "above_role": Role.COUNTY_AGRICULTURE.value if late else "",
        "above_code": COUNTY if late else "", "since": since, "due_on": None if filed else due,
        "submitted_by_id": None, "submitted_by_text": "华溪村 村报账员 谭小玲", "submitted_at": since, "ended_at": None,
        "end_reason": "", "version_id": 1,
    }  # fmt: skip
    step = {
        "request_id": number, "region_code": village, "position": 0, "label": "区县审核登记",
        "kind": (StepKind.FILING if filed else StepKind.APPROVAL).value, "seat_role": desk[0].value,
        "seat_code": desk[1], "desk_role": desk[0].value, "desk_code": desk[1], "sector": None, "limit_days": 10,
        "hang_days": None, "papers": "", "started_at": since, "due_on": due, "done_at": None, "answer_table": "",
        "answer_id": "", "status": (StepStatus.RECEIVED if filed else StepStatus.CURRENT).value,
    }  # fmt: skip
    return request, step


def fill(settings: Settings, cases: int) -> None:
    """Found a register and put open cases into it."""
    found_register(settings)
    engine = owner_engine(settings)
    with engine.begin() as connection, unguarded(connection):
        for start in range(1, cases + 1, _BATCH):
            rows = [case(number) for number in range(start, min(start + _BATCH, cases + 1))]
            connection.execute(insert(ApprovalRequest.__table__), [request for request, _step in rows])  # type: ignore[arg-type]
            connection.execute(insert(ApprovalStep.__table__), [step for _request, step in rows])  # type: ignore[arg-type]
    engine.dispose()


def measure(cases: int) -> dict[str, Measured]:
    """Return the times of the pages with so many open cases."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), require_second_factor=False)
        fill(settings, cases)
        app = create_app(settings)
        app.config["WTF_CSRF_ENABLED"] = False  # only signing in sends a form
        with app.app_context():
            seat_people([(OFFICER, Role.COUNTY_AGRICULTURE, COUNTY)])
        client = signed_in(app, OFFICER)
        clocks = {name: Clock(lambda path=path: client.get(path)) for name, path in PAGES.items()}  # type: ignore[misc]
        assert "首次确权" in client.get("/todo").text
        for _ in range(RUNS + WARM_UP):
            for clock in clocks.values():
                clock.tick()
        return {name: clock.measured() for name, clock in clocks.items()}


def main() -> int:
    """Compare few and many, print, and check if asked."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--check", action="store_true")
    wanted = parser.parse_args()
    few, many = measure(20), measure(wanted.cases)
    print(f"{'ms':<20}{'20 cases':>12}{f'{wanted.cases:,}':>12}{'ratio':>8}{'p99':>8}{'cpu':>8}")
    for name, found in many.items():
        ratio = found.p50 / few[name].p50
        print(f"{name:<20}{few[name].p50:>12.1f}{found.p50:>12.1f}{ratio:>8.2f}{found.p99:>8.1f}{found.cpu:>8.1f}")
    missed = [name for name, found in many.items() if found.p50 > LIMIT_MS]
    return 1 if wanted.check and missed else 0


if __name__ == "__main__":
    sys.exit(main())
