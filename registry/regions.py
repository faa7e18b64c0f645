"""Administrative divisions by their 12-digit statistical code (统计用区划代码).

A code is 2 digits of province + 4 of county + 3 of township + 3 of village; a unit above the village ends in zeros.
Because the tree is written into the code, "everything below a unit" is one range of codes.
"""

from typing import NamedTuple

from registry.errors import Invalid
from registry.text import N_, Labelled

CODE_LENGTH = 12
_WIDTH = {"MUNICIPALITY": 2, "COUNTY": 6, "TOWNSHIP": 9, "VILLAGE": 12}


class Level(Labelled):
    """The four levels of supervision, from the top."""

    MUNICIPALITY = "MUNICIPALITY", N_("市")
    COUNTY = "COUNTY", N_("区县")
    TOWNSHIP = "TOWNSHIP", N_("乡镇（街道）")
    VILLAGE = "VILLAGE", N_("村（社区）")

    @property
    def width(self) -> int:
        """How many leading digits tell units of this level apart."""
        return _WIDTH[self.value]

    @property
    def depth(self) -> int:
        """0 for the municipality, 3 for the village."""
        return list(Level).index(self)


class NotARegionCode(Invalid):
    """The text is not a 12-digit division code."""

    message = N_("“%(code)s”不是 12 位区划代码。")


class CodeRange(NamedTuple):
    """The closed range of codes from a unit to its last possible descendant."""

    low: str
    high: str


def level_of(code: str) -> Level:
    """Return the level a code stands for; raises NotARegionCode."""
    if not is_code(code):
        raise NotARegionCode(code=code)
    if code[9:] != "000":
        return Level.VILLAGE
    if code[6:9] != "000":
        return Level.TOWNSHIP
    if code[2:6] != "0000":
        return Level.COUNTY
    return Level.MUNICIPALITY


def is_code(code: str) -> bool:
    """Say whether the text has the form of a division code."""
    return len(code) == CODE_LENGTH and code.isascii() and code.isdigit()


def code_range(code: str) -> CodeRange:
    """Return the range of codes that a unit covers, itself included."""
    width = level_of(code).width
    return CodeRange(code, code[:width] + "9" * (CODE_LENGTH - width))


def covers(outer: str, inner: str) -> bool:
    """Say whether ``inner`` is ``outer`` or lies below it."""
    low, high = code_range(outer)
    return low <= inner <= high


def moved_with(code: str, old: str, new: str) -> str:
    """Return the unit of the same level above the heir for one that was, or lay above, an ended unit; others stay."""
    return ancestor(new, level_of(code)) if code and covers(code, old) else code


def ancestor(code: str, level: Level) -> str:
    """Return the code of the unit of ``level`` that contains ``code`` (itself at its own level)."""
    return code[: level.width].ljust(CODE_LENGTH, "0")


def parent(code: str) -> str | None:
    """Return the code one level above, or None for the municipality."""
    level = level_of(code)
    if level is Level.MUNICIPALITY:
        return None
    return ancestor(code, list(Level)[level.depth - 1])


def lineage(code: str) -> list[str]:
    """Return the codes from the municipality down to ``code`` itself."""
    own = level_of(code).depth
    return [ancestor(code, level) for level in list(Level)[: own + 1]]


def common_ancestor(codes: list[str]) -> str:
    """Return the lowest unit that covers every one of ``codes`` (at least one)."""
    return next(unit for unit in reversed(lineage(codes[0])) if all(covers(unit, code) for code in codes))


def log_of(code: str) -> int:
    """Return the number of the trail that records a unit's events: its county's 6 digits, or the municipality's."""
    return int(code[: Level.COUNTY.width])


def log_region(log_id: int) -> str:
    """Return the 12-digit code of the unit whose trail has this number."""
    return str(log_id).ljust(CODE_LENGTH, "0")
