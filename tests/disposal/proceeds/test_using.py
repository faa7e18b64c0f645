"""Money of a disposal is used again: by a decision, by two persons, never above the balance; undone by two again."""

import threading
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from registry.assets.register.projects.rules import ProjectFacts
from registry.assets.register.projects.services import add_project
from registry.assets.register.registration import OwnerFact
from registry.audit.actions import Action
from registry.audit.models import TrailEvent
from registry.audit.services import record
from registry.database import db, transaction
from registry.disposal.proceeds.kinds import Purpose, UseStatus
from registry.disposal.proceeds.queries import origins_of
from registry.disposal.proceeds.refusals import (
    AboveBalance,
    Answered,
    AssetDear,
    AssetNotConfirmed,
    AssetOfAnother,
    AssetOfTheCase,
    DecidedElsewhere,
    DecidedLater,
    NotConfirmed,
    NothingCarried,
    NotUndoing,
    NotWatched,
    PaperMissing,
    ReasonMissing,
    SamePerson,
    WrongPurpose,
)
from registry.disposal.proceeds.using import keep_use, refuse_use
from registry.errors import Missing, RegistryError
from registry.kinds import OwnerKind
from registry.ledger.books.entries import BookDeed
from registry.permissions import Permission, may
from tests.disposal.proceeds.making import (
    CLERK,
    HEAD,
    PAID,
    PRICE,
    TOWNSHIP_OWNER,
    account,
    attacked,
    booked,
    confirm,
    entered,
    held,
    met,
    posted,
    read,
    received,
    undoing,
    undone,
    use_of,
    used,
)
from tests.disposal.scenery import asset_of, lines_of, machine
from tests.factories import SIBLING_VILLAGE, VILLAGE, person
from tests.factories import entered as entered_card
from tests.reports.printing import money

COMPANY = OwnerFact(OwnerKind.COOPERATIVE, "山蜜养蜂专业合作社")


def refuse(use_id: int, opinion: str = "没有会议记录", by: str = HEAD) -> None:
    with transaction(VILLAGE):
        refuse_use(use_of(use_id), opinion, by=person(by))


def keep(use_id: int, opinion: str = "票据无误", by: str = HEAD) -> None:
    with transaction(VILLAGE):
        keep_use(use_of(use_id), opinion, by=person(by))


def project(region: str = VILLAGE) -> int:
    with transaction(region):
        return add_project(ProjectFacts(region, "产业路提升", 2026, money(1_000_000)), by=person("county_clerk")).id


def actions(use_id: int) -> list[str]:
    rows = select(TrailEvent.action).where(TrailEvent.thing_table == "proceeds_use", TrailEvent.thing_id == str(use_id))
    return list(db.session.scalars(rows.order_by(TrailEvent.seq)))


def test_a_use_counts_once_a_second_person_agrees(any_app: Flask) -> None:
    assert any_app
    key = account()
    use_id = entered(key)
    assert (use_of(use_id).state, read(key).balance_fen) == (UseStatus.WAITING, PAID)
    assert posted("proceeds_use", use_id) == []
    confirm(use_id)
    assert (use_of(use_id).state, read(key).used_fen, read(key).balance_fen) == (UseStatus.CONFIRMED, 600_000, 900_000)
    assert actions(use_id) == ["PROCEEDS_USE_ENTERED", "EVIDENCE_ADDED", "PROCEEDS_USE_CONFIRMED"]


@pytest.mark.usefixtures("app")
def test_whoever_entered_a_use_neither_confirms_nor_refuses_it() -> None:
    use_id = entered(account())
    with pytest.raises(SamePerson):
        confirm(use_id, CLERK)
    with pytest.raises(SamePerson):
        refuse(use_id, by=CLERK)
    assert use_of(use_id).state is UseStatus.WAITING


def test_no_role_both_enters_and_confirms(app: Flask) -> None:
    assert app
    for username in (CLERK, HEAD, "township_clerk", "township_supervisor", "county_clerk", "county_agriculture"):
        me = person(username)
        assert may(me, Permission.DISPOSAL_ENTER) is not may(me, Permission.DISPOSAL_CARRY_OUT)


@pytest.mark.usefixtures("app")
def test_a_refused_use_leaves_the_balance_and_is_answered_for_good() -> None:
    key = account()
    use_id = entered(key)
    with pytest.raises(ReasonMissing):
        refuse(use_id, "")
    refuse(use_id)
    assert (use_of(use_id).state, use_of(use_id).opinion, read(key).balance_fen) == (
        UseStatus.REFUSED, "没有会议记录", PAID,
    )  # fmt: skip
    with pytest.raises(Answered):
        confirm(use_id)


@pytest.mark.usefixtures("app")
def test_uses_that_wait_are_counted_when_another_is_entered() -> None:
    key = account()
    entered(key, amount_fen=1_000_000)
    with pytest.raises(AboveBalance):
        entered(key, amount_fen=500_001)
    entered(key, amount_fen=500_000)


@pytest.mark.usefixtures("app")
def test_the_cost_of_clearing_is_not_there_to_be_used() -> None:
    key = account(cost=1_000_000)
    with pytest.raises(AboveBalance):
        entered(key, amount_fen=500_001)
    used(key, amount_fen=500_000)
    assert read(key).balance_fen == 0


@pytest.mark.usefixtures("app")
def test_where_clearing_cost_more_than_came_in_nothing_is_there_to_be_used() -> None:
    key = account(cost=2_000_000)
    assert read(key).balance_fen == 0
    with pytest.raises(AboveBalance):
        entered(key, amount_fen=1)


@pytest.mark.usefixtures("app")
def test_money_of_an_owner_with_books_of_its_own_is_not_entered_here() -> None:
    with pytest.raises(NotWatched):
        entered(account(owners=(COMPANY,)))


# ---- What a use rests on


@pytest.mark.usefixtures("app")
def test_a_use_rests_on_a_meeting_that_carried_something() -> None:
    key = account()
    with pytest.raises(NothingCarried):
        entered(key, meeting_id=met(carried=False), document_no="")
    with pytest.raises(DecidedLater):
        entered(key, meeting_id=met(), document_no="", used_on=date(2026, 11, 11))
    used(key, meeting_id=met(date(2026, 11, 13)), document_no="", paper=False)


@pytest.mark.usefixtures("app")
def test_a_use_by_document_is_confirmed_with_the_document_at_hand() -> None:
    use_id = entered(account(), paper=False)
    with pytest.raises(PaperMissing):
        confirm(use_id)


@pytest.mark.usefixtures("app")
def test_another_villages_meeting_or_project_decides_nothing_here() -> None:
    key = account()
    foreign = project(SIBLING_VILLAGE)
    with pytest.raises(Missing):
        entered(key, purpose=Purpose.CONSOLIDATION, project_id=foreign)
    with pytest.raises(DecidedElsewhere):
        entered(key, "township_clerk", purpose=Purpose.CONSOLIDATION, project_id=foreign)
    with pytest.raises(Missing):
        entered(key, meeting_id=999_999)


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("purpose", [Purpose.CONSOLIDATION, Purpose.REVITALISATION])
def test_a_use_for_a_project_names_it(purpose: Purpose) -> None:
    key = account()
    use = use_of(used(key, purpose=purpose, project_id=project()))
    assert use.project_id is not None


# ---- What came of it


def test_from_a_new_asset_one_walks_back_to_what_was_sold_for_it(any_app: Flask) -> None:
    assert any_app
    key = account()
    dryer = machine("新烘干机")
    use_id = used(key, purpose=Purpose.NEW_ASSET, asset_no=dryer, note="购置烘干机")
    origin = origins_of(asset_of(dryer), person(CLERK))[0]
    assert (origin.use.id, origin.account.id, origin.case.id) == (use_id, key, read(key).case_id)
    assert [name for _number, name in origin.sold] == ["烘干机"]
    assert origins_of(asset_of(dryer), person("sibling_clerk")) == []


@pytest.mark.usefixtures("app")
def test_a_use_that_waits_or_was_undone_made_no_asset() -> None:
    key, dryer = account(), machine("新烘干机")
    use_id = entered(key, purpose=Purpose.NEW_ASSET, asset_no=dryer)
    assert origins_of(asset_of(dryer), person(CLERK)) == []
    confirm(use_id)
    undoing(use_id)
    assert len(origins_of(asset_of(dryer), person(CLERK))) == 1, "until the undoing is agreed to it counts"
    undone(use_id)
    assert origins_of(asset_of(dryer), person(CLERK)) == []


@pytest.mark.usefixtures("app")
def test_a_new_asset_is_confirmed_the_owners_own_and_not_the_one_that_was_sold() -> None:
    key = account()
    sold = asset_of(lines_of(read(key).case_id)[0].asset.asset_no)
    waiting = entered_card(name="没有确认的烘干机").asset_no
    foreign = machine("合作社烘干机", owners=(COMPANY,))
    for number, rule in ((sold.asset_no, AssetOfTheCase), (waiting, AssetNotConfirmed), (foreign, AssetOfAnother)):
        with pytest.raises(rule):
            entered(key, purpose=Purpose.NEW_ASSET, asset_no=number)
    with pytest.raises(Missing):
        entered(key, purpose=Purpose.NEW_ASSET, asset_no="500240213203J201900001X")


@pytest.mark.usefixtures("app")
def test_no_more_of_the_money_is_in_an_asset_than_it_is_worth() -> None:
    key, pump = account(), machine("水泵", fen=500_000)
    with pytest.raises(AssetDear):
        entered(key, purpose=Purpose.NEW_ASSET, asset_no=pump, amount_fen=500_001)
    first = entered(key, purpose=Purpose.NEW_ASSET, asset_no=pump, amount_fen=300_000)
    second = entered(key, purpose=Purpose.NEW_ASSET, asset_no=pump, amount_fen=300_000)
    confirm(first)
    with pytest.raises(AssetDear):
        confirm(second)
    assert read(key).used_fen == 300_000


# ---- The treasury


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


def test_undoing_takes_two_persons_again_and_gives_back_balance_and_books(any_app: Flask) -> None:
    assert any_app
    key = account(paid=PRICE)
    booked(key, BookDeed.DISPOSAL_GAIN, 200_000)
    use_id = used(key)
    undoing(use_id)
    assert (use_of(use_id).state, read(key).used_fen) == (UseStatus.UNDOING, 600_000)
    with pytest.raises(SamePerson):
        undone(use_id, CLERK)
    undone(use_id)
    assert (use_of(use_id).state, read(key).used_fen, read(key).balance_fen) == (UseStatus.UNDONE, 0, PRICE)
    assert (held(key, "311", "DISPOSAL_FUND"), held(key, "311", "FUND"), held(key, "102")) == (0, 0, 0)
    again = used(key)
    assert [deed for deed, _lines in posted("proceeds_use", again)] == ["EARMARKED_SPENT", "FUND_SPENT"], (
        "what was given back of the gain is there to be used"
    )


@pytest.mark.usefixtures("app")
def test_only_what_counts_is_undone_and_only_what_was_asked_for() -> None:
    key = account()
    waiting = entered(key)
    with pytest.raises(NotConfirmed):
        undoing(waiting)
    confirm(waiting)
    with pytest.raises(NotUndoing):
        undone(waiting)
    with pytest.raises(ReasonMissing):
        undoing(waiting, "  ")
    undoing(waiting)
    undone(waiting)
    with pytest.raises(NotUndoing):
        undone(waiting, "township_supervisor")


@pytest.mark.usefixtures("app")
def test_an_undoing_that_is_refused_leaves_the_use_as_it_was() -> None:
    key = account()
    use_id = used(key)
    undoing(use_id)
    with pytest.raises(SamePerson):
        keep(use_id, by=CLERK)
    keep(use_id)
    assert (use_of(use_id).state, use_of(use_id).undo_reason, read(key).used_fen) == (UseStatus.CONFIRMED, "", 600_000)
    assert actions(use_id)[-2:] == ["PROCEEDS_UNDO_ASKED", "PROCEEDS_UNDO_REFUSED"]


# ---- The term


@pytest.mark.usefixtures("app")
def test_the_term_follows_the_oldest_money_that_waits_and_comes_back_when_a_use_is_undone() -> None:
    key = account(paid_on=date(2026, 1, 15))
    received(key, 1_500_000, date(2026, 11, 20))
    assert read(key).use_by == date(2027, 1, 15)
    use_id = used(key, amount_fen=PAID)
    assert read(key).use_by == date(2027, 11, 20)
    undoing(use_id)
    undone(use_id)
    assert read(key).use_by == date(2027, 1, 15)


# ---- Two at once


def test_of_two_who_confirm_at_once_one_counts(any_app: Flask) -> None:
    key = account()
    use_id = entered(key)
    found = at_once(any_app, [(use_id, HEAD), (use_id, "township_supervisor")])
    assert sorted(found) == ["Answered", "done"]
    assert read(key).used_fen == 600_000
    assert len(posted("proceeds_use", use_id)) == 1


def test_of_two_uses_confirmed_at_once_that_together_exceed_the_balance_one_counts(any_app: Flask) -> None:
    key = account()
    first = entered(key, amount_fen=1_000_000)
    refuse(second := entered(key, amount_fen=500_000))
    assert use_of(second).state is UseStatus.REFUSED
    third = over(key, 1_000_000)
    found = at_once(any_app, [(first, HEAD), (third, "township_supervisor")])
    assert sorted(found) == ["AboveBalance", "done"]
    assert read(key).used_fen == 1_000_000


def over(key: int, fen: int) -> int:
    """A use that was entered when more was there: the balance has fallen since."""
    with transaction(VILLAGE):
        one = read(key)
        one.received_fen += fen
        record(Action.PROCEEDS_RECEIVED, one, by=person(HEAD))
    use_id = entered(key, amount_fen=fen)
    with transaction(VILLAGE):
        one = read(key)
        one.received_fen -= fen
        record(Action.PROCEEDS_RECEIVED, one, by=person(HEAD))
    return use_id


def at_once(app: Flask, wishes: list[tuple[int, str]]) -> list[str]:
    """Let several persons confirm at the same moment; what each was told."""
    start, told = threading.Barrier(len(wishes)), []

    def run(use_id: int, username: str) -> None:
        with app.app_context():
            start.wait()
            try:
                confirm(use_id, username)
                told.append("done")
            except RegistryError as error:
                told.append(type(error).__name__)
            finally:
                db.session.remove()

    db.session.remove()
    threads = [threading.Thread(target=run, args=wish) for wish in wishes]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return told


# ---- What the database refuses


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("confirmed_by_id = entered_by_id", "check"),
        ("undo_by_id = 1, undone_by_id = 1", "check"),
        ("document_no = '', meeting_id = NULL", "check"),
        ("purpose = 'NEW_ASSET', asset_id = NULL", "check"),
        ("amount_fen = 0", "stays as it was entered"),
        ("status = 'CONFIRMED', confirmed_at = NULL", "does not confirm it"),
    ],
)
def test_the_database_refuses_a_use_that_cannot_be(any_app: Flask, change: str, why: str) -> None:
    assert any_app
    use_id = entered(account())
    assert why in attacked(f"UPDATE proceeds_use SET {change} WHERE id = {use_id}").lower()
    assert attacked(f"UPDATE proceeds_use SET note = 'x' WHERE id = {use_id}") == "", "what can be is taken"
