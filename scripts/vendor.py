"""Fetch the third-party files of the pages with ``npm pack`` and write them, their licences, the sprite and the lock.

Run it by hand when a version changes: ``python scripts/vendor.py``. The application itself never needs node.
"""

import gzip
import hashlib
import re
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

STATIC = Path(__file__).resolve().parents[1] / "registry" / "static"
VENDOR = STATIC / "vendor"
SPRITE = STATIC / "icons.svg"
LOCK = VENDOR / "vendor.lock"


@dataclass(frozen=True)
class Package:
    """One npm package and the files taken from it."""

    name: str
    version: str
    files: tuple[str, ...]

    @property
    def folder(self) -> Path:
        """The folder its files live in."""
        return VENDOR / f"{self.name}-{self.version}"


PACKAGES = (
    Package("bootstrap", "5.3.9", ("dist/css/bootstrap.min.css",)),
    Package("htmx.org", "4.0.1", ("dist/htmx.min.js",)),
)
ICON_PACKAGE = Package("bootstrap-icons", "1.13.2", ())
ICONS = (
    *("archive", "bookmark", "box-arrow-right", "calendar3", "cash-coin", "check-circle", "check-lg", "check2-square"),
    *("chevron-down", "chevron-left", "chevron-right", "clipboard-check", "clock", "clock-history", "diagram-3"),
    *("download", "exclamation-circle", "exclamation-triangle", "file-earmark-spreadsheet", "file-earmark-text"),
    *("files", "funnel", "gear", "geo-alt", "house", "info-circle", "list", "lock", "megaphone", "paperclip"),
    *("patch-check", "pause-circle", "pencil", "people", "person", "plus-lg", "printer", "qr-code", "search", "table"),
    *("trash", "upload", "x-circle", "x-lg"),
)
_INNER = re.compile(r"<svg[^>]*viewBox=\"([^\"]+)\"[^>]*>(.*)</svg>", re.DOTALL)
_BETWEEN = re.compile(r">\s+<")


def unpack(package: Package, into: Path) -> Path:
    """Fetch one package at its exact version and return the folder of its content."""
    spec = f"{package.name}@{package.version}"
    subprocess.run(["npm", "pack", spec, "--silent", "--pack-destination", str(into)], check=True)
    (archive,) = into.glob(f"{package.name}-*.tgz")
    with tarfile.open(archive) as bundle:
        bundle.extractall(into / package.name, filter="data")
    return into / package.name / "package"


def put(target: Path, content: bytes) -> None:
    """Write a file and, unless it is a licence, its compressed twin for the web server."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    if target.name != "LICENSE":
        target.with_name(target.name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))


def symbol(name: str, drawing: str) -> str:
    """Turn one icon file into a symbol of the sprite."""
    found = _INNER.search(drawing)
    if not found:
        raise ValueError(f"{name} is not an icon drawing")
    shape = _BETWEEN.sub("><", found[2].strip())
    return f'<symbol id="{name}" viewBox="{found[1]}">{shape}</symbol>'


def sprite(icons: Path) -> bytes:
    """Assemble the icons in use into one file."""
    symbols = (symbol(name, (icons / f"{name}.svg").read_text("utf-8")) for name in ICONS)
    return ('<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n").encode()


def lock_line(package: Package, target: Path) -> str:
    """Describe one written file: package, version, path below static, sha256."""
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    return f"{package.name} {package.version} {target.relative_to(STATIC).as_posix()} {digest}"


def main() -> None:
    """Fetch everything anew."""
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        for package in (*PACKAGES, ICON_PACKAGE):
            content = unpack(package, Path(scratch))
            targets = {package.folder / Path(name).name: content / name for name in (*package.files, "LICENSE")}
            for target, source in targets.items():
                put(target, source.read_bytes())
            if package is ICON_PACKAGE:
                put(SPRITE, sprite(content / "icons"))
                targets[SPRITE] = content
            lines += [lock_line(package, target) for target in targets]
    LOCK.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines)} files locked in {LOCK.relative_to(STATIC)}")


if __name__ == "__main__":
    main()
