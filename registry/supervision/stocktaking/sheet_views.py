"""Pages on which is counted: the sheet of a unit, one line, what is on no list; submitting and confirming."""

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.assets.register.cards.queries import get_asset
from registry.clock import today
from registry.database import transaction
from registry.evidence.queries import get_attachment, list_attachments
from registry.evidence.uploads import taken_in
from registry.evidence.views import given_out
from registry.permissions import Permission, may
from registry.supervision.stocktaking.counting import (
    add_surplus,
    confirm_sheet,
    count_line,
    send_back,
    submit_sheet,
)
from registry.supervision.stocktaking.forms import CountForm, MarkForm, OpinionForm, SurplusForm
from registry.supervision.stocktaking.models import StockLine
from registry.supervision.stocktaking.queries import (
    PAGE_ROWS,
    LineFilter,
    find_difference,
    get_line,
    get_mark,
    get_sheet,
    lines_of_asset,
    list_lines,
    list_marks,
    place_text,
    read_place,
)
from registry.supervision.stocktaking.rules import Count, CountWay, Outcome, SheetStatus
from registry.supervision.stocktaking.services import bring_up
from registry.supervision.stocktaking.showing import shown_sheet
from registry.supervision.stocktaking.waiting import open_line_of
from registry.web import actor, finish, page, requires

blueprint = Blueprint("stock_sheets", __name__)
_P = Permission


def _url(sheet_id: int) -> str:
    return url_for("stock_sheets.show", sheet_id=sheet_id)


@blueprint.get("/stocktaking/sheets/<int:sheet_id>")
@requires(Permission.ASSET_READ)
def show(sheet_id: int) -> ResponseReturnValue:
    """Show the sheet of a unit: what waits first, how far it is, and what the reader may do next."""
    sheet, me = get_sheet(sheet_id, actor()), actor()
    state = request.args.get("show", "todo" if sheet.state is SheetStatus.COUNTING else "all")
    wanted = LineFilter(
        sheet.campaign_id, sheet.id, outcome="" if state == "todo" else None, different=state == "different",
        text=request.args.get("q", "").strip(),
    )  # fmt: skip
    found = list_lines(wanted, me, after=read_place(request.args.get("after", "")))
    rows = found[:PAGE_ROWS]
    return page(
        "stocktaking/sheet.html", MarkForm(formdata=None), shown=shown_sheet(sheet, me, today()), sheet=sheet,
        rows=rows, state=state, text=wanted.text, opinion=OpinionForm(formdata=None),
        next_place=place_text(rows[-1]) if len(found) > PAGE_ROWS else "", me=me.id, on=today(),
    )  # fmt: skip


@blueprint.post("/stocktaking/lines/<int:line_id>/found")
@requires(Permission.STOCKTAKE_COUNT)
def found(line_id: int) -> ResponseReturnValue:
    """Note in one tap that an asset is there as the books say."""
    line, form = get_line(line_id, actor(), _P.STOCKTAKE_COUNT), MarkForm()
    region, sheet_id, number = line.region_code, line.sheet_id, line.asset_no
    with transaction(region):
        line = get_line(line_id, actor(), _P.STOCKTAKE_COUNT)
        count_line(line, Count(Outcome.FOUND, way=form.came_by, tapped_at=form.tapped), by=actor())
        scanned = form.came_by is CountWay.SCAN
        target = url_for("stock_sheets.asset", asset_no=number) if scanned else _url(sheet_id)
        return finish(target, _("已记下：%(name)s，账实相符。", name=line.name))


@blueprint.route("/stocktaking/lines/<int:line_id>", methods=["GET", "POST"])
@requires(Permission.ASSET_READ)
def line(line_id: int) -> ResponseReturnValue:
    """Show one line with all its marks, and mark it."""
    row, form = get_line(line_id, actor()), CountForm()
    region, sheet_id = row.region_code, row.sheet_id
    form.offer(listed=row.is_listed)
    if form.validate_on_submit():
        with form.guard():
            files = taken_in(form.file)
            with transaction(region):
                row = get_line(line_id, actor(), _P.STOCKTAKE_COUNT)
                count_line(row, form.to_count(), files, by=actor())
                return finish(_url(sheet_id), _("已记下：%(name)s。", name=row.name))
    return _shown_line(get_line(line_id, actor()), form)


def _shown_line(row: StockLine, form: CountForm) -> ResponseReturnValue:
    if not form.is_submitted():
        form.outcome.data, form.counted.data, form.note.data = row.outcome, row.counted_milli, row.note
    marks = list_marks([row.id])
    photos = {mark.id: list_attachments("stock_mark", str(mark.id)) for mark in marks}
    counts = may(actor(), _P.STOCKTAKE_COUNT, row.region_code) and row.sheet.state is SheetStatus.COUNTING
    return page(
        "stocktaking/line.html", form, line=row, sheet=row.sheet, marks=marks, photos=photos, may_count=counts,
        difference=find_difference(row.id), me=actor().id,
    )  # fmt: skip


@blueprint.get("/stocktaking/lines/<int:line_id>/marks/<int:mark_id>/photos/<int:attachment_id>")
@requires(Permission.ASSET_READ)
def photo(line_id: int, mark_id: int, attachment_id: int) -> Response:
    """Give out a photo of a mark."""
    mark = get_mark(mark_id, get_line(line_id, actor()))
    return given_out(get_attachment(attachment_id, "stock_mark", str(mark.id)))


@blueprint.get("/assets/<asset_no>/counts")
@requires(Permission.ASSET_READ)
def asset(asset_no: str) -> ResponseReturnValue:
    """Show what every count said of an asset; if one runs, it is marked here: the label leads to this page."""
    thing = get_asset(asset_no, actor(), _P.ASSET_READ)
    rows, now_open = lines_of_asset(thing.id), open_line_of(thing)
    counts = now_open is not None and may(actor(), _P.STOCKTAKE_COUNT, thing.region_code)
    form = MarkForm(formdata=None, data={"way": CountWay.SCAN.value})
    return page(
        "stocktaking/asset.html", form, asset=thing, rows=rows, open_line=now_open if counts else None, me=actor().id
    )


@blueprint.route("/stocktaking/sheets/<int:sheet_id>/surplus", methods=["GET", "POST"])
@requires(Permission.STOCKTAKE_COUNT)
def surplus(sheet_id: int) -> ResponseReturnValue:
    """Enter something that stands on no list."""
    sheet, form = get_sheet(sheet_id, actor(), _P.STOCKTAKE_COUNT), SurplusForm()
    region = sheet.region_code
    if form.validate_on_submit():
        with form.guard():
            files = taken_in(form.file)
            with transaction(region):
                sheet = get_sheet(sheet_id, actor(), _P.STOCKTAKE_COUNT)
                add_surplus(sheet, form.to_surplus(), files, by=actor())
                return finish(_url(sheet_id), _("盘盈已记下。"))
    return page("stocktaking/surplus.html", form, sheet=get_sheet(sheet_id, actor(), _P.STOCKTAKE_COUNT))


@blueprint.post("/stocktaking/sheets/<int:sheet_id>/bring-up")
@requires(Permission.ASSET_ENTER)
def grow(sheet_id: int) -> ResponseReturnValue:
    """Add to a list what was formed since it was made."""
    region = get_sheet(sheet_id, actor(), _P.ASSET_ENTER).region_code
    with transaction(region):
        added = bring_up(get_sheet(sheet_id, actor(), _P.ASSET_ENTER), by=actor(), on=today())
        return finish(_url(sheet_id), _("清单已补列 %(n)s 项。", n=added))


@blueprint.post("/stocktaking/sheets/<int:sheet_id>/submit")
@requires(Permission.ASSET_ENTER)
def submit(sheet_id: int) -> ResponseReturnValue:
    """Hand a counted sheet to the second person."""
    region = get_sheet(sheet_id, actor(), _P.ASSET_ENTER).region_code
    with transaction(region):
        submit_sheet(get_sheet(sheet_id, actor(), _P.ASSET_ENTER), by=actor(), on=today())
        return finish(_url(sheet_id), _("盘点表已提交，等没有参加盘点的人复核。"))


@blueprint.route("/stocktaking/sheets/<int:sheet_id>/confirm", methods=["GET", "POST"])
@requires(Permission.STOCKTAKE_CONFIRM)
def confirm(sheet_id: int) -> ResponseReturnValue:
    """Confirm a sheet as the second person, or send it back to be counted again."""
    sheet, form = get_sheet(sheet_id, actor(), _P.STOCKTAKE_CONFIRM), OpinionForm()
    region = sheet.region_code
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            sheet, opinion = get_sheet(sheet_id, actor(), _P.STOCKTAKE_CONFIRM), form.opinion.data or ""
            if form.answer.data == "agree":
                confirm_sheet(sheet, opinion, by=actor())
                return finish(_url(sheet_id), _("已复核通过。"))
            send_back(sheet, opinion, by=actor())
            return finish(_url(sheet_id), _("已退回重盘。"))
    sheet = get_sheet(sheet_id, actor(), _P.STOCKTAKE_CONFIRM)
    return page("stocktaking/confirm.html", form, sheet=sheet, shown=shown_sheet(sheet, actor(), today()))
