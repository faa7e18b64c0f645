"""What pages show of receipts: an asset's years, the checker's desk, the owners behind rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from registry.assets.register.cards.models import Asset
from registry.database import db
from registry.evidence.models import Attachment
from registry.ledger.books.models import Voucher
from registry.ledger.operation.dues.models import Due, DueShare
from registry.ledger.operation.kinds import OUTSTANDING
from registry.ledger.operation.receipts.kinds import DISTRIBUTABLE, IncomeKind
from registry.ledger.operation.receipts.models import IncomeRow, Receipt
from registry.ledger.operation.receipts.queries import list_to_check
from registry.ledger.operation.receipts.rules import Difference, Expected, differences
from registry.ledger.operation.receipts.totals import KindSum
from registry.parties.models import Party
from registry.permissions import Actor, Permission, may
from registry.places.queries import list_children, path_of

#: As many as a checker can look through at once.
MOST_AT_DESK = 200
_OPEN = sorted(status.value for status in OUTSTANDING)


@dataclass(frozen=True)
class Totals:
    """Income, and what was received that is none, of a year or period (fen)."""

    income_fen: int
    other_fen: int
    by_kind: tuple[tuple[IncomeKind, int], ...]


def by_kind(sums: Sequence[KindSum]) -> Totals:
    """Part what is income from deposits, money in advance and the like."""
    return _totals([(one.kind, one.amount_fen) for one in sums])


def _totals(pairs: Sequence[tuple[IncomeKind, int]]) -> Totals:
    income = sum(fen for kind, fen in pairs if kind in DISTRIBUTABLE)
    return Totals(income, sum(fen for _, fen in pairs) - income, tuple(sorted(pairs)))


def by_year(sums: Mapping[tuple[int, IncomeKind], int]) -> list[tuple[int, Totals]]:
    """Return an asset's years, the latest first."""
    years = sorted({year for year, _ in sums}, reverse=True)
    return [(year, _totals([(kind, fen) for (of, kind), fen in sums.items() if of == year])) for year in years]


def open_dues_of(asset_id: int) -> list[Due]:
    """Return what is still owed for an asset, the oldest first."""
    about = select(DueShare.due_id).where(DueShare.asset_id == asset_id)
    rows = select(Due).where(Due.status.in_(_OPEN), Due.id.in_(about))
    return list(db.session.scalars(rows.order_by(Due.due_on, Due.id)))


def rows_with_owners(rows: Sequence[IncomeRow]) -> list[tuple[IncomeRow, str, Asset]]:
    """Return income rows with the names of their owners and their assets."""
    owners = select(Party.id, Party.name).where(Party.id.in_({row.party_id for row in rows}))
    names = {row.id: row.name for row in db.session.execute(owners)}
    wanted = select(Asset).where(Asset.id.in_({row.asset_id for row in rows}))
    assets = {one.id: one for one in db.session.scalars(wanted)}
    return [(row, names[row.party_id], assets[row.asset_id]) for row in rows]


def vouchers_behind(rows: Sequence[IncomeRow]) -> dict[int, list[Voucher]]:
    """Return for each income row its voucher, and those by which the due it pays was accrued."""
    own = select(Voucher).where(Voucher.id.in_({row.voucher_id for row in rows} - {None}))
    by_id = {one.id: one for one in db.session.scalars(own)}
    shares = {row.due_share_id for row in rows} - {None}
    due = select(Voucher).where(Voucher.source_table == DueShare.__tablename__, Voucher.source_id.in_(shares))
    accrued: dict[int, list[Voucher]] = {}
    for one in db.session.scalars(due.order_by(Voucher.id)):
        accrued.setdefault(one.source_id, []).append(one)
    return {
        row.id: [*accrued.get(row.due_share_id or 0, ()), *([by_id[row.voucher_id]] if row.voucher_id else ())]
        for row in rows
    }


@dataclass(frozen=True)
class Waiting:
    """A receipt on a checker's desk, with what to look at."""

    receipt: Receipt
    asset: Asset
    differences: tuple[tuple[Difference, int], ...]
    vouchers: int


def desk_of(actor: Actor, region_code: str) -> list[Waiting]:
    """Return what the actor may check in a unit and below: what differs from contract or last time first."""
    pairs = list_to_check(actor, region_code=region_code, limit=MOST_AT_DESK)
    keys = [str(receipt.id) for receipt, _ in pairs]
    rows = select(Attachment.thing_id).where(Attachment.thing_table == "receipt", Attachment.thing_id.in_(keys))
    papers = list(db.session.scalars(rows))
    found = [_waiting(receipt, asset, papers.count(str(receipt.id))) for receipt, asset in pairs]
    return sorted(found, key=lambda one: (not one.differences, one.receipt.id))


def _waiting(receipt: Receipt, asset: Asset, vouchers: int) -> Waiting:
    expected = Expected(
        receipt.due_fen, receipt.last_fen, has_voucher=bool(vouchers or receipt.bank_reference),
        looks_entered=receipt.is_twice, is_correction=receipt.corrects_id is not None,
    )  # fmt: skip
    return Waiting(receipt, asset, tuple(differences(receipt.amount_fen, expected)), vouchers)


def units_below(region_code: str, actor: Actor, permission: Permission) -> list[tuple[str, str]]:
    """Return the units to look at from the one that is shown: those above it in reach, itself, those below."""
    above = [unit for unit in path_of(region_code) if may(actor, permission, unit.region_code)]
    return [
        *((unit.region_code, unit.short) for unit in above),
        *((unit.region_code, f"　{unit.short}") for unit in list_children(region_code)),
    ]


def assets_of_due(due_id: int) -> list[Asset]:
    """Return the assets a due is for."""
    about = select(DueShare.asset_id).where(DueShare.due_id == due_id)
    return list(db.session.scalars(select(Asset).where(Asset.id.in_(about)).order_by(Asset.id)))
