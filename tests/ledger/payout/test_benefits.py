"""How many households benefit of a year: kept equal to a recount through the lives of plans, units and households."""

import html
import random
import re
from collections import Counter
from dataclasses import dataclass, field

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from registry.database import db, transaction
from registry.ledger.distribution.payout.queries import lines_by_serial, list_orders_of
from registry.ledger.distribution.payout.rules import NEXT, OrderStatus, ResultFacts, ResultKind
from registry.ledger.distribution.payout.telling import stop_plan
from registry.ledger.distribution.plans.benefits import benefiting_by, count_benefiting, list_benefits
from registry.ledger.distribution.plans.models import BenefitSum, Plan, PlanLine
from registry.ledger.distribution.plans.rules import PlanStatus
from registry.operations.kept import unequal_sums
from registry.parties.households.models import Household
from registry.permissions import system_actor
from registry.places.services import merge_region
from registry.regions import covers
from registry.workbench.moving import hand_over
from tests.factories import COUNTY, MUNICIPALITY, OTHER_COUNTY, TODAY, TOWNSHIP, VILLAGE, person
from tests.journeys.browser import Visitor
from tests.ledger.payout.paying import order_of, ordered, paid, released, told
from tests.ledger.plans.planning import agreed, books, drafted, giving, income, plan_of
from tests.ledger.rolls.people import on_roll
from tests.supervision.warnings.test_moved_units import far_village

STANDING = {PlanStatus.AGREED, PlanStatus.PAYING, PlanStatus.DONE}
PAID, RETURNED = ResultKind.PAID, ResultKind.RETURNED


def recounted() -> Counter[tuple[str, int]]:
    """Count every household once per year in each unit that holds it, from the rows, in plain Python."""
    db.session.rollback()
    found: set[tuple[str, int, int]] = set()
    for line, plan in db.session.execute(select(PlanLine, Plan).join(Plan, Plan.id == PlanLine.plan_id)):
        if line.household_id and line.amount_fen and plan.state in STANDING:
            found.add((db.session.get_one(Household, line.household_id).region_code, plan.year, line.household_id))
    above = (VILLAGE, TOWNSHIP, COUNTY, OTHER_COUNTY, *{code for code, _year, _key in found})
    return Counter((unit, year) for code, year, _key in found for unit in set(above) if covers(unit, code))


def kept() -> dict[tuple[str, int], int]:
    rows = db.session.scalars(select(BenefitSum))
    units = {VILLAGE, TOWNSHIP, COUNTY, OTHER_COUNTY}
    return {(one.region_code, one.year): one.households for one in rows if one.region_code in units}


def sound() -> None:
    """Say that what is kept is what a recount gives."""
    due = recounted()
    assert kept() == {key: due[key] for key in due if key[0] in {VILLAGE, TOWNSHIP, COUNTY, OTHER_COUNTY}}
    assert unequal_sums() == {}


def stopped(plan_id: int) -> None:
    with transaction(VILLAGE):
        stop_plan(plan_of(plan_id), "算错", by=person("village_head"), on=TODAY)


def test_a_household_in_two_plans_counts_once_and_stays_while_one_of_them_stands(any_app: Flask) -> None:
    first = order_of(released()).plan_id
    assert benefiting_by([VILLAGE, TOWNSHIP, COUNTY], 2026) == {VILLAGE: 3, TOWNSHIP: 3, COUNTY: 3}
    income()
    on_roll(4)
    second = order_of(ordered(agreed(drafted(official=books(2))))).plan_id
    assert (first != second, benefiting_by([COUNTY], 2026)) == (True, {COUNTY: 4})
    stopped(second)
    assert benefiting_by([VILLAGE, COUNTY], 2026) == {VILLAGE: 3, COUNTY: 3}
    stopped(first)
    assert benefiting_by([VILLAGE, COUNTY], 2026) == {}
    sound()


def test_what_comes_back_of_a_stopped_plan_does_not_let_it_stand_again(any_app: Flask) -> None:
    order_id = released()
    plan_id = order_of(order_id).plan_id
    told(order_id, ResultFacts(1, PAID))
    stopped(plan_id)
    told(order_id, ResultFacts(1, RETURNED, reason="账户销户"))
    assert plan_of(plan_id).state is PlanStatus.AMENDED
    sound()


def test_the_list_shows_exactly_the_households_that_are_counted(any_app: Flask) -> None:
    paid()
    on_roll(9)
    for username, region in (("municipal_supervisor", MUNICIPALITY), ("county_agriculture", COUNTY)):
        actor = person(username)
        assert count_benefiting(region, 2026, actor) == len(list_benefits(region, 2026, actor)) == 3
        assert count_benefiting(region, 2025, actor) == len(list_benefits(region, 2025, actor)) == 0
    actor = person("village_clerk")
    rows = list_benefits(VILLAGE, 2026, actor, limit=2)
    rest = list_benefits(VILLAGE, 2026, actor, after=rows[1].place, limit=2)
    assert [one.household.serial for one in (*rows[:2], *rest)] == [1, 2, 3]
    assert sum(one.amount_fen for one in (*rows[:2], *rest)) == 620_000
    assert {one.plans for one in rows} == {1}


def test_the_pages_of_households_go_on_go_back_and_end(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    paid()
    monkeypatch.setattr("registry.ledger.distribution.plans.benefit_views.PAGE_ROWS", 1)
    clerk = Visitor(client, "village_clerk")
    url = f"/distributions/households?region={VILLAGE}&year=2026"

    def step(name: str) -> str | None:
        bar = clerk.page.text.partition('class="paging')[2].partition("</nav>")[0]
        steps = re.findall('<a [^>]*href="([^"]*)">(.*?)</a>', bar, re.DOTALL)
        return next((html.unescape(url) for url, label in steps if name in label), None)

    def shown() -> str:
        return re.findall("第 (.*?) 条", clerk.page.text)[0]

    clerk.open(url)
    assert (shown(), step("首页"), step("上一页")) == ("1–1", None, None)
    walked = [shown()]
    while onward := step("下一页"):
        clerk.open(onward)
        walked.append(shown())
    assert walked == ["1–1", "2–2", "3–3"]
    assert step("末页") is None
    clerk.open(step("上一页") or "")
    assert shown() == "2–2"
    clerk.open(step("首页") or "")
    clerk.open(step("末页") or "")
    assert shown() == "3–3"
    assert clerk.open(f"{url}&before=x").status_code == 404


def test_who_sees_a_sector_only_sees_no_household(app: Flask) -> None:
    released()
    officer = person("sector_officer")
    assert (count_benefiting(COUNTY, 2026, officer), list_benefits(COUNTY, 2026, officer)) == (0, [])


@dataclass
class Life:
    """Plans of a village, by what may be done with them next."""

    luck: random.Random
    serials: int = 0
    open: list[int] = field(default_factory=list)
    begun: list[int] = field(default_factory=list)

    def agree(self) -> None:
        self.serials += 1
        on_roll(self.serials)
        income()
        self.open.append(giving(self.luck.choice((2025, 2026))))

    def order(self) -> None:
        if self.open:
            plan_id = self.open.pop()
            ordered(plan_id)
            self.begun.append(plan_id)

    def pay(self) -> None:
        """Release what is prepared, or say of a line whatever may be said."""
        for order in list_orders_of(self.luck.choice(self.begun)) if self.begun else []:
            if order.state is OrderStatus.PREPARED:
                released(order.id)
            elif order.released_at:
                line = self.luck.choice([*lines_by_serial(order.id).values()])
                kinds = sorted(NEXT[line.state])
                if kinds:
                    told(order.id, ResultFacts(line.serial, self.luck.choice(kinds), reason="账号不符"))

    def stop(self) -> None:
        standing = [one for one in self.begun if plan_of(one).state in STANDING]
        if standing:
            stopped(self.luck.choice(standing))


@pytest.mark.parametrize("seed", range(3))
def test_any_lives_of_plans_leave_the_kept_numbers_equal_to_a_recount(any_app: Flask, seed: int) -> None:
    luck = random.Random(seed)
    life = Life(luck)
    life.agree()
    life.order()
    for _turn in range(9):
        luck.choice((life.agree, life.order, life.pay, life.pay, life.stop))()
        sound()
    heir = far_village()
    with transaction(VILLAGE, heir):
        merge_region(VILLAGE, heir, on=TODAY, basis="批复", by=system_actor(MUNICIPALITY))
        hand_over(VILLAGE, heir, by=system_actor(MUNICIPALITY))
    sound()
    assert not [key for key in kept() if covers(COUNTY, key[0])]
    for plan_id in life.begun:
        if plan_of(plan_id).state in STANDING:
            with transaction(heir):
                stop_plan(plan_of(plan_id), "算错", by=system_actor(MUNICIPALITY), on=TODAY)
    sound()
    assert kept() == {}


def test_a_number_that_is_not_kept_would_be_noticed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    plan_id = order_of(released()).plan_id
    monkeypatch.setattr("registry.ledger.distribution.payout.telling.cease_benefits", lambda _plan: None)
    stopped(plan_id)
    assert list(unequal_sums()) == ["benefit_sum"]
