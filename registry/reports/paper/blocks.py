"""Papers made of blocks: a card of labels and values, small tables with a sum, pictures, over sheets."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from io import BytesIO

from PIL import Image

from registry.reports.paper.document import Enclosed
from registry.reports.paper.imprint import Imprint
from registry.reports.paper.lettering import Lettering
from registry.reports.paper.pen import Align, baseline
from registry.reports.paper.sheet import Format, Heading, Sheet
from registry.reports.paper.table import LINE_HEIGHT, PADDING, ROW_HEIGHT

_SIZE = 8.5
_TITLE_SIZE = 10.0
_GAP = 7.0
_PICTURE_HEIGHT = 150.0
_PICTURE_PIXELS = 1200


@dataclass(frozen=True, slots=True)
class BlockColumn:
    """One column of a block; ``share`` is its part of the width."""

    label: str
    share: int
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Block:
    """A titled table; without labels it has no head. ``quiet`` columns are grey; ``total`` is a bold last row."""

    title: str
    columns: tuple[BlockColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    quiet: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Pictures:
    """A titled row of JPEG pictures with captions."""

    title: str
    pictures: tuple[tuple[str, bytes], ...]


class _Weight(Enum):
    """What a row is, which decides its letters and ground."""

    HEAD = auto()
    PLAIN = auto()
    SUM = auto()


@dataclass(frozen=True, slots=True)
class _Cell:
    lines: tuple[str, ...]
    x: float
    width: float
    align: Align
    bold: bool
    grey: bool


@dataclass(frozen=True, slots=True)
class _Strip:
    """One row as it will stand; ``glued`` keeps it on the sheet of the next strip."""

    height: float
    cells: tuple[_Cell, ...] = ()
    title: str = ""
    glued: bool = False
    pictures: tuple[tuple[str, bytes], ...] = ()
    head: "_Strip | None" = None


#: One sheet: its head, and what stands on it.
_Page = tuple[Heading, list[_Strip]]


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of a file of several: its head, and its blocks one under the other."""

    heading: Heading
    blocks: tuple[Block | Pictures, ...]


def draw_blocks(form: Format, heading: Heading, blocks: Sequence[Block | Pictures], imprint: Imprint) -> bytes:
    """Draw blocks one under the other over as many sheets as they need and return the PDF file."""
    return draw_papers(form, [Paper(heading, tuple(blocks))], imprint)


def draw_papers(form: Format, papers: Sequence[Paper], imprint: Imprint) -> bytes:
    """Draw papers one after another, each beginning on a sheet of its own, and return the PDF file."""
    ruler = Lettering()
    return _drawn(form, [page for paper in papers for page in _pages(form, paper, ruler)], imprint)


def draw_book(
    form: Format,
    contents: Callable[[Sequence[int]], Paper],
    papers: Sequence[Paper],
    imprint: Imprint,
    enclosed: Sequence[Enclosed] = (),
) -> bytes:
    """Draw papers behind their table of contents, which is told the page on which each begins; enclose files."""
    ruler = Lettering()
    cut = [_pages(form, paper, ruler) for paper in papers]
    front = len(_pages(form, contents([0] * len(papers)), ruler))
    firsts = [1 + front + sum(map(len, cut[:index])) for index in range(len(papers))]
    pages = [*_pages(form, contents(firsts), ruler), *(page for part in cut for page in part)]
    return _drawn(form, pages, imprint, enclosed)


def _pages(form: Format, paper: Paper, ruler: Lettering) -> list[_Page]:
    strips = [strip for block in paper.blocks for strip in _strips(block, form.inner, ruler)]
    return [(paper.heading, page) for page in _cut(strips, form.body_bottom - form.body_top)]


def _drawn(form: Format, pages: Sequence[_Page], imprint: Imprint, enclosed: Sequence[Enclosed] = ()) -> bytes:
    sheet = Sheet(form, pages[0][0].title, imprint, len(pages))
    for heading, page in pages:
        sheet.start_page(heading)
        y = form.body_top
        for strip in page:
            _draw(sheet, strip, y)
            y += strip.height
        sheet.finish_page()
    for file in enclosed:
        sheet.document.enclose(file)
    return sheet.finish()


def _cut(strips: Sequence[_Strip], room: float) -> Iterator[list[_Strip]]:
    """Cut strips into sheets; what is glued stays together where a sheet holds it; a table repeats its head."""
    page: list[_Strip] = []
    used = 0.0
    for index, strip in enumerate(strips):
        needed = strip.height if page and page[-1].glued else _together(strips, index, room)
        if page and used + needed > room:
            yield page
            page = [strip.head] if strip.head else []
            used = sum(each.height for each in page)
        page.append(strip)
        used += strip.height
    yield page


def _together(strips: Sequence[_Strip], index: int, room: float) -> float:
    """Return how much room a strip needs with what it is glued to, as far as one sheet holds it."""
    needed = strips[index].height
    while strips[index].glued and index + 1 < len(strips) and needed + strips[index + 1].height <= room:
        index += 1
        needed += strips[index].height
    return needed


def _strips(block: Block | Pictures, width: float, ruler: Lettering) -> Iterator[_Strip]:
    yield _Strip(_TITLE_SIZE + 2 * _GAP, title=block.title, glued=True)
    if isinstance(block, Pictures):
        yield _Strip(_PICTURE_HEIGHT + ROW_HEIGHT, pictures=block.pictures)
        return
    whole = sum(column.share for column in block.columns)
    widths = [width * column.share / whole for column in block.columns]
    head = None
    if any(column.label for column in block.columns):
        head = _row(block, tuple(column.label for column in block.columns), widths, ruler, _Weight.HEAD)
        yield replace(head, glued=True)
    last = len(block.rows) - 1
    for index, row in enumerate(block.rows):
        glued = _is_glued(index, last, has_total=bool(block.total))
        yield replace(_row(block, row, widths, ruler, _Weight.PLAIN), head=head, glued=glued)
    if block.total:
        yield replace(_row(block, block.total, widths, ruler, _Weight.SUM), head=head)


def _is_glued(index: int, last: int, *, has_total: bool) -> bool:
    """Say whether a row keeps to the next one: none stands alone below its head or last of all."""
    if index == last:
        return has_total
    return index in {0, last - 1}


def _row(block: Block, texts: tuple[str, ...], widths: list[float], ruler: Lettering, weight: _Weight) -> _Strip:
    cells, x, most = [], 0.0, 1
    hand = ruler.regular if weight is _Weight.PLAIN else ruler.bold
    for index, (text, width, column) in enumerate(zip(texts, widths, block.columns, strict=True)):
        lines = tuple(hand.wrap(text, (width - 2 * PADDING) * 1000 / _SIZE)) if text else ("",)
        align = Align.CENTER if weight is _Weight.HEAD else column.align
        grey = weight is _Weight.HEAD or index in block.quiet
        cells.append(_Cell(lines, x, width, align, bold=weight is not _Weight.PLAIN, grey=grey))
        x, most = x + width, max(most, len(lines))
    return _Strip(ROW_HEIGHT + (most - 1) * LINE_HEIGHT, tuple(cells))


def _draw(sheet: Sheet, strip: _Strip, y: float) -> None:
    pen, left = sheet.pen, sheet.form.margin
    if strip.title:
        pen.fit(left, y + strip.height - _GAP + 2, strip.title, _TITLE_SIZE, sheet.form.inner, bold=True)
    for cell in strip.cells:
        if cell.grey:
            pen.grey(left + cell.x, y, cell.width, strip.height)
    for cell in strip.cells:
        pen.box(left + cell.x, y, cell.width, strip.height)
        first = baseline(y, strip.height - LINE_HEIGHT * (len(cell.lines) - 1), _SIZE)
        for index, line in enumerate(cell.lines):
            x, room = left + cell.x + PADDING, cell.width - 2 * PADDING
            if line:
                pen.fit(x, first + index * LINE_HEIGHT, line, _SIZE, room, align=cell.align, bold=cell.bold)
    if strip.pictures:
        _draw_pictures(sheet, strip.pictures, y)


def _draw_pictures(sheet: Sheet, pictures: tuple[tuple[str, bytes], ...], y: float) -> None:
    """Place pictures side by side, each whole within its frame, its caption below."""
    room = (sheet.form.inner - 14 * (len(pictures) - 1)) / len(pictures)
    for index, (caption, data) in enumerate(pictures):
        name, x = sheet.picture_name(), sheet.form.margin + index * (room + 14)
        width, height = sheet.document.add_picture(name, as_jpeg(data))
        scale = min(room / width, _PICTURE_HEIGHT / height)
        wide, tall = width * scale, height * scale
        sheet.pen.place(name, x + (room - wide) / 2, y + _PICTURE_HEIGHT - tall, wide, tall)
        sheet.pen.fit(x, y + _PICTURE_HEIGHT + 11, caption, 8, room, align=Align.CENTER)


def as_jpeg(data: bytes) -> bytes:
    """Re-encode a picture small enough for paper, without anything the camera wrote into it."""
    with Image.open(BytesIO(data)) as picture:
        plain = picture.convert("RGB")
    plain.thumbnail((_PICTURE_PIXELS, _PICTURE_PIXELS))
    out = BytesIO()
    plain.save(out, "JPEG", quality=82)
    return out.getvalue()
