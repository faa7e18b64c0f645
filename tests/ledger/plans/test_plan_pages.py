"""Pages of plans: lists begin with the newest and go on from page to page; what a choice counts is said."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from registry.ledger.distribution.payout import queries as orders
from registry.ledger.distribution.payout import views as order_views
from registry.ledger.distribution.plans import queries as plans
from registry.ledger.distribution.plans import views as plan_views
from registry.ledger.distribution.plans.shares import Basis, Entitlement, is_assistance_only
from tests.journeys.browser import Visitor
from tests.ledger.payout.paying import ordered
from tests.ledger.plans.planning import DIVIDEND, USES, agreed, drafted, plan_of, prepared


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


ONCE = replace(DIVIDEND, label="一次性分红", entitlement=Entitlement.NONE)


def test_a_split_by_shares_once_for_all_says_that_only_assistance_counts(app: Flask, client: FlaskClient) -> None:
    prepared()
    plan_id, visitor = drafted(ONCE, title="一次性"), Visitor(client, "village_clerk")
    (use_id,) = (use.id for use in plan_of(plan_id).uses)
    said = "“一次性分红”按份额分，选的是“一次性”：只算扶贫配股，不算成员股。"
    shown = visitor.open(f"/distributions/{plan_id}").text
    assert ("没有可分的对象" in shown, said in shown) == (True, True)  # members hold shares here, and nobody else
    beside = 'id="entitlement-use">现在这样选，只算扶贫配股'
    edit = visitor.open(f"/distributions/{plan_id}/uses/{use_id}").text
    assert ("按份额分又选“一次性”的，只算扶贫配股" in edit, beside in edit) == (True, True)
    visitor.send(entitlement=Entitlement.MEMBER.value)
    edit = visitor.open(f"/distributions/{plan_id}/uses/{use_id}").text
    assert ("按份额分又选“一次性”的，只算扶贫配股" in edit, beside in edit) == (True, False)
    assert said not in visitor.open(f"/distributions/{plan_id}").text


@pytest.mark.parametrize(
    ("basis", "entitlement", "is_only"),
    [
        (Basis.PER_SHARE, Entitlement.NONE, True), (Basis.PER_SHARE, Entitlement.MEMBER, False),
        (Basis.PER_SHARE, Entitlement.ASSISTANCE, False), (Basis.PER_HEAD, Entitlement.NONE, False),
    ],
)  # fmt: skip
def test_only_a_split_by_shares_of_which_nobody_spoke_of_assistance_leaves_members_out_unsaid(
    basis: Basis, entitlement: Entitlement, is_only: bool
) -> None:
    assert is_assistance_only(basis, entitlement) is is_only
