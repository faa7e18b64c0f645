"""Equity: principal stays with the collective, the right to the income moves from household to household."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from registry.database import db, transaction
from registry.errors import Missing
from registry.evidence.services import take_in
from registry.kinds import OwnerKind
from registry.ledger.operation.dues.queries import list_dues_of
from registry.ledger.operation.equity.kinds import ContributionKind, EquityStatus, ReturnKind
from registry.ledger.operation.equity.models import Equity, EquityRight
from registry.ledger.operation.equity.queries import get_equity, list_holders, list_rights, list_to_confirm
from registry.ledger.operation.equity.rules import (
    ContributionInKind,
    EquityFacts,
    ExitTermsMissing,
    OwnEntry,
    PrincipalDateMissing,
    RightEnded,
    UnitsBeyond,
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
