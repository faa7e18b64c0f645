"""What is wrong in a unit and in each unit right below, as many rows as the lists behind the numbers show."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from registry.assets.register.cards.stock import stock_by
from registry.assets.register.categories import UseStatus
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.disposal.cases.queries import lies_with
from registry.ledger.operation.dues.totals import due_by
from registry.regions import CODE_LENGTH, Level, code_range
from registry.reports.boards.reach import View
from registry.reports.boards.rules import Alarm, Tallies, own_part
from registry.supervision.findings.models import Finding
from registry.supervision.findings.queries import WAITING_STATES
from registry.supervision.warnings.counts import kept_by
from registry.supervision.warnings.models import WarningHandOff, WarningSum
from registry.supervision.warnings.risks import Risk
from registry.supervision.warnings.rules import HandOffState, Severity

#: Before the first month of anything.
LONG_AGO = 194901
_NAMES = frozenset(alarm.value for alarm in Alarm)
#: How much is wrong, in the order of ``Alarm``, by unit: what the unit has itself, then its parts.
Alarms = Mapping[str, tuple[int, ...]]


def alarms_of(view: View, kept: Tallies | None = None) -> Alarms:
    """Return how much is wrong of each kind, in what the unit has itself and in each of its parts.

    ``kept`` are the numbers of idle assets and open dues, where they were read already.
    """
    found: dict[str, Counter[str]] = defaultdict(Counter)
    known = kept if kept is not None else kept_alarms(view)
    for counted in (_warnings(view), known, _findings(view), _hand_offs(view), _disposals(view)):
        for code, numbers in counted.items():
            found[code].update({name: number for name, number in numbers.items() if name in _NAMES})
    return {code: tuple(found[code][alarm.value] for alarm in Alarm) for code in view.codes}


def _warnings(view: View) -> Tallies:
    """Count what stands, from the kept sums."""
    late = {Risk.TITLE_LATE.value: Alarm.TITLE, Risk.HAND_OVER_LATE.value: Alarm.HAND_OVER}
    whole: dict[str, Counter[str]] = defaultdict(Counter)
    kept = of_sectors(WarningSum.sector, view)
    for code, risk, severity, number in kept_by(view.codes, "region_code", "risk", "severity", kept=kept):
        whole[code][(Alarm.SERIOUS if severity == Severity.HIGH.value else Alarm.OTHER).value] += number
        if risk in late:
            whole[code][late[risk].value] += number
    return {**whole, view.region_code: own_of(whole, view)}


def _read(rows: Select[*tuple[Any, ...]], names: Sequence[str]) -> dict[str, Counter[str]]:
    """Return numbers by unit; the first column is what tells one unit from its neighbours."""
    return {
        code.ljust(CODE_LENGTH, "0"): Counter({
            name: int(number or 0) for name, number in zip(names, numbers, strict=True)
        })
        for code, *numbers in db.session.execute(rows)
    }  # fmt: skip


def kept_alarms(view: View) -> Tallies:
    """Count what is idle and what is overdue, from the kept sums."""
    whole: dict[str, Counter[str]] = defaultdict(Counter)
    for sector in view.each_sector:
        for stock in stock_by(view.codes, "region_code", "use_status", sector=sector):
            if stock.key[1] == UseStatus.IDLE.value:
                whole[str(stock.key[0])][Alarm.IDLE.value] += stock.assets
        for due in due_by(view.codes, view.last_over, LONG_AGO, "region_code", sector=sector):
            whole[str(due.key[0])][Alarm.ARREARS.value] += due.open_dues
    return {**whole, view.region_code: own_of(whole, view)}


def own_of(whole: Mapping[str, Counter[str]], view: View) -> Counter[str]:
    """Return what a unit has itself, of kept sums; those of a municipality hold nothing of its counties."""
    return own_part(whole, view.region_code, view.parts, holds_parts=view.level is not Level.MUNICIPALITY)


def _findings(view: View) -> dict[str, Counter[str]]:
    late = and_(Finding.status.in_(WAITING_STATES), Finding.due_on < view.on)
    return _counted(view, Finding, {Alarm.FINDINGS: late}, late)


def _hand_offs(view: View) -> dict[str, Counter[str]]:
    late = and_(WarningHandOff.state == HandOffState.OPEN.value, WarningHandOff.due_on < view.on)
    answered = and_(
        WarningHandOff.state == HandOffState.ANSWERED.value, WarningHandOff.from_code == view.region_code
    )  # fmt: skip
    return _counted(view, WarningHandOff, {Alarm.HAND_OFFS: late, Alarm.ANSWERS: answered}, or_(late, answered))


def _disposals(view: View) -> dict[str, Counter[str]]:
    waiting = lies_with(view.region_code)
    return _counted(view, DisposalCase, {Alarm.DISPOSALS: waiting}, waiting)


def _counted(
    view: View, model: Any, figures: Mapping[Alarm, ColumnElement[bool]], wanted: ColumnElement[bool]
) -> dict[str, Counter[str]]:
    part = func.substr(model.region_code, 1, view.part_width)
    rows: Select[*tuple[Any, ...]] = select(part, *(func.count().filter(figure) for figure in figures.values()))
    rows = rows.where(*inside(model.region_code, view), wanted, *of_sectors(model.sector, view)).group_by(part)
    return _read(rows, [alarm.value for alarm in figures])


def inside(column: Any, view: View) -> tuple[ColumnElement[bool], ...]:
    """Keep the rows of a unit and below; nothing lies outside the municipality, and saying so misleads SQLite."""
    return () if view.level is Level.MUNICIPALITY else (column.between(*code_range(view.region_code)),)


def of_sectors(column: Any, view: View) -> tuple[ColumnElement[bool], ...]:
    """Keep the rows of the sectors that are looked at; all of them where none is chosen."""
    return (column.in_([sector.value for sector in view.sectors]),) if view.sectors else ()
