"""What the index of words keeps beside the words is what the cards say."""

import pytest
from sqlalchemy import select, text

from registry.assets.register.cards.index import index_new, summed
from registry.assets.register.cards.models import Asset, Rollup
from registry.assets.register.cards.services import confirm_asset, resubmit, withdraw
from registry.assets.register.funding import FundingSource
from registry.assets.register.registration import FundingFact
from registry.database import db, transaction
from tests.factories import TODAY, VILLAGE, entered, person, registration


def kept() -> list[tuple[object, ...]]:
    columns = "asset_id, region_code, stage, original_value_fen, poverty_fund_fen"
    return [tuple(row) for row in db.session.execute(text(f"SELECT {columns} FROM asset_search ORDER BY asset_id"))]


def said() -> list[tuple[object, ...]]:
    columns = (Asset.id, Asset.region_code, Asset.stage, Asset.original_value_fen, Asset.poverty_fund_fen)
    return [tuple(row) for row in db.session.execute(select(*columns).order_by(Asset.id))]


@pytest.mark.postgres
@pytest.mark.usefixtures("pg_app")
def test_figures_beside_the_words_follow_every_change_of_a_card() -> None:
    first, second, third = (entered(name=f"第{number}座") for number in "一二三")
    with transaction(VILLAGE):
        confirm_asset(db.session.get_one(Asset, first.id), by=person("township_clerk"))
        withdraw(db.session.get_one(Asset, second.id), "录错了", by=person("village_clerk"))
        money = (FundingFact(FundingSource.POVERTY_FUND, 5_000_000),)
        mended = registration(name="第三座", original_value_fen=5_000_000, funding=money)
        resubmit(db.session.get_one(Asset, third.id), mended, by=person("village_clerk"), on=TODAY)
    assert kept() == said()
    assert [row[2] for row in kept()] == ["CONFIRMED", "WITHDRAWN", "SUBMITTED"]
    assert kept()[2][3] == 5_000_000


def sums() -> dict[tuple[str | bool, ...], tuple[int, int, int]]:
    rows = db.session.execute(select(*Rollup.__table__.columns))
    return {tuple(key): (assets, value_fen, fund_fen) for *key, assets, value_fen, fund_fen in rows}


@pytest.mark.usefixtures("app")
def test_assets_entered_at_once_add_to_the_sums_as_one_by_one() -> None:
    states = [(asset.id + 100, summed(asset)) for asset in (entered(name="第一座"), entered(name="第二座"))]
    one_by_one = sums()
    with transaction(VILLAGE):
        index_new(states)
    db.session.rollback()
    assert sums() == {key: tuple(2 * figure for figure in figures) for key, figures in one_by_one.items()}
