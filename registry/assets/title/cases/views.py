"""Pages of title: the list of cases, opening one, and the page of a case."""

from typing import Any, TypeVar

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.accounts.forms import ActForm
from registry.approvals.requests.showing import steps_of
from registry.assets.register.projects.queries import get_project
from registry.assets.title.cases.candidates import Pick, count_candidates, list_candidates
from registry.assets.title.cases.content import as_if_approved, asked_of, owners_words, papers_of
from registry.assets.title.cases.forms import OpenForm, WithdrawForm
from registry.assets.title.cases.models import TitleCase
from registry.assets.title.cases.opening import Opening, open_case
from registry.assets.title.cases.queries import (
    Wanted,
    get_case,
    list_cases,
    list_lines,
    tallies_of,
    tally_cases,
)
from registry.assets.title.cases.showing import badge_of, units_to_start
from registry.assets.title.cases.submitting import (
    TABLE,
    check_case,
    circumstances_of,
    find_case_request,
    get_case_to_enter,
    submit_case,
    withdraw_case,
)
from registry.assets.title.rules import EDITABLE, CaseStatus, Condition, LineDecision, Verification
from registry.clock import today
from registry.database import transaction
from registry.errors import Missing, RegistryError
from registry.evidence.queries import get_attachment, list_attachments
from registry.evidence.views import given_out
from registry.kinds import Category, TitleDeed
from registry.permissions import Permission, may
from registry.policy.queries import policy_for
from registry.regions import is_code
from registry.text import Labelled
from registry.web import actor, finish, page, requires, row_number, say

E = TypeVar("E", bound=Labelled)
blueprint = Blueprint("title", __name__)
_ENTER = Permission.TITLE_ENTER
#: How many candidates and lines a page shows.
SHOWN, LINES = 100, 100


@blueprint.get("/title")
@requires(Permission.ASSET_READ)
def index() -> ResponseReturnValue:
    """List the cases, the newest first, by state."""
    wanted = _wanted()
    found = list_cases(wanted, actor(), after=_place("after"), before=_place("before"))
    return page(
        "title/index.html",
        found=found,
        tallies=tallies_of([case.id for case in found.rows]),
        counts=tally_cases(Wanted(wanted.region_code, wanted.deed, None, wanted.text), actor()),
        wanted=wanted,
        statuses=list(CaseStatus),
        deeds=list(TitleDeed),
        badge_of=badge_of,
        terms={key: value for key, value in request.args.items() if value and key not in {"after", "before"}},
    )


def _wanted() -> Wanted:
    region, deed, status, text = (request.args.get(key, "").strip() for key in ("region", "deed", "status", "q"))
    if region and not is_code(region):
        raise Missing
    return Wanted(region, _member(TitleDeed, deed), _member(CaseStatus, status), text[:60])


def _member(kind: type[E], text: str) -> E | None:
    if text and text not in set(kind):
        raise Missing
    return kind(text) if text else None


def _place(name: str) -> int | None:
    return row_number(name) or None


@blueprint.route("/title/new", methods=["GET", "POST"])
@requires(Permission.TITLE_ENTER)
def new() -> ResponseReturnValue:
    """Choose what the case does and which assets it takes in."""
    form, pick = OpenForm(), _pick()
    if form.validate_on_submit():
        with form.guard(), transaction(pick.region_code):
            ticked = tuple(request.form.getlist("no"))
            numbers = tuple(one.asset_no for one in list_candidates(pick, actor())) if form.whole.data else ticked
            case = open_case(Opening(pick.deed, numbers, project_id=pick.project_id), by=actor(), on=today())
            return finish(url_for("title.show", case_id=case.id), _("已起草。先核实每一项，再提交。"))
    return page("title/new.html", form, pick=pick, **_choice(pick))


def _pick() -> Pick:
    """Read from the address what a case is looked for among; the rest is what the reader most likely means."""
    project_id = row_number("project_id") or None
    if project_id is not None:
        get_project(project_id, actor(), Permission.ASSET_READ)
    is_sectors = any(grant.sector for grant in actor().grants)
    likely = Category.PUBLIC_WELFARE if is_sectors else Category.OPERATING
    units = dict(units_to_start(actor()))
    own = actor().unit_code if actor().unit_code in units else next(iter(units), "")
    deed = _member(TitleDeed, request.args.get("deed", "")) or TitleDeed.FIRST_TITLE
    category = _member(Category, request.args.get("category", "")) or likely
    region = request.args.get("region") or own
    if region not in units:
        raise Missing
    return Pick(deed, region, category, project_id, request.args.get("q", "").strip()[:60])


def _choice(pick: Pick) -> dict[str, Any]:
    return {
        "units": units_to_start(actor()),
        "deeds": list(TitleDeed),
        "categories": list(Category),
        "assets": list_candidates(pick, actor(), SHOWN),
        "count": count_candidates(pick, actor()),
        "query": request.query_string.decode(),
        "project_id": request.args.get("project_id", ""),
    }


@blueprint.get("/title/<int:case_id>")
@requires(Permission.ASSET_READ)
def show(case_id: int) -> ResponseReturnValue:
    """Show a case: what it does, its assets, its papers, how far it has come, and what is to be done next."""
    case = get_case(case_id, actor())
    mine = may(actor(), _ENTER, case.region_code)
    return page("title/show.html", ActForm(), case=case, mine=mine, **_parts(case), **_lines(case))


def _parts(case: TitleCase) -> dict[str, Any]:
    found = find_case_request(case)
    return {
        "badge": badge_of(case.status),
        "tally": tallies_of([case.id]).get(case.id),
        "papers": papers_of(case),
        "asked": asked_of(case),
        "files": list_attachments(TABLE, str(case.id)),
        "request_row": found,
        "steps": steps_of(found, today()) if found else [],
        "today": today(),
        "is_open": case.state in EDITABLE,
    }


def _lines(case: TitleCase) -> dict[str, Any]:
    after = row_number("after")
    found = list_lines(case.id, after=after, limit=LINES + 1)
    words: dict[str, type[Labelled]] = {
        "verification": Verification, "decision": LineDecision, "condition": Condition,
    }  # fmt: skip
    return {
        "lines": found[:LINES],
        "next_after": found[LINES - 1].id if len(found) > LINES else 0,
        "after": after,
        "owners_words": owners_words,
        "words": words,
    }


@blueprint.route("/title/<int:case_id>/submit", methods=["GET", "POST"])
@requires(Permission.TITLE_ENTER)
def submit(case_id: int) -> ResponseReturnValue:
    """Show once more what will change, say what still stands in the way, and submit."""
    case, form = get_case_to_enter(case_id, actor()), ActForm()
    region = case.region_code
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            case = get_case_to_enter(case_id, actor())
            submit_case(case, by=actor(), on=today(), policy=policy_for(region, today()))
            return finish(url_for("title.show", case_id=case_id), _("已提交，按流程逐环节办理。"))
    lines = list_lines(case.id)
    changes = as_if_approved(case, lines) if any(line.is_in for line in lines) else []
    obstacle = _obstacle(case)
    route = None if obstacle else policy_for(region, today()).procedure(circumstances_of(case, lines))
    return page("title/submit.html", form, case=case, changes=changes, obstacle=obstacle, route=route)


def _obstacle(case: TitleCase) -> str:
    """Say what still keeps a case from being submitted; nothing if it is ready."""
    try:
        check_case(case, list_lines(case.id), by=actor(), on=today())
    except RegistryError as error:
        return say(error)
    return ""


@blueprint.route("/title/<int:case_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.TITLE_ENTER)
def withdraw(case_id: int) -> ResponseReturnValue:
    """Take a case back, saying why."""
    case, form = get_case_to_enter(case_id, actor()), WithdrawForm()
    region = case.region_code
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            case = get_case_to_enter(case_id, actor())
            withdraw_case(case, form.reason.data, by=actor(), on=today(), policy=policy_for(region, today()))
            return finish(url_for("title.show", case_id=case_id), _("已撤回，资产可以另行办理。"))
    return page("title/withdraw.html", form, case=case)


@blueprint.get("/title/<int:case_id>/files/<int:attachment_id>")
@requires(Permission.ASSET_READ)
def file(case_id: int, attachment_id: int) -> Response:
    """Give out a paper of a case to whoever sees the case."""
    case = get_case(case_id, actor())
    return given_out(get_attachment(attachment_id, TABLE, str(case.id)))
