"""Noticing at the start that the database is older than the checkpoints beside it (trust.md §2, check 16)."""

from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import Connection

from registry.audit.checkpoint import Checkpoint, parse
from registry.audit.merkle import Frontier
from registry.database import db, refuse_writes
from registry.errors import RegistryError
from registry.text import N_

OLDER = N_("数据库比旁边的检查点旧，像是换上了旧备份。请换回最新的数据库，或请审计管理员核对。")
FORKED = N_("操作日志与旁边的检查点对不上，可能被改动过。请勿继续使用，立即请审计管理员核对。")
UNREADABLE = N_("数据库旁边的检查点文件已损坏，无法核对操作日志。请从备份恢复检查点文件。")


def guard_against_old_database(folder: Path) -> str:
    """Compare the database with the checkpoint files; if it falls short, refuse writes and return why."""
    with db.engine.connect() as connection:
        reason = shortfall(connection, folder)
    refuse_writes(reason)
    return reason


def shortfall(connection: Connection, folder: Path) -> str:
    """Return what speaks against writing to this database, empty if every checkpoint file stands in its trail."""
    for file in sorted(folder.glob("[0-9]*")):
        try:
            checkpoint, _ = parse(file.read_text("utf-8"))
        except (RegistryError, UnicodeDecodeError):
            return UNREADABLE
        reason = _compare(connection, checkpoint)
        if reason:
            return reason
    return ""


def _compare(connection: Connection, checkpoint: Checkpoint) -> str:
    rows = text("SELECT leaf_hash FROM trail_event WHERE log_id = :log AND seq <= :size ORDER BY seq")
    found = connection.execute(rows, {"log": checkpoint.log_id, "size": checkpoint.size})
    frontier = Frontier()
    for (leaf,) in found:
        frontier.append(bytes.fromhex(leaf))
    if frontier.size < checkpoint.size:
        return OLDER
    return "" if frontier.root() == checkpoint.root else FORKED
