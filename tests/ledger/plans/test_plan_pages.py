"""The lists of plans and orders begin with the newest and go on from page to page."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from registry.ledger.distribution.payout import queries as orders
from registry.ledger.distribution.payout import views as order_views
from registry.ledger.distribution.plans import queries as plans
from registry.ledger.distribution.plans import views as plan_views
from tests.journeys.browser import Visitor
from tests.ledger.payout.paying import ordered
from tests.ledger.plans.planning import USES, agreed, drafted, prepared


def listed(visitor: Visitor, address: str, pattern: str) -> list[str]:
    """Walk a list to its end; return what the rows of all its pages lead to."""
    found: list[str] = []
    while address:
        text = visitor.open(address).text
        found += dict.fromkeys(re.findall(pattern, text))
        ahead = re.search(r'href="([^"]*before=\d+)"', text)
        address = ahead[1].replace("&amp;", "&") if ahead else ""
    return found


def test_lists_of_plans_and_orders_begin_with_the_newest(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (plans, plan_views, orders, order_views):
        monkeypatch.setattr(module, "PAGE_ROWS", 2)
    first = prepared()
    later = [drafted(*USES[:1], title=f"方案{number}") for number in range(4)]
    order = ordered(agreed(first))
    visitor = Visitor(client, "village_clerk")
    expected = [f'/distributions/{one}"' for one in (*reversed(later), first)]
    assert listed(visitor, "/distributions", r'/distributions/\d+"') == expected
    assert listed(visitor, "/payouts", r'/payouts/\d+"') == [f'/payouts/{order}"']
