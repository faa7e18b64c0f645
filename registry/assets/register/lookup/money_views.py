"""Where the money went: the page of a project, of a funding document, and the deeds that join projects and assets."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.assets.register.cards.linking import AssetUnknown, LinkedElsewhere, link_asset, unlink_asset
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.queries import get_asset
from registry.assets.register.funding import FundingLevel
from registry.assets.register.lookup.forms import LinkForm
from registry.assets.register.lookup.money import (
    PAGE_ROWS,
    count_assets_of_project,
    list_assets_of,
    list_documents,
    list_formed,
    list_likely,
)
from registry.assets.register.projects.forms import ReasonForm
from registry.assets.register.projects.models import Project
from registry.assets.register.projects.queries import get_project, list_given
from registry.assets.register.projects.rules import ProjectStatus, balance, nothing_formed
from registry.assets.register.projects.services import close_without_asset, reopen_project
from registry.codes import typed_number
from registry.database import transaction
from registry.errors import Missing
from registry.permissions import Permission
from registry.web import actor, finish, page, requires

blueprint = Blueprint("money", __name__)
_READ, _ENTER = Permission.ASSET_READ, Permission.PROJECT_ENTER


@blueprint.get("/projects/<int:project_id>")
@requires(_READ)
def project(project_id: int) -> ResponseReturnValue:
    """Show a project: its money, the assets it formed, and what remains."""
    return _shown(get_project(project_id, actor(), _READ), LinkForm())


def _shown(found: Project, form: LinkForm) -> ResponseReturnValue:
    assets = list_assets_of(found.id, actor())
    return page(
        "projects/project.html",
        form,
        project=found,
        state=ProjectStatus(found.status),
        levels={level.value: level.label for level in FundingLevel},
        assets=assets,
        formed_fen=sum(asset.original_value_fen for asset in assets),
        likely=list_likely(found, actor()) if found.status != ProjectStatus.NOT_FORMED else [],
    )


def _mine(project_id: int) -> Project:
    return get_project(project_id, actor(), _ENTER)


@blueprint.route("/projects/<int:project_id>/no-asset", methods=["GET", "POST"])
@requires(_ENTER)
def no_asset(project_id: int) -> ResponseReturnValue:
    """End a project as one that formed no asset."""
    found, form = _mine(project_id), ReasonForm()
    if form.validate_on_submit():
        with form.guard(), transaction(found.region_code):
            close_without_asset(
                _mine(project_id), form.reason.data, assets=count_assets_of_project(project_id), by=actor()
            )
            return finish(url_for("money.project", project_id=project_id), _("已定为未形成资产。"))
    return page("projects/no_asset.html", form, project=found)


@blueprint.route("/projects/<int:project_id>/reopen", methods=["GET", "POST"])
@requires(_ENTER)
def reopen(project_id: int) -> ResponseReturnValue:
    """Take back that a project formed no asset."""
    found, form = _mine(project_id), ReasonForm()
    if form.validate_on_submit():
        with form.guard(), transaction(found.region_code):
            reopen_project(_mine(project_id), form.reason.data, by=actor())
            return finish(url_for("money.project", project_id=project_id), _("已改回应登记未登记。"))
    return page("projects/reopen.html", form, project=found)


def _asset() -> Asset:
    number = typed_number(request.form.get("asset_no", ""))
    return get_asset(number, actor(), Permission.ASSET_ENTER)


def _typed_asset() -> Asset:
    """Return the asset whose number somebody typed; raises AssetUnknown, which their form can bear."""
    try:
        return _asset()
    except Missing as error:
        raise AssetUnknown(field="asset_no", number=request.form["asset_no"].strip()) from error


@blueprint.post("/projects/<int:project_id>/link")
@requires(_ENTER)
def link(project_id: int) -> ResponseReturnValue:
    """Hang an asset of the register on the project it came of."""
    form = LinkForm()
    if form.validate_on_submit():
        with form.guard(LinkedElsewhere), transaction(_mine(project_id).region_code, _typed_asset().region_code):
            link_asset(_typed_asset(), _mine(project_id), by=actor())
            return finish(url_for("money.project", project_id=project_id), _("资产已挂到项目上。"))
    return _shown(_mine(project_id), form)


@blueprint.post("/projects/<int:project_id>/unlink")
@requires(_ENTER)
def unlink(project_id: int) -> ResponseReturnValue:
    """Take an asset off a project it was hung on by mistake."""
    with transaction(_mine(project_id).region_code, _asset().region_code):
        left = count_assets_of_project(project_id) - 1
        unlink_asset(_asset(), _mine(project_id), left=left, by=actor())
        return finish(url_for("money.project", project_id=project_id), _("已从项目上取下，资产本身没有变。"))


@blueprint.get("/funding")
@requires(_READ)
def funding() -> ResponseReturnValue:
    """Show where the money of one document went: given, in assets, nothing formed, unexplained."""
    document = request.args.get("document", "")[:80]
    given, formed = list_given(document, actor()), list_formed(document, actor())
    sums, nothing = balance(given, formed), nothing_formed(given)
    return page("projects/funding.html", document=document, given=given, formed=formed, nothing=nothing, sums=sums)


@blueprint.get("/funding/documents")
@requires(_READ)
def documents() -> ResponseReturnValue:
    """List the funding documents of the person's units."""
    after = request.args.get("after")
    rows = list_documents(actor(), after=after[:80] if after is not None else None, limit=PAGE_ROWS + 1)
    return page("projects/documents.html", rows=rows[:PAGE_ROWS], more=len(rows) > PAGE_ROWS, after=after)
