"""What is kept beside dues in the same transaction: sums per unit, sector and month."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from registry.assets.register.cards.index import summing_units
from registry.ledger.operation.dues.models import Due, DueSum
from registry.ledger.operation.kinds import OUTSTANDING, DueStatus
from registry.ledger.operation.periods import month_of
from registry.summing import Key, add_to_kept

_Figures = tuple[int, int, int, int, int]


def add_to_sums(dues: Iterable[Due]) -> None:
    """Enter new dues into the sums of their units."""
    _sum([(1, *_counted(due)) for due in dues])


@contextmanager
def moving(dues: Sequence[Due]) -> Iterator[None]:
    """Bring the sums along with whatever is done to dues in here; one within another would count twice."""
    before = [(-1, *_counted(due)) for due in dues]
    yield
    _sum([*before, *((1, *_counted(due)) for due in dues)])


def _counted(due: Due) -> tuple[str, str, int, _Figures]:
    """Return where a due is counted, and for what: nothing while it is unstated, or once it fell."""
    stated = due.amount_fen is not None and due.state is not DueStatus.VOID
    figures = (1, due.amount_fen or 0, due.settled_fen, due.written_off_fen, int(due.state in OUTSTANDING))
    return due.region_code, due.sector, month_of(due.due_on), figures if stated else (0, 0, 0, 0, 0)


def _sum(counted: Iterable[tuple[int, str, str, int, _Figures]]) -> None:
    found: dict[Key, list[int]] = {}
    for sign, region_code, sector, month, figures in counted:
        for unit in summing_units(region_code):
            kept = found.setdefault((unit, sector, month), [0, 0, 0, 0, 0])
            kept[:] = [had + sign * figure for had, figure in zip(kept, figures, strict=True)]
    add_to_kept(DueSum, found)
