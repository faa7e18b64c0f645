"""Questions about earmarked money; an account outside the asker's reach does not exist (404)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, select

from registry.assets.register.cards.models import Asset
from registry.database import db
from registry.disposal.cases.models import DisposalCase, DisposalLine
from registry.disposal.kinds import LineDecision
from registry.disposal.proceeds.kinds import (
    COUNTED,
    WATCHED,
    Destination,
    ReceiptStatus,
    Standing,
    UseStatus,
)
from registry.disposal.proceeds.models import Proceeds, ProceedsReceipt, ProceedsReceiptDraft, ProceedsUse
from registry.disposal.proceeds.rules import Lot, lots_of
from registry.errors import Missing
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.scope import within

PAGE_ROWS = 20
_READ = Permission.LEDGER_READ
_WATCHED = sorted(one.value for one in WATCHED)
_COUNTED = sorted(one.value for one in COUNTED)


@dataclass(frozen=True)
class Wanted:
    """Which accounts a list shows."""

    region_code: str
    standing: Standing | None = None
    destination: Destination | None = None
    case_id: int | None = None


def get_proceeds(proceeds_id: int, actor: Actor, permission: Permission = _READ) -> Proceeds:
    """Return an account within the actor's reach; raises Missing."""
    rows = select(Proceeds).where(Proceeds.id == proceeds_id, within(Proceeds, actor, permission))
    account = db.session.scalar(rows)
    if account is None:
        raise Missing
    return account


def region_of_proceeds(proceeds_id: int, actor: Actor, permission: Permission) -> str:
    """Return the unit whose log an account's deeds go to, to open the transaction with; raises Missing."""
    return get_proceeds(proceeds_id, actor, permission).region_code


def get_use(use_id: int, account: Proceeds) -> ProceedsUse:
    """Return a use of an account; raises Missing."""
    use = db.session.get(ProceedsUse, use_id)
    if use is None or use.proceeds_id != account.id:
        raise Missing
    return use


def get_draft(draft_id: int, account: Proceeds) -> ProceedsReceiptDraft:
    """Return what was entered as come in for an account; raises Missing."""
    draft = db.session.get(ProceedsReceiptDraft, draft_id)
    if draft is None or draft.proceeds_id != account.id:
        raise Missing
    return draft


def balance_fen() -> ColumnElement[int]:
    """Say in a query over accounts what of each has come in and waits to be used."""
    net = Proceeds.received_fen - Proceeds.cost_fen
    return case((net > 0, net), else_=0) - Proceeds.used_fen


def waits() -> ColumnElement[bool]:
    """Keep the watched accounts of which something waits to be used."""
    return and_(Proceeds.destination.in_(_WATCHED), balance_fen() > 0)


def overdue(on: date) -> ColumnElement[bool]:
    """Keep the accounts of which something should have been used by now."""
    return and_(waits(), Proceeds.use_by < on)


def _of_standing(standing: Standing, on: date) -> ColumnElement[bool]:
    return {
        Standing.BALANCE: waits(),
        Standing.OVERDUE: overdue(on),
        Standing.UNPAID: Proceeds.received_fen < Proceeds.due_fen,
        Standing.SETTLED: and_(balance_fen() == 0, Proceeds.received_fen == Proceeds.due_fen),
    }[standing]


def _matching(wanted: Wanted, actor: Actor, on: date) -> list[ColumnElement[bool]]:
    found = [within(Proceeds, actor, _READ), Proceeds.region_code.between(*code_range(wanted.region_code))]
    if wanted.standing:
        found.append(_of_standing(wanted.standing, on))
    if wanted.destination:
        found.append(Proceeds.destination == wanted.destination.value)
    if wanted.case_id is not None:
        found.append(Proceeds.case_id == wanted.case_id)
    return found


def list_proceeds(
    wanted: Wanted, actor: Actor, on: date, *, before: int | None = None, limit: int = PAGE_ROWS
) -> list[tuple[Proceeds, DisposalCase]]:
    """Return accounts with their cases, the newest first, older than one; one more than a page where there are more."""
    rows = select(Proceeds, DisposalCase).join(DisposalCase, DisposalCase.id == Proceeds.case_id)
    rows = rows.where(*_matching(wanted, actor, on))
    if before is not None:
        rows = rows.where(Proceeds.id < before)
    found = db.session.execute(rows.order_by(Proceeds.id.desc()).limit(limit + 1))
    return [(account, of) for account, of in found]


def accounts_of_case(case_id: int, actor: Actor) -> list[Proceeds]:
    """Return the accounts of a case that the actor may look at, in the order they were opened."""
    rows = select(Proceeds).where(Proceeds.case_id == case_id, within(Proceeds, actor, _READ))
    return list(db.session.scalars(rows.order_by(Proceeds.id)))


def list_receipts(account: Proceeds) -> list[ProceedsReceipt]:
    """Return what came in for an account, the oldest first."""
    rows = select(ProceedsReceipt).where(ProceedsReceipt.proceeds_id == account.id)
    return list(db.session.scalars(rows.order_by(ProceedsReceipt.received_on, ProceedsReceipt.id)))


def list_drafts(account: Proceeds) -> list[ProceedsReceiptDraft]:
    """Return what was entered as come in and waits or was refused, the oldest first."""
    rows = select(ProceedsReceiptDraft).where(
        ProceedsReceiptDraft.proceeds_id == account.id, ProceedsReceiptDraft.status != ReceiptStatus.TAKEN.value
    )
    return list(db.session.scalars(rows.order_by(ProceedsReceiptDraft.id)))


def list_uses(account: Proceeds) -> list[ProceedsUse]:
    """Return the uses of an account in the order they were entered."""
    rows = select(ProceedsUse).where(ProceedsUse.proceeds_id == account.id)
    return list(db.session.scalars(rows.order_by(ProceedsUse.id)))


def list_lots(account: Proceeds) -> list[Lot]:
    """Return what came in for an account by its days, and what of each is left."""
    rows = select(ProceedsReceipt.received_on, ProceedsReceipt.amount_fen)
    rows = rows.where(ProceedsReceipt.proceeds_id == account.id)
    found = db.session.execute(rows.order_by(ProceedsReceipt.received_on, ProceedsReceipt.id))
    return lots_of([(day, amount_fen) for day, amount_fen in found], account.spent_fen)


def waiting_uses_fen(account: Proceeds) -> int:
    """Return what entered uses would take that nobody has answered."""
    rows = select(func.sum(ProceedsUse.amount_fen)).where(
        ProceedsUse.proceeds_id == account.id, ProceedsUse.status == UseStatus.WAITING.value
    )
    return int(db.session.scalar(rows) or 0)


def waiting_receipts_fen(account: Proceeds) -> int:
    """Return what was entered as come in that nobody has answered."""
    rows = select(func.sum(ProceedsReceiptDraft.amount_fen)).where(
        ProceedsReceiptDraft.proceeds_id == account.id, ProceedsReceiptDraft.status == ReceiptStatus.WAITING.value
    )
    return int(db.session.scalar(rows) or 0)


def in_asset_fen(asset_id: int) -> int:
    """Return how much money of disposals an asset was made of."""
    rows = select(func.sum(ProceedsUse.amount_fen)).where(
        ProceedsUse.asset_id == asset_id, ProceedsUse.purpose == "NEW_ASSET", ProceedsUse.status.in_(_COUNTED)
    )
    return int(db.session.scalar(rows) or 0)


def is_disposed_in(asset_id: int, case_id: int) -> bool:
    """Say whether a case disposed of an asset."""
    rows = select(DisposalLine.id).where(
        DisposalLine.case_id == case_id, DisposalLine.decision == LineDecision.TAKEN.value,
        (DisposalLine.asset_id == asset_id) | (DisposalLine.part_asset_id == asset_id),
    )  # fmt: skip
    return db.session.scalar(rows.limit(1)) is not None


@dataclass(frozen=True)
class Origin:
    """Money of a disposal that went into an asset: the use, its account, and the case that fetched it."""

    use: ProceedsUse
    account: Proceeds
    case: DisposalCase
    #: What was disposed of, by name; the first ones of many.
    sold: tuple[tuple[str, str], ...]


def origins_of(asset: Asset, actor: Actor) -> list[Origin]:
    """Return the money of disposals that counts as having gone into an asset, the oldest first."""
    rows = (
        select(ProceedsUse, Proceeds, DisposalCase)
        .join(Proceeds, Proceeds.id == ProceedsUse.proceeds_id)
        .join(DisposalCase, DisposalCase.id == Proceeds.case_id)
        .where(ProceedsUse.asset_id == asset.id, ProceedsUse.status.in_(_COUNTED), within(Proceeds, actor, _READ))
    )
    found = list(db.session.execute(rows.order_by(ProceedsUse.used_on, ProceedsUse.id)))
    sold = sold_in([of.id for _use, _account, of in found])
    return [Origin(use, account, of, tuple(sold.get(of.id, ()))) for use, account, of in found]


#: So many assets of a case are named where its money is shown.
MOST_NAMED = 3


def sold_in(case_ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """Return number and name of the first assets that each case disposed of."""
    place = func.row_number().over(partition_by=DisposalLine.case_id, order_by=DisposalLine.id).label("place")
    lines = (
        select(DisposalLine.case_id, Asset.asset_no, Asset.name, place)
        .join(Asset, Asset.id == DisposalLine.asset_id)
        .where(DisposalLine.case_id.in_(set(case_ids)), DisposalLine.decision == LineDecision.TAKEN.value)
        .subquery()
    )
    rows = select(lines.c.case_id, lines.c.asset_no, lines.c.name).where(lines.c.place <= MOST_NAMED)
    found: dict[int, list[tuple[str, str]]] = {}
    for case_id, asset_no, name in db.session.execute(rows.order_by(lines.c.case_id, lines.c.place)):
        found.setdefault(case_id, []).append((asset_no, name))
    return found
