"""Questions about contracts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select

from registry.assets.register.cards.models import Asset, AssetOwner
from registry.counting import count_up_to
from registry.database import db
from registry.errors import Missing
from registry.ledger.operation.contracts.kinds import ContractStatus
from registry.ledger.operation.contracts.models import Contract, ContractAsset
from registry.permissions import Actor, Permission
from registry.policy.parameters import Parameter
from registry.policy.queries import policy_for
from registry.regions import code_range
from registry.scope import within

PAGE_ROWS = 20
#: No region asks for more days than this (policy/definitions.py); narrows down before each region's own are asked.
_MOST_RENEWAL_DAYS = 365


@dataclass(frozen=True)
class ContractFilter:
    """Which contracts a list shows: of a unit and below, of one state and mode if they are named."""

    region_code: str
    status: ContractStatus | None = None
    mode: str = ""
    asset_id: int | None = None
    text: str = ""


def get_contract(contract_id: int, actor: Actor, permission: Permission = Permission.LEDGER_READ) -> Contract:
    """Return a contract within the actor's reach; raises Missing."""
    rows = select(Contract).where(Contract.id == contract_id, within(Contract, actor, permission))
    contract = db.session.scalar(rows)
    if contract is None:
        raise Missing
    return contract


def list_contracts(wanted: ContractFilter, actor: Actor, *, after: int = 0, limit: int = PAGE_ROWS) -> list[Contract]:
    """Return contracts in order of entry; one more than a page to show that there are more."""
    codes = code_range(wanted.region_code)
    rows = select(Contract).where(
        within(Contract, actor, Permission.LEDGER_READ),
        or_(Contract.region_code.between(*codes), Contract.co_owned_in(codes)),
        Contract.id > after,
        *_conditions(wanted),
    )
    return list(db.session.scalars(rows.order_by(Contract.id).limit(limit + 1)))


def _conditions(wanted: ContractFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.status:
        found.append(Contract.status == wanted.status.value)
    if wanted.mode:
        found.append(Contract.mode == wanted.mode)
    if wanted.asset_id is not None:
        found.append(
            Contract.id.in_(select(ContractAsset.contract_id).where(ContractAsset.asset_id == wanted.asset_id))
        )
    if wanted.text:
        same = (Contract.name, Contract.operator_name, Contract.number, Contract.paper_number)
        found.append(or_(*(column.contains(wanted.text, autoescape=True) for column in same)))
    return found


def running_contracts(asset_ids: Sequence[int], on: date) -> dict[int, Contract]:
    """Return the contract under which each asset stands on a day, whoever asks, the one that began last of several.

    One that is kept on past its term counts.
    """
    rows = (
        select(ContractAsset.asset_id, Contract)
        .join(Contract, Contract.id == ContractAsset.contract_id)
        .where(
            ContractAsset.asset_id.in_(asset_ids),
            Contract.signed_on.is_not(None),
            Contract.starts_on <= on,
            Contract.status.in_(
                (ContractStatus.RUNNING.value, ContractStatus.ENDED.value, ContractStatus.TERMINATED.value)
            ),
            or_(ContractAsset.ended_on.is_(None), ContractAsset.ended_on > on),
        )
    )
    return {row.asset_id: row.Contract for row in db.session.execute(rows.order_by(Contract.starts_on, Contract.id))}


def list_contracts_about(asset_id: int, actor: Actor, limit: int = PAGE_ROWS) -> list[Contract]:
    """Return the contracts within reach in which an asset ever stood, the latest first."""
    rows = select(Contract).join(ContractAsset, ContractAsset.contract_id == Contract.id)
    rows = rows.where(ContractAsset.asset_id == asset_id, within(Contract, actor, Permission.LEDGER_READ))
    return list(db.session.scalars(rows.order_by(Contract.id.desc()).limit(limit)))


def list_assets_of(contract: Contract) -> list[tuple[ContractAsset, Asset]]:
    """Return the assets of a contract in the order of its list."""
    rows = select(ContractAsset, Asset).join(Asset, Asset.id == ContractAsset.asset_id)
    found = db.session.execute(rows.where(ContractAsset.contract_id == contract.id).order_by(ContractAsset.id))
    return [(item, asset) for item, asset in found]


def holders_of(asset_ids: Iterable[int], on: date) -> dict[int, dict[int, int]]:
    """Return who holds how much (basis points) of each asset on a day: asset id → party id → share."""
    found: dict[int, dict[int, int]] = {asset_id: {} for asset_id in asset_ids}
    rows = select(AssetOwner.asset_id, AssetOwner.party_id, AssetOwner.share_bp).where(
        AssetOwner.asset_id.in_(found),
        AssetOwner.valid_from <= on,
        or_(AssetOwner.valid_to.is_(None), AssetOwner.valid_to > on),
    )
    for asset_id, party_id, share_bp in db.session.execute(rows.order_by(AssetOwner.id)):
        found[asset_id][party_id] = share_bp
    return found


def list_overlapping(
    asset_ids: Sequence[int], first: date, last: date, *, besides: Iterable[int] = ()
) -> list[Contract]:
    """Return other contracts that bind these assets at some time of a term, whoever asks."""
    statuses = (ContractStatus.DECIDING.value, ContractStatus.AGREED.value, ContractStatus.RUNNING.value)
    rows = (
        select(Contract)
        .join(ContractAsset, ContractAsset.contract_id == Contract.id)
        .where(
            ContractAsset.asset_id.in_(asset_ids),
            Contract.status.in_(statuses),
            Contract.starts_on <= last,
            Contract.ends_on >= first,
            ContractAsset.ended_on.is_(None),
            Contract.id.not_in([*besides]),
        )
    )
    return list(db.session.scalars(rows.distinct().order_by(Contract.id)))


def find_successor(contract_id: int) -> Contract | None:
    """Return the contract that follows another one and has not been voided."""
    rows = select(Contract).where(Contract.previous_id == contract_id, Contract.status != ContractStatus.VOID.value)
    return db.session.scalar(rows.order_by(Contract.id.desc()).limit(1))


def next_number(region_code: str, year: int) -> str:
    """Return the next number of a contract of a unit in a year."""
    prefix = f"HT{region_code}-{year}-"
    last = db.session.scalar(select(func.max(Contract.number)).where(Contract.number.startswith(prefix)))
    return f"{prefix}{int(last[len(prefix) :]) + 1 if last else 1:04d}"


def _in_hand(actor: Actor, status: ContractStatus) -> tuple[ColumnElement[bool], ...]:
    """Contracts of the actor's own unit: signing and renewing them is its own clerk's work."""
    own = Contract.region_code == actor.unit_code
    return Contract.status == status.value, own, within(Contract, actor, Permission.CONTRACT_ENTER)


def contracts_to_renew(actor: Actor, on: date, limit: int = 50) -> list[Contract]:
    """Return running contracts that end soon by their unit's policy and have no successor, the first to end first."""
    rows = select(Contract).where(*_ending(actor, on)).order_by(Contract.ends_on, Contract.id)
    found = db.session.scalars(rows.limit(limit))
    return [one for one in found if one.ends_on - timedelta(days=_renewal_days(one, on)) <= on]


def _ending(actor: Actor, on: date) -> tuple[ColumnElement[bool], ...]:
    follower = select(Contract.previous_id).where(
        Contract.previous_id.is_not(None), Contract.status != ContractStatus.VOID.value
    )
    return (
        *_in_hand(actor, ContractStatus.RUNNING),
        Contract.ends_on.between(on, on + timedelta(days=_MOST_RENEWAL_DAYS)),
        Contract.id.not_in(follower),
    )


def _renewal_days(contract: Contract, on: date) -> int:
    return policy_for(contract.region_code, on).number(Parameter.RENEWAL_DAYS)


def count_to_renew(actor: Actor, on: date, most: int) -> int:
    """Return how many contracts are to be renewed, counting up to a number."""
    return len(contracts_to_renew(actor, on, most))


def list_to_sign(actor: Actor, limit: int = 50) -> list[Contract]:
    """Return contracts that were agreed to and wait for their signed paper, the oldest first."""
    rows = select(Contract).where(*_in_hand(actor, ContractStatus.AGREED))
    return list(db.session.scalars(rows.order_by(Contract.agreed_on, Contract.id).limit(limit)))


def count_to_sign(actor: Actor, most: int) -> int:
    """Return how many contracts wait for their signed paper, counting up to a number."""
    return count_up_to(select(Contract.id).where(*_in_hand(actor, ContractStatus.AGREED)), most)


def expired(on: date) -> tuple[ColumnElement[bool], ...]:
    """Keep the contracts past their term that nobody has closed or renewed, whoever's they are."""
    return Contract.status == ContractStatus.RUNNING.value, Contract.ends_on < on


def _expired(actor: Actor, on: date) -> tuple[ColumnElement[bool], ...]:
    return (and_(*_in_hand(actor, ContractStatus.RUNNING)), *expired(on))


def list_expired(actor: Actor, on: date, limit: int = 50) -> list[Contract]:
    """Return contracts past their term that nobody has closed or renewed, the oldest first."""
    rows = select(Contract).where(*_expired(actor, on)).order_by(Contract.ends_on, Contract.id)
    return list(db.session.scalars(rows.limit(limit)))


def count_expired(actor: Actor, on: date, most: int) -> int:
    """Return how many contracts are past their term, counting up to a number."""
    return count_up_to(select(Contract.id).where(*_expired(actor, on)), most)


def list_legacy_to_confirm(actor: Actor, limit: int = 50) -> list[Contract]:
    """Return contracts of the past that wait for their second person, the oldest first."""
    rows = select(Contract).where(*_legacy_waiting(actor)).order_by(Contract.entered_at, Contract.id)
    return list(db.session.scalars(rows.limit(limit)))


def _legacy_waiting(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        Contract.status == ContractStatus.DECIDING.value,
        Contract.is_legacy.is_(True),
        Contract.entered_by_id != actor.id,
        within(Contract, actor, Permission.INCOME_CHECK),
    )


def count_legacy_to_confirm(actor: Actor, most: int) -> int:
    """Return how many contracts of the past wait for their second person, counting up to a number."""
    return count_up_to(select(Contract.id).where(*_legacy_waiting(actor)), most)
