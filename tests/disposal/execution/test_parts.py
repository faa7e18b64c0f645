"""Part of an asset, a share of it, several owners, public owners: every fen goes where it belongs, the rest stays."""

from flask import Flask
from sqlalchemy import select

from registry.assets.custody.agreements.models import CustodyItem
from registry.assets.register.cards.care import current_custodian
from registry.assets.register.cards.parts import current_owners
from registry.assets.register.registration import OwnerFact
from registry.database import db
from registry.disposal.kinds import DisposalKind, Extent
from registry.disposal.rules import Part
from registry.kinds import OwnerKind
from registry.ledger.books.models import Book
from tests.assets.custody.keeping import accepted
from tests.disposal.execution.doing import (
    accounts_of,
    balance,
    book_opened,
    carried_out,
    lines,
    party,
    sums_hold,
    vouchers,
)
from tests.disposal.scenery import COLLECTIVE, EFFECTIVE_ON, approved_case, asset_of, lines_of, machine
from tests.disposal.selling import priced, sold_case
from tests.factories import COUNTY, SIBLING_VILLAGE, TODAY, TOWNSHIP, VILLAGE

JOINT = (
    OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, COLLECTIVE.name, 6_000, VILLAGE, COLLECTIVE.credit_code),
    OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "坪坝村股份经济合作社", 4_000, SIBLING_VILLAGE),
)


def test_of_thirty_machines_twelve_are_sold_and_eighteen_stay_as_they_were(any_app: Flask) -> None:
    number = machine("粉碎机", 3_000_001, quantity_milli=30_000, operator="马家合作社", supervisor="谭登周")
    book = book_opened()
    accepted(asset_of(number))
    parts = {number: Part(Extent.QUANTITY, quantity_milli=12_000)}
    case_id = sold_case(number, fen=1_500_000, parts=parts, plans={"CUSTODY": "随移交结束"})
    carried_out(case_id)
    whole, line = asset_of(number), lines_of(case_id)[0]
    gone = db.session.get_one(type(whole), line.part_asset_id)
    rest = db.session.scalars(
        select(type(whole)).where(type(whole).name == whole.name, type(whole).stage == "CONFIRMED")
    ).one()
    assert (whole.stage, gone.stage, gone.closed_on) == ("SUPERSEDED", "DISPOSED", EFFECTIVE_ON)
    assert (gone.original_value_fen, gone.quantity_milli) == (1_200_000, 12_000)
    assert (rest.original_value_fen, rest.quantity_milli) == (1_800_001, 18_000)
    # Whoever looked after the whole looks after the rest, under the same agreement.
    custodian = current_custodian(rest.id)
    assert custodian is not None
    assert custodian.basis
    assert db.session.scalars(select(CustodyItem.ended_on).where(CustodyItem.asset_id == rest.id)).all() == [None]
    assert db.session.scalars(select(CustodyItem.ended_on).where(CustodyItem.asset_id == whole.id)).all() == [TODAY]
    # The books hold the rest under its own card, with its part of the depreciation.
    worn = 3_000_001 * 83 // 120
    assert balance(book, "151", rest.id) == 3_000_001 - 1_200_000
    assert balance(book, "152", rest.id) == -(worn - worn * 12 // 30)
    assert [balance(book, code, whole.id) for code in ("151", "152", "154")] == [0, 0, 0]
    assert accounts_of(case_id)[0][2] == 1_500_000
    assert sums_hold()


def test_one_holder_sells_its_share_and_the_other_keeps_card_and_books(app: Flask) -> None:
    number = machine(owners=JOINT)
    mine, other = book_opened(), book_opened(JOINT[1].name)
    seller = party(COLLECTIVE.name)
    parts = {number: Part(Extent.SHARE, holder_id=seller.id, share_bp=1_500)}
    case_id = sold_case(number, fen=700_000, parts=parts)
    carried_out(case_id)
    asset = asset_of(number)
    assert asset.stage == "CONFIRMED"
    assert {row.party.name: row.share_bp for row in current_owners(asset.id)} == {
        "坪坝村股份经济合作社": 4_000, "华溪村股份经济合作社": 4_500, "石柱县山货贸易有限公司": 1_500
    }  # fmt: skip
    # It holds 2,400,000 for its 60 %; a quarter of that goes.
    assert balance(mine, "151", asset.id) == 1_800_000
    assert balance(other, "151", asset.id) == 1_600_000
    assert [one.book_id for one in vouchers(case_id) if one.book_id == other.id] == []
    assert [row[0] for row in accounts_of(case_id)] == [COLLECTIVE.name]


def test_a_joint_asset_is_cleared_in_each_owners_book_by_its_share(app: Flask) -> None:
    number = machine(fen=4_000_001, owners=JOINT)
    mine, other = book_opened(), book_opened(JOINT[1].name)
    case_id = sold_case(number, fen=4_200_001)
    carried_out(case_id, cost_fen=10_001)
    assert [(row[0], row[2], row[3]) for row in accounts_of(case_id)] == [
        (COLLECTIVE.name, 2_520_001, 6_001), (JOINT[1].name, 1_680_000, 4_000)
    ]  # fmt: skip
    for book, price in ((mine, 2_520_001), (other, 1_680_000)):
        assert f"DISPOSAL_PROCEEDS 贷154 {price}" in lines(case_id, book)
        assert (balance(book, "154"), balance(book, "151"), balance(book, "152")) == (0, 0, 0)
    assert sums_hold()


def test_a_bulk_of_three_splits_price_and_cost_to_the_fen(app: Flask) -> None:
    numbers = [machine(f"{n}号机", 1_000_000 + n) for n in (1, 2, 3)]
    book = book_opened()
    case_id = sold_case(*numbers, fen=1_000_001)
    carried_out(case_id, cost_fen=100)
    assert {asset_of(one).stage for one in numbers} == {"DISPOSED"}
    deeds = [line.split()[0] for line in lines(case_id)]
    assert (deeds.count("DISPOSAL_STARTED"), deeds.count("DISPOSAL_PROCEEDS")) == (9, 6)
    assert len(vouchers(case_id)) == 5
    assert [balance(book, "154", asset_of(one).id) for one in numbers] == [0, 0, 0]
    assert balance(book, "102") == 1_000_001 - 100


def test_what_a_county_department_sells_is_owed_to_the_treasury(app: Flask) -> None:
    state = (OwnerFact(OwnerKind.STATE, "石柱县农业农村委", 10_000, COUNTY),)
    number = machine(region_code=COUNTY, location_code=COUNTY, owners=state)
    case_id = approved_case(DisposalKind.SALE, number, report_fen=4_000_000)
    priced(case_id, 4_200_000)
    carried_out(case_id, cost_fen=20_000)
    book = db.session.scalars(select(Book).where(Book.region_code == COUNTY)).one()
    assert lines(case_id) == [
        "DISPOSAL_COST 借B11 20000", "DISPOSAL_COST 贷B01 20000",
        "DISPOSAL_PROCEEDS 借B01 4200000", "DISPOSAL_PROCEEDS 贷B11 4200000",
    ]  # fmt: skip
    assert balance(book, "B11") == -4_180_000
    assert accounts_of(case_id) == [("石柱县农业农村委", "TREASURY", 4_200_000, 20_000, 4_200_000)]


def test_a_cooperative_keeps_its_own_books_and_its_own_money(app: Flask) -> None:
    owner = (OwnerFact(OwnerKind.COOPERATIVE, "华溪黄精专业合作社", 10_000, TOWNSHIP),)
    number = machine(region_code=TOWNSHIP, location_code=TOWNSHIP, owners=owner)
    case_id = approved_case(DisposalKind.SALE, number)
    priced(case_id, 4_200_000)
    carried_out(case_id)
    assert vouchers(case_id) == []
    assert accounts_of(case_id)[0][:2] == ("华溪黄精专业合作社", "OWN")
    assert asset_of(number).closed_on == EFFECTIVE_ON < TODAY
