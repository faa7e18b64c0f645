"""Questions about custody agreements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select

from registry.accounts.models import User
from registry.accounts.queries import list_able
from registry.assets.custody.agreements.models import CustodyAgreement, CustodyItem
from registry.assets.custody.agreements.rules import MOST_ASSETS, AgreementStatus, KeptAsset
from registry.assets.register.cards.models import Asset
from registry.assets.register.registration import Stage
from registry.counting import count_up_to
from registry.database import db
from registry.errors import Missing
from registry.kinds import Category
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.scope import within

PAGE_ROWS = 20


def get_agreement(agreement_id: int, actor: Actor, permission: Permission) -> CustodyAgreement:
    """Return an agreement within the actor's reach; raises Missing."""
    rows = select(CustodyAgreement).where(
        CustodyAgreement.id == agreement_id, within(CustodyAgreement, actor, permission)
    )
    agreement = db.session.scalar(rows)
    if agreement is None:
        raise Missing
    return agreement


@dataclass(frozen=True)
class Candidates:
    """Which assets of a unit an agreement may be made about: what is typed narrows them down."""

    region_code: str
    text: str = ""
    category: str = ""


def list_candidates(wanted: Candidates, actor: Actor, limit: int = MOST_ASSETS) -> list[Asset]:
    """Return confirmed assets of a unit that somebody can look after, by name or project; one more than the limit."""
    rows = select(Asset).where(
        within(Asset, actor, Permission.CUSTODY_MANAGE),
        Asset.region_code == wanted.region_code,
        Asset.stage == Stage.CONFIRMED.value,
        Asset.category != Category.HOUSEHOLD.value,
    )
    if wanted.text:
        same = (one.contains(wanted.text, autoescape=True) for one in (Asset.name, Asset.project_name))
        rows = rows.where(or_(Asset.asset_no == wanted.text, *same))
    if wanted.category:
        rows = rows.where(Asset.category == wanted.category)
    return list(db.session.scalars(rows.order_by(Asset.id).limit(limit + 1)))


def list_chosen(numbers: Iterable[str], actor: Actor) -> list[Asset]:
    """Return the assets with these numbers in the actor's reach, in order of entry; raises Missing for any other."""
    wanted = set(numbers)
    rows = select(Asset).where(Asset.asset_no.in_(wanted), within(Asset, actor, Permission.CUSTODY_MANAGE))
    found = list(db.session.scalars(rows.order_by(Asset.id)))
    if len(found) != len(wanted):
        raise Missing
    return found


def kept_asset(asset: Asset) -> KeptAsset:
    """Return what the rules know of an asset."""
    return KeptAsset(asset.id, asset.name, asset.region_code, asset.kind, asset.subtype, asset.state)


def list_offered_among(asset_ids: Iterable[int]) -> frozenset[int]:
    """Return which of these assets stand in an offer that waits for its answer."""
    rows = (
        select(CustodyItem.asset_id)
        .join(CustodyAgreement, CustodyAgreement.id == CustodyItem.agreement_id)
        .where(CustodyItem.asset_id.in_(set(asset_ids)), CustodyAgreement.status == AgreementStatus.OFFERED.value)
    )
    return frozenset(db.session.scalars(rows))


def list_offers_about(asset_ids: Iterable[int]) -> list[CustodyAgreement]:
    """Return the offers that wait for their answer and name one of these assets."""
    named = select(CustodyItem.agreement_id).where(CustodyItem.asset_id.in_(set(asset_ids)))
    rows = select(CustodyAgreement).where(
        CustodyAgreement.id.in_(named), CustodyAgreement.status == AgreementStatus.OFFERED.value
    )
    return list(db.session.scalars(rows.order_by(CustodyAgreement.id)))


def list_running_items(asset_ids: Iterable[int]) -> list[CustodyItem]:
    """Return the lines of accepted agreements under which these assets stand now."""
    rows = (
        select(CustodyItem)
        .join(CustodyAgreement, CustodyAgreement.id == CustodyItem.agreement_id)
        .where(
            CustodyItem.asset_id.in_(set(asset_ids)),
            CustodyItem.ended_on.is_(None),
            CustodyAgreement.status == AgreementStatus.ACCEPTED.value,
        )
    )
    return list(db.session.scalars(rows.order_by(CustodyItem.id)))


def list_assets_of(agreement: CustodyAgreement) -> list[tuple[CustodyItem, Asset]]:
    """Return the assets of an agreement in the order of its list."""
    rows = select(CustodyItem, Asset).join(Asset, Asset.id == CustodyItem.asset_id)
    found = db.session.execute(rows.where(CustodyItem.agreement_id == agreement.id).order_by(CustodyItem.id))
    return [(item, asset) for item, asset in found]


def list_agreements_about(asset_id: int, actor: Actor) -> list[CustodyAgreement]:
    """Return the agreements within reach in which an asset ever stood, the latest first."""
    rows = select(CustodyAgreement).join(CustodyItem, CustodyItem.agreement_id == CustodyAgreement.id)
    rows = rows.where(CustodyItem.asset_id == asset_id, within(CustodyAgreement, actor, Permission.ASSET_READ))
    return list(db.session.scalars(rows.order_by(CustodyAgreement.id.desc())))


def list_agreements(
    actor: Actor, region_code: str, status: AgreementStatus | None = None, *, after: int = 0, limit: int = PAGE_ROWS
) -> list[tuple[CustodyAgreement, int]]:
    """Return agreements of a unit and below in order of entry with the number of assets; one more than a page."""
    count: Select[int] = select(func.count()).where(CustodyItem.agreement_id == CustodyAgreement.id)
    rows = select(CustodyAgreement, count.scalar_subquery()).where(
        within(CustodyAgreement, actor, Permission.ASSET_READ),
        CustodyAgreement.region_code.between(*code_range(region_code)),
        CustodyAgreement.id > after,
    )
    rows = rows.where(CustodyAgreement.status == status.value) if status else rows
    found = db.session.execute(rows.order_by(CustodyAgreement.id).limit(limit + 1))
    return [(agreement, assets) for agreement, assets in found]


def list_people_able(region_code: str, on: date) -> list[User]:
    """Return who could accept custody in a unit today: people with the right there, each once."""
    people = {grant.user.id: grant.user for grant in list_able(Permission.CUSTODY_ACCEPT, region_code, on)}
    return [user for user in people.values() if user.disabled_at is None]


def next_number(region_code: str, year: int) -> str:
    """Return the next number of an agreement of a unit in a year."""
    prefix = f"GH{region_code}-{year}-"
    used = select(func.max(CustodyAgreement.number)).where(CustodyAgreement.number.startswith(prefix))
    last = db.session.scalar(used)
    return f"{prefix}{int(last[len(prefix) :]) + 1 if last else 1:04d}"


def _offers_to(actor: Actor, on: date) -> tuple[ColumnElement[bool], ...]:
    return (
        CustodyAgreement.custodian_user_id == actor.id,
        CustodyAgreement.status == AgreementStatus.OFFERED.value,
        CustodyAgreement.starts_on <= on,
        within(CustodyAgreement, actor, Permission.CUSTODY_ACCEPT),
    )


def list_offers_to(actor: Actor, on: date, limit: int = 50) -> Sequence[CustodyAgreement]:
    """Return the agreements that the actor in person can accept or decline today, the oldest first."""
    rows = select(CustodyAgreement).where(*_offers_to(actor, on))
    return list(db.session.scalars(rows.order_by(CustodyAgreement.offered_at, CustodyAgreement.id).limit(limit)))


def count_offers_to(actor: Actor, on: date, most: int) -> int:
    """Return how many agreements wait for the actor's own answer, counting up to a number."""
    return count_up_to(select(CustodyAgreement.id).where(*_offers_to(actor, on)), most)


def expired(on: date) -> tuple[ColumnElement[bool], ...]:
    """Keep the agreements past their term that were neither renewed nor handed back, whoever's they are."""
    return CustodyAgreement.status == AgreementStatus.ACCEPTED.value, CustodyAgreement.ends_on < on


def _expired(actor: Actor, on: date) -> tuple[ColumnElement[bool], ...]:
    return (
        *expired(on),
        CustodyAgreement.region_code == actor.unit_code,
        within(CustodyAgreement, actor, Permission.CUSTODY_MANAGE),
    )


def list_expired(actor: Actor, on: date, limit: int = 50) -> Sequence[CustodyAgreement]:
    """Return the own unit's agreements past their term that were neither renewed nor handed back, the oldest first."""
    rows = select(CustodyAgreement).where(*_expired(actor, on))
    return list(db.session.scalars(rows.order_by(CustodyAgreement.ends_on, CustodyAgreement.id).limit(limit)))


def count_expired(actor: Actor, on: date, most: int) -> int:
    """Return how many agreements are past their term, counting up to a number."""
    return count_up_to(select(CustodyAgreement.id).where(*_expired(actor, on)), most)


def find_frequency(asset_id: int) -> int | None:
    """Return how often, in months, the running agreement asks for a patrol; None without one."""
    items = list_running_items([asset_id])
    return items[-1].agreement.frequency_months if items else None
