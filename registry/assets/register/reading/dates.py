"""Cells that hold a date: to the day, the month or the year, as exactly as it was written and no further."""

import datetime
import re
import unicodedata
from dataclasses import dataclass

from registry.assets.register.reading.cells import Cell, CellKind
from registry.assets.register.reading.numerals import letter_among_digits
from registry.assets.register.reading.problems import Message, Problem, ProblemKind, say
from registry.assets.register.registration import DatePrecision, PartialDate
from registry.text import N_


@dataclass(frozen=True, slots=True)
class DateRange:
    """A period; ``ends`` None means that it has not ended."""

    starts: PartialDate
    ends: PartialDate | None


FIRST_YEAR, LAST_YEAR = 1949, 2099
#: Day 0 of the numbers Excel keeps for dates, and the numbers that can be meant: 1955 to 2064.
_EXCEL_EPOCH = datetime.date(1899, 12, 30)
_EXCEL_SERIALS = range(20_000, 60_001)

_DAY = re.compile(r"([0-9]{4})(?:[-./年])([0-9]{1,2})(?:[-./月])([0-9]{1,2})[日号]?")
_MONTH = re.compile(r"([0-9]{4})(?:[-./年])([0-9]{1,2})月?(?:份|底|初)?")
_YEAR = re.compile(r"([0-9]{4})年?度?")
_TIME = re.compile(r"[T ]0?0:00(?::00)?(?:\.0+)?$")
_SLASHED = re.compile(r"([0-9]{1,2})([-./])([0-9]{1,2})\2([0-9]{4})")
_DIGITS_ONLY = re.compile(r"[0-9][0-9.]*")
#: A bare year in a column formatted as dates: 2018 counts days from 1899-12-30.
_YEAR_KEPT_AS_DATE = ("1905-",)
_TO = re.compile(r"至|到|~|—+|–|-{1,2}")
_OPEN = re.compile(r"(.+?)(?:以来|起|至今|开始|—今|-今)")
_DURATION = re.compile(r"\((?:共|约)?[0-9]+(?:天|日|个?月|年)\)$")
_MONTH_DAY = re.compile(r"([0-9]{1,2})月(?:([0-9]{1,2})日?|底|初|份)?")
_JOINED_YEARS = re.compile(r"((?:19|20)[0-9]{2})((?:19|20)[0-9]{2})年?")
_EXAMPLE = N_("填如 2018-05-01、2018-05 或 2018")


def parse_date(cell: Cell) -> PartialDate | Problem:
    """Read one date from a filled cell."""
    text = _folded(cell.text)
    if cell.kind is CellKind.DATE and text.startswith(_YEAR_KEPT_AS_DATE):
        return _kept_as_date(text)
    found = _digits(text, cell.kind) if _DIGITS_ONLY.fullmatch(text) else _written(text)
    return found or _why_not(text)


def parse_range(cell: Cell) -> DateRange | Problem:
    """Read a period; a single date is a period that begins and ends with it."""
    text = _DURATION.sub("", _folded(cell.text))
    open_end = _OPEN.fullmatch(text)
    if open_end:
        starts = _one(open_end[1])
        return DateRange(starts, None) if isinstance(starts, PartialDate) else starts
    single = parse_date(Cell(text, cell.kind))
    if isinstance(single, PartialDate):
        return DateRange(single, single)
    for match in _splits(text):
        starts, ends = _one(match[0]), _closing(match[0], match[1])
        if isinstance(starts, PartialDate) and isinstance(ends, PartialDate) and starts.day <= ends.day:
            return DateRange(starts, ends)
    return single


def _one(text: str) -> PartialDate | Problem:
    return parse_date(Cell(text, CellKind.TEXT))


def _splits(text: str) -> list[tuple[str, str]]:
    """Return every way to cut the text in two at a sign that may mean 'to'."""
    marks = _TO.finditer(text)
    return [(text[: mark.start()], text[mark.end() :]) for mark in marks if mark.start() and mark.end() < len(text)]


def _closing(start: str, end: str) -> PartialDate | Problem:
    """Read the end of a period; a year that is left out is the year of the beginning."""
    short = _MONTH_DAY.fullmatch(end)
    return _one(f"{start[:4]}年{end}") if short else _one(end)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip()
    return "".join(_TIME.sub("", plain).split())


def _written(text: str) -> PartialDate | Problem | None:
    for pattern in (_DAY, _MONTH, _YEAR):
        match = pattern.fullmatch(text)
        if match:
            return _dated(*(int(part) for part in match.groups()))
    match = _SLASHED.fullmatch(text)
    return _day_or_month_first(*(int(match[group]) for group in (1, 3, 4))) if match else None


def _digits(text: str, kind: CellKind) -> PartialDate | Problem | None:
    """Read a bare number: 2018, 2018.5, 201805, 20180501, or the number Excel keeps for a date."""
    if "." in text:
        return _dotted(text, kind)
    if len(text) == 5 and int(text) in _EXCEL_SERIALS:
        return PartialDate(_EXCEL_EPOCH + datetime.timedelta(days=int(text)), DatePrecision.DAY)
    if len(text) in {4, 6, 8} and not _JOINED_YEARS.fullmatch(text):
        return _dated(*(int(part) for part in (text[:4], text[4:6], text[6:]) if part))
    return None


def _dotted(text: str, kind: CellKind) -> PartialDate | Problem | None:
    if kind is CellKind.NUMBER and re.fullmatch(r"[0-9]{4}\.1", text):
        return _first_or_tenth(text[:4])
    return _written(text)


def _kept_as_date(text: str) -> Problem:
    year = (datetime.date.fromisoformat(text[:10]) - _EXCEL_EPOCH).days
    return Problem(
        ProblemKind.DATE,
        say(N_("像是把年份 %(year)d 存成了日期格式"), year=year),
        say(N_("把这一列设成“常规”格式，填 %(year)d"), year=year),
    )


def _first_or_tenth(year: str) -> Problem:
    return Problem(
        ProblemKind.DATE,
        say(N_("表格软件会去掉末尾的 0，%(year)s.1 可能是 %(year)s 年 1 月，也可能是 10 月"), year=year),
        say(N_("核实后填 %(year)s-01 或 %(year)s-10"), year=year),
    )


def _dated(year: int, month: int = 0, day: int = 0) -> PartialDate | Problem:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return _problem(say(N_("年份 %(year)d 不对"), year=year))
    if not month:
        return PartialDate(datetime.date(year, 1, 1), DatePrecision.YEAR)
    if month > 12:
        return Problem(
            ProblemKind.DATE,
            say(N_("没有 %(month)d 月"), month=month),
            say(N_("对照验收单，填如 %(year)d-03 或 %(year)d.3"), year=year),
        )
    if not day:
        return PartialDate(datetime.date(year, month, 1), DatePrecision.MONTH)
    try:
        return PartialDate(datetime.date(year, month, day), DatePrecision.DAY)
    except ValueError:
        return _problem(say(N_("%(year)d 年 %(month)d 月没有 %(day)d 日"), year=year, month=month, day=day))


def _day_or_month_first(first: int, second: int, year: int) -> PartialDate | Problem:
    if first == second or first > 12:
        return _dated(year, second, first)
    if second > 12:
        return _dated(year, first, second)
    return Problem(
        ProblemKind.DATE,
        say(
            N_("可能是 %(first)d 月 %(second)d 日，也可能是 %(second)d 月 %(first)d 日"),
            first=first,
            second=second,
        ),
        say(
            N_("核实后填 %(one)s 或 %(two)s"),
            one=f"{year}-{first:02d}-{second:02d}",
            two=f"{year}-{second:02d}-{first:02d}",
        ),
    )


def _why_not(text: str) -> Problem:
    letter = letter_among_digits(text)
    if letter:
        place, found, mended = letter
        named = say(N_("第 %(place)d 个字符是字母 %(letter)s，不是数字"), place=place, letter=found)
        return Problem(ProblemKind.DATE, named, say(N_("改成 %(value)s"), value=mended))
    joined = _JOINED_YEARS.fullmatch(text)
    if joined:
        named = say(N_("像是 %(one)s 年到 %(two)s 年，中间的连接号丢了"), one=joined[1], two=joined[2])
        return Problem(ProblemKind.DATE, named, say(N_("这里只填一个日期，如 %(year)s"), year=joined[2]))
    for shape, message in _SHAPES:
        if shape.search(text):
            return _problem(say(message))
    return _problem(say(N_("不是日期")))


def _problem(text: Message) -> Problem:
    return Problem(ProblemKind.DATE, text, say(_EXAMPLE))


_SHAPES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^[0-9]{1,3}(?:个月|月|天|年)?$"), N_("像是时长或缺了年份，不是日期")),
    (re.compile(r"^[0-9]{7}$"), N_("少一位数字，年月日分不开")),
    (re.compile(r"^[0-9.]+$"), N_("这个数字读不成日期")),
    (re.compile(r"[,，;；、]"), N_("一格里有几个日期，后面的没有写年份")),
    (re.compile(r"以来|至今|起$"), N_("是一段没有写终点的时间，不是一个日期")),
    (re.compile(r"^(?:至|到)|^[0-9]{1,2}月"), N_("没有写年份")),
    (re.compile(r"[0-9年月日](?:至|到|~|—|–|-)"), N_("是一段时间，不是一个日期")),
)
