"""全套台账: all ledgers of a unit and a year in one file, behind contents, numbered from first to last page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from registry.errors import Invalid
from registry.permissions import Actor
from registry.reports.covering import covered
from registry.reports.gathering import Figures
from registry.reports.glances import Glance
from registry.reports.paper.drawing import draw_table
from registry.reports.paper.imprint import Imprint, figures_digest, grouped_digest, text_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.reports.paper.table import Column, Kind, Line, Note, Row, Table
from registry.reports.paper.volume import Volume
from registry.reports.parameters import Parameters
from registry.reports.progress import tell
from registry.text import N_, Labelled

TITLE = N_("全套台账")
_PDF = "pdf"


class Bound(Protocol):
    """A report that can be bound with others."""

    @property
    def name(self) -> Labelled: ...

    def gather(self, region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> Figures: ...

    def write(self, text: str, imprint: Imprint, file_format: str) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Member:
    """One ledger of the set: its figures as they are kept, or why there are none."""

    report: str
    title: str
    text: str
    refusal: str


@dataclass(frozen=True, slots=True)
class LedgerSet:
    """The figures of a set."""

    unit_name: str
    region_code: str
    period_text: str
    range_text: str
    members: tuple[Member, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


@dataclass(frozen=True)
class Place:
    """Where a ledger stands in the file: its first page and how many."""

    first: int
    pages: int


class Binder:
    """Reads and draws a set of certain reports."""

    def __init__(self, reports: Sequence[Bound]) -> None:
        self.reports = reports

    def collect(self, region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> LedgerSet:
        """Read every ledger of a unit from the beginning of a day's year to that day. Raises Missing."""
        covers, members = covered(region_code, actor, on), []
        for done, report in enumerate(self.reports, 1):
            members.append(_member(report, region_code, parameters, actor, on))
            tell(done, self.steps)
        return LedgerSet(covers.unit_name, covers.region_code, covers.period_text, covers.range_text, tuple(members))

    @property
    def steps(self) -> int:
        """How many steps it takes to read and draw a set."""
        return 3 * len(self.reports)

    def draw(self, figures: LedgerSet, imprint: Imprint) -> bytes:
        """Draw contents and ledgers twice: first to count their pages, then to number them."""
        counting = Volume(TITLE, imprint, 0)
        places = self._draw(figures, replace(imprint, volume=counting), (), len(self.reports))
        volume = Volume(TITLE, imprint, counting.document.page_count)
        self._draw(figures, replace(imprint, volume=volume), places, 2 * len(self.reports))
        return volume.document.finish()

    def _draw(self, figures: LedgerSet, imprint: Imprint, places: Sequence[Place], before: int) -> list[Place]:
        volume = imprint.volume
        assert volume is not None
        draw_table(LANDSCAPE, _heading(figures), _TABLE, lambda: contents(figures, places), imprint)
        by_name, found = {report.name.value: report for report in self.reports}, []
        for done, member in enumerate(figures.members, 1):
            first = volume.document.page_count + 1
            if member.text:
                digest = text_digest(member.text)
                by_name[member.report].write(member.text, replace(imprint, figures_digest=digest), _PDF)
            found.append(Place(first, volume.document.page_count + 1 - first))
            tell(before + done, self.steps)
        return found


def _member(report: Bound, region_code: str, parameters: Parameters, actor: Actor, on: date) -> Member:
    try:
        figures = report.gather(region_code, parameters, actor=actor, on=on)
    except Invalid as error:
        return Member(
            report.name.value, report.name.label, "", error.text % {k: str(v) for k, v in error.params.items()}
        )
    return Member(report.name.value, report.name.label, figures.text, "")


def _heading(figures: LedgerSet) -> Heading:
    facts = ((N_("期间"), figures.period_text), (N_("范围"), figures.range_text))
    return Heading(TITLE, N_("目　录"), figures.unit_name, figures.region_code, facts, money_unit="")


_TABLE = Table(
    columns=(
        Column(N_("序号"), 40, Align.CENTER, Kind.CODE),
        Column(N_("台账"), 313.89),
        Column(N_("起始页"), 70, Align.CENTER, Kind.CODE),
        Column(N_("页数"), 70, Align.CENTER, Kind.CODE),
        Column(N_("数字摘要"), 280, Align.CENTER, Kind.CODE),
    ),
)


def contents(figures: LedgerSet, places: Sequence[Place]) -> Iterator[Row]:
    """Lay out the contents; before the pages are counted the numbers are left open."""
    for ordinal, member in enumerate(figures.members, 1):
        if not member.text:
            yield Line((str(ordinal), member.title, None, None, member.refusal))
            continue
        place = places[ordinal - 1] if places else Place(0, 0)
        digest = grouped_digest(text_digest(member.text))
        yield Line((str(ordinal), member.title, str(place.first), str(place.pages), digest))
    yield Note(N_("每一页的页脚是本册的流水号；各本台账的数字摘要印在它自己的页脚和上表里。"))


def glance(figures: LedgerSet) -> Glance:
    """Return what a reader compares of a set."""
    held = sum(bool(member.text) for member in figures.members)
    return (
        (N_("单位"), figures.unit_name),
        (N_("期间"), figures.period_text),
        (N_("台账"), N_("%(n)s 本") % {"n": held}),
    )
