"""What an import asks the register: units in reach, what may be the same thing, cards that rows name, earlier files."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import case, func, select

from registry.assets.register.amendments.models import Correction
from registry.assets.register.amendments.rules import CorrectionStatus
from registry.assets.register.bigrams import folded
from registry.assets.register.cards.models import Asset, AssetOwner, AssetRelation, FundingLine, Interest
from registry.assets.register.cards.parts import PLAIN, RelationKind
from registry.assets.register.projects.models import Project
from registry.assets.register.registration import (
    DepreciationMethod,
    FundingFact,
    InterestFacts,
    OwnerFact,
    Registration,
    Stage,
)
from registry.assets.register.rules import netted
from registry.assets.register.sheets.models import BatchStatus, HeadingMemory, ImportBatch, ImportChunk, ImportUpload
from registry.assets.register.sheets.places import RegionIndex, RegionName, index_regions
from registry.assets.register.sheets.planning import Key, KnownCard, Twin
from registry.database import db
from registry.errors import Missing
from registry.kinds import Category, OwnerKind
from registry.permissions import Actor, Permission
from registry.places.models import Region
from registry.regions import lineage
from registry.scope import within

_AT_ONCE = 500
T = TypeVar("T")


def portions(items: Sequence[T], size: int = _AT_ONCE) -> Iterator[Sequence[T]]:
    """Cut a sequence into pieces that one question, or one transaction, can take."""
    return (items[start : start + size] for start in range(0, len(items), size))


def get_upload(upload_id: int, by: Actor) -> ImportUpload:
    """Return one of a person's own uploads; raises Missing."""
    upload = db.session.scalar(select(ImportUpload).where(ImportUpload.id == upload_id, ImportUpload.user_id == by.id))
    if upload is None:
        raise Missing
    return upload


def list_uploads(by: Actor, limit: int = 30) -> list[ImportUpload]:
    """Return a person's own uploads, the newest first."""
    rows = select(ImportUpload).where(ImportUpload.user_id == by.id)
    return list(db.session.scalars(rows.order_by(ImportUpload.id.desc()).limit(limit)))


def find_same_file(sha256: str, by: Actor) -> ImportBatch | None:
    """Return the last batch that came of the very same file and was not undone, within the asker's reach."""
    rows = select(ImportBatch).where(
        ImportBatch.file_sha256 == sha256,
        ImportBatch.status != BatchStatus.UNDONE,
        within(ImportBatch, by, Permission.ASSET_READ),
    )
    return db.session.scalar(rows.order_by(ImportBatch.id.desc()).limit(1))


def get_batch(batch_id: int) -> ImportBatch:
    """Return a batch; its upload has been looked up within the asker's reach. Raises Missing."""
    batch = db.session.get(ImportBatch, batch_id)
    if batch is None:
        raise Missing
    return batch


def next_chunk(upload_id: int) -> ImportChunk | None:
    """Return the first chunk that is not written yet."""
    rows = select(ImportChunk).where(ImportChunk.upload_id == upload_id, ImportChunk.written_at.is_(None))
    return db.session.scalar(rows.order_by(ImportChunk.number).limit(1))


def list_chunks(upload_id: int) -> list[ImportChunk]:
    """Return all chunks of an upload in their order."""
    rows = select(ImportChunk).where(ImportChunk.upload_id == upload_id)
    return list(db.session.scalars(rows.order_by(ImportChunk.number)))


def regions_of(upload_id: int) -> list[str]:
    """Return the units of each chunk, without loading what waits in it."""
    return list(db.session.scalars(select(ImportChunk.regions).where(ImportChunk.upload_id == upload_id)))


def refusals_of(upload_id: int) -> list[str]:
    """Return the JSON of what was refused in each chunk, in their order."""
    rows = select(ImportChunk.refused).where(ImportChunk.upload_id == upload_id)
    return list(db.session.scalars(rows.order_by(ImportChunk.number)))


@dataclass(frozen=True)
class Progress:
    """How many chunks and rows an upload has, and how many of the rows are written."""

    chunks: int
    rows: int
    written: int


def written_of(upload_id: int) -> Progress:
    """Return how far an upload is brought in."""
    written = case((ImportChunk.written_at.is_not(None), ImportChunk.rows), else_=0)
    sums = select(func.count(), func.sum(ImportChunk.rows), func.sum(written))
    chunks, rows, done = db.session.execute(sums.where(ImportChunk.upload_id == upload_id)).one()
    return Progress(chunks, int(rows or 0), int(done or 0))


def remembered_headings(region_code: str) -> dict[str, str]:
    """Return which heading a unit's ledgers use for which field."""
    rows = select(HeadingMemory.heading, HeadingMemory.field).where(HeadingMemory.region_code == region_code)
    return {row.heading: row.field for row in db.session.execute(rows)}


def regions_in_reach(by: Actor) -> RegionIndex:
    """Return the index of the units a person may enter assets for, with the names of all units above them."""
    mine = select(Region.region_code, Region.name).where(
        Region.ended_on.is_(None), within(Region, by, Permission.ASSET_ENTER)
    )
    units = {row.region_code: row.name for row in db.session.execute(mine.order_by(Region.region_code))}
    names = dict(units)
    above = {code for unit in units for code in lineage(unit)[:-1]}
    for codes in portions(sorted(above - set(names))):
        rows = select(Region.region_code, Region.name).where(Region.region_code.in_(codes))
        names.update({row.region_code: row.name for row in db.session.execute(rows)})
    return index_regions(
        [
            RegionName(code, name, tuple(names[above] for above in lineage(code)[:-1] if above in names))
            for code, name in units.items()
        ]
    )


def asset_twins(keys: set[Key], *, besides: int = 0) -> dict[Key, tuple[Twin, ...]]:
    """Return the assets that stand under these keys; those of one batch are left out when it is being written."""
    rows = select(Asset.region_code, Asset.name, Asset.project_year, Asset.original_value_fen, Asset.asset_no).where(
        Asset.stage != Stage.WITHDRAWN, Asset.batch_id.is_distinct_from(besides)
    )
    return _twins(rows, Asset.region_code, keys)


def project_twins(keys: set[Key], *, besides: int = 0) -> dict[Key, tuple[Twin, ...]]:
    """Return the projects that stand under these keys."""
    rows = select(Project.region_code, Project.name, Project.year, Project.total_fen, Project.id).where(
        Project.batch_id.is_distinct_from(besides)
    )
    return _twins(rows, Project.region_code, keys)


def _twins(rows: Any, column: Any, keys: set[Key]) -> dict[Key, tuple[Twin, ...]]:
    found: dict[Key, tuple[Twin, ...]] = {}
    for codes in portions(sorted({key[0] for key in keys})):
        for region_code, name, year, value_fen, number in db.session.execute(rows.where(column.in_(codes))):
            key = (region_code, folded(name), year)
            if key in keys:
                found[key] = (*found.get(key, ()), Twin(value_fen, str(number)))
    return found


def known_cards(numbers: Iterable[str], by: Actor) -> dict[str, KnownCard]:
    """Return the assets that bear these numbers and lie in the units a person may enter for."""
    found: dict[str, KnownCard] = {}
    for some in portions(sorted(set(numbers))):
        rows = select(Asset).where(Asset.asset_no.in_(some), within(Asset, by, Permission.ASSET_ENTER))
        assets = list(db.session.scalars(rows))
        waiting = _waiting([asset.id for asset in assets])
        for asset, facts in zip(assets, registrations_of(assets), strict=True):
            found[asset.asset_no] = KnownCard(facts, asset.state, asset.id in waiting)
        db.session.expunge_all()
    return found


def _waiting(ids: Sequence[int]) -> set[int]:
    rows = select(Correction.asset_id).where(
        Correction.asset_id.in_(ids), Correction.status == CorrectionStatus.WAITING
    )
    return set(db.session.scalars(rows))


def registrations_of(assets: Sequence[Asset]) -> list[Registration]:
    """Return what many cards say today, asked for together; identity numbers stay sealed and are left out."""
    ids = [asset.id for asset in assets]
    owners, funding = _grouped(_owners(ids)), _grouped(_funding(ids))
    relations, interests = _grouped(_relations(ids)), _grouped(_interests(ids))
    return [
        Registration(
            region_code=asset.region_code,
            category=Category(asset.category),
            original_value_fen=asset.original_value_fen,
            acquired=asset.acquired,
            owners=tuple(owners.get(asset.id, ())),
            funding=netted(funding.get(asset.id, ())),
            project_year=asset.project_year,
            service_months=asset.service_months,
            depreciation=DepreciationMethod(asset.depreciation_method),
            sector=asset.sector,
            interest=next(iter(interests.get(asset.id, ())), InterestFacts()),
            **{name: getattr(asset, name) for name in PLAIN},
            **dict(relations.get(asset.id, ())),
        )
        for asset in assets
    ]


def _grouped(pairs: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


def _owners(ids: Sequence[int]) -> list[tuple[int, OwnerFact]]:
    rows = select(AssetOwner).where(AssetOwner.asset_id.in_(ids), AssetOwner.valid_to.is_(None))
    return [
        (row.asset_id, OwnerFact(
            OwnerKind(row.party.kind), row.party.name, row.share_bp, row.party.region_code, row.party.credit_code
        ))
        for row in db.session.scalars(rows.order_by(AssetOwner.share_bp.desc(), AssetOwner.id))
    ]  # fmt: skip


def _funding(ids: Sequence[int]) -> list[tuple[int, FundingFact]]:
    rows = select(FundingLine).where(FundingLine.asset_id.in_(ids)).order_by(FundingLine.id)
    return [(row.asset_id, row.fact) for row in db.session.scalars(rows)]


def _relations(ids: Sequence[int]) -> list[tuple[int, tuple[str, str]]]:
    rows = select(AssetRelation.asset_id, AssetRelation.kind, AssetRelation.name).where(
        AssetRelation.asset_id.in_(ids), AssetRelation.valid_to.is_(None)
    )
    return [(asset_id, (RelationKind(kind).value.lower(), name)) for asset_id, kind, name in db.session.execute(rows)]


def _interests(ids: Sequence[int]) -> list[tuple[int, InterestFacts]]:
    rows = select(Interest).where(Interest.asset_id.in_(ids))
    return [
        (row.asset_id, InterestFacts(
            row.investee, row.investee_code, row.share_bp, row.principal_fen, row.rate_bp,
            row.return_kind, row.starts_on, row.ends_on, row.exit_terms,
        ))
        for row in db.session.scalars(rows)
    ]  # fmt: skip
