"""Measure the pages of the register through the real application: session, permission, scope, rendering.

    python benchmarks/pages.py SMALL LARGE [--check]     two folders that generate.py filled

Prints p50 and p99 in milliseconds for both and the ratio of the medians; with --check fails above 20 ms or 1.5 times.
FPA_DATABASE_URI and FPA_DATABASE_URI_SMALL name other databases than the embedded ones.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.generate import COUNTY, PASSWORD, TOWNSHIP  # noqa: E402
from benchmarks.names import COMMON, RARE  # noqa: E402
from registry import config  # noqa: E402
from registry.accounts.queries import actor_of, find_user  # noqa: E402
from registry.app import create_app  # noqa: E402
from registry.assets.register.cards.models import Asset  # noqa: E402
from registry.assets.register.lookup.filters import Filter  # noqa: E402
from registry.assets.register.lookup.paging import SIZES  # noqa: E402
from registry.assets.register.lookup.queries import reach_of  # noqa: E402
from registry.assets.register.lookup.totals import get_totals, kept_sums  # noqa: E402
from registry.clock import today  # noqa: E402
from registry.config import Settings  # noqa: E402
from registry.database import db  # noqa: E402

RUNS, WARM_UP = 60, 5
LIMIT_MS, LIMIT_RATIO = 20.0, 1.5
PAGE = 10_000


@dataclass(frozen=True)
class Measured:
    """Milliseconds of many runs by the clock, and the processor's median, which other programs disturb less."""

    p50: float
    p99: float
    cpu: float


class Clock:
    """Takes the times of one question on one database."""

    def __init__(self, work: Callable[[], object]) -> None:
        self.work = work
        self.times: list[float] = []
        self.busy: list[float] = []

    def tick(self) -> None:
        """Ask once."""
        start, begun = time.perf_counter(), time.process_time()
        self.work()
        self.times.append((time.perf_counter() - start) * 1000)
        self.busy.append((time.process_time() - begun) * 1000)

    def measured(self) -> Measured:
        """Return what was found after the warm-up."""
        times, busy = sorted(self.times[WARM_UP:]), self.busy[WARM_UP:]
        return Measured(statistics.median(times), times[int(RUNS * 0.99) - 1], statistics.median(busy))


def signed_in(app: Flask, username: str) -> FlaskClient:
    """Return a client with a real session."""
    client = app.test_client()
    answer = client.post("/login", data={"username": username, "password": PASSWORD})
    assert answer.status_code == 303, answer.text
    return client


def deep(size: int) -> str:
    """Return the address of page 10,000 (or of the middle, where there are fewer rows), as its cursor names it."""
    total = db.session.scalar(select(func.count()).select_from(Asset)) or 0
    start = min(PAGE * size, total // 2)
    rows = select(Asset.region_code, Asset.id).order_by(Asset.region_code, Asset.id)
    region, key = db.session.execute(rows.offset(start - 1).limit(1)).one()
    return f"/assets?after={region}-{key}&start={start + 1}"


def pages(app: Flask) -> dict[str, tuple[str, str]]:
    """Return what is asked, by whom."""
    with app.app_context():
        middle = deep(SIZES[0])
        number = db.session.scalar(select(Asset.asset_no).where(Asset.region_code.startswith(COUNTY[:6])).limit(1))
        db.session.remove()
    top, county = "municipal_supervisor", "county_clerk"
    return {
        "first page, municipality": (top, "/assets"),
        "page 10,000 by keyset": (top, middle),
        "last page, municipality": (top, "/assets?page=last"),
        "first page, county": (county, "/assets"),
        "last page, county": (county, "/assets?page=last"),
        "first page, township": ("township_clerk", "/assets"),
        "first page, village": ("village_clerk", "/assets"),
        "category in a county": (county, "/assets?category=PUBLIC_WELFARE"),
        "category in a county, seen from above": (top, f"/assets?category=HOUSEHOLD&region={COUNTY}"),
        "not titled, municipality": (top, "/assets?title_status=DISPUTED"),
        "common word, municipality": (top, f"/assets?q={COMMON}"),
        "rare word, municipality": (top, f"/assets?q={RARE}"),
        "common word, county": (county, f"/assets?q={COMMON}"),
        "rare word, county": (county, f"/assets?q={RARE}"),
        "four characters, municipality": (top, "/assets?q=光伏电站"),
        "beginning of a number": (top, f"/assets?q={TOWNSHIP[:9]}"),
        "asset page": (county, f"/assets/{number}"),
        "asset page, trail": (county, f"/assets/{number}?tab=trail"),
    }


def questions(app: Flask) -> dict[str, Callable[[], object]]:
    """Return the totals by themselves: kept sums per level, and an exact total of a huge filtered set."""
    user = find_user("municipal_supervisor")
    assert user is not None
    who = actor_of(user, today())
    found: dict[str, Callable[[], object]] = {}
    for name, region in (("municipality", ""), ("county", COUNTY), ("township", TOWNSHIP), ("village", "500240213203")):
        parts = reach_of(who, region)
        found[f"kept sums, {name}"] = lambda parts=parts: kept_sums(parts)
    whole = reach_of(who, "")
    late = Filter(year_from=2014)
    found["exact total of nearly all rows"] = lambda: get_totals(late, whole, today(), exact=True)
    named = Filter(owner="合作社")
    found["exact total by owner's name"] = lambda: get_totals(named, whole, today(), exact=True)
    return found


class Register:
    """One of the two databases with its application; what is asked of it runs under its own settings."""

    def __init__(self, folder: str, uri: str) -> None:
        self.settings = Settings(data_dir=Path(folder).resolve(), require_second_factor=False, database_uri=uri)
        self.app = create_app(self.settings)
        self.app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)

    def clocks(self) -> dict[str, Clock]:
        """Return every question with its clock."""
        self.enter()
        clients: dict[str, FlaskClient] = {}
        found: dict[str, Clock] = {}
        for name, (username, url) in pages(self.app).items():
            if username not in clients:
                clients[username] = signed_in(self.app, username)
            answer = clients[username].get(url)
            assert answer.status_code == 200, (url, answer.text)
            found[name] = Clock(lambda client=clients[username], url=url: client.get(url))
        with self.app.app_context():
            asked = questions(self.app)
            db.session.remove()
        return found | {name: Clock(self._inside(work)) for name, work in asked.items()}

    def enter(self) -> None:
        """Make this database the one of the process."""
        config.use(self.settings)

    def _inside(self, work: Callable[[], object]) -> Callable[[], object]:
        def asked() -> None:
            with self.app.app_context():
                work()
                db.session.remove()

        return asked

    def close(self) -> None:
        """Let go of the connections."""
        with self.app.app_context():
            db.engine.dispose()


def compare(small: Register, large: Register) -> dict[str, tuple[Measured, Measured]]:
    """Ask both in turn, so that whatever else the machine does falls on both alike."""
    few, many = small.clocks(), large.clocks()
    found = {}
    for name, clock in few.items():
        for _ in range(WARM_UP + RUNS):
            for register, one in ((small, clock), (large, many[name])):
                register.enter()
                one.tick()
        found[name] = clock.measured(), many[name].measured()
    return found


def main() -> int:
    small = Register(sys.argv[1], os.environ.get("FPA_DATABASE_URI_SMALL", ""))
    large = Register(sys.argv[2], os.environ.get("FPA_DATABASE_URI", ""))
    found = compare(small, large)
    small.close()
    large.close()
    late = 0
    print(f"{'':40}{'p50':>10}{'p99':>8}{'cpu':>8}{'p50':>10}{'p99':>8}{'cpu':>8}{'ratio':>8}")
    for name, (few, many) in found.items():
        ratio = many.p50 / few.p50
        missed = "total" not in name and (many.p50 > LIMIT_MS or ratio > LIMIT_RATIO)
        late += missed
        figures = (
            f"{few.p50:8.2f}{few.p99:8.2f}{few.cpu:8.2f}{many.p50:10.2f}{many.p99:8.2f}{many.cpu:8.2f}{ratio:8.2f}"
        )
        print(f"{name:40}{figures}{' *' * missed}")
    return 1 if late and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
