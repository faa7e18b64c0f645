"""受益对象花名册: the households of a unit that stand on the roll of a day, by group, with class and shares."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from sqlalchemy import select

from registry.bulk import chunks
from registry.database import db
from registry.ledger.distribution.rolls.models import BeneficiaryStatus
from registry.ledger.distribution.rolls.queries import list_roll
from registry.ledger.distribution.rolls.rules import BeneficiaryClass, RollEntry
from registry.parties.households.rules import shares_text
from registry.permissions import Actor, Permission
from registry.reports.covering import covered
from registry.reports.heading import sheet_heading
from registry.reports.holdings import unit_names
from registry.reports.paper.drawing import draw_table
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.reports.paper.table import Cell, Column, Kind, Line, Note, Row, Table
from registry.reports.parameters import Parameters
from registry.spreadsheet import SheetColumn, WorkSheet, write_xlsx
from registry.text import N_

TITLE = N_("受益对象花名册")
#: What is shown of an identity number.
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class RollRow:
    """One household on the roll; of the identity number the last four characters. Shares are hundredths."""

    number: str
    village: str
    group_name: str
    head: str
    masked_id: str
    classes: str
    since: str
    size: int
    labour: int
    members: int
    share_hundredths: int
    assistance_hundredths: int
    months: int
    bank: str


@dataclass(frozen=True, slots=True)
class BeneficiaryRoll:
    """The figures of a roll. ``counts`` are the classes with their households."""

    unit_name: str
    region_code: str
    region_name: str
    period_text: str
    range_text: str
    counts: tuple["ClassCount", ...]
    rows: tuple[RollRow, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


@dataclass(frozen=True, slots=True)
class ClassCount:
    """How many households hold a class."""

    name: str
    households: int


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> BeneficiaryRoll:
    """Read the households that stand on the roll of a unit on a day. Raises Missing."""
    covers, units = covered(region_code, actor, on, N_("在册户")), unit_names(region_code, on)
    entries = list_roll(region_code, on, by=actor, permission=Permission.PRINT)
    since = _since([entry.household_id for entry in entries], on)
    counts = tuple(
        ClassCount(one.label, sum(one in entry.classes for entry in entries))
        for one in BeneficiaryClass
        if one is not BeneficiaryClass.MEMBER
    )
    return BeneficiaryRoll(
        covers.unit_name,
        covers.region_code,
        covers.region_name,
        covers.period_text,
        covers.range_text,
        counts,
        tuple(_row(entry, units, since.get(entry.household_id)) for entry in entries),
    )


def _since(household_ids: list[int], on: date) -> dict[int, date]:
    """Return since when each household has held the class that it got last."""
    found: dict[int, date] = {}
    for some in chunks(household_ids):
        rows = select(BeneficiaryStatus).where(
            BeneficiaryStatus.household_id.in_(some), BeneficiaryStatus.person_id.is_(None)
        )
        for status in db.session.scalars(rows.order_by(BeneficiaryStatus.valid_from, BeneficiaryStatus.id)):
            if status.held.holds_on(on):
                found[status.household_id] = status.event_on
    return found


def _row(entry: RollEntry, units: dict[str, str], since: date | None) -> RollRow:
    classes = [one for one in entry.classes if one is not BeneficiaryClass.MEMBER]
    return RollRow(
        number=entry.sort_key,
        village=units.get(entry.region_code, ""),
        group_name=entry.group_name,
        head=entry.head_name,
        masked_id=entry.masked_id[-_SHOWN:],
        classes="、".join(one.label for one in classes),
        since=since.isoformat() if since else "",
        size=entry.size,
        labour=entry.labour,
        members=entry.members,
        share_hundredths=entry.share_hundredths,
        assistance_hundredths=entry.assistance_hundredths,
        months=len(entry.entitled_months(classes)),
        bank=N_("有") if entry.bank_known else N_("无"),
    )


_TABLE = Table(
    columns=(
        Column(N_("序号"), 30, Align.CENTER, Kind.CODE),
        Column(N_("户编号"), 96, Align.CENTER, Kind.CODE),
        Column(N_("村"), 62, Align.CENTER),
        Column(N_("组别"), 52, Align.CENTER),
        Column(N_("户主"), 62, Align.CENTER),
        Column(N_("身份证\n后四位"), 50, Align.CENTER, Kind.CODE),
        Column(N_("类别"), 121.89),
        Column(N_("认定起"), 56, Align.CENTER, Kind.CODE),
        Column(N_("人口"), 30, Align.RIGHT, Kind.CODE),
        Column(N_("劳动力"), 36, Align.RIGHT, Kind.CODE),
        Column(N_("成员"), 30, Align.RIGHT, Kind.CODE),
        Column(N_("成员股"), 42, Align.RIGHT, Kind.CODE),
        Column(N_("帮扶股"), 42, Align.RIGHT, Kind.CODE),
        Column(N_("本年享\n受月数"), 36, Align.RIGHT, Kind.CODE),
        Column(N_("账户"), 28, Align.CENTER),
    ),
    counted=N_("户"),
)


def draw(figures: BeneficiaryRoll, imprint: Imprint) -> bytes:
    """Draw the roll in the order of the households' numbers."""
    facts = ((N_("期间"), figures.period_text), (N_("范围"), figures.range_text))
    heading = Heading(TITLE, "", figures.unit_name, figures.region_code, facts, money_unit="")
    return draw_table(LANDSCAPE, heading, _TABLE, lambda: _rows(figures), imprint)


def _rows(figures: BeneficiaryRoll) -> Iterator[Row]:
    for ordinal, row in enumerate(figures.rows, 1):
        yield Line(_cells(ordinal, row))
    people = sum(row.size for row in figures.rows)
    yield Note(N_("共 %(count)s 户 %(people)s 人") % {"count": f"{len(figures.rows):,}", "people": f"{people:,}"})
    told = "，".join(f"{one.name} {one.households:,} 户" for one in figures.counts if one.households)
    if told:
        yield Note(N_("按类别：%(told)s（一户可有几种类别）") % {"told": told})


def _cells(ordinal: int, row: RollRow) -> tuple[Cell, ...]:
    return (
        str(ordinal), row.number, row.village, row.group_name or None, row.head, row.masked_id or None,
        row.classes or None, row.since or None, str(row.size), str(row.labour), str(row.members),
        shares_text(row.share_hundredths) if row.share_hundredths else None,
        shares_text(row.assistance_hundredths) if row.assistance_hundredths else None,
        str(row.months) if row.months else None, row.bank,
    )  # fmt: skip


_SHEET_COLUMNS = (
    SheetColumn(N_("户编号"), width=22),
    SheetColumn(N_("村"), width=14),
    SheetColumn(N_("组别"), width=12),
    SheetColumn(N_("户主"), width=12),
    SheetColumn(N_("身份证后四位"), width=12),
    SheetColumn(N_("类别"), width=26),
    SheetColumn(N_("认定起"), width=12),
    SheetColumn(N_("人口"), width=8),
    SheetColumn(N_("劳动力"), width=8),
    SheetColumn(N_("成员"), width=8),
    SheetColumn(N_("成员股"), width=10),
    SheetColumn(N_("帮扶股"), width=10),
    SheetColumn(N_("本年享受月数"), width=12),
    SheetColumn(N_("账户"), width=8),
)


def sheet(figures: BeneficiaryRoll, imprint: Imprint) -> bytes:
    """Write the same households as a spreadsheet."""
    rows = (_cells(0, row)[1:] for row in figures.rows)
    heading = (TITLE, *sheet_heading(figures.unit_name, figures.period_text, figures.range_text, imprint))
    out = BytesIO()
    write_xlsx([WorkSheet(TITLE, _SHEET_COLUMNS, rows, heading)], out)
    return out.getvalue()
