"""What features above the register add to the life of an asset: one table of them, put into the line by their days."""

from collections.abc import Callable, Sequence

from flask import url_for
from flask_babel import gettext as _

from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.typed import write_quantity
from registry.assets.register.lookup.showing import Point
from registry.clock import local
from registry.disposal.cases.models import DisposalCase
from registry.disposal.cases.queries import cases_of_asset
from registry.disposal.kinds import OPEN, DisposalStatus
from registry.disposal.proceeds.kinds import Purpose
from registry.disposal.proceeds.queries import Origin
from registry.disposal.proceeds.showing import paid_from
from registry.money import format_yuan
from registry.supervision.stocktaking.models import StockLine
from registry.supervision.stocktaking.queries import lines_telling_of, sheets_open_to
from registry.supervision.stocktaking.rules import CHECKED, CampaignStatus, Outcome
from registry.web import actor

#: Cases of which nothing came.
_NOTHING_CAME = frozenset({DisposalStatus.DRAFT, DisposalStatus.WITHDRAWN})


def _of_proceeds(asset: Asset) -> list[Point]:
    """The money of disposals that went into it, leading back to what was sold."""
    return [_origin(one) for one in paid_from(asset)]


def _origin(one: Origin) -> Point:
    made = one.use.about is Purpose.NEW_ASSET
    title = _("用处置收入 %(amount)s 元购建") if made else _("用处置收入 %(amount)s 元管护、维修")
    return Point(
        "fact", one.use.used_on.isoformat(), _("处置收入"), title % {"amount": format_yuan(one.use.amount_fen)}, "", "",
        _("来自处置“%(title)s”（%(number)s）", title=one.case.title, number=one.case.number), "",
        url_for("proceeds_uses.show", proceeds_id=one.account.id, use_id=one.use.id),
    )  # fmt: skip


def _of_disposals(asset: Asset) -> list[Point]:
    """The cases in which it was disposed of, or in which that is asked for, each leading to its page."""
    return [_disposal(case) for case in cases_of_asset(asset.id) if case.state not in _NOTHING_CAME]


def _disposal(case: DisposalCase) -> Point:
    done = case.state is DisposalStatus.DONE
    title = _("%(kind)s：%(state)s", kind=_(case.about.label), state=_(case.state.label))
    day = case.effective_on if done else case.submitted_on or local(case.opened_at).date()
    return Point(
        "decided" if done else "fact", day.isoformat(), _("处置"), title, "", "",
        _("处置事项“%(title)s”（%(number)s）", title=case.title, number=case.number), "",
        url_for("disposals.show", disposal_id=case.id),
    )  # fmt: skip


def _of_counts(asset: Asset) -> list[Point]:
    """What every count said of it, each leading to the sheet where the reader may open it."""
    lines = lines_telling_of(asset.id)
    seen = sheets_open_to({line.sheet_id for line in lines}, actor())
    return [_count(line, is_open=line.sheet_id in seen) for line in lines]


def _count(line: StockLine, *, is_open: bool) -> Point:
    sheet, day = line.sheet, local(line.counted_at).date() if line.counted_at else line.sheet.listed_on
    checked = sheet.state in CHECKED
    return Point(
        "decided" if checked and line.outcome else "fact", day.isoformat(), _("清查"), _found(line), "", "",
        "，".join(text for text in (sheet.campaign.title, *_counters(line, checked=checked)) if text), line.note,
        url_for("stock_sheets.show", sheet_id=sheet.id) if is_open else "",
    )  # fmt: skip


def _found(line: StockLine) -> str:
    """Say what a count found of it; of one that nobody counted, whether it may still come."""
    if line.result is None:
        running = line.sheet.campaign.state is CampaignStatus.OPEN
        return str(_("列入清查清单，还没有盘点") if running else _("清查结束时没有盘点"))
    if line.result is Outcome.FOUND and line.is_different:
        counted, unit = write_quantity(line.counted_milli or 0), line.unit
        booked = write_quantity(line.quantity_milli or 0)
        said = _("清查：数量不符，账面 %(booked)s %(unit)s，实有 %(counted)s %(unit)s")
        return str(said % {"booked": booked, "counted": counted, "unit": unit})
    return str(_("清查：%(found)s", found=_(line.result.label)))


def _counters(line: StockLine, *, checked: bool) -> tuple[str, ...]:
    """Say who counted it, and who confirmed the sheet and when."""
    sheet = line.sheet
    counted = _("%(who)s盘点", who=line.counted_by_text) if line.counted_at else ""
    if not checked or sheet.confirmed_at is None:
        return (counted,)
    day = local(sheet.confirmed_at).date().isoformat()
    return counted, _("%(who)s %(day)s 复核", who=sheet.confirmed_by_text, day=day)


def disposal_of(asset: Asset) -> DisposalCase | None:
    """Return the case by which an asset left the register, else the one that is open about it."""
    cases = cases_of_asset(asset.id)
    done = (case for case in cases if case.state is DisposalStatus.DONE and case.meaning.removes)
    return next(done, None) or next((case for case in cases if case.state in OPEN), None)


#: Each tells what it knows of an asset, as points of its life.
SOURCES: tuple[Callable[[Asset], list[Point]], ...] = (_of_proceeds, _of_disposals, _of_counts)


def with_more_life(points: Sequence[Point], asset: Asset) -> list[Point]:
    """Put what other features know of an asset among the points of its line, which runs forwards or backwards."""
    more = [point for source in SOURCES for point in source(asset)]
    if not more:
        return list(points)
    backwards = bool(points) and points[0].kind == "now"
    now = [point for point in points if point.kind == "now" and point is (points[0] if backwards else points[-1])]
    past = [point for point in points if point not in now]
    line = sorted([*(past[::-1] if backwards else past), *more], key=lambda point: point.date)
    return [*now, *line[::-1]] if backwards else [*line, *now]
