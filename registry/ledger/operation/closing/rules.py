"""What the dues say is earned in a month and not yet received, and what may be accrued of it. Pure.

Income belongs to the month that earned it, whenever it is paid (财会〔2023〕14号, accrual basis).
"""

from dataclasses import dataclass
from datetime import date

from registry.errors import Invalid
from registry.ledger.operation.dues.plan import earned_by
from registry.money import format_yuan
from registry.text import N_


class MoreThanLeft(Invalid):
    """No more is accrued of a due than it comes to."""

    message = N_("“%(debtor)s”这笔应收最多还能计提 %(left)s 元。")


class NotThisMonth(Invalid):
    """What is accrued is due to the owner of the book, for a period that has begun."""

    message = N_("这个月没有编号为 %(id)s 的应收可以计提。")


class AmountsRefused(Invalid):
    """Some amounts cannot be taken; closing was not asked for."""

    message = N_("有 %(count)s 笔要改，还没有申请结账。")


@dataclass(frozen=True)
class EarnedShare:
    """An owner's part of a due: the whole of it, what is still open, what was accrued before; amounts in fen."""

    share_id: int
    debtor: str
    period_from: date
    period_to: date
    amount_fen: int
    open_fen: int
    accrued_fen: int

    @property
    def left_fen(self) -> int:
        """What can still be accrued."""
        return max(self.amount_fen - self.accrued_fen, 0)

    def earned_fen(self, until: date) -> int:
        """Return what of the whole is earned by the end of a day."""
        return earned_by(self.amount_fen, self.period_from, self.period_to, until)

    def suggested_fen(self, until: date) -> int:
        """Return what is earned by a day, not accrued before and not received."""
        return max(min(self.earned_fen(until) - self.accrued_fen, self.open_fen), 0)


def check_accrued(share: EarnedShare, amount_fen: int) -> None:
    """Raise MoreThanLeft unless an amount is within what the due comes to."""
    if not 0 <= amount_fen <= share.left_fen:
        raise MoreThanLeft(field="amount", debtor=share.debtor, left=format_yuan(share.left_fen))
