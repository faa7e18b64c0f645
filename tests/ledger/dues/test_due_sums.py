"""Sums of dues follow every deed, and what a board shows leads to rows with the same total."""

import random
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.stock import summed_units
from registry.audit.actions import Action
from registry.audit.services import record
from registry.database import db, transaction
from registry.kinds import Sector
from registry.ledger.operation.dues.listing import NOTHING, DuesOfMonths, list_dues, sum_dues
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.dues.rules import DueState
from registry.ledger.operation.dues.services import settle_due, unsettle_due, void_dues, write_off_due
from registry.ledger.operation.dues.totals import DueTotal, due_by
from registry.ledger.operation.kinds import OUTSTANDING, DueStatus
from registry.ledger.operation.periods import NotAPlace, parse_unit_place, write_unit_place
from registry.operations.kept import unequal_sums
from tests.factories import COUNTY, MUNICIPALITY, TODAY, TOWNSHIP, VILLAGE, confirmed, person
from tests.journeys.browser import Visitor
from tests.ledger.receipts.receiving import RENT_FEN, let

FIRST, LAST = 202601, 202712
ALL = DuesOfMonths(COUNTY, FIRST, LAST)


def leased(name: str = "冷链仓库") -> list[int]:
    asset = confirmed(name=name)
    return let(db.session.get_one(Asset, asset.id), operator=f"{name}公司")[1]


def act(due: Due, luck: random.Random) -> None:
    """Do to a due what its state allows."""
    by = person("village_clerk")
    if due.state in OUTSTANDING and luck.random() < 0.6:
        settle_due(due, luck.randrange(1, due.open_fen + 1))
    elif due.settled_fen:
        unsettle_due(due, {share.id: share.settled_fen for share in due.shares})
    elif due.state in OUTSTANDING and luck.random() < 0.5:
        write_off_due(due, luck.randrange(1, due.open_fen + 1))
    else:
        void_dues([due], "退租", by=by, on=TODAY)
    record(Action.DUE_ADDED, due, by=by)


@pytest.mark.parametrize("seed", range(3))
def test_any_row_of_deeds_leaves_the_sums_equal_to_the_dues(any_app: Flask, seed: int) -> None:
    luck, keys = random.Random(seed), leased()
    for _turn in range(12):
        with transaction(VILLAGE):
            act(db.session.get_one(Due, luck.choice(keys)), luck)
        assert unequal_sums() == {}
    (total,) = due_by([COUNTY], LAST, FIRST)
    standing = [due for due in (db.session.get_one(Due, key) for key in keys) if due.state is not DueStatus.VOID]
    assert total == DueTotal(
        (), len(standing), sum(due.amount_fen or 0 for due in standing), sum(due.settled_fen for due in standing),
        sum(due.written_off_fen for due in standing), sum(due.state in OUTSTANDING for due in standing),
    )  # fmt: skip
    assert total.open_fen == sum(due.open_fen for due in standing)


def test_sums_are_grouped_by_what_is_named(app: Flask) -> None:
    leased()
    by_month = due_by([VILLAGE], 202612, 202604, "month", sector=Sector.AGRICULTURE)
    assert [(one.key, one.amount_fen, one.open_dues) for one in by_month] == [
        ((month,), RENT_FEN, 1) for month in (202604, 202607, 202610)
    ]
    assert due_by([VILLAGE], LAST, FIRST, sector=Sector.WATER) == []
    assert {one.key[0] for one in due_by([VILLAGE, TOWNSHIP], LAST, FIRST, "region_code")} == {VILLAGE, TOWNSHIP}
    assert sum(one.dues for one in due_by(summed_units(MUNICIPALITY), LAST, FIRST, "region_code")) == 5


def test_the_list_holds_exactly_what_the_kept_sums_counted(app: Flask) -> None:
    keys = [*leased("甲"), *leased("乙")]
    with transaction(VILLAGE):
        for key, fen in ((keys[0], RENT_FEN), (keys[1], 1), (keys[7], 5)):
            due = db.session.get_one(Due, key)
            settle_due(due, fen)
            record(Action.DUE_ADDED, due, by=person("village_clerk"))
    reader = person("county_clerk")
    total = sum_dues(ALL, reader)
    rows = list_dues(ALL, reader, limit=100)
    assert (
        (total.dues, total.amount_fen) == (len(rows), sum(due.amount_fen or 0 for due in rows)) == (10, 10 * RENT_FEN)
    )
    still_open = list_dues(replace(ALL, state=DueState.OPEN), reader, limit=100)
    assert (total.open_dues, total.open_fen) == (len(still_open), sum(due.open_fen for due in still_open))
    met = list_dues(replace(ALL, state=DueState.SETTLED), reader, limit=100)
    assert total.settled_fen == sum(due.settled_fen for due in met) == RENT_FEN + 6
    assert len(met) == 3


def test_a_sector_department_counts_its_sector_only(app: Flask) -> None:
    leased()
    officer = person("sector_officer")
    assert sum_dues(ALL, officer).dues == len(list_dues(ALL, officer)) == 5
    assert sum_dues(replace(ALL, sector=Sector.WATER), officer) == NOTHING


def test_pages_go_on_by_unit_and_number(app: Flask) -> None:
    keys, reader = leased(), person("village_clerk")
    first = list_dues(replace(ALL, region_code=VILLAGE), reader, limit=2)[:2]
    after = parse_unit_place(write_unit_place(first[-1].region_code, first[-1].id))
    rest = list_dues(replace(ALL, region_code=VILLAGE), reader, after=after, limit=10)
    assert [due.id for due in (*first, *rest)] == keys
    with pytest.raises(NotAPlace):
        parse_unit_place("500240213203.x")


def test_the_page_shows_rows_and_total(client: FlaskClient) -> None:
    leased()
    clerk = Visitor(client, "village_clerk")
    text = clerk.open("/dues?from=2026-04&until=2026-10").text
    assert "应收 3 笔" in text
    assert "90,000.00" in text
    assert text.count("冷链仓库公司") >= 3
    assert "没有这样的应收" in clerk.open("/dues?from=2019-01&until=2019-12").text
    assert clerk.client.get("/dues?from=2026-13").status_code == 404
    assert clerk.client.get("/dues?region=500101000000").status_code == 404
