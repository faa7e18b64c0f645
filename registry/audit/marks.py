"""How far the trail has come, asked in one statement along its indexes: what a page has shown is new until it moves.

The statements are written once for each number of units: writing one costs more than asking it.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from registry.audit.models import TrailEvent
from registry.database import db
from registry.regions import log_of

_EVENT = TrailEvent.__table__.c


@cache
def _of_regions(number: int) -> Select[Any]:
    return select(
        *(
            select(func.max(_EVENT.region_seq))
            .where(_EVENT.log_id == bindparam(f"log{n}"), _EVENT.region_code == bindparam(f"code{n}"))
            .scalar_subquery()
            for n in range(number)
        )
    )


@cache
def _of_logs(number: int) -> Select[Any]:
    return select(
        *(
            select(func.max(_EVENT.seq)).where(_EVENT.log_id == bindparam(f"log{n}")).scalar_subquery()
            for n in range(number)
        )
    )


def region_marks(region_codes: Sequence[str]) -> tuple[int, ...]:
    """Return the number of the last event of each of these very units, 0 for one without any."""
    values = {f"code{n}": code for n, code in enumerate(region_codes)} | _logs(region_codes)
    return _asked(_of_regions(len(region_codes)), values)


def log_marks(region_codes: Sequence[str]) -> tuple[int, ...]:
    """Return the number of the last event of the logs of these units (counties, the municipality)."""
    return _asked(_of_logs(len(region_codes)), _logs(region_codes))


def _logs(region_codes: Sequence[str]) -> dict[str, Any]:
    return {f"log{n}": log_of(code) for n, code in enumerate(region_codes)}


def _asked(marks: Select[Any], values: dict[str, Any]) -> tuple[int, ...]:
    return tuple(int(one or 0) for one in db.session.execute(marks, values).one())
