"""A count in the making: campaign, sheet, marks, second person, notice, meeting, report."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from registry.approvals.meetings.facts import Item
from registry.approvals.meetings.kinds import Matter, MeetingKind
from registry.approvals.meetings.services import record_meeting
from registry.approvals.notices.services import add_first_photo, close_notice, post_notice
from registry.assets.register.cards.models import Asset
from registry.clock import today
from registry.database import db, transaction
from registry.evidence.services import KeptFile
from registry.permissions import Actor
from registry.policy.queries import policy_for
from registry.supervision.stocktaking.counting import confirm_sheet, count_line, submit_sheet
from registry.supervision.stocktaking.models import StockCampaign, StockDifference, StockLine, StockSheet
from registry.supervision.stocktaking.queries import get_difference, get_line, get_sheet
from registry.supervision.stocktaking.reporting import meeting_case, notice_case, report_sheet
from registry.supervision.stocktaking.rules import CampaignKind, Count, Opening, Outcome
from registry.supervision.stocktaking.services import open_campaign
from registry.supervision.stocktaking.settling import Settlement, settle
from tests.approvals.gatherings import ATTENDANCE, all_agree, told
from tests.approvals.notices.boards import kept, notice_facts
from tests.factories import COUNTY, VILLAGE, confirmed, person

NAMES = ("中益冷链仓库", "产业路", "人饮工程")


def assets(*names: str) -> list[Asset]:
    """Confirmed assets of the village, counted in pieces."""
    return [confirmed(name=name) for name in names or NAMES]


def opened(kind: CampaignKind = CampaignKind.SPECIAL, year: int | None = None) -> int:
    """A campaign of the county as of today; its id."""
    on = today()
    opening = Opening(COUNTY, kind, year or on.year, "石柱府办〔2026〕88号", on, on + timedelta(days=60))
    with transaction(COUNTY):
        return open_campaign(opening, by=person("county_clerk"), on=on, policy=policy_for(COUNTY, on)).id


def sheet_of(campaign_id: int, region: str = VILLAGE) -> StockSheet:
    """The sheet of a unit."""
    rows = select(StockSheet).where(StockSheet.campaign_id == campaign_id, StockSheet.region_code == region)
    return db.session.scalars(rows).one()


def lines_of(sheet: StockSheet) -> list[StockLine]:
    """The lines of a sheet."""
    rows = select(StockLine).where(StockLine.sheet_id == sheet.id).order_by(StockLine.id)
    return list(db.session.scalars(rows))


def marked(
    line_id: int,
    count: Count | Outcome = Outcome.FOUND,
    username: str = "village_clerk",
    files: Sequence[KeptFile] = (),
) -> int:
    """Mark a line; returns the mark."""
    by = person(username)
    said = count if isinstance(count, Count) else Count(count, note="" if count is Outcome.FOUND else "现场所见")
    with transaction(VILLAGE):
        return count_line(get_line(line_id, by), said, files, by=by).id


def counted(sheet: StockSheet, *outcomes: Outcome, username: str = "village_clerk") -> None:
    """Mark every line, found unless said otherwise in the order of the list."""
    ids = [one.id for one in lines_of(sheet)]
    for position, line_id in enumerate(ids):
        outcome = outcomes[position] if position < len(outcomes) else Outcome.FOUND
        marked(line_id, outcome, username, [kept()] if outcome is Outcome.DAMAGED else ())


def submitted(sheet_id: int) -> None:
    """Hand a sheet to the second person."""
    by = person("village_clerk")
    with transaction(VILLAGE):
        submit_sheet(get_sheet(sheet_id, by), by=by, on=today())


def confirmed_by(sheet_id: int, by: Actor) -> None:
    """Confirm a sheet."""
    with transaction(VILLAGE):
        confirm_sheet(get_sheet(sheet_id, by), "属实", by=by)


def confirmed_sheet(*outcomes: Outcome) -> int:
    """A sheet of three assets, counted as said and confirmed by the head of the village; its id."""
    assets()
    sheet = sheet_of(opened())
    sheet_id = sheet.id
    counted(sheet, *outcomes)
    submitted(sheet_id)
    confirmed_by(sheet_id, person("village_head"))
    return sheet_id


def differences(sheet_id: int) -> list[StockDifference]:
    """What was found otherwise, in the order of the list."""
    rows = select(StockDifference).where(StockDifference.sheet_id == sheet_id).order_by(StockDifference.line_id)
    return list(db.session.scalars(rows))


def settled(difference_id: int, settlement: Settlement, username: str = "village_clerk") -> None:
    """Lead a difference to what it becomes."""
    by, on = person(username), today()
    with transaction(VILLAGE):
        settle(get_difference(difference_id, by), settlement, by=by, on=on, policy=policy_for(VILLAGE, on))


def hung(sheet_id: int, since: date | None = None) -> None:
    """Publish the result so long ago that its days are over, and take it in."""
    by, on = person("village_clerk"), today()
    begun = since or on - timedelta(days=30)
    with transaction(VILLAGE):
        case = notice_case(get_sheet(sheet_id, by))
        notice = post_notice(notice_facts(case=case), by=by, on=begun, policy=policy_for(VILLAGE, begun))
        add_first_photo(notice, kept("white"), by=by, on=begun)
        if since is None:
            close_notice(notice, kept("green"), by=by, on=on)


def resolved(sheet_id: int) -> None:
    """Let the members' assembly confirm the result."""
    by, on = person("village_clerk"), today()
    with transaction(VILLAGE):
        case = meeting_case(get_sheet(sheet_id, by))
        vote = all_agree(ATTENDANCE[MeetingKind.MEMBERS])
        facts = told(items=(Item(Matter.STOCKTAKING, "确认清查结果", vote, case),))
        record_meeting(facts, by=by, on=on, policy=policy_for(VILLAGE, facts.held_on))


def reported(sheet_id: int) -> None:
    """Report a sheet to the township."""
    by = person("village_clerk")
    with transaction(VILLAGE):
        report_sheet(get_sheet(sheet_id, by), by=by, on=today())


def campaign(campaign_id: int) -> StockCampaign:
    """A campaign as it stands."""
    return db.session.get_one(StockCampaign, campaign_id)
