"""Closing a county's month: once, for every unit, whole or not at all; what comes later falls into the next."""

import json
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.assets.register.cards.models import Asset
from registry.assets.register.registration import OwnerFact
from registry.audit.actions import Action
from registry.audit.models import TrailEvent
from registry.audit.reconcile import reconcile
from registry.database import db, transaction
from registry.kinds import OwnerKind
from registry.permissions import system_actor
from registry.places.models import Region
from registry.regions import Level, code_range, level_of, log_of
from registry.supervision.periods import services
from registry.supervision.periods.closing import close_due, keep_closing
from registry.supervision.periods.models import MonthFigures
from registry.supervision.periods.queries import area_of, kept_of, list_due
from registry.supervision.periods.rules import AlreadyClosed, Extent, MonthMissing, NotOver, added
from registry.supervision.periods.services import close_month, digest_of_rows
from tests.factories import COUNTY, OTHER_COUNTY, SIBLING_VILLAGE, TODAY, TOWNSHIP, VILLAGE, confirmed
from tests.ledger.receipts.receiving import RENT_FEN, let, posted, rent
from tests.supervision.findings.finding import checked as finding_checked
from tests.supervision.findings.finding import entered as finding_entered
from tests.supervision.findings.finding import reported as finding_reported
from tests.supervision.periods.months import DECEMBER, NOVEMBER, OCTOBER, closed, kept, row_of

STORE_FEN = 128_640_000
_AN_HOUR = timedelta(hours=1)


def _let_store() -> tuple[int, int]:
    """A cold store let by the quarter; its id and the contract's."""
    asset = confirmed()
    key = asset.id
    return key, let(asset)[0]


def _events() -> list[TrailEvent]:
    rows = select(TrailEvent).where(TrailEvent.action == Action.MONTH_CLOSED.value).order_by(TrailEvent.seq)
    return list(db.session.scalars(rows))


def _received(key: int, contract: int, on: date, fen: int = RENT_FEN) -> None:
    posted(db.session.get_one(Asset, key), rent(fen, contract, received_on=on, earned_from=date(2026, 7, 1)))


def test_every_unit_has_its_row_and_the_trail_the_digest_of_all(any_app: Flask) -> None:
    _let_store()
    closed(OCTOBER)
    units = db.session.scalar(
        select(func.count()).select_from(Region).where(Region.region_code.between(*code_range(COUNTY)))
    )
    rows = list(db.session.scalars(select(MonthFigures)))
    own = [row for row in rows if row.extent == Extent.OWN]
    assert len(own) == units
    wholes = {level_of(row.region_code) for row in rows if row.extent == Extent.WHOLE}
    assert wholes == {Level.COUNTY, Level.TOWNSHIP}
    (event,) = _events()
    told = json.loads(event.payload)["facts"]
    assert told == {"month": "2026-10", "units": units, "digest": digest_of_rows(rows)}
    assert reconcile(log_of(COUNTY)) == []


def test_the_village_is_part_of_the_township_and_that_of_the_county(any_app: Flask) -> None:
    key, contract = _let_store()
    confirmed(region_code=SIBLING_VILLAGE, owners=(OwnerFact(OwnerKind.STATE, "石柱县农业农村委员会"),))
    _received(key, contract, date(2026, 10, 5))
    closed(OCTOBER)
    village = kept(VILLAGE, OCTOBER)
    assert village["held.n_VILLAGE.OPERATING"] == 1
    assert village["held.v_VILLAGE.OPERATING"] == STORE_FEN
    assert village["income.own.RENT"] == RENT_FEN
    both = added([village, kept(SIBLING_VILLAGE, OCTOBER)])
    assert both["held.n_STATE.OPERATING"] == 1
    assert kept(TOWNSHIP, OCTOBER, Extent.WHOLE) == both == kept(COUNTY, OCTOBER, Extent.WHOLE)
    assert kept(TOWNSHIP, OCTOBER) == {}


def test_a_receipt_entered_late_falls_into_the_next_month_and_once(any_app: Flask) -> None:
    key, contract = _let_store()
    _received(key, contract, date(2026, 10, 5), 1_000_000)
    closed(OCTOBER)
    before = row_of(VILLAGE, OCTOBER).digest
    _received(key, contract, date(2026, 10, 8))
    assert kept(VILLAGE, OCTOBER)["income.own.RENT"] == 1_000_000
    closed(NOVEMBER)
    closed(DECEMBER)
    assert row_of(VILLAGE, OCTOBER).digest == before
    assert kept(VILLAGE, NOVEMBER)["income.own.RENT"] == RENT_FEN
    assert "income.own.RENT" not in kept(VILLAGE, DECEMBER)


def test_the_first_closing_counts_only_its_own_month(app: Flask) -> None:
    key, contract = _let_store()
    _received(key, contract, date(2026, 9, 30), 1_000_000)
    _received(key, contract, date(2026, 10, 1))
    closed(OCTOBER)
    assert kept(VILLAGE, OCTOBER)["income.own.RENT"] == RENT_FEN
    # What was due before the month is not due in it, and what was not paid stands as owed.
    assert kept(VILLAGE, OCTOBER)["due.owed.RENT"] == 4 * RENT_FEN - RENT_FEN - 1_000_000


def test_what_is_no_longer_open_is_open_in_the_closed_month_only(app: Flask) -> None:
    confirmed()
    finding = finding_entered(on=date(2026, 10, 9), found_on=date(2026, 10, 9), due_on=date(2026, 10, 20))
    closed(OCTOBER)
    assert kept(VILLAGE, OCTOBER) | {"finding.found.AUDIT": 1, "finding.late.AUDIT": 1} == kept(VILLAGE, OCTOBER)
    finding_reported(finding, on=TODAY)
    finding_checked(finding, on=TODAY)
    closed(NOVEMBER)
    november = kept(VILLAGE, NOVEMBER)
    assert november["finding.over.AUDIT"] == 1
    assert not {"finding.found.AUDIT", "finding.open.AUDIT"} & november.keys()
    assert kept(VILLAGE, OCTOBER)["finding.open.AUDIT"] == 1


def test_months_are_closed_in_their_order_once_and_not_before_their_day(app: Flask) -> None:
    confirmed()
    closed(OCTOBER)
    for month, on, refusal in (
        (OCTOBER, TODAY, AlreadyClosed),
        (NOVEMBER, date(2026, 12, 10), NotOver),
        (DECEMBER, date(2027, 1, 11), MonthMissing),
    ):
        with pytest.raises(refusal), transaction(COUNTY):
            close_month(area_of(COUNTY, on), month, by=system_actor(COUNTY), on=on)
    assert len(_events()) == 1


def test_the_worker_closes_what_is_due_where_something_is_registered_and_nothing_twice(app: Flask) -> None:
    confirmed()
    assert {code: list(months) for code, months in list_due(TODAY).items()} == {COUNTY: [OCTOBER]}
    assert keep_closing(date(2026, 11, 10), _AN_HOUR) == 1  # the month before the last: October waits until the 11th
    assert kept_of([COUNTY])[COUNTY].last == OCTOBER - 1
    assert keep_closing(TODAY, _AN_HOUR) == 1
    assert keep_closing(TODAY, _AN_HOUR) == close_due(COUNTY, TODAY) == 0
    assert keep_closing(date(2027, 2, 11), _AN_HOUR) == 3
    assert kept_of([OTHER_COUNTY])[OTHER_COUNTY].last is None


def test_without_time_nothing_is_closed_and_waits(app: Flask) -> None:
    confirmed()
    assert keep_closing(TODAY, timedelta(0)) == 0
    assert list_due(TODAY)


def test_a_closing_that_breaks_leaves_nothing_behind(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    confirmed()

    def broken(*_args: object, **_how: object) -> None:
        raise InterruptedError

    with monkeypatch.context() as patched:
        patched.setattr(services, "record", broken)
        with pytest.raises(InterruptedError):
            close_due(COUNTY, TODAY)
    assert db.session.scalar(select(func.count()).select_from(MonthFigures)) == 0
    assert close_due(COUNTY, TODAY) == 1
