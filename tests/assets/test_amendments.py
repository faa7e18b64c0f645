"""Correcting a confirmed card: light things at once, weighty ones by a second person one level above."""

from datetime import date

import pytest
from sqlalchemy import select

from registry.assets.register.amendments.history import PastFact, add_comment, add_legacy, confirm_legacy
from registry.assets.register.amendments.models import Correction, LegacyFact
from registry.assets.register.amendments.rules import (
    AlreadyWaiting,
    LegacyKind,
    NotDecidable,
    NothingChanged,
    NotOneLevelAbove,
    ReasonMissing,
    SeenOldContent,
)
from registry.assets.register.amendments.services import (
    ValueFacts,
    ask_correction,
    ask_value_change,
    confirm_correction,
    refuse_correction,
    void_correction,
)
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.parts import funding_of
from registry.assets.register.cards.queries import highest_value_since
from registry.assets.register.cards.readback import registration_of
from registry.assets.register.cards.stock import stock_by
from registry.assets.register.funding import FundingSource
from registry.assets.register.registration import FundingFact, Registration, ValueKind
from registry.assets.register.rules import AfterGoLive, NotConfirmedYet, OwnEntry
from registry.audit.actions import Action
from registry.audit.models import TrailEvent
from registry.audit.services import record
from registry.database import db, transaction
from registry.errors import Forbidden, Invalid
from registry.places.services import set_go_live
from tests.factories import COUNTY, TODAY, VILLAGE, confirmed, entered, person, registration

pytestmark = pytest.mark.usefixtures("app")
NEW_VALUE: dict[str, object] = {
    "original_value_fen": 130_000_000,
    "funding": (FundingFact(FundingSource.POVERTY_FUND, 130_000_000),),
}


def asset_of(asset_id: int) -> Asset:
    return db.session.get_one(Asset, asset_id)


def ask(asset_id: int, facts: Registration, reason: str = "与竣工决算不符", by: str = "village_clerk") -> int:
    with transaction(VILLAGE):
        correction = ask_correction(asset_of(asset_id), facts, reason=reason, by=person(by), on=TODAY)
    return correction.id


def agree(correction_id: int, by: str, opinion: str = "同意") -> None:
    with transaction(VILLAGE):
        correction = db.session.get_one(Correction, correction_id)
        confirm_correction(correction, asset_of(correction.asset_id), opinion, by=person(by), on=TODAY)


def test_a_light_correction_is_written_at_once_with_its_reason() -> None:
    asset_id = confirmed().id
    ask(asset_id, registration(location_detail="先锋组"), "补坐落")
    assert asset_of(asset_id).location_detail == "先锋组"
    event = db.session.scalars(select(TrailEvent).order_by(TrailEvent.seq.desc())).first()
    assert event is not None
    assert event.action == "ASSET_CORRECTED"
    assert "补坐落" in event.payload


def test_a_weighty_correction_waits_and_changes_nothing_until_agreed() -> None:
    asset_id = confirmed().id
    correction_id = ask(asset_id, registration(**NEW_VALUE))
    assert asset_of(asset_id).original_value_fen == 128_640_000
    agree(correction_id, "township_supervisor")
    assert asset_of(asset_id).original_value_fen == 130_000_000
    assert funding_of(asset_id) == NEW_VALUE["funding"]
    (county,) = stock_by([COUNTY], "category")
    assert county.original_value_fen == 130_000_000


def test_the_asker_never_agrees() -> None:
    correction_id = ask(confirmed().id, registration(**NEW_VALUE), by="township_supervisor")
    with pytest.raises(OwnEntry):
        agree(correction_id, "township_supervisor")


@pytest.mark.parametrize("who", ["village_head", "township_clerk"])
def test_somebody_without_the_right_above_never_agrees(who: str) -> None:
    correction_id = ask(confirmed().id, registration(**NEW_VALUE))
    with pytest.raises(NotOneLevelAbove):
        agree(correction_id, who)


def test_a_change_is_decided_once() -> None:
    correction_id = ask(confirmed().id, registration(**NEW_VALUE))
    agree(correction_id, "township_supervisor")
    with pytest.raises(NotDecidable):
        agree(correction_id, "county_agriculture")


def test_refusing_needs_a_reason_and_leaves_the_card() -> None:
    asset_id = confirmed().id
    correction_id = ask(asset_id, registration(**NEW_VALUE))
    with pytest.raises(Invalid), transaction(VILLAGE):
        correction = db.session.get_one(Correction, correction_id)
        refuse_correction(correction, asset_of(asset_id), "", by=person("township_supervisor"))
    with transaction(VILLAGE):
        correction = db.session.get_one(Correction, correction_id)
        refuse_correction(correction, asset_of(asset_id), "决算没有改", by=person("township_supervisor"))
    assert asset_of(asset_id).original_value_fen == 128_640_000


def test_only_one_weighty_change_is_open_at_a_time() -> None:
    asset_id = confirmed().id
    ask(asset_id, registration(**NEW_VALUE))
    with pytest.raises(AlreadyWaiting):
        ask(asset_id, registration(location_detail="别处"))


def test_the_asker_may_take_back_what_nobody_decided() -> None:
    asset_id = confirmed().id
    correction_id = ask(asset_id, registration(**NEW_VALUE))
    with pytest.raises(Forbidden), transaction(VILLAGE):
        void_correction(
            db.session.get_one(Correction, correction_id), asset_of(asset_id), by=person("township_supervisor")
        )
    with transaction(VILLAGE):
        void_correction(db.session.get_one(Correction, correction_id), asset_of(asset_id), by=person("village_clerk"))
    ask(asset_id, registration(location_detail="别处"))


def test_what_was_seen_is_what_is_written_or_nothing() -> None:
    asset_id = confirmed().id
    correction_id = ask(asset_id, registration(**NEW_VALUE))
    with transaction(VILLAGE):
        asset = asset_of(asset_id)
        asset.remarks = "别人改了备注"
        record(Action.ASSET_CORRECTED, asset, by=person("county_clerk"))
    with pytest.raises(SeenOldContent):
        agree(correction_id, "township_supervisor")


@pytest.mark.parametrize(
    ("facts", "reason", "refusal"),
    [
        (registration(), "没有改动", NothingChanged),
        (registration(location_detail="x"), " ", ReasonMissing),
    ],
)
def test_a_correction_changes_something_and_says_why(facts: Registration, reason: str, refusal: type[Invalid]) -> None:
    with pytest.raises(refusal):
        ask(confirmed().id, facts, reason)


def test_a_card_nobody_confirmed_is_mended_not_corrected() -> None:
    with pytest.raises(NotConfirmedYet):
        ask(entered().id, registration(location_detail="x"))


def test_what_a_card_says_reads_back_as_it_was_entered() -> None:
    asset = confirmed()
    with pytest.raises(NothingChanged):
        ask(asset.id, registration_of(asset_of(asset.id)))


def value(kind: ValueKind, fen: int) -> ValueFacts:
    source = FundingSource.ADJUSTMENT if fen < 0 else FundingSource.TRANSITION_FUND
    return ValueFacts(kind, date(2025, 6, 1), (FundingFact(source, fen),), "有文件")


def test_an_enlargement_adds_value_money_and_bends_depreciation() -> None:
    asset = confirmed()
    past = asset.original_value_fen - asset.net_value_fen(date(2025, 6, 1))
    with transaction(VILLAGE):
        correction = ask_value_change(
            asset_of(asset.id), value(ValueKind.ENLARGEMENT, 10_000_000), by=person("village_clerk"), on=TODAY
        )
        correction_id = correction.id
    agree(correction_id, "township_supervisor")
    fresh = asset_of(asset.id)
    assert fresh.original_value_fen == 138_640_000
    assert fresh.poverty_fund_fen == 130_000_000
    assert fresh.original_value_fen - fresh.net_value_fen(date(2025, 6, 1)) == past


def test_a_loss_is_remembered_by_the_highest_value_of_the_year() -> None:
    asset = confirmed()
    with transaction(VILLAGE):
        correction_id = ask_value_change(
            asset_of(asset.id), value(ValueKind.PARTIAL_LOSS, -100_000_000), by=person("village_clerk"), on=TODAY
        ).id
    agree(correction_id, "township_supervisor")
    assert asset_of(asset.id).original_value_fen == 28_640_000
    assert highest_value_since(asset.id, date(2025, 11, 23)) == 128_640_000


@pytest.mark.parametrize(
    ("kind", "fen"), [(ValueKind.ENLARGEMENT, -1), (ValueKind.PARTIAL_LOSS, 1), (ValueKind.PARTIAL_LOSS, -(10**12))]
)
def test_a_change_of_value_has_the_right_sign_and_size(kind: ValueKind, fen: int) -> None:
    asset = confirmed()
    with pytest.raises(Invalid), transaction(VILLAGE):
        ask_value_change(asset_of(asset.id), value(kind, fen), by=person("village_clerk"), on=TODAY)


def test_history_is_entered_once_before_go_live_and_confirmed_by_another() -> None:
    asset_id = confirmed().id
    with transaction(COUNTY):
        set_go_live(COUNTY, date(2021, 7, 1), basis="启用通知", by=person("county_clerk"))
    past = PastFact(LegacyKind.TITLE, date(2020, 8, 17), "石扶组〔2020〕3号", "村民代表会议议定")
    with transaction(VILLAGE):
        fact_id = add_legacy(asset_of(asset_id), past, by=person("village_clerk")).id
    with pytest.raises(OwnEntry), transaction(VILLAGE):
        confirm_legacy(db.session.get_one(LegacyFact, fact_id), asset_of(asset_id), by=person("village_clerk"))
    with transaction(VILLAGE):
        confirm_legacy(db.session.get_one(LegacyFact, fact_id), asset_of(asset_id), by=person("township_clerk"))
    late = PastFact(LegacyKind.TITLE, date(2021, 7, 1), "x", "")
    with pytest.raises(AfterGoLive), transaction(VILLAGE):
        add_legacy(asset_of(asset_id), late, by=person("village_clerk"))


def test_a_remark_changes_nothing_of_the_card() -> None:
    asset = confirmed()
    version = asset.version_id
    with transaction(VILLAGE):
        add_comment(asset_of(asset.id), "制冷机组异响", by=person("resident_work_team"))
    assert asset_of(asset.id).version_id == version
