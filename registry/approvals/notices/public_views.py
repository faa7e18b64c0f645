"""The board without sign-in: what hangs, what hung, and the door for objections. Masked only."""

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.signed_in import visitor
from registry.approvals.notices.answering import pass_on, raise_on_page, stranger
from registry.approvals.notices.forms import ObjectionForm, PassOnForm, ReceiptForm
from registry.approvals.notices.models import Notice
from registry.approvals.notices.objecting import Ground, check_hanging, days_to_answer, first_level
from registry.approvals.notices.queries import (
    count_objections,
    count_running_below,
    find_objection,
    find_replacement,
    get_posted_notice,
    list_on_board,
    list_past_of_board,
)
from registry.approvals.notices.showing import shown, shown_objection
from registry.clock import today
from registry.database import transaction
from registry.errors import Invalid
from registry.places.queries import full_name, get_region, heir_of, list_children, path_of
from registry.policy.queries import policy_for
from registry.text import N_
from registry.web import carry_size, open_to_all, page, row_number

blueprint = Blueprint("public_notices", __name__)
blueprint.url_defaults(carry_size)
_MOST_HANGING = 100


class UnknownReceipt(Invalid):
    """No objection bears the code."""

    message = N_("查不到这个回执码，请对照回执再输一次。")


@blueprint.get("/public/<region_code>/notices")
@open_to_all
def board(region_code: str) -> ResponseReturnValue:
    """Show a unit's own board: what hangs, then what hung, and the boards of the units below."""
    unit, on = get_region(region_code), today()
    if unit.successor_code is not None:
        return redirect(url_for("public_notices.board", region_code=heir_of(region_code)))
    after, before = (row_number(name) for name in ("after", "before"))
    return page(
        "notices/public_board.html",
        unit=unit,
        path=path_of(region_code),
        hanging=[shown(row, on) for row in list_on_board(region_code, _MOST_HANGING)],
        past=list_past_of_board(region_code, after=after, before=before),
        children=list_children(region_code),
        below=count_running_below(region_code),
    )


@blueprint.get("/public/notices/<int:notice_id>")
@open_to_all
def notice(notice_id: int) -> ResponseReturnValue:
    """Show one notice with masked names; one that was taken down shows only that it was."""
    row = get_posted_notice(notice_id)
    return page(
        "notices/public_notice.html",
        notice=shown(row, today()),
        table=row.table.masked(),
        objections=count_objections(row.id),
        replacement=find_replacement(row.id),
        path=path_of(row.region_code),
        unit_name=full_name(row.region_code),
        days=_days_to_answer(row),
    )


def _days_to_answer(row: Notice) -> int:
    """Return how many days the unit itself has to answer an objection."""
    parameter = days_to_answer(first_level(row.region_code, Ground.CONTENT), Ground.CONTENT)
    return policy_for(row.region_code, today()).number(parameter)


@blueprint.route("/public/notices/<int:notice_id>/objections", methods=["GET", "POST"])
@open_to_all
def object_to(notice_id: int) -> ResponseReturnValue:
    """Take in an objection and show its code; the same form sent again shows the same code and adds nothing."""
    row, form = get_posted_notice(notice_id), ObjectionForm()
    check_hanging(row.notice_state)
    policy = policy_for(row.region_code, today())
    if form.validate_on_submit():
        with form.guard():
            with transaction(row.region_code):
                row = get_posted_notice(notice_id)
                raised = raise_on_page(row, form.to_facts(), visitor().address, on=today(), policy=policy)
                receipt, due_on, level = raised.receipt, raised.objection.due_on, raised.objection.lies_at
            row = get_posted_notice(notice_id)
            return page("notices/receipt.html", receipt=receipt, due_on=due_on, level=level, notice=row)
    row = get_posted_notice(notice_id)
    return page("notices/object_to.html", form, notice=row, days=_days_to_answer(row))


@blueprint.route("/public/objections", methods=["GET", "POST"])
@open_to_all
def look_up() -> ResponseReturnValue:
    """Ask for the code and show how the objection stands; the code travels in the body, never in an address."""
    asked = ReceiptForm()
    if not asked.validate_on_submit():
        return page("notices/look_up.html", asked, found=None, passing=None)
    return _found(asked.receipt.data, asked)


def _found(receipt: str, asked: ReceiptForm, passing: PassOnForm | None = None) -> ResponseReturnValue:
    row = find_objection(receipt)
    if row is None:
        asked.refuse(UnknownReceipt(field="receipt"))
        return page("notices/look_up.html", asked, found=None, passing=None)
    found, notice_row = shown_objection(row, today()), get_posted_notice(row.notice_id)
    return page(
        "notices/look_up.html", passing or PassOnForm(formdata=None, data={"receipt": receipt}),
        found=found, passing=found.may_pass_on, notice=notice_row,
    )  # fmt: skip


@blueprint.post("/public/objections/pass-on")
@open_to_all
def pass_on_by_receipt() -> ResponseReturnValue:
    """Take an answer to the level above, for whoever holds the code."""
    form = PassOnForm()
    row = find_objection(form.receipt.data or "")
    if row is None:
        abort(404)
    receipt, region, policy = form.receipt.data, row.region_code, policy_for(row.region_code, today())
    if form.validate_on_submit():
        with form.guard():
            with transaction(region):
                row = find_objection(receipt)
                if row is not None:
                    pass_on(row, form.reason.data, by=stranger(region), on=today(), policy=policy)
            return _found(receipt, ReceiptForm())
    return _found(receipt, ReceiptForm(), form)
