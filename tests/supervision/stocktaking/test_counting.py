"""Lists frozen, marks kept, the second person: what a count leaves behind and what it must not touch."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.assets.register.amendments.services import ask_correction
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.readback import registration_of
from registry.assets.register.registration import OwnerFact, PartialDate
from registry.audit.actions import Action
from registry.audit.models import TrailEvent
from registry.audit.services import record
from registry.clock import now, today
from registry.database import db, transaction
from registry.errors import Missing
from registry.kinds import Category, OwnerKind
from registry.supervision.stocktaking import refusals
from registry.supervision.stocktaking.counting import add_surplus, count_line, send_back
from registry.supervision.stocktaking.models import StockDifference, StockMark
from registry.supervision.stocktaking.queries import LineFilter, get_line, get_sheet, list_lines, list_marks
from registry.supervision.stocktaking.rules import CampaignKind, Count, CountWay, Outcome, SheetStatus, Surplus
from registry.supervision.stocktaking.services import bring_up
from tests.factories import SIBLING_VILLAGE, TODAY, VILLAGE, confirmed, entered, person
from tests.supervision.stocktaking.taking import (
    assets,
    campaign,
    confirmed_by,
    counted,
    differences,
    lines_of,
    marked,
    opened,
    sheet_of,
    submitted,
)


def test_a_list_holds_what_the_register_held_and_nothing_else(any_app: Flask) -> None:
    assets()
    entered(name="还没有确认的")
    household = OwnerFact(OwnerKind.HOUSEHOLD, "谭正国")
    confirmed(name="猪", category=Category.HOUSEHOLD, subtype="HOUSEHOLD_STOCK", owners=(household,))
    sheet = sheet_of(opened())
    lines = lines_of(sheet)
    assert [one.name for one in lines] == ["中益冷链仓库", "产业路", "人饮工程"]
    first = lines[0]
    assert (first.quantity_milli, first.unit, first.value_fen) == (1000, "座", 128_640_000)
    assert (first.owner_text, first.outcome, first.is_different) == ("华溪村股份经济合作社", "", False)


def test_a_frozen_list_does_not_follow_the_card(app: Flask) -> None:
    (asset,) = assets("产业路")
    line_id = lines_of(sheet_of(opened()))[0].id
    with transaction(VILLAGE):
        card = db.session.get_one(Asset, asset.id)
        said = replace(registration_of(card), name="改了名的路")
        ask_correction(card, said, reason="笔误", by=person("village_clerk"), on=today())
    assert get_line(line_id, person("village_clerk")).name == "产业路"
    assert db.session.get_one(Asset, asset.id).name == "改了名的路"


def test_a_list_of_last_year_holds_the_assets_formed_by_then(app: Flask) -> None:
    assets("老路")
    confirmed(name="今年的路", acquired=PartialDate(date(2026, 3, 1)))
    sheet = sheet_of(opened(CampaignKind.YEARLY, 2025))
    assert [one.name for one in lines_of(sheet)] == ["老路"]
    assert sheet.listed_on == date(2025, 12, 31)


def test_a_county_counts_once_at_a_time_and_a_year_once(app: Flask) -> None:
    assets("路")
    opened(CampaignKind.YEARLY, 2025)
    with pytest.raises(refusals.CampaignRunning):
        opened()


def test_there_is_nothing_to_count_where_nothing_is_held(app: Flask) -> None:
    with pytest.raises(refusals.NothingHeld):
        opened()


def test_of_two_marks_the_newer_counts_and_the_older_stays(any_app: Flask) -> None:
    assets("路")
    line_id = lines_of(sheet_of(opened()))[0].id
    marked(line_id, Outcome.MISSING)
    marked(line_id, Outcome.FOUND, "township_clerk")
    line = get_line(line_id, person("village_clerk"))
    assert (line.outcome, line.is_different, line.note) == ("FOUND", False, "")
    assert line.counted_by_text.endswith("Township Clerk")
    marks = list_marks([line_id])
    assert [(one.outcome, one.by_text.split()[-2]) for one in marks] == [("FOUND", "Township"), ("MISSING", "Village")]


def test_a_mark_that_waited_for_the_link_does_not_undo_one_counted_after_it(app: Flask) -> None:
    assets("路")
    campaign_id = opened()
    line_id = lines_of(sheet_of(campaign_id))[0].id
    tapped = campaign(campaign_id).opened_at
    marked(line_id, Outcome.IDLE, "township_clerk")
    marked(line_id, Count(Outcome.FOUND, tapped_at=tapped))
    line = get_line(line_id, person("village_clerk"))
    assert line.outcome == "IDLE"
    assert [one.outcome for one in list_marks([line_id])] == ["IDLE", "FOUND"]


def test_a_phone_with_a_wrong_clock_counts_from_now(app: Flask) -> None:
    assets("路")
    line_id = lines_of(sheet_of(opened()))[0].id
    marked(line_id, Count(Outcome.FOUND, tapped_at=now() + timedelta(days=1), way=CountWay.SCAN))
    (mark,) = list_marks([line_id])
    assert mark.counted_at <= now()
    assert mark.came_by is CountWay.SCAN


def test_every_mark_is_an_event_of_the_line(app: Flask) -> None:
    assets("路")
    line_id = lines_of(sheet_of(opened()))[0].id
    marked(line_id, Outcome.MISSING)
    marked(line_id)
    rows = select(func.count()).where(TrailEvent.action == "STOCKTAKE_COUNTED", TrailEvent.thing_id == str(line_id))
    assert db.session.scalar(rows) == 2


def test_what_is_on_no_list_becomes_a_line_of_its_own(app: Flask) -> None:
    assets("路")
    sheet_id, by = sheet_of(opened()).id, person("village_clerk")
    with transaction(VILLAGE):
        found = Surplus("水泵", "PUBLIC_WELFARE", 2000, "台", "库房", "前年扶贫项目剩下的")
        add_surplus(get_sheet(sheet_id, by), found, by=by)
    line = lines_of(get_sheet(sheet_id, by))[-1]
    assert (line.asset_id, line.outcome, line.counted_milli, line.is_different) == (None, "UNEXPECTED", 2000, True)
    assert db.session.scalar(select(func.count()).select_from(Asset)) == 1


def test_a_sheet_is_submitted_whole(app: Flask) -> None:
    assets()
    sheet = sheet_of(opened())
    marked(lines_of(sheet)[0].id)
    with pytest.raises(refusals.Uncounted, match="2"):
        submitted(sheet.id)


@pytest.mark.parametrize("username", ["village_clerk", "township_clerk"])
def test_nobody_who_counted_confirms(app: Flask, username: str) -> None:
    assets("路", "桥")
    sheet = sheet_of(opened())
    first, second = (one.id for one in lines_of(sheet))
    marked(first)
    marked(second, username="township_clerk")
    submitted(sheet.id)
    with pytest.raises(refusals.OwnCount):
        confirmed_by(sheet.id, person(username))
    confirmed_by(sheet.id, person("village_head"))
    assert get_sheet(sheet.id, person("village_head")).state is SheetStatus.CONFIRMED


def test_confirming_makes_a_difference_of_everything_that_is_not_as_the_books_say(any_app: Flask) -> None:
    assets("路", "桥", "井", "渠")
    sheet = sheet_of(opened())
    counted(sheet, Outcome.FOUND, Outcome.MISSING, Outcome.DAMAGED)
    marked(lines_of(sheet)[3].id, Count(Outcome.FOUND, 500, "只剩半座"))
    submitted(sheet.id)
    confirmed_by(sheet.id, person("village_head"))
    assert [(one.outcome, one.state, one.line.name) for one in differences(sheet.id)] == [
        ("MISSING", "OPEN", "桥"),
        ("DAMAGED", "OPEN", "井"),
        ("FOUND", "OPEN", "渠"),
    ]
    assert {one.stage for one in db.session.scalars(select(Asset))} == {"CONFIRMED"}


def test_a_sheet_sent_back_is_counted_again_and_its_differences_are_gone(app: Flask) -> None:
    assets("路")
    sheet_id, head = sheet_of(opened()).id, person("village_head")
    counted(sheet_of_id(sheet_id), Outcome.MISSING)
    submitted(sheet_id)
    with pytest.raises(refusals.OpinionMissing), transaction(VILLAGE):
        send_back(get_sheet(sheet_id, head), " ", by=head)
    confirmed_by(sheet_id, head)
    with transaction(VILLAGE):
        send_back(get_sheet(sheet_id, head), "再找一遍", by=head)
    assert differences(sheet_id) == []
    counted(sheet_of_id(sheet_id))
    assert db.session.scalar(select(func.count()).select_from(StockMark)) == 2
    submitted(sheet_id)
    confirmed_by(sheet_id, head)
    assert db.session.scalar(select(func.count()).select_from(StockDifference)) == 0


def sheet_of_id(sheet_id: int):  # type: ignore[no-untyped-def]
    return get_sheet(sheet_id, person("village_head"))


def test_after_submitting_nothing_is_counted(app: Flask) -> None:
    assets("路")
    sheet = sheet_of(opened())
    counted(sheet)
    submitted(sheet.id)
    with pytest.raises(refusals.NotCounting):
        marked(lines_of(sheet)[0].id)


def test_a_custodian_counts_the_assets_in_their_care_and_sees_no_other(app: Flask) -> None:
    from tests.assets.custody.keeping import accepted, road

    kept = road()
    accepted(kept)
    assets("别的路")
    sheet, keeper = sheet_of(opened()), person("custodian")
    seen = list_lines(LineFilter(sheet.campaign_id, sheet.id), keeper)
    assert [one.asset_no for one in seen] == [kept.asset_no]
    marked(seen[0].id, username="custodian")
    other = next(one.id for one in lines_of(sheet) if one.asset_no != kept.asset_no)
    with pytest.raises(Missing):
        marked(other, username="custodian")


def test_a_village_does_not_count_anothers_assets(app: Flask) -> None:
    assets("路")
    line_id = lines_of(sheet_of(opened()))[0].id
    with pytest.raises(Missing):
        marked(line_id, username="sibling_clerk")
    assert SIBLING_VILLAGE != VILLAGE


def test_what_is_formed_between_list_and_cut_off_is_brought_up(app: Flask) -> None:
    assets("路")
    sheet_id, by = sheet_of(opened(CampaignKind.YEARLY)).id, person("village_clerk")
    with transaction(VILLAGE):
        # The list was made a month ago, before the cut-off.
        get_sheet(sheet_id, by).listed_on = TODAY - timedelta(days=30)
        record(Action.STOCKTAKE_LISTED, get_sheet(sheet_id, by), by=by)
    confirmed(name="刚建成的渠", acquired=PartialDate(TODAY), in_use_on=None)
    counted(get_sheet(sheet_id, by))
    with pytest.raises(refusals.ListBehind):
        submitted(sheet_id)
    with transaction(VILLAGE):
        assert bring_up(get_sheet(sheet_id, by), by=by, on=today()) == 1
    assert [one.name for one in lines_of(get_sheet(sheet_id, by))] == ["路", "刚建成的渠"]


def test_marks_of_a_photo_keep_it(app: Flask) -> None:
    from registry.evidence.queries import list_attachments
    from tests.approvals.notices.boards import kept

    assets("路")
    line_id, by = lines_of(sheet_of(opened()))[0].id, person("village_clerk")
    with pytest.raises(refusals.PhotoNeeded), transaction(VILLAGE):
        count_line(get_line(line_id, by), Count(Outcome.DAMAGED, None, "塌了"), by=by)
    mark_id = marked(line_id, Outcome.DAMAGED, files=[kept()])
    assert len(list_attachments("stock_mark", str(mark_id))) == 1
