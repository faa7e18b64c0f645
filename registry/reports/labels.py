"""资产标签: QR stickers, 24 to a sheet of A4, three across and eight down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from registry.assets.register.cards.models import Asset
from registry.assets.register.lookup.filters import Filter
from registry.assets.register.lookup.paging import Place
from registry.assets.register.lookup.papers import MOST_LABELS
from registry.assets.register.lookup.queries import list_page, order_for, reach_of
from registry.database import db
from registry.errors import Invalid, Missing
from registry.permissions import Actor, Permission
from registry.places.queries import names_of
from registry.regions import covers
from registry.reports.paper.document import Document
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.lettering import Lettering
from registry.reports.paper.pen import Pen, shrunk
from registry.reports.paper.sheet import PORTRAIT, write_code
from registry.reports.parameters import Parameters
from registry.scope import within
from registry.text import N_

TITLE = N_("扶贫项目资产标签")
_ACROSS, _DOWN = 3, 8
_INSET = 12.0
_CODE = 72.0
_NAME_LINES = 3
MOST = MOST_LABELS


class TooManyLabels(Invalid):
    """Labels are cut and stuck by hand."""

    message = N_("要打印的资产超过 %(most)s 项，一次打不完。请加条件（如只选一个乡镇、村或类别），分次打印。")


@dataclass(frozen=True, slots=True)
class AssetLabel:
    """One sticker; ``code_text`` is what the QR code holds: an address, or the number where there is none."""

    number: str
    name: str
    unit_name: str
    code_text: str


@dataclass(frozen=True, slots=True)
class LabelFigures:
    """The stickers of one print, and the unit they were asked for."""

    region_code: str
    unit_name: str
    labels: tuple[AssetLabel, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def numbers_shown(chosen: Filter, actor: Actor) -> tuple[str, ...]:
    """Return the numbers of all assets that a filter of the list shows. Raises Missing for none, TooManyLabels."""
    parts = reach_of(actor, chosen.region)
    found = list_page(chosen, parts, order_for(chosen, parts, None), Place(size=MOST))
    if found.more:
        raise TooManyLabels(most=f"{MOST:,}")
    if not found.rows:
        raise Missing
    return tuple(row.asset_no for row in found.rows)


def units_of(numbers: Sequence[str], actor: Actor) -> list[str]:
    """Return the units of the assets that get a label; raises Missing if one of them is out of reach."""
    rows = select(Asset.region_code).where(Asset.asset_no.in_(numbers), within(Asset, actor, Permission.PRINT))
    units = list(db.session.scalars(rows))
    if not units or len(units) != len(numbers):
        raise Missing
    return units


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> LabelFigures:
    """Read what stands on the labels of the assets asked for, in order of number. Raises Missing, TooManyLabels."""
    wanted = sorted(set(parameters.asset_numbers))
    if len(wanted) > MOST:
        raise TooManyLabels(most=f"{MOST:,}")
    rows = select(Asset.asset_no, Asset.name, Asset.region_code).where(
        Asset.asset_no.in_(wanted), Asset.acquired_on <= on, within(Asset, actor, Permission.PRINT)
    )
    found = list(db.session.execute(rows.order_by(Asset.asset_no)))
    if not wanted or len(found) != len(wanted) or not all(covers(region_code, code) for _, _, code in found):
        raise Missing
    names = names_of(code for _, _, code in found)
    return LabelFigures(
        region_code,
        names_of([region_code])[region_code],
        tuple(AssetLabel(no, name, names[code], parameters.label_address + no) for no, name, code in found),
    )


def draw(figures: LabelFigures, imprint: Imprint) -> bytes:
    """Draw the stickers in the order given; the last sheet may have empty places."""
    document = Document(TITLE, imprint.china_time, f"{imprint.serial} {imprint.figures_digest}")
    per_sheet = _ACROSS * _DOWN
    for start in range(0, len(figures.labels) or 1, per_sheet):
        pen = Pen(document.lettering, PORTRAIT.height)
        for place, label in enumerate(figures.labels[start : start + per_sheet]):
            code = f"Code{start + place}"
            side = write_code(document, code, label.code_text)
            _sticker(pen, document.lettering, label, place, (code, side))
        document.add_page(PORTRAIT.width, PORTRAIT.height, pen.content())
    return document.finish()


def grouped_number(number: str) -> tuple[str, str]:
    """Cut an asset number where people read it: region; letter and year, serial, check character."""
    return number[:12], f"{number[12:17]} {number[17:22]} {number[22:]}"


def _sticker(pen: Pen, lettering: Lettering, label: AssetLabel, place: int, code: tuple[str, float]) -> None:
    wide, tall = PORTRAIT.width / _ACROSS, PORTRAIT.height / _DOWN
    left, top = place % _ACROSS * wide, place // _ACROSS * tall
    name, side = code
    pen.box(left, top, wide, tall, 0.25, dashed=True)
    pen.place(name, left + _INSET, top + (tall - _CODE) / 2, _CODE, _CODE, unit=side)
    x, room = left + _INSET + _CODE + 6, wide - 2 * _INSET - _CODE - 6
    y = top + (tall - _CODE) / 2 + 10
    for size in (9.5, 8.0, 6.5):
        lines = lettering.bold.wrap(label.name, room * 1000 / size)
        if len(lines) <= _NAME_LINES:
            break
    else:
        size = shrunk(size, len(lines), _NAME_LINES)
        lines = lettering.bold.wrap(label.name, room * 1000 / size)
    for index, line in enumerate(lines):
        pen.text(x, y + index * size * 1.2, line, size, bold=True)
    region, rest = grouped_number(label.number)
    bottom = top + (tall + _CODE) / 2
    pen.fit(x, bottom - 26, region, 8.5, room)
    pen.fit(x, bottom - 15, rest, 8.5, room)
    pen.fit(x, bottom - 3, label.unit_name, 7, room)
