"""Matching the name of a village, township or county as people write it to its code."""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from registry.assets.register.reading.problems import Problem, ProblemKind, say
from registry.assets.register.reading.values import squeezed
from registry.regions import CODE_LENGTH, Level, is_code, level_of
from registry.text import N_

#: What a unit may end in, longest first; a core name may be followed by any of its own group.
_VILLAGE_ENDS = ("村村民委员会", "村村委会", "村民委员会", "村委会", "村")
_COMMUNITY_ENDS = ("社区居民委员会", "社区居委会", "社区", "居民委员会", "居委会")
_STREET_ENDS = ("街道办事处", "街道", "办事处")
_COUNTY_CUTS = re.compile(r"(?:(?:土家|苗|侗|彝|回|壮|瑶|藏|羌|满|仡佬|布依|蒙古)族)+自治县$")
_BRIEF = (("社区居民委员会", "社区"), ("村村民委员会", "村"), ("村民委员会", "村"), ("居民委员会", "社区"))
_JOINED = re.compile(r"(?<=[村区会])[和与及]|[、,;/+]")
_VILLAGE_LIKE = re.compile(r"[村]|社区|居委会")
_REST = re.compile(
    r"[0-9一二三四五六七八九十]+[组社号队]?.*|[(].*|[老新]?[一-龥]{0,6}(?:组|小组|坝|湾|院子).*|(?:股份)?经济(?:联合|合作)(?:总)?社"
)
_NEAR, _NEAR_CUTOFF = 3, 0.5
#: Looking for similar names is slow; a file in which hundreds are unknown is the wrong file.
_MOST_GUESSES = 300


@dataclass(frozen=True, slots=True)
class RegionName:
    """A unit that may be meant: its code, its official name, the names of the units above it from the top."""

    code: str
    name: str
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Exactly one unit is meant; ``rest`` is what follows the name (三组大坝)."""

    code: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Several:
    """More than one unit bears the name, or the cell names two villages (``joint``)."""

    units: tuple[RegionName, ...]
    joint: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """No unit bears the name; ``near`` are similar names, ``within`` the smallest unit named before it and its size."""

    text: str
    near: tuple[str, ...]
    within: str = ""
    within_count: int = 0


RegionMatch = Found | Several | Unknown


@dataclass(frozen=True, slots=True)
class RegionIndex:
    """The units that may be meant, by code and by every way to write their names; built once for a file."""

    by_code: dict[str, RegionName]
    by_alias: dict[str, tuple[RegionName, ...]]
    by_parent: dict[str, tuple[RegionName, ...]]
    by_character: dict[str, tuple[RegionName, ...]]
    parent_names: dict[str, str]
    scope: tuple[str, int]
    matches: dict[str, RegionMatch] = field(default_factory=dict)
    guesses: list[str] = field(default_factory=list)


def index_regions(candidates: Sequence[RegionName]) -> RegionIndex:
    """Build the index of the units that may be meant."""
    parent_names: dict[str, str] = {}
    for unit in candidates:
        own = () if level_of(unit.code) is Level.VILLAGE else (unit.name,)
        for parent in (*unit.parents, *own):
            if parent not in parent_names:
                parent_names.update(dict.fromkeys(_parent_aliases(parent), parent))
    return RegionIndex(
        by_code={unit.code: unit for unit in candidates},
        by_alias=_grouped((alias, unit) for unit in candidates for alias in _aliases(unit.name)),
        by_parent=_grouped((parent, unit) for unit in candidates for parent in unit.parents),
        by_character=_grouped((letter, unit) for unit in candidates for letter in set(core(unit.name))),
        parent_names=parent_names,
        scope=_scope(candidates),
    )


def _grouped(pairs: Iterable[tuple[str, RegionName]]) -> dict[str, tuple[RegionName, ...]]:
    groups: defaultdict[str, list[RegionName]] = defaultdict(list)
    for key, unit in pairs:
        groups[key].append(unit)
    return {key: tuple(units) for key, units in groups.items()}


def _scope(units: Sequence[RegionName]) -> tuple[str, int]:
    """Return the township that all the villages lie in and how many they are, or nothing."""
    villages = [unit for unit in units if level_of(unit.code) is Level.VILLAGE and unit.parents]
    townships = {unit.parents[-1] for unit in villages}
    return (townships.pop(), len(villages)) if len(townships) == 1 else ("", 0)


def match_region(text: str, index: RegionIndex) -> RegionMatch:
    """Find the unit that a cell names: a code, a bare name, or a full path such as 石柱县中益乡华溪村."""
    plain = squeezed(text)
    if plain not in index.matches:
        index.matches[plain] = _match(plain, index)
    return index.matches[plain]


def parse_region(text: str, index: RegionIndex) -> Found | Problem:
    """Find the one unit that a cell names, or say what is wrong with it."""
    match = match_region(text, index)
    if isinstance(match, Found):
        return match
    return _several(match) if isinstance(match, Several) else _unknown(match)


def core(name: str) -> str:
    """Return a village's name without what says that it is one: 华溪村民委员会 → 华溪."""
    for end in (*_VILLAGE_ENDS, *_COMMUNITY_ENDS):
        if name.endswith(end) and len(name) > len(end):
            return name.removesuffix(end)
    return name


def _aliases(name: str) -> set[str]:
    for ends in (_COMMUNITY_ENDS, _VILLAGE_ENDS, _STREET_ENDS):
        end = next((end for end in ends if name.endswith(end) and len(name) > len(end)), None)
        if end:
            stem = name.removesuffix(end)
            bare = {stem} if len(stem) > 1 else set()
            return {stem + other for other in ends} | bare
    return _parent_aliases(name) | {name + "人民政府", name + "政府"}


def _parent_aliases(name: str) -> set[str]:
    """Return the ways to write a township, county or municipality before the name of a village."""
    aliases = {name}
    cut = _COUNTY_CUTS.sub("", name)
    if cut != name and cut:
        aliases |= {cut + "县", cut}
    for end in _STREET_ENDS:
        if name.endswith(end):
            aliases |= {name.removesuffix(end) + other for other in _STREET_ENDS}
            break
    return {alias for alias in aliases if len(alias) > 1}


def _match(text: str, index: RegionIndex) -> RegionMatch:
    if len(text) == CODE_LENGTH and is_code(text):
        return Found(text) if text in index.by_code else Unknown(text, ())
    named, rest = _without_parents(text, index)
    if not rest:
        return _chosen(tuple(index.by_alias.get(named[-1], ())) if named else (), named[:-1], text, index)
    exact = _below(index.by_alias.get(rest, ()), named)
    if exact:
        return _chosen(exact, (), text, index)
    return _joint(rest, named, index) or _longest(rest, named, index) or _nothing(rest, named, index)


def _without_parents(text: str, index: RegionIndex) -> tuple[tuple[str, ...], str]:
    """Cut the names of higher units from the front; a text that is itself a name below them is left whole."""
    named: list[str] = []
    while not _below(index.by_alias.get(text, ()), tuple(named)):
        cut = next((text[:end] for end in range(len(text), 1, -1) if text[:end] in index.parent_names), None)
        if cut is None:
            break
        named.append(index.parent_names[cut])
        text = text[len(cut) :]
    return tuple(named), text


def _below(units: Sequence[RegionName], named: tuple[str, ...]) -> tuple[RegionName, ...]:
    return tuple(unit for unit in units if all(name in unit.parents for name in named))


def _chosen(units: tuple[RegionName, ...], named: tuple[str, ...], text: str, index: RegionIndex) -> RegionMatch:
    fitting = _below(units, named)
    if not fitting:
        return _nothing(text, (), index)
    return Found(fitting[0].code) if len(fitting) == 1 else Several(fitting)


def _joint(text: str, named: tuple[str, ...], index: RegionIndex) -> Several | None:
    pieces = [piece for piece in _JOINED.split(text) if piece]
    known = [unit for piece in pieces for unit in _below(index.by_alias.get(piece, ()), named)]
    alike = [piece for piece in pieces if _VILLAGE_LIKE.search(piece)]
    return Several(tuple(known), joint=True) if len(pieces) > 1 and (len(alike) > 1 or len(known) > 1) else None


def _longest(text: str, named: tuple[str, ...], index: RegionIndex) -> RegionMatch | None:
    """Match the longest name at the front that says it is a village; what follows must be a place inside it."""
    for end in range(len(text) - 1, 1, -1):
        units = _below(index.by_alias.get(text[:end], ()), named)
        if units and _VILLAGE_LIKE.search(text[:end]) and _REST.fullmatch(text[end:]):
            return Found(units[0].code, text[end:]) if len(units) == 1 else Several(units)
    return None


def _nothing(text: str, named: tuple[str, ...], index: RegionIndex) -> Unknown:
    within, count = _scope(index.by_parent.get(named[-1], ())) if named else index.scope
    if len(index.guesses) >= _MOST_GUESSES:
        return Unknown(_short(text), (), within, count)
    index.guesses.append(text)
    return Unknown(_short(text), _near(core(text), named, index), within, count)


def _near(wanted: str, named: tuple[str, ...], index: RegionIndex) -> tuple[str, ...]:
    alike = [unit for letter in set(wanted) for unit in index.by_character.get(letter, ())]
    cores = {core(unit.name): _short(unit.name) for unit in _below(alike, named)}
    return tuple(cores[name] for name in difflib.get_close_matches(wanted, cores, _NEAR, _NEAR_CUTOFF))


def _short(name: str) -> str:
    for long, brief in _BRIEF:
        if name.endswith(long):
            return name.removesuffix(long) + brief
    return name


def _several(match: Several) -> Problem:
    if match.joint:
        return Problem(
            ProblemKind.REGION,
            say(N_("一格里有两个以上的村，是联建")),
            say(N_("填共同的乡镇，或按各村份额拆成几行")),
        )
    paths = "、".join("".join(unit.parents[-2:]) + _short(unit.name) for unit in match.units[:_NEAR])
    return Problem(
        ProblemKind.REGION,
        say(N_("同名的有 %(count)d 个：%(paths)s"), count=len(match.units), paths=paths),
        say(N_("在村名前写上乡镇，或填村代码")),
    )


def _unknown(match: Unknown) -> Problem:
    text = say(N_("您能登记的范围里没有%(name)s"), name=match.text)
    if match.within:
        text = say(
            N_("%(within)s的 %(count)d 个村里没有%(name)s"),
            within=match.within,
            count=match.within_count,
            name=match.text,
        )
    remedy = say(N_("核实后改，或填村代码"))
    if match.near:
        remedy = say(N_("相近的有%(near)s；核实后改，或填村代码"), near="、".join(match.near))
    return Problem(ProblemKind.REGION, text, remedy)
