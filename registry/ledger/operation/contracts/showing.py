"""A contract in words, as pages, notices and decisions show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from registry.clock import today
from registry.ledger.operation.contracts.cautions import Caution, Overlap, cautions
from registry.ledger.operation.contracts.content import rent_of, terms_of
from registry.ledger.operation.contracts.kinds import Phase
from registry.ledger.operation.contracts.models import Contract
from registry.ledger.operation.contracts.queries import list_overlapping
from registry.ledger.operation.contracts.rules import phase_of
from registry.ledger.operation.contracts.services import assets_of, handled
from registry.ledger.operation.contracts.signing import planned_of
from registry.ledger.operation.contracts.terms import Owed
from registry.ledger.operation.kinds import RentKind
from registry.money import format_yuan
from registry.policy.parameters import Parameter
from registry.policy.queries import policy_for


def percent(bp: int) -> str:
    """Write basis points as a percentage without needless zeros."""
    text = f"{bp // 100}.{bp % 100:02d}".rstrip("0").rstrip(".")
    return f"{text}%"


def term_words(contract: Contract) -> str:
    """Say from when to when a contract lasts."""
    return str(_("%(first)s 至 %(last)s", first=contract.starts_on, last=contract.ends_on))


def price_words(contract: Contract) -> str:
    """Say what is paid, how often and when."""
    rent, parts = rent_of(contract), []
    if not rent.yearly_fen and not rent.share_bp:
        return str(_("自营，收益归权利人"))
    if rent.yearly_fen:
        parts.append(_("每年 %(amount)s 元", amount=format_yuan(rent.yearly_fen)))
    if rent.rise_bp:
        parts.append(_("每 %(years)s 年递增 %(percent)s", years=rent.rise_years, percent=percent(rent.rise_bp)))
    if rent.share_bp and rent.share_basis and rent.kind is not RentKind.FIXED:
        parts.append(_("按%(basis)s分成 %(percent)s", basis=_(rent.share_basis.label), percent=percent(rent.share_bp)))
    parts.append(_(rent.frequency.label) + (_("先付") if rent.in_advance else _("后付")))
    if rent.deposit_fen:
        parts.append(_("押金 %(amount)s 元", amount=format_yuan(rent.deposit_fen)))
    if rent.principal_fen:
        parts.append(_("本金 %(amount)s 元", amount=format_yuan(rent.principal_fen)))
    return "，".join(map(str, parts))


def share_words(contract: Contract) -> str:
    """Say which owner gets which share."""
    return "；".join(f"{one.party.name} {percent(one.share_bp)}" for one in contract.shares)


def said(caution: Caution) -> str:
    """Say one caution with its figures."""
    return str(_(caution.kind.label) % caution.figures)


def cautions_of(contract: Contract) -> list[str]:
    """Return in words what should be looked at before a contract is decided."""
    on, assets = contract.entered_at.date(), assets_of(contract)
    besides = [contract.id, *([contract.previous_id] if contract.previous_id else [])]
    others = list_overlapping([one.id for one in assets], contract.starts_on, contract.ends_on, besides=besides)
    overlaps = [Overlap(one.number, one.operator_name) for one in others]
    policy = policy_for(contract.region_code, on)
    return [said(one) for one in cautions(terms_of(contract), handled(assets, on), overlaps, policy=policy)]


def phase(contract: Contract, on: date) -> Phase:
    """Return what a contract is on a day, by the policy of its unit."""
    days = policy_for(contract.region_code, on).number(Parameter.RENEWAL_DAYS)
    return phase_of(contract.state, contract.ends_on, on, renewal_days=days)


@dataclass(frozen=True)
class PlannedRow:
    """One line of a due plan before it is made."""

    kind: str
    first: date
    last: date
    due_on: date
    amount_fen: int | None


def preview(contract: Contract) -> list[PlannedRow]:
    """Return what would become due if a contract were signed as it stands, in the order of the days."""
    if contract.way.value == "SELF_RUN":
        return []
    rows = [row for owed in planned_of(contract) for row in _rows(owed)]
    return sorted(rows, key=lambda one: (one.due_on, one.first))


def _rows(owed: Owed) -> Sequence[PlannedRow]:
    return [
        PlannedRow(owed.kind.label, one.period.first, one.period.last, one.period.due_on, one.amount_fen)
        for one in owed.planned
    ]


def phases(contracts: Sequence[Contract]) -> dict[int, Phase]:
    """Return what contracts are today, by id."""
    return {one.id: phase(one, today()) for one in contracts}
