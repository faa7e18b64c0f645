"""What a reader of the trail asks for: read from the address, written back to it, and said in words. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from registry.audit.actions import Action
from registry.audit.labels import TABLES, table_label
from registry.clock import start_of
from registry.errors import Invalid
from registry.regions import is_code
from registry.text import N_

MAX_NAME = 20
_THING = re.compile(r"([a-z_]{1,40}):([0-9A-Za-z/_.-]{1,40})")
_NUMBER = re.compile(r"[1-9][0-9]{0,11}")


class NotACondition(Invalid):
    """A condition in the address cannot be understood."""

    message = N_("“%(label)s”不能是“%(text)s”。")


@dataclass(frozen=True)
class Asked:
    """The conditions on a list of events, and the place in it: before one event or after another."""

    region: str = ""
    who: str = ""
    action: Action | None = None
    day_from: date | None = None
    day_to: date | None = None
    thing: tuple[str, str] | None = None
    before: int | None = None
    after: int | None = None

    @property
    def since(self) -> str:
        """The first moment of the first day in China, as the trail writes moments."""
        return _midnight(self.day_from) if self.day_from else ""

    @property
    def until(self) -> str:
        """The first moment after the last day."""
        return _midnight(self.day_to + timedelta(days=1)) if self.day_to else ""


@dataclass(frozen=True)
class Chip:
    """One condition in words, and what is asked without it."""

    label: str
    kind: str
    text: str
    without: Asked


def _midnight(day: date) -> str:
    return start_of(day).isoformat(timespec="microseconds").replace("+00:00", "Z")


LABELS = {
    "region": N_("单位"), "who": N_("办理人"), "action": N_("事项"), "day_from": N_("从"), "day_to": N_("到"),
    "thing": N_("对象"), "before": N_("位置"), "after": N_("位置"),
}  # fmt: skip


def parse(args: Mapping[str, str]) -> Asked:
    """Read the conditions; raises NotACondition for the first that cannot be understood."""
    asked = Asked()
    for name, read in _READERS.items():
        text = args.get(name, "").strip()
        if not text:
            continue
        try:
            asked = replace(asked, **{name: read(text)})  # type: ignore[arg-type]
        except ValueError as error:
            raise NotACondition(field=name, label=LABELS[name], text=text[:40]) from error
    return asked


def _region(text: str) -> str:
    if not is_code(text):
        raise ValueError(text)
    return text


def _thing(text: str) -> tuple[str, str]:
    match = _THING.fullmatch(text)
    if not match or match[1] not in TABLES:
        raise ValueError(text)
    return match[1], match[2]


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _name(text: str) -> str:
    if len(text) > MAX_NAME:
        raise ValueError(text)
    return text


_READERS: dict[str, Callable[[str], object]] = {
    "region": _region, "who": _name, "action": Action, "day_from": date.fromisoformat,
    "day_to": date.fromisoformat, "thing": _thing, "before": _number, "after": _number,
}  # fmt: skip


def query(asked: Asked) -> dict[str, str]:
    """Return the conditions as an address carries them."""
    found = {field.name: getattr(asked, field.name) for field in fields(asked)}
    return {name: ":".join(value) if name == "thing" else str(value) for name, value in found.items() if value}


def chips(asked: Asked) -> list[Chip]:
    """Return every condition in words."""
    words = {
        "region": ("unit", asked.region),
        "who": ("text", asked.who),
        "action": ("word", asked.action.label if asked.action else ""),
        "day_from": ("text", str(asked.day_from or "")),
        "day_to": ("text", str(asked.day_to or "")),
        "thing": ("text", f"{table_label(asked.thing[0])} {asked.thing[1]}" if asked.thing else ""),
    }
    plain = replace(asked, before=None, after=None)
    return [
        Chip(LABELS[name], kind, text, replace(plain, **{name: getattr(Asked(), name)}))
        for name, (kind, text) in words.items()
        if text
    ]


def escaped(text: str) -> str:
    """Return a text as a LIKE pattern finds it inside a JSON string."""
    inside = text.replace("\\", "\\\\").replace('"', '\\"')
    return re.sub(r"([\\%_])", r"\\\1", inside)
