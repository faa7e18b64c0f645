"""The trail of a case on paper: its events, the way from each to the signed root, and the bundle that proves them."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from registry import config
from registry.audit import verify_audit
from registry.audit.keys import fingerprint, installation
from registry.audit.plain import plain
from registry.audit.proving import LogProofs, Proven, prove
from registry.permissions import Actor
from registry.reports.disposals.casefile import CaseFile
from registry.reports.disposals.sections import Chapter, Section, Shape, digest_text, facts, table, texts
from registry.reports.paper.document import Enclosed
from registry.text import N_

BUNDLE, VERIFIER = "proofs.json", "verify_audit.py"
_NODE = "N%d"


@dataclass(frozen=True, slots=True)
class EventFigures:
    """One event: number, bytes, the hash of its leaf, the path from it, and whether the checkpoint covers it."""

    seq: int
    payload: str
    leaf: str
    path: tuple[str, ...]
    is_covered: bool


@dataclass(frozen=True, slots=True)
class LogFigures:
    """Events of one log under one signed checkpoint."""

    log_id: int
    size: int
    root: str
    note: str
    key: str
    events: tuple[EventFigures, ...]

    @property
    def covered(self) -> tuple[EventFigures, ...]:
        """The events that the checkpoint covers."""
        return tuple(event for event in self.events if event.is_covered)


@dataclass(frozen=True, slots=True)
class TrailFigures:
    """All that the trail holds of a case, log by log, and whose trail it is."""

    installation: str
    fingerprint: str
    logs: tuple[LogFigures, ...]


def trail(file: CaseFile, actor: Actor) -> TrailFigures:
    """Read every event about a case with its proof."""
    settings = config.current()
    logs = tuple(map(_log, prove(file.things, actor)))
    return TrailFigures(installation(settings), fingerprint(settings), logs)


def _log(proofs: LogProofs) -> LogFigures:
    signed = proofs.checkpoint
    size, root, note = (signed.size, signed.root, signed.note) if signed else (0, "", "")
    return LogFigures(proofs.log_id, size, root, note, proofs.key, tuple(map(_event, proofs.events)))


def _event(proven: Proven) -> EventFigures:
    stored, path = proven.stored, proven.path
    return EventFigures(proven.seq, stored.payload, stored.leaf_hash, path or (), path is not None)


# ---- On paper


def extract(figures: TrailFigures) -> Chapter:
    """Tell every event of the case in words."""
    sections = [
        section
        for log in figures.logs
        for section in table(Shape.EVENTS, _title(N_("日志 %(log)s 里的事件"), log), map(_told, log.events))
    ]
    return Chapter(N_("操作日志摘录"), tuple(sections))


def _title(text: str, log: LogFigures) -> str:
    return text % {"log": log.log_id}


def _told(event: EventFigures) -> tuple[str, ...]:
    told = plain(event.payload)
    who = " ".join(filter(None, (told.unit_name, told.post, told.who)))
    said = "；".join(filter(None, (told.thing_label, told.reason, "" if event.is_covered else N_("还没有检查点"))))
    return str(event.seq), told.at, told.action.label, who, said


def verification(figures: TrailFigures) -> Chapter:
    """Say how every event is verified, with the program or by hand, and give all that this needs."""
    told = (
        (N_("安装标识"), figures.installation),
        (N_("公钥指纹"), figures.fingerprint),
        (N_("核验程序"), VERIFIER),
        (N_("证明文件"), BUNDLE),
    )
    digest = digest_text(hashlib.sha256(_verifier()).hexdigest())
    how = [*_HOW, (N_("程序摘要"), digest)]
    sections = [section for log in figures.logs for section in _proofs(log)]
    return Chapter(N_("核验"), (facts(N_("凭什么核验"), told), *texts(N_("怎么核验"), how), *sections))


_HOW = (
    (N_("用程序"), N_("1. 把本案卷存成 PDF 文件，放到装有 Python 3.8 以上的电脑上，不需要联网，也不需要本系统。")),
    ("", N_("2. 从 PDF 的“附件”里另存 verify_audit.py（或用操作日志导出包里的同一个程序，摘要见下）。")),
    ("", N_("3. 运行 python3 verify_audit.py 案卷.pdf --key 公钥。公钥请用您另外留存的，不要只用案卷里的。")),
    ("", N_("4. 手里有早先留存的检查点的，加上 --checkpoint 检查点.txt 一并比对。改动一个字节就会报告篡改。")),
    (N_("用手算"), N_("1. 从附件 proofs.json 取出一条事件的原文（payload），按 UTF-8 逐字节，不加换行。")),
    ("", N_("2. 叶 = SHA-256(00 ‖ 原文)，应当等于下面“事件摘要（叶）”一栏。")),
    ("", N_("3. 序号减 1 是位置，检查点条数减 1 是末位。沿“证明路径”逐个节点向上算：位置是单数或等于末位，")),
    ("", N_("结果 = SHA-256(01 ‖ 节点 ‖ 结果)，位置是双数时把位置、末位一起右移到位置为单数或 0；否则结果 =")),
    ("", N_("SHA-256(01 ‖ 结果 ‖ 节点)。每个节点后位置、末位各右移一位。最后应当等于检查点的树根（RFC 6962）。")),
    ("", N_("4. 检查点第三行是树根的 Base64，签名是 Ed25519，签的是空行以前的三行（含末尾换行）。")),
    (N_("说明"), N_("页脚的检查点在打印时另行签署，包含本次打印；下面的检查点在汇集案卷时签署，包含本案全部事件。")),
)


def _proofs(log: LogFigures) -> Iterator[Section]:
    """Give the signed checkpoint of a log, every leaf with its path, and the nodes that the paths name."""
    names = node_names(log)
    yield from texts(
        _title(N_("日志 %(log)s 的检查点"), log),
        [(N_("签名文本"), log.note), (N_("公钥"), log.key), (N_("树根（16 进制）"), digest_text(log.root))],
    )
    rows = (
        (str(event.seq), digest_text(event.leaf), " ".join(names[node] for node in event.path) or N_("叶就是树根"))
        for event in log.covered
    )
    yield from table(Shape.PATHS, _title(N_("日志 %(log)s 的事件摘要和证明路径"), log), rows)
    nodes = ((name, digest_text(node)) for node, name in names.items())
    yield from table(Shape.NODES, _title(N_("日志 %(log)s 的节点"), log), nodes)


def node_names(log: LogFigures) -> dict[str, str]:
    """Name the nodes that paths share, in the order in which they first occur."""
    nodes = dict.fromkeys(node for event in log.covered for node in event.path)
    return {node: _NODE % number for number, node in enumerate(nodes, 1)}


# ---- As files


def enclosed(figures: TrailFigures) -> Sequence[Enclosed]:
    """Return the bundle of proofs and the program that checks it."""
    return (
        Enclosed(BUNDLE, N_("事件原文、证明路径和检查点"), "application/json", bundle(figures)),
        Enclosed(VERIFIER, N_("核验程序"), "text/x-python", _verifier()),
    )


def bundle(figures: TrailFigures) -> bytes:
    """Write all proofs as the verifier reads them."""
    logs = [
        {
            "log": log.log_id,
            "note": log.note,
            "key": log.key,
            "events": [{"seq": one.seq, "payload": one.payload, "path": list(one.path)} for one in log.covered],
        }
        for log in figures.logs
        if log.covered
    ]
    body = {"format": verify_audit.PROOFS, "installation": figures.installation, "logs": logs}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _verifier() -> bytes:
    return Path(verify_audit.__file__).read_bytes()
