"""The page between a household's line and a receipt: the income a plan took from."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from registry.ledger.distribution.plans.chain import MOST, income_chain
from registry.ledger.distribution.plans.queries import get_plan
from registry.permissions import Permission
from registry.web import actor, page, requires, row_number

blueprint = Blueprint("plan_chain", __name__)


@blueprint.get("/distributions/<int:plan_id>/income")
@requires(Permission.LEDGER_READ)
def income(plan_id: int) -> ResponseReturnValue:
    """Show the income rows a plan took from, each with its receipt, contract and asset."""
    plan = get_plan(plan_id, actor())
    links = income_chain(plan.id, after=row_number("after"))
    return page("distributions/income.html", plan=plan, links=links[:MOST], more=len(links) > MOST)
