"""What waits of disposals beside requests at desks: drafts, prices to tell, cases to carry out, results to publish."""

from collections.abc import Callable, Sequence
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from registry.assets.register.lookup.showing import deed_url
from registry.clock import start_of, today
from registry.disposal.cases.models import DisposalCase
from registry.disposal.procedure import desks
from registry.disposal.procedure.deed_queries import count_undecided_losses, list_undecided_losses
from registry.disposal.procedure.desks import count_waiting, list_waiting
from registry.permissions import Actor
from registry.workbench.tasks.task import MOST_COUNTED, Task


def _tasks(
    cases: Sequence[DisposalCase], kind: str, deed: str, endpoint: str, since: Callable[[DisposalCase], datetime]
) -> list[Task]:
    """Tell of cases, each since a moment of its own; the oldest first."""
    found = [
        Task(
            kind, case.title, f"{case.number} · {_(case.about.label)}", case.own_fen or case.original_fen or None,
            since(case), _("我或同岗位的人，先办者为准"), _page(endpoint, case.id), deed, case.decide_by,
        )
        for case in cases
    ]  # fmt: skip
    return sorted(found, key=lambda task: task.since)


def _page(endpoint: str, case_id: int) -> str:
    return deed_url(endpoint, disposal_id=str(case_id)) or url_for("disposals.show", disposal_id=case_id)


def _opened(case: DisposalCase) -> datetime:
    return case.opened_at


def _approved(case: DisposalCase) -> datetime:
    return start_of(case.approved_on or today())


def _done(case: DisposalCase) -> datetime:
    return start_of(case.done_on or today())


def list_drafts(actor: Actor, most: int) -> list[Task]:
    """Return cases of this person's unit that were begun and not submitted."""
    cases = list_waiting(desks.drafts(actor), most)
    return _tasks(cases, _("处置草稿"), _("去核对提交"), "disposals.submit", _opened)


def count_drafts(actor: Actor) -> int:
    """Return how many cases were begun and not submitted."""
    return count_waiting(desks.drafts(actor), MOST_COUNTED + 1)


def list_losses(actor: Actor, most: int) -> list[Task]:
    """Return sudden losses that were recorded and are still to be decided on, with the day until when."""
    cases = list_undecided_losses(actor, most)
    return _tasks(cases, _("突发损失待报批"), _("去核对提交"), "disposals.submit", _opened)


def count_losses(actor: Actor) -> int:
    """Return how many sudden losses are still to be decided on."""
    return count_undecided_losses(actor, MOST_COUNTED + 1)


def list_prices(actor: Actor, most: int) -> list[Task]:
    """Return approved cases of which the trade's result is still to be told."""
    cases = list_waiting(desks.to_price(actor), most)
    return _tasks(cases, _("待公开交易"), _("去登记成交"), "disposal_prices.price", _approved)


def count_prices(actor: Actor) -> int:
    """Return how many approved cases wait for their price."""
    return count_waiting(desks.to_price(actor), MOST_COUNTED + 1)


def list_suspended(actor: Actor, most: int) -> list[Task]:
    """Return cases that a far too low price suspended."""
    cases = list_waiting(desks.suspended(actor), most)
    return _tasks(cases, _("成交价过低，已中止"), _("重新交易或撤回"), "disposals.show", _approved)


def count_suspended(actor: Actor) -> int:
    """Return how many cases a far too low price suspended."""
    return count_waiting(desks.suspended(actor), MOST_COUNTED + 1)


def list_cleared(actor: Actor, most: int) -> list[Task]:
    """Return cases that this person may carry out as the second one."""
    cases = list_waiting(desks.cleared(actor), most)
    return _tasks(cases, _("处置待执行"), _("去核对执行"), "disposal_deeds.execute", _approved)


def count_cleared(actor: Actor) -> int:
    """Return how many cases this person may carry out."""
    return count_waiting(desks.cleared(actor), MOST_COUNTED + 1)


def list_results(actor: Actor, most: int) -> list[Task]:
    """Return cases that were carried out and whose result is still to be made public."""
    cases = list_waiting(desks.to_publish(actor), most)
    return _tasks(cases, _("处置结果待公示"), _("去公示"), "disposal_prices.result", _done)


def count_results(actor: Actor) -> int:
    """Return how many results are still to be made public."""
    return count_waiting(desks.to_publish(actor), MOST_COUNTED + 1)


def list_called_in(actor: Actor, most: int) -> list[Task]:
    """Return cases of this person's unit that a level above has called in."""
    cases = list_waiting(desks.called_in(actor), most)
    return _tasks(cases, _("处置被提级调阅"), _("查看"), "disposals.show", _approved)


def count_called_in(actor: Actor) -> int:
    """Return how many cases a level above has called in."""
    return count_waiting(desks.called_in(actor), MOST_COUNTED + 1)
