"""What the boards ask beside the kept sums: plans of the year, disposals, findings, each summed by the database."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.disposal.kinds import OPEN, DisposalKind, DisposalStatus
from registry.ledger.distribution.payout.models import PayoutOrder, PayoutRound
from registry.ledger.distribution.plans.benefits import benefiting_by
from registry.ledger.distribution.plans.models import Plan
from registry.ledger.distribution.plans.queries import STANDING
from registry.ledger.distribution.plans.use_sums import uses_by
from registry.ledger.distribution.plans.uses import UseKind
from registry.regions import CODE_LENGTH
from registry.reports.boards.alarms import inside, of_sectors
from registry.reports.boards.figures import Amount, CaseLine, Distribution, FindingLine, UseLine
from registry.reports.boards.reach import View
from registry.supervision.findings.models import Finding
from registry.supervision.findings.rules import FindingStatus, Source

_OPEN = sorted(status.value for status in OPEN)
NOTHING = Distribution(0, 0, 0, 0, 0, None)


def _plans(view: View) -> tuple[ColumnElement[bool], ...]:
    return (*inside(Plan.region_code, view), Plan.year == view.year, Plan.status.in_(STANDING))


def plans_by_part(view: View) -> dict[str, Counter[str]]:
    """Return how many plans of the year were agreed to in each part, and what they plan, set apart and hand out."""
    if view.sectors:
        return {}
    part = func.substr(Plan.region_code, 1, view.part_width)
    sums = {"planned_fen": Plan.uses_fen, "fund_fen": Plan.fund_fen, "handed_fen": Plan.handed_fen}
    rows: Select[*tuple[Any, ...]] = select(part, func.count(), *map(func.sum, sums.values())).where(*_plans(view))
    return {
        code.ljust(CODE_LENGTH, "0"): Counter(dict(zip(("plans", *sums), map(int, found), strict=True)))
        for code, *found in db.session.execute(rows.group_by(part))
    }


def households_by_unit(view: View) -> dict[str, int]:
    """Return how many households benefit of the year in the unit and in each part, from the kept sums."""
    return {} if view.sectors else benefiting_by(view.codes, view.year)


def distribution_of(view: View, plans: Mapping[str, Counter[str]], households: int | None) -> Distribution:
    """Return what the plans of the year come to, what of it was paid and stayed paid, and to how many households."""
    if view.sectors:
        return NOTHING
    whole = sum(plans.values(), Counter[str]())
    paid = (
        select(func.coalesce(func.sum(PayoutRound.paid_fen - PayoutRound.returned_fen), 0))
        .join(PayoutOrder, PayoutOrder.id == PayoutRound.order_id)
        .join(Plan, Plan.id == PayoutOrder.plan_id)
        .where(*_plans(view))
    )
    return Distribution(
        whole["plans"], whole["planned_fen"], whole["fund_fen"], whole["handed_fen"],
        int(db.session.scalar(paid) or 0), households,
    )  # fmt: skip


def uses_of(view: View) -> tuple[UseLine, ...]:
    """Return what the plans of the year spend on each use, from the kept sums."""
    if view.sectors:
        return ()
    found = uses_by(view.whole, view.year)
    return tuple(UseLine(use.value, *found[use]) for use in UseKind if use in found)


def cases_of(view: View) -> tuple[tuple[str, ...], tuple[CaseLine, ...]]:
    """Return the states that occur and, by kind, the disposals in each: the open ones, and those done in the year."""
    done = and_(
        DisposalCase.status == DisposalStatus.DONE.value,
        DisposalCase.done_on.between(date(view.year, 1, 1), date(view.year, 12, 31)),
    )
    rows = select(
        DisposalCase.kind, DisposalCase.status, func.count(), func.coalesce(func.sum(DisposalCase.original_fen), 0)
    ).where(
        *inside(DisposalCase.region_code, view),
        or_(DisposalCase.status.in_(_OPEN), done), *of_sectors(DisposalCase.sector, view),
    )  # fmt: skip
    found: dict[str, dict[str, Amount]] = defaultdict(dict)
    for kind, status, count, fen in db.session.execute(rows.group_by(DisposalCase.kind, DisposalCase.status)):
        found[kind][status] = Amount(int(count), int(fen))
    states = tuple(one.value for one in DisposalStatus if any(one.value in row for row in found.values()))
    none = Amount(0, 0)
    lines = tuple(
        CaseLine(kind.value, tuple(found[kind.value].get(state, none) for state in states))
        for kind in DisposalKind
        if kind.value in found
    )
    return states, lines


def findings_of(view: View) -> tuple[FindingLine, ...]:
    """Return the findings of the year by source and state."""
    rows = (
        select(Finding.source, Finding.status, func.count())
        .where(
            *inside(Finding.region_code, view),
            Finding.found_on.between(date(view.year, 1, 1), date(view.year, 12, 31)),
            *of_sectors(Finding.sector, view),
        )
        .group_by(Finding.source, Finding.status)
    )
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for source, status, count in db.session.execute(rows):
        found[source][status] = int(count)
    return tuple(
        FindingLine(source.value, tuple(found[source.value][status.value] for status in FindingStatus))
        for source in Source
        if source.value in found
    )
