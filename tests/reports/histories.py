"""The life of an asset day by day: deeds done on a day that the tests choose, and what papers showed on that day."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from registry import clock
from registry.assets.register.amendments.history import PastFact, add_comment, add_legacy, confirm_legacy
from registry.assets.register.amendments.models import Correction, LegacyFact
from registry.assets.register.amendments.rules import LegacyKind
from registry.assets.register.amendments.services import (
    ValueFacts,
    ask_correction,
    ask_value_change,
    confirm_correction,
    refuse_correction,
)
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.readback import registration_of
from registry.assets.register.cards.services import confirm_asset, register_asset
from registry.assets.register.funding import FundingSource
from registry.assets.register.registration import FundingFact, OwnerFact, PartialDate, Registration, Stage, ValueKind
from registry.assets.register.rules import netted
from registry.database import db, transaction
from registry.kinds import Category, OwnerKind
from registry.places.services import merge_region, rename_region, set_go_live
from registry.reports import asset_card, classified_ledger, summary
from registry.reports.parameters import NOTHING, Parameters
from registry.workbench.moving import hand_over
from tests.factories import COUNTY, SIBLING_VILLAGE, TOWNSHIP, VILLAGE, person, registration

FIRST_DAY = date(2026, 1, 10)
UNITS = (TOWNSHIP, VILLAGE, SIBLING_VILLAGE)
OTHER_OWNER = OwnerFact(OwnerKind.GROUP_COLLECTIVE, "先锋组")
HALVES = (
    OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "华溪村股份经济合作社", 5_000, credit_code="N2500235MF1234567T"),
    replace(OTHER_OWNER, share_bp=5_000),
)
FUNDS = (FundingSource.POVERTY_FUND, FundingSource.DONATION, FundingSource.SELF_RAISED, FundingSource.LOTTERY)
#: What a correction may change, light and weighty.
CORRECTIONS: dict[str, dict[str, object]] = {
    "name": {"name": "中益冷藏库", "location_detail": "先锋组"},
    "idle": {"use_status": "IDLE", "operating_mode": ""},
    "leased": {"use_status": "LEASED", "operating_mode": "LEASE"},
    "disputed": {"title_status": "DISPUTED"},
    "confirmed": {"title_status": "CONFIRMED", "certificate_number": "渝（2026）0001"},
    "earlier": {"acquired": PartialDate(date(2018, 5, 1)), "in_use_on": date(2018, 6, 1)},
    "in_use": {"in_use_on": date(2020, 2, 1)},
    "life": {"service_months": 120, "salvage_bp": 500},
    "quantity": {"quantity_milli": 2_500},
    "owner": {"owners": (OTHER_OWNER,)},
    "halves": {"owners": HALVES},
    "welfare": {"category": Category.PUBLIC_WELFARE, "subtype": "ROAD", "operating_mode": "", "unit": "公里"},
    "custodian": {"custodian": "谭守仓"},
}


class Calendar(datetime):
    """A clock that stands at noon of the day the tests choose."""

    day = FIRST_DAY

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return datetime.combine(cls.day, time(4), UTC)


@contextmanager
def calendar() -> Iterator[type[Calendar]]:
    """Let the tests choose the day."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "datetime", Calendar)
        Calendar.day = FIRST_DAY
        yield Calendar


def pass_days(days: int) -> None:
    Calendar.day += timedelta(days=days)


def asset() -> Asset:
    """The asset whose life is told; a transaction ends what was read before."""
    return db.session.scalars(select(Asset).order_by(Asset.id)).first() or enter()


def enter(**changes: object) -> Asset:
    """Enter the asset today."""
    facts = registration(**changes)
    with transaction(facts.region_code):
        return register_asset(facts, by=person("village_clerk"), on=Calendar.day)


def confirm() -> None:
    """Confirm the card, if nobody has."""
    with transaction(VILLAGE):
        if asset().state is Stage.SUBMITTED:
            confirm_asset(asset(), by=person("township_clerk"))


def correct(kind: str, *, waiting_days: int = 0) -> None:
    """Correct the card; a weighty change is agreed to some days later."""
    _corrected(replace(registration_of(asset()), **CORRECTIONS[kind]), waiting_days)  # type: ignore[arg-type]


def revalue(fen: int, *, waiting_days: int = 0) -> None:
    """Put the value right: it had always been another."""
    said = registration_of(asset())
    lines = netted([*said.funding, FundingFact(FundingSource.DONATION, fen)])
    facts = replace(said, original_value_fen=said.original_value_fen + fen, funding=lines)
    _corrected(facts, waiting_days)


def _corrected(facts: Registration, waiting_days: int) -> None:
    if asset().state is not Stage.CONFIRMED or facts == registration_of(asset()):
        db.session.rollback()
        return
    db.session.rollback()
    with transaction(VILLAGE):
        ask_correction(asset(), facts, reason="与事实不符", by=person("village_clerk"), on=Calendar.day)
    _decide(waiting_days)


def change_value(kind: ValueKind, fen: int, *, days_ago: int = 0, source: int = 0, refused: bool = False) -> None:
    """Enlarge, repair, write down or revalue the asset from a day on."""
    if asset().state is not Stage.CONFIRMED:
        db.session.rollback()
        return
    lines = (FundingFact(FundingSource.ADJUSTMENT if fen < 0 else FUNDS[source], fen),)
    facts = ValueFacts(kind, Calendar.day - timedelta(days=days_ago), lines, "有文件", "渝财农〔2026〕9号")
    db.session.rollback()
    with transaction(VILLAGE):
        ask_value_change(asset(), facts, by=person("village_clerk"), on=Calendar.day)
    _decide(0, refused=refused)


def _decide(waiting_days: int, *, refused: bool = False) -> None:
    waiting = db.session.scalar(select(Correction.id).where(Correction.status == "WAITING"))
    db.session.rollback()
    if waiting is None:
        return
    pass_days(waiting_days)
    with transaction(VILLAGE):
        row = db.session.get_one(Correction, waiting)
        if refused:
            refuse_correction(row, asset(), "不符", by=person("township_supervisor"))
        else:
            confirm_correction(row, asset(), "同意", by=person("township_supervisor"), on=Calendar.day)


def remark() -> None:
    with transaction(VILLAGE):
        add_comment(asset(), "门锁坏了", by=person("township_supervisor"))


def remember(*, waiting_days: int) -> None:
    """Enter a fact of the past, confirmed by a second person some days later."""
    with transaction(COUNTY):
        set_go_live(COUNTY, date(2026, 1, 1), basis="x", by=person("county_clerk"))
    with transaction(VILLAGE):
        fact = PastFact(LegacyKind.TITLE, date(2020, 1, 1), "石府〔2020〕1号", "")
        fact_id = add_legacy(asset(), fact, by=person("village_clerk")).id
    pass_days(waiting_days)
    with transaction(VILLAGE):
        confirm_legacy(db.session.get_one(LegacyFact, fact_id), asset(), by=person("township_clerk"))


def merge() -> None:
    """Merge the asset's village into its sibling, once."""
    if asset().region_code == VILLAGE:
        db.session.rollback()
        by = person("system_administrator")
        with transaction(VILLAGE):
            merge_region(VILLAGE, SIBLING_VILLAGE, on=Calendar.day, basis="渝府〔2026〕1号", by=by)
            hand_over(VILLAGE, SIBLING_VILLAGE, by=by)
    db.session.rollback()


def rename(name: str) -> None:
    with transaction(VILLAGE):
        rename_region(SIBLING_VILLAGE, name, on=Calendar.day, basis="x", by=person("system_administrator"))


Papers = tuple[object, ...]


def papers(on: date) -> Papers:
    """Everything that papers of a day show: ledger and summary of every unit, and the card."""
    by = person("township_clerk")
    found: list[object] = []
    for unit in UNITS:
        found += [report.collect(unit, NOTHING, actor=by, on=on) for report in (classified_ledger, summary)]
    thing = asset()
    found.append(asset_card.collect(thing.region_code, Parameters((thing.asset_no,)), actor=by, on=on))
    db.session.rollback()
    return tuple(found)
