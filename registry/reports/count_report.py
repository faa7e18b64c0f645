"""清查结果报告: what a count expected and found, by category and by unit, and what each difference became."""

from dataclasses import dataclass
from datetime import date

from registry.errors import Missing
from registry.kinds import Category
from registry.money import format_yuan
from registry.permissions import Actor
from registry.places.queries import names_of
from registry.regions import covers
from registry.reports.covering import check_region, names_on
from registry.reports.paper.blocks import Block, BlockColumn, draw_blocks
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.reports.parameters import Parameters
from registry.supervision.stocktaking.fates import Fate, fates_of
from registry.supervision.stocktaking.models import StockDifference
from registry.supervision.stocktaking.progress import Row, Tally, rolled_up, tally_categories
from registry.supervision.stocktaking.queries import (
    DifferenceFilter,
    get_campaign,
    list_differences,
    list_sheets,
)
from registry.supervision.stocktaking.rules import Outcome
from registry.text import N_

TITLE = N_("扶贫项目资产清查结果报告")
MOST_DIFFERENCES = 5_000
_SIGNERS = (N_("制表："), N_("复核："), N_("负责人："))


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one category, or in one unit; ``outcomes`` in the order of ``Outcome``."""

    label: str
    expected: int
    expected_fen: int
    uncounted: int
    outcomes: tuple[int, ...]
    sheets: int
    sheets_in: int


@dataclass(frozen=True, slots=True)
class Differing:
    """One difference and what it became."""

    unit_name: str
    number: str
    name: str
    outcome: str
    note: str
    way: str
    status: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class CountReport:
    """The result of a count in a unit and below."""

    unit_name: str
    region_code: str
    title: str
    number: str
    cutoff_on: str
    status: str
    closing_note: str
    categories: tuple[Found, ...]
    units: tuple[Found, ...]
    differences: tuple[Differing, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> CountReport:
    """Read the result of a count. Raises Missing."""
    check_region(region_code, actor)
    campaign = get_campaign(parameters.campaign_id, actor)
    if not covers(campaign.region_code, region_code):
        raise Missing
    names = names_on(region_code, on)
    rows = rolled_up(campaign.id, region_code, list_sheets(campaign.id, region_code, actor), actor)
    units = names_of(row.region_code for row in rows)
    differing = list_differences(
        DifferenceFilter(campaign.id, region_code=region_code), actor, limit=MOST_DIFFERENCES
    )  # fmt: skip
    fates, places = fates_of(differing), names_of({one.region_code for one in differing})
    note = N_("没有交齐：%(units)s。原因：%(why)s") % {"units": campaign.left_out, "why": campaign.closing_note}
    return CountReport(
        unit_name="　".join(names[1:] or names), region_code=region_code, title=campaign.title,
        number=campaign.number, cutoff_on=campaign.cutoff_on.isoformat(), status=campaign.state.label,
        closing_note=note if campaign.left_out else "",
        categories=tuple(
            _found(_category(key), one)
            for key, one in tally_categories(campaign.id, actor, region_code=region_code).items()
        ),
        units=tuple(_unit(row, units) for row in rows),
        differences=tuple(_differing(one, fates[one.id], places) for one in differing),
    )  # fmt: skip


def _category(key: str) -> str:
    return Category(key).label if key else N_("还不清楚")


def _unit(row: Row, names: dict[str, str]) -> Found:
    name = names.get(row.region_code, row.region_code)
    return _found(N_("%(unit)s本级") % {"unit": name} if row.is_own else name, row.tally)


def _found(label: str, one: Tally) -> Found:
    outcomes = tuple(one.outcomes[outcome.value] for outcome in Outcome)
    return Found(label, one.expected, one.expected_fen, one.uncounted, outcomes, one.sheets, one.sheets_in)


def _differing(one: StockDifference, fate: Fate, names: dict[str, str]) -> Differing:
    return Differing(
        unit_name=names.get(one.region_code, ""), number=one.line.asset_no, name=one.line.name,
        outcome=one.found.label, note=one.line.note, way=one.settled.label if one.settled else one.stands.label,
        status=fate.status or (one.stands.label if one.settled else ""), reason=one.reason, by=one.settled_by_text,
    )  # fmt: skip


def draw(figures: CountReport, imprint: Imprint) -> bytes:
    """Draw the report: result, categories, units, differences."""
    heading = Heading(
        title=TITLE, part=figures.title, unit_name=figures.unit_name, region_code=figures.region_code,
        signers=_SIGNERS,
    )  # fmt: skip
    blocks = [
        _facts(figures),
        _tally(N_("按类别"), N_("类别"), figures.categories),
        _tally(N_("按单位"), N_("单位"), figures.units),
        _list(figures),
    ]
    return draw_blocks(LANDSCAPE, heading, blocks, imprint)


def _facts(figures: CountReport) -> Block:
    columns = (BlockColumn("", 12), BlockColumn("", 38), BlockColumn("", 12), BlockColumn("", 38))
    rows = [(N_("清查编号"), figures.number, N_("基准日"), figures.cutoff_on)]
    rows.append((N_("状态"), figures.status, N_("未交齐"), figures.closing_note or "—"))
    return Block(N_("清查"), columns, tuple(rows), quiet=(0, 2))


def _tally(title: str, head: str, found: tuple[Found, ...]) -> Block:
    columns = (
        BlockColumn(head, 15),
        BlockColumn(N_("应盘"), 7, Align.RIGHT),
        BlockColumn(N_("账面原值"), 16, Align.RIGHT),
        BlockColumn(N_("未盘"), 6, Align.RIGHT),
        *(BlockColumn(one.label, 8, Align.RIGHT) for one in Outcome),
    )
    rows = tuple(
        (one.label, str(one.expected), format_yuan(one.expected_fen), str(one.uncounted), *map(str, one.outcomes))
        for one in found
    )
    sums = (sum(one.outcomes[place] for one in found) for place in range(len(Outcome)))
    total = (
        N_("合计"), str(sum(one.expected for one in found)), format_yuan(sum(one.expected_fen for one in found)),
        str(sum(one.uncounted for one in found)), *map(str, sums),
    )  # fmt: skip
    return Block(title, columns, rows, total)


def _list(figures: CountReport) -> Block:
    columns = (
        BlockColumn(N_("单位"), 9),
        BlockColumn(N_("资产编号"), 17, Align.CENTER),
        BlockColumn(N_("资产名称"), 17),
        BlockColumn(N_("结果"), 8, Align.CENTER),
        BlockColumn(N_("情况"), 14),
        BlockColumn(N_("怎么处理"), 11),
        BlockColumn(N_("原因和处理意见"), 14),
        BlockColumn(N_("处理人"), 10),
    )
    rows = tuple(
        (
            one.unit_name, one.number or "—", one.name, one.outcome, one.note,
            f"{one.way}（{one.status}）" if one.status and one.status != one.way else one.way, one.reason or "—",
            one.by or "—",
        )
        for one in figures.differences
    )  # fmt: skip
    return Block(N_("差异和处理（%(n)s 项）") % {"n": len(figures.differences)}, columns, rows)
