"""What stands in a unit for the matrix to knock at, and how somebody signs in there."""

import hashlib
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from werkzeug.routing import Rule

from registry.accounts.services import add_grant
from registry.approvals.notices.answering import raise_objection
from registry.approvals.notices.objecting import ObjectionFacts
from registry.approvals.notices.services import post_notice
from registry.assets.register.cards.services import register_asset
from registry.assets.register.funding import FundingSource
from registry.assets.register.projects.rules import ProjectFacts
from registry.assets.register.projects.services import add_project
from registry.assets.register.registration import FundingFact, OwnerFact
from registry.database import Base, db, transaction
from registry.kinds import OwnerKind, Sector
from registry.ledger.books.entries import BookDeed, Entry, Source
from registry.ledger.books.rules import Maker
from registry.ledger.books.services import open_book, post
from registry.ledger.distribution.plans.rules import PlanFacts
from registry.ledger.distribution.plans.services import begin_plan
from registry.ledger.distribution.rolls.services import enrol_household
from registry.parties.models import Party
from registry.parties.queries import find_collective
from registry.parties.rules import PartyFacts
from registry.parties.services import add_party
from registry.permissions import Grant, Role, system_actor
from registry.policy.queries import policy_for
from tests.approvals.notices.boards import notice_facts
from tests.assets.title.making import title_case
from tests.authorisation.entering import Entrant
from tests.authorisation.matrix import (
    LAST,
)
from tests.disposal.drafts import bare_case
from tests.disposal.proceeds.bare import bare_account
from tests.factories import (
    COUNTY,
    MUNICIPALITY,
    OTHER_COUNTY,
    PASSWORD,
    SIBLING_TOWNSHIP,
    SIBLING_VILLAGE,
    TODAY,
    TOWNSHIP,
    VILLAGE,
    add_person,
    person,
    registration,
)
from tests.ledger.contracts.making import bare_contract
from tests.ledger.rolls.people import enrolment
from tests.supervision.warnings.bare import bare_hand_off

#: The unit itself, its parents, its child (seen from above), its siblings, another county.
UNITS = (VILLAGE, SIBLING_VILLAGE, TOWNSHIP, SIBLING_TOWNSHIP, COUNTY, OTHER_COUNTY, MUNICIPALITY)


NOWHERE = {
    "asset_no": "500240213203J201900001X",
    "region_code": "500240213999",
    "filename": "css/app.css",
    "file_format": "pdf",
}


ABSENT = 999_999


#: Tables in which a request may leave a trace without anything having been changed.
TRACES = frozenset(
    {"api_token_use", "user_session", "sign_in_throttle", "one_time_key", "trail_event", "trail_mention"}
    | {"trail_checkpoint"}
)


@dataclass(frozen=True)
class Objects:
    """One object of each kind in a unit."""

    asset_no: str
    party_id: int
    project_id: int
    user_id: int
    grant_id: int
    region_code: str
    case_id: int
    notice_id: int
    objection_id: int
    contract_id: int
    household_id: int
    plan_id: int
    book_id: int
    voucher_id: int
    disposal_id: int
    proceeds_id: int
    warning_id: int
    hand_off_id: int


def rules(app: Flask) -> list[Rule]:
    """Return every route, those that end the session last."""
    return sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint in LAST, rule.endpoint))


def methods(rule: Rule) -> list[str]:
    """Return the methods that a browser or a program sends."""
    return sorted((rule.methods or set()) & {"GET", "POST", "PUT"})


def address(app: Flask, rule: Rule, values: dict[str, object]) -> str:
    """Return the path of a route with these values, absent objects for the others."""
    filled = {name: values.get(name, NOWHERE.get(name, ABSENT)) for name in rule.arguments}
    with app.test_request_context():
        return str(app.url_for(rule.endpoint, **filled))  # type: ignore[arg-type]


def signed_in(client: FlaskClient, username: str) -> Entrant:
    """Return a person at a browser, who calls the API with a token of their own."""
    answer = client.post("/login", data={"username": username, "password": PASSWORD})
    assert answer.status_code == 303, answer.text
    return Entrant(client, username)


def digests() -> dict[str, str]:
    """Return a digest of every table that a refused request must leave as it is."""
    db.session.rollback()
    found = {}
    for table in Base.metadata.sorted_tables:
        if table.name not in TRACES:
            rows = sorted(map(repr, db.session.execute(text(f'SELECT * FROM "{table.name}"')).all()))
            found[table.name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    db.session.rollback()
    return found


def objects_of(unit: str) -> Objects:
    by = person("county_clerk")
    money = (FundingFact(FundingSource.POVERTY_FUND, 1_000_000),)
    # An owner of its own: a party shared with another unit would let that unit see the asset.
    owners = (OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, f"{unit}股份经济合作社"),)
    with transaction(unit, MUNICIPALITY):
        facts = registration(
            region_code=unit, owners=owners, original_value_fen=1_000_000, funding=money, sector="AGRICULTURE"
        )
        asset = register_asset(facts, by=by, on=TODAY)
        project = add_project(ProjectFacts(unit, "冷链物流", 2019, money), by=by)
        user = add_person(f"person{unit}", Role.AUDITOR, unit, system_actor(MUNICIPALITY))
        grant = add_grant(user, Grant(Role.AUDITOR, unit), on=TODAY, basis="test", by=system_actor(MUNICIPALITY))
        household = PartyFacts(OwnerKind.HOUSEHOLD, f"{unit}户", unit, phone="13800000000")
        party = add_party(household, by=by)
        case, policy = title_case(asset, by), policy_for(unit, TODAY)
        made = enrolment(1 + UNITS.index(unit), region_code=unit)
        entered = enrol_household(made, by=by, on=TODAY, policy=policy)
        collective = find_collective(unit)
        assert collective is not None
        told = PlanFacts(unit, collective.id, 2026, "2026年度方案", "2026-01", "2026-10")
        plan = begin_plan(told, by=by, on=TODAY)
        words = notice_facts(region_code=unit, sector=Sector.AGRICULTURE)
        notice = post_notice(words, by=by, on=TODAY, policy=policy)
        objection = raise_objection(notice, ObjectionFacts("面积不对", "k"), by=by, on=TODAY, policy=policy).objection
        owner = db.session.scalars(select(Party).where(Party.name == owners[0].name)).one()
        income = Entry(BookDeed.INCOME_RECEIVED, 100_00, Source("receipt", 1))
        book = open_book(owner, by=by, on=TODAY)
        voucher = post(book, income, made_by=Maker(None, "test"), by=by, on=TODAY)
        return Objects(
            asset.asset_no, party.id, project.id, user.id, grant.id, unit, case.id, notice.id, objection.id,
            bare_contract(asset, by).id, entered.id, plan.id,
            voucher.book_id, voucher.id, bare_case(asset, by).id, bare_account(asset, owner, by).id,
            *bare_hand_off(unit, asset.id, by),
        )  # fmt: skip
