"""Pages of notices for the people who post, watch and close them."""

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.approvals.notices.forms import OwnNoticeForm, PhotoForm, TakeDownForm
from registry.approvals.notices.inbox import find_due, list_due_publications
from registry.approvals.notices.models import Notice
from registry.approvals.notices.photos import needed_photo, photo_in
from registry.approvals.notices.queries import (
    Tab,
    Wanted,
    count_notices,
    find_replacement,
    get_notice,
    list_notices,
)
from registry.approvals.notices.recurring import prefilled
from registry.approvals.notices.rules import NoticeFacts, NoticeKind, check_running
from registry.approvals.notices.services import add_first_photo, close_notice, post_notice, repeating, take_down
from registry.approvals.notices.showing import photos_of, shown, shown_objections
from registry.clock import today
from registry.database import transaction
from registry.errors import Missing
from registry.evidence.queries import get_attachment
from registry.evidence.views import given_out
from registry.permissions import Permission
from registry.places.queries import full_name, list_units_to_enter
from registry.policy.queries import policy_for
from registry.regions import is_code
from registry.web import BaseForm, actor, finish, page, requires, row_number

blueprint = Blueprint("notices", __name__)
_P = Permission


@blueprint.get("/notices")
@requires(_P.ASSET_READ)
def index() -> ResponseReturnValue:
    """List notices: those that hang, those whose days are over, and those that ended."""
    wanted, on = _wanted(), today()
    after, before = (row_number(name) for name in ("after", "before"))
    found = list_notices(wanted, actor(), on, after=after, before=before)
    return page(
        "notices/index.html",
        found=found,
        rows=[shown(row, on) for row in found.rows],
        wanted=wanted,
        counts={tab: count_notices(tab, actor(), on) for tab in Tab},
        kinds=list(NoticeKind),
        units=list_units_to_enter(actor(), _P.ASSET_READ),
        due=list_due_publications(actor(), on),
        today=on,
        terms={key: value for key, value in request.args.items() if value and key not in {"after", "before"}},
    )


def _wanted() -> Wanted:
    tab, region, kind, text = (request.args.get(key, "").strip() for key in ("tab", "region", "kind", "q"))
    if (tab and tab not in set(Tab)) or (region and not is_code(region)) or (kind and kind not in set(NoticeKind)):
        raise Missing
    return Wanted(Tab(tab or Tab.RUNNING), region, NoticeKind(kind) if kind else None, text[:60])


@blueprint.get("/notices/<int:notice_id>")
@requires(_P.ASSET_READ)
def notice(notice_id: int) -> ResponseReturnValue:
    """Show a notice: how it stands, its photographs, what was objected and answered."""
    row, on = get_notice(notice_id, actor()), today()
    return page(
        "notices/notice.html",
        BaseForm(),
        notice=shown(row, on),
        objections=shown_objections(row.id, on, actor()),
        photos=photos_of(row),
        replacement=find_replacement(row.id),
        path=full_name(row.region_code),
    )


@blueprint.get("/notices/<int:notice_id>/photos/<int:attachment_id>")
@requires(_P.ASSET_READ)
def photo(notice_id: int, attachment_id: int) -> Response:
    """Give out a photograph of the board to whoever sees the notice."""
    return given_out(get_attachment(attachment_id, "notice", str(get_notice(notice_id, actor()).id)))


@blueprint.route("/notices/new", methods=["GET", "POST"])
@requires(_P.NOTICE_POST)
def new() -> ResponseReturnValue:
    """Put up a notice; a recurring one that is due begins filled in, one taken down begins as it was."""
    form = OwnNoticeForm()
    form.offer(list_units_to_enter(actor(), _P.NOTICE_POST))
    if form.validate_on_submit():
        with form.guard():
            facts, file = _facts(form), photo_in(form.file)
            with transaction(facts.region_code):
                posted = post_notice(facts, by=actor(), on=today(), policy=policy_for(facts.region_code, today()))
                if file:
                    add_first_photo(posted, file, by=actor(), on=today())
                return finish(url_for("notices.notice", notice_id=posted.id), _("公示已张贴，请到公示栏贴出纸质件。"))
    elif not form.is_submitted():
        _begin(form)
    return page("notices/new.html", form)


def _facts(form: OwnNoticeForm) -> NoticeFacts:
    kind, region = NoticeKind(form.kind.data), form.region_code.data
    due, again = find_due(kind, region, today()), _taken_down(form.again.data or "")
    facts = form.to_facts(kind, region, period=due.period if due else None)
    return repeating(facts, again) if again else facts


def _taken_down(number: str) -> Notice | None:
    """Return the notice to be repeated; raises Missing for one out of reach."""
    if not number:
        return None
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        raise Missing
    return get_notice(int(number), actor(), _P.NOTICE_POST)


def _begin(form: OwnNoticeForm) -> None:
    """Fill in what is known of a notice taken down early, or of a recurring one that is due."""
    again = _taken_down(request.args.get("again", ""))
    region, kind = request.args.get("region", ""), request.args.get("kind", "")
    if again:
        form.region_code.data, form.kind.data, form.again.data = again.region_code, again.kind, str(again.id)
        form.repeat(again)
    elif region in {choice.value for choice in form.region_code.choices} and kind in set(NoticeKind):
        form.region_code.data, form.kind.data = region, kind
        due = find_due(NoticeKind(kind), region, today())
        if due:
            form.prefill(prefilled(due, full_name(region)))


def _running(notice_id: int) -> Notice:
    """Return a notice that hangs and that the actor may take down or close."""
    row = get_notice(notice_id, actor(), _P.NOTICE_POST)
    check_running(row.notice_state)
    return row


@blueprint.route("/notices/<int:notice_id>/photo", methods=["GET", "POST"])
@requires(_P.NOTICE_POST)
def add_photo(notice_id: int) -> ResponseReturnValue:
    """Keep the photograph of the board as it was put up."""
    row, form = _running(notice_id), PhotoForm()
    if form.validate_on_submit():
        with form.guard():
            file = needed_photo(form.file)
            with transaction(row.region_code):
                add_first_photo(get_notice(notice_id, actor(), _P.NOTICE_POST), file, by=actor(), on=today())
                return finish(url_for("notices.notice", notice_id=notice_id), _("照片已存。"))
    return page("notices/add_photo.html", form, notice=shown(row, today()))


@blueprint.route("/notices/<int:notice_id>/close", methods=["GET", "POST"])
@requires(_P.NOTICE_POST)
def close(notice_id: int) -> ResponseReturnValue:
    """Close a notice that has hung its days, with its last photograph."""
    row, form = _running(notice_id), PhotoForm()
    if form.validate_on_submit():
        with form.guard():
            file = photo_in(form.file)
            with transaction(row.region_code):
                close_notice(get_notice(notice_id, actor(), _P.NOTICE_POST), file, by=actor(), on=today())
                return finish(url_for("notices.notice", notice_id=notice_id), _("公示期满，已收回。"))
    return page("notices/close.html", form, notice=shown(row, today()))


@blueprint.route("/notices/<int:notice_id>/take-down", methods=["GET", "POST"], endpoint="take_down")
@requires(_P.NOTICE_POST)
def take_down_early(notice_id: int) -> ResponseReturnValue:
    """Take a notice down early, with the reason."""
    row, form = _running(notice_id), TakeDownForm()
    if form.validate_on_submit():
        with form.guard(), transaction(row.region_code):
            taken = get_notice(notice_id, actor(), _P.NOTICE_POST)
            take_down(taken, form.reason.data, by=actor(), on=today())
            return finish(url_for("notices.notice", notice_id=notice_id), _("已提前收回，要算数须重新公示。"))
    return page("notices/take_down.html", form, notice=shown(row, today()))
