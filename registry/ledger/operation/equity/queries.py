"""Questions about equity."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, or_, select

from registry.assets.register.cards.models import Asset, AssetOwner, Interest
from registry.assets.register.categories import SUBTYPES, Nature
from registry.assets.register.registration import Stage
from registry.counting import count_up_to
from registry.database import db
from registry.errors import Missing
from registry.kinds import OwnerKind
from registry.ledger.operation.equity.kinds import EquityStatus
from registry.ledger.operation.equity.models import Equity, EquityRight
from registry.parties.models import Party
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.scope import within

PAGE_ROWS = 20
_HOLDERS = (
    OwnerKind.VILLAGE_COLLECTIVE, OwnerKind.GROUP_COLLECTIVE, OwnerKind.TOWNSHIP, OwnerKind.STATE,
)  # fmt: skip
MOST_HOLDERS = 200
#: As many cards as somebody looks through at once.
MOST_CARDS = 50
_SHARES = sorted(one.code for one in SUBTYPES if one.nature is Nature.EQUITY)


def get_equity(equity_id: int, actor: Actor, permission: Permission = Permission.LEDGER_READ) -> Equity:
    """Return equity within the actor's reach; raises Missing."""
    found = db.session.scalar(select(Equity).where(Equity.id == equity_id, within(Equity, actor, permission)))
    if found is None:
        raise Missing
    return found


def list_equity(
    actor: Actor, region_code: str, status: EquityStatus | None = None, *, after: int = 0, limit: int = PAGE_ROWS
) -> list[Equity]:
    """Return equity of a unit and below in order of entry; one more than a page."""
    rows = select(Equity).where(
        within(Equity, actor, Permission.LEDGER_READ), Equity.region_code.between(*code_range(region_code)),
        Equity.id > after,
    )  # fmt: skip
    rows = rows.where(Equity.status == status.value) if status else rows
    return list(db.session.scalars(rows.order_by(Equity.id).limit(limit + 1)))


def list_holders(actor: Actor, region_code: str) -> list[Party]:
    """Return the collectives and public owners of a unit that may hold equity."""
    rows = select(Party).where(
        within(Party, actor, Permission.CONTRACT_ENTER), Party.region_code == region_code,
        Party.kind.in_([kind.value for kind in _HOLDERS]),
    )  # fmt: skip
    return list(db.session.scalars(rows.order_by(Party.id).limit(MOST_HOLDERS)))


def get_holder(party_id: int, actor: Actor) -> Party:
    """Return a collective or public owner within the actor's reach; raises Missing."""
    rows = select(Party).where(
        Party.id == party_id, within(Party, actor, Permission.CONTRACT_ENTER),
        Party.kind.in_([kind.value for kind in _HOLDERS]),
    )  # fmt: skip
    found = db.session.scalar(rows)
    if found is None:
        raise Missing
    return found


def list_cards_without_terms(actor: Actor, region_code: str, limit: int = MOST_CARDS) -> list[tuple[Asset, Interest]]:
    """Return the cards of shares in a unit and below of which nobody has entered what they pay, in order of entry."""
    told = select(Equity.asset_id).where(Equity.asset_id.is_not(None), Equity.status != EquityStatus.VOID.value)
    rows = select(Asset, Interest).join(Interest, Interest.asset_id == Asset.id)
    rows = rows.where(
        within(Asset, actor, Permission.CONTRACT_ENTER), Asset.region_code.between(*code_range(region_code)),
        Asset.stage == Stage.CONFIRMED.value, Asset.subtype.in_(_SHARES), Asset.id.not_in(told),
    )  # fmt: skip
    return [(asset, interest) for asset, interest in db.session.execute(rows.order_by(Asset.id).limit(limit))]


def find_terms(asset: Asset) -> tuple[Interest | None, int | None]:
    """Return what a card of shares says of them, and which of its owners today may be entered as the holder."""
    owners = select(AssetOwner.party_id).join(Party, Party.id == AssetOwner.party_id)
    owners = owners.where(
        AssetOwner.asset_id == asset.id, AssetOwner.valid_to.is_(None),
        Party.kind.in_([kind.value for kind in _HOLDERS]),
    )  # fmt: skip
    holder = db.session.scalar(owners.order_by(AssetOwner.share_bp.desc(), AssetOwner.id).limit(1))
    return db.session.get(Interest, asset.id), holder


def list_held_by_card(asset_ids: Sequence[int]) -> list[Equity]:
    """Return the equity that is held and stands for these cards, in order of entry."""
    rows = select(Equity).where(Equity.asset_id.in_(asset_ids), Equity.status == EquityStatus.HELD.value)
    return list(db.session.scalars(rows.order_by(Equity.id)))


def list_rights(equity_id: int, on: date) -> list[EquityRight]:
    """Return who has a right to the income on a day or later, in order of entry."""
    rows = select(EquityRight).where(
        EquityRight.equity_id == equity_id, or_(EquityRight.valid_to.is_(None), EquityRight.valid_to > on)
    )
    return list(db.session.scalars(rows.order_by(EquityRight.id)))


def get_right(equity_id: int, right_id: int) -> EquityRight:
    """Return a right of equity that the caller has been allowed to see; raises Missing."""
    found = db.session.get(EquityRight, right_id)
    if found is None or found.equity_id != equity_id:
        raise Missing
    return found


def next_number(region_code: str, year: int) -> str:
    """Return the next number of equity of a unit in a year."""
    prefix = f"GQ{region_code}-{year}-"
    last = db.session.scalar(
        select(Equity.number).where(Equity.number.startswith(prefix)).order_by(Equity.number.desc()).limit(1)
    )
    return f"{prefix}{int(last[len(prefix) :]) + 1 if last else 1:04d}"


def _waiting(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        Equity.status == EquityStatus.ENTERED.value,
        Equity.entered_by_id != actor.id,
        within(Equity, actor, Permission.INCOME_CHECK),
    )


def list_to_confirm(actor: Actor, limit: int = 50) -> list[Equity]:
    """Return equity that waits for its second person, the oldest first."""
    rows = select(Equity).where(*_waiting(actor)).order_by(Equity.entered_at, Equity.id)
    return list(db.session.scalars(rows.limit(limit)))


def count_to_confirm(actor: Actor, most: int) -> int:
    """Return how much equity waits for its second person, counting up to a number."""
    return count_up_to(select(Equity.id).where(*_waiting(actor)), most)
