"""From a file to the register: nothing before confirmation, all of it in the trail, resumable, to be taken back."""

import pytest
from sqlalchemy import select

from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.readback import registration_of
from registry.assets.register.cards.services import confirm_asset
from registry.assets.register.cards.stock import stock_by
from registry.assets.register.sheets import services
from registry.assets.register.sheets.models import BatchStatus, ImportBatch
from registry.assets.register.sheets.queries import get_upload, list_chunks, registrations_of
from registry.assets.register.sheets.running import run_import
from registry.assets.register.sheets.services import (
    ImportMode,
    NotChecked,
    RowsToMend,
)
from registry.audit.models import TrailEvent
from registry.database import db, transaction
from registry.errors import Missing
from tests.assets.sheets.importing import (
    CLERK,
    GOOD,
    HEAD,
    OWNER,
    assets,
    batch_of,
    begin,
    bring_in,
    check,
    events,
    keep,
    many,
    named,
    pasted,
    said,
)
from tests.factories import OTHER_COUNTY, VILLAGE, person

pytestmark = pytest.mark.usefixtures("app")


def test_a_precheck_writes_nothing_to_the_register() -> None:
    before = (assets(), events())
    found = check(many(20))
    keep(many(20))
    assert (found.added, found.invalid) == (20, 0)
    assert (assets(), events()) == before
    assert db.session.scalars(select(ImportBatch)).all() == []


def test_a_confirmed_import_enters_cards_that_wait_for_their_second_person() -> None:
    batch = bring_in(pasted(HEAD, GOOD))
    asset = named("蓄水池")
    assert (batch.status, batch.added, asset.batch_id) == (BatchStatus.DONE, 1, batch.id)
    assert (asset.stage, asset.version_id, asset.region_code) == ("SUBMITTED", 1, VILLAGE)
    assert (asset.asset_no[:12], asset.owner_text, asset.original_value_fen) == (VILLAGE, OWNER, 486_000_00)


def test_an_imported_card_is_the_card_that_the_form_would_have_entered() -> None:
    bring_in(pasted(HEAD, GOOD))
    asset = named("蓄水池")
    assert registration_of(asset) == registrations_of([asset])[0]
    (line,) = registration_of(asset).funding
    assert (line.source.value, line.amount_fen) == ("UNVERIFIED", 486_000_00)


def test_the_person_who_imported_cannot_confirm_and_another_can() -> None:
    bring_in(pasted(HEAD, GOOD))
    asset_id = named("蓄水池").id
    with transaction(VILLAGE):
        confirm_asset(db.session.get_one(Asset, asset_id), by=person("village_head"))
    assert named("蓄水池").stage == "CONFIRMED"


def test_each_transaction_of_an_import_is_one_event_that_carries_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "CHUNK_ROWS", 4)
    before = events()
    bring_in(many(10))
    payloads = db.session.scalars(select(TrailEvent.payload).order_by(TrailEvent.seq)).all()[before:]
    assert len(payloads) == 1 + 3
    assert [text.count('"table":"asset"') for text in payloads] == [0, 4, 4, 2]


def test_sums_of_an_import_equal_its_rows() -> None:
    bring_in(many(30))
    total = sum(db.session.scalars(select(Asset.original_value_fen)))
    (row,) = stock_by(["500240000000"], "category")
    assert (row.assets, row.original_value_fen) == (30, total)


def test_an_import_goes_on_after_a_crash_and_writes_no_row_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "CHUNK_ROWS", 4)
    upload_id = keep(many(10))
    begin(upload_id)
    real, calls = services.write_rows, []

    def failing(*args: object) -> object:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("power cut")
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(services, "write_rows", failing)
    with pytest.raises(RuntimeError):
        run_import(upload_id, by=person(CLERK), seconds=None)
    assert (assets(), batch_of(upload_id).status) == (4, BatchStatus.RUNNING)
    assert run_import(upload_id, by=person(CLERK), seconds=None)
    assert (assets(), batch_of(upload_id).added, batch_of(upload_id).status) == (10, 10, BatchStatus.DONE)
    assert run_import(upload_id, by=person(CLERK), seconds=None)
    assert assets() == 10


def test_a_request_works_on_a_large_import_only_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "CHUNK_ROWS", 4)
    upload_id = keep(many(10))
    begin(upload_id)
    assert not run_import(upload_id, by=person(CLERK), seconds=0)
    assert assets() == 4


def test_rows_that_are_written_leave_no_copy_behind() -> None:
    upload_id = keep(many(3))
    begin(upload_id)
    run_import(upload_id, by=person(CLERK))
    assert [chunk.content for chunk in list_chunks(upload_id)] == [""]


def test_all_or_nothing_starts_nothing_while_a_row_must_be_mended() -> None:
    upload_id = keep(pasted(HEAD, GOOD, GOOD.replace("公益性", "公益经营").replace("蓄水池", "水渠")))
    with pytest.raises(RowsToMend):
        begin(upload_id, mode=ImportMode.ALL_OR_NOTHING)
    assert assets() == 0
    begin(upload_id, mode=ImportMode.CORRECT_ROWS)
    run_import(upload_id, by=person(CLERK))
    assert assets() == 1


def test_an_upload_is_confirmed_once() -> None:
    upload_id = keep(pasted(HEAD, GOOD))
    begin(upload_id)
    with pytest.raises(NotChecked):
        begin(upload_id)


def test_an_upload_belongs_to_the_person_who_handed_it_in() -> None:
    upload_id = keep(pasted(HEAD, GOOD))
    with pytest.raises(Missing):
        get_upload(upload_id, person("village_clerk"))


def test_a_unit_outside_the_scope_is_not_found() -> None:
    found = check(pasted(HEAD.replace("所在村", "区域编码"), GOOD.replace("华溪村", OTHER_COUNTY)), "village_clerk")
    assert (found.added, found.invalid) == (0, 1)
    assert said(found) == [(2, "区域编码", f"您能登记的范围里没有{OTHER_COUNTY}")]


def test_a_sibling_village_is_outside_a_village_clerks_scope() -> None:
    found = check(pasted(HEAD, GOOD.replace("华溪村", "盐井村")), "village_clerk")
    assert [column for _, column, _ in said(found)] == ["所在村"]
