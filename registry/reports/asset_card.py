"""资产登记卡: one asset on paper, with its funding, owners, value changes, events and photographs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from registry.assets.register.amendments.past import CardThen, card_on, end_of
from registry.assets.register.cards.answers import AnswerGroup, answers_of
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.parts import depreciation_of
from registry.assets.register.cards.queries import get_asset
from registry.assets.register.depreciation import accumulated_fen
from registry.assets.register.lookup.card import get_history, history_on, life_of
from registry.assets.register.lookup.life import Phrase
from registry.assets.register.registration import MONTHS, Registration, ValueKind
from registry.assets.register.rules import percent, poverty_fund_fen
from registry.errors import Missing
from registry.evidence.queries import list_attachments
from registry.evidence.rules import EvidenceKind
from registry.evidence.store import load
from registry.kinds import OwnerKind
from registry.money import format_yuan
from registry.permissions import Actor, Permission
from registry.places.queries import full_name_on
from registry.reports.covering import names_on
from registry.reports.paper.blocks import Block, BlockColumn, Pictures, draw_blocks
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import PORTRAIT, Heading
from registry.reports.parameters import Parameters
from registry.text import N_

TITLE = N_("扶贫项目资产登记卡")
_MOST_PHOTOS = 2
#: Paper speaks more formally than the page on which people type.
_TITLES = {
    N_("是什么"): N_("基本情况"),
    N_("花了多少钱、谁出的"): N_("项目和资金"),
    N_("归谁、谁管"): N_("权属和管护"),
    N_("怎么用"): N_("使用和经营"),
}


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


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> AssetCardFigures:
    """Read one card as it stood at the end of a day. Raises Missing."""
    asset = get_asset(parameters.asset_numbers[0] if parameters.asset_numbers else "", actor, Permission.PRINT)
    if asset.region_code != region_code:
        raise Missing
    card = card_on(asset, on)
    names = names_on(card.facts.region_code, on)
    unit_name = "　".join(names[1:] or names)
    return AssetCardFigures(
        unit_name=unit_name,
        region_code=card.facts.region_code,
        period_text=N_("截至 %(day)s") % {"day": on.isoformat()},
        number=card.asset_no,
        name=card.facts.name,
        groups=(*_groups(card.facts, unit_name, on), _value(card, on)),
        funding=tuple(
            CardFunding(line.source.label, str(line.year or ""), line.document_no, line.amount_fen)
            for line in card.facts.funding
        ),
        owners=tuple(
            CardOwner(
                row.party.name, OwnerKind(row.party.kind).label, f"{percent(row.share_bp)}%", row.valid_from.isoformat()
            )
            for row in card.owners
        ),
        changes=tuple(_value_changes(card)),
        events=tuple(_life(asset, card, on)),
        photos=tuple(_photos(asset.id, on)),
    )


def _groups(facts: Registration, unit_name: str, on: date) -> list[FactGroup]:
    """Set down what the card says, but for money and owners, which have tables of their own."""
    spoken = {"region_code": unit_name}
    if facts.location_code:
        spoken["location_detail"] = full_name_on(facts.location_code, on) + facts.location_detail
    return [_group(group, spoken) for group in answers_of(facts)]


def _group(group: AnswerGroup, spoken: dict[str, str]) -> FactGroup:
    told = [answer for answer in group.answers if answer.field not in {"funding", "owners", "original_value"}]
    return FactGroup(
        _TITLES.get(group.title, group.title), tuple(Fact(one.label, spoken.get(one.field, one.text)) for one in told)
    )


def _value(card: CardThen, on: date) -> FactGroup:
    gone, (method, months) = accumulated_fen(card.plan, on), depreciation_of(card.facts)
    facts = (
        Fact(N_("原值（元）"), format_yuan(card.facts.original_value_fen)),
        Fact(N_("折旧方法"), method.label),
        Fact(N_("累计折旧（元）"), format_yuan(gone) if card.plan.months else ""),
        Fact(N_("净值（元）"), format_yuan(card.facts.original_value_fen - gone)),
        Fact(N_("使用年限"), N_("%(years)s 年") % {"years": months // MONTHS} if months else ""),
        Fact(N_("扶贫资金（元）"), format_yuan(poverty_fund_fen(card.facts.funding))),
    )
    return FactGroup(N_("价值"), facts)


def _value_changes(card: CardThen) -> Iterator[ValueChange]:
    """Yield why the value was what it was, with the value after each change."""
    value = 0
    for change in card.changes:
        value += change.amount_fen
        reason = "，".join(filter(None, (ValueKind(change.kind).label, change.reason, change.document_no)))
        yield ValueChange(change.effective_on.isoformat(), reason, change.amount_fen, value)


def _life(asset: Asset, card: CardThen, on: date) -> Iterator[CardEvent]:
    for entry in life_of(asset, history_on(get_history(asset), card.changes, on), on, facts=card.facts):
        if entry.kind != "now" and entry.on <= on:
            struck = N_("由 %(old)s 改为 %(new)s") % {"old": entry.struck, "new": entry.value} if entry.struck else ""
            summary = "，".join(filter(None, (_said(entry.title), struck)))
            detail = "，".join(filter(None, map(_said, (*entry.detail, *entry.quote))))
            yield CardEvent(entry.on.isoformat(), entry.label, summary, detail)


def _said(phrase: Phrase) -> str:
    """Write a phrase in Chinese, the language of papers."""
    values = dict(phrase.params)
    return phrase.message % values if phrase.message else values.get("text", "")


def _photos(asset_id: int, on: date) -> Iterator[CardPhoto]:
    """Yield the latest photographs, as many as are printed, made small enough for paper."""
    files = (file for file in list_attachments("asset", str(asset_id)) if file.added_at < end_of(on))
    found = [file for file in files if file.kind == EvidenceKind.PHOTO]
    for file in found[-_MOST_PHOTOS:]:
        yield CardPhoto(file.caption or file.file_name, load(file.sha256))


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
        BlockColumn(N_("内容"), 40),
        BlockColumn(N_("经办、依据"), 28),
    )
    rows = tuple((event.on, event.kind, event.summary, event.by) for event in figures.events)
    return Block(N_("资产经历"), columns, rows)
