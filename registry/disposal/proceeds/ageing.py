"""How much waits how long: of one list and rolled up unit by unit, each in one statement over the receipts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import BigInteger, ColumnElement, Select, Subquery, case, cast, func, select

from registry.database import db
from registry.disposal.proceeds.kinds import WATCHED, AgeClass
from registry.disposal.proceeds.models import Proceeds, ProceedsReceipt
from registry.disposal.proceeds.queries import balance_fen, overdue
from registry.disposal.proceeds.rules import FRESH_DAYS, YEAR_DAYS
from registry.permissions import Actor, Permission
from registry.regions import CODE_LENGTH, Level, code_range, level_of
from registry.scope import within

_WATCHED = sorted(one.value for one in WATCHED)


@dataclass(frozen=True)
class UnitSum:
    """What the accounts of a unit and below hold (fen)."""

    region_code: str
    accounts: int = 0
    due_fen: int = 0
    received_fen: int = 0
    cost_fen: int = 0
    used_fen: int = 0
    balance_fen: int = 0
    overdue_accounts: int = 0
    overdue_fen: int = 0
    fresh_fen: int = 0
    year_fen: int = 0
    over_fen: int = 0

    @property
    def open_fen(self) -> int:
        """What of the prices has not come in."""
        return self.due_fen - self.received_fen

    @property
    def aged(self) -> dict[AgeClass, int]:
        """How much has waited how long."""
        return {AgeClass.FRESH: self.fresh_fen, AgeClass.YEAR: self.year_fen, AgeClass.OVER: self.over_fen}


def roll_up(region_code: str, actor: Actor, on: date) -> list[UnitSum]:
    """Return the sums of each unit directly below one (its own accounts under its own code), by code."""
    below = list(Level)[min(level_of(region_code).depth + 1, Level.VILLAGE.depth)]
    prefix = func.substr(Proceeds.region_code, 1, below.width)
    return _sums(region_code, actor, on, prefix)


def sum_of(region_code: str, actor: Actor, on: date) -> UnitSum:
    """Return the sums of a unit and everything below it."""
    prefix = func.substr(Proceeds.region_code, 1, 0)
    found = _sums(region_code, actor, on, prefix)
    return UnitSum(**{**vars(found[0]), "region_code": region_code}) if found else UnitSum(region_code)


def _sums(region_code: str, actor: Actor, on: date, prefix: ColumnElement[str]) -> list[UnitSum]:
    here = _watched(region_code, actor)
    left = _left(here)
    late, balance, unit = overdue(on), balance_fen(), prefix.label("unit")
    ages = _ages(left, on)
    rows = (
        select(
            unit, func.count(), func.sum(Proceeds.due_fen), func.sum(Proceeds.received_fen),
            func.sum(Proceeds.cost_fen), func.sum(Proceeds.used_fen), func.sum(balance),
            func.sum(case((late, 1), else_=0)), func.sum(case((late, balance), else_=0)),
            *(func.sum(func.coalesce(ages.c[age.value], 0)) for age in AgeClass),
        )
        .outerjoin(ages, ages.c.proceeds_id == Proceeds.id)
        .where(*here)
        .group_by(unit)
        .order_by(unit)
    )  # fmt: skip
    found = db.session.execute(rows)
    return [UnitSum(code.ljust(CODE_LENGTH, "0"), *map(int, figures)) for code, *figures in found]


def _watched(region_code: str, actor: Actor) -> list[ColumnElement[bool]]:
    return [
        within(Proceeds, actor, Permission.LEDGER_READ),
        Proceeds.region_code.between(*code_range(region_code)),
        Proceeds.destination.in_(_WATCHED),
    ]


def _left(here: Sequence[ColumnElement[bool]]) -> Subquery:
    """Return what is left of every receipt: the oldest money of an account goes first."""
    one = ProceedsReceipt
    so_far = cast(
        func.sum(one.amount_fen).over(partition_by=one.proceeds_id, order_by=(one.received_on, one.id)), BigInteger
    )
    beyond = so_far - Proceeds.cost_fen - Proceeds.used_fen
    left = case((beyond <= 0, 0), (beyond < one.amount_fen, beyond), else_=one.amount_fen)
    rows: Select[int, date, int] = select(one.proceeds_id, one.received_on, left.label("left_fen"))
    return rows.join(Proceeds, Proceeds.id == one.proceeds_id).where(*here).subquery()


def _ages(left: Subquery, on: date) -> Subquery:
    """Return how much of every account has waited how long."""
    fresh, year = on - timedelta(days=FRESH_DAYS), on - timedelta(days=YEAR_DAYS)
    day, fen = left.c.received_on, left.c.left_fen
    held = {
        AgeClass.FRESH: day >= fresh,
        AgeClass.YEAR: (day < fresh) & (day >= year),
        AgeClass.OVER: day < year,
    }
    sums = [func.sum(case((held[age], fen), else_=0)).label(age.value) for age in AgeClass]
    return select(left.c.proceeds_id, *sums).group_by(left.c.proceeds_id).subquery()


def waiting_since(proceeds_ids: Sequence[int]) -> dict[int, date]:
    """Return since when the oldest money of each of these accounts waits; absent where nothing does."""
    left = _left([Proceeds.id.in_(proceeds_ids)])
    rows = select(left.c.proceeds_id, func.min(left.c.received_on)).where(left.c.left_fen > 0)
    found = db.session.execute(rows.group_by(left.c.proceeds_id))
    return {row[0]: row[1] for row in found}
