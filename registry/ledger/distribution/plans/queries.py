"""Questions about plans: who may see which, what they took of the income, and their agreed lines."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import selectinload

from registry.approvals.requests.models import ApprovalRequest
from registry.bulk import chunks
from registry.counting import count_up_to
from registry.database import db
from registry.errors import Missing
from registry.ledger.distribution.plans.models import Plan, PlanCost, PlanIncome, PlanInput, PlanLine, PlanUse
from registry.ledger.distribution.plans.rules import AGREED, TAKING, PlanStatus
from registry.ledger.distribution.plans.uses import UseKind
from registry.ledger.operation.receipts.models import IncomeRow
from registry.ledger.operation.receipts.queries import income_by_asset
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.scope import within

PAGE_ROWS = 20
LINE_ROWS = 50
TABLE = "plan"
_TAKING = sorted(status.value for status in TAKING)
_AGREED = sorted(status.value for status in AGREED)
#: Plans that were agreed to and that no other took the place of.
STANDING = sorted(status.value for status in AGREED - {PlanStatus.AMENDED})


@dataclass(frozen=True)
class PlanFilter:
    """Which plans a list shows: of a unit and below; ``agreed`` keeps those agreed to that stand, whatever came after.

    ``use`` keeps those that spend something on it.
    """

    region_code: str
    year: int | None = None
    status: PlanStatus | None = None
    agreed: bool = False
    use: UseKind | None = None


def get_plan(plan_id: int, actor: Actor, permission: Permission = Permission.LEDGER_READ) -> Plan:
    """Return a plan within the actor's reach; raises Missing."""
    plan = db.session.scalar(select(Plan).where(Plan.id == plan_id, within(Plan, actor, permission)))
    if plan is None:
        raise Missing
    return plan


def plan_of_request(request: ApprovalRequest) -> Plan:
    """Return the plan that a request is about, whoever asks: who sees the request sees its plan. Raises Missing."""
    plan = db.session.get(Plan, int(request.case_id)) if request.case_table == TABLE else None
    if plan is None:
        raise Missing
    return plan


def list_plans(wanted: PlanFilter, actor: Actor, *, after: int = 0, limit: int = PAGE_ROWS) -> list[Plan]:
    """Return plans in order of entry; one more than a page to show that there are more."""
    rows = _plans(wanted, actor).where(Plan.id > after)
    return list(db.session.scalars(rows.order_by(Plan.id).limit(limit + 1)))


def list_newest_plans(wanted: PlanFilter, actor: Actor, *, before: int = 0) -> list[Plan]:
    """Return a page of plans, the newest first, from before one of them on (0: from the first); one more."""
    rows = _plans(wanted, actor)
    rows = rows.where(Plan.id < before) if before else rows
    return list(db.session.scalars(rows.order_by(Plan.id.desc()).limit(PAGE_ROWS + 1)))


def _plans(wanted: PlanFilter, actor: Actor) -> Select[Plan]:
    rows = select(Plan).where(
        within(Plan, actor, Permission.LEDGER_READ), Plan.region_code.between(*code_range(wanted.region_code))
    )
    rows = rows.where(Plan.year == wanted.year) if wanted.year is not None else rows
    rows = rows.where(Plan.status.in_(STANDING)) if wanted.agreed else rows
    if wanted.use:
        rows = rows.where(Plan.id.in_(select(PlanUse.plan_id).where(PlanUse.kind == wanted.use.value)))
    return rows.where(Plan.status == wanted.status.value) if wanted.status else rows


@dataclass(frozen=True)
class PlanTotals:
    """How many plans a list shows, and what they come to (fen)."""

    plans: int
    uses_fen: int
    fund_fen: int
    handed_fen: int


def plan_totals(wanted: PlanFilter, actor: Actor) -> PlanTotals:
    """Return what the plans of a list come to; of one use only what they spend on it."""
    found = _plans(wanted, actor).subquery()
    sums = [func.coalesce(func.sum(column), 0) for column in (found.c.uses_fen, found.c.fund_fen, found.c.handed_fen)]
    plans, uses_fen, fund_fen, handed_fen = db.session.execute(select(func.count(), *sums).select_from(found)).one()
    if wanted.use:
        spent = select(func.coalesce(func.sum(PlanUse.amount_fen), 0)).where(
            PlanUse.plan_id.in_(select(found.c.id)), PlanUse.kind == wanted.use.value
        )
        uses_fen = db.session.scalar(spent) or 0
    return PlanTotals(plans, int(uses_fen), int(fund_fen), int(handed_fen))


def next_number(region_code: str, year: int) -> str:
    """Return the next number of a plan of a unit for a year."""
    prefix = f"FP{region_code}-{year}-"
    last = db.session.scalar(select(func.max(Plan.number)).where(Plan.number.startswith(prefix)))
    return f"{prefix}{int(last[len(prefix) :]) + 1 if last else 1:02d}"


@dataclass(frozen=True)
class Seen:
    """What plans have taken of an income row and not given back, and what of it has been through the order of law."""

    taken_fen: int = 0
    seen_fen: int = 0


def seen_of(row_ids: Collection[int], *, besides: int) -> dict[int, Seen]:
    """Return what other plans did with income rows."""
    found: dict[int, Seen] = {}
    for some in chunks(sorted(row_ids)):
        rows = (
            select(
                PlanIncome.income_row_id,
                func.sum(PlanIncome.taken_fen - PlanIncome.returned_fen),
                func.sum(PlanIncome.fresh_fen),
            )
            .join(Plan, Plan.id == PlanIncome.plan_id)
            .where(PlanIncome.income_row_id.in_(some), Plan.status.in_(_TAKING), Plan.id != besides)
            .group_by(PlanIncome.income_row_id)
        )
        found |= {row: Seen(int(taken), int(fresh)) for row, taken, fresh in db.session.execute(rows)}
    return found


def free_by_asset(asset_ids: Sequence[int], until: date) -> dict[int, int]:
    """Return of each asset what was earned and received by a day and is in no plan that stands (fen)."""
    taken = select(IncomeRow.asset_id, -func.sum(PlanIncome.taken_fen - PlanIncome.returned_fen)).select_from(
        PlanIncome
    )
    taken = taken.join(Plan, Plan.id == PlanIncome.plan_id).join(IncomeRow, IncomeRow.id == PlanIncome.income_row_id)
    found: dict[int, int] = {}
    for some in chunks(asset_ids):
        earned = income_by_asset(some, until)
        rows = taken.where(IncomeRow.asset_id.in_(some), Plan.status.in_(_TAKING)).group_by(IncomeRow.asset_id)
        back = {asset_id: int(fen) for asset_id, fen in db.session.execute(rows) if asset_id is not None}
        found |= {asset_id: fen + back.get(asset_id, 0) for asset_id, fen in earned.items()}
    return {asset_id: fen for asset_id, fen in found.items() if fen > 0}


def charged_of(voucher_ids: Collection[int], *, besides: int) -> frozenset[int]:
    """Return which posted costs other plans have taken off their pools."""
    found: set[int] = set()
    for some in chunks(sorted(voucher_ids)):
        rows = (
            select(PlanCost.voucher_id)
            .join(Plan, Plan.id == PlanCost.plan_id)
            .where(PlanCost.voucher_id.in_(some), Plan.status.in_(_TAKING), Plan.id != besides)
        )
        found |= set(db.session.scalars(rows))
    return frozenset(found)


def distributed_of(party_id: int, year: int, *, besides: int) -> int:
    """Return what other plans of a year have set apart for the fund and handed out (fen)."""
    total = func.coalesce(func.sum(Plan.fund_fen + Plan.handed_fen), 0)
    rows = select(total).where(
        Plan.party_id == party_id, Plan.year == year, Plan.status.in_(_TAKING), Plan.id != besides
    )
    return int(db.session.scalar(rows) or 0)


def find_input(plan_id: int) -> PlanInput | None:
    """Return the newest frozen inputs of a plan; None while it was never submitted."""
    rows = select(PlanInput).where(PlanInput.plan_id == plan_id).order_by(PlanInput.version.desc())
    return db.session.scalar(rows.limit(1))


def list_income(plan_id: int) -> list[PlanIncome]:
    """Return what a plan took of which income row, in the order of the rows."""
    rows = select(PlanIncome).where(PlanIncome.plan_id == plan_id).order_by(PlanIncome.income_row_id)
    return list(db.session.scalars(rows))


def list_costs(plan_id: int) -> list[PlanCost]:
    """Return the posted costs that a plan took off its pool."""
    rows = select(PlanCost).where(PlanCost.plan_id == plan_id).order_by(PlanCost.id)
    return list(db.session.scalars(rows))


def list_lines(plan_id: int, *, after: int = 0, limit: int = LINE_ROWS) -> list[PlanLine]:
    """Return the agreed lines of a plan in order of writing; one more than a page to show that there are more."""
    return list(db.session.scalars(_lines(plan_id).where(PlanLine.id > after).limit(limit + 1)))


def all_lines(plan_id: int) -> list[PlanLine]:
    """Return every agreed line of a plan, by use, instalment and household: what is printed and published."""
    return list(db.session.scalars(_lines(plan_id)))


def _lines(plan_id: int) -> Select[PlanLine]:
    return select(PlanLine).where(PlanLine.plan_id == plan_id).order_by(PlanLine.id)


def get_line(line_id: int, actor: Actor, permission: Permission = Permission.LEDGER_READ) -> PlanLine:
    """Return an agreed line within the actor's reach; raises Missing."""
    line = db.session.scalar(select(PlanLine).where(PlanLine.id == line_id, within(PlanLine, actor, permission)))
    if line is None:
        raise Missing
    return line


def list_lines_of_household(household_id: int) -> list[tuple[PlanLine, Plan]]:
    """Return what a household was agreed to get under all plans, the newest first: its own statement."""
    return list_lines_to([household_id])


def list_lines_to(households: Collection[int] | Select[int]) -> list[tuple[PlanLine, Plan]]:
    """Return what households, by id or as a question for ids, were agreed to get under all plans, the newest first."""
    rows = (
        select(PlanLine, Plan)
        .join(Plan, Plan.id == PlanLine.plan_id)
        .options(selectinload(PlanLine.use))
        .where(PlanLine.household_id.in_(households), Plan.status.in_(_AGREED))
    )
    return [(line, plan) for line, plan in db.session.execute(rows.order_by(PlanLine.id.desc()))]


def list_plans_of_income(row_ids: Collection[int]) -> dict[int, list[Plan]]:
    """Return the plans that took something of these income rows, by row: the way from a receipt to households."""
    rows = (
        select(PlanIncome.income_row_id, Plan)
        .join(Plan, Plan.id == PlanIncome.plan_id)
        .where(PlanIncome.income_row_id.in_(row_ids), Plan.status.in_(_TAKING))
        .order_by(Plan.id)
    )
    found: dict[int, list[Plan]] = defaultdict(list)
    for row, plan in db.session.execute(rows):
        found[row].append(plan)
    return dict(found)


def use_totals(plan_id: int) -> dict[int, tuple[int, int, int]]:
    """Return per use of an agreed plan: lines, fen to be paid, fen withheld."""
    rows = (
        select(PlanLine.use_id, func.count(), func.sum(PlanLine.amount_fen), func.sum(PlanLine.withheld_fen))
        .where(PlanLine.plan_id == plan_id)
        .group_by(PlanLine.use_id)
    )
    return {use: (int(lines), int(amount), int(withheld)) for use, lines, amount, withheld in db.session.execute(rows)}


def get_use(plan: Plan, use_id: int) -> PlanUse:
    """Return a use of a plan; raises Missing."""
    found = next((use for use in plan.uses if use.id == use_id), None)
    if found is None:
        raise Missing
    return found


def _agreed(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """Agreed plans of the actor's own unit: carrying them out is its clerk's work."""
    own = Plan.region_code == actor.unit_code
    return own, within(Plan, actor, Permission.DISTRIBUTION_ENTER), Plan.status == PlanStatus.AGREED.value


def list_agreed_plans(actor: Actor, limit: int) -> list[Plan]:
    """Return agreed plans of which no order has been prepared, the oldest first."""
    return list(db.session.scalars(select(Plan).where(*_agreed(actor)).order_by(Plan.id).limit(limit)))


def count_agreed_plans(actor: Actor, most: int) -> int:
    """Return how many agreed plans wait to be carried out, counting up to a number."""
    return count_up_to(select(Plan.id).where(*_agreed(actor)), most)


def list_risen() -> list[Plan]:
    """Return the plans that were stopped and stand all the same, wherever they are, for the doctor."""
    rows = select(Plan).where(Plan.end_reason != "", Plan.status.in_(STANDING)).order_by(Plan.id)
    return list(db.session.scalars(rows))
