"""What is held for others: deposits, and money paid in advance that no due has claimed."""

from collections.abc import Sequence

from sqlalchemy import func, select

from registry.database import db
from registry.ledger.operation.dues.rules import Slice
from registry.ledger.operation.receipts.kinds import KINDS, IncomeKind
from registry.ledger.operation.receipts.models import IncomeRow
from registry.ledger.operation.receipts.rules import Basis, GivenBack, MoreThanHeld, ReceiptFacts
from registry.money import allocate, format_yuan

_K = IncomeKind
#: What is given back, out of what.
HELD_AS: dict[IncomeKind, tuple[IncomeKind, ...]] = {
    _K.DEPOSIT_RETURNED: (_K.DEPOSIT_TAKEN, _K.DEPOSIT_RETURNED),
    _K.PREPAYMENT_RETURNED: (_K.PREPAYMENT, _K.PREPAYMENT_RETURNED),
}


def list_held(contract_id: int, kind: IncomeKind) -> list[Slice]:
    """Return what of a contract's deposits or unclaimed money in advance each owner holds, by asset."""
    kinds = [one.value for one in HELD_AS[kind]]
    rows = (
        select(IncomeRow.asset_id, IncomeRow.party_id, func.sum(IncomeRow.amount_fen))
        .where(
            IncomeRow.contract_id == contract_id,
            IncomeRow.kind.in_(kinds),
            IncomeRow.basis != Basis.REPORTED.value,
        )
        .group_by(IncomeRow.asset_id, IncomeRow.party_id)
        .order_by(IncomeRow.asset_id, IncomeRow.party_id)
    )
    if kind is _K.PREPAYMENT_RETURNED:
        rows = rows.where(IncomeRow.due_id.is_(None))
    found = [Slice(asset_id, party_id, int(fen)) for asset_id, party_id, fen in db.session.execute(rows)]
    return [one for one in found if one.amount_fen > 0]


def held_fen(contract_id: int, kind: IncomeKind) -> int:
    """Return what of a contract is held altogether (fen)."""
    return sum(one.amount_fen for one in list_held(contract_id, kind))


def held_by(contract_id: int | None, asset_id: int, party_id: int) -> int:
    """Return what unclaimed money in advance one owner holds of a contract for an asset (fen)."""
    if contract_id is None:
        return 0
    held = list_held(contract_id, _K.PREPAYMENT_RETURNED)
    return sum(one.amount_fen for one in held if (one.asset_id, one.party_id) == (asset_id, party_id))


def check_still_held(rows: Sequence[IncomeRow]) -> None:
    """Raise GivenBack if a receipt is to be reversed of which some was given back meanwhile."""
    for kind, kinds in HELD_AS.items():
        mine = [row for row in rows if row.about in kinds and row.contract_id is not None and row.due_id is None]
        taken = sum(row.amount_fen for row in mine)
        if taken > 0 and taken > held_fen(mine[0].contract_id or 0, kind):
            raise GivenBack


def check_paid_out(facts: ReceiptFacts) -> None:
    """Raise MoreThanHeld if more would be given back than is held."""
    if not KINDS[facts.kind].is_paid_out or facts.contract_id is None:
        return
    held = held_fen(facts.contract_id, facts.kind)
    if facts.amount_fen > held:
        raise MoreThanHeld(field="amount", amount=format_yuan(held))


def held_slices(facts: ReceiptFacts) -> list[Slice]:
    """Split what is given back by what each owner holds: nobody gives back more than that."""
    held = list_held(facts.contract_id or 0, facts.kind)
    shares = allocate(facts.amount_fen, [one.amount_fen for one in held])
    return [Slice(one.asset_id, one.party_id, fen) for one, fen in zip(held, shares, strict=True) if fen]
