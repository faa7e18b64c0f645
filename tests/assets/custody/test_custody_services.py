"""Agreements, posts, patrols and faults on real databases: what changes, what must not, and what the trail says."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from registry.assets.custody.agreements.models import CustodyAgreement
from registry.assets.custody.agreements.queries import count_offers_to, list_offers_to
from registry.assets.custody.agreements.refusals import AlreadyOffered, NotTheCustodian, OwnPaper, SignatureMissing
from registry.assets.custody.agreements.rules import AgreementStatus, Condition, HandBack
from registry.assets.custody.agreements.services import (
    NobodyThere,
    accept_on_paper,
    accept_on_screen,
    decline,
    hand_back,
    withdraw_offer,
)
from registry.assets.custody.kinds import CustodianKind
from registry.assets.custody.posts.models import PublicPost
from registry.assets.custody.posts.rules import HouseholdHasPost, PostStatus, SecondPost
from registry.assets.custody.posts.services import content_of, leave_post, propose_post, refuse_post, take_office
from registry.assets.register.amendments.models import Correction
from registry.assets.register.amendments.past import card_on
from registry.assets.register.amendments.services import ask_correction, confirm_correction
from registry.assets.register.cards.care import CustodianAgreed, current_custodian
from registry.assets.register.cards.models import Asset, AssetRelation
from registry.assets.register.cards.queries import get_asset
from registry.assets.register.cards.readback import registration_of
from registry.audit.actions import Action
from registry.audit.models import TrailEvent
from registry.database import db, transaction
from registry.errors import Missing
from registry.evidence.rules import MediaType
from registry.evidence.services import KeptFile
from registry.permissions import Permission, Role
from tests.assets.custody.keeping import ROAD, accepted, candidate, in_office, offered, policy, resident_id, road
from tests.factories import TODAY, VILLAGE, add_person, confirmed, person, registration

SHEET = [KeptFile("签字.jpg", MediaType.JPEG, "0" * 64, 10)]
BACK = date(2026, 11, 25)


def agreement_of(key: int) -> CustodyAgreement:
    return db.session.get_one(CustodyAgreement, key)


def asset_of(key: int) -> Asset:
    return db.session.get_one(Asset, key)


def custodian_of(asset: Asset) -> str:
    held = current_custodian(asset.id)
    return held.name if held else ""


def actions() -> list[str]:
    return list(db.session.scalars(select(TrailEvent.action).order_by(TrailEvent.log_id, TrailEvent.seq)))


def test_before_the_custodian_accepts_the_old_one_stays(any_app: Flask) -> None:
    asset = confirmed(custodian="原管护员")
    key = offered(asset).id
    assert custodian_of(asset) == "原管护员"
    with transaction(VILLAGE):
        accept_on_screen(agreement_of(key), by=person("custodian"), on=TODAY)
    held = current_custodian(asset.id)
    assert held is not None
    assert (held.name, held.user_id, held.valid_from) == ("Custodian", person("custodian").id, TODAY)
    earlier = db.session.scalars(select(AssetRelation).where(AssetRelation.name == "原管护员")).one()
    assert earlier.valid_to == TODAY
    assert actions()[-2:] == [Action.CUSTODY_OFFERED, Action.CUSTODY_ACCEPTED]
    assert get_asset(asset.asset_no, person("custodian"), Permission.PATROL_RECORD).id == asset.id


@pytest.mark.usefixtures("app")
def test_one_current_custodian_however_often_it_changes() -> None:
    asset = road()
    first = accepted(asset).id
    with transaction(VILLAGE):
        add_person("second_keeper", Role.CUSTODIAN, VILLAGE, person("system_administrator"))
    accepted(asset, username="second_keeper", on=date(2026, 11, 24))
    rows = db.session.scalars(select(AssetRelation).where(AssetRelation.asset_id == asset.id)).all()
    assert [row.name for row in rows if row.valid_to is None] == ["Second Keeper"]
    assert agreement_of(first).state is AgreementStatus.ENDED
    assert agreement_of(first).ended_on == date(2026, 11, 24)
    with pytest.raises(Missing):
        get_asset(asset.asset_no, person("custodian"), Permission.PATROL_RECORD)


@pytest.mark.usefixtures("app")
def test_an_agreement_goes_on_with_the_assets_that_another_does_not_take() -> None:
    taken, left = road(), road(name="李家沟便道")
    first = accepted(taken, left).id
    with transaction(VILLAGE):
        add_person("second_keeper", Role.CUSTODIAN, VILLAGE, person("system_administrator"))
    accepted(taken, username="second_keeper")
    assert agreement_of(first).state is AgreementStatus.ACCEPTED
    assert [item.ended_on for item in agreement_of(first).items] == [TODAY, None]
    assert custodian_of(left) == "Custodian"


@pytest.mark.usefixtures("app")
def test_an_asset_stands_in_one_open_offer_at_a_time_and_a_withdrawn_one_frees_it() -> None:
    asset = road()
    key = offered(asset).id
    with pytest.raises(AlreadyOffered):
        offered(asset)
    with transaction(VILLAGE):
        withdraw_offer(agreement_of(key), by=person("village_clerk"))
    assert offered(asset).id != key


@pytest.mark.usefixtures("app")
def test_nobody_but_the_custodian_accepts_on_screen_and_a_refusal_changes_nothing() -> None:
    asset = confirmed(custodian="原管护员")
    key = offered(asset).id
    with pytest.raises(NotTheCustodian), transaction(VILLAGE):
        accept_on_screen(agreement_of(key), by=person("village_head"), on=TODAY)
    with transaction(VILLAGE):
        decline(agreement_of(key), "在外务工", by=person("custodian"))
    assert agreement_of(key).state is AgreementStatus.DECLINED
    assert custodian_of(asset) == "原管护员"


@pytest.mark.usefixtures("app")
def test_paper_is_entered_by_another_with_the_signed_sheet_and_counts_from_its_day() -> None:
    asset = road()
    key = offered(asset, user_id=None, custodian_name="谭守田").id
    late = TODAY + timedelta(days=3)
    with pytest.raises(SignatureMissing), transaction(VILLAGE):
        accept_on_paper(agreement_of(key), TODAY, [], by=person("village_clerk"), on=late)
    with transaction(VILLAGE):
        accept_on_paper(agreement_of(key), TODAY, SHEET, by=person("village_clerk"), on=late)
    held = current_custodian(asset.id)
    assert held is not None
    assert (held.name, held.user_id, held.valid_from) == ("谭守田", None, TODAY)
    own = offered(road(name="便道"), user_id=person("village_clerk").id).id
    with pytest.raises(OwnPaper), transaction(VILLAGE):
        accept_on_paper(agreement_of(own), TODAY, SHEET, by=person("village_clerk"), on=TODAY)


@pytest.mark.usefixtures("app")
def test_who_has_no_right_in_the_unit_is_not_named_as_its_custodian() -> None:
    with pytest.raises(NobodyThere):
        offered(road(), user_id=person("sibling_clerk").id)


@pytest.mark.usefixtures("app")
def test_offers_wait_only_for_the_custodian_in_person() -> None:
    key = offered(road()).id
    assert [one.id for one in list_offers_to(person("custodian"), TODAY)] == [key]
    assert count_offers_to(person("custodian"), TODAY, 99) == 1
    assert count_offers_to(person("custodian"), TODAY - timedelta(days=1), 99) == 0
    assert count_offers_to(person("village_clerk"), TODAY, 99) == 0


@pytest.mark.usefixtures("app")
def test_a_hand_back_lists_conditions_and_leaves_the_assets_to_who_takes_over_meanwhile() -> None:
    asset, other = road(), road(name="李家沟便道")
    key = accepted(asset, other).id
    facts = HandBack("外出务工", "华溪村村委会", {asset.id: Condition.GOOD, other.id: Condition.DAMAGED})
    with transaction(VILLAGE):
        hand_back(agreement_of(key), facts, by=person("custodian"), on=BACK)
    done = agreement_of(key)
    assert (done.state, done.meanwhile) == (AgreementStatus.HANDED_BACK, "华溪村村委会")
    assert [item.condition for item in done.items] == ["GOOD", "DAMAGED"]
    assert {custodian_of(one) for one in (asset, other)} == {"华溪村村委会"}
    with pytest.raises(Missing):
        get_asset(asset.asset_no, person("custodian"), Permission.ASSET_READ)


@pytest.mark.usefixtures("app")
def test_an_agreed_custodian_is_not_replaced_by_a_correction_but_other_corrections_go_through() -> None:
    asset = road()
    accepted(asset)
    with pytest.raises(CustodianAgreed), transaction(VILLAGE):
        ask_correction(
            asset_of(asset.id), registration(**ROAD, custodian="别人"), reason="x", by=person("village_clerk"), on=TODAY
        )
    with transaction(VILLAGE):
        facts = registration(**ROAD, custodian="Custodian", remarks="改备注")
        ask_correction(asset_of(asset.id), facts, reason="补写", by=person("village_clerk"), on=TODAY)
    assert custodian_of(asset) == "Custodian"
    assert asset_of(asset.id).remarks == "改备注"


@pytest.mark.usefixtures("app")
def test_a_correction_asked_before_the_acceptance_does_not_bring_the_old_custodian_back() -> None:
    asset = confirmed(custodian="原管护员")
    facts = registration(custodian="原管护员", quantity_milli=2000)
    with transaction(VILLAGE):
        ask_correction(asset_of(asset.id), facts, reason="数量", by=person("village_clerk"), on=TODAY)
    accepted(asset)
    with transaction(VILLAGE):
        waiting = db.session.scalars(select(Correction)).one()
        confirm_correction(waiting, asset_of(asset.id), "同意", by=person("township_supervisor"), on=TODAY)
    assert custodian_of(asset) == "Custodian"


@pytest.mark.usefixtures("app")
def test_a_card_as_of_a_past_day_names_the_custodian_of_that_day() -> None:
    asset = confirmed(custodian="原管护员")
    accepted(asset)
    fresh = asset_of(asset.id)
    assert registration_of(fresh).custodian == "Custodian"
    assert card_on(fresh, TODAY - timedelta(days=1)).facts.custodian == "原管护员"
    assert card_on(fresh, TODAY).facts.custodian == "Custodian"


@pytest.mark.usefixtures("app")
def test_one_household_holds_one_post_and_one_person_no_second() -> None:
    in_office()
    by = person("village_clerk")
    with pytest.raises(SecondPost), transaction(VILLAGE):
        propose_post(candidate(), by=by, on=TODAY, policy=policy())
    kin = candidate(name="谭小军", resident_id=resident_id("50023519980101003"))
    with pytest.raises(HouseholdHasPost), transaction(VILLAGE):
        propose_post(kin, by=by, on=TODAY, policy=policy())


@pytest.mark.usefixtures("app")
def test_who_left_or_was_refused_frees_the_household() -> None:
    key = in_office().id
    by = person("village_clerk")
    with transaction(VILLAGE):
        leave_post(db.session.get_one(PublicPost, key), "外出务工", on=TODAY, by=by)
    with transaction(VILLAGE):
        again = propose_post(candidate(), by=by, on=TODAY, policy=policy())
        refuse_post(again, "公示期有异议", by=by)
    with transaction(VILLAGE):
        third = propose_post(candidate(), by=by, on=TODAY, policy=policy())
        take_office(third, by=by)
        assert third.state is PostStatus.IN_OFFICE


@pytest.mark.usefixtures("app")
def test_what_is_decided_on_names_nobody_in_full_and_the_row_shows_no_number() -> None:
    post = in_office()
    content = content_of(post)
    assert isinstance(content, dict)
    assert content["name"] == "谭**"
    number = resident_id("50023519900101001")
    assert number not in post.resident_id
    payloads = "".join(db.session.scalars(select(TrailEvent.payload)))
    assert number not in payloads


@pytest.mark.usefixtures("app")
def test_a_post_holder_is_named_in_an_agreement_by_the_post() -> None:
    post = in_office()
    agreement = offered(road(), kind=CustodianKind.PUBLIC_POST, post_id=post.id, user_id=None)
    assert agreement.custodian_name == "谭桂英"
