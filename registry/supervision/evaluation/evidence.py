"""Reading of the register what is frozen of each asset: title, custody, patrols and repairs."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select

from registry.assets.custody.agreements.models import CustodyAgreement, CustodyItem
from registry.assets.custody.agreements.rules import AgreementStatus
from registry.assets.custody.faults.models import Fault
from registry.assets.custody.faults.rules import UNREPAIRED
from registry.assets.custody.patrols.models import Patrol
from registry.assets.custody.patrols.rules import PatrolKind, PatrolResult
from registry.assets.register.cards.models import Asset, AssetRelation
from registry.assets.register.cards.parts import RelationKind
from registry.assets.register.categories import TitleStatus
from registry.assets.title.certificates.models import TitleCertificate
from registry.database import db
from registry.kinds import Category
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy
from registry.regions import code_range
from registry.supervision.evaluation.criteria import Criterion, Measured
from registry.supervision.evaluation.figures import (
    absent,
    agreement_figures,
    patrol_figures,
    ratio,
    title_figures,
)
from registry.text import N_

#: What was measured, by criterion and asset.
Findings = Mapping[Criterion, Callable[[Asset], Measured]]
_FREQUENCY = {
    Category.OPERATING: Parameter.PATROL_MONTHS_OPERATING,
    Category.PUBLIC_WELFARE: Parameter.PATROL_MONTHS_PUBLIC,
}
_TAKEN = (AgreementStatus.ACCEPTED.value, AgreementStatus.HANDED_BACK.value, AgreementStatus.ENDED.value)


@dataclass(frozen=True)
class Span:
    """The year that is evaluated: where, from its first day to the last that counts; ``on`` is the day of freezing."""

    region_code: str
    first: date
    until: date
    on: date
    policy: Policy

    @property
    def here(self) -> ColumnElement[bool]:
        """Say which assets are meant, beside those that are evaluated."""
        return Asset.region_code.between(*code_range(self.region_code))


def read_custody(span: Span) -> Findings:
    """Read title, custodians and agreements, patrols and repairs of a county in a year."""
    certified, custodians = _certified(span), _custodians(span)
    agreements, patrols, faults = _agreements(span), _patrols(span), _faults(span)
    kept_since = _kept_since(span)

    def title(asset: Asset) -> Measured:
        has_paper = asset.id in certified or bool(asset.certificate_number)
        return title_figures(TitleStatus(asset.title_status), has_paper=has_paper)

    def agreement(asset: Asset) -> Measured:
        return agreement_figures(asset.id in custodians, asset.id in agreements)

    def patrol(asset: Asset) -> Measured:
        if kept_since is None:
            return absent(N_("还没有登记过巡查"))
        months = agreements.get(asset.id) or span.policy.number(_FREQUENCY[asset.kind])
        since = max(asset.acquired_on, kept_since)
        return patrol_figures([day for day, _ok in patrols[asset.id]], months, since, span.until)

    def repair(asset: Asset) -> Measured:
        due = faults[asset.id]
        return ratio(sum(due), len(due), ("due", len(due)), ("in_time", sum(due)), lacking=N_("年内没有应修的问题"))

    def sound(asset: Asset) -> Measured:
        seen = patrols[asset.id]
        good = sum(ok for _day, ok in seen)
        return ratio(good, len(seen), ("patrols", len(seen)), ("normal", good), lacking=N_("年内没有巡查记录"))

    return {
        Criterion.TITLE: title,
        Criterion.AGREEMENT: agreement,
        Criterion.PATROL: patrol,
        Criterion.REPAIR: repair,
        Criterion.SOUND: sound,
    }


def _certified(span: Span) -> Collection[int]:
    rows = (
        select(TitleCertificate.asset_id)
        .join(Asset, Asset.id == TitleCertificate.asset_id)
        .where(span.here, TitleCertificate.issued_on <= span.until, TitleCertificate.void_on.is_(None))
    )
    return set(db.session.scalars(rows))


def _custodians(span: Span) -> Collection[int]:
    rows = (
        select(AssetRelation.asset_id)
        .join(Asset, Asset.id == AssetRelation.asset_id)
        .where(
            span.here, AssetRelation.kind == RelationKind.CUSTODIAN.value, AssetRelation.valid_from <= span.until,
            (AssetRelation.valid_to.is_(None)) | (AssetRelation.valid_to > span.until),
        )
    )  # fmt: skip
    return set(db.session.scalars(rows))


def _agreements(span: Span) -> Mapping[int, int]:
    """Return how often, in months, the agreement that ran on the last day asks for a patrol, by asset."""
    rows = (
        select(CustodyItem.asset_id, CustodyAgreement.frequency_months)
        .join(CustodyAgreement, CustodyAgreement.id == CustodyItem.agreement_id)
        .join(Asset, Asset.id == CustodyItem.asset_id)
        .where(
            span.here, CustodyAgreement.status.in_(_TAKEN), CustodyAgreement.taken_on <= span.until,
            CustodyAgreement.ends_on >= span.until,
            (CustodyAgreement.ended_on.is_(None)) | (CustodyAgreement.ended_on > span.until),
            (CustodyItem.ended_on.is_(None)) | (CustodyItem.ended_on > span.until),
        )
        .order_by(CustodyItem.id)
    )  # fmt: skip
    return {asset_id: months for asset_id, months in db.session.execute(rows)}  # noqa: C416 - rows are typed so


def _patrols(span: Span) -> Mapping[int, list[tuple[date, bool]]]:
    rows = (
        select(Patrol.asset_id, Patrol.done_on, Patrol.result == PatrolResult.NORMAL.value)
        .join(Asset, Asset.id == Patrol.asset_id)
        .where(span.here, Patrol.kind == PatrolKind.SELF.value, Patrol.done_on.between(span.first, span.until))
        .order_by(Patrol.id)
    )
    found: dict[int, list[tuple[date, bool]]] = defaultdict(list)
    for asset_id, day, is_normal in db.session.execute(rows):
        found[asset_id].append((day, bool(is_normal)))
    return found


def _kept_since(span: Span) -> date | None:
    """Return when the county began to enter patrols here: what was done before that is unknown, not undone."""
    rows = (
        select(func.min(Patrol.done_on))
        .join(Asset, Asset.id == Patrol.asset_id)
        .where(span.here, Patrol.kind == PatrolKind.SELF.value)
    )
    return db.session.scalar(rows)


def _faults(span: Span) -> Mapping[int, list[bool]]:
    """Return for each repair that fell due in the year whether it was done in time, by asset."""
    rows = (
        select(Fault.asset_id, Fault.status, Fault.repaired_on, Fault.due_on)
        .join(Asset, Asset.id == Fault.asset_id)
        .where(
            span.here, Fault.due_on.between(span.first, span.until),
            # What ended with its asset before its day was never due.
            (Fault.ended_on.is_(None)) | (Fault.ended_on > Fault.due_on),
        )
        .order_by(Fault.id)
    )  # fmt: skip
    found: dict[int, list[bool]] = defaultdict(list)
    for asset_id, status, repaired_on, due_on in db.session.execute(rows):
        # A repair that was given up or sent back is not done, whatever was said before.
        is_done = status not in UNREPAIRED
        found[asset_id].append(is_done and repaired_on is not None and repaired_on <= due_on)
    return found
