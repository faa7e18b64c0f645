"""收益分配明白卡（全部农户）: the statement of each household of a unit that was allotted or paid something."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from registry.errors import Invalid
from registry.ledger.distribution.plans.models import Plan, PlanLine
from registry.ledger.distribution.plans.queries import list_lines_to
from registry.ledger.distribution.rolls.queries import entries_of
from registry.parties.households.models import Household
from registry.parties.models import Party
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.reports.covering import Covered, covered
from registry.reports.household_statement import HouseholdStatement, paper_of, statement_of
from registry.reports.paper.blocks import draw_papers
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.sheet import PORTRAIT
from registry.reports.parameters import Parameters
from registry.reports.payments import payments_on
from registry.scope import within
from registry.text import N_

TITLE = N_("收益分配明白卡（全部农户）")


class NoStatements(Invalid):
    """Only households that were allotted or paid something get a statement."""

    message = N_("%(year)s 年没有农户分到收益，没有明白卡可打印。")


@dataclass(frozen=True, slots=True)
class StatementBatch:
    """The statements of a unit's households in the order of their numbers."""

    unit_name: str
    region_code: str
    period_text: str
    statements: tuple[HouseholdStatement, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> StatementBatch:
    """Read the statements of a day's year, each under its own village. Raises Missing, NoStatements."""
    covers = covered(region_code, actor, on)
    ids = select(Household.id).where(
        within(Household, actor, Permission.PRINT), Household.region_code.between(*code_range(region_code))
    )
    statements = _statements(ids, actor, on)
    if not statements:
        raise NoStatements(year=on.year)
    return StatementBatch(covers.unit_name, covers.region_code, covers.period_text, statements)


def _statements(ids: Select[int], actor: Actor, on: date) -> tuple[HouseholdStatement, ...]:
    held: dict[int, list[tuple[PlanLine, Plan]]] = defaultdict(list)
    for line, plan in list_lines_to(ids):
        held[line.household_id or 0].append((line, plan))
    payments = payments_on([line.id for lines in held.values() for line, _ in lines], on)
    rows = select(Household, Party).join(Party, Party.id == Household.party_id).where(Household.id.in_(ids))
    villages: dict[str, Covered] = {}
    found = []
    for entry in sorted(entries_of(rows, on), key=lambda one: one.sort_key):
        code = entry.region_code
        villages[code] = villages.get(code) or covered(code, actor, on)
        found.append(statement_of(villages[code], entry, held[entry.household_id], payments, on))
    return tuple(one for one in found if one.lines)


def draw(figures: StatementBatch, imprint: Imprint) -> bytes:
    """Draw the statements, each on sheets of its own, to be cut apart and handed out."""
    return draw_papers(PORTRAIT, [paper_of(one) for one in figures.statements], imprint)
