"""Pages that show many receipts: an asset's income, the list with its totals, and the checker's desk."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.accounts.forms import ActForm
from registry.assets.register.cards.queries import get_asset
from registry.clock import today
from registry.database import transaction
from registry.errors import Missing
from registry.ledger.operation.periods import NotAPeriod, Period, parse_period, parse_place, write_place, year_of
from registry.ledger.operation.receipts.checking import approve_receipts
from registry.ledger.operation.receipts.forms import ReviewForm
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.owing import units_of
from registry.ledger.operation.receipts.queries import (
    PAGE_ROWS,
    ReceiptFilter,
    get_receipt,
    list_receipts,
    list_receipts_of,
    sums_of_asset,
)
from registry.ledger.operation.receipts.releasing import release_prepayments
from registry.ledger.operation.receipts.rules import Basis, ReceiptStatus
from registry.ledger.operation.receipts.showing import by_kind, by_year, desk_of, open_dues_of, units_below
from registry.ledger.operation.receipts.totals import sums_within
from registry.ledger.operation.receipts.waiting import list_waiting
from registry.money import format_yuan
from registry.permissions import Permission, may
from registry.regions import is_code
from registry.text import chosen
from registry.web import actor, finish, page, requires

blueprint = Blueprint("income", __name__)
_P = Permission


def _region(permission: Permission) -> str:
    """Return the unit that is looked at; raises Missing outside one's reach."""
    region = request.args.get("region") or actor().unit_code
    if not (is_code(region) and may(actor(), permission, region)):
        raise Missing
    return region


@blueprint.get("/assets/<asset_no>/income")
@requires(Permission.LEDGER_READ)
def asset(asset_no: str) -> ResponseReturnValue:
    """Show what an asset earned, year by year, what is owed for it, and its latest receipts."""
    thing = get_asset(asset_no, actor(), _P.LEDGER_READ)
    return page(
        "receipts/asset.html",
        asset=thing,
        years=by_year(sums_of_asset(thing.id, actor())),
        receipts=list_receipts_of(thing.id, actor()),
        dues=open_dues_of(thing.id),
        may_enter=may(actor(), _P.INCOME_ENTER, thing.region_code),
        on=today(),
    )


@blueprint.get("/income")
@requires(Permission.LEDGER_READ)
def index() -> ResponseReturnValue:
    """List the receipts of a unit, with what its posted income of the period comes to."""
    wanted, period = _wanted()
    rows = list_receipts(wanted, actor(), before=parse_place(request.args.get("before", "")))
    last = rows[PAGE_ROWS - 1][0] if len(rows) > PAGE_ROWS else None
    return page(
        "receipts/index.html",
        rows=rows[:PAGE_ROWS],
        next_place=write_place(last.received_on, last.id) if last is not None else "",
        wanted=wanted,
        period=period,
        sums=by_kind(sums_within(wanted.region_code, period, actor())),
        units=units_below(wanted.region_code, actor(), _P.LEDGER_READ),
        kinds=IncomeKind,
        statuses=ReceiptStatus,
        bases=Basis,
    )


def _wanted() -> tuple[ReceiptFilter, Period]:
    args = request.args
    try:
        period = parse_period(args["period"]) if args.get("period") else year_of(today())
    except NotAPeriod as error:
        raise Missing from error
    wanted = ReceiptFilter(
        _region(_P.LEDGER_READ),
        chosen(args.get("status", ""), ReceiptStatus),
        chosen(args.get("kind", ""), IncomeKind),
        chosen(args.get("basis", ""), Basis),
        period.first,
        period.last,
    )
    return wanted, period


@blueprint.route("/income/prepaid", methods=["GET", "POST"])
@requires(Permission.INCOME_CHECK)
def prepaid() -> ResponseReturnValue:
    """Show money in advance whose period has begun; a second person makes income of all of it."""
    region, form = _region(_P.INCOME_CHECK), ActForm()
    waiting = list_waiting(actor(), today(), region_code=region)
    if form.validate_on_submit():
        units = {region, *units_of([one.receipt for one in waiting])}
        with form.guard(), transaction(*units):
            waiting = list_waiting(actor(), today(), region_code=region)
            fen = release_prepayments(waiting, by=actor(), on=today())
            return finish(url_for("income.prepaid", region=region), _("已结转 %(yuan)s 元。", yuan=format_yuan(fen)))
    units_shown = units_below(region, actor(), _P.INCOME_CHECK)
    return page("receipts/prepaid.html", form, waiting=waiting, region=region, units=units_shown)


@blueprint.route("/income/review", methods=["GET", "POST"])
@requires(Permission.INCOME_CHECK)
def review() -> ResponseReturnValue:
    """Show what waits for a second person, what differs first; those that are ticked are posted together."""
    region, form = _region(_P.INCOME_CHECK), ReviewForm()
    keys, empty = sorted(form.chosen.data or []), form.is_submitted() and not form.chosen.data
    if form.validate_on_submit() and keys:
        units = units_of([get_receipt(key, actor(), _P.INCOME_CHECK) for key in keys])
        with form.guard(), transaction(*units):
            receipts = [get_receipt(key, actor(), _P.INCOME_CHECK) for key in keys]
            approve_receipts(receipts, by=actor(), on=today())
            return finish(url_for("income.review", region=region), _("已通过并记账 %(n)s 笔。", n=len(receipts)))
    desk = desk_of(actor(), region)
    ticked = keys if form.is_submitted() else [one.receipt.id for one in desk if not one.differences]
    return page(
        "receipts/review.html",
        form,
        status=422 if empty else 200,
        desk=desk,
        ticked=ticked,
        region=region,
        units=units_below(region, actor(), _P.INCOME_CHECK),
        empty=empty,
    )
