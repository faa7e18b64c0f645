"""JSON resources of changed accounts: asked for by one person, in force once a second one has confirmed them."""

from typing import Any

from flask import Response, url_for

from registry.parties.households.account_queries import (
    AccountFilter,
    get_account_change,
    list_account_changes,
    list_changes_after,
    masked_account,
)
from registry.parties.households.accounts import ask_account, confirm_account, refuse_account, withdraw_account
from registry.parties.households.models import AccountChange
from registry.parties.households.queries import get_household, masked_of
from registry.parties.households.rules import AccountFacts, AccountStatus
from registry.parties.households.schemas import AccountArguments, AccountEntry, AccountPage, AccountRefusal, AccountRow
from registry.permissions import Permission
from registry.rest.calls import Body, actor, api_requires, check_match, deed, done, listed, shown
from registry.rest.openapi import Resources
from registry.rest.paging import cut, number_after
from registry.sealing import masked_name
from registry.token_scopes import Scope

resources = Resources("account_changes", __name__, "农户换账号")
_P, _S = Permission, Scope
_TOLD = frozenset({"head_name", "bank_account", "known_bank_name", "known_bank_account"})
_PLAIN = tuple(field.attribute or name for name, field in AccountRow().fields.items() if name not in _TOLD)


def _row(change: AccountChange) -> Body:
    household = change.household
    told = {
        "head_name": masked_name(household.party.name),
        "bank_account": masked_account(change),
        "known_bank_name": household.bank_name,
        "known_bank_account": masked_of(household).bank_account,
    }
    row: Body = AccountRow().dump({**{name: getattr(change, name) for name in _PLAIN}, **told})
    return row


def _region(change_id: int, permission: Permission) -> str:
    return get_account_change(change_id, actor(), permission).region_code


def _seen(change_id: int, permission: Permission) -> AccountChange:
    """Return a change as the caller has seen it, if they say which version that was."""
    change = get_account_change(change_id, actor(), permission)
    check_match(_row(change), needed=False)
    return change


@resources.get("/account-changes", "列农户换账号（账号遮盖）")
@api_requires(_P.LEDGER_READ, scope=_S.BENEFICIARIES_READ)
@resources.arguments(AccountArguments, location="query")
@resources.response(200, AccountPage)
def index(args: dict[str, Any]) -> Response:
    """List the changes of accounts of a unit and below in order of entry."""
    status = AccountStatus(args["status"]) if "status" in args else None
    wanted = AccountFilter(args.get("region") or actor().unit_code, status)
    found = list_changes_after(wanted, actor(), number_after(args), args["limit"] + 1)
    rows, after = cut(found, args["limit"], lambda change: change.id)
    return listed([*map(_row, rows)], after)


@resources.get("/account-changes/<int:change_id>", "读一次换账号")
@api_requires(_P.LEDGER_READ, scope=_S.BENEFICIARIES_READ)
@resources.response(200, AccountRow)
def one(change_id: int) -> Response:
    """Show a change of an account."""
    return shown(_row(get_account_change(change_id, actor())))


@resources.get("/beneficiaries/<int:household_id>/account-changes", "列一户的换账号，最近的在前")
@api_requires(_P.LEDGER_READ, scope=_S.BENEFICIARIES_READ)
@resources.response(200, AccountPage)
def of_household(household_id: int) -> Response:
    """List every change asked for of a household's account."""
    return listed([*map(_row, list_account_changes(get_household(household_id, actor()).id))])


@resources.post("/beneficiaries/<int:household_id>/account-changes", "申请换账号，等第二人确认")
@api_requires(_P.BENEFICIARY_ENTER, scope=_S.BENEFICIARIES_WRITE)
@resources.arguments(AccountEntry)
@resources.response(201, AccountRow)
def ask(facts: AccountFacts, household_id: int) -> Response:
    """Ask that a household be paid into another account; until it is confirmed the known one stays in force."""
    with deed(get_household(household_id, actor(), _P.BENEFICIARY_ENTER).region_code):
        change = ask_account(get_household(household_id, actor(), _P.BENEFICIARY_ENTER), facts, by=actor())
        return done(_row(change), 201, location=url_for("account_changes_api.one", change_id=change.id))


@resources.post("/account-changes/<int:change_id>/confirm", "确认换账号，启用新账号（第二人）")
@api_requires(_P.ASSET_CONFIRM, scope=_S.BENEFICIARIES_WRITE)
@resources.response(200, AccountRow)
def confirm(change_id: int) -> Response:
    """Put another account in force as the second person."""
    with deed(_region(change_id, _P.ASSET_CONFIRM)):
        change = _seen(change_id, _P.ASSET_CONFIRM)
        confirm_account(change, by=actor())
        return done(_row(change))


@resources.post("/account-changes/<int:change_id>/refuse", "不同意换账号，仍用原账号（第二人）")
@api_requires(_P.ASSET_CONFIRM, scope=_S.BENEFICIARIES_WRITE)
@resources.arguments(AccountRefusal)
@resources.response(200, AccountRow)
def refuse(body: dict[str, Any], change_id: int) -> Response:
    """Leave the known account in force, as the second person."""
    with deed(_region(change_id, _P.ASSET_CONFIRM)):
        change = _seen(change_id, _P.ASSET_CONFIRM)
        refuse_account(change, body["reason"], by=actor())
        return done(_row(change))


@resources.post("/account-changes/<int:change_id>/withdraw", "撤回自己申请的换账号")
@api_requires(_P.BENEFICIARY_ENTER, scope=_S.BENEFICIARIES_WRITE)
@resources.response(200, AccountRow)
def withdraw(change_id: int) -> Response:
    """Take back what one asked for oneself."""
    with deed(_region(change_id, _P.BENEFICIARY_ENTER)):
        change = _seen(change_id, _P.BENEFICIARY_ENTER)
        withdraw_account(change, by=actor())
        return done(_row(change))
