"""Whether the sums kept beside rows equal the rows: stock by cell, posted income, dues, warnings, plans."""

from typing import Any

from sqlalchemy import Select, case, extract, func, select

from registry.assets.register.cards.models import Asset, Rollup
from registry.ledger.distribution.plans.models import BenefitSum, Plan, PlanLine, PlanUse, UseSum
from registry.ledger.distribution.plans.queries import STANDING
from registry.ledger.operation.dues.models import Due, DueSum
from registry.ledger.operation.kinds import OUTSTANDING, DueStatus
from registry.ledger.operation.receipts.models import IncomeRow, IncomeSum
from registry.ledger.operation.receipts.rules import Basis
from registry.parties.households.models import Household
from registry.summing import differing
from registry.supervision.warnings.models import RiskWarning, WarningSum


def unequal_sums() -> dict[str, list[tuple[Any, ...]]]:
    """Return which kept sums do not equal their rows, by table; reads all of them."""
    counted = (
        (Rollup, _stock()), (IncomeSum, _income()), (DueSum, _dues()), (WarningSum, _warnings()),
        (BenefitSum, _benefits()), (UseSum, _uses()),
    )  # fmt: skip
    found = {model.__tablename__: differing(model, rows) for model, rows in counted}
    return {name: rows for name, rows in found.items() if rows}


def _stock() -> Select[Any]:
    handed_over = Asset.handed_over_on.is_not(None).label("is_handed_over")
    keys = (
        Asset.region_code, Asset.category, Asset.stage, Asset.sector, Asset.owner_kind, Asset.title_status,
        Asset.use_status, handed_over,
    )  # fmt: skip
    return select(*keys, *_figures("assets", Asset.original_value_fen, Asset.poverty_fund_fen)).group_by(*keys)


def _income() -> Select[Any]:
    keys = (IncomeRow.region_code, IncomeRow.month, IncomeRow.kind, IncomeRow.sector)
    rows = select(*keys, *_figures("rows", IncomeRow.amount_fen)).where(IncomeRow.basis != Basis.REPORTED.value)
    return rows.group_by(*keys)


def _dues() -> Select[Any]:
    keys = (Due.region_code, Due.sector, _due_month().label("month"))
    is_open = case((Due.status.in_(sorted(OUTSTANDING)), 1), else_=0).label("open_dues")
    figures = _figures("dues", Due.amount_fen, Due.settled_fen, Due.written_off_fen)
    rows = select(*keys, *figures, func.sum(is_open).label("open_dues"))
    stated = (Due.amount_fen.is_not(None), Due.status != DueStatus.VOID.value)
    return rows.where(*stated).group_by(*keys)


def _warnings() -> Select[Any]:
    keys: tuple[Any, ...] = (RiskWarning.region_code, RiskWarning.sector, RiskWarning.risk, RiskWarning.severity)
    rows: Select[Any] = select(*keys, func.count().label("warnings")).where(RiskWarning.closed_at.is_(None))
    return rows.group_by(*keys)


def _benefits() -> Select[Any]:
    keys: tuple[Any, ...] = (Household.region_code, Plan.year)
    rows: Select[Any] = select(*keys, func.count(Household.id.distinct()).label("households"))
    rows = rows.join(PlanLine, PlanLine.household_id == Household.id).join(Plan, Plan.id == PlanLine.plan_id)
    return rows.where(PlanLine.amount_fen > 0, Plan.status.in_(STANDING)).group_by(*keys)


def _uses() -> Select[Any]:
    keys: tuple[Any, ...] = (Plan.region_code, Plan.year, PlanUse.kind)
    figures = func.count(Plan.id.distinct()).label("plans"), func.sum(PlanUse.amount_fen).label("amount_fen")
    rows: Select[Any] = select(*keys, *figures).join(PlanUse, PlanUse.plan_id == Plan.id)
    return rows.where(Plan.status.in_(STANDING)).group_by(*keys)


def _due_month() -> Any:
    return extract("year", Due.due_on) * 100 + extract("month", Due.due_on)


def _figures(count: str, *sums: Any) -> list[Any]:
    return [func.count().label(count), *(func.sum(column).label(column.key) for column in sums)]
