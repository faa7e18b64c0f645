"""What a form begins with, so that nothing known is typed again: the oldest due, or else from whom it comes."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from registry.assets.register.cards.models import Asset
from registry.database import db
from registry.ledger.operation.dues.models import Due, DueShare
from registry.ledger.operation.kinds import OUTSTANDING
from registry.ledger.operation.periods import quarter_of
from registry.ledger.operation.receipts.kinds import BY_DUE
from registry.ledger.operation.receipts.models import Receipt
from registry.ledger.operation.receipts.offering import offered
from registry.ledger.operation.receipts.owing import list_open_for
from registry.ledger.operation.receipts.rules import ALIVE, ReceiptFacts
from registry.ledger.operation.receipts.standing import agreed_for, cards_of, source_of

_OPEN = sorted(status.value for status in OUTSTANDING)
_ALIVE = sorted(status.value for status in ALIVE)


def suggested(asset: Asset, on: date, *, due_id: int | None = None) -> ReceiptFacts:
    """Return what is most likely to be entered for an asset: a due that is named, else its oldest open one."""
    for due in _open_dues(asset.id, due_id):
        facts = ReceiptFacts(
            BY_DUE[due.about], due.open_fen, on, due.period_from, due.period_to, due.debtor_name,
            contract_id=due.contract_id, equity_id=due.equity_id, due_id=due_id,
        )  # fmt: skip
        left = {one.id: one.open_fen for one in list_open_for(facts)}.get(due.id, 0)
        if left:
            return replace(facts, amount_fen=left)
    return _as_last_time(asset, on)


def _open_dues(asset_id: int, due_id: int | None) -> list[Due]:
    about = select(DueShare.due_id).where(DueShare.asset_id == asset_id)
    rows = select(Due).where(Due.status.in_(_OPEN), Due.id.in_(about))
    if due_id is not None:
        rows = rows.where(Due.id == due_id)
    return list(db.session.scalars(rows.order_by(Due.due_on, Due.id)))


def _as_last_time(asset: Asset, on: date) -> ReceiptFacts:
    """What is not due is the same from the same payer at most: the amount is never taken over."""
    rows = select(Receipt).where(Receipt.asset_id == asset.id, Receipt.status.in_(_ALIVE))
    last = db.session.scalar(rows.order_by(Receipt.received_on.desc(), Receipt.id.desc()).limit(1))
    agreed, card = agreed_for([asset.id], on).get(asset.id), cards_of([asset], on)[asset.id]
    source, quarter = offered(agreed, source_of(last), card), quarter_of(on)
    return ReceiptFacts(
        source.kind, 0, on, quarter.first, quarter.last, source.payer, contract_id=source.contract_id,
        equity_id=source.equity_id,
    )  # fmt: skip
