"""How a checked receipt becomes income: dues settled, one row for each owner's part, sums kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from registry.database import db
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.dues.services import settle_due
from registry.ledger.operation.periods import month_of
from registry.ledger.operation.receipts.at_hand import AtHand
from registry.ledger.operation.receipts.held import check_paid_out, held_slices
from registry.ledger.operation.receipts.kinds import KINDS
from registry.ledger.operation.receipts.models import IncomeRow, Receipt
from registry.ledger.operation.receipts.owing import PUBLIC, list_dues_for, owed_of, slices_of
from registry.ledger.operation.receipts.posting import post_receipt
from registry.ledger.operation.receipts.rules import Basis
from registry.ledger.operation.receipts.splitting import Portion, portions
from registry.parties.models import Party
from registry.permissions import Actor


@dataclass(frozen=True)
class Cut:
    """One owner's part of a portion, and the part of the due that it pays."""

    portion: Portion
    asset_id: int
    party_id: int
    amount_fen: int
    due_share_id: int | None = None


def become_income(receipt: Receipt, known: AtHand, *, by: Actor, on: date) -> list[IncomeRow]:
    """Settle the dues a receipt pays, and post each owner's part in the owner's own book; no sums are kept yet."""
    check_paid_out(receipt.facts)
    dues = {due.id: due for due in list_dues_for(receipt.facts)}
    cuts = [
        cut
        for portion in portions(receipt.facts, owed_of(list(dues.values())))
        for cut in _cuts(receipt, portion, dues)
    ]
    rows = _rows(receipt, cuts)
    if receipt.standing is Basis.OWN:
        post_receipt(receipt, [row for row in rows if row.basis == Basis.OWN.value], known, by=by, on=on)
    db.session.add_all(rows)
    db.session.flush()
    return rows


def _cuts(receipt: Receipt, portion: Portion, dues: dict[int, Due]) -> list[Cut]:
    if portion.due_id is not None:
        laid = settle_due(dues[portion.due_id], portion.amount_fen)
        return [Cut(portion, one.asset_id or receipt.asset_id, one.party_id, fen, one.id) for one, fen in laid]
    facts = receipt.facts
    if KINDS[facts.kind].is_paid_out:
        slices = held_slices(facts)
        return [Cut(portion, one.asset_id or receipt.asset_id, one.party_id, -one.amount_fen) for one in slices]
    slices = slices_of(receipt.asset_id, facts, portion.amount_fen)
    return [
        Cut(portion, one.asset_id or receipt.asset_id, one.party_id, one.amount_fen) for one in slices if one.amount_fen
    ]


def _rows(receipt: Receipt, cuts: Sequence[Cut]) -> list[IncomeRow]:
    owners = select(Party).where(Party.id.in_({cut.party_id for cut in cuts}))
    parties = {party.id: party for party in db.session.scalars(owners)}
    return [_row(receipt, cut, parties[cut.party_id]) for cut in cuts]


def _row(receipt: Receipt, cut: Cut, owner: Party) -> IncomeRow:
    portion, received_on = cut.portion, receipt.received_on
    own = owner.owner_kind in PUBLIC
    return IncomeRow(
        region_code=owner.region_code, receipt_id=receipt.id, asset_id=cut.asset_id, party_id=owner.id,
        contract_id=receipt.contract_id, equity_id=receipt.equity_id, due_id=portion.due_id,
        due_share_id=cut.due_share_id, sector=receipt.sector, kind=portion.kind.value,
        basis=receipt.basis if own else Basis.REPORTED.value, amount_fen=cut.amount_fen, received_on=received_on,
        month=month_of(received_on), earned_from=portion.earned_from,
        earned_to=portion.earned_to, earned_on=max(received_on, portion.earned_from),
    )  # fmt: skip
