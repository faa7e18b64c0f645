"""What a list is asked for: read from the address, written back to it, and said in words. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace

from registry.assets.register.bigrams import MAX_QUERY, folded
from registry.assets.register.categories import BY_CODE, HandedOver, TitleStatus, UseStatus
from registry.assets.register.funding import FundingSource
from registry.assets.register.registration import Stage
from registry.errors import Invalid
from registry.kinds import Category, OwnerKind, Sector
from registry.money import format_yuan, parse_fen, plain_yuan
from registry.regions import is_code
from registry.text import N_, Labelled

#: In place of a stage: withdrawn and disposed assets too.
EVERY_STAGE = "ALL"
#: What the sums kept per unit are told apart by.
SUMMED = (
    "region", "category", "stage", "alive", "sector", "owner_kind", "title_status", "use_status", "handed_over",
)  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1949, 2999
_DASHES = re.compile(r"[-—–~～至]+")
_NUMBER = re.compile(r"[0-9]{6,12}|[0-9]{12}[JGD][0-9]{0,9}|[0-9]{12}[JGD][0-9]{9}[0-9A-Z]")


class NotACondition(Invalid):
    """A condition in the address cannot be understood."""

    message = N_("“%(label)s”不能是“%(text)s”。")


class RangeReversed(Invalid):
    """The lower end of a range lies above its upper end."""

    message = N_("“%(label)s”的起止颠倒了。")


@dataclass(frozen=True)
class Filter:
    """The conditions on a list of assets; what is not asked for is None or empty."""

    q: str = ""
    region: str = ""
    category: Category | None = None
    subtype: str = ""
    stage: Stage | None = None
    use_status: UseStatus | None = None
    title_status: TitleStatus | None = None
    handed_over: HandedOver | None = None
    sector: Sector | None = None
    year_from: int | None = None
    year_to: int | None = None
    value_from: int | None = None
    value_to: int | None = None
    owner_kind: OwnerKind | None = None
    owner: str = ""
    source: FundingSource | None = None
    batch: int | None = None
    #: Only what stands in the register; False for withdrawn and disposed assets too.
    alive: bool = True

    @property
    def is_summed(self) -> bool:
        """Whether sums kept per unit and cell answer for it."""
        return all(getattr(self, one.name) == one.default for one in fields(self) if one.name not in SUMMED)

    @property
    def is_coarse(self) -> bool:
        """Whether it asks for no more than unit, category and stage."""
        return self == Filter(region=self.region, category=self.category, stage=self.stage, alive=self.alive)

    @property
    def words(self) -> str:
        """The text to be found in names, as it is compared; empty when a number is looked for."""
        return "" if self.number else folded(self.q)[:MAX_QUERY]

    @property
    def number(self) -> str:
        """The asset number, or its beginning of six characters or more, that is looked for."""
        plain = folded(self.q).upper()
        return plain if _NUMBER.fullmatch(plain) else ""


EVERYTHING = Filter()


@dataclass(frozen=True)
class Parsed:
    """A filter and what could not be understood; with problems the list is not shown."""

    filter: Filter
    problems: tuple[Invalid, ...] = ()


LABELS: dict[str, str] = {
    "q": N_("名称或编号"),
    "region": N_("所在单位"),
    "category": N_("类别"),
    "subtype": N_("子类"),
    "stage": N_("登记状态"),
    "use_status": N_("使用状况"),
    "title_status": N_("确权情况"),
    "handed_over": N_("移交情况"),
    "sector": N_("行业主管部门"),
    "year_from": N_("购建年度"),
    "year_to": N_("购建年度"),
    "value_from": N_("原值不低于（元）"),
    "value_to": N_("原值不高于（元）"),
    "owner_kind": N_("所有权人类型"),
    "owner": N_("所有权人"),
    "source": N_("资金来源"),
    "batch": N_("导入批次"),
}


def _whole(text: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 16 and least <= int(text) <= most):
        raise ValueError(text)
    return int(text)


def _member(kind: type[Labelled]) -> Callable[[str], object]:
    return kind


def _subtype(text: str) -> str:
    return BY_CODE[text].code


def _region(text: str) -> str:
    if not is_code(text):
        raise ValueError(text)
    return text


def _year(text: str) -> int:
    return _whole(text, FIRST_YEAR, LAST_YEAR)


def _fen(text: str) -> int:
    fen = parse_fen(text)
    if fen < 0:
        raise ValueError(text)
    return fen


READERS: dict[str, Callable[[str], object]] = {
    "q": lambda text: text[:MAX_QUERY].strip(),
    "region": _region,
    "category": _member(Category),
    "subtype": _subtype,
    "stage": _member(Stage),
    "use_status": _member(UseStatus),
    "title_status": _member(TitleStatus),
    "handed_over": _member(HandedOver),
    "sector": _member(Sector),
    "year_from": _year,
    "year_to": _year,
    "value_from": _fen,
    "value_to": _fen,
    "owner_kind": _member(OwnerKind),
    "owner": lambda text: text[:MAX_QUERY].strip(),
    "source": _member(FundingSource),
    "batch": lambda text: _whole(text, 1, 10**12),
}


def parse_filter(args: Mapping[str, str]) -> Parsed:
    """Read a filter from the address; names it does not know are not its business."""
    found: dict[str, object] = {}
    problems: list[Invalid] = []
    given = {**args, **_years(args.get("year", ""))}
    for name, read in READERS.items():
        text = given.get(name, "").strip()
        if not text:
            continue
        if name == "stage" and text == EVERY_STAGE:
            found["alive"] = False
            continue
        try:
            found[name] = read(text)
        except (ValueError, KeyError, Invalid):
            problems.append(NotACondition(field=name, label=LABELS[name], text=text[:40]))
    chosen = replace(Filter(), **found)  # type: ignore[arg-type]
    return Parsed(chosen, (*problems, *_reversed(chosen)))


def filter_of(args: Mapping[str, str]) -> Filter:
    """Read a filter; raises the first condition that cannot be understood."""
    parsed = parse_filter(args)
    for problem in parsed.problems:
        raise problem
    return parsed.filter


def _years(text: str) -> dict[str, str]:
    """Read years as people write them in one box: 2019, 2017-2022, 2017—, —2022."""
    if not text.strip():
        return {}
    first, *last = _DASHES.split(text.strip())
    return {"year_from": first, "year_to": last[0] if last else first}


def years_text(chosen: Filter) -> str:
    """Write the years of a filter as one box shows them."""
    low, high = chosen.year_from, chosen.year_to
    return str(low or "") if low == high else f"{low or ''}—{high or ''}"


def _reversed(chosen: Filter) -> list[Invalid]:
    pairs = ((N_("购建年度"), chosen.year_from, chosen.year_to), (N_("原值"), chosen.value_from, chosen.value_to))
    return [
        RangeReversed(label=label) for label, low, high in pairs if low is not None and high is not None and low > high
    ]


def to_query(chosen: Filter) -> dict[str, str]:
    """Write a filter as the address carries it; parse_filter() reads the same filter back."""
    query: dict[str, str] = {}
    for field in fields(Filter):
        value = getattr(chosen, field.name)
        if field.name == "alive" or value in {None, ""}:
            continue
        query[field.name] = plain_yuan(value) if field.name.startswith("value_") else str(value)
    if not chosen.alive and chosen.stage is None:
        query["stage"] = EVERY_STAGE
    return query


@dataclass(frozen=True)
class Chip:
    """One condition in words, and the filter without it."""

    label: str
    value: str
    without: Filter


def chips(chosen: Filter, unit_name: str) -> list[Chip]:
    """Return the conditions in force as people say them; ``unit_name`` names the region."""
    found = []
    for field in fields(Filter):
        value = getattr(chosen, field.name)
        if field.name == "alive" or value in {None, ""} or field.name in _RANGES:
            continue
        said = unit_name if field.name == "region" else _said(value)
        cleared = replace(chosen, **{field.name: field.default})  # type: ignore[arg-type]
        found.append(Chip(LABELS[field.name], said, cleared))
    found += [_range_chip(chosen, low, high, label) for low, high, label in _PAIRS if _asked(chosen, low, high)]
    if not chosen.alive and chosen.stage is None:
        found.append(Chip(LABELS["stage"], N_("含已撤销、已处置"), replace(chosen, alive=True)))
    return found


_PAIRS = (("year_from", "year_to", N_("购建年度")), ("value_from", "value_to", N_("原值（元）")))
_RANGES = frozenset({"year_from", "year_to", "value_from", "value_to"})


def _said(value: object) -> str:
    if isinstance(value, Labelled):
        return value.label
    return BY_CODE[value].label if isinstance(value, str) and value in BY_CODE else str(value)


def _asked(chosen: Filter, low: str, high: str) -> bool:
    return getattr(chosen, low) is not None or getattr(chosen, high) is not None


def _range_chip(chosen: Filter, low: str, high: str, label: str) -> Chip:
    ends = [getattr(chosen, name) for name in (low, high)]
    texts = ["" if end is None else format_yuan(end) if low.startswith("value") else str(end) for end in ends]
    said = texts[0] if texts[0] == texts[1] else "—".join(texts)
    return Chip(label, said, replace(chosen, **{low: None, high: None}))  # type: ignore[arg-type]
