"""受益对象调整表: the households of one request of change, before and after, why and from when; names masked."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from registry.clock import local
from registry.database import db
from registry.errors import Missing
from registry.ledger.distribution.rolls.change_queries import get_change
from registry.ledger.distribution.rolls.models import RollChangeLine
from registry.parties.households.models import Household
from registry.permissions import Actor, Permission
from registry.reports.covering import covered
from registry.reports.paper.drawing import draw_table
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.reports.paper.table import Column, Kind, Line, Note, Row, Table
from registry.reports.parameters import Parameters
from registry.sealing import masked_name
from registry.text import N_

TITLE = N_("受益对象调整表")
_SIGNERS = (N_("制表人："), N_("村负责人："), N_("监督委员会："), N_("乡镇审核："))


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change of one household, as it is posted."""

    head: str
    group_name: str
    reason: str
    event_on: str
    before: str
    after: str
    effective_on: str
    note: str


@dataclass(frozen=True, slots=True)
class RollChangeSheet:
    """The figures of one request of changes."""

    unit_name: str
    region_code: str
    title: str
    basis: str
    asked_on: str
    state: str
    rows: tuple[ChangeRow, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> RollChangeSheet:
    """Read one request of changes. Raises Missing."""
    change = get_change(parameters.change_id, actor, Permission.PRINT)
    if change.region_code != region_code:
        raise Missing
    return RollChangeSheet(
        unit_name=covered(region_code, actor, on).unit_name,
        region_code=region_code,
        title=change.title,
        basis=change.basis,
        asked_on=local(change.asked_at).date().isoformat(),
        state=change.state.label,
        rows=tuple(map(_row, change.lines)),
    )


def _row(line: RollChangeLine) -> ChangeRow:
    household = line.household
    named = _named(line)
    return ChangeRow(
        head=masked_name(household.party.name),
        group_name=household.group_name,
        reason=line.why.label,
        event_on=line.event_on.isoformat(),
        before=_masked(line.before, named),
        after=_masked(line.after, named),
        effective_on=line.effective_on.isoformat(),
        note=_masked(line.note, named),
    )


def _named(line: RollChangeLine) -> set[str]:
    """Return the names that the words of a line may hold: of its people, and of the household it joins."""
    target = json.loads(line.content).get("target")
    joined = db.session.get(Household, target) if target else None
    heads = [one.party.name for one in (line.household, joined) if one is not None]
    return {*heads, *(stay.person.name for stay in line.household.stays)}


def _masked(words: str, names: set[str]) -> str:
    """Mask names within a sentence, longer ones first."""
    for name in sorted(names, key=len, reverse=True):
        words = words.replace(name, masked_name(name))
    return words


_TABLE = Table(
    columns=(
        Column(N_("序号"), 28, Align.CENTER, Kind.CODE),
        Column(N_("户主"), 58, Align.CENTER),
        Column(N_("组别"), 52, Align.CENTER),
        Column(N_("调整原因"), 86),
        Column(N_("发生日期"), 54, Align.CENTER, Kind.CODE),
        Column(N_("调整前"), 175),
        Column(N_("调整后"), 175),
        Column(N_("生效日期"), 54, Align.CENTER, Kind.CODE),
        Column(N_("备注"), 91.89),
    ),
    counted=N_("户"),
)


def draw(figures: RollChangeSheet, imprint: Imprint) -> bytes:
    """Draw the sheet, each change in one line."""
    facts = ((N_("申请日期"), figures.asked_on), (N_("状态"), figures.state), (N_("依据"), figures.basis or "—"))
    heading = Heading(TITLE, figures.title, figures.unit_name, figures.region_code, facts, "", _SIGNERS)
    return draw_table(LANDSCAPE, heading, _TABLE, lambda: _rows(figures), imprint)


def _rows(figures: RollChangeSheet) -> Iterator[Row]:
    for ordinal, row in enumerate(figures.rows, 1):
        yield Line((
            str(ordinal), row.head, row.group_name or None, row.reason, row.event_on, row.before or None,
            row.after or None, row.effective_on, row.note,
        ))  # fmt: skip
    yield Note(
        N_("共 %(count)s 项调整；自生效日期起按调整后的情况享受，已享受的月份照发。") % {"count": len(figures.rows)}
    )
