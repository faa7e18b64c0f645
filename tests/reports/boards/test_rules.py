"""Whose move it is, what a unit has itself, shares that never look whole, and bars of one scale."""

from collections import Counter

from registry.reports.boards.charts import bars_of
from registry.reports.boards.figures import MonthLine
from registry.reports.boards.rules import Alarm, Mover, month_text, mover_of, own_part, percent_text


def test_what_lies_on_desks_of_the_unit_is_its_own_move() -> None:
    assert {alarm for alarm in Alarm if mover_of(alarm) is Mover.HERE} == {Alarm.ANSWERS, Alarm.DISPOSALS}
    assert {mover_of(alarm, has_parts=False) for alarm in Alarm} == {Mover.HERE}


def test_what_a_unit_has_itself_is_what_its_parts_leave() -> None:
    tallies = {"w": Counter(a=10, b=3), "x": Counter(a=4), "y": Counter(a=5, b=3)}
    own = own_part(tallies, "w", ("x", "y"), holds_parts=True)
    assert (own["a"], own["b"]) == (1, 0)
    assert own_part(tallies, "w", ("x", "y"), holds_parts=False) == tallies["w"]
    assert not own_part({}, "w", ("x",), holds_parts=True)


def test_a_share_looks_whole_only_where_it_is() -> None:
    assert [percent_text(part, 3000) for part in (0, 1, 2999, 3000)] == ["0.0%", "0.0%", "99.9%", "100.0%"]
    assert percent_text(0, 0) == "—"


def test_months_are_said_as_people_say_them() -> None:
    assert month_text(202601) == "2026-01"


def test_bars_share_one_scale_and_none_is_negative() -> None:
    months = [MonthLine(202601, 500, 1000, 0, 0), MonthLine(202602, -5, 0, 0, 0)]
    assert [(bar.now, bar.before) for bar in bars_of(months)] == [(500, 1000), (0, 0)]
    assert [(bar.now, bar.before) for bar in bars_of([MonthLine(202601, -5, 0, 0, 0)])] == [(0, 0)]
