"""Custody for tests: a road of the village, somebody who keeps it, a person for a public post."""

from dataclasses import replace
from datetime import date

from registry.assets.custody.agreements.models import CustodyAgreement
from registry.assets.custody.agreements.rules import Terms
from registry.assets.custody.agreements.services import accept_on_screen, offer_agreement
from registry.assets.custody.kinds import CustodianKind, PayPeriod, PaySource
from registry.assets.custody.posts.models import PublicPost
from registry.assets.custody.posts.rules import PostFacts
from registry.assets.custody.posts.services import propose_post, take_office
from registry.assets.register.cards.models import Asset
from registry.database import db, transaction
from registry.kinds import Category
from registry.policy.rules import Policy, policy_of
from tests.factories import TODAY, VILLAGE, confirmed, person

ROAD = {"name": "华溪村产业路", "category": Category.PUBLIC_WELFARE, "subtype": "ROAD", "unit": "公里"}


def resident_id(first17: str) -> str:
    """Complete an identity number by its check character."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first17 + "10X98765432"[sum(int(c) * w for c, w in zip(first17, weights, strict=True)) % 11]


def policy(region_code: str = VILLAGE, on: date = TODAY) -> Policy:
    """What is required by default."""
    return policy_of(region_code, on, (), ())


def road(**changes: object) -> Asset:
    """A confirmed public road of the village."""
    return confirmed(**{**ROAD, **changes})


def terms(**changes: object) -> Terms:
    """A year of patrols by the custodian with an account, paid out of the welfare fund."""
    facts = Terms(
        kind=CustodianKind.VILLAGE,
        custodian_name="",
        user_id=person("custodian").id,
        starts_on=TODAY,
        ends_on=date(2027, 11, 22),
        frequency_months=1,
        pay_fen=360_000,
        pay_period=PayPeriod.YEAR,
        pay_source=PaySource.WELFARE_FUND,
    )
    return replace(facts, **changes)  # type: ignore[arg-type]


def offered(*assets: Asset, by: str = "village_clerk", on: date = TODAY, **changes: object) -> CustodyAgreement:
    """An agreement that waits for the custodian."""
    ids, region, said = [one.id for one in assets], assets[0].region_code, terms(**changes)
    actor = person(by)
    with transaction(region):
        found = [db.session.get_one(Asset, key) for key in ids]
        return offer_agreement(region, found, said, by=actor, on=on, policy=policy(region))


def accepted(*assets: Asset, username: str = "custodian", on: date = TODAY, **changes: object) -> CustodyAgreement:
    """An agreement that the custodian accepted."""
    agreement = offered(*assets, user_id=person(username).id, **changes)
    key, region, actor = agreement.id, agreement.region_code, person(username)
    with transaction(region):
        agreement = db.session.get_one(CustodyAgreement, key)
        accept_on_screen(agreement, by=actor, on=on)
        return agreement


def candidate(**changes: object) -> PostFacts:
    """A grown villager of a household whose head is somebody else."""
    facts = PostFacts(
        region_code=VILLAGE,
        title="村道保洁员",
        duties="保洁、清边沟、报险情",
        name="谭桂英",
        resident_id=resident_id("50023519900101001"),
        head_name="谭守田",
        head_resident_id=resident_id("50023519650312001"),
        starts_on=TODAY,
        ends_on=date(2027, 11, 22),
        pay_fen=80_000,
        pay_source=PaySource.POST_SUBSIDY,
    )
    return replace(facts, **changes)  # type: ignore[arg-type]


def in_office(**changes: object) -> PublicPost:
    """A person in a public post."""
    facts, actor = candidate(**changes), person("village_clerk")
    with transaction(facts.region_code):
        post = propose_post(facts, by=actor, on=TODAY, policy=policy(facts.region_code))
        take_office(post, by=actor)
        return post
