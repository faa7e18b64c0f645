"""个人信息查看登记表: who saw personal data unmasked, whose, what, when and why; and who was refused."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from registry.audit.actions import Action, Outcome
from registry.audit.labels import column_label
from registry.audit.plain import plain
from registry.audit.scoped import Wanted, stream_done
from registry.permissions import Actor
from registry.reports.covering import covered
from registry.reports.glances import Glance
from registry.reports.heading import sheet_heading
from registry.reports.paper.drawing import draw_table
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.reports.paper.table import Column, Kind, Line, Note, Row, Table
from registry.reports.parameters import Parameters
from registry.reports.trail.deeds import get_person, line_of
from registry.reports.trail.period import period_of, period_text
from registry.reports.trail.titles import REVEALS as TITLE
from registry.spreadsheet import SheetColumn, WorkSheet, write_xlsx
from registry.text import N_

#: What shows personal data whole, or was refused.
SEEN = (Action.REVEALED, Action.ROLL_REVEALED, Action.REVEAL_DENIED)
_SIGNERS = (N_("制表人："), N_("审核人："), N_("审计管理员："))


@dataclass(frozen=True, slots=True)
class RevealLine:
    """One look at personal data: whose is said by the number of the row, not by a name."""

    at: str
    who: str
    post: str
    action: str
    thing: str
    seen: str
    reason: str
    place: str
    is_refused: bool


@dataclass(frozen=True, slots=True)
class RevealLog:
    """The figures of a log of looks at personal data."""

    unit_name: str
    region_code: str
    period_text: str
    range_text: str
    lines: tuple[RevealLine, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def wanted_of(region_code: str, parameters: Parameters, on: date) -> Wanted:
    """Return which deeds the log lists."""
    return Wanted(region_code, *period_of(parameters, on), parameters.person_id, SEEN)


def list_reveals(wanted: Wanted, reason: str = "") -> list[RevealLine]:
    """Return every look at personal data that is wanted, or those whose reason holds a word."""
    found = [_line(payload) for payload in stream_done(wanted)]
    return [one for one in found if reason in one.reason]


def _line(payload: str) -> RevealLine:
    event = plain(payload)
    said, seen = line_of(event), json.loads(payload)["facts"].get("revealed", [])
    # A household's name stays out of the log of those who looked at it.
    thing = f"{event.thing_label} {event.thing_id}".strip()
    labels = [column_label(event.thing_table, str(column)) for column in seen] if isinstance(seen, list) else []
    refused = event.action is Action.REVEAL_DENIED or event.outcome is not Outcome.DONE
    return RevealLine(
        said.at, said.who, said.post, event.action.label, thing, "、".join(labels), said.reason, said.place, refused
    )


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> RevealLog:
    """Read the looks at personal data in a unit and below in a period. Raises Missing."""
    covers, wanted = covered(region_code, actor, on), wanted_of(region_code, parameters, on)
    words = [N_("完整查看和被拒绝的查看")]
    if parameters.person_id:
        words.append(N_("仅 %(name)s") % {"name": get_person(parameters.person_id, actor).name})
    if parameters.reason:
        words.append(N_("理由含“%(text)s”") % {"text": parameters.reason})
    return RevealLog(
        covers.unit_name, covers.region_code, period_text(wanted.since, wanted.until), "，".join(words),
        tuple(list_reveals(wanted, parameters.reason)),
    )  # fmt: skip


_TABLE = Table(
    columns=(
        Column(N_("序号"), 30, Align.CENTER, Kind.CODE),
        Column(N_("时间"), 92, Align.CENTER, Kind.CODE),
        Column(N_("查看人"), 60, Align.CENTER),
        Column(N_("单位、职务"), 130),
        Column(N_("事项"), 110),
        Column(N_("对象（内部编号）"), 90),
        Column(N_("看到的项目"), 100),
        Column(N_("理由"), 91.89),
        Column(N_("日志条"), 70, Align.CENTER, Kind.CODE),
    ),
)


def draw(figures: RevealLog, imprint: Imprint) -> bytes:
    """Draw the log; refused looks are red."""
    facts = ((N_("期间"), figures.period_text), (N_("范围"), figures.range_text))
    heading = Heading(TITLE, "", figures.unit_name, figures.region_code, facts, money_unit="", signers=_SIGNERS)
    return draw_table(LANDSCAPE, heading, _TABLE, lambda: rows(figures), imprint)


def rows(figures: RevealLog) -> Iterator[Row]:
    """Lay out the lines."""
    if not figures.lines:
        yield Note(N_("本期没有人查看过未遮盖的个人信息"))
    for ordinal, one in enumerate(figures.lines, 1):
        cells = (one.at, one.who, one.post, one.action, one.thing, one.seen or None, one.reason or None, one.place)
        yield Line((str(ordinal), *cells), red=one.is_refused)


_COLUMNS = (
    SheetColumn(N_("时间"), width=20),
    SheetColumn(N_("查看人"), width=12),
    SheetColumn(N_("单位、职务"), width=28),
    SheetColumn(N_("事项"), width=22),
    SheetColumn(N_("对象（内部编号）"), width=18),
    SheetColumn(N_("看到的项目"), width=24),
    SheetColumn(N_("理由"), width=40),
    SheetColumn(N_("日志条"), width=16),
)


def sheet(figures: RevealLog, imprint: Imprint) -> bytes:
    """Write the same lines as a spreadsheet."""
    cells = (
        (one.at, one.who, one.post, one.action, one.thing, one.seen, one.reason, one.place) for one in figures.lines
    )
    heading = (TITLE, *sheet_heading(figures.unit_name, figures.period_text, figures.range_text, imprint))
    out = BytesIO()
    write_xlsx([WorkSheet(TITLE, _COLUMNS, cells, heading)], out)
    return out.getvalue()


def glance(figures: RevealLog) -> Glance:
    """Return what a reader compares of the log; nobody is named."""
    refused = sum(one.is_refused for one in figures.lines)
    return (
        (N_("单位"), figures.unit_name),
        (N_("期间"), figures.period_text),
        (N_("完整查看"), N_("%(n)s 次") % {"n": f"{len(figures.lines) - refused:,}"}),
        (N_("被拒绝"), N_("%(n)s 次") % {"n": f"{refused:,}"}),
    )
