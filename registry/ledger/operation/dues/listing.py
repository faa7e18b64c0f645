"""Every due of some months, with what they come to: the rows beneath a board's due, received and open."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, select, tuple_

from registry.assets.register.cards.stock import summed_units
from registry.database import db
from registry.kinds import Sector
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.dues.rules import DueState
from registry.ledger.operation.dues.totals import DueTotal, due_by
from registry.ledger.operation.kinds import OUTSTANDING, DueStatus
from registry.ledger.operation.periods import UnitPlace, months_between
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.scope import whole_reach, within

PAGE_ROWS = 20
NOTHING = DueTotal((), 0, 0, 0, 0, 0)
_OPEN = sorted(status.value for status in OUTSTANDING)
_P = Permission


@dataclass(frozen=True)
class DuesOfMonths:
    """Which dues a list shows: of a unit and below, due in these months (202611), of a sector if it is named."""

    region_code: str
    from_month: int
    until_month: int
    state: DueState = DueState.ALL
    sector: Sector | None = None


def list_dues(
    wanted: DuesOfMonths, actor: Actor, *, after: UnitPlace | None = None, limit: int = PAGE_ROWS
) -> Sequence[Due]:
    """Return dues in the order of unit and entry; one more than a page to show that there are more."""
    rows = select(Due).where(within(Due, actor, _P.LEDGER_READ), *_conditions(wanted), *_in_state(wanted.state))
    if after is not None:
        rows = rows.where(tuple_(Due.region_code, Due.id) > tuple_(*after))
    return db.session.scalars(rows.order_by(Due.region_code, Due.id).limit(limit + 1)).all()


def sum_dues(wanted: DuesOfMonths, actor: Actor) -> DueTotal:
    """Return what dues of every state come to: from the kept sums where these answer, else from the rows."""
    reach = whole_reach(wanted.region_code, actor, _P.LEDGER_READ)
    sector = wanted.sector or (reach.sector if reach else None)
    if reach is None or reach.sector not in {None, sector}:
        return _added(wanted, actor)
    found = due_by(summed_units(wanted.region_code), wanted.until_month, wanted.from_month, sector=sector)
    return found[0] if found else NOTHING


def _added(wanted: DuesOfMonths, actor: Actor) -> DueTotal:
    sums = (Due.amount_fen, Due.settled_fen, Due.written_off_fen, case((Due.status.in_(_OPEN), 1), else_=0))
    rows = select(func.count(), *(func.coalesce(func.sum(one), 0) for one in sums))
    found = db.session.execute(rows.where(within(Due, actor, _P.LEDGER_READ), *_conditions(wanted))).one()
    return DueTotal((), *map(int, found))


def _conditions(wanted: DuesOfMonths) -> list[ColumnElement[bool]]:
    days = months_between(wanted.from_month, wanted.until_month)
    found: list[ColumnElement[bool]] = [
        Due.region_code.between(*code_range(wanted.region_code)),
        Due.due_on.between(days.first, days.last),
        Due.status.not_in([DueStatus.UNSTATED.value, DueStatus.VOID.value]),
    ]
    return found if wanted.sector is None else [*found, Due.sector == wanted.sector.value]


def _in_state(state: DueState) -> list[ColumnElement[bool]]:
    met: dict[DueState, list[ColumnElement[bool]]] = {
        DueState.ALL: [],
        DueState.OPEN: [Due.status.in_(_OPEN)],
        DueState.SETTLED: [Due.settled_fen > 0],
    }
    return met[state]
