"""A sale carried out: the card, the books, the money, title and custody, and what must not have changed."""

import pytest
from flask import Flask

from registry.database import db
from registry.disposal.kinds import DisposalStatus
from registry.disposal.prices.queries import find_price
from tests.disposal.execution.doing import (
    accounts_of,
    balance,
    book_opened,
    carried_out,
    lines,
    request_state,
    sums_hold,
)
from tests.disposal.scenery import EFFECTIVE_ON, asset_of, case_of, machine, request_of
from tests.disposal.selling import sold_case
from tests.factories import TODAY


def test_a_sale_closes_the_card_and_clears_the_books_to_the_fen(any_app: Flask) -> None:
    number, other = machine(), machine("留下的粉碎机", 1_000_001)
    book = book_opened()
    case_id = sold_case(number, fen=4_200_000)
    row = carried_out(case_id, cost_fen=30_000)
    asset, case = asset_of(number), case_of(case_id)
    assert (asset.stage, asset.closed_on) == ("DISPOSED", EFFECTIVE_ON)
    assert (case.state, case.done_on) == (DisposalStatus.DONE, TODAY)
    assert request_state(request_of(case_id)) == "EXECUTED"
    price = find_price(case_id)
    assert (row.price_fen, row.cost_fen, row.is_paid, row.price_id) == (4_200_000, 30_000, True, price and price.id)
    # 40,000.00 over 120 months since January 2020: 83 months up to November 2026.
    assert lines(case_id) == [
        "DEPRECIATION 借511 366666", "DEPRECIATION 贷152 366666",
        "DISPOSAL_STARTED 借154 1233334", "DISPOSAL_STARTED 借152 2766666", "DISPOSAL_STARTED 贷151 4000000",
        "DISPOSAL_COST 借154 30000", "DISPOSAL_COST 贷102 30000",
        "DISPOSAL_PROCEEDS 借102 4200000", "DISPOSAL_PROCEEDS 贷154 4200000",
        "DISPOSAL_GAIN 借154 2936666", "DISPOSAL_GAIN 贷504-DISPOSAL_GAIN 2936666",
    ]  # fmt: skip
    assert [balance(book, code, asset.id) for code in ("151", "152", "154")] == [0, 0, 0]
    assert accounts_of(case_id) == [("华溪村股份经济合作社", "EARMARKED", 4_200_000, 30_000, 4_200_000)]
    assert asset_of(other).stage == "CONFIRMED"
    assert balance(book, "151", asset_of(other).id) == 1_000_001
    assert sums_hold()
    db.session.rollback()


@pytest.mark.parametrize(("paid", "deed"), [(True, "DISPOSAL_PROCEEDS"), (False, "DISPOSAL_PRICE_DUE")])
def test_what_no_book_holds_has_nothing_to_write_off(app: Flask, paid: bool, deed: str) -> None:
    case_id = sold_case(fen=4_200_000)
    carried_out(case_id, is_paid=paid)
    side = "102" if paid else "112"
    assert lines(case_id) == [
        f"{deed} 借{side} 4200000", f"{deed} 贷154 4200000",
        "DISPOSAL_GAIN 借154 4200000", "DISPOSAL_GAIN 贷504-DISPOSAL_GAIN 4200000",
    ]  # fmt: skip
    assert accounts_of(case_id)[0][4] == (4_200_000 if paid else 0)
