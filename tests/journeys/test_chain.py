"""From a payment back to where its money came from: counted in clicks, by following links and nothing else."""

import re
from dataclasses import replace

import pytest
from flask import Flask

from registry.ledger.distribution.payout.queries import all_order_lines
from tests.factories import confirmed
from tests.journeys.browser import Visitor
from tests.journeys.test_case_agreed import visitor
from tests.ledger.payout.paying import ordered, paid, released
from tests.ledger.plans.planning import DIVIDEND, agreed, drafted
from tests.ledger.receipts.receiving import let, posted, rent
from tests.ledger.rolls.people import on_roll

#: What an auditor wants to see of a payment, by the address of its page.
WANTED = {"receipt": r"/income/\d+", "contract": r"/contracts/\d+", "asset": r"/assets/\d{12}[^/?#]*"}
MOST_CLICKS = 3


def links(reader: Visitor, address: str) -> list[str]:
    """The addresses that the body of a page leads to; its menus, which lead to every list, left out."""
    body = re.search(r"<main.*?</main>", reader.open(address).text, re.DOTALL)
    assert body, address
    return [one.replace("&amp;", "&") for one in re.findall(r'<a\b[^>]*href="(/[^"#]*)"', body[0])]


def clicks(reader: Visitor, start: str, most: int = MOST_CLICKS) -> dict[str, int]:
    """How many clicks it takes at least from a page to each thing wanted; what lies further away is left out."""
    found: dict[str, int] = {}
    seen, here = {start}, [start]
    for count in range(1, most + 1):
        following = [one for page in here for one in links(reader, page) if one not in seen]
        here = list(dict.fromkeys(following))
        seen.update(here)
        for name, pattern in WANTED.items():
            if any(re.fullmatch(pattern, one) for one in here):
                found.setdefault(name, count)
        if len(found) == len(WANTED):
            break
    return found


@pytest.fixture
def order_id(app: Flask) -> int:
    """Rent under a contract, received and handed out to two households."""
    assert app
    store = confirmed()
    contract_id, _ = let(store)
    posted(store, rent(1_000_000, contract_id))
    on_roll(1)
    on_roll(2)
    return paid(released(ordered(agreed(drafted(replace(DIVIDEND, amount_fen=800_000))))))


@pytest.mark.parametrize("username", ["auditor", "village_supervisory_committee"])
def test_from_every_payment_receipt_contract_and_asset_are_three_clicks(
    app: Flask, order_id: int, username: str
) -> None:
    reader = visitor(app, username)
    for line, row in all_order_lines(order_id):
        for start in (f"/payouts/lines/{line.id}", f"/distributions/lines/{row.id}"):
            assert clicks(reader, start) == {"receipt": 1, "contract": 1, "asset": 1}
    assert max(clicks(reader, f"/payouts/{order_id}").values()) == 2
    assert clicks(reader, f"/payouts/{order_id}").keys() == WANTED.keys()


def test_the_count_sees_when_the_way_is_too_long(app: Flask, order_id: int) -> None:
    assert clicks(visitor(app, "auditor"), f"/payouts/{order_id}", most=1) == {}
