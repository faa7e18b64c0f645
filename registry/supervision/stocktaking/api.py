"""JSON resources of a count: campaigns, sheets, lines, marks with photos, differences."""

from typing import Any

from flask import Response, url_for
from marshmallow import Schema
from werkzeug.datastructures import FileStorage

from registry.clock import today
from registry.evidence.answers import one_sent
from registry.evidence.queries import get_attachment
from registry.evidence.schemas import AttachmentFile
from registry.evidence.views import given_out
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.rest.calls import Body, actor, api_requires, check_unit, deed, done, listed, shown
from registry.rest.fields import PageArguments
from registry.rest.openapi import Resources
from registry.rest.paging import cut, number_after, paged
from registry.supervision.stocktaking import schemas as json
from registry.supervision.stocktaking.counting import (
    add_surplus,
    confirm_sheet,
    count_line,
    send_back,
    submit_sheet,
)
from registry.supervision.stocktaking.queries import (
    DifferenceFilter,
    LineFilter,
    get_campaign,
    get_difference,
    get_line,
    get_mark,
    get_sheet,
    list_campaigns,
    list_differences,
    list_lines,
    list_marks,
    list_sheets,
    place_text,
    read_place,
)
from registry.supervision.stocktaking.reporting import receive_sheet, report_sheet, return_report
from registry.supervision.stocktaking.rules import Count, CountWay, DifferenceState, Opening, Outcome, Surplus
from registry.supervision.stocktaking.services import close_campaign, open_campaign
from registry.supervision.stocktaking.settling import Settlement, settle
from registry.token_scopes import Scope

resources = Resources("stocktaking", __name__, "清查盘点")
_P, _S = Permission, Scope


def _said(schema: type[Schema], row: object) -> Body:
    body: Body = schema().dump(row)
    return body


# ---- Campaigns


@resources.get("/stock-campaigns", "列清查，新的在前")
@api_requires(_P.ASSET_READ, scope=_S.STOCKTAKING_READ)
@resources.arguments(PageArguments, location="query")
@resources.response(200, json.StockCampaignPage)
def campaigns(args: dict[str, Any]) -> Response:
    """List the counts that concern the caller, the newest first."""
    found = list_campaigns(actor(), before=number_after(args), limit=args["limit"])
    return paged(found, args["limit"], lambda one: _said(json.StockCampaignRow, one))


@resources.post("/stock-campaigns", "部署清查，生成各单位的清单")
@api_requires(_P.STOCKTAKE_OPEN, scope=_S.STOCKTAKING_WRITE)
@resources.arguments(json.StockOpeningEntry)
@resources.response(201, json.StockCampaignRow)
def call(opening: Opening) -> Response:
    """Call a count and freeze its lists."""
    region, on = opening.region_code, today()
    check_unit(_P.STOCKTAKE_OPEN, region)
    with deed(region):
        made = open_campaign(opening, by=actor(), on=on, policy=policy_for(region, on))
        return done(
            _said(json.StockCampaignRow, made), 201, location=url_for("stocktaking_api.campaign", campaign_id=made.id)
        )


@resources.get("/stock-campaigns/<int:campaign_id>", "读一轮清查")
@api_requires(_P.ASSET_READ, scope=_S.STOCKTAKING_READ)
@resources.response(200, json.StockCampaignRow)
def campaign(campaign_id: int) -> Response:
    """Show a count."""
    return shown(_said(json.StockCampaignRow, get_campaign(campaign_id, actor())))


@resources.post("/stock-campaigns/<int:campaign_id>/close", "结束清查；没有交齐的写明原因")
@api_requires(_P.STOCKTAKE_OPEN, scope=_S.STOCKTAKING_WRITE)
@resources.arguments(json.StockReasonEntry)
@resources.response(200, json.StockCampaignRow)
def close(body: dict[str, Any], campaign_id: int) -> Response:
    """Close a count."""
    with deed(get_campaign(campaign_id, actor(), _P.STOCKTAKE_OPEN).region_code):
        found = get_campaign(campaign_id, actor(), _P.STOCKTAKE_OPEN)
        close_campaign(found, body["reason"], by=actor())
        return done(_said(json.StockCampaignRow, found))


@resources.get("/stock-campaigns/<int:campaign_id>/sheets", "列一轮清查的盘点表")
@api_requires(_P.ASSET_READ, scope=_S.STOCKTAKING_READ)
@resources.response(200, json.StockSheetPage)
def sheets(campaign_id: int) -> Response:
    """List the sheets of a count within reach, by unit."""
    found = get_campaign(campaign_id, actor())
    return listed([_said(json.StockSheetRow, one) for one in list_sheets(found.id, found.region_code, actor())])


@resources.get("/stock-campaigns/<int:campaign_id>/lines", "列一轮清查的清单")
@api_requires(_P.ASSET_READ, scope=_S.STOCKTAKING_READ)
@resources.arguments(json.StockLineArguments, location="query")
@resources.response(200, json.StockLinePage)
def lines(args: dict[str, Any], campaign_id: int) -> Response:
    """List lines by unit and entry."""
    found = get_campaign(campaign_id, actor())
    outcome = "" if args["uncounted"] else args.get("outcome") or None
    wanted = LineFilter(
        found.id, region_code=args.get("region", ""), outcome=outcome, different=args["different"]
    )  # fmt: skip
    rows = list_lines(wanted, actor(), after=read_place(args.get("after", "")), limit=args["limit"])
    page, _after = cut(rows, args["limit"], place_text)
    return listed([_said(json.StockLineRow, one) for one in page], _after)


@resources.get("/stock-campaigns/<int:campaign_id>/differences", "列一轮清查的差异和处理")
@api_requires(_P.ASSET_READ, scope=_S.STOCKTAKING_READ)
@resources.arguments(json.StockDifferenceArguments, location="query")
@resources.response(200, json.StockDifferencePage)
def differences(args: dict[str, Any], campaign_id: int) -> Response:
    """List differences with what became of each."""
    found = get_campaign(campaign_id, actor())
    state = DifferenceState(args["state"]) if "state" in args else None
    wanted = DifferenceFilter(found.id, region_code=args.get("region", ""), state=state)
    rows = list_differences(wanted, actor(), after=read_place(args.get("after", "")), limit=args["limit"])
    page, _after = cut(rows, args["limit"], lambda one: f"{one.region_code}~{one.id}")
    return listed([_said(json.StockDifferenceRow, one) for one in page], _after)


# ---- Lines and marks


@resources.get("/stock-lines/<int:line_id>", "读清单的一行")
@api_requires(_P.ASSET_READ, scope=_S.STOCKTAKING_READ)
@resources.response(200, json.StockLineRow)
def line(line_id: int) -> Response:
    """Show a line and what counts of it now."""
    return shown(_said(json.StockLineRow, get_line(line_id, actor())))


@resources.get("/stock-lines/<int:line_id>/marks", "列一行的盘点记录，新的在前")
@api_requires(_P.ASSET_READ, scope=_S.STOCKTAKING_READ)
@resources.response(200, json.StockMarkPage)
def marks(line_id: int) -> Response:
    """List every mark of a line; those that were replaced too."""
    return listed([_said(json.StockMarkRow, one) for one in list_marks([get_line(line_id, actor()).id])])


@resources.post("/stock-lines/<int:line_id>/marks", "盘点一项；毁损的连同照片登记")
@api_requires(_P.STOCKTAKE_COUNT, scope=_S.STOCKTAKING_WRITE)
@resources.arguments(json.StockMarkEntry)
@resources.response(201, json.StockMarkRow)
def mark(count: Count, line_id: int) -> Response:
    """Mark a line; of several marks the newest counts."""
    with deed(get_line(line_id, actor(), _P.STOCKTAKE_COUNT).region_code):
        made = count_line(get_line(line_id, actor(), _P.STOCKTAKE_COUNT), count, by=actor())
        return done(_said(json.StockMarkRow, made), 201)


@resources.post("/stock-lines/<int:line_id>/photographed-marks", "盘点一项，附一张照片")
@api_requires(_P.STOCKTAKE_COUNT, scope=_S.STOCKTAKING_WRITE)
@resources.arguments(json.StockPhotographedArguments, location="query")
@resources.arguments(AttachmentFile, location="files")
@resources.response(201, json.StockMarkRow)
def photographed(args: dict[str, Any], files: dict[str, FileStorage], line_id: int) -> Response:
    """Mark a line with a photograph."""
    region = get_line(line_id, actor(), _P.STOCKTAKE_COUNT).region_code
    kept = one_sent(files)
    count = Count(Outcome(args["outcome"]), note=args["note"], way=CountWay.PROGRAM)
    with deed(region):
        made = count_line(get_line(line_id, actor(), _P.STOCKTAKE_COUNT), count, [kept], by=actor())
        return done(_said(json.StockMarkRow, made), 201)


@resources.get("/stock-lines/<int:line_id>/marks/<int:mark_id>/photos/<int:attachment_id>", "下载盘点照片")
@api_requires(_P.ASSET_READ, scope=_S.FILES_READ)
@resources.response(200, {"type": "string", "format": "binary"}, content_type="*/*")
def photo(line_id: int, mark_id: int, attachment_id: int) -> Response:
    """Give out a photo of a mark."""
    found = get_mark(mark_id, get_line(line_id, actor()))
    return given_out(get_attachment(attachment_id, "stock_mark", str(found.id)))


# ---- Sheets


@resources.get("/stock-sheets/<int:sheet_id>", "读一张盘点表")
@api_requires(_P.ASSET_READ, scope=_S.STOCKTAKING_READ)
@resources.response(200, json.StockSheetRow)
def sheet(sheet_id: int) -> Response:
    """Show the sheet of a unit."""
    return shown(_said(json.StockSheetRow, get_sheet(sheet_id, actor())))


@resources.post("/stock-sheets/<int:sheet_id>/surplus", "登记盘盈")
@api_requires(_P.STOCKTAKE_COUNT, scope=_S.STOCKTAKING_WRITE)
@resources.arguments(json.StockSurplusEntry)
@resources.response(201, json.StockLineRow)
def surplus(found: Surplus, sheet_id: int) -> Response:
    """Enter something that stands on no list."""
    with deed(get_sheet(sheet_id, actor(), _P.STOCKTAKE_COUNT).region_code):
        made = add_surplus(get_sheet(sheet_id, actor(), _P.STOCKTAKE_COUNT), found, by=actor())
        return done(_said(json.StockLineRow, made), 201)


@resources.post("/stock-sheets/<int:sheet_id>/submit", "提交盘点表")
@api_requires(_P.ASSET_ENTER, scope=_S.STOCKTAKING_WRITE)
@resources.response(200, json.StockSheetRow)
def submit(sheet_id: int) -> Response:
    """Hand a counted sheet to the second person."""
    with deed(get_sheet(sheet_id, actor(), _P.ASSET_ENTER).region_code):
        found = get_sheet(sheet_id, actor(), _P.ASSET_ENTER)
        submit_sheet(found, by=actor(), on=today())
        return done(_said(json.StockSheetRow, found))


@resources.post("/stock-sheets/<int:sheet_id>/confirm", "复核盘点表（第二人），或退回")
@api_requires(_P.STOCKTAKE_CONFIRM, scope=_S.STOCKTAKING_WRITE)
@resources.arguments(json.StockOpinionEntry)
@resources.response(200, json.StockSheetRow)
def confirm(body: dict[str, Any], sheet_id: int) -> Response:
    """Confirm a sheet, or send it back."""
    with deed(get_sheet(sheet_id, actor(), _P.STOCKTAKE_CONFIRM).region_code):
        found = get_sheet(sheet_id, actor(), _P.STOCKTAKE_CONFIRM)
        (confirm_sheet if body["agrees"] else send_back)(found, body["opinion"], by=actor())
        return done(_said(json.StockSheetRow, found))


@resources.post("/stock-sheets/<int:sheet_id>/report", "上报盘点结果")
@api_requires(_P.ASSET_ENTER, scope=_S.STOCKTAKING_WRITE)
@resources.response(200, json.StockSheetRow)
def report(sheet_id: int) -> Response:
    """Report a sheet to the level above."""
    with deed(get_sheet(sheet_id, actor(), _P.ASSET_ENTER).region_code):
        found = get_sheet(sheet_id, actor(), _P.ASSET_ENTER)
        report_sheet(found, by=actor(), on=today())
        return done(_said(json.StockSheetRow, found))


@resources.post("/stock-sheets/<int:sheet_id>/receive", "接收盘点结果，或退回补正")
@api_requires(_P.STOCKTAKE_CONFIRM, scope=_S.STOCKTAKING_WRITE)
@resources.arguments(json.StockOpinionEntry)
@resources.response(200, json.StockSheetRow)
def receive(body: dict[str, Any], sheet_id: int) -> Response:
    """Take a report in, or give it back."""
    with deed(get_sheet(sheet_id, actor(), _P.STOCKTAKE_CONFIRM).region_code):
        found = get_sheet(sheet_id, actor(), _P.STOCKTAKE_CONFIRM)
        (receive_sheet if body["agrees"] else return_report)(found, body["opinion"], by=actor())
        return done(_said(json.StockSheetRow, found))


# ---- Differences


@resources.get("/stock-differences/<int:difference_id>", "读一项差异")
@api_requires(_P.ASSET_READ, scope=_S.STOCKTAKING_READ)
@resources.response(200, json.StockDifferenceRow)
def difference(difference_id: int) -> Response:
    """Show a difference."""
    return shown(_said(json.StockDifferenceRow, get_difference(difference_id, actor())))


@resources.post("/stock-differences/<int:difference_id>/settle", "处理一项差异")
@api_requires(_P.ASSET_ENTER, scope=_S.STOCKTAKING_WRITE)
@resources.arguments(json.StockSettlementEntry)
@resources.response(200, json.StockDifferenceRow)
def lead(settlement: Settlement, difference_id: int) -> Response:
    """Lead a difference to what it becomes."""
    region = get_difference(difference_id, actor(), _P.ASSET_ENTER).region_code
    with deed(region):
        found, on = get_difference(difference_id, actor(), _P.ASSET_ENTER), today()
        settle(found, settlement, by=actor(), on=on, policy=policy_for(region, on))
        return done(_said(json.StockDifferenceRow, found))
