"""Fill a whole municipality, for measuring what looks over all of it: boards, warnings, tables, bundles.

    python benchmarks/municipality.py FOLDER                          100,000 assets, 500,000 rows of income,
                                                                      1,000,000 events in a database file in FOLDER
    python benchmarks/municipality.py FOLDER --assets N --income N --events N
    FPA_DATABASE_URI=… FPA_OWNER_DATABASE_URI=… python benchmarks/municipality.py FOLDER …
                                                                      another database (empty)

Assets, people and income are those of generate.py and income_rows.py, the trail that of trail_rows.py. Every fifth
asset is leased and owes by the quarter; every collective has a plan a year; findings and disposals lie all over.
Everything is written beside the services, as the owner of the tables, with the sums that the services keep.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import income_rows  # noqa: E402
from benchmarks.disposals import row  # noqa: E402
from benchmarks.generate import COUNTY, MUNICIPALITY, PASSWORD, TOWNSHIP, Sink, generate, seat_people, settings_of  # noqa: E402
from benchmarks.trail_rows import write_trail  # noqa: E402
from benchmarks.unguarded import unguarded  # noqa: E402
from registry.app import create_app  # noqa: E402
from registry.approvals.notices.models import Notice  # noqa: E402
from registry.approvals.notices.rules import NoticeKind  # noqa: E402
from registry.audit.services import make_checkpoint  # noqa: E402
from registry.clock import today  # noqa: E402
from registry.config import Settings  # noqa: E402
from registry.database import Model, db, moment_text  # noqa: E402
from registry.disposal.cases.models import DisposalCase, DisposalLine  # noqa: E402
from registry.disposal.kinds import DisposalKind, DisposalStatus, Ground  # noqa: E402
from registry.ledger.distribution.plans.models import Plan, PlanUse  # noqa: E402
from registry.ledger.distribution.plans.rules import PlanStatus  # noqa: E402
from registry.ledger.distribution.plans.uses import UseKind  # noqa: E402
from registry.ledger.operation.contracts.kinds import ContractStatus  # noqa: E402
from registry.ledger.operation.contracts.models import Contract, ContractAsset  # noqa: E402
from registry.ledger.operation.dues.models import Due, DueSum  # noqa: E402
from registry.ledger.operation.kinds import DueKind, DueStatus  # noqa: E402
from registry.ledger.operation.periods import month_of  # noqa: E402
from registry.operations.schema import owner_engine  # noqa: E402
from registry.permissions import Role  # noqa: E402
from registry.regions import log_of  # noqa: E402
from registry.summing import summing_units  # noqa: E402
from registry.supervision.findings.models import Finding  # noqa: E402
from registry.supervision.findings.rules import FindingStatus, Source  # noqa: E402

#: Who looks: one of each level; the password is generate.PASSWORD.
PEOPLE = (
    ("municipality", Role.MUNICIPAL_SUPERVISOR, MUNICIPALITY),
    ("county", Role.COUNTY_AGRICULTURE, COUNTY),
    ("township", Role.TOWNSHIP_SUPERVISOR, TOWNSHIP),
    ("auditor", Role.AUDITOR, MUNICIPALITY),
)
#: Every which asset is leased, disposed of, the object of a finding; for how many quarters rent is due; how much.
LEASED, DISPOSED, FOUND, QUARTERS, RENT_FEN = 5, 50, 40, 8, 250_000
#: One due in so many that have fallen due was not paid.
UNPAID = 14
YEARS = (2024, 2025, 2026)
PLANNED_FEN, USES = 4_000_000, (UseKind.CUSTODY, UseKind.PUBLIC_GOOD, UseKind.RELIEF, UseKind.FIXED_DIVIDEND)
BATCH = 20_000
Owned = tuple[int, str, int, str, str, int]


def plain(value: object) -> object:
    """Write a value as both databases take it in bulk."""
    if isinstance(value, datetime):
        return moment_text(value)
    return value.isoformat() if isinstance(value, date) else value


class Rows:
    """Gathers the rows of one table and writes them by the batch, those that they name before them."""

    def __init__(self, sink: Sink, model: type[Model], named: "Rows | None" = None) -> None:
        self.sink, self.model, self.named = sink, model, named
        self.kept, self.key = list[list[object]](), 0
        self.blank = {name: plain(value) for name, value in row(model).items()}

    def add(self, **told: object) -> int:
        """Add a row; returns its id."""
        self.key += 1
        merged = self.blank | {"id": self.key} | {name: plain(value) for name, value in told.items()}
        self.kept.append(list(merged.values()))
        if len(self.kept) == BATCH:
            self.flush()
        return self.key

    def flush(self) -> None:
        """Write what was gathered."""
        if self.named:
            self.named.flush()
        self.sink.write(self.model.__tablename__, list(self.blank), self.kept)
        self.kept.clear()

    def done(self) -> None:
        """Write the rest; the next row of a service's own gets the next number."""
        self.flush()
        if not self.sink.is_sqlite and self.key:
            self.sink.run(f"SELECT setval(pg_get_serial_sequence('{self.model.__tablename__}', 'id'), {self.key})")


def owned(connection: Connection) -> list[Owned]:
    """Return id, unit, party, sector, category and value of every asset's managing owner."""
    rows = connection.exec_driver_sql(
        "SELECT a.id, a.region_code, o.party_id, a.sector, a.category, a.original_value_fen FROM asset a "
        "JOIN asset_owner o ON o.asset_id = a.id AND o.foreign_region IS NULL ORDER BY a.id"
    )
    return [tuple(one) for one in rows]


def leases(sink: Sink, assets: Sequence[Owned]) -> None:
    """Write a contract for every fifth asset, and what it owes by the quarter of the last two years and this one."""
    contracts = Rows(sink, Contract)
    parts, dues = Rows(sink, ContractAsset, contracts), Rows(sink, Due, contracts)
    sums: dict[tuple[str, str, int], list[int]] = {}
    first, on = date(today().year - 1, 1, 1), today()
    quarters = [date(first.year + n // 4, n % 4 * 3 + 1, 1) for n in range(QUARTERS)]
    for asset_id, region, _party, sector, _category, _value in assets[::LEASED]:
        ends = date(on.year + 1 + asset_id % 3, 12, 31)
        key = contracts.add(
            region_code=region, number=f"HT-{asset_id}", status=ContractStatus.RUNNING.value, starts_on=first,
            ends_on=ends, sector=sector, yearly_fen=4 * RENT_FEN, name=f"租赁合同 {asset_id}",
            operator_name="某某农业公司", frequency="QUARTERLY", rent_kind="FIXED", mode="LEASE", award="TENDER",
        )  # fmt: skip
        parts.add(region_code=region, contract_id=key, asset_id=asset_id)
        for place, day in enumerate(quarters):
            paid = day < on and (asset_id + place) % UNPAID > 0
            dues.add(
                region_code=region, contract_id=key, debtor_name="某某农业公司", sector=sector, kind=DueKind.RENT.value,
                period_from=day, period_to=day + timedelta(days=89), due_on=day, amount_fen=RENT_FEN,
                settled_fen=RENT_FEN if paid else 0, equity_id=None,
                status=(DueStatus.SETTLED if paid else DueStatus.OPEN).value,
            )  # fmt: skip
            for unit in summing_units(region):
                kept = sums.setdefault((unit, sector, month_of(day)), [0, 0, 0, 0, 0])
                figures = (1, RENT_FEN, RENT_FEN if paid else 0, 0, int(not paid))
                kept[:] = [had + figure for had, figure in zip(kept, figures, strict=True)]
    for rows in (contracts, parts, dues):
        rows.done()
    names = [column.name for column in DueSum.__table__.columns]
    sink.write(DueSum.__tablename__, names, ((*key, *figures) for key, figures in sums.items()))


def plans(sink: Sink, villages: Sequence[tuple[str, int]]) -> None:
    """Write a plan of every collective for every year, with its uses."""
    written = Rows(sink, Plan)
    uses = Rows(sink, PlanUse, written)
    for place, (region, party_id) in enumerate(villages):
        for year in YEARS:
            status = PlanStatus.DONE if year < YEARS[-1] or place % 3 == 0 else PlanStatus.AGREED
            key = written.add(
                region_code=region, number=f"FP-{year}-{party_id}", party_id=party_id, year=year, title=f"{year} 年",
                period_from=f"{year}-01", period_to=f"{year}-12", status=status.value, uses_fen=PLANNED_FEN,
                handed_fen=PLANNED_FEN if status is PlanStatus.DONE else 0, agreed_on=date(year, 6, 1), scope="VILLAGE",
                asset_id=None, contract_id=None, amends_id=None,
            )  # fmt: skip
            for position, use in enumerate(USES, 1):
                uses.add(
                    region_code=region, plan_id=key, position=position, kind=use.value, label=use.label,
                    amount_fen=PLANNED_FEN // len(USES), contract_id=None, asset_id=None,
                )  # fmt: skip
    written.done()
    uses.done()


def cases(sink: Sink, assets: Sequence[Owned]) -> None:
    """Write disposals in every state over two years, and findings from every source."""
    written, findings = Rows(sink, DisposalCase), Rows(sink, Finding)
    lines = Rows(sink, DisposalLine, written)
    kinds, states, on = list(DisposalKind), list(DisposalStatus), today()
    for place, (asset_id, region, party, sector, category, value) in enumerate(assets[::DISPOSED]):
        done = place % 3 == 0
        state = DisposalStatus.DONE if done else states[place % len(states)]
        key = written.add(
            region_code=region, number=f"CZ-{asset_id}", kind=kinds[place % len(kinds)].value,
            ground=next(iter(Ground)).value, status=state.value, category=category, sector=sector, owner_id=party,
            owner_kind="VILLAGE_COLLECTIVE", original_fen=value, net_fen=value // 2, own_fen=value, basis_fen=value,
            submitted_on=on - timedelta(days=place % 700), done_on=on - timedelta(days=place % 600) if done else None,
            opened_by_id=None, submitted_by_id=None,
        )  # fmt: skip
        lines.add(region_code=region, case_id=key, asset_id=asset_id, original_fen=value, net_fen=value // 2,
                  quantity_milli=None, share_bp=None, holder_id=None)  # fmt: skip
    sources, standings = list(Source), list(FindingStatus)
    for place, (_asset_id, region, _party, sector, _category, _value) in enumerate(assets[::FOUND]):
        found = on - timedelta(days=place % 500)
        findings.add(
            region_code=region, number=f"WT-{place}", mender_code=region, sector=sector, recurrences=0, recurs_id=None,
            source=sources[place % len(sources)].value, status=standings[place % len(standings)].value,
            found_on=found, due_on=found + timedelta(days=60), checked_on=found, checked_by_id=None,
            reported_by_id=None, entered_by_id=None, contract_id=None, disposal_case_id=None,
        )  # fmt: skip
    for rows in (written, lines, findings):
        rows.done()


def notices(sink: Sink, villages: Sequence[tuple[str, int]]) -> None:
    """Write four notices of every village, the last one hanging."""
    written = Rows(sink, Notice)
    for region, _party in villages:
        for turn in range(4):
            start = today() - timedelta(days=turn * 90 + 3)
            written.add(
                region_code=region, kind=next(iter(NoticeKind)).value, state="POSTED" if turn == 0 else "CLOSED",
                title=f"公示 {turn}", starts_on=start, ends_on=start + timedelta(days=10), table_json="{}", days=10,
                posted_by_id=None, ended_by_id=None, sector=None, replaces_id=None,
            )  # fmt: skip
    written.done()


def fill(settings: Settings, income: int, events: int) -> Iterator[str]:
    """Write everything beside the assets; yields what was done."""
    engine = owner_engine(settings)
    income_rows.fill(settings, income)
    yield f"{income:,} rows of income"
    with engine.begin() as connection, unguarded(connection):
        sink, assets = Sink(connection), owned(connection)
        villages = sorted({(region, party) for _id, region, party, *_rest in assets})
        leases(sink, assets)
        plans(sink, villages)
        cases(sink, assets)
        notices(sink, villages)
        yield "leases, plans, disposals, findings, notices"
    with engine.begin() as connection, unguarded(connection):
        yield f"{write_trail(connection, events):,} events"
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    engine.dispose()


def main() -> None:
    """Generate and fill, telling how long each part took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--assets", type=int, default=100_000)
    parser.add_argument("--income", type=int, default=500_000)
    parser.add_argument("--events", type=int, default=1_000_000)
    asked = parser.parse_args()
    settings, begun = settings_of(asked.folder), time.perf_counter()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    generate(settings, asked.assets)
    print(f"{asked.assets:,} assets, {time.perf_counter() - begun:.0f} s", flush=True)
    for done in fill(settings, asked.income, asked.events):
        print(f"{done}, {time.perf_counter() - begun:.0f} s", flush=True)
    app: Any = create_app(settings)
    with app.app_context():
        seat_people(PEOPLE)
        for region, _party in {(code[:6], 0) for code in (COUNTY,)}:
            make_checkpoint(log_of(region.ljust(12, "0")), "benchmark")
        db.session.remove()
        db.engine.dispose()
    print(f"filled, {time.perf_counter() - begun:.0f} s; everybody's password is {PASSWORD}")


if __name__ == "__main__":
    main()
