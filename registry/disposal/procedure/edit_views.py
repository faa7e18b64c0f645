"""Pages on which a case is begun and filled in: its words, its assets, its papers, its report of appraisal."""

import secrets
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from registry.assets.register.cards.drafts import Typed, drop_draft, typed_of
from registry.assets.register.cards.models import Asset
from registry.assets.title.cases.queries import holders_of
from registry.assets.title.cases.showing import units_of_owners
from registry.audit.services import thing_of
from registry.clock import local, now, today
from registry.database import transaction
from registry.disposal.cases.candidates import Pick, count_candidates, list_candidates
from registry.disposal.cases.models import DisposalCase
from registry.disposal.cases.opening import Opening, change_case, check_editable, enter_report, open_case
from registry.disposal.cases.queries import choose, get_case, list_lines, list_reports
from registry.disposal.procedure.forms import ApplyForm, CaseForm, FilesForm, ReportForm, typed_numbers
from registry.disposal.procedure.open_matters import open_matters
from registry.disposal.procedure.showing import badge_of, kinds_for, units_to_start
from registry.disposal.procedure.unfinished import (
    finish_application,
    get_application,
    keep_application,
    list_applications,
)
from registry.disposal.refusals import InAnotherCase, NotStanding
from registry.errors import Conflict, Missing
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, attach
from registry.evidence.uploads import needed_in, taken_in
from registry.kinds import Category
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.web import actor, finish, page, requires, row_number

blueprint = Blueprint("disposal_edit", __name__)
_ENTER = Permission.DISPOSAL_ENTER
#: How many candidates a page shows.
SHOWN = 200
_KINDS = (Category.OPERATING, Category.PUBLIC_WELFARE)


def _to_edit(disposal_id: int) -> DisposalCase:
    """Return a case that this person may fill in now; raises Missing, NotEditable."""
    case = get_case(disposal_id, actor(), _ENTER)
    check_editable(case)
    return case


def _check(disposal_id: int) -> str:
    return url_for("disposals.submit", disposal_id=disposal_id)


@blueprint.route("/disposals/new", methods=["GET", "POST"])
@requires(Permission.DISPOSAL_ENTER)
def new() -> ResponseReturnValue:
    """Say how and why assets are disposed of: those named in the address, or those ticked of a unit's."""
    pick, kept = _pick(), _kept()
    form = ApplyForm.of_draft(kept) if kept else ApplyForm()
    form.draft_key.data = form.draft_key.data or secrets.token_urlsafe(12)
    assets = choose(pick.numbers, actor()) if pick.numbers else list_candidates(pick, actor(), SHOWN)
    _offer(form, assets, pick)
    if form.validate_on_submit():
        with form.guard(InAnotherCase, NotStanding), transaction(pick.region_code):
            case = open_case(_opening(form, pick), by=actor(), on=today())
            finish_application(current_user.id, form.draft_key.data)
            return finish(_check(case.id), _("已存为草稿。核对无误再提交，材料、评估报告也可以先补上。"))
    elif form.is_submitted():
        with form.guard():
            _keep(form.draft_key.data)
    ticked = set(request.form.getlist("no")) | set(kept.get("no", ()))
    unfinished = list_applications(current_user.id, besides=form.draft_key.data)
    return page(
        "disposals/new.html", form, pick=pick, ticked=ticked, unfinished=unfinished, **_choice(pick, assets)
    )  # fmt: skip


def _kept() -> Typed:
    """Return what the application holds that the address asks to go on with; nothing for a fresh one, or once sent."""
    wanted = row_number("draft") if request.method == "GET" else 0
    return typed_of(get_application(wanted, current_user.id)) if wanted else {}


def _keep(key: str) -> None:
    typed = {name: request.form.getlist(name) for name in request.form}
    with transaction():
        keep_application(current_user.id, key, typed, _address())


def _address() -> str:
    """Return which assets the address names, without what was kept of them."""
    return urlencode([(name, value) for name, value in request.args.items(multi=True) if name != "draft"])


@blueprint.post("/disposals/drafts")
@requires(Permission.DISPOSAL_ENTER)
def autosave() -> ResponseReturnValue:
    """Keep what is typed, and say when it was kept."""
    _keep(request.form.get("draft_key", ""))
    return str(_("草稿 %(time)s 已自动保存", time=local(now()).strftime("%H:%M")))


@blueprint.post("/disposals/drafts/<int:draft_id>/drop")
@requires(Permission.DISPOSAL_ENTER)
def drop(draft_id: int) -> ResponseReturnValue:
    """Give up an unfinished application."""
    with transaction():
        drop_draft(get_application(draft_id, current_user.id))
        return finish(url_for("disposal_edit.new"), _("草稿已删除。"))


def _pick() -> Pick:
    """Read from the address which assets are meant; the rest is what the reader most likely means."""
    numbers = typed_numbers([*request.args.getlist("asset"), request.args.get("asset_no", "")])
    if numbers:
        first = choose(numbers, actor())[0]
        return Pick(first.region_code, first.kind, numbers=numbers)
    units = dict(units_to_start(actor()))
    region = request.args.get("region") or next(iter(units), "")
    category = request.args.get("category") or Category.OPERATING.value
    if region not in units or category not in set(_KINDS):
        raise Missing
    return Pick(region, Category(category), request.args.get("q", "").strip()[:60])


def _offer(form: ApplyForm, assets: Sequence[Asset], pick: Pick) -> None:
    single = bool(pick.numbers)
    form.offer(kinds_for(assets if single else assets[:1]), units_of_owners(pick.region_code, actor(), ()))
    first = assets[0] if single and len(assets) == 1 else None
    form.offer_part(first, holders_of([first.id]).get(first.id, [])) if first else form.offer_whole()


def _opening(form: ApplyForm, pick: Pick) -> Opening:
    ticked = typed_numbers(request.form.getlist("no"))
    numbers = pick.numbers or ticked
    if not pick.numbers and form.whole.data:
        numbers = tuple(asset.asset_no for asset in list_candidates(pick, actor()))
    names = [asset.name for asset in choose(numbers, actor())] if numbers else []
    parts = {numbers[0]: form.to_part()} if len(numbers) == 1 and pick.numbers else {}
    return Opening(form.to_words(names), numbers, parts)


def _choice(pick: Pick, assets: Sequence[Asset]) -> dict[str, Any]:
    return {
        "assets": assets,
        "count": len(assets) if pick.numbers else count_candidates(pick, actor()),
        "units": units_to_start(actor()),
        "categories": _KINDS,
        "open_matters": open_matters([asset.id for asset in assets], today()) if pick.numbers else None,
        "query": _address(),
        "on": today(),
    }


@blueprint.route("/disposals/<int:disposal_id>/edit", methods=["GET", "POST"])
@requires(Permission.DISPOSAL_ENTER)
def facts(disposal_id: int) -> ResponseReturnValue:
    """Say something else of a case that is not submitted."""
    case, form = _to_edit(disposal_id), CaseForm()
    region, assets = case.region_code, [line.asset for line in list_lines(case.id, taken=True)]
    form.offer(kinds_for(assets), units_of_owners(region, actor(), {case.recipient_region} - {""}))
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            case = _to_edit(disposal_id)
            if form.version.data not in {None, "", str(case.version_id)}:
                raise Conflict
            names = [line.asset.name for line in list_lines(case.id, taken=True)]
            change_case(case, form.to_words(names), by=actor())
            return finish(_check(disposal_id), _("已保存。"))
    if not form.is_submitted():
        form.fill(case)
    form.version.data = str(case.version_id)
    matters = open_matters([asset.id for asset in assets], today())
    return page("disposals/facts.html", form, case=_to_edit(disposal_id), open_matters=matters)


@blueprint.route("/disposals/<int:disposal_id>/files", methods=["GET", "POST"])
@requires(Permission.DISPOSAL_ENTER)
def files(disposal_id: int) -> ResponseReturnValue:
    """Attach papers to a case, as long as it is not over."""
    case, form = get_case(disposal_id, actor(), _ENTER), FilesForm()
    region = case.region_code
    if form.validate_on_submit():
        with form.guard():
            kept = taken_in(form.file)
            caption = Caption(EvidenceKind(form.kind.data), form.caption.data or "", form.taken_on.data)
            with transaction(region):
                case = get_case(disposal_id, actor(), _ENTER)
                attach(kept, caption, to=thing_of(case), by=actor())
                return finish(_after_paper(case), _("材料已上传。"))
    if not form.is_submitted():
        wanted = request.args.get("kind", "")
        form.kind.data = wanted if wanted in set(EvidenceKind) else next(iter(case.meaning.papers), EvidenceKind.OTHER)
    return page("disposals/files.html", form, case=get_case(disposal_id, actor(), _ENTER), badge=badge_of(case.status))


def _after_paper(case: DisposalCase) -> str:
    """Return to the check while a case is filled in, to its page afterwards."""
    return _check(case.id) if badge_of(case.status).tone in {"plain", "orange"} else url_for(
        "disposals.show", disposal_id=case.id
    )  # fmt: skip


@blueprint.route("/disposals/<int:disposal_id>/report", methods=["GET", "POST"])
@requires(Permission.DISPOSAL_ENTER)
def report(disposal_id: int) -> ResponseReturnValue:
    """Enter a report of appraisal with the report itself."""
    case, form = _to_edit(disposal_id), ReportForm()
    region, on = case.region_code, today()
    if form.validate_on_submit():
        with form.guard():
            kept = needed_in(form.file)
            with transaction(region):
                policy = policy_for(region, on)
                enter_report(_to_edit(disposal_id), form.to_report(), kept, by=actor(), on=on, policy=policy)
                return finish(_check(disposal_id), _("评估报告已登记。"))
    return page("disposals/report.html", form, case=_to_edit(disposal_id), reports=list_reports(disposal_id))
