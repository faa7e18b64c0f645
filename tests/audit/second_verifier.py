"""A second verifier of evidence bundles, written from docs/bundle-format.md alone: it knows nothing of the product.

It keeps everything in memory and stops at nothing: judge() returns a short line for each thing that is wrong.
"""

import hashlib
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.audit import second_reading as reading
from tests.audit import second_tree as tree

Json = dict[str, Any]


def judge(path: Path, notes: Sequence[str], keys: Sequence[str]) -> list[str]:
    """Return what is wrong with a bundle, zip or folder, given notes kept elsewhere and trusted keys."""
    try:
        return Court(_contents(path), keys).sit(notes)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, UnicodeDecodeError) as error:
        return [f"unreadable {type(error).__name__} {error}"]


def _contents(path: Path) -> dict[str, bytes]:
    if path.is_dir():
        return {p.relative_to(path).as_posix(): p.read_bytes() for p in path.rglob("*") if p.is_file()}
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


class Court:
    """One bundle under examination."""

    def __init__(self, held: dict[str, bytes], keys: Sequence[str]) -> None:
        self.held = held
        self.manifest: Json = json.loads(held["manifest.json"])
        self.wrong: list[str] = []
        self.keys = dict(reading.key(text) for text in keys)
        self.prefix = reading.prefix(self.manifest["scope"]["region"])
        self.events: dict[int, list[Json]] = {}

    def say(self, *words: object) -> None:
        """Note that something is wrong."""
        self.wrong.append(" ".join(map(str, words)))

    def sit(self, notes: Sequence[str]) -> list[str]:
        """Examine everything."""
        if self.manifest["format"] != "fpa-evidence-bundle/1":
            return ["format"]
        self.members()
        for log in self.manifest["logs"]:
            self.log(log, [note for note in notes if note.startswith(f"fpa/{self.manifest['installation']}/{log}\n")])
        for note in notes:
            origin = note.split("\n")[0].rsplit("/", 1)
            if origin[0] != f"fpa/{self.manifest['installation']}" or origin[1] not in self.manifest["logs"]:
                self.say("note", "of another log")
        self.complete()
        self.rows()
        self.files()
        return self.wrong

    def lines(self, name: str) -> list[bytes]:
        """The lines of a member, each ended by a newline."""
        data = self.held.get(name, b"")
        if data and not data.endswith(b"\n"):
            self.say("member", name, "cut")
        return data.split(b"\n")[:-1] if data.endswith(b"\n") else data.split(b"\n")

    def members(self) -> None:
        """The list of the manifest against what is there."""
        told: dict[str, Json] = self.manifest["members"]
        for name, entry in told.items():
            data = self.held.get(name)
            if data is None or (entry["sha256"], entry["bytes"]) != (hashlib.sha256(data).hexdigest(), len(data)):
                self.say("member", name)
        ours = re.compile(r"(events|proofs|consistency|rows|checkpoints)-[^/]*$|files/")
        for name in self.held.keys() - told.keys() - {"manifest.json"}:
            if ours.match(name):
                self.say("member", name, "unlisted")

    # ---- logs

    def log(self, log: str, notes: Sequence[str]) -> None:
        """Events of one log, proofs, checkpoints."""
        entry = self.manifest["logs"][log]
        size, root = entry["size"], bytes.fromhex(entry["root"])
        raw = self.lines(f"events-{log}.jsonl")
        if raw == [b""]:
            raw = []
        if len(raw) != entry["events"]:
            self.say("events", log, "counted", len(raw))
        events = self.events[int(log)] = [one for one in (self.event(int(log), line) for line in raw) if one]
        if entry["whole"]:
            self.whole(log, raw, events, size, root)
        else:
            self.part(log, raw, size, root)
        signed = self.checkpoints(log, size, root, [tree.leaf_hash(line) for line in raw] if entry["whole"] else None)
        for note in notes:
            self.kept(log, note, size, signed)

    def event(self, log: int, line: bytes) -> Json | None:
        """One event as canonical JSON with all its keys."""
        try:
            text = line.decode("utf-8")
            value: Json = json.loads(text, parse_float=reading.no, parse_constant=reading.no)
            sound = reading.is_event(value, text) and value["log"] == log
        except (ValueError, TypeError, KeyError):
            sound = False
        if not sound:
            self.say("event", log, "malformed")
            return None
        return value

    def whole(self, log: str, raw: list[bytes], events: list[Json], size: int, root: bytes) -> None:
        """A log from its first event to its last."""
        previous, counts = "0" * 64, defaultdict[str, int](int)
        for place, (line, event) in enumerate(zip(raw, events, strict=False), 1):
            counts[event["region"]] += 1
            if (event["seq"], event["prev"], event["region_seq"]) != (place, previous, counts[event["region"]]):
                self.say("event", log, place, "out of place")
            previous = tree.leaf_hash(line).hex()
        if len(raw) != size or tree.root_of([tree.leaf_hash(line) for line in raw]) != root:
            self.say("root", log)

    def part(self, log: str, raw: list[bytes], size: int, root: bytes) -> None:
        """Every event under the root by its path."""
        proofs = [json.loads(line) for line in self.lines(f"proofs-{log}.jsonl") if line]
        if len(proofs) != len(raw):
            self.say("proofs", log, "counted", len(proofs))
        last = 0
        for line, proof in zip(raw, proofs, strict=False):
            try:
                seq = json.loads(line)["seq"]
            except (ValueError, KeyError, TypeError):
                seq = None
            path = [bytes.fromhex(node) for node in proof["path"]]
            if seq != proof["seq"] or seq <= last or tree.climbed(tree.leaf_hash(line), seq - 1, size, path) != root:
                self.say("proof", log, proof["seq"])
            last = proof["seq"]

    def checkpoints(self, log: str, size: int, root: bytes, leaves: list[bytes] | None) -> dict[int, bytes]:
        """All signed notes; returns the roots that hold."""
        text = self.held.get(f"checkpoints-{log}.txt", b"").decode("utf-8")
        steps: dict[int, list[bytes]] = {}
        if leaves is None:
            for line in self.lines(f"consistency-{log}.jsonl"):
                if line:
                    told = json.loads(line)
                    steps[told["size"]] = [bytes.fromhex(node) for node in told["path"]]
        held = {}
        for note in filter(None, text.split("---\n")):
            found = self.note(log, note)
            if found is None:
                self.say("checkpoint", log, "signature")
                continue
            at, top = found
            if leaves is None:
                sound = at in steps and tree.continues(at, size, steps.pop(at), top, root)
            else:
                sound = at <= len(leaves) and tree.root_of(leaves[:at]) == top
            if sound:
                held[at] = top
            else:
                self.say("checkpoint", log, at)
        if steps:
            self.say("checkpoint", log, "gone", *steps)
        if held.get(size) != root:
            self.say("checkpoint", log, "unsigned root")
        uses = {event["seq"] for event in self.events[int(log)] if event["action"] == "KEY_USED"}
        if leaves is not None and uses - held.keys():
            self.say("checkpoint", log, "gone", *sorted(uses - held.keys()))
        return held

    def note(self, log: str, text: str) -> tuple[int, bytes] | None:
        """Size and root of a note that a trusted key has signed."""
        body, _, tail = text.partition("\n\n")
        lines = body.split("\n")
        if len(lines) != 3 or lines[0] != f"fpa/{self.manifest['installation']}/{log}":
            return None
        ok = False
        for line in tail.split("\n"):
            match = re.fullmatch(r"— (\S+) (\S+)", line)
            if not match:
                continue
            raw = reading.bytes_of(match[2])
            public = self.keys.get((match[1], raw[:4]))
            if public is None:
                continue
            try:
                Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], (body + "\n").encode())
                ok = True
            except InvalidSignature:
                return None
        return (int(lines[1]), reading.bytes_of(lines[2])) if ok else None

    def kept(self, log: str, note: str, size: int, signed: dict[int, bytes]) -> None:
        """A note that the reader kept elsewhere."""
        found = self.note(log, note)
        if found is None:
            self.say("note", log, "signature")
        elif found[0] <= size and signed.get(found[0]) != found[1]:
            self.say("note", log, found[0])

    # ---- completeness

    def complete(self) -> None:
        """Nothing is left out of the period, in any unit."""
        at = self.manifest["as_of"]
        log = self.events.get(at["log"], [])
        claim = next((event for event in log if event["seq"] == at["seq"]), None)
        if claim is None or claim["action"] != "EXPORTED_EVIDENCE" or claim["facts"]["scope"] != self.manifest["scope"]:
            self.say("complete", "claim")
            return
        first, end = reading.day(self.manifest["scope"]["from"], 0), reading.day(self.manifest["scope"]["to"], 1)
        by_unit: dict[str, dict[int, str]] = defaultdict(dict)
        for event in log:
            if event["region"].startswith(self.prefix):
                by_unit[event["region"]][event["region_seq"]] = event["at"]
        listed: dict[str, int] = claim["facts"]["region_seqs"]
        for unit in by_unit.keys() - listed.keys() - {claim["region"]}:
            self.say("complete", unit, "unlisted")
        for unit, last in listed.items():
            if not reading.covered(by_unit[unit], last, first, end):
                self.say("complete", unit)

    # ---- rows

    def inside(self, state: Json | None) -> bool:
        """Whether a state is that of a row in scope."""
        return state is not None and str(state.get("region_code", "")).startswith(self.prefix)

    def rows(self) -> None:
        """Rows against the last word of the events."""
        lasts, opens = {}, self.manifest["scope"]["from"] is None and self.manifest["scope"]["to"] is None
        for _at, log, seq, change in sorted(self.told(), key=lambda told: told[:3]):
            key = (change["table"], change["id"])
            if key in lasts and opens and self.inside(change["before"]):
                for column in reading.unlike(lasts[key][2] or {}, change["before"], {}):
                    self.say("state", *key, column, log, seq)
            lasts[key] = (log, seq, change["after"] if self.inside(change["after"]) else None)
        tables = {name[5:-6] for name in self.held if name.startswith("rows-")} | set(self.manifest["tables"])
        found: dict[tuple[str, str], Json] = {}
        for table in tables:
            lines = [json.loads(line) for line in self.lines(f"rows-{table}.jsonl") if line]
            if len(lines) != self.manifest["tables"].get(table, 0):
                self.say("rows", table, "counted", len(lines))
            for line in lines:
                if (table, line["id"]) in found:
                    self.say("row", table, line["id"], "twice")
                found[table, line["id"]] = line["row"]
        for key in found.keys() | lasts.keys():
            self.compare(key, lasts.get(key, (0, 0, None))[2], found.get(key))
        self.found = found

    def told(self) -> Iterable[tuple[str, int, int, Json]]:
        """Every change that concerns the scope, with the moment that rises within its log."""
        for log, events in self.events.items():
            moment = ""
            for event in events:
                moment = max(moment, event["at"])
                for change in event["changes"]:
                    if self.inside(change["before"]) or self.inside(change["after"]):
                        yield moment, log, event["seq"], change

    def compare(self, key: tuple[str, str], told: Json | None, row: Json | None) -> None:
        """One row."""
        if told is None or row is None:
            if told is not row:
                self.say("row", *key, "extra" if told is None else "gone")
            return
        for column in reading.unlike(told, row, self.manifest["defaults"].get(key[0], {})):
            self.say("row", *key, column)

    # ---- files

    def files(self) -> None:
        """Files against the rows that name them."""
        named = {row["sha256"] for (table, _), row in self.found.items() if table in {"attachment", "print_file"}}
        held = set()
        for name in self.held:
            if name.startswith("files/"):
                digest = name[6:].split(".")[0]
                held.add(digest)
                if hashlib.sha256(self.held[name]).hexdigest() != digest or digest not in named:
                    self.say("file", digest)
        if self.manifest["files"]:
            for digest in sorted(named - held):
                self.say("file", digest)


# ---- small things
