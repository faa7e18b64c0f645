"""The same deeds give the same board on both databases."""

from datetime import timedelta

from flask import Flask

from registry.reports.boards.collecting import collect
from registry.reports.boards.rules import Alarm
from registry.reports.parameters import NOTHING
from tests.factories import COUNTY, MUNICIPALITY, TODAY, TOWNSHIP, VILLAGE, confirmed, person
from tests.supervision.findings.finding import entered


def test_a_board_is_read_on_both_databases(any_app: Flask) -> None:
    confirmed()
    long_ago = TODAY - timedelta(days=40)
    entered(on=long_ago, found_on=long_ago, due_on=TODAY - timedelta(days=2))
    readers = (
        ("municipal_supervisor", MUNICIPALITY), ("county_agriculture", COUNTY), ("township_supervisor", TOWNSHIP),
        ("village_clerk", VILLAGE),
    )  # fmt: skip
    for username, region in readers:
        board = collect(region, NOTHING, actor=person(username), on=TODAY)
        assert (board.total.assets, board.total.wrong(Alarm.FINDINGS), len(board.findings)) == (1, 1, 1)
        below = [line for line in board.units if line.assets]
        assert [(line.assets, line.wrong(Alarm.FINDINGS), line.is_own) for line in below] == [(1, 1, False)]
        assert sum(one.total.count for one in board.stock) == 1
