"""Equity: principal stays with the collective, the right to the income moves from household to household."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from registry.assets.register.registration import InterestFacts
from registry.database import db, transaction
from registry.errors import Missing
from registry.evidence.services import take_in
from registry.kinds import OwnerKind
from registry.ledger.operation.dues.queries import list_dues_of
from registry.ledger.operation.equity.kinds import ContributionKind, EquityStatus, ReturnKind
from registry.ledger.operation.equity.models import Equity, EquityRight
from registry.ledger.operation.equity.queries import get_equity, list_holders, list_rights, list_to_confirm
from registry.ledger.operation.equity.rules import (
    ArrearsWithoutDay,
    ContributionInKind,
    EquityFacts,
    ExitTermsMissing,
    OwnEntry,
    PlannedAtOddDay,
    PrincipalDateMissing,
    RightEnded,
    UnitsBeyond,
    check_equity,
)
from registry.ledger.operation.equity.services import (
    Move,
    confirm_equity,
    enter_equity,
    exit_equity,
    give_right,
    move_right,
)
from registry.ledger.operation.kinds import DueKind, DueStatus
from registry.parties.rules import PartyFacts
from tests.assets.title.making import picture, storehouse
from tests.factories import TODAY, VILLAGE, person
from tests.journeys.browser import Visitor
from tests.ledger.contracts.making import policy

#: 潼南: a fixed five percent a year for six years.
FACTS = EquityFacts(
    holder_id=0, investee="潼南柠檬产业有限公司", investee_code="91110000600037341L", is_cooperative=False,
    contribution=ContributionKind.GRANT, capital_fen=36_800_000, returns=ReturnKind.FIXED, yearly_fen=1_840_000,
    starts_on=date(2026, 1, 1), ends_on=date(2031, 12, 31), principal_due_on=date(2032, 3, 31),
    exit_terms="期满收回本金，公司优先回购。", units=40,
)  # fmt: skip


def entered(**changes: object) -> int:
    """Equity that waits for its second person; its id."""
    storehouse()
    holder = list_holders(person("village_clerk"), VILLAGE)[0].id
    files = [take_in(picture(), "协议.png")]
    with transaction(VILLAGE):
        facts = replace(FACTS, holder_id=holder, **changes)  # type: ignore[arg-type]
        return enter_equity(facts, files, by=person("village_clerk"), on=TODAY).id


def held(**changes: object) -> int:
    """Equity that a second person confirmed; its id."""
    equity_id = entered(**changes)
    with transaction(VILLAGE):
        confirm_equity(db.session.get_one(Equity, equity_id), by=person("village_head"))
    return equity_id


def household(name: str) -> PartyFacts:
    return PartyFacts(OwnerKind.HOUSEHOLD, name, VILLAGE)


def given(equity_id: int, name: str, units: int) -> int:
    """Give a household units; the right's id."""
    with transaction(VILLAGE):
        equity = db.session.get_one(Equity, equity_id)
        return give_right(equity, household(name), units, by=person("village_clerk"), on=TODAY).id


def test_a_second_person_confirms_and_then_every_year_is_due_and_the_principal(any_app: Flask) -> None:
    equity_id = entered()
    assert [one.id for one in list_to_confirm(person("village_head"))] == [equity_id]
    assert list_dues_of(equity_id=equity_id) == []
    with pytest.raises(OwnEntry), transaction(VILLAGE):
        confirm_equity(db.session.get_one(Equity, equity_id), by=person("village_clerk"))
    with transaction(VILLAGE):
        confirm_equity(db.session.get_one(Equity, equity_id), by=person("village_head"))
    dues = list_dues_of(equity_id=equity_id)
    assert [(one.kind, one.due_on.year, one.amount_fen) for one in dues] == [
        *(("DIVIDEND", year, 1_840_000) for year in range(2026, 2032)), ("PRINCIPAL", 2032, 36_800_000),
    ]  # fmt: skip


#: Four years of returns were paid before the system was there, and half of the fifth was not.
PAST = {"starts_on": date(2020, 1, 1), "ends_on": date(2029, 12, 31), "planned_from": date(2025, 1, 1)}


def test_equity_of_the_past_makes_due_what_was_in_arrears_and_what_comes_later(any_app: Flask) -> None:
    dues = list_dues_of(equity_id=held(**PAST, arrears_fen=920_000))
    assert [(one.kind, one.due_on, one.amount_fen, one.note) for one in dues] == [
        ("DIVIDEND", date(2024, 12, 31), 920_000, "历史补录的欠款"),
        *(("DIVIDEND", date(year, 12, 31), 1_840_000, "") for year in range(2025, 2030)),
        ("PRINCIPAL", date(2032, 3, 31), 36_800_000, ""),
    ]  # fmt: skip


def test_without_arrears_nothing_before_the_day_is_due_nor_to_be_stated(app: Flask) -> None:
    dues = list_dues_of(equity_id=held(**PAST, returns=ReturnKind.FLOATING, principal_due_on=None))
    assert [one.period_from.year for one in dues] == list(range(2025, 2030))
    assert {one.state for one in dues} == {DueStatus.UNSTATED}
    every_year = list_dues_of(equity_id=held(**{**PAST, "planned_from": None}))
    assert min(one.period_from for one in every_year) == date(2020, 1, 1)


def test_of_equity_whose_term_is_over_only_arrears_and_principal_are_due(app: Flask) -> None:
    over = {**PAST, "ends_on": date(2025, 12, 31), "planned_from": date(2026, 1, 1)}
    dues = list_dues_of(equity_id=held(**over, arrears_fen=1_840_000, principal_due_on=date(2026, 3, 31)))
    assert [(one.kind, one.due_on) for one in dues] == [
        ("DIVIDEND", date(2025, 12, 31)), ("PRINCIPAL", date(2026, 3, 31)),
    ]  # fmt: skip
    assert [one.note for one in dues] == ["历史补录的欠款", ""]


@pytest.mark.parametrize("day", [date(2025, 3, 1), date(2020, 1, 1), date(2031, 1, 1)])
def test_planning_begins_with_a_period(day: date) -> None:
    facts = replace(FACTS, **{**PAST, "planned_from": day})  # type: ignore[arg-type]
    with pytest.raises(PlannedAtOddDay):
        check_equity(facts)
    check_equity(replace(facts, planned_from=date(2030, 1, 1)))


def test_the_refusal_names_the_nearest_day() -> None:
    with pytest.raises(PlannedAtOddDay) as refused:
        check_equity(replace(FACTS, **{**PAST, "planned_from": date(2025, 3, 1)}))  # type: ignore[arg-type]
    assert refused.value.params == {"day": "2025-01-01"}


def test_arrears_are_of_a_day() -> None:
    with pytest.raises(ArrearsWithoutDay):
        check_equity(replace(FACTS, arrears_fen=1))


def shares(name: str, **interest: object) -> str:
    """A confirmed card of shares in the village; its number."""
    told = InterestFacts("石柱县偏岩坝乡村旅游有限公司", share_bp=1_500, principal_fen=46_800_000,
                         starts_on=date(2018, 5, 1), **interest)  # type: ignore[arg-type]  # fmt: skip
    return storehouse(name, 46_800_000, subtype="EQUITY", unit="股", interest=told)


def test_cards_of_shares_are_offered_until_their_terms_are_entered(app: Flask) -> None:
    number, other = shares("偏岩坝旅游公司股权"), storehouse("二号仓")
    clerk = Visitor(app.test_client(), "village_clerk")
    page = clerk.open(f"/equity?region={VILLAGE}").text
    assert number in page
    assert other not in page
    form = clerk.open(f"/equity/new?region={VILLAGE}&asset={number}").text
    assert "石柱县偏岩坝乡村旅游有限公司" in form
    assert 'value="468000.00"' in form
    assert 'value="2018-05-01"' in form
    held(asset_no=number)
    assert "登记条款" not in clerk.open(f"/equity?region={VILLAGE}").text


def test_who_only_reads_is_not_asked_for_terms(app: Flask) -> None:
    shares("偏岩坝旅游公司股权")
    assert "登记条款" not in Visitor(app.test_client(), "township_supervisor").open(f"/equity?region={VILLAGE}").text


def test_things_are_not_put_in_here(app: Flask) -> None:
    with pytest.raises(ContributionInKind):
        entered(contribution=ContributionKind.IN_KIND)


@pytest.mark.parametrize(
    ("changes", "error"),
    [({"exit_terms": " "}, ExitTermsMissing), ({"principal_due_on": None}, PrincipalDateMissing)],
)
def test_exit_and_principal_are_said(app: Flask, changes: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        entered(**changes)


def test_the_right_moves_from_next_month_and_the_principal_does_not(app: Flask) -> None:
    equity_id = held()
    right_id = given(equity_id, "张三", 30)
    with pytest.raises(UnitsBeyond):
        given(equity_id, "李四", 11)
    with transaction(VILLAGE):
        equity, right = db.session.get_one(Equity, equity_id), db.session.get_one(EquityRight, right_id)
        move = Move(household("王五"), 10, "张三户稳定脱贫，转给新纳入的监测户")
        move_right(equity, right, move, by=person("village_clerk"), on=TODAY, policy=policy())
    start = date(2026, 12, 1)
    rights = list_rights(equity_id, TODAY)
    assert [(one.party.name, one.units, one.valid_from, one.valid_to) for one in rights] == [
        ("张三", 30, TODAY, start), ("张三", 20, start, None), ("王五", 10, start, None),
    ]  # fmt: skip
    assert [one.units for one in list_rights(equity_id, start)] == [20, 10]
    equity = db.session.get_one(Equity, equity_id)
    assert (equity.capital_fen, equity.holder.name) == (36_800_000, "华溪村股份经济合作社")
    with pytest.raises(RightEnded), transaction(VILLAGE):
        equity, right = db.session.get_one(Equity, equity_id), db.session.get_one(EquityRight, right_id)
        move_right(equity, right, move, by=person("village_clerk"), on=TODAY, policy=policy())


def test_who_leaves_is_still_owed_what_was_earned_and_the_principal(app: Flask) -> None:
    equity_id = held()
    files = [take_in(picture(), "退出协议.png")]
    with transaction(VILLAGE):
        equity = db.session.get_one(Equity, equity_id)
        exit_equity(equity, TODAY, 0, "公司经营困难", files, by=person("village_clerk"), on=TODAY)
    dues = list_dues_of(equity_id=equity_id)
    assert [one.state for one in dues if one.about is DueKind.DIVIDEND] == [DueStatus.OPEN, *[DueStatus.VOID] * 5]
    assert [one.state for one in dues if one.about is DueKind.PRINCIPAL] == [DueStatus.OPEN]
    assert db.session.get_one(Equity, equity_id).state is EquityStatus.EXITED


def test_another_village_does_not_find_it(app: Flask) -> None:
    equity_id = held()
    with pytest.raises(Missing):
        get_equity(equity_id, person("sibling_clerk"))
