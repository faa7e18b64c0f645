"""What waits at the desks of the unit that disposes: for its clerk, for its second person."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, String, cast, exists, select

from registry.approvals.notices.models import Notice
from registry.approvals.notices.rules import NoticeKind
from registry.counting import count_up_to
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.disposal.cases.opening import TABLE
from registry.disposal.kinds import MEANINGS, DisposalStatus, Pricing
from registry.disposal.prices.kinds import CARRIES, PriceVerdict
from registry.disposal.prices.models import DisposalPrice
from registry.permissions import Actor, Permission
from registry.scope import within

Wanted = tuple[ColumnElement[bool], ...]
_OPENED = [kind.value for kind, meaning in MEANINGS.items() if meaning.pricing is Pricing.OPENED]
_REMOVING = [kind.value for kind, meaning in MEANINGS.items() if meaning.removes]


def _here(actor: Actor, permission: Permission, status: DisposalStatus) -> Wanted:
    """Cases of the actor's own unit in a state: what units below leave undone is not work at this desk."""
    return (
        DisposalCase.status == status.value, DisposalCase.region_code == actor.unit_code,
        within(DisposalCase, actor, permission),
    )  # fmt: skip


def _has_price(*verdicts: PriceVerdict) -> ColumnElement[bool]:
    words = [one.value for one in verdicts]
    return exists().where(DisposalPrice.case_id == DisposalCase.id, DisposalPrice.verdict.in_(words))


def drafts(actor: Actor) -> Wanted:
    """Cases that were begun and not submitted; sudden losses have days and a list of their own."""
    return (
        *_here(actor, Permission.DISPOSAL_ENTER, DisposalStatus.DRAFT), DisposalCase.is_sudden.is_(False),
        DisposalCase.is_legacy.is_(False),
    )  # fmt: skip


def to_price(actor: Actor) -> Wanted:
    """Approved cases of which the trade's result is still to be told."""
    return (
        *_here(actor, Permission.DISPOSAL_ENTER, DisposalStatus.APPROVED), DisposalCase.kind.in_(_OPENED),
        ~_has_price(*CARRIES, PriceVerdict.WAITING),
    )  # fmt: skip


def cleared(actor: Actor) -> Wanted:
    """Cases that the second person may carry out: agreed to by all, and with a price that carries if one is needed."""
    return (
        *_here(actor, Permission.DISPOSAL_CARRY_OUT, DisposalStatus.APPROVED),
        DisposalCase.kind.not_in(_OPENED) | _has_price(*CARRIES),
    )  # fmt: skip


def suspended(actor: Actor) -> Wanted:
    """Cases whose price was far too low: traded anew, or taken back."""
    return _here(actor, Permission.DISPOSAL_ENTER, DisposalStatus.SUSPENDED)


def called_in(actor: Actor) -> Wanted:
    """Cases that a level above looks at; nobody carries them out meanwhile."""
    return _here(actor, Permission.DISPOSAL_ENTER, DisposalStatus.CALLED_IN)


def to_publish(actor: Actor) -> Wanted:
    """Cases that were carried out and whose result has not been made public."""
    posted = exists().where(
        Notice.case_table == TABLE, Notice.case_id == cast(DisposalCase.id, String),
        Notice.kind == NoticeKind.DISPOSAL_RESULT.value,
    )  # fmt: skip
    return (
        *_here(actor, Permission.NOTICE_POST, DisposalStatus.DONE), DisposalCase.is_legacy.is_(False),
        DisposalCase.kind.in_(_REMOVING), ~posted,
    )  # fmt: skip


def list_waiting(wanted: Wanted, limit: int) -> Sequence[DisposalCase]:
    """Return the cases that wait at a desk, the oldest first."""
    return list(db.session.scalars(select(DisposalCase).where(*wanted).order_by(DisposalCase.id).limit(limit)))


def count_waiting(wanted: Wanted, most: int) -> int:
    """Return how many cases wait at a desk, counting up to a number."""
    return count_up_to(select(DisposalCase.id).where(*wanted), most)
