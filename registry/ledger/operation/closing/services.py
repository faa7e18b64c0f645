"""Asking for a month to be closed, with what it has earned and not yet received."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from registry.database import db
from registry.ledger.books.entries import Entry
from registry.ledger.books.models import Book, BookPeriod
from registry.ledger.books.periods.services import begin_close
from registry.ledger.books.rules import say_month
from registry.ledger.operation.closing.queries import Offer, list_offers
from registry.ledger.operation.closing.rules import NotThisMonth, check_accrued
from registry.ledger.operation.dues.models import Due, DueShare
from registry.ledger.operation.receipts.posting import entry_of_due
from registry.ledger.operation.receipts.wording import MOST_SUMMARY
from registry.permissions import Actor
from registry.text import N_


def ask_to_close(
    book: Book, month: int, accruals: Mapping[int, int] | None, *, by: Actor, on: date
) -> BookPeriod:  # fmt: skip
    """Ask for a month to be closed; ``accruals`` are fen by part of a due, what the dues say where none are named.

    Raises NotThisMonth, MoreThanLeft and what begin_close() raises.
    """
    offers = {one.share.share_id: one for one in list_offers(book, month)}
    chosen = suggested(offers) if accruals is None else accruals
    entries = [_entry(offers, share_id, fen, month) for share_id, fen in chosen.items() if fen]
    return begin_close(book, month, entries, by=by, on=on)


def suggested(offers: Mapping[int, Offer]) -> dict[int, int]:
    """Return what the dues say, by part of a due."""
    return {key: one.suggested_fen for key, one in offers.items()}


def _entry(offers: Mapping[int, Offer], share_id: int, amount_fen: int, month: int) -> Entry:
    if share_id not in offers:
        raise NotThisMonth(field="accruals", id=share_id)
    check_accrued(offers[share_id].share, amount_fen)
    share = db.session.get_one(DueShare, share_id)
    entry = entry_of_due(share, db.session.get_one(Due, share.due_id), amount_fen)
    said = N_("计提 %(month)s %(what)s") % {"month": say_month(month), "what": entry.summary}
    return replace(entry, summary=said[:MOST_SUMMARY])
