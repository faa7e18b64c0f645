"""Splitting and merging: what comes of an asset adds up to it, in value, quantity, money, depreciation and sums."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from registry.assets.register.amendments.past import card_on
from registry.assets.register.cards.index import reindex, summed
from registry.assets.register.cards.models import Asset, Rollup
from registry.assets.register.cards.parts import change_value, current_owners, funding_of
from registry.assets.register.registration import Stage, ValueKind
from registry.assets.register.rights.queries import list_children, list_parents
from registry.assets.register.rights.rules import (
    NotAlike,
    Part,
    PartIncomplete,
    PartsNotWhole,
    QuantitiesNotWhole,
    TooFewParts,
    apportioned,
    check_alike,
    check_parts,
)
from registry.assets.title.cases.models import TitleCase
from registry.assets.title.cases.opening import OneAsset, SeveralAssets
from registry.assets.title.cases.services import set_parts
from registry.assets.title.execution.queries import list_assets_to_certify
from registry.audit.actions import Action
from registry.audit.services import record
from registry.database import db, transaction
from registry.kinds import TitleDeed
from registry.reports import classified_ledger
from registry.reports.parameters import NOTHING
from tests.assets.title.making import agreed, asset_of, case_of, fill_in, later, opened, storehouse, submitted, titled
from tests.factories import COUNTY, TODAY, TOWNSHIP, VILLAGE, person, registration
from tests.reports.printing import money

amounts = st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=8)
weights = st.lists(st.integers(1, 10**7), min_size=2, max_size=6)


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=8), weights)
def test_every_row_and_every_column_of_a_split_adds_up(rows: list[int], shares: list[int]) -> None:
    whole = sum(rows)
    parts = [whole * share // sum(shares) for share in shares[:-1]]
    parts.append(whole - sum(parts))
    found = apportioned(rows, [max(part, 0) for part in parts])
    assert [sum(row) for row in found] == rows
    assert [sum(column) for column in zip(*found, strict=True)] == parts


@given(amounts, weights)
def test_rows_add_up_even_when_money_was_taken_back(rows: list[int], shares: list[int]) -> None:
    assert [sum(row) for row in apportioned(rows, shares)] == rows


@pytest.mark.parametrize(
    ("parts", "refusal"),
    [
        ([("甲", 100, 1000)], TooFewParts),
        ([("甲", 60, 500), ("乙", 39, 500)], PartsNotWhole),
        ([("甲", 60, 500), ("乙", 40, 400)], QuantitiesNotWhole),
        ([("甲", 60, None), ("乙", 40, None)], QuantitiesNotWhole),
        ([("", 60, 500), ("乙", 40, 500)], PartIncomplete),
        ([("甲", 100, 500), ("乙", 0, 500)], PartIncomplete),
    ],
)
def test_parts_that_do_not_make_the_whole_are_refused(
    parts: list[tuple[str, int, int | None]], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        check_parts(100, 1000, [Part(*part) for part in parts])


@pytest.mark.parametrize(
    "changes", [{"subtype": "WORKSHOP"}, {"salvage_bp": 500}, {"in_use_on": date(2020, 1, 1)}, {"service_months": 120}]
)
def test_assets_that_lose_value_differently_do_not_become_one(changes: dict[str, object]) -> None:
    first = registration()
    check_alike([first, replace(first, name="另一座")])
    with pytest.raises(NotAlike):
        check_alike([first, replace(first, **changes)])  # type: ignore[arg-type]


def standing_sums() -> dict[str, tuple[int, int]]:
    """Return count and value per unit from the sums kept, and from the rows themselves."""
    standing = [Stage.CONFIRMED.value, Stage.SUBMITTED.value]
    rows = select(func.count(), func.sum(Asset.original_value_fen)).where(Asset.stage.in_(standing))
    kept = select(func.sum(Rollup.assets), func.sum(Rollup.original_value_fen))
    found = {"rows": tuple(db.session.execute(rows).one())}
    for unit in (VILLAGE, TOWNSHIP, COUNTY):
        here = kept.where(Rollup.region_code == unit, Rollup.stage.in_(standing))
        found[unit] = tuple(db.session.execute(here).one())
    return found  # type: ignore[return-value]


def enlarge(number: str, fen: int) -> None:
    with transaction(VILLAGE):
        asset = asset_of(number)
        day, before = date(2024, 6, 1), summed(asset)
        change_value(asset, ValueKind.ENLARGEMENT, money(fen), effective_on=day, on=TODAY, reason="扩建", document="x")
        reindex(asset.id, before, summed(asset))
        record(Action.VALUE_CHANGED, asset, by=person("county_clerk"))


def split(number: str, *parts: Part) -> list[Asset]:
    case_id = opened(number, deed=TitleDeed.SPLIT)
    with transaction(VILLAGE):
        set_parts(case_of(case_id), parts, by=person("village_clerk"))
    fill_in(case_id)
    submitted(case_id)
    agreed(case_id)
    return [asset_of(one.asset_no) for one in list_children(asset_of(number).id)]


@pytest.mark.usefixtures("app")
def test_what_comes_of_a_split_adds_up_to_it() -> None:
    number = storehouse("大仓", 10_000_001)
    enlarge(number, 3_333_333)
    before, whole = asset_of(number).net_value_fen(TODAY), asset_of(number).original_value_fen
    parts = (Part("东仓", 5_000_000, 400), Part("西仓", 8_333_334, 600))
    children = split(number, *parts)
    parent = asset_of(number)
    assert (parent.stage, parent.closed_on) == ("SUPERSEDED", TODAY)
    assert [child.original_value_fen for child in children] == [5_000_000, 8_333_334]
    assert sum(child.poverty_fund_fen for child in children) == whole
    assert sum(line.amount_fen for child in children for line in funding_of(child.id)) == whole
    assert abs(sum(child.net_value_fen(TODAY) for child in children) - before) <= 4
    assert {current_owners(child.id)[0].party_id for child in children} == {
        row.party_id for row in current_owners(parent.id)
    }
    assert [one.asset_no for one in list_parents(children[0].id)] == [number]
    sums = standing_sums()
    assert set(sums.values()) == {(2, whole)}


@pytest.mark.usefixtures("app")
def test_what_was_merged_is_one_and_its_parents_are_closed() -> None:
    numbers = [storehouse("一段", 1_000_001), storehouse("二段", 2_000_002), storehouse("三段", 3_000_003)]
    before = sum(asset_of(number).net_value_fen(TODAY) for number in numbers)
    case_id = opened(*numbers, deed=TitleDeed.MERGER, merged_name="全段")
    fill_in(case_id)
    submitted(case_id)
    agreed(case_id)
    child = asset_of(list_children(asset_of(numbers[0]).id)[0].asset_no)
    assert (child.name, child.original_value_fen, child.quantity_milli) == ("全段", 6_000_006, 3_000)
    assert abs(child.net_value_fen(TODAY) - before) <= 3
    assert {asset_of(number).stage for number in numbers} == {"SUPERSEDED"}
    assert set(standing_sums().values()) == {(1, 6_000_006)}


@pytest.mark.usefixtures("app")
def test_parts_of_a_titled_asset_wait_for_certificates_of_their_own() -> None:
    number = storehouse("大仓", 100)
    titled(number)
    children = split(number, Part("东仓", 60, 500), Part("西仓", 40, 500))
    assert {child.title_status for child in children} == {"CONFIRMED"}
    case = db.session.scalars(select(TitleCase).where(TitleCase.deed == "SPLIT")).one()
    assert [one.name for one in list_assets_to_certify(case)] == ["东仓", "西仓"]


@pytest.mark.usefixtures("app")
def test_a_paper_of_the_day_before_shows_the_whole_and_of_the_day_the_parts() -> None:
    number = storehouse("大仓", 100)
    split(number, Part("东仓", 60, 500), Part("西仓", 40, 500))

    def names(on: date) -> list[str]:
        found = classified_ledger.collect(VILLAGE, NOTHING, actor=person("village_clerk"), on=on)
        return sorted(line.name for part in found.parts for line in part.lines)

    assert names(later(-1)) == ["大仓"]
    assert names(TODAY) == ["东仓", "西仓"]


@pytest.mark.usefixtures("app")
def test_a_paper_of_the_day_before_shows_the_title_of_that_day() -> None:
    number = storehouse()
    with transaction(VILLAGE):
        asset = asset_of(number)
        asset.entered_at = asset.entered_at.replace(year=2020)
        asset.confirmed_at = asset.entered_at
        record(Action.ASSET_CORRECTED, asset, by=person("county_clerk"))
    titled(number)
    assert card_on(asset_of(number), later(-1)).facts.title_status == "UNCONFIRMED"
    assert card_on(asset_of(number), TODAY).facts.title_status == "CONFIRMED"


@pytest.mark.usefixtures("app")
def test_one_asset_is_split_and_several_are_merged() -> None:
    first, second = storehouse("甲"), storehouse("乙")
    with pytest.raises(OneAsset):
        opened(first, second, deed=TitleDeed.SPLIT)
    with pytest.raises(SeveralAssets):
        opened(first, deed=TitleDeed.MERGER)
