"""What is recorded without a way through the levels: disposals of before go-live, and what households did."""

from datetime import date

import pytest
from flask import Flask

from registry.assets.register.lookup.queries import reach_of
from registry.assets.register.lookup.totals import kept_sums
from registry.database import db, transaction
from registry.disposal.cases.opening import Opening
from registry.disposal.kinds import DisposalKind, DisposalStatus, Ground
from registry.disposal.procedure.deed_queries import find_execution, list_notes_to_confirm, list_past_to_confirm
from registry.disposal.procedure.households import Told, confirm_act, note_act, refuse_act
from registry.disposal.procedure.kinds import HouseholdAct
from registry.disposal.procedure.models import HouseholdDisposal
from registry.disposal.procedure.past import PastDisposal, confirm_past, enter_past, refuse_past
from registry.disposal.procedure.refusals import (
    AlreadyNoted,
    DocumentMissing,
    NotAbove,
    NotAHouseholds,
    NotPast,
    NotWaiting,
    OpinionMissing,
    OwnRecord,
    StatementMissing,
)
from registry.disposal.refusals import HouseholdsOwn
from registry.errors import RegistryError
from registry.kinds import Category
from registry.places.services import set_go_live
from tests.approvals.notices.boards import kept
from tests.disposal.execution.doing import accounts_of, sums_hold, vouchers
from tests.disposal.scenery import asset_of, case_of, machine, opened_case, words
from tests.factories import COUNTY, TODAY, VILLAGE, confirmed, person
from tests.reports.printing import HOUSEHOLD, money

THEN = date(2022, 6, 3)


def live(on: date = date(2026, 1, 1)) -> None:
    """The county went live on a day."""
    with transaction(COUNTY):
        set_go_live(COUNTY, on, basis="启用通知", by=person("county_clerk"))


def past(number: str, on: date = THEN, document: str = "观阁府〔2022〕31号", files: int = 1, fen: int = 0) -> int:
    """Enter a disposal of before go-live; the case's id."""
    about = words(DisposalKind.SCRAP, ground=Ground.LIFE_ENDED, effective_on=on, document_no=document)
    papers = [kept("tan")] * files
    with transaction(VILLAGE):
        facts = PastDisposal(Opening(about, (number,)), fen)
        return enter_past(facts, papers, by=person("village_clerk"), on=TODAY).id


def test_the_past_is_confirmed_by_the_level_above_and_books_nothing(any_app: Flask) -> None:
    live()
    number = machine()
    case_id = past(number, fen=120_000)
    assert asset_of(number).stage == "CONFIRMED"
    assert [one.id for one in list_past_to_confirm(person("township_supervisor"))] == [case_id]
    assert list_past_to_confirm(person("village_head")) == []
    with transaction(VILLAGE):
        confirm_past(case_of(case_id), "与档案一致", by=person("township_supervisor"), on=TODAY)
    case, row = case_of(case_id), find_execution(case_id)
    assert (case.state, case.is_legacy, case.done_on) == (DisposalStatus.DONE, True, TODAY)
    assert row is not None
    assert (row.effective_on, row.price_fen, row.paper_no) == (THEN, 120_000, "观阁府〔2022〕31号")
    assert (asset_of(number).stage, asset_of(number).closed_on) == ("DISPOSED", THEN)
    assert (vouchers(case_id), accounts_of(case_id)) == ([], [])
    assert sums_hold()


@pytest.mark.parametrize(
    ("who", "refusal"), [("village_clerk", OwnRecord), ("village_head", NotAbove), ("county_finance", NotAbove)]
)
def test_nobody_else_confirms_the_past(app: Flask, who: str, refusal: type[RegistryError]) -> None:
    live()
    number = machine()
    case_id = past(number)
    with pytest.raises(refusal), transaction(VILLAGE):
        confirm_past(case_of(case_id), "", by=person(who), on=TODAY)
    assert asset_of(number).stage == "CONFIRMED"


def test_the_past_ends_where_the_county_went_live(app: Flask) -> None:
    number = machine()
    with pytest.raises(NotPast):
        past(number)
    live()
    with pytest.raises(NotPast):
        past(number, on=date(2026, 1, 1))
    with pytest.raises(DocumentMissing):
        past(number, document="")
    with pytest.raises(DocumentMissing):
        past(number, files=0)


def test_a_past_without_proof_is_refused_with_a_reason_and_is_over(app: Flask) -> None:
    live()
    number = machine()
    case_id = past(number)
    with pytest.raises(OpinionMissing), transaction(VILLAGE):
        refuse_past(case_of(case_id), " ", by=person("township_supervisor"))
    with transaction(VILLAGE):
        refuse_past(case_of(case_id), "批文与资产不符", by=person("township_supervisor"))
    with pytest.raises(NotWaiting), transaction(VILLAGE):
        confirm_past(case_of(case_id), "", by=person("township_supervisor"), on=TODAY)
    assert (asset_of(number).stage, case_of(case_id).state) == ("CONFIRMED", DisposalStatus.REJECTED)


def pigs(name: str = "到户生猪") -> str:
    """Enter and confirm a household's asset; its number."""
    facts = {"category": Category.HOUSEHOLD, "subtype": "HOUSEHOLD_STOCK", "owners": (HOUSEHOLD,), "unit": "头"}
    return confirmed(name=name, original_value_fen=300_000, funding=money(300_000), **facts).asset_no


SOLD = Told(HouseholdAct.SOLD, date(2026, 11, 2), "两头猪卖给场镇屠宰点，收入归自己。")


def noted(number: str, told: Told = SOLD, files: int = 1) -> int:
    """Record what a household did; the record's id."""
    papers = [kept("linen")] * files
    with transaction(VILLAGE):
        return note_act(asset_of(number), told, papers, by=person("village_clerk"), on=TODAY).id


def note_of(note_id: int) -> HouseholdDisposal:
    return db.session.get_one(HouseholdDisposal, note_id)


def test_what_a_household_sold_is_recorded_and_confirmed_by_another_person(any_app: Flask) -> None:
    number, other = pigs(), pigs("另一户的猪")
    note_id = noted(number)
    assert asset_of(number).stage == "CONFIRMED"
    assert [row.id for row, _asset in list_notes_to_confirm(person("village_head"))] == [note_id]
    with pytest.raises(OwnRecord), transaction(VILLAGE):
        confirm_act(note_of(note_id), asset_of(number), "", by=person("village_clerk"))
    with transaction(VILLAGE):
        confirm_act(note_of(note_id), asset_of(number), "", by=person("village_head"))
    assert (asset_of(number).stage, asset_of(number).closed_on) == ("DISPOSED", date(2026, 11, 2))
    assert asset_of(other).stage == "CONFIRMED"
    sums = {row.stage: row.assets for row in kept_sums(reach_of(person("village_clerk"), VILLAGE))}
    assert sums["DISPOSED"] == sums["CONFIRMED"] == 1
    assert sums_hold()


def test_a_record_that_is_not_so_is_refused_and_the_pig_lives_on(app: Flask) -> None:
    number = pigs()
    note_id = noted(number)
    with pytest.raises(AlreadyNoted):
        noted(number)
    with transaction(VILLAGE):
        refuse_act(note_of(note_id), "猪还在圈里", by=person("village_head"))
    with pytest.raises(NotWaiting), transaction(VILLAGE):
        confirm_act(note_of(note_id), asset_of(number), "", by=person("village_head"))
    assert asset_of(number).stage == "CONFIRMED"
    assert noted(number) > note_id


def test_only_a_households_asset_is_noted_and_none_lies_in_a_collective_case(app: Flask) -> None:
    with pytest.raises(NotAHouseholds):
        noted(machine())
    with pytest.raises(StatementMissing):
        noted(pigs(), files=0)
    with pytest.raises(HouseholdsOwn):
        opened_case(DisposalKind.SCRAP, pigs("第三户的猪"))
