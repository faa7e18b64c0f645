"""JSON resources of disposals: opening, reading, the gates, submitting, taking back."""

from typing import Any

from flask import Response, url_for

from registry.assets.register.cards.queries import region_of
from registry.clock import today
from registry.disposal.cases.models import DisposalCase
from registry.disposal.cases.opening import Opening, open_case
from registry.disposal.cases.queries import Wanted, get_case, list_cases, list_lines, list_reports
from registry.disposal.gates.kinds import Moment
from registry.disposal.gates.queries import list_asked
from registry.disposal.kinds import DisposalKind, DisposalStatus
from registry.disposal.prices.queries import list_prices
from registry.disposal.procedure.schemas import (
    AskedPage,
    CaseArguments,
    CaseCard,
    CaseEntry,
    CasePage,
    GateArguments,
    GatePage,
    LinePage,
    PricePage,
    ReportPage,
    ReportRow,
)
from registry.disposal.procedure.submitting import asked_now, submit_case, withdraw_case
from registry.disposal.procedure.telling import asked_rows, case_card, case_rows, gate_rows, line_rows, price_row
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.rest.calls import actor, api_requires, check_match, deed, done, listed, shown
from registry.rest.fields import PageArguments, Reason
from registry.rest.openapi import Resources
from registry.rest.paging import cut, number_after
from registry.token_scopes import Scope

resources = Resources("disposals", __name__, "资产处置")
_P, _S = Permission, Scope


@resources.get("/disposals", "列处置事项，新的在前")
@api_requires(_P.ASSET_READ, scope=_S.DISPOSALS_READ)
@resources.arguments(CaseArguments, location="query")
@resources.response(200, CasePage)
def index(args: dict[str, Any]) -> Response:
    """List cases by unit, kind, state, year and words."""
    kind = DisposalKind(args["kind"]) if "kind" in args else None
    status = DisposalStatus(args["status"]) if "status" in args else None
    wanted = Wanted(args.get("region", ""), kind, status, args.get("q", ""), args.get("year"))
    found = list_cases(wanted, actor(), after=number_after(args) or None, limit=args["limit"])
    return listed(case_rows(found.rows), str(found.rows[-1].id) if found.after else None)


@resources.get("/disposals/<int:disposal_id>", "读一件处置事项")
@api_requires(_P.ASSET_READ, scope=_S.DISPOSALS_READ)
@resources.response(200, CaseCard)
def one(disposal_id: int) -> Response:
    """Show a case."""
    return shown(case_card(get_case(disposal_id, actor())))


@resources.get("/disposals/<int:disposal_id>/lines", "列事项里的资产")
@api_requires(_P.ASSET_READ, scope=_S.DISPOSALS_READ)
@resources.arguments(PageArguments, location="query")
@resources.response(200, LinePage)
def lines(args: dict[str, Any], disposal_id: int) -> Response:
    """List the assets of a case, how much of each, and whether the case takes it in."""
    case = get_case(disposal_id, actor())
    found = list_lines(case.id, after=number_after(args), limit=args["limit"] + 1)
    rows, after = cut(found, args["limit"], lambda line: line.id)
    return listed(line_rows(rows), after)


@resources.get("/disposals/<int:disposal_id>/gates", "现在核验各关口，不留记录")
@api_requires(_P.ASSET_READ, scope=_S.DISPOSALS_READ)
@resources.arguments(GateArguments, location="query")
@resources.response(200, GatePage)
def gates(args: dict[str, Any], disposal_id: int) -> Response:
    """Ask every gate now, as it would be asked at a moment; nothing is kept."""
    case = get_case(disposal_id, actor())
    policy = policy_for(case.region_code, today())
    _found, asked = asked_now(case, Moment(args["moment"]), on=today(), policy=policy)
    return listed(gate_rows(asked))


@resources.get("/disposals/<int:disposal_id>/gates/kept", "列提交、审批、执行时留下的关口结论")
@api_requires(_P.ASSET_READ, scope=_S.DISPOSALS_READ)
@resources.response(200, AskedPage)
def gates_kept(disposal_id: int) -> Response:
    """List how the gates stood each time they were asked."""
    return listed(asked_rows(list_asked(get_case(disposal_id, actor()).id)))


@resources.get("/disposals/<int:disposal_id>/reports", "列评估报告")
@api_requires(_P.ASSET_READ, scope=_S.DISPOSALS_READ)
@resources.response(200, ReportPage)
def reports(disposal_id: int) -> Response:
    """List the reports of appraisal of a case."""
    return listed(ReportRow(many=True).dump(list_reports(get_case(disposal_id, actor()).id)))


@resources.get("/disposals/<int:disposal_id>/prices", "列成交结果")
@api_requires(_P.ASSET_READ, scope=_S.DISPOSALS_READ)
@resources.response(200, PricePage)
def prices(disposal_id: int) -> Response:
    """List what trades of a case fetched."""
    return listed([price_row(row) for row in list_prices(get_case(disposal_id, actor()).id)])


@resources.post("/disposals", "起草处置事项")
@api_requires(_P.DISPOSAL_ENTER, scope=_S.DISPOSALS_WRITE)
@resources.arguments(CaseEntry)
@resources.response(201, CaseCard)
def open_one(opening: Opening) -> Response:
    """Open a case with the assets that are named."""
    with deed(region_of(opening.asset_numbers[0], actor(), _P.DISPOSAL_ENTER)):
        case = open_case(opening, by=actor(), on=today())
        return done(case_card(case), 201, location=url_for("disposals_api.one", disposal_id=case.id))


@resources.post("/disposals/<int:disposal_id>/submit", "提交审批；退回后再次提交也用这个")
@api_requires(_P.DISPOSAL_ENTER, scope=_S.DISPOSALS_WRITE)
@resources.response(200, CaseCard)
def submit(disposal_id: int) -> Response:
    """Submit a case, or submit it anew after it was sent back; every gate that stops it is told."""
    region = get_case(disposal_id, actor(), _P.DISPOSAL_ENTER).region_code
    with deed(region):
        case = seen_case(disposal_id)
        submit_case(case, by=actor(), on=today(), policy=policy_for(region, today()))
        return done(case_card(case))


@resources.post("/disposals/<int:disposal_id>/withdraw", "撤回处置事项")
@api_requires(_P.DISPOSAL_ENTER, scope=_S.DISPOSALS_WRITE)
@resources.arguments(Reason)
@resources.response(200, CaseCard)
def withdraw(body: dict[str, Any], disposal_id: int) -> Response:
    """Take a case back, saying why."""
    region = get_case(disposal_id, actor(), _P.DISPOSAL_ENTER).region_code
    with deed(region):
        case = seen_case(disposal_id)
        withdraw_case(case, body["reason"], by=actor(), on=today(), policy=policy_for(region, today()))
        return done(case_card(case))


def seen_case(disposal_id: int, permission: Permission = _P.DISPOSAL_ENTER) -> DisposalCase:
    """Return a case as the caller has seen it, if they say which version that was."""
    case = get_case(disposal_id, actor(), permission)
    check_match(case_card(case), needed=False)
    return case
