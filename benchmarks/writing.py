"""Measure registering an asset through its form: session, form token, one-time key, trail, durable commits.

    python benchmarks/writing.py            one client on a fresh database file
    python benchmarks/writing.py --check    and fail when a target is missed
    FPA_DATABASE_URI=… FPA_OWNER_DATABASE_URI=… python benchmarks/writing.py --clients 8
                                            also eight processes in eight counties, and eight in one

One registration is the whole conversation: the empty card is opened and sent, its answers are shown once more, and
they are submitted. Beside it stands the deed alone, without pages, which shows what the lock of a county's log costs.
The databases named must be empty. Seconds are those of the wall clock; the processor's stand beside them.
"""

import argparse
import multiprocessing
import os
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count
from multiprocessing.synchronize import Barrier
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import func, select

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.generate import COUNTY, PASSWORD, found_register, seat_people  # noqa: E402
from registry.accounts.queries import actor_of, find_user  # noqa: E402
from registry.app import create_app  # noqa: E402
from registry.assets.register.cards.models import Asset  # noqa: E402
from registry.assets.register.cards.services import register_asset  # noqa: E402
from registry.assets.register.funding import FundingLevel, FundingSource  # noqa: E402
from registry.assets.register.registration import (  # noqa: E402
    DatePrecision,
    FundingFact,
    OwnerFact,
    PartialDate,
    Registration,
)
from registry.audit.models import TrailEvent  # noqa: E402
from registry.clock import today  # noqa: E402
from registry.config import Settings  # noqa: E402
from registry.database import db, transaction  # noqa: E402
from registry.kinds import Category, OwnerKind  # noqa: E402
from registry.permissions import Actor, Role  # noqa: E402
from registry.places.models import Region  # noqa: E402
from registry.regions import Level, level_of  # noqa: E402

SECONDS, WARM_UP = 10.0, 10
#: Seconds after which a client that has not reported is given up.
PATIENCE = 300.0
#: Registrations a second from one client on a database file; how many times one county's rate eight counties reach.
PER_SECOND, SPREAD = 60.0, 2.0
_HIDDEN = re.compile(r'name="(csrf_token|one_time_key|draft_key)"[^>]*? value="([^"]*)"')
_SUBMIT = re.compile(r'action="(/assets/drafts/\d+/submit)"')
#: The two requests of a registration that write; the others only show.
WRITING = ("card sent", "submitted")
ONE, SPREAD_OUT, CROWDED = "one client", "each in a county of its own", "all in one county"


#: Of each step of a registration, the seconds by the clock and of the processor it took, each time.
Steps = dict[str, list[tuple[float, float]]]


@dataclass
class Taken:
    """What one client managed: registrations, seconds by the clock and of its processor, milliseconds by step."""

    assets: int = 0
    wall: float = 0.0
    cpu: float = 0.0
    steps: Steps = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What came back: the place one is sent on to, if any, and the page."""

    location: str
    text: str


class Browser:
    """The least that can ask an application through WSGI and keep its cookie; its own cost is not the product's."""

    def __init__(self, app: Flask) -> None:
        self.app, self.cookie = app, ""

    def ask(self, path: str, form: dict[str, str] | list[tuple[str, str]] | None = None) -> Answer:
        """Get a page, or send a form."""
        body, (place, _mark, query) = urlencode(form or {}).encode(), path.partition("?")
        environ = {
            "REQUEST_METHOD": "POST" if form else "GET", "PATH_INFO": place, "QUERY_STRING": query, "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost", "SERVER_PORT": "80", "HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1",
            "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_COOKIE": self.cookie, "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "application/x-www-form-urlencoded", "wsgi.url_scheme": "http", "wsgi.version": (1, 0),
            "wsgi.input": BytesIO(body), "wsgi.errors": sys.stderr, "wsgi.multithread": False,
            "wsgi.multiprocess": True, "wsgi.run_once": False,
        }  # fmt: skip
        headers: list[tuple[str, str]] = []
        text = b"".join(self.app.wsgi_app(environ, lambda _status, found, _error=None: headers.extend(found)))
        for name, value in headers:
            if name == "Set-Cookie" and value.startswith("session="):
                self.cookie = value.partition(";")[0]
        return Answer(dict(headers).get("Location", ""), text.decode())


class Clerk:
    """A village clerk at a browser who enters one card after the other."""

    def __init__(self, app: Flask, village: str) -> None:
        self.browser = Browser(app)
        self.village = village
        self.numbers = count(1)
        self.steps: Steps = {}
        hidden = dict(_HIDDEN.findall(self.browser.ask("/login").text))
        self._send("/login", {"username": f"clerk-{village}", "password": PASSWORD, **hidden})

    def _send(self, path: str, form: dict[str, str]) -> str:
        """Send a form and return where it leads; one that is refused ends the measurement."""
        answer = self.browser.ask(path, form)
        assert answer.location, answer.text
        return answer.location

    def _ask(self, step: str, work: Callable[[], str]) -> str:
        start, begun = time.perf_counter(), time.process_time()
        answer = work()
        self.steps.setdefault(step, []).append((time.perf_counter() - start, time.process_time() - begun))
        return answer

    def register(self) -> None:
        """Open an empty card, fill it in, check it and submit it."""
        empty = self._ask("card opened", lambda: self.browser.ask("/assets/new").text)
        typed = {**dict(_HIDDEN.findall(empty)), **self._card()}
        check = self._ask("card sent", lambda: self._send("/assets/new", typed))
        shown = self._ask("answers shown", lambda: self.browser.ask(check).text)
        address, hidden = _SUBMIT.search(shown), dict(_HIDDEN.findall(shown))
        assert address, shown
        done = self._ask("submitted", lambda: self._send(address[1], hidden))
        assert done.startswith(f"/assets/{self.village}"), done

    def _card(self) -> dict[str, str]:
        number = next(self.numbers)
        amount = f"{10_000 + number}.50"
        return {
            "name": f"第{number}号莼菜加工车间", "subtype": "WORKSHOP", "region_code": self.village,
            "original_value": amount, "acquired": "2020-05", "title_status": "UNCONFIRMED", "use_status": "IN_USE",
            "quantity": "12", "unit": "平方米", "accounting_system": "NONE", "publicity": "NOT_YET",
            "owners-0-kind": "VILLAGE_COLLECTIVE", "owners-0-name": "村股份经济合作社", "owners-0-share": "100",
            "funding-0-source": "POVERTY_FUND", "funding-0-level": "CENTRAL", "funding-0-year": "2020",
            "funding-0-document_no": "渝财农〔2020〕12号", "funding-0-amount": amount, "custodian": "张某某",
            "depreciation": "", "sector": "", "operating_mode": "", "industry_class": "", "return_kind": "",
        }  # fmt: skip


class Doer:
    """The same deed without pages: one transaction, one service, its event."""

    def __init__(self, app: Flask, village: str) -> None:
        self.village, self.numbers, self.steps = village, count(1), Steps()
        app.app_context().push()
        user = find_user(f"clerk-{village}")
        assert user is not None
        self.by: Actor = actor_of(user, today())

    def register(self) -> None:
        """Register one asset."""
        amount = 1_000_000 + next(self.numbers)
        facts = Registration(
            name=f"第{amount}号莼菜加工车间", category=Category.OPERATING, subtype="WORKSHOP", region_code=self.village,
            original_value_fen=amount, acquired=PartialDate(today().replace(2020, 5, 1), DatePrecision.MONTH),
            owners=(OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "村股份经济合作社", region_code=self.village),),
            funding=(FundingFact(FundingSource.POVERTY_FUND, amount, FundingLevel.CENTRAL, 2020),), custodian="张某某",
        )  # fmt: skip
        with transaction(self.village):
            register_asset(facts, by=self.by, on=today())
        db.session.remove()


def settings_in(folder: Path) -> Settings:
    """Return the settings of the measured installation."""
    return Settings(
        data_dir=folder, require_second_factor=False, database_uri=os.environ.get("FPA_DATABASE_URI", ""),
        owner_database_uri=os.environ.get("FPA_OWNER_DATABASE_URI", ""),
    )  # fmt: skip


def prepare(settings: Settings, clients: int) -> dict[str, list[str]]:
    """Found a register and return the villages in which each measurement's clerks sit."""
    found_register(settings)
    app = create_app(settings)
    with app.app_context():
        codes = sorted(
            code for code in db.session.scalars(select(Region.region_code)) if level_of(code) is Level.VILLAGE
        )
        by_county = Counter[str]()
        firsts = [code for code in codes if not by_county.update([code[:6]]) and by_county[code[:6]] == 1]
        own = [code for code in codes if code[:6] == COUNTY[:6]]
        places = {ONE: own[:1], SPREAD_OUT: firsts[:clients], CROWDED: own[:clients]}
        seats = sorted({code for villages in places.values() for code in villages})
        seat_people([(f"clerk-{code}", Role.VILLAGE_CLERK, code) for code in seats])
        db.session.remove()
        db.engine.dispose()
    return places


def work(settings: Settings, village: str, kind: type[Clerk] | type[Doer], gate: Barrier, out: object) -> None:
    """Be one client: sign in, warm up, wait for the others, and register until the time is over."""
    app = create_app(settings)
    clerk = kind(app, village)
    for _ in range(WARM_UP):
        clerk.register()
    clerk.steps.clear()
    gate.wait()
    taken, start, busy = Taken(), time.perf_counter(), time.process_time()
    while time.perf_counter() - start < SECONDS:
        clerk.register()
        taken.assets += 1
    taken.wall, taken.cpu = time.perf_counter() - start, time.process_time() - busy
    taken.steps = clerk.steps
    out.put(taken)  # type: ignore[attr-defined]


def run(settings: Settings, villages: list[str], kind: type[Clerk] | type[Doer]) -> list[Taken]:
    """Run one client process per village at the same time."""
    ways = multiprocessing.get_context("spawn")
    gate, out = ways.Barrier(len(villages)), ways.Queue()
    clients = [
        ways.Process(target=work, args=(settings, village, kind, gate, out), daemon=True) for village in villages
    ]
    for client in clients:
        client.start()
    found = [out.get(timeout=PATIENCE) for _ in clients]
    for client in clients:
        client.join()
    return found


def rate(taken: list[Taken]) -> float:
    """Return the registrations a second of all clients together."""
    return sum(one.assets / one.wall for one in taken)


def say(name: str, taken: list[Taken]) -> None:
    """Print one measurement."""
    assets, busy = sum(one.assets for one in taken), sum(one.cpu for one in taken)
    print(f"{name:44}{rate(taken):8.1f} a second   {busy / assets * 1000:6.2f} ms processor each   {assets:6} assets")
    for step in taken[0].steps:
        walls, cpus = ([pair[kind] * 1000 for one in taken for pair in one.steps[step]] for kind in (0, 1))
        worst = statistics.quantiles(walls, n=100)[98]
        print(
            f"    {step:40}p50 {statistics.median(walls):7.2f} ms   p99 {worst:7.2f} ms"
            f"   processor {statistics.median(cpus):7.2f} ms"
        )
    if taken[0].steps:
        writes = sum(statistics.mean(pair[0] for one in taken for pair in one.steps[step]) for step in WRITING)
        print(f"    {'sent and submitted only':40}{len(taken) / writes:.1f} a second")


def check_written(settings: Settings, least: int) -> None:
    """Make sure that every registration is there and stands in the trail."""
    with create_app(settings).app_context():
        rows = db.session.scalar(select(func.count()).select_from(Asset)) or 0
        events = select(func.count()).select_from(TrailEvent).where(TrailEvent.action == "ASSET_SUBMITTED")
        assert rows == db.session.scalar(events) >= least
        db.session.remove()
        db.engine.dispose()


def measure(settings: Settings, clients: int) -> list[tuple[str, float, float]]:
    """Measure everything; returns name, figure and least wanted of each target."""
    places = prepare(settings, clients)
    found: dict[str, float] = {}
    written = 0
    for what, kind in (("through the form", Clerk), ("the deed alone", Doer)):
        for where, villages in places.items():
            if where != ONE and clients == 1:
                continue
            taken = run(settings, villages, kind)
            written += sum(one.assets for one in taken)
            say(f"{what}, {where}", taken)
            found[f"{what}, {where}"] = rate(taken)
    check_written(settings, written)
    targets = [("registrations a second through the form", found[f"through the form, {ONE}"], PER_SECOND)]
    if clients > 1:
        for what in ("through the form", "the deed alone"):
            ratio = found[f"{what}, {SPREAD_OUT}"] / found[f"{what}, {CROWDED}"]
            targets.append((f"{clients} counties over one, {what}", ratio, SPREAD))
    return targets


def main() -> int:
    """Measure, print, compare with the targets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=1)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fpa-writing-") as folder:
        targets = measure(settings_in(Path(folder)), asked.clients)
    for name, figure, least in targets:
        print(f"{'ok    ' if figure >= least else 'MISSED'} {name}: {figure:.2f} (at least {least:g})")
    return int(asked.check and any(figure < least for _name, figure, least in targets))


if __name__ == "__main__":
    raise SystemExit(main())
