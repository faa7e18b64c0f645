"""Puts the pages of a table on sheets."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from registry.money import format_yuan
from registry.reports.paper.imprint import Imprint
from registry.reports.paper.lettering import Lettering
from registry.reports.paper.pen import Align, Pen, baseline, shrunk
from registry.reports.paper.sheet import Format, Heading, Sheet
from registry.reports.paper.table import (
    HEAD_HEIGHT,
    LINE_HEIGHT,
    PADDING,
    ROW_HEIGHT,
    Cell,
    Column,
    Columns,
    Kind,
    Line,
    Note,
    Page,
    Row,
    Subtotal,
    Table,
    cut_pages,
)
from registry.text import N_

_SIZE = 8.5
_LEAST = 8.0
_ABSENT = "—"
#: How many texts of several lines a table remembers; the same words stand in row after row.
_KEPT = 4_000


def draw_table(
    form: Format, heading: Heading, table: Table, rows: Callable[[], Iterable[Row]], imprint: Imprint
) -> bytes:
    """Draw a table over as many sheets as it needs and return the PDF file.

    ``rows`` is called twice and must give the same rows both times. The heading's ``part`` is replaced by each Part's.
    """
    room = form.body_bottom - form.body_top - HEAD_HEIGHT
    sheet = Sheet(form, heading.title, imprint, _count_pages(table, rows(), room))
    setter = Typesetter(table, sheet.lettering)
    for page in cut_pages(table, rows(), room, setter.height):
        sheet.start_page(replace(heading, part=page.part or heading.part))
        shown = table if page.columns is table.columns else replace(table, columns=page.columns)
        _PageDrawing(form, shown, setter, sheet.pen).draw(page)
        sheet.finish_page()
    return sheet.finish()


def _count_pages(table: Table, rows: Iterable[Row], room: float) -> int:
    """Count with lettering of its own, which is let go before the drawing begins."""
    ruler = Typesetter(table, Lettering())
    return sum(1 for _ in cut_pages(table, rows, room, ruler.height))


@dataclass(frozen=True, slots=True)
class Setting:
    """How one cell is set: the type size and its lines."""

    size: float
    lines: tuple[str, ...]


class Typesetter:
    """Decides how cells are set. The rule for text: one line; else down to 8 points; else two lines; else 8 points and
    as many lines as it takes. Codes and amounts stay on one line and shrink as far as they must."""

    def __init__(self, table: Table, lettering: Lettering) -> None:
        self.table, self.regular, self.bold = table, lettering.regular, lettering.bold
        self._wrapped: dict[tuple[str, float], Setting] = {}
        self._begin(table.columns)

    def _begin(self, columns: Columns) -> None:
        """Note which columns wrap: a part may have others than the one before."""
        self._columns = columns
        self._wrapping = [
            (index, (column.width - 2 * PADDING) * 1000)
            for index, column in enumerate(columns)
            if column.kind is Kind.TEXT
        ]

    def height(self, line: Line, columns: Columns) -> float:
        """Return the height a line needs in these columns."""
        if columns is not self._columns:
            self._begin(columns)
        most, width = 1, self.regular.width
        for index, room in self._wrapping:
            cell = line.cells[index]
            if isinstance(cell, str) and width(cell) * _LEAST > room:
                most = max(most, len(self.setting(cell, columns[index]).lines))
        return max(ROW_HEIGHT + (most - 1) * LINE_HEIGHT, self.table.row_height)

    def setting(self, text: str, column: Column) -> Setting:
        """Set one cell of an ordinary line."""
        room, wide = column.width - 2 * PADDING, self.regular.width(text) / 1000
        if wide * _SIZE <= room:
            return Setting(_SIZE, (text,))
        if column.kind is not Kind.TEXT or wide * _LEAST <= room:
            return Setting(shrunk(_SIZE, wide * _SIZE, room), (text,))
        found = self._wrapped.get((text, room))
        if found is None:
            if len(self._wrapped) >= _KEPT:
                self._wrapped.clear()
            found = self._wrapped[text, room] = self._wrap(text, room)
        return found

    def _wrap(self, text: str, room: float) -> Setting:
        lines = self.regular.wrap(text, room * 1000 / _SIZE)
        if len(lines) <= 2:
            return Setting(_SIZE, tuple(lines))
        return Setting(_LEAST, tuple(self.regular.wrap(text, room * 1000 / _LEAST)))


class _PageDrawing:
    """One page of a table: letters row by row, then all rules."""

    def __init__(self, form: Format, table: Table, setter: Typesetter, pen: Pen) -> None:
        self.form, self.table, self.setter, self.pen = form, table, setter, pen
        self.left, self.y, self.span_top, self.first = form.margin, form.body_top, form.body_top, 1
        self.merged = table.summed[0] if table.summed else len(table.columns)
        self.lines: list[tuple[float, float, float, float]] = []
        self.columns = [
            (column, self.left + edge + PADDING, column.width - 2 * PADDING)
            for column, edge in zip(table.columns, table.edges, strict=False)
        ]

    def draw(self, page: Page) -> None:
        """Draw head, rows and rules."""
        self._head()
        table = self.table
        if table.carries and not page.first:
            label = N_("承前页（第 %(page)s 页，%(count)s %(counted)s）")
            values = {"page": page.number - 1, "count": page.count_before, "counted": table.counted}
            self._summed(Subtotal(label % values, page.before, page.kept_before), ROW_HEIGHT)
        for row, tall in page.rows:
            self._row(row, tall)
        if table.carries and not page.last:
            label = N_("过次页（累计 %(count)s %(counted)s）") % {"count": page.count_after, "counted": table.counted}
            self._summed(Subtotal(label, page.after, page.kept_after), ROW_HEIGHT)
        self._rules()

    def _row(self, row: Row, tall: float) -> None:
        if isinstance(row, Line):
            self._line(row, tall)
        elif isinstance(row, Subtotal):
            self._summed(row, tall)
        elif isinstance(row, Note):
            width, y = self.table.edges[-1] - 2 * PADDING, baseline(self.y, tall, _SIZE)
            self.pen.fit(self.left + PADDING, y, row.text, _SIZE, width, align=Align.CENTER, red=row.red)
            self._close_row(tall, len(self.table.columns))

    def _line(self, line: Line, tall: float) -> None:
        """Write the cells of one line. This runs once per row of a ledger, so it prepares operators itself."""
        show = self.setter.regular.show
        letters: list[str] = []
        bottom = self.form.height - baseline(self.y, tall, _SIZE)
        for cell, (column, x, room) in zip(line.cells, self.columns, strict=True):
            text = cell_text(cell, column)
            width, operators = show(text)
            wide = width * _SIZE / 1000
            if wide > room:
                self.pen.ready(letters, bold=False, red=line.red)
                letters = []
                self._tight(text, column, x, tall, red=line.red)
            else:
                across = x + column.align.value * (room - wide)
                letters.append(f"{_SIZE} 0 0 {_SIZE} {across:.2f} {bottom:.2f} Tm{operators}")
        self.pen.ready(letters, bold=False, red=line.red)
        self._close_row(tall, 1)

    def _tight(self, text: str, column: Column, x: float, tall: float, *, red: bool) -> None:
        setting, room = self.setter.setting(text, column), column.width - 2 * PADDING
        block = LINE_HEIGHT * (len(setting.lines) - 1)
        first = baseline(self.y, tall - block, setting.size)
        for index, line in enumerate(setting.lines):
            self.pen.fit(x, first + index * LINE_HEIGHT, line, setting.size, room, align=column.align, red=red)

    def _summed(self, row: Subtotal, tall: float) -> None:
        y, width = baseline(self.y, tall, _SIZE), self.table.edges[self.merged]
        self.pen.fit(self.left + PADDING, y, row.label, _SIZE, width - 2 * PADDING, align=Align.CENTER, bold=True)
        for index, figure in zip((*self.table.summed, *self.table.kept), (*row.sums, *row.kept), strict=False):
            column, x, room = self.columns[index]
            self.pen.fit(x, y, cell_text(figure, column), _SIZE, room, align=column.align, bold=True)
        self._close_row(tall, self.merged)

    def _close_row(self, tall: float, first: int) -> None:
        """Step down below the row just written; its columns are ruled off from edge ``first`` on."""
        if first != self.first:
            self._close_span()
            self.first = first
        self.y += tall
        self.lines.append((self.left, self.y, self.left + self.table.edges[-1], self.y))

    def _close_span(self) -> None:
        """Note the upright rules of the rows since the last change of columns."""
        self.lines += [(self.left + x, self.span_top, self.left + x, self.y) for x in self.table.edges[self.first : -1]]
        self.span_top = self.y

    def _head(self) -> None:
        pen, top = self.pen, self.y
        pen.grey(self.left, top, self.table.edges[-1], HEAD_HEIGHT)
        for column, x, room in self.columns:
            high = HEAD_HEIGHT / 2 if column.group else 0.0
            self._label(column.label, top + high, HEAD_HEIGHT - high, x, room)
        self._groups(top, HEAD_HEIGHT / 2)
        self._close_row(HEAD_HEIGHT, 1)

    def _label(self, text: str, top: float, tall: float, x: float, room: float) -> None:
        labels = text.split("\n")
        first = baseline(top, tall - 10 * (len(labels) - 1), _SIZE)
        for index, label in enumerate(labels):
            self.pen.fit(x, first + 10 * index, label, _SIZE, room, align=Align.CENTER, bold=True)

    def _groups(self, top: float, tall: float) -> None:
        """Write the heads that neighbouring columns share; their inner rules begin below them."""
        spans = list(self.table.spans)
        if not any(group for group, _first, _last in spans):
            return
        for group, first, last in spans:
            x, wide = self.left + self.table.edges[first], self.table.edges[last] - self.table.edges[first]
            if first:
                self.lines.append((x, top, x, top + tall))
            if group:
                self._label(group, top, tall, x + PADDING, wide - 2 * PADDING)
                self.lines.append((x, top + tall, x + wide, top + tall))
        self.span_top = top + tall

    def _rules(self) -> None:
        """Draw what rows noted and the outer frame, in two strokes."""
        self._close_span()
        self.pen.rules(self.lines)
        top = self.form.body_top
        self.pen.box(self.left, top, self.table.edges[-1], self.y - top, 1.0)


def cell_text(cell: Cell, column: Column) -> str:
    """Write a cell: fen as 元 in a column of amounts, an absent figure as a dash."""
    if cell is None:
        return _ABSENT
    if isinstance(cell, int) and column.kind is Kind.AMOUNT:
        return format_yuan(cell)
    return str(cell)
