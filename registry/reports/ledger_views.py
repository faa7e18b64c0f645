"""Printing papers of the ledger from the pages they belong to: of a book, a plan, an order, a household."""

from datetime import date

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.clock import today
from registry.errors import Missing
from registry.ledger.books.queries import get_book, get_voucher
from registry.ledger.distribution.payout.queries import get_order
from registry.ledger.distribution.plans.queries import get_plan
from registry.ledger.distribution.rolls.change_queries import get_change
from registry.parties.households.queries import get_household
from registry.permissions import Permission
from registry.reports.catalogue import ReportName
from registry.reports.covering import check_day
from registry.reports.parameters import Parameters
from registry.reports.prints.queries import Asked
from registry.reports.views import print_now
from registry.web import actor, requires

blueprint = Blueprint("ledger_reports", __name__)
#: What is printed of one book.
OF_BOOK = frozenset(
    {
        ReportName.JOURNAL, ReportName.ACCOUNT_LEDGER, ReportName.TRIAL_BALANCE, ReportName.VOUCHERS,
        ReportName.FUND_ACCOUNT,
    }
)  # fmt: skip
_OF_PLAN = frozenset({ReportName.DISTRIBUTION_PLAN, ReportName.DISTRIBUTION_RESULT})


@blueprint.post("/books/<int:book_id>/print")
@requires(Permission.PRINT)
def print_book(book_id: int) -> ResponseReturnValue:
    """Print a paper of one book: which, and as of which day, the form says; today unless it does."""
    book = get_book(book_id, actor(), Permission.PRINT)
    on = _day(request.form.get("on", ""))
    return _print(_report(OF_BOOK), book.region_code, Parameters(book_id=book.id), on)


@blueprint.post("/vouchers/<int:voucher_id>/print")
@requires(Permission.PRINT)
def print_voucher(voucher_id: int) -> ResponseReturnValue:
    """Print one voucher."""
    voucher = get_voucher(voucher_id, actor())
    return _print(ReportName.VOUCHERS, voucher.region_code, Parameters(voucher_id=voucher.id))


@blueprint.post("/distributions/<int:plan_id>/print")
@requires(Permission.PRINT)
def print_plan(plan_id: int) -> ResponseReturnValue:
    """Print a plan as it is posted, or its result; the form says which."""
    plan = get_plan(plan_id, actor(), Permission.PRINT)
    return _print(_report(_OF_PLAN), plan.region_code, Parameters(plan_id=plan.id))


@blueprint.post("/payouts/<int:order_id>/print")
@requires(Permission.PRINT)
def print_order(order_id: int) -> ResponseReturnValue:
    """Print the sheet of an order of payment, to be signed."""
    order = get_order(order_id, actor(), Permission.PRINT)
    return _print(ReportName.PAYOUT_SHEET, order.region_code, Parameters(order_id=order.id))


@blueprint.post("/beneficiaries/changes/<int:change_id>/print")
@requires(Permission.PRINT)
def print_change(change_id: int) -> ResponseReturnValue:
    """Print a change of the roll, before and after."""
    change = get_change(change_id, actor(), Permission.PRINT)
    return _print(ReportName.ROLL_CHANGE, change.region_code, Parameters(change_id=change.id))


@blueprint.post("/beneficiaries/<int:household_id>/print")
@requires(Permission.PRINT)
def print_statement(household_id: int) -> ResponseReturnValue:
    """Print what a household was allotted and paid this year."""
    household = get_household(household_id, actor(), Permission.PRINT)
    return _print(ReportName.HOUSEHOLD_STATEMENT, household.region_code, Parameters(household_id=household.id))


def _report(known: frozenset[ReportName]) -> ReportName:
    """Return the report that the form names. Raises Missing for one that is not printed here."""
    wanted = next((one for one in known if one.value == request.form.get("report", "")), None)
    if wanted is None:
        raise Missing
    return wanted


def _day(text: str) -> date:
    try:
        on = date.fromisoformat(text) if text else today()
    except ValueError as error:
        raise Missing from error
    check_day(on, today())
    return on


def _print(report: ReportName, region_code: str, parameters: Parameters, on: date | None = None) -> ResponseReturnValue:
    asked = Asked(report, region_code, on or today(), parameters)
    return print_now(asked, lambda serial: url_for("reports.show_print", serial=serial), _("已打印并登记。"))
