"""Every way in which a careful forger alters a bundle: rows, events and proofs, notes and manifest."""

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

from tests.audit.bundling import Members, lines_of, manifest_of, put_lines, rewrite
from tests.trust.lived import COUNTY_LOG

EVENTS, PROOFS = f"events-{COUNTY_LOG}.jsonl", f"proofs-{COUNTY_LOG}.jsonl"
NOTES, STEPS = f"checkpoints-{COUNTY_LOG}.txt", f"consistency-{COUNTY_LOG}.jsonl"
Change = Callable[[Members], object]


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
