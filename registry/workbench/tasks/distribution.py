"""What waits of distribution: work to verify, orders to release and to pay, agreed plans to carry out."""

from flask import url_for
from flask_babel import gettext as _

from registry.clock import start_of
from registry.ledger.distribution.payout.waiting import (
    count_to_pay,
    count_to_release,
    list_to_pay,
    list_to_release,
    still_to_pay,
)
from registry.ledger.distribution.plans.queries import count_agreed_plans, list_agreed_plans
from registry.ledger.distribution.work.queries import count_work_to_check, list_work_to_check
from registry.permissions import Actor
from registry.workbench.tasks.task import MOST_COUNTED, Task


def list_work(actor: Actor, most: int) -> list[Task]:
    """Return work records that wait to be verified."""
    return [
        Task(
            _("核实用工"), one.name, one.project, one.amount_fen, one.entered_at, _("我或同岗位的人，先办者为准"),
            url_for("work_records.show", work_id=one.id), _("去核实"),
        )
        for one in list_work_to_check(actor, most)
    ]  # fmt: skip


def count_work(actor: Actor) -> int:
    """Return how many work records wait to be verified."""
    return count_work_to_check(actor, MOST_COUNTED + 1)


def list_releases(actor: Actor, most: int) -> list[Task]:
    """Return payout orders that wait for a second person."""
    return [
        Task(
            _("复核发放单"), one.plan.title, one.number, one.total_fen, one.prepared_at,
            _("我或同岗位的人，先办者为准"), url_for("payouts.show", order_id=one.id), _("去复核"),
        )
        for one in list_to_release(actor, most)
    ]  # fmt: skip


def count_releases(actor: Actor) -> int:
    """Return how many payout orders wait for a second person."""
    return count_to_release(actor, MOST_COUNTED + 1)


def list_payments(actor: Actor, most: int) -> list[Task]:
    """Return payout orders that wait to be paid, or for what the bank says, with what is still to be paid of each."""
    orders = list_to_pay(actor, most)
    left = still_to_pay([one.id for one in orders])
    return [
        Task(
            _("发放"), one.plan.title, one.number, left.get(one.id, 0), one.released_at or one.prepared_at,
            _("我或同岗位的人，先办者为准"), url_for("payouts.show", order_id=one.id), _("去发放、登记结果"),
        )
        for one in orders
    ]  # fmt: skip


def count_payments(actor: Actor) -> int:
    """Return how many payout orders wait to be paid."""
    return count_to_pay(actor, MOST_COUNTED + 1)


def list_agreed(actor: Actor, most: int) -> list[Task]:
    """Return agreed plans of which no order has been prepared."""
    return [
        Task(
            _("执行分配方案"), one.title, one.number, one.handed_fen, start_of(one.agreed_on), _("我"),
            url_for("payouts.prepare", plan_id=one.id), _("去做发放单"),
        )
        for one in list_agreed_plans(actor, most)
        if one.agreed_on is not None
    ]  # fmt: skip


def count_agreed(actor: Actor) -> int:
    """Return how many agreed plans wait to be carried out."""
    return count_agreed_plans(actor, MOST_COUNTED + 1)
