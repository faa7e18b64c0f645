#!/usr/bin/env python3
"""核验审计轨迹：一个文件，只用 Python 标准库（3.8 以上），不连网。

    python3 verify_audit.py 来源 [--checkpoint 检查点文件 ...] [--key 公钥 ...] [--log 日志号 ...] [--json]

来源可以是导出文件夹、导出 .zip、证据包（文件夹或 .zip）、SQLite 数据库文件（只读），或打印的案卷（.pdf，或从里面另存
的 proofs.json）：案卷只摘录一部分事件，逐条核验它们在检查点之内。--checkpoint 给出您手里早先留存的检查点。
退出码：0 完好；1 有篡改；2 无法核验（读不了、没有公钥、算法不认识）；3 用法错误。
"""

from __future__ import annotations

import argparse
import base64
import gc
import hashlib
import json
import marshal
import re
import sqlite3
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from io import BufferedReader, RawIOBase, TextIOWrapper
from pathlib import Path
from types import ModuleType
from typing import BinaryIO, NamedTuple, NoReturn, cast
from urllib.parse import quote

PROMISES = (
    "本报告能证明：对照一个早先留存、签名有效的检查点，到它为止的事件如有改动、删除、插入、换序，或历史被分叉，都会查出。",
    "本报告能核对（数据库文件和证据包）：列入审计的业务表，每一行现状等于轨迹最后一次记录的状态。",
    "本报告不能证明：最后一个外部检查点之后的事件，在数据库和签名私钥同时落入他人之手时未被改写。",
    "本报告不能证明：当初填报的内容属实。",
)
RULES = {
    "payload": "事件格式", "version": "格式与算法", "seq": "序号连续", "chain": "前后相接", "leaf": "事件摘要",
    "columns": "查询列与事件一致", "region": "地区内序号连续", "tile": "叶块与事件一致", "checkpoint": "库内检查点",
    "outside": "外部检查点", "witness": "市级见证", "cut": "尾部完整", "fork": "历史不分叉", "restored": "备份恢复",
    "deed": "同一办理事项的事件一致", "complete": "打印与导出的完整性声明", "manifest": "导出清单", "key": "签名公钥",
    "proof": "存在证明", "source": "来源可读", "row": "业务数据与轨迹一致", "guard": "数据库守卫",
    "state": "改前状态与上次记录一致", "file": "附件和打印件",
}  # fmt: skip
ROW_RULES = frozenset({"row", "state", "file"})
#: The deeds whose events list the last number of every unit in range.
LISTING = frozenset({"PRINTED", "EXPORTED", "EXPORTED_TRAIL", "EXPORTED_EVIDENCE"})
TAMPERED, UNVERIFIABLE, NOTE = "TAMPERED", "UNVERIFIABLE", "NOTE"
GRADES = {TAMPERED: "【篡改】", UNVERIFIABLE: "【无法核验】", NOTE: "【说明】"}
MAX_FINDINGS, MAX_LINE, TILE, BATCH = 50, 1 << 26, 256, 2000
ZEROS = "0" * 64
EMPTY_ROOT = hashlib.sha256(b"").digest()


# ---- What is found


class CannotVerifyError(Exception):
    """The source cannot be read at all."""


@dataclass(frozen=True)
class Finding:
    """One thing found. The ``seq`` of a checkpoint is its size: the fault lies at or before it."""

    rule: str
    detail: str
    log: int | None = None
    seq: int | None = None
    grade: str = TAMPERED

    def line(self) -> str:
        """Return the sentence for the report."""
        place = "" if self.log is None else f"日志 {self.log}" + (f" 第 {self.seq} 条" if self.seq is not None else "")
        return f"{GRADES[self.grade]}{place}（{RULES[self.rule]}）{self.detail}"


@dataclass(frozen=True)
class LogSummary:
    """What was read of one log; ``anchored`` is the size of the last outside checkpoint that holds."""

    log: int
    size: int
    root: str
    anchored: int
    held: int | None = None

    def line(self) -> str:
        """Return the sentence for the report, naming the tail that cannot be proved."""
        text = f"日志 {self.log}：{self.size} 条，树根 {self.root}；"
        if self.held is not None:
            text += f"包里有其中 {self.held} 条；"
        if self.anchored == self.size:
            return text + "外部检查点确认了全部事件。"
        held = f"外部检查点确认到第 {self.anchored} 条" if self.anchored else "没有成立的外部检查点"
        return text + held + f"，第 {self.anchored + 1}–{self.size} 条不能证明未被整体改写。"


@dataclass
class Report:
    """Everything one verification found."""

    source: str
    logs: list[LogSummary] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    left_out: int = 0
    reconciled: list[str] = field(default_factory=list)
    firsts: dict[int, int] = field(default_factory=dict)
    grades: set[str] = field(default_factory=set)
    counts: dict[tuple[int | None, str], int] = field(default_factory=dict)

    def add(
        self, rule: str, detail: str, log: int | None = None, seq: int | None = None, grade: str = TAMPERED
    ) -> None:
        """Keep a finding; beyond the first fifty of a rule in a log they are only counted."""
        self.grades.add(grade)
        if log is not None and seq is not None and grade != NOTE and rule not in ROW_RULES:
            self.firsts[log] = min(seq, self.firsts.get(log, seq))
        self.counts[log, rule] = self.counts.get((log, rule), 0) + 1
        if self.counts[log, rule] <= MAX_FINDINGS:
            self.findings.append(Finding(rule, detail, log, seq, grade))
        else:
            self.left_out += 1

    def first_bad(self, log: int) -> int | None:
        """Return the first event of a log that is not as it was, or None."""
        return self.firsts.get(log)

    @property
    def code(self) -> int:
        """The exit code: 0 sound, 1 tampered, 2 cannot verify."""
        return 1 if TAMPERED in self.grades else 2 if UNVERIFIABLE in self.grades else 0

    def lines(self) -> list[str]:
        """Return the report as plain Chinese lines."""
        verdict = ("结论：未发现篡改。", "结论：发现篡改！", "结论：无法核验，原因见下。")[self.code]
        lines = ["审计轨迹核验报告", f"来源：{self.source}", verdict, *(log.line() for log in self.logs)]
        lines += [f"日志 {log} 第一处问题：第 {seq} 条。" for log, seq in sorted(self.firsts.items())]
        if self.reconciled:
            lines.append("已与轨迹逐行核对的业务表：" + "、".join(self.reconciled) + "。")
        lines += [finding.line() for finding in self.findings]
        if self.left_out:
            lines.append(f"另有 {self.left_out} 处同类问题没有逐条列出。")
        return [*lines, *PROMISES]

    def as_json(self) -> str:
        """Return the report for programs."""
        body = asdict(self)
        del body["counts"], body["grades"], body["firsts"]
        first_bad = {str(log): seq for log, seq in sorted(self.firsts.items())}
        return json.dumps({"code": self.code, "first_bad": first_bad, **body, "promises": PROMISES}, ensure_ascii=False)


# ---- Ed25519 (RFC 8032), checking only; a point is (x, y, z, t) in extended coordinates

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
IDENTITY = (0, 1, 1, 0)


def add_points(p: tuple[int, int, int, int], q: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """Return p + q (the unified formula, so doubling too)."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


@lru_cache(maxsize=64)
def windows(raw: bytes) -> list[list[tuple[int, int, int, int]]]:
    """Return j·16^i·point for each hexadecimal digit j and place i: a product is 64 additions; [] if no point."""
    number = int.from_bytes(raw, "little")
    y, sign = number & (2**255 - 1), number >> 255
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or y >= P or (x == 0 and sign):
        return []
    x = P - x if x & 1 != sign else x
    point, table = (x, y, 1, x * y % P), []
    for _ in range(64):
        row = [IDENTITY]
        for _ in range(15):
            row.append(add_points(row[-1], point))
        table.append(row)
        point = add_points(row[-1], point)
    return table


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether an Ed25519 signature fits: s·B − h·A = R."""
    s = int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little")
    minus = windows(public[:31] + bytes([public[31] ^ 128]))
    if len(signature) != 64 or s >= ORDER or not minus:
        return False
    total = IDENTITY
    base = (4 * pow(5, P - 2, P) % P).to_bytes(32, "little")
    for scalar, table in ((s, windows(base)), (h % ORDER, minus)):
        for place, row in enumerate(table):
            total = add_points(total, row[scalar >> 4 * place & 15])
    inverse = pow(total[2], P - 2, P)
    x, y = total[0] * inverse % P, total[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


# ---- Signed notes

ORIGIN = re.compile(r"fpa/([!-~]+)/([1-9][0-9]{0,11})")
NAME = re.compile(r"[^\s+]+")


class Note(NamedTuple):
    """A checkpoint as read; ``signed`` is None when no known key has signed it."""

    installation: str
    log: int
    size: int
    root: bytes
    signed: bool | None


def strict_base64(text: str) -> bytes:
    """Read base64; raises ValueError unless this is its one strict form."""
    raw = base64.b64decode(text.encode("ascii"), validate=True)
    if base64.b64encode(raw).decode() != text:
        raise ValueError(text)
    return raw


def parse_key(text: str) -> tuple[tuple[str, bytes], bytes]:
    """Return ((name, key hash), public key) of ``<name>+<hex hash>+<base64>``; raises ValueError."""
    name, key_hash, material = [*text.strip().split("+", 2), "", ""][:3]
    raw = strict_base64(material)
    found = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
    if not NAME.fullmatch(name) or len(raw) != 33 or raw[:1] != b"\x01" or key_hash != found.hex():
        raise ValueError(text)
    return (name, found), raw[1:]


def parse_note(text: str, keys: dict[tuple[str, bytes], bytes]) -> Note:
    """Read a signed note and check the signatures of known keys; raises ValueError when it is no note."""
    body, blank, tail = text.partition("\n\n")
    origin, size, root_text = [*body.split("\n"), "", ""][:3]
    place, root, lines, verdicts = ORIGIN.fullmatch(origin), strict_base64(root_text), tail.split("\n"), []
    if (
        not blank
        or not place
        or f"{origin}\n{int(size)}\n{root_text}" != body
        or len(root) != 32
        or lines.pop()
        or not lines
    ):
        raise ValueError("not a note")
    for line in lines:
        dash, name, value = [*line.split(" ", 2), "", ""][:3]
        raw = strict_base64(value)
        if dash != "—" or not NAME.fullmatch(name) or len(raw) != 68:
            raise ValueError("not a signature line")
        if (name, raw[:4]) in keys:
            verdicts.append(is_signed(keys[name, raw[:4]], (body + "\n").encode(), raw[4:]))
    return Note(place.group(1), int(place.group(2)), int(size), root, all(verdicts) if verdicts else None)


def split_notes(text: str) -> list[str]:
    """Return the notes of a file in which a line ``---`` stands between them."""
    return [note for note in text.replace("\r\n", "\n").split("---\n") if note.strip()]


class Tree:
    """The frontier of an RFC 6962 tree."""

    def __init__(self, size: int = 0, nodes: Iterable[bytes] = ()) -> None:
        self.size, self.nodes = size, list(nodes)

    def append(self, node: bytes) -> None:
        """Add the next leaf hash."""
        rest = self.size
        while rest & 1:
            node = hashlib.sha256(b"\x01" + self.nodes.pop() + node).digest()
            rest >>= 1
        self.nodes.append(node)
        self.size += 1

    def root(self) -> bytes:
        """Return the root so far."""
        top = self.nodes[-1] if self.nodes else EMPTY_ROOT
        for node in self.nodes[-2::-1]:
            top = hashlib.sha256(b"\x01" + node + top).digest()
        return top

    def frontier(self) -> str:
        """Return the text stored with a checkpoint."""
        return f"{self.size}:" + ",".join(node.hex() for node in self.nodes)


# ---- One event


class MalformedError(Exception):
    """The payload is not a canonical, well-formed event."""


class OtherFormatError(Exception):
    """The payload is of an algorithm or version this file does not know."""


class Event(NamedTuple):
    """What the checks need of one payload; the fields from ``prev`` to ``outcome`` have copies in query columns."""

    log: int
    seq: int
    prev: str
    region: str
    region_seq: int
    at: str
    actor: int | None
    action: str
    table: str
    thing: str
    deed: str
    request: str
    outcome: str
    changes: list[dict[str, object]]
    facts: dict[str, object]
    reason: str


#: Every field and its type, in the order in which canonical JSON sorts them.
FIELDS = {
    "action": str, "actor": dict, "alg": str, "at": str, "changes": list, "content": str, "deed": str, "facts": dict,
    "log": int, "outcome": str, "prev": str, "reason": str, "region": str, "region_seq": int, "request": str,
    "seq": int, "thing": dict, "v": int,
}  # fmt: skip
NAMES = list(FIELDS)
TYPES = (list(FIELDS.values()), [type(None) if name == "content" else kind for name, kind in FIELDS.items()])
ACTOR, THING = ["id", "name", "post", "unit", "unit_name"], ["id", "table"]
CHANGE = ["after", "before", "id", "table", "version"]
MAYBE_INT, MAYBE_OBJECT, CONTAINERS = {int, type(None)}, {dict, type(None)}, frozenset({dict, list})
AT_REGION_PREV_DEED_CONTENT = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z \d{12} [0-9a-f]{64} [0-9a-f]+ (?:[0-9a-f]{32,})?", re.ASCII
)
NFC = unicodedata.is_normalized
#: Digits become 9, and what else can stand before a number a colon; then one search shows long or negative numbers.
NUMBERS = bytes.maketrans(b"012345678,[", b"999999999::")
LONG_NUMBER, NEGATIVE = b":" + b"9" * 16, b":-9"
TRACES = (b" ", b"\n", b"\t", b"\r", b"\\")


def refuse(text: str) -> NoReturn:
    """Refuse a number that is no whole number."""
    raise ValueError(text)


DECODE = json.JSONDecoder(parse_float=refuse, parse_constant=refuse).decode
ENCODE = json.JSONEncoder(ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":")).encode


def has_clean_scalars(value: object) -> bool:
    """Tell whether every number is in range and every string is NFC."""
    if isinstance(value, (dict, list)):
        return all(map(has_clean_scalars, value.values() if isinstance(value, dict) else value))
    if isinstance(value, str):
        return NFC("NFC", value)
    return not isinstance(value, int) or abs(value) < 2**53


@lru_cache(maxsize=4096)
def are_keys(names: tuple[str, ...]) -> bool:
    """Tell whether the keys of one object are ASCII and sorted."""
    return "".join(names).isascii() and list(names) == sorted(names)


def count_keys(value: object) -> int:
    """Return how many keys a value holds at all depths, or -1 when some are not ASCII or not sorted."""
    count, waiting = 0, [value]
    for item in waiting:
        items: Iterable[object] = ()
        if isinstance(item, dict):
            if not are_keys(tuple(item)):
                return -1
            count, items = count + len(item), item.values()
        elif isinstance(item, list):
            items = item
        if not CONTAINERS.isdisjoint(map(type, items)):
            waiting += [inner for inner in items if type(inner) in CONTAINERS]
    return count


def is_canonical(raw: bytes, text: str, value: dict[str, object]) -> bool:
    """Tell whether a payload is the canonical text of the value read from it.

    Encoding it again would settle that, slowly. JSON already read without floats can differ from canonical form only
    in blanks, escapes, a minus zero, repeated or unsorted keys (every key ends in ``":``), long integers and text that
    is not NFC (a piece of NFC text is NFC). A text that shows no trace of these is canonical; else look closely.
    """
    keys = count_keys(value)
    if keys < 0:
        return False
    numbers = raw.translate(NUMBERS)
    if not NFC("NFC", text) or LONG_NUMBER in numbers or NEGATIVE in numbers:
        return has_clean_scalars(value) and ENCODE(value) == text
    if raw.count(b'":') == keys and not any(map(raw.__contains__, TRACES)):
        return True
    return bool(ENCODE(value) == text)


def is_change(change: object) -> bool:
    """Tell whether one entry of ``changes`` has its five fields."""
    return isinstance(change, dict) and list(change) == CHANGE and (
        type(change["table"]) is type(change["id"]) is str and type(change["version"]) in MAYBE_INT
        and type(change["before"]) in MAYBE_OBJECT and type(change["after"]) in MAYBE_OBJECT
    )  # fmt: skip


def read_event(raw: bytes) -> Event:
    """Read one payload; raises MalformedError or OtherFormatError."""
    try:
        text = raw.decode()
        e = DECODE(text)
        if not isinstance(e, dict) or not is_canonical(raw, text, e):
            raise MalformedError("不是规范 JSON")
    except (ValueError, RecursionError) as error:
        raise MalformedError("不是 JSON") from error
    if type(e.get("alg")) is str and type(e.get("v")) is int and (e["alg"], e["v"]) != ("sha256", 1):
        raise OtherFormatError(f"算法 {e['alg']}、版本 {e['v']} 不认识")
    if list(e) != NAMES or list(map(type, e.values())) not in TYPES:
        raise MalformedError("字段不齐或类型不对")
    actor, thing = e["actor"], e["thing"]
    if (
        list(actor) != ACTOR
        or type(actor["id"]) not in MAYBE_INT
        or not type(actor["name"]) is type(actor["post"]) is str
    ):
        raise MalformedError("办理人字段不对")
    if list(thing) != THING or not type(thing["id"]) is type(thing["table"]) is str:
        raise MalformedError("事项字段不对")
    if not AT_REGION_PREV_DEED_CONTENT.fullmatch(
        f"{e['at']} {e['region']} {e['prev']} {e['deed']} {e['content'] or ''}"
    ):
        raise MalformedError("时间、区划代码或摘要的写法不对")
    if not all(map(is_change, e["changes"])):
        raise MalformedError("改动清单不对")
    return Event(
        e["log"], e["seq"], e["prev"], e["region"], e["region_seq"], e["at"], actor["id"], e["action"], thing["table"],
        thing["id"], e["deed"], e["request"], e["outcome"], e["changes"], e["facts"], e["reason"],
    )  # fmt: skip


# ---- Sources


class Claim(NamedTuple):
    """Somebody says that the log had this root at this size."""

    rule: str
    size: int
    root: bytes
    proven: bool = True
    frontier: str | None = None
    told: tuple[str, str] | None = None


FOREIGN = "导出格式不认识"


class Export:
    """An export: a folder or a zip with manifest.json, events-<log>.jsonl and checkpoints-<log>.txt."""

    FORMAT = "fpa-audit-export/1"

    def __init__(self, path: Path, report: Report) -> None:
        self.path, self.report = path, report
        self.zip = None if path.is_dir() else zipfile.ZipFile(path)
        found = path.rglob("*") if path.is_dir() else ()
        self.names = self.zip.namelist() if self.zip else [
            item.relative_to(path).as_posix() for item in found if item.is_file()
        ]  # fmt: skip
        try:
            self.manifest = json.loads(self.open("manifest.json").read().decode())
            if self.manifest.get("format") not in (None, self.FORMAT):
                raise CannotVerifyError(FOREIGN)
            self.installation: str | None = self.manifest["installation"]
            self.keys = [str(key) for key in self.manifest.get("keys", ())]
            self.totals, self.files = dict(self.manifest["logs"]), self.listed()
        except (KeyError, TypeError, AttributeError, OSError) as error:
            raise CannotVerifyError("没有 manifest.json，或者它不完整") from error
        if self.manifest.get("format") != self.FORMAT:
            raise CannotVerifyError(FOREIGN)

    def listed(self) -> dict[str, str]:
        """Return the members that the manifest lists, with their digests."""
        return dict(self.manifest["files"])

    def open(self, name: str) -> BinaryIO:
        """Open one file."""
        if self.zip:
            return cast("BinaryIO", BufferedReader(cast("RawIOBase", self.zip.open(name)), 1 << 18))
        return (self.path / name).open("rb", buffering=1 << 18)

    def logs(self) -> list[int]:
        """Return every log that the manifest or a file names, after comparing the list of files."""
        found = [re.fullmatch(r"(?:events|checkpoints)-([0-9]{1,12})\.(?:jsonl|txt)", name) for name in self.names]
        for name in sorted({match.group() for match in found if match} ^ set(self.files)):
            self.report.add("manifest", f"{name} 只在清单里，或不在清单里")
        listed = {log for log in self.totals if re.fullmatch("[0-9]{1,12}", log)}
        return sorted({int(match.group(1)) for match in found if match} | set(map(int, listed)))

    def events(self, log: int) -> Iterator[tuple[bytes, None]]:
        """Yield the stored bytes, line by line, and compare the file's digest at the end."""
        name, digest = f"events-{log}.jsonl", hashlib.sha256()
        if name in self.names:
            with self.open(name) as lines:
                for line in iter(lambda: lines.readline(MAX_LINE), b""):
                    digest.update(line)
                    yield line[:-1] if line.endswith(b"\n") else line, None
            self.compare(name, digest.hexdigest())

    def notes(self, log: int) -> Iterator[tuple[str, None]]:
        """Yield the checkpoints of a log."""
        name = f"checkpoints-{log}.txt"
        if name in self.names:
            raw = self.open(name).read()
            self.compare(name, hashlib.sha256(raw).hexdigest())
            for note in split_notes(raw.decode("utf-8", "replace")):
                yield note, None

    def close(self) -> None:
        """Let go of the file."""
        if self.zip:
            self.zip.close()

    def compare(self, name: str, digest: str) -> None:
        """Compare a file with the manifest."""
        if self.files.get(name) != digest:
            self.report.add("manifest", f"{name} 的摘要与清单不符")

    def claim(self) -> tuple[int, int, object] | None:
        """Return (log, seq, region_seqs) of the completeness that the manifest claims, if any."""
        claims = self.manifest.get("claims")
        try:
            return claims and (int(claims["event"]["log"]), int(claims["event"]["seq"]), claims["region_seqs"])
        except (KeyError, TypeError, ValueError):
            self.report.add("manifest", "清单的完整性声明残缺")
            return None

    def total(self, log: int) -> list[Claim]:
        """Return size and root of a log as the manifest gives them."""
        try:
            entry = self.totals[str(log)]
            return [Claim("manifest", int(entry["size"]), bytes.fromhex(entry["root"]))]
        except (KeyError, TypeError, ValueError):
            self.report.add("manifest", "清单没有写明这个日志的条数和树根", log)
            return []


class Bundle(Export):
    """An evidence bundle: part of a log with paths to its root, the rows of a unit, their files (bundle-format.md)."""

    FORMAT = "fpa-evidence-bundle/1"
    MEMBER = re.compile(r"(?:events|proofs|consistency|rows)-[^/]+\.jsonl|checkpoints-[^/]+\.txt|files/.+")
    FILE = re.compile(r"files/([0-9a-f]{64})(?:\.[a-z0-9]{1,8})?")
    #: The tables whose rows name a kept file by its digest.
    NAMING = ("attachment", "print_file")

    def __init__(self, path: Path, report: Report) -> None:
        super().__init__(path, report)
        try:
            scope, as_of = self.manifest["scope"], self.manifest["as_of"]
            self.region = str(scope["region"])
            self.width = next(width for width in (2, 6, 9, 12) if not self.region[width:].strip("0"))
            self.first, self.last = moment_of(scope["from"], 0), moment_of(scope["to"], 1)
            self.as_of: tuple[int, int] = (int(as_of["log"]), int(as_of["seq"]))
            self.tables = {str(table): int(count) for table, count in self.manifest["tables"].items()}
            self.wants_files, self.lacking = bool(self.manifest["files"]), set(map(str, self.manifest["missing"]))
        except (KeyError, TypeError, ValueError, AttributeError, StopIteration) as error:
            raise CannotVerifyError("manifest.json 没有写明证据包的范围") from error
        self.event: Event | None = None
        self.named: dict[str, str] = {}
        self.cache: dict[tuple[int, int], bytes] = {}

    def listed(self) -> dict[str, str]:
        """Return the members that the manifest lists, with their digests."""
        return {str(name): str(entry["sha256"]) for name, entry in self.manifest["members"].items()}

    def logs(self) -> list[int]:
        """Return every log that the manifest names, after comparing the members with its list."""
        present = {name for name in self.names if name in self.files or self.MEMBER.fullmatch(name)}
        for name in sorted(present ^ set(self.files)):
            self.report.add("manifest", f"{name} 只在清单里，或不在清单里")
        if self.as_of[0] not in map(int, self.totals):
            self.report.add("manifest", "清单没有列出证据包所截至的日志")
        return sorted(map(int, self.totals))

    def total(self, log: int) -> list[Claim]:
        """Return size and root of a log as the manifest gives them, for a log that is taken whole."""
        return super().total(log) if self.is_whole(log) else []

    def is_whole(self, log: int) -> bool:
        """Tell whether the bundle claims to hold every event of a log."""
        return self.totals[str(log)]["whole"] is True

    def is_mine(self, region: object) -> bool:
        """Tell whether a unit lies in the scope."""
        return isinstance(region, str) and region[: self.width] == self.region[: self.width]

    def holds(self, state: object) -> bool:
        """Tell whether a recorded state is that of a row in the scope."""
        return isinstance(state, dict) and self.is_mine(state.get("region_code"))

    def is_gapless(self, state: object) -> bool:
        """Tell whether the event that left a row in this state must be in the bundle."""
        return not self.first and not self.last and self.holds(state)

    def meet(self, event: Event) -> None:
        """Take note of the event as of which the bundle is complete."""
        if (event.log, event.seq) == self.as_of:
            self.event = event

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield the lines of a member and compare its digest at the end; nothing when it is not there."""
        digest = hashlib.sha256()
        if name in self.names:
            with self.open(name) as file:
                for line in iter(lambda: file.readline(MAX_LINE), b""):
                    digest.update(line)
                    yield line[:-1] if line.endswith(b"\n") else line
            self.compare(name, digest.hexdigest())

    def columns(self, table: str) -> list[Column]:
        """Return the columns that the database fills by itself in older rows, behind one that stands for the key."""
        told = self.manifest.get("defaults", {}).get(table, {})
        return [Column("", 1, None), *(Column(name, 0, value) for name, value in sorted(told.items()))]

    def rows(self, table: str, columns: list[Column]) -> Iterator[tuple[str, dict[str, object]]]:
        """Yield id and values of every row of a table, noting the files that rows name."""
        count = 0
        for line in self.lines(f"rows-{table}.jsonl"):
            count += 1
            try:
                told = json.loads(line)
                key, row = str(told["id"]), dict(told["row"])
            except (ValueError, KeyError, TypeError):
                self.report.add("row", f"{table} 第 {count} 行残缺")
                continue
            if table in self.NAMING:
                self.named[str(row.get("sha256"))] = f"{table} {key}"
            if not self.is_mine(row.get("region_code")):
                self.report.add("row", f"{table} {key} 的 region_code 不在证据包的范围里")
            yield key, row
        if count != self.tables.get(table, 0):
            self.report.add("manifest", f"清单写 {table} 有 {self.tables.get(table, 0)} 行，实有 {count} 行")

    def load(self, places: set[tuple[int, int]]) -> None:
        """Read the events at these places into memory, at most a thousand of them."""
        self.cache.clear()
        wanted = set(sorted(places)[:1000])
        for log in sorted({log for log, _seq in wanted}):
            for line in self.lines(f"events-{log}.jsonl"):
                match = re.search(rb'"seq":([0-9]+),"thing":', line)
                place = (log, int(match.group(1)) if match else 0)
                if place in wanted:
                    self.cache[place] = line

    def change(self, log: int, seq: int, table: str, key: str) -> dict[str, object]:
        """Return the last change of a row that an event recorded, of the events loaded."""
        return change_in(self.cache.get((log, seq)), table, key)

    def check_members(self) -> None:
        """Compare what no other check has read: guide, verifier, attachments and prints."""
        for name in sorted(self.names):
            if name in self.files and not re.match(r"(?:events|proofs|consistency|rows|checkpoints)-", name):
                digest = hashlib.sha256()
                with self.open(name) as file:
                    for chunk in iter(lambda: file.read(1 << 18), b""):
                        digest.update(chunk)
                self.compare(name, digest.hexdigest())
                match = self.FILE.fullmatch(name)
                if match and match.group(1) != digest.hexdigest():
                    self.report.add("file", f"{self.named.get(match.group(1), name)} 的原件与登记的摘要不符")
                elif match and match.group(1) not in self.named:
                    self.report.add("file", f"{name} 没有一条记录提到")
        held = {match.group(1) for match in map(self.FILE.fullmatch, self.names) if match}
        for named, row in sorted(self.named.items()) if self.wants_files else ():
            if named not in held:
                grade = UNVERIFIABLE if named in self.lacking else TAMPERED
                self.report.add("file", f"{row} 的原件不在包里", grade=grade)
        if not self.wants_files:
            self.report.add("file", "证据包没有附上附件和打印件的原件", grade=NOTE)


def moment_of(day: object, later: int) -> str:
    """Return the first moment in China of a day, or of the day after it, as the trail writes it; empty for no day."""
    if day is None:
        return ""
    start = datetime.fromisoformat(str(day)) + timedelta(days=later, hours=-8)
    return start.strftime("%Y-%m-%dT%H:%M:%S.000000Z")


def opened(path: Path, report: Report) -> Export:
    """Open an export or a bundle, as its manifest says."""
    try:
        return Export(path, report)
    except CannotVerifyError as error:
        if str(error) != FOREIGN:
            raise
    return Bundle(path, report)


def change_in(payload: object, table: str, key: str) -> dict[str, object]:
    """Return the last change of a row in the bytes of an event; nothing when there is none."""
    try:
        changes = json.loads(cast("bytes", payload))["changes"]
        return dict([change for change in changes if (change["table"], change["id"]) == (table, key)][-1])
    except (TypeError, KeyError, IndexError, ValueError):
        return {}


def literal(default: bytes | None) -> object:
    """Return what a column added later holds, from the text of its default."""
    text = "NULL" if default is None else default.decode("utf-8", "replace")
    if text[:1] == text[-1:] == "'":
        return text[1:-1].replace("''", "'")
    return int(text) if re.fullmatch(r"-?[0-9]+", text) else None


class Column(NamedTuple):
    """A column of a business table; ``key`` is its place in the primary key, from 1, or 0."""

    name: str
    key: int
    default: object


def engine() -> ModuleType:
    """Return the SQLite in use: two copies in one process break each other's file locks."""
    return sys.modules.get("pysqlite3.dbapi2", sqlite3)


class Database:
    """A SQLite database file, read in one transaction and never written."""

    installation: str | None = None
    EVENT = (
        "seq, prev, leaf_hash, region_code, region_seq, at, actor_id, action, thing_table, thing_id, deed_id,"
        " request_id, outcome"
    )

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise CannotVerifyError("文件不存在")
        uri = f"file:{quote(str(path.resolve()))}?mode=ro"
        self.connection: sqlite3.Connection = engine().connect(uri, uri=True, isolation_level=None)
        self.connection.execute("BEGIN")
        # Text is read as its bytes, so that broken UTF-8 is a finding and not a crash.
        self.connection.text_factory = bytes

    def logs(self) -> list[int]:
        """Return every log that any table of the trail names."""
        union = " UNION ".join(f"SELECT log_id FROM trail_{table}" for table in ("event", "checkpoint", "tile"))
        return [row[0] for row in self.connection.execute(union + " ORDER BY 1")]

    def events(self, log: int) -> Iterator[tuple[bytes, tuple[object, ...]]]:
        """Yield payload and columns in the order of seq."""
        sql = f"SELECT payload, {self.EVENT} FROM trail_event WHERE log_id = ? ORDER BY seq"
        for row in self.connection.execute(sql, (log,)):
            yield row[0], row[1:]

    def notes(self, log: int) -> Iterator[tuple[str, tuple[int, str, str, str, str]]]:
        """Yield the checkpoints of a log with (size, root, frontier, at, reason) as the columns say."""
        sql = "SELECT note, size, root, frontier, at, reason FROM trail_checkpoint WHERE log_id = ? ORDER BY size"
        for note, size, *texts in self.connection.execute(sql, (log,)):
            root, frontier, at, reason = (text.decode("utf-8", "replace") for text in texts)
            yield note.decode("utf-8", "replace"), (size, root, frontier, at, reason)

    def tiles(self, log: int) -> dict[int, bytes]:
        """Return the digests of a log's tiles; whole tiles of a million events would take 64 MiB."""
        sql = "SELECT tile_index, hashes FROM trail_tile WHERE log_id = ?"
        return {index: hashlib.sha256(hashes).digest() for index, hashes in self.connection.execute(sql, (log,))}

    def tile(self, log: int, index: int) -> bytes:
        """Return the stored text of one tile."""
        sql = "SELECT hashes FROM trail_tile WHERE log_id = ? AND tile_index = ?"
        return bytes(self.connection.execute(sql, (log, index)).fetchone()[0])

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def triggers(self) -> dict[str, str]:
        """Return every trigger with the digest of its text."""
        found = self.connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {name.decode(): hashlib.sha256(sql).hexdigest() for name, sql in found}

    def columns(self, table: str) -> list[Column]:
        """Return the columns of a business table, sorted as canonical JSON sorts names."""
        found = self.connection.execute("SELECT name, pk, dflt_value FROM pragma_table_info(?)", (table,))
        return sorted(Column(name.decode(), key, literal(default)) for name, key, default in found)

    def rows(self, table: str, columns: list[Column]) -> Iterator[tuple[str, dict[str, object]]]:
        """Yield the id (the parts of a longer key joined by a slash) and the stored values of every row."""
        names = [column.name for column in columns]
        keys = [column.name for column in sorted(columns, key=lambda column: column.key) if column.key]
        table, *quoted = ('"' + name.replace('"', '""') + '"' for name in (table, *names))
        self.connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        for values in self.connection.execute(f"SELECT {', '.join(quoted)} FROM {table}"):
            row = dict(zip(names, values))  # noqa: B905  (strict came with Python 3.10)
            yield "/".join(str(row[name]) for name in keys).encode("utf-8", "replace").decode(), row
        self.connection.text_factory = bytes

    def load(self, places: set[tuple[int, int]]) -> None:
        """Make ready to give changes of these events; a database has them at hand."""

    def change(self, log: int, seq: int, table: str, key: str) -> dict[str, object]:
        """Return the last change of a row that an event recorded; nothing when the event is not in its place."""
        sql = "SELECT payload FROM trail_event WHERE log_id = ? AND seq = ?"
        return change_in((self.connection.execute(sql, (log, seq)).fetchone() or [None])[0], table, key)


# ---- Memory of rows and deeds, on disk so that a million events stay small

PLAIN = frozenset({int, str})
#: In place of the digest of a state that some event outside the bundle left behind.
ELSEWHERE = b"elsewhere"


class Memory:
    """What the trail says of every row and deed: digests only, in a temporary database."""

    def __init__(self) -> None:
        self.db = sqlite3.connect("", isolation_level=None)
        self.db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536; BEGIN;"
            "CREATE TABLE deed(deed_id, request_id, actor_id, log_id, seq);"
            "CREATE TABLE row(tbl, id, digest, PRIMARY KEY(tbl, id)) WITHOUT ROWID;"
            "CREATE TABLE change(tbl, id, at, log, seq, before, after)"
        )
        self.sealed: dict[str, set[str]] = {}
        self.deeds: list[tuple[object, ...]] = []
        self.changes: list[tuple[object, ...]] = []
        self.rows: list[tuple[object, ...]] = []

    def remember(self, event: Event, at: str, source: object) -> None:
        """Keep the digests of every state of a source's rows; of what is no database, the deed."""
        if not isinstance(source, Database):
            self.deeds.append((event.deed, event.request, event.actor, event.log, event.seq))
        for change in event.changes if isinstance(source, (Database, Bundle)) else ():
            table = str(change["table"])
            before, after = self.digest(table, change["before"]), self.digest(table, change["after"])
            if isinstance(source, Bundle):
                if not source.holds(change["before"]) and not source.holds(change["after"]):
                    continue
                after = after if source.holds(change["after"]) else None
                before = before if before is None or source.is_gapless(change["before"]) else ELSEWHERE
            self.changes.append((table, change["id"], at, event.log, event.seq, before, after))
        if len(self.deeds) + len(self.changes) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what is waiting."""
        self.db.executemany("INSERT INTO deed VALUES(?, ?, ?, ?, ?)", self.deeds)
        self.db.executemany("INSERT INTO change VALUES(?, ?, ?, ?, ?, ?, ?)", self.changes)
        self.db.executemany("INSERT OR IGNORE INTO row VALUES(?, ?, ?)", self.rows)
        for waiting in (self.deeds, self.changes, self.rows):
            waiting.clear()

    def digest(self, table: str, state: object) -> bytes | None:
        """Return the digest of a recorded state: without nulls, so that a column added later changes nothing."""
        if not isinstance(state, dict):
            return None
        values = {name: value for name, value in state.items() if value is not None}
        if not PLAIN.issuperset(map(type, values.values())):
            for name, value in values.items():
                if isinstance(value, dict) and "sha256" in value:
                    self.sealed.setdefault(table, set()).add(name)
                    values[name] = {"sha256": value["sha256"]}
                elif isinstance(value, bool):
                    values[name] = int(value)
                elif isinstance(value, bytes):
                    values[name] = {"sha256": sha256_of(value)}
        return hashlib.sha256(marshal.dumps(values, 0)).digest()[:16]

    def close(self) -> None:
        """Drop everything."""
        self.db.close()

    def keep_rows(self, table: str, rows: Iterable[tuple[str, dict[str, object]]]) -> int:
        """Keep the digests of a table's rows as the trail would record them; returns how many ids came twice."""
        sealed, given = self.sealed.get(table, set()), 0
        for key, row in rows:
            for name in sealed:
                if isinstance(row.get(name), str):
                    row[name] = {"sha256": sha256_of(row[name])}
            self.rows.append((table, key, self.digest(table, row)))
            given += 1
            if len(self.rows) >= BATCH:
                self.flush()
        self.flush()
        kept = self.db.execute("SELECT COUNT(*) FROM row WHERE tbl = ?", (table,)).fetchone()[0]
        return given - int(kept)


def sha256_of(value: object) -> str:
    """Return the digest of a stored blob or ciphertext."""
    raw = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogateescape")
    return hashlib.sha256(raw).hexdigest()


def differing(recorded: dict[str, object], other: dict[str, object], defaults: dict[str, object]) -> list[str]:
    """Return the columns in which a state differs from what was recorded; a column added later holds its default."""
    names = []
    for name in sorted({*recorded, *other}):
        old, new = recorded.get(name, defaults.get(name)), other.get(name)
        if isinstance(old, dict) and "sha256" in old and new is not None:
            old, new = old["sha256"], new["sha256"] if isinstance(new, dict) else sha256_of(new)
        if isinstance(old, (bool, dict, list)) or isinstance(new, (bool, dict, list)):
            old, new = (int(v) if isinstance(v, bool) else ENCODE(v) for v in (old, new))
        if type(old) is not type(new) or old != new:
            names.append(name)
    return names


def check_deeds(run: Run) -> None:
    """The events of one deed, in whatever log, share request and actor; a column known to be false accuses no other."""
    database = run.database
    connection, table = (database.connection, "trail_event") if database else (run.memory.db, "deed")
    false = [(one.log or 0) * 10**12 + (one.seq or 0) for one in run.report.findings if one.rule == "columns"]
    marks = ", ".join("?" * len(false))
    sql = (
        f"SELECT MIN(log_id), seq FROM {table} WHERE log_id * 1000000000000 + seq NOT IN ({marks})"
        " GROUP BY deed_id HAVING MIN(request_id) <> MAX(request_id)"
        " OR MIN(IFNULL(actor_id, -1)) <> MAX(IFNULL(actor_id, -1))"
    )
    for log, seq in connection.execute(sql, false):
        run.report.add("deed", "同一办理事项的几条事件，请求或办理人不同", log, seq)


def reconcile(source: Database | Bundle, audited: Sequence[str], memory: Memory, report: Report) -> None:
    """Compare every row of the audited tables with the trail, and every state with the one recorded before it."""
    memory.db.execute(
        "CREATE TABLE step AS SELECT *, LAG(log) OVER w AS plog, LAG(seq) OVER w AS pseq, LAG(after) OVER w AS pafter,"
        " LEAD(log) OVER w IS NULL AS latest FROM change"
        " WINDOW w AS (PARTITION BY tbl, id ORDER BY at, log, seq, rowid)"
    )
    memory.db.execute("CREATE UNIQUE INDEX last ON step(tbl, id) WHERE latest")
    sql = (
        "SELECT tbl, id, log, seq, plog, pseq FROM step"
        " WHERE plog IS NOT NULL AND before IS NOT pafter AND before IS NOT ?"
    )
    jumps = list(memory.db.execute(sql, (ELSEWHERE,)))
    source.load({place for jump in jumps for place in (jump[2:4], jump[4:6])})
    for table, key, log, seq, plog, pseq in jumps:
        old = source.change(plog, pseq, table, key).get("after")
        new = source.change(log, seq, table, key).get("before")
        names = ["整行"]
        if isinstance(old, dict) and isinstance(new, dict):
            names = differing(old, {name: new.get(name) for name in old}, {})
        if names:
            detail = f"{table} {key} 的 {'、'.join(names)} 在日志 {plog} 第 {pseq} 条之后有过没有记录的改动"
            report.add("state", detail, log, seq)
    for table in audited:
        reconcile_table(source, table, memory, report)
    report.reconciled = list(audited)


def reconcile_table(source: Database | Bundle, table: str, memory: Memory, report: Report) -> None:
    """Compare the rows of one table with the last state recorded of each."""
    columns = source.columns(table)
    if not any(column.key for column in columns):
        report.add("row", f"表 {table} 不存在，或没有主键")
        return
    if memory.keep_rows(table, source.rows(table, columns)):
        report.add("row", f"{table} 有编号重复的行")
    last = (
        "SELECT step.id, log, seq, after IS NULL, row.id IS NULL FROM step LEFT JOIN row USING (tbl, id)"
        " WHERE latest AND tbl = ? AND after IS NOT digest"
    )
    suspects = {}
    for key, log, seq, gone, missing in memory.db.execute(last, (table,)):
        if gone or missing:
            said = "轨迹记录已删除，库里还有" if gone else "轨迹有记录，库里没有这一行"
            report.add("row", f"{table} {key} {said}", log, seq)
        else:
            suspects[key] = (log, seq)
    unknown = "SELECT id FROM row WHERE tbl = ? EXCEPT SELECT id FROM step WHERE tbl = ? AND latest"
    for (key,) in memory.db.execute(unknown, (table, table)):
        report.add("row", f"{table} {key} 在库里，轨迹从未记录")
    defaults = {column.name: column.default for column in columns}
    source.load(set(suspects.values()))
    for key, row in source.rows(table, columns) if suspects else ():
        if key in suspects:
            log, seq = suspects[key]
            after = source.change(log, seq, table, key).get("after")
            wrong = differing(after if isinstance(after, dict) else {}, row, defaults)
            if wrong:
                report.add("row", f"{table} {key} 的 {'、'.join(wrong)} 与轨迹最后一次记录不同", log, seq)


# ---- One log


class LogCheck:
    """Goes through one log, event by event, and keeps what has to be judged at its end."""

    def __init__(self, log: int, claims: list[Claim], run: Run) -> None:
        self.log, self.claims, self.run = log, claims, run
        self.sizes = {claim.size for claim in claims}
        self.tiles = run.database.tiles(log) if run.database else {}
        self.tiled = max((claim.size for claim in claims if claim.rule == "checkpoint"), default=0) // TILE
        self.tree, self.previous, self.at = Tree(), ZEROS, ""
        self.older: list[bytes] = []
        self.seq = self.jump = self.doubt = self.good = self.anchored = self.found = 0
        self.bad = False
        self.alternative = b""
        self.regions: dict[str, int] = {}
        self.failed: list[tuple[Claim, int]] = []
        self.database = run.database
        self.restored: list[tuple[int, Note]] = []
        self.tile = b""
        self.settle(0)

    def add(self, rule: str, detail: str, seq: int | None, grade: str = TAMPERED) -> None:
        """Report a finding of this log."""
        self.found += 1
        self.run.report.add(rule, detail, self.log, seq, grade)

    def feed(self, raw: bytes, columns: tuple[object, ...] | None) -> None:
        """Check the next stored event; raises OtherFormatError."""
        leaf = hashlib.sha256(b"\0" + raw).digest()
        try:
            event = read_event(raw)
        except MalformedError as error:
            self.seq, self.bad = self.seq + 1, True
            self.add("payload", str(error), self.seq)
        else:
            self.check(event, leaf, columns)
        self.older = self.tree.nodes[:]
        self.tree.append(leaf)
        self.previous = leaf.hex()
        if self.tree.size in self.sizes:
            self.settle(self.tree.size)
        if self.database:
            self.check_tile(leaf, self.database)

    def check(self, event: Event, leaf: bytes, columns: tuple[object, ...] | None) -> None:
        """Check one well-formed event and its place after the one before."""
        found, linked = self.found, event.prev == self.previous
        self.check_seq(event, linked=linked)
        if event.log != self.log:
            self.add("payload", f"事件属于日志 {event.log}", self.seq)
        if columns is not None:
            self.check_columns(event, leaf.hex(), columns)
        due = self.regions.get(event.region, 0) + 1
        if event.region_seq != due:
            self.add("region", f"地区 {event.region} 应为第 {due} 件，写的是第 {event.region_seq} 件", self.seq)
        self.regions[event.region] = event.region_seq
        bad = self.found > found
        if self.doubt:
            # Whether the event itself or the one before it was altered shows in the link after it.
            self.blame(self.doubt - 1 if linked else self.doubt)
        elif not (linked or bad or self.bad):
            self.doubt, other = self.seq, Tree(max(self.tree.size - 1, 0), self.older)
            for node in (bytes.fromhex(event.prev), leaf) if self.seq > 1 else ():
                other.append(node)
            self.alternative = other.root()
        self.bad = bad
        self.at = max(self.at, event.at)
        self.run.memory.remember(event, self.at, self.run.source)
        if event.facts:
            self.check_facts(event)
        if isinstance(self.run.source, Bundle):
            self.run.source.meet(event)
        if event.action == "KEY_USED":
            self.check_key_use(event)

    def check_seq(self, event: Event, *, linked: bool) -> None:
        """Number the event; after a jump the old and the new counting are both accepted."""
        due = self.seq + 1
        if event.seq in (due, self.jump + 1 if self.jump else due):
            self.seq, self.jump = event.seq, 0
        elif event.seq == self.seq and not linked:
            self.add("seq", f"第 {self.seq} 号出现两次", self.seq)
        else:
            self.add("seq", f"此处应为第 {due} 号，读到第 {event.seq} 号", due)
            self.seq, self.jump = due, event.seq if event.seq > due else 0

    def check_columns(self, e: Event, leaf: str, columns: tuple[object, ...]) -> None:
        """Compare the query columns with the payload they copy."""
        texts = (e.action, e.table, e.thing, e.deed, e.request, e.outcome)
        copies = (e.seq, e.prev.encode(), leaf.encode(), e.region.encode(), e.region_seq, e.at.encode(), e.actor,
                  *(text.encode() for text in texts))  # fmt: skip
        if columns[2] != copies[2]:
            self.add("leaf", "事件内容与其摘要不符", self.seq)
        elif columns != copies:
            names = Database.EVENT.replace(" ", "").split(",")
            wrong = [name for index, name in enumerate(names) if columns[index] != copies[index]]
            self.add("columns", f"{'、'.join(wrong)} 与事件内容不符", self.seq)

    def blame(self, seq: int) -> None:
        """Report a broken link; what a checkpoint has confirmed is not the culprit."""
        self.add("chain", "内容与后一条记下的摘要不符，或与前一条接不上", max(seq, self.good + 1))
        self.doubt = 0

    def check_tile(self, leaf: bytes, tiles: Database) -> None:
        """Compare each complete tile; the first difference names the event."""
        self.tile += leaf
        if len(self.tile) < TILE * 32:
            return
        index, text, self.tile = self.tree.size // TILE - 1, self.tile.hex().encode(), b""
        stored = self.tiles.pop(index, None)
        if stored is None and index < self.tiled:
            self.add("tile", f"叶块 {index} 不见了", None)
        elif stored not in (None, hashlib.sha256(text).digest()) and not self.found:
            kept = tiles.tile(self.log, index)
            wrong = next(
                (place for place in range(TILE) if text[place * 64 :][:64] != kept[place * 64 :][:64]), TILE - 1
            )
            self.add("tile", f"叶块 {index} 与事件摘要不符", index * TILE + wrong + 1)

    def check_key_use(self, event: Event) -> None:
        """The last event that a checkpoint covers is the use of the key: when, why, and that it is still there."""
        here = [claim for claim in self.claims if claim.rule == "checkpoint" and claim.size == self.seq]
        if not here:
            self.add("checkpoint", f"第 {self.seq} 条签署的检查点不见了", self.seq)
        if any(claim.told not in (None, (event.at, event.reason)) for claim in here):
            self.add("checkpoint", "检查点的时间或理由与签署事件不符", self.seq)

    def check_facts(self, event: Event) -> None:
        """Read what an event says about regions, abandoned branches, other logs and the audited tables."""
        facts, run = event.facts, self.run
        listed, abandoned, witnessed = facts.get("region_seqs"), facts.get("abandoned"), facts.get("witnessed")
        if event.action in LISTING and isinstance(listed, dict):
            for region, last in listed.items():
                if region[:6] != str(self.log):
                    run.elsewhere.append((region, last, event))
                # The list was read before its own event was numbered.
                elif last not in (self.regions.get(region, 0), self.regions.get(region, 0) - (region == event.region)):
                    self.add(
                        "complete",
                        f"地区 {region} 声明到第 {last} 件，重算为第 {self.regions.get(region, 0)} 件",
                        self.seq,
                    )
        if run.claim and (event.log, event.seq) == run.claim[:2]:
            if listed != run.claim[2]:
                self.add("complete", "导出清单的完整性声明与打印导出事件不符", self.seq)
            run.claim = None
        if event.action == "RESTORED" and isinstance(abandoned, str):
            self.restored += [(event.seq, note) for note in self.read_note("restored", abandoned)]
        for text in witnessed if isinstance(witnessed, list) else ():
            for note in self.read_note("witness", str(text), check=False):
                run.witnessed.setdefault(note.log, []).append(Claim("witness", note.size, note.root))
        if event.action == "SCHEMA" and isinstance(facts.get("audited"), list) and self.at >= run.schema[0]:
            run.schema = (self.at, [str(table) for table in facts["audited"]])  # type: ignore[attr-defined]
            run.guards = facts.get("guards")

    def read_note(self, rule: str, text: str, *, check: bool = True) -> list[Note]:
        """Return the note that an event carries, unless it is none or its signature is false."""
        try:
            note = parse_note(text, self.run.keys if check else {})
        except ValueError:
            self.add(rule, "事件所附的检查点不成样子", self.seq)
            return []
        if note.signed is False:
            self.add(rule, "事件所附检查点的签名不成立", self.seq)
        return [] if note.signed is False else [note]

    def settle(self, size: int) -> None:
        """Compare what was claimed for this size with the tree."""
        root = self.tree.root()
        for claim in self.claims:
            if claim.size != size:
                continue
            if claim.root != root:
                self.failed.append((claim, self.good))
                continue
            # Whoever rewrites an export rewrites its manifest too, so that one confirms nothing.
            self.good = size if claim.rule != "manifest" else self.good
            if claim.rule == "outside" and claim.proven:
                self.anchored = size
            if claim.frontier not in (None, self.tree.frontier()):
                self.add("checkpoint", "检查点存的树边缘与重算不符", size)

    def finish(self) -> None:
        """Judge what could only be judged at the end, and add the summary."""
        size = self.tree.size
        if self.doubt:
            here = [claim for claim in self.claims if claim.size == size and claim.root != self.tree.root()]
            altered_before = not here or any(claim.root == self.alternative for claim in here)
            self.blame(self.doubt - 1 if altered_before else self.doubt)
        self.failed += [(claim, self.good) for claim in self.claims if claim.size > size]
        for claim, good in self.failed:
            self.refute(claim, good)
        for claim in self.claims:
            if claim.rule == "manifest" and claim.size < size:
                self.add("manifest", f"清单写 {claim.size} 条，实有 {size} 条", claim.size + 1)
        roots: dict[int, set[bytes]] = {}
        for claim in self.claims:
            if claim.proven and claim.rule != "manifest":
                roots.setdefault(claim.size, set()).add(claim.root)
        for fork in sorted(fork for fork, found in roots.items() if len(found) > 1 and not self.branch(fork)):
            self.add("fork", f"同为 {fork} 条，却有不同树根的检查点：历史被分叉", fork)
        for index in self.tiles:
            self.add("tile", f"叶块 {index} 多出来了", None)
        for seq, note in self.restored:
            self.add("restored", f"由备份恢复，放弃了到第 {note.size} 条（树根 {note.root.hex()}）的分支", seq, NOTE)
        self.run.report.logs.append(LogSummary(self.log, size, self.tree.root().hex(), self.anchored))

    def branch(self, size: int) -> Note | None:
        """Return the abandoned checkpoint whose branch a size may belong to."""
        return next((note for seq, note in self.restored if seq <= size <= note.size), None)

    def refute(self, claim: Claim, good: int) -> None:
        """Report a claim that the log does not bear out, unless a restored backup explains it."""
        size, branch = self.tree.size, self.branch(claim.size)
        if branch and claim.rule in ("outside", "witness"):
            if (branch.size, branch.root) == (claim.size, claim.root):
                return
            self.add(
                claim.rule, f"第 {claim.size} 条的检查点可能属于恢复时放弃的分支，无从核对", claim.size, UNVERIFIABLE
            )
        elif claim.size > size:
            grade = TAMPERED if claim.proven else UNVERIFIABLE
            self.add("cut", f"{RULES[claim.rule]}记到第 {claim.size} 条，现在只有 {size} 条：尾部被截", size + 1, grade)
        else:
            grade = TAMPERED if claim.proven or claim.rule != "outside" else UNVERIFIABLE
            detail = f"第 {claim.size} 条的树根与重算不符：第 {good + 1}–{claim.size} 条之间被改写"
            self.add(claim.rule, detail, claim.size, grade)


# ---- The whole


@dataclass
class Run:
    """What the logs of one verification share."""

    report: Report
    source: Export | Database
    memory: Memory
    keys: dict[tuple[str, bytes], bytes]
    installation: str | None
    claim: tuple[int, int, object] | None = None
    witnessed: dict[int, list[Claim]] = field(default_factory=dict)
    elsewhere: list[tuple[str, object, Event]] = field(default_factory=list)
    schema: tuple[str, list[str]] = ("", [])
    guards: object = None

    @property
    def database(self) -> Database | None:
        """The source, if it is a database."""
        return self.source if isinstance(self.source, Database) else None

    def admit(
        self, rule: str, log: int, text: str, columns: tuple[int, str, str, str, str] | None = None
    ) -> list[Claim]:
        """Return the claim of one signed note, or report why it is none."""
        add, size = self.report.add, columns[0] if columns else None
        try:
            note = parse_note(text, self.keys)
        except ValueError:
            add(rule, "检查点文本残缺", log, size)
            return []
        if note.signed is None and (rule == "outside" or not self.keys):
            add("key", "检查点没有已知公钥的签名，请用 --key 给出公钥", log, None, UNVERIFIABLE)
        elif not note.signed:
            add(rule, f"第 {note.size} 条的检查点签名不成立，或签名人不在已知公钥之列", log, note.size)
            return []
        self.installation = self.installation or note.installation
        if (note.log, note.installation) != (log, self.installation):
            add(rule, f"第 {note.size} 条的检查点属于另一日志或另一套系统", log, note.size)
            return []
        if columns and columns[:2] != (note.size, note.root.hex()):
            add(rule, "检查点的条数或树根列与所签文本不符", log, note.size)
        frontier, told = (columns[2], columns[3:]) if columns else (None, None)
        return [Claim(rule, note.size, note.root, note.signed is True, frontier, told)]


def check_log(run: Run, log: int, outside: list[str]) -> LogCheck | None:
    """Check one log from its first event to its last."""
    if isinstance(run.source, Bundle) and not run.source.is_whole(log):
        PartCheck(log, run).check(outside)
        return None
    claims = [claim for text in outside for claim in run.admit("outside", log, text)]
    for text, columns in run.source.notes(log):
        claims += run.admit("checkpoint", log, text, columns)
    if isinstance(run.source, Export):
        claims += run.source.total(log)
    check = LogCheck(log, claims + run.witnessed.pop(log, []), run)
    try:
        for payload, copies in run.source.events(log):
            check.feed(payload, copies)
    except OtherFormatError as error:
        run.report.add("version", f"{error}；本条起未核验", log, check.seq + 1, UNVERIFIABLE)
        check.claims = [claim for claim in check.claims if claim.size <= check.tree.size]
        check.tiles.clear()
    check.finish()
    return check


def check_rest(run: Run, checks: dict[int, LogCheck | None], *, whole: bool) -> None:
    """Check what spans logs: deeds, lists of regions elsewhere, logs that others witnessed, the business rows."""
    report = run.report
    run.memory.flush()
    check_deeds(run)
    if isinstance(run.source, Bundle):
        check_bundle(run.source, run.memory, report)
        return
    for region, last, event in run.elsewhere:
        home = checks.get(int(region[:6]) if region[:6].isdigit() else 0)
        if home and not (isinstance(last, int) and last <= home.regions.get(region, 0)):
            report.add("complete", f"地区 {region} 声明到第 {last} 件，现在没有这么多", event.log, event.seq)
    if run.claim and run.claim[0] in checks:
        report.add("complete", "完整性声明所指的打印导出事件不存在", run.claim[0], run.claim[1])
    if not whole:
        report.add("row", "只核验了部分日志，没有核对业务表", grade=NOTE)
    elif isinstance(run.source, Export):
        if run.schema[0] and run.schema[1] != run.source.manifest.get("audited"):
            report.add("manifest", "清单的受审计表与轨迹所记不符")
        report.add("row", "导出包不含业务表，没有核对业务数据", grade=NOTE)
    elif not run.schema[0]:
        report.add("row", "轨迹没有受审计表的清单，不能核对业务表", grade=UNVERIFIABLE)
    else:
        for log in sorted(run.witnessed):
            report.add("witness", "市级日志见证过这个日志，它却不在了", log)
        reconcile(run.source, run.schema[1], run.memory, report)
        check_guards(run.source, run.guards, report)


def check_guards(source: Database, told: object, report: Report) -> None:
    """Compare the triggers that keep the trail append-only with those the last migration told of."""
    present = source.triggers()
    for name, digest in sorted(told.items()) if isinstance(told, dict) else ():
        if present.get(name) != digest:
            report.add("guard", f"触发器 {name} {'被改过' if name in present else '不见了'}，数据库的防改守卫已不完整")


class UnitCount:
    """How far the events of one unit were met: its last number before the period, in it, and whether one after it."""

    def __init__(self) -> None:
        self.before = self.reached = 0
        self.inside = self.closed = False


class PartCheck:
    """Goes through the events of a log that a bundle holds, each with its path to the signed root."""

    def __init__(self, log: int, run: Run) -> None:
        self.log, self.run, self.source = log, run, cast("Bundle", run.source)
        entry = self.source.totals[str(log)]
        self.size, self.root = int(entry["size"]), bytes.fromhex(entry["root"])
        self.told = int(entry["events"])
        self.seq, self.at = 0, ""
        self.units: dict[str, UnitCount] = {}
        self.proven: dict[int, bytes] = {}

    def add(self, rule: str, detail: str, seq: int | None, grade: str = TAMPERED) -> None:
        """Report a finding of this log."""
        self.run.report.add(rule, detail, self.log, seq, grade)

    def check(self, outside: list[str]) -> None:
        """Check the signed root, what the reader holds against it, every event, and that none is left out."""
        self.check_notes()
        anchored = max((self.compare(text) for text in outside), default=0)
        paths, held = self.source.lines(f"proofs-{self.log}.jsonl"), 0
        for raw, _ in self.source.events(self.log):
            held += 1
            self.check_event(raw, next(paths, b""))
        for _rest in paths:
            self.add("proof", "证明比事件多", None)
        if held != self.told:
            self.add("manifest", f"清单写包里有 {self.told} 条事件，实有 {held} 条", None)
        self.run.report.logs.append(LogSummary(self.log, self.size, self.root.hex(), anchored, held))
        if self.log == self.source.as_of[0]:
            self.check_complete()

    def check_notes(self) -> None:
        """Check every checkpoint and that each is a beginning of the last one, whose root must be the manifest's."""
        steps = {}
        for line in self.source.lines(f"consistency-{self.log}.jsonl"):
            try:
                told = json.loads(line)
                steps[int(told["size"])] = list(map(str, told["path"]))
            except (ValueError, KeyError, TypeError):
                self.add("checkpoint", "检查点相接的证明有残缺的行", None)
        for text, _ in self.source.notes(self.log):
            for claim in self.run.admit("checkpoint", self.log, text):
                path = steps.pop(claim.size, None)
                if path is None or not is_beginning(claim.size, self.size, path, claim.root, self.root):
                    self.add("checkpoint", f"第 {claim.size} 条的检查点与最后的树根接不上", claim.size)
                elif claim.proven:
                    self.proven[claim.size] = claim.root
        for size in steps:
            self.add("checkpoint", f"第 {size} 条的检查点不见了", size)
        if self.proven.get(self.size) != self.root:
            grade = TAMPERED if self.run.keys else UNVERIFIABLE
            self.add("checkpoint", f"第 {self.size} 条的树根没有成立的签名", self.size, grade)

    def compare(self, text: str) -> int:
        """Hold a checkpoint that the reader kept against those in the bundle; the size that it confirms."""
        for claim in self.run.admit("outside", self.log, text):
            if claim.size > self.size:
                self.add("outside", f"第 {claim.size} 条的检查点比证据包新，只能用新的导出比对", claim.size, NOTE)
            elif claim.size not in self.proven:
                self.add("outside", f"包里没有第 {claim.size} 条的检查点，无从比对", claim.size, UNVERIFIABLE)
            elif self.proven[claim.size] != claim.root:
                self.add("fork", f"第 {claim.size} 条的树根与您留存的检查点不同，历史被分叉", claim.size)
            elif claim.proven:
                return claim.size
        return 0

    def check_event(self, raw: bytes, line: bytes) -> None:
        """Check that an event is whole, in order, and a leaf under the signed root."""
        try:
            told = json.loads(line)
            seq, path = int(told["seq"]), [bytes.fromhex(node).hex() for node in told["path"]]
        except (ValueError, KeyError, TypeError):
            seq, path = self.seq + 1, []
        try:
            event = read_event(raw)
        except MalformedError as error:
            self.add("payload", str(error), seq)
            return
        except OtherFormatError as error:
            self.add("version", str(error), seq, UNVERIFIABLE)
            return
        leaf = hashlib.sha256(b"\0" + raw).digest()
        if (event.log, event.seq) != (self.log, seq) or event.seq <= self.seq:
            self.add("seq", "事件写的日志号或序号与证明不符，或次序颠倒", seq)
        elif not 0 < seq <= self.size or climb(leaf, seq - 1, self.size, path) != self.root:
            self.add("proof", "从这条事件走不到签名的树根，事件或证明被改过", seq)
        self.seq, self.at = event.seq, max(self.at, event.at)
        self.run.memory.remember(event, self.at, self.source)
        self.source.meet(event)
        if self.log == self.source.as_of[0] and self.source.is_mine(event.region):
            self.count(event)

    def count(self, event: Event) -> None:
        """Number the event in its unit: inside the period none may be left out, nor the one before it or after it."""
        unit = self.units.setdefault(event.region, UnitCount())
        if event.at < self.source.first:
            unit.before = event.region_seq
            return
        due = (unit.reached if unit.inside else unit.before) + 1
        if not unit.closed and event.region_seq != due:
            self.add("complete", f"地区 {event.region} 缺第 {due}–{event.region_seq - 1} 件", event.seq)
        if self.source.last and event.at >= self.source.last:
            unit.closed = True
        elif not unit.closed:
            unit.inside, unit.reached = True, event.region_seq

    def check_complete(self) -> None:
        """Compare the last number of every unit with what the event as of which the bundle is complete has listed."""
        event = self.source.event
        listed = event.facts.get("region_seqs") if event else None
        if event is None or not isinstance(listed, dict):
            self.add("complete", "包里没有它所截至的那条导出事件", self.source.as_of[1])
            return
        for region, last in listed.items():
            unit = self.units.get(region, UnitCount())
            reached = unit.reached if unit.inside else unit.before
            if not unit.closed and not (isinstance(last, int) and reached >= last):
                self.add("complete", f"地区 {region} 到第 {last} 件为止，包里只到第 {reached} 件", event.seq)
        for region in sorted(set(self.units) - set(listed) - {event.region}):
            self.add("complete", f"地区 {region} 不在导出事件所列之内", event.seq)


def is_beginning(old: int, size: int, path: Sequence[str], old_root: bytes, root: bytes) -> bool:
    """Tell whether a path shows a tree to be the beginning of another (RFC 6962)."""
    nodes = [bytes.fromhex(text) if re.fullmatch("[0-9a-f]{64}", text) else b"" for text in path]
    if old == size:
        return not nodes and old_root == root
    if not 0 < old < size or any(len(node) != 32 for node in nodes):
        return False
    if old & (old - 1) == 0:
        nodes.insert(0, old_root)
    index, last = old - 1, size - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    if not nodes:
        return False
    left = whole = nodes[0]
    for node in nodes[1:]:
        if not last:
            return False
        if index & 1 or index == last:
            left, whole = (hashlib.sha256(b"\x01" + node + one).digest() for one in (left, whole))
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            whole = hashlib.sha256(b"\x01" + whole + node).digest()
        index, last = index >> 1, last >> 1
    return not last and (left, whole) == (old_root, root)


def check_bundle(source: Bundle, memory: Memory, report: Report) -> None:
    """Check that a bundle's scope is that of its event, its rows those the trail recorded, its files those named."""
    event = source.event
    told = event.facts.get("scope") if event else None
    if event is None or event.action != "EXPORTED_EVIDENCE" or told != source.manifest["scope"]:
        report.add("complete", "证据包的范围与导出事件所记不符，或导出事件不在包里", *source.as_of)
    tables = {table for (table,) in memory.db.execute("SELECT DISTINCT tbl FROM change")} | set(source.tables)
    tables |= {match.group(1) for match in (re.fullmatch(r"rows-(.+)\.jsonl", name) for name in source.names) if match}
    reconcile(source, sorted(tables), memory, report)
    source.check_members()


# ---- Proofs: some events of a log, each with the path from its leaf to a signed root

PROOFS = "fpa-audit-proofs/1"
MARK, MAX_BUNDLE = b'{"format":"fpa-audit-proofs/', 1 << 28


def embedded(pdf: bytes) -> bytes:
    """Return the proofs that a printed file carries inside; raises CannotVerifyError."""
    view = memoryview(pdf)
    for match in re.finditer(rb"stream\r?\n", pdf):
        try:
            if zlib.decompressobj().decompress(view[match.end() : match.end() + 4096], 64).startswith(MARK):
                return zlib.decompressobj().decompress(view[match.end() :], MAX_BUNDLE)
        except zlib.error:
            continue
    raise CannotVerifyError("这份 PDF 里没有存在证明")


def climb(leaf: bytes, index: int, size: int, path: Sequence[str]) -> bytes | None:
    """Return the root that a path leads to from the leaf at this index (RFC 6962); None if the path cannot be one."""
    last, node = size - 1, leaf
    for text in path:
        other = bytes.fromhex(text)
        if not last or len(other) != 32:
            return None
        if index & 1 or index == last:
            node = hashlib.sha256(b"\x01" + other + node).digest()
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            node = hashlib.sha256(b"\x01" + node + other).digest()
        index, last = index >> 1, last >> 1
    return None if last else node


class Proofs:
    """One log of a bundle of proofs."""

    def __init__(self, report: Report, entry: dict[str, object], keys: dict[tuple[str, bytes], bytes]) -> None:
        self.report, self.log, self.keys = report, cast("int", entry["log"]), keys
        self.events = cast("list[dict[str, object]]", entry["events"])
        self.note = parse_note(cast("str", entry["note"]), keys)

    def check(self, outside: Sequence[str]) -> None:
        """Check the signed root, what the reader holds against it, and every event."""
        note, add = self.note, self.report.add
        if note.signed is None:
            add("key", "检查点没有已知公钥的签名，请用 --key 给出公钥", self.log, note.size, UNVERIFIABLE)
        elif not note.signed:
            add("checkpoint", f"第 {note.size} 条的检查点签名不成立", self.log, note.size)
        if note.log != self.log:
            add("checkpoint", "检查点属于另一个日志", self.log, note.size)
        anchored = max((self.compare(text) for text in outside), default=0)
        for told in self.events:
            self.check_event(told)
        self.report.logs.append(LogSummary(self.log, note.size, note.root.hex(), anchored))
        add("proof", f"核验了 {len(self.events)} 条事件；没有列入案卷的事件不在核验之内", self.log, None, NOTE)

    def compare(self, text: str) -> int:
        """Hold a checkpoint that the reader kept against the signed root; the size that it confirms."""
        try:
            kept = parse_note(text, self.keys)
        except ValueError:
            self.report.add("outside", "给出的检查点不是检查点，或已残缺", self.log, None, UNVERIFIABLE)
            return 0
        if kept.signed is False or (kept.installation, kept.log) != (self.note.installation, self.note.log):
            self.report.add("outside", "给出的检查点签名不成立，或属于另一套系统", self.log, kept.size)
        elif kept.size != self.note.size:
            said = f"给出的检查点是第 {kept.size} 条的，案卷用的是第 {self.note.size} 条的，只能用导出包比对"
            self.report.add("outside", said, self.log, None, NOTE)
        elif kept.root != self.note.root:
            self.report.add("fork", "案卷的树根与您留存的检查点不同，历史被分叉", self.log, kept.size)
        else:
            return kept.size
        return 0

    def check_event(self, told: dict[str, object]) -> None:
        """Check that an event is whole, stands where it says, and is a leaf under the signed root."""
        raw, seq = cast("str", told["payload"]).encode(), cast("int", told["seq"])
        try:
            event = read_event(raw)
        except MalformedError as error:
            self.report.add("payload", str(error), self.log, seq)
            return
        except OtherFormatError as error:
            self.report.add("version", str(error), self.log, seq, UNVERIFIABLE)
            return
        if (event.log, event.seq) != (self.log, seq):
            self.report.add("seq", "事件写的日志号或序号与案卷不符", self.log, seq)
        leaf = hashlib.sha256(b"\x00" + raw).digest()
        path = cast("list[str]", told["path"])
        if not 0 < seq <= self.note.size or climb(leaf, seq - 1, self.note.size, path) != self.note.root:
            self.report.add("proof", "从这条事件走不到签名的树根，事件或证明被改过", self.log, seq)


def inspect_proofs(report: Report, path: Path, outside: dict[int, list[str]], keys: Sequence[str]) -> None:
    """Verify a bundle of proofs, or the printed file that carries one."""
    raw = path.read_bytes()
    bundle = json.loads((embedded(raw) if raw[:5] == b"%PDF-" else raw).decode("utf-8"))
    if bundle.get("format") != PROOFS:
        raise CannotVerifyError("存在证明的格式不认识")
    known = dict(map(parse_key, keys or [entry["key"] for entry in bundle["logs"]]))
    if not keys:
        report.add("key", "公钥取自案卷自身，请与您另外留存的公钥核对", grade=NOTE)
    if not bundle["logs"]:
        report.add("source", "案卷里没有事件", grade=UNVERIFIABLE)
    for entry in bundle["logs"]:
        Proofs(report, entry, known).check(outside.get(entry["log"], []))


def inspect(report: Report, path: Path, checkpoints: Sequence[str], keys: Sequence[str], logs: Sequence[int]) -> None:
    """Verify a source into a report; raises when it cannot be read."""
    outside: dict[int, list[str]] = {}
    for text in checkpoints:
        place = ORIGIN.match(text)
        if not place:
            raise CannotVerifyError("给出的检查点文件不是检查点")
        outside.setdefault(int(place.group(2)), []).append(text)
    if path.suffix.lower() in {".pdf", ".json"}:
        inspect_proofs(report, path, outside, keys)
        return
    is_export = path.is_dir() or path.suffix.lower() == ".zip"
    with closing(opened(path, report) if is_export else Database(path)) as source, closing(Memory()) as memory:
        known = keys or (source.keys if isinstance(source, Export) else ())
        run = Run(report, source, memory, dict(map(parse_key, known)), source.installation)
        if isinstance(source, Export) and not isinstance(source, Bundle):
            run.claim = source.claim()
        if isinstance(source, Export) and not keys:
            report.add("key", "公钥取自导出包自身，请与您另外留存的公钥核对", grade=NOTE)
        if isinstance(source, Bundle) and logs:
            raise CannotVerifyError("证据包只能整包核验，不能用 --log")
        present = source.logs()
        for log in sorted(set(logs) - {*present, *outside}) if present else (0,):
            report.add("source", f"没有日志 {log or ''}", grade=UNVERIFIABLE)
        wanted = [log for log in sorted({*present, *outside}) if not logs or log in logs]
        check_rest(run, {log: check_log(run, log, outside.get(log, [])) for log in wanted}, whole=not logs)


def verify(
    path: Path | str, checkpoints: Sequence[str] = (), keys: Sequence[str] = (), logs: Sequence[int] = ()
) -> Report:
    """Verify an export or a database file against outside checkpoints (note texts) and verifier keys."""
    report = Report(str(path))
    try:
        inspect(report, Path(path), checkpoints, keys, logs)
    except (CannotVerifyError, OSError, ValueError, zipfile.BadZipFile, zlib.error, engine().Error) as error:
        report.add("source", f"不能读完来源：{error}", grade=UNVERIFIABLE)
    except (AttributeError, LookupError, TypeError, RecursionError) as error:
        # A source built by a stranger may hold nulls and numbers where the product holds text.
        report.add("source", f"来源的结构不是本系统写出的（{type(error).__name__}）", grade=UNVERIFIABLE)
    return report


class Arguments(argparse.ArgumentParser):
    """The command line; a wrong one ends with 3, because 2 has another meaning here."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(3, f"用法错误：{message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line and return the exit code."""
    parser = Arguments(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--checkpoint", type=Path, action="append", default=[])
    parser.add_argument("--key", action="append", default=[])
    parser.add_argument("--log", type=int, action="append", default=[])
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    try:
        notes = [note for path in options.checkpoint for note in split_notes(path.read_text(encoding="utf-8"))]
    except (OSError, ValueError) as error:
        parser.error(f"检查点文件读不了：{error}")
    # Events hold no cycles; looking for some in millions of objects costs a tenth of the time.
    gc.disable()
    report = verify(options.source, notes, options.key, options.log)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    print(report.as_json() if options.json else "\n".join(report.lines()))
    return report.code


if __name__ == "__main__":
    sys.exit(main())
