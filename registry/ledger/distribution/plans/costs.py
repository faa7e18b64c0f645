"""Costs that stand in the books already: they come off a pool once, and cannot be planned again."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from registry.database import db
from registry.ledger.books.entries import BookDeed, Source
from registry.ledger.books.models import Posting, Voucher
from registry.ledger.books.queries import find_book, find_voucher
from registry.ledger.distribution.plans.models import Plan
from registry.ledger.distribution.plans.pool import Cost, ScopeKind
from registry.ledger.distribution.plans.queries import charged_of

VOUCHERS = "voucher"
#: What costs money. Depreciation does not, and what the fund pays is not paid out of income.
_COSTS = sorted(
    deed.value
    for deed in (
        BookDeed.CUSTODY_COST, BookDeed.ADMIN_COST, BookDeed.BANK_FEE, BookDeed.TAX_PAID, BookDeed.OTHER_COST,
        BookDeed.LABOUR_DUE, BookDeed.WELFARE_DUE,
    )
)  # fmt: skip
#: What was posted for a plan was paid out of income that is handed out already.
_OF_PLANS = ("payout_due",)


def costs_of(plan: Plan, until: date) -> list[Cost]:
    """Return the costs of a plan's scope posted up to a day that no other plan has taken off its pool."""
    book = find_book(plan.party_id)
    if book is None:
        return []
    red = aliased(Voucher)
    rows = select(Voucher.id, Voucher.debit_fen).where(
        Voucher.book_id == book.id,
        Voucher.deed.in_(_COSTS),
        Voucher.booked_on <= until,
        Voucher.source_table.not_in(_OF_PLANS),
        Voucher.reverses_id.is_(None),
        ~select(red.id).where(red.reverses_id == Voucher.id).exists(),
        *_in_scope(plan),
    )
    found = {int(key): int(fen) for key, fen in db.session.execute(rows.order_by(Voucher.id))}
    charged = charged_of(found, besides=plan.id)
    return [Cost(VOUCHERS, str(key), fen) for key, fen in found.items() if key not in charged]


def _in_scope(plan: Plan) -> list[ColumnElement[bool]]:
    about = select(Posting.id).where(Posting.voucher_uid == Voucher.uid)
    if plan.scope_kind is ScopeKind.ASSET:
        return [about.where(Posting.asset_id == plan.asset_id).exists()]
    if plan.scope_kind is ScopeKind.CONTRACT:
        return [about.where(Posting.contract_id == plan.contract_id).exists()]
    return []


def posted_among(rows: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Return which of these rows have been posted: their costs are off the pool already."""
    return frozenset(
        (table, key) for table, key in rows if key.isdigit() and find_voucher(Source(table, int(key))) is not None
    )
