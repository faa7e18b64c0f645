"""Commands that watch over an installation, and what every command of the console script shares."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from registry.errors import RegistryError

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, writable=True, path_type=Path)
SIGNER = click.option("--as", "signer", metavar="USER", help="以谁的名义办理；不写则记为系统")
AS_USER = click.option("--as", "username", required=True, metavar="USER", help="以谁的名义办理")
say = click.echo


class Commands(click.Group):
    """A group that tells a refusal in words instead of a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except RegistryError as error:
            raise click.ClickException(str(error)) from error


@contextlib.contextmanager
def application() -> Iterator[None]:
    """Open the application for one command."""
    from registry.app import create_app
    from registry.operations import logs

    logs.configure()
    with create_app().app_context():
        yield


@click.group()
def audit() -> None:
    """操作日志。退出码：0 完好，1 被改动，2 无法校验，3 用法不对。"""


@audit.command("verify")
@AS_USER
@click.option("--region", metavar="CODE", help="只校验这个单位所在的日志")
@click.option("--checkpoint", "earlier", type=FILE, multiple=True, help="手中早先的检查点文件，可写多个")
def audit_verify(username: str, region: str | None, earlier: tuple[Path, ...]) -> None:
    """校验操作日志。"""
    from registry.audit.console import verify
    from registry.operations.console import actor_named

    with application():
        sys.exit(verify(region, by=actor_named(username), checkpoints=earlier))


@audit.command("export")
@AS_USER
@click.option("--region", metavar="CODE", help="只导出这个单位所在的日志")
@click.option("--out", required=True, type=OUT, help="写到哪个文件")
def audit_export(username: str, region: str | None, out: Path) -> None:
    """导出操作日志，供离线校验。"""
    from registry.audit.console import export
    from registry.operations.console import actor_named

    with application():
        sys.exit(export(region, out, by=actor_named(username)))


@audit.command("checkpoint")
@AS_USER
@click.option("--region", metavar="CODE", help="只签署这个单位所在的日志")
@click.option("--all", "everything", is_flag=True, help="不到期的也签")
def audit_checkpoint(username: str, region: str | None, everything: bool) -> None:
    """签署检查点。"""
    from registry.audit.console import checkpoint
    from registry.operations.console import actor_named

    with application():
        sys.exit(checkpoint(region, by=actor_named(username), everything=everything))


@click.group()
def warnings() -> None:
    """风险预警。"""


@warnings.command("evaluate")
@click.option("--region", metavar="CODE", help="只核对这个区县；默认全市")
def warnings_evaluate(region: str | None) -> None:
    """按规则全面核对一遍，更新预警。后台每天会自己做。"""
    from registry.clock import today
    from registry.supervision.warnings.console import evaluate

    with application():
        tally = evaluate(region, today())
    say(f"新发现 {tally.opened:,} 条，已消除 {tally.closed:,} 条，现有 {tally.standing:,} 条。")


@click.group()
def months() -> None:
    """定期报表。"""


@months.command("close")
@click.option("--region", metavar="CODE", help="只封存这个区县；默认全市")
def months_close(region: str | None) -> None:
    """封存到期的月份。后台每天会自己做；封存以后不能撤销。"""
    from registry.clock import today
    from registry.supervision.periods.console import close

    with application():
        say(f"封存了 {close(region, today()):,} 个月份。")
