"""Headings of two or three tiers: where they begin and end, and which texts stand over each column."""

from collections.abc import Callable, Sequence

from registry.assets.register.reading.cells import CellKind, Merged, Row, cell_at

MOST_TIERS = 3
_LONGEST_HEADING = 30


def extent(
    rows: Sequence[Row], best: int, merged: Sequence[Merged], has_headings: Callable[[Row], bool]
) -> tuple[int, int]:
    """Return the first row and the number of rows of the heading around its fullest row."""
    start = best
    if best and _spans(rows[best - 1], rows[best]) and has_headings(rows[best - 1]):
        start = best - 1
    tiers = best - start + 1
    deepest = max((area.last_row - area.first_row + 1 for area in merged if area.first_row == start + 1), default=1)
    while start + tiers < len(rows) and tiers < MOST_TIERS:
        below = rows[start + tiers]
        if not (tiers < deepest or _spans(rows[start + tiers - 1], below)) or not _may_be_tier(below):
            break
        tiers += 1
    return start, tiers


def _spans(upper: Row, lower: Row) -> bool:
    """Say whether every text of the lower row stands under a heading that spans columns."""
    filled = [index for index in range(len(lower)) if cell_at(lower, index).kind is not CellKind.EMPTY]
    if not filled or not any(cell_at(upper, index).kind is CellKind.EMPTY for index in filled):
        return False
    return all(_under_span(upper, index) for index in filled) and _may_be_tier(lower)


def _under_span(upper: Row, index: int) -> bool:
    if cell_at(upper, index).kind is CellKind.EMPTY:
        return any(cell_at(upper, left).kind is not CellKind.EMPTY for left in range(index))
    return cell_at(upper, index + 1).kind is CellKind.EMPTY


def _may_be_tier(row: Row) -> bool:
    filled = [cell for cell in row if cell.kind is not CellKind.EMPTY]
    return bool(filled) and all(cell.kind is CellKind.TEXT and len(cell.text) <= _LONGEST_HEADING for cell in filled)


def joined(rows: Sequence[Row], first_row: int, merged: Sequence[Merged]) -> list[tuple[str, ...]]:
    """Return for each column the texts of its tiers from the top; a spanning heading counts for all it spans."""
    width = max(len(row) for row in rows)
    areas = [area for area in merged if area.first_row >= first_row and area.last_row < first_row + len(rows)]
    columns: list[list[str]] = [[] for _ in range(width)]
    for tier, row in enumerate(rows):
        spanning = ""
        for index in range(width):
            text = cell_at(row, index).text.strip() or _inherited(rows, tier, index, first_row, areas, spanning)
            spanning = cell_at(row, index).text.strip() or spanning
            if text and text not in columns[index]:
                columns[index].append(text)
    return [tuple(texts) for texts in columns]


def _inherited(
    rows: Sequence[Row], tier: int, index: int, first_row: int, areas: Sequence[Merged], spanning: str
) -> str:
    """Return the spanning heading of an empty cell: by the merged area, or where none is known by what stands below."""
    row = first_row + tier
    area = next(
        (a for a in areas if a.first_row <= row <= a.last_row and a.first_column <= index <= a.last_column), None
    )
    if area:
        return cell_at(rows[area.first_row - first_row], area.first_column).text.strip()
    below = any(cell_at(lower, index).text.strip() for lower in rows[tier + 1 :])
    return spanning if below and not areas else ""
