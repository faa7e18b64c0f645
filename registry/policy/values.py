"""Values of parameters: read as people type them, written as they are stored and as they are said. Pure."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from registry.errors import Invalid
from registry.money import format_yuan, parse_fen, plain_yuan
from registry.policy.calendar import parse_calendar
from registry.policy.definitions import DEFINITIONS
from registry.policy.measures import COUNTED, Measure, Value
from registry.policy.parameters import Parameter
from registry.text import N_

_BP_PER_PERCENT = 100
MOST_TEXT = 200
MOST_CALENDAR = 4_000
_WHOLE = re.compile(r"[0-9]{1,9}")
_PERCENT = re.compile(r"(?P<whole>[0-9]{1,3})(?:\.(?P<part>[0-9]{1,2}))?%?")
_MONTH_DAY = re.compile(r"(?P<month>[0-9]{1,2})[-月/.](?P<day>[0-9]{1,2})日?")
_LEAP_YEAR = 2024
_TRUE, _FALSE = "1", "0"


class NotAValue(Invalid):
    """The text is no value of this kind."""

    message = N_("“%(text)s”填得不对，请照提示的样子填写。")


class TextTooLong(Invalid):
    """A text is longer than is kept."""

    message = N_("内容太长，最多 %(most)s 个字。")


@dataclass(frozen=True)
class Said:
    """What a reader is told: a message to be translated, and what stands in its place-holders."""

    text: str
    params: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % self.params


#: What each kind of value looks like when typed; shown beside the field.
EXAMPLES: dict[Measure, str] = {
    Measure.DAYS: N_("天数，如 10"),
    Measure.MONTHS: N_("月数，如 3"),
    Measure.YEARS: N_("年数，如 15"),
    Measure.PERCENT: N_("百分数，如 20 或 12.5"),
    Measure.MONEY: N_("金额，如 50000 或 5万"),
    Measure.POINTS: N_("分数，如 90"),
    Measure.FLAG: N_("是或否"),
    Measure.CHOICE: N_("所列选项之一"),
    Measure.DATE: N_("日期，如 2012-11-08"),
    Measure.MONTH_DAY: N_("月日，如 12-31"),
    Measure.DAY_OF_MONTH: N_("每月几日，如 15"),
    Measure.TEXT: N_("一行文字"),
    Measure.CALENDAR: N_("每年一行，如 2026: 0101-0103 0501-0505; 班 0104 0509"),
}


def read_value(parameter: Parameter, typed: str) -> Value:
    """Return the value a person typed. Raises NotAValue, TextTooLong, NotACalendar and what an amount raises."""
    measure = DEFINITIONS[parameter].measure
    plain = unicodedata.normalize("NFC" if measure in _VERBATIM else "NFKC", typed).strip()
    try:
        return _READERS[measure](parameter, plain)
    except ValueError as error:
        raise NotAValue(field="value", text=typed.strip()) from error


def _read_whole(_parameter: Parameter, text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _read_percent(_parameter: Parameter, text: str) -> int:
    match = _PERCENT.fullmatch(text.replace(" ", ""))
    if match is None:
        raise ValueError(text)
    return int(match["whole"]) * _BP_PER_PERCENT + int((match["part"] or "").ljust(2, "0"))


def _read_money(_parameter: Parameter, text: str) -> int:
    return parse_fen(text)


def _read_flag(_parameter: Parameter, text: str) -> int:
    if text not in {_TRUE, _FALSE}:
        raise ValueError(text)
    return int(text)


def _read_choice(parameter: Parameter, text: str) -> str:
    choices = DEFINITIONS[parameter].choices
    if choices is None:
        raise TypeError(f"{parameter} offers no choices")
    return choices(text).value


def _read_date(_parameter: Parameter, text: str) -> str:
    return date.fromisoformat(text).isoformat()


def _read_month_day(_parameter: Parameter, text: str) -> str:
    match = _MONTH_DAY.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return date(_LEAP_YEAR, int(match["month"]), int(match["day"])).strftime("%m-%d")


def _read_day_of_month(parameter: Parameter, text: str) -> int:
    return date(_LEAP_YEAR, 1, _read_whole(parameter, text)).day


def _read_text(_parameter: Parameter, text: str) -> str:
    if len(text) > MOST_TEXT:
        raise TextTooLong(field="value", most=MOST_TEXT)
    return " ".join(text.split())


def _read_calendar(_parameter: Parameter, text: str) -> str:
    if len(text) > MOST_CALENDAR:
        raise TextTooLong(field="value", most=MOST_CALENDAR)
    parse_calendar(text)
    return "\n".join(filter(None, (line.strip() for line in text.splitlines())))


_READERS: dict[Measure, Callable[[Parameter, str], Value]] = {
    Measure.DAYS: _read_whole,
    Measure.MONTHS: _read_whole,
    Measure.YEARS: _read_whole,
    Measure.POINTS: _read_whole,
    Measure.PERCENT: _read_percent,
    Measure.MONEY: _read_money,
    Measure.FLAG: _read_flag,
    Measure.CHOICE: _read_choice,
    Measure.DATE: _read_date,
    Measure.MONTH_DAY: _read_month_day,
    Measure.DAY_OF_MONTH: _read_day_of_month,
    Measure.TEXT: _read_text,
    Measure.CALENDAR: _read_calendar,
}
_VERBATIM = frozenset({Measure.TEXT, Measure.CALENDAR, Measure.MONEY})


def typed_value(parameter: Parameter, value: Value) -> str:
    """Write a value as a person would type it."""
    measure = DEFINITIONS[parameter].measure
    if measure is Measure.MONEY:
        return plain_yuan(int(value))
    if measure is Measure.PERCENT:
        return _percent(int(value))
    return str(value)


def stored_value(parameter: Parameter, text: str) -> Value:
    """Return a stored value as the parameter's measure has it."""
    return int(text) if DEFINITIONS[parameter].measure in COUNTED else text


def _percent(bp: int) -> str:
    whole, part = divmod(bp, _BP_PER_PERCENT)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".")


_NUMBERS: dict[Measure, str] = {
    Measure.DAYS: N_("%(n)s 天"),
    Measure.MONTHS: N_("%(n)s 个月"),
    Measure.YEARS: N_("%(n)s 年"),
    Measure.POINTS: N_("%(n)s 分"),
    Measure.DAY_OF_MONTH: N_("%(n)s 日"),
}
_AS_IT_IS = "%(text)s"


def say_value(parameter: Parameter, value: Value) -> Said:
    """Say a value in plain words, for a page or a paper."""
    definition = DEFINITIONS[parameter]
    if definition.measure in _NUMBERS:
        return Said(_NUMBERS[definition.measure], {"n": value})
    if definition.measure is Measure.FLAG:
        return Said(N_("是") if value else N_("否"))
    if definition.choices is not None:
        return Said(definition.choices(str(value)).label)
    if definition.measure is Measure.MONTH_DAY:
        month, _, day = str(value).partition("-")
        return Said(N_("%(month)s 月 %(day)s 日"), {"month": int(month), "day": int(day)})
    return _say_other(definition.measure, value)


def _say_other(measure: Measure, value: Value) -> Said:
    if measure is Measure.MONEY:
        return Said(N_("%(amount)s 元"), {"amount": format_yuan(int(value))})
    if measure is Measure.PERCENT:
        return Said(_AS_IT_IS, {"text": f"{_percent(int(value))}%"})
    return Said(_AS_IT_IS, {"text": value}) if value else Said(N_("未填"))
