"""Out of which money a use comes: the gain first, then the fund; a public owner's money is paid in."""

import pytest
from flask import Flask

from registry.disposal.proceeds.kinds import Purpose
from registry.disposal.proceeds.refusals import (
    WrongPurpose,
)
from registry.ledger.books.entries import BookDeed
from tests.disposal.proceeds.making import (
    PAID,
    PRICE,
    TOWNSHIP_OWNER,
    account,
    booked,
    entered,
    held,
    posted,
    read,
    received,
    used,
)
from tests.disposal.proceeds.test_using import actions


def test_money_of_a_public_owner_is_only_paid_in(any_app: Flask) -> None:
    assert any_app
    key = account(owners=(TOWNSHIP_OWNER,))
    with pytest.raises(WrongPurpose):
        entered(key)
    use_id = used(key, purpose=Purpose.PAID_IN, amount_fen=PAID, document_no="缴款书 50024026001", note="上缴国库")
    assert posted("proceeds_use", use_id) == [("TREASURY_PAID", [("B11", "", PAID, 0), ("B01", "", 0, PAID)])]
    assert (read(key).balance_fen, actions(use_id)[-1]) == (0, "PROCEEDS_PAID_IN")


# ---- The books


def test_a_use_comes_out_of_the_gain_first_and_then_out_of_the_fund(any_app: Flask) -> None:
    assert any_app
    key = account(paid=PRICE)
    booked(key, BookDeed.DISPOSAL_GAIN, 700_000)
    first, second = used(key, amount_fen=500_000), used(key, amount_fen=900_000)
    assert posted("proceeds_use", first) == [
        ("EARMARKED_SPENT", [("311", "DISPOSAL_FUND", 500_000, 0), ("102", "", 0, 500_000)])
    ]
    assert posted("proceeds_use", second) == [
        ("EARMARKED_SPENT", [("311", "DISPOSAL_FUND", 200_000, 0), ("102", "", 0, 200_000)]),
        ("FUND_SPENT", [("311", "FUND", 700_000, 0), ("102", "", 0, 700_000)]),
    ]


@pytest.mark.usefixtures("app")
def test_a_disposal_without_gain_is_used_out_of_the_fund_alone() -> None:
    use_id = used(account())
    assert posted("proceeds_use", use_id) == [("FUND_SPENT", [("311", "FUND", 600_000, 0), ("102", "", 0, 600_000)])]


@pytest.mark.usefixtures("app")
def test_a_gain_that_came_in_later_is_used_too() -> None:
    key = account()
    received(key, 1_500_000)
    use_id = used(key, amount_fen=1_600_000)
    assert [deed for deed, _lines in posted("proceeds_use", use_id)] == ["EARMARKED_SPENT", "FUND_SPENT"]
    assert held(key, "311", "DISPOSAL_FUND") == 1_500_000


# ---- Undoing
