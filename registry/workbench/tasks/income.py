"""What waits of income: what is due and not entered, receipts to check or to mend, debts to demand."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from registry.clock import start_of, today
from registry.ledger.operation.arrears.demanding import count_to_demand, list_to_demand
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.periods import quarter_of
from registry.ledger.operation.receipts.queries import (
    count_sent_back,
    count_to_check,
    list_sent_back,
    list_to_check,
)
from registry.ledger.operation.receipts.showing import assets_of_due
from registry.ledger.operation.receipts.waiting import count_waiting, list_waiting
from registry.ledger.operation.sheet.queries import count_unentered, list_unentered
from registry.permissions import Actor
from registry.workbench.tasks.task import MOST_COUNTED, Task


def list_to_enter(actor: Actor, most: int) -> list[Task]:
    """Return what falls due this quarter and nobody has entered: singly from the oldest, or all of it as agreed."""
    del most  # a quarter is one task however many dues it takes in
    quarter = quarter_of(today())
    waiting = list_unentered(actor.unit_code, quarter)
    if not waiting:
        return []
    oldest, total = waiting[0][0], sum(fen for _due, fen in waiting)
    first = next(iter(assets_of_due(oldest.id)), None)
    sheet = url_for("sheet.show")
    form = url_for("receipts.new", asset_no=first.asset_no, due=oldest.id) if first is not None else sheet
    unchanged = (_("本期无变化"), url_for("sheet.unchanged", period=quarter.key))
    return [
        Task(
            _("收益登记"), _("本季未登记 %(n)s 项", n=len(waiting)), first.name if first is not None else "", total,
            start_of(min(oldest.due_on, today())), _("我"), form, _("去登记"), quarter.last, (unchanged,),
        )
    ]  # fmt: skip


def count_to_enter(actor: Actor) -> int:
    """Return 1 if something that is due has not been entered."""
    return count_unentered(actor.unit_code, quarter_of(today()), 1)


def list_reviews(actor: Actor, most: int) -> list[Task]:
    """Return the receipts of others that wait to be checked, as one task."""
    del most  # they are looked through on one page
    waiting = list_to_check(actor, limit=MOST_COUNTED + 1)
    if not waiting:
        return []
    oldest = waiting[0][0]
    total = sum(receipt.amount_fen for receipt, _asset in waiting)
    return [
        Task(
            _("收益审核"), _("%(n)s 笔收益待审核", n=len(waiting)), waiting[0][1].name, total, oldest.entered_at,
            _("我或同岗位的人，先办者为准"), url_for("income.review"), _("去审核"),
        )
    ]  # fmt: skip


def count_reviews(actor: Actor) -> int:
    """Return 1 if receipts wait to be checked."""
    return count_to_check(actor, 1)


def list_releases(actor: Actor, most: int) -> list[Task]:
    """Return money in advance whose period has begun, as one task."""
    del most  # all of it becomes income on one page
    waiting = list_waiting(actor, today(), limit=MOST_COUNTED + 1)
    if not waiting:
        return []
    first, total = waiting[0], sum(one.left_fen for one in waiting)
    return [
        Task(
            _("预收结转"), _("%(n)s 笔预收款到期", n=len(waiting)), first.asset.name, total,
            start_of(max(first.row.earned_on, first.row.received_on)), _("我或同岗位的人，先办者为准"),
            url_for("income.prepaid"), _("去结转"),
        )
    ]  # fmt: skip


def count_releases(actor: Actor) -> int:
    """Return 1 if money in advance can become income."""
    return count_waiting(actor, today(), 1)


def list_mendings(actor: Actor, most: int) -> list[Task]:
    """Return this person's own receipts that were sent back."""
    return [
        Task(
            _("退回的收益"), asset.name, receipt.sent_back_reason, receipt.amount_fen, receipt.entered_at, _("我"),
            url_for("receipts.change", receipt_id=receipt.id), _("去修改"),
        )
        for receipt, asset in list_sent_back(actor, most)
    ]  # fmt: skip


def count_mendings(actor: Actor) -> int:
    """Return how many of this person's receipts were sent back."""
    return count_sent_back(actor, MOST_COUNTED + 1)


def list_demands(actor: Actor, most: int) -> list[Task]:
    """Return debtors of whom overdue money was not demanded, or whose period has run out, one task for a contract."""
    return [
        Task(
            _("欠款催缴"), one.dues[0].debtor_name, _owed_for(one.dues), one.owed_fen, start_of(one.dues[0].due_on),
            _("我"), url_for("arrears.show", due_id=one.dues[0].id), _("去催缴"),
        )
        for one in list_to_demand(actor, today(), most)
    ]  # fmt: skip


def _owed_for(dues: Sequence[Due]) -> str:
    what = "、".join(dict.fromkeys(_(due.about.label) for due in dues))
    return what if len(dues) == 1 else str(_("%(what)s，共 %(n)s 笔", what=what, n=len(dues)))


def count_demands(actor: Actor) -> int:
    """Return how many debtors are to be asked for money."""
    return count_to_demand(actor, today(), MOST_COUNTED + 1)
