"""Which assets a new case may take in, and what of them decides about it: a few questions for hundreds of assets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from registry.assets.register.cards.models import Asset, AssetOwner
from registry.assets.register.categories import INTERESTS, TitleStatus
from registry.assets.register.registration import Stage
from registry.assets.title.cases.models import TitleCase, TitleLine
from registry.assets.title.cases.queries import busy_assets, holders_of
from registry.assets.title.encumbrances.queries import first_encumbrances
from registry.assets.title.encumbrances.rules import EncumbranceKind
from registry.assets.title.rules import (
    BLOCKED,
    CaseStatus,
    Encumbered,
    InAnotherCase,
    LineDecision,
    Subject,
    check_open_to,
)
from registry.database import db
from registry.errors import Missing
from registry.kinds import Category, TitleDeed
from registry.permissions import Actor, Permission
from registry.scope import within

MOST_LINES = 1_000


@dataclass(frozen=True)
class Pick:
    """What a new case is looked for among: one unit, one category, perhaps one project."""

    deed: TitleDeed
    region_code: str
    category: Category
    project_id: int | None = None
    text: str = ""


def list_candidates(pick: Pick, actor: Actor, limit: int = MOST_LINES) -> list[Asset]:
    """Return the assets that a case of this deed may take in, in the order of the list."""
    return list(db.session.scalars(_open_to(pick, actor, select(Asset)).order_by(Asset.id).limit(limit)))


def count_candidates(pick: Pick, actor: Actor) -> int:
    """Return how many assets a case of this deed may take in."""
    return db.session.scalar(_open_to(pick, actor, select(func.count()).select_from(Asset))) or 0


_TITLED = {
    TitleDeed.FIRST_TITLE: (TitleStatus.UNCONFIRMED, TitleStatus.IN_PROCEDURE),
    TitleDeed.OWNER_NAME: (TitleStatus.CONFIRMED,),
    TitleDeed.ERROR: (TitleStatus.CONFIRMED,),
}


def _open_to(pick: Pick, actor: Actor, rows: Select[Any]) -> Select[Any]:
    found: list[ColumnElement[bool]] = [
        Asset.region_code == pick.region_code,
        Asset.category == pick.category.value,
        Asset.stage == Stage.CONFIRMED.value,
        within(Asset, actor, Permission.TITLE_ENTER),
        Asset.id.not_in(_taken(pick.deed)),
    ]
    titles = _TITLED.get(pick.deed)
    if titles:
        found.append(Asset.title_status.in_([one.value for one in titles]))
    if pick.deed is TitleDeed.HAND_OVER:
        found.append(Asset.handed_over_on.is_(None))
    if pick.project_id is not None:
        found.append(Asset.project_id == pick.project_id)
    if pick.text:
        found.append(Asset.name.contains(pick.text, autoescape=True))
    return rows.where(*found)


def _taken(deed: TitleDeed) -> Select[int]:
    """Return the assets that already lie in an open case."""
    open_ones = [CaseStatus.DRAFT.value, CaseStatus.SUBMITTED.value, CaseStatus.SENT_BACK.value]
    under_way = TitleCase.status.in_(open_ones)
    same = (TitleCase.status == CaseStatus.APPROVED.value) & (TitleCase.deed == deed.value)
    rows = select(TitleLine.asset_id).join(TitleCase, TitleCase.id == TitleLine.case_id)
    return rows.where(under_way | same, TitleLine.decision != LineDecision.LEFT_OUT.value)


@dataclass(frozen=True)
class Chosen:
    """An asset with its present holders."""

    asset: Asset
    holders: tuple[AssetOwner, ...]

    @property
    def subject(self) -> Subject:
        """The asset as the rules see it."""
        asset = self.asset
        return Subject(
            asset.name, asset.state, asset.kind, TitleStatus(asset.title_status),
            asset.subtype_row.nature in INTERESTS, asset.handed_over_on,
            frozenset((row.party_id, row.share_bp) for row in self.holders),
        )  # fmt: skip


def choose(asset_numbers: Iterable[str], actor: Actor) -> list[Chosen]:
    """Return the assets named, with their holders, in the order of the list. Raises Missing if one is out of reach."""
    wanted = set(asset_numbers)
    here = within(Asset, actor, Permission.TITLE_ENTER)
    assets = list(db.session.scalars(select(Asset).where(Asset.asset_no.in_(wanted), here).order_by(Asset.id)))
    if len(assets) != len(wanted) or not assets:
        raise Missing
    holders = holders_of([asset.id for asset in assets])
    return [Chosen(asset, tuple(holders.get(asset.id, ()))) for asset in assets]


def check_free(deed: TitleDeed, assets: Sequence[Asset], *, on: date, besides: int = 0) -> None:
    """Raise if one of the assets lies in another case, or if something weighs on it that blocks the deed."""
    ids = [asset.id for asset in assets]
    busy = busy_assets(ids, deed, besides=besides)
    weights = first_encumbrances(ids, on) if deed in BLOCKED else {}
    for asset in assets:
        if asset.id in busy:
            raise InAnotherCase(name=asset.name, title=busy[asset.id])
        row = weights.get(asset.id)
        if row is not None:
            raise Encumbered(
                name=asset.name, kind=EncumbranceKind(row.kind).label, holder=row.holder,
                day=row.valid_from.isoformat(), deed=deed.label,
            )  # fmt: skip
        if deed in BLOCKED and asset.title_status == TitleStatus.DISPUTED:
            raise Encumbered(
                name=asset.name, kind=EncumbranceKind.DISPUTE.label, holder=asset.owner_text,
                day=asset.acquired_on.isoformat(), deed=deed.label,
            )  # fmt: skip


def check_all_open(deed: TitleDeed, chosen: Iterable[Chosen]) -> None:
    """Raise unless every asset may take this deed."""
    for one in chosen:
        check_open_to(deed, one.subject)
