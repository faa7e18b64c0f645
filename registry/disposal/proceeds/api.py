"""JSON resources of earmarked money: accounts with balance and age, what came in, uses, each by two persons."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Response

from registry.clock import today
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.disposal.proceeds.ageing import roll_up, sum_of, waiting_since
from registry.disposal.proceeds.kinds import Destination, Standing
from registry.disposal.proceeds.models import Proceeds, ProceedsReceiptDraft
from registry.disposal.proceeds.queries import (
    Wanted,
    get_draft,
    get_proceeds,
    list_drafts,
    list_proceeds,
    list_receipts,
    region_of_proceeds,
)
from registry.disposal.proceeds.rules import Arrival
from registry.disposal.proceeds.schemas import (
    ProceedsArguments,
    ProceedsPage,
    ProceedsRow,
    ReceiptDraftPage,
    ReceiptDraftRow,
    ReceiptEntry,
    ReceiptPage,
    ReceiptRow,
    UnitArguments,
    UnitSumPage,
    UnitSumRow,
)
from registry.disposal.proceeds.services import enter_receipt, refuse_receipt, take_receipt
from registry.errors import Missing
from registry.permissions import Permission, may
from registry.policy.queries import policy_for
from registry.rest.calls import Body, actor, api_requires, check_match, deed, done, listed, shown
from registry.rest.fields import Reason
from registry.rest.openapi import Resources
from registry.rest.paging import cut, number_after
from registry.token_scopes import Scope

resources = Resources("proceeds", __name__, "处置收入")
_P, _S = Permission, Scope
_COMPUTED = frozenset({"case_number", "owner", "waits_since"})
_PLAIN = tuple(field.attribute or name for name, field in ProceedsRow().fields.items() if name not in _COMPUTED)


def _rows(found: Sequence[tuple[Proceeds, DisposalCase]]) -> list[Body]:
    since: dict[int, date] = waiting_since([account.id for account, _case in found])
    told = [
        {
            **{name: getattr(account, name) for name in _PLAIN},
            "case_number": case.number,
            "owner": account.party.name,
            "waits_since": since.get(account.id),
        }
        for account, case in found
    ]
    rows: list[Body] = ProceedsRow(many=True).dump(told)
    return rows


def _row(account: Proceeds) -> Body:
    return _rows([(account, db.session.get_one(DisposalCase, account.case_id))])[0]


def _region(args: dict[str, Any]) -> str:
    region = args.get("region") or actor().unit_code
    if not may(actor(), _P.LEDGER_READ, region):
        raise Missing
    return str(region)


@resources.get("/proceeds", "列处置收入，新的在前")
@api_requires(_P.LEDGER_READ, scope=_S.DISPOSALS_READ)
@resources.arguments(ProceedsArguments, location="query")
@resources.response(200, ProceedsPage)
def index(args: dict[str, Any]) -> Response:
    """List the accounts of a unit and below with balance and age."""
    wanted = Wanted(
        _region(args), Standing(args["show"]) if "show" in args else None,
        Destination(args["destination"]) if "destination" in args else None, args.get("case_id"),
    )  # fmt: skip
    found = list_proceeds(wanted, actor(), today(), before=number_after(args) or None, limit=args["limit"])
    rows, after = cut(found, args["limit"], lambda pair: pair[0].id)
    return listed(_rows(rows), after)


@resources.get("/proceeds/sums", "按下级单位汇总处置收入：结余、等了多久、超期")
@api_requires(_P.LEDGER_READ, scope=_S.DISPOSALS_READ)
@resources.arguments(UnitArguments, location="query")
@resources.response(200, UnitSumPage)
def sums(args: dict[str, Any]) -> Response:
    """Roll the accounts up: the unit itself first, then each unit directly below it."""
    region, on = _region(args), today()
    rows = [sum_of(region, actor(), on), *roll_up(region, actor(), on)]
    return listed(UnitSumRow(many=True).dump(rows))


@resources.get("/proceeds/<int:proceeds_id>", "读一户处置收入")
@api_requires(_P.LEDGER_READ, scope=_S.DISPOSALS_READ)
@resources.response(200, ProceedsRow)
def one(proceeds_id: int) -> Response:
    """Show an account."""
    return shown(_row(get_proceeds(proceeds_id, actor())))


@resources.get("/proceeds/<int:proceeds_id>/receipts", "列到账")
@api_requires(_P.LEDGER_READ, scope=_S.DISPOSALS_READ)
@resources.response(200, ReceiptPage)
def receipts(proceeds_id: int) -> Response:
    """List what came in for an account, the oldest first."""
    return listed(ReceiptRow(many=True).dump(list_receipts(get_proceeds(proceeds_id, actor()))))


@resources.get("/proceeds/<int:proceeds_id>/receipt-drafts", "列待核对和退回的到账登记")
@api_requires(_P.LEDGER_READ, scope=_S.DISPOSALS_READ)
@resources.response(200, ReceiptDraftPage)
def drafts(proceeds_id: int) -> Response:
    """List what was entered as come in and waits or was refused."""
    return listed(ReceiptDraftRow(many=True).dump(list_drafts(get_proceeds(proceeds_id, actor()))))


@resources.post("/proceeds/<int:proceeds_id>/receipt-drafts", "登记到账，等第二人核对")
@api_requires(_P.DISPOSAL_ENTER, scope=_S.DISPOSALS_WRITE)
@resources.arguments(ReceiptEntry)
@resources.response(201, ReceiptDraftRow)
def receive(told: Arrival, proceeds_id: int) -> Response:
    """Enter money of the price that came in."""
    with deed(region_of_proceeds(proceeds_id, actor(), _P.DISPOSAL_ENTER)):
        account = get_proceeds(proceeds_id, actor(), _P.DISPOSAL_ENTER)
        return done(ReceiptDraftRow().dump(enter_receipt(account, told, [], by=actor(), on=today())), 201)


def _second(proceeds_id: int, draft_id: int) -> tuple[Proceeds, ProceedsReceiptDraft]:
    """Return what waits for the second person, as the caller has seen it if they say which version that was."""
    account = get_proceeds(proceeds_id, actor(), _P.DISPOSAL_CARRY_OUT)
    draft = get_draft(draft_id, account)
    check_match(ReceiptDraftRow().dump(draft), needed=False)
    return account, draft


@resources.post("/proceeds/<int:proceeds_id>/receipt-drafts/<int:draft_id>/take", "核对到账（另一个人）")
@api_requires(_P.DISPOSAL_CARRY_OUT, scope=_S.DISPOSALS_WRITE)
@resources.response(200, ReceiptDraftRow)
def take(proceeds_id: int, draft_id: int) -> Response:
    """Take in what was entered, as a second person."""
    region = region_of_proceeds(proceeds_id, actor(), _P.DISPOSAL_CARRY_OUT)
    with deed(region):
        account, draft = _second(proceeds_id, draft_id)
        take_receipt(draft, account, by=actor(), on=today(), policy=policy_for(region, today()))
        return done(ReceiptDraftRow().dump(draft))


@resources.post("/proceeds/<int:proceeds_id>/receipt-drafts/<int:draft_id>/refuse", "退回到账登记（另一个人）")
@api_requires(_P.DISPOSAL_CARRY_OUT, scope=_S.DISPOSALS_WRITE)
@resources.arguments(Reason)
@resources.response(200, ReceiptDraftRow)
def refuse(body: dict[str, Any], proceeds_id: int, draft_id: int) -> Response:
    """Refuse what was entered, as a second person."""
    with deed(region_of_proceeds(proceeds_id, actor(), _P.DISPOSAL_CARRY_OUT)):
        _account, draft = _second(proceeds_id, draft_id)
        refuse_receipt(draft, body["reason"], by=actor())
        return done(ReceiptDraftRow().dump(draft))
