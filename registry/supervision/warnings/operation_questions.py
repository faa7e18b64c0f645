"""What is asked of contracts, equity and what is due of them."""

from typing import Any

from sqlalchemy import BigInteger, Select, cast, exists, func, select
from sqlalchemy.orm import aliased

from registry.assets.register.cards.models import Asset
from registry.assets.register.depreciation import month_number
from registry.assets.register.lookup.totals import net_value
from registry.assets.register.registration import MONTHS, WHOLE_BP
from registry.ledger.operation.contracts.kinds import LEASED, AwardWay, ContractStatus, OfficerKind
from registry.ledger.operation.contracts.models import Contract, ContractAsset, OperatorOfficer
from registry.ledger.operation.contracts.queries import expired
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.equity.models import Equity
from registry.ledger.operation.kinds import OUTSTANDING, RentKind
from registry.ledger.operation.reviews.models import OperatingResult
from registry.parties.models import Party
from registry.policy.parameters import Parameter
from registry.supervision.warnings.asked import Asked, Column, longer_than, wrong
from registry.supervision.warnings.figures import Figure

_P, _F = Parameter, Figure
_RUNNING = Contract.status == ContractStatus.RUNNING.value
_LEASES = sorted(mode.value for mode in LEASED)
_OPEN = sorted(status.value for status in OUTSTANDING)


def _of_contracts(figures: dict[Figure, Column]) -> Select[Any]:
    told: dict[Figure, Column] = {_F.OPERATOR: Contract.operator_name, **figures}
    return wrong(Contract.name, Contract.id, Contract.sector, told)


def contract_long(asked: Asked) -> Select[Any]:
    """Running leases longer than the district likes."""
    months = asked.number(_P.LEASE_WARN_MONTHS)
    return _of_contracts(
        {_F.STARTS_ON: Contract.starts_on, _F.ENDS_ON: Contract.ends_on, **asked.limit(_P.LEASE_WARN_MONTHS)}
    ).where(_RUNNING, Contract.mode.in_(_LEASES), longer_than(Contract.starts_on, Contract.ends_on, months))


def contract_expired(asked: Asked) -> Select[Any]:
    """Contracts past their term that nobody has closed or renewed."""
    return _of_contracts({_F.ENDS_ON: Contract.ends_on}).where(*expired(asked.on))


def rent_low(asked: Asked) -> Select[Any]:
    """Running leases below the least percentage of the appraised rent."""
    least = Contract.appraised_fen * asked.number(_P.RENT_FLOOR_PERCENT)
    return _of_contracts(
        {_F.RENT_FEN: Contract.yearly_fen, _F.APPRAISED_FEN: Contract.appraised_fen, _F.REASON: Contract.floor_reason,
         **asked.limit(_P.RENT_FLOOR_PERCENT)}
    ).where(
        _RUNNING, Contract.mode.in_(_LEASES), Contract.rent_kind != RentKind.SHARE.value,
        Contract.yearly_fen * WHOLE_BP < least,
    )  # fmt: skip


def rent_under_loss(asked: Asked) -> Select[Any]:
    """Running leases below the least percentage of what their assets lose in value in the year to come."""
    month, gone = month_number(asked.on), ContractAsset.ended_on.is_not(None)
    loss = (
        select(cast(func.coalesce(func.sum(net_value(month - 1) - net_value(month - 1 + MONTHS)), 0), BigInteger))
        .join_from(ContractAsset, Asset, Asset.id == ContractAsset.asset_id)
        .where(ContractAsset.contract_id == Contract.id, ~gone)
        .scalar_subquery()
    )
    return _of_contracts(
        {_F.RENT_FEN: Contract.yearly_fen, _F.YEARLY_LOSS_FEN: loss, _F.REASON: Contract.floor_reason,
         **asked.limit(_P.RENT_FLOOR_PERCENT)}
    ).where(
        _RUNNING, Contract.mode.in_(_LEASES), Contract.rent_kind != RentKind.SHARE.value,
        Contract.yearly_fen * WHOLE_BP < loss * asked.number(_P.RENT_FLOOR_PERCENT),
    )  # fmt: skip


def no_tender(_asked: Asked) -> Select[Any]:
    """Running leases given without a tender; what was agreed before the register is left alone."""
    return _of_contracts({_F.REASON: Contract.award_note}).where(
        _RUNNING, Contract.mode.in_(_LEASES), Contract.award == AwardWay.EXEMPT.value, Contract.is_legacy.is_(False)
    )


def kin_operator(_asked: Asked) -> Select[Any]:
    """Running contracts behind whose operator stands kin of an official."""
    kin = exists().where(OperatorOfficer.contract_id == Contract.id, OperatorOfficer.capacity == OfficerKind.KIN.value)
    return _of_contracts({_F.RENT_FEN: Contract.yearly_fen}).where(_RUNNING, kin)


def operator_losing(asked: Asked) -> Select[Any]:
    """Running contracts whose operator lost money in every one of the last whole years."""
    years = range(asked.on.year - asked.number(_P.YIELD_YEARS), asked.on.year)
    return _of_contracts({**asked.limit(_P.YIELD_YEARS)}).where(_RUNNING, *(_lost_in(year) for year in years))


def _lost_in(year: int) -> Any:
    later = aliased(OperatingResult)
    replaced = exists().where(
        later.contract_id == OperatingResult.contract_id, later.year == year, later.id > OperatingResult.id
    )
    return exists().where(
        OperatingResult.contract_id == Contract.id, OperatingResult.year == year,
        OperatingResult.turnover_fen < OperatingResult.cost_fen, ~replaced,
    )  # fmt: skip


def _owed(column: Column) -> dict[Figure, Column]:
    return {
        _F.OWED_FEN: func.sum(Due.amount_fen - Due.settled_fen - Due.written_off_fen),
        _F.DUE_ON: func.min(Due.due_on),
        _F.COUNT: func.count(column),
    }


def _arrears(asked: Asked, limit: Parameter) -> Select[Any]:
    figures = {_F.OPERATOR: Contract.operator_name, **_owed(Due.id), **asked.limit(limit)}
    return (
        wrong(Contract.name, func.min(Due.id), Contract.sector, figures)
        .join(Due, Due.contract_id == Contract.id)
        .where(Due.status.in_(_OPEN), Due.due_on < asked.before(_P.ARREARS_REMIND_DAYS))
        .group_by(Contract.id)
    )


def arrears(asked: Asked) -> Select[Any]:
    """Contracts on which something is overdue beyond a reminder, but not yet beyond a demand."""
    return _arrears(asked, _P.ARREARS_REMIND_DAYS).having(func.min(Due.due_on) >= asked.before(_P.ARREARS_DEMAND_DAYS))


def arrears_long(asked: Asked) -> Select[Any]:
    """Contracts on which something is overdue beyond a demand."""
    return _arrears(asked, _P.ARREARS_DEMAND_DAYS).having(func.min(Due.due_on) < asked.before(_P.ARREARS_DEMAND_DAYS))


def dividend_late(asked: Asked) -> Select[Any]:
    """Equity on which something is overdue beyond a reminder."""
    return (
        wrong(Party.name, func.min(Due.id), Equity.sector, {**_owed(Due.id), **asked.limit(_P.ARREARS_REMIND_DAYS)})
        .join(Party, Party.id == Equity.investee_id)
        .join(Due, Due.equity_id == Equity.id)
        .where(Due.status.in_(_OPEN), Due.due_on < asked.before(_P.ARREARS_REMIND_DAYS))
        .group_by(Equity.id, Party.name)
    )
