"""JSON resources of projects."""

from typing import Any

from flask import Response, url_for

from registry.assets.register.projects.models import Project
from registry.assets.register.projects.queries import Wanted, get_project, list_projects, parse_place, place_text
from registry.assets.register.projects.rules import ProjectFacts, ProjectStatus
from registry.assets.register.projects.schemas import ProjectArguments, ProjectBody, ProjectCard, ProjectPage
from registry.assets.register.projects.services import add_project, change_project
from registry.permissions import Permission
from registry.rest.calls import Body, actor, api_requires, check_match, check_unit, deed, done, listed, shown
from registry.rest.openapi import Resources
from registry.token_scopes import Scope

resources = Resources("projects", __name__, "项目")
_P, _S = Permission, Scope


def _card(project: Project) -> Body:
    card: Body = ProjectCard().dump({name: getattr(project, name) for name in _OWN} | {"project": project})
    return card


_OWN = ("id", "version_id", "status", "reason", "total_fen")


@resources.get("/projects", "查项目")
@api_requires(_P.ASSET_READ, scope=_S.PROJECTS_READ)
@resources.arguments(ProjectArguments, location="query")
@resources.response(200, ProjectPage)
def index(args: dict[str, Any]) -> Response:
    """List projects by unit, year and number of entry."""
    status = ProjectStatus(args["status"]) if "status" in args else None
    wanted = Wanted(args.get("region", ""), args.get("year"), status, args.get("q", ""))
    found = list_projects(wanted, actor(), after=parse_place(args.get("after", "")), limit=args["limit"])
    return listed([*map(_card, found.rows)], place_text(found.rows[-1]) if found.after else None)


@resources.get("/projects/<int:project_id>", "读一个项目")
@api_requires(_P.ASSET_READ, scope=_S.PROJECTS_READ)
@resources.response(200, ProjectCard)
def one(project_id: int) -> Response:
    """Show a project."""
    return shown(_card(get_project(project_id, actor(), _P.ASSET_READ)))


@resources.post("/projects", "登记项目")
@api_requires(_P.PROJECT_ENTER, scope=_S.PROJECTS_WRITE)
@resources.arguments(ProjectBody)
@resources.response(201, ProjectCard)
def add(body: dict[str, Any]) -> Response:
    """Enter a project."""
    facts: ProjectFacts = body["project"]
    check_unit(_P.PROJECT_ENTER, facts.region_code)
    with deed(facts.region_code):
        project = add_project(facts, by=actor())
        return done(_card(project), 201, location=url_for("projects_api.one", project_id=project.id))


@resources.put("/projects/<int:project_id>", "修改项目")
@api_requires(_P.PROJECT_ENTER, scope=_S.PROJECTS_WRITE)
@resources.arguments(ProjectBody)
@resources.response(200, ProjectCard)
def change(body: dict[str, Any], project_id: int) -> Response:
    """Correct what is said of a project."""
    with deed(get_project(project_id, actor(), _P.PROJECT_ENTER).region_code):
        project = get_project(project_id, actor(), _P.PROJECT_ENTER)
        check_match(_card(project))
        return done(_card(change_project(project, body["project"], by=actor())))
