"""Turn ``requirements*.in`` into the hashed lock files for every platform: ``python scripts/lock.py``.

Run it by hand when a version is to change; it needs ``uv`` (``pip install uv``) and whatever index pip is told of.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAMES = ("requirements", "requirements-dev")
OPTIONS = ("--universal", "--generate-hashes", "--no-header", "--no-emit-index-url", "--python-version", "3.11")


def lock(name: str) -> int:
    """Resolve one list; what is locked already stays at its version unless ``--upgrade`` is given."""
    command = ["uv", "pip", "compile", f"{name}.in", "--output-file", f"{name}.lock", *OPTIONS, *sys.argv[1:]]
    return subprocess.call(command, cwd=ROOT)


def main() -> int:
    """Lock both lists."""
    if not shutil.which("uv"):
        print("uv is missing: pip install uv")
        return 1
    return max(lock(name) for name in NAMES)


if __name__ == "__main__":
    sys.exit(main())
