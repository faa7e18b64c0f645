"""Questions about receipts and income."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select

from registry.assets.register.cards.models import Asset
from registry.counting import count_up_to
from registry.database import db
from registry.errors import Missing
from registry.ledger.operation.periods import Place
from registry.ledger.operation.receipts.kinds import DISTRIBUTABLE, IncomeKind
from registry.ledger.operation.receipts.models import IncomeRow, Receipt
from registry.ledger.operation.receipts.rules import (
    ALIVE,
    DUPLICATE_WINDOW,
    Basis,
    Entered,
    ReceiptFacts,
    ReceiptStatus,
)
from registry.parties.models import Party
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.scope import within

PAGE_ROWS = 20
_DISTRIBUTABLE = sorted(kind.value for kind in DISTRIBUTABLE)
_ALIVE = sorted(status.value for status in ALIVE)
_P, _S = Permission, ReceiptStatus


def get_receipt(receipt_id: int, actor: Actor, permission: Permission) -> Receipt:
    """Return a receipt within the actor's reach; raises Missing."""
    receipt = db.session.scalar(select(Receipt).where(Receipt.id == receipt_id, within(Receipt, actor, permission)))
    if receipt is None:
        raise Missing
    return receipt


def list_distributable(
    *, until: date, party_id: int | None = None, asset_ids: Collection[int] = (), contract_id: int | None = None
) -> list[IncomeRow]:
    """Return income both earned and received by a day that may be distributed, in order of entry.

    A row that was reversed stands beside the negative row that reverses it (``reverses_id``), so sums are right and
    a plan can tell what it took back. What plans have taken already, distribution knows itself.
    """
    rows = select(IncomeRow).where(
        IncomeRow.kind.in_(_DISTRIBUTABLE), IncomeRow.basis == Basis.OWN.value, IncomeRow.earned_on <= until
    )
    if party_id is not None:
        rows = rows.where(IncomeRow.party_id == party_id)
    if asset_ids:
        rows = rows.where(IncomeRow.asset_id.in_(asset_ids))
    if contract_id is not None:
        rows = rows.where(IncomeRow.contract_id == contract_id)
    return list(db.session.scalars(rows.order_by(IncomeRow.id)))


def income_by_asset(asset_ids: Collection[int], until: date) -> dict[int, int]:
    """Return of each asset what was earned and received by a day and may be distributed (fen)."""
    rows = select(IncomeRow.asset_id, func.sum(IncomeRow.amount_fen)).where(
        IncomeRow.asset_id.in_(asset_ids), IncomeRow.kind.in_(_DISTRIBUTABLE), IncomeRow.basis == Basis.OWN.value,
        IncomeRow.earned_on <= until,
    )  # fmt: skip
    found = db.session.execute(rows.group_by(IncomeRow.asset_id))
    return {asset_id: int(fen) for asset_id, fen in found if asset_id is not None}


def list_like(asset_id: int, facts: ReceiptFacts) -> list[Entered]:
    """Return the receipts that a new one might repeat: of the asset within days of it, or of its bank reference."""
    near = (
        Receipt.asset_id == asset_id,
        Receipt.amount_fen == facts.amount_fen,
        Receipt.received_on.between(facts.received_on - DUPLICATE_WINDOW, facts.received_on + DUPLICATE_WINDOW),
    )
    alike: list[ColumnElement[bool]] = [and_(*near)]
    if facts.bank_reference:
        alike.append(Receipt.bank_reference == facts.bank_reference)
    rows = select(Receipt).where(or_(*alike), Receipt.status.in_(_ALIVE)).order_by(Receipt.id)
    return [
        Entered(one.id, one.amount_fen, one.received_on, one.bank_reference, one.asset_id == asset_id)
        for one in db.session.scalars(rows)
    ]


def find_last(asset_id: int, kind: IncomeKind, before: date) -> Receipt | None:
    """Return the asset's latest receipt of a kind up to a day, whether it has been checked or not."""
    rows = select(Receipt).where(
        Receipt.asset_id == asset_id,
        Receipt.kind == kind.value,
        Receipt.status.in_(_ALIVE),
        Receipt.received_on <= before,
    )
    return db.session.scalar(rows.order_by(Receipt.received_on.desc(), Receipt.id.desc()).limit(1))


def list_waiting_fen(
    *, contract_id: int | None, equity_id: int | None, but: int | None = None
) -> list[tuple[int, int | None]]:
    """Return what has been entered under a contract or equity and waits to be checked; ``but`` one receipt.

    Each with its fen and the due it names, those that name one first.
    """
    rows = select(Receipt.amount_fen, Receipt.due_id).where(
        Receipt.status.in_([_S.SUBMITTED.value, _S.SENT_BACK.value]), Receipt.corrects_id.is_(None)
    )
    if contract_id is not None:
        rows = rows.where(Receipt.contract_id == contract_id)
    else:
        rows = rows.where(Receipt.equity_id == equity_id)
    if but is not None:
        rows = rows.where(Receipt.id != but)
    found = db.session.execute(rows.order_by(Receipt.due_id.is_(None), Receipt.id))
    return [(fen, due_id) for fen, due_id in found]


def find_correction(receipt_id: int) -> Receipt | None:
    """Return the correction of a receipt that waits or was made."""
    rows = select(Receipt).where(Receipt.corrects_id == receipt_id, Receipt.status.in_(_ALIVE))
    return db.session.scalar(rows.limit(1))


def list_rows_of(receipt_id: int) -> list[IncomeRow]:
    """Return the income that a receipt became."""
    return list(db.session.scalars(select(IncomeRow).where(IncomeRow.receipt_id == receipt_id).order_by(IncomeRow.id)))


@dataclass(frozen=True)
class ReceiptFilter:
    """Which receipts a list shows: of a unit and below, of a period of receipt, kind, status, asset."""

    region_code: str
    status: ReceiptStatus | None = None
    kind: IncomeKind | None = None
    basis: Basis | None = None
    since: date | None = None
    until: date | None = None


def list_receipts(
    wanted: ReceiptFilter, actor: Actor, *, before: Place | None = None, limit: int = PAGE_ROWS
) -> list[tuple[Receipt, Asset]]:
    """Return receipts with their assets, the latest received first; one more than a page to show more."""
    rows = (
        select(Receipt, Asset)
        .join(Asset, Asset.id == Receipt.asset_id)
        .where(within(Receipt, actor, _P.LEDGER_READ), *_conditions(wanted))
    )
    if before is not None:
        day, number = before
        same_day = and_(Receipt.received_on == day, Receipt.id < number)
        rows = rows.where(Receipt.received_on <= day, or_(Receipt.received_on < day, same_day))
    found = db.session.execute(rows.order_by(Receipt.received_on.desc(), Receipt.id.desc()).limit(limit + 1))
    return [(receipt, asset) for receipt, asset in found]


def count_receipts(wanted: ReceiptFilter, actor: Actor, most: int) -> int:
    """Return how many receipts a list shows, counting up to a number."""
    return count_up_to(select(Receipt.id).where(within(Receipt, actor, _P.LEDGER_READ), *_conditions(wanted)), most)


def _conditions(wanted: ReceiptFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Receipt.region_code.between(*code_range(wanted.region_code))]
    for column, value in ((Receipt.status, wanted.status), (Receipt.kind, wanted.kind), (Receipt.basis, wanted.basis)):
        if value is not None:
            found.append(column == value.value)
    if wanted.since is not None:
        found.append(Receipt.received_on >= wanted.since)
    if wanted.until is not None:
        found.append(Receipt.received_on <= wanted.until)
    return found


def list_receipts_of(asset_id: int, actor: Actor, limit: int = PAGE_ROWS) -> list[Receipt]:
    """Return the latest receipts of an asset within the actor's reach, the latest first."""
    rows = select(Receipt).where(Receipt.asset_id == asset_id, within(Receipt, actor, _P.LEDGER_READ))
    return list(db.session.scalars(rows.order_by(Receipt.received_on.desc(), Receipt.id.desc()).limit(limit)))


def sums_of_asset(asset_id: int, actor: Actor) -> dict[tuple[int, IncomeKind], int]:
    """Return what an asset's posted income comes to by year of receipt and kind, as far as it is in the actor's reach.

    Rows keep the unit they were written in; where an owner came over with an ended unit, its rows are read through it.
    """
    mine = or_(
        within(IncomeRow, actor, _P.LEDGER_READ),
        IncomeRow.party_id.in_(select(Party.id).where(within(Party, actor, _P.LEDGER_READ))),
    )
    year = IncomeRow.month / 100 if db.engine.dialect.name == "sqlite" else func.div(IncomeRow.month, 100)
    rows = (
        select(year, IncomeRow.kind, func.sum(IncomeRow.amount_fen))
        .where(IncomeRow.asset_id == asset_id, mine)
        .group_by(year, IncomeRow.kind)
    )
    return {(int(y), IncomeKind(kind)): int(fen) for y, kind, fen in db.session.execute(rows)}


@dataclass(frozen=True)
class IncomeFilter:
    """Which income a list shows: of a unit and below, of one asset, of months of receipt (202611), kind, sector."""

    region_code: str
    asset_id: int | None = None
    month: int | None = None
    from_month: int | None = None
    until_month: int | None = None
    kind: str | None = None
    sector: str | None = None


def list_income(wanted: IncomeFilter, actor: Actor, *, after: int, limit: int) -> list[IncomeRow]:
    """Return posted income in order of entry; one more than a page to show that there are more."""
    rows = select(IncomeRow).where(
        within(IncomeRow, actor, _P.LEDGER_READ),
        IncomeRow.region_code.between(*code_range(wanted.region_code)),
        IncomeRow.id > after,
    )
    equal = {
        IncomeRow.asset_id: wanted.asset_id, IncomeRow.month: wanted.month, IncomeRow.kind: wanted.kind,
        IncomeRow.sector: wanted.sector,
    }  # fmt: skip
    rows = rows.where(*(column == value for column, value in equal.items() if value is not None))
    if wanted.from_month is not None:
        rows = rows.where(IncomeRow.month >= wanted.from_month)
    if wanted.until_month is not None:
        rows = rows.where(IncomeRow.month <= wanted.until_month)
    return list(db.session.scalars(rows.order_by(IncomeRow.id).limit(limit + 1)))


def _to_check(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        Receipt.status == _S.SUBMITTED.value,
        within(Receipt, actor, _P.INCOME_CHECK),
        Receipt.entered_by_id.is_distinct_from(actor.id),
    )


def list_to_check(
    actor: Actor, *, region_code: str | None = None, limit: int = 50, after: int = 0
) -> list[tuple[Receipt, Asset]]:
    """Return receipts the actor may check, the oldest first; one's own are somebody else's work."""
    rows = select(Receipt, Asset).join(Asset, Asset.id == Receipt.asset_id).where(*_to_check(actor), Receipt.id > after)
    if region_code is not None:
        rows = rows.where(Receipt.region_code.between(*code_range(region_code)))
    return [(receipt, asset) for receipt, asset in db.session.execute(rows.order_by(Receipt.id).limit(limit))]


def count_to_check(actor: Actor, most: int) -> int:
    """Return how many receipts the actor may check, counting up to a number."""
    return count_up_to(select(Receipt.id).where(*_to_check(actor)), most)


def _sent_back(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return Receipt.status == _S.SENT_BACK.value, Receipt.entered_by_id == actor.id


def list_sent_back(actor: Actor, limit: int = 50) -> list[tuple[Receipt, Asset]]:
    """Return the actor's own receipts that a checker sent back."""
    rows = select(Receipt, Asset).join(Asset, Asset.id == Receipt.asset_id).where(*_sent_back(actor))
    return [(receipt, asset) for receipt, asset in db.session.execute(rows.order_by(Receipt.id).limit(limit))]


def count_sent_back(actor: Actor, most: int) -> int:
    """Return how many of the actor's receipts were sent back."""
    return count_up_to(select(Receipt.id).where(*_sent_back(actor)), most)
