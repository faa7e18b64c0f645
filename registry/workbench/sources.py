"""From a voucher to the page of what it was posted for: a table over all features that post."""

from collections.abc import Callable

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from registry.database import db
from registry.disposal.proceeds.models import ProceedsReceipt, ProceedsUse
from registry.errors import Missing
from registry.ledger.books.models import Voucher
from registry.ledger.books.queries import get_voucher
from registry.ledger.distribution.payout.models import PayoutDue, PayoutOrder, PayoutRound
from registry.ledger.operation.arrears.models import WriteOff
from registry.ledger.operation.dues.models import DueShare
from registry.permissions import Permission
from registry.web import actor, requires

blueprint = Blueprint("sources", __name__)


def _due_of_share(share_id: int) -> str:
    return url_for("contract_deeds.due", due_id=db.session.get_one(DueShare, share_id).due_id)


def _due_of_case(write_off_id: int) -> str:
    return url_for("arrears.show", due_id=db.session.get_one(WriteOff, write_off_id).due_id)


def _order_of_due(due_id: int) -> str:
    return url_for("payouts.show", order_id=db.session.get_one(PayoutDue, due_id).order_id)


def _order_of_round(round_id: int) -> str:
    return url_for("payouts.show", order_id=db.session.get_one(PayoutRound, round_id).order_id)


def _account_of_receipt(receipt_id: int) -> str:
    return url_for("proceeds.show", proceeds_id=db.session.get_one(ProceedsReceipt, receipt_id).proceeds_id)


def _page_of_use(use_id: int) -> str:
    use = db.session.get_one(ProceedsUse, use_id)
    return url_for("proceeds_uses.show", proceeds_id=use.proceeds_id, use_id=use.id)


#: The table a voucher was posted for → the page of such a row.
PAGES: dict[str, Callable[[int], str]] = {
    "voucher_draft": lambda key: url_for("voucher_drafts.show", draft_id=key),
    "receipt": lambda key: url_for("receipts.show", receipt_id=key),
    "due_share": _due_of_share,
    "write_off": _due_of_case,
    "plan": lambda key: url_for("distributions.show", plan_id=key),
    "disposal_case": lambda key: url_for("disposals.show", disposal_id=key),
    "payout_due": _order_of_due,
    "payout_round": _order_of_round,
    "proceeds_receipt": _account_of_receipt,
    "proceeds_use": _page_of_use,
}


def _plan_of_due(due_id: int) -> int:
    return db.session.get_one(PayoutOrder, db.session.get_one(PayoutDue, due_id).order_id).plan_id


def _plan_of_round(round_id: int) -> int:
    return db.session.get_one(PayoutOrder, db.session.get_one(PayoutRound, round_id).order_id).plan_id


#: The table a voucher of a distribution was posted for → the plan, whose income the money came from.
PLANS: dict[str, Callable[[int], int]] = {
    "plan": lambda key: key,
    "payout_due": _plan_of_due,
    "payout_round": _plan_of_round,
}


def page_of_source(voucher: Voucher) -> str:
    """Return the page of what a voucher was posted for; raises Missing if it has none."""
    if voucher.source_table == "book_period":
        return url_for("periods.index", book_id=voucher.book_id)
    if voucher.source_table not in PAGES:
        raise Missing
    return PAGES[voucher.source_table](voucher.source_id)


@blueprint.get("/vouchers/<int:voucher_id>/source")
@requires(Permission.LEDGER_READ)
def show(voucher_id: int) -> ResponseReturnValue:
    """Lead to what a voucher was posted for."""
    return redirect(page_of_source(get_voucher(voucher_id, actor())))


@blueprint.get("/vouchers/<int:voucher_id>/income")
@requires(Permission.LEDGER_READ)
def income(voucher_id: int) -> ResponseReturnValue:
    """Lead from a voucher of a distribution to the income that was distributed, from another one to its source."""
    voucher = get_voucher(voucher_id, actor())
    if voucher.source_table not in PLANS:
        return redirect(url_for("sources.show", voucher_id=voucher_id))
    return redirect(url_for("plan_chain.income", plan_id=PLANS[voucher.source_table](voucher.source_id)))
