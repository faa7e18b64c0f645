"""Pages between the second person and the township: notice, meeting, report, taking it in."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.approvals.meetings.facts import find_sitting, sittings_at
from registry.approvals.meetings.forms import FixedItem, MeetingForm
from registry.approvals.meetings.kinds import Matter
from registry.approvals.meetings.queries import find_last_meeting
from registry.approvals.meetings.rules import majority_of
from registry.approvals.meetings.services import attach_papers, record_meeting, take_papers
from registry.approvals.notices.forms import NoticeForm
from registry.approvals.notices.photos import photo_in
from registry.approvals.notices.queries import find_last_notice
from registry.approvals.notices.rules import NoticeKind
from registry.approvals.notices.services import add_first_photo, post_notice
from registry.approvals.notices.tables import pasted
from registry.clock import today
from registry.database import transaction
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.regions import level_of
from registry.supervision.stocktaking.forms import OpinionForm
from registry.supervision.stocktaking.models import StockSheet
from registry.supervision.stocktaking.progress import tally_categories
from registry.supervision.stocktaking.queries import get_sheet
from registry.supervision.stocktaking.reporting import (
    check_confirmed,
    meeting_case,
    notice_case,
    receive_sheet,
    report_sheet,
    result_table,
    return_report,
)
from registry.supervision.stocktaking.showing import shown_sheet
from registry.web import actor, finish, page, requires

blueprint = Blueprint("stock_chain", __name__)
_P = Permission


def _url(sheet_id: int) -> str:
    return url_for("stock_sheets.show", sheet_id=sheet_id)


def _confirmed(sheet_id: int, permission: Permission) -> StockSheet:
    """Return a sheet that lies between confirmation and report. Raises Missing, NotConfirmed, CampaignClosed."""
    sheet = get_sheet(sheet_id, actor(), permission)
    check_confirmed(sheet)
    return sheet


@blueprint.route("/stocktaking/sheets/<int:sheet_id>/notice", methods=["GET", "POST"])
@requires(Permission.NOTICE_POST)
def post(sheet_id: int) -> ResponseReturnValue:
    """Post the result of a count on the board of its unit."""
    sheet, form, on = _confirmed(sheet_id, _P.NOTICE_POST), NoticeForm(), today()
    region = sheet.region_code
    if form.validate_on_submit():
        with form.guard():
            photo = photo_in(form.file)
            facts = form.to_facts(
                NoticeKind.STOCKTAKING, region, case=notice_case(sheet),
                proposer=(sheet.submitted_by_id, sheet.submitted_by_text),
            )  # fmt: skip
            with transaction(region):
                notice = post_notice(facts, by=actor(), on=on, policy=policy_for(region, on))
                if photo:
                    add_first_photo(notice, photo, by=actor(), on=on)
                return finish(url_for("notices.notice", notice_id=notice.id), _("公示已张贴，请到公示栏贴出纸质件。"))
    elif not form.is_submitted():
        _begin(form, sheet)
    return page("stocktaking/notice.html", form, sheet=_confirmed(sheet_id, _P.NOTICE_POST))


def _begin(form: NoticeForm, sheet: StockSheet) -> None:
    """Begin the notice with what was found."""
    form.carry_over(find_last_notice(sheet.region_code))
    form.title.data = _("%(title)s结果", title=sheet.campaign.title)
    form.body.data = _(
        "现将截至 %(day)s 的扶贫项目资产清查结果公布如下。有异议的请在公示期内提出。", day=sheet.campaign.cutoff_on
    )
    form.table.data = pasted(result_table(tally_categories(sheet.campaign_id, actor(), sheet_id=sheet.id)))


@blueprint.route("/stocktaking/sheets/<int:sheet_id>/meeting", methods=["GET", "POST"])
@requires(Permission.MEETING_ENTER)
def meet(sheet_id: int) -> ResponseReturnValue:
    """Enter the meeting that confirms the result."""
    sheet, on = _confirmed(sheet_id, _P.MEETING_ENTER), today()
    region = sheet.region_code
    sitting = find_sitting(request.args.get("kind", ""), level_of(region), Matter.STOCKTAKING)
    if sitting is None:
        return _sittings(sheet)
    item = FixedItem(Matter.STOCKTAKING, _("确认%(title)s结果", title=sheet.campaign.title), meeting_case(sheet))
    form = MeetingForm(sitting, region, last=find_last_meeting(region, sitting.kind), fixed=item)
    policy = policy_for(region, form.held_on.data or on)
    if "count" not in request.form and form.validate_on_submit():
        with form.guard():
            papers = take_papers(*form.uploads())
            with transaction(region):
                meeting = record_meeting(form.to_facts(), by=actor(), on=on, policy=policy)
                attach_papers(meeting, papers, by=actor())
                return finish(_url(sheet_id), _("会议和表决已登记。"))
    return page(
        "stocktaking/meeting.html", form, sheet=_confirmed(sheet_id, _P.MEETING_ENTER), needed=form.needed(policy),
        verdicts=form.verdicts(policy),
        notice_days=policy.number(sitting.rule.notice) if sitting.rule.notice else None,
    )  # fmt: skip


def _sittings(sheet: StockSheet) -> ResponseReturnValue:
    """Show which meetings of the unit may confirm a result, with what the law asks of each."""
    policy = policy_for(sheet.region_code, today())
    sittings = sittings_at(level_of(sheet.region_code), Matter.STOCKTAKING)
    rows = [(one, majority_of(one.deciding, policy)) for one in sittings]
    return page("stocktaking/sittings.html", sheet=sheet, rows=rows)


@blueprint.post("/stocktaking/sheets/<int:sheet_id>/report")
@requires(Permission.ASSET_ENTER)
def report(sheet_id: int) -> ResponseReturnValue:
    """Report a sheet to the level above."""
    region = get_sheet(sheet_id, actor(), _P.ASSET_ENTER).region_code
    with transaction(region):
        report_sheet(get_sheet(sheet_id, actor(), _P.ASSET_ENTER), by=actor(), on=today())
        return finish(_url(sheet_id), _("已上报，等上一级接收。"))


@blueprint.route("/stocktaking/sheets/<int:sheet_id>/receive", methods=["GET", "POST"])
@requires(Permission.STOCKTAKE_CONFIRM)
def receive(sheet_id: int) -> ResponseReturnValue:
    """Take a report in, or give it back."""
    sheet, form = get_sheet(sheet_id, actor(), _P.STOCKTAKE_CONFIRM), OpinionForm()
    region = sheet.region_code
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            sheet, opinion = get_sheet(sheet_id, actor(), _P.STOCKTAKE_CONFIRM), form.opinion.data or ""
            if form.answer.data == "agree":
                receive_sheet(sheet, opinion, by=actor())
                return finish(_url(sheet_id), _("已接收。"))
            return_report(sheet, opinion, by=actor())
            return finish(_url(sheet_id), _("已退回补正。"))
    return _received(form, get_sheet(sheet_id, actor(), _P.STOCKTAKE_CONFIRM))


def _received(form: OpinionForm, sheet: StockSheet) -> ResponseReturnValue:
    return page("stocktaking/receive.html", form, sheet=sheet, shown=shown_sheet(sheet, actor(), today()))
