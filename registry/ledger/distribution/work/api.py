"""JSON resources of work records."""

from typing import Any

from flask import Response, url_for

from registry.clock import today
from registry.ledger.distribution.work.models import WorkRecord
from registry.ledger.distribution.work.queries import WorkFilter, get_work, list_work
from registry.ledger.distribution.work.rules import WorkFacts, WorkStatus
from registry.ledger.distribution.work.schemas import VerdictEntry, WorkArguments, WorkEntry, WorkPage, WorkRow
from registry.ledger.distribution.work.services import check_record, enter_work
from registry.permissions import Permission
from registry.rest.calls import Body, actor, api_requires, check_match, check_unit, deed, done, listed, shown
from registry.rest.openapi import Resources
from registry.rest.paging import cut, number_after
from registry.sealing import masked_name
from registry.token_scopes import Scope

resources = Resources("work_records", __name__, "用工记录")
_P, _S = Permission, Scope
_PLAIN = tuple(field.attribute or name for name, field in WorkRow().fields.items() if name != "name")


def _row(work: WorkRecord) -> Body:
    plain = {name: getattr(work, name) for name in _PLAIN}
    row: Body = WorkRow().dump({**plain, "name": masked_name(work.name)})
    return row


@resources.get("/work-records", "列用工记录")
@api_requires(_P.LEDGER_READ, scope=_S.DISTRIBUTION_READ)
@resources.arguments(WorkArguments, location="query")
@resources.response(200, WorkPage)
def index(args: dict[str, Any]) -> Response:
    """List the work of a unit and below in order of entry."""
    status = WorkStatus(args["status"]) if "status" in args else None
    wanted = WorkFilter(args.get("region") or actor().unit_code, status)
    found = list_work(wanted, actor(), after=number_after(args), limit=args["limit"])
    rows, after = cut(found, args["limit"], lambda work: work.id)
    return listed([_row(work) for work in rows], after)


@resources.get("/work-records/<int:work_id>", "读一条用工记录")
@api_requires(_P.LEDGER_READ, scope=_S.DISTRIBUTION_READ)
@resources.response(200, WorkRow)
def one(work_id: int) -> Response:
    """Show a work record."""
    return shown(_row(get_work(work_id, actor())))


@resources.post("/work-records", "登记用工")
@api_requires(_P.DISTRIBUTION_ENTER, scope=_S.DISTRIBUTION_WRITE)
@resources.arguments(WorkEntry)
@resources.response(201, WorkRow)
def enter(facts: WorkFacts) -> Response:
    """Enter somebody's work; it waits for a second person."""
    check_unit(_P.DISTRIBUTION_ENTER, facts.region_code)
    with deed(facts.region_code):
        work = enter_work(facts, by=actor(), on=today())
        return done(_row(work), 201, location=url_for("work_records_api.one", work_id=work.id))


@resources.post("/work-records/<int:work_id>/check", "核实用工（第二人）")
@api_requires(_P.PAYOUT_RELEASE, scope=_S.DISTRIBUTION_WRITE)
@resources.arguments(VerdictEntry)
@resources.response(200, WorkRow)
def check(body: dict[str, Any], work_id: int) -> Response:
    """Say, as another person, whether a record is true."""
    with deed(get_work(work_id, actor(), _P.PAYOUT_RELEASE).region_code):
        work = get_work(work_id, actor(), _P.PAYOUT_RELEASE)
        check_match(_row(work), needed=False)
        check_record(work, body["reason"], agrees=body["agrees"], by=actor())
        return done(_row(work))
