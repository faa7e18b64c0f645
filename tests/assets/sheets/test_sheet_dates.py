"""Dates as they are met in published tables: as exact as they were written, or a reason."""

import csv
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.assets.register.reading.cells import Cell, CellKind
from registry.assets.register.reading.dates import DateRange, parse_date, parse_range
from registry.assets.register.reading.problems import Problem, ProblemKind
from registry.assets.register.registration import DatePrecision, PartialDate
from tests.assets.sheets.sheet_samples import PUBLISHED, number, text

#: Every line of DATES_SEEN: what one date gives and what a period gives; a reason stands after an exclamation mark.
SEEN: dict[str, tuple[str, str]] = {
    "2022年5月30日-6月3日(5天)": ("!一段时间", "2022-05-30..2022-06-03"),
    "2023.11-2024.01": ("!一段时间", "2023-11..2024-01"),
    "2023 年11 月—2028年 11月": ("!一段时间", "2023-11..2028-11"),
    "202601": ("2026-01", "2026-01..2026-01"),
    "2/9/2022": ("!可能是 2 月 9 日，也可能是 9 月 2 日", "!可能是"),
    "7/1/2022": ("!可能是 7 月 1 日，也可能是 1 月 7 日", "!可能是"),
    "2025年3月—12月": ("!一段时间", "2025-03..2025-12"),
    "10": ("!时长", "!时长"),
    "2021917": ("!少一位数字", "!少一位数字"),
    "20122019年": ("!2012 年到 2019 年", "!连接号丢了"),
    "2019- 12- 12": ("2019-12-12", "2019-12-12..2019-12-12"),
    "2018年2月开工,6月底完工,12月13日验收": ("!几个日期", "!几个日期"),
    "至9月底": ("!没有写年份", "!没有写年份"),
    "2012年以来": ("!没有写终点", "2012.."),
    "2022年11月4日": ("2022-11-04", "2022-11-04..2022-11-04"),
}


def shown(read: PartialDate | DateRange | Problem) -> str:
    """Write what was read, so that it can be compared with the table."""
    if isinstance(read, Problem):
        return f"!{read.text}"
    if isinstance(read, PartialDate):
        return read.text()
    return f"{read.starts.text()}..{read.ends.text() if read.ends else ''}"


def agrees(read: PartialDate | DateRange | Problem, expected: str) -> bool:
    """Compare; of a reason only a part is expected."""
    return shown(read) == expected or (expected.startswith("!") and expected[1:] in shown(read)[1:])


def test_every_date_seen_is_decided_here() -> None:
    with (PUBLISHED / "DATES_SEEN.csv").open(encoding="utf-8") as lines:
        assert {row["原文"] for row in csv.DictReader(lines)} == SEEN.keys()


@pytest.mark.parametrize("seen", SEEN)
def test_a_date_seen_reads_as_decided(seen: str) -> None:
    date, period = SEEN[seen]
    assert agrees(parse_date(text(seen)), date)
    assert agrees(parse_range(text(seen)), period)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2018.5", "2018-05"),
        ("2018年5月", "2018-05"),
        ("201805", "2018-05"),
        ("20180501", "2018-05-01"),
        ("2018-05-01", "2018-05-01"),
        ("2018/5/1", "2018-05-01"),
        ("45292", "2024-01-01"),
        ("2018", "2018"),
        ("2018年度", "2018"),
        ("2018-05-01 00:00:00", "2018-05-01"),
        ("13/5/2022", "2022-05-13"),
        ("２０１８年５月", "2018-05"),
        ("2018.13", "!没有 13 月"),
        ("2o19", "!第 2 个字符是字母 o，不是数字"),
        ("2018-02-30", "!2018 年 2 月没有 30 日"),
        ("1899", "!年份 1899 不对"),
    ],
)
def test_the_ways_to_write_a_date(written: str, read: str) -> None:
    assert shown(parse_date(text(written))) == read


def test_october_that_a_spreadsheet_cut_to_a_tenth_is_not_taken_for_january() -> None:
    assert "可能是 2018 年 1 月，也可能是 10 月" in shown(parse_date(number("2018.1")))


def test_a_tenth_written_as_text_is_january() -> None:
    assert shown(parse_date(text("2018.1"))) == "2018-01"


def test_a_year_kept_as_a_date_is_named() -> None:
    assert shown(parse_date(Cell("1905-07-10", CellKind.DATE))) == "!像是把年份 2018 存成了日期格式"


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    assert isinstance(parse_range(text("2018年2月至2017年1月")), Problem)


@given(st.dates(datetime.date(1949, 1, 1), datetime.date(2099, 12, 31)))
def test_a_date_is_read_back_as_it_was_written(day: datetime.date) -> None:
    assert parse_date(text(day.isoformat())) == PartialDate(day, DatePrecision.DAY)


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_a_problem_of_dates(written: str) -> None:
    read = parse_date(text(written))
    assert isinstance(read, PartialDate) or read.kind is ProblemKind.DATE


@given(st.text("0123456789.-/年月日至到—~ (天)oIl", max_size=24), st.sampled_from(CellKind))
def test_any_text_near_a_date_is_a_period_or_a_problem(written: str, kind: CellKind) -> None:
    assert isinstance(parse_range(Cell(written, kind)), DateRange | Problem)
