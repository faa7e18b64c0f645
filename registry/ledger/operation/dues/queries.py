"""Questions about dues."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_, select

from registry.assets.register.cards.models import Asset
from registry.database import db
from registry.errors import Missing
from registry.ledger.operation.dues.models import Due, DueShare
from registry.ledger.operation.kinds import OUTSTANDING, DueStatus
from registry.parties.models import Party
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.scope import within

PAGE_ROWS = 50
_OPEN = sorted(status.value for status in OUTSTANDING)


@dataclass(frozen=True)
class DueFilter:
    """Which dues a list shows: all that are told apart by what is named; open ones unless a status is named."""

    region_code: str | None = None
    contract_id: int | None = None
    equity_id: int | None = None
    asset_id: int | None = None
    party_id: int | None = None
    status: DueStatus | None = None
    #: Due on or before this day.
    until: date | None = None


def get_due(due_id: int, actor: Actor, permission: Permission = Permission.LEDGER_READ) -> Due:
    """Return a due within the actor's reach; raises Missing."""
    due = db.session.scalar(select(Due).where(Due.id == due_id, within(Due, actor, permission)))
    if due is None:
        raise Missing
    return due


def list_open_dues(
    wanted: DueFilter,
    actor: Actor,
    *,
    after: tuple[date, int] | None = None,
    limit: int = PAGE_ROWS,
    permission: Permission = Permission.LEDGER_READ,
) -> list[Due]:
    """Return dues in the actor's reach, the oldest first; one more than a page to show that there are more.

    Of a unit are those of its own contracts and those in which an owner of the unit has a part.
    """
    rows = select(Due).where(within(Due, actor, permission), *_conditions(wanted))
    if after is not None:
        rows = rows.where(or_(Due.due_on > after[0], and_(Due.due_on == after[0], Due.id > after[1])))
    return list(db.session.scalars(rows.order_by(Due.due_on, Due.id).limit(limit + 1)))


def _conditions(wanted: DueFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Due.status.in_([wanted.status.value] if wanted.status else _OPEN)]
    if wanted.region_code:
        codes = code_range(wanted.region_code)
        found.append(or_(Due.region_code.between(*codes), Due.co_owned_in(codes)))
    found += [
        column == value
        for column, value in ((Due.contract_id, wanted.contract_id), (Due.equity_id, wanted.equity_id))
        if value is not None
    ]
    found += [
        Due.id.in_(select(DueShare.due_id).where(column == value))
        for column, value in ((DueShare.asset_id, wanted.asset_id), (DueShare.party_id, wanted.party_id))
        if value is not None
    ]
    if wanted.until is not None:
        found.append(Due.due_on <= wanted.until)
    return found


def list_dues_of(*, contract_id: int | None = None, equity_id: int | None = None, only_open: bool = False) -> list[Due]:
    """Return the dues of a contract or of equity that the caller has been allowed to see, the oldest first."""
    rows: Select[tuple[Due]] = select(Due)
    rows = rows.where(Due.contract_id == contract_id) if contract_id is not None else rows
    rows = rows.where(Due.equity_id == equity_id) if equity_id is not None else rows
    rows = rows.where(Due.status.in_(_OPEN)) if only_open else rows
    return list(db.session.scalars(rows.order_by(Due.due_on, Due.id)))


def shares_of(due_ids: Sequence[int]) -> list[DueShare]:
    """Return the parts of dues, in the order they were cut."""
    return list(db.session.scalars(select(DueShare).where(DueShare.due_id.in_(due_ids)).order_by(DueShare.id)))


def names_of_shares(due: Due) -> tuple[dict[int, str], dict[int, Asset]]:
    """Return the names of a due's owners, and its assets, by id."""
    parties = select(Party.id, Party.name).where(Party.id.in_([one.party_id for one in due.shares]))
    assets = select(Asset).where(Asset.id.in_([one.asset_id for one in due.shares if one.asset_id is not None]))
    names = {row.id: row.name for row in db.session.execute(parties)}
    return names, {one.id: one for one in db.session.scalars(assets)}
