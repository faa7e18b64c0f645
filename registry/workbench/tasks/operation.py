"""What waits of operation: contracts to sign, to renew and past their term; what needs a second person."""

from collections.abc import Sequence
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from registry.clock import start_of, today
from registry.ledger.operation.contracts.models import Contract
from registry.ledger.operation.contracts.queries import (
    contracts_to_renew,
    count_legacy_to_confirm,
    count_to_renew,
    count_to_sign,
    list_legacy_to_confirm,
    list_to_sign,
)
from registry.ledger.operation.contracts.queries import count_expired as count_past_term
from registry.ledger.operation.contracts.queries import list_expired as list_past_term
from registry.ledger.operation.equity.queries import count_to_confirm, list_to_confirm
from registry.permissions import Actor
from registry.workbench.tasks.task import MOST_COUNTED, Task


def _contracts(rows: Sequence[Contract], kind: str, deed: str, since: str) -> list[Task]:
    """Tell of contracts, each since a day of its own."""
    return [
        Task(
            kind, one.name, one.operator_name, one.yearly_fen or None, start_of(_day(one, since)),
            _("我或同岗位的人，先办者为准"), url_for("contracts.show", contract_id=one.id), deed,
            one.ends_on if since == "ends_on" else None,
        )
        for one in rows
    ]  # fmt: skip


def _day(contract: Contract, name: str) -> date:
    day: date | None = getattr(contract, name)
    return min(day or today(), today())


def list_signing(actor: Actor, most: int) -> list[Task]:
    """Return contracts that were agreed to and wait for their signed paper."""
    return _contracts(list_to_sign(actor, most), _("待签订合同"), _("去登记签订"), "agreed_on")


def count_signing(actor: Actor) -> int:
    """Return how many contracts wait for their signed paper."""
    return count_to_sign(actor, MOST_COUNTED + 1)


def list_renewals(actor: Actor, most: int) -> list[Task]:
    """Return contracts of which it has to be decided whether they are renewed."""
    return _contracts(contracts_to_renew(actor, today(), most), _("合同临近到期"), _("去续签或准备收回"), "ends_on")


def count_renewals(actor: Actor) -> int:
    """Return how many contracts end soon."""
    return count_to_renew(actor, today(), MOST_COUNTED + 1)


def list_expired(actor: Actor, most: int) -> list[Task]:
    """Return contracts past their term that nobody has closed."""
    return _contracts(list_past_term(actor, today(), most), _("合同已到期"), _("去续签或结束"), "ends_on")


def count_expired(actor: Actor) -> int:
    """Return how many contracts are past their term."""
    return count_past_term(actor, today(), MOST_COUNTED + 1)


def list_second(actor: Actor, most: int) -> list[Task]:
    """Return contracts of the past and equity that wait for their second person."""
    desk = _("我或同级，先办者为准")
    contracts = [
        Task(
            _("历史合同补录"), one.name, one.operator_name, one.yearly_fen or None, one.entered_at, desk,
            url_for("contracts.show", contract_id=one.id), _("去核对"),
        )
        for one in list_legacy_to_confirm(actor, most)
    ]  # fmt: skip
    equity = [
        Task(
            _("股权登记"), one.investee.name, one.holder.name, one.capital_fen, one.entered_at, desk,
            url_for("equity.show", equity_id=one.id), _("去核对"),
        )
        for one in list_to_confirm(actor, most)
    ]  # fmt: skip
    return sorted([*contracts, *equity], key=lambda task: task.since)[:most]


def count_second(actor: Actor) -> int:
    """Return how many contracts of the past and how much equity wait for their second person."""
    most = MOST_COUNTED + 1
    return count_legacy_to_confirm(actor, most) + count_to_confirm(actor, most)
