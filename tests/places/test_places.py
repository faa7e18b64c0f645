"""Changes of divisions: dated names, mergers that take everything along, abolition, go-live dates."""

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from registry.accounts.models import User
from registry.assets.register.cards.index import summed
from registry.assets.register.cards.models import Asset, AssetOwner, FundingLine, Rollup
from registry.assets.register.cards.queries import get_asset
from registry.assets.register.funding import FundingSource
from registry.assets.register.projects.models import Project, ProjectFunding
from registry.assets.register.projects.rules import ProjectFacts
from registry.assets.register.projects.services import add_project
from registry.assets.register.registration import FundingFact, OwnerFact
from registry.audit.models import TrailEvent
from registry.clock import today
from registry.database import db, transaction
from registry.errors import Invalid, Missing, RegistryError
from registry.kinds import OwnerKind
from registry.operations.kept import unequal_sums
from registry.parties.models import Party
from registry.permissions import Permission
from registry.places.models import Region
from registry.places.queries import get_region, go_live_of, list_former_names, name_of_on
from registry.places.rules import (
    BadDivisionRow,
    NamePeriod,
    NotSiblings,
    NotYet,
    UnitEnded,
    UnitsBelow,
    check_effective,
    name_on,
    read_division,
    short_name,
)
from registry.places.services import abolish_region, add_region, merge_region, rename_region, set_go_live
from tests.factories import (
    COUNTY,
    SIBLING_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    confirmed,
    entered,
    person,
)

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 12, 31))
NEW_NAME = "偏岩坝村民委员会"


def rename(name: str, on: date) -> None:
    with transaction(VILLAGE):
        rename_region(VILLAGE, name, on=on, basis="石柱府发〔2024〕1号", by=person("system_administrator"))


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("华溪村民委员会", "华溪村"),
        ("南宾社区居民委员会", "南宾社区"),
        ("城南居委会", "城南社区"),
        ("中益乡", "中益乡"),
        ("村民委员会", "村民委员会"),
    ],
)
def test_a_name_is_shortened_to_what_people_say(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize(
    "values",
    [
        {"code": "50024021320", "name": "x", "level": "village"},
        {"code": VILLAGE, "name": "x", "level": "county", "parent_code": TOWNSHIP},
        {"code": VILLAGE, "name": "", "level": "village", "parent_code": TOWNSHIP},
        {"code": VILLAGE, "name": "x", "level": "village", "parent_code": COUNTY},
    ],
)
def test_a_line_that_contradicts_itself_is_refused(values: dict[str, str]) -> None:
    with pytest.raises(BadDivisionRow):
        read_division(2, values)


@given(st.lists(DAYS, unique=True, min_size=1, max_size=6).map(sorted), DAYS)
def test_on_every_day_a_unit_bore_exactly_one_name(changes: list[date], day: date) -> None:
    begins: list[date | None] = [None, *changes[:-1]]
    former = [NamePeriod(f"名{n}", start, end) for n, (start, end) in enumerate(zip(begins, changes, strict=True))]
    passed = sum(change <= day for change in changes)
    assert name_on("现名", former, day) == ("现名" if passed == len(changes) else f"名{passed}")


def test_a_change_is_entered_once_it_holds() -> None:
    check_effective(date(2026, 11, 23), date(2026, 11, 23))
    with pytest.raises(NotYet):
        check_effective(date(2026, 11, 24), date(2026, 11, 23))


@pytest.mark.usefixtures("app")
def test_old_papers_keep_the_name_of_their_day() -> None:
    rename(NEW_NAME, date(2024, 3, 1))
    rename("又一村民委员会", date(2025, 3, 1))
    names = [
        name_of_on(VILLAGE, day) for day in (date(2024, 2, 29), date(2024, 3, 1), date(2025, 2, 28), date(2025, 3, 1))
    ]
    assert names == ["华溪村民委员会", NEW_NAME, NEW_NAME, "又一村民委员会"]
    assert [row.basis for row in list_former_names(VILLAGE)] == ["石柱府发〔2024〕1号"] * 2


@pytest.mark.usefixtures("app")
def test_names_do_not_overlap() -> None:
    rename(NEW_NAME, date(2024, 3, 1))
    with pytest.raises(Invalid):
        rename("又一村民委员会", date(2024, 3, 1))
    with pytest.raises(Invalid):
        rename(NEW_NAME, date(2025, 3, 1))


@pytest.mark.usefixtures("app")
def test_a_unit_ends_once_and_only_into_its_own_level() -> None:
    by = person("system_administrator")
    with pytest.raises(NotSiblings), transaction(VILLAGE):
        merge_region(VILLAGE, TOWNSHIP, on=today(), basis="x", by=by)
    with pytest.raises(UnitsBelow), transaction(VILLAGE):
        abolish_region(TOWNSHIP, on=today(), basis="x", by=by)
    with transaction(VILLAGE):
        merge_region(VILLAGE, SIBLING_VILLAGE, on=today(), basis="x", by=by)
    for deed in (merge_region, rename_region):
        with pytest.raises(UnitEnded), transaction(VILLAGE):
            deed(VILLAGE, SIBLING_VILLAGE, on=today(), basis="x", by=by)


@pytest.mark.parametrize("code", ["50024021399", "500000000000", VILLAGE, "500240998001", "500101213299"], ids=str)
@pytest.mark.usefixtures("app")
def test_a_new_unit_has_a_free_code_below_the_one_named(code: str) -> None:
    with pytest.raises(RegistryError), transaction(COUNTY):
        add_region(code, "新村民委员会", under=COUNTY, basis="x", by=person("system_administrator"))


@pytest.mark.usefixtures("app")
def test_a_go_live_date_moves_only_earlier_than_the_one_that_holds() -> None:
    by = person("county_clerk")
    with transaction(COUNTY):
        set_go_live(COUNTY, date(2026, 1, 1), basis="x", by=by)
    assert go_live_of(VILLAGE) == date(2026, 1, 1)
    for code in (COUNTY, VILLAGE):
        with pytest.raises(Invalid), transaction(COUNTY):
            set_go_live(code, date(2026, 1, 2), basis="x", by=by)
    with transaction(COUNTY):
        set_go_live(VILLAGE, date(2025, 12, 31), basis="x", by=by)
    assert (go_live_of(VILLAGE), go_live_of(SIBLING_VILLAGE)) == (date(2025, 12, 31), date(2026, 1, 1))


def merged(client: FlaskClient, into: str = SIBLING_VILLAGE, on: date | None = None) -> int:
    form = {"into": into, "on": (on or today()).isoformat(), "basis": "渝府〔2026〕1号", "one_time_key": "k"}
    status: int = client.post(f"/admin/regions/{VILLAGE}/merge", data=form).status_code
    db.session.rollback()
    return status


def rollups() -> dict[tuple[str, str, str], tuple[int, int]]:
    keys = (Rollup.region_code, Rollup.category, Rollup.stage)
    rows = db.session.execute(
        select(*keys, func.sum(Rollup.assets), func.sum(Rollup.original_value_fen)).group_by(*keys)
    )
    return {(unit, category, stage): (int(count), int(fen)) for unit, category, stage, count, fen in rows}


def test_a_merger_takes_assets_owners_projects_and_holders_along(system: FlaskClient) -> None:
    asset_no = confirmed().asset_no
    money = (FundingFact(FundingSource.DONATION, 5),)
    with transaction(VILLAGE):
        add_project(ProjectFacts(VILLAGE, "冷链", 2019, money), by=person("village_clerk"))
    before = rollups()
    assert merged(system) == 303
    asset = db.session.scalars(select(Asset)).one()
    assert (asset.asset_no, asset.region_code) == (asset_no, SIBLING_VILLAGE)
    for model in (AssetOwner, Project, ProjectFunding, Party):
        assert set(db.session.scalars(select(model.region_code))) == {SIBLING_VILLAGE}
    assert {row.foreign_region for row in db.session.scalars(select(AssetOwner))} == {None}
    assert get_asset(asset_no, person("sibling_clerk"), Permission.ASSET_READ).asset_no == asset_no
    with pytest.raises(Missing):
        get_asset(asset_no, person("village_clerk"), Permission.ASSET_READ)
    moved = {(SIBLING_VILLAGE if k[0] == VILLAGE else k[0], *k[1:]): v for k, v in before.items()}
    assert rollups() == moved
    assert unequal_sums() == {}


def test_a_merger_leaves_money_and_the_past_where_they_were(system: FlaskClient) -> None:
    confirmed()
    merged(system)
    assert set(db.session.scalars(select(FundingLine.region_code))) == {VILLAGE}
    assert name_of_on(VILLAGE, date(2019, 1, 1)) == get_region(VILLAGE).name == "华溪村民委员会"
    assert (get_region(VILLAGE).successor_code, get_region(VILLAGE).ended_on) == (SIBLING_VILLAGE, today())


def test_a_merged_asset_is_found_under_its_new_unit(system: FlaskClient) -> None:
    entered()
    merged(system)
    asset = db.session.scalars(select(Asset)).one()
    grams = summed(asset).grams.split()
    hits = text("SELECT count(*) FROM asset_search WHERE asset_search MATCH :gram")
    assert all(db.session.scalar(hits, {"gram": f'"{gram}"'}) == 1 for gram in grams)


def test_a_share_held_by_the_ended_unit_in_anothers_asset_follows(system: FlaskClient) -> None:
    owners = (
        OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "甲社", 6000, region_code=SIBLING_VILLAGE),
        OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "乙社", 4000, region_code=VILLAGE),
    )
    entered(region_code=SIBLING_VILLAGE, owners=owners)
    assert merged(system) == 303
    assert {row.foreign_region for row in db.session.scalars(select(AssetOwner))} == {None}


def test_every_deed_of_a_merger_stands_in_the_trail(system: FlaskClient) -> None:
    entered()
    merged(system)
    rows = db.session.scalars(select(TrailEvent.action).where(TrailEvent.thing_id == VILLAGE).order_by(TrailEvent.seq))
    assert list(rows) == ["REGION_MERGED", "PROJECTS_MOVED", "ASSETS_MOVED"]


@pytest.mark.parametrize(
    ("into", "on"),
    [("500240999999", None), (TOWNSHIP, None), (VILLAGE, None), (SIBLING_VILLAGE, date.max - timedelta(days=1))],
)
def test_a_merger_that_cannot_be_changes_nothing(system: FlaskClient, into: str, on: date | None) -> None:
    entered()
    assert merged(system, into, on) == 422
    assert get_region(VILLAGE).ended_on is None
    assert set(db.session.scalars(select(Asset.region_code))) == {VILLAGE}


def test_the_people_of_an_ended_unit_wait_to_be_reassigned(system: FlaskClient) -> None:
    merged(system)
    page = system.get(f"/admin/regions/{VILLAGE}/people").text
    waiting = db.session.scalars(select(User.name).where(User.region_code == VILLAGE)).all()
    assert waiting
    assert all(name in page for name in waiting)


def test_a_unit_with_assets_is_not_abolished(system: FlaskClient) -> None:
    entered()
    form = {"on": today().isoformat(), "basis": "x", "one_time_key": "k"}
    assert system.post(f"/admin/regions/{VILLAGE}/abolish", data=form).status_code == 409
    assert system.post(f"/admin/regions/{SIBLING_VILLAGE}/abolish", data=form).status_code == 303
    db.session.rollback()
    assert db.session.get_one(Region, SIBLING_VILLAGE).ended_on == today()
