"""Questions about cases of disposal; a case outside the asker's reach does not exist (404)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import BigInteger, ColumnElement, cast, func, select
from sqlalchemy.orm import selectinload

from registry.approvals.requests.models import ApprovalRequest
from registry.assets.register.cards.models import Asset
from registry.assets.title.cases.queries import holders_of
from registry.bulk import chunks
from registry.database import db
from registry.disposal.cases.models import DisposalAppraisal, DisposalCase, DisposalLine
from registry.disposal.kinds import COUNTED, OPEN, DisposalKind, DisposalStatus, LineDecision
from registry.disposal.rules import Subject
from registry.disposal.valuation import Earlier
from registry.errors import Missing
from registry.kinds import Sector
from registry.permissions import Actor, Permission
from registry.regions import Level, ancestor, code_range
from registry.scope import within

PAGE_ROWS = 20
_READ = Permission.ASSET_READ


@dataclass(frozen=True)
class Wanted:
    """Which cases a list shows; ``year`` is the year in which they were carried out."""

    region_code: str = ""
    kind: DisposalKind | None = None
    status: DisposalStatus | None = None
    text: str = ""
    year: int | None = None
    sector: Sector | None = None
    #: The unit on whose desk a case lies.
    desk: str = ""


@dataclass(frozen=True)
class CasePage:
    """One page of the list, the newest first, and how many stand before and after it."""

    rows: Sequence[DisposalCase]
    before: int
    after: int


def get_case(case_id: int, actor: Actor, permission: Permission = _READ) -> DisposalCase:
    """Return a case within the actor's reach; raises Missing."""
    rows = select(DisposalCase).where(DisposalCase.id == case_id, within(DisposalCase, actor, permission))
    case = db.session.scalar(rows)
    if case is None:
        raise Missing
    return case


def region_of_case(case_id: int, actor: Actor, permission: Permission) -> str:
    """Return the unit whose log a case's deeds go to, to open the transaction with; raises Missing."""
    return get_case(case_id, actor, permission).region_code


def _matching(wanted: Wanted, actor: Actor) -> list[ColumnElement[bool]]:
    found = [within(DisposalCase, actor, _READ)]
    if wanted.region_code:
        found.append(DisposalCase.region_code.between(*code_range(wanted.region_code)))
    if wanted.kind:
        found.append(DisposalCase.kind == wanted.kind.value)
    if wanted.status:
        found.append(DisposalCase.status == wanted.status.value)
    if wanted.text:
        found.append(DisposalCase.title.contains(wanted.text, autoescape=True) | (DisposalCase.number == wanted.text))
    if wanted.year:
        found.append(DisposalCase.done_on.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    if wanted.sector:
        found.append(DisposalCase.sector == wanted.sector.value)
    if wanted.desk:
        found.append(lies_with(wanted.desk))
    return found


def lies_with(unit_code: str) -> ColumnElement[bool]:
    """Say which cases lie on a desk of a unit, to be decided on there."""
    here = select(cast(ApprovalRequest.case_id, BigInteger)).where(
        ApprovalRequest.desk_code == unit_code, ApprovalRequest.case_table == DisposalCase.__tablename__
    )
    return DisposalCase.id.in_(here)


def list_cases(
    wanted: Wanted, actor: Actor, *, after: int | None = None, before: int | None = None, limit: int = PAGE_ROWS
) -> CasePage:
    """Return a page of cases, the newest first: older than one, or newer than one."""
    here = _matching(wanted, actor)
    rows = select(DisposalCase).where(*here)
    if before is not None:
        newer = rows.where(DisposalCase.id > before).order_by(DisposalCase.id).limit(limit)
        found = list(reversed(list(db.session.scalars(newer))))
    else:
        rows = rows.where(DisposalCase.id < after) if after is not None else rows
        found = list(db.session.scalars(rows.order_by(DisposalCase.id.desc()).limit(limit)))
    if not found:
        return CasePage([], 0, 0)
    count = select(func.count()).select_from(DisposalCase).where(*here)
    newer_ones = db.session.scalar(count.where(DisposalCase.id > found[0].id)) or 0
    return CasePage(found, newer_ones, db.session.scalar(count.where(DisposalCase.id < found[-1].id)) or 0)


def tally_cases(wanted: Wanted, actor: Actor) -> dict[DisposalStatus, tuple[int, int]]:
    """Return how many cases are in each state, and their value (fen)."""
    rows = select(DisposalCase.status, func.count(), func.coalesce(func.sum(DisposalCase.original_fen), 0))
    found = db.session.execute(rows.where(*_matching(wanted, actor)).group_by(DisposalCase.status))
    return {DisposalStatus(status): (count, int(fen)) for status, count, fen in found}


def list_lines(case_id: int, *, after: int = 0, limit: int | None = None, taken: bool = False) -> list[DisposalLine]:
    """Return lines of a case in the order they were taken in, with their assets; all, or those taken in only."""
    rows = select(DisposalLine).where(DisposalLine.case_id == case_id, DisposalLine.id > after)
    if taken:
        rows = rows.where(DisposalLine.decision == LineDecision.TAKEN.value)
    rows = rows.order_by(DisposalLine.id).options(selectinload(DisposalLine.asset))
    return list(db.session.scalars(rows.limit(limit) if limit else rows))


def get_line(line_id: int, case: DisposalCase) -> DisposalLine:
    """Return a line of a case; raises Missing."""
    rows = select(DisposalLine).where(DisposalLine.id == line_id, DisposalLine.case_id == case.id)
    line = db.session.scalar(rows.options(selectinload(DisposalLine.asset)))
    if line is None:
        raise Missing
    return line


def choose(asset_numbers: Iterable[str], actor: Actor) -> list[Asset]:
    """Return the assets named, in the order of the list. Raises Missing if one is out of reach."""
    wanted, found = sorted(set(asset_numbers)), list[Asset]()
    here = within(Asset, actor, Permission.DISPOSAL_ENTER)
    for some in chunks(wanted):
        found += db.session.scalars(select(Asset).where(Asset.asset_no.in_(some), here))
    if len(found) != len(wanted) or not found:
        raise Missing
    return sorted(found, key=lambda asset: asset.id)


def subjects_of(assets: Sequence[Asset]) -> list[Subject]:
    """Return assets as the rules of a case see them."""
    holders = holders_of([asset.id for asset in assets])
    return [
        Subject(
            asset.name, asset.state, asset.kind, asset.subtype_row.nature, asset.region_code, asset.acquired_on,
            asset.quantity_milli, frozenset((row.party_id, row.share_bp) for row in holders.get(asset.id, ())),
        )
        for asset in assets
    ]  # fmt: skip


def busy_assets(asset_ids: Sequence[int], *, besides: int = 0) -> dict[int, DisposalCase]:
    """Return which of these assets already lie in a case of disposal that is open."""
    found: dict[int, DisposalCase] = {}
    for some in chunks(asset_ids):
        rows = (
            select(DisposalLine.asset_id, DisposalCase)
            .join(DisposalCase, DisposalCase.id == DisposalLine.case_id)
            .where(
                DisposalLine.asset_id.in_(some), DisposalLine.decision == LineDecision.TAKEN.value,
                DisposalCase.status.in_([one.value for one in OPEN]), DisposalCase.id != besides,
            )
        )  # fmt: skip
        found |= {row.asset_id: row.DisposalCase for row in db.session.execute(rows)}
    return found


def earlier_cases(owner_id: int, kind: DisposalKind, since: date, *, besides: int = 0) -> list[Earlier]:
    """Return what else the same owner disposes of in the same way since a day, the oldest first."""
    rows = select(DisposalCase.number, DisposalCase.own_fen, DisposalCase.submitted_on).where(
        DisposalCase.owner_id == owner_id, DisposalCase.kind == kind.value, DisposalCase.submitted_on >= since,
        DisposalCase.status.in_([one.value for one in COUNTED]), DisposalCase.id != besides,
        DisposalCase.is_legacy.is_(False),
    )  # fmt: skip
    found = db.session.execute(rows.order_by(DisposalCase.submitted_on, DisposalCase.id))
    return [Earlier(number, fen, day) for number, fen, day in found if day is not None]


def find_report(case_id: int) -> DisposalAppraisal | None:
    """Return the newest report of appraisal of a case."""
    rows = select(DisposalAppraisal).where(DisposalAppraisal.case_id == case_id)
    return db.session.scalar(rows.order_by(DisposalAppraisal.id.desc()).limit(1))


def list_reports(case_id: int) -> list[DisposalAppraisal]:
    """Return every report of appraisal of a case, the oldest first."""
    rows = select(DisposalAppraisal).where(DisposalAppraisal.case_id == case_id)
    return list(db.session.scalars(rows.order_by(DisposalAppraisal.id)))


def cases_of_asset(asset_id: int) -> list[DisposalCase]:
    """Return the cases that took an asset in, or of whose parts it came, the newest first."""
    taken = (DisposalLine.asset_id == asset_id) & (DisposalLine.decision == LineDecision.TAKEN.value)
    mine = taken | (DisposalLine.part_asset_id == asset_id)
    rows = select(DisposalCase).where(DisposalCase.id.in_(select(DisposalLine.case_id).where(mine)))
    return list(db.session.scalars(rows.order_by(DisposalCase.id.desc())))


def next_number(region_code: str, year: int) -> str:
    """Return the next number of a case in a county and year; the log's lock keeps others from taking it."""
    prefix = f"CZ-{ancestor(region_code, Level.COUNTY)[:6]}-{year}-"
    last = db.session.scalar(select(func.max(DisposalCase.number)).where(DisposalCase.number.startswith(prefix)))
    return f"{prefix}{int(last[len(prefix) :]) + 1 if last else 1:04d}"
