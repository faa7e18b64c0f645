"""Decision records are numbered one after another, and the first line of each says its number."""

import re
from collections.abc import Iterable
from pathlib import Path

RECORDS = sorted((Path(__file__).resolve().parents[2] / "docs" / "decisions").glob("*.md"))


def faults(records: Iterable[tuple[str, str]]) -> list[str]:
    """Return what is wrong with records, each told by its file's name and its first line."""
    return [
        name
        for number, (name, head) in enumerate(records, start=1)
        if not name.startswith(f"{number:04d}-") or not re.match(rf"# {number:04d}\. \S", head)
    ]


def test_each_number_is_given_once_and_said_in_the_heading() -> None:
    assert RECORDS
    assert not faults((path.name, path.read_text(encoding="utf-8")) for path in RECORDS)


def test_a_number_given_twice_and_one_left_out_are_seen() -> None:
    assert faults([("0001-a.md", "# 0001. A"), ("0001-b.md", "# 0001. B")]) == ["0001-b.md"]
    assert faults([("0001-a.md", "# 0001. A"), ("0003-c.md", "# 0003. C")]) == ["0003-c.md"]
    assert faults([("0001-a.md", "# 0001 A")]) == ["0001-a.md"]
