"""A second verifier of evidence bundles, written from docs/bundle-format.md alone: it knows nothing of the product.

It keeps everything in memory and stops at nothing: judge() returns one short line for each thing that is wrong.
"""

import base64
import hashlib
import json
import re
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

CHINA = timezone(timedelta(hours=8))
Json = dict[str, Any]
EVENT_KEYS = [
    "action", "actor", "alg", "at", "changes", "content", "deed", "facts", "log", "outcome", "prev", "reason", "region",
    "region_seq", "request", "seq", "thing", "v",
]  # fmt: skip
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


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
        self.keys = dict(_key(text) for text in keys)
        self.prefix = _prefix(self.manifest["scope"]["region"])
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
        signed = self.checkpoints(log, size, root, [_leaf(line) for line in raw] if entry["whole"] else None)
        for note in notes:
            self.kept(log, note, size, signed)

    def event(self, log: int, line: bytes) -> Json | None:
        """One event as canonical JSON with all its keys."""
        try:
            text = line.decode("utf-8")
            value: Json = json.loads(text, parse_float=_no, parse_constant=_no)
            sound = _is_event(value, text) and value["log"] == log
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
            previous = _leaf(line).hex()
        if len(raw) != size or _root([_leaf(line) for line in raw]) != root:
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
            if seq != proof["seq"] or seq <= last or _climbed(_leaf(line), seq - 1, size, path) != root:
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
                sound = at in steps and _continues(at, size, steps.pop(at), top, root)
            else:
                sound = at <= len(leaves) and _root(leaves[:at]) == top
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
            raw = _bytes_of(match[2])
            public = self.keys.get((match[1], raw[:4]))
            if public is None:
                continue
            try:
                Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], (body + "\n").encode())
                ok = True
            except InvalidSignature:
                return None
        return (int(lines[1]), _bytes_of(lines[2])) if ok else None

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
        first, end = _day(self.manifest["scope"]["from"], 0), _day(self.manifest["scope"]["to"], 1)
        by_unit: dict[str, dict[int, str]] = defaultdict(dict)
        for event in log:
            if event["region"].startswith(self.prefix):
                by_unit[event["region"]][event["region_seq"]] = event["at"]
        listed: dict[str, int] = claim["facts"]["region_seqs"]
        for unit in by_unit.keys() - listed.keys() - {claim["region"]}:
            self.say("complete", unit, "unlisted")
        for unit, last in listed.items():
            if not _covered(by_unit[unit], last, first, end):
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
                for column in _unlike(lasts[key][2] or {}, change["before"], {}):
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
        for column in _unlike(told, row, self.manifest["defaults"].get(key[0], {})):
            self.say("row", *key, column)

    # ---- files

    def files(self) -> None:
        """Files against the rows that name them."""
        named = {row["sha256"] for (table, _key), row in self.found.items() if table in {"attachment", "print_file"}}
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


def _no(text: str) -> None:
    raise ValueError(text)


def _is_event(value: Json, text: str) -> bool:
    plain = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    shaped = sorted(value) == EVENT_KEYS and (value["alg"], value["v"]) == ("sha256", 1)
    return bool(
        shaped
        and plain == text == unicodedata.normalize("NFC", text)
        and MOMENT.fullmatch(value["at"])
        and _numbers_fit(value)
    )


def _numbers_fit(value: Any) -> bool:
    if isinstance(value, dict):
        return all(key.isascii() for key in value) and all(map(_numbers_fit, value.values()))
    if isinstance(value, list):
        return all(map(_numbers_fit, value))
    return not isinstance(value, int) or -(2**53) < value < 2**53


def _bytes_of(text: str) -> bytes:
    """Base64 in its one form: the spare bits of the last character must be nought, or two texts would say the same."""
    raw = base64.b64decode(text, validate=True)
    if base64.b64encode(raw).decode() != text:
        raise ValueError(text)
    return raw


def _key(text: str) -> tuple[tuple[str, bytes], bytes]:
    name, short, body = text.split("+", 2)
    raw = _bytes_of(body)
    digest = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
    if digest.hex() != short or raw[0] != 1:
        raise ValueError(text)
    return (name, digest), raw[1:]


def _prefix(region: str) -> str:
    for width in (6, 9):
        if set(region[width:]) == {"0"}:
            return region[:width]
    return region


def _day(text: str | None, more: int) -> str:
    if text is None:
        return ""
    moment = datetime.combine(date.fromisoformat(text) + timedelta(days=more), time(), CHINA)
    return f"{moment.astimezone(timezone.utc):%Y-%m-%dT%H:%M:%S.%fZ}"  # noqa: UP017


def _covered(held: dict[int, str], last: int, first: str, end: str) -> bool:
    """Whether numbers 1..last can be cut into: earlier, all held inside the period, later."""
    inside = sorted(n for n, at in held.items() if first <= at and (not end or at < end) and n <= last)
    if inside:
        low, high = inside[0], inside[-1]
        if inside != list(range(low, high + 1)):
            return False
    else:
        low = max((n for n, at in held.items() if at < first and n <= last), default=0) + 1
        high = low - 1
    begins = low == 1 or (low - 1 in held and held[low - 1] < first)
    ends = high == last or (high + 1 in held and bool(end) and held[high + 1] >= end)
    return begins and ends


def _unlike(told: Json, row: Json, defaults: Json) -> list[str]:
    unlike = []
    for column in sorted({*told, *row}):
        one, other = told.get(column, defaults.get(column)), row.get(column)
        if isinstance(one, dict):
            one = one.get("sha256", one)
        if isinstance(other, dict):
            other = other.get("sha256", other)
        if type(one) is not type(other) or one != other:
            unlike.append(column)
    return unlike


def _leaf(line: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + line).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _root(level: list[bytes]) -> bytes:
    if not level:
        return hashlib.sha256(b"").digest()
    while len(level) > 1:
        pairs = [_node(*level[i : i + 2]) for i in range(0, len(level) - 1, 2)]
        level = pairs + ([level[-1]] if len(level) % 2 else [])
    return level[0]


def _climbed(node: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """Follow RFC 9162 by recursion: the path read from its end, the tree cut from its top."""
    if size == 1:
        return node if not path and index == 0 else None
    if not path or not 0 <= index < size:
        return None
    half = 1 << (size - 1).bit_length() - 1
    if index < half:
        left = _climbed(node, index, half, path[:-1])
        return None if left is None else _node(left, path[-1])
    right = _climbed(node, index - half, size - half, path[:-1])
    return None if right is None else _node(path[-1], right)


def _continues(old: int, size: int, path: list[bytes], old_root: bytes, root: bytes) -> bool:
    if old == size:
        return not path and old_root == root
    if not 0 < old < size:
        return False
    found = _both(old, size, path, old_root, whole=True)
    return found == (old_root, root)


def _both(old: int, size: int, path: list[bytes], seed: bytes, *, whole: bool) -> tuple[bytes, bytes] | None:
    """Both roots of the subtree, read off the proof from its end."""
    if old == size:
        if whole:
            return (seed, seed) if not path else None
        return (path[0], path[0]) if len(path) == 1 else None
    if not path:
        return None
    half = 1 << (size - 1).bit_length() - 1
    if old <= half:
        found = _both(old, half, path[:-1], seed, whole=whole)
        return None if found is None else (found[0], _node(found[1], path[-1]))
    found = _both(old - half, size - half, path[:-1], seed, whole=False)
    return None if found is None else (_node(path[-1], found[0]), _node(path[-1], found[1]))
