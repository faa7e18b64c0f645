"""JSON resources of distribution plans: drafting, submitting, reading lines and where the money came from."""

from typing import Any

from flask import Response, url_for

from registry.clock import today
from registry.ledger.distribution.plans.chain import Link, income_chain
from registry.ledger.distribution.plans.models import Plan, PlanLine
from registry.ledger.distribution.plans.queries import PlanFilter, get_plan, list_lines, list_plans
from registry.ledger.distribution.plans.rules import PlanFacts, PlanStatus
from registry.ledger.distribution.plans.schemas import (
    IncomeLink,
    IncomePage,
    LinePage,
    OfficialEntry,
    PlanArguments,
    PlanCard,
    PlanEntry,
    PlanLineRow,
    PlanPage,
    PlanRow,
    SubmittedRow,
    UseEntry,
)
from registry.ledger.distribution.plans.services import (
    OfficialFacts,
    add_use,
    begin_plan,
    drop_plan,
    remove_use,
    set_official,
)
from registry.ledger.distribution.plans.submitting import check_plan, submit_plan
from registry.ledger.distribution.plans.writing import UseFacts
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.rest.calls import Body, actor, api_requires, check_match, check_unit, deed, done, listed, shown
from registry.rest.fields import PageArguments, Reason
from registry.rest.openapi import Resources
from registry.rest.paging import cut, number_after
from registry.sealing import masked_name
from registry.token_scopes import Scope

resources = Resources("distribution_plans", __name__, "收益分配方案")
_P, _S = Permission, Scope
_ENTER = Permission.DISTRIBUTION_ENTER


def _card(plan: Plan) -> Body:
    card: Body = PlanCard().dump(plan)
    return card


def _mine(plan_id: int) -> Plan:
    """Return a plan that the caller may write, as the caller has seen it, if they say which version that was."""
    plan = get_plan(plan_id, actor(), _ENTER)
    check_match(_card(plan), needed=False)
    return plan


def _region(plan_id: int) -> str:
    return get_plan(plan_id, actor(), _ENTER).region_code


@resources.get("/distribution-plans", "列收益分配方案")
@api_requires(_P.LEDGER_READ, scope=_S.DISTRIBUTION_READ)
@resources.arguments(PlanArguments, location="query")
@resources.response(200, PlanPage)
def index(args: dict[str, Any]) -> Response:
    """List the plans of a unit and below in order of entry."""
    status = PlanStatus(args["status"]) if "status" in args else None
    wanted = PlanFilter(args.get("region") or actor().unit_code, args.get("year"), status)
    found = list_plans(wanted, actor(), after=number_after(args), limit=args["limit"])
    rows, after = cut(found, args["limit"], lambda plan: plan.id)
    return listed(PlanRow(many=True).dump(rows), after)


@resources.get("/distribution-plans/<int:plan_id>", "读一份方案")
@api_requires(_P.LEDGER_READ, scope=_S.DISTRIBUTION_READ)
@resources.response(200, PlanCard)
def one(plan_id: int) -> Response:
    """Show a plan with its uses."""
    return shown(_card(get_plan(plan_id, actor())))


@resources.post("/distribution-plans", "起草方案")
@api_requires(_P.DISTRIBUTION_ENTER, scope=_S.DISTRIBUTION_WRITE)
@resources.arguments(PlanEntry)
@resources.response(201, PlanCard)
def begin(facts: PlanFacts) -> Response:
    """Begin a plan of a collective."""
    check_unit(_ENTER, facts.region_code)
    with deed(facts.region_code):
        plan = begin_plan(facts, by=actor(), on=today())
        return done(_card(plan), 201, location=url_for("distribution_plans_api.one", plan_id=plan.id))


@resources.post("/distribution-plans/<int:plan_id>/official", "填正式账和章程")
@api_requires(_P.DISTRIBUTION_ENTER, scope=_S.DISTRIBUTION_WRITE)
@resources.arguments(OfficialEntry)
@resources.response(200, PlanCard)
def official(facts: OfficialFacts, plan_id: int) -> Response:
    """Write what the official books and the charter say."""
    with deed(_region(plan_id)):
        plan = _mine(plan_id)
        set_official(plan, facts, by=actor())
        return done(_card(plan))


@resources.post("/distribution-plans/<int:plan_id>/uses", "列一项用途")
@api_requires(_P.DISTRIBUTION_ENTER, scope=_S.DISTRIBUTION_WRITE)
@resources.arguments(UseEntry)
@resources.response(201, PlanCard)
def use(facts: UseFacts, plan_id: int) -> Response:
    """Write a use into an open plan."""
    with deed(_region(plan_id)):
        plan = _mine(plan_id)
        add_use(plan, facts, by=actor())
        return done(_card(plan), 201)


@resources.post("/distribution-plans/<int:plan_id>/uses/<int:use_id>/remove", "去掉一项用途")
@api_requires(_P.DISTRIBUTION_ENTER, scope=_S.DISTRIBUTION_WRITE)
@resources.response(200, PlanCard)
def remove(plan_id: int, use_id: int) -> Response:
    """Take a use out of an open plan."""
    with deed(_region(plan_id)):
        plan = _mine(plan_id)
        remove_use(plan, use_id, by=actor())
        return done(_card(plan))


@resources.post("/distribution-plans/<int:plan_id>/submit", "冻结并提交")
@api_requires(_P.DISTRIBUTION_ENTER, scope=_S.DISTRIBUTION_WRITE)
@resources.response(200, SubmittedRow)
def submit(plan_id: int) -> Response:
    """Check a plan whole, freeze and submit it."""
    region = _region(plan_id)
    with deed(region):
        plan, policy = _mine(plan_id), policy_for(region, today())
        cautions = check_plan(plan, by=actor(), on=today(), policy=policy).cautions
        found = submit_plan(plan, by=actor(), on=today(), policy=policy)
        told = {"request_id": found.id, "digest": plan.digest, "cautions": [str(one) for one in cautions]}
        return done(SubmittedRow().dump(told))


@resources.post("/distribution-plans/<int:plan_id>/drop", "放弃草稿")
@api_requires(_P.DISTRIBUTION_ENTER, scope=_S.DISTRIBUTION_WRITE)
@resources.arguments(Reason)
@resources.response(200, PlanCard)
def drop(body: dict[str, Any], plan_id: int) -> Response:
    """Give up a draft that was never submitted."""
    with deed(_region(plan_id)):
        plan = _mine(plan_id)
        drop_plan(plan, body["reason"], by=actor())
        return done(_card(plan))


@resources.get("/distribution-plans/<int:plan_id>/lines", "列应发的每一笔（姓名遮盖）")
@api_requires(_P.LEDGER_READ, scope=_S.DISTRIBUTION_READ)
@resources.arguments(PageArguments, location="query")
@resources.response(200, LinePage)
def lines(args: dict[str, Any], plan_id: int) -> Response:
    """List the agreed lines of a plan."""
    plan, limit = get_plan(plan_id, actor()), args["limit"]
    found = list_lines(plan.id, after=number_after(args), limit=limit)
    rows, after = cut(found, limit, lambda line: line.id)
    return listed([_line(row) for row in rows], after)


def _line(line: PlanLine) -> Body:
    plain = {name: getattr(line, field.attribute or name) for name, field in PlanLineRow().fields.items()}
    names = {"head_name": masked_name(line.head_name) if line.head_name else ""}
    names["payee_name"] = masked_name(line.payee_name) if line.household_id else line.payee_name
    told = {(PlanLineRow().fields[name].attribute or name): value for name, value in {**plain, **names}.items()}
    row: Body = PlanLineRow().dump(told)
    return row


@resources.get("/distribution-plans/<int:plan_id>/income", "列方案用到的收益")
@api_requires(_P.LEDGER_READ, scope=_S.DISTRIBUTION_READ)
@resources.arguments(PageArguments, location="query")
@resources.response(200, IncomePage)
def income(args: dict[str, Any], plan_id: int) -> Response:
    """List the income rows that a plan took from."""
    plan, limit = get_plan(plan_id, actor()), args["limit"]
    found = income_chain(plan.id, after=number_after(args), limit=limit)
    rows, after = cut(found, limit, lambda link: link.row.id)
    return listed([_link(row) for row in rows], after)


def _link(link: Link) -> Body:
    row: Body = IncomeLink().dump(
        {
            "income_id": link.row.id,
            "receipt_id": link.row.receipt_id,
            "asset_no": link.asset.asset_no,
            "contract_id": link.row.contract_id,
            "received_on": link.row.received_on,
            "amount_fen": link.row.amount_fen,
            "taken_fen": link.taken_fen,
        }
    )
    return row
