"""编辑日志汇总表: how much each person did of each kind of work in a period, and every edit line by line."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from registry.audit.scoped import Wanted
from registry.permissions import Actor
from registry.reports.covering import covered
from registry.reports.glances import Glance
from registry.reports.heading import sheet_heading
from registry.reports.paper.drawing import draw_table
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.reports.paper.table import Column, Kind, Line, Note, Part, Row, Table
from registry.reports.parameters import Parameters
from registry.reports.trail.deeds import DeedLine, deed_lines, get_person, group_label
from registry.reports.trail.groups import EDITS, Group, actions_of
from registry.reports.trail.period import period_of, period_text
from registry.reports.trail.titles import EDIT_LOG as TITLE
from registry.spreadsheet import SheetColumn, WorkSheet, write_xlsx
from registry.text import N_

_PARTS = (N_("第一部分　各人办理情况"), N_("第二部分　逐条明细"))


@dataclass(frozen=True, slots=True)
class PersonCount:
    """How many edits of one kind one person made in a year."""

    year: int
    who: str
    post: str
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class EditLog:
    """The figures of an edit log."""

    unit_name: str
    region_code: str
    period_text: str
    range_text: str
    counts: tuple[PersonCount, ...]
    lines: tuple[DeedLine, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def wanted_of(region_code: str, parameters: Parameters, on: date) -> Wanted:
    """Return which deeds an edit log lists."""
    groups = (Group(parameters.kind),) if parameters.kind else EDITS
    since, until = period_of(parameters, on)
    return Wanted(region_code, since, until, parameters.person_id, actions_of(groups))


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> EditLog:
    """Read the edits of a unit and below in the year up to a day, or since the day asked for. Raises Missing."""
    covers = covered(region_code, actor, on)
    wanted = wanted_of(region_code, parameters, on)
    lines = tuple(deed_lines(wanted))
    words = [group_label(parameters.kind) if parameters.kind else N_("全部编辑")]
    if parameters.person_id:
        words.append(N_("仅 %(name)s") % {"name": get_person(parameters.person_id, actor).name})
    return EditLog(
        covers.unit_name, covers.region_code, period_text(wanted.since, wanted.until), "，".join(words),
        _counts(lines), lines,
    )  # fmt: skip


def _counts(lines: tuple[DeedLine, ...]) -> tuple[PersonCount, ...]:
    counted = Counter((int(one.at[:4]), one.who, one.post, one.kind) for one in lines)
    order = [group.value for group in Group]
    keys = sorted(counted, key=lambda key: (key[0], key[2], key[1], order.index(key[3])))
    return tuple(PersonCount(*key, counted[key]) for key in keys)


_TABLE = Table(
    columns=(
        Column(N_("序号"), 30, Align.CENTER, Kind.CODE),
        Column(N_("时间"), 84, Align.CENTER, Kind.CODE),
        Column(N_("办理人"), 52, Align.CENTER),
        Column(N_("单位、职务"), 92),
        Column(N_("种类"), 60, Align.CENTER),
        Column(N_("事项"), 74),
        Column(N_("对象"), 96),
        Column(N_("改了什么"), 150),
        Column(N_("理由"), 74),
        Column(N_("日志条"), 61.89, Align.CENTER, Kind.CODE),
    ),
)


#: Who did how much of what: the columns of single deeds would stand empty here.
_COUNTED = (
    Column(N_("序号"), 30, Align.CENTER, Kind.CODE),
    Column(N_("年度"), 84, Align.CENTER, Kind.CODE),
    Column(N_("办理人"), 120, Align.CENTER),
    Column(N_("单位、职务"), 273.89),
    Column(N_("种类"), 140, Align.CENTER),
    Column(N_("条数"), 126, Align.CENTER, Kind.CODE),
)


def draw(figures: EditLog, imprint: Imprint) -> bytes:
    """Draw the counts, then every edit."""
    facts = ((N_("期间"), figures.period_text), (N_("范围"), figures.range_text))
    heading = Heading(TITLE, "", figures.unit_name, figures.region_code, facts, money_unit="")
    return draw_table(LANDSCAPE, heading, _TABLE, lambda: rows(figures), imprint)


def rows(figures: EditLog) -> Iterator[Row]:
    """Lay out both parts."""
    yield Part(_PARTS[0], _COUNTED)
    for ordinal, one in enumerate(figures.counts, 1):
        kind, count = group_label(one.kind), N_("%(n)s 条") % {"n": f"{one.count:,}"}
        yield Line((str(ordinal), f"{one.year} 年", one.who, one.post, kind, count))
    yield Note(N_("共 %(n)s 条。") % {"n": f"{len(figures.lines):,}"} if figures.lines else N_("本期没有编辑"))
    yield Part(_PARTS[1])
    yield from deed_rows(figures.lines)


def deed_rows(lines: tuple[DeedLine, ...]) -> Iterator[Row]:
    """Lay out deeds one under the other."""
    if not lines:
        yield Note(N_("没有"))
    for ordinal, one in enumerate(lines, 1):
        yield Line((
            str(ordinal), one.at, one.who, one.post, group_label(one.kind), one.action, one.thing, one.changes or None,
            one.reason or None, one.place,
        ))  # fmt: skip


_COLUMNS = (
    SheetColumn(N_("时间"), width=20),
    SheetColumn(N_("办理人"), width=12),
    SheetColumn(N_("单位、职务"), width=28),
    SheetColumn(N_("种类"), width=14),
    SheetColumn(N_("事项"), width=18),
    SheetColumn(N_("对象"), width=28),
    SheetColumn(N_("改了什么"), width=60),
    SheetColumn(N_("理由"), width=30),
    SheetColumn(N_("日志条"), width=16),
)
_COUNT_COLUMNS = (
    SheetColumn(N_("年度"), width=8),
    SheetColumn(N_("办理人"), width=12),
    SheetColumn(N_("单位、职务"), width=28),
    SheetColumn(N_("种类"), width=14),
    SheetColumn(N_("条数"), width=8),
)


def sheet(figures: EditLog, imprint: Imprint) -> bytes:
    """Write counts and edits as two sheets."""
    counts = ((str(one.year), one.who, one.post, group_label(one.kind), str(one.count)) for one in figures.counts)
    heading = (TITLE, *sheet_heading(figures.unit_name, figures.period_text, figures.range_text, imprint))
    out = BytesIO()
    sheets = [
        WorkSheet(N_("各人办理情况"), _COUNT_COLUMNS, counts, heading),
        WorkSheet(N_("逐条明细"), _COLUMNS, map(deed_cells, figures.lines), heading),
    ]
    write_xlsx(sheets, out)
    return out.getvalue()


def deed_cells(one: DeedLine) -> tuple[str, ...]:
    """Return the cells of one deed in a spreadsheet."""
    return (
        one.at, one.who, one.post, group_label(one.kind), one.action, one.thing, one.changes, one.reason, one.place,
    )  # fmt: skip


def glance(figures: EditLog) -> Glance:
    """Return what a reader compares of an edit log; nobody is named."""
    return (
        (N_("单位"), figures.unit_name),
        (N_("期间"), figures.period_text),
        (N_("编辑"), N_("%(n)s 条") % {"n": f"{len(figures.lines):,}"}),
    )
