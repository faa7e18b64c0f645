"""From rows to the inputs of a plan: income, costs, rolls, work. While a plan is open, they are read anew each time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from registry.ledger.distribution.plans.computing import Inputs
from registry.ledger.distribution.plans.costs import costs_of
from registry.ledger.distribution.plans.freezing import thaw
from registry.ledger.distribution.plans.models import Plan, PlanUse
from registry.ledger.distribution.plans.months import month_number
from registry.ledger.distribution.plans.pool import Pool, PoolRow, ScopeKind, draw_pool
from registry.ledger.distribution.plans.queries import distributed_of, find_input, seen_of
from registry.ledger.distribution.plans.shares import BY_ROLL, Basis, Beneficiary, Instalment
from registry.ledger.distribution.plans.uses import WORK, Terms, Use, UseKind, Work
from registry.ledger.distribution.plans.weighing import Rolls, beneficiaries
from registry.ledger.distribution.plans.writing import read_classes, read_factors, read_fixed
from registry.ledger.distribution.rolls.queries import snapshot
from registry.ledger.distribution.rolls.rules import RollEntry
from registry.ledger.distribution.work.queries import list_payable_work, list_work_of_uses
from registry.ledger.distribution.work.rules import WorkKind, WorkStatus
from registry.ledger.operation.receipts.models import IncomeRow
from registry.ledger.operation.receipts.queries import list_distributable
from registry.permissions import Actor
from registry.policy.calendar import add_months

_WORK = {UseKind.PUBLIC_POST: WorkKind.PUBLIC_POST, UseKind.DAY_LABOUR: WorkKind.DAY_LABOUR}


@dataclass(frozen=True)
class Gathered:
    """The inputs of a plan, the rolls they were read from with their digest, and which households are cadres'."""

    inputs: Inputs
    rolls: Rolls
    cadres: frozenset[int]
    roll_digest: str


def last_day(month: str) -> date:
    """Return the last day of a month."""
    year, number = divmod(month_number(month), 12)
    return add_months(date(year, number + 1, 1), 1).replace(day=1) - date.resolution


def pool_rows(plan: Plan) -> list[PoolRow]:
    """Return the income rows of a plan's scope as the pool sees them: less reversals, less what other plans took."""
    rows = list_distributable(
        until=last_day(plan.period_to),
        party_id=plan.party_id,
        asset_ids=[plan.asset_id] if plan.scope_kind is ScopeKind.ASSET and plan.asset_id else (),
        contract_id=plan.contract_id if plan.scope_kind is ScopeKind.CONTRACT else None,
    )
    return _netted(rows, besides=plan.id)


def _netted(rows: Sequence[IncomeRow], *, besides: int) -> list[PoolRow]:
    reversed_fen: dict[int, int] = defaultdict(int)
    for row in rows:
        if row.reverses_id is not None:
            reversed_fen[row.reverses_id] += row.amount_fen
    own = [row for row in rows if row.reverses_id is None]
    seen = seen_of([row.id for row in own], besides=besides)
    found = []
    for row in own:
        other = seen.get(row.id)
        found.append(
            PoolRow(
                row.id, row.about, row.amount_fen + reversed_fen[row.id], other.taken_fen if other else 0,
                other.seen_fen if other else 0, row.asset_id, row.contract_id,
            )
        )  # fmt: skip
    return found


def pool_of(plan: Plan) -> Pool:
    """Return the pool of an open plan. Raises NothingReceived, CostsAboveIncome."""
    return draw_pool(pool_rows(plan), costs_of(plan, last_day(plan.period_to)))


def rolls_of(plan: Plan, by: Actor) -> tuple[Rolls, str]:
    """Return the rolls of the years of a plan's period, and the digest of all of them."""
    years = range(int(plan.period_from[:4]), int(plan.period_to[:4]) + 1)
    until = last_day(plan.period_to)
    taken = {year: snapshot(plan.region_code, year, by=by, until=until) for year in years}
    digest = sha256("\n".join(one.digest for one in taken.values()).encode()).hexdigest()
    return {year: one.entries for year, one in taken.items()}, digest


def list_entries(plan: Plan, by: Actor) -> list[RollEntry]:
    """Return every household that stands on a roll of a plan's period, as the newest has it."""
    newest: dict[int, RollEntry] = {}
    for _, entries in sorted(rolls_of(plan, by)[0].items()):
        newest.update({entry.household_id: entry for entry in entries})
    return [newest[key] for key in sorted(newest)]


def instalments_of(plan: Plan) -> tuple[Instalment, ...]:
    """Return the instalments of a plan; one at the end unless others are written."""
    ends = plan.instalments.split() or [plan.period_to]
    return tuple(Instalment(number, month) for number, month in enumerate(ends, 1))


def gather(plan: Plan, by: Actor) -> Gathered:
    """Return the inputs of an open plan, read anew. Raises NothingReceived, CostsAboveIncome."""
    rolls, digest = rolls_of(plan, by)
    cadres = frozenset(entry.household_id for entries in rolls.values() for entry in entries if entry.is_cadre)
    uses = tuple(use_of(use, plan) for use in plan.uses)
    inputs = Inputs(
        period_from=plan.period_from, period_to=plan.period_to, instalments=instalments_of(plan), pool=pool_of(plan),
        official=plan.official, charter_bp=plan.charter_bp, uses=uses,
        rolls=tuple(_roll(row, use, rolls) for row, use in zip(plan.uses, uses, strict=True)),
        distributed_fen=distributed_of(plan.party_id, plan.year, besides=plan.id),
    )  # fmt: skip
    return Gathered(inputs, rolls, cadres, digest)


def frozen_inputs(plan: Plan) -> Inputs:
    """Return what a plan was last submitted with. Raises TypeError for a plan that never was."""
    frozen = find_input(plan.id)
    if frozen is None:
        raise TypeError("a plan that was submitted has frozen inputs")
    return thaw(frozen.content)


def _roll(row: PlanUse, use: Use, rolls: Rolls) -> tuple[Beneficiary, ...]:
    """Return whom a use is split among; those with a named amount are looked up for holder and heir."""
    if use.basis in BY_ROLL:
        by_shares = use.basis is Basis.PER_SHARE
        return tuple(beneficiaries(rolls, read_classes(row.classes), use.entitlement, by_shares=by_shares))
    named, anybody = use.split.fixed.keys(), beneficiaries(rolls, frozenset(), use.entitlement, by_shares=True)
    return tuple(one for one in anybody if one.id in named)


def use_of(use: PlanUse, plan: Plan) -> Use:
    """Return a stored use as the rules see it, with the work it pays for."""
    terms = None
    if use.principal_fen is not None:
        terms = Terms(use.principal_fen, use.rate_bp or 0, use.term_months or 0)
    return Use(
        kind=use.about, label=use.label, amount_fen=use.amount_fen, basis=use.split_by, entitlement=use.entitled,
        fixed=read_fixed(use.fixed), factor_weights=read_factors(use.factors), work=_work_of(use, plan), terms=terms,
        contract_id=use.contract_id, asset_id=use.asset_id, goods=use.goods, payee=use.payee,
        cost=(use.cost_table, use.cost_id) if use.cost_table else None,
    )  # fmt: skip


def _work_of(use: PlanUse, plan: Plan) -> tuple[Work, ...]:
    """Return the work that a use pays for: all that is verified and unpaid up to the end of the period."""
    if use.about not in WORK:
        return ()
    kept = list_work_of_uses([use.id])
    rows = kept or list_payable_work(plan.region_code, _WORK[use.about], last_day(plan.period_to))
    return tuple(
        Work(
            row.id, row.household_id, row.name, row.half_days, row.rate_fen,
            is_verified=row.state is WorkStatus.VERIFIED,
        )
        for row in rows
    )  # fmt: skip
