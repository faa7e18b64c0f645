"""The frame of every print: head, signature lines, place for the seal, and the foot that proves the page."""

from dataclasses import dataclass

import segno

from registry.reports.paper.document import Document
from registry.reports.paper.imprint import Imprint
from registry.reports.paper.pen import Align, Pen, shrunk
from registry.reports.paper.volume import Volume
from registry.text import N_

_MM = 72 / 25.4
_SEAL = 44 * _MM
_CODE = 46.0
_CODE_DRAWING = "Code"
_SMALL = 8.0
_SIGNERS = (N_("制表人："), N_("审核人："), N_("单位负责人："))
_DATE = N_("日　期：")
_BLANKS = (N_("年"), N_("月"), N_("日"))


@dataclass(frozen=True, slots=True)
class Format:
    """A sheet of A4 and where its parts stand, in points from the top left."""

    width: float
    height: float
    margin: float = 34.0
    body_top: float = 92.0

    @property
    def right(self) -> float:
        """The right edge of what is drawn."""
        return self.width - self.margin

    @property
    def inner(self) -> float:
        """The width of what is drawn."""
        return self.width - 2 * self.margin

    @property
    def seal_top(self) -> float:
        """The upper edge of the seal box, which ends with the foot."""
        return self.height - 23.0 - _SEAL

    @property
    def body_bottom(self) -> float:
        """Where tables must end."""
        return self.seal_top - 10.0


LANDSCAPE = Format(841.89, 595.28)
PORTRAIT = Format(595.28, 841.89)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the table. ``facts`` are label and value, e.g. period and range."""

    title: str
    part: str
    unit_name: str
    region_code: str
    facts: tuple[tuple[str, str], ...] = ()
    money_unit: str = N_("金额单位：元")
    signers: tuple[str, ...] = _SIGNERS


class Sheet:
    """A document of framed pages. Start a page, draw on ``pen`` between body_top and body_bottom, finish it."""

    def __init__(self, form: Format, title: str, imprint: Imprint, page_count: int) -> None:
        self.form, self.imprint, self.page_count = form, imprint, page_count
        self.bound = imprint.volume is not None
        self.volume = imprint.volume or Volume(title, imprint, page_count)
        self.document = self.volume.document
        self._first = self.document.page_count
        self.lettering = self.document.lettering
        self.pen = Pen(self.lettering, form.height)
        self._frames: dict[Heading, Pen] = {}
        self.volume.code_side = self.volume.code_side or self._write_code()

    def start_page(self, heading: Heading) -> None:
        """Begin a page with head, signatures and foot; what all pages under a heading share is drawn once."""
        if heading not in self._frames:
            self._frames[heading] = self.pen = Pen(self.lettering, self.form.height)
            self._head(heading)
            self._signatures(heading.signers)
            self._foot()
        self.pen = self._frames[heading].copy()
        self._page_number()

    def picture_name(self) -> str:
        """Name the next picture of the file."""
        self.volume.pictures += 1
        return f"Picture{self.volume.pictures - 1}"

    def finish_page(self) -> None:
        """Write the page."""
        self.document.add_page(self.form.width, self.form.height, self.pen.content())

    def finish(self) -> bytes:
        """Return the file; nothing yet if it is bound with others. Raises ValueError when pages are missing."""
        drawn = self.document.page_count - self._first
        if drawn != self.page_count:
            raise ValueError(f"{drawn} pages drawn, {self.page_count} announced")
        return b"" if self.bound else self.document.finish()

    def _head(self, heading: Heading) -> None:
        form, pen, spread = self.form, self.pen, 0.14
        wide = pen.width(heading.title, 18, bold=True) + spread * 18 * (len(heading.title) - 1)
        pen.text((form.width - wide) / 2, 48, heading.title, 18, bold=True, spread=spread)
        pen.fit(form.margin, 65, heading.part, 10, form.inner, align=Align.CENTER)
        if self.imprint.demo:
            demo = N_("演示数据")
            pen.box(form.right - 52, 34, 52, 18, 0.75)
            pen.fit(form.right - 50, 46.5, demo, 10, 48, align=Align.CENTER, bold=True)
        self._facts(heading, 85)

    def _facts(self, heading: Heading, y: float) -> None:
        """Write unit, facts and money unit on one line; when it is too long, all of it is written smaller."""
        pen, form, gap = self.pen, self.form, 18.0
        code = f"（{heading.region_code}）" if heading.region_code else ""
        pieces = [(N_("填报单位："), False, 0.0), (heading.unit_name, True, 0.0), (code, False, 0.0)]
        pieces += [(f"{label}：{value}", False, gap) for label, value in heading.facts]
        pieces.append((heading.money_unit, False, gap))
        wide = sum(before + pen.width(text, 9, bold=bold) for text, bold, before in pieces)
        size = shrunk(9, wide, form.inner) if wide > form.inner else 9
        x = form.margin
        for text, bold, before in pieces[:-1]:
            x += before * size / 9
            x += pen.text(x, y, text, size, bold=bold)
        pen.text(form.right - pen.width(heading.money_unit, size), y, heading.money_unit, size)

    def _signatures(self, signers: tuple[str, ...]) -> None:
        form, pen, top = self.form, self.pen, self.form.seal_top
        left_width = form.inner - _SEAL - 14
        step = (left_width + 14) / len(signers)
        for index, signer in enumerate(signers):
            x, wide = form.margin + index * step, step - 14
            pen.text(x, top + 9, signer, 9)
            pen.text(x, top + 35, _DATE, 9)
            for place, word in enumerate(_BLANKS, 1):
                pen.text(x + 26 + min(26, (wide - 36) / 3) * place, top + 35, word, 9)
            pen.rules([(x, top + 14, x + wide, top + 14), (x, top + 40, x + wide, top + 40)])
        pen.box(form.right - _SEAL, top, _SEAL, _SEAL, 0.5, dashed=True)
        pen.fit(form.right - _SEAL, top + _SEAL - 10, N_("单位（盖章）"), 9, _SEAL, align=Align.CENTER)
        pen.rule(form.margin, top + _SEAL - 54, form.margin + left_width, top + _SEAL - 54)

    def _foot(self) -> None:
        form, pen, imprint = self.form, self.pen, self.imprint
        top, right = form.seal_top + _SEAL - _CODE, form.right - _SEAL - 14
        pen.place(_CODE_DRAWING, form.margin, top, _CODE, _CODE, unit=self.volume.code_side)
        x, y = form.margin + _CODE + 9, top + 8.5
        x1 = x + pen.text(x, y, N_("流水号"), _SMALL, bold=True) + 6
        x1 += pen.text(x1, y, imprint.serial, _SMALL) + 14
        x1 += pen.text(x1, y, N_("数字摘要"), _SMALL, bold=True) + 6
        pen.fit(x1, y, imprint.digest_text, _SMALL, right - x1)
        x2 = x + pen.text(x, y + 12, N_("检查点"), _SMALL, bold=True) + 6
        pen.fit(x2, y + 12, imprint.checkpoint_text, _SMALL, right - x2)
        pen.fit(x, y + 24, N_("扫码或在“验真”页输入流水号，与纸面逐项核对。"), _SMALL, right - x - 70)
        person = imprint.printed_by
        who = f"{person.unit} {person.post} {person.name}"
        printed = N_("打印：%(who)s，%(at)s") % {"who": who, "at": f"{imprint.china_time:%Y-%m-%d %H:%M:%S}"}
        pen.fit(x, y + 36, printed, _SMALL, right - x - 80)

    def _page_number(self) -> None:
        values = {"page": self.document.page_count + 1, "pages": self.volume.pages}
        text, right = N_("第 %(page)s 页 / 共 %(pages)s 页") % values, self.form.right - _SEAL - 14
        self.pen.fit(right - 76, self.form.seal_top + _SEAL - 1.5, text, 9, 76, align=Align.RIGHT, bold=True)

    def _write_code(self) -> float:
        """Write the QR code once as a drawing; return its side in modules."""
        return write_code(self.document, _CODE_DRAWING, self.imprint.code_text)


def write_code(document: Document, name: str, text: str) -> float:
    """Write a QR code as black rectangles, one per run of dark modules, with a quiet edge of one; return its side."""
    rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]
    side, path = len(rows) + 2, []
    for y, row in enumerate(rows):
        x = 0
        while (start := row.find(1, x)) >= 0:
            end = row.find(0, start)
            x = len(row) if end < 0 else end
            path.append(f"{start + 1} {side - y - 2} {x - start} 1 re")
    document.add_drawing(name, side, side, " ".join([*path, "f"]))
    return float(side)
