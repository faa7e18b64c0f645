"""Names of units, and what a change of divisions may do. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.errors import Conflict, Invalid
from registry.regions import Level, level_of, parent
from registry.text import N_

#: How a village-level body's full name is shortened to the name of the place.
_BODIES = (
    ("社区居民委员会", "社区"),
    ("村民委员会", "村"),
    ("居民委员会", "社区"),
    ("村委会", "村"),
    ("居委会", "社区"),
)
_LEVEL_WORDS = {
    "municipality": Level.MUNICIPALITY,
    "county": Level.COUNTY,
    "township": Level.TOWNSHIP,
    "village": Level.VILLAGE,
}


class RegionState(StrEnum):
    """Whether a unit still exists."""

    STANDING = "STANDING"
    ENDED = "ENDED"


@dataclass(frozen=True)
class Division:
    """One line of a divisions file."""

    code: str
    name: str
    level: Level
    parent_code: str | None


class BadDivisionRow(Invalid):
    """A line of the divisions file contradicts itself."""

    message = N_("第 %(row)s 行：%(problem)s")


class UnitEnded(Conflict):
    """The unit was merged or abolished already."""

    message = N_("%(name)s 已于 %(day)s 撤销或并入其他单位，不能再变更。")


class NotSiblings(Invalid):
    """Units can be merged only with a unit of the same level."""

    message = N_("只能并入同一级的单位。")


class NotYet(Invalid):
    """A change of divisions is entered once it holds."""

    message = N_("日期 %(day)s 还没有到，生效以后再登记。")


class UnitUnknown(Invalid):
    """No unit in reach is called so."""

    message = N_("没有找到“%(text)s”。换个写法，乡镇名和村名可以都写上，中间空一格；也可以填区划代码。")


class NothingSought(Invalid):
    """Whoever looks for a unit says for which."""

    message = N_("请填要找的乡镇、村。")


class UnitsBelow(Conflict):
    """A unit that still has units below cannot end."""

    message = N_("%(name)s 下面还有 %(count)s 个单位，请先逐个并入或撤销。")


def check_effective(on: date, today: date) -> None:
    """Raise NotYet if a change is dated after today: the new name would stand on papers before it holds."""
    if on > today:
        raise NotYet(field="on", day=on.isoformat())


def short_name(name: str) -> str:
    """Return the name people use: 华溪村民委员会 → 华溪村."""
    for ending, short in _BODIES:
        if name.endswith(ending) and len(name) > len(ending):
            stem = name.removesuffix(ending)
            return stem if stem.endswith(short) else stem + short
    return name


def read_division(row: int, values: dict[str, str]) -> Division:
    """Read one line of a divisions file (code, name, level, parent_code); raises BadDivisionRow."""
    code, name = values.get("code", "").strip(), values.get("name", "").strip()
    level = _LEVEL_WORDS.get(values.get("level", "").strip())
    try:
        found = level_of(code)
    except Invalid as error:
        raise BadDivisionRow(row=row, problem=str(error)) from error
    if level is not found:
        raise BadDivisionRow(row=row, problem=f"{code} 的级别与代码不符")
    if not name:
        raise BadDivisionRow(row=row, problem=f"{code} 没有名称")
    above = values.get("parent_code", "").strip() or None
    if above != parent(code):
        raise BadDivisionRow(row=row, problem=f"{code} 的上级代码与代码不符")
    return Division(code, name, found, above)


@dataclass(frozen=True)
class NamePeriod:
    """A name that a unit bore from one day up to, not including, another."""

    name: str
    valid_from: date | None
    valid_to: date | None


def name_on(current: str, former: list[NamePeriod], day: date) -> str:
    """Return the name a unit bore on a day."""
    for period in former:
        if (period.valid_from is None or period.valid_from <= day) and (
            period.valid_to is None or day < period.valid_to
        ):
            return period.name
    return current


#: Which unit took over from which, from which day on.
Successions = Mapping[str, tuple[date, str]]


def unit_on(code: str, day: date, successions: Successions) -> str:
    """Return the unit that stood for this one at the end of a day: itself, or whoever had taken over by then."""
    ended = successions.get(code)
    while ended is not None and ended[0] <= day:
        code = ended[1]
        ended = successions.get(code)
    return code


def is_meant(text: str, code: str, name: str) -> bool:
    """Say whether a text means a unit: every word of it, or the short form of it, stands in the full name of short
    names, or the code begins so.
    """
    return code.startswith(text) or all(word in name or short_name(word) in name for word in text.split())
