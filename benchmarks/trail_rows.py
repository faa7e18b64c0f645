"""Write many events of many counties at once, chained as record() chains them, for measuring what stands upon a trail.

Rows are written beside the services, as the owner of the tables; the payloads are those that record() would write. Each
event corrects one asset of a unit, so that every one is mentioned under its asset. Checkpoints are the product's own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise

from sqlalchemy import Connection

from benchmarks.generate import Sink
from registry.audit.actions import Action, Outcome
from registry.audit.events import GENESIS, Deed, Place, Thing, leaf_hash, payload
from registry.changes import Change
from registry.database import moment_text
from registry.permissions import Actor
from registry.regions import log_of

CHUNK = 50_000
FIRST = datetime(2022, 1, 1, tzinfo=UTC)
EVENT = (
    "log_id", "seq", "prev", "leaf_hash", "payload", "region_code", "region_seq", "at", "actor_id", "action",
    "thing_table", "thing_id", "deed_id", "request_id", "outcome",
)  # fmt: skip
MENTION = ("log_id", "seq", "thing_table", "thing_id")
_WHO = Actor(1, "报账员", "报账员", "", "", ())
Asset = tuple[int, str]


class Chain:
    """The end of one log: its last number and leaf, and the last number of each unit."""

    def __init__(self, connection: Connection, log_id: int) -> None:
        head = connection.exec_driver_sql(
            f"SELECT seq, leaf_hash FROM trail_event WHERE log_id = {log_id:d} ORDER BY seq DESC LIMIT 1"
        ).first()
        units = connection.exec_driver_sql(
            f"SELECT region_code, max(region_seq) FROM trail_event WHERE log_id = {log_id:d} GROUP BY region_code"
        )
        self.log_id, self.seq, self.leaf = log_id, head[0] if head else 0, head[1] if head else GENESIS
        self.units: dict[str, int] = {code: int(last) for code, last in units}

    def append(self, asset: Asset, at: str, number: int) -> tuple[object, ...]:
        """Return the row of the next event: a remark on an asset is put right."""
        key, region = asset
        self.seq += 1
        self.units[region] = self.units.get(region, 0) + 1
        version = number + 2
        after = {"asset_id": None, "region_code": region, "remarks": f"第 {number} 次更正", "version_id": version}
        change = Change("asset", str(key), region, version, {**after, "remarks": "", "version_id": version - 1}, after)
        deed = Deed(Action.ASSET_CORRECTED, Thing("asset", str(key), region), _WHO, at, f"{self.seq:032x}", "benchmark")
        place = Place(self.log_id, self.seq, self.leaf, region, self.units[region])
        text = payload(deed, place, [change], {})
        before, self.leaf = self.leaf, leaf_hash(text)
        return (
            self.log_id, self.seq, before, self.leaf, text, region, place.region_seq, at, _WHO.id,
            deed.action.value, "asset", str(key), deed.deed_id, deed.request_id, Outcome.DONE.value,
        )  # fmt: skip


def _by_county(connection: Connection) -> Iterator[tuple[int, list[Asset]]]:
    """Yield the assets of each log, village by village."""
    rows = [(int(key), str(code)) for key, code in connection.exec_driver_sql(
        "SELECT id, region_code FROM asset ORDER BY region_code, id"
    )]  # fmt: skip
    starts = [0, *(place for place, (one, two) in enumerate(pairwise(rows), 1) if log_of(one[1]) != log_of(two[1]))]
    for begin, end in pairwise([*starts, len(rows)]):
        yield log_of(rows[begin][1]), rows[begin:end]


def _events(chain: Chain, assets: list[Asset], total: int) -> Iterator[tuple[object, ...]]:
    """Yield so many events of a log over four years, one asset after the other."""
    step = timedelta(days=4 * 365) / total
    for number in range(total):
        turn, place = divmod(number, len(assets))
        yield chain.append(assets[place], moment_text(FIRST + number * step), turn)


@contextmanager
def _bare(connection: Connection) -> Iterator[None]:
    """Leave the order of events to us, and indexes and references until the end: PostgreSQL asks each by each row."""
    if connection.dialect.name == "sqlite":
        yield
        return
    found = connection.exec_driver_sql(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ('trail_event', 'trail_mention') "
        "AND indexname NOT LIKE 'pk%%'"
    ).all()
    tie = connection.exec_driver_sql(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid = 'trail_mention'::regclass AND contype = 'f'"
    ).one()
    connection.exec_driver_sql("ALTER TABLE trail_event DISABLE TRIGGER guard_order")
    connection.exec_driver_sql(f"ALTER TABLE trail_mention DROP CONSTRAINT {tie[0]}")
    for name, _definition in found:
        connection.exec_driver_sql(f"DROP INDEX {name}")
    yield
    for _name, definition in found:
        connection.exec_driver_sql(definition)
    connection.exec_driver_sql(f"ALTER TABLE trail_mention ADD CONSTRAINT {tie[0]} {tie[1]}")
    connection.exec_driver_sql("ALTER TABLE trail_event ENABLE TRIGGER guard_order")


def write_trail(connection: Connection, total: int) -> int:
    """Write about so many events over the logs of all counties, by their assets; returns how many."""
    with _bare(connection):
        return _write(connection, total)


def _write(connection: Connection, total: int) -> int:
    sink, written = Sink(connection), 0
    counties = list(_by_county(connection))
    every = sum(len(assets) for _log, assets in counties)
    for log_id, assets in counties:
        chain = Chain(connection, log_id)
        rows = _events(chain, assets, max(1, total * len(assets) // every))
        while chunk := list(islice(rows, CHUNK)):
            sink.write("trail_event", EVENT, chunk)
            sink.write("trail_mention", MENTION, ((log_id, row[1], "asset", row[11]) for row in chunk))
            written += len(chunk)
    return written
