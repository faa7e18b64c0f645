"""Published test vectors, and a small synthetic trail with its export and its database file."""

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from registry.audit import merkle
from registry.audit.canonical import JsonValue, encode
from registry.audit.checkpoint import Checkpoint, VerifierKey, origin, sign

# RFC 6962: the eight inputs of the Certificate Transparency reference tree, the roots of its first leaves, and proofs.
LEAVES = tuple(
    bytes.fromhex(text)
    for text in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
)  # fmt: skip
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
_96 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
_5F = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
_6B = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
_BC = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
_CA = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
_0E = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
_B0 = "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f"
#: (index from 0, size, path) and (old size, new size, proof)
INCLUSION = ((0, 1, ()), (0, 8, (_96, _5F, _6B)), (5, 8, (_BC, _CA, ROOTS[4])), (2, 3, (ROOTS[2],)),
             (1, 5, (ROOTS[1], _5F, _BC)))  # fmt: skip
CONSISTENCY = ((1, 1, ()), (1, 8, (_96, _5F, _6B)), (6, 8, (_0E, _CA, ROOTS[4])), (2, 5, (_5F, _BC)),
               (6, 7, (_0E, _B0, ROOTS[4])))  # fmt: skip

# The example of the signed-note format.
NOTE_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NOTE_PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
NOTE_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
_SIGNATURE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
NOTE = f"{NOTE_TEXT}\n— PeterNeumann {_SIGNATURE}\n"

COUNTY, MUNICIPALITY = 500240, 500000
VILLAGES = ("500240101201", "500240101202", "500240102203")
SERVICE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = VerifierKey.of(SERVICE, "registry.test")
TABLES = {
    "asset": ("id", "name", "original_fen", "note", "version"),
    "person": ("id", "name", "resident_id_sealed", "photo"),
}
SCHEMA = """
CREATE TABLE trail_event(log_id INTEGER NOT NULL, seq INTEGER NOT NULL, prev TEXT NOT NULL, leaf_hash TEXT NOT NULL,
  payload TEXT NOT NULL, region_code TEXT NOT NULL, region_seq INTEGER NOT NULL, at TEXT NOT NULL, actor_id INTEGER,
  action TEXT NOT NULL, thing_table TEXT NOT NULL, thing_id TEXT NOT NULL, deed_id TEXT NOT NULL,
  request_id TEXT NOT NULL, outcome TEXT NOT NULL, PRIMARY KEY(log_id, seq)) STRICT;
CREATE TABLE trail_checkpoint(log_id INTEGER, size INTEGER, root TEXT NOT NULL, note TEXT NOT NULL, at TEXT,
  reason TEXT, frontier TEXT NOT NULL, PRIMARY KEY(log_id, size)) STRICT;
CREATE TABLE trail_tile(log_id INTEGER, tile_index INTEGER, hashes TEXT NOT NULL,
  PRIMARY KEY(log_id, tile_index)) STRICT;
CREATE TABLE asset(id INTEGER PRIMARY KEY, name TEXT, original_fen INTEGER, note TEXT, version INTEGER) STRICT;
CREATE TABLE person(id INTEGER PRIMARY KEY, name TEXT, resident_id_sealed TEXT, photo BLOB) STRICT;
"""


def leaf(payload: str) -> str:
    """Return the hex leaf hash of a payload text."""
    return merkle.leaf_hash(payload.encode()).hex()


def checkpoint_note(log: int, payloads: list[str], size: int, installation: str = "test") -> str:
    """Return a checkpoint over the first ``size`` payloads, signed by the service key."""
    root = merkle.root([merkle.leaf_hash(payload.encode()) for payload in payloads[:size]])
    return sign(Checkpoint(origin(installation, log), size, root).body(), SERVICE, KEY.name)


@dataclass
class Trail:
    """A synthetic trail: payloads per log, the rows they lead to, and the sizes at which checkpoints were stored."""

    logs: dict[int, list[str]] = field(default_factory=dict)
    regions: dict[tuple[int, str], int] = field(default_factory=dict)
    rows: dict[tuple[str, int], dict[str, object]] = field(default_factory=dict)
    recorded: dict[tuple[str, int], dict[str, JsonValue]] = field(default_factory=dict)
    checkpoints: dict[int, list[int]] = field(default_factory=dict)
    minute: int = 0

    def append(
        self,
        log: int,
        region: str,
        action: str,
        *,
        facts: Mapping[str, JsonValue] | None = None,
        changes: list[JsonValue] | None = None,
        thing: tuple[str, str] = ("none", "0"),
    ) -> None:
        """Append one event with everything a real one has."""
        payloads = self.logs.setdefault(log, [])
        self.minute += 1
        self.regions[log, region] = self.regions.get((log, region), 0) + 1
        moment = f"2026-{self.minute // 40320 + 1:02}-{self.minute // 1440 % 28 + 1:02}"
        moment += f"T{self.minute // 60 % 24:02}:{self.minute % 60:02}:07.000{self.minute % 1000:03}Z"
        event: JsonValue = {
            "alg": "sha256", "v": 1, "log": log, "seq": len(payloads) + 1,
            "prev": leaf(payloads[-1]) if payloads else "0" * 64, "region": region,
            "region_seq": self.regions[log, region], "at": moment,
            "actor": {"id": 7 + self.minute % 3, "name": "冉启明", "post": "经办", "unit": region, "unit_name": "某村"},
            "action": action, "thing": {"table": thing[0], "id": thing[1]}, "reason": "按程序办理",
            "request": f"r-{self.minute:08x}", "outcome": "DONE", "deed": f"{self.minute:032x}",
            "content": None, "changes": list(changes or ()), "facts": dict(facts or {}),
        }  # fmt: skip
        payloads.append(encode(event))

    def change(self, log: int, region: str, table: str, key: int, row: dict[str, object] | None) -> None:
        """Append an event that changes one row, and change the row."""
        before = self.recorded.pop((table, key), None)
        self.rows.pop((table, key), None)
        after: dict[str, JsonValue] | None = None
        if row is not None:
            self.rows[table, key] = row
            after = self.recorded[table, key] = {name: recorded(name, value) for name, value in row.items()}
        change: JsonValue = {"table": table, "id": str(key), "version": None, "before": before, "after": after}
        self.append(log, region, "CHANGED", changes=[change], thing=(table, str(key)))

    def checkpoint(self, log: int) -> None:
        """Store a checkpoint of a log as it stands."""
        self.checkpoints.setdefault(log, []).append(len(self.logs[log]))

    def note(self, log: int, size: int) -> str:
        """Return the checkpoint of a size."""
        return checkpoint_note(log, self.logs[log], size)

    def write_export(self, folder: Path) -> Path:
        """Write the export folder."""
        folder.mkdir(parents=True, exist_ok=True)
        files = {}
        for log, payloads in self.logs.items():
            files[f"events-{log}.jsonl"] = "".join(payload + "\n" for payload in payloads)
            files[f"checkpoints-{log}.txt"] = "---\n".join(
                self.note(log, size) for size in self.checkpoints.get(log, ())
            )
        for name, text in files.items():
            (folder / name).write_bytes(text.encode())
        (folder / "manifest.json").write_text(self.manifest(files))
        return folder

    def manifest(self, files: dict[str, str]) -> str:
        """Return the export's list of contents."""
        logs = {
            str(log): {"size": len(payloads), "root": merkle.root([bytes.fromhex(leaf(p)) for p in payloads]).hex()}
            for log, payloads in self.logs.items()
        }
        digests = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}
        return json.dumps(
            {"format": "fpa-audit-export/1", "installation": "test", "made_at": "2026-03-01T00:00:00Z", "logs": logs,
             "audited": sorted(TABLES), "keys": [str(KEY)], "files": digests}
        )  # fmt: skip

    def write_database(self, path: Path) -> Path:
        """Write the database file."""
        with sqlite3.connect(path) as database:
            database.executescript(SCHEMA)
            for log, payloads in self.logs.items():
                write_events(database, log, payloads)
                write_checkpoints(database, log, payloads, self.checkpoints.get(log, []))
            for (table, _), row in self.rows.items():
                marks = ", ".join("?" * len(row))
                database.execute(f"INSERT INTO {table}({', '.join(row)}) VALUES({marks})", list(row.values()))
        database.close()
        return path


def recorded(name: str, value: object) -> JsonValue:
    """Return a stored value as the trail records it."""
    if isinstance(value, bytes):
        return {"sha256": hashlib.sha256(value).hexdigest()}
    if name.endswith("_sealed") and isinstance(value, str):
        return {"sha256": hashlib.sha256(value.encode()).hexdigest(), "commitment": "c0ffee"}
    return value if isinstance(value, int) or value is None else str(value)


def write_events(database: sqlite3.Connection, log: int, payloads: list[str]) -> None:
    """Insert events with their query columns."""
    for payload in payloads:
        e = json.loads(payload)
        thing = e["thing"]
        row = (log, e["seq"], e["prev"], leaf(payload), payload, e["region"], e["region_seq"], e["at"],
               e["actor"]["id"], e["action"], thing["table"], thing["id"], e["deed"], e["request"], e["outcome"],
        )  # fmt: skip
        database.execute(f"INSERT INTO trail_event VALUES({', '.join('?' * len(row))})", row)


def write_checkpoints(database: sqlite3.Connection, log: int, payloads: list[str], sizes: list[int]) -> None:
    """Insert checkpoints with frontier, and the tiles complete at the last of them."""
    leaves = [bytes.fromhex(leaf(payload)) for payload in payloads]
    for size in sizes:
        frontier = merkle.Frontier()
        for node in leaves[:size]:
            frontier.append(node)
        row = (log, size, frontier.root().hex(), checkpoint_note(log, payloads, size), "at", "DAILY", frontier.encode())
        database.execute("INSERT INTO trail_checkpoint VALUES(?, ?, ?, ?, ?, ?, ?)", row)
    for index in merkle.complete_tiles(0, max(sizes, default=0)):
        text = merkle.encode_tile(leaves[256 * index : 256 * index + 256])
        database.execute("INSERT INTO trail_tile VALUES(?, ?, ?)", (log, index, text))


def sample_trail(events: int = 300) -> Trail:
    """Return a trail of two logs: assets and persons registered, changed, removed; prints, checkpoints."""
    trail = Trail()
    trail.append(MUNICIPALITY, "500000000000", "SCHEMA", facts={"audited": ["asset", "person"]})
    for number in range(1, events):
        region, key = VILLAGES[number % 3], number // 2
        if number % 50 == 0:
            listed: dict[str, JsonValue] = {code: trail.regions.get((COUNTY, code), 0) for code in VILLAGES}
            trail.append(COUNTY, "500240000000", "PRINTED", facts={"region_seqs": listed})
        elif number % 17 == 0:
            trail.change(COUNTY, region, "asset", number // 34, None)
        elif number % 5 == 0:
            sealed, photo = f"v1.{number:x}.ciphertext", bytes([number % 256, 255, 0])
            row = {"id": number, "name": "向□□", "resident_id_sealed": sealed, "photo": photo}
            trail.change(COUNTY, region, "person", number, row)
        else:
            row = {
                "id": key,
                "name": f"蔬菜大棚{number}号",
                "original_fen": 48_600_000 + number,
                "note": None,
                "version": 1,
            }
            trail.change(COUNTY, region, "asset", key, row)
        if number % 90 == 0:
            trail.checkpoint(COUNTY)
            trail.append(MUNICIPALITY, "500000000000", "WITNESSED", facts={"witnessed": [trail.note(COUNTY, number)]})
    trail.checkpoint(MUNICIPALITY)
    return trail
