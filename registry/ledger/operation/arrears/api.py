"""JSON resources of arrears: what is overdue, demands, cases in which a debt is given up."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Response

from registry.clock import today
from registry.kinds import Sector
from registry.ledger.operation.arrears.queries import (
    ArrearsFilter,
    get_all_overdue,
    get_overdue,
    list_demands,
    list_given_up,
    list_overdue,
)
from registry.ledger.operation.arrears.rules import Demand, GivingUp, days_late
from registry.ledger.operation.arrears.schemas import (
    ArrearsArguments,
    ArrearsPage,
    ArrearsRow,
    DemandEntry,
    DemandOfSeveral,
    DemandPage,
    DemandRow,
    DuesArguments,
    GivingUpEntry,
    WriteOffRow,
)
from registry.ledger.operation.arrears.services import note_demand, note_demands, propose_write_off
from registry.ledger.operation.contracts.schemas import DuePage, DueRow
from registry.ledger.operation.dues.listing import DuesOfMonths, list_dues
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.dues.rules import ArrearsClass, DueState, arrears_class
from registry.ledger.operation.periods import parse_place, parse_unit_place, write_place, write_unit_place
from registry.ledger.operation.receipts.entered import entered_for
from registry.permissions import Permission
from registry.places.queries import unit_meant
from registry.policy.queries import policy_for
from registry.policy.rules import Policy
from registry.rest.calls import Body, actor, api_requires, deed, done, listed
from registry.rest.openapi import Resources
from registry.rest.paging import cut
from registry.text import chosen
from registry.token_scopes import Scope

resources = Resources("arrears", __name__, "欠款、催缴和核销")
_P, _S = Permission, Scope
_COMPUTED = frozenset({"days_late", "late_class", "entered", "write_off_waits"})
_PLAIN = tuple(field.attribute or name for name, field in ArrearsRow().fields.items() if name not in _COMPUTED)


def _rows(dues: Sequence[Due], on: date, policy: Policy) -> list[Body]:
    """Write overdue dues, each with what of it waits: money to be checked, a case in which it is given up."""
    entered, given_up = entered_for(dues), list_given_up([due.id for due in dues])
    told = [
        {
            **{name: getattr(due, name) for name in _PLAIN},
            "days_late": days_late(due.due_on, on),
            "late_class": arrears_class(due.due_on, on, policy),
            "entered_fen": entered.get(due.id, 0),
            "write_off_waits": due.id in given_up,
        }
        for due in dues
    ]
    rows: list[Body] = ArrearsRow(many=True).dump(told)
    return rows


@resources.get("/arrears", "列逾期的应收，欠得最久的在前")
@api_requires(_P.LEDGER_READ, scope=_S.INCOME_READ)
@resources.arguments(ArrearsArguments, location="query")
@resources.response(200, ArrearsPage)
def index(args: dict[str, Any]) -> Response:
    """List what is overdue in a unit and below."""
    region, on = args.get("region") or actor().unit_code, today()
    wanted = ArrearsFilter(region, ArrearsClass(args["late_class"]) if "late_class" in args else None)
    policy = policy_for(region, on)
    found = list_overdue(wanted, actor(), on, policy, after=parse_place(args.get("after", "")), limit=args["limit"])
    rows, after = cut(found, args["limit"], lambda due: write_place(due.due_on, due.id))
    return listed(_rows(rows, on, policy), after)


@resources.get("/dues", "列到期月份内的全部应收")
@api_requires(_P.LEDGER_READ, scope=_S.INCOME_READ)
@resources.arguments(DuesArguments, location="query")
@resources.response(200, DuePage)
def dues(args: dict[str, Any]) -> Response:
    """List every due of some months, in the order of unit and entry."""
    year = today().year * 100
    wanted = DuesOfMonths(
        unit_meant(args.get("region"), actor()), args.get("from_month", year + 1), args.get("until_month", year + 12),
        DueState(args.get("state", DueState.ALL)), chosen(args.get("sector"), Sector),
    )  # fmt: skip
    found = list_dues(wanted, actor(), after=parse_unit_place(args.get("after", "")), limit=args["limit"])
    rows, after = cut(found, args["limit"], lambda due: write_unit_place(due.region_code, due.id))
    return listed(DueRow(many=True).dump(rows), after)


@resources.get("/dues/<int:due_id>/demands", "列催缴记录")
@api_requires(_P.LEDGER_READ, scope=_S.INCOME_READ)
@resources.response(200, DemandPage)
def demands(due_id: int) -> Response:
    """List the demands sent for a due, the latest first."""
    due = get_overdue(due_id, actor(), _P.LEDGER_READ)
    return listed(DemandRow(many=True).dump(list_demands([due.id]).get(due.id, [])))


@resources.post("/dues/<int:due_id>/demands", "登记催缴")
@api_requires(_P.INCOME_ENTER, scope=_S.INCOME_WRITE)
@resources.arguments(DemandEntry)
@resources.response(201, DemandRow)
def demand(told: Demand, due_id: int) -> Response:
    """Note that an overdue due was demanded."""
    with deed(get_overdue(due_id, actor(), _P.INCOME_ENTER).region_code):
        letter = note_demand(get_overdue(due_id, actor(), _P.INCOME_ENTER), told, [], by=actor(), on=today())
        return done(DemandRow().dump(letter), 201)


@resources.post("/arrears/demands", "一份催缴函催同一欠款人的几笔逾期应收")
@api_requires(_P.INCOME_ENTER, scope=_S.INCOME_WRITE)
@resources.arguments(DemandOfSeveral)
@resources.response(201, DemandPage)
def demand_several(told: Demand) -> Response:
    """Note that one letter demanded several overdue dues: all of them or none."""
    with deed(*{due.region_code for due in get_all_overdue(told.due_ids, actor(), _P.INCOME_ENTER)}):
        dues = get_all_overdue(told.due_ids, actor(), _P.INCOME_ENTER)
        letters = note_demands(dues, told, [], by=actor(), on=today())
        return done({"items": DemandRow(many=True).dump(letters)}, 201)


@resources.post("/dues/<int:due_id>/write-offs", "申请核销欠款，送审批")
@api_requires(_P.INCOME_ENTER, scope=_S.INCOME_WRITE)
@resources.arguments(GivingUpEntry)
@resources.response(201, WriteOffRow)
def write_off(told: GivingUp, due_id: int) -> Response:
    """Ask for an overdue due to be given up."""
    region = get_overdue(due_id, actor(), _P.INCOME_ENTER).region_code
    with deed(region):
        due, policy = get_overdue(due_id, actor(), _P.INCOME_ENTER), policy_for(region, today())
        return done(WriteOffRow().dump(propose_write_off(due, told, [], by=actor(), on=today(), policy=policy)), 201)
