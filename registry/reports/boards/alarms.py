"""What is wrong in a unit and in each unit right below, as many rows as the lists behind the numbers show."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select

from registry.assets.register.cards.stock import stock_by
from registry.assets.register.categories import UseStatus
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.disposal.cases.queries import lies_with
from registry.ledger.operation.dues.totals import due_by
from registry.places.models import Region
from registry.regions import CODE_LENGTH, Level, code_range
from registry.reports.boards.reach import View
from registry.reports.boards.rules import Alarm, own_part
from registry.supervision.findings.models import Finding
from registry.supervision.findings.queries import WAITING_STATES
from registry.supervision.warnings.models import RiskWarning, WarningHandOff
from registry.supervision.warnings.risks import Risk
from registry.supervision.warnings.rules import HandOffState, Severity

#: Before the first month of anything.
LONG_AGO = 0
#: How much is wrong, in the order of ``Alarm``, by unit: what the unit has itself, then its parts.
Alarms = Mapping[str, tuple[int, ...]]


def alarms_of(view: View) -> Alarms:
    """Return how much is wrong of each kind, in what the unit has itself and in each of its parts."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for counted in (_warnings(view), _kept(view), _findings(view), _hand_offs(view), _disposals(view)):
        for code, numbers in counted.items():
            found[code].update(numbers)
    return {code: tuple(found[code][alarm] for alarm in Alarm) for code in view.codes}


def _warnings(view: View) -> dict[str, Counter[str]]:
    """Count what stands unit by unit: each stretch is walked in the index, none of the rows is sorted."""
    serious = RiskWarning.severity == Severity.HIGH.value
    figures = {
        Alarm.SERIOUS: func.count().filter(serious),
        Alarm.OTHER: func.count().filter(~serious),
        Alarm.TITLE: func.count().filter(RiskWarning.risk == Risk.TITLE_LATE.value),
        Alarm.HAND_OVER: func.count().filter(RiskWarning.risk == Risk.HAND_OVER_LATE.value),
    }
    within_part = func.substr(Region.region_code, 1, view.part_width).concat("9" * (CODE_LENGTH - view.part_width))
    last = case((Region.region_code == view.region_code, view.region_code), else_=within_part)
    rows = (
        select(Region.region_code, *figures.values())
        .join(RiskWarning, RiskWarning.region_code.between(Region.region_code, last))
        .where(
            Region.region_code.in_(view.codes), RiskWarning.closed_at.is_(None), *of_sectors(RiskWarning.sector, view)
        )
        .group_by(Region.region_code)
    )
    return {code: Counter(dict(zip(figures, counts, strict=True))) for code, *counts in db.session.execute(rows)}


def _kept(view: View) -> dict[str, Counter[str]]:
    """Count what is idle and what is overdue, from the kept sums."""
    whole: dict[str, Counter[str]] = defaultdict(Counter)
    for sector in view.each_sector:
        for stock in stock_by(view.codes, "region_code", "use_status", sector=sector):
            if stock.key[1] == UseStatus.IDLE.value:
                whole[str(stock.key[0])][Alarm.IDLE] += stock.assets
        for due in due_by(view.codes, view.last_over, LONG_AGO, "region_code", sector=sector):
            whole[str(due.key[0])][Alarm.ARREARS] += due.open_dues
    return {**whole, view.region_code: own_of(whole, view)}


def own_of(whole: Mapping[str, Counter[str]], view: View) -> Counter[str]:
    """Return what a unit has itself, of kept sums; those of a municipality hold nothing of its counties."""
    return own_part(whole, view.region_code, view.parts, holds_parts=view.level is not Level.MUNICIPALITY)


def _findings(view: View) -> dict[str, Counter[str]]:
    late = (Finding.status.in_(WAITING_STATES), Finding.due_on < view.on)
    return _counted(view, Finding, Alarm.FINDINGS, *late, *of_sectors(Finding.sector, view))


def _hand_offs(view: View) -> dict[str, Counter[str]]:
    late = and_(WarningHandOff.state == HandOffState.OPEN.value, WarningHandOff.due_on < view.on)
    answered = and_(
        WarningHandOff.state == HandOffState.ANSWERED.value, WarningHandOff.from_code == view.region_code
    )  # fmt: skip
    sectors = of_sectors(WarningHandOff.sector, view)
    found = _counted(view, WarningHandOff, Alarm.HAND_OFFS, late, *sectors)
    for code, numbers in _counted(view, WarningHandOff, Alarm.ANSWERS, answered, *sectors).items():
        found.setdefault(code, Counter()).update(numbers)
    return found


def _disposals(view: View) -> dict[str, Counter[str]]:
    waiting = lies_with(view.region_code)
    return _counted(view, DisposalCase, Alarm.DISPOSALS, waiting, *of_sectors(DisposalCase.sector, view))


def _counted(view: View, model: Any, alarm: Alarm, *wanted: ColumnElement[bool]) -> dict[str, Counter[str]]:
    part = func.substr(model.region_code, 1, view.part_width)
    rows = select(part, func.count()).where(model.region_code.between(*code_range(view.region_code)), *wanted)
    found = db.session.execute(rows.group_by(part))
    return {code.ljust(CODE_LENGTH, "0"): Counter({alarm: int(count)}) for code, count in found}


def of_sectors(column: Any, view: View) -> tuple[ColumnElement[bool], ...]:
    """Keep the rows of the sectors that are looked at; all of them where none is chosen."""
    return (column.in_([sector.value for sector in view.sectors]),) if view.sectors else ()
