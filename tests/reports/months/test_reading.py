"""Periods are sums of closed months, the same for ever; what runs is counted live; the municipality waits for all."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.services import register_asset
from registry.assets.register.registration import OwnerFact
from registry.audit.reconcile import DIFFERS, reconcile
from registry.config import Settings
from registry.database import db, transaction
from registry.errors import Missing
from registry.kinds import OwnerKind
from registry.regions import log_of
from registry.reports.covering import sectors_in
from registry.reports.figures import read_figures as read_back
from registry.reports.months.period_tables import PeriodTables, collect
from registry.reports.months.reading import Reading, digests_of, read_figures
from registry.reports.months.standing import PeriodState, list_standings
from registry.reports.paper.imprint import figures_text
from registry.reports.parameters import Parameters
from registry.supervision.periods.closing import close_due
from registry.supervision.periods.rules import Extent, PeriodKind, added, read_period
from registry.supervision.periods.tables import happened_of, standing_of
from tests.audit.forging import attack
from tests.factories import (
    COUNTY,
    MUNICIPALITY,
    OTHER_COUNTY,
    SIBLING_VILLAGE,
    TODAY,
    TOWNSHIP,
    VILLAGE,
    confirmed,
    person,
    registration,
)
from tests.ledger.receipts.receiving import RENT_FEN, let, posted, rent
from tests.supervision.findings.finding import entered as finding_entered
from tests.supervision.findings.finding import over
from tests.supervision.periods.months import DECEMBER, NOVEMBER, OCTOBER, closed, kept, row_of

JANUARY = date(2027, 1, 12)
_STATE = (OwnerFact(OwnerKind.STATE, "石柱县农业农村委员会"),)


def read(region: str, name: str, on: date = JANUARY, sectors: list[str] | None = None) -> Reading:
    return read_figures(region, read_period(name), sectors, on)


def received(key: int, contract: int, on: date, fen: int = RENT_FEN) -> None:
    posted(db.session.get_one(Asset, key), rent(fen, contract, received_on=on, earned_from=date(2026, 7, 1)))


def printed(region: str, name: str, on: date, username: str = "county_agriculture") -> PeriodTables:
    return collect(region, Parameters(period=name), actor=person(username), on=on)


def a_quarter() -> tuple[int, int]:
    """October to December, closed: two villages, a receipt in time and one late."""
    asset = confirmed()
    key = asset.id
    contract = let(asset)[0]
    confirmed(name="乡级泵站", region_code=SIBLING_VILLAGE, owners=_STATE, sector="WATER")
    received(key, contract, date(2026, 10, 5), 1_000_000)
    closed(OCTOBER)
    received(key, contract, date(2026, 10, 8))
    finding_entered()
    closed(NOVEMBER)
    closed(DECEMBER)
    return key, contract


def test_a_quarter_is_the_sum_of_its_months_and_stands_as_its_last(any_app: Flask) -> None:
    a_quarter()
    quarter = read(TOWNSHIP, "2026Q4")
    months = [kept(TOWNSHIP, month, Extent.WHOLE) for month in (OCTOBER, NOVEMBER, DECEMBER)]
    assert quarter.standing.state is PeriodState.CLOSED
    assert happened_of(quarter.whole) == added(happened_of(month) for month in months)
    assert standing_of(quarter.whole) == standing_of(months[-1])
    assert quarter.whole["income.own.RENT"] == RENT_FEN + 1_000_000
    assert quarter.whole["held.n_VILLAGE.OPERATING"] == 1


@pytest.mark.parametrize("name", ["2026-11", "2026Q4", "2026"])
def test_the_parts_of_a_unit_add_up_to_it_at_every_level(app: Flask, name: str) -> None:
    a_quarter()
    close_due(MUNICIPALITY, JANUARY)
    readings = [read(region, name) for region in (TOWNSHIP, COUNTY, MUNICIPALITY)]
    assert all(added(part.figures for part in one.parts) == one.whole for one in readings)
    assert readings[0].whole == readings[1].whole == readings[2].whole
    assert read(VILLAGE, name).whole == next(part.figures for part in readings[0].parts if part.region_code == VILLAGE)


def test_a_closed_period_printed_again_has_the_same_figures_whatever_happened_since(any_app: Flask) -> None:
    key, contract = a_quarter()
    before = {name: printed(COUNTY, name, JANUARY).digest() for name in ("2026-10", "2026Q4")}
    told = digests_of(COUNTY, [read_period("2026Q4")])
    received(key, contract, date(2026, 11, 2))
    over()
    confirmed(name="后补的仓库")
    db.session.rollback()
    later = JANUARY + timedelta(days=300)
    assert {name: printed(COUNTY, name, later).digest() for name in before} == before
    assert digests_of(COUNTY, [read_period("2026Q4")]) == told
    # What runs shows what came since: the check can fail.
    assert read(COUNTY, "2027-01", later).whole["income.own.RENT"] == RENT_FEN


def test_what_runs_is_counted_live_with_the_closed_months_before_it(any_app: Flask) -> None:
    asset = confirmed()
    key = asset.id
    contract = let(asset)[0]
    received(key, contract, date(2026, 10, 5), 1_000_000)
    closed(OCTOBER)
    received(key, contract, date(2026, 11, 20))
    for region in (VILLAGE, TOWNSHIP, COUNTY):
        month, quarter = (read(region, name, TODAY) for name in ("2026-11", "2026Q4"))
        assert {month.standing.state, quarter.standing.state} == {PeriodState.RUNNING}
        assert month.whole["income.own.RENT"] == RENT_FEN
        assert quarter.whole["income.own.RENT"] == RENT_FEN + 1_000_000
        assert quarter.whole["held.n_VILLAGE.OPERATING"] == 1
        assert not month.parts or added(part.figures for part in month.parts) == month.whole
    live = read(COUNTY, "2026Q4", date(2026, 12, 31)).whole
    closed(NOVEMBER)
    closed(DECEMBER)
    assert read(COUNTY, "2026Q4").whole == live


def test_before_anything_is_closed_the_running_month_counts_only_itself(app: Flask) -> None:
    asset = confirmed()
    key = asset.id
    contract = let(asset)[0]
    received(key, contract, date(2026, 10, 31), 1_000_000)
    received(key, contract, date(2026, 11, 1))
    assert read(COUNTY, "2026-11", TODAY).whole["income.own.RENT"] == RENT_FEN
    assert [period.name for period, _standing in list_standings(COUNTY, PeriodKind.MONTH, TODAY)] == ["2026-11"]


def test_the_municipality_waits_for_every_county_in_use_and_names_who_is_missing(app: Flask) -> None:
    confirmed()
    closed(OCTOBER)
    assert read(MUNICIPALITY, "2026-10", TODAY).standing.state is PeriodState.CLOSED
    facts = registration(region_code=OTHER_COUNTY, name="万州冷库", owners=_STATE, location_code=OTHER_COUNTY)
    with transaction(OTHER_COUNTY):
        register_asset(facts, by=person("other_clerk"), on=TODAY)
    waiting = read(MUNICIPALITY, "2026-10", TODAY)
    assert (waiting.standing.state, waiting.standing.missing, waiting.whole) == (PeriodState.WAITING, ("万州区",), {})
    assert close_due(OTHER_COUNTY, TODAY) == 1
    whole = read(MUNICIPALITY, "2026-10", TODAY)
    assert whole.standing.state is PeriodState.CLOSED
    assert sum(value for key, value in whole.whole.items() if key.startswith("held.n_")) == 2
    assert read(MUNICIPALITY, "2026-11", TODAY).standing.state is PeriodState.WAITING


def test_a_period_that_began_before_the_first_closing_says_so(app: Flask) -> None:
    a_quarter()
    assert read(COUNTY, "2026").standing.since == OCTOBER
    assert "自 2026-10 起汇总" in printed(COUNTY, "2026", JANUARY).state_text
    assert "自" not in printed(COUNTY, "2026Q4", JANUARY).state_text


@pytest.mark.parametrize("name", ["2026-09", "2026Q3", "2027-02", "2025"])
def test_what_was_never_kept_or_has_not_begun_is_not_there(app: Flask, name: str) -> None:
    a_quarter()
    with pytest.raises(Missing):
        read(COUNTY, name)


def test_a_sector_department_reads_only_its_sector(app: Flask) -> None:
    a_quarter()
    assert sectors_in(COUNTY, person("sector_officer")) == ["AGRICULTURE"]
    water = read(COUNTY, "2026-12", sectors=["WATER"])
    assert water.whole == {key: value for key, value in water.whole.items() if key.endswith("OPERATING")}
    assert water.whole["held.n_STATE.OPERATING"] == 1
    assert "held.n_VILLAGE.OPERATING" not in water.whole
    assert "仅农业农村行业" in printed(COUNTY, "2026-12", JANUARY, "sector_officer").range_text


def test_an_altered_row_is_found_by_table_and_row(app: Flask, settings: Settings) -> None:
    a_quarter()
    row = row_of(VILLAGE, NOVEMBER)
    key = str(row.id)
    assert reconcile(log_of(COUNTY)) == []
    db.session.remove()
    db.engine.dispose()
    attack(
        settings.data_dir / "app.db",
        "DROP TRIGGER guard_month_figures_UPDATE;"
        f"UPDATE month_figures SET figures = replace(figures, '{RENT_FEN}', '4000000') WHERE id = {key};",
    )
    found = reconcile(log_of(COUNTY))
    assert [(one.table, one.id, one.problem) for one in found] == [("month_figures", key, DIFFERS)]
    assert db.session.scalar(text("SELECT count(*) FROM month_figures")) > 0


def test_the_figures_of_a_print_read_back_as_they_were(app: Flask) -> None:
    a_quarter()
    for name, day in (("2026Q4", JANUARY), ("2027-01", JANUARY)):
        figures = printed(TOWNSHIP, name, day)
        assert read_back(PeriodTables, figures_text(figures)) == figures
    one = collect(COUNTY, Parameters(period="2026Q4", kind="risks"), actor=person("county_agriculture"), on=JANUARY)
    assert [table.name for table in one.tables] == ["risks"]
