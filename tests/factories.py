"""Real objects for tests: a small county, its people, and cards with sensible defaults."""

from dataclasses import replace
from datetime import date
from functools import cache

from argon2 import PasswordHasher
from sqlalchemy import select

from registry.accounts.models import User
from registry.accounts.queries import actor_of
from registry.accounts.services import add_grant
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.services import confirm_asset, register_asset
from registry.assets.register.funding import FundingLevel, FundingSource
from registry.assets.register.registration import FundingFact, OwnerFact, PartialDate, Registration
from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now
from registry.config import PACKAGE
from registry.database import db, transaction
from registry.kinds import Category, OwnerKind, Sector
from registry.permissions import Actor, Grant, Role, system_actor

MUNICIPALITY = "500000000000"
COUNTY = "500240000000"
OTHER_COUNTY = "500101000000"
TOWNSHIP = "500240213000"
SIBLING_TOWNSHIP = "500240101000"
VILLAGE = "500240213203"
SIBLING_VILLAGE = "500240213204"
PASSWORD = "Mountain-Honey-2026"
TODAY = date(2026, 11, 23)

_PLACES = {"municipality": MUNICIPALITY, "county": COUNTY, "township": TOWNSHIP, "village": VILLAGE}
#: Where a person of each role sits in tests; the user name is the role's in lower case.
SEATS: dict[Role, str] = {
    role: _PLACES[
        "village"
        if role.value.startswith(("VILLAGE", "CASHIER", "SUPERVISORY", "CUSTODIAN", "RESIDENT"))
        else "township"
        if role.value.startswith("TOWNSHIP")
        else "municipality"
        if role.value.startswith(("MUNICIPAL", "SYSTEM", "SECURITY", "AUDIT_"))
        else "county"
    ]
    for role in Role
}


@cache
def divisions() -> str:
    """The two counties that tests use, from the real file."""
    lines = (PACKAGE / "data" / "divisions-chongqing.csv").read_text("utf-8").splitlines()
    keep = (MUNICIPALITY, OTHER_COUNTY[:6], COUNTY[:6])
    return "\n".join([lines[0], *(line for line in lines[1:] if line.startswith(keep))])


@cache
def _hash() -> str:
    """A hash that is cheap to check, for a stored hash names its own price; tests/accounts pays the product's."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def seed_people() -> None:
    """Add one person per role, and a clerk of the sibling village and of the other county."""
    seats = [(role.value.lower(), role, seat) for role, seat in SEATS.items()]
    seats += [
        ("sibling_clerk", Role.VILLAGE_CLERK, SIBLING_VILLAGE),
        ("other_clerk", Role.COUNTY_CLERK, OTHER_COUNTY),
        ("other_supervisor", Role.COUNTY_AGRICULTURE, OTHER_COUNTY),
    ]
    by = system_actor(MUNICIPALITY)
    with transaction(MUNICIPALITY, COUNTY, OTHER_COUNTY):
        for username, role, seat in seats:
            add_person(username, role, seat, by)


def add_person(username: str, role: Role, seat: str, by: Actor) -> User:
    """Add a person with one role from long ago."""
    moment = now()
    user = User(
        username=username, name=username.replace("_", " ").title()[:40], post=role.label, region_code=seat,
        password_hash=_hash(), password_changed_at=moment, created_at=moment,
    )  # fmt: skip
    db.session.add(user)
    record(Action.USER_CREATED, user, by=by)
    sector = Sector.AGRICULTURE if role is Role.SECTOR_OFFICER else None
    add_grant(user, Grant(role, seat, sector), on=date(2020, 1, 1), basis="test", by=by)
    return user


def person(username: str) -> Actor:
    """The named person as an actor of today."""
    user = db.session.scalars(select(User).where(User.username == username)).one()
    return actor_of(user, TODAY)


def registration(**changes: object) -> Registration:
    """A cold store of 华溪村: 1,286,400.00 from two funds and the village itself."""
    facts = Registration(
        region_code=VILLAGE,
        name="中益冷链仓库",
        category=Category.OPERATING,
        subtype="STORAGE",
        original_value_fen=128_640_000,
        acquired=PartialDate(date(2019, 10, 26)),
        owners=(OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "华溪村股份经济合作社", credit_code="N2500235MF1234567T"),),
        funding=(
            FundingFact(FundingSource.POVERTY_FUND, 80_000_000, FundingLevel.CENTRAL, 2019, "渝财农〔2019〕36号"),
            FundingFact(FundingSource.EAST_WEST, 40_000_000, FundingLevel.MUNICIPAL, 2019, "渝扶办发〔2019〕52号"),
            FundingFact(FundingSource.SELF_RAISED, 8_640_000, FundingLevel.VILLAGE),
        ),
        project_name="中益乡冷链物流项目",
        project_year=2019,
        quantity_milli=1000,
        unit="座",
        location_code=VILLAGE,
        in_use_on=date(2019, 12, 1),
    )
    return replace(facts, **changes)  # type: ignore[arg-type]


def entered(**changes: object) -> Asset:
    """A submitted card."""
    facts = registration(**changes)
    with transaction(facts.region_code):
        return register_asset(facts, by=person("village_clerk"), on=TODAY)


def confirmed(**changes: object) -> Asset:
    """A confirmed card."""
    asset = entered(**changes)
    asset_id, region = asset.id, asset.region_code
    with transaction(region):
        asset = db.session.get_one(Asset, asset_id)
        confirm_asset(asset, by=person("township_clerk"))
    return asset
