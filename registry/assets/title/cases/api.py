"""JSON resources of cases of title: opening, reading, submitting, taking back."""

from typing import Any

from flask import Response, url_for

from registry.assets.register.cards.queries import region_of
from registry.assets.register.projects.queries import get_project, project_id_of
from registry.assets.title.cases.candidates import list_candidates
from registry.assets.title.cases.opening import Opening, open_case
from registry.assets.title.cases.queries import Wanted, get_case, list_cases, list_lines
from registry.assets.title.cases.schemas import (
    CaseArguments,
    CaseCard,
    CaseEntry,
    CasePage,
    LinePage,
    facts_for,
)
from registry.assets.title.cases.submitting import get_case_to_enter, submit_case, withdraw_case
from registry.assets.title.cases.telling import case_card, case_rows, line_rows
from registry.assets.title.rules import CaseStatus
from registry.clock import today
from registry.kinds import TitleDeed
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.rest.calls import actor, api_requires, check_match, check_unit, deed, done, listed, shown
from registry.rest.fields import PageArguments, Reason
from registry.rest.openapi import Resources
from registry.rest.paging import cut, number_after
from registry.token_scopes import Scope

resources = Resources("title", __name__, "产权事项")
_P, _S = Permission, Scope


@resources.get("/title-cases", "列产权事项，新的在前")
@api_requires(_P.ASSET_READ, scope=_S.TITLE_READ)
@resources.arguments(CaseArguments, location="query")
@resources.response(200, CasePage)
def index(args: dict[str, Any]) -> Response:
    """List cases by unit, deed, state and words."""
    kind = TitleDeed(args["deed"]) if "deed" in args else None
    status = CaseStatus(args["status"]) if "status" in args else None
    wanted = Wanted(args.get("region", ""), kind, status, args.get("q", ""))
    found = list_cases(wanted, actor(), after=number_after(args) or None, limit=args["limit"])
    return listed(case_rows(found.rows), str(found.rows[-1].id) if found.after else None)


@resources.get("/title-cases/<int:case_id>", "读一件产权事项")
@api_requires(_P.ASSET_READ, scope=_S.TITLE_READ)
@resources.response(200, CaseCard)
def one(case_id: int) -> Response:
    """Show a case."""
    return shown(case_card(get_case(case_id, actor())))


@resources.get("/title-cases/<int:case_id>/lines", "列事项里的资产")
@api_requires(_P.ASSET_READ, scope=_S.TITLE_READ)
@resources.arguments(PageArguments, location="query")
@resources.response(200, LinePage)
def lines(args: dict[str, Any], case_id: int) -> Response:
    """List the assets of a case with what was found of each and who shall hold it."""
    case = get_case(case_id, actor())
    found = list_lines(case.id, after=number_after(args), limit=args["limit"] + 1)
    rows, after = cut(found, args["limit"], lambda line: line.id)
    return listed(line_rows(rows), after)


@resources.post("/title-cases", "起草产权事项，按编号或按项目纳入资产")
@api_requires(_P.TITLE_ENTER, scope=_S.TITLE_WRITE)
@resources.arguments(CaseEntry)
@resources.response(201, CaseCard)
def open_one(body: dict[str, Any]) -> Response:
    """Open a case with the assets that are named, or with all that a choice shows."""
    if "pick" in body:
        region = body["pick"]["region_code"]
        check_unit(_P.TITLE_ENTER, region)
    else:
        region = region_of(body["assets"][0], actor(), _P.TITLE_ENTER)
    with deed(region):
        case = open_case(_opening(body), by=actor(), on=today())
        return done(case_card(case), 201, location=url_for("title_api.one", case_id=case.id))


def _opening(body: dict[str, Any]) -> Opening:
    kind = TitleDeed(body["deed"])
    facts = facts_for(kind, body["facts"])
    if "assets" in body:
        return Opening(kind, tuple(body["assets"]), facts)
    wanted = project_id_of(body["pick"]["project_id"])
    project = get_project(wanted, actor(), _P.ASSET_READ) if wanted else None
    pick = CaseEntry().pick_of(body, project.id if project else None)
    numbers = tuple(asset.asset_no for asset in list_candidates(pick, actor()))
    return Opening(kind, numbers, facts, pick.project_id)


@resources.post("/title-cases/<int:case_id>/submit", "提交审批；退回后再次提交也用这个")
@api_requires(_P.TITLE_ENTER, scope=_S.TITLE_WRITE)
@resources.response(200, CaseCard)
def submit(case_id: int) -> Response:
    """Submit a case, or submit it anew after it was sent back."""
    region = get_case_to_enter(case_id, actor()).region_code
    with deed(region):
        case = get_case_to_enter(case_id, actor())
        check_match(case_card(case), needed=False)
        submit_case(case, by=actor(), on=today(), policy=policy_for(region, today()))
        return done(case_card(case))


@resources.post("/title-cases/<int:case_id>/withdraw", "撤回产权事项")
@api_requires(_P.TITLE_ENTER, scope=_S.TITLE_WRITE)
@resources.arguments(Reason)
@resources.response(200, CaseCard)
def withdraw(body: dict[str, Any], case_id: int) -> Response:
    """Take a case back, saying why."""
    region = get_case_to_enter(case_id, actor()).region_code
    with deed(region):
        case = get_case_to_enter(case_id, actor())
        check_match(case_card(case), needed=False)
        withdraw_case(case, body["reason"], by=actor(), on=today(), policy=policy_for(region, today()))
        return done(case_card(case))
