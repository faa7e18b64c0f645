"""Tables that run over pages: repeated heads, 承前页 and 过次页 with running sums, rules once per page.

``draw_table`` is the one door. Rows are asked for twice, first to count the pages, then to draw them, so that a ledger
of any length is never held as drawn rows; both passes cut pages by the same ``cut_pages``.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property

from registry.reports.paper.pen import Align
from registry.text import N_

Cell = str | int | None
Sums = tuple[int | None, ...]

PADDING = 3.0
ROW_HEIGHT = 16.8
LINE_HEIGHT = 10.4
HEAD_HEIGHT = 24.0


class Kind(Enum):
    """How a column treats its cells: TEXT wraps, CODE stays on one line, AMOUNT is fen written as 元."""

    TEXT = auto()
    CODE = auto()
    AMOUNT = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its label may hold a line break; its width is in points. Neighbours of one ``group`` share a head."""

    label: str
    width: float
    align: Align = Align.LEFT
    kind: Kind = Kind.TEXT
    group: str = ""


Columns = tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of the table, a cell per column. None is printed as a dash, never as nought; red is for reversals."""

    cells: tuple[Cell, ...]
    red: bool = False


@dataclass(frozen=True, slots=True)
class Subtotal:
    """A bold row: a label over the columns before the sums, then one figure per summed column, then what is kept."""

    label: str
    sums: tuple[Cell, ...]
    kept: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """One sentence over the whole width; red for what must not be overlooked."""

    text: str
    red: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """The rows after it begin on a new page under this heading, and running sums start anew.

    In a table that sums nothing they may have ``columns`` of their own, together as wide as the table.
    """

    heading: str
    columns: Columns = ()


Row = Line | Subtotal | Note | Part


@dataclass(frozen=True)
class Table:
    """Columns, and which of them are summed from line to line; summed columns stand together.

    ``kept`` columns stand behind them and are carried to the next page as the last line says them, such as a balance.
    Without ``carried`` no sums go from page to page. ``row_height`` is the least a line is given.
    """

    columns: tuple[Column, ...]
    summed: tuple[int, ...] = ()
    counted: str = N_("项")
    kept: tuple[int, ...] = ()
    carried: bool = True
    row_height: float = ROW_HEIGHT

    @property
    def carries(self) -> bool:
        """Whether pages begin and end with running sums."""
        return self.carried and bool(self.summed)

    @cached_property
    def edges(self) -> tuple[float, ...]:
        """The left edge of each column, then the right edge of the last, from the table's left."""
        edges = [0.0]
        for column in self.columns:
            edges.append(edges[-1] + column.width)
        return tuple(edges)

    @cached_property
    def spans(self) -> tuple[tuple[str, int, int], ...]:
        """Neighbours that share a head: its words, the first column, the one after the last; alone without words."""
        found: list[tuple[str, int, int]] = []
        for index, column in enumerate(self.columns):
            if found and column.group and found[-1][0] == column.group:
                found[-1] = (column.group, found[-1][1], index + 1)
            else:
                found.append((column.group, index, index + 1))
        return tuple(found)


@dataclass(slots=True)
class Page:
    """One page of rows with their heights, and the sums and count of lines before and after them."""

    before: Sums
    part: str = ""
    number: int = 1
    count_before: int = 0
    first: bool = True
    rows: list[tuple[Row, float]] = field(default_factory=list)
    after: Sums = ()
    count_after: int = 0
    last: bool = True
    kept_before: tuple[Cell, ...] = ()
    kept_after: tuple[Cell, ...] = ()
    columns: Columns = ()


def add_sums(left: Sums, right: Sums) -> Sums:
    """Add figure by figure; an absent figure adds nothing, and two absent ones stay absent."""
    return tuple(b if a is None else a if b is None else a + b for a, b in zip(left, right, strict=True))


def cut_pages(
    table: Table, rows: Iterable[Row], room: float, height: Callable[[Line, Columns], float]
) -> Iterator[Page]:
    """Cut rows into pages of ``room`` points below the head; every page keeps room for its 承前页 and 过次页 rows.

    Sums stand on the page of the line before them.
    """
    forward = ROW_HEIGHT if table.carries else 0.0
    running, columns = _Sums(table), table.columns
    page, used = Page(running.now, columns=columns), 0.0
    for row, sums in _followed(rows):
        if isinstance(row, Part):
            if page.rows:
                yield _closed(page, running, last=True)
            running, columns = _Sums(table), row.columns or table.columns
            page, used = Page(running.now, row.heading, page.number + bool(page.rows), columns=columns), 0.0
            continue
        tall = height(row, columns) if isinstance(row, Line) else ROW_HEIGHT
        if page.rows and used + tall + sums * ROW_HEIGHT + forward > room:
            yield _closed(page, running, last=False)
            page = Page(
                running.now, page.part, page.number + 1, running.count, first=False, kept_before=running.kept,
                columns=columns,
            )  # fmt: skip
            used = forward
        page.rows.append((row, tall))
        used += tall
        if isinstance(row, Line):
            running.take(row.cells)
    yield _closed(page, running, last=True)


def _followed(rows: Iterable[Row]) -> Iterator[tuple[Row, int]]:
    """Yield each row with the number of sums that follow a line and stay with it; of any other row it is nothing."""
    line: Row | None = None
    sums: list[Row] = []
    for row in rows:
        if isinstance(row, Subtotal) and line is not None:
            sums.append(row)
            continue
        if line is not None:
            yield line, len(sums)
            yield from ((one, 0) for one in sums)
            sums = []
        line = row if isinstance(row, Line) else None
        if line is None:
            yield row, 0
    if line is not None:
        yield line, len(sums)
        yield from ((one, 0) for one in sums)


def _closed(page: Page, running: "_Sums", *, last: bool) -> Page:
    page.after, page.count_after, page.last = running.now, running.count, last
    page.kept_after = running.kept
    return page


class _Sums:
    """Running sums of the lines of one part. It runs once per row of a ledger, so it adds in place."""

    def __init__(self, table: Table) -> None:
        self.count = 0
        self.kept: tuple[Cell, ...] = (None,) * len(table.kept)
        self._kept = table.kept
        self._places = list(enumerate(table.summed))
        self._sums: list[int | None] = [None] * len(table.summed)

    @property
    def now(self) -> Sums:
        """The sums so far."""
        return tuple(self._sums)

    def take(self, cells: tuple[Cell, ...]) -> None:
        """Add one line; an absent figure adds nothing."""
        self.count += 1
        if self._kept:
            self.kept = tuple(cells[index] for index in self._kept)
        for place, index in self._places:
            cell = cells[index]
            if isinstance(cell, int):
                self._sums[place] = cell + (self._sums[place] or 0)
