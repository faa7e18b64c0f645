"""Debts given up, in the books of those to whom they were owed."""

from collections.abc import Sequence
from datetime import date

from registry.ledger.books.entries import BookDeed, Entry, Marks, Source
from registry.ledger.books.rules import Maker
from registry.ledger.books.services import post
from registry.ledger.operation.arrears.models import WriteOff
from registry.ledger.operation.dues.models import Due, DueShare
from registry.ledger.operation.kinds import EARNED
from registry.ledger.operation.receipts.at_hand import AtHand, debtor_of
from registry.ledger.operation.receipts.posting import about_share, accrue
from registry.ledger.operation.receipts.wording import given_up
from registry.permissions import Actor


def post_loss(case: WriteOff, due: Due, parts: Sequence[tuple[DueShare, int]], *, by: Actor, on: date) -> None:
    """Post each owner's part of a debt that is given up; deposits and principal were never income and are no loss."""
    if due.about not in EARNED:
        return
    maker, source = Maker(case.proposed_by_id, case.proposed_by_text), Source("write_off", case.id)
    known = AtHand()
    payer, member = debtor_of(due.contract_id, due.equity_id)
    for share, fen in parts:
        accrue(share, known, made_by=maker, by=by, on=on)
        marks = Marks(share.asset_id, due.contract_id, payer)
        summary = given_up(due.about, about_share(share, due), case.grounds)
        entry = Entry(BookDeed.BAD_DEBT, fen, source, marks, summary, member=member)
        post(known.book_of(share.party_id, by=by, on=on), entry, made_by=maker, by=by, on=on)
