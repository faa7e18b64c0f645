"""What is kept beside dues in the same transaction: sums per unit, sector and month."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from registry.ledger.operation.dues.models import Due, DueSum
from registry.ledger.operation.kinds import OUTSTANDING, DueStatus
from registry.ledger.operation.periods import month_of
from registry.summing import Counted, add_rows


def add_to_sums(dues: Iterable[Due]) -> None:
    """Enter new dues into the sums of their units."""
    add_rows(DueSum, [_counted(due, 1) for due in dues])


@contextmanager
def moving(dues: Sequence[Due]) -> Iterator[None]:
    """Bring the sums along with whatever is done to dues in here; one within another would count twice."""
    before = [_counted(due, -1) for due in dues]
    yield
    add_rows(DueSum, [*before, *(_counted(due, 1) for due in dues)])


def _counted(due: Due, sign: int) -> Counted:
    """Return where a due is counted, and for what: nothing while it is unstated, or once it fell."""
    stated = due.amount_fen is not None and due.state is not DueStatus.VOID
    figures = (1, due.amount_fen or 0, due.settled_fen, due.written_off_fen, int(due.state in OUTSTANDING))
    return due.region_code, (due.sector, month_of(due.due_on)), [sign * stated * figure for figure in figures]
