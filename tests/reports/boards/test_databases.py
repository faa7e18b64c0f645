"""The same deeds give the same board on both databases."""

from dataclasses import replace
from datetime import timedelta

from flask import Flask

from registry.ledger.distribution.plans.benefits import list_benefits
from registry.reports.boards.collecting import collect
from registry.reports.boards.rules import Alarm
from registry.reports.parameters import NOTHING
from tests.factories import COUNTY, MUNICIPALITY, TODAY, TOWNSHIP, VILLAGE, confirmed, person
from tests.ledger.payout.paying import released
from tests.supervision.findings.finding import entered

READERS = (
    ("municipal_supervisor", MUNICIPALITY), ("county_agriculture", COUNTY), ("township_supervisor", TOWNSHIP),
    ("village_clerk", VILLAGE),
)  # fmt: skip


def test_who_benefits_is_told_at_every_level_and_equals_the_list(any_app: Flask) -> None:
    released()
    for username, region in READERS:
        actor = person(username)
        board = collect(region, NOTHING, actor=actor, on=TODAY)
        assert (board.total.households, board.distribution.households) == (3, 3)
        assert [line.households for line in board.units if line.households] == [3]
        assert len(list_benefits(region, board.year, actor)) == 3
        assert collect(region, replace(NOTHING, year=2025), actor=actor, on=TODAY).total.households == 0
        of_sector = collect(region, replace(NOTHING, sector="AGRICULTURE"), actor=actor, on=TODAY)
        assert (of_sector.total.households, of_sector.distribution.households) == (None, None)


def test_a_board_is_read_on_both_databases(any_app: Flask) -> None:
    confirmed()
    long_ago = TODAY - timedelta(days=40)
    entered(on=long_ago, found_on=long_ago, due_on=TODAY - timedelta(days=2))
    for username, region in READERS:
        board = collect(region, NOTHING, actor=person(username), on=TODAY)
        assert (board.total.assets, board.total.wrong(Alarm.FINDINGS), len(board.findings)) == (1, 1, 1)
        below = [line for line in board.units if line.assets]
        assert [(line.assets, line.wrong(Alarm.FINDINGS), line.is_own) for line in below] == [(1, 1, False)]
        assert sum(one.total.count for one in board.stock) == 1
