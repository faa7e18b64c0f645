"""Draws the sheet of approvals: facts, figures in tiles, gates in three columns, a box for each level with its seal."""

from dataclasses import dataclass

from registry.disposal.gates.kinds import GateOutcome
from registry.money import format_yuan
from registry.reports.disposals.approval_sheet import TITLE, ApprovalSheet, Slot, Tile
from registry.reports.disposals.sections import ABSENT
from registry.reports.glances import Glance
from registry.reports.paper.imprint import Imprint
from registry.reports.paper.pen import Align, baseline, shrunk
from registry.reports.paper.sheet import PORTRAIT, Heading, Sheet
from registry.text import N_

_SIGNERS = (N_("经办人："), N_("审核人："), N_("单位负责人："))
_SIZE, _SMALL, _BIG, _PAD = 8.5, 7.5, 13.0, 4.0
_ROW, _LABEL, _GAP = 17.0, 62.0, 8.0
_TILE = 38.0
_GATE_ROW, _GATES_ACROSS = 13.0, 3
#: A level's box is as tall as there is room, but within these.
_SLOT_LEAST, _SLOT_MOST = 20.0, 46.0
_SLOT_LABEL, _SLOT_SIGN, _LEVEL = 170.0, 120.0, 30.0
_LINES = 3
_BLANK = N_("年　　月　　日")


def draw(figures: ApprovalSheet, imprint: Imprint) -> bytes:
    """Draw the sheet."""
    facts = ((N_("处置编号"), figures.number),)
    heading = Heading(TITLE, figures.title, figures.unit_name, figures.region_code, facts, signers=_SIGNERS)
    sheet = Sheet(PORTRAIT, TITLE, imprint, 1)
    sheet.start_page(heading)
    _Drawing(sheet).draw(figures)
    sheet.finish_page()
    return sheet.finish()


@dataclass(slots=True)
class _Place:
    x: float
    y: float
    wide: float
    tall: float


class _Drawing:
    """The sheet from top to bottom; ``y`` is where the next part begins."""

    def __init__(self, sheet: Sheet) -> None:
        self.pen, self.form, self.lettering = sheet.pen, sheet.form, sheet.lettering
        self.left, self.wide, self.y = sheet.form.margin, sheet.form.inner, sheet.form.body_top

    def draw(self, figures: ApprovalSheet) -> None:
        """Draw every part; the levels take what room is left."""
        self._facts(figures)
        self._tiles(figures.tiles)
        self._tier(figures)
        self._gates(figures)
        self._slots(figures.slots)

    def _facts(self, figures: ApprovalSheet) -> None:
        half = self.wide / 2
        for index, fact in enumerate(figures.facts):
            x, y = self.left + index % 2 * half, self.y + index // 2 * _ROW
            self._labelled(_Place(x, y, half, _ROW), fact.label, fact.value)
        self.y += (len(figures.facts) + 1) // 2 * _ROW
        tall = 3 * _ROW
        self._labelled(_Place(self.left, self.y, self.wide, tall), N_("具体情况"), figures.reason, lines=_LINES + 1)
        self.y += tall + _GAP

    def _labelled(self, at: _Place, label: str, value: str, *, lines: int = 1) -> None:
        pen = self.pen
        pen.grey(at.x, at.y, _LABEL, at.tall)
        pen.box(at.x, at.y, _LABEL, at.tall)
        pen.box(at.x + _LABEL, at.y, at.wide - _LABEL, at.tall)
        pen.fit(at.x, baseline(at.y, at.tall, _SIZE), label, _SIZE, _LABEL, align=Align.CENTER)
        self._lines(_Place(at.x + _LABEL, at.y, at.wide - _LABEL, at.tall), value or ABSENT, lines)

    def _lines(self, at: _Place, text: str, most: int, *, bold: bool = False) -> None:
        """Write a text within a place on at most so many lines; what is longer is written smaller, never cut."""
        hand, room, size = self.lettering.bold if bold else self.lettering.regular, at.wide - 2 * _PAD, _SIZE
        lines = hand.wrap(text, room * 1000 / size)
        while len(lines) > most and size > 1:
            size = min(size - 0.25, shrunk(size, len(lines), most + 1))
            lines = hand.wrap(text, room * 1000 / size)
            most = max(most, int((at.tall - 2) / (size * 1.25)))
        step = size * 1.25
        first = baseline(at.y, at.tall - step * (len(lines) - 1), size)
        for index, line in enumerate(lines):
            self.pen.fit(at.x + _PAD, first + index * step, line, size, room, bold=bold)

    def _tiles(self, tiles: tuple[Tile, ...]) -> None:
        wide = self.wide / len(tiles)
        for index, tile in enumerate(tiles):
            x = self.left + index * wide
            self.pen.box(x, self.y, wide, _TILE, 0.75)
            self.pen.fit(x + _PAD, self.y + 12, N_("%(label)s（元）") % {"label": tile.label}, _SMALL, wide - 2 * _PAD)
            figure = ABSENT if tile.fen is None else format_yuan(tile.fen)
            self.pen.fit(x + _PAD, self.y + 30, figure, _BIG, wide - 2 * _PAD, align=Align.RIGHT, bold=True)
        self.y += _TILE

    def _tier(self, figures: ApprovalSheet) -> None:
        weights = N_("；重大情形：%(weights)s") % {"weights": figures.weights} if figures.weights else ""
        self._labelled(_Place(self.left, self.y, self.wide, _ROW), N_("档次和流程"), figures.tier + weights)
        self.y += _ROW
        self._labelled(_Place(self.left, self.y, self.wide, _ROW), N_("内容摘要"), figures.content)
        self.y += _ROW + _GAP

    def _gates(self, figures: ApprovalSheet) -> None:
        self._title(N_("关口核验（%(asked)s）") % {"asked": figures.asked} if figures.asked else N_("关口核验"))
        wide, rows = self.wide / _GATES_ACROSS, -(-len(figures.marks) // _GATES_ACROSS)
        for index, mark in enumerate(figures.marks):
            x, y = self.left + index // rows * wide, self.y + index % rows * _GATE_ROW
            failed = mark.outcome == GateOutcome.FAILED.label
            self.pen.fit(x + _PAD, baseline(y, _GATE_ROW, _SIZE), mark.gate, _SIZE, wide - 52)
            place = (x + wide - 48, baseline(y, _GATE_ROW, _SIZE), mark.outcome, _SIZE, 44)
            self.pen.fit(*place, align=Align.RIGHT, bold=mark.outcome != GateOutcome.PASSED.label, red=failed)
        tall = max(rows, 1) * _GATE_ROW
        self.pen.box(self.left, self.y, self.wide, tall)
        self.pen.rules([(self.left + n * wide, self.y, self.left + n * wide, self.y + tall) for n in (1, 2)])
        self.y += tall + _GAP

    def _title(self, text: str) -> None:
        self.pen.text(self.left, self.y + 8, text, 10, bold=True)
        self.y += 13

    def _slots(self, slots: tuple[Slot, ...]) -> None:
        self._title(N_("各级意见"))
        room = self.form.body_bottom - self.y
        tall = min(max(room / len(slots), min(_SLOT_LEAST, room / len(slots))), _SLOT_MOST)
        for slot in slots:
            self._slot(slot, tall)
            self.y += tall

    def _slot(self, slot: Slot, tall: float) -> None:
        pen, x, y = self.pen, self.left, self.y
        middle = self.wide - _SLOT_LABEL - _SLOT_SIGN
        pen.grey(x, y, _SLOT_LABEL, tall)
        for at, wide in ((x, _SLOT_LABEL), (x + _SLOT_LABEL, middle), (x + _SLOT_LABEL + middle, _SLOT_SIGN)):
            pen.box(at, y, wide, tall)
        pen.box(x, y, _LEVEL, tall)
        pen.fit(x + 2, baseline(y, tall, _SIZE), slot.level, _SIZE, _LEVEL - 4, align=Align.CENTER, bold=True)
        half, room = tall / 2, _SLOT_LABEL - _LEVEL
        self._lines(_Place(x + _LEVEL, y, room, half), slot.label, 1, bold=True)
        self._lines(_Place(x + _LEVEL, y + half, room, half), slot.desk, 1)
        upper = tall - 13
        self._lines(_Place(x + _SLOT_LABEL, y, middle, upper), slot.said, max(1, int(upper / 11)))
        signed = "　".join(filter(None, (slot.who, slot.on)))
        pen.fit(
            x + _SLOT_LABEL + _PAD, y + tall - 4, signed, _SMALL, middle - 2 * _PAD, align=Align.RIGHT
        )  # fmt: skip
        self._signature(_Place(x + _SLOT_LABEL + middle, y, _SLOT_SIGN, tall))

    def _signature(self, at: _Place) -> None:
        """Leave room for hand and seal, with a line for the day."""
        self.pen.text(at.x + _PAD, at.y + 10, N_("（签字盖章）"), _SMALL)
        place = (at.x + _PAD, at.y + at.tall - 4, _BLANK, _SMALL, at.wide - 2 * _PAD)
        self.pen.fit(*place, align=Align.RIGHT)


def glance(figures: ApprovalSheet) -> Glance:
    """Return what a reader compares of a sheet of approvals; nobody is named."""
    done = sum(bool(slot.said) for slot in figures.slots)
    return (
        (N_("单位"), figures.unit_name),
        (N_("处置编号"), figures.number),
        *((f"{tile.label}（元）", format_yuan(tile.fen)) for tile in figures.tiles if tile.fen is not None),
        (N_("环节"), N_("已办 %(done)s 步，共 %(all)s 步") % {"done": done, "all": len(figures.slots)}),
    )
