"""Where differences lead, what a report needs before it is made, and that nothing moves after closing."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from registry.assets.custody.faults.models import Fault
from registry.assets.register.amendments.models import Correction
from registry.assets.register.amendments.services import refuse_correction
from registry.assets.register.cards.models import Asset
from registry.clock import today
from registry.database import db, transaction
from registry.disposal.cases.models import DisposalCase
from registry.errors import Forbidden
from registry.supervision.stocktaking import refusals
from registry.supervision.stocktaking.counting import add_surplus
from registry.supervision.stocktaking.fates import fates_of
from registry.supervision.stocktaking.progress import tally_categories
from registry.supervision.stocktaking.queries import get_campaign, get_sheet
from registry.supervision.stocktaking.reporting import receive_sheet, result_table, return_report
from registry.supervision.stocktaking.rules import CampaignKind, Count, Outcome, SheetStatus, Surplus, Way
from registry.supervision.stocktaking.services import close_campaign
from registry.supervision.stocktaking.settling import Settlement
from tests.factories import COUNTY, VILLAGE, confirmed, person
from tests.supervision.stocktaking.taking import (
    assets,
    confirmed_by,
    confirmed_sheet,
    counted,
    differences,
    hung,
    lines_of,
    marked,
    opened,
    reported,
    resolved,
    settled,
    sheet_of,
    submitted,
)

K, W = Outcome, Way


def only(sheet_id: int) -> int:
    """The one difference of a sheet."""
    (one,) = differences(sheet_id)
    return one.id


def test_what_is_missing_becomes_a_case_of_loss_with_the_count_as_ground(any_app: Flask) -> None:
    sheet_id = confirmed_sheet(K.MISSING)
    settled(only(sheet_id), Settlement(W.DISPOSAL, "多方查找无下落"))
    case, (one,) = db.session.scalars(select(DisposalCase)).one(), differences(sheet_id)
    assert (case.kind, case.ground, case.source_table, case.source_id) == (
        "LOSS", "BAD_DEBT", "stock_difference", one.id
    )  # fmt: skip
    assert (one.state, one.way, one.disposal_case_id) == ("HANDED_ON", "DISPOSAL", case.id)
    assert one.settled_by_text.endswith("Village Clerk")
    assert {asset.stage for asset in db.session.scalars(select(Asset))} == {"CONFIRMED"}


def test_what_is_damaged_is_scrapped_or_repaired(app: Flask) -> None:
    sheet_id = confirmed_sheet(K.DAMAGED, K.DAMAGED)
    first, second = (one.id for one in differences(sheet_id))
    settled(first, Settlement(W.DISPOSAL, "没有维修价值"))
    settled(second, Settlement(W.REPAIR, "可以修"))
    assert db.session.scalars(select(DisposalCase)).one().kind == "SCRAP"
    fault = db.session.scalars(select(Fault)).one()
    assert (fault.description, fault.id) == ("现场所见", differences(sheet_id)[1].fault_id)


def test_what_is_idle_is_corrected_at_once_with_the_reason(app: Flask) -> None:
    sheet_id = confirmed_sheet(K.IDLE)
    settled(only(sheet_id), Settlement(W.CORRECTION, "合作社停产"))
    (one,) = differences(sheet_id)
    assert (one.state, one.line.asset_no) == ("SETTLED", db.session.get_one(Asset, one.line.asset_id).asset_no)
    assert db.session.get_one(Asset, one.line.asset_id).use_status == "IDLE"


def test_another_quantity_waits_for_the_level_above_and_a_refusal_opens_the_difference_again(any_app: Flask) -> None:
    assets("路")
    sheet = sheet_of(opened())
    marked(lines_of(sheet)[0].id, Count(K.FOUND, 500, "只剩半座"))
    submitted(sheet.id)
    confirmed_by(sheet.id, person("village_head"))
    settled(only(sheet.id), Settlement(W.CORRECTION, "实测"))
    (one,) = differences(sheet.id)
    assert one.state == "HANDED_ON"
    assert db.session.get_one(Asset, one.line.asset_id).quantity_milli == 1000
    with pytest.raises(refusals.AlreadySettled):
        settled(one.id, Settlement(W.EXPLAINED, "算错了"))
    with transaction(VILLAGE):
        correction = db.session.scalars(select(Correction)).one()
        asset = db.session.get_one(Asset, correction.asset_id)
        refuse_correction(correction, asset, "请复核", by=person("township_supervisor"))
    (one,) = differences(sheet.id)
    assert fates_of([one])[one.id].failed
    settled(one.id, Settlement(W.EXPLAINED, "原登记按两间计，实为一座"))
    (one,) = differences(sheet.id)
    assert (one.state, one.way, one.correction_id) == ("SETTLED", "EXPLAINED", None)


def test_an_unclear_owner_becomes_a_dispute_by_whoever_registers_title(app: Flask) -> None:
    sheet_id = confirmed_sheet(K.OWNER_UNCLEAR)
    said = Settlement(W.TITLE, "两村都说是自己的", holder="盐井村")
    with pytest.raises(Forbidden):
        settled(only(sheet_id), said)
    settled(only(sheet_id), said, "township_clerk")
    (one,) = differences(sheet_id)
    assert (one.state, one.encumbrance_id is not None) == ("HANDED_ON", True)
    assert db.session.get_one(Asset, one.line.asset_id).title_status == "DISPUTED"


def test_a_value_to_be_determined_is_led_to_a_change_somebody_asked_for(app: Flask) -> None:
    sheet_id = confirmed_sheet(K.VALUE_PENDING)
    with pytest.raises(refusals.NoCorrectionFound):
        settled(only(sheet_id), Settlement(W.CORRECTION, "已委托评估"))
    settled(only(sheet_id), Settlement(W.EXPLAINED, "待评估后另办"))


def test_a_surplus_becomes_a_card_that_was_entered_since(app: Flask) -> None:
    (old,) = assets("路")
    sheet = sheet_of(opened())
    by, sheet_id = person("village_clerk"), sheet.id
    with transaction(VILLAGE):
        add_surplus(get_sheet(sheet_id, by), Surplus("水泵", note="库房里"), by=by)
    marked(lines_of(get_sheet(sheet_id, by))[0].id)
    submitted(sheet_id)
    confirmed_by(sheet_id, person("village_head"))
    with pytest.raises(refusals.NotThisCard):
        settled(only(sheet_id), Settlement(W.REGISTRATION, "补登记", asset_no=old.asset_no))
    new = confirmed(name="水泵")
    settled(only(sheet_id), Settlement(W.REGISTRATION, "补登记", asset_no=new.asset_no))
    (one,) = differences(sheet_id)
    assert (one.state, one.asset_id) == ("SETTLED", new.id)


def test_nothing_is_settled_before_the_second_person_has_confirmed_or_after_the_report(app: Flask) -> None:
    sheet_id = confirmed_sheet()
    hung(sheet_id)
    resolved(sheet_id)
    reported(sheet_id)
    assert get_sheet(sheet_id, person("village_clerk")).state is SheetStatus.REPORTED


def test_a_report_waits_for_differences_notice_and_meeting(any_app: Flask) -> None:
    sheet_id = confirmed_sheet(K.IDLE)
    with pytest.raises(refusals.DifferencesOpen) as told:
        reported(sheet_id)
    assert [type(one) for one in told.value.all] == [
        refusals.DifferencesOpen, refusals.NotHung, refusals.NotResolved
    ]  # fmt: skip
    settled(only(sheet_id), Settlement(W.EXPLAINED, "下季复产"))
    hung(sheet_id, since=today() - timedelta(days=2))
    resolved(sheet_id)
    with pytest.raises(refusals.NotHung):
        reported(sheet_id)


def test_a_county_receives_and_closes_and_then_nothing_moves(any_app: Flask) -> None:
    sheet_id = confirmed_sheet(K.IDLE)
    settled(only(sheet_id), Settlement(W.EXPLAINED, "下季复产"))
    hung(sheet_id)
    resolved(sheet_id)
    reported(sheet_id)
    head, above, county = person("village_head"), person("township_supervisor"), person("county_agriculture")
    with pytest.raises(refusals.OwnConfirmation), transaction(VILLAGE):
        receive_sheet(get_sheet(sheet_id, head), "", by=head)
    with transaction(VILLAGE):
        return_report(get_sheet(sheet_id, above), "公示照片看不清", by=above)
    reported(sheet_id)
    with transaction(VILLAGE):
        receive_sheet(get_sheet(sheet_id, above), "收到", by=above)
    campaign_id = get_sheet(sheet_id, county).campaign_id
    with transaction(COUNTY):
        close_campaign(get_campaign(campaign_id, county), "", by=county)
    closed = get_campaign(campaign_id, county)
    assert (closed.status, closed.left_out, closed.closed_by_id) == ("CLOSED", "", county.id)
    with pytest.raises(refusals.CampaignClosed):
        marked(lines_of(get_sheet(sheet_id, county))[0].id)
    with pytest.raises(refusals.CampaignClosed), transaction(COUNTY):
        close_campaign(get_campaign(campaign_id, county), "", by=county)


def test_a_county_that_closes_early_names_who_is_missing_and_why(app: Flask) -> None:
    sheet_id = confirmed_sheet()
    by = person("county_clerk")
    campaign_id = get_sheet(sheet_id, by).campaign_id
    with pytest.raises(refusals.SheetsMissing), transaction(COUNTY):
        close_campaign(get_campaign(campaign_id, by), " ", by=by)
    with transaction(COUNTY):
        close_campaign(get_campaign(campaign_id, by), "村委会换届，另行组织", by=by)
    assert get_campaign(campaign_id, by).left_out == "华溪村"


def test_a_count_as_of_a_day_is_not_reported_before_it(app: Flask) -> None:
    assets("路")
    campaign_id = opened(CampaignKind.YEARLY)
    sheet = sheet_of(campaign_id)
    assert sheet.campaign.cutoff_on == date(today().year, 12, 31)
    counted(sheet)
    submitted(sheet.id)
    confirmed_by(sheet.id, person("village_head"))
    hung(sheet.id)
    resolved(sheet.id)
    with pytest.raises(refusals.BeforeCutOff):
        reported(sheet.id)


def test_the_notice_lists_what_was_found_by_category(app: Flask) -> None:
    sheet_id = confirmed_sheet(K.MISSING)
    by = person("village_clerk")
    sheet = get_sheet(sheet_id, by)
    table = result_table(tally_categories(sheet.campaign_id, by, sheet_id=sheet.id))
    assert table.rows == (
        ("经营性资产", "3", "3,859,200.00", "2", "1", "0", "0", "0", "0", "0"),
        ("合计", "3", "3,859,200.00", "2", "1", "0", "0", "0", "0", "0"),
    )
