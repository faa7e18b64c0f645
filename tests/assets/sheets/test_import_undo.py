"""A batch is taken back whole while nobody has touched it, for a day."""

import pytest
from sqlalchemy import select

from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.services import confirm_asset
from registry.assets.register.cards.stock import stock_by
from registry.assets.register.projects.models import Project
from registry.assets.register.sheets import services
from registry.assets.register.sheets.models import BatchStatus
from registry.assets.register.sheets.running import run_import, run_undo
from registry.assets.register.sheets.services import (
    BatchTouched,
    UndoTooLate,
    check_undo,
)
from registry.database import db, transaction
from tests.assets.sheets.importing import (
    CLERK,
    GOOD,
    HEAD,
    batch_of,
    begin,
    bring_in,
    check,
    keep,
    many,
    named,
    pasted,
)
from tests.factories import VILLAGE, person

pytestmark = pytest.mark.usefixtures("app")


def test_a_batch_can_be_taken_back_while_nobody_touched_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "CHUNK_ROWS", 4)
    upload_id = keep(many(10))
    begin(upload_id)
    run_import(upload_id, by=person(CLERK))
    assert run_undo(upload_id, by=person(CLERK))
    assert set(db.session.scalars(select(Asset.stage))) == {"WITHDRAWN"}
    assert batch_of(upload_id).status == BatchStatus.UNDONE
    assert stock_by(["500240000000"]) == []


def test_what_was_taken_back_can_be_brought_in_again() -> None:
    upload = pasted(HEAD, GOOD)
    upload_id = keep(upload)
    begin(upload_id)
    run_import(upload_id, by=person(CLERK))
    run_undo(upload_id, by=person(CLERK))
    assert check(upload).added == 1


def test_a_batch_that_somebody_confirmed_in_part_stays() -> None:
    upload_id = keep(many(3))
    begin(upload_id)
    run_import(upload_id, by=person(CLERK))
    asset_id = named("华溪村第2号蓄水池").id
    with transaction(VILLAGE):
        confirm_asset(db.session.get_one(Asset, asset_id), by=person("village_head"))
    with pytest.raises(BatchTouched):
        run_undo(upload_id, by=person(CLERK))
    assert db.session.scalars(select(Asset.stage).order_by(Asset.id)).all() == ["SUBMITTED", "CONFIRMED", "SUBMITTED"]


def test_after_a_day_a_batch_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = bring_in(pasted(HEAD, GOOD))
    monkeypatch.setattr(services, "UNDO_HOURS", 0)
    with pytest.raises(UndoTooLate):
        check_undo(batch)


def test_projects_that_nothing_came_of_can_be_taken_back() -> None:
    upload = pasted("项目名称|所在村|项目年度|财政专项扶贫资金(元)", "人饮工程|华溪村|2019|5000")
    upload_id = keep(upload)
    begin(upload_id)
    run_import(upload_id, by=person(CLERK))
    assert db.session.scalars(select(Project.name)).all() == ["人饮工程"]
    assert run_undo(upload_id, by=person(CLERK))
    assert db.session.scalars(select(Project.name)).all() == []
