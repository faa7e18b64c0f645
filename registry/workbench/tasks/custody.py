"""What waits of custody: agreements offered, patrols due, faults to repair and repairs to accept."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from registry.assets.custody.agreements.queries import count_expired, count_offers_to, list_expired, list_offers_to
from registry.assets.custody.faults.models import Fault
from registry.assets.custody.faults.queries import (
    count_faults_to_repair,
    count_repairs_to_accept,
    list_faults_to_repair,
    list_repairs_to_accept,
)
from registry.assets.custody.patrols.queries import count_due, list_due
from registry.assets.custody.posts.queries import count_ended_posts, list_ended_posts
from registry.assets.register.cards.models import Asset
from registry.clock import start_of, today
from registry.permissions import Actor
from registry.workbench.tasks.task import MOST_COUNTED, Task


def list_offers(actor: Actor, most: int) -> list[Task]:
    """Return agreements that wait for this person's own answer."""
    return [
        Task(
            _("管护协议"), _("%(number)s，%(n)s 项资产", number=one.number, n=len(one.items)), one.offered_by_text,
            one.pay_fen or None, one.offered_at, _("我"), url_for("agreements.show", agreement_id=one.id),
            _("接受或谢绝"),
        )
        for one in list_offers_to(actor, today(), most)
    ]  # fmt: skip


def count_offers(actor: Actor) -> int:
    """Return how many agreements wait for this person's own answer."""
    return count_offers_to(actor, today(), MOST_COUNTED + 1)


def list_rounds(actor: Actor, most: int) -> list[Task]:
    """Return the round that is due of everything in this person's care, as one task."""
    del most  # a round is one task however many assets it takes in
    due = list_due(actor, today())
    if not due:
        return []
    days = [one.due_on for one in due if one.due_on is not None]
    first = min(days, default=today())
    subject, context = _("巡查：%(n)s 项到期", n=len(due)), due[0].asset.name
    return [
        Task(_("巡查"), subject, context, None, start_of(first), _("我"), url_for("patrols.walk"), _("去巡查"), first)
    ]


def count_rounds(actor: Actor) -> int:
    """Return 1 if a round is due."""
    return count_due(actor, today(), 1)


def list_repairs(actor: Actor, most: int) -> list[Task]:
    """Return faults that this person has to see repaired."""
    return _faults(list_faults_to_repair(actor, today(), most), _("待维修"), _("去维修"))


def count_repairs(actor: Actor) -> int:
    """Return how many faults this person has to see repaired."""
    return count_faults_to_repair(actor, today(), MOST_COUNTED + 1)


def list_acceptances(actor: Actor, most: int) -> list[Task]:
    """Return repairs that wait for this person's acceptance."""
    return _faults(list_repairs_to_accept(actor, today(), most), _("维修验收"), _("去验收"))


def count_acceptances(actor: Actor) -> int:
    """Return how many repairs wait for this person's acceptance."""
    return count_repairs_to_accept(actor, today(), MOST_COUNTED + 1)


def _faults(rows: Sequence[tuple[Fault, Asset]], kind: str, deed: str) -> list[Task]:
    return [
        Task(
            kind, asset.name, fault.description, fault.cost_fen or None, start_of(fault.repaired_on or fault.found_on),
            _("我或同岗位的人，先办者为准"), url_for("faults.show", fault_id=fault.id), deed, fault.due_on,
        )
        for fault, asset in rows
    ]  # fmt: skip


def list_ended(actor: Actor, most: int) -> list[Task]:
    """Return agreements and posts whose term is over."""
    agreements = [
        Task(
            _("管护协议到期"), one.number, one.custodian_name, None, start_of(one.ends_on), _("我"),
            url_for("agreements.show", agreement_id=one.id), _("去续签或交还"), one.ends_on,
        )
        for one in list_expired(actor, today(), most)
    ]  # fmt: skip
    posts = [
        Task(
            _("公益性岗位到期"), one.title, one.name, None, start_of(one.ends_on), _("我"),
            url_for("posts.show", post_id=one.id), _("去办离岗"), one.ends_on,
        )
        for one in list_ended_posts(actor, today(), most)
    ]  # fmt: skip
    return sorted([*agreements, *posts], key=lambda task: task.since)[:most]


def count_ended(actor: Actor) -> int:
    """Return how many agreements and posts are past their term."""
    most = MOST_COUNTED + 1
    return count_expired(actor, today(), most) + count_ended_posts(actor, today(), most)
