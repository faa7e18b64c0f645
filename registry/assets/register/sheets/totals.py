"""Checking the subtotals and totals that stand in a table against the rows they add up."""

from collections.abc import Mapping, Sequence

from registry.assets.register.sheets.problems import Notice, say
from registry.assets.register.sheets.rows import RowKind
from registry.money import format_yuan
from registry.text import N_

#: Row number → column → fen; None where a cell of money could not be read.
Amounts = Mapping[int, Mapping[str, int | None]]


def check_totals(kinds: Sequence[RowKind], amounts: Amounts, headings: Mapping[str, str]) -> tuple[Notice, ...]:
    """Compare every subtotal with its group and every total with all rows; returns a notice for each difference."""
    data = [row for row, kind in enumerate(kinds, 1) if kind is RowKind.DATA]
    notices: list[Notice] = []
    for row, kind in enumerate(kinds, 1):
        groups = [data] if kind is RowKind.TOTAL else _groups(row, kinds) if kind is RowKind.SUBTOTAL else []
        if groups:
            notices += _differences(row, kind, groups, amounts, headings)
    return tuple(notices)


def _groups(row: int, kinds: Sequence[RowKind]) -> list[list[int]]:
    """Return the rows a subtotal may add up: those above it to the last subtotal, or those below it to the next."""
    above, below = _stretch(range(row - 1, 0, -1), kinds), _stretch(range(row + 1, len(kinds) + 1), kinds)
    return [group for group in (above, below) if group]


def _stretch(rows: Sequence[int], kinds: Sequence[RowKind]) -> list[int]:
    stretch: list[int] = []
    for row in rows:
        if kinds[row - 1] in {RowKind.SUBTOTAL, RowKind.TOTAL}:
            break
        if kinds[row - 1] is RowKind.DATA:
            stretch.append(row)
    return stretch


def _differences(
    row: int, kind: RowKind, groups: Sequence[Sequence[int]], amounts: Amounts, headings: Mapping[str, str]
) -> list[Notice]:
    notices = []
    for column, written in amounts.get(row, {}).items():
        sums = [_sum(group, column, amounts) for group in groups]
        if written is None or written in sums:
            continue
        heading, total = headings[column], sums[0]
        text = say(N_("%(kind)s行这一列没法核对：有金额看不懂"), kind=kind.label)
        if total is not None:
            text = say(
                N_("%(kind)s写 %(written)s 元，%(count)d 行相加是 %(total)s 元"),
                kind=kind.label,
                written=format_yuan(written),
                count=len(groups[0]),
                total=format_yuan(total),
            )
        notices.append(Notice(row, heading, text))
    return notices


def _sum(group: Sequence[int], column: str, amounts: Amounts) -> int | None:
    """Add up a column over rows; None when one of its cells could not be read."""
    cells = [amounts.get(row, {}).get(column, 0) for row in group]
    known = [fen for fen in cells if fen is not None]
    return sum(known) if len(known) == len(cells) else None
