"""What becomes of a household's money when the household changes: entitlement lost in March, a member's death."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from registry.ledger.distribution.payout.queries import all_order_lines
from registry.ledger.distribution.plans.queries import list_income
from registry.parties.households.models import Person
from registry.parties.households.rules import Labour, PersonFacts, Relation
from tests.journeys.days import Calendar
from tests.journeys.desks import agreed as agreed_to
from tests.journeys.desks import newest_request, stored
from tests.journeys.test_case_agreed import visitor
from tests.ledger.payout.paying import ordered, paid, released
from tests.ledger.plans.planning import CUSTODY, DIVIDEND, RELIEF, agreed, drafted, income
from tests.ledger.rolls.people import number, on_roll

#: 330,000 for three households over eleven months: 10,000 a month each; 450,000 for 450 shares.
USES = (
    replace(RELIEF, amount_fen=330_000), replace(DIVIDEND, amount_fen=450_000), replace(CUSTODY, amount_fen=20_000)
)  # fmt: skip
ALONE = (PersonFacts("冉启明", Relation.HEAD, number(9), Labour.NONE, True, 50),)


@pytest.fixture
def village(any_app: Flask, calendar: Calendar) -> tuple[Flask, int]:
    """Three assisted households; in March one lost its entitlement and the man of another, who lived alone, died."""
    income()
    on_roll(1)
    leaver, alone = on_roll(2), on_roll(9, persons=ALONE)
    changed(any_app, leaver, "RISK_REMOVED", calendar, new_class="ORDINARY", basis="3月评议，风险消除")
    (dead,) = stored(select(Person.id).where(Person.name == "冉启明"))
    heir = {"newcomer__name": "冉小松", "newcomer__resident_id": number(10), "newcomer__relation": "OTHER"}
    changed(any_app, alone, "DIED", calendar, person_id=dead, basis="死亡证明、继承公证", **heir)
    return any_app, leaver


def changed(app: Flask, household_id: int, reason: str, calendar: Calendar, **told: object) -> None:
    """The clerk asks for a change in March and looks it over; it goes over all its desks."""
    clerk = visitor(app, "village_clerk")
    clerk.open(f"/beneficiaries/{household_id}/change/{reason}")
    clerk.send("", event_on="2026-03-17", **told)
    assert "2026-04-01" in clerk.page.text
    clerk.send()
    assert "已提交，等评议、公示和审核。" in clerk.page.text
    assert "全部环节都已同意" in agreed_to(app, newest_request(), calendar).page.text


def test_who_lost_entitlement_in_march_is_not_paid_for_april_and_the_heir_has_what_the_dead_had_earned(
    village: tuple[Flask, int],
) -> None:
    app, leaver = village
    clerk = visitor(app, "village_clerk")
    assert "其他农户" in clerk.open(f"/beneficiaries/{leaver}").text
    plan_id = drafted(*USES)
    lines = clerk.open(f"/distributions/{plan_id}/lines?use=0").text
    assert lines.count("3/11") == 2
    assert lines.count("11/11") == 1
    assert "1,600.00" in lines
    order_id = paid(released(ordered(agreed(plan_id))))
    sheet = [
        (row.use.label, row.payee_name, row.months, line.amount_fen, row.withheld_fen)
        for line, row in all_order_lines(order_id)
    ]
    assert sheet == [
        ("帮扶分红", "谭正国", 11, 110_000, 0),
        ("帮扶分红", "谭正国", 3, 30_000, 80_000),
        ("帮扶分红", "冉小松", 3, 30_000, 80_000),
        ("成员分红", "谭正国", 11, 200_000, 0),
        ("成员分红", "谭正国", 11, 200_000, 0),
        ("成员分红", "冉小松", 11, 50_000, 0),
        ("冷库管护", "石柱县永盛制冷设备有限公司", 11, 20_000, 0),
    ]
    auditor = visitor(app, "auditor")
    assert auditor.open(f"/payouts/{order_id}").text.count("冉小松") == 2
    what_was_withheld_is_there_again(app, plan_id)


def what_was_withheld_is_there_again(app: Flask, plan_id: int) -> None:
    """The months that nobody was entitled to are undistributed: the next plan begins with exactly them."""
    assert [row.returned_fen for row in list_income(plan_id)] == [160_000]
    following = drafted(replace(CUSTODY, amount_fen=160_000))
    page = visitor(app, "village_clerk").open(f"/distributions/{following}").text
    assert "1,600.00" in page
