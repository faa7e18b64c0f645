"""Pages of projects: the list, entering and changing one, ending one that formed nothing."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.assets.register.projects.forms import LineForm, ProjectForm
from registry.assets.register.projects.models import Project
from registry.assets.register.projects.queries import (
    Tally,
    Wanted,
    get_project,
    list_projects,
    list_years,
    parse_place,
    place_text,
    tally_projects,
)
from registry.assets.register.projects.rules import ProjectStatus
from registry.assets.register.projects.services import add_project, change_project
from registry.clock import today
from registry.database import transaction
from registry.errors import Invalid, Missing
from registry.permissions import Permission, reaches
from registry.places.models import Region
from registry.places.queries import find_region_in_scope, list_children, list_units_to_enter, path_of
from registry.regions import is_code
from registry.text import N_
from registry.web import actor, finish, page, requires, whole_number

blueprint = Blueprint("projects", __name__)
LAST_YEAR = 9999


@blueprint.get("/projects")
@requires(Permission.ASSET_READ)
def index() -> ResponseReturnValue:
    """List projects with count and money of what is shown."""
    wanted = _wanted()
    found = list_projects(wanted, actor(), after=parse_place(_asked("after")), before=parse_place(_asked("before")))
    tallies = tally_projects(wanted, actor())
    total = Tally(sum(t.projects for t in tallies.values()), sum(t.total_fen for t in tallies.values()))
    return page(
        "projects/index.html",
        found=found,
        wanted=wanted,
        tallies=tallies,
        total=total,
        statuses=list(ProjectStatus),
        years=list_years(actor()),
        regions=_regions(wanted.region_code),
        terms={key: value for key, value in request.args.items() if value and key not in {"after", "before"}},
        ends=tuple(place_text(p) for p in (found.rows[0], found.rows[-1])) if found.rows else (),
    )


def _asked(name: str) -> str:
    return request.args.get(name, "")


def _wanted() -> Wanted:
    region, status, text = (request.args.get(key, "").strip() for key in ("region", "status", "q"))
    if (region and not is_code(region)) or (status and status not in set(ProjectStatus)):
        raise Missing
    year = whole_number("year", 0, LAST_YEAR) if request.args.get("year") else None
    return Wanted(region, year, ProjectStatus(status) if status else None, text[:60])


def _regions(chosen: str) -> list[Region]:
    """Return the units to choose from: those above the chosen one that the person reaches, itself, and those below."""
    stretches = reaches(actor(), Permission.ASSET_READ)
    here = chosen or (stretches[0].codes.low if stretches else actor().unit_code)
    way = [one for one in path_of(here) if find_region_in_scope(one.region_code, actor(), Permission.ASSET_READ)]
    return [*way, *list_children(here, ended=True)]


def _form(form: ProjectForm, project: Project | None = None) -> ResponseReturnValue:
    return page("projects/project_form.html", form, project=project, spare=LineForm(prefix="lines-__index__-"))


@blueprint.route("/projects/new", methods=["GET", "POST"])
@requires(Permission.PROJECT_ENTER)
def new() -> ResponseReturnValue:
    """Enter a project."""
    form = ProjectForm(list_units_to_enter(actor(), Permission.PROJECT_ENTER))
    if form.validate_on_submit():
        with form.guard():
            facts = form.to_facts()
            with transaction(facts.region_code):
                project = add_project(facts, by=actor())
                return finish(url_for("money.project", project_id=project.id), _("项目已登记，等它形成资产后挂上。"))
    elif not form.is_submitted():
        form.year.data = today().year
    return _form(form)


@blueprint.route("/projects/<int:project_id>/edit", methods=["GET", "POST"])
@requires(Permission.PROJECT_ENTER)
def edit(project_id: int) -> ResponseReturnValue:
    """Correct what is said of a project."""
    project = get_project(project_id, actor(), Permission.PROJECT_ENTER)
    form = ProjectForm(list_units_to_enter(actor(), Permission.PROJECT_ENTER), project)
    if form.validate_on_submit():
        with form.guard(), transaction(project.region_code):
            change_project(_to_change(project_id), form.to_facts(), by=actor())
            return finish(url_for("money.project", project_id=project_id), _("项目已修改，原来的内容留在操作日志里。"))
    return _form(form, project)


def _to_change(project_id: int) -> Project:
    """Load a project to be changed, unless somebody saved it after the form was opened."""
    project = get_project(project_id, actor(), Permission.PROJECT_ENTER)
    if request.form.get("version") not in {None, str(project.version_id)}:
        raise Invalid(N_("刚刚有人改过这个项目。请记下您要改的内容，刷新后再改。"))
    return project
