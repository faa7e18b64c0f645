"""How long the bars of a board are: thousandths of the longest. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from registry.reports.boards.figures import MonthLine
from registry.reports.boards.rules import PER_MILLE


@dataclass(frozen=True)
class Bars:
    """The two bars of a month: its income, and that of the same month of the year before."""

    month: MonthLine
    now: int
    before: int


def bars_of(months: Sequence[MonthLine]) -> list[Bars]:
    """Return the bars of months, drawn to one scale; a month in which more was taken back than came in has none."""
    longest = max((fen for one in months for fen in (one.income_fen, one.before_fen)), default=0)
    return [Bars(one, _length(one.income_fen, longest), _length(one.before_fen, longest)) for one in months]


def _length(fen: int, longest: int) -> int:
    return max(fen, 0) * PER_MILLE // longest if longest > 0 else 0
