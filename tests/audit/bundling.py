"""Bundles for tests: made of a county that lived, opened, altered as a forger would, and packed again."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from registry.audit.bundle import Scope, record_evidence
from registry.audit.bundle_writing import Sealed, write_bundle
from registry.evidence import store
from tests.factories import COUNTY, person

Members = dict[str, bytes]


def bundled(out: Path, scope: Scope, *, files: bool = True) -> Sealed:
    """A bundle of a unit, made by the auditor."""
    standing = record_evidence(scope, by=person("auditor"))
    return write_bundle(out, scope, standing, file_of=store.path_of if files else None)


def whole_county(out: Path) -> Sealed:
    """A bundle of everything the county has."""
    return bundled(out, Scope(COUNTY))


def members_of(path: Path) -> Members:
    """Every member of a bundle."""
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed(members: Members, out: Path) -> Path:
    """Pack members into a zip, as they are."""
    with zipfile.ZipFile(out, "w") as target:
        for name, data in members.items():
            target.writestr(name, data)
    return out


def listed(members: Members) -> Members:
    """Bring the manifest's list into line, as a careful forger does."""
    manifest = json.loads(members["manifest.json"])
    others = {name: data for name, data in members.items() if name != "manifest.json"}
    manifest["members"] = {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)} for name, data in others.items()
    }
    return {**others, "manifest.json": json.dumps(manifest, ensure_ascii=False).encode()}


@contextmanager
def manifest_of(members: Members) -> Iterator[dict[str, Any]]:
    """Open the manifest for changing."""
    manifest = json.loads(members["manifest.json"])
    yield manifest
    members["manifest.json"] = json.dumps(manifest, ensure_ascii=False).encode()


def lines_of(members: Members, name: str) -> list[bytes]:
    """The lines of a member."""
    return members[name].splitlines()


def put_lines(members: Members, name: str, lines: list[bytes]) -> None:
    """Write the lines of a member."""
    members[name] = b"".join(line + b"\n" for line in lines)


def plain_json(value: object) -> bytes:
    """Write a value as the bundle writes lines."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def rewrite(members: Members, name: str, place: int, change: Callable[[Any], None]) -> None:
    """Change one line of a member that holds JSON."""
    lines = lines_of(members, name)
    value = json.loads(lines[place])
    change(value)
    lines[place] = plain_json(value)
    put_lines(members, name, lines)
