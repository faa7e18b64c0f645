"""Pages of changed accounts: asking for one, one change with its answer, what waits for a second person."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.database import transaction
from registry.errors import Invalid, Missing
from registry.parties.households.account_forms import AccountAnswerForm, AccountForm, AccountPickForm
from registry.parties.households.account_queries import (
    find_waiting_account,
    get_account_change,
    list_accounts_to_confirm,
    masked_account,
)
from registry.parties.households.accounts import (
    ask_account,
    confirm_account,
    confirm_accounts,
    refuse_account,
    withdraw_account,
)
from registry.parties.households.queries import get_household, masked_of
from registry.parties.households.rules import AccountStatus
from registry.permissions import Permission, may
from registry.text import N_
from registry.web import BaseForm, actor, finish, page, requires

blueprint = Blueprint("household_accounts", __name__)
_P = Permission
PAGE_ROWS = 50


@blueprint.route("/beneficiaries/<int:household_id>/account", methods=["GET", "POST"])
@requires(Permission.BENEFICIARY_ENTER)
def ask(household_id: int) -> ResponseReturnValue:
    """Ask that a household be paid into another account."""
    region, form = get_household(household_id, actor(), _P.BENEFICIARY_ENTER).region_code, AccountForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            household = get_household(household_id, actor(), _P.BENEFICIARY_ENTER)
            change = ask_account(household, form.to_facts(), by=actor())
            address = url_for("household_accounts.show", change_id=change.id)
            return finish(address, _("已申请，等第二人确认；确认前仍发到原账号。"))
    household = get_household(household_id, actor(), _P.BENEFICIARY_ENTER)
    waiting = find_waiting_account(household.id)
    return page("beneficiaries/account.html", form, household=household, data=masked_of(household), waiting=waiting)


@blueprint.get("/account-changes/<int:change_id>")
@requires(Permission.LEDGER_READ)
def show(change_id: int) -> ResponseReturnValue:
    """Show a change of an account, and what may be done about it."""
    return _shown(change_id, None)


def _shown(change_id: int, form: BaseForm | None) -> ResponseReturnValue:
    change, me = get_account_change(change_id, actor()), actor()
    household, waits = change.household, change.state is AccountStatus.WAITING
    return page(
        "beneficiaries/account_change.html", form, change=change, household=household, data=masked_of(household),
        account=masked_account(change), answering=form or AccountAnswerForm(formdata=None),
        may_answer=waits and may(me, _P.ASSET_CONFIRM, change.region_code) and me.id != change.asked_by_id,
        may_withdraw=waits and me.id == change.asked_by_id,
        may_reveal=waits and may(me, _P.REVEAL_PERSONAL, change.region_code),
    )  # fmt: skip


@blueprint.post("/account-changes/<int:change_id>/answer")
@requires(Permission.ASSET_CONFIRM)
def answer(change_id: int) -> ResponseReturnValue:
    """Put another account in force, or leave the known one, as the second person."""
    region, form = get_account_change(change_id, actor(), _P.ASSET_CONFIRM).region_code, AccountAnswerForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            change = get_account_change(change_id, actor(), _P.ASSET_CONFIRM)
            if form.answer.data == "confirm":
                confirm_account(change, by=actor())
            else:
                refuse_account(change, form.reason.data or "", by=actor())
            return finish(url_for("household_accounts.show", change_id=change_id), _("已办理。"))
    return _shown(change_id, form)


@blueprint.post("/account-changes/<int:change_id>/withdraw")
@requires(Permission.BENEFICIARY_ENTER)
def withdraw(change_id: int) -> ResponseReturnValue:
    """Take back what one asked for oneself."""
    region, form = get_account_change(change_id, actor(), _P.BENEFICIARY_ENTER).region_code, BaseForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            withdraw_account(get_account_change(change_id, actor(), _P.BENEFICIARY_ENTER), by=actor())
            return finish(url_for("household_accounts.show", change_id=change_id), _("已撤回，仍用原账号。"))
    return _shown(change_id, None)


@blueprint.route("/account-changes", methods=["GET", "POST"])
@requires(Permission.ASSET_CONFIRM)
def waiting() -> ResponseReturnValue:
    """Let the second person look over the accounts that wait and put in force those that are right."""
    form, region = AccountPickForm(), request.args.get("region") or actor().unit_code
    if not may(actor(), _P.LEDGER_READ, region):
        raise Missing
    if form.validate_on_submit():
        with form.guard(), transaction(*_regions(form.picked)):
            picked = [get_account_change(one, actor(), _P.ASSET_CONFIRM) for one in form.picked]
            count = confirm_accounts(picked, by=actor())
            return finish(url_for("household_accounts.waiting", region=region), _("已启用 %(n)s 户的新账号。", n=count))
    found = list_accounts_to_confirm(actor(), region, PAGE_ROWS + 1)
    rows = [(one, masked_of(one.household).bank_account, masked_account(one)) for one in found[:PAGE_ROWS]]
    return page("beneficiaries/accounts.html", form, rows=rows, more=len(found) > PAGE_ROWS, region=region)


def _regions(change_ids: list[int]) -> list[str]:
    """Return the villages of the changes ticked. Raises Invalid for none, Missing for one out of reach."""
    if not change_ids:
        raise Invalid(N_("请至少勾选一户。"), field="changes")
    return sorted({get_account_change(one, actor(), _P.ASSET_CONFIRM).region_code for one in change_ids})
