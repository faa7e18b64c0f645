"""An export of the trail: stored bytes, checkpoints and the verifier itself in one zip that needs nothing of ours."""

import hashlib
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from registry import config
from registry.audit import verify_audit
from registry.audit.actions import Action
from registry.audit.canonical import JsonValue
from registry.audit.events import Thing
from registry.audit.keys import fingerprint, installation, service_verifier
from registry.audit.merkle import Frontier, leaf_hash
from registry.audit.queries import (
    find_last_checkpoint,
    last_region_seqs,
    last_seq,
    list_logs,
    list_notes,
    stream_payloads,
)
from registry.audit.services import Recorded, make_checkpoint, record
from registry.changes import Audited
from registry.clock import now
from registry.database import marked_tables, moment_text, transaction
from registry.errors import Forbidden, Missing
from registry.permissions import Actor, Permission, may, reaches
from registry.regions import CodeRange, log_of, log_region
from registry.text import N_

FORMAT = "fpa-audit-export/1"
REASON = N_("导出操作日志")
#: One moment for every member, so that the same events make the same zip.
_STAMP = (2000, 1, 1, 0, 0, 0)
#: Fast is enough: canonical JSON shrinks to a fifth at any level.
_LEVEL = 1
_GUIDE = """操作日志导出包

本文件夹可以在任何装有 Python 3.8 以上的电脑上核验，不需要联网，也不需要本系统：

    python3 verify_audit.py .

如果您手里有早先留存的检查点（打印件二维码里的文字，或存成的文本文件），请一并核对：

    python3 verify_audit.py . --checkpoint 检查点.txt

请把下面的公钥指纹与您另外留存的核对；公钥全文在 manifest.json 里，也可以用 --key 给出：

    公钥指纹 {fingerprint}

文件说明
    events-日志号.jsonl       逐条事件的原始字节，一行一条
    checkpoints-日志号.txt    历次签名检查点，用一行 --- 隔开
    manifest.json             每个日志的条数和树根、文件摘要、公钥、完整性声明
    verify_audit.py           核验程序，只用 Python 标准库

退出码：0 完好；1 有篡改；2 无法核验；3 用法错误。
"""


class NotTheWholeLog(Forbidden):
    """A log can only be verified whole, and this person does not reach all of it."""

    message = N_("操作日志按区县成册，只有管辖整个区县的人员才能校验和导出。")


@dataclass(frozen=True)
class Exported:
    """What an export holds: the event that records it, and how many events of each log."""

    event: Recorded
    sizes: dict[int, int]


def logs_in_reach(actor: Actor, permission: Permission, region: str | None = None) -> list[int]:
    """Return the logs that the actor reaches whole with this permission: all, or that of one region.

    Raises Missing for a region outside the reach, NotTheWholeLog when no log is whole.
    """
    if region is not None and not may(actor, permission, region):
        raise Missing
    whole = whole_logs(actor, permission, [log_of(region)] if region else list_logs())
    if not whole:
        raise NotTheWholeLog
    return whole


def whole_logs(actor: Actor, permission: Permission, logs: Sequence[int]) -> list[int]:
    """Return which of these logs the actor reaches from the first unit to the last."""
    held = [reach.codes for reach in reaches(actor, permission) if reach.sector is None and not reach.own_only]
    return [log_id for log_id in logs if any(covers_log(codes, log_id) for codes in held)]


def log_codes(log_id: int) -> CodeRange:
    """Return the region codes whose events stand in a log."""
    return CodeRange(f"{log_id}000000", f"{log_id}999999")


def covers_log(codes: CodeRange, log_id: int) -> bool:
    """Say whether a stretch of regions holds everything that a log records."""
    own = log_codes(log_id)
    return codes.low <= own.low and own.high <= codes.high


def export_trail(logs: Sequence[int], out: Path, *, by: Actor) -> Exported:
    """Record the export, sign the logs, and write them to a zip; it claims completeness as of its own event."""
    event, seqs = _record_export(logs, by)
    for log_id in logs:
        make_checkpoint(log_id, REASON, by)
    claims: dict[str, JsonValue] = {"event": {"log": event.log_id, "seq": event.seq}, "region_seqs": seqs}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as packed:
        sizes = write_files(Zipped(packed), logs, claims)
    return Exported(event, sizes)


def _record_export(logs: Sequence[int], by: Actor) -> tuple[Recorded, dict[str, JsonValue]]:
    """Write the event into the log itself if it is the only one: so the export holds the proof of its own claim."""
    home = log_region(logs[0]) if len(logs) == 1 else config.current().municipality
    thing = Thing("trail", str(logs[0]) if len(logs) == 1 else "all", home)
    with transaction(home):
        seqs: dict[str, JsonValue] = {}
        for log_id in logs:
            seqs.update(last_region_seqs(log_codes(log_id)))
        facts: dict[str, JsonValue] = {"logs": list[JsonValue](logs), "region_seqs": seqs}
        return record(Action.EXPORTED_TRAIL, thing, by=by, facts=facts), seqs


class Zipped:
    """Members of a zip, written as they come."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self.packed = packed

    def write(self, name: str, chunks: Iterator[bytes]) -> str:
        """Write one member; returns the digest of its bytes."""
        digest = hashlib.sha256()
        member = zipfile.ZipInfo(name, _STAMP)
        member.compress_type = zipfile.ZIP_DEFLATED
        with self.packed.open(member, "w", force_zip64=True) as file:
            for chunk in chunks:
                digest.update(chunk)
                file.write(chunk)
        return digest.hexdigest()


class Folder:
    """Files of a folder, for a verification on the spot."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, name: str, chunks: Iterator[bytes]) -> str:
        """Write one file; returns the digest of its bytes."""
        digest = hashlib.sha256()
        with (self.path / name).open("wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                file.write(chunk)
        return digest.hexdigest()


def write_files(target: Zipped | Folder, logs: Sequence[int], claims: dict[str, JsonValue] | None) -> dict[int, int]:
    """Write events, checkpoints, manifest, guide and verifier; returns how many events of each log."""
    files: dict[str, JsonValue] = {}
    totals: dict[str, JsonValue] = {}
    sizes = {}
    for log_id in logs:
        last = find_last_checkpoint(log_id)
        sizes[log_id] = last.size if last and claims else last_seq(log_id)
        tree = Frontier()
        events = f"events-{log_id}.jsonl"
        files[events] = target.write(events, _lines(log_id, sizes[log_id], tree))
        notes = f"checkpoints-{log_id}.txt"
        files[notes] = target.write(notes, iter(["---\n".join(list_notes(log_id, sizes[log_id])).encode()]))
        totals[str(log_id)] = {"size": tree.size, "root": tree.root().hex()}
    target.write("manifest.json", iter([_manifest(logs, totals, files, claims)]))
    target.write("README.txt", iter([_GUIDE.format(fingerprint=fingerprint(config.current())).encode()]))
    target.write("verify_audit.py", iter([Path(verify_audit.__file__).read_bytes()]))
    return sizes


def _lines(log_id: int, size: int, tree: Frontier) -> Iterator[bytes]:
    """Yield the events as lines, growing the tree on the way."""
    for payload in stream_payloads(log_id, size):
        raw = payload.encode()
        tree.append(leaf_hash(raw))
        yield raw + b"\n"


def _manifest(
    logs: Sequence[int], totals: dict[str, JsonValue], files: dict[str, JsonValue], claims: dict[str, JsonValue] | None
) -> bytes:
    settings = config.current()
    body = {
        "format": FORMAT,
        "installation": installation(settings),
        "keys": [service_verifier(settings, log_id) for log_id in logs],
        "logs": totals,
        "files": files,
        "audited": cast("list[JsonValue]", sorted(marked_tables(Audited))),
        "claims": claims,
        "made_at": moment_text(now()),
    }
    return json.dumps(body, ensure_ascii=False, indent=1).encode()
