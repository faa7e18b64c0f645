"""What is asked of assets and projects: registration, title, papers, custody, use, yield."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, String, and_, cast, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from registry.assets.custody.patrols.models import PatrolState
from registry.assets.custody.patrols.queries import patrolled
from registry.assets.register.cards.models import Asset, AssetRelation
from registry.assets.register.cards.parts import RelationKind
from registry.assets.register.categories import BEHAVIOURS, TitleStatus, UseStatus
from registry.assets.register.projects.models import Project
from registry.assets.register.projects.rules import ProjectStatus
from registry.assets.register.registration import MONTHS, WHOLE_BP, Stage
from registry.assets.register.rights.models import UseChange
from registry.clock import start_of
from registry.evidence.models import Attachment
from registry.kinds import Category
from registry.ledger.operation.contracts.kinds import BINDING
from registry.ledger.operation.contracts.models import Contract, ContractAsset
from registry.ledger.operation.receipts.kinds import DISTRIBUTABLE, IncomeKind
from registry.ledger.operation.receipts.models import IncomeRow
from registry.ledger.operation.receipts.rules import Basis
from registry.ledger.operation.reviews.models import IndustryReview
from registry.policy.calendar import add_months
from registry.policy.parameters import Parameter
from registry.supervision.warnings.asked import Asked, Column, wrong
from registry.supervision.warnings.figures import Figure

_P, _F = Parameter, Figure
_CONFIRMED = Asset.stage == Stage.CONFIRMED.value
_OWNED = [kind.value for kind in Category if BEHAVIOURS[kind].needs_hand_over]
_EARNING = [kind.value for kind in Category if BEHAVIOURS[kind].has_income]
_EARNED = sorted(kind.value for kind in DISTRIBUTABLE)
#: How a patrol's interval is set, by category.
_PATROLS = {Category.PUBLIC_WELFARE: _P.PATROL_MONTHS_PUBLIC, Category.OPERATING: _P.PATROL_MONTHS_OPERATING}


def _of_assets(figures: dict[Figure, Column]) -> Select[Any]:
    return wrong(Asset.name, Asset.asset_no, Asset.sector, figures)


def unconfirmed(asked: Asked) -> Select[Any]:
    """Cards that wait for their second person longer than an accepted asset may stay out of the books."""
    limit = asked.before(_P.LEDGER_ENTRY_DAYS)
    accepted = and_(Asset.accepted_on < limit, Asset.is_legacy.is_(False))
    return _of_assets(
        {_F.ENTERED_ON: Asset.entered_at, _F.ACCEPTED_ON: Asset.accepted_on, **asked.limit(_P.LEDGER_ENTRY_DAYS)}
    ).where(
        Asset.stage.in_([Stage.SUBMITTED.value, Stage.SENT_BACK.value]),
        or_(Asset.entered_at < start_of(limit), accepted),
    )


def project_uncovered(asked: Asked) -> Select[Any]:
    """Projects of which less became assets than the money that was given for it."""
    formed = (
        select(func.coalesce(func.sum(Asset.original_value_fen), 0))
        .where(Asset.project_id == Project.id, Asset.stage != Stage.WITHDRAWN.value)
        .scalar_subquery()
    )
    until = add_months(asked.on, -asked.number(_P.PROJECT_MONTHS))
    return wrong(
        Project.name, Project.id, Project.sector,
        {_F.YEAR: Project.year, _F.TOTAL_FEN: Project.total_fen, _F.FORMED_FEN: formed,
         **asked.limit(_P.PROJECT_PERCENT)},
    ).where(
        Project.status != ProjectStatus.NOT_FORMED.value,
        Project.year < until.year,
        formed * WHOLE_BP < Project.total_fen * asked.number(_P.PROJECT_PERCENT),
    )  # fmt: skip


def _accepted(asked: Asked) -> Select[Any]:
    """Assets accepted longer ago than the time to hand over and confirm title; history is left alone."""
    return _of_assets({_F.ACCEPTED_ON: Asset.accepted_on, **asked.limit(_P.TRANSFER_DAYS)}).where(
        _CONFIRMED, Asset.category.in_(_OWNED), Asset.is_legacy.is_(False),
        Asset.accepted_on < asked.before(_P.TRANSFER_DAYS),
    )  # fmt: skip


def title_late(asked: Asked) -> Select[Any]:
    """Assets nobody has brought in for title in time."""
    return _accepted(asked).where(Asset.title_status == TitleStatus.UNCONFIRMED.value)


def hand_over_late(asked: Asked) -> Select[Any]:
    """Assets that were not handed over in time."""
    return _accepted(asked).where(Asset.handed_over_on.is_(None))


def owner_disputed(_asked: Asked) -> Select[Any]:
    """Assets whose owner is disputed."""
    return _of_assets({_F.ORIGINAL_FEN: Asset.original_value_fen}).where(
        _CONFIRMED, Asset.title_status == TitleStatus.DISPUTED.value
    )


def undocumented(asked: Asked) -> Select[Any]:
    """Assets without a single photo or paper some time after they were confirmed."""
    paper = exists().where(Attachment.thing_table == "asset", Attachment.thing_id == cast(Asset.id, String))
    return _of_assets({_F.CONFIRMED_ON: Asset.confirmed_at, **asked.limit(_P.PROOF_DAYS)}).where(
        _CONFIRMED, Asset.category.in_(_OWNED), Asset.confirmed_at < start_of(asked.before(_P.PROOF_DAYS)), ~paper
    )


def _care() -> tuple[ColumnElement[bool], ...]:
    return (
        AssetRelation.asset_id == Asset.id,
        AssetRelation.kind == RelationKind.CUSTODIAN.value,
        AssetRelation.valid_to.is_(None),
    )


def custodian_missing(asked: Asked) -> Select[Any]:
    """Assets nobody looks after some time after they were confirmed."""
    return _of_assets({_F.CONFIRMED_ON: Asset.confirmed_at, **asked.limit(_P.CUSTODIAN_DAYS)}).where(
        *patrolled(), Asset.confirmed_at < start_of(asked.before(_P.CUSTODIAN_DAYS)), ~exists().where(*_care())
    )


def patrol_late(asked: Asked) -> Select[Any]:
    """Assets in somebody's care whose patrol is long overdue, or that were never looked at since the register knows."""
    late = asked.before(_P.PATROL_LATE_DAYS)
    never = [
        and_(Asset.category == kind.value, AssetRelation.valid_from < day, Asset.confirmed_at < start_of(day))
        for kind, months in _PATROLS.items()
        for day in (add_months(late, -asked.number(months)),)
    ]
    due = PatrolState.self_due_on
    return (
        _of_assets(
            {_F.CUSTODIAN: func.min(AssetRelation.name), _F.LAST_ON: func.min(PatrolState.self_on),
             _F.DUE_ON: func.min(due), _F.SINCE_ON: func.min(AssetRelation.valid_from),
             **asked.limit(_P.PATROL_LATE_DAYS)}
        )
        .join(AssetRelation, and_(*_care()))
        .outerjoin(PatrolState, PatrolState.asset_id == Asset.id)
        .where(*patrolled(), or_(due < late, and_(due.is_(None), or_(*never))))
        .group_by(Asset.id)
    )  # fmt: skip


def rent_without_contract(asked: Asked) -> Select[Any]:
    """Operating assets that are let, or brought rent within a year, without a contract that binds anybody."""
    rent = (
        select(func.coalesce(func.sum(IncomeRow.amount_fen), 0))
        .where(
            IncomeRow.asset_id == Asset.id, IncomeRow.kind == IncomeKind.RENT.value, IncomeRow.contract_id.is_(None),
            IncomeRow.basis == Basis.OWN.value, IncomeRow.received_on >= add_months(asked.on, -MONTHS),
        )
        .scalar_subquery()
    )  # fmt: skip
    bound = exists().where(
        ContractAsset.asset_id == Asset.id, ContractAsset.ended_on.is_(None), Contract.id == ContractAsset.contract_id,
        Contract.status.in_([status.value for status in BINDING]),
    )  # fmt: skip
    return _of_assets({_F.RECEIVED_FEN: rent}).where(
        _CONFIRMED, Asset.category.in_(_EARNING), or_(Asset.use_status == UseStatus.LEASED.value, rent > 0), ~bound
    )


def _idle_since() -> ColumnElement[date]:
    """Say since when an asset lies idle: as the last review says, else when its card was changed."""
    earlier = aliased(UseChange)
    used = select(func.coalesce(func.max(earlier.id), 0)).where(
        earlier.asset_id == Asset.id, earlier.use_status != UseStatus.IDLE.value
    )
    stopped = select(func.min(UseChange.changed_on)).where(
        UseChange.asset_id == Asset.id, UseChange.id > used.correlate(Asset).scalar_subquery()
    )
    return func.coalesce(_last_review(IndustryReview.idle_since), stopped.scalar_subquery())


def _last_review(column: Column) -> ScalarSelect[Any]:
    rows = select(column).where(IndustryReview.asset_id == Asset.id)
    return rows.order_by(IndustryReview.year.desc(), IndustryReview.id.desc()).limit(1).scalar_subquery()


def _last_use(column: Column) -> ScalarSelect[Any]:
    rows = select(column).where(UseChange.asset_id == Asset.id, UseChange.use_status == UseStatus.IDLE.value)
    return rows.order_by(UseChange.changed_on.desc(), UseChange.id.desc()).limit(1).scalar_subquery()


def idle(asked: Asked) -> Select[Any]:
    """Operating assets that lie idle longer than the district lets pass."""
    limit, since = asked.before(_P.IDLE_WARN_MONTHS), _idle_since()
    reason = func.coalesce(_last_review(IndustryReview.finding), _last_use(UseChange.basis))
    return _of_assets(
        {_F.SINCE_ON: since, _F.ENTERED_ON: Asset.entered_at, _F.ORIGINAL_FEN: Asset.original_value_fen,
         _F.REASON: reason, **asked.limit(_P.IDLE_WARN_MONTHS)}
    ).where(
        _CONFIRMED, Asset.category.in_(_EARNING), Asset.use_status == UseStatus.IDLE.value,
        or_(since < limit, and_(since.is_(None), Asset.entered_at < start_of(limit))),
    )  # fmt: skip


def idle_unrevived(asked: Asked) -> Select[Any]:
    """Operating assets still idle after the day that their last review set."""
    until = _last_review(IndustryReview.revive_by)
    return _of_assets(
        {_F.SINCE_ON: _idle_since(), _F.DUE_ON: until, _F.ORIGINAL_FEN: Asset.original_value_fen,
         _F.REASON: _last_review(IndustryReview.finding), _F.MEASURES: _last_review(IndustryReview.measures)}
    ).where(
        _CONFIRMED, Asset.category.in_(_EARNING), Asset.use_status == UseStatus.IDLE.value, until < asked.on
    )  # fmt: skip


def yield_low(asked: Asked) -> Select[Any]:
    """Operating assets that earned less than the least percentage in every one of the last whole years.

    Only those that the register has held, or knows income of, since these years began: elsewhere it knows nothing.
    """
    years = range(asked.on.year - asked.number(_P.YIELD_YEARS), asked.on.year)
    first = date(years[0], 1, 1)
    sums = [_earned_in(year) for year in years]
    earlier = exists().where(IncomeRow.asset_id == Asset.id, IncomeRow.earned_on < date(years[0] + 1, 1, 1))
    least = Asset.original_value_fen * asked.number(_P.YIELD_PERCENT)
    return _of_assets(
        {_F.ORIGINAL_FEN: Asset.original_value_fen, _F.LAST_INCOME_FEN: sums[-1], _F.YEAR: literal(years[-1]),
         **asked.limit(_P.YIELD_PERCENT), **asked.limit(_P.YIELD_YEARS)}
    ).where(
        _CONFIRMED, Asset.category.in_(_EARNING), Asset.original_value_fen > 0, Asset.acquired_on < first,
        or_(Asset.entered_at < start_of(first), earlier), *(earned * WHOLE_BP < least for earned in sums),
    )  # fmt: skip


def _earned_in(year: int) -> ColumnElement[int]:
    rows = select(func.coalesce(func.sum(IncomeRow.amount_fen), 0)).where(
        IncomeRow.asset_id == Asset.id, IncomeRow.kind.in_(_EARNED),
        IncomeRow.earned_on.between(date(year, 1, 1), date(year, MONTHS, 31)),
    )  # fmt: skip
    return rows.scalar_subquery()
