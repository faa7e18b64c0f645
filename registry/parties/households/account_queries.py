"""Questions about changes of accounts: what waits for a second person, and what an account was before."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from registry.bulk import chunks
from registry.counting import count_up_to
from registry.database import db
from registry.errors import Missing
from registry.parties.households.models import AccountChange, Household
from registry.parties.households.rules import AccountStatus
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.scope import within
from registry.sealing import masked_id, unseal


def get_account_change(change_id: int, actor: Actor, permission: Permission = Permission.LEDGER_READ) -> AccountChange:
    """Return a change of an account within the actor's reach; raises Missing."""
    rows = select(AccountChange).where(AccountChange.id == change_id, within(AccountChange, actor, permission))
    found = db.session.scalar(rows)
    if found is None:
        raise Missing
    return found


def find_waiting_account(household_id: int) -> AccountChange | None:
    """Return the change of a household's account that nobody has answered; None if none waits."""
    return db.session.scalar(select(AccountChange).where(AccountChange.waiting_for == household_id))


def list_account_changes(household_id: int) -> list[AccountChange]:
    """Return every change asked for of a household's account, the latest first."""
    rows = select(AccountChange).where(AccountChange.household_id == household_id)
    return list(db.session.scalars(rows.order_by(AccountChange.id.desc())))


@dataclass(frozen=True)
class AccountFilter:
    """Which changes of accounts a list shows: of a unit and below, of one status if it is named."""

    region_code: str
    status: AccountStatus | None = None


def list_changes_after(wanted: AccountFilter, actor: Actor, after: int, limit: int) -> list[AccountChange]:
    """Return changes of accounts in order of entry after one."""
    rows = select(AccountChange).where(
        within(AccountChange, actor, Permission.LEDGER_READ),
        AccountChange.region_code.between(*code_range(wanted.region_code)),
        AccountChange.id > after,
    )
    rows = rows.where(AccountChange.status == wanted.status.value) if wanted.status else rows
    rows = rows.options(joinedload(AccountChange.household).joinedload(Household.party))
    return list(db.session.scalars(rows.order_by(AccountChange.id).limit(limit)))


def has_waiting(region_code: str) -> bool:
    """Say whether any household of a unit and below waits for a change of its account to be confirmed."""
    rows = select(AccountChange.id).where(
        AccountChange.region_code.between(*code_range(region_code)),
        AccountChange.status == AccountStatus.WAITING.value,
    )
    return db.session.scalar(rows.limit(1)) is not None


def households_waiting(household_ids: Iterable[int]) -> set[int]:
    """Return which of these households wait for a change of their account to be confirmed."""
    found: set[int] = set()
    for some in chunks(sorted(set(household_ids))):
        found |= _waiting_among(some)
    return found


def _waiting_among(household_ids: Collection[int]) -> set[int]:
    rows = select(AccountChange.household_id).where(AccountChange.waiting_for.in_(household_ids))
    return set(db.session.scalars(rows))


def list_accounts_to_confirm(actor: Actor, region_code: str, limit: int) -> list[AccountChange]:
    """Return changes of a unit and below that wait for this person as the second, the longest waiting first."""
    rows = select(AccountChange).where(_to_confirm(actor), AccountChange.region_code.between(*code_range(region_code)))
    rows = rows.options(joinedload(AccountChange.household)).order_by(AccountChange.id)
    return list(db.session.scalars(rows.limit(limit)))


def account_changes_by_village(actor: Actor, most: int) -> list[AccountChange]:
    """Return the first waiting change of each village for this person as the second, the longest waiting first."""
    rows = select(AccountChange).where(_to_confirm(actor)).order_by(AccountChange.id).limit(most * 50)
    first: dict[str, AccountChange] = {}
    for one in db.session.scalars(rows):
        first.setdefault(one.region_code, one)
    return list(first.values())[:most]


def count_accounts_to_confirm(actor: Actor, most: int) -> int:
    """Return in how many villages changes of accounts wait for this person as the second."""
    return count_up_to(select(AccountChange.region_code).where(_to_confirm(actor)).distinct(), most)


def _to_confirm(actor: Actor) -> ColumnElement[bool]:
    return and_(
        within(AccountChange, actor, Permission.ASSET_CONFIRM),
        AccountChange.status == AccountStatus.WAITING.value,
        or_(AccountChange.asked_by_id.is_(None), AccountChange.asked_by_id != actor.id),
    )


def account_of(change: AccountChange) -> str:
    """Return the account asked for whole; only to put it in force, for a recorded reveal, or to be masked at once."""
    return unseal(change.bank_account, table="account_change", row=change.uid, column="bank_account")


def masked_account(change: AccountChange) -> str:
    """Return the last four digits of the account asked for."""
    return masked_id(account_of(change))
