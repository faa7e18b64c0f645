"""Questions about findings; what lies outside the asker's reach does not exist (404)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from sqlalchemy import ColumnElement, func, select

from registry.assets.register.cards.models import Asset
from registry.counting import last_number
from registry.database import db
from registry.errors import Missing
from registry.kinds import Sector
from registry.permissions import Actor, Permission
from registry.regions import code_range, log_of
from registry.scope import within
from registry.supervision.findings.models import Finding, FindingAsset, FindingStep
from registry.supervision.findings.rules import TO_MEND, FindingStatus, Source, Step

PAGE_ROWS = 50
_READ = Permission.ASSET_READ
TABLE, STEP_TABLE = "finding", "finding_step"
WAITING_STATES = sorted(status.value for status in TO_MEND)


@dataclass(frozen=True)
class FindingFilter:
    """Which findings a list shows: of a unit and below; ``overdue_on`` keeps those that are late on a day."""

    region_code: str = ""
    source: Source | None = None
    status: FindingStatus | None = None
    overdue_on: date | None = None
    asset_id: int | None = None
    text: str = ""
    sector: Sector | None = None
    #: The year in which they were found.
    year: int | None = None


def get_finding(finding_id: int, actor: Actor, permission: Permission = _READ) -> Finding:
    """Return a finding within the actor's reach; raises Missing."""
    found = db.session.scalar(
        select(Finding).where(Finding.id == finding_id, within(Finding, actor, permission))
    )  # fmt: skip
    if found is None:
        raise Missing
    return found


def _wanted(wanted: FindingFilter, actor: Actor) -> list[ColumnElement[bool]]:
    found = [within(Finding, actor, _READ)]
    if wanted.region_code:
        found.append(Finding.region_code.between(*code_range(wanted.region_code)))
    equal = ((Finding.source, wanted.source), (Finding.status, wanted.status), (Finding.sector, wanted.sector))
    found += [column == one.value for column, one in equal if one]
    if wanted.overdue_on:
        found += [Finding.status.in_(WAITING_STATES), Finding.due_on < wanted.overdue_on]
    if wanted.year:
        found.append(Finding.found_on.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    if wanted.asset_id is not None:
        found.append(Finding.id.in_(select(FindingAsset.finding_id).where(FindingAsset.asset_id == wanted.asset_id)))
    if wanted.text:
        found.append(
            Finding.problem.contains(wanted.text, autoescape=True) | (Finding.number == wanted.text)
        )  # fmt: skip
    return found


def list_findings(wanted: FindingFilter, actor: Actor, *, before: int = 0, limit: int = PAGE_ROWS) -> list[Finding]:
    """Return findings, the newest first; one more than a page to show that there are more."""
    rows = select(Finding).where(*_wanted(wanted, actor))
    rows = rows.where(Finding.id < before) if before else rows
    return list(db.session.scalars(rows.order_by(Finding.id.desc()).limit(limit + 1)))


def count_findings(wanted: FindingFilter, actor: Actor) -> int:
    """Return how many findings a list shows."""
    return db.session.scalar(select(func.count()).select_from(Finding).where(*_wanted(wanted, actor))) or 0


@dataclass(frozen=True)
class Tally:
    """How many findings of a unit and below stand where."""

    to_mend: int
    reported: int
    checked_off: int
    late: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.to_mend + self.reported + self.checked_off


def tally(region_code: str, actor: Actor, on: date) -> Tally:
    """Return how many findings of a unit and below stand where on a day, in one statement."""
    to_mend = Finding.status.in_(WAITING_STATES)
    rows = select(
        func.count().filter(to_mend),
        func.count().filter(Finding.status == FindingStatus.REPORTED.value),
        func.count().filter(Finding.status == FindingStatus.CHECKED_OFF.value),
        func.count().filter(to_mend, Finding.due_on < on),
    ).where(*_wanted(FindingFilter(region_code), actor))
    return Tally(*db.session.execute(rows).one())


def list_steps(finding_ids: Collection[int]) -> list[FindingStep]:
    """Return what was done with findings, the oldest first."""
    rows = select(FindingStep).where(FindingStep.finding_id.in_(finding_ids)).order_by(FindingStep.id)
    return list(db.session.scalars(rows))


def get_step(step_id: int, finding: Finding) -> FindingStep:
    """Return a step of a finding; raises Missing."""
    rows = select(FindingStep).where(FindingStep.id == step_id, FindingStep.finding_id == finding.id)
    found = db.session.scalar(rows)
    if found is None:
        raise Missing
    return found


def reporters_of(finding_id: int) -> set[int | None]:
    """Return who ever reported a finding as mended."""
    rows = select(FindingStep.by_id).where(
        FindingStep.finding_id == finding_id, FindingStep.kind == Step.REPORTED.value
    )
    return set(db.session.scalars(rows))


def list_assets_of(finding_id: int, actor: Actor) -> list[Asset]:
    """Return the assets a finding is about, as far as the actor may see them."""
    mine = select(FindingAsset.asset_id).where(FindingAsset.finding_id == finding_id)
    rows = select(Asset).where(Asset.id.in_(mine), within(Asset, actor, _READ)).order_by(Asset.id)
    return list(db.session.scalars(rows))


def find_successor(finding_id: int) -> Finding | None:
    """Return the finding as which one came back."""
    return db.session.scalar(select(Finding).where(Finding.recurs_id == finding_id))


def list_raised(table: str, ids: Sequence[int], actor: Actor) -> list[Finding]:
    """Return the findings that came of rows of another feature, the oldest first."""
    rows = select(Finding).where(
        Finding.origin_table == table, Finding.origin_id.in_(ids), within(Finding, actor, _READ)
    )
    return list(db.session.scalars(rows.order_by(Finding.id)))


def next_numbers(region_code: str, on: date) -> Iterator[str]:
    """Yield the numbers that follow in a county's year: WT500240-2026-0001, … Ask for them under the log's lock."""
    start = f"WT{log_of(region_code)}-{on.year}-"
    for number in count(last_number(Finding.number, start) + 1):
        yield f"{start}{number:04d}"
