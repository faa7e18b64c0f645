"""Entering and confirming: what is written, what is derived, and what must not change."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select, text

from registry.assets.register.bigrams import query_words
from registry.assets.register.cards.models import Asset, AssetOwner, FundingLine, ValueChange
from registry.assets.register.cards.parts import funding_of
from registry.assets.register.cards.queries import get_asset, list_alike
from registry.assets.register.cards.services import confirm_asset, register_asset, resubmit, send_back, withdraw
from registry.assets.register.cards.stock import stock_by
from registry.assets.register.funding import FundingSource
from registry.assets.register.registration import FundingFact, OwnerFact, Stage
from registry.assets.register.rules import NotWaiting, OwnEntry
from registry.audit.models import TrailEvent
from registry.codes import is_asset_number
from registry.database import db, transaction
from registry.errors import Conflict, Invalid, Missing
from registry.kinds import OwnerKind
from registry.permissions import Permission
from registry.places.services import set_go_live
from tests.factories import (
    COUNTY,
    SIBLING_VILLAGE,
    TODAY,
    TOWNSHIP,
    VILLAGE,
    confirmed,
    entered,
    person,
    registration,
)

pytestmark = pytest.mark.usefixtures("app")


def again(asset: Asset) -> Asset:
    return db.session.get_one(Asset, asset.id)


def found_by(words: str) -> list[int]:
    query = text("SELECT rowid FROM asset_search WHERE asset_search MATCH :words")
    return list(db.session.scalars(query, {"words": " AND ".join(query_words(words))}))


def sees(asset: Asset, who: str) -> bool:
    try:
        return get_asset(asset.asset_no, person(who), Permission.ASSET_READ).id == asset.id
    except Missing:
        return False


def rollup(unit: str) -> dict[str, tuple[int, int]]:
    found = {stage.value: stock_by([unit], stages=[stage]) for stage in Stage}
    return {stage: (rows[0].assets, rows[0].original_value_fen) for stage, rows in found.items() if rows}


def test_a_submitted_card_has_a_number_its_money_and_its_owner() -> None:
    asset = entered()
    assert is_asset_number(asset.asset_no)
    assert asset.asset_no.startswith(f"{VILLAGE}J2019")
    assert sum(line.amount_fen for line in funding_of(asset.id)) == asset.original_value_fen == 128_640_000
    assert asset.poverty_fund_fen == 120_000_000
    assert asset.owner_text == "华溪村股份经济合作社"


def test_serials_of_a_unit_follow_each_other_and_are_never_given_twice() -> None:
    first, second = entered(), entered(name="另一座")
    with transaction(VILLAGE):
        withdraw(again(first), "录错了", by=person("village_clerk"))
    third = entered(name="第三座")
    assert [asset.asset_no[17:22] for asset in (first, second, third)] == ["00001", "00002", "00003"]


def test_the_sums_of_village_township_and_county_equal_the_rows() -> None:
    entered()
    confirmed(name="已确认的一座")
    for unit in (VILLAGE, TOWNSHIP, COUNTY):
        assert rollup(unit) == {"SUBMITTED": (1, 128_640_000), "CONFIRMED": (1, 128_640_000)}
    assert rollup(SIBLING_VILLAGE) == {}


def test_an_asset_is_found_by_any_two_characters_of_its_name() -> None:
    asset = entered()
    words = " AND ".join(query_words("冷链"))
    found = db.session.execute(
        text("SELECT rowid FROM asset_search WHERE asset_search MATCH :w"), {"w": words}
    ).scalars()
    assert list(found) == [asset.id]
    missed = " AND ".join(query_words("链冷"))
    rows = db.session.execute(text("SELECT rowid FROM asset_search WHERE asset_search MATCH :w"), {"w": missed})
    assert list(rows) == []


def test_nobody_confirms_what_they_entered() -> None:
    asset = entered()
    with pytest.raises(OwnEntry), transaction(VILLAGE):
        confirm_asset(again(asset), by=person("village_clerk"))
    assert again(asset).stage == "SUBMITTED"


def test_a_confirmed_card_is_not_confirmed_twice() -> None:
    asset = confirmed()
    with pytest.raises(NotWaiting), transaction(VILLAGE):
        confirm_asset(again(asset), by=person("township_supervisor"))


def test_sending_back_needs_a_reason() -> None:
    asset = entered()
    with pytest.raises(Invalid), transaction(VILLAGE):
        send_back(again(asset), " ", by=person("township_clerk"))


def test_a_card_sent_back_is_mended_under_the_same_number() -> None:
    asset = entered()
    with transaction(VILLAGE):
        send_back(again(asset), "原值应为 130 万", by=person("township_clerk"))
    mended = registration(
        original_value_fen=130_000_000,
        funding=(FundingFact(FundingSource.POVERTY_FUND, 130_000_000),),
    )
    with transaction(VILLAGE):
        resubmit(again(asset), mended, by=person("village_clerk"), on=TODAY)
    fresh = again(asset)
    assert (fresh.stage, fresh.asset_no, fresh.original_value_fen) == ("SUBMITTED", asset.asset_no, 130_000_000)
    assert funding_of(asset.id) == mended.funding
    assert rollup(COUNTY) == {"SUBMITTED": (1, 130_000_000)}


def test_nothing_that_was_booked_is_overwritten_when_a_card_is_mended() -> None:
    asset = entered()
    before = db.session.scalar(select(func.count()).select_from(FundingLine))
    with transaction(VILLAGE):
        resubmit(
            again(asset), registration(funding=(FundingFact(FundingSource.UNVERIFIED, 128_640_000),)),
            by=person("village_clerk"), on=TODAY,
        )  # fmt: skip
    assert db.session.scalar(select(func.count()).select_from(FundingLine)) == (before or 0) + 4
    assert [row.kind for row in db.session.scalars(select(ValueChange))] == ["ACQUISITION", "CORRECTION"]


def test_a_confirmed_card_cannot_be_resubmitted_or_withdrawn() -> None:
    asset = confirmed()
    with pytest.raises(Conflict), transaction(VILLAGE):
        resubmit(again(asset), registration(name="改名"), by=person("village_clerk"), on=TODAY)
    with pytest.raises(Conflict), transaction(VILLAGE):
        withdraw(again(asset), "不要了", by=person("village_clerk"))


def test_an_owner_that_stays_keeps_its_row_and_one_that_goes_keeps_its_period() -> None:
    asset = entered()
    owners = (
        OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "华溪村股份经济合作社", 6_000, credit_code="N2500235MF1234567T"),
        OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "盐井村股份经济合作社", 4_000, SIBLING_VILLAGE),
    )
    with transaction(VILLAGE):
        resubmit(again(asset), registration(owners=owners), by=person("village_clerk"), on=TODAY)
    rows = list(db.session.scalars(select(AssetOwner).order_by(AssetOwner.id)))
    assert [(row.share_bp, row.valid_to) for row in rows] == [(10_000, TODAY), (6_000, None), (4_000, None)]
    assert rows[2].foreign_region == SIBLING_VILLAGE


def test_a_co_owner_of_another_village_sees_the_joint_asset_and_others_do_not() -> None:
    asset = entered()
    assert not sees(asset, "sibling_clerk")
    shares = replace(registration().owners[0], share_bp=5_000)
    other = OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "盐井村股份经济合作社", 5_000, SIBLING_VILLAGE)
    with transaction(VILLAGE):
        resubmit(again(asset), registration(owners=(shares, other)), by=person("village_clerk"), on=TODAY)
    assert sees(asset, "sibling_clerk")
    assert not sees(asset, "other_clerk")


def test_an_asset_older_than_go_live_is_marked_as_legacy() -> None:
    assert entered().is_legacy is False
    with transaction(COUNTY):
        set_go_live(COUNTY, date(2021, 7, 1), basis="渝府办发〔2021〕149号", by=person("county_clerk"))
    assert entered(name="旧的").is_legacy is True


def test_the_same_name_in_the_same_unit_and_year_is_pointed_out() -> None:
    asset = entered()
    assert [one.asset_no for one in list_alike("中益冷链仓库", VILLAGE, 2019)] == [asset.asset_no]
    assert list_alike("中益冷链仓库", VILLAGE, 2020) == []


def test_one_deed_leaves_one_event_that_carries_every_row() -> None:
    asset = entered()
    event = db.session.scalars(select(TrailEvent).order_by(TrailEvent.seq.desc())).first()
    assert event is not None
    assert (event.action, event.thing_id) == ("ASSET_SUBMITTED", str(asset.id))
    for table in ("asset", "asset_owner", "value_change", "funding_line", "party"):
        assert f'"table":"{table}"' in event.payload


def test_a_refused_card_leaves_nothing_behind() -> None:
    before = db.session.scalar(select(func.count()).select_from(TrailEvent))
    with pytest.raises(Invalid), transaction(VILLAGE):
        register_asset(registration(original_value_fen=1), by=person("village_clerk"), on=TODAY)
    assert db.session.scalar(select(func.count()).select_from(Asset)) == 0
    assert db.session.scalar(select(func.count()).select_from(TrailEvent)) == before
