"""What waits of earmarked money: for the second person, prices not paid, balances that should have been used."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from registry.clock import start_of, today
from registry.disposal.proceeds.desks import (
    Account,
    count_overdue_below,
    count_receipts_to_check,
    count_uses_to_confirm,
    list_overdue_below,
    list_receipts_to_check,
    list_uses_to_confirm,
)
from registry.disposal.proceeds.desks import count_overdue as count_past_term
from registry.disposal.proceeds.desks import count_unpaid as count_prices
from registry.disposal.proceeds.desks import list_overdue as list_past_term
from registry.disposal.proceeds.desks import list_unpaid as list_prices
from registry.disposal.proceeds.kinds import UseStatus
from registry.permissions import Actor
from registry.places.queries import names_of
from registry.workbench.tasks.task import MOST_COUNTED, Task


def list_second(actor: Actor, most: int) -> list[Task]:
    """Return what other people entered of this money and waits for this person."""
    desk = _("我或同级，先办者为准")
    uses = [
        Task(
            _("撤销处置收入用途") if use.state is UseStatus.UNDOING else _("处置收入用途"), case.title,
            f"{account.party.name} · {_(use.about.label)}", use.amount_fen, use.entered_at, desk,
            url_for("proceeds_uses.show", proceeds_id=account.id, use_id=use.id), _("去核对"),
        )
        for use, account, case in list_uses_to_confirm(actor, most)
    ]  # fmt: skip
    receipts = [
        Task(
            _("处置价款到账"), case.title, account.party.name, draft.amount_fen, draft.entered_at, desk,
            url_for("proceeds.receipt", proceeds_id=account.id, draft_id=draft.id), _("去核对"),
        )
        for draft, account, case in list_receipts_to_check(actor, most)
    ]  # fmt: skip
    return sorted([*uses, *receipts], key=lambda task: task.since)[:most]


def count_second(actor: Actor) -> int:
    """Return how much of this money waits for this person."""
    return count_uses_to_confirm(actor, MOST_COUNTED + 1) + count_receipts_to_check(actor, MOST_COUNTED + 1)


def list_unpaid(actor: Actor, most: int) -> list[Task]:
    """Return prices that have not come in whole."""
    return [
        Task(
            _("价款没有到齐"), case.title, account.party.name, account.open_fen, start_of(account.opened_on), _("我"),
            url_for("proceeds.receive", proceeds_id=account.id), _("去登记到账"),
        )
        for account, case in list_prices(actor, most)
    ]  # fmt: skip


def count_unpaid(actor: Actor) -> int:
    """Return how many prices have not come in whole."""
    return count_prices(actor, MOST_COUNTED + 1)


def list_overdue(actor: Actor, most: int) -> list[Task]:
    """Return balances that should have been used by now."""
    rows = list_past_term(actor, today(), most)
    return sorted(_late(rows, _("我"), _("去安排用途")), key=lambda task: task.since)


def count_overdue(actor: Actor) -> int:
    """Return how many balances should have been used by now."""
    return count_past_term(actor, today(), MOST_COUNTED + 1)


def list_late(actor: Actor, most: int) -> list[Task]:
    """Return balances of the units below that should have been used by now."""
    return _late(list_overdue_below(actor, today(), most), "", _("去督办"))


def count_late(actor: Actor) -> int:
    """Return how many balances of the units below should have been used by now."""
    return count_overdue_below(actor, today(), MOST_COUNTED + 1)


def _late(rows: Sequence[Account], desk: str, deed: str) -> list[Task]:
    """Tell of balances since the day on which their term ran out; without a desk named, it is the unit's."""
    names = names_of([account.region_code for account, _case in rows])
    return [
        Task(
            _("处置收入超期未用"), case.title, account.party.name, account.balance_fen, start_of(account.use_by),
            desk or names.get(account.region_code, ""), url_for("proceeds.show", proceeds_id=account.id), deed,
            account.use_by,
        )
        for account, case in rows
    ]  # fmt: skip
