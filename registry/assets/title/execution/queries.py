"""What waits to be carried out: certificates to issue, sheets to sign, assets late for title or hand-over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, select

from registry.assets.register.cards.models import Asset
from registry.assets.register.categories import BEHAVIOURS, TitleStatus
from registry.assets.register.registration import Stage
from registry.assets.register.rights.models import AssetLineage
from registry.assets.title.cases.models import TitleCase, TitleLine
from registry.assets.title.certificates.models import TitleCertificate
from registry.assets.title.execution.rules import CERTIFIED, accepted_before, due_on
from registry.assets.title.rules import CaseStatus, LineDecision
from registry.counting import count_up_to
from registry.database import db
from registry.kinds import Category, TitleDeed
from registry.permissions import Actor, Permission, Role
from registry.policy.rules import Policy
from registry.scope import within


def list_assets_to_certify(case: TitleCase) -> list[Asset]:
    """Return the assets of an agreed case that have no certificate yet: its own, or those that came of them.

    What came into dispute meanwhile waits until that is settled.
    """
    rows = select(Asset).where(*_uncertified(case), Asset.title_status == TitleStatus.CONFIRMED.value)
    return list(db.session.scalars(rows.order_by(Asset.id)))


def is_certified(case: TitleCase) -> bool:
    """Say whether every asset of an agreed case has its certificate."""
    return db.session.scalar(select(Asset.id).where(*_uncertified(case)).limit(1)) is None


def _uncertified(case: TitleCase) -> tuple[ColumnElement[bool], ...]:
    taken = select(TitleLine.asset_id).where(
        TitleLine.case_id == case.id, TitleLine.decision == LineDecision.CONFIRMED.value
    )
    if case.kind in {TitleDeed.SPLIT, TitleDeed.MERGER}:
        taken = select(AssetLineage.child_id).where(AssetLineage.parent_id.in_(taken))
    held = select(TitleCertificate.asset_id).where(TitleCertificate.void_on.is_(None))
    return Asset.id.in_(taken), Asset.id.not_in(held)


def _agreed(deeds: frozenset[TitleDeed], actor: Actor, permission: Permission) -> tuple[ColumnElement[bool], ...]:
    named = TitleCase.deed.in_([deed.value for deed in sorted(deeds)])
    return TitleCase.status == CaseStatus.APPROVED.value, named, within(TitleCase, actor, permission)


_SHEETS = frozenset({TitleDeed.HAND_OVER})


def list_certificates_to_issue(actor: Actor, limit: int = 50) -> Sequence[TitleCase]:
    """Return agreed cases whose certificates the actor may issue, the oldest first."""
    return _first(select(TitleCase).where(*_agreed(CERTIFIED, actor, Permission.TITLE_REGISTER)), limit)


def count_certificates_to_issue(actor: Actor, most: int) -> int:
    """Return how many agreed cases wait for the actor's certificates, counting up to a number."""
    return count_up_to(select(TitleCase.id).where(*_agreed(CERTIFIED, actor, Permission.TITLE_REGISTER)), most)


def list_sheets_to_sign(actor: Actor, limit: int = 50) -> Sequence[TitleCase]:
    """Return agreed hand-overs whose sheet is not signed yet, the oldest first."""
    return _first(select(TitleCase).where(*_agreed(_SHEETS, actor, Permission.TITLE_ENTER)), limit)


def count_sheets_to_sign(actor: Actor, most: int) -> int:
    """Return how many agreed hand-overs wait for their signed sheet, counting up to a number."""
    return count_up_to(select(TitleCase.id).where(*_agreed(_SHEETS, actor, Permission.TITLE_ENTER)), most)


@dataclass(frozen=True)
class Due:
    """An asset whose title or hand-over is due, and until when."""

    asset: Asset
    due_on: date

    def is_late(self, on: date) -> bool:
        """Say whether the time limit has passed."""
        return self.due_on < on


def _waiting(actor: Actor, on: date, policy: Policy) -> tuple[ColumnElement[bool], ...]:
    """Say which assets that the actor brings in were accepted so long ago that the policy reminds of them.

    History is left alone. What units below leave undone is a warning of supervision, not work at this desk.
    """
    kinds = [kind.value for kind in Category if BEHAVIOURS[kind].needs_hand_over]
    return (
        Asset.accepted_on <= accepted_before(on, policy),
        # Nearly every card is confirmed and of these kinds: an index that begins with either would read them all.
        Asset.stage.concat("") == Stage.CONFIRMED.value,
        Asset.category.concat("").in_(kinds),
        Asset.is_legacy.is_(False),
        _started_by(actor),
        within(Asset, actor, Permission.TITLE_ENTER),
    )


def _started_by(actor: Actor) -> ColumnElement[bool]:
    """Say which assets it is the actor's turn to bring in: the sector's works, or the own unit's other assets."""
    public = Asset.category == Category.PUBLIC_WELFARE.value
    is_sectors = any(grant.role is Role.SECTOR_OFFICER for grant in actor.grants)
    return public if is_sectors else and_(~public, Asset.region_code == actor.unit_code)


def _not_handed_over(actor: Actor, on: date, policy: Policy) -> tuple[ColumnElement[bool], ...]:
    return Asset.handed_over_on.is_(None), *_waiting(actor, on, policy)


def _not_titled(actor: Actor, on: date, policy: Policy) -> tuple[ColumnElement[bool], ...]:
    return Asset.title_status == TitleStatus.UNCONFIRMED.value, *_waiting(actor, on, policy)


def list_overdue_hand_overs(actor: Actor, on: date, policy: Policy, limit: int = 50) -> list[Due]:
    """Return assets whose hand-over is due or late, the earliest accepted first."""
    return _due(_not_handed_over(actor, on, policy), policy, limit)


def count_overdue_hand_overs(actor: Actor, on: date, policy: Policy, most: int) -> int:
    """Return how many assets are due or late for hand-over, counting up to a number."""
    return count_up_to(select(Asset.id).where(*_not_handed_over(actor, on, policy)), most)


def list_overdue_titles(actor: Actor, on: date, policy: Policy, limit: int = 50) -> list[Due]:
    """Return assets nobody has brought in for title in time, the earliest accepted first."""
    return _due(_not_titled(actor, on, policy), policy, limit)


def count_overdue_titles(actor: Actor, on: date, policy: Policy, most: int) -> int:
    """Return how many assets are due or late for title, counting up to a number."""
    return count_up_to(select(Asset.id).where(*_not_titled(actor, on, policy)), most)


def _due(conditions: tuple[ColumnElement[bool], ...], policy: Policy, limit: int) -> list[Due]:
    rows = select(Asset).where(*conditions).order_by(Asset.accepted_on, Asset.id).limit(limit)
    return [Due(asset, due_on(asset.accepted_on, policy)) for asset in db.session.scalars(rows) if asset.accepted_on]


def _first(rows: Select[TitleCase], limit: int) -> Sequence[TitleCase]:
    return list(db.session.scalars(rows.order_by(TitleCase.approved_on, TitleCase.id).limit(limit)))
