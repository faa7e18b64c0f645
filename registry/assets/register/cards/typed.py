"""Reading and writing what people type into the card: years, percentages, quantities, coordinates, dates. Pure."""

import re
import unicodedata
from enum import StrEnum

from registry.assets.register.reading.cells import Cell, CellKind
from registry.assets.register.reading.dates import FIRST_YEAR, LAST_YEAR, parse_date
from registry.assets.register.reading.problems import Problem
from registry.assets.register.reading.values import months_text, parse_months
from registry.assets.register.registration import MILLI, MONTHS, WHOLE_BP, PartialDate
from registry.errors import Invalid
from registry.text import N_


class DraftOf(StrEnum):
    """On which page a draft was typed; each page offers its own."""

    CARD = "CARD"
    DISPOSAL = "DISPOSAL"


_NUMBER = re.compile(r"(?P<sign>-?)(?P<whole>[0-9]{1,12})(?:\.(?P<part>[0-9]{1,6}))?")


class NotAYear(Invalid):
    """The text is not a year."""

    message = N_("年度填 4 位数字，如 2019。")


class NotAPercentage(Invalid):
    """The text is not a percentage with at most two decimals."""

    message = N_("百分数填如 60 或 33.33，最多两位小数，不超过 100。")


class NotAQuantity(Invalid):
    """The text is not a number with at most three decimals."""

    message = N_("数量只填数字，如 3.2，最多三位小数；单位填在旁边。")


class NotACoordinate(Invalid):
    """The text is not a coordinate in degrees."""

    message = N_("经纬度填度数，如 108.274512。")


class NotADate(Invalid):
    """The text is not a day, month or year; the message says what is wrong with it."""


class NotYears(Invalid):
    """The text is not a service life in years."""

    message = N_("使用年限填年数，如 20；不是整月的填月数，如 30个月。")


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).replace(",", "")


def _scaled(text: str, scale: int, refusal: type[Invalid]) -> int:
    match = _NUMBER.fullmatch(_plain(text))
    if not match:
        raise refusal
    digits = len(match["part"] or "")
    value, rest = divmod(int(match["whole"] + (match["part"] or "")) * scale, 10**digits)
    if rest:
        raise refusal
    return int(-value if match["sign"] else value)


def _unscaled(value: int, scale: int) -> str:
    whole, part = divmod(abs(value), scale)
    digits = len(str(scale)) - 1
    return ("-" if value < 0 else "") + str(whole) + (f".{part:0{digits}d}".rstrip("0") if part else "")


def read_year(text: str) -> int:
    """Read a year."""
    plain = _plain(text).removesuffix("年")
    if not (plain.isascii() and plain.isdigit() and len(plain) == 4 and FIRST_YEAR <= int(plain) <= LAST_YEAR):
        raise NotAYear
    return int(plain)


def read_percent(text: str) -> int:
    """Read a percentage as basis points."""
    value = _scaled(_plain(text).removesuffix("%"), 100, NotAPercentage)
    if not 0 <= value <= WHOLE_BP:
        raise NotAPercentage
    return value


def write_percent(bp: int) -> str:
    """Write basis points as a percentage."""
    return _unscaled(bp, 100)


def read_quantity(text: str) -> int:
    """Read a quantity as thousandths."""
    return _scaled(text, MILLI, NotAQuantity)


def write_quantity(milli: int) -> str:
    """Write thousandths as a plain number."""
    return _unscaled(milli, MILLI)


def read_coordinate(text: str) -> int:
    """Read degrees as millionths."""
    value = _scaled(text, 1_000_000, NotACoordinate)
    if abs(value) > 180_000_000:
        raise NotACoordinate
    return value


def write_coordinate(millionths: int) -> str:
    """Write millionths of a degree."""
    return _unscaled(millionths, 1_000_000)


def read_months(text: str) -> int:
    """Read a service life in years (20, 8.5) or months (30个月) as months; 0 means that nothing is said."""
    if not _plain(text).strip("0."):
        return 0
    months = parse_months(Cell(text, CellKind.TEXT))
    if isinstance(months, Problem) or months > 100 * MONTHS:
        raise NotYears
    return months


def write_months(months: int) -> str:
    """Write months as years where they are whole years."""
    return months_text(months)


def read_date(text: str) -> PartialDate:
    """Read a day, month or year as people write it: 2018-05-01, 20180501, 2018.5, 2018年5月, 2018."""
    found = parse_date(Cell(text, CellKind.TEXT))
    if isinstance(found, Problem):
        refusal = NotADate(found.text.msgid)
        refusal.params = dict(found.text.params)
        raise refusal
    return found


def write_date(value: PartialDate) -> str:
    """Write a date as exactly as it is known."""
    return value.text()
