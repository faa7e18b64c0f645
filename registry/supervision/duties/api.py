"""JSON resources of the duty list: duties of a unit, how far units are, entries and the second person's answer."""

from typing import Any

from flask import Response, url_for

from registry.clock import today
from registry.permissions import Permission
from registry.places.queries import get_unit
from registry.rest.calls import Body, actor, api_requires, check_unit, deed, done, listed, shown
from registry.rest.openapi import Resources
from registry.supervision.duties.models import DutyHolder
from registry.supervision.duties.queries import (
    get_duty,
    get_holder,
    get_unit_to_change,
    tally_units,
)
from registry.supervision.duties.rules import Naming
from registry.supervision.duties.schemas import (
    DutyArguments,
    DutyHolderRow,
    DutyNamingEntry,
    DutyOpinionEntry,
    DutyPage,
    DutyRow,
    DutyTallyPage,
    DutyTallyRow,
)
from registry.supervision.duties.services import decide_holder, name_holder, withdraw_holder
from registry.supervision.duties.showing import ShownDuty, shown_duties
from registry.token_scopes import Scope

resources = Resources("duties", __name__, "责任清单")
_P, _S = Permission, Scope


def _entry(holder: DutyHolder) -> Body:
    body: Body = DutyHolderRow().dump(holder)
    return body


def _duty(one: ShownDuty) -> Body:
    duty = one.duty
    body: Body = DutyRow().dump(
        {
            "code": duty.code, "level": duty.level, "sector": duty.sector, "title": duty.title, "text": duty.text,
            "basis": duty.basis, "standing": one.standing, "holder": one.holder, "waiting": one.waiting,
        }
    )  # fmt: skip
    return body


@resources.get("/duties", "列一个单位的责任清单")
@api_requires(_P.DUTY_READ, scope=_S.DUTIES_READ)
@resources.arguments(DutyArguments, location="query")
@resources.response(200, DutyPage)
def index(args: dict[str, Any]) -> Response:
    """List the duties of a unit and who answers for them."""
    unit = get_unit(args["region"], actor())
    return listed([_duty(one) for one in shown_duties(unit.region_code, today())])


@resources.get("/duty-tallies", "列本级和下级单位责任落实的数字")
@api_requires(_P.DUTY_READ, scope=_S.DUTIES_READ)
@resources.arguments(DutyArguments, location="query")
@resources.response(200, DutyTallyPage)
def tallies(args: dict[str, Any]) -> Response:
    """List how far a unit itself and the units right below it are."""
    found = tally_units(get_unit(args["region"], actor()).region_code, today())
    return listed([
        DutyTallyRow().dump({
            "region_code": code, "duties": one.duties, "named": one.named, "left": one.left, "missing": one.missing,
            "waiting": one.waiting,
        })
        for code, one in found.items()
    ])  # fmt: skip


@resources.get("/duty-entries/<int:holder_id>", "读一条责任人登记")
@api_requires(_P.DUTY_READ, scope=_S.DUTIES_READ)
@resources.response(200, DutyHolderRow)
def entry(holder_id: int) -> Response:
    """Show an entry."""
    return shown(_entry(get_holder(holder_id, actor(), _P.DUTY_READ)))


@resources.post("/duty-entries", "登记责任人，等第二人确认")
@api_requires(_P.DUTY_ENTER, scope=_S.DUTIES_WRITE)
@resources.arguments(DutyNamingEntry)
@resources.response(201, DutyHolderRow)
def name(body: tuple[str, str, Naming]) -> Response:
    """Enter who is to answer for a duty of a unit."""
    region_code, duty, naming = body
    check_unit(_P.DUTY_ENTER, region_code)
    with deed(region_code):
        get_unit_to_change(region_code, actor())
        made = name_holder(region_code, get_duty(duty, region_code), naming, by=actor(), on=today())
        return done(_entry(made), 201, location=url_for("duties_api.entry", holder_id=made.id))


@resources.post("/duty-entries/<int:holder_id>/decide", "确认责任人登记，或退回并写明原因")
@api_requires(_P.DUTY_CONFIRM, scope=_S.DUTIES_WRITE)
@resources.arguments(DutyOpinionEntry)
@resources.response(200, DutyHolderRow)
def decide(body: dict[str, Any], holder_id: int) -> Response:
    """Confirm an entry, or send it back."""
    with deed(get_holder(holder_id, actor(), _P.DUTY_CONFIRM).region_code):
        holder = get_holder(holder_id, actor(), _P.DUTY_CONFIRM)
        decide_holder(holder, body["opinion"], agrees=body["agrees"], by=actor())
        return done(_entry(holder))


@resources.post("/duty-entries/<int:holder_id>/withdraw", "撤回没有确认的登记")
@api_requires(_P.DUTY_ENTER, scope=_S.DUTIES_WRITE)
@resources.response(200, DutyHolderRow)
def withdraw(holder_id: int) -> Response:
    """Take back an entry that nobody has answered."""
    with deed(get_holder(holder_id, actor(), _P.DUTY_ENTER).region_code):
        holder = get_holder(holder_id, actor(), _P.DUTY_ENTER)
        withdraw_holder(holder, by=actor())
        return done(_entry(holder))
