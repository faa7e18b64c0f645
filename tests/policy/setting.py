"""Rows of policy as people make them: proposed by one, confirmed by another."""

from dataclasses import replace
from datetime import date

from registry.database import db, transaction
from registry.policy.models import PolicyRoute, PolicyValue
from registry.policy.parameters import Parameter
from registry.policy.procedures import Procedure, Seat, StepKind, StepRule
from registry.policy.proposals import RouteProposal, ValueProposal
from registry.policy.routes import ROUTES_BY_KEY
from registry.policy.rules import Bound
from registry.policy.services import confirm, propose_route, propose_value
from tests.factories import COUNTY, MUNICIPALITY, TODAY, person

NOTICE = Parameter.NOTICE_DAYS_VILLAGE
DOCUMENT = "石柱农委发〔2026〕12号《石柱县扶贫项目资产管理细则》"
ROUTE = ROUTES_BY_KEY["TITLE.COLLECTIVE"]
FINANCE = StepRule(StepKind.REVIEW, Seat.COUNTY_FINANCE, "区县财政会审", Parameter.STEP_DAYS_REVIEW)
#: The default with one more review by the county's finance bureau, before the county's own.
LONGER: Procedure = (*ROUTE.procedure[:-1], FINANCE, ROUTE.procedure[-1])
#: Who proposes and who confirms in a unit.
PEOPLE = {COUNTY: ("county_clerk", "county_agriculture"), MUNICIPALITY: ("municipal_supervisor", "second_supervisor")}


def value_proposal(value: int | str = 15, **changes: object) -> ValueProposal:
    """The county wants notices to hang fifteen days from today on."""
    proposal = ValueProposal(COUNTY, NOTICE, Bound.VALUE, value, TODAY, DOCUMENT, "多数村民外出，十天看不到公示")
    return replace(proposal, **changes)  # type: ignore[arg-type]


def route_proposal(procedure: Procedure = LONGER, **changes: object) -> RouteProposal:
    """The county wants the finance bureau to review titles from today on."""
    proposal = RouteProposal(COUNTY, ROUTE.key, procedure, TODAY, DOCUMENT, "与国资台账同步")
    return replace(proposal, **changes)  # type: ignore[arg-type]


def proposed(proposal: ValueProposal | RouteProposal | None = None, by: str = "county_clerk", on: date = TODAY) -> int:
    """A proposal that waits; its number."""
    proposal = proposal or value_proposal()
    with transaction(proposal.region_code):
        row: PolicyValue | PolicyRoute
        if isinstance(proposal, ValueProposal):
            row = propose_value(proposal, by=person(by), on=on)
        else:
            row = propose_route(proposal, by=person(by), on=on)
        return row.id


def agreed(
    proposal: ValueProposal | RouteProposal | None = None,
    by: str = "county_clerk",
    second: str = "county_agriculture",
    on: date = TODAY,
) -> int:
    """A proposal that a second person confirmed; its number."""
    proposal = proposal or value_proposal()
    number = proposed(proposal, by, on)
    model = PolicyValue if isinstance(proposal, ValueProposal) else PolicyRoute
    with transaction(proposal.region_code):
        confirm(db.session.get_one(model, number), "同意", by=person(second), on=on)
    return number
