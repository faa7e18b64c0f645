"""Whatever is changed in a bundle, both verifiers find it; what they name is what was changed.

A forger here is careful: the manifest's list of digests is brought into line after each change.
"""

import json
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from registry.audit.bundle import Scope
from registry.audit.events import leaf_hash
from registry.audit.verify_audit import Report, verify
from registry.clock import today
from registry.config import Settings
from tests.audit.bundling import (
    Members,
    bundled,
    lines_of,
    listed,
    manifest_of,
    members_of,
    packed,
    plain_json,
    put_lines,
    rewrite,
)
from tests.audit.second_verifier import judge
from tests.conftest import opened
from tests.factories import COUNTY, TOWNSHIP
from tests.trust.lived import COUNTY_LOG, keys, live, outside, told

EVENTS, PROOFS = f"events-{COUNTY_LOG}.jsonl", f"proofs-{COUNTY_LOG}.jsonl"
NOTES, STEPS = f"checkpoints-{COUNTY_LOG}.txt", f"consistency-{COUNTY_LOG}.jsonl"
Change = Callable[[Members], object]


@dataclass(frozen=True)
class Pristine:
    """Bundles nobody has touched, by kind, with the notes and keys their reader keeps elsewhere."""

    bundles: dict[str, Members]
    notes: list[str]
    keys: list[str]

    def judged(self, members: Members, folder: Path) -> tuple[Report, list[str]]:
        """What both verifiers say of altered members."""
        path = packed(members, folder / "altered.zip")
        return verify(path, self.notes, self.keys), judge(path, self.notes, self.keys)


@pytest.fixture(scope="module")
def pristine(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Pristine:
    folder = tmp_path_factory.mktemp("bundles")
    shutil.copytree(template, folder / "instance")
    found: dict[str, Members] = {}
    for app in opened(Settings(data_dir=folder / "instance", require_second_factor=False)):
        live(app)
        notes = [note for note in outside() if f"/{COUNTY_LOG}\n" in note]
        scopes = {
            "whole": Scope(COUNTY),
            "part": Scope(TOWNSHIP),
            "period": Scope(TOWNSHIP, today() - timedelta(days=1), today()),
        }
        for kind, scope in scopes.items():
            bundled(folder / f"{kind}.zip", scope)
            found[kind] = members_of(folder / f"{kind}.zip")
        return Pristine(found, notes, [keys()[0]])
    raise AssertionError


def _other(value: Any, dice: random.Random) -> Any:
    """Another value of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + dice.choice((1, -1, 7))
    if isinstance(value, dict):
        return {**value, "sha256": _other(value.get("sha256", ""), dice)}
    if value is None:
        return "x"
    text = str(value)
    place = dice.randrange(len(text)) if text else 0
    return text[:place] + ("a" if text[place : place + 1] != "a" else "b") + text[place + 1 :]


def rows(members: Members, dice: random.Random) -> Iterator[tuple[str, Change]]:
    """Every column of every table; rows dropped, doubled, given another id."""
    names = sorted(name for name in members if name.startswith("rows-"))
    while True:
        for name in names:
            place = dice.randrange(len(lines_of(members, name)))
            told_row = json.loads(lines_of(members, name)[place])
            column = dice.choice(sorted(told_row["row"]))
            table, key, value = name[5:-6], told_row["id"], _other(told_row["row"][column], dice)
            yield (
                f"{table} {key} {column}",
                lambda m, n=name, p=place, c=column, v=value: rewrite(
                    m, n, p, lambda line: line["row"].__setitem__(c, v)
                ),
            )
        name = dice.choice(names)
        place = dice.randrange(len(lines_of(members, name)))
        yield f"drop from {name}", lambda m, n=name, p=place: _recounted(m, n, p, [])
        yield f"double in {name}", lambda m, n=name, p=place: _recounted(m, n, p, [lines_of(m, n)[p]] * 2)
        yield f"new id in {name}", lambda m, n=name, p=place: rewrite(m, n, p, lambda line: line.update(id="999999"))
        yield f"no {name}", lambda m, n=name: _without_table(m, n)


def _recounted(members: Members, name: str, place: int, instead: list[bytes]) -> None:
    lines = lines_of(members, name)
    put_lines(members, name, [*lines[:place], *instead, *lines[place + 1 :]])
    with manifest_of(members) as manifest:
        manifest["tables"][name[5:-6]] = len(lines) - 1 + len(instead)


def _without_table(members: Members, name: str) -> None:
    del members[name]
    with manifest_of(members) as manifest:
        del manifest["tables"][name[5:-6]]


def events(members: Members, dice: random.Random) -> Iterator[tuple[str, Change]]:
    """Fields of events altered; events dropped with their proofs, doubled, exchanged; proofs and numbers altered."""
    count = len(lines_of(members, EVENTS))
    while True:
        place, other = dice.sample(range(count), 2)
        event = json.loads(lines_of(members, EVENTS)[place])
        for field in ("action", "at", "reason", "region", "region_seq", "outcome", "prev", "seq", "deed", "request"):
            value = _other(event[field], dice)
            yield (
                f"{field} of {place}",
                lambda m, p=place, f=field, v=value: rewrite(m, EVENTS, p, lambda line: line.__setitem__(f, v)),
            )
        yield (
            f"actor of {place}",
            lambda m, p=place: rewrite(m, EVENTS, p, lambda line: line["actor"].__setitem__("name", "另一个人")),
        )
        yield f"drop {place}", lambda m, p=place: _drop_event(m, p)
        yield f"double {place}", lambda m, p=place: _twice(m, p)
        yield f"exchange {place} {other}", lambda m, p=place, o=other: _exchange(m, p, o)
        yield f"blank in {place}", lambda m, p=place: _blank(m, p)
        if PROOFS in members:
            yield f"path of {place}", lambda m, p=place: rewrite(m, PROOFS, p, _bend)
            yield f"number of {place}", lambda m, p=place: rewrite(m, PROOFS, p, lambda x: x.update(seq=x["seq"] + 1))
            yield f"shorter path of {place}", lambda m, p=place: rewrite(m, PROOFS, p, lambda line: line["path"].pop())


def _bend(line: dict[str, Any]) -> None:
    line["path"][0] = ("0" if line["path"][0][0] != "0" else "1") + line["path"][0][1:]


def _drop_event(members: Members, place: int) -> None:
    for name in (EVENTS, PROOFS):
        if name in members:
            lines = lines_of(members, name)
            put_lines(members, name, [*lines[:place], *lines[place + 1 :]])
    with manifest_of(members) as manifest:
        manifest["logs"][str(COUNTY_LOG)]["events"] -= 1


def _twice(members: Members, place: int) -> None:
    for name in (EVENTS, PROOFS):
        if name in members:
            lines = lines_of(members, name)
            put_lines(members, name, [*lines[: place + 1], *lines[place:]])
    with manifest_of(members) as manifest:
        manifest["logs"][str(COUNTY_LOG)]["events"] += 1


def _exchange(members: Members, one: int, other: int) -> None:
    for name in (EVENTS, PROOFS):
        if name in members:
            lines = lines_of(members, name)
            lines[one], lines[other] = lines[other], lines[one]
            put_lines(members, name, lines)


def _blank(members: Members, place: int) -> None:
    lines = lines_of(members, EVENTS)
    lines[place] = lines[place].replace(b'","', b'", "', 1)
    put_lines(members, EVENTS, lines)


def frame(members: Members, dice: random.Random) -> Iterator[tuple[str, Change]]:
    """Notes, consistency, manifest, files: altered, dropped, added."""
    files = sorted(name for name in members if name.startswith("files/"))
    while True:
        notes = members[NOTES].decode().split("---\n")
        place = dice.randrange(len(notes))
        for number in range(3):
            yield f"line {number} of note {place}", lambda m, p=place, n=number: _alter_note(m, p, n, dice)
        yield f"signature of note {place}", lambda m, p=place: _alter_note(m, p, 4, dice)
        yield f"signature of note {place}, spare bit", lambda m, p=place: _spare_bit(m, p)
        yield f"drop note {place}", lambda m, p=place, n=notes: _put_notes(m, [*n[:p], *n[p + 1 :]])
        yield "root", lambda m: _log_entry(m, "root", "00" * 32)
        yield "size", lambda m: _log_entry(m, "size", 1)
        yield "as of", lambda m: _set_manifest(m, lambda told: told["as_of"].update(seq=told["as_of"]["seq"] - 1))
        yield "scope", lambda m: _set_manifest(m, lambda told: told["scope"].update({"from": "2001-01-01"}))
        yield "installation", lambda m: _set_manifest(m, lambda told: told.update(installation="0123456789abcdef"))
        if STEPS in members:
            step = dice.randrange(len(lines_of(members, STEPS)) - 1)
            yield f"step {step}", lambda m, p=step: rewrite(m, STEPS, p, _bend)
        name = dice.choice(files)
        yield f"bytes of {name}", lambda m, n=name: m.update({n: m[n] + b"x"})
        yield f"no {name}", lambda m, n=name: m.pop(n)
        yield "a file nobody names", lambda m: m.update({f"files/{'0' * 64}.pdf": b"x"})


def _spare_bit(members: Members, place: int) -> None:
    """The last character of a signature exchanged for one that stands for the same bytes."""
    notes = members[NOTES].decode().split("---\n")
    last = notes[place].rindex("=") - 1
    notes[place] = notes[place][:last] + chr(ord(notes[place][last]) + 1) + notes[place][last + 1 :]
    _put_notes(members, notes)


def _put_notes(members: Members, notes: list[str]) -> None:
    members[NOTES] = "---\n".join(notes).encode()


def _alter_note(members: Members, place: int, number: int, dice: random.Random) -> None:
    notes = members[NOTES].decode().split("---\n")
    lines = notes[place].split("\n")
    spot = len(lines[number]) - 2 if number != 1 else 0
    lines[number] = lines[number][:spot] + _other(lines[number][spot], dice) + lines[number][spot + 1 :]
    if number == 1:
        lines[1] = str(int(members[NOTES].decode().split("---\n")[place].split("\n")[1]) + 1)
    notes[place] = "\n".join(lines)
    _put_notes(members, notes)


def _log_entry(members: Members, key: str, value: object) -> None:
    _set_manifest(members, lambda told_all: told_all["logs"][str(COUNTY_LOG)].__setitem__(key, value))


def _set_manifest(members: Members, change: Callable[[dict[str, Any]], object]) -> None:
    with manifest_of(members) as manifest:
        change(manifest)


FAMILIES = {"rows": rows, "events": events, "frame": frame}


@pytest.mark.parametrize("kind", ["whole", "part", "period"])
@pytest.mark.parametrize("family", FAMILIES)
def test_every_change_of_a_bundle_is_found_by_both_verifiers(family, kind, pristine, tmp_path, full):
    dice = random.Random(20261129)
    few, many = (40, 240) if family != "rows" else (60, 400)
    changes = FAMILIES[family](pristine.bundles[kind], dice)
    done = 0
    for name, change in changes:
        members = dict(pristine.bundles[kind])
        change(members)
        if members == pristine.bundles[kind]:
            continue
        report, second = pristine.judged(listed(members), tmp_path)
        assert report.code in (1, 2), (kind, name, told(report))
        assert report.code == 1 or name.startswith(("drop note", "line", "signature", "size", "installation")), (
            kind, name, told(report),
        )  # fmt: skip
        assert second, (kind, name, told(report))
        done += 1
        if done == (many if full else few):
            break


@pytest.mark.parametrize("kind", ["whole", "part", "period"])
def test_an_untouched_bundle_packed_again_is_sound(kind, pristine, tmp_path):
    report, second = pristine.judged(listed(dict(pristine.bundles[kind])), tmp_path)
    assert (report.code, second) == (0, []), told(report)


@pytest.mark.parametrize("kind", ["whole", "part", "period"])
def test_one_digit_of_one_amount_is_named_with_table_row_and_column(kind, pristine, tmp_path):
    members = dict(pristine.bundles[kind])
    told_row = json.loads(lines_of(members, "rows-asset.jsonl")[0])
    wrong = told_row["row"]["original_value_fen"] + 10_000
    rewrite(members, "rows-asset.jsonl", 0, lambda line: line["row"].update(original_value_fen=wrong))
    report, second = pristine.judged(listed(members), tmp_path)
    named = f"asset {told_row['id']} 的 original_value_fen 与轨迹最后一次记录不同"
    assert [one.detail for one in report.findings if one.grade == "TAMPERED"] == [named]
    assert second == [f"row asset {told_row['id']} original_value_fen"]


def test_a_member_changed_without_the_manifest_is_found_by_its_digest_alone(pristine, tmp_path):
    for name in sorted(pristine.bundles["part"]):
        if name == "manifest.json":
            continue
        members = dict(pristine.bundles["part"])
        members[name] += b"\n" if name.endswith((".py", ".txt")) else b" "
        report, second = pristine.judged(members, tmp_path)
        assert (report.code == 1, bool(second)) == (True, True), name


def test_history_hashed_anew_passes_only_where_the_key_is_the_forgers_own(pristine, tmp_path):
    """The control: an event rewritten and all after it hashed anew fails at the signature, and at nothing before."""
    members = dict(pristine.bundles["whole"])
    lines, previous = lines_of(members, EVENTS), None
    for place in range(20, len(lines)):
        event = json.loads(lines[place])
        event["prev"] = previous or event["prev"]
        event["reason"] = "另有安排" if place == 20 else event["reason"]
        lines[place] = plain_json(event)
        previous = leaf_hash(lines[place].decode())
    put_lines(members, EVENTS, lines)
    report, second = pristine.judged(listed(members), tmp_path)
    assert {one.rule for one in report.findings if one.grade == "TAMPERED"} <= {
        "checkpoint", "outside", "manifest", "witness",
    }  # fmt: skip
    assert report.code == 1
    assert second
