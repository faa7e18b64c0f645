"""How long money waits, rolled up from village to county, is what the accounts say one by one; what waits on desks."""

from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from registry.assets.register.registration import OwnerFact
from registry.database import db
from registry.disposal.proceeds.ageing import roll_up, sum_of, waiting_since
from registry.disposal.proceeds.desks import (
    count_overdue,
    count_overdue_below,
    count_receipts_to_check,
    count_unpaid,
    count_uses_to_confirm,
    list_overdue,
    list_overdue_below,
    list_receipts_to_check,
    list_unpaid,
    list_uses_to_confirm,
)
from registry.disposal.proceeds.kinds import AgeClass, Standing
from registry.disposal.proceeds.queries import Wanted, list_lots, list_proceeds
from registry.disposal.proceeds.rules import aged, waits_since
from registry.kinds import OwnerKind
from tests.disposal.proceeds.making import (
    CLERK,
    HEAD,
    PAID,
    PRICE,
    TOWNSHIP_OWNER,
    account,
    arrived,
    entered,
    read,
    received,
    taken,
    undoing,
    used,
)
from tests.factories import COUNTY, MUNICIPALITY, OTHER_COUNTY, SIBLING_VILLAGE, TODAY, TOWNSHIP, VILLAGE, person

MOST = 100
SIBLING = OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "盐井村股份经济合作社")
COMPANY = OwnerFact(OwnerKind.COOPERATIVE, "山蜜养蜂专业合作社")


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def three_ages() -> int:
    """An account of which three receipts wait, one of each age, less what was used of the oldest; its id."""
    key = account(due=900, paid=300, paid_on=ago(400))
    received(key, 300, ago(91))
    received(key, 300, ago(90))
    used(key, amount_fen=100)
    return key


def test_the_age_of_a_balance_is_that_of_the_money_that_is_left(any_app: Flask) -> None:
    assert any_app
    key = three_ages()
    assert aged(list_lots(read(key)), TODAY) == {AgeClass.FRESH: 300, AgeClass.YEAR: 300, AgeClass.OVER: 200}
    assert sum_of(VILLAGE, person(CLERK), TODAY).aged == {
        AgeClass.FRESH: 300, AgeClass.YEAR: 300, AgeClass.OVER: 200,
    }  # fmt: skip
    assert waiting_since([key]) == {key: ago(400)}
    used(key, amount_fen=200)
    assert waiting_since([key]) == {key: ago(91)}


def test_sums_roll_up_from_village_to_township_to_county(any_app: Flask) -> None:
    assert any_app
    three_ages()
    account(due=5_000, paid=5_000, cost=1_000, paid_on=ago(10), region_code=SIBLING_VILLAGE, owners=(SIBLING,))
    account(owners=(COMPANY,), name="合作社烘干机")
    supervisor = person("county_agriculture")
    below = {one.region_code: one for one in roll_up(TOWNSHIP, supervisor, TODAY)}
    assert set(below) == {VILLAGE, SIBLING_VILLAGE}
    village, sibling = below[VILLAGE], below[SIBLING_VILLAGE]
    assert (village.accounts, village.due_fen, village.received_fen, village.used_fen, village.balance_fen) == (
        1, 900, 900, 100, 800,
    )  # fmt: skip
    assert (village.overdue_accounts, village.overdue_fen) == (1, 800), "its oldest money came in 400 days ago"
    assert (sibling.balance_fen, sibling.cost_fen, sibling.fresh_fen, sibling.overdue_fen) == (4_000, 1_000, 4_000, 0)
    (township,) = roll_up(COUNTY, supervisor, TODAY)
    assert (township.region_code, township.accounts, township.balance_fen) == (TOWNSHIP, 2, 4_800)
    (county,) = roll_up(MUNICIPALITY, person("municipal_supervisor"), TODAY)
    assert (county.region_code, county.balance_fen) == (COUNTY, 4_800)
    assert sum_of(COUNTY, supervisor, TODAY).balance_fen == 4_800
    assert roll_up(OTHER_COUNTY, supervisor, TODAY) == [], "another county's sums are not shown"


@pytest.mark.usefixtures("app")
def test_a_unit_without_accounts_has_sums_of_nothing() -> None:
    found = sum_of(VILLAGE, person(CLERK), TODAY)
    assert (found.accounts, found.balance_fen, found.overdue_fen, found.over_fen) == (0, 0, 0, 0)


@pytest.mark.usefixtures("app")
def test_the_sums_of_a_unit_are_asked_for_in_one_statement() -> None:
    three_ages()
    by, asked = person("county_agriculture"), []
    db.session.rollback()
    event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    roll_up(COUNTY, by, TODAY)
    assert len([one for one in asked if one.startswith("SELECT")]) == 1


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    receipts=st.lists(st.tuples(st.integers(0, 800), st.integers(1, 500)), min_size=1, max_size=4),
    shares=st.lists(st.integers(1, 99), max_size=2),
)
def test_the_statement_says_what_the_rule_says(app: Flask, receipts: list[tuple[int, int]], shares: list[int]) -> None:
    assert app
    before = sum_of(VILLAGE, person(CLERK), TODAY)
    total = sum(fen for _days, fen in receipts)
    key = account(due=total, paid=0)
    for days, fen in receipts:
        received(key, fen, ago(days))
    for share in shares:
        fen = read(key).balance_fen * share // 100
        if fen:
            used(key, amount_fen=fen, used_on=TODAY)
    after, lots = sum_of(VILLAGE, person(CLERK), TODAY), list_lots(read(key))
    assert {age: after.aged[age] - before.aged[age] for age in AgeClass} == aged(lots, TODAY)
    assert sum(after.aged.values()) == after.balance_fen == after.received_fen - after.cost_fen - after.used_fen
    since = waits_since(lots)
    assert waiting_since([key]) == ({key: since} if since else {})


# ---- Lists


@pytest.mark.usefixtures("app")
def test_a_list_is_narrowed_to_what_waits_is_late_or_was_not_paid() -> None:
    late = account(due=300, paid=300, paid_on=ago(400))
    unpaid = account(due=300, paid=0, name="二号烘干机")
    done = account(due=300, paid=300, name="三号烘干机")
    used(done, amount_fen=300)
    fresh = account(due=300, paid=300, paid_on=ago(5), name="四号烘干机")

    def found(standing: Standing | None) -> list[int]:
        wanted = Wanted(VILLAGE, standing)
        return [one.id for one, _case in list_proceeds(wanted, person(CLERK), TODAY)]

    assert found(None) == [fresh, done, unpaid, late]
    assert found(Standing.BALANCE) == [fresh, late]
    assert found(Standing.OVERDUE) == [late]
    assert found(Standing.UNPAID) == [unpaid]
    assert found(Standing.SETTLED) == [done]
    page = list_proceeds(Wanted(VILLAGE), person(CLERK), TODAY, before=done, limit=1)
    assert [one.id for one, _case in page] == [unpaid, late], "one more than a page shows that there are more"


# ---- Desks


@pytest.mark.usefixtures("app")
def test_a_second_person_finds_what_others_entered_and_never_their_own() -> None:
    key = account()
    entered(key)
    arrived(key)
    for username, uses, drafts in ((HEAD, 1, 1), ("township_supervisor", 1, 1), ("county_agriculture", 0, 0)):
        me = person(username)
        assert (len(list_uses_to_confirm(me, MOST)), count_uses_to_confirm(me, MOST)) == (uses, uses)
        assert (len(list_receipts_to_check(me, MOST)), count_receipts_to_check(me, MOST)) == (drafts, drafts)
    assert count_uses_to_confirm(person(CLERK), MOST) == 0


@pytest.mark.usefixtures("app")
def test_a_wish_to_undo_waits_for_a_second_person_too() -> None:
    use_id = used(account())
    assert count_uses_to_confirm(person(HEAD), MOST) == 0
    undoing(use_id)
    assert [use.id for use, _account, _case in list_uses_to_confirm(person(HEAD), MOST)] == [use_id]


@pytest.mark.usefixtures("app")
def test_a_price_that_has_not_come_in_waits_for_the_clerk_until_it_has() -> None:
    key = account()
    clerk = person(CLERK)
    assert [one.id for one, _case in list_unpaid(clerk, MOST)] == [key]
    taken(arrived(key, PRICE - PAID))
    assert (list_unpaid(clerk, MOST), count_unpaid(clerk, MOST)) == ([], 0)


def test_what_is_late_waits_for_the_clerk_and_for_every_level_above(any_app: Flask) -> None:
    assert any_app
    late = account(due=300, paid=300, paid_on=ago(400))
    account(due=300, paid=300, paid_on=ago(5), name="二号烘干机")
    account(due=300, paid=300, paid_on=ago(400), owners=(COMPANY,), name="合作社烘干机")
    assert [one.id for one, _case in list_overdue(person(CLERK), TODAY, MOST)] == [late]
    for username in ("township_supervisor", "county_agriculture", "municipal_supervisor"):
        me = person(username)
        assert [one.id for one, _case in list_overdue_below(me, TODAY, MOST)] == [late]
        assert count_overdue_below(me, TODAY, MOST) == 1
    assert count_overdue_below(person(HEAD), TODAY, MOST) == 0, "a village supervises nobody below"
    used(late, amount_fen=300)
    assert count_overdue(person(CLERK), TODAY, MOST) == 0


@pytest.mark.usefixtures("app")
def test_money_of_the_treasury_is_watched_like_the_villages() -> None:
    account(due=300, paid=300, paid_on=ago(400), owners=(TOWNSHIP_OWNER,))
    assert sum_of(COUNTY, person("county_agriculture"), TODAY).overdue_fen == 300
