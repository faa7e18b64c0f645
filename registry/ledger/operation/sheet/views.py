"""The sheet of a unit's income for a period, and saying that nothing changed."""

from collections.abc import Sequence
from dataclasses import fields

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.accounts.forms import ActForm
from registry.clock import today
from registry.database import transaction
from registry.errors import Invalid, Missing, RegistryError
from registry.ledger.operation.periods import NotAPeriod, Period, parse_period, quarter_of
from registry.ledger.operation.sheet.forms import SheetForm, offered_rows, typed_rows, unchanged_rows
from registry.ledger.operation.sheet.pasting import Known, parse_paste
from registry.ledger.operation.sheet.queries import list_assets, offers_of, units_of_sheet
from registry.ledger.operation.sheet.rules import RECORDED, Offer, Typed
from registry.ledger.operation.sheet.services import RowsRefused, Saved, save_sheet
from registry.permissions import Permission, may
from registry.places.queries import list_units_to_enter
from registry.regions import is_code
from registry.web import actor, finish, page, requires, say

blueprint = Blueprint("sheet", __name__)
_P = Permission
Rows = Sequence[tuple[Offer, Typed]]
Problems = dict[int, RegistryError]


def _asked() -> tuple[str, Period]:
    """Return unit and period that are looked at; raises Missing."""
    region = request.args.get("region") or actor().unit_code
    if not (is_code(region) and may(actor(), _P.INCOME_ENTER, region)):
        raise Missing
    try:
        return region, parse_period(request.args["period"]) if "period" in request.args else quarter_of(today())
    except NotAPeriod as error:
        raise Missing from error


def _offers(region: str, period: Period) -> list[Offer]:
    return offers_of(list_assets(region, actor()), period)


@blueprint.route("/income/sheet", methods=["GET", "POST"])
@requires(Permission.INCOME_ENTER)
def show() -> ResponseReturnValue:
    """Enter a unit's income of a period, one row for each asset; a column or block may be pasted."""
    (region, period), form = _asked(), SheetForm()
    offers = _offers(region, period)
    if not form.validate_on_submit():
        return _drawn(form, region, period, offered_rows(offers))
    rows, problems = _filled(form, typed_rows(request.form, offers)), Problems()
    if form.problems or request.form.get("fill"):
        return _drawn(form, region, period, rows)
    try:
        with transaction(*units_of_sheet(region, offers)):
            saved = save_sheet(region, period, rows, by=actor(), on=today(), twice=form.twice.data)
            return finish(url_for("income.index", region=region), _told(saved))
    except Invalid as error:
        form.refuse(error)
        problems = error.problems if isinstance(error, RowsRefused) else problems
    return _drawn(form, region, period, rows, problems)


def _told(saved: Saved) -> str:
    if not saved.quiet:
        return str(_("已登记 %(n)s 笔，等另一个人审核。", n=saved.receipts))
    return str(_("已登记 %(n)s 笔，等另一个人审核；%(quiet)s 项本期没有收益。", n=saved.receipts, quiet=saved.quiet))


def _filled(form: SheetForm, rows: Rows) -> Rows:
    """Lay what was pasted over what was typed; what could not be placed is said at the field."""
    pasted = parse_paste(form.paste.data or "", [Known(offer.asset_no, offer.name) for offer, _ in rows])
    for problem in pasted.problems:
        form.refuse(problem)
    if not form.problems:
        form.paste.data = ""
    return [
        (offer, _laid(typed, pasted.lines[place]) if place in pasted.lines else typed)
        for place, (offer, typed) in enumerate(rows)
    ]


def _laid(typed: Typed, pasted: Typed) -> Typed:
    """Return a row with what was pasted; what was not pasted stays as typed."""
    told = {one.name: getattr(pasted, one.name) or getattr(typed, one.name) for one in fields(Typed)}
    return Typed(**told)


def _drawn(
    form: SheetForm, region: str, period: Period, rows: Rows, problems: Problems | None = None
) -> ResponseReturnValue:
    said = {key: (error.field, say(error)) for key, error in (problems or {}).items()}
    units = list_units_to_enter(actor(), _P.INCOME_ENTER)
    alike = any(field == "twice" for field, _said in said.values())
    return page(
        "sheet/show.html", form, region=region, period=period, rows=rows, said=said, units=units, looks_entered=alike
    )


@blueprint.route("/income/sheet/unchanged", methods=["GET", "POST"])
@requires(Permission.INCOME_ENTER)
def unchanged() -> ResponseReturnValue:
    """Say that a period went as agreed: what is due came, nothing else did; what nobody can know stays open."""
    (region, period), form = _asked(), ActForm()
    offers = _offers(region, period)
    rows = unchanged_rows(offers)
    if form.validate_on_submit():
        with form.guard(), transaction(*units_of_sheet(region, offers)):
            saved = save_sheet(region, period, rows, by=actor(), on=today())
            return finish(url_for("income.index", region=region), _told(saved))
    left = [one for one in offers if one.unchanged is not None and one.unchanged not in RECORDED]
    return page("sheet/unchanged.html", form, region=region, period=period, rows=rows, left=left)
