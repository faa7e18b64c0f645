"""Rows written as a deed of the trail, and a world in which nothing is wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import inspect, select
from sqlalchemy.orm import Mapper

from registry.approvals.notices.models import Notice
from registry.approvals.notices.recurring import RECURRENCES, last_period
from registry.assets.register.cards.models import Asset
from registry.audit.actions import Action
from registry.audit.events import Thing
from registry.audit.services import record
from registry.database import db, transaction
from registry.permissions import system_actor
from registry.policy.queries import policy_for
from registry.regions import log_of
from registry.supervision.warnings.evaluating import Area, Tally, evaluate_within, follow_log
from registry.supervision.warnings.models import RiskWarning
from registry.supervision.warnings.risks import Risk
from tests.factories import COUNTY, TODAY, VILLAGE, confirmed

LONG_AGO = datetime(2020, 3, 1, 4, tzinfo=UTC)
MOMENT = datetime(2026, 1, 5, tzinfo=UTC)
_NEUTRAL: dict[type, Any] = {str: "", int: 0, bool: False, date: TODAY}
_UNIQUE = {"uid", "number", "receipt_index"}


def days(number: int) -> date:
    """So many days from today; before it, if below 0."""
    return TODAY + timedelta(days=number)


def make(model: type[Any], **values: Any) -> Any:
    """A row with what is said of it, and something neutral in every other column that must hold something."""
    mapper: Mapper[Any] = inspect(model)
    for attribute in mapper.column_attrs:
        column, key = attribute.columns[0], attribute.key
        optional = column.nullable or column.default is not None or column.primary_key or column.foreign_keys
        if key in {*values, "region_code"} or optional:
            continue
        values[key] = uuid4().hex[:20] if key in _UNIQUE else _NEUTRAL.get(column.type.python_type, MOMENT)
    if "region_code" in mapper.column_attrs:
        values.setdefault("region_code", VILLAGE)
    row = model(**values)
    db.session.add(row)
    db.session.flush()
    return row


@contextmanager
def deed() -> Iterator[None]:
    """One deed of the county's log, whatever it writes."""
    with transaction(COUNTY):
        yield
        db.session.flush()
        record(Action.ASSET_CORRECTED, Thing("region", VILLAGE, VILLAGE), by=system_actor(COUNTY))


def sound_world() -> int:
    """A village with one asset of which nothing is wrong; returns the asset."""
    asset = confirmed(custodian="")
    key = asset.id
    with deed():
        policy = policy_for(VILLAGE, TODAY)
        for one in RECURRENCES:
            period = last_period(TODAY, policy.number(one.months))
            a_notice(kind=one.kind.value, period_from=period.first, period_to=period.last)
    with deed():
        for notice in db.session.scalars(select(Notice)):
            close(notice)
    return key


def a_notice(**values: Any) -> Any:
    """A notice that hangs, over for some days."""
    usual = {"kind": "LEDGER", "state": "POSTED", "title": "台账公示", "days": 10, "days_kind": "CALENDAR",
             "starts_on": days(-18), "ends_on": days(-8)}  # fmt: skip
    return make(Notice, **{**usual, **values})


def close(notice: Notice) -> None:
    """Take a notice in on its last day, photographed to the end."""
    notice.state, notice.ended_on, notice.first_photo, notice.last_photo = "CLOSED", notice.ends_on, "1", "2"


def the_asset(key: int) -> Asset:
    """The asset of the world."""
    return db.session.get_one(Asset, key)


def standing(risk: Risk | None = None) -> list[RiskWarning]:
    """What stands, of one risk if it is named."""
    rows = select(RiskWarning).where(RiskWarning.closed_at.is_(None)).order_by(RiskWarning.id)
    rows = rows.where(RiskWarning.risk == risk.value) if risk else rows
    return list(db.session.scalars(rows))


def ask_all(on: date = TODAY) -> Tally:
    """Ask every risk of everything in the county."""
    db.session.rollback()
    with transaction(COUNTY):
        return evaluate_within(Area(COUNTY), on)


def follow(on: date = TODAY) -> Tally:
    """Ask again what the county's new events touched."""
    db.session.rollback()
    return follow_log(log_of(COUNTY), on)
