"""Where the money of projects and documents went: questions that need projects and cards together."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, collate, func, select
from sqlalchemy.orm import InstrumentedAttribute

from registry.assets.register.cards.models import Asset, FundingLine
from registry.assets.register.funding import FundingSource
from registry.assets.register.projects.models import Project, ProjectFunding
from registry.assets.register.projects.rules import Formed
from registry.assets.register.registration import Stage
from registry.database import db
from registry.permissions import Actor, Permission
from registry.scope import within

PAGE_ROWS = 50
_READ = Permission.ASSET_READ


@dataclass(frozen=True)
class DocumentRow:
    """A funding document: what it gave, and what stands in assets. An empty number: money without a document."""

    document_no: str
    given_fen: int
    formed_fen: int


def list_assets_of(project_id: int, actor: Actor) -> Sequence[Asset]:
    """Return the assets that came of a project, within the actor's reach."""
    rows = select(Asset).where(Asset.project_id == project_id, within(Asset, actor, _READ))
    return list(db.session.scalars(rows.where(Asset.stage != Stage.WITHDRAWN).order_by(Asset.id)))


def count_assets_of_project(project_id: int) -> int:
    """Return how many assets hang on a project, whoever may see them."""
    rows = select(func.count()).where(Asset.project_id == project_id, Asset.stage != Stage.WITHDRAWN)
    return db.session.scalar(rows) or 0


def list_likely(project: Project, actor: Actor, limit: int = 10) -> Sequence[Asset]:
    """Return assets that name this project and hang on none: probably what came of it."""
    rows = select(Asset).where(
        Asset.region_code == project.region_code,
        Asset.project_name == project.name[:100],
        Asset.project_id.is_(None),
        Asset.stage != Stage.WITHDRAWN,
        within(Asset, actor, _READ),
    )
    return list(db.session.scalars(rows.order_by(Asset.id).limit(limit)))


def list_formed(document_no: str, actor: Actor) -> list[Formed]:
    """Return the money of a document that stands in assets, reversals netted, in the order of the register."""
    amount = func.sum(FundingLine.amount_fen)
    rows = (
        select(Asset.asset_no, Asset.region_code, Asset.name, Asset.project_id, amount)
        .join(FundingLine, FundingLine.asset_id == Asset.id)
        .where(FundingLine.document_no == document_no, *_money_in_assets(actor))
        .group_by(Asset.id)
        .having(amount != 0)
        .order_by(Asset.region_code, Asset.id)
    )
    return [Formed(no, region, name, project, int(fen)) for no, region, name, project, fen in db.session.execute(rows)]


def list_documents(actor: Actor, *, after: str | None = None, limit: int = PAGE_ROWS) -> list[DocumentRow]:
    """Return the next documents in order of their number, from projects and assets within the actor's reach."""
    in_no, out_no = _bytewise(ProjectFunding.document_no), _bytewise(FundingLine.document_no)
    given = (
        select(ProjectFunding.document_no, func.sum(ProjectFunding.amount_fen))
        .join(Project, Project.id == ProjectFunding.project_id)
        .where(within(Project, actor, _READ))
        .group_by(ProjectFunding.document_no)
        .order_by(in_no)
    )
    formed = (
        select(FundingLine.document_no, func.sum(FundingLine.amount_fen))
        .join(Asset, Asset.id == FundingLine.asset_id)
        .where(*_money_in_assets(actor))
        .group_by(FundingLine.document_no)
        .order_by(out_no)
    )
    if after is not None:
        given = given.where(in_no > after)
        formed = formed.where(out_no > after)
    # Both lists are cut at the same length, so every document among the first ones of the union is complete.
    ins = {number: int(fen) for number, fen in db.session.execute(given.limit(limit))}
    outs = {number: int(fen) for number, fen in db.session.execute(formed.limit(limit))}
    numbers = sorted({*ins, *outs}, key=str.encode)[:limit]
    return [DocumentRow(number, ins.get(number, 0), outs.get(number, 0)) for number in numbers]


def _bytewise(column: InstrumentedAttribute[str]) -> ColumnElement[str]:
    """Let both engines and Python agree on the order of Chinese document numbers."""
    return collate(column, "C" if db.engine.dialect.name == "postgresql" else "BINARY")


def _money_in_assets(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """Say which money lines stand for money in assets: not those of revaluation, not those of withdrawn cards."""
    return (
        within(Asset, actor, _READ),
        Asset.stage != Stage.WITHDRAWN,
        FundingLine.source != FundingSource.ADJUSTMENT,
    )
