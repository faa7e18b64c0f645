"""Fill a database with many assets over the real villages of Chongqing, for measuring.

    python benchmarks/generate.py FOLDER 1000000              an embedded database in FOLDER
    FPA_DATABASE_URI=… python benchmarks/generate.py FOLDER N another database (emptied by you)

Rows are written beside the services, as the owner of the tables, so that a million takes minutes; they carry no trail.
Ids run through the villages in rounds, as yearly imports would have given them. The same N gives the same rows.
"""

import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.names import name_of  # noqa: E402
from registry.accounts.models import User, UserGrant  # noqa: E402
from registry.accounts.passwords import hash_password  # noqa: E402
from registry.app import create_app  # noqa: E402
from registry.assets.register.bigrams import document  # noqa: E402
from registry.assets.register.cards.models import (  # noqa: E402
    Asset,
    AssetOwner,
    AssetSerial,
    FundingLine,
    Rollup,
    ValueChange,
)
from registry.assets.register.categories import SUBTYPES  # noqa: E402
from registry.assets.register.depreciation import first_plan  # noqa: E402
from registry.assets.register.funding import FundingSource, is_poverty_fund  # noqa: E402
from registry.audit.actions import Action  # noqa: E402
from registry.audit.services import record  # noqa: E402
from registry.clock import now  # noqa: E402
from registry.codes import CATEGORY_LETTERS, asset_number  # noqa: E402
from registry.config import PACKAGE, Settings  # noqa: E402
from registry.database import db, moment_text, transaction  # noqa: E402
from registry.kinds import OwnerKind  # noqa: E402
from registry.operations.schema import owner_engine, record_schema, upgrade  # noqa: E402
from registry.parties.models import Party  # noqa: E402
from registry.permissions import Role, system_actor  # noqa: E402
from registry.places.rules import short_name  # noqa: E402
from registry.places.services import import_divisions, logs_of, read_divisions  # noqa: E402
from registry.regions import Level, level_of  # noqa: E402
from registry.summing import summing_units  # noqa: E402

MUNICIPALITY = "500000000000"
COUNTY = "500240000000"
TOWNSHIP = "500240213000"
VILLAGE = "500240213203"
PASSWORD = "Mountain-Honey-2026"
PEOPLE = (
    ("municipal_supervisor", Role.MUNICIPAL_SUPERVISOR, MUNICIPALITY),
    ("county_clerk", Role.COUNTY_CLERK, COUNTY),
    ("township_clerk", Role.TOWNSHIP_CLERK, TOWNSHIP),
    ("village_clerk", Role.VILLAGE_CLERK, VILLAGE),
)
ROUNDS = 4
BATCH = 20_000
_WEIGHTED = tuple(
    subtype
    for subtype in SUBTYPES
    for _ in range({"OPERATING": 5, "PUBLIC_WELFARE": 4, "HOUSEHOLD": 2}[subtype.category.value])
)
_SOURCES = (FundingSource.POVERTY_FUND, FundingSource.TRANSITION_FUND, FundingSource.EAST_WEST,
            FundingSource.INTEGRATED_AGRI, FundingSource.SELF_RAISED, FundingSource.SECTOR_FUND)  # fmt: skip
_LEVELS = ("CENTRAL", "MUNICIPAL", "COUNTY")
_STAGES = ("CONFIRMED",) * 94 + ("SUBMITTED",) * 3 + ("SENT_BACK",) + ("DISPOSED",) * 2
_USES = ("IN_USE",) * 60 + ("LEASED",) * 30 + ("IDLE",) * 5 + ("STOPPED",) * 2 + ("DAMAGED",) + ("OTHER",) * 2
#: Of so many assets with a confirmed title one is still in its builder's hands.
_HANDED_OVER = 12
#: What an asset's cell is told by, but for its unit and whether it was handed over.
_CELL = tuple(Rollup.__table__.primary_key)[1:-1]
_TITLES = ("CONFIRMED",) * 85 + ("UNCONFIRMED",) * 10 + ("IN_PROCEDURE",) * 4 + ("DISPUTED",)


@dataclass(frozen=True)
class Village:
    """A village that owns assets, with its neighbour, which shares some of them."""

    code: str
    name: str
    party_id: int
    neighbour: str
    neighbour_party_id: int


class Sink:
    """Writes many rows of a table fast: executemany on SQLite, COPY on PostgreSQL."""

    def __init__(self, connection: Connection) -> None:
        self.raw: Any = connection.connection.driver_connection
        self.is_sqlite = connection.dialect.name == "sqlite"

    def write(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        names = ", ".join(columns)
        if self.is_sqlite:
            marks = ", ".join("?" * len(columns))
            self.raw.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
            return
        with self.raw.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def run(self, statement: str) -> None:
        self.raw.cursor().execute(statement)


def blank(table: Table) -> dict[str, object]:
    """Return a row of a table with the defaults of its columns."""
    found: dict[str, object] = {}
    for column in table.columns:
        plain = column.default is not None and column.default.is_scalar
        found[column.name] = column.default.arg if plain else None  # type: ignore[union-attr]
    return found


@dataclass
class Batch:
    """Rows made and not yet written."""

    assets: list[Sequence[object]]
    changes: list[Sequence[object]]
    lines: list[Sequence[object]]
    owners: list[Sequence[object]]
    documents: list[tuple[int, str, str, str, int, int]]


class Maker:
    """Makes the rows of one asset after the other."""

    def __init__(self, seed: int) -> None:
        self.luck = random.Random(seed)
        self.asset_row = blank(Asset.__table__)  # type: ignore[arg-type]
        self.columns = list(self.asset_row)
        self.serials: Counter[str] = Counter()
        self.sums: dict[tuple[str | bool, ...], list[int]] = {}
        self.line_id = self.owner_id = 0
        self.at = moment_text(now())

    def make(self, key: int, village: Village, batch: Batch) -> None:
        luck, row = self.luck, self.asset_row
        subtype = luck.choice(_WEIGHTED)
        year = luck.randrange(2013, 2026)
        day = date(year, luck.randrange(1, 13), luck.randrange(1, 28))
        money = self._money(village.code, day.year)
        value = sum(amount for _source, _level, amount in money)
        fund = sum(amount for source, _level, amount in money if is_poverty_fund(source))
        stage, name = luck.choice(_STAGES), name_of(subtype, village.name, luck)
        prefix = f"{village.code}{CATEGORY_LETTERS[subtype.category]}{year}"
        self.serials[prefix] += 1
        plan = first_plan(value, start=day, months=subtype.service_months)
        shared = village.neighbour and luck.random() < 0.005
        title, use = luck.choice(_TITLES), luck.choice(_USES)
        handed_over_on = day.isoformat() if title == "CONFIRMED" and key % _HANDED_OVER else None
        row.update(
            id=key, region_code=village.code, version_id=1, stage=stage, name=name,
            asset_no=asset_number(village.code, subtype.category, year, self.serials[prefix]),
            category=subtype.category.value, subtype=subtype.code, sector=subtype.sector.value, unit=subtype.unit,
            quantity_milli=luck.randrange(1, 400) * 1000, project_year=year, project_name=f"{year} 年{name}"[:100],
            location_code=village.code, acquired_on=day.isoformat(), original_value_fen=value, poverty_fund_fen=fund,
            depreciation_method="STRAIGHT_LINE" if plan.months else "NONE", service_months=subtype.service_months,
            plan_from_month=plan.from_month, plan_accumulated_fen=0, plan_remaining_fen=plan.remaining_fen,
            plan_months=plan.months, title_status=title, use_status=use, handed_over_on=handed_over_on,
            owner_text=f"{village.name}股份经济合作社", owner_kind=OwnerKind.VILLAGE_COLLECTIVE.value,
            funding_text="、".join(dict.fromkeys(source.label for source, _level, _amount in money)),
            entered_by_id=1, entered_at=self.at, confirmed_by_id=2, confirmed_at=self.at,
        )  # fmt: skip
        batch.assets.append(list(row.values()))
        batch.changes.append(
            (key, village.code, key, "ACQUISITION", row["acquired_on"], row["acquired_on"], value, "", "")
        )
        self._parts(key, village, money, row["acquired_on"], batch, shared=bool(shared))
        batch.documents.append((key, document(name, "", village.code), village.code, stage, value, fund))
        cell = (*(row[column.name] for column in _CELL), handed_over_on is not None)
        for unit in summing_units(village.code):
            kept = self.sums.setdefault((unit, *cell), [0, 0, 0])
            kept[0], kept[1], kept[2] = kept[0] + 1, kept[1] + value, kept[2] + fund

    def _money(self, region: str, year: int) -> list[tuple[FundingSource, str, int]]:
        luck = self.luck
        sources = luck.sample(_SOURCES, 1 if luck.random() < 0.7 else 2)
        return [(source, luck.choice(_LEVELS), luck.randrange(1, 20_000) * 10_000) for source in sources]

    def _parts(
        self, key: int, village: Village, money: list[tuple[FundingSource, str, int]], day: object, batch: Batch,
        *, shared: bool,
    ) -> None:  # fmt: skip
        for source, level, amount in money:
            self.line_id += 1
            batch.lines.append((self.line_id, village.code, key, key, source.value, level, None, "", amount))
        self.owner_id += 1
        half = 5000 if shared else 10_000
        batch.owners.append((self.owner_id, village.code, key, village.party_id, half, day, None, None))
        if shared:
            self.owner_id += 1
            batch.owners.append(
                (self.owner_id, village.code, key, village.neighbour_party_id, half, day, None, village.neighbour)
            )


SEARCH = ("asset_id", "grams", "region_code", "stage", "original_value_fen", "poverty_fund_fen")
CHANGE = ("id", "region_code", "asset_id", "kind", "effective_on", "recorded_on", "amount_fen", "document_no", "reason")
LINE = ("id", "region_code", "value_change_id", "asset_id", "source", "level", "year", "document_no", "amount_fen")
OWNER = ("id", "region_code", "asset_id", "party_id", "share_bp", "valid_from", "valid_to", "foreign_region")


def flush(sink: Sink, maker: Maker, batch: Batch) -> None:
    """Write what was made and forget it."""
    sink.write("asset", maker.columns, batch.assets)
    sink.write(ValueChange.__tablename__, CHANGE, batch.changes)
    sink.write(FundingLine.__tablename__, LINE, batch.lines)
    sink.write(AssetOwner.__tablename__, OWNER, batch.owners)
    if sink.is_sqlite:
        sink.write("asset_search", ("rowid", "grams"), (found[:2] for found in batch.documents))
    else:
        sink.write("asset_search", SEARCH, ((key, words.split(), *rest) for key, words, *rest in batch.documents))
    for rows in (batch.assets, batch.changes, batch.lines, batch.owners, batch.documents):
        rows.clear()


def places(total: int, villages: list[Village], luck: random.Random) -> Iterator[Village]:
    """Return a village for each asset: some every round, in an order of its own."""
    left = total
    for turn in range(ROUNDS):
        share = left // (ROUNDS - turn)
        left -= share
        order = luck.sample(villages, len(villages))
        each, odd = divmod(share, len(order))
        for number, village in enumerate(order):
            yield from [village] * (each + (number < odd))


def fill(connection: Connection, total: int, within: str = "") -> None:
    """Write parties, assets and everything derived from them; in the units whose codes begin so."""
    sink, maker = Sink(connection), Maker(total)
    villages = [village for village in _villages(connection, sink) if village.code.startswith(within)]
    drops = _drop_indexes(connection)
    batch = Batch([], [], [], [], [])
    for key, village in enumerate(places(total, villages, maker.luck), start=1):
        maker.make(key, village, batch)
        if key % BATCH == 0:
            flush(sink, maker, batch)
    flush(sink, maker, batch)
    names = [column.name for column in Rollup.__table__.columns]
    sink.write(Rollup.__tablename__, names, ((*key, *sums) for key, sums in maker.sums.items()))
    sink.write(AssetSerial.__tablename__, ("prefix", "last"), maker.serials.items())
    for statement in drops:
        sink.run(statement)
    if not sink.is_sqlite:
        for table in ("asset", "value_change", "funding_line", "asset_owner", "party"):
            sink.run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")


def _villages(connection: Connection, sink: Sink) -> Iterator[Village]:
    rows = connection.exec_driver_sql("SELECT region_code, name FROM region ORDER BY region_code").all()
    found = [(code, short_name(name)) for code, name in rows if level_of(code) is Level.VILLAGE]
    row = blank(Party.__table__)  # type: ignore[arg-type]
    parties = []
    for key, (code, name) in enumerate(found, start=1):
        row.update(id=key, uid=f"{key:032x}", region_code=code, kind="VILLAGE_COLLECTIVE", version_id=1)
        row["name"] = f"{name}股份经济合作社"
        parties.append(list(row.values()))
    sink.write("party", list(row), parties)
    for key, (code, name) in enumerate(found, start=1):
        near = found[key][0] if key < len(found) and found[key][0][:9] == code[:9] else ""
        yield Village(code, name, key, near, key + 1)


def _drop_indexes(connection: Connection) -> list[str]:
    """Drop the indexes of the large tables; returns the statements that build them again."""
    tables = ("asset", "value_change", "funding_line", "asset_owner")
    if connection.dialect.name == "sqlite":
        marks = ", ".join(f"'{name}'" for name in tables)
        query = f"SELECT name, sql FROM sqlite_master WHERE type='index' AND sql IS NOT NULL AND tbl_name IN ({marks})"
    else:
        marks = ", ".join(f"'{name}'" for name in (*tables, "asset_search"))
        query = (
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' "
            f"AND tablename IN ({marks}) AND indexname LIKE 'ix!_%%' ESCAPE '!'"
        )
    found = connection.exec_driver_sql(query).all()
    for name, _statement in found:
        connection.exec_driver_sql(f"DROP INDEX {name}")
    return [statement for _name, statement in found]


def found_register(settings: Settings) -> None:
    """Make the schema, the divisions and the people through the product's own services."""
    app = create_app(settings)
    upgrade(settings)
    by = system_actor(MUNICIPALITY)
    with app.app_context():
        record_schema(MUNICIPALITY)
        rows = read_divisions((PACKAGE / "data" / "divisions-chongqing.csv").read_text("utf-8"))
        with transaction(*logs_of(rows)):
            import_divisions(rows, by=by)
        seat_people(PEOPLE)
        db.session.remove()
        db.engine.dispose()


def seat_people(people: Iterable[tuple[str, Role, str]]) -> None:
    """Give people an account and a role: name, role, and the unit where they sit."""
    hashed = hash_password(PASSWORD)
    for username, role, seat in people:
        with transaction(seat):
            user = User(username=username, name=username, post=role.label, region_code=seat)
            user.password_hash, user.password_changed_at, user.created_at = hashed, now(), now()
            db.session.add(user)
            db.session.flush()
            grant = UserGrant(user_id=user.id, role=role.value, region_code=seat, basis="benchmark")
            grant.valid_from = date(2020, 1, 1)
            db.session.add(grant)
            record(Action.USER_CREATED, user, by=system_actor(MUNICIPALITY))


def generate(settings: Settings, total: int, within: str = "") -> None:
    """Found a register and fill it, or the units of it whose codes begin so."""
    found_register(settings)
    engine = owner_engine(settings)
    with engine.connect() as connection:
        if settings.is_sqlite:
            Sink(connection).run("PRAGMA journal_mode=MEMORY")  # before a transaction begins
        fill(connection, total, within)
        connection.commit()
        if not settings.is_sqlite:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM ANALYZE")
    engine.dispose()


def settings_of(folder: Path) -> Settings:
    """Return the settings of the database to fill or measure."""
    return Settings(
        data_dir=folder.resolve(), require_second_factor=False, database_uri=os.environ.get("FPA_DATABASE_URI", ""),
        owner_database_uri=os.environ.get("FPA_OWNER_DATABASE_URI", ""),
    )  # fmt: skip


def main() -> None:
    folder, total = Path(sys.argv[1]).resolve(), int(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    settings = settings_of(folder)
    start = time.perf_counter()
    generate(settings, total)
    print(f"{total:,} assets in {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
