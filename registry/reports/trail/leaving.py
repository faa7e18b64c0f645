"""离任交接摘录: what a person entered, confirmed, decided, handed over and printed in a term of office."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from registry.accounts.queries import list_grants
from registry.audit.scoped import Wanted
from registry.permissions import Actor, Role
from registry.places.queries import names_of
from registry.reports.covering import covered
from registry.reports.glances import Glance
from registry.reports.paper.drawing import draw_table
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.reports.paper.table import Column, Kind, Line, Note, Part, Row, Table
from registry.reports.parameters import Parameters
from registry.reports.trail.deeds import DeedLine, deed_lines, get_person, group_label
from registry.reports.trail.groups import Group, actions_of
from registry.reports.trail.period import period_of, period_text
from registry.reports.trail.titles import LEAVING as TITLE
from registry.text import N_

_SIGNERS = (N_("离任人："), N_("接任人："), N_("监交人："))
#: The parts of an extract, in order.
_PARTS = (
    Group.ENTERED, Group.CHANGED, Group.CONFIRMED, Group.DECIDED, Group.UNDONE, Group.CARRIED_OUT, Group.HANDED_OVER,
    Group.PEOPLE, Group.PRINTED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Office:
    """A role held in a unit during the term."""

    role: str
    unit_name: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Leaving:
    """The figures of an extract."""

    unit_name: str
    region_code: str
    period_text: str
    name: str
    post: str
    offices: tuple[Office, ...]
    lines: tuple[DeedLine, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def wanted_of(region_code: str, parameters: Parameters, on: date) -> Wanted:
    """Return which deeds an extract lists."""
    return Wanted(region_code, *period_of(parameters, on), parameters.person_id, actions_of(_PARTS))


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> Leaving:
    """Read what a person did in a unit and below in a term that ends on a day. Raises Missing."""
    covers, user = covered(region_code, actor, on), get_person(parameters.person_id, actor)
    wanted = wanted_of(region_code, parameters, on)
    grants = [
        grant
        for grant in list_grants(user.id)
        if grant.valid_from <= wanted.until and (grant.valid_to is None or grant.valid_to > wanted.since)
    ]
    names = names_of({grant.region_code for grant in grants})
    offices = tuple(
        Office(
            Role(grant.role).label, names[grant.region_code], grant.valid_from.isoformat(),
            grant.valid_to.isoformat() if grant.valid_to else "",
        )
        for grant in grants
    )  # fmt: skip
    return Leaving(
        covers.unit_name, covers.region_code, period_text(wanted.since, wanted.until), user.name, user.post, offices,
        tuple(deed_lines(wanted)),
    )  # fmt: skip


_TABLE = Table(
    columns=(
        Column(N_("序号"), 34, Align.CENTER, Kind.CODE),
        Column(N_("时间\n（起止）"), 96, Align.CENTER, Kind.CODE),
        Column(N_("事项\n（职务）"), 110),
        Column(N_("对象\n（单位）"), 150),
        Column(N_("改了什么"), 210),
        Column(N_("理由"), 103.89),
        Column(N_("日志条"), 70, Align.CENTER, Kind.CODE),
    ),
)


def draw(figures: Leaving, imprint: Imprint) -> bytes:
    """Draw the offices held, then each kind of work on sheets of its own."""
    who = f"{figures.name}（{figures.post}）" if figures.post else figures.name
    facts = ((N_("离任人"), who), (N_("任期"), figures.period_text))
    heading = Heading(TITLE, "", figures.unit_name, figures.region_code, facts, money_unit="", signers=_SIGNERS)
    return draw_table(LANDSCAPE, heading, _TABLE, lambda: rows(figures), imprint)


def rows(figures: Leaving) -> Iterator[Row]:
    """Lay out a summary and the parts that hold anything."""
    yield Part(N_("任职和办理情况"))
    for ordinal, one in enumerate(figures.offices, 1):
        term = f"{one.since} 至 {one.until}" if one.until else N_("%(day)s 起") % {"day": one.since}
        yield Line((str(ordinal), term, one.role, one.unit_name, None, None, None))
    held = {group: [one for one in figures.lines if one.kind == group.value] for group in _PARTS}
    for group, lines in held.items():
        yield Note(N_("%(kind)s：%(n)s 条") % {"kind": group.label, "n": f"{len(lines):,}"})
    for group, lines in held.items():
        if lines:
            yield Part(group_label(group.value))
            yield from _lines(lines)


def _lines(lines: list[DeedLine]) -> Iterator[Row]:
    for ordinal, one in enumerate(lines, 1):
        yield Line((
            str(ordinal), one.at, one.action, one.thing, one.changes or None, one.reason or None, one.place,
        ))  # fmt: skip


def glance(figures: Leaving) -> Glance:
    """Return what a reader compares of an extract; nobody is named."""
    return (
        (N_("单位"), figures.unit_name),
        (N_("任期"), figures.period_text),
        (N_("办理"), N_("%(n)s 条") % {"n": f"{len(figures.lines):,}"}),
    )
