"""Whether everything the service stands on is in order; asked by probes, by the status page and by the doctor."""

import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from registry import config
from registry.audit.plain import china_time
from registry.audit.queries import list_logs
from registry.audit.witness import DUE_AFTER
from registry.clock import now, today
from registry.database import db, why_read_only
from registry.engines import SAFE_SQLITE, engine_version, owns_tables, sqlite_module
from registry.jobs import list_unfinished, worker_file, worker_lives
from registry.ledger.books.soundness import unsound
from registry.ledger.distribution.plans.queries import list_risen
from registry.operations.kept import unequal_sums
from registry.operations.readonly import shortfall
from registry.operations.schema import current_revision, newest_revision
from registry.places.queries import names_of
from registry.regions import log_region
from registry.supervision.periods.queries import list_due
from registry.supervision.periods.rules import month_text
from registry.text import N_

_MIB = 1024 * 1024
#: Below this much free space the service no longer counts as ready.
LEAST_FREE_MIB = 512
#: An event that waits longer than this for a checkpoint was forgotten; one is due after a day.
LATEST = DUE_AFTER + timedelta(hours=1)
#: The worker has this long for closing what has become due.
LATE_CLOSING = timedelta(days=1)
_LATEST_SIGNED = text("SELECT max(at) FROM trail_checkpoint")
#: When the first event was written that no checkpoint of its log covers.
_FIRST_UNSIGNED = text(
    "SELECT at FROM trail_event WHERE log_id = :log"
    " AND seq = 1 + coalesce((SELECT max(size) FROM trail_checkpoint WHERE log_id = :log), 0)"
)


@dataclass(frozen=True)
class Check:
    """One thing looked at: its name, whether it is in order, what was found, and what helps if it is not.

    ``vital`` means that without it the service cannot work at all.
    """

    name: str
    passed: bool
    finding: str
    remedy: str
    vital: bool = True
    #: The units named in what was found; a page folds many.
    listed: tuple[str, ...] = ()


def checks(*, thorough: bool = False) -> list[Check]:
    """Look at everything, each on its own, so that one failure hides no other; ``thorough`` reads whole tables too."""
    return [_look(one) for one in (*CHECKS, *(THOROUGH if thorough else ()))]


def is_ready(results: list[Check]) -> bool:
    """Say whether everything vital is in order."""
    return all(one.passed for one in results if one.vital)


def _look(one: Callable[[], Check]) -> Check:
    try:
        return one()
    except (SQLAlchemyError, OSError) as error:
        return Check(N_("检查未能完成"), False, type(error).__name__, N_("请先排除上面的问题，再检查一次。"))  # noqa: FBT003


def database() -> Check:
    """Whether the database answers."""
    remedy = N_("请检查数据库服务是否启动，以及 FPA_DATABASE_URI 是否正确。")
    try:
        with db.engine.connect() as connection:
            return Check(N_("数据库"), True, engine_version(connection), remedy)  # noqa: FBT003
    except SQLAlchemyError as error:
        return Check(N_("数据库"), False, type(error).__name__, remedy)  # noqa: FBT003


def schema() -> Check:
    """Whether the tables are those this program expects."""
    with db.engine.connect() as connection:
        found = current_revision(connection)
    return Check(N_("数据表版本"), found == newest_revision(), found or "—", N_("请运行 registry init。"))


def role() -> Check:
    """Whether the service runs as a role that cannot drop the guards (PostgreSQL)."""
    with db.engine.connect() as connection:
        safe = config.current().is_sqlite or not owns_tables(connection)
    return Check(
        N_("数据库角色"),
        safe,
        db.engine.url.username or "",
        N_("服务不能用拥有数据表的角色。请把 FPA_DATABASE_URI 换成应用角色。"),
    )


def sqlite() -> Check:
    """Whether the embedded engine is new enough to survive a power cut."""
    version: tuple[int, ...] = sqlite_module().sqlite_version_info
    safe = not config.current().is_sqlite or version >= SAFE_SQLITE
    remedy = N_("请安装 pysqlite3 轮子包（3.51.3 以上），或改用 PostgreSQL。")
    return Check("SQLite", safe, ".".join(map(str, version)), remedy, vital=False)


def disk() -> Check:
    """Whether there is room left."""
    free = shutil.disk_usage(config.current().data_dir).free // _MIB
    return Check(N_("剩余磁盘空间"), free >= LEAST_FREE_MIB, f"{free:,} MiB", N_("请清理磁盘或扩容后再使用。"))


def uploads() -> Check:
    """Whether evidence and prints can be stored."""
    writable = os.access(config.current().uploads, os.W_OK)
    return Check(N_("附件目录"), writable, "", N_("请让运行服务的账户能写入数据目录下的 uploads。"))


def keys() -> Check:
    """Whether only the service's own account can read the keys."""
    folder = config.current().data_dir / "keys"
    files = sorted(folder.glob("*"))
    loose = [file for file in files if sys.platform != "win32" and _is_loose(file)]
    return Check(
        N_("密钥文件"),
        not loose,
        ", ".join(file.name for file in loose or files),
        N_("请把 keys 目录下的文件权限改为 0600。"),
        vital=False,
    )


def _is_loose(file: Path) -> bool:
    return bool(stat.S_IMODE(file.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO))


def trail() -> Check:
    """Whether the database holds every signed checkpoint that lies beside it."""
    folder = config.current().checkpoints
    with db.engine.connect() as connection:
        reason = why_read_only() or shortfall(connection, folder)
    units = _units(file.name for file in sorted(folder.glob("[0-9]*")))
    return Check(N_("操作日志与检查点"), not reason, "、".join(units), reason, vital=False, listed=units)


def _units(logs: Iterable[str]) -> tuple[str, ...]:
    """Name the units whose logs have these numbers; what is no such number stays as it is."""
    codes = {log: log_region(int(log)) if log.isascii() and log.isdigit() else log for log in logs}
    names = names_of(codes.values())
    return tuple(names.get(code, log) for log, code in codes.items())


def worker() -> Check:
    """Whether the worker lives, or was stopped properly and nothing waits for it."""
    said = worker_file().read_text("utf-8") if worker_file().exists() else ""
    lives = worker_lives()
    return Check(
        N_("后台任务进程"),
        lives or not (said or list_unfinished()),
        _since(said) if lives else "",
        N_("后台任务进程没有运行。registry serve 会带起它，请重启服务；用别的服务器时请另起 registry worker。"),
        vital=False,
    )


def _since(said: str) -> str:
    """Say which process works since when, in China's time."""
    process, _space, at = said.partition(" ")
    try:
        return f"{process} · {china_time(at)}"
    except ValueError:
        return said


def signing() -> Check:
    """Whether checkpoints are signed in time: no event has waited for one longer than it should."""
    waiting = {log_id: db.session.scalar(_FIRST_UNSIGNED, {"log": log_id}) for log_id in list_logs()}
    limit = now() - LATEST
    late = {str(log): at for log, at in waiting.items() if at and datetime.fromisoformat(at) < limit}
    told = tuple(f"{unit} {china_time(at)}" for unit, at in zip(_units(late), late.values(), strict=True))
    latest = db.session.scalar(_LATEST_SIGNED)
    return Check(
        N_("最近签署检查点"),
        not late,
        "；".join(told) or (china_time(latest) if latest else ""),
        N_("检查点过了时间没有签署。请看后台任务进程是否运行、日志里有没有出错，或请审计管理员手动签署。"),
        vital=False,
        listed=told,
    )


def books() -> Check:
    """Whether every voucher balances, no number is missing, and the kept sums are those of the postings."""
    wrong = unsound()
    remedy = N_("账簿不平、断号或汇总不符。请停止记账，用最近的备份比对，并保留现场请人查验。")
    return Check(N_("账簿平衡"), not wrong, "; ".join(wrong), remedy, vital=False)


def kept_sums() -> Check:
    """Whether the sums that boards and lists show are those of the rows beneath them."""
    wrong = unequal_sums()
    found = "; ".join(f"{table}: {rows[0]}" for table, rows in wrong.items())
    remedy = N_("留存的合计与明细不符，看板和列表上的数可能不对。请保留现场，请人查验。")
    return Check(N_("合计与明细"), not wrong, found, remedy, vital=False)


def stopped_plans() -> Check:
    """Whether every plan that was stopped is stopped still; money that came back once let some stand again."""
    found = "; ".join(f"{plan.region_code}: {plan.title}" for plan in list_risen())
    remedy = N_(
        "这些分配方案停止以后，因为登记退回的款又变成了发放中或者发放完毕。请不要再从这些方案发放，也不要再停止一次；"
        "先备份、保留现场，请人查验后改回“已由调整方案代替”，再看“合计与明细”。"
    )
    return Check(N_("停止的分配方案"), not found, found, remedy, vital=False)


def months() -> Check:
    """Whether the months of every county in use are closed in time."""
    late = list_due(today() - LATE_CLOSING)
    names = names_of(late)
    return Check(
        N_("定期报表封存"),
        not late,
        "；".join(f"{names.get(code, code)} {month_text(waiting[0])}" for code, waiting in late.items()),
        N_("有区县的月度报表到期没有封存。请看后台任务进程是否运行，或运行 registry months close。"),
        vital=False,
    )


CHECKS: tuple[Callable[[], Check], ...] = (database, schema, role, sqlite, disk, uploads, keys, trail, worker, signing)
THOROUGH: tuple[Callable[[], Check], ...] = (books, kept_sums, stopped_plans, months)
READINESS: tuple[Callable[[], Check], ...] = (database, schema, disk, uploads)


def readiness() -> list[Check]:
    """Look only at what a load balancer must know, quickly."""
    return [_look(one) for one in READINESS]
