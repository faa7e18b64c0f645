"""A checkpoint kept elsewhere, held against the log as it stands now."""

import re
from dataclasses import dataclass

from registry import config
from registry.audit.actions import Action
from registry.audit.canonical import JsonValue
from registry.audit.checkpoint import VerifierKey, verify
from registry.audit.events import Thing
from registry.audit.keys import installation, origin, service_key
from registry.audit.merkle import Frontier, leaf_hash
from registry.audit.queries import last_seq, stream_payloads
from registry.audit.reading import logs_touching, reach_of
from registry.audit.services import record
from registry.database import transaction, why_read_only
from registry.errors import Invalid, Missing, RegistryError
from registry.permissions import Actor
from registry.text import N_, Labelled

_BEGINNING = re.compile(r"fpa/([0-9a-f]{1,40})/([0-9]{1,12})\n([0-9]{1,15})\n")


class Agreement(Labelled):
    """What became of a checkpoint held against the log."""

    HOLDS = "HOLDS", N_("相符：到这个检查点为止，一条都没有改过")
    DIFFERS = "DIFFERS", N_("不符：到这个检查点为止的事件被改过")
    CUT = "CUT", N_("不符：日志比检查点还短，后面的事件不见了")
    FORGED = "FORGED", N_("签名不成立：不是本系统签的，或文字被改过")


class NotANote(Invalid):
    """The text is no checkpoint."""

    message = N_("这不是检查点。请把二维码里的文字整段粘贴，或选存下来的文本文件。")


class OtherInstallation(Invalid):
    """The checkpoint belongs to another installation of the register."""

    message = N_("这个检查点是另一套系统的。")


class LogTooLong(Invalid):
    """A page would keep its reader waiting."""

    message = N_(
        "检查点覆盖 %(events)s 条，超过页面能当场处理的 %(most)s 条。请在服务器命令行运行 registry audit verify。"
    )


@dataclass(frozen=True)
class Compared:
    """One checkpoint: which log, up to which event, and how it agrees with the log of today."""

    log_id: int
    size: int
    total: int
    agreement: Agreement


def compare_note(text: str, *, by: Actor, most: int) -> Compared:
    """Hold a signed checkpoint against the log it names and record it. Raises NotANote, OtherInstallation, Missing."""
    note = text.strip().replace("\r\n", "\n") + "\n"
    log_id, size = _read(note)
    if log_id not in logs_touching(reach_of(by)):
        raise Missing
    if size > most:
        raise LogTooLong(events=f"{size:,}", most=f"{most:,}", field="notes")
    total = last_seq(log_id)
    found = Compared(log_id, size, total, _agreement(note, log_id, size, total))
    if not why_read_only():
        facts: dict[str, JsonValue] = {"code": int(found.agreement is not Agreement.HOLDS), "logs": {str(log_id): size}}
        with transaction(by.unit_code):
            record(Action.VERIFIED, Thing("trail", str(log_id), by.unit_code), by=by, facts=facts)
    return found


def _read(note: str) -> tuple[int, int]:
    match = _BEGINNING.match(note)
    if not match:
        raise NotANote(field="notes")
    if match[1] != installation(config.current()):
        raise OtherInstallation(field="notes")
    return int(match[2]), int(match[3])


def _agreement(note: str, log_id: int, size: int, total: int) -> Agreement:
    settings = config.current()
    name = origin(settings, log_id)
    try:
        signed = verify(note, [VerifierKey.of(service_key(settings), name)])
    except RegistryError:
        return Agreement.FORGED
    if signed.size != size or signed.origin != name:
        return Agreement.FORGED
    if size > total:
        return Agreement.CUT
    tree = Frontier()
    for payload in stream_payloads(log_id, size):
        tree.append(leaf_hash(payload.encode()))
    return Agreement.HOLDS if (tree.size, tree.root()) == (size, signed.root) else Agreement.DIFFERS
