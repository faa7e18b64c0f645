"""A register of some hundred random cards, made once: three villages, another county, joint assets, every stage."""

import random
import shutil
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from registry.app import create_app
from registry.assets.register.cards.services import confirm_asset, register_asset, send_back, withdraw
from registry.assets.register.categories import BEHAVIOURS, SUBTYPES, Nature, TitleStatus, UseStatus
from registry.assets.register.funding import FundingLevel, FundingSource
from registry.assets.register.registration import FundingFact, InterestFacts, OwnerFact, PartialDate, Registration
from registry.assets.register.rights.services import mark_handed_over
from registry.config import Settings
from registry.database import db, transaction
from registry.kinds import Category, OwnerKind
from tests.factories import COUNTY, OTHER_COUNTY, SIBLING_VILLAGE, TODAY, VILLAGE, person

CARDS = 260
PLACES = [VILLAGE] * 5 + [SIBLING_VILLAGE] * 4 + ["500240213205", "500240213000", OTHER_COUNTY, "500101001001"]
WORDS = (
    "华溪",
    "光伏",
    "电站",
    "冷链",
    "仓库",
    "观音",
    "ABC",
    "abc",
    "（一期）",
    "(二期)",
    "１号",
    "黄 精",
    "𬭎",
    "基地",
    "%",
    "_",
)


def random_card(luck: random.Random, number: int) -> Registration:
    """Return a card of which nothing but the rules is certain."""
    subtype = luck.choice(SUBTYPES)
    region = luck.choice(PLACES)
    kinds = sorted(BEHAVIOURS[subtype.category].owners)
    owners = (OwnerFact(OwnerKind(luck.choice(kinds)), f"权利人{luck.randrange(6)}"),)
    if luck.random() < 0.15 and subtype.category is not Category.HOUSEHOLD:
        other = luck.choice([VILLAGE, SIBLING_VILLAGE, "500101001001"])
        owners = (
            OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "甲社", share_bp=6000, region_code=region),
            OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "乙社", share_bp=4000, region_code=other),
        )
    day = date(luck.randrange(2013, 2026), luck.randrange(1, 13), luck.randrange(1, 28))
    sources = luck.sample(list(FundingSource)[:18], luck.randrange(1, 3))
    funding = tuple(FundingFact(one, luck.randrange(1, 5_000) * 1_000, FundingLevel.COUNTY) for one in sources)
    name = "".join(luck.choice(WORDS) for _ in range(luck.randrange(1, 5))) or "资产"
    return Registration(
        region_code=region, name=name[:100], category=subtype.category, subtype=subtype.code,
        short_name=luck.choice(("", "", luck.choice(WORDS).strip())), acquired=PartialDate(day), owners=owners,
        original_value_fen=sum(line.amount_fen for line in funding), funding=funding,
        service_months=luck.choice((None, 7, 120)), salvage_bp=luck.choice((0, 500)),
        title_status=luck.choice(list(TitleStatus)).value, use_status=luck.choice(list(UseStatus)).value,
        interest=InterestFacts(investee="某公司" if subtype.nature in {Nature.EQUITY, Nature.DEBT} else ""),
        remarks=str(number),
    )  # fmt: skip


@pytest.fixture(scope="session")
def stocked(template, tmp_path_factory) -> Iterator[Flask]:
    """The application over a register with many cards, for tests that only read."""
    folder = tmp_path_factory.mktemp("stocked") / "instance"
    shutil.copytree(template, folder)
    app = create_app(Settings(data_dir=folder, require_second_factor=False))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    with app.app_context():
        fill()
        db.session.remove()
    yield app
    with app.app_context():
        db.engine.dispose()


def fill() -> None:
    """Enter the cards, and move some of them on."""
    luck = random.Random(20261123)
    clerk, second = person("village_clerk"), person("township_clerk")
    with transaction(COUNTY, OTHER_COUNTY):
        for number in range(CARDS):
            asset = register_asset(random_card(luck, number), by=clerk, on=TODAY)
            fate = luck.random()
            if fate < 0.7:
                mark_handed_over([asset] if number % 3 else [], on=TODAY)
                confirm_asset(asset, by=second)
            elif fate < 0.8:
                send_back(asset, "核对面积", by=second)
            elif fate < 0.87:
                withdraw(asset, "登记重复", by=clerk)


@pytest.fixture
def within(stocked: Flask) -> Iterator[Flask]:
    """A context of the stocked application for one test."""
    with stocked.test_request_context():
        yield stocked
        db.session.remove()
