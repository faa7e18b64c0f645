"""Posted income row by row comes to what the kept sums say, month by month, for whoever asks."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from registry.assets.register.cards.models import Asset
from registry.database import db
from registry.kinds import Sector
from registry.ledger.operation.periods import months_between
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.models import IncomeRow
from registry.ledger.operation.receipts.rows import RowsOfMonths, list_rows, sum_rows
from registry.ledger.operation.receipts.totals import income_by, list_sums
from registry.operations.kept import unequal_sums
from tests.factories import COUNTY, SIBLING_VILLAGE, TODAY, TOWNSHIP, VILLAGE, confirmed, person
from tests.journeys.browser import Visitor
from tests.ledger.receipts.receiving import let, posted, rent

ALL = RowsOfMonths(COUNTY, 202601, 202612)
DAYS = (date(2026, 3, 2), date(2026, 3, 30), date(2026, 10, 8), TODAY)


def earned() -> None:
    """Four receipts of one asset in three months, one of another kind."""
    asset_id = confirmed().id
    contract_id, _dues = let(db.session.get_one(Asset, asset_id))
    for number, day in enumerate(DAYS):
        facts = rent(1_000_000 + number, contract_id, received_on=day, earned_from=day, earned_to=day)
        other = replace(facts, kind=IncomeKind.OTHER, contract_id=None)
        posted(db.session.get_one(Asset, asset_id), other if number == 1 else facts)


def walked(wanted: RowsOfMonths, reader: str, size: int) -> list[IncomeRow]:
    """Walk every page of a list."""
    months, after = [month for month, _rows in sum_rows(wanted, person(reader)).months], None
    found: list[IncomeRow] = []
    while True:
        rows = list_rows(wanted, months, person(reader), after=after, limit=size)
        found += rows[:size]
        if len(rows) <= size:
            return found
        after = (found[-1].month, (found[-1].region_code, found[-1].id))


@pytest.mark.parametrize("size", [1, 2, 50])
def test_every_page_together_is_the_total(any_app: Flask, size: int) -> None:
    earned()
    for wanted in (
        ALL,
        replace(ALL, kind=IncomeKind.RENT),
        replace(ALL, from_month=202604),
        replace(ALL, region_code=VILLAGE),
    ):
        rows, total = walked(wanted, "county_clerk", size), sum_rows(wanted, person("county_clerk"))
        assert (len(rows), sum(row.amount_fen for row in rows)) == (total.rows, total.amount_fen)
        assert [row.month for row in rows] == sorted((row.month for row in rows), reverse=True)
        assert total.rows > 0
    assert unequal_sums() == {}


def test_sums_are_grouped_by_what_is_named_and_narrowed_to_a_sector(app: Flask) -> None:
    earned()
    year = months_between(202601, 202612)
    sector = Sector(db.session.query(IncomeRow.sector).limit(1).scalar())
    assert [one.key for one in income_by([VILLAGE], year, "month")] == [(202603,), (202610,), (202611,)]
    assert income_by([COUNTY], year) == income_by([TOWNSHIP], year, sector=sector)
    assert income_by([COUNTY], year, sector=Sector.ENERGY) == list_sums([COUNTY], year, Sector.ENERGY) == []
    assert sum(one.amount_fen for one in list_sums([COUNTY], year, sector)) == income_by([COUNTY], year)[0].amount_fen


def test_who_sees_no_whole_unit_has_the_rows_added(app: Flask) -> None:
    earned()
    assert sum_rows(ALL, person("village_clerk")) == sum_rows(ALL, person("county_clerk"))
    assert sum_rows(ALL, person("sibling_clerk")).rows == len(walked(ALL, "sibling_clerk", 5)) == 0


def test_the_page_shows_rows_and_total(any_app: Flask) -> None:
    earned()
    clerk = Visitor(any_app.test_client(), "village_clerk")
    text = clerk.open("/income/rows?from=2026-03&until=2026-03&kind=OTHER").text
    assert "10,000.01" in text
    assert "没有这样的收入" in clerk.open("/income/rows?from=2025-01&until=2025-12").text
    for wrong in ("from=2026-3", f"region={SIBLING_VILLAGE}", "after=x", "after=202603-1"):
        assert clerk.client.get(f"/income/rows?{wrong}").status_code == 404
