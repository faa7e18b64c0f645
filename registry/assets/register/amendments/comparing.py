"""Two registrations side by side, in the words of the card. Pure."""

from dataclasses import dataclass
from itertools import zip_longest

from registry.assets.register.cards.answers import Answer, answers_of
from registry.assets.register.registration import Registration


@dataclass(frozen=True)
class Difference:
    """One line of the card as it stands and as it would stand."""

    label: str
    old: str
    new: str


def differences_of(old: Registration, new: Registration) -> list[Difference]:
    """Return every line of the card with both texts; several lines of one field are compared as one."""
    before, after = _by_field(old), _by_field(new)
    names = list(dict.fromkeys([*before, *after]))
    return [Difference(_label(before, after, name), _text(before, name), _text(after, name)) for name in names]


_Lines = dict[str, list[Answer]]


def _by_field(facts: Registration) -> _Lines:
    lines: _Lines = {}
    for group in answers_of(facts):
        for answer in group.answers:
            key = answer.field if answer.field in {"funding", "owners"} else answer.label
            lines.setdefault(key, []).append(answer)
    return lines


_JOINT_LABELS = {"funding": "资金来源", "owners": "所有权人"}


def _label(before: _Lines, after: _Lines, name: str) -> str:
    first = next(a or b for a, b in zip_longest(before.get(name, []), after.get(name, [])))
    return _JOINT_LABELS.get(name, first.label)


def _text(lines: _Lines, name: str) -> str:
    found = lines.get(name, [])
    if name in _JOINT_LABELS:
        return "；".join(f"{one.label} {one.text}" for one in found) or "—"
    return "；".join(one.text for one in found) or "—"
