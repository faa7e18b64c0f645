"""资产登记卡: one asset on paper, with its funding, owners, value changes, events and photographs."""

from dataclasses import dataclass

from registry.money import format_yuan
from registry.reports.paper.blocks import Block, BlockColumn, Pictures, draw_blocks
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import PORTRAIT, Heading
from registry.text import N_

TITLE = N_("扶贫项目资产登记卡")
_MOST_PHOTOS = 2


@dataclass(frozen=True, slots=True)
class Fact:
    """One label and its value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Facts under one title, e.g. 基本情况."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class CardFunding:
    """One funding line."""

    source: str
    year: str
    document_number: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class CardOwner:
    """One owner with the share as printed, e.g. 100.00%."""

    name: str
    kind: str
    share: str
    since: str


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One change of the original value or of accumulated depreciation."""

    on: str
    reason: str
    change_fen: int
    original_fen: int


@dataclass(frozen=True, slots=True)
class CardEvent:
    """One event of the asset's life."""

    on: str
    kind: str
    summary: str
    by: str


@dataclass(frozen=True, slots=True)
class CardPhoto:
    """One photograph with its caption."""

    caption: str
    image: bytes


@dataclass(frozen=True, slots=True)
class AssetCardFigures:
    """The figures of one card; at most two photographs are printed."""

    unit_name: str
    region_code: str
    period_text: str
    number: str
    name: str
    groups: tuple[FactGroup, ...]
    funding: tuple[CardFunding, ...]
    owners: tuple[CardOwner, ...]
    changes: tuple[ValueChange, ...]
    events: tuple[CardEvent, ...]
    photos: tuple[CardPhoto, ...] = ()

    def digest(self) -> str:
        """Digest these figures; a photograph counts by its own digest."""
        return figures_digest(self)


def draw(figures: AssetCardFigures, imprint: Imprint) -> bytes:
    """Draw the card, upright, on as many sheets as it needs."""
    heading = Heading(
        title=TITLE,
        part=f"{figures.name}　{figures.number}",
        unit_name=figures.unit_name,
        region_code=figures.region_code,
        facts=((N_("期间"), figures.period_text),),
    )
    blocks: list[Block | Pictures] = [_facts(group) for group in figures.groups]
    blocks += [
        block for block in (_funding(figures), _owners(figures), _changes(figures), _events(figures)) if block.rows
    ]
    if figures.photos:
        photos = tuple((photo.caption, photo.image) for photo in figures.photos[:_MOST_PHOTOS])
        blocks.append(Pictures(N_("现场照片"), photos))
    return draw_blocks(PORTRAIT, heading, blocks, imprint)


def _facts(group: FactGroup) -> Block:
    """Set facts two to a row."""
    columns = (BlockColumn("", 17), BlockColumn("", 33), BlockColumn("", 17), BlockColumn("", 33))
    cells = [(fact.label, fact.value or "—") for fact in group.facts]
    if len(cells) % 2:
        cells.append(("", ""))
    rows = tuple(left + right for left, right in zip(cells[::2], cells[1::2], strict=True))
    return Block(group.title, columns, rows, quiet=(0, 2))


def _funding(figures: AssetCardFigures) -> Block:
    columns = (
        BlockColumn(N_("资金来源"), 30),
        BlockColumn(N_("年度"), 12, Align.CENTER),
        BlockColumn(N_("文号"), 36),
        BlockColumn(N_("金额"), 22, Align.RIGHT),
    )
    rows = tuple(
        (line.source, line.year, line.document_number, format_yuan(line.amount_fen)) for line in figures.funding
    )
    total = (N_("合计"), "", "", format_yuan(sum(line.amount_fen for line in figures.funding)))
    return Block(N_("资金来源"), columns, rows, total)


def _owners(figures: AssetCardFigures) -> Block:
    columns = (
        BlockColumn(N_("所有权人"), 44),
        BlockColumn(N_("性质"), 20, Align.CENTER),
        BlockColumn(N_("份额"), 16, Align.RIGHT),
        BlockColumn(N_("起始日期"), 20, Align.CENTER),
    )
    rows = tuple((owner.name, owner.kind, owner.share, owner.since) for owner in figures.owners)
    return Block(N_("产权归属"), columns, rows)


def _changes(figures: AssetCardFigures) -> Block:
    columns = (
        BlockColumn(N_("日期"), 15, Align.CENTER),
        BlockColumn(N_("事由"), 45),
        BlockColumn(N_("增减"), 20, Align.RIGHT),
        BlockColumn(N_("变动后原值"), 20, Align.RIGHT),
    )
    rows = tuple(
        (change.on, change.reason, format_yuan(change.change_fen), format_yuan(change.original_fen))
        for change in figures.changes
    )
    return Block(N_("价值变动"), columns, rows)


def _events(figures: AssetCardFigures) -> Block:
    columns = (
        BlockColumn(N_("日期"), 15, Align.CENTER),
        BlockColumn(N_("事项"), 17, Align.CENTER),
        BlockColumn(N_("内容"), 48),
        BlockColumn(N_("经办"), 20),
    )
    rows = tuple((event.on, event.kind, event.summary, event.by) for event in figures.events)
    return Block(N_("资产经历"), columns, rows)
