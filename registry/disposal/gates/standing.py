"""What stands in the way of assets, asked for hundreds of them at once; whoever may see the case may know it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row

from registry.assets.title.certificates.queries import certificates_of
from registry.assets.title.encumbrances.queries import first_encumbrances
from registry.assets.title.encumbrances.rules import EncumbranceKind
from registry.bulk import chunks
from registry.database import db
from registry.disposal.gates.statements import (
    CONTRACT,
    CORRECTION,
    CUSTODIAN,
    DISPOSAL,
    HELD,
    NAMED,
    OWED,
    POSTED,
    REFUSED_REPAIR,
    REPAIR,
    SUMS,
    TITLE,
)
from registry.ledger.distribution.plans.queries import free_by_asset
from registry.ledger.operation.kinds import DueKind


@dataclass(frozen=True)
class Standing:
    """What was found, by id of the asset."""

    cases: dict[int, str]
    encumbrances: dict[int, str]
    papers: dict[int, str]
    contracts: dict[int, str]
    owed: dict[int, int]
    held: dict[int, int]
    undistributed: dict[int, int]
    repairs: dict[int, str]
    refused_repairs: dict[int, str]
    custodians: dict[int, str]
    posted: dict[int, date]


def standing_of(asset_ids: Sequence[int], on: date, *, besides: int, is_exit: bool = False) -> Standing:
    """Return what stands in the way of these assets on a day; ``besides`` is the case that asks.

    What leaves a company brings the principal back itself: it is owed no longer beside the price.
    """
    named = _named(asset_ids, besides)
    sums = _sums(asset_ids, on, DueKind.PRINCIPAL if is_exit else None)
    return Standing(
        cases=named[CORRECTION] | named[TITLE] | named[DISPOSAL],
        encumbrances={
            asset_id: f"{EncumbranceKind(row.kind).label}（{row.holder}，{row.document_no}）"
            for some in chunks(asset_ids)
            for asset_id, row in first_encumbrances(some, on).items()
        },
        papers={asset_id: row.number for some in chunks(asset_ids) for asset_id, row in certificates_of(some).items()},
        contracts=named[CONTRACT],
        owed={asset_id: fen for asset_id, fen in sums[OWED].items() if fen},
        held={asset_id: max(fen, 0) for asset_id, fen in sums[HELD].items()},
        undistributed=free_by_asset(asset_ids, on),
        repairs=named[REPAIR],
        refused_repairs=named[REFUSED_REPAIR],
        custodians=named[CUSTODIAN],
        posted=_posted(asset_ids),
    )


def _named(asset_ids: Sequence[int], besides: int) -> dict[int, dict[int, str]]:
    """Return what is open and has a name, by what it is and by asset; of several the oldest."""
    found = defaultdict[int, dict[int, str]](dict)
    for some in chunks(asset_ids):
        rows = sorted(db.session.execute(NAMED, {"ids": some, "besides": besides}), key=_age)
        for what, asset_id, _key, name in rows:
            found[what].setdefault(asset_id, name)
    return found


def _age(row: Row[*tuple[Any, ...]]) -> int:
    return int(row[2])


def _sums(asset_ids: Sequence[int], on: date, ignoring: DueKind | None) -> dict[int, dict[int, int]]:
    """Return what is owed and what is held, by what it is and by asset (fen)."""
    found = defaultdict[int, dict[int, int]](dict)
    for some in chunks(asset_ids):
        asked = {"ids": some, "on": on, "ignoring": ignoring.value if ignoring else ""}
        for what, asset_id, fen in db.session.execute(SUMS, asked):
            found[what][asset_id] = int(fen)
    return found


def _posted(asset_ids: Sequence[int]) -> dict[int, date]:
    return {
        asset_id: day
        for some in chunks(asset_ids)
        for asset_id, day in db.session.execute(POSTED, {"ids": some})
        if asset_id is not None
    }
