"""The trail on the console: verify, export, sign. What reads or prints is recorded in the name of its user."""

from collections.abc import Sequence
from pathlib import Path

import click

from registry.audit.export import export_trail, logs_in_reach
from registry.audit.keys import fingerprint
from registry.audit.verification import Verdict, verify_logs
from registry.audit.witness import sit
from registry.config import current
from registry.permissions import Actor, Permission
from registry.text import N_

VERDICTS = (N_("结论：未发现篡改。"), N_("结论：发现篡改！"), N_("结论：无法核验，原因见下。"))
SIGNED = N_("应审计管理员要求签署")


def verify(region: str | None, *, by: Actor, checkpoints: Sequence[Path] = ()) -> int:
    """Verify the logs in reach, or a region's, against earlier checkpoints; prints a report, returns its exit code."""
    verdict = verify_logs(logs_in_reach(by, Permission.TRAIL_VERIFY, region), checkpoints, by=by)
    for line in lines(verdict):
        click.echo(line)
    return verdict.code


def lines(verdict: Verdict) -> list[str]:
    """Return a verdict as a report."""
    found = [VERDICTS[verdict.code], *(log.line() for log in verdict.logs), *verdict.faults]
    if verdict.left_out:
        found.append(f"另有 {verdict.left_out} 处同类问题没有逐条列出。")
    return [*found, *verdict.remarks, *verdict.promises]


def export(region: str | None, out: Path, *, by: Actor) -> int:
    """Write an export of all logs in reach, or of a region's; returns the exit code."""
    done = export_trail(logs_in_reach(by, Permission.TRAIL_EXPORT, region), out, by=by)
    for log_id, size in done.sizes.items():
        click.echo(f"日志 {log_id}：{size:,} 条。")
    click.echo(f"已写入 {out}。解压后运行 python3 verify_audit.py . 即可离线核验；公钥指纹 {fingerprint(current())}。")
    return 0


def checkpoint(region: str | None, *, by: Actor, everything: bool = False) -> int:
    """Sign the logs in reach that are due (all that hold anything new, if asked), or a region's; then witness.

    Returns 1 when a county's history does not continue what was witnessed before.
    """
    logs = logs_in_reach(by, Permission.TRAIL_EXPORT, region)
    sitting = sit(logs, everything=everything or region is not None, reason=SIGNED, by=by)
    click.echo(f"签署 {len(sitting.signed)} 个日志，见证 {len(sitting.witnessed)} 个。")
    for log_id in sitting.refused:
        click.echo(f"日志 {log_id} 与上次见证的历史接不上，请立即核验！", err=True)
    return 1 if sitting.refused else 0
