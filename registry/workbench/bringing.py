"""Pages on which a meeting, a notice or a report of appraisal is brought to the step that waits for it."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, url_for
from flask import request as http
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.approvals.meetings.facts import Case as MeetingCase
from registry.approvals.meetings.facts import find_sitting, sittings_at
from registry.approvals.meetings.forms import FixedItem, MeetingForm
from registry.approvals.meetings.queries import find_last_meeting
from registry.approvals.meetings.rules import majority_of
from registry.approvals.meetings.services import attach_papers, record_meeting, take_papers
from registry.approvals.notices.forms import NoticeForm, PhotoForm
from registry.approvals.notices.models import Notice
from registry.approvals.notices.photos import photo_in
from registry.approvals.notices.queries import find_last_notice, find_notice
from registry.approvals.notices.rules import days_parameter
from registry.approvals.notices.services import add_first_photo, close_notice, post_notice
from registry.approvals.notices.tables import pasted
from registry.approvals.requests.answering import BRINGERS, brought_to, current_step
from registry.approvals.requests.models import ApprovalRequest, ApprovalStep
from registry.approvals.requests.queries import CASE_TABLE, get_request
from registry.approvals.requests.questions import lacking
from registry.clock import today
from registry.database import transaction
from registry.errors import Missing
from registry.permissions import Actor, Permission, may
from registry.policy.procedures import DECIDED, StepKind
from registry.policy.queries import policy_for
from registry.regions import level_of
from registry.text import N_
from registry.web import actor, finish, page, requires
from registry.workbench.deeds import about_notice, as_copied, go_on, posting_at, step_waiting
from registry.workbench.subjects import DECIDE

blueprint = Blueprint("bringing", __name__)


@dataclass(frozen=True)
class ToBring:
    """What the current step waits for, and the pages on which this person can bring it."""

    label: str
    lacking: str
    links: tuple[tuple[str, str], ...]
    may_bring: bool

    @property
    def is_done(self) -> bool:
        """Whether the person can move the case on."""
        return self.may_bring and not self.lacking


def to_bring(found: ApprovalRequest, by: Actor, on: date) -> ToBring | None:
    """Return what the current step waits for, if it waits for something other than a decision."""
    step = current_step(found)
    if step is None or step.step_kind in DECIDED:
        return None
    brought = brought_to(found, step, on)
    what = lacking(step.step_kind, brought.known, on)
    if brought.table == "notice":
        link = (url_for("notices.notice", notice_id=int(brought.id)), _("看公示和异议"))
        return ToBring(step.label, what, (link,), may_bring=_may_bring(step, by))
    endpoint, label = _PAGES[step.step_kind]
    links = ((url_for(endpoint, request_id=found.id), _(label)),) if _may_bring(step, by) else ()
    return ToBring(step.label, what, links, may_bring=bool(links))


_PAGES: dict[StepKind, tuple[str, str]] = {
    StepKind.MEETING: ("bringing.meet", N_("登记会议和表决")),
    StepKind.NOTICE: ("bringing.post", N_("张贴公示")),
    StepKind.APPRAISAL: ("answering.add_appraisal", N_("登记评估报告")),
}


def _may_bring(step: ApprovalStep, by: Actor) -> bool:
    return may(by, BRINGERS[step.step_kind], step.seat_code)


@blueprint.route("/requests/<int:request_id>/meeting", methods=["GET", "POST"])
@requires(Permission.MEETING_ENTER)
def meet(request_id: int) -> ResponseReturnValue:
    """Enter the meeting that votes on a case; if it carries, the case moves on."""
    found, step = step_waiting(request_id, StepKind.MEETING, actor())
    unit, region, on = step.seat_code, found.region_code, today()
    sitting = find_sitting(http.args.get("kind", ""), level_of(unit), DECIDE[found.about].matter)
    if sitting is None:
        return _sittings(found, unit)
    form = MeetingForm(sitting, unit, last=find_last_meeting(unit, sitting.kind), fixed=_item(found))
    policy = policy_for(unit, form.held_on.data or on)
    if "count" not in http.form and form.validate_on_submit():
        with form.guard():
            papers = take_papers(*form.uploads())
            with transaction(region, unit):
                meeting = record_meeting(form.to_facts(), by=actor(), on=on, policy=policy)
                attach_papers(meeting, papers, by=actor())
                return finish(url_for("deciding.show", request_id=request_id), _go_on(request_id, on))
    return page(
        "requests/meeting.html", form, found=found, needed=form.needed(policy), verdicts=form.verdicts(policy),
        notice_days=policy.number(sitting.rule.notice) if sitting.rule.notice else None,
    )  # fmt: skip


def _item(found: ApprovalRequest) -> FixedItem:
    case = MeetingCase(CASE_TABLE, str(found.id), found.content_digest)
    return FixedItem(DECIDE[found.about].matter, found.title, case)


def _sittings(found: ApprovalRequest, unit: str) -> ResponseReturnValue:
    """Show which meetings of the unit may decide the matter, with what the law asks of each."""
    matter, policy = DECIDE[found.about].matter, policy_for(unit, today())
    rows = [(one, majority_of(one.deciding, policy)) for one in sittings_at(level_of(unit), matter)]
    return page("requests/sittings.html", found=found, rows=rows, unit=unit)


def _go_on(request_id: int, on: date) -> str:
    """Move a case on if what its step waits for has come about; returns what to say."""
    moved = go_on(get_request(request_id, actor()), by=actor(), on=on)
    return str(_("已登记，转到下一环节。") if moved else _("已登记。这个环节还没有完成。"))


@blueprint.route("/requests/<int:request_id>/notice", methods=["GET", "POST"])
@requires(Permission.NOTICE_POST)
def post(request_id: int) -> ResponseReturnValue:
    """Put a case up for notice, with the words and the list that the feature knows."""
    found, step = step_waiting(request_id, StepKind.NOTICE, actor())
    unit, region, on, form = step.seat_code, found.region_code, today(), NoticeForm()
    posting = posting_at(found, step)
    if form.validate_on_submit():
        with form.guard():
            photo = photo_in(form.file)
            facts = form.to_facts(**about_notice(found, step))
            policy = as_copied(policy_for(unit, on), step, days_parameter(facts))
            with transaction(region, unit):
                notice = post_notice(facts, by=actor(), on=on, policy=policy)
                if photo:
                    add_first_photo(notice, photo, by=actor(), on=on)
                return finish(url_for("notices.notice", notice_id=notice.id), _("已张贴。期满拍照收回后转下一环节。"))
    elif not form.is_submitted():
        form.carry_over(find_last_notice(unit))
        form.title.data, form.body.data, form.table.data = posting.title, posting.body, pasted(posting.table)
    return page("requests/notice.html", form, found=found, step=step)


@blueprint.route("/requests/<int:request_id>/notice/close", methods=["GET", "POST"])
@requires(Permission.NOTICE_POST)
def close(request_id: int) -> ResponseReturnValue:
    """Take a notice in once it has hung its days without an open objection; the case moves on."""
    found, step = step_waiting(request_id, StepKind.NOTICE, actor())
    region, on, form = found.region_code, today(), PhotoForm()
    notice = _hanging(found, step)
    if form.validate_on_submit():
        with form.guard():
            photo = photo_in(form.file)
            with transaction(region, step.seat_code):
                close_notice(_hanging(*step_waiting(request_id, StepKind.NOTICE, actor())), photo, by=actor(), on=on)
                return finish(url_for("deciding.show", request_id=request_id), _go_on(request_id, on))
    return page("requests/close_notice.html", form, found=found, notice=notice)


def _hanging(found: ApprovalRequest, step: ApprovalStep) -> Notice:
    """Return the notice of a case as it stands; raises Missing."""
    notice = find_notice(CASE_TABLE, str(found.id), found.content_digest, step.seat_code)
    if notice is None:
        raise Missing
    return notice
