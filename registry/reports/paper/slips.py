"""Vouchers as slips, two to a sheet: what happened, which accounts, both sides, the amount in words, who answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from registry.money import capital_amount, format_yuan
from registry.reports.paper.imprint import Imprint
from registry.reports.paper.pen import Align, baseline
from registry.reports.paper.sheet import PORTRAIT, Heading, Sheet
from registry.reports.paper.table import PADDING
from registry.text import N_

#: Lines on one slip; a longer voucher goes on on the next.
LINES = 6
_SIZE, _LEAST, _TITLE = 9.0, 8.0, 14.0
_TALL, _HEAD, _BINDING = 24.0, 24.0, 16.0
_EDGES = (0.0, 158.0, 262.0, 352.0, 431.0, 511.0)
_GAP = 14.0


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One line of a slip; the empty side is None."""

    summary: str
    account: str
    detail: str
    debit_fen: int | None
    credit_fen: int | None


@dataclass(frozen=True, slots=True)
class Slip:
    """A voucher as it is drawn. ``people`` are the offices under it and the names that are known; red is a reversal."""

    unit_name: str
    day: str
    number: str
    lines: tuple[SlipLine, ...]
    attachments: int
    people: tuple[tuple[str, str], ...]
    footnote: str = ""
    red: bool = False


@dataclass(frozen=True, slots=True)
class _Cut:
    """A slip as far as one stretch of paper holds it; only the last says what it comes to."""

    slip: Slip
    lines: tuple[SlipLine, ...]
    place: str
    last: bool


def draw_slips(heading: Heading, title: str, slips: Sequence[Slip], imprint: Imprint) -> bytes:
    """Draw vouchers in order, two to a sheet, and return the PDF file."""
    cuts = [cut for slip in slips for cut in _cuts(slip)]
    sheets = [cuts[start : start + 2] for start in range(0, len(cuts), 2)] or [[]]
    sheet = Sheet(PORTRAIT, heading.title, imprint, len(sheets))
    half = (PORTRAIT.body_bottom - PORTRAIT.body_top) / 2
    for pair in sheets:
        sheet.start_page(replace(heading, part=_numbers(pair)))
        for place, cut in enumerate(pair):
            _SlipDrawing(sheet, PORTRAIT.body_top + place * half + _GAP).draw(title, cut)
        sheet.finish_page()
    return sheet.finish()


def _cuts(slip: Slip) -> Iterator[_Cut]:
    parts = [slip.lines[start : start + LINES] for start in range(0, len(slip.lines), LINES)] or [()]
    for number, lines in enumerate(parts, 1):
        place = f"（{number}/{len(parts)}）" if len(parts) > 1 else ""
        yield _Cut(slip, lines, place, last=number == len(parts))


def _numbers(pair: Sequence[_Cut]) -> str:
    return "、".join(dict.fromkeys(cut.slip.number for cut in pair)) or N_("没有凭证")


class _SlipDrawing:
    """One slip from ``top`` on."""

    def __init__(self, sheet: Sheet, top: float) -> None:
        self.pen, self.top, self.left = sheet.pen, top, sheet.form.margin
        self.inner = sheet.form.inner
        self.table_top = top + 42.0
        self.wide = _EDGES[-1]

    def draw(self, title: str, cut: _Cut) -> None:
        """Draw title, head, lines, sum and the people."""
        self._title(title, cut)
        self._head()
        for index, line in enumerate(cut.lines):
            self._line(line, self._row_top(index), red=cut.slip.red)
        self._strike(len(cut.lines))
        self._total(cut)
        self._rules()
        self._attachments(cut.slip.attachments)
        self._people(cut.slip)

    def _row_top(self, index: int) -> float:
        return self.table_top + _HEAD + index * _TALL

    @property
    def bottom(self) -> float:
        """The lower edge of the table."""
        return self._row_top(LINES) + _TALL

    def _title(self, title: str, cut: _Cut) -> None:
        pen, slip, spread = self.pen, cut.slip, 0.5
        words = title if not slip.red else title + N_("（红字冲销）")
        wide = pen.width(words, _TITLE, bold=True) + spread * _TITLE * (len(words) - 1)
        x = self.left + (self.inner - wide) / 2
        pen.text(x, self.top + 12, words, _TITLE, bold=True, spread=spread, red=slip.red)
        pen.rules([(x, self.top + 17, x + wide, self.top + 17), (x, self.top + 19, x + wide, self.top + 19)])
        third = self.wide / 3
        y = self.top + 36
        pen.fit(self.left, y, N_("核算单位：%(unit)s") % {"unit": slip.unit_name}, _SIZE, third * 1.25)
        pen.fit(self.left + third * 1.25, y, slip.day, _SIZE, third * 0.75, align=Align.CENTER)
        pen.fit(
            self.left + third * 2, y, slip.number + cut.place, _SIZE, third, align=Align.RIGHT, bold=True, red=slip.red
        )

    def _head(self) -> None:
        self.pen.grey(self.left, self.table_top, self.wide, _HEAD)
        both, half = self.table_top, _HEAD / 2
        self._label(N_("摘　要"), 0, 1, both, _HEAD)
        self._label(N_("会计科目"), 1, 3, both, half)
        self._label(N_("总账科目"), 1, 2, both + half, half)
        self._label(N_("明细科目"), 2, 3, both + half, half)
        self._label(N_("借方金额"), 3, 4, both, _HEAD)
        self._label(N_("贷方金额"), 4, 5, both, _HEAD)

    def _label(self, text: str, first: int, last: int, top: float, tall: float) -> None:
        x, wide = self.left + _EDGES[first] + PADDING, _EDGES[last] - _EDGES[first] - 2 * PADDING
        self.pen.fit(x, baseline(top, tall, _SIZE), text, _SIZE, wide, align=Align.CENTER, bold=True)

    def _line(self, line: SlipLine, top: float, *, red: bool) -> None:
        for index, text in enumerate((line.summary, line.account, line.detail)):
            self._words(text, index, top)
        for index, fen in enumerate((line.debit_fen, line.credit_fen), 3):
            if fen is not None:
                self._amount(fen, index, top, red=red)

    def _words(self, text: str, index: int, top: float) -> None:
        """Write a text into its cell: one line, down to 8 points, else two."""
        x, room = self.left + _EDGES[index] + PADDING, _EDGES[index + 1] - _EDGES[index] - 2 * PADDING
        if self.pen.width(text, _LEAST) <= room:
            self.pen.fit(x, baseline(top, _TALL, _SIZE), text, _SIZE, room)
            return
        first = self._that_fits(text, room)
        for place, part in enumerate((text[:first], text[first:])):
            self.pen.fit(x, baseline(top + place * 10 + 2, 10, 8), part, _LEAST, room)

    def _that_fits(self, text: str, room: float) -> int:
        """Return how many characters stand on the first of two lines: as many as fit, at least half of them."""
        count = len(text)
        while count > len(text) // 2 and self.pen.width(text[:count], _LEAST) > room:
            count -= 1
        return count

    def _amount(self, fen: int, index: int, top: float, *, red: bool, bold: bool = False) -> None:
        x, room = self.left + _EDGES[index] + PADDING, _EDGES[index + 1] - _EDGES[index] - 2 * PADDING
        y = baseline(top, _TALL, _SIZE)
        self.pen.fit(x, y, format_yuan(fen), _SIZE, room, align=Align.RIGHT, bold=bold, red=red)

    def _strike(self, used: int) -> None:
        """Strike out the amounts of the empty lines, so that nothing is written in later."""
        if used < LINES:
            x, y, to_x, to_y = self.left + _EDGES[3], self._row_top(used), self.left + _EDGES[5], self._row_top(LINES)
            self.pen.rule(to_x, y, x, to_y)

    def _total(self, cut: _Cut) -> None:
        top, slip = self._row_top(LINES), cut.slip
        debit = sum(line.debit_fen or 0 for line in slip.lines)
        credit = sum(line.credit_fen or 0 for line in slip.lines)
        label = N_("合计（大写）　%(words)s") % {"words": capital_amount(debit)} if cut.last else N_("接下页")
        x, room = self.left + PADDING, _EDGES[3] - 2 * PADDING
        self.pen.fit(x, baseline(top, _TALL, _SIZE), label, _SIZE, room, bold=True, red=slip.red)
        if cut.last:
            self._amount(debit, 3, top, red=slip.red, bold=True)
            self._amount(credit, 4, top, red=slip.red, bold=True)

    def _rules(self) -> None:
        left, last = self.left, self._row_top(LINES)
        lines = [(left, y, left + self.wide, y) for y in (self._row_top(index) for index in range(LINES + 1))]
        lines.append((left + _EDGES[1], self.table_top + _HEAD / 2, left + _EDGES[3], self.table_top + _HEAD / 2))
        for index, top, bottom in (
            (1, self.table_top, last), (2, self.table_top + _HEAD / 2, last), (3, self.table_top, self.bottom),
            (4, self.table_top, self.bottom),
        ):  # fmt: skip
            lines.append((left + _EDGES[index], top, left + _EDGES[index], bottom))
        self.pen.rules(lines)
        self.pen.box(left, self.table_top, self.wide, self.bottom - self.table_top, 1.0)

    def _attachments(self, count: int) -> None:
        """Write how many papers are attached down the right edge, as printed vouchers have it."""
        words = [*N_("附单据"), str(count) if count else "", N_("张")]
        x, step = self.left + self.wide + 2, 20.0
        top = (self.table_top + self.bottom - step * len(words)) / 2
        for index, word in enumerate(words):
            self.pen.fit(x, top + index * step + 14, word, _SIZE, _BINDING - 2, align=Align.CENTER)
        if not count:
            y = top + (len(words) - 2) * step + 15
            self.pen.rule(x + 2, y, x + _BINDING - 4, y)

    def _people(self, slip: Slip) -> None:
        step = self.wide / len(slip.people)
        for index, (office, name) in enumerate(slip.people):
            self.pen.fit(self.left + index * step, self.bottom + 15, f"{office}：{name}", _SIZE, step - 6)
        if slip.footnote:
            self.pen.fit(self.left, self.bottom + 28, slip.footnote, _LEAST, self.wide)
