"""What was due by a day, what had come of it by then, and what was still owed: read from dues, income, write-offs."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import func, or_, select

from registry.assets.register.cards.models import Asset
from registry.bulk import chunks
from registry.clock import start_of
from registry.database import db
from registry.ledger.operation.arrears.models import WriteOff
from registry.ledger.operation.arrears.rules import WriteOffStatus
from registry.ledger.operation.dues.models import Due, DueShare
from registry.ledger.operation.kinds import DueStatus
from registry.ledger.operation.receipts.models import IncomeRow
from registry.money import allocate
from registry.permissions import Actor, Permission
from registry.regions import code_range, covers
from registry.scope import within
from registry.text import N_

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DueThen:
    """A due as it stood at the end of a day, in fen; of one managed elsewhere only the parts of the unit's owners."""

    due: Due
    asset_ids: tuple[int, ...]
    due_fen: int
    received_fen: int
    written_off_fen: int

    @property
    def owed_fen(self) -> int:
        return self.due_fen - self.received_fen - self.written_off_fen


def dues_within(region_code: str, actor: Actor, on: date) -> list[DueThen]:
    """Return the dues of a unit's contracts and equity, and its owners' parts of others, that were due by a day."""
    codes = code_range(region_code)
    rows = select(Due).where(
        within(Due, actor, Permission.PRINT), or_(Due.region_code.between(*codes), Due.co_owned_in(codes)),
        Due.due_on <= on, Due.status != DueStatus.VOID.value,
    )  # fmt: skip
    dues = list(db.session.scalars(rows.order_by(Due.region_code, Due.due_on, Due.id)))
    return [one for some in chunks(dues) for one in _then(some, region_code, on)]


def _then(dues: Sequence[Due], region_code: str, on: date) -> Iterable[DueThen]:
    shares = _shares(dues)
    received, undone = _received([one for held in shares.values() for one in held], on), _undone(dues, on)
    for due in dues:
        held = _without(shares[due.id], undone.get(due.id, 0))
        is_whole = covers(region_code, due.region_code)
        kept = [(one, gone) for one, gone in held if is_whole or covers(region_code, one.region_code)]
        yield _due_then(due, kept, received)


def _due_then(due: Due, held: Sequence[tuple[DueShare, int]], received: dict[int, int]) -> DueThen:
    return DueThen(
        due=due,
        asset_ids=tuple(dict.fromkeys(one.asset_id for one, _ in held if one.asset_id is not None)),
        due_fen=sum(one.amount_fen or 0 for one, _ in held),
        received_fen=sum(received.get(one.id, 0) for one, _ in held),
        written_off_fen=sum(gone for _, gone in held),
    )


def _shares(dues: Iterable[Due]) -> dict[int, list[DueShare]]:
    found = defaultdict[int, list[DueShare]](list)
    rows = select(DueShare).where(DueShare.due_id.in_([due.id for due in dues])).order_by(DueShare.id)
    for share in db.session.scalars(rows):
        found[share.due_id].append(share)
    return found


def _received(shares: Sequence[DueShare], on: date) -> dict[int, int]:
    """Return what had come of each part by the end of a day; a reversal counts from its own day."""
    found: dict[int, int] = {}
    for some in chunks([share.id for share in shares]):
        rows = select(IncomeRow.due_share_id, func.sum(IncomeRow.amount_fen)).where(
            IncomeRow.due_share_id.in_(some), IncomeRow.received_on <= on
        )
        found |= {key or 0: int(fen) for key, fen in db.session.execute(rows.group_by(IncomeRow.due_share_id))}
    return found


def _undone(dues: Iterable[Due], on: date) -> dict[int, int]:
    """Return what of each due was given up only after a day."""
    rows = select(WriteOff.due_id, func.sum(WriteOff.amount_fen)).where(
        WriteOff.due_id.in_([due.id for due in dues]),
        WriteOff.status == WriteOffStatus.WRITTEN_OFF.value,
        WriteOff.decided_at >= start_of(on + timedelta(days=1)),
    )
    return {key: int(fen) for key, fen in db.session.execute(rows.group_by(WriteOff.due_id))}


def _without(shares: Sequence[DueShare], undone_fen: int) -> list[tuple[DueShare, int]]:
    """Return what was given up of each part, less what was given up later."""
    given_up = [share.written_off_fen for share in shares]
    later = allocate(undone_fen, given_up) if undone_fen and sum(given_up) else [0] * len(shares)
    return [(share, all_of_it - part) for share, all_of_it, part in zip(shares, given_up, later, strict=True)]


def period_text(first: date, last: date) -> str:
    """Write the months a payment is for: 2026-01, 2026-01～03, 2025-11～2026-01."""
    if (first.year, first.month) == (last.year, last.month):
        return first.isoformat()[:7]
    return f"{first.isoformat()[:7]}～{last.isoformat()[5 if first.year == last.year else 0 : 7]}"


def assets_text(names: dict[int, str], asset_ids: Sequence[int]) -> str:
    """Name the first of some assets, and say how many there are."""
    if not asset_ids:
        return ""
    first = names[asset_ids[0]]
    return first if len(asset_ids) == 1 else N_("%(name)s等 %(count)s 项") % {"name": first, "count": len(asset_ids)}


def asset_names(asset_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of assets that stand in what the reader may see."""
    found: dict[int, str] = {}
    for some in chunks(sorted(set(asset_ids))):
        rows = select(Asset.id, Asset.name).where(Asset.id.in_(some))
        found.update(db.session.execute(rows).all())
    return found
