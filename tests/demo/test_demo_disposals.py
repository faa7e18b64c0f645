"""The disposals of the demo county: one at every level, every end, and what each of them left in register and books."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from registry.approvals.requests.queries import find_request
from registry.assets.register.cards.models import Asset
from registry.assets.register.registration import Stage
from registry.clock import today
from registry.database import db
from registry.demo.people import DEMO_PASSWORD, Staff
from registry.demo.tables import DEMO_TODAY
from registry.disposal.cases.models import DisposalCase, DisposalLine
from registry.disposal.cases.opening import TABLE
from registry.disposal.gates.kinds import Gate, Moment
from registry.disposal.gates.questions import blocking
from registry.disposal.kinds import DisposalStatus
from registry.disposal.prices.queries import find_price
from registry.disposal.procedure.kinds import NoteStatus
from registry.disposal.procedure.models import HouseholdDisposal
from registry.disposal.procedure.submitting import asked_now
from registry.disposal.proceeds.models import Proceeds
from registry.disposal.proceeds.queries import origins_of
from registry.ledger.books.entries import BookDeed, Source
from registry.ledger.books.queries import vouchers_of
from registry.ledger.books.soundness import unsound
from registry.policy.queries import policy_for
from tests.demo.conftest import opened

TOLD = max(today(), DEMO_TODAY)


@pytest.fixture(scope="module")
def county(loaded_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The loaded demo county, one copy for all who only look."""
    folder = tmp_path_factory.mktemp("disposals") / "demo"
    shutil.copytree(loaded_template, folder)
    with opened(folder) as app:
        yield app


def case_on(name: str) -> DisposalCase:
    """Return the case that disposes of an asset of this name."""
    rows = select(DisposalCase).join(DisposalLine, DisposalLine.case_id == DisposalCase.id)
    return db.session.scalars(rows.join(Asset, Asset.id == DisposalLine.asset_id).where(Asset.name == name)).one()


def asset_named(name: str) -> Asset:
    """Return an asset by name."""
    return db.session.scalars(select(Asset).where(Asset.name == name)).one()


def desk_of(case: DisposalCase) -> str:
    """Return what the request of a case waits for, or at whose desk it lies."""
    request = find_request(TABLE, str(case.id))
    assert request is not None
    return request.step_kind if request.step_kind in {"MEETING", "NOTICE"} else request.desk_role


@pytest.mark.parametrize(
    ("name", "desk"),
    [
        ("光明村村民活动室", "MEETING"),
        ("建峰村核桃林", "NOTICE"),
        ("坪坝村旧割草机组", "TOWNSHIP_SUPERVISOR"),
        ("全兴村旧茶叶杀青机组", "COUNTY_AGRICULTURE"),
        ("大风堡村旧黄连收购站房", "COUNTY_GOVERNMENT"),
        ("建峰村旧制冷机组（一号）", "VILLAGE_SUPERVISORY_COMMITTEE"),
    ],
)
def test_a_case_lies_at_every_level(county: Flask, name: str, desk: str) -> None:
    assert (case_on(name).state, desk_of(case_on(name))) == (DisposalStatus.SUBMITTED, desk)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("卧龙村服装帮扶车间", DisposalStatus.DRAFT),
        ("石坝组垃圾分类收集点", DisposalStatus.DRAFT),
        ("盘龙村旧粮食烘干机", DisposalStatus.CALLED_IN),
        ("龙河村旧三轮运输车（2辆）", DisposalStatus.APPROVED),
        ("光明村旧黄连烘干炉", DisposalStatus.SUSPENDED),
        ("坪坝村旧蜂蜜过滤机组", DisposalStatus.APPROVED),
        ("华溪村旧莼菜杀青机组", DisposalStatus.DONE),
        ("光明村旧拖拉机", DisposalStatus.DONE),
        ("盐井村旧辣椒打粉机", DisposalStatus.DONE),
    ],
)
def test_cases_stand_at_every_stage(county: Flask, name: str, status: DisposalStatus) -> None:
    assert case_on(name).state is status


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("龙河村旧三轮运输车（2辆）", ""),
        ("光明村旧黄连烘干炉", "SUSPENDED"),
        ("华溪村旧厢式货车", "WAITING"),
        ("坪坝村旧蜂蜜过滤机组", "ACCEPTED"),
    ],
)
def test_prices_end_in_every_way(county: Flask, name: str, verdict: str) -> None:
    price = find_price(case_on(name).id)
    assert (price.verdict if price else "") == verdict
    if verdict == "WAITING":
        assert price is not None
        assert find_request("disposal_price", str(price.id)) is not None


def test_what_is_cleared_is_stopped_by_no_gate_but_the_split_lot_is(county: Flask) -> None:
    def stopped(name: str, moment: Moment) -> list[Gate]:
        case = case_on(name)
        _found, asked = asked_now(case, moment, on=TOLD, policy=policy_for(case.region_code, TOLD))
        return [one.gate for one in blocking(asked)]

    assert stopped("坪坝村旧蜂蜜过滤机组", Moment.EXECUTE) == []
    assert stopped("建峰村旧制冷机组（一号）", Moment.DECIDE) == [Gate.SPLIT]
    assert stopped("建峰村旧制冷机组（二号）", Moment.DECIDE) == []
    assert case_on("建峰村旧制冷机组（二号）").route_key == "DISPOSAL.COLLECTIVE.2"


def test_cards_that_were_disposed_of_are_closed_and_no_others(county: Flask) -> None:
    closed = select(Asset.name).where(Asset.stage == Stage.DISPOSED.value)
    assert set(db.session.scalars(closed)) == {
        "华溪村旧莼菜杀青机组", "光明村旧拖拉机", "盐井村旧辣椒打粉机", "廖成珍户玉米脱粒机",
    }  # fmt: skip


def test_money_used_again_leads_back_and_money_that_waits_too_long_is_overdue(county: Flask) -> None:
    [origin] = origins_of(asset_named("莼菜真空包装机"), Staff().named("village_clerk"))
    assert (origin.use.amount_fen, [name for _number, name in origin.sold]) == (2_000_000, ["华溪村旧莼菜杀青机组"])
    assert (origin.account.received_fen, origin.account.balance_fen) == (3_100_000, 3_100_000 - 62_000 - 2_000_000)
    late = db.session.scalars(select(Proceeds).where(Proceeds.case_id == case_on("光明村旧拖拉机").id)).one()
    assert (late.balance_fen, late.use_by < TOLD) == (1_260_000 - 30_000, True)


def test_the_sudden_loss_is_in_the_books_before_it_is_decided_on(county: Flask) -> None:
    case = case_on("石坝组垃圾分类收集点")
    assert (case.is_sudden, case.decide_by is not None) == (True, True)
    assert case.decide_by is None or case.decide_by > TOLD
    assert [one.about for one in vouchers_of(Source(TABLE, case.id))][-1] is BookDeed.LOSS_FOUND


def test_households_acts_are_recorded_and_one_waits_for_its_second_person(county: Flask) -> None:
    notes = list(db.session.scalars(select(HouseholdDisposal)))
    assert {note.state for note in notes} == {NoteStatus.CONFIRMED, NoteStatus.WAITING}
    assert all(note.confirmed_by_id != note.entered_by_id for note in notes)


def test_the_books_are_sound_after_all_of_it(county: Flask) -> None:
    assert unsound() == []


@pytest.mark.parametrize("username", ["village_clerk", "township_supervisor", "county_government", "auditor"])
def test_pages_of_disposals_open(county: Flask, username: str) -> None:
    client = county.test_client()
    client.post("/login", data={"username": username, "password": DEMO_PASSWORD})
    pages = ["/disposals", "/proceeds", f"/disposals/{case_on('华溪村旧厢式货车').id}"]
    assert [client.get(path).status_code for path in pages] == [200, 200, 200]
