"""How many warnings a list shows, by weight, risk and unit: from the sums that are kept, else from the rows."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from registry.assets.register.cards.stock import summed_units
from registry.database import db
from registry.permissions import Actor, Permission, reaches
from registry.places.queries import list_children
from registry.regions import Level, level_of
from registry.scope import whole_reach
from registry.supervision.warnings.models import RiskWarning, WarningSum
from registry.supervision.warnings.queries import WarningFilter, conditions
from registry.supervision.warnings.risks import MONEY, Risk, risks_under
from registry.supervision.warnings.rules import Severity

Conditions = Sequence[ColumnElement[bool]]


def kept_by(units: Collection[str], *by: str, kept: Conditions = ()) -> list[tuple[Any, ...]]:
    """Return how many warnings stand in exactly these units by the kept sums: the columns grouped by, then the number.

    A unit's sums hold what lies below it too, but for the municipality: summed_units() names its counties beside it.
    """
    columns = [WarningSum.__table__.c[name] for name in by]
    rows = select(*columns, func.sum(WarningSum.warnings)).where(WarningSum.region_code.in_(units), *kept)
    return [(*key, int(number)) for *key, number in db.session.execute(rows.group_by(*columns).order_by(*columns))]


def count_by_severity(wanted: WarningFilter, actor: Actor) -> dict[Severity, int]:
    """Return how many warnings a list shows of each weight, the gravest first; those without any too."""
    found = _counted(wanted, actor, "severity")
    return {weight: found.get(weight.value, 0) for weight in Severity}


def count_by_risk(wanted: WarningFilter, actor: Actor) -> dict[Risk, int]:
    """Return how many warnings a list shows of each risk that has any, in the order of the table."""
    found = _counted(wanted, actor, "risk")
    return {risk: found[risk.value] for risk in Risk if found.get(risk.value)}


def count_by_unit(wanted: WarningFilter, actor: Actor) -> dict[str, int]:
    """Return how many warnings stand in each unit right below that has any, and in the unit itself, in code order."""
    kept = _kept(wanted, actor)
    found = _by_part(wanted, actor) if kept is None else _of_parts(wanted.region_code, kept)
    return {code: number for code, number in sorted(found.items()) if number}


def _counted(wanted: WarningFilter, actor: Actor, by: str) -> dict[str, int]:
    kept = _kept(wanted, actor)
    if kept is not None:
        return dict(kept_by(summed_units(wanted.region_code), by, kept=kept))
    column: Any = RiskWarning.__table__.c[by]
    rows: Select[Any] = select(column, func.count()).where(*conditions(wanted, actor)).group_by(column)
    return {str(value): int(number) for value, number in db.session.execute(rows)}


def _kept(wanted: WarningFilter, actor: Actor) -> Conditions | None:
    """Return which kept sums answer for a list; None where they do not: for a part of a unit, or what is mended."""
    if wanted.closed or wanted.handed is not None:
        return None
    whole = whole_reach(wanted.region_code, actor, Permission.ASSET_READ)
    money = whole_reach(wanted.region_code, actor, Permission.LEDGER_READ)
    reads_books = bool(reaches(actor, Permission.LEDGER_READ))
    if whole is None or (reads_books and (money is None or money.sector != whole.sector)):
        return None
    found: list[ColumnElement[bool]] = [] if reads_books else [WarningSum.risk.not_in(MONEY)]
    found += [WarningSum.sector == sector.value for sector in (wanted.sector, whole.sector) if sector]
    if wanted.topic:
        found.append(WarningSum.risk.in_([risk.value for risk in risks_under(wanted.topic)]))
    if wanted.risk:
        found.append(WarningSum.risk == wanted.risk.value)
    if wanted.severity:
        found.append(WarningSum.severity == wanted.severity.value)
    if wanted.lighter:
        found.append(WarningSum.severity != Severity.HIGH.value)
    return found


def _of_parts(region_code: str, kept: Conditions) -> dict[str, int]:
    """Return what stands in each part of a unit, and what the unit has itself: its own sums less those of its parts."""
    parts = [unit.region_code for unit in list_children(region_code, ended=True)]
    found = dict(kept_by([region_code, *parts], "region_code", kept=kept))
    if level_of(region_code) is not Level.MUNICIPALITY:
        below = sum(number for code, number in found.items() if code != region_code)
        found[region_code] = found.get(region_code, 0) - below
    return found


def _by_part(wanted: WarningFilter, actor: Actor) -> dict[str, int]:
    level = level_of(wanted.region_code)
    width = list(Level)[min(level.depth + 1, Level.VILLAGE.depth)].width
    part = func.substr(RiskWarning.region_code, 1, width)
    rows = select(part, func.count()).where(*conditions(wanted, actor)).group_by(part)
    return {str(code).ljust(len(wanted.region_code), "0"): int(count) for code, count in db.session.execute(rows)}
