"""The worker's rounds close the months that are due, and leave a read-only installation alone."""

from flask import Flask
from sqlalchemy import func, select

from registry.database import db, refuse_writes
from registry.operations.worker import Worker
from registry.supervision.periods.models import MonthFigures
from tests.factories import confirmed


def _kept() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(MonthFigures)) or 0


def test_a_round_closes_what_is_due_once(app: Flask) -> None:
    confirmed()
    worker = Worker(app)
    worker.round()
    kept = _kept()
    assert kept > 0
    worker.round()
    assert _kept() == kept


def test_a_round_of_a_read_only_installation_closes_nothing(app: Flask) -> None:
    confirmed()
    refuse_writes("x")
    Worker(app).round()
    assert _kept() == 0
