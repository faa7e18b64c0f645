"""Closing the month of an area: once, for ever, in one event."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from registry.audit.actions import Action
from registry.audit.services import record
from registry.bulk import add_many
from registry.clock import now
from registry.ledger.books.rules import last_day
from registry.permissions import Actor
from registry.places.queries import list_successions
from registry.regions import Level, code_range, level_of
from registry.supervision.periods.counted import Area
from registry.supervision.periods.counting import ByUnit, count_everything, count_so_far, heir
from registry.supervision.periods.models import MonthFigures
from registry.supervision.periods.queries import close_days, kept_of, list_units, so_far_of
from registry.supervision.periods.rules import (
    BySector,
    Extent,
    added_by_sector,
    check_order,
    chosen,
    digest_of,
    less,
    month_text,
    text_of,
)


@dataclass(frozen=True)
class UnitMonth:
    """The figures of a unit's own in a month, and what had happened so far."""

    figures: BySector
    so_far: BySector


def close_month(area: Area, month: int, *, by: Actor, on: date) -> MonthFigures:
    """Close a month of an area: keep a row for every unit, and the digest of all rows in the trail.

    Returns the row that stands for the area. Raises NotOver, AlreadyClosed, MonthMissing.
    """
    closed = kept_of([area.code])[area.code].last
    check_order(month, closed, on, close_days(area.code, on))
    own = month_of_units(area, month, closed)
    at = now()
    rows = [_row(code, month, Extent.OWN, one.figures, at, one.so_far) for code, one in own.items()]
    rows += [_row(code, month, Extent.WHOLE, whole, at) for code, whole in _wholes(area, own)]
    add_many(rows)
    chief = next(row for row in reversed(rows) if row.region_code == area.code)
    record(Action.MONTH_CLOSED, chief, by=by, facts={
        "month": month_text(month), "units": len(own), "digest": digest_of_rows(rows),
    })  # fmt: skip
    return chief


def month_of_units(area: Area, month: int, closed: int | None) -> dict[str, UnitMonth]:
    """Return the month of every unit of an area: what stands at its end, what has come since the last closing."""
    counted = count_everything(area, last_day(month))
    before = kept_so_far(area, closed) if closed is not None else count_so_far(area, last_day(month - 1))
    codes = sorted({*list_units(area, month), *counted.standing, *counted.so_far, *before})
    return {
        code: UnitMonth(
            added_by_sector([
                counted.standing.get(code, {}), less(counted.so_far.get(code, {}), before.get(code, {}))
            ]),
            counted.so_far.get(code, {}),
        )
        for code in codes
    }  # fmt: skip


def kept_so_far(area: Area, closed: int) -> ByUnit:
    """Return what had been counted by a closed month, under the units whose affair it is today."""
    found: dict[str, list[BySector]] = {}
    heirs = list_successions()
    for code, so_far in so_far_of(area, closed).items():
        found.setdefault(heir(code, heirs), []).append(so_far)
    return {code: added_by_sector(parts) for code, parts in found.items()}


def _wholes(area: Area, own: Mapping[str, UnitMonth]) -> Iterator[tuple[str, BySector]]:
    """Sum every township with its villages, then the area; a village is its own only part."""
    townships = [code for code in own if level_of(code) is Level.TOWNSHIP]
    for code in (*townships, area.code):
        low, high = code_range(code) if code != area.code else area.codes
        yield code, added_by_sector(one.figures for unit, one in own.items() if low <= unit <= high)


def _row(
    code: str, month: int, extent: Extent, figures: BySector, at: datetime, so_far: BySector | None = None
) -> MonthFigures:
    whole, by_sector, happened = text_of(chosen(figures, None)), text_of(figures), text_of(so_far or {})
    return MonthFigures(
        region_code=code, month=month, extent=extent.value, figures=whole, by_sector=by_sector, so_far=happened,
        digest=digest_of(code, month_text(month), extent.value, whole, by_sector, happened), closed_at=at,
    )  # fmt: skip


def digest_of_rows(rows: list[MonthFigures]) -> str:
    """Digest the digests of all rows of a closing, in the order of units."""
    lines = sorted(f"{row.region_code} {row.extent} {row.digest}" for row in rows)
    return digest_of(*lines)
