"""The projects of the demo county: what they were given, and which of them formed nothing or stand open."""

from functools import cache
from typing import NamedTuple

from registry.assets.register.funding import FundingSource
from registry.assets.register.projects.rules import ProjectFacts, ProjectStatus
from registry.assets.register.registration import FundingFact
from registry.assets.register.rules import netted
from registry.demo.places import UnitRow, units
from registry.demo.tables import labelled, money, read
from registry.kinds import Sector

_CENTURY = 2000
#: Nobody gives these to a project.
_NOT_GIVEN = frozenset({FundingSource.UNVERIFIED, FundingSource.ADJUSTMENT})


class ProjectRow(NamedTuple):
    """A project; ``money`` is what it was given beyond what stands in its assets."""

    key: str
    name: str
    unit_name: str
    kind: str
    department: str
    sector_label: str
    status_label: str
    money: str
    content: str
    reason: str

    @property
    def number(self) -> str:
        return f"500240-{_CENTURY + int(self.key[:2])}-{self.key[3:]}"

    @property
    def unit(self) -> UnitRow:
        return units()[self.unit_name]

    @property
    def status(self) -> ProjectStatus:
        return labelled(ProjectStatus, self.status_label)


@cache
def projects() -> dict[str, ProjectRow]:
    """Return the projects by their short number."""
    return {row.key: row for row in read("projects", ProjectRow)}


def project_facts(row: ProjectRow, in_assets: tuple[FundingFact, ...]) -> ProjectFacts:
    """Return what is said of a project; ``in_assets`` is the money that stands in the assets it formed."""
    lines = netted(line for line in (*in_assets, *money(row.money)) if line.source not in _NOT_GIVEN)
    year = _CENTURY + int(row.key[:2])
    return ProjectFacts(
        region_code=row.unit.code, name=row.name, year=year, lines=lines, number=row.number, kind=row.kind,
        content=row.content, department=row.department, owner_unit=row.unit.owner, period=str(year),
        sector=labelled(Sector, row.sector_label),
    )  # fmt: skip
