"""巡查表: a blank sheet to take along with the standard of each asset, and the log of what a month's patrols saw."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from registry.assets.custody.overview.queries import custodians_on, last_patrols_on
from registry.assets.custody.patrols.models import Patrol
from registry.assets.custody.patrols.queries import list_patrols_in
from registry.assets.custody.patrols.rules import PatrolKind, PatrolResult
from registry.assets.custody.standards import BY_SUBTYPE
from registry.assets.register.cards.models import Asset
from registry.assets.register.registration import Stage
from registry.kinds import Category
from registry.permissions import Actor, Permission
from registry.reports.covering import covered
from registry.reports.heading import sheet_heading
from registry.reports.holdings import list_holdings, unit_names
from registry.reports.paper.drawing import draw_table
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.reports.paper.table import Column, Kind, Line, Note, Row, Table
from registry.reports.parameters import Parameters
from registry.spreadsheet import SheetColumn, WorkSheet, write_xlsx
from registry.text import N_

BLANK_TITLE = N_("扶贫项目资产巡查表（空白）")
TITLE = N_("扶贫项目资产巡查记录表")


@dataclass(frozen=True, slots=True)
class BlankLine:
    """One asset to look at, and what to look for."""

    number: str
    name: str
    unit_name: str
    custodian: str
    standard: str
    last_patrol: str


@dataclass(frozen=True, slots=True)
class BlankSheet:
    """A sheet to take along."""

    unit_name: str
    region_code: str
    region_name: str
    period_text: str
    range_text: str
    lines: tuple[BlankLine, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


@dataclass(frozen=True, slots=True)
class PatrolLine:
    """What was seen of one asset on one day."""

    day: str
    number: str
    name: str
    unit_name: str
    kind: str
    result: str
    note: str
    by: str


@dataclass(frozen=True, slots=True)
class PatrolLog:
    """The patrols of a month up to a day."""

    unit_name: str
    region_code: str
    region_name: str
    period_text: str
    range_text: str
    lines: tuple[PatrolLine, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect_blank(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> BlankSheet:
    """Read the assets of a unit that are patrolled. Raises Missing for a unit out of reach."""
    covers, names = covered(region_code, actor, on), unit_names(region_code, on)
    kept, seen = custodians_on(region_code, on), last_patrols_on(region_code, on)
    lines = tuple(
        BlankLine(
            number=one.asset_no,
            name=one.name,
            unit_name=names[one.region_code],
            custodian=kept[one.id].name if one.id in kept else "",
            standard=BY_SUBTYPE[one.subtype].text,
            last_patrol=seen[one.id].isoformat() if one.id in seen else "",
        )
        for one in list_holdings(region_code, actor, on)
        if one.category != Category.HOUSEHOLD and one.stage == Stage.CONFIRMED
    )
    return BlankSheet(
        covers.unit_name, covers.region_code, covers.region_name, covers.period_text, covers.range_text, lines
    )


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> PatrolLog:
    """Read the patrols of a unit from the first of the month to a day. Raises Missing for a unit out of reach."""
    covers, names = covered(region_code, actor, on), unit_names(region_code, on)
    first = on.replace(day=1)
    rows = list_patrols_in(region_code, actor, Permission.PRINT, first, on)
    period = N_("%(first)s 至 %(last)s") % {"first": first.isoformat(), "last": on.isoformat()}
    return PatrolLog(
        covers.unit_name, covers.region_code, covers.region_name, period, covers.range_text,
        tuple(_patrol_line(patrol, asset, names) for patrol, asset in rows),
    )  # fmt: skip


def _patrol_line(patrol: Patrol, asset: Asset, names: dict[str, str]) -> PatrolLine:
    return PatrolLine(
        day=patrol.done_on.isoformat(),
        number=asset.asset_no,
        name=asset.name,
        unit_name=names.get(asset.region_code, ""),
        kind=PatrolKind(patrol.kind).label,
        result=PatrolResult(patrol.result).label,
        note=patrol.note,
        by=patrol.by_text,
    )


_BLANK_TABLE = Table(
    columns=(
        Column(N_("序号"), 26, Align.CENTER, Kind.CODE),
        Column(N_("资产编号"), 117, Align.CENTER, Kind.CODE),
        Column(N_("资产名称"), 100),
        Column(N_("单位"), 56, Align.CENTER),
        Column(N_("管护人"), 52, Align.CENTER),
        Column(N_("看什么（管护标准）"), 176),
        Column(N_("上次巡查"), 52, Align.CENTER, Kind.CODE),
        Column(N_("情况"), 72, Align.CENTER, Kind.CODE),
        Column(N_("问题（甲乙丙类）"), 122.89),
    ),
)
_BOXES = N_("□正常 □有问题")
_TABLE = Table(
    columns=(
        Column(N_("序号"), 28, Align.CENTER, Kind.CODE),
        Column(N_("日期"), 56, Align.CENTER, Kind.CODE),
        Column(N_("资产编号"), 117, Align.CENTER, Kind.CODE),
        Column(N_("资产名称"), 130),
        Column(N_("单位"), 64, Align.CENTER),
        Column(N_("种类"), 54, Align.CENTER),
        Column(N_("结果"), 46, Align.CENTER),
        Column(N_("说明"), 168.89),
        Column(N_("巡查人"), 110),
    ),
)


def draw_blank(figures: BlankSheet, imprint: Imprint) -> bytes:
    """Draw the blank sheet: boxes to tick and room to write."""
    facts = ((N_("期间"), figures.period_text), (N_("范围"), figures.range_text))
    words = N_("巡查人签名：　　　　　巡查日期：")
    heading = Heading(BLANK_TITLE, "", figures.unit_name, figures.region_code, facts, words)
    return draw_table(LANDSCAPE, heading, _BLANK_TABLE, lambda: blank_rows(figures), imprint)


def blank_rows(figures: BlankSheet) -> Iterator[Row]:
    """Lay out the assets to look at."""
    for ordinal, one in enumerate(figures.lines, 1):
        yield Line((
            str(ordinal), one.number, one.name, one.unit_name, one.custodian or None, one.standard,
            one.last_patrol or None, _BOXES, "",
        ))  # fmt: skip
    yield Note(N_("共 %(count)s 项。照片可以不拍；回来在“巡查一轮”里登记。") % {"count": len(figures.lines)})


def draw(figures: PatrolLog, imprint: Imprint) -> bytes:
    """Draw the log of patrols."""
    facts = ((N_("期间"), figures.period_text), (N_("范围"), figures.range_text))
    heading = Heading(TITLE, "", figures.unit_name, figures.region_code, facts, "")
    return draw_table(LANDSCAPE, heading, _TABLE, lambda: log_rows(figures), imprint)


def log_rows(figures: PatrolLog) -> Iterator[Row]:
    """Lay out what was seen, and count what was not normal."""
    for ordinal, one in enumerate(figures.lines, 1):
        cells = (one.day, one.number, one.name, one.unit_name, one.kind, one.result, one.note or None, one.by)
        yield Line((str(ordinal), *cells))
    odd = sum(one.result not in {PatrolResult.NORMAL.label, PatrolResult.ADVISED.label} for one in figures.lines)
    yield Note(N_("共 %(all)s 次，其中有问题或没有找到 %(odd)s 次") % {"all": len(figures.lines), "odd": odd})


_SHEET_COLUMNS = (
    SheetColumn(N_("日期"), width=12),
    SheetColumn(N_("资产编号"), width=26),
    SheetColumn(N_("资产名称"), width=30),
    SheetColumn(N_("单位"), width=16),
    SheetColumn(N_("种类"), width=12),
    SheetColumn(N_("结果"), width=10),
    SheetColumn(N_("说明"), width=40),
    SheetColumn(N_("巡查人"), width=24),
)


def sheet(figures: PatrolLog, imprint: Imprint) -> bytes:
    """Write the same lines as a spreadsheet."""
    rows = (
        (one.day, one.number, one.name, one.unit_name, one.kind, one.result, one.note, one.by) for one in figures.lines
    )
    heading = (TITLE, *sheet_heading(figures.unit_name, figures.period_text, figures.range_text, imprint))
    out = BytesIO()
    write_xlsx([WorkSheet(TITLE, _SHEET_COLUMNS, rows, heading)], out)
    return out.getvalue()
