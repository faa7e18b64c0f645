"""Writing an evidence bundle: member by member into one zip, a batch in memory at a time (docs/bundle-format.md)."""

import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from sqlalchemy.engine import Connection

from registry import config
from registry.audit import verify_audit
from registry.audit.bundle import FORMAT, Chosen, Scope, Standing, choose
from registry.audit.bundle_rows import changed_later, defaults_of, rows_then, snapshot
from registry.audit.canonical import JsonValue
from registry.audit.export import Zipped
from registry.audit.keys import fingerprint, installation, service_verifier
from registry.audit.merkle import Frontier, TiledLeaves, consistency_proof, inclusion_proof, leaf_hash
from registry.audit.queries import BATCH, list_notes, stream_payloads, tiled_leaves
from registry.audit.scoped import stream_scoped
from registry.changes import Audited, Stored
from registry.clock import now
from registry.database import marked_tables, moment_text

_LEVEL = 1
_CHUNK = 1 << 18
_TYPES = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
#: The tables whose rows name a kept file: which column says what kind of file it is.
_NAMING = {"attachment": "media_type", "print_file": "format"}
_GUIDE = """证据包

一个单位一段时间的操作日志、业务数据、附件和打印件。在任何装有 Python 3.8 以上的电脑上核验，不联网，不用本系统：

    python3 verify_audit.py .

如果您手里有早先留存的检查点（打印件二维码里的文字，或存成的文本文件），请一并核对：

    python3 verify_audit.py . --checkpoint 检查点.txt

请把下面的公钥指纹与您另外留存的核对；公钥全文在 manifest.json 里，也可以用 --key 给出：

    公钥指纹 {fingerprint}

文件说明
    manifest.json              范围、截至哪一条、每个文件的摘要、公钥
    events-日志号.jsonl        逐条事件的原始字节，一行一条
    proofs-日志号.jsonl        每条事件到检查点树根的路径（整本日志都在包里时没有这个文件）
    checkpoints-日志号.txt     历次签名检查点，用一行 --- 隔开
    consistency-日志号.jsonl   历次检查点与最后一个检查点相接的证明
    rows-表名.jsonl            业务数据的现状，一行一条；封存的个人信息只有密文摘要
    files/                     附件和打印件，文件名是内容的摘要
    verify_audit.py            核验程序，只用 Python 标准库

证据包截至 {log} 号日志第 {seq} 条：到那时为止，范围内的事件一条不少。
退出码：0 完好；1 有篡改；2 无法核验；3 用法错误。
"""


@dataclass(frozen=True)
class Sealed:
    """What a finished bundle comes to."""

    sha256: str
    events: int
    rows: int
    files: int
    missing: int


@dataclass
class _Bundle:
    """A bundle being written: its members so far, and what the manifest will say of them."""

    target: Zipped
    scope: Scope
    standing: Standing
    step: Callable[[int], None]
    members: dict[str, JsonValue] = field(default_factory=dict)
    logs: dict[str, JsonValue] = field(default_factory=dict)
    tables: dict[str, JsonValue] = field(default_factory=dict)
    defaults: dict[str, JsonValue] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    missing: list[JsonValue] = field(default_factory=list)
    events: int = 0
    rows: int = 0

    def add(self, name: str, chunks: Iterator[bytes]) -> None:
        """Write one member and note its digest and length."""
        length = [0]

        def measured() -> Iterator[bytes]:
            for chunk in chunks:
                length[0] += len(chunk)
                yield chunk

        digest = self.target.write(name, measured())
        self.members[name] = {"sha256": digest, "bytes": length[0]}


def write_bundle(
    out: Path,
    scope: Scope,
    standing: Standing,
    *,
    file_of: Callable[[str], Path] | None = None,
    step: Callable[[int], None] = lambda _done: None,
) -> Sealed:
    """Write a bundle as of an event that is recorded and signed; ``step`` is told of events and rows as they are done.

    ``file_of`` says where the file of a digest lies; without it the bundle holds no attachments and no prints.
    """
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as packed:
        bundle = _Bundle(Zipped(packed), scope, standing, step)
        for chosen in choose(scope, standing):
            _write_log(bundle, chosen)
        with snapshot() as connection:
            _write_rows(bundle, connection)
        if file_of:
            _write_files(bundle, file_of)
        bundle.add("verify_audit.py", iter([Path(verify_audit.__file__).read_bytes()]))
        told = {"fingerprint": fingerprint(config.current()), "log": standing.log_id, "seq": standing.seq}
        bundle.add("README.txt", iter([_GUIDE.format(**told).encode()]))
        bundle.target.write("manifest.json", iter([_manifest(bundle, has_files=file_of is not None)]))
    with out.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Sealed(digest, bundle.events, bundle.rows, len(bundle.named), len(bundle.missing))


# ---- One log


def _write_log(bundle: _Bundle, chosen: Chosen) -> None:
    log_id, tree, before = chosen.log_id, Frontier(), bundle.events
    lines = _whole(bundle, chosen, tree) if chosen.whole else _part(bundle, chosen)
    bundle.add(f"events-{log_id}.jsonl", lines)
    notes = list_notes(log_id, chosen.size)
    bundle.add(f"checkpoints-{log_id}.txt", iter(["---\n".join(notes).encode()]))
    leaves = tiled_leaves(log_id, chosen.size)
    root = tree.root() if chosen.whole else leaves.subtree(0, chosen.size)
    if not chosen.whole:
        bundle.add(f"proofs-{log_id}.jsonl", _paths(leaves, chosen))
        bundle.add(f"consistency-{log_id}.jsonl", _continuing(leaves, notes, chosen.size))
    bundle.logs[str(log_id)] = {
        "size": chosen.size, "root": root.hex(), "events": bundle.events - before, "whole": chosen.whole,
    }  # fmt: skip


def _whole(bundle: _Bundle, chosen: Chosen, tree: Frontier) -> Iterator[bytes]:
    for payload in stream_payloads(chosen.log_id, chosen.size):
        raw = payload.encode()
        tree.append(leaf_hash(raw))
        _count_event(bundle)
        yield raw + b"\n"


def _part(bundle: _Bundle, chosen: Chosen) -> Iterator[bytes]:
    for event in stream_scoped(chosen.log_id, bundle.scope.region, chosen.size):
        if chosen.decided and not chosen.has(event.seq):
            continue
        chosen.add(event.seq)
        _count_event(bundle)
        yield event.payload.encode() + b"\n"


def _count_event(bundle: _Bundle) -> None:
    bundle.events += 1
    if bundle.events % BATCH == 0:
        bundle.step(BATCH)


def _paths(leaves: TiledLeaves, chosen: Chosen) -> Iterator[bytes]:
    for seq in chosen.numbers():
        path = inclusion_proof(leaves, seq - 1, chosen.size)
        yield _line({"path": [node.hex() for node in path], "seq": seq})


def _continuing(leaves: TiledLeaves, notes: list[str], size: int) -> Iterator[bytes]:
    for note in notes:
        old = int(note.split("\n", 2)[1])
        path = consistency_proof(leaves, old, size)
        yield _line({"path": [node.hex() for node in path], "size": old})


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


# ---- Business rows, as they were when the log had its signed size


def _write_rows(bundle: _Bundle, connection: Connection) -> None:
    undone = changed_later(bundle.scope, bundle.standing, connection)
    for table, model in sorted(marked_tables(Audited).items()):
        rows = rows_then(bundle.scope, model, undone, connection)
        first = next(rows, None)
        start = bundle.rows
        if first is not None:
            bundle.add(f"rows-{table}.jsonl", _row_lines(bundle, table, chain([first], rows)))
        bundle.tables[table] = bundle.rows - start
        if filled := defaults_of(connection, table):
            bundle.defaults[table] = filled


def _row_lines(bundle: _Bundle, table: str, rows: Iterator[tuple[str, Mapping[str, Stored]]]) -> Iterator[bytes]:
    kind = _NAMING.get(table, "")
    for key, state in rows:
        if kind:
            ending = _TYPES.get(str(state[kind]), str(state[kind]))
            bundle.named[str(state["sha256"])] = re.sub("[^a-z0-9]", "", ending.lower())[:8]
        bundle.rows += 1
        if bundle.rows % BATCH == 0:
            bundle.step(BATCH)
        yield _line({"id": key, "row": state})


# ---- Files and manifest


def _write_files(bundle: _Bundle, file_of: Callable[[str], Path]) -> None:
    for digest, ending in sorted(bundle.named.items()):
        path = file_of(digest)
        if _is_whole(path, digest):
            bundle.add(f"files/{digest}.{ending}", _chunks(path))
        else:
            bundle.missing.append(digest)


def _is_whole(path: Path, digest: str) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == digest


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _manifest(bundle: _Bundle, *, has_files: bool) -> bytes:
    settings, standing = config.current(), bundle.standing
    body = {
        "format": FORMAT,
        "installation": installation(settings),
        "keys": [service_verifier(settings, int(log_id)) for log_id in bundle.logs],
        "scope": bundle.scope.told(),
        "as_of": {"log": standing.log_id, "seq": standing.seq},
        "logs": bundle.logs,
        "tables": bundle.tables,
        "defaults": bundle.defaults,
        "files": has_files,
        "missing": bundle.missing,
        "members": bundle.members,
        "made_at": moment_text(now()),
    }
    return json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True).encode()
