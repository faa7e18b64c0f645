"""JSON resources of the roll: households with their classes and months, changes asked for; personal data masked."""

from typing import Any

from flask import Response, url_for

from registry.clock import today
from registry.database import db
from registry.ledger.distribution.rolls.asking import ChangeFacts, ask_change
from registry.ledger.distribution.rolls.change_queries import find_request, get_change, list_changes
from registry.ledger.distribution.rolls.enrolling import Enrolment
from registry.ledger.distribution.rolls.listing import RollFilter, page_of_roll, place_of
from registry.ledger.distribution.rolls.models import RollChange
from registry.ledger.distribution.rolls.queries import entry_of
from registry.ledger.distribution.rolls.rules import BeneficiaryClass, RollEntry
from registry.ledger.distribution.rolls.schemas import (
    ChangeArguments,
    ChangePage,
    HouseholdPage,
    RollArguments,
    RollChangeEntry,
    RollChangeRow,
    RollHouseholdEntry,
    RollHouseholdRow,
)
from registry.ledger.distribution.rolls.services import enrol_household
from registry.parties.households.models import Household
from registry.parties.households.queries import get_household
from registry.parties.households.rules import HouseholdStatus
from registry.parties.households.services import confirm_household
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.rest.calls import Body, actor, api_requires, check_match, check_unit, deed, done, listed, shown
from registry.rest.openapi import Resources
from registry.rest.paging import cut, number_after
from registry.sealing import masked_name
from registry.token_scopes import Scope

resources = Resources("beneficiaries", __name__, "受益对象")
_P, _S = Permission, Scope


def _row(entry: RollEntry) -> Body:
    household = db.session.get_one(Household, entry.household_id)
    persons = [{**vars(one), "name": masked_name(one.name)} for one in entry.persons]
    told = {
        **vars(entry),
        "version": household.version_id,
        "status": household.status,
        "head_name": masked_name(entry.head_name),
        "classes": [one.value for one in entry.classes],
        "months": {one.value: sorted(months) for one, months in entry.months},
        "persons": persons,
    }
    row: Body = RollHouseholdRow().dump(told)
    return row


def _change(change: RollChange) -> Body:
    plain = {name: getattr(change, name) for name in _CHANGE}
    request = find_request(change)
    row: Body = RollChangeRow().dump({**plain, "request_id": request.id if request else None})
    return row


_CHANGE = tuple(
    field.attribute or name for name, field in RollChangeRow().fields.items() if name != "request_id"
)  # fmt: skip


@resources.get("/beneficiaries", "列受益农户")
@api_requires(_P.LEDGER_READ, scope=_S.BENEFICIARIES_READ)
@resources.arguments(RollArguments, location="query")
@resources.response(200, HouseholdPage)
def index(args: dict[str, Any]) -> Response:
    """List the roll of a unit today, in the order of the households' numbers."""
    wanted = RollFilter(
        args.get("region") or actor().unit_code,
        BeneficiaryClass(args["beneficiary_class"]) if "beneficiary_class" in args else None,
        HouseholdStatus(args.get("status", HouseholdStatus.CONFIRMED.value)),
    )
    found = page_of_roll(wanted, today(), actor(), after=args.get("after", ""), limit=args["limit"])
    rows, after = cut(found, args["limit"], place_of)
    return listed([*map(_row, rows)], after)


@resources.get("/beneficiaries/<int:household_id>", "读一户受益农户")
@api_requires(_P.LEDGER_READ, scope=_S.BENEFICIARIES_READ)
@resources.response(200, RollHouseholdRow)
def one(household_id: int) -> Response:
    """Show a household, personal data masked."""
    return shown(_row(entry_of(get_household(household_id, actor()), today())))


@resources.post("/beneficiaries", "登记受益农户")
@api_requires(_P.BENEFICIARY_ENTER, scope=_S.BENEFICIARIES_WRITE)
@resources.arguments(RollHouseholdEntry)
@resources.response(201, RollHouseholdRow)
def enrol(made: Enrolment) -> Response:
    """Enter a household; it waits for its second person."""
    region, on = made.household.region_code, today()
    check_unit(_P.BENEFICIARY_ENTER, region)
    with deed(region):
        household = enrol_household(made, by=actor(), on=on, policy=policy_for(region, on))
        target = url_for("beneficiaries_api.one", household_id=household.id)
        return done(_row(entry_of(household, on)), 201, location=target)


@resources.post("/beneficiaries/<int:household_id>/confirm", "确认受益农户（第二人）")
@api_requires(_P.ASSET_CONFIRM, scope=_S.BENEFICIARIES_WRITE)
@resources.response(200, RollHouseholdRow)
def confirm(household_id: int) -> Response:
    """Confirm a household as the second person."""
    with deed(get_household(household_id, actor(), _P.ASSET_CONFIRM).region_code):
        household = get_household(household_id, actor(), _P.ASSET_CONFIRM)
        check_match(_row(entry_of(household, today())), needed=False)
        confirm_household(household, by=actor())
        return done(_row(entry_of(household, today())))


@resources.get("/beneficiary-changes", "列受益对象调整")
@api_requires(_P.LEDGER_READ, scope=_S.BENEFICIARIES_READ)
@resources.arguments(ChangeArguments, location="query")
@resources.response(200, ChangePage)
def changes(args: dict[str, Any]) -> Response:
    """List the changes of a unit and below, the latest first."""
    region = args.get("region") or actor().unit_code
    found = list_changes(actor(), region, after=number_after(args), limit=args["limit"])
    rows, after = cut(found, args["limit"], lambda change: change.id)
    return listed([*map(_change, rows)], after)


@resources.get("/beneficiary-changes/<int:change_id>", "读一次受益对象调整")
@api_requires(_P.LEDGER_READ, scope=_S.BENEFICIARIES_READ)
@resources.response(200, RollChangeRow)
def change(change_id: int) -> Response:
    """Show a request for changes, each household before and after."""
    return shown(_change(get_change(change_id, actor())))


@resources.post("/beneficiary-changes", "申请调整受益对象，送审批")
@api_requires(_P.BENEFICIARY_ENTER, scope=_S.BENEFICIARIES_WRITE)
@resources.arguments(RollChangeEntry)
@resources.response(201, RollChangeRow)
def ask(facts: ChangeFacts) -> Response:
    """Ask for changes of a village's roll."""
    check_unit(_P.BENEFICIARY_ENTER, facts.region_code)
    with deed(facts.region_code):
        made = ask_change(facts, by=actor(), on=today(), policy=policy_for(facts.region_code, today()))
        return done(_change(made), 201, location=url_for("beneficiaries_api.change", change_id=made.id))
