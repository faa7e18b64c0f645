"""Measure recording income through its forms: due, voucher and postings, trail, one-time keys, durable commits.

    python benchmarks/income.py             one client on a fresh database file, and a sheet of 200 assets
    python benchmarks/income.py --check     and fail when a target is missed
    FPA_DATABASE_URI=… FPA_OWNER_DATABASE_URI=… python benchmarks/income.py --clients 8
                                            also eight processes in eight counties, and eight in one

One recording is two deeds of two people: the accountant sends the form of a due, and the head lets it pass with others
on the desk, which posts it. Forms are opened as people do; what is counted is what writes, and the whole conversation
stands beside it. The databases named must be empty.
"""

import argparse
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.generate import COUNTY, PASSWORD, found_register, seat_people  # noqa: E402
from benchmarks.writing import CROWDED, ONE, SPREAD_OUT, Browser, Steps, Taken, run, settings_in  # noqa: E402
from registry.accounts.queries import actor_of, find_user  # noqa: E402
from registry.app import create_app  # noqa: E402
from registry.assets.register.cards.models import Asset, AssetOwner  # noqa: E402
from registry.assets.register.cards.services import confirm_asset, register_asset  # noqa: E402
from registry.assets.register.categories import OperatingMode  # noqa: E402
from registry.assets.register.funding import FundingLevel, FundingSource  # noqa: E402
from registry.assets.register.registration import FundingFact, OwnerFact, PartialDate, Registration  # noqa: E402
from registry.audit.actions import Action  # noqa: E402
from registry.audit.services import record  # noqa: E402
from registry.clock import now, today  # noqa: E402
from registry.config import Settings  # noqa: E402
from registry.database import db, transaction  # noqa: E402
from registry.kinds import Category, OwnerKind, Sector  # noqa: E402
from registry.ledger.books.models import Voucher  # noqa: E402
from registry.ledger.operation.contracts.kinds import AwardWay, ContractStatus  # noqa: E402
from registry.ledger.operation.contracts.models import Contract, ContractAsset, ContractShare  # noqa: E402
from registry.ledger.operation.dues.plan import Period, PlannedDue  # noqa: E402
from registry.ledger.operation.dues.rules import HeldAsset  # noqa: E402
from registry.ledger.operation.dues.services import Debt, add_dues  # noqa: E402
from registry.ledger.operation.kinds import DueKind, Frequency, RentKind  # noqa: E402
from registry.ledger.operation.receipts.checking import approve_receipt  # noqa: E402
from registry.ledger.operation.receipts.models import IncomeRow, Receipt  # noqa: E402
from registry.ledger.operation.receipts.rules import ReceiptStatus  # noqa: E402
from registry.ledger.operation.receipts.services import enter_receipt  # noqa: E402
from registry.ledger.operation.receipts.suggesting import suggested  # noqa: E402
from registry.permissions import Actor, Role  # noqa: E402
from registry.places.models import Region  # noqa: E402
from registry.regions import Level, level_of  # noqa: E402

ASSETS, MONTHS = 200, 12
#: How many receipts wait on the desk when the head looks.
DESK = 20
RENT_FEN, WHOLE_BP = 120_000, 10_000
SHEETS = 5
#: Recordings a second by one client; how many times one county's rate eight counties reach; seconds a sheet takes.
PER_SECOND, SPREAD, SHEET_SECONDS = 60.0, 2.0, 1.5
_HIDDEN = re.compile(r'name="(csrf_token|one_time_key)"[^>]*? value="([^"]*)"')
_FILLED = re.compile(r'name="(amount|received_on|earned_from|earned_to|payer)"[^>]*? value="([^"]*)"')
_SELECT = re.compile(r'<select[^>]*? name="(\w+)"[^>]*>.*?<option selected value="([^"]*)"', re.S)
_WAITING = re.compile(r'name="chosen" value="(\d+)"')
Form = dict[str, str] | list[tuple[str, str]]


class Window:
    """One person at a browser."""

    def __init__(self, app: Flask, username: str) -> None:
        self.browser = Browser(app)
        hidden = dict(_HIDDEN.findall(self.browser.ask("/login").text))
        self.send("/login", {"username": username, "password": PASSWORD, **hidden})

    def send(self, path: str, form: Form) -> str:
        """Send a form and return where it leads; one that is refused ends the measurement."""
        answer = self.browser.ask(path, form)
        assert answer.location, answer.text
        return answer.location


class Couple:
    """A village's accountant, who enters what falls due, and its head, who posts it."""

    def __init__(self, app: Flask, village: str) -> None:
        self.accountant, self.head = Window(app, f"clerk-{village}"), Window(app, f"head-{village}")
        with app.app_context():
            rows = select(Asset.asset_no).where(Asset.region_code == village).order_by(Asset.id)
            self.assets = list(db.session.scalars(rows))
            db.session.remove()
        self.numbers = count()
        self.steps: Steps = {}

    def _ask(self, step: str, work: Callable[[], str]) -> str:
        start, begun = time.perf_counter(), time.process_time()
        answer = work()
        self.steps.setdefault(step, []).append((time.perf_counter() - start, time.process_time() - begun))
        return answer

    def register(self) -> None:
        """Send the form of the next asset's oldest due as it opens; every so often the head posts what waits."""
        number = next(self.numbers)
        path = f"/assets/{self.assets[number % len(self.assets)]}/income/new"
        empty = self._ask("form opened", lambda: self.accountant.browser.ask(path).text)
        filled = dict([*_HIDDEN.findall(empty), *_FILLED.findall(empty), *_SELECT.findall(empty)])
        filled["bank_reference"] = f"{today():%Y%m%d}-{self.accountant.browser.cookie[-6:]}-{number}"
        self._ask("form sent", lambda: self.accountant.send(path, filled))
        if number % DESK != DESK - 1:
            return
        desk = self._ask("desk opened", lambda: self.head.browser.ask("/income/review").text)
        chosen = [*_HIDDEN.findall(desk), *(("chosen", waiting) for waiting in _WAITING.findall(desk))]
        self._ask("desk posted", lambda: self.head.send("/income/review", chosen))


class Deeds:
    """The same two deeds without pages: entered in one transaction, posted in another."""

    def __init__(self, app: Flask, village: str) -> None:
        app.app_context().push()
        self.village, self.numbers, self.steps = village, count(), Steps()
        self.by, self.head = (actor_of(_user(f"{who}-{village}"), today()) for who in ("clerk", "head"))
        self.assets = list(db.session.scalars(select(Asset.id).where(Asset.region_code == village).order_by(Asset.id)))

    def register(self) -> None:
        """Enter an asset's oldest due, and post it."""
        number = next(self.numbers)
        with transaction(self.village):
            asset = db.session.get_one(Asset, self.assets[number % len(self.assets)])
            facts = replace(suggested(asset, today()), bank_reference=f"{self.village}-{number}")
            key = enter_receipt(asset, facts, by=self.by, on=today(), twice=True).id
        with transaction(self.village):
            approve_receipt(db.session.get_one(Receipt, key), by=self.head, on=today())
        db.session.remove()


def let_everything(village: str, by: Actor, head: Actor) -> None:
    """Give a village its assets, each let to a tenant by the month since the beginning of last year."""
    facts = Registration(
        name="门市", category=Category.OPERATING, subtype="STORAGE", region_code=village, original_value_fen=10_000_000,
        acquired=PartialDate(date(2020, 5, 1)),
        owners=(OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "村股份经济合作社", region_code=village),),
        funding=(FundingFact(FundingSource.POVERTY_FUND, 10_000_000, FundingLevel.CENTRAL, 2020),),
    )  # fmt: skip
    with transaction(village):
        for number in range(ASSETS):
            asset = register_asset(replace(facts, name=f"门市{number}号"), by=by, on=today())
            confirm_asset(asset, by=head)
            _let(asset, by)


def _let(asset: Asset, by: Actor) -> None:
    owner = db.session.scalars(select(AssetOwner).where(AssetOwner.asset_id == asset.id)).one().party_id
    year = today().year
    contract = Contract(
        region_code=asset.region_code, number=f"HT{asset.asset_no}", name="门市出租合同",
        mode=OperatingMode.LEASE.value,
        sector=Sector.AGRICULTURE.value, status=ContractStatus.RUNNING.value, operator_name=f"租户{asset.id}",
        starts_on=date(year - 1, 1, 1), ends_on=date(year + 2, 12, 31), rent_kind=RentKind.FIXED.value,
        yearly_fen=RENT_FEN * MONTHS, frequency=Frequency.MONTHLY.value, award=AwardWay.TENDER.value,
        entered_by_text="x", entered_at=now(), signed_on=date(year - 2, 12, 20), agreed_on=date(year - 2, 12, 15),
        assets=[ContractAsset(region_code=asset.region_code, asset_id=asset.id, weight=1)],
        shares=[ContractShare(region_code=asset.region_code, party_id=owner, share_bp=WHOLE_BP)],
    )  # fmt: skip
    db.session.add(contract)
    db.session.flush()
    debt = Debt(
        asset.region_code, Sector.AGRICULTURE.value, contract.operator_name, {owner: WHOLE_BP},
        {owner: asset.region_code}, [HeldAsset(asset.id, 1, {owner: WHOLE_BP})], contract.id,
    )  # fmt: skip
    firsts = [date(year - 1, month, 1) for month in range(1, MONTHS + 1)]
    # No two amounts of an asset are the same, or the second would be asked about as a likely repetition.
    dues = [PlannedDue(Period(day, day.replace(day=28), day), RENT_FEN + day.month) for day in firsts]
    add_dues(debt, DueKind.RENT, dues)
    record(Action.IMPORTED, contract, by=by)


def prepare(settings: Settings, clients: int) -> tuple[dict[str, list[str]], str]:
    """Found a register; returns the villages of each measurement, and the one whose sheet is filled in."""
    found_register(settings)
    app = create_app(settings)
    with app.app_context():
        codes = sorted(
            code for code in db.session.scalars(select(Region.region_code)) if level_of(code) is Level.VILLAGE
        )
        firsts = list({code[:6]: code for code in reversed(codes)}.values())[::-1]
        own = [code for code in codes if code[:6] == COUNTY[:6]]
        places = {ONE: own[:1]}
        if clients > 1:
            places |= {SPREAD_OUT: firsts[:clients], CROWDED: own[1 : clients + 1]}
        seats = sorted({code for villages in places.values() for code in villages} | {own[-1]})
        seat_people([(f"clerk-{code}", Role.VILLAGE_CLERK, code) for code in seats])
        seat_people([(f"head-{code}", Role.VILLAGE_HEAD, code) for code in seats])
        for code in seats:
            by, head = (actor_of(_user(f"{who}-{code}"), today()) for who in ("clerk", "head"))
            let_everything(code, by, head)
        db.session.remove()
        db.engine.dispose()
    return places, own[-1]


def _user(name: str):  # type: ignore[no-untyped-def]
    found = find_user(name)
    assert found is not None
    return found


def writes_a_second(taken: list[Taken]) -> float:
    """Return the recordings a second of all clients, counting what writes."""
    rates = []
    for one in taken:
        sent, posted = (
            statistics.mean(wall for wall, _cpu in one.steps[step]) for step in ("form sent", "desk posted")
        )
        rates.append(1 / (sent + posted / DESK))
    return sum(rates)


def _rate(taken: list[Taken]) -> float:
    return sum(one.assets / one.wall for one in taken)


def say(name: str, taken: list[Taken]) -> None:
    """Print one measurement."""
    whole = _rate(taken)
    print(f"{name:44}{writes_a_second(taken):8.1f} a second written, {whole:6.1f} with all pages opened")
    for step in taken[0].steps:
        walls, cpus = ([pair[kind] * 1000 for one in taken for pair in one.steps[step]] for kind in (0, 1))
        print(f"    {step:40}p50 {statistics.median(walls):7.2f} ms   processor {statistics.median(cpus):7.2f} ms")


def sheet_seconds(settings: Settings, village: str) -> float:
    """Return the median time of saving a sheet of every asset of a village, pasted as one column."""
    app = create_app(settings)
    clerk = Window(app, f"clerk-{village}")
    times = []
    for number in range(SHEETS):
        period = f"{today().year - 1}-{number + 1:02d}"
        page = clerk.browser.ask(f"/income/sheet?period={period}").text
        column = "\n".join(f"{1200 + number}.{place:02d}" for place in range(ASSETS // 2))
        filled = {**dict(_HIDDEN.findall(page)), "paste": f"{column}\n{column.replace('.', '1.')}"}
        begun = time.perf_counter()
        clerk.send(f"/income/sheet?period={period}", filled)
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def check_written(settings: Settings, least: int) -> None:
    """Make sure that every recording became income and is accrued and received in the books."""
    with create_app(settings).app_context():
        rows = db.session.scalar(select(func.count()).select_from(IncomeRow)) or 0
        vouchers = db.session.scalar(select(func.count()).select_from(Voucher)) or 0
        waiting = db.session.scalar(select(func.count()).where(Receipt.status == ReceiptStatus.SUBMITTED.value)) or 0
        assert vouchers == 2 * rows, (vouchers, rows)
        assert rows + waiting >= least, (rows, waiting, least)
        db.session.remove()
        db.engine.dispose()


def main() -> int:
    """Measure, print, compare with the targets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=1)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    found: dict[str, list[Taken]] = {}
    deeds: dict[str, list[Taken]] = {}
    with tempfile.TemporaryDirectory(prefix="fpa-income-") as folder:
        settings = settings_in(Path(folder))
        places, village = prepare(settings, asked.clients)
        for where, villages in places.items():
            found[where] = run(settings, villages, Couple)
            say(where, found[where])
        if asked.clients > 1:
            deeds = {where: run(settings, villages, Deeds) for where, villages in places.items()}
        check_written(settings, sum(one.assets for taken in found.values() for one in taken))
        sheet = sheet_seconds(settings, village)
    results = [(f"recordings a second, {ONE}", writes_a_second(found[ONE]), PER_SECOND, True)]
    results.append((f"seconds for a sheet of {ASSETS} assets", sheet, SHEET_SECONDS, False))
    for where, taken in deeds.items():
        print(f"{'the deeds alone, ' + where:44}{_rate(taken):8.1f} a second")
    if deeds:
        forms = writes_a_second(found[SPREAD_OUT]) / writes_a_second(found[CROWDED])
        results.append((f"{asked.clients} counties over one, through the form", forms, SPREAD, True))
        alone = _rate(deeds[SPREAD_OUT]) / _rate(deeds[CROWDED])
        results.append((f"{asked.clients} counties over one, the deeds alone", alone, SPREAD, True))
    met = [figure >= limit if least else figure <= limit for _name, figure, limit, least in results]
    for (name, figure, limit, least), good in zip(results, met, strict=True):
        print(f"{'ok    ' if good else 'MISSED'} {name}: {figure:.2f} ({'at least' if least else 'at most'} {limit:g})")
    return int(asked.check and not all(met))


if __name__ == "__main__":
    raise SystemExit(main())
