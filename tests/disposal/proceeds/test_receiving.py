"""Accounts are opened when a disposal is carried out; what comes in later takes two persons and settles what is due."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from registry.assets.register.registration import OwnerFact
from registry.database import transaction
from registry.disposal.proceeds.kinds import Destination, ReceiptStatus
from registry.disposal.proceeds.queries import accounts_of_case, get_proceeds, list_receipts
from registry.disposal.proceeds.refusals import (
    AboveDue,
    Answered,
    NotYet,
    PortionOdd,
    ReasonMissing,
    SamePerson,
)
from registry.disposal.proceeds.rules import Portion
from registry.disposal.proceeds.services import open_proceeds, refuse_receipt
from registry.errors import Missing
from registry.kinds import OwnerKind
from registry.ledger.books.entries import BookDeed
from registry.ledger.books.queries import find_book
from tests.disposal.proceeds.making import (
    CLERK,
    HEAD,
    PAID,
    PAID_ON,
    PRICE,
    TOWNSHIP_OWNER,
    account,
    account_of,
    arrived,
    attacked,
    booked,
    draft_of,
    held,
    policy,
    posted,
    read,
    received,
    taken,
)
from tests.disposal.scenery import case_of, opened_case
from tests.factories import TODAY, VILLAGE, person

GROUP = OwnerFact(OwnerKind.GROUP_COLLECTIVE, "华溪村三组")
COMPANY = OwnerFact(OwnerKind.COOPERATIVE, "山蜜养蜂专业合作社")


def refuse(draft_id: int, opinion: str = "回单金额不符", by: str = HEAD) -> None:
    with transaction(VILLAGE):
        refuse_receipt(draft_of(draft_id), opinion, by=person(by))


def test_an_account_is_opened_with_what_had_been_paid(any_app: Flask) -> None:
    assert any_app
    one = read(account(cost=100_000))
    assert (one.goes_to, one.due_fen, one.received_fen, one.cost_fen, one.used_fen) == (
        Destination.EARMARKED, PRICE, PAID, 100_000, 0,
    )  # fmt: skip
    assert (one.balance_fen, one.open_fen) == (1_400_000, PRICE - PAID)
    assert one.use_by == date(2027, 11, 10), "twelve months after the money came in"
    receipt = list_receipts(one)[0]
    assert (receipt.amount_fen, receipt.received_on, receipt.paper_no) == (PAID, PAID_ON, "回单 20261110-1")
    assert receipt.prepared_by_id != receipt.by_id
    assert posted("proceeds_receipt", receipt.id) == [], "what had been paid is posted by whoever carries the case out"


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("owner", "destination"),
    [(GROUP, Destination.EARMARKED), (TOWNSHIP_OWNER, Destination.TREASURY), (COMPANY, Destination.OWN)],
)
def test_whose_the_money_is_follows_from_the_owner(owner: OwnerFact, destination: Destination) -> None:
    assert read(account(owners=(owner,))).goes_to is destination


@pytest.mark.usefixtures("app")
def test_a_price_that_has_not_come_in_opens_an_account_with_nothing_to_use() -> None:
    one = read(account(paid=0))
    assert (one.balance_fen, one.open_fen, list_receipts(one)) == (0, PRICE, [])


@pytest.mark.usefixtures("app")
def test_each_owner_has_an_account_and_whoever_gets_nothing_has_none() -> None:
    case_id = opened_case()
    with transaction(VILLAGE):
        case = case_of(case_id)
        nothing = Portion(case.owner, 0, 5_000, 0, None, "")
        assert open_proceeds(case, [nothing], by=person(HEAD), on=TODAY, policy=policy()) == []
    account_of(case_id)
    assert len(accounts_of_case(case_id, person(CLERK))) == 1


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(("due", "paid", "day"), [(100, 101, TODAY), (100, -1, TODAY), (100, 50, None)])
def test_a_part_that_does_not_add_up_opens_nothing(due: int, paid: int, day: date | None) -> None:
    case_id = opened_case()
    with pytest.raises(PortionOdd), transaction(VILLAGE):
        case = case_of(case_id)
        portion = Portion(case.owner, due, 0, paid, day, "x")
        open_proceeds(case, [portion], by=person(HEAD), on=TODAY, policy=policy())
    assert accounts_of_case(case_id, person(CLERK)) == []


@pytest.mark.usefixtures("app")
def test_money_is_not_told_before_its_day() -> None:
    with pytest.raises(NotYet):
        account(paid_on=date(2026, 11, 24))


# ---- What comes in later


def test_money_that_came_in_counts_once_a_second_person_looked_at_it(any_app: Flask) -> None:
    assert any_app
    key = account()
    draft_id = arrived(key, 1_000_000)
    assert (read(key).received_fen, draft_of(draft_id).state) == (PAID, ReceiptStatus.WAITING)
    receipt = taken(draft_id)
    assert (read(key).received_fen, draft_of(draft_id).state) == (2_500_000, ReceiptStatus.TAKEN)
    assert (receipt.draft_id, receipt.prepared_by_text != receipt.by_text) == (draft_id, True)
    assert read(key).use_by == date(2027, 11, 10), "the oldest money that waits still counts"


def test_what_was_booked_as_due_is_settled_to_the_fen(any_app: Flask) -> None:
    assert any_app
    key = account()
    booked(key, BookDeed.INCOME_DUE, 1_500_000)
    assert held(key, "112") == 1_500_000
    receipt = received(key, 1_500_000)
    assert posted("proceeds_receipt", receipt.id) == [
        ("DUE_RECEIVED", [("102", "", 1_500_000, 0), ("112", "", 0, 1_500_000)])
    ]
    assert held(key, "112") == 0


@pytest.mark.usefixtures("app")
def test_of_a_price_booked_as_due_in_part_only_that_part_is_settled() -> None:
    key = account()
    booked(key, BookDeed.INCOME_DUE, 400_000)
    first = received(key, 300_000)
    second = received(key, 1_200_000)
    assert [deed for deed, _lines in posted("proceeds_receipt", first.id)] == ["DUE_RECEIVED"]
    assert posted("proceeds_receipt", second.id)[0] == (
        "DUE_RECEIVED",
        [("102", "", 100_000, 0), ("112", "", 0, 100_000)],
    )
    assert (held(key, "112"), held(key, "154"), held(key, "504", "DISPOSAL_GAIN")) == (0, 0, -1_100_000)


@pytest.mark.usefixtures("app")
def test_money_that_was_never_booked_as_due_passes_through_to_the_gain() -> None:
    key = account()
    receipt = received(key, 1_500_000)
    assert posted("proceeds_receipt", receipt.id) == [
        ("DISPOSAL_PROCEEDS", [("102", "", 1_500_000, 0), ("154", "", 0, 1_500_000)]),
        ("DISPOSAL_GAIN", [("154", "", 1_500_000, 0), ("504", "DISPOSAL_GAIN", 0, 1_500_000)]),
    ]


@pytest.mark.usefixtures("app")
def test_money_of_a_public_owner_stands_as_due_to_the_treasury() -> None:
    key = account(owners=(TOWNSHIP_OWNER,))
    receipt = received(key, 1_500_000)
    assert posted("proceeds_receipt", receipt.id) == [
        ("OTHER_RECEIVED", [("B01", "", 1_500_000, 0), ("B11", "", 0, 1_500_000)])
    ]


@pytest.mark.usefixtures("app")
def test_money_of_an_owner_with_books_of_its_own_is_posted_nowhere() -> None:
    key = account(owners=(COMPANY,))
    received(key, 1_500_000)
    assert read(key).received_fen == PRICE
    assert find_book(read(key).party_id) is None


@pytest.mark.usefixtures("app")
def test_whoever_entered_it_does_not_take_it_in() -> None:
    draft_id = arrived(account())
    with pytest.raises(SamePerson):
        taken(draft_id, CLERK)
    assert draft_of(draft_id).state is ReceiptStatus.WAITING


@pytest.mark.usefixtures("app")
def test_what_was_answered_is_not_answered_again() -> None:
    key = account()
    draft_id = arrived(key)
    taken(draft_id)
    with pytest.raises(Answered):
        taken(draft_id, "township_supervisor")
    with pytest.raises(Answered):
        refuse(draft_id)
    assert read(key).received_fen == PRICE


@pytest.mark.usefixtures("app")
def test_what_was_refused_counts_for_nothing_and_can_be_entered_anew() -> None:
    key = account()
    draft_id = arrived(key)
    with pytest.raises(ReasonMissing):
        refuse(draft_id, " ")
    refuse(draft_id)
    assert (read(key).received_fen, draft_of(draft_id).opinion) == (PAID, "回单金额不符")
    received(key)
    assert read(key).received_fen == PRICE


@pytest.mark.usefixtures("app")
def test_no_more_comes_in_than_the_price_also_counting_what_waits() -> None:
    key = account()
    with pytest.raises(AboveDue):
        arrived(key, PRICE - PAID + 1)
    arrived(key, 1_000_000)
    with pytest.raises(AboveDue):
        arrived(key, 500_001)
    arrived(key, 500_000)


@pytest.mark.usefixtures("app")
def test_an_account_out_of_reach_does_not_exist() -> None:
    key = account()
    for username in ("sibling_clerk", "other_clerk", "sector_officer", "custodian"):
        with pytest.raises(Missing):
            get_proceeds(key, person(username))
    assert get_proceeds(key, person("municipal_supervisor")).id == key


# ---- What the database refuses


@pytest.mark.parametrize(
    "change",
    [
        "received_fen = due_fen + 1",
        "used_fen = received_fen + 1",
        "used_fen = -1",
        "cost_fen = received_fen, used_fen = 1",
    ],
)
def test_the_database_refuses_sums_that_cannot_be(any_app: Flask, change: str) -> None:
    assert any_app
    key = account()
    assert "check" in attacked(f"UPDATE proceeds SET {change} WHERE id = {key}").lower()
    assert attacked(f"UPDATE proceeds SET used_fen = received_fen WHERE id = {key}") == "", "what can be is taken"


@pytest.mark.parametrize("change", ["amount_fen = 1", "paper_no = 'x'"])
def test_the_database_alters_no_receipt(any_app: Flask, change: str) -> None:
    assert any_app
    key = account()
    for statement in (f"UPDATE proceeds_receipt SET {change}", "DELETE FROM proceeds_receipt"):
        assert attacked(statement) != ""
    assert list_receipts(read(key))[0].amount_fen == PAID


def test_the_database_keeps_one_account_for_an_owner_of_a_case(any_app: Flask) -> None:
    assert any_app
    key = account()
    case_id = read(key).case_id
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        account_of(case_id)
    assert len(accounts_of_case(case_id, person(CLERK))) == 1
