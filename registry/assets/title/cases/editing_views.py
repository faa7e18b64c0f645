"""Pages on which a case is filled in: its words, its assets, their holders, its papers, the parts of a split."""

from collections.abc import Collection

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.assets.title.cases.content import asked_of, papers_of, parts_of
from registry.assets.title.cases.forms import CaseForm, FilesForm, LinesForm, OwnersForm, PapersForm, PartsForm
from registry.assets.title.cases.models import TitleCase, TitleLine
from registry.assets.title.cases.queries import list_lines
from registry.assets.title.cases.services import (
    change_case,
    check_editable,
    check_holders_open,
    decide_lines,
    drop_lines,
    propose_owners,
    set_papers,
    set_parts,
)
from registry.assets.title.cases.showing import units_of_owners
from registry.assets.title.cases.submitting import get_case_to_enter
from registry.assets.title.rules import NotEditable
from registry.audit.services import thing_of
from registry.database import transaction
from registry.errors import Conflict, Invalid
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, attach
from registry.evidence.uploads import taken_in
from registry.kinds import TitleDeed
from registry.permissions import Permission
from registry.text import N_
from registry.web import actor, finish, page, requires

blueprint = Blueprint("title_edit", __name__)


def _to_edit(case_id: int) -> TitleCase:
    """Return a case that this person may fill in now; raises Missing, NotEditable."""
    case = get_case_to_enter(case_id, actor())
    check_editable(case)
    return case


def _shown(case_id: int) -> str:
    return url_for("title.show", case_id=case_id)


def _chosen(case: TitleCase, ticked: Collection[str], *, whole: bool) -> list[TitleLine]:
    """Return the lines that were ticked, or all of the case."""
    lines = [line for line in list_lines(case.id) if whole or str(line.id) in ticked]
    if not lines:
        raise Invalid(N_("请勾选资产，或选“全部资产”。"), field="whole")
    return lines


@blueprint.route("/title/<int:case_id>/edit", methods=["GET", "POST"])
@requires(Permission.TITLE_ENTER)
def facts(case_id: int) -> ResponseReturnValue:
    """Change what is said of the case as a whole."""
    case = _to_edit(case_id)
    region, form = case.region_code, CaseForm(case)
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            case = _to_edit(case_id)
            if form.version.data not in {None, "", str(case.version_id)}:
                raise Conflict
            change_case(case, form.to_facts(), by=actor())
            return finish(_shown(case_id), _("已保存。"))
    form.version.data = str(case.version_id)
    return page("title/facts.html", form, case=case)


@blueprint.route("/title/<int:case_id>/lines", methods=["GET", "POST"])
@requires(Permission.TITLE_ENTER)
def lines(case_id: int) -> ResponseReturnValue:
    """Note what was found of the assets and whether the case takes them in: those ticked, or all at once."""
    case = _to_edit(case_id)
    region, form = case.region_code, LinesForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            case = _to_edit(case_id)
            chosen = _chosen(case, request.form.getlist("line"), whole=form.whole.data)
            decide_lines(case, chosen, form.to_found(), by=actor())
            return finish(url_for("title_edit.lines", case_id=case_id), _("已记下 %(n)s 项。", n=len(chosen)))
    is_hand_over = case.kind is TitleDeed.HAND_OVER
    return page("title/lines.html", form, case=case, lines=list_lines(case.id), is_hand_over=is_hand_over)


@blueprint.post("/title/<int:case_id>/lines/drop")
@requires(Permission.TITLE_ENTER)
def drop(case_id: int) -> ResponseReturnValue:
    """Take the assets that are ticked out of a draft."""
    region = _to_edit(case_id).region_code
    with transaction(region):
        case = _to_edit(case_id)
        chosen = _chosen(case, request.form.getlist("line"), whole=False)
        drop_lines(case, chosen, by=actor())
        return finish(url_for("title_edit.lines", case_id=case_id), _("已移出 %(n)s 项。", n=len(chosen)))


@blueprint.route("/title/<int:case_id>/owners", methods=["GET", "POST"])
@requires(Permission.TITLE_ENTER)
def owners(case_id: int) -> ResponseReturnValue:
    """Propose holders for the assets that are ticked, or for all."""
    case = _to_edit(case_id)
    check_holders_open(case)
    region, known = case.region_code, list_lines(case.id)
    units = units_of_owners(region, actor(), [owner.party.region_code for owner in known[0].owners])
    form = OwnersForm(case.asset_category, units, known[0].owners)
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            case = _to_edit(case_id)
            chosen = _chosen(case, request.form.getlist("line"), whole=form.whole.data)
            propose_owners(case, chosen, form.to_proposed(), by=actor())
            return finish(_shown(case_id), _("已拟定 %(n)s 项的权利人。", n=len(chosen)))
    return page("title/owners.html", form, case=case, lines=list_lines(case.id))


@blueprint.route("/title/<int:case_id>/papers", methods=["GET", "POST"])
@requires(Permission.TITLE_ENTER)
def papers(case_id: int) -> ResponseReturnValue:
    """Say which papers are there, and why others are not."""
    case = _to_edit(case_id)
    region, form = case.region_code, PapersForm.of(asked_of(case), papers_of(case))
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            set_papers(_to_edit(case_id), form.to_papers(), by=actor())
            return finish(_shown(case_id), _("材料清单已保存。"))
    return page("title/papers.html", form, case=case)


@blueprint.route("/title/<int:case_id>/files", methods=["GET", "POST"])
@requires(Permission.TITLE_ENTER)
def files(case_id: int) -> ResponseReturnValue:
    """Attach scans of papers to the case."""
    region, form = get_case_to_enter(case_id, actor()).region_code, FilesForm()
    if form.validate_on_submit():
        with form.guard():
            kept = taken_in(form.file)
            caption = Caption(EvidenceKind(form.kind.data), form.caption.data or "", form.taken_on.data)
            with transaction(region):
                attach(kept, caption, to=thing_of(get_case_to_enter(case_id, actor())), by=actor())
                return finish(_shown(case_id), _("附件已上传。"))
    if not form.is_submitted():
        form.begin(request.args.get("document", ""))
    return page("title/files.html", form, case=get_case_to_enter(case_id, actor()))


@blueprint.route("/title/<int:case_id>/parts", methods=["GET", "POST"])
@requires(Permission.TITLE_ENTER)
def parts(case_id: int) -> ResponseReturnValue:
    """Say into what the asset is split."""
    case = _to_edit(case_id)
    if case.kind is not TitleDeed.SPLIT:
        raise NotEditable(N_("只有分拆登记要写分成几项。"))
    known = [{"name": one.name, "value": one.value_fen, "quantity": one.quantity_milli} for one in parts_of(case)]
    region, form = case.region_code, PartsForm(data={"parts": known} if known else None)
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            set_parts(_to_edit(case_id), form.to_parts(), by=actor())
            return finish(_shown(case_id), _("分拆方案已保存。"))
    return page("title/parts.html", form, case=case, asset=list_lines(case.id)[0].asset)
