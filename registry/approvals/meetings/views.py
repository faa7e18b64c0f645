"""Pages of meetings: the list, entering one, what it resolved, the two publications, its papers."""

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.approvals.meetings.facts import Sitting, find_sitting, sittings_at
from registry.approvals.meetings.forms import ItemForm, MeetingForm, PublicationForm
from registry.approvals.meetings.kinds import DISCUSSIONS_BASIS, MeetingKind, Regime
from registry.approvals.meetings.queries import (
    Place,
    Wanted,
    due_publication,
    find_last_meeting,
    get_meeting,
    get_minutes,
    list_meetings,
    list_stages,
    list_standing,
    place_text,
    read_place,
)
from registry.approvals.meetings.refusals import NotPublishable
from registry.approvals.meetings.rules import majority_of
from registry.approvals.meetings.services import attach_papers, record_meeting, record_publication, take_papers
from registry.audit.services import thing_of
from registry.clock import today
from registry.database import transaction
from registry.errors import Missing
from registry.evidence.queries import get_attachment
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, attach
from registry.evidence.uploads import taken_in
from registry.evidence.views import given_out
from registry.permissions import Permission
from registry.places.queries import find_region_in_scope, get_region, list_units_to_enter
from registry.policy.queries import policy_for
from registry.policy.rules import Policy
from registry.regions import is_code, level_of
from registry.web import actor, finish, page, requires

blueprint = Blueprint("meetings", __name__)
_ENTER = Permission.MEETING_ENTER


@blueprint.get("/meetings")
@requires(Permission.ASSET_READ)
def index() -> ResponseReturnValue:
    """List meetings, the newest first."""
    region, kind = (request.args.get(name, "").strip() for name in ("region", "kind"))
    if (region and not is_code(region)) or (kind and kind not in set(MeetingKind)):
        raise Missing
    wanted = Wanted(region, MeetingKind(kind) if kind else None)
    found = list_meetings(wanted, actor(), after=_place("after"), before=_place("before"))
    ends = [place_text(one) for one in (found.rows[0], found.rows[-1])] if found.rows else []
    terms = {name: value for name, value in (("region", region), ("kind", kind)) if value}
    return page(
        "meetings/index.html", found=found, wanted=wanted, kinds=list(MeetingKind), terms=terms,
        ends=ends,
    )  # fmt: skip


def _place(name: str) -> Place | None:
    """Read where a page begins or ends: day and id of a row."""
    text = request.args.get(name, "")
    try:
        return read_place(text) if text else None
    except ValueError:
        raise Missing from None


@blueprint.get("/meetings/new")
@requires(_ENTER)
def new() -> ResponseReturnValue:
    """Choose the unit whose meeting is to be entered; whoever has one only goes straight on."""
    units = list_units_to_enter(actor(), _ENTER)
    chosen = request.args.get("region", "")
    code = chosen or (units[0][0] if len(units) == 1 else "")
    if code:
        return redirect(url_for("meetings.enter", region_code=code))
    return page("meetings/unit.html", units=units)


@blueprint.route("/meetings/new/<region_code>", methods=["GET", "POST"])
@requires(_ENTER)
def enter(region_code: str) -> ResponseReturnValue:
    """Choose the kind of meeting, then enter it with its resolutions and papers."""
    if find_region_in_scope(region_code, actor(), _ENTER) is None:
        raise Missing
    sitting = find_sitting(request.args.get("kind", ""), level_of(region_code))
    if sitting is None:
        return _kinds(region_code)
    form = MeetingForm(
        sitting, region_code, standing=list_standing(region_code), last=find_last_meeting(region_code, sitting.kind)
    )
    policy = policy_for(region_code, form.held_on.data or today())
    if "count" not in request.form and form.validate_on_submit():
        with form.guard():
            papers = take_papers(*form.uploads())
            with transaction(region_code):
                meeting = record_meeting(form.to_facts(), by=actor(), on=today(), policy=policy)
                attach_papers(meeting, papers, by=actor())
                return finish(url_for("meetings.show", meeting_id=meeting.id), _("会议和决议已登记。"))
    return _form(form, policy)


def _kinds(region_code: str) -> ResponseReturnValue:
    """Show what a unit can hold, with what the law asks of each."""
    policy, sittings = policy_for(region_code, today()), sittings_at(level_of(region_code))
    rows = [(one, majority_of(one.deciding, policy), _notice_days(one, policy)) for one in sittings]
    groups = [(regime, [row for row in rows if row[0].rule.regime is regime]) for regime in Regime]
    return page(
        "meetings/kinds.html", unit=get_region(region_code), groups=[group for group in groups if group[1]],
        discussions_basis=DISCUSSIONS_BASIS,
    )  # fmt: skip


def _notice_days(sitting: Sitting, policy: Policy) -> int | None:
    return policy.number(sitting.rule.notice) if sitting.rule.notice else None


def _form(form: MeetingForm, policy: Policy) -> ResponseReturnValue:
    spare = ItemForm(prefix="items-__index__-")
    form.prepare(spare)
    return page(
        "meetings/enter.html", form, unit=get_region(form.region_code), spare=spare, needed=form.needed(policy),
        verdicts=form.verdicts(policy), notice_days=_notice_days(form.sitting, policy),
    )  # fmt: skip


@blueprint.get("/meetings/<int:meeting_id>")
@requires(Permission.ASSET_READ)
def show(meeting_id: int) -> ResponseReturnValue:
    """Show a meeting: who came, what was needed, what was resolved, and the papers."""
    minutes = get_minutes(meeting_id, actor())
    return page(
        "meetings/show.html", minutes=minutes, meeting=minutes.meeting, rule=minutes.meeting.rule,
        quorum=minutes.quorum,
        due_publication=due_publication(minutes.meeting, minutes.stages),
    )  # fmt: skip


@blueprint.route("/meetings/<int:meeting_id>/publication", methods=["GET", "POST"])
@requires(_ENTER)
def publish(meeting_id: int) -> ResponseReturnValue:
    """Enter that a resolution, or what came of it, was published, with a photo of the board."""
    meeting = get_meeting(meeting_id, actor(), _ENTER)
    stage, form, region = due_publication(meeting, list_stages(meeting_id)), PublicationForm(), meeting.region_code
    if stage is None:
        raise NotPublishable
    if form.validate_on_submit():
        with form.guard():
            files = taken_in(form.file)
            with transaction(region):
                meeting = get_meeting(meeting_id, actor(), _ENTER)
                record_publication(meeting, stage, form.published_on.data, by=actor(), on=today())
                caption = Caption(EvidenceKind.NOTICE, stage.label, form.published_on.data)
                attach(files, caption, to=thing_of(meeting), by=actor())
                return finish(url_for("meetings.show", meeting_id=meeting_id), _("公开情况已登记。"))
    return page("meetings/publish.html", form, meeting=meeting, stage=stage)


@blueprint.get("/meetings/<int:meeting_id>/evidence/<int:attachment_id>")
@requires(Permission.ASSET_READ)
def evidence(meeting_id: int, attachment_id: int) -> Response:
    """Give out a paper of a meeting to whoever sees the meeting."""
    meeting = get_meeting(meeting_id, actor())
    return given_out(get_attachment(attachment_id, "meeting", str(meeting.id)))
