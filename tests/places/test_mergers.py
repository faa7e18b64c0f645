"""What follows an ended unit's assets to the heir, what stays and why; what was open the heir's people decide."""

from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from registry.approvals.requests.models import ApprovalRequest
from registry.assets.register.amendments.history import PastFact, add_comment, add_legacy, confirm_legacy
from registry.assets.register.amendments.models import Correction, LegacyFact
from registry.assets.register.amendments.queries import (
    get_correction,
    get_legacy_fact,
    list_comments,
    list_waiting_corrections,
)
from registry.assets.register.amendments.rules import LegacyKind, NotOneLevelAbove, SeenOldContent
from registry.assets.register.amendments.services import ask_correction, confirm_correction
from registry.assets.register.cards.drafts import save_draft, typed_of
from registry.assets.register.cards.models import Asset, AssetOwner
from registry.assets.register.cards.queries import get_asset
from registry.assets.register.registration import OwnerFact
from registry.assets.register.sheets.models import ImportBatch
from registry.assets.register.sheets.running import run_import
from registry.audit.models import TrailEvent
from registry.audit.reconcile import reconcile
from registry.audit.services import thing_of
from registry.clock import today
from registry.database import db, transaction
from registry.errors import Missing
from registry.evidence.models import Attachment
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, attach, take_in
from registry.kinds import OwnerKind
from registry.parties.models import Party
from registry.permissions import Permission
from registry.places.queries import heir_of
from registry.places.services import merge_region, set_go_live
from registry.regions import Level, ancestor
from registry.workbench.moving import FOLLOWING, hand_over
from tests.approvals.requests.submitting import submitted
from tests.assets.sheets.importing import GOOD, HEAD, batch_of, begin, keep, named, pasted
from tests.factories import (
    COUNTY,
    OTHER_COUNTY,
    PASSWORD,
    SIBLING_VILLAGE,
    TODAY,
    VILLAGE,
    confirmed,
    person,
    registration,
)

FAR_VILLAGE = "500101001001"


def merge(into: str = SIBLING_VILLAGE) -> None:
    by = person("system_administrator")
    with transaction(VILLAGE, into):
        merge_region(VILLAGE, into, on=today(), basis="渝府〔2026〕1号", by=by)
        hand_over(VILLAGE, into, by=by)


def correction() -> int:
    """A weighty correction that waits: half of the asset is another collective's of the same village."""
    asset_id = confirmed().id
    halves = (
        OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "华溪村股份经济合作社", 5000, VILLAGE, "N2500235MF1234567T"),
        OwnerFact(OwnerKind.GROUP_COLLECTIVE, "先锋组", 5000, VILLAGE),
    )
    with transaction(VILLAGE):
        asset = db.session.get_one(Asset, asset_id)
        facts = registration(owners=halves, quantity_milli=2000)
        return ask_correction(asset, facts, reason="与决算不符", by=person("village_clerk"), on=TODAY).id


def agree(correction_id: int, username: str, region: str) -> None:
    with transaction(region):
        row = db.session.get_one(Correction, correction_id)
        confirm_correction(row, db.session.get_one(Asset, row.asset_id), "同意", by=person(username), on=TODAY)


@pytest.mark.usefixtures("any_app")
def test_a_correction_that_waits_is_decided_above_the_heir() -> None:
    waiting = correction()
    merge(FAR_VILLAGE)
    heir, former = person("other_supervisor"), person("county_agriculture")
    assert [row.id for row in list_waiting_corrections(heir)] == [waiting]
    assert list_waiting_corrections(former) == []
    with pytest.raises(Missing):
        get_correction(waiting, former, Permission.CORRECTION_CONFIRM)
    with pytest.raises(NotOneLevelAbove):
        agree(waiting, "county_agriculture", FAR_VILLAGE)
    agree(waiting, "other_supervisor", FAR_VILLAGE)
    asset = db.session.scalars(select(Asset)).one()
    assert (asset.quantity_milli, asset.region_code) == (2000, FAR_VILLAGE)


@pytest.mark.usefixtures("app")
def test_owners_named_before_the_merger_are_the_heirs_own_afterwards() -> None:
    waiting = correction()
    merge()
    agree(waiting, "township_supervisor", SIBLING_VILLAGE)
    owners = db.session.scalars(select(AssetOwner).where(AssetOwner.valid_to.is_(None))).all()
    assert {(row.party.name, row.party.region_code, row.foreign_region) for row in owners} == {
        ("华溪村股份经济合作社", SIBLING_VILLAGE, None),
        ("先锋组", SIBLING_VILLAGE, None),
    }
    assert set(db.session.scalars(select(Party.region_code))) == {SIBLING_VILLAGE}


@pytest.mark.usefixtures("app")
def test_a_correction_that_was_stale_before_the_merger_stays_stale() -> None:
    waiting = correction()
    with transaction(VILLAGE):
        asset = db.session.scalars(select(Asset)).one()
        asset.remarks = "别人改了备注"
        merge_region(VILLAGE, SIBLING_VILLAGE, on=today(), basis="x", by=person("system_administrator"))
        hand_over(VILLAGE, SIBLING_VILLAGE, by=person("system_administrator"))
    db.session.rollback()
    row = db.session.get_one(Correction, waiting)
    assert row.asset_version < db.session.get_one(Asset, row.asset_id).version_id
    db.session.rollback()
    with pytest.raises(SeenOldContent):
        agree(waiting, "township_supervisor", SIBLING_VILLAGE)


@pytest.mark.usefixtures("app")
def test_history_entered_before_is_confirmed_by_the_heirs_second_person() -> None:
    asset_id = confirmed().id
    with transaction(COUNTY):
        set_go_live(COUNTY, date(2026, 1, 1), basis="x", by=person("county_clerk"))
    with transaction(VILLAGE):
        past = PastFact(LegacyKind.TITLE, date(2020, 1, 1), "石府〔2020〕1号", "")
        fact_id = add_legacy(db.session.get_one(Asset, asset_id), past, by=person("village_clerk")).id
    merge()
    row = get_legacy_fact(fact_id, person("township_clerk"))
    assert row.region_code == SIBLING_VILLAGE
    with transaction(SIBLING_VILLAGE):
        fact = db.session.get_one(LegacyFact, fact_id)
        confirm_legacy(fact, db.session.get_one(Asset, asset_id), by=person("township_clerk"))


@pytest.mark.usefixtures("app")
def test_a_remark_is_read_by_the_heir_and_not_altered() -> None:
    asset = confirmed()
    with transaction(VILLAGE):
        add_comment(db.session.get_one(Asset, asset.id), "门锁坏了", by=person("township_supervisor"))
    merge()
    found = get_asset(db.session.scalars(select(Asset.asset_no)).one(), person("sibling_clerk"), Permission.ASSET_READ)
    assert [(row.body, row.region_code) for row in list_comments(found.id)] == [("门锁坏了", VILLAGE)]


@pytest.mark.parametrize("into", [SIBLING_VILLAGE, FAR_VILLAGE])
@pytest.mark.usefixtures("app")
def test_one_event_in_each_log_carries_every_row_that_moved(into: str) -> None:
    correction()
    before = {model: len(db.session.scalars(select(model)).all()) for model in (*FOLLOWING, Asset)}
    merge(into)
    events = db.session.scalars(select(TrailEvent.payload).where(TrailEvent.action == "ASSETS_MOVED")).all()
    assert len(events) == len({VILLAGE[:6], into[:6]})
    told = "".join(events)
    for model, rows in before.items():
        assert told.count(f'"table":"{model.__tablename__}"') == rows
    assert [reconcile(log_id) for log_id in (int(VILLAGE[:6]), int(OTHER_COUNTY[:6]))] == [[], []]


@pytest.mark.usefixtures("app")
def test_rows_that_wait_to_be_imported_are_written_in_the_heir() -> None:
    upload_id = keep(pasted(HEAD, GOOD))
    begin(upload_id)
    merge()
    assert db.session.scalars(select(ImportBatch.region_code)).all() == [SIBLING_VILLAGE]
    assert run_import(upload_id, by=person("township_clerk"), seconds=None)
    batch = batch_of(upload_id)
    assert (batch.added, batch.refused, named("蓄水池").region_code) == (1, 0, SIBLING_VILLAGE)


@pytest.mark.usefixtures("app")
def test_a_draft_of_the_ended_unit_opens_as_one_of_its_heir() -> None:
    with transaction():
        draft = save_draft(person("township_clerk").id or 0, "k", {"region_code": [VILLAGE], "name": [VILLAGE]})
    merge()
    assert typed_of(draft) == {"region_code": [SIBLING_VILLAGE], "name": [VILLAGE]}


@pytest.mark.usefixtures("app")
def test_an_heir_is_the_last_of_those_that_took_over() -> None:
    assert (heir_of(VILLAGE), heir_of("500240213999")) == (VILLAGE, "500240213999")
    merge()
    with transaction(SIBLING_VILLAGE, FAR_VILLAGE):
        merge_region(SIBLING_VILLAGE, FAR_VILLAGE, on=today(), basis="x", by=person("system_administrator"))
    assert heir_of(VILLAGE) == FAR_VILLAGE


def test_old_remarks_and_files_are_the_heirs_to_read_and_no_longer_the_ended_units(app: Flask) -> None:
    asset_no = confirmed().asset_no
    asset_id = db.session.scalars(select(Asset.id)).one()
    photo = BytesIO()
    Image.new("RGB", (8, 8)).save(photo, "PNG")
    file = take_in(photo.getvalue(), "门.png")
    with transaction(VILLAGE):
        thing = db.session.get_one(Asset, asset_id)
        add_comment(thing, "门锁坏了", by=person("township_supervisor"))
        attach([file], Caption(EvidenceKind.PHOTO), to=thing_of(thing), by=person("village_clerk"))
    merge()
    url = f"/assets/{asset_no}/evidence/{db.session.scalars(select(Attachment.id)).one()}"
    db.session.rollback()
    for username, status in (("sibling_clerk", 200), ("village_clerk", 404)):
        client = app.test_client()
        client.post("/login", data={"username": username, "password": PASSWORD})
        page = client.get(f"/assets/{asset_no}")
        assert (page.status_code, client.get(url).status_code) == (status, status)
        assert ("门锁坏了" in page.text) == (status == 200)


@pytest.mark.usefixtures("any_app")
@pytest.mark.parametrize("into", [SIBLING_VILLAGE, FAR_VILLAGE])
def test_a_request_under_way_lies_at_the_heirs_desks(into: str) -> None:
    request_id = submitted()
    merge(into)
    db.session.rollback()
    request = db.session.get_one(ApprovalRequest, request_id)
    assert (request.region_code, request.desk_code) == (into, into)
    units = [step.seat_code for step in request.steps]
    assert units == [into, ancestor(into, Level.TOWNSHIP), ancestor(into, Level.COUNTY)]
