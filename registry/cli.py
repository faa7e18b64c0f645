"""The console script ``registry``: every command opens the application, does one thing and says how it ended."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from registry.commands import AS_USER, FILE, OUT, SIGNER, Commands, application, audit, months, say, warnings


@click.group(cls=Commands)
def main() -> None:
    """扶贫项目资产登记监管：命令行。"""


main.add_command(audit)
main.add_command(warnings)
main.add_command(months)


@main.command()
@click.option("--demo", is_flag=True, help="空库时装入演示区县，不显示一次性设置码")
def init(demo: bool) -> None:
    """建库或升级：生成密钥、更新数据表、装入区划。可以反复运行。"""
    with application():
        bring_up(demo=demo)


def bring_up(*, demo: bool) -> None:
    """Initialise and say what was done; an empty installation gets the demo county or the first-run page's code."""
    from registry.operations.console import initialise, setup_code

    done = initialise()
    if done.migrated:
        say("数据表已更新。")
    if done.units:
        say(f"已装入 {done.units:,} 个区划单位。")
    if done.empty and demo:
        load_demo_county()
    elif done.empty:
        say(f"系统还没有账号。请打开 /setup，输入一次性设置码：{setup_code()}")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", type=click.IntRange(1, 64), help="工作进程数；默认取设置文件")
@click.option("--prepare", type=click.Choice(["demo", "empty"]), help="先建库或升级，再开始服务")
def serve(host: str, port: int, workers: int | None, prepare: str | None) -> None:
    """开始服务。"""
    from registry.app import create_app
    from registry.operations import serve as service

    app = create_app()
    with app.app_context():
        if prepare:
            bring_up(demo=prepare == "demo")
        sign_ins = demo_sign_ins()
    for warning in service.prepare(app):
        click.secho(f"注意：{warning}", fg="yellow", err=True)
    hello = "\n".join([f"服务已启动：http://{host}:{port}（按 Ctrl+C 停止）", *sign_ins])
    service.run(app, host=host, port=port, workers=workers, ready=lambda: say(hello))


@main.command()
@click.option("--supervised", is_flag=True, hidden=True)
def worker(supervised: bool) -> None:
    """办理后台任务，定时签署检查点。serve 自己会带一个；用别的服务器时才要另起。"""
    from registry.app import create_app
    from registry.operations.worker import work

    work(create_app(), supervised=supervised)


@main.group()
def demo() -> None:
    """演示数据。"""


@demo.command("load")
def demo_load() -> None:
    """在空库中装入演示区县（石柱土家族自治县）。"""
    with application():
        load_demo_county()


def load_demo_county() -> None:
    """Load the demo county with a progress bar on the error stream."""
    from registry.demo.load import STEPS, load_demo

    with click.progressbar(length=STEPS, label="装入演示数据", file=sys.stderr) as bar:
        load_demo(bar.update)
    say("演示数据已装入。")


def demo_sign_ins() -> list[str]:
    """Return the lines that tell how to sign in to the demo; none for a real installation."""
    from registry.accounts.installation import is_demo
    from registry.demo.load import SIGN_INS

    lines = (f"  {one.username} / {one.password}  {one.title}" for one in SIGN_INS)
    return ["演示账号（用户名 / 密码）：", *lines] if is_demo() else []


@main.group()
def regions() -> None:
    """区划。"""


@regions.command("import")
@click.argument("file", type=FILE)
def regions_import(file: Path) -> None:
    """装入同样格式的区划文件；已有的单位不改。"""
    from registry.operations.console import import_regions

    with application():
        say(f"新增 {import_regions(file):,} 个区划单位。")


@main.group()
def user() -> None:
    """账号。角色由安全管理员在页面上授予。"""


@user.command("create")
@click.argument("username")
@click.option("--name", required=True, help="姓名")
@click.option("--post", required=True, help="职务")
@click.option("--unit", required=True, help="所在单位的 12 位区划代码")
@SIGNER
def user_create(username: str, name: str, post: str, unit: str, signer: str | None) -> None:
    """新增账号，显示首次密码。"""
    from registry.accounts.services import NewUser
    from registry.operations.console import actor_named, create_account

    with application():
        by = actor_named(signer) if signer else None
        say(f"账号已新增，首次密码（首次登录须修改）：{create_account(NewUser(username, name, post, unit), by)}")


@user.command("reset")
@click.argument("username")
@SIGNER
def user_reset(username: str, signer: str | None) -> None:
    """重置密码和动态口令，显示新的首次密码。"""
    from registry.operations.console import actor_named, reset_account

    with application():
        say(f"新的首次密码：{reset_account(username, actor_named(signer) if signer else None)}")


@user.command("disable")
@click.argument("username")
@click.option("--reason", required=True, help="理由")
@SIGNER
def user_disable(username: str, reason: str, signer: str | None) -> None:
    """停用账号，立即结束其会话。"""
    from registry.operations.console import actor_named, disable_account

    with application():
        disable_account(username, reason, actor_named(signer) if signer else None)
        say("账号已停用。")


@main.group()
def assets() -> None:
    """资产台账。"""


@assets.command("import")
@click.argument("file", type=FILE)
@AS_USER
@click.option("--region", metavar="CODE", help="表中没有单位的行登记到哪个单位")
@click.option("--dry-run", is_flag=True, help="只预检，不写入")
@click.option("--json", "as_json", is_flag=True, help="标准输出只打印一个 JSON 对象")
def assets_import(file: Path, username: str, region: str | None, dry_run: bool, as_json: bool) -> None:
    """导入台账文件：xlsx、xls、ods、csv。"""
    from registry.assets.register.sheets.console import import_file

    with application():
        outcome = import_file(file, username, region, dry_run)
    if as_json:
        click.echo(json.dumps(asdict(outcome), ensure_ascii=False, default=str))
        return
    say(f"共 {outcome.rows} 行：可导入 {outcome.importable}，需修改 {outcome.invalid}，"
        f"重复 {outcome.duplicate}，跳过 {outcome.skipped}。")  # fmt: skip
    for error in outcome.errors:
        say(f"  第 {error.row} 行 {error.column}“{error.value}”：{error.problem} {error.remedy}")


@assets.command("export")
@AS_USER
@click.option("--region", metavar="CODE", help="导出哪个单位；默认是本人所在单位")
@click.option("--out", required=True, type=OUT, help="写到哪个文件（.xlsx 或 .csv）")
def assets_export(username: str, region: str | None, out: Path) -> None:
    """导出台账；导出的文件可以原样再导入。"""
    from registry.assets.register.sheets.console import export_file

    with application():
        say(f"已导出 {export_file(username, region, out):,} 项资产。")


@main.command()
@click.argument("name")
@click.option("--region", metavar="CODE", required=True, help="哪个单位")
@AS_USER
@click.option("--out", required=True, type=OUT, help="写到哪个文件")
def report(name: str, region: str, username: str, out: Path) -> None:
    """打印报表到文件；与页面打印一样登记编号。"""
    from registry.reports.console import print_report

    with application():
        say(f"已打印，编号 {print_report(name, region, username, out)}。")


@main.command()
@click.option("--quiet", is_flag=True, help="不打印，只给退出码")
def doctor(quiet: bool) -> None:
    """检查服务所依赖的各项，给出处理办法。"""
    from registry.operations.console import examine

    with application():
        results = examine()
    for one in results if not quiet else ():
        mark = "正常  " if one.passed else "需处理"
        say(f"{mark}  {one.name}  {one.finding}" + ("" if one.passed else f"\n        {one.remedy}"))
    sys.exit(0 if all(one.passed for one in results) else 1)
