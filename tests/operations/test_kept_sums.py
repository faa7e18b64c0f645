"""Sums kept beside the rows equal the rows after any row of deeds; the check that says so notices what is wrong."""

import random
import runpy
from collections.abc import Callable

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from flask import Flask
from sqlalchemy import text

from registry.assets.register.cards.index import moving
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.services import confirm_asset, send_back, withdraw
from registry.assets.register.cards.stock import stock_by
from registry.assets.register.categories import OperatingMode, TitleStatus, UseStatus
from registry.assets.register.registration import Stage
from registry.assets.register.rights.lineage import Part, split_asset
from registry.assets.register.rights.operating import Operation, set_operation, set_use
from registry.assets.register.rights.services import Holder, change_owners, mark_handed_over, set_title
from registry.audit.actions import Action
from registry.audit.services import record
from registry.config import current, resource
from registry.database import db, transaction
from registry.kinds import OwnerKind
from registry.operations.health import THOROUGH, kept_sums
from registry.operations.kept import unequal_sums
from registry.operations.schema import owner_engine, upgrade
from registry.parties.rules import PartyFacts
from registry.parties.services import add_party
from registry.supervision.warnings.evaluating import evaluate_everything
from tests.factories import COUNTY, TODAY, VILLAGE, entered, person
from tests.ledger.payout.paying import ordered
from tests.ledger.plans.planning import giving
from tests.ledger.receipts.receiving import let, posted, rent
from tests.ledger.rolls.people import on_roll

CLERK, SECOND = "village_clerk", "township_clerk"


def cards() -> list[Asset]:
    return list(db.session.query(Asset).filter(Asset.stage == Stage.CONFIRMED.value).order_by(Asset.id))


def use(luck: random.Random) -> None:
    set_use(luck.choice(cards()), luck.choice(list(UseStatus)), "核对", on=TODAY)


def let_out(luck: random.Random) -> None:
    way = Operation(OperatingMode.LEASE, luck.choice(list(UseStatus)), "合同", "某公司")
    set_operation(luck.choice(cards()), way, on=TODAY)


def title(luck: random.Random) -> None:
    set_title(luck.sample(cards(), 2), luck.choice(list(TitleStatus)), on=TODAY)


def hand_over(luck: random.Random) -> None:
    mark_handed_over(luck.sample(cards(), 2), on=TODAY)


def owners(luck: random.Random) -> None:
    facts = PartyFacts(luck.choice([OwnerKind.STATE, OwnerKind.TOWNSHIP]), f"单位{luck.randrange(10**9)}", VILLAGE)
    party = add_party(facts, by=person(CLERK))
    change_owners([(one, [Holder(party, 10_000)]) for one in luck.sample(cards(), 2)], on=TODAY)


def split(luck: random.Random) -> None:
    asset = luck.choice(cards())
    half = asset.original_value_fen // 2
    parts = (Part("东半", half, None), Part("西半", asset.original_value_fen - half, None))
    split_asset(asset, parts, by=person(CLERK), on=TODAY)


DEEDS: tuple[Callable[[random.Random], None], ...] = (use, let_out, title, hand_over, owners, split)


@pytest.mark.parametrize("seed", range(3))
def test_any_row_of_deeds_leaves_the_kept_sums_equal_to_the_rows(any_app: Flask, seed: int) -> None:
    luck, numbers = random.Random(seed), range(6)
    keys = [entered(name=f"第{number}座", quantity_milli=None).id for number in numbers]
    with transaction(VILLAGE):
        for key in keys[:4]:
            confirm_asset(db.session.get_one(Asset, key), by=person(SECOND))
        send_back(db.session.get_one(Asset, keys[4]), "面积不对", by=person(SECOND))
        withdraw(db.session.get_one(Asset, keys[5]), "录重了", by=person(CLERK))
    assert unequal_sums() == {}
    for _turn in range(8):
        deed = luck.choice(DEEDS)
        with transaction(VILLAGE):
            deed(luck)
            record(Action.IMPORTED, cards()[0], by=person(CLERK))
        assert unequal_sums() == {}, deed.__name__
    standing = db.session.query(Asset).filter(Asset.stage.in_(["CONFIRMED", "SUBMITTED", "SENT_BACK"]))
    assert sum(one.assets for one in stock_by([COUNTY], "title_status", "is_handed_over")) == standing.count()


def test_a_move_within_a_move_would_count_twice_and_is_noticed(app: Flask) -> None:
    asset_id = entered().id
    with transaction(VILLAGE):
        asset = db.session.get_one(Asset, asset_id)
        with moving([asset]), moving([asset]):
            asset.use_status = UseStatus.IDLE.value
        record(Action.IMPORTED, asset, by=person(CLERK))
    assert list(unequal_sums()) == ["asset_rollup"]


TAMPERED = (
    ("asset_rollup", "UPDATE asset_rollup SET assets = assets + 1 WHERE region_code LIKE '%000000'"),
    ("asset_rollup", "UPDATE asset_rollup SET title_status = 'DISPUTED'"),
    ("asset_rollup", "DELETE FROM asset_rollup"),
    ("income_sum", "UPDATE income_sum SET amount_fen = amount_fen - 1"),
    ("income_sum", "UPDATE income_sum SET sector = 'WATER'"),
    ("due_sum", "UPDATE due_sum SET settled_fen = settled_fen + 1"),
    ("due_sum", "UPDATE due_sum SET open_dues = 0"),
    ("due_sum", "UPDATE due_sum SET month = month + 1"),
    ("warning_sum", "UPDATE warning_sum SET warnings = warnings + 1"),
    ("use_sum", "UPDATE use_sum SET amount_fen = amount_fen + 1"),
    ("use_sum", "UPDATE use_sum SET plans = 2 WHERE region_code LIKE '%000000'"),
    ("benefit_sum", "UPDATE benefit_sum SET households = households - 1"),
    ("benefit_sum", "UPDATE benefit_sum SET year = year + 1 WHERE region_code LIKE '%000'"),
    ("warning_sum", "DELETE FROM warning_sum WHERE region_code LIKE '%000000'"),
)


def lively() -> None:
    """An asset let and paid for, its income handed out, things to be warned of: a row in every one of the tables."""
    asset = entered()
    with transaction(VILLAGE):
        confirm_asset(db.session.get_one(Asset, asset.id), by=person(SECOND))
    contract_id, _dues = let(db.session.get_one(Asset, asset.id))
    posted(db.session.get_one(Asset, asset.id), rent(contract_id=contract_id))
    on_roll()
    ordered(giving())
    assert evaluate_everything(TODAY).standing


def as_owner(*statements: str) -> None:
    engine = owner_engine(current())
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_every_figure_that_is_wrong_is_noticed(any_app: Flask) -> None:
    lively()
    assert unequal_sums() == {}
    for table, statement in TAMPERED:
        db.session.rollback()
        as_owner(f"CREATE TABLE kept AS SELECT * FROM {table}", statement)
        assert list(unequal_sums()) == [table], statement
        db.session.rollback()
        as_owner(f"DELETE FROM {table}", f"INSERT INTO {table} SELECT * FROM kept", "DROP TABLE kept")
    assert unequal_sums() == {}


def test_the_thorough_check_tells_of_it(app: Flask) -> None:
    lively()
    assert kept_sums in THOROUGH
    assert kept_sums().passed
    db.session.rollback()
    as_owner(TAMPERED[0][1])
    told = kept_sums()
    assert (told.passed, told.name) == (False, "合计与明细")
    assert "asset_rollup" in told.finding


ADDED = {
    "0024_kept_sums.py": (
        "TABLE due_sum", "INDEX ix_asset_sector", "INDEX ix_asset_handed_over", "INDEX ix_asset_not_handed_over",
        "INDEX ix_due_region",
    ),
    "0028_benefits.py": ("TABLE benefit_sum",),
    "0029_use_sums.py": ("TABLE use_sum",),
    "0030_gravest_warnings.py": ("INDEX ix_warning_gravest",),
    "0026_warning_sums.py": (
        "TABLE warning_sum", "INDEX ix_plan_year", "INDEX ix_finding_found", "INDEX ix_asset_entered_by",
        "INDEX ix_rollup_counties",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ADDED)
def test_an_installation_that_stands_has_its_sums_filled_from_the_rows(any_app: Flask, name: str) -> None:
    lively()
    db.session.remove()
    path = resource("migrations") / "versions" / name
    as_owner(*(f"DROP {thing}" for thing in ADDED[name]))
    engine = owner_engine(current())
    with engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        runpy.run_path(str(path))["upgrade"]()
    engine.dispose()
    upgrade(current())
    assert unequal_sums() == {}
    assert [one.assets for one in stock_by([COUNTY], "category")] == [1]
