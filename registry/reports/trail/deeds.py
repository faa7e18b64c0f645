"""Deeds of the trail as papers say them: who, when, what, on what, what was changed from what to what, why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from registry.accounts.models import User
from registry.audit.actions import Outcome
from registry.audit.plain import ABSENT, Line, PlainEvent, RowChange, Said, Verb, plain
from registry.audit.scoped import Wanted, stream_done
from registry.database import db
from registry.errors import Missing
from registry.permissions import Actor, Permission, may
from registry.places.queries import names_of
from registry.reports.code_words import code_word
from registry.reports.trail.groups import Group, group_of
from registry.sealing import masked_name
from registry.text import N_

#: More columns than this of one deed are only counted; the trail itself shows them all.
_MOST_COLUMNS = 8
#: Tables whose rows are persons or households: papers show their names masked.
_PERSONS = frozenset({"household", "household_person", "party", "public_post", "objection", "account_change"})
_SIMPLE = frozenset({"text", "word", "month", "code", "unit"})


@dataclass(frozen=True, slots=True)
class DeedLine:
    """One deed of a paper; ``kind`` is the name of its group."""

    at: str
    who: str
    post: str
    kind: str
    action: str
    thing: str
    changes: str
    reason: str
    place: str


def deed_lines(wanted: Wanted) -> Iterator[DeedLine]:
    """Yield the deeds wanted, as papers say them."""
    for payload in stream_done(wanted):
        yield line_of(plain(payload))


def line_of(event: PlainEvent) -> DeedLine:
    """Say one event in the words of a paper."""
    refused = "" if event.outcome is Outcome.DONE else f"（{event.outcome.label}）"
    return DeedLine(
        at=event.at, who=event.who, post=f"{event.unit_name}{event.post}", kind=group_of(event.action).value,
        action=f"{event.action.label}{refused}", thing=_thing(event), changes=changes_text(event.rows),
        reason=event.reason, place=f"{event.log_id}-{event.seq}",
    )  # fmt: skip


def _thing(event: PlainEvent) -> str:
    name = event.subject
    if event.thing_table in _PERSONS and name:
        name = masked_name(name)
    return f"{event.thing_label} {name or event.thing_id}".strip()


def changes_text(rows: Iterable[RowChange]) -> str:
    """Say what a deed changed: rows added and removed by name, columns of the others from what to what."""
    said: list[str] = []
    for row in rows:
        if row.verb is not Verb.CHANGED:
            said.append(f"{row.verb.label}{row.label}")
            continue
        said += [f"{row.label}·{_column(line)}" for line in row.lines]
    shown = list(dict.fromkeys(said))
    more = len(shown) - _MOST_COLUMNS
    rest = [N_("另 %(n)s 处") % {"n": more}] if more > 0 else []
    return "；".join([*shown[:_MOST_COLUMNS], *rest])


def _column(line: Line) -> str:
    if line.table in _PERSONS or not {line.before.kind, line.after.kind} <= _SIMPLE:
        return N_("%(label)s有改动") % {"label": line.label}
    return f"{line.label}：{_said(line, line.before)}→{_said(line, line.after)}"


def _said(line: Line, value: Said) -> str:
    """Put the word of its feature to a code, and its name to a unit."""
    if value.kind == "code":
        return code_word(value.text, line.table, line.column)
    if value.kind == "unit":
        return names_of([value.text]).get(value.text, value.text)
    return value.text or ABSENT


def group_label(kind: str) -> str:
    """Return what a kind of work is called."""
    return Group(kind).label


def get_person(person_id: int, actor: Actor) -> User:
    """Return a person whose unit the actor may print papers of; raises Missing."""
    user = db.session.get(User, person_id)
    if user is None or not may(actor, Permission.PRINT, user.region_code):
        raise Missing
    return user
