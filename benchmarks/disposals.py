"""Measure disposals: gates over assets with a long history, a bulk case of 200 lines, a register of 20,000 cases.

    python benchmarks/disposals.py             on a fresh database file
    python benchmarks/disposals.py --check     and fail when a target is missed
    FPA_DATABASE_URI=… FPA_OWNER_DATABASE_URI=… python benchmarks/disposals.py
                                               on another database, which must be empty

Each of 200 assets has ten years behind it: contracts, dues of every month, what came in, patrols, vouchers. They are
written beside the services, as the owner of the tables; cases are opened and gates asked by the services and pages.
Milliseconds of the processor (of this process) and of the wall clock; each time everything is read anew.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count, islice
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Connection, insert, select, text

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.generate import blank, found_register, seat_people  # noqa: E402
from benchmarks.pages import signed_in  # noqa: E402
from benchmarks.paper import IMPRINT  # noqa: E402
from benchmarks.title_case import PEOPLE, TOWNSHIP, VILLAGE, who  # noqa: E402
from benchmarks.unguarded import unguarded  # noqa: E402
from benchmarks.writing import settings_in  # noqa: E402
from registry.app import create_app  # noqa: E402
from registry.assets.custody.patrols.models import Patrol  # noqa: E402
from registry.assets.register.cards.models import AssetOwner  # noqa: E402
from registry.assets.register.cards.services import confirm_asset, register_asset  # noqa: E402
from registry.assets.register.funding import FundingSource  # noqa: E402
from registry.assets.register.registration import FundingFact, OwnerFact, PartialDate, Registration  # noqa: E402
from registry.clock import today  # noqa: E402
from registry.database import Model, db, transaction  # noqa: E402
from registry.database import Moment as At  # noqa: E402
from registry.disposal.cases.models import DisposalCase, DisposalLine  # noqa: E402
from registry.disposal.cases.opening import Opening, open_case  # noqa: E402
from registry.disposal.gates.kinds import Moment  # noqa: E402
from registry.disposal.kinds import DisposalKind, DisposalStatus, Ground  # noqa: E402
from registry.disposal.prices.kinds import PriceVerdict, TradeWay  # noqa: E402
from registry.disposal.prices.models import DisposalPrice  # noqa: E402
from registry.disposal.procedure.models import DisposalExecution  # noqa: E402
from registry.disposal.procedure.submitting import asked_now  # noqa: E402
from registry.disposal.proceeds.kinds import Destination  # noqa: E402
from registry.disposal.proceeds.models import Proceeds  # noqa: E402
from registry.disposal.rules import CaseWords  # noqa: E402
from registry.kinds import Category, OwnerKind  # noqa: E402
from registry.ledger.books.entries import BookDeed  # noqa: E402
from registry.ledger.books.models import Book, Posting, Voucher  # noqa: E402
from registry.ledger.books.rules import month_of  # noqa: E402
from registry.ledger.books.services import open_book  # noqa: E402
from registry.ledger.operation.contracts.kinds import ContractStatus  # noqa: E402
from registry.ledger.operation.contracts.models import Contract, ContractAsset  # noqa: E402
from registry.ledger.operation.dues.models import Due, DueShare  # noqa: E402
from registry.ledger.operation.kinds import DueKind, DueStatus  # noqa: E402
from registry.ledger.operation.receipts.kinds import IncomeKind  # noqa: E402
from registry.ledger.operation.receipts.models import IncomeRow, Receipt  # noqa: E402
from registry.ledger.operation.receipts.rules import Basis, ReceiptStatus  # noqa: E402
from registry.operations.schema import owner_engine  # noqa: E402
from registry.parties.models import Party  # noqa: E402
from registry.policy.queries import policy_for  # noqa: E402
from registry.reports.disposals import register  # noqa: E402
from registry.reports.parameters import NOTHING  # noqa: E402

LINES, YEARS, CASES, BATCH = 200, 10, 20_000, 5_000
MONTHS, MONTH_DAYS, YEAR_DAYS = 12 * YEARS, 30, 365
RUNS, WARM_UP = 30, 3
BANK = "102"
#: The next number of a voucher in each year, and the next line of one.
NUMBERS, POSTED = Counter[int](), count(1)
FIRST = today() - timedelta(days=YEARS * YEAR_DAYS)
MORNING = datetime(2020, 1, 1, tzinfo=UTC)
#: The income of half of all months is not distributed; a deposit was taken and given back each year.
RENT_FEN, DEPOSIT_FEN, PRICE_FEN, GAIN_FEN = 100_000, 50_000, 1_100_000, 300_000
#: Milliseconds of the processor: the gates of one asset, opening and page of a bulk case, each file of a register with
#: the reading of its figures.
MOST = {
    "gates, one asset": 30.0,
    "bulk case opened": 3_000.0,
    "bulk case page": 3_000.0,
    "register, PDF": 10_000.0,
    "register, XLSX": 10_000.0,
}
Rows = Iterator[dict[str, Any]]


# ---- Rows beside the services


def row(model: type[Model], **told: object) -> dict[str, Any]:
    """Return a row of a table: what is told, else the default, else whatever the column takes."""
    table: Any = model.__table__
    found = blank(table)
    for column in table.columns:
        if column.name not in told and found[column.name] is None and not column.nullable:
            found[column.name] = _PLAIN[_type_of(column.type)]
    return {**found, **told}


def _type_of(kind: Any) -> type:
    return datetime if isinstance(kind, At) else kind.python_type  # type: ignore[no-any-return]


#: What a column takes that nobody speaks of, by the type of its values.
_PLAIN: dict[type, object] = {str: "", bool: False, datetime: MORNING, date: FIRST, int: 1}


def write(connection: Connection, model: type[Model], rows: Rows) -> None:
    """Insert many rows at once."""
    table: Any = model.__table__
    while batch := list(islice(rows, BATCH)):
        connection.execute(insert(table), batch)


def day_of(number: int) -> date:
    """Return the day of a month of the history."""
    return FIRST + timedelta(days=number * MONTH_DAYS)


def history(connection: Connection, assets: list[int], party_id: int, book_id: int) -> None:
    """Write what ten years leave behind, of every asset."""
    here = {"region_code": VILLAGE}
    places = [(place, asset_id) for place, asset_id in enumerate(assets)]
    ended = {"status": ContractStatus.ENDED.value, "starts_on": FIRST, "ends_on": today(), "ended_on": today()}
    years = [(place * YEARS + year + 1, asset_id) for place, asset_id in places for year in range(YEARS)]
    write(connection, Contract, (row(Contract, id=n, number=f"HT-{n}", **ended, **here) for n, _asset in years))
    write(
        connection,
        ContractAsset,
        (row(ContractAsset, id=n, contract_id=n, asset_id=a, ended_on=today(), **here) for n, a in years),
    )
    months = [(p * MONTHS + m + 1, p * YEARS + m // 12 + 1, a, day_of(m)) for p, a in places for m in range(MONTHS)]
    paid = {"amount_fen": RENT_FEN, "settled_fen": RENT_FEN}
    due = {"kind": DueKind.RENT.value, "status": DueStatus.SETTLED.value, **paid, **here}
    write(
        connection,
        Due,
        (
            row(Due, id=n, contract_id=c, due_on=day, period_from=day, period_to=day + timedelta(days=n % 28), **due)
            for n, c, _asset, day in months
        ),
    )
    shares = (row(DueShare, id=n, due_id=n, asset_id=a, party_id=party_id, **paid, **here) for n, _c, a, _day in months)
    write(connection, DueShare, shares)
    income(connection, months, party_id)
    write(
        connection,
        Patrol,
        (row(Patrol, id=n, asset_id=a, done_on=day, kind="SELF", result="GOOD", **here) for n, _c, a, day in months),
    )
    vouchers(connection, months, book_id)


Months = list[tuple[int, int, int, date]]


def income(connection: Connection, months: Months, party_id: int) -> None:
    """Write what came in for every month, and deposits taken and given back."""
    common = {"region_code": VILLAGE, "basis": Basis.OWN.value, "sector": "AGRICULTURE"}
    receipt = {"amount_fen": RENT_FEN, "status": ReceiptStatus.POSTED.value, "kind": IncomeKind.RENT.value, **common}
    days = {"received_on": FIRST, "earned_from": FIRST, "earned_to": FIRST}
    taken = (row(Receipt, id=n, asset_id=a, **{**days, "received_on": day}, **receipt) for n, _c, a, day in months)
    write(connection, Receipt, taken)
    write(connection, IncomeRow, _income_rows(months, party_id, common))


def _income_rows(months: Months, party_id: int, common: dict[str, str]) -> Rows:
    kinds = (IncomeKind.RENT, IncomeKind.DEPOSIT_TAKEN, IncomeKind.RENT, IncomeKind.DEPOSIT_RETURNED)
    for n, _contract, asset_id, day in months:
        kind = kinds[n % len(kinds)]
        fen = {IncomeKind.DEPOSIT_TAKEN: DEPOSIT_FEN, IncomeKind.DEPOSIT_RETURNED: -DEPOSIT_FEN}.get(kind, RENT_FEN)
        yield row(
            IncomeRow, id=n, receipt_id=n, asset_id=asset_id, party_id=party_id, kind=kind.value, amount_fen=fen,
            received_on=day, month=day.year * 100 + day.month, earned_from=day, earned_to=day, earned_on=day, **common,
        )  # fmt: skip


def vouchers(connection: Connection, months: Months, book_id: int) -> None:
    """Write a voucher of two lines for every month of every asset."""
    write(connection, Posting, (line for n, _c, a, day in months for line in legs(book_id, f"m{n}", a, day, RENT_FEN)))
    write(connection, Voucher, (voucher(book_id, f"m{n}", n, day, RENT_FEN) for n, _c, _a, day in months))


def legs(book_id: int, uid: str, asset_id: int, day: date, fen: int, account: str = "501") -> Rows:
    """Yield the two lines of a voucher."""
    common = {"voucher_uid": uid, "book_id": book_id, "asset_id": asset_id, "booked_on": day, "region_code": VILLAGE}
    month = month_of(day)
    for position, (code, debit, credit) in enumerate(((BANK, fen, 0), (account, 0, fen)), 1):
        key = next(POSTED)
        yield row(
            Posting, id=key, position=position, account=code, debit_fen=debit, credit_fen=credit, month=month, **common
        )  # fmt: skip


def voucher(book_id: int, uid: str, key: int, day: date, fen: int, **told: object) -> dict[str, Any]:
    """Return a posted voucher, numbered without a gap."""
    NUMBERS[day.year] += 1
    return row(
        Voucher, id=key, uid=uid, book_id=book_id, year=day.year, month=month_of(day), number=NUMBERS[day.year],
        booked_on=day, debit_fen=fen, credit_fen=fen, region_code=VILLAGE,
        **{"deed": BookDeed.INCOME_RECEIVED.value, "source_table": "due", "source_id": key, **told},
    )  # fmt: skip


def cases(connection: Connection, assets: list[int], party_id: int, book_id: int) -> None:
    """Write cases that were carried out this year: one asset each, sold, posted, with money that waits."""
    done, first = today(), 1_000_000
    keys = [(first + n, assets[n % len(assets)]) for n in range(CASES)]
    here = {"region_code": VILLAGE}
    words = {
        "kind": DisposalKind.SALE.value, "ground": Ground.IDLE.value, "status": DisposalStatus.DONE.value,
        "title": "出售冷库", "category": Category.OPERATING.value, "owner_kind": OwnerKind.VILLAGE_COLLECTIVE.value,
        "owner_id": party_id, "route_key": "DISPOSAL.COLLECTIVE.1", "original_fen": 1_000_000, "net_fen": 800_000,
        "own_fen": 1_000_000, "basis_fen": 1_000_000, "effective_on": done, "approved_on": done, "done_on": done,
        "is_legacy": True, "plans": "{}",
    }  # fmt: skip
    numbered = (row(DisposalCase, id=n, number=f"CZ-500240-2026-{n}", **words, **here) for n, _a in keys)
    write(connection, DisposalCase, numbered)
    write(connection, DisposalLine, (row(DisposalLine, id=n, case_id=n, asset_id=a, **here) for n, a in keys))
    price = {
        "way": TradeWay.LISTED.value, "verdict": PriceVerdict.ACCEPTED.value, "price_fen": PRICE_FEN,
        "base_fen": 1_000_000, "accept_bp": 10_000, "suspend_bp": 9_000, "buyer_name": "石柱县山货贸易有限公司",
    }  # fmt: skip
    write(connection, DisposalPrice, (row(DisposalPrice, id=n, case_id=n, round=1, **price, **here) for n, _a in keys))
    carried = {"price_fen": PRICE_FEN, "effective_on": done}
    write(
        connection,
        DisposalExecution,
        (row(DisposalExecution, id=n, case_id=n, price_id=n, **carried, **here) for n, _a in keys),
    )
    money = {"destination": Destination.EARMARKED.value, "due_fen": PRICE_FEN, "received_fen": PRICE_FEN}
    write(
        connection,
        Proceeds,
        (row(Proceeds, id=n, case_id=n, party_id=party_id, **money, cost_fen=0, **here) for n, _a in keys),
    )
    write(connection, Posting, (one for n, a in keys for one in legs(book_id, f"c{n}", a, done, GAIN_FEN, "504")))
    told = {"deed": BookDeed.DISPOSAL_GAIN.value, "source_table": "disposal_case"}
    posted = (voucher(book_id, f"c{n}", n, done, GAIN_FEN, **told) for n, _a in keys)
    write(connection, Voucher, posted)


def settle(connection: Connection) -> None:
    """Check what is checked at commit, before the rules are put back, and let the planner know what there is."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    connection.execute(text("ANALYZE"))


# ---- What is measured


def enter() -> tuple[list[str], list[int], int, int]:
    """Enter and confirm the assets of one village and open its book; their numbers and ids, the holder, the book."""
    fund = (FundingFact(FundingSource.POVERTY_FUND, 1_000_000),)
    facts = Registration(
        VILLAGE, "", Category.OPERATING, "STORAGE", 1_000_000, PartialDate(FIRST),
        (OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "华溪村股份经济合作社"),), fund, project_year=2016,
        quantity_milli=1000, title_status="CONFIRMED", certificate_kind="农村集体资产权属证书",
    )  # fmt: skip
    numbers, ids = [], []
    for n in range(LINES):
        with transaction(VILLAGE):
            named = replace(facts, name=f"冷库{n}号", certificate_number=f"渝农权{n}")
            asset = register_asset(named, by=who("clerk"), on=today())
            confirm_asset(asset, by=who("head"))
            numbers.append(asset.asset_no)
            ids.append(asset.id)
    with transaction(VILLAGE):
        party = db.session.scalars(select(Party).join(AssetOwner, AssetOwner.party_id == Party.id)).first()
        assert party is not None
        book: Book = open_book(party, by=who("clerk"), on=today())
        return numbers, ids, party.id, book.id


def timed(work: Callable[[], object], runs: int = RUNS, warm_up: int = WARM_UP) -> tuple[float, float]:
    """Return the median milliseconds of the processor and of the wall clock, everything read anew each time."""
    busy, walls = [], []
    for _ in range(runs + warm_up):
        db.session.remove()
        begun, wall = time.process_time(), time.perf_counter()
        work()
        busy.append((time.process_time() - begun) * 1_000)
        walls.append((time.perf_counter() - wall) * 1_000)
    return statistics.median(busy[warm_up:]), statistics.median(walls[warm_up:])


def opened(numbers: list[str]) -> int:
    """Open a case about assets; its id."""
    words = CaseWords(DisposalKind.SALE, Ground.IDLE, "出售冷库", "闲置两年，无人承租。", today())
    with transaction(VILLAGE):
        return open_case(Opening(words, tuple(numbers)), by=who("clerk"), on=today()).id


def gates_of(case_id: int) -> None:
    """Ask every gate of a case anew."""
    case = db.session.get_one(DisposalCase, case_id)
    _found, asked = asked_now(case, Moment.EXECUTE, on=today(), policy=policy_for(VILLAGE, today()))
    assert len(asked) >= len({one.gate for one in asked}) > 1


def measure(app: Flask, numbers: list[str]) -> dict[str, tuple[float, float]]:
    """Measure gates and pages of a case of one asset and of one of all the others."""
    found = {}
    one = opened(numbers[:1])
    found["gates, one asset"] = timed(lambda: gates_of(one))
    many = []
    found["bulk case opened"] = timed(lambda: many.append(opened(numbers[1:])), 1, 0)
    found["gates, bulk case"] = timed(lambda: gates_of(many[0]), 5, 1)
    client = signed_in(app, "clerk")

    def show() -> None:
        answer = client.get(f"/disposals/{many[0]}")
        assert answer.status_code == 200, answer.text

    found["bulk case page"] = timed(show, 5, 1)
    return found


def printed() -> dict[str, tuple[float, float]]:
    """Measure the parts of printing the register of a township once."""
    found, held = {}, []
    actor = who("township")
    collect = lambda: held.append(register.collect(TOWNSHIP, NOTHING, actor=actor, on=today()))  # noqa: E731
    found["register, read"] = timed(collect, 1, 0)
    assert len(held[0].rows) == CASES
    assert held[0].rows[0].gain_fen == GAIN_FEN
    for name, make in (("register, PDF", register.draw), ("register, XLSX", register.sheet)):
        made = timed(lambda make=make: make(held[0], IMPRINT), 1, 0)  # type: ignore[misc]
        found[name] = (found["register, read"][0] + made[0], found["register, read"][1] + made[1])
    return found


def main() -> None:
    """Fill, measure, print one line a figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fpa-disposals-") as name:
        settings = settings_in(Path(name))
        found_register(settings)
        app = create_app(settings)
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            seat_people(PEOPLE)
            numbers, ids, party_id, book_id = enter()
            db.session.remove()
            engine = owner_engine(settings)
            with engine.begin() as connection, unguarded(connection):
                history(connection, ids, party_id, book_id)
                settle(connection)
            found = measure(app, numbers)
            db.session.remove()  # what it has read is let go of, or the tables stay as they are
            with engine.begin() as connection, unguarded(connection):
                cases(connection, ids, party_id, book_id)
                settle(connection)
            engine.dispose()
            found |= printed()
            db.session.remove()
            db.engine.dispose()
    print(f"{'':20}{'busy ms':>12}{'wall ms':>12}{'at most':>10}")
    for what, (busy, wall) in found.items():
        print(f"{what:20}{busy:12,.1f}{wall:12,.1f}{MOST.get(what, 0) or '':>10}")
    if options.check and any(found[what][0] > most for what, most in MOST.items()):
        raise SystemExit("slower than it may be")


if __name__ == "__main__":
    main()
