"""Questions about projects; a project outside the asker's reach does not exist (404)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select, tuple_

from registry.assets.register.projects.models import Project, ProjectFunding
from registry.assets.register.projects.rules import Given, ProjectStatus
from registry.database import db
from registry.errors import Missing
from registry.permissions import Actor, Permission
from registry.regions import code_range, is_code
from registry.scope import within

PAGE_ROWS = 20
#: Where a row stands in the order of the list: unit, year, id.
Place = tuple[str, int, int]


@dataclass(frozen=True)
class Wanted:
    """Which projects a list shows."""

    region_code: str = ""
    year: int | None = None
    status: ProjectStatus | None = None
    text: str = ""


@dataclass(frozen=True)
class Tally:
    """Count and money of projects in one status."""

    projects: int = 0
    total_fen: int = 0


@dataclass(frozen=True)
class ProjectPage:
    """One page of the list: its rows, and how many stand before and after them."""

    rows: Sequence[Project]
    before: int
    after: int


def get_project(project_id: int, actor: Actor, permission: Permission) -> Project:
    """Return a project within the actor's reach; raises Missing."""
    project = db.session.scalar(select(Project).where(Project.id == project_id, within(Project, actor, permission)))
    if project is None:
        raise Missing
    return project


def list_projects(
    wanted: Wanted, actor: Actor, *, after: Place | None = None, before: Place | None = None, limit: int = PAGE_ROWS
) -> ProjectPage:
    """Return a page of projects by unit, year and number of entry: after a place, or before one."""
    order = (Project.region_code, Project.year, Project.id)
    here = _matching(wanted, actor)
    rows = select(Project).where(*here)
    if before:
        back = rows.where(tuple_(*order) < before).order_by(*(column.desc() for column in order))
        found = list(reversed(list(db.session.scalars(back.limit(limit)))))
    else:
        rows = rows.where(tuple_(*order) > after) if after else rows
        found = list(db.session.scalars(rows.order_by(*order).limit(limit)))
    if not found:
        return ProjectPage([], 0, 0)
    first, last = place_of(found[0]), place_of(found[-1])
    count = select(func.count()).select_from(Project).where(*here)
    earlier = db.session.scalar(count.where(tuple_(*order) < first)) or 0
    later = db.session.scalar(count.where(tuple_(*order) > last)) or 0
    return ProjectPage(found, earlier, later)


def place_of(project: Project) -> Place:
    """Return where a project stands in the order of the list."""
    return project.region_code, project.year, project.id


def project_id_of(text: str) -> int | None:
    """Return the number of the project a text names, None for no text; raises Missing for what is no number."""
    if text and not (text.isascii() and text.isdigit()):
        raise Missing
    return int(text) if text else None


def place_text(project: Project) -> str:
    """Write where a project stands, as an address carries it."""
    return "~".join(map(str, place_of(project)))


def parse_place(text: str) -> Place | None:
    """Read where a page begins or ends; None for nothing, raises Missing for what is no place."""
    if not text:
        return None
    unit, *numbers = text.split("~")
    if not is_code(unit) or len(numbers) != 2 or not all(n.isascii() and n.isdigit() and len(n) < 16 for n in numbers):
        raise Missing
    return unit, int(numbers[0]), int(numbers[1])


def tally_projects(wanted: Wanted, actor: Actor) -> dict[ProjectStatus, Tally]:
    """Return count and money of the filtered projects, status by status."""
    rows = select(Project.status, func.count(), func.sum(Project.total_fen)).where(*_matching(wanted, actor))
    found = {
        ProjectStatus(status): Tally(n, int(fen)) for status, n, fen in db.session.execute(rows.group_by("status"))
    }
    return {status: found.get(status, Tally()) for status in ProjectStatus}


def list_years(actor: Actor) -> list[int]:
    """Return the years in which the actor's projects were given money, the latest first."""
    rows = select(Project.year).where(within(Project, actor, Permission.ASSET_READ)).distinct()
    return list(db.session.scalars(rows.order_by(Project.year.desc())))


def list_given(document_no: str, actor: Actor) -> list[Given]:
    """Return the money of a document given to projects within the actor's reach, in the order of the list."""
    rows = (
        select(Project, ProjectFunding.amount_fen)
        .join(ProjectFunding, ProjectFunding.project_id == Project.id)
        .where(ProjectFunding.document_no == document_no, within(Project, actor, Permission.ASSET_READ))
        .order_by(Project.region_code, Project.year, Project.id, ProjectFunding.id)
    )
    return [
        Given(p.id, p.region_code, p.name, p.year, ProjectStatus(p.status), p.reason, fen)
        for p, fen in db.session.execute(rows)
    ]


def _matching(wanted: Wanted, actor: Actor) -> list[ColumnElement[bool]]:
    conditions = [within(Project, actor, Permission.ASSET_READ)]
    if wanted.region_code:
        conditions.append(Project.region_code.between(*code_range(wanted.region_code)))
    if wanted.year is not None:
        conditions.append(Project.year == wanted.year)
    if wanted.status:
        conditions.append(Project.status == wanted.status.value)
    if wanted.text:
        like = (
            Project.name.contains(wanted.text, autoescape=True),
            Project.number.startswith(wanted.text, autoescape=True),
        )
        conditions.append(or_(*like))
    return conditions
