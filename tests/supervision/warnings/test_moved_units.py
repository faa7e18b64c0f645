"""A warning that a unit above was handed, after the warning's own unit went over to another county."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from registry.audit.actions import Action
from registry.audit.events import Thing
from registry.audit.services import record
from registry.database import db, transaction
from registry.permissions import system_actor
from registry.places.models import Region
from registry.places.services import merge_region
from registry.supervision.warnings.evaluating import Area, evaluate_area, follow_log, keep_watch
from registry.supervision.warnings.models import WarningHandOff
from registry.supervision.warnings.queries import get_warning
from registry.supervision.warnings.risks import Risk
from registry.supervision.warnings.rules import HandingOff, HandOffState
from registry.supervision.warnings.services import hand_off
from registry.workbench.moving import hand_over
from tests.factories import COUNTY, MUNICIPALITY, OTHER_COUNTY, TODAY, TOWNSHIP, VILLAGE, person
from tests.supervision.warnings.cases import card
from tests.supervision.warnings.scenery import days, standing, the_asset
from tests.supervision.warnings.test_hand_offs import disputed


def far_village() -> str:
    """A village of another county."""
    below = (Region.region_code.like(f"{OTHER_COUNTY[:6]}%"), Region.region_code.not_like("%000"))
    return str(db.session.scalars(select(Region.region_code).where(*below)).first())


def gone_over() -> tuple[int, str]:
    """A township has a warning of its village, which went over to another county; the matter, and the heir."""
    warning_id, by, heir = disputed(), person("county_agriculture"), far_village()
    db.session.rollback()
    with transaction(COUNTY):
        said = HandingOff(TOWNSHIP, "请调处", days(10))
        key = hand_off(get_warning(warning_id, by), said, by=by, on=TODAY).id
    with transaction(VILLAGE, heir):
        merge_region(VILLAGE, heir, on=TODAY, basis="批复", by=system_actor(MUNICIPALITY))
        hand_over(VILLAGE, heir, by=system_actor(MUNICIPALITY))
    keep_watch(TODAY, timedelta(hours=1))
    assert [one.region_code for one in standing(Risk.OWNER_DISPUTED)] == [heir]
    return key, heir


def mend(heir: str) -> None:
    with transaction(heir):
        card(title_status="CONFIRMED")(the_asset(1))
        db.session.flush()
        record(Action.ASSET_CORRECTED, Thing("asset", "1", heir), by=system_actor(MUNICIPALITY))


@pytest.mark.parametrize("way", ["watch", "follow", "night"])
def test_the_matter_ends_in_its_own_log_once_the_cause_is_gone(any_app: Flask, way: str) -> None:
    key, heir = gone_over()
    mend(heir)
    if way == "watch":
        keep_watch(TODAY, timedelta(hours=1))
    elif way == "follow":
        follow_log(int(OTHER_COUNTY[:6]), TODAY)
    else:
        evaluate_area(Area(OTHER_COUNTY), TODAY + timedelta(days=1))
    db.session.rollback()
    handed = db.session.get_one(WarningHandOff, key)
    assert (handed.stands, handed.end_way, handed.region_code) == (HandOffState.ENDED, "GONE", TOWNSHIP)
    assert standing(Risk.OWNER_DISPUTED) == []
