"""Questions about cases of title; a case outside the asker's reach does not exist (404)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import selectinload

from registry.assets.register.cards.models import Asset, AssetOwner
from registry.assets.register.categories import INTERESTS, SUBTYPES
from registry.assets.title.cases.models import TitleCase, TitleLine, TitleOwner
from registry.assets.title.rules import EDITABLE, CaseStatus, LineDecision
from registry.database import db
from registry.errors import Missing
from registry.kinds import TitleDeed
from registry.parties.models import Party
from registry.permissions import Actor, Permission
from registry.regions import Level, ancestor, code_range
from registry.scope import within

PAGE_ROWS = 20
_READ = Permission.ASSET_READ


@dataclass(frozen=True)
class Wanted:
    """Which cases a list shows."""

    region_code: str = ""
    deed: TitleDeed | None = None
    status: CaseStatus | None = None
    text: str = ""


@dataclass(frozen=True)
class CasePage:
    """One page of the list, the newest first, and how many stand before and after it."""

    rows: Sequence[TitleCase]
    before: int
    after: int


def get_case(case_id: int, actor: Actor, permission: Permission = _READ) -> TitleCase:
    """Return a case within the actor's reach; raises Missing."""
    case = db.session.scalar(select(TitleCase).where(TitleCase.id == case_id, within(TitleCase, actor, permission)))
    if case is None:
        raise Missing
    return case


def _matching(wanted: Wanted, actor: Actor) -> list[ColumnElement[bool]]:
    found = [within(TitleCase, actor, _READ)]
    if wanted.region_code:
        found.append(TitleCase.region_code.between(*code_range(wanted.region_code)))
    if wanted.deed:
        found.append(TitleCase.deed == wanted.deed.value)
    if wanted.status:
        found.append(TitleCase.status == wanted.status.value)
    if wanted.text:
        found.append(TitleCase.title.contains(wanted.text, autoescape=True))
    return found


def list_cases(
    wanted: Wanted, actor: Actor, *, after: int | None = None, before: int | None = None, limit: int = PAGE_ROWS
) -> CasePage:
    """Return a page of cases, the newest first: older than one, or newer than one."""
    here = _matching(wanted, actor)
    rows = select(TitleCase).where(*here)
    if before is not None:
        newer = rows.where(TitleCase.id > before).order_by(TitleCase.id).limit(limit)
        found = list(reversed(list(db.session.scalars(newer))))
    else:
        rows = rows.where(TitleCase.id < after) if after is not None else rows
        found = list(db.session.scalars(rows.order_by(TitleCase.id.desc()).limit(limit)))
    if not found:
        return CasePage([], 0, 0)
    count = select(func.count()).select_from(TitleCase).where(*here)
    newer_ones = db.session.scalar(count.where(TitleCase.id > found[0].id)) or 0
    return CasePage(found, newer_ones, db.session.scalar(count.where(TitleCase.id < found[-1].id)) or 0)


def tally_cases(wanted: Wanted, actor: Actor) -> dict[CaseStatus, int]:
    """Return how many cases are in each state."""
    rows = select(TitleCase.status, func.count()).where(*_matching(wanted, actor)).group_by(TitleCase.status)
    return {CaseStatus(status): count for status, count in db.session.execute(rows)}


def list_lines(case_id: int, *, after: int = 0, limit: int | None = None) -> list[TitleLine]:
    """Return lines of a case in the order they were taken in, with their assets, proposed holders and parties."""
    rows = (
        select(TitleLine)
        .where(TitleLine.case_id == case_id, TitleLine.id > after)
        .order_by(TitleLine.id)
        .options(selectinload(TitleLine.asset), selectinload(TitleLine.owners).selectinload(TitleOwner.party))
    )
    return list(db.session.scalars(rows.limit(limit) if limit else rows))


def list_lines_named(case_id: int, asset_numbers: Collection[str] | None) -> list[TitleLine]:
    """Return the lines of a case about these assets, or all lines; raises Missing for an asset that is not in it."""
    lines = list_lines(case_id)
    if asset_numbers is None:
        return lines
    wanted = set(asset_numbers)
    named = [line for line in lines if line.asset.asset_no in wanted]
    if len(named) != len(wanted):
        raise Missing
    return named


def has_interests(case_id: int) -> bool:
    """Say whether a case speaks of shares or claims, which go by their contract."""
    codes = [subtype.code for subtype in SUBTYPES if subtype.nature in INTERESTS]
    rows = select(TitleLine.id).join(Asset, Asset.id == TitleLine.asset_id)
    here = rows.where(TitleLine.case_id == case_id, Asset.subtype.in_(codes))
    return db.session.scalar(here.limit(1)) is not None


@dataclass(frozen=True)
class Tally:
    """How many lines a case has, how many are decided each way, and what they are worth."""

    lines: int
    taken_in: int
    left_out: int
    value_fen: int

    @property
    def undecided(self) -> int:
        return self.lines - self.taken_in - self.left_out


def tallies_of(case_ids: Iterable[int]) -> dict[int, Tally]:
    """Return the tally of each of these cases."""
    rows = (
        select(TitleLine.case_id, TitleLine.decision, func.count(), func.sum(Asset.original_value_fen))
        .join(Asset, Asset.id == TitleLine.asset_id)
        .where(TitleLine.case_id.in_(case_ids))
        .group_by(TitleLine.case_id, TitleLine.decision)
    )
    found: dict[int, Tally] = {}
    for case_id, decision, count, fen in db.session.execute(rows):
        old = found.get(case_id, Tally(0, 0, 0, 0))
        found[case_id] = Tally(
            old.lines + count,
            old.taken_in + (count if decision == LineDecision.CONFIRMED else 0),
            old.left_out + (count if decision == LineDecision.LEFT_OUT else 0),
            old.value_fen + (int(fen) if decision != LineDecision.LEFT_OUT else 0),
        )
    return found


def busy_assets(asset_ids: Iterable[int], deed: TitleDeed, *, besides: int = 0) -> dict[int, str]:
    """Return which of these assets already lie in a case that is open, with its title.

    A case that is agreed and only waits to be carried out keeps others of its kind away, not those of another kind.
    """
    under_way = TitleCase.status.in_([*(one.value for one in EDITABLE), CaseStatus.SUBMITTED.value])
    same = and_(TitleCase.status == CaseStatus.APPROVED.value, TitleCase.deed == deed.value)
    rows = (
        select(TitleLine.asset_id, TitleCase.title)
        .join(TitleCase, TitleCase.id == TitleLine.case_id)
        .where(
            TitleLine.asset_id.in_(asset_ids), TitleLine.decision != LineDecision.LEFT_OUT.value,
            or_(under_way, same), TitleCase.id != besides,
        )
    )  # fmt: skip
    return {row.asset_id: row.title for row in db.session.execute(rows)}


def holders_of(asset_ids: Iterable[int]) -> dict[int, list[AssetOwner]]:
    """Return the present holders of each of these assets, the largest share first."""
    rows = select(AssetOwner).where(AssetOwner.asset_id.in_(asset_ids), AssetOwner.valid_to.is_(None))
    found: dict[int, list[AssetOwner]] = {}
    for row in db.session.scalars(rows.order_by(AssetOwner.share_bp.desc(), AssetOwner.id)):
        found.setdefault(row.asset_id, []).append(row)
    return found


def list_assets_held_by(party: Party) -> list[Asset]:
    """Return the assets of a holder's own county that it holds or has a share in, those that ended left out."""
    held = select(AssetOwner.asset_id).where(AssetOwner.party_id == party.id, AssetOwner.valid_to.is_(None))
    county = Asset.region_code.between(*code_range(ancestor(party.region_code, Level.COUNTY)))
    rows = select(Asset).where(Asset.id.in_(held), county, Asset.closed_on.is_(None))
    return list(db.session.scalars(rows.order_by(Asset.id)))


def cases_of_asset(asset_id: int) -> list[tuple[TitleCase, TitleLine]]:
    """Return every case an asset ever lay in, with its line, the latest first; whoever sees the asset sees them."""
    rows = select(TitleCase, TitleLine).join(TitleLine, TitleLine.case_id == TitleCase.id)
    rows = rows.where(TitleLine.asset_id == asset_id).order_by(TitleCase.id.desc())
    return [(case, line) for case, line in db.session.execute(rows)]


def _sent_back(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    back = TitleCase.status == CaseStatus.SENT_BACK.value
    return back, TitleCase.opened_by_id == actor.id, within(TitleCase, actor, Permission.TITLE_ENTER)


def list_sent_back_cases(actor: Actor, limit: int = 50) -> Sequence[TitleCase]:
    """Return the asker's own cases that were sent back, the oldest first."""
    return list(db.session.scalars(select(TitleCase).where(*_sent_back(actor)).order_by(TitleCase.id).limit(limit)))


def count_sent_back_cases(actor: Actor) -> int:
    """Return how many of the asker's own cases were sent back."""
    return db.session.scalar(select(func.count()).select_from(TitleCase).where(*_sent_back(actor))) or 0
