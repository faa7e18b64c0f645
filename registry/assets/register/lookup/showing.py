"""What the pages of lookup say: choices of the filter bar, cells of a row, sentences of a life, links to deeds."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import Any

from flask import current_app, url_for
from flask_babel import get_locale, gettext

from registry.assets.register.amendments.rules import CorrectionKind, CorrectionStatus, LegacyKind
from registry.assets.register.cards.parts import RelationKind
from registry.assets.register.categories import (
    BY_CODE,
    SUBTYPES,
    AccountingSystem,
    HandedOver,
    Publicity,
    ReturnKind,
    TitleStatus,
    UseStatus,
    subtypes_of,
)
from registry.assets.register.funding import FundingSource
from registry.assets.register.lookup.deeds import Deed, deeds_open_to
from registry.assets.register.lookup.filters import EVERY_STAGE, Filter
from registry.assets.register.lookup.life import Entry, Phrase
from registry.assets.register.lookup.rows import Badge, Column, Row, row_badge
from registry.assets.register.registration import MILLI, Stage, ValueKind
from registry.evidence.rules import EvidenceKind
from registry.kinds import Category, OwnerKind, Sector
from registry.money import format_yuan
from registry.permissions import Actor
from registry.places.models import Region
from registry.places.queries import list_children, path_of
from registry.regions import Level, covers, level_of, parent
from registry.text import N_, Labelled

Choice = tuple[str, str]
#: The tabs of an asset's page, by their name in the address.
TABS: dict[str, str] = {
    "overview": N_("概况"),
    "money": N_("资金与价值"),
    "rights": N_("权属与管护"),
    "changes": N_("变动与补录"),
    "files": N_("附件"),
    "trail": N_("操作日志"),
}


#: Enums whose members the page of an asset names, by the word the template uses.
ENUMS: dict[str, type[Labelled]] = {
    "value": ValueKind,
    "relation": RelationKind,
    "sector": Sector,
    "accounting": AccountingSystem,
    "publicity": Publicity,
    "returns": ReturnKind,
    "correction": CorrectionKind,
    "correction_status": CorrectionStatus,
    "legacy": LegacyKind,
    "evidence": EvidenceKind,
}


def label(kind: str, code: str) -> str:
    """Name a stored code; nothing for nothing."""
    return gettext(ENUMS[kind](code).label) if code else ""


def deed_url(endpoint: str, **values: str | None) -> str | None:
    """Return the address of a deed, None where this installation has no such page."""
    parts: dict[str, Any] = dict(values)
    return url_for(endpoint, **parts) if endpoint in current_app.view_functions else None


@dataclass(frozen=True)
class Link:
    """A deed by name and address."""

    label: str
    url: str
    posted: bool = False
    leads: bool = False


def links(deeds: Iterable[Deed], asset_no: str) -> list[Link]:
    """Return the deeds that have a page here."""
    found = ((deed, deed_url(deed.endpoint, asset_no=asset_no)) for deed in deeds)
    return [Link(gettext(deed.label), url, deed.posted, deed.leads) for deed, url in found if url]


def row_links(actor: Actor) -> Callable[[Row], list[Link]]:
    """Return how a row's deeds are found; the address of each is made once and filled in for every row."""
    pattern = cache(lambda deed: next(iter(links([deed], _ANY)), None))

    def find(row: Row) -> list[Link]:
        deeds = deeds_open_to(
            actor, stage=row.stage, category=row.category, region_code=row.region_code, entered_by_id=row.entered_by_id
        )
        made = [link for link in map(pattern, deeds[:4]) if link]
        return [replace(link, url=link.url.replace(_ANY, row.asset_no)) for link in made]

    return find


#: Stands for a number in an address that is made once and filled in for every row.
_ANY = "NUMBER"


def choices(kind: type[Labelled], anything: str) -> list[Choice]:
    """Return the members of an enum for a select, after the choice of any."""
    return [("", gettext(anything)), *((one.value, gettext(one.label)) for one in kind)]


def filter_choices(chosen: Filter) -> dict[str, list[Choice]]:
    """Return what the selects of the filter bar offer."""
    return _choices(str(get_locale()), chosen.category)


@lru_cache(maxsize=16)
def _choices(_language: str, category: Category | None) -> dict[str, list[Choice]]:
    """Return the choices in the language of this request; they are translated once, not for every page."""
    subtypes = subtypes_of(category) if category else SUBTYPES
    return {
        "category": choices(Category, N_("全部")),
        "subtype": [("", gettext(N_("全部"))), *((one.code, gettext(one.label)) for one in subtypes)],
        "stage": [*choices(Stage, N_("在册（全部）")), (EVERY_STAGE, gettext(N_("含已撤销、已处置")))],
        "use_status": choices(UseStatus, N_("全部")),
        "title_status": choices(TitleStatus, N_("全部")),
        "handed_over": choices(HandedOver, N_("全部")),
        "sector": choices(Sector, N_("全部")),
        "owner_kind": choices(OwnerKind, N_("全部")),
        "source": choices(FundingSource, N_("全部")),
    }


_UNITS = {Level.COUNTY: N_("全部区县"), Level.TOWNSHIP: N_("全部乡镇"), Level.VILLAGE: N_("全部村（社区）")}


def units_around(region: str, actor: Actor) -> list[Choice]:
    """Return the units to drill into from the one that is looked at: those above it in reach, itself, those below."""
    here = region or actor.unit_code
    above = [unit for unit in path_of(here) if covers(actor.unit_code, unit.region_code) and unit.region_code != here]
    below = list_children(here) or list_children(parent(here) or here)
    anything = _UNITS[below[0].level] if below else N_("全部")
    named: dict[str, str] = {"": gettext(anything) if not above else gettext(N_("全部"))}
    for unit in (*above[1:], *_itself(here, region), *below):
        named.setdefault(unit.region_code, unit.short)
    return list(named.items())


def _itself(here: str, region: str) -> Sequence[Region]:
    return path_of(here)[-1:] if region and level_of(here) is not Level.VILLAGE else ()


@dataclass(frozen=True)
class Cells:
    """How the cells of a row are written on a day, with the names of its units."""

    columns: Sequence[Column]
    names: Mapping[str, str]
    on: date

    @cached_property
    def say(self) -> Callable[[str], str]:
        """Translate a label once for the whole page."""
        return cache(gettext)

    @cached_property
    def heads(self) -> list[tuple[str, str, str]]:
        """Label, unit and kind of every column."""
        return [(gettext(one.label), gettext(one.unit) if one.unit else "", one.kind) for one in self.columns]

    def label_of(self, column: Column) -> str:
        """Return the head of a column with its unit, as a cell on a phone bears it."""
        label, unit, _kind = self.heads[self.columns.index(column)]
        return f"{label} {unit}" if unit else label

    def badge(self, row: Row) -> Badge:
        """Return the state of a row in the reader's language."""
        badge = row_badge(row)
        return Badge(self.say(badge.text), badge.tone, badge.symbol)

    def of(self, row: Row) -> list[tuple[str, str, str, str]]:
        """Return key, head, text and kind of every cell of a row."""
        return [
            (one.key, f"{label} {unit}" if unit else label, _TEXTS[one.key](row, self), kind)
            for one, (label, unit, kind) in zip(self.columns, self.heads, strict=True)
        ]


def asset_urls() -> Callable[[str], str]:
    """Return how the address of an asset's page is made."""
    pattern = url_for("lookup.asset", asset_no=_ANY)
    return lambda number: pattern.replace(_ANY, number)


def _quantity(row: Row, _cells: Cells) -> str:
    if row.quantity_milli is None:
        return "—"
    whole, part = divmod(row.quantity_milli, MILLI)
    return f"{whole:,}" + (f".{part:03d}".rstrip("0") if part else "") + f" {row.unit}"


_TEXTS: dict[str, Callable[[Row, Cells], str]] = {
    "category": lambda row, cells: cells.say(Category(row.category).label),
    "subtype": lambda row, cells: cells.say(BY_CODE[row.subtype].label),
    "unit": lambda row, cells: cells.names.get(row.region_code, row.region_code),
    "year": lambda row, _cells: str(row.project_year),
    "quantity": _quantity,
    "value": lambda row, _cells: format_yuan(row.original_value_fen),
    "net": lambda row, cells: format_yuan(row.net_value_fen(cells.on)),
    "fund": lambda row, _cells: format_yuan(row.poverty_fund_fen),
    "owner": lambda row, _cells: row.owner_text or "—",
    "source": lambda row, _cells: row.funding_text or "—",
    "title": lambda row, cells: cells.say(TitleStatus(row.title_status).label),
    "use": lambda row, cells: cells.say(UseStatus(row.use_status).label),
    "state": lambda _row, _cells: "",
}


def said(phrase: Phrase) -> str:
    """Translate a sentence and fill it in; a person's own words stay as they are."""
    if not phrase.message:
        return phrase.params[0][1]
    return str(gettext(phrase.message, **dict(phrase.params)))


@dataclass(frozen=True)
class Point:
    """A point of the line as the page shows it."""

    kind: str
    date: str
    kind_text: str
    title: str
    struck: str
    value: str
    detail: str
    quote: str
    url: str


def points(entries: Iterable[Entry]) -> list[Point]:
    """Return the line of a life as the page shows it."""
    return [
        Point(
            entry.kind,
            entry.on.isoformat(),
            gettext(entry.label),
            said(entry.title),
            entry.struck,
            entry.value,
            " · ".join(said(one) for one in entry.detail),
            "。".join(said(one).rstrip("。") for one in entry.quote) + ("。" if entry.quote else ""),
            (deed_url("reports.show_print", serial=entry.serial) or "") if entry.serial else "",
        )
        for entry in entries
    ]
