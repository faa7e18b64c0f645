"""公示张贴件: a notice in letters that are read from two metres, on A4 or, enlarged whole, on A3."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from registry.approvals.notices.models import Notice
from registry.approvals.notices.queries import get_notice
from registry.approvals.notices.rules import NoticeState, TakenDownEarly
from registry.errors import Missing
from registry.permissions import Actor, Permission
from registry.places.queries import full_name
from registry.reports.paper.document import Document
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.lettering import Lettering
from registry.reports.paper.pen import Align, Pen, baseline
from registry.reports.paper.sheet import PORTRAIT, write_code
from registry.reports.parameters import Parameters
from registry.text import N_

TITLE = N_("公示张贴件")
A4, A3 = "A4", "A3"
_ENLARGED = {A4: 1.0, A3: 2**0.5}
_LEFT, _TOP = 42.0, 40.0
_WIDTH, _BOTTOM = PORTRAIT.width - 2 * _LEFT, PORTRAIT.height - 262.0
_HEAD, _TEXT, _CELL, _SMALL = 30.0, 18.0, 15.0, 8.0
_LEADING = 1.55
_PAD = 5.0
#: Long texts get less than their share, so that short ones need not wrap.
_EVENING = 0.7
_STEPS = 40
_CODE, _PROOF = 118.0, 40.0


@dataclass(frozen=True, slots=True)
class PosterFigures:
    """What stands on a poster; names of persons are masked before they get here."""

    region_code: str
    unit_name: str
    kind: str
    title: str
    body: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first_day: str
    last_day: str
    place: str
    contact: str
    hotline: str
    address: str
    paper: str

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> PosterFigures:
    """Read a notice for the board, masked. Raises Missing, TakenDownEarly."""
    notice = get_notice(parameters.notice_id, actor, Permission.PRINT)
    if notice.region_code != region_code or notice.starts_on > on:
        raise Missing
    if notice.notice_state is NoticeState.TAKEN_DOWN:
        raise TakenDownEarly
    return _figures(notice, parameters)


def _figures(notice: Notice, parameters: Parameters) -> PosterFigures:
    table = notice.table.masked()
    return PosterFigures(
        region_code=notice.region_code,
        unit_name=full_name(notice.region_code),
        kind=notice.notice_kind.label,
        title=notice.title,
        body=tuple(line.strip() for line in notice.body.splitlines() if line.strip()),
        columns=tuple(column.label for column in table.columns),
        rows=table.rows,
        first_day=notice.starts_on.isoformat(),
        last_day=notice.last_day.isoformat(),
        place=notice.place,
        contact=f"{notice.contact_name} {notice.contact_phone}",
        hotline=notice.hotline,
        address=parameters.label_address,
        paper=parameters.paper or A4,
    )


@dataclass(frozen=True, slots=True)
class _Strip:
    """One line of the poster: its height, and texts with place, width, size and weight."""

    height: float
    cells: tuple[tuple[str, float, float], ...]
    size: float
    align: Align = Align.LEFT
    bold: bool = False
    framed: bool = False
    is_head: bool = False


def draw(figures: PosterFigures, imprint: Imprint) -> bytes:
    """Draw the poster over as many sheets as it needs; every sheet says where to object and until when."""
    document = Document(TITLE, imprint.china_time, f"{imprint.serial} {imprint.figures_digest}")
    sheets = list(_cut(list(_strips(figures, document.lettering)), _BOTTOM - _TOP))
    codes = (
        write_code(document, "Code", figures.address),
        write_code(document, "Proof", imprint.code_text),
    )
    scale = _ENLARGED[figures.paper]
    for number, sheet in enumerate(sheets, 1):
        pen = Pen(document.lettering, PORTRAIT.height)
        _write(pen, sheet)
        _foot(
            pen,
            figures,
            imprint,
            codes,
            N_("第 %(page)s 张 / 共 %(pages)s 张") % {"page": number, "pages": len(sheets)},
        )
        content = f"q {scale:.6f} 0 0 {scale:.6f} 0 0 cm\n{pen.content()}\nQ"
        document.add_page(PORTRAIT.width * scale, PORTRAIT.height * scale, content)
    return document.finish()


def _strips(figures: PosterFigures, lettering: Lettering) -> Iterator[_Strip]:
    """Cut everything above the foot into lines."""
    yield _line(N_("公　示"), _HEAD * 1.3, Align.CENTER, bold=True)
    for line in _balanced(figures.title, lettering):
        yield _line(line, _HEAD, Align.CENTER, bold=True)
    yield _line(f"{figures.unit_name}　{figures.kind}", _CELL, Align.CENTER)
    yield _Strip(_CELL, (), _CELL)
    for paragraph in figures.body:
        for line in lettering.regular.wrap("　　" + paragraph, _WIDTH * 1000 / _TEXT):
            yield _line(line, _TEXT)
    if figures.rows:
        yield _Strip(_CELL, (), _CELL)
        widths = _widths(figures, lettering)
        head = list(_row(figures.columns, widths, lettering, bold=True))
        yield from head
        for row in figures.rows:
            yield from _row(row, widths, lettering, bold=False)


def _balanced(title: str, lettering: Lettering) -> list[str]:
    """Cut a title into as few lines as it needs, as even as they come."""
    widest = _WIDTH * 1000 / _HEAD
    lines = lettering.bold.wrap(title, widest)
    for part in range(_STEPS - 1, _STEPS // 2, -1):
        narrower = lettering.bold.wrap(title, widest * part / _STEPS)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _line(text: str, size: float, align: Align = Align.LEFT, *, bold: bool = False) -> _Strip:
    return _Strip(size * _LEADING, ((text, 0.0, _WIDTH),), size, align, bold)


def _widths(figures: PosterFigures, lettering: Lettering) -> list[float]:
    """Give each column room for its longest word or number, and share the rest by how much text is left to place."""
    columns = list(zip(*(figures.columns, *figures.rows), strict=True))
    whole = [max(map(lettering.bold.width, texts)) * _CELL / 1000 + 2 * _PAD for texts in columns]
    least = [max(map(lettering.bold.longest_piece, texts)) * _CELL / 1000 + 2 * _PAD for texts in columns]
    room = _WIDTH - sum(least)
    if room < 0:  # so many columns that even numbers must break
        return [_WIDTH * wide / sum(least) for wide in least]
    weights = [(wide - short + 1) ** _EVENING for wide, short in zip(whole, least, strict=True)]
    return [short + room * weight / sum(weights) for short, weight in zip(least, weights, strict=True)]


def _row(texts: Sequence[str], widths: list[float], lettering: Lettering, *, bold: bool) -> Iterator[_Strip]:
    """Give one strip: a row of the list, its cells wrapped into the height of the tallest."""
    hand = lettering.bold if bold else lettering.regular
    wrapped = [hand.wrap(text, (wide - 2 * _PAD) * 1000 / _CELL) for text, wide in zip(texts, widths, strict=True)]
    most, x, cells = max(map(len, wrapped)), 0.0, []
    for lines, wide in zip(wrapped, widths, strict=True):
        cells.append(("\n".join(lines), x, wide))
        x += wide
    yield _Strip(most * _CELL * 1.3 + 2 * _PAD, tuple(cells), _CELL, bold=bold, framed=True, is_head=bold)


def _cut(strips: list[_Strip], room: float) -> Iterator[list[_Strip]]:
    """Cut lines into sheets; a list that goes on repeats its head."""
    head = next((strip for strip in strips if strip.is_head), None)
    sheet: list[_Strip] = []
    used = 0.0
    for strip in strips:
        if sheet and used + strip.height > room:
            yield sheet
            sheet = [head] if head and strip.framed and not strip.is_head else []
            used = sum(each.height for each in sheet)
        sheet.append(strip)
        used += strip.height
    yield sheet


def _write(pen: Pen, sheet: list[_Strip]) -> None:
    y = _TOP
    for strip in sheet:
        for text, x, wide in strip.cells:
            if strip.is_head:
                pen.grey(_LEFT + x, y, wide, strip.height)
            if strip.framed:
                pen.box(_LEFT + x, y, wide, strip.height, 0.75)
            _cell(pen, strip, text, (_LEFT + x, y, wide))
        y += strip.height


def _cell(pen: Pen, strip: _Strip, text: str, place: tuple[float, float, float]) -> None:
    x, y, wide = place
    pad, lines, step = _PAD if strip.framed else 0.0, text.split("\n"), strip.size * 1.3
    first = baseline(y, strip.height - step * (len(lines) - 1), strip.size)
    for index, line in enumerate(lines):
        pen.fit(
            x + pad, first + index * step, line, strip.size, wide - 2 * pad, align=strip.align, bold=strip.bold
        )  # fmt: skip


def _foot(pen: Pen, figures: PosterFigures, imprint: Imprint, codes: tuple[float, float], page: str) -> None:
    """Say until when it hangs, whom to ask, where to object, and how to tell it from a forgery."""
    top = _BOTTOM + 10.0
    pen.rule(_LEFT, top, _LEFT + _WIDTH, top, 1.5)
    room = _WIDTH - _CODE - 18
    days = N_("%(first)s 至 %(last)s") % {"first": figures.first_day, "last": figures.last_day}
    facts = (
        (N_("公示期"), days),
        (N_("张贴处"), figures.place),
        (N_("联系人"), figures.contact),
        (N_("监督电话"), figures.hotline),
    )
    y = top + 28
    for label, value in facts:
        pen.text(_LEFT, y, label, 16, bold=True)
        pen.fit(_LEFT + 78, y, value, 16, room - 78)
        y += 27
    objecting = N_("有异议：扫右边的码在网上提，或者打上面的电话、当面说。不用留姓名。")
    for line in _wrapped(pen, objecting, 14, room):
        pen.text(_LEFT, y, line, 14)
        y += 19
    pen.text(_LEFT, top + 170, page, 12, bold=True)
    _codes(pen, figures, codes, top)
    _proof(pen, imprint)


def _wrapped(pen: Pen, text: str, size: float, room: float) -> list[str]:
    """Cut a text where a line is full."""
    lines = [""]
    for character in text:
        if pen.width(lines[-1] + character, size) > room and character not in "，。、":
            lines.append("")
        lines[-1] += character
    return lines


def _codes(pen: Pen, figures: PosterFigures, codes: tuple[float, float], top: float) -> None:
    x = _LEFT + _WIDTH - _CODE
    pen.place("Code", x, top + 8, _CODE, _CODE, unit=codes[0])
    pen.fit(x, top + _CODE + 24, N_("扫码看公示、提异议"), 12, _CODE, align=Align.CENTER, bold=True)
    pen.fit(_LEFT + 110, top + 170, figures.address, 10, _WIDTH - 110, align=Align.RIGHT)
    pen.place("Proof", _LEFT, top + 182, _PROOF, _PROOF, unit=codes[1])


def _proof(pen: Pen, imprint: Imprint) -> None:
    """Write what every print says about itself."""
    x, y, room = _LEFT + _PROOF + 8, PORTRAIT.height - 62.0, _WIDTH - _PROOF - 8
    person = imprint.printed_by
    who = f"{person.unit} {person.post} {person.name}"
    printed = N_("打印：%(who)s，%(at)s") % {"who": who, "at": f"{imprint.china_time:%Y-%m-%d %H:%M:%S}"}
    demo = N_("演示数据") + "　" if imprint.demo else ""
    lines = (
        f"{demo}{N_('流水号')} {imprint.serial}　{N_('数字摘要')} {imprint.digest_text}",
        f"{N_('检查点')} {imprint.checkpoint_text}",
        f"{printed}　{N_('左边的码验真')}",
    )
    for index, line in enumerate(lines):
        pen.fit(x, y + index * 13, line, _SMALL, room)
