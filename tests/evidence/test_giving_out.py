"""Whoever sees an asset sees its files: its unit, its custodian, the units of its co-owners; nobody else."""

from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from registry.accounts.models import User
from registry.assets.register.cards.models import AssetRelation
from registry.assets.register.registration import OwnerFact
from registry.audit.actions import Action
from registry.audit.services import record
from registry.database import db, transaction
from registry.evidence.models import Attachment
from registry.kinds import OwnerKind
from tests.factories import SIBLING_VILLAGE, TODAY, VILLAGE, confirmed, person
from tests.journeys.browser import Visitor


def photo() -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (8, 8), "green").save(out, "PNG")
    out.seek(0)
    return out


def with_photo(app: Flask, **changes: object) -> tuple[str, int]:
    """Return the number of a confirmed asset and the id of a photo of it."""
    number = confirmed(**changes).asset_no
    clerk = Visitor(app.test_client(), "village_clerk")
    data = {"file": (photo(), "仓库.png"), "kind": "PHOTO", "caption": "冷库正面", "one_time_key": number}
    answer = clerk.client.post(f"/assets/{number}/evidence", data=data, follow_redirects=True)
    assert answer.status_code == 200
    assert "冷库正面" in answer.text
    db.session.rollback()
    return number, max(db.session.scalars(select(Attachment.id)))


def status(app: Flask, username: str, number: str, attachment_id: int) -> int:
    client = app.test_client()
    Visitor(client, username)
    return client.get(f"/assets/{number}/evidence/{attachment_id}").status_code


def give_into_care(number: str) -> None:
    """Make the custodian of the village the one who looks after an asset."""
    with transaction(VILLAGE):
        user = db.session.scalars(select(User).where(User.username == "custodian")).one()
        asset = confirmed_row(number)
        care = AssetRelation(asset_id=asset.id, region_code=VILLAGE, kind="CUSTODIAN", name=user.name, user_id=user.id)
        care.valid_from = TODAY
        db.session.add(care)
        record(Action.ASSET_CORRECTED, asset, by=person("village_clerk"))


def confirmed_row(number: str):  # type: ignore[no-untyped-def]
    from registry.assets.register.cards.models import Asset

    return db.session.scalars(select(Asset).where(Asset.asset_no == number)).one()


def test_a_custodian_sees_the_files_of_the_assets_in_own_care_only(app: Flask) -> None:
    number, photo_id = with_photo(app)
    assert status(app, "custodian", number, photo_id) == 404
    give_into_care(number)
    assert status(app, "custodian", number, photo_id) == 200


JOINT = (
    OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "华溪村股份经济合作社", 6000),
    OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "坪坝村股份经济合作社", 4000, SIBLING_VILLAGE),
)


@pytest.mark.parametrize(("owners", "answer"), [(JOINT, 200), (JOINT[:1], 404)])
def test_the_unit_of_a_co_owner_sees_the_files_of_a_joint_asset(
    app: Flask, owners: tuple[OwnerFact, ...], answer: int
) -> None:
    whole = owners if len(owners) > 1 else (OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "华溪村股份经济合作社"),)
    number, photo_id = with_photo(app, owners=whole)
    assert status(app, "sibling_clerk", number, photo_id) == answer


@pytest.mark.parametrize("username", ["village_clerk", "township_supervisor", "auditor", "municipal_supervisor"])
def test_readers_of_the_unit_see_the_files(app: Flask, username: str) -> None:
    assert status(app, username, *with_photo(app)) == 200


@pytest.mark.parametrize("username", ["other_clerk", "sibling_clerk"])
def test_others_do_not(app: Flask, username: str) -> None:
    assert status(app, username, *with_photo(app)) == 404


def test_a_file_of_another_asset_is_not_given_out_through_ones_own(app: Flask) -> None:
    foreign, photo_id = with_photo(app)
    shared, _ = with_photo(app, name="合建仓库", owners=JOINT)
    assert status(app, "sibling_clerk", shared, photo_id) == 404
    assert foreign != shared
