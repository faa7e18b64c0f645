"""Measure the public page: how many a second gunicorn gives out, made before, answered with 304, and made anew.

    python benchmarks/public.py                 a register of its own, 2 workers, 5 seconds each
    python benchmarks/public.py --check         and fail when fewer than 500 pages a second are given out
    python benchmarks/public.py --seconds 2 --workers 1 --clients 4

A village with assets, notices and objections; the clients ask over kept connections on the same machine, so they take
processor time from the server. With a proxy that keeps what may be kept, most readers never come this far.
"""

import argparse
import http.client
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.generate import found_register, seat_people  # noqa: E402
from benchmarks.title_case import PEOPLE, TOWNSHIP, VILLAGE, who  # noqa: E402
from benchmarks.writing import settings_in  # noqa: E402
from registry.app import create_app  # noqa: E402
from registry.approvals.notices.rules import NoticeFacts, NoticeKind  # noqa: E402
from registry.approvals.notices.services import post_notice  # noqa: E402
from registry.assets.register.cards.services import confirm_asset, register_asset  # noqa: E402
from registry.assets.register.funding import FundingSource  # noqa: E402
from registry.assets.register.registration import FundingFact, OwnerFact, PartialDate, Registration  # noqa: E402
from registry.clock import today  # noqa: E402
from registry.config import Settings  # noqa: E402
from registry.database import transaction  # noqa: E402
from registry.kinds import Category, OwnerKind  # noqa: E402
from registry.policy.queries import policy_for  # noqa: E402

TARGET_A_SECOND = 500
ASSETS, NOTICES = 40, 6
PAGE = f"/public/{VILLAGE}"


def enter() -> None:
    """Put assets and notices into the village."""
    money = (FundingFact(FundingSource.POVERTY_FUND, 1_000_000),)
    on = today()
    for n in range(ASSETS):
        with transaction(VILLAGE):
            facts = Registration(
                VILLAGE, f"冷库{n}号", Category.OPERATING, "STORAGE", 1_000_000, PartialDate(date(2016, 1, 1)),
                (OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "华溪村股份经济合作社"),), money, project_year=2016,
                quantity_milli=1000,
            )  # fmt: skip
            confirm_asset(register_asset(facts, by=who("clerk"), on=on), by=who("head"))
    for n in range(NOTICES):
        with transaction(VILLAGE):
            said = NoticeFacts(
                kind=NoticeKind.LEDGER, region_code=VILLAGE, title=f"资产台账公示{n}", body="请核对。",
                place="村务公开栏", contact_name="陈书记", contact_phone="023-73301234",
            )  # fmt: skip
            post_notice(said, by=who("clerk"), on=on, policy=policy_for(VILLAGE, on))


# ---- A server, and readers at it


@contextmanager
def serving(settings: Settings, workers: int) -> Iterator[int]:
    """Serve the register with gunicorn; the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = (
        sys.executable, "-m", "gunicorn", "-w", str(workers), "-b", f"127.0.0.1:{port}", "-k", "gthread", "--threads",
        "2", "--keep-alive", "30", "--log-level", "error", "wsgi:application",
    )  # fmt: skip
    known = {**os.environ, "FPA_DATA_DIR": str(settings.data_dir)}
    server = subprocess.Popen(command, cwd=ROOT, env=known, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _try in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait()


@dataclass
class Counted:
    """What readers were given, by status, and how long the slowest of them waited."""

    statuses: dict[int, int] = field(default_factory=dict)
    slowest_ms: float = 0.0

    def note(self, status: int, took_ms: float) -> None:
        """Count one answer."""
        self.statuses[status] = self.statuses.get(status, 0) + 1
        self.slowest_ms = max(self.slowest_ms, took_ms)


def _read(port: int, path: str, headers: dict[str, str], until: float, counted: Counted) -> None:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while time.perf_counter() < until:
        began = time.perf_counter()
        link.request("GET", path, headers=headers)
        answer = link.getresponse()
        answer.read()
        counted.note(answer.status, (time.perf_counter() - began) * 1000)
    link.close()


def read(port: int, path: str, clients: int, seconds: float, headers: dict[str, str]) -> Counted:
    """Let clients ask for a page as fast as they can."""
    until = time.perf_counter() + seconds
    parts = [Counted() for _client in range(clients)]
    readers = [threading.Thread(target=_read, args=(port, path, headers, until, part)) for part in parts]
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    whole = Counted()
    for part in parts:
        whole.slowest_ms = max(whole.slowest_ms, part.slowest_ms)
        for status, count in part.statuses.items():
            whole.statuses[status] = whole.statuses.get(status, 0) + count
    return whole


def tag_of(port: int) -> str:
    """Ask once for the name of the page."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    link.request("GET", PAGE)
    answer = link.getresponse()
    answer.read()
    return str(answer.headers["ETag"])


def main() -> int:
    """Measure, print, and say whether the target is met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--clients", type=int, default=4)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fpa-public-") as folder:
        settings = settings_in(Path(folder))
        found_register(settings)
        with create_app(settings).app_context():
            seat_people(PEOPLE)
            enter()
        with serving(settings, wanted.workers) as port:
            name = tag_of(port)
            asked = (
                ("page of a village", PAGE, {}),
                ("the same, held already (304)", PAGE, {"If-None-Match": name}),
                ("page of a township", f"/public/{TOWNSHIP}", {}),
                ("figures as JSON", f"{PAGE}/figures.json", {}),
            )
            a_second = {}
            for label, path, headers in asked:
                found = read(port, path, wanted.clients, wanted.seconds, headers)
                a_second[label] = sum(found.statuses.values()) / wanted.seconds
                print(f"{label:32} {a_second[label]:8.0f}/s  slowest {found.slowest_ms:6.1f} ms  {found.statuses}")
    met = a_second["page of a village"] >= TARGET_A_SECOND
    print(f"target {TARGET_A_SECOND}/s: {'met' if met else 'MISSED'}")
    return 0 if met or not wanted.check else 1


if __name__ == "__main__":
    sys.exit(main())
