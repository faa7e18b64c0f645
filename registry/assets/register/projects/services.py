"""Deeds on projects: entering one, changing it, and saying how it ended."""

from sqlalchemy import select

from registry.assets.register.projects.models import Project, ProjectFunding
from registry.assets.register.projects.rules import NotOpen, ProjectFacts, ProjectStatus, check_no_asset, check_project
from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import today
from registry.database import db
from registry.errors import Invalid
from registry.permissions import Actor
from registry.places.queries import get_region
from registry.text import N_

#: Columns that take the field of the same name as it is.
PLAIN = ("region_code", "name", "year", "number", "kind", "content", "department", "owner_unit", "period")


def add_project(facts: ProjectFacts, *, by: Actor, batch_id: int | None = None) -> Project:
    """Enter a project with its money; it stands open until an asset comes of it. Raises what check_project raises."""
    project = add_project_rows(facts, batch_id=batch_id)
    record(Action.PROJECT_ADDED, project, by=by)
    return project


def add_project_rows(facts: ProjectFacts, *, batch_id: int | None = None) -> Project:
    """Add the rows of a project; the caller records, so that an import writes one event for many."""
    check_project(facts, year_now=today().year)
    region = get_region(facts.region_code)
    if region.ended_on is not None:
        raise Invalid(N_("%(name)s 已撤销，请选择并入后的单位。"), field="region_code", name=region.short)
    project = Project(status=ProjectStatus.OPEN.value, batch_id=batch_id)
    db.session.add(project)
    _fill(project, facts)
    db.session.flush()
    return project


def change_project(project: Project, facts: ProjectFacts, *, by: Actor) -> Project:
    """Correct what is said of a project; money lines that are no longer said are taken out, the trail keeps them."""
    check_project(facts, year_now=today().year)
    if facts.region_code != project.region_code:
        raise Invalid(N_("项目所在单位不能改。"), field="region_code")
    _fill(project, facts)
    record(Action.PROJECT_CHANGED, project, by=by)
    return project


def close_without_asset(project: Project, reason: str, *, assets: int, by: Actor) -> Project:
    """End a project as one that formed no asset; ``assets`` is how many hang on it. Raises as check_no_asset does."""
    check_no_asset(ProjectStatus(project.status), reason, assets)
    project.status, project.reason = ProjectStatus.NOT_FORMED.value, reason.strip()
    record(Action.PROJECT_CHANGED, project, by=by, reason=reason.strip())
    return project


def reopen_project(project: Project, reason: str, *, by: Actor) -> Project:
    """Take back that a project formed no asset: one was found after all."""
    if project.status != ProjectStatus.NOT_FORMED:
        raise NotOpen(status=ProjectStatus(project.status).label)
    project.status, project.reason = ProjectStatus.OPEN.value, ""
    record(Action.PROJECT_CHANGED, project, by=by, reason=reason.strip())
    return project


def mark_formed(project: Project) -> None:
    """Note that an asset came of a project. The caller hangs the asset on it and records both; raises NotOpen."""
    if project.status == ProjectStatus.NOT_FORMED:
        raise NotOpen(status=ProjectStatus.NOT_FORMED.label)
    project.status = ProjectStatus.FORMED.value


def mark_open(project: Project) -> None:
    """Note that the last asset was taken off a project. The caller records."""
    project.status = ProjectStatus.OPEN.value


def move_projects(old: str, new: str, *, by: Actor) -> int:
    """Hand the projects of an ended unit, with their money lines, to the unit that took over."""
    moved = list(db.session.scalars(select(Project).where(Project.region_code == old)))
    for project in moved:
        project.region_code = new
        for line in project.lines:
            line.region_code = new
    record(Action.PROJECTS_MOVED, get_region(old), by=by, facts={"into": new, "projects": len(moved)})
    return len(moved)


def _fill(project: Project, facts: ProjectFacts) -> None:
    for name in PLAIN:
        setattr(project, name, getattr(facts, name))
    project.name, project.sector, project.total_fen = facts.name.strip(), facts.sector.value, facts.total_fen
    _set_lines(project, facts)


def _set_lines(project: Project, facts: ProjectFacts) -> None:
    """Keep the lines that are said again as they are, take out the others, add what is new."""
    held = list(project.lines)
    for line in facts.lines:
        told = (line.source.value, line.level.value, line.year, line.document_no, line.amount_fen)
        same = next((x for x in held if (x.source, x.level, x.year, x.document_no, x.amount_fen) == told), None)
        if same is not None:
            held.remove(same)
            continue
        source, level, year, document_no, amount_fen = told
        fresh = ProjectFunding(region_code=project.region_code, source=source, level=level, year=year)
        fresh.document_no, fresh.amount_fen = document_no, amount_fen
        project.lines.append(fresh)
    for gone in held:
        project.lines.remove(gone)
        db.session.delete(gone)
