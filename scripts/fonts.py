"""Fetch the fonts that paper is printed with into registry/data/fonts and lock their digests.

    python scripts/fonts.py            fetch with npm and apt-get, check against the lock
    python scripts/fonts.py --relock   the same, and write a new lock

Noto Sans SC (OFL 1.1) covers the first two levels of GB 18030-2022, HanaMinB (OFL 1.1 or Hanazono licence) the third:
all of CJK extensions B to F. Both are TrueType; the files stay whole, because a rare character must print.
"""

import hashlib
import json
import lzma
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

FONTS = Path(__file__).resolve().parents[1] / "registry" / "data" / "fonts"
LOCK = FONTS / "fonts.lock.json"
NOTO = "@expo-google-fonts/noto-sans-sc@0.4.3"
HANAZONO = "fonts-hanazono"
NOTO_FILES = {
    "package/400Regular/NotoSansSC_400Regular.ttf": "NotoSansSC-Regular.ttf",
    "package/700Bold/NotoSansSC_700Bold.ttf": "NotoSansSC-Bold.ttf",
    "package/LICENSE_FONT": "NotoSansSC-OFL.txt",
}
HANAZONO_FILES = {
    "usr/share/fonts/truetype/hanazono/HanaMinB.ttf": "HanaMinB.ttf",
    "usr/share/doc/fonts-hanazono/copyright": "HanaMinB-licence.txt",
}


def main() -> int:
    """Fetch, then check against the lock or write it."""
    with tempfile.TemporaryDirectory() as name:
        found = noto(Path(name)) | hanazono(Path(name))
    digests = {file: hashlib.sha256(data).hexdigest() for file, data in sorted(found.items())}
    if "--relock" in sys.argv:
        FONTS.mkdir(parents=True, exist_ok=True)
        LOCK.write_text(json.dumps({"sources": [NOTO, HANAZONO], "sha256": digests}, indent=2) + "\n", "utf-8")
    if json.loads(LOCK.read_text("utf-8"))["sha256"] != digests:
        print("digests differ from", LOCK.name, "- nothing written")
        return 1
    for file, data in found.items():
        store(file, data)
    return 0


def noto(folder: Path) -> dict[str, bytes]:
    """Unpack the two weights and their licence from the npm package."""
    subprocess.run(["npm", "pack", "--silent", NOTO], cwd=folder, check=True)
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        return {file: read(archive, member) for member, file in NOTO_FILES.items()}


def read(archive: tarfile.TarFile, member: str) -> bytes:
    """Read one member; a missing one is an error."""
    stream = archive.extractfile(member)
    if stream is None:
        raise FileNotFoundError(member)
    return stream.read()


def hanazono(folder: Path) -> dict[str, bytes]:
    """Unpack the rare characters and their licence from the Debian package."""
    subprocess.run(["apt-get", "download", "-qq", HANAZONO], cwd=folder, check=True)
    subprocess.run(["dpkg-deb", "-x", str(next(folder.glob("*.deb"))), "tree"], cwd=folder, check=True)
    return {file: (folder / "tree" / member).read_bytes() for member, file in HANAZONO_FILES.items()}


def store(file: str, data: bytes) -> None:
    """Write one file; the rare characters packed, since few documents ever open them."""
    if file == "HanaMinB.ttf":
        (FONTS / f"{file}.xz").write_bytes(lzma.compress(data, preset=6))
    else:
        (FONTS / file).write_bytes(data)


if __name__ == "__main__":
    raise SystemExit(main())
