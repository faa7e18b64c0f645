"""Reading what a sample is drawn from, and what the worksheet says of the things that were drawn."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, select

from registry.assets.register.cards.models import Asset, AssetRelation
from registry.assets.register.cards.parts import RelationKind
from registry.assets.register.categories import TitleStatus, UseStatus
from registry.assets.register.registration import Stage
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.disposal.kinds import DisposalKind, DisposalStatus
from registry.kinds import Category
from registry.ledger.books.models import Voucher
from registry.ledger.operation.contracts.kinds import ContractStatus
from registry.ledger.operation.contracts.models import Contract, ContractAsset
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.kinds import OUTSTANDING
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.scope import within
from registry.supervision.sampling.drawing import Member
from registry.supervision.sampling.rules import DrawMethod, Population, SamplePlan, Sign, Weights, check_population

_P = Permission
_OUTSTANDING = sorted(status.value for status in OUTSTANDING)
_DECIDED = sorted(
    one.value
    for one in (DisposalStatus.SUBMITTED, DisposalStatus.APPROVED, DisposalStatus.SUSPENDED, DisposalStatus.DONE)
)
TABLES: dict[Population, str] = {
    Population.ASSETS: "asset",
    Population.CONTRACTS: "contract",
    Population.VOUCHERS: "voucher",
    Population.DISPOSALS: "disposal_case",
}


@dataclass(frozen=True)
class Candidate:
    """One thing as it may be drawn, with the signs of risk on it."""

    member: Member
    signs: tuple[Sign, ...]


@dataclass(frozen=True)
class Described:
    """What the worksheet says of a thing that was drawn."""

    unit_code: str
    sector: str
    number: str
    name: str
    facts: str


def read_population(plan: SamplePlan, weights: Weights, *, by: Actor, on: date) -> list[Candidate]:
    """Return everything of the population within reach. Raises PopulationEmpty, PopulationTooLarge."""
    rows = _ROWS[plan.population](plan, by, on)
    check_population(plan.population, db.session.scalar(select(func.count()).select_from(rows.subquery())) or 0)
    table = TABLES[plan.population]
    return [_candidate(f"{table}:{row[0]}", row, plan.method, weights) for row in db.session.execute(rows)]


def _candidate(key: str, row: Sequence[int], method: DrawMethod, weights: Weights) -> Candidate:
    _id, value_fen, *marks = row
    known = zip((Sign.IDLE, Sign.ARREARS, Sign.NO_TITLE, Sign.NO_CUSTODIAN), marks, strict=True)
    signs = [Sign.LARGE] if value_fen >= weights.large_fen else []
    signs += [sign for sign, mark in known if mark]
    weight = {DrawMethod.RANDOM: 1, DrawMethod.VALUE: max(value_fen, 0), DrawMethod.RISK: weights.weight(signs)}[method]
    return Candidate(Member(key, value_fen, weight), tuple(signs))


def _overdue(on: date) -> ColumnElement[bool]:
    return and_(Due.status.in_(_OUTSTANDING), Due.due_on < on)


def _assets(plan: SamplePlan, by: Actor, on: date) -> Select[int, int, bool, bool, bool, bool]:
    kept = exists().where(
        AssetRelation.asset_id == Asset.id,
        AssetRelation.kind == RelationKind.CUSTODIAN.value,
        AssetRelation.valid_to.is_(None),
    )
    owing = exists().where(
        ContractAsset.asset_id == Asset.id,
        ContractAsset.ended_on.is_(None),
        Due.contract_id == ContractAsset.contract_id,
        _overdue(on),
    )
    rows = select(
        Asset.id, Asset.original_value_fen, Asset.use_status == UseStatus.IDLE.value, owing,
        Asset.title_status != TitleStatus.CONFIRMED.value, and_(Asset.category != Category.HOUSEHOLD.value, ~kept),
    ).where(
        Asset.region_code.between(*code_range(plan.region_code)), Asset.stage == Stage.CONFIRMED.value,
        within(Asset, by, _P.ASSET_READ),
    )  # fmt: skip
    return rows.where(Asset.category == plan.category) if plan.category else rows


def _contracts(plan: SamplePlan, by: Actor, on: date) -> Select[int, int, bool, bool, bool, bool]:
    owing = exists().where(Due.contract_id == Contract.id, _overdue(on))
    return select(Contract.id, Contract.yearly_fen, false(), owing, false(), false()).where(
        Contract.region_code.between(*code_range(plan.region_code)), Contract.status == ContractStatus.RUNNING.value,
        within(Contract, by, _P.LEDGER_READ),
    )  # fmt: skip


def _vouchers(plan: SamplePlan, by: Actor, _on: date) -> Select[int, int, bool, bool, bool, bool]:
    return select(Voucher.id, func.abs(Voucher.debit_fen), false(), false(), false(), false()).where(
        Voucher.region_code.between(*code_range(plan.region_code)), Voucher.year == plan.year,
        within(Voucher, by, _P.LEDGER_READ),
    )  # fmt: skip


def _disposals(plan: SamplePlan, by: Actor, _on: date) -> Select[int, int, bool, bool, bool, bool]:
    year = (date(plan.year, 1, 1), date(plan.year, 12, 31))
    return select(DisposalCase.id, DisposalCase.own_fen, false(), false(), false(), false()).where(
        DisposalCase.region_code.between(*code_range(plan.region_code)), DisposalCase.status.in_(_DECIDED),
        DisposalCase.submitted_on.between(*year), within(DisposalCase, by, _P.ASSET_READ),
    )  # fmt: skip


_ROWS: dict[Population, Callable[[SamplePlan, Actor, date], Select[int, int, bool, bool, bool, bool]]] = {
    Population.ASSETS: _assets,
    Population.CONTRACTS: _contracts,
    Population.VOUCHERS: _vouchers,
    Population.DISPOSALS: _disposals,
}


def described(population: Population, ids: Collection[int]) -> dict[int, Described]:
    """Return what the worksheet says of things that were drawn."""
    return _DESCRIBED[population](ids)


def _described_assets(ids: Collection[int]) -> dict[int, Described]:
    rows = db.session.scalars(select(Asset).where(Asset.id.in_(ids)))
    return {
        one.id: Described(
            one.region_code, one.sector, one.asset_no, one.name,
            "，".join(filter(None, (
                one.subtype_row.label, TitleStatus(one.title_status).label, UseStatus(one.use_status).label,
                one.location_detail,
            ))),
        )
        for one in rows
    }  # fmt: skip


def _described_contracts(ids: Collection[int]) -> dict[int, Described]:
    rows = db.session.scalars(select(Contract).where(Contract.id.in_(ids)))
    return {
        one.id: Described(
            one.region_code, one.sector, one.number, one.name,
            f"{one.operator_name}，{one.starts_on.isoformat()}—{one.ends_on.isoformat()}",
        )
        for one in rows
    }  # fmt: skip


def _described_vouchers(ids: Collection[int]) -> dict[int, Described]:
    rows = db.session.scalars(select(Voucher).where(Voucher.id.in_(ids)))
    return {
        one.id: Described(
            one.region_code, "", f"{one.year}-{one.number}", one.summary,
            f"{one.booked_on.isoformat()}，{one.about.label}",
        )
        for one in rows
    }  # fmt: skip


def _described_disposals(ids: Collection[int]) -> dict[int, Described]:
    rows = db.session.scalars(select(DisposalCase).where(DisposalCase.id.in_(ids)))
    return {
        one.id: Described(
            one.region_code, one.sector, one.number, one.title,
            f"{DisposalKind(one.kind).label}，{one.state.label}",
        )
        for one in rows
    }  # fmt: skip


_DESCRIBED: dict[Population, Callable[[Collection[int]], dict[int, Described]]] = {
    Population.ASSETS: _described_assets,
    Population.CONTRACTS: _described_contracts,
    Population.VOUCHERS: _described_vouchers,
    Population.DISPOSALS: _described_disposals,
}
