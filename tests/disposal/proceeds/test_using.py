"""Money of a disposal is used again: by a decision, by two persons, never above the balance; undone by two again."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from registry.assets.register.projects.rules import ProjectFacts
from registry.assets.register.projects.services import add_project
from registry.assets.register.registration import OwnerFact
from registry.audit.models import TrailEvent
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
    NothingCarried,
    NotWatched,
    PaperMissing,
    ReasonMissing,
    SamePerson,
)
from registry.disposal.proceeds.using import keep_use, refuse_use
from registry.errors import Missing
from registry.kinds import OwnerKind
from registry.permissions import Permission, may
from tests.disposal.proceeds.making import (
    CLERK,
    HEAD,
    PAID,
    account,
    confirm,
    entered,
    met,
    posted,
    read,
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
