"""Disposals for tests: a case goes its whole route with the people of the test county.

Meeting, notice, committee, township, county, filing: each desk is served by whoever sits there, by the same functions
as the pages use. Everything ends on TODAY at the latest, so pages that read the clock find nothing that lies ahead.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select

from registry.approvals.meetings.facts import Attendance, Item, MeetingFacts, Vote
from registry.approvals.meetings.facts import Case as MeetingCase
from registry.approvals.meetings.kinds import Matter, MeetingKind
from registry.approvals.meetings.services import attach_papers, record_meeting, take_papers
from registry.approvals.notices.rules import Case as NoticeCase
from registry.approvals.notices.rules import NoticeFacts
from registry.approvals.notices.services import add_first_photo, close_notice, post_notice
from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.queries import CASE_TABLE, find_request
from registry.approvals.requests.services import Decision
from registry.approvals.requests.states import RequestStatus, Verdict
from registry.assets.register.cards.models import Asset
from registry.assets.register.registration import OwnerFact
from registry.audit.services import thing_of
from registry.database import db, transaction
from registry.disposal.cases.models import DisposalCase, DisposalLine
from registry.disposal.cases.opening import TABLE, Opening, Report, enter_report, open_case
from registry.disposal.cases.queries import list_lines
from registry.disposal.kinds import MEANINGS, DisposalKind, Ground, Pricing
from registry.disposal.procedure.submitting import submit_case
from registry.disposal.rules import CaseWords, Part, Recipient
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, attach
from registry.kinds import Category, OwnerKind
from registry.policy.queries import policy_for
from registry.policy.rules import Policy
from registry.regions import Level, level_of
from registry.workbench.deeds import finish, take
from registry.workbench.subjects import DECIDE
from tests.approvals.notices.boards import kept, photograph
from tests.factories import SIBLING_VILLAGE, TODAY, VILLAGE, confirmed, person
from tests.reports.printing import money

#: The days of the route, each late enough for what went before it and none after TODAY.
OPENED_ON = date(2026, 10, 12)
MEETING_ON = date(2026, 10, 24)
NOTIFIED_ON = date(2026, 10, 13)
POSTED_ON = date(2026, 10, 26)
TAKEN_IN_ON = date(2026, 11, 5)
DECIDED_FROM = date(2026, 11, 6)
PRICED_ON = date(2026, 11, 18)
EFFECTIVE_ON = date(2026, 11, 20)

COLLECTIVE = OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "华溪村股份经济合作社", credit_code="N2500235MF1234567T")
BUYER = Recipient(OwnerKind.ENTERPRISE, "石柱县山货贸易有限公司", "91110000600037341L")
PAPERS_OF_GROUND = {Ground.DISASTER: (EvidenceKind.PHOTO,), Ground.PLANNING: (EvidenceKind.APPROVAL,)}
#: Who asks, and who carries out, by level of the unit.
CLERKS = {Level.VILLAGE: "village_clerk", Level.TOWNSHIP: "township_clerk", Level.COUNTY: "county_clerk"}
HEADS = {Level.VILLAGE: "village_head", Level.TOWNSHIP: "township_supervisor", Level.COUNTY: "county_agriculture"}
#: A ground that carries each kind, where the first one of the table does not.
GROUNDS = {
    DisposalKind.LOSS: Ground.DISASTER,
    DisposalKind.SCRAP: Ground.LIFE_ENDED,
    DisposalKind.CONSUMED: Ground.CONSUMED,
    DisposalKind.MONEY_LOSS: Ground.BAD_DEBT,
    DisposalKind.DEBT_LOSS: Ground.BAD_DEBT,
    DisposalKind.EQUITY_EXIT: Ground.TERM_ENDED,
    DisposalKind.EQUITY_BUY_BACK: Ground.TERM_ENDED,
}


def clerk_of(region: str) -> str:
    """Who asks for a disposal of a unit's assets."""
    return "sibling_clerk" if region == SIBLING_VILLAGE else CLERKS[level_of(region)]


def head_of(region: str) -> str:
    """Who carries a disposal out: the second person of the unit."""
    return HEADS[level_of(region)]


def policy(region: str = VILLAGE, on: date = TODAY) -> Policy:
    """What is required of a unit."""
    return policy_for(region, on)


def machine(name: str = "烘干机", fen: int = 4_000_000, **changes: object) -> str:
    """Enter and confirm something movable of the village with title: 40,000 yuan, the lowest tier; its number."""
    facts = {"category": Category.OPERATING, "subtype": "MACHINERY", "unit": "台", "title_status": "CONFIRMED",
             "certificate_kind": "农村集体资产权属证书", "certificate_number": f"渝农权{name}", **changes}  # fmt: skip
    return confirmed(**{"name": name, "original_value_fen": fen, "funding": money(fen), **facts}).asset_no


def cold_store(name: str = "旧冷库", fen: int = 128_640_000, **changes: object) -> str:
    """Enter and confirm real estate of the village with title: the highest tier; its number."""
    return machine(name, fen, **{"subtype": "STORAGE", "unit": "座", **changes})


def asset_of(asset_no: str) -> Asset:
    """Read an asset anew."""
    return db.session.scalars(select(Asset).where(Asset.asset_no == asset_no)).one()


def case_of(case_id: int) -> DisposalCase:
    """Read a case anew."""
    return db.session.get_one(DisposalCase, case_id)


def lines_of(case_id: int) -> list[DisposalLine]:
    """Read the lines of a case anew."""
    return list_lines(case_id)


def request_of(case_id: int, table: str = TABLE) -> ApprovalRequest:
    """Read the newest request of a case, or of a price."""
    found = find_request(table, str(case_id))
    assert found is not None
    return found


def words(kind: DisposalKind = DisposalKind.SALE, **changes: object) -> CaseWords:
    """What is said of a case of a kind, complete."""
    meaning = MEANINGS[kind]
    ground = GROUNDS.get(kind) or (Ground.IDLE if Ground.IDLE in meaning.grounds else sorted(meaning.grounds)[0])
    said = CaseWords(
        kind, ground, f"{kind.label}烘干机", "设备闲置两年，无人承租，经现场核实确需处置。", EFFECTIVE_ON,
        recipient=BUYER if meaning.passes and meaning.pricing is not Pricing.OPENED else None,
        agreed_fen=3_000_000 if meaning.pricing is Pricing.AGREED else 0,
        share_bp=2_000 if kind is DisposalKind.IN_KIND else 0,
        exit_terms="期满由公司按账面价回购。" if meaning.is_exit or kind is DisposalKind.IN_KIND else "",
        use_of_proceeds="用于维修村内产业路" if meaning.has_proceeds else "",
    )  # fmt: skip
    return replace(said, **changes)  # type: ignore[arg-type]


def opened_case(
    kind: DisposalKind = DisposalKind.SALE,
    *numbers: str,
    parts: dict[str, Part] | None = None,
    report_fen: int | None = None,
    **said: object,
) -> int:
    """Open a case about these assets (a machine of its own if none is named), with all its papers; its id.

    ``report_fen``: what a report of appraisal says it is worth.
    """
    numbers = numbers or (machine(),)
    region = asset_of(numbers[0]).region_code
    about = words(kind, **said)
    with transaction(region):
        case = open_case(Opening(about, numbers, parts or {}), by=person(clerk_of(region)), on=OPENED_ON)
        case_id = case.id
    attach_all(case_id)
    if report_fen is not None:
        appraised(case_id, report_fen)
    return case_id


def attach_all(case_id: int) -> None:
    """Attach every paper that the kind and the ground of a case ask for."""
    case = case_of(case_id)
    kinds = dict.fromkeys((*case.meaning.papers, *PAPERS_OF_GROUND.get(case.why, ())))
    region, clerk = case.region_code, clerk_of(case.region_code)
    for number, kind in enumerate(kinds):
        file = kept(("red", "green", "blue")[number])
        with transaction(region):
            attach([file], Caption(kind), to=thing_of(case_of(case_id)), by=person(clerk))


def appraised(case_id: int, fen: int, **changes: object) -> None:
    """Enter a report of appraisal."""
    region = case_of(case_id).region_code
    report = replace(
        Report("重庆华信资产评估有限公司", f"渝华信评〔2026〕{case_id}号", ("李远", "周敏"), fen, OPENED_ON),
        **changes,  # type: ignore[arg-type]
    )
    file = kept("orange")
    with transaction(region):
        case, by = case_of(case_id), person(clerk_of(region))
        enter_report(case, report, [file], by=by, on=OPENED_ON, policy=policy(region, OPENED_ON))


def submitted_case(kind: DisposalKind = DisposalKind.SALE, *numbers: str, **said: object) -> int:
    """Open a case and submit it; its id. Takes what opened_case takes."""
    case_id = opened_case(kind, *numbers, **said)  # type: ignore[arg-type]
    submit(case_id)
    return case_id


def submit(case_id: int, on: date = OPENED_ON) -> ApprovalRequest:
    """Submit a case; its request."""
    region = case_of(case_id).region_code
    with transaction(region):
        submit_case(case_of(case_id), by=person(clerk_of(region)), on=on, policy=policy(region, on))
    return request_of(case_id)


def approved_case(kind: DisposalKind = DisposalKind.SALE, *numbers: str, **said: object) -> int:
    """Open a case, submit it and lead it over all its desks until it is cleared for execution; its id."""
    case_id = submitted_case(kind, *numbers, **said)
    lead(case_id)
    return case_id


def lead(case_id: int, table: str = TABLE, *, until: str = "") -> ApprovalRequest:
    """Lead a running request over its desks, one after the other; stop before a step of the kind or role named."""
    days = _days()
    while (found := request_of(case_id, table)).state is RequestStatus.OPEN:
        if until in {found.step_kind, found.desk_role}:
            break
        serve(found, next(days))
    return request_of(case_id, table)


def _days() -> Iterator[date]:
    day = DECIDED_FROM
    while True:
        yield day
        day = min(day + timedelta(days=1), PRICED_ON)


def serve(found: ApprovalRequest, on: date) -> None:
    """Let whoever sits at the desk that a request has reached do what it waits for."""
    if found.step_kind == "MEETING":
        meet(found)
    elif found.step_kind == "NOTICE":
        hang(found)
    else:
        say(found, Verdict.AGREE, found.desk_role.lower(), on)


def say(
    found: ApprovalRequest,
    verdict: Verdict,
    username: str,
    on: date = DECIDED_FROM,
    opinion: str = "",
    defect: str = "",
) -> None:
    """Let a person decide on a request as it stands, as the page does."""
    region, request_id = found.region_code, found.id
    said = Decision(verdict, opinion or f"{verdict.label}。", found.content_digest, found.version_id, defect)
    with transaction(region):
        take(db.session.get_one(ApprovalRequest, request_id), said, by=person(username), on=on)


def meet(found: ApprovalRequest, *, agreed: bool = True) -> None:
    """Hold the meeting that a request waits for, with everybody in favour or everybody against; the case moves on."""
    step = next(row for row in found.steps if row.status == "CURRENT")
    region, request_id, unit = found.region_code, found.id, step.seat_code
    item = Item(
        Matter.IMPORTANT_DISPOSAL, found.title, Vote(0, 0), MeetingCase(CASE_TABLE, str(found.id), found.content_digest)
    )  # fmt: skip
    facts = _meeting(unit, item, agreed=agreed)
    papers = take_papers([(photograph("yellow"), "会议记录.jpg")], [])
    clerk = clerk_of(unit)
    with transaction(region, unit):
        meeting = record_meeting(facts, by=person(clerk), on=MEETING_ON, policy=policy(unit, MEETING_ON))
        attach_papers(meeting, papers, by=person(clerk))
        if agreed:
            finish(db.session.get_one(ApprovalRequest, request_id), by=person(clerk), on=MEETING_ON)


def _meeting(unit: str, item: Item, *, agreed: bool) -> MeetingFacts:
    """Return the members' assembly of a village with 210 of 312 votes, or the leaders of another unit."""
    village = level_of(unit) is Level.VILLAGE
    there = Attendance(due=312, present=190, proxies=20) if village else Attendance(due=7, present=6)
    vote = Vote(there.attending) if agreed else Vote(0, there.attending)
    return MeetingFacts(
        unit, MeetingKind.MEMBERS if village else MeetingKind.UNIT, "华溪村股份经济合作社成员大会", MEETING_ON,
        NOTIFIED_ON, there, (replace(item, vote=vote),), place="会议室", chair="谭登周", recorder="马培清",
        party_studied_on=NOTIFIED_ON,
    )  # fmt: skip


def hang(found: ApprovalRequest, *, close: bool = True) -> int:
    """Put up the notice that a request waits for, let it hang its days, take it in; the case moves on. Its id."""
    step = next(row for row in found.steps if row.status == "CURRENT")
    region, request_id, unit = found.region_code, found.id, step.seat_code
    posting = DECIDE[found.about].posting(found)
    facts = NoticeFacts(
        kind=posting.kind, region_code=unit, title=posting.title, body=posting.body, place="村务公开栏",
        contact_name="陈书记", contact_phone="023-73301234", table=posting.table,
        case=NoticeCase(CASE_TABLE, str(found.id), found.content_digest), proposer_id=found.submitted_by_id,
        proposer_text=found.submitted_by_text,
    )  # fmt: skip
    first, last, clerk = kept("white"), kept("grey"), clerk_of(unit)
    with transaction(region, unit):
        notice = post_notice(facts, by=person(clerk), on=POSTED_ON, policy=policy(unit, POSTED_ON))
        add_first_photo(notice, first, by=person(clerk), on=POSTED_ON)
        if close:
            close_notice(notice, last, by=person(clerk), on=TAKEN_IN_ON)
            finish(db.session.get_one(ApprovalRequest, request_id), by=person(clerk), on=TAKEN_IN_ON)
        return notice.id
