"""Frozen inputs as canonical JSON with a digest: what was decided on can be read and computed again. Pure."""

from hashlib import sha256
from typing import cast

from registry.audit.canonical import JsonValue, decode, encode
from registry.ledger.distribution.plans.computing import RULE, Inputs
from registry.ledger.distribution.plans.pool import Cost, OfficialYear, Pool, Taken
from registry.ledger.distribution.plans.shares import Basis, Beneficiary, Entitlement, Instalment
from registry.ledger.distribution.plans.uses import Terms, Use, UseKind, Work

Row = dict[str, JsonValue]


def freeze(inputs: Inputs) -> str:
    """Write inputs as the one canonical text they have."""
    return encode(
        {
            "rule": RULE,
            "period": [inputs.period_from, inputs.period_to],
            "instalments": [[one.number, one.last_month] for one in inputs.instalments],
            "income": [[one.row_id, one.amount_fen, one.fresh_fen] for one in inputs.pool.income],
            "costs": [[one.table, one.id, one.amount_fen] for one in inputs.pool.costs],
            "official": _official(inputs.official),
            "charter_bp": inputs.charter_bp,
            "distributed_fen": inputs.distributed_fen,
            "uses": [_use(use) for use in inputs.uses],
            "rolls": [[_beneficiary(one) for one in sorted(roll, key=lambda one: one.id)] for roll in inputs.rolls],
        }
    )


def digest_of(frozen: str) -> str:
    """Return the digest that decisions bind."""
    return sha256(frozen.encode()).hexdigest()


def thaw(frozen: str) -> Inputs:
    """Read frozen inputs back; raises NotCanonical, ValueError for another rule."""
    row = cast("Row", decode(frozen))
    if row["rule"] != RULE:
        raise ValueError(f"computed by another rule: {row['rule']}")
    period = _list(row["period"])
    return Inputs(
        period_from=str(period[0]),
        period_to=str(period[1]),
        instalments=tuple(Instalment(_int(number), str(month)) for number, month in _rows(row["instalments"])),
        pool=Pool(
            tuple(Taken(_int(key), _int(fen), _int(fresh)) for key, fen, fresh in _rows(row["income"])),
            tuple(Cost(str(table), str(key), _int(fen)) for table, key, fen in _rows(row["costs"])),
        ),
        official=_read_official(_list(row["official"])),
        charter_bp=_int(row["charter_bp"]),
        uses=tuple(_read_use(cast("Row", use)) for use in _list(row["uses"])),
        rolls=tuple(tuple(_read_beneficiary(one) for one in _rows(roll)) for roll in _list(row["rolls"])),
        distributed_fen=_int(row["distributed_fen"]),
    )


def _official(official: OfficialYear) -> JsonValue:
    return [official.prior_loss_fen, official.result_fen, official.fund_fen, official.paper, official.prior_surplus_fen]


def _read_official(row: list[JsonValue]) -> OfficialYear:
    return OfficialYear(_int(row[0]), _int(row[1]), _int(row[2]), str(row[3]), _int(row[4]))


def _use(use: Use) -> JsonValue:
    terms = use.terms
    return {
        "kind": use.kind.value,
        "label": use.label,
        "amount_fen": use.amount_fen,
        "basis": use.basis.value,
        "entitlement": use.entitlement.value,
        "fixed": pairs(use.fixed),
        "factors": [[name, use.factor_weights[name]] for name in sorted(use.factor_weights)],
        "work": [
            [one.record_id, one.beneficiary_id, one.half_days, one.rate_fen]
            for one in sorted(use.work, key=lambda one: one.record_id)
        ],
        "terms": [terms.principal_fen, terms.rate_bp, terms.months] if terms else None,
        "contract": use.contract_id,
        "asset": use.asset_id,
        "goods": use.goods,
        "payee": use.payee,
        "cost": list(use.cost) if use.cost else None,
    }


def pairs(amounts: "dict[int, int] | object") -> JsonValue:
    """Write amounts by beneficiary in the order of beneficiaries."""
    known = cast("dict[int, int]", amounts)
    return [[key, known[key]] for key in sorted(known)]


def _read_use(row: Row) -> Use:
    cost = _list(row["cost"]) if row["cost"] else None
    terms = _list(row["terms"]) if row["terms"] else None
    return Use(
        kind=UseKind(str(row["kind"])),
        label=str(row["label"]),
        amount_fen=_int(row["amount_fen"]),
        basis=Basis(str(row["basis"])),
        entitlement=Entitlement(str(row["entitlement"])),
        fixed={_int(key): _int(fen) for key, fen in _rows(row["fixed"])},
        factor_weights={str(name): _int(weight) for name, weight in _rows(row["factors"])},
        work=tuple(
            Work(_int(key), _int(who), "", _int(days), _int(rate), is_verified=True)
            for key, who, days, rate in _rows(row["work"])
        ),
        terms=Terms(_int(terms[0]), _int(terms[1]), _int(terms[2])) if terms else None,
        contract_id=_number(row["contract"]),
        asset_id=_number(row["asset"]),
        goods=str(row["goods"]),
        payee=str(row["payee"]),
        cost=(str(cost[0]), str(cost[1])) if cost else None,
    )


def _beneficiary(one: Beneficiary) -> JsonValue:
    factors: list[JsonValue] = [[name, count] for name, count in sorted(one.factors)]
    spells: list[JsonValue] = [[first, last] for first, last in one.spells]
    return [one.id, one.shares, one.heads, factors, spells, one.payee]


def _read_beneficiary(row: list[JsonValue]) -> Beneficiary:
    return Beneficiary(
        id=_int(row[0]),
        shares=_int(row[1]),
        heads=_int(row[2]),
        factors=tuple((str(name), _int(count)) for name, count in _rows(row[3])),
        spells=tuple((str(first), str(last)) for first, last in _rows(row[4])),
        payee=str(row[5]),
    )


def _int(value: JsonValue) -> int:
    if not isinstance(value, int):
        raise TypeError("a whole number was expected")
    return value


def _number(value: JsonValue) -> int | None:
    return None if value is None else _int(value)


def _list(value: JsonValue) -> list[JsonValue]:
    if not isinstance(value, list):
        raise TypeError("a list was expected")
    return value


def _rows(value: JsonValue) -> list[list[JsonValue]]:
    return [_list(one) for one in _list(value)]
