"""Making dues and meeting them. No permission, no event of their own: the deed they belong to records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from registry.clock import now
from registry.database import db
from registry.ledger.books.entries import Source
from registry.ledger.books.queries import is_reversed, posted_for, vouchers_of
from registry.ledger.books.rules import Maker
from registry.ledger.books.services import reverse
from registry.ledger.operation.dues.models import Due, DueShare
from registry.ledger.operation.dues.plan import PlannedDue
from registry.ledger.operation.dues.rules import (
    HeldAsset,
    MoreThanOwed,
    MoreThanSettled,
    NotOutstanding,
    NotUnstated,
    part_payment,
    split,
    status_of,
)
from registry.ledger.operation.dues.sums import add_to_sums, moving
from registry.ledger.operation.kinds import OUTSTANDING, DueKind, DueStatus
from registry.money import format_yuan
from registry.permissions import Actor
from registry.text import N_


@dataclass(frozen=True)
class Debt:
    """Of what thing dues are made: whose it is, who owes, how every amount is split.

    ``units`` names the unit of each owner.
    """

    region_code: str
    sector: str
    debtor_name: str
    shares: Mapping[int, int]
    units: Mapping[int, str]
    assets: Sequence[HeldAsset] = ()
    contract_id: int | None = None
    equity_id: int | None = None
    debtor_id: int | None = None


def add_dues(debt: Debt, kind: DueKind, planned: Sequence[PlannedDue], *, note: str = "") -> list[Due]:
    """Add what is due by plan, each with the parts of its owners; a period that costs nothing is not due."""
    dues = [_due(debt, kind, one, note) for one in planned if one.amount_fen != 0]
    db.session.add_all(dues)
    db.session.flush()
    add_to_sums(dues)
    return dues


def _due(debt: Debt, kind: DueKind, planned: PlannedDue, note: str) -> Due:
    period, amount = planned.period, planned.amount_fen
    return Due(
        region_code=debt.region_code, sector=debt.sector, contract_id=debt.contract_id, equity_id=debt.equity_id,
        debtor_id=debt.debtor_id, debtor_name=debt.debtor_name, kind=kind.value, period_from=period.first,
        period_to=period.last, due_on=period.due_on, amount_fen=amount, status=status_of(amount, 0, 0).value, note=note,
        settled_fen=0, written_off_fen=0,
        shares=[
            DueShare(
                region_code=debt.units[one.party_id], asset_id=one.asset_id, party_id=one.party_id,
                amount_fen=one.amount_fen if amount is not None else None, settled_fen=0, written_off_fen=0,
            )
            for one in split(amount or 0, debt.shares, debt.assets)
        ],
    )  # fmt: skip


def state_due(due: Due, debt: Debt, amount_fen: int, *, base_fen: int | None, by: Actor, signed: str) -> None:
    """Say what a period came to. Raises NotUnstated. Nothing earned means that nothing is due."""
    if due.state is not DueStatus.UNSTATED:
        raise NotUnstated
    parts = {(one.asset_id, one.party_id): one.amount_fen for one in split(amount_fen, debt.shares, debt.assets)}
    due.stated_base_fen, due.stated_by_id, due.stated_by_text, due.stated_at = base_fen, by.id, signed, now()
    if not amount_fen:
        due.status = DueStatus.VOID.value
        return
    for share in due.shares:
        share.amount_fen = parts[share.asset_id, share.party_id]
    with moving([due]):
        due.amount_fen = amount_fen
        _refresh(due)


def settle_due(due: Due, amount_fen: int) -> list[tuple[DueShare, int]]:
    """Take money for a due; returns what of it belongs to which part. Raises NotOutstanding, MoreThanOwed."""
    laid = _lay(due, amount_fen)
    for share, fen in laid:
        share.settled_fen += fen
    with moving([due]):
        due.settled_fen += amount_fen
        _refresh(due)
    return laid


def settle_parts(due: Due, parts: Mapping[int, int]) -> None:
    """Take money for single parts of a due (share id: fen), as settle_due does for the whole. Raises MoreThanOwed."""
    for share in due.shares:
        fen = parts.get(share.id, 0)
        if fen > share.open_fen:
            raise MoreThanOwed(field="amount", open=format_yuan(share.open_fen))
        share.settled_fen += fen
    with moving([due]):
        due.settled_fen += sum(parts.values())
        _refresh(due)


def write_off_due(due: Due, amount_fen: int) -> list[tuple[DueShare, int]]:
    """Give up money that will not come; returns what of it belongs to which part. Raises as settle_due does."""
    laid = _lay(due, amount_fen)
    for share, fen in laid:
        share.written_off_fen += fen
    with moving([due]):
        due.written_off_fen += amount_fen
        _refresh(due)
    return laid


def _lay(due: Due, amount_fen: int) -> list[tuple[DueShare, int]]:
    if due.state not in OUTSTANDING:
        raise NotOutstanding(status=due.state.label)
    if not 0 < amount_fen <= due.open_fen:
        raise MoreThanOwed(field="amount", open=format_yuan(due.open_fen))
    parts = part_payment(amount_fen, [share.open_fen for share in due.shares])
    return [(share, fen) for share, fen in zip(due.shares, parts, strict=True) if fen]


def unsettle_due(due: Due, parts: Mapping[int, int]) -> None:
    """Take a receipt back from a due, part by part (share id: fen), when it is reversed. Raises MoreThanSettled."""
    for share in due.shares:
        fen = parts.get(share.id, 0)
        if fen > share.settled_fen:
            raise MoreThanSettled(settled=format_yuan(share.settled_fen))
        share.settled_fen -= fen
    with moving([due]):
        due.settled_fen -= sum(parts.values())
        _refresh(due)


def void_dues(dues: Sequence[Due], reason: str, *, by: Actor, on: date) -> list[Due]:
    """Let dues fall that nobody owes any more; what was received of them stays. Returns those that fell.

    What had been accrued of them when a month was closed is reversed in the books today.
    """
    fallen = [one for one in dues if one.state is DueStatus.UNSTATED or (one.state is DueStatus.OPEN)]
    with moving(fallen):
        for due in fallen:
            due.status = DueStatus.VOID.value
    _reverse_accruals([share.id for due in fallen for share in due.shares], reason, by=by, on=on)
    return fallen


def _reverse_accruals(share_ids: Sequence[int], reason: str, *, by: Actor, on: date) -> None:
    """Reverse in red what was accrued of parts of dues; the system's own vouchers have no maker."""
    maker = Maker(None, N_("系统"))
    accrued = posted_for(DueShare.__tablename__, share_ids)
    for share_id in (one for one in share_ids if accrued.get(one)):
        for voucher in vouchers_of(Source(DueShare.__tablename__, share_id)):
            if voucher.reverses_id is None and not is_reversed(voucher):
                reverse(voucher, reason, made_by=maker, by=by, on=on)


def _refresh(due: Due) -> None:
    due.status = status_of(due.amount_fen, due.settled_fen, due.written_off_fen).value


def is_late(due: Due, on: date) -> bool:
    """Say whether a due should have been met by now."""
    return due.state in OUTSTANDING and due.due_on < on
