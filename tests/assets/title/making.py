"""Cases of title for tests: opened, filled in, agreed to by the right people."""

from dataclasses import replace
from datetime import date
from io import BytesIO

from PIL import Image
from sqlalchemy import select

from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.queries import find_request
from registry.approvals.requests.services import Decision, decide
from registry.approvals.requests.states import Verdict
from registry.assets.register.cards.models import Asset
from registry.assets.register.registration import OwnerFact
from registry.assets.title.cases.models import TitleCase, TitleLine
from registry.assets.title.cases.opening import Opening, open_case
from registry.assets.title.cases.queries import list_lines
from registry.assets.title.cases.services import CaseFacts, Found, decide_lines, set_papers
from registry.assets.title.cases.submitting import follow_request, submit_case
from registry.assets.title.documents import DocumentState, Paper, asked_for
from registry.assets.title.rules import CaseStatus, Condition, LineDecision, Verification
from registry.audit.actions import Action
from registry.audit.services import record, thing_of
from registry.clock import now
from registry.database import db, transaction
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, attach, take_in
from registry.kinds import Category, OwnerKind, TitleDeed
from registry.permissions import Actor
from registry.policy.queries import policy_for
from registry.policy.rules import Policy
from tests.approvals.requests.walking import bring_step
from tests.factories import TODAY, VILLAGE, confirmed, person
from tests.reports.printing import money

COLLECTIVE = OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "华溪村股份经济合作社", credit_code="N2500235MF1234567T")
MATCHES = Found(Verification.MATCHES, LineDecision.CONFIRMED, condition=Condition.GOOD)
#: Who agrees at each desk in tests, by role.
PEOPLE = {
    "VILLAGE_SUPERVISORY_COMMITTEE": "village_supervisory_committee",
    "VILLAGE_HEAD": "village_head",
    "TOWNSHIP_SUPERVISOR": "township_supervisor",
    "COUNTY_AGRICULTURE": "county_agriculture",
    "SECTOR_OFFICER": "sector_officer_2",
}


def policy() -> Policy:
    """What the village must do today."""
    return policy_for(VILLAGE, TODAY)


def asset_of(asset_no: str) -> Asset:
    """Read an asset anew."""
    return db.session.scalars(select(Asset).where(Asset.asset_no == asset_no)).one()


def storehouse(name: str = "一号仓", fen: int = 10_000_000, **changes: object) -> str:
    """Enter and confirm an operating asset of the village; its number."""
    return confirmed(name=name, original_value_fen=fen, funding=money(fen), **changes).asset_no


def road(name: str = "产业路", fen: int = 20_000_000, **changes: object) -> str:
    """Enter and confirm a public work of the agriculture sector, owned by the village; its number."""
    facts: dict[str, object] = {"category": Category.PUBLIC_WELFARE, "subtype": "ROAD", "unit": "公里",
                                "sector": "AGRICULTURE", **changes}  # fmt: skip
    return storehouse(name, fen, **facts)


def opened(*numbers: str, deed: TitleDeed = TitleDeed.FIRST_TITLE, by: str = "village_clerk", **facts: object) -> int:
    """Open a case; its id."""
    with transaction(VILLAGE):
        said = replace(CaseFacts(), **facts)  # type: ignore[arg-type]
        return open_case(Opening(deed, numbers, said), by=person(by), on=TODAY).id


def case_of(case_id: int) -> TitleCase:
    """Read a case anew."""
    return db.session.get_one(TitleCase, case_id)


def lines_of(case_id: int) -> list[TitleLine]:
    """Read the lines of a case."""
    return list_lines(case_id)


def fill_in(case_id: int, by: str = "village_clerk", found: Found = MATCHES) -> None:
    """Verify every line, take it in, and say that every paper is there; scans of what must be attached."""
    with transaction(VILLAGE):
        case = case_of(case_id)
        decide_lines(case, list_lines(case_id), found, by=person(by))
        asked = asked_for(case.kind, case.asset_category)
        set_papers(case, dict.fromkeys(asked, Paper(DocumentState.PRESENT)), by=person(by))
    kept = [take_in(picture(), "扫描件.png")]
    with transaction(VILLAGE):
        for kind in (EvidenceKind.SIGNATURE, EvidenceKind.APPROVAL):
            attach(kept, Caption(kind), to=thing_of(case_of(case_id)), by=person(by))


def picture() -> bytes:
    """A small picture, as if scanned."""
    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    return out.getvalue()


def submitted(case_id: int, by: str = "village_clerk") -> ApprovalRequest:
    """Submit a case; its request."""
    with transaction(VILLAGE):
        submit_case(case_of(case_id), by=person(by), on=TODAY, policy=policy())
    return request_of(case_id)


def request_of(case_id: int) -> ApprovalRequest:
    """Return the newest request of a case."""
    request = find_request("title_case", str(case_id))
    assert request is not None
    return request


def say(case_id: int, verdict: Verdict, username: str, opinion: str = "同意", defect: str = "") -> None:
    """Let a person decide at the desk the case has reached."""
    request = request_of(case_id)
    said = Decision(verdict, opinion, request.content_digest, request.version_id, defect)
    with transaction(VILLAGE):
        request = request_of(case_id)
        decide(request, said, by=person(username), on=TODAY, policy=policy())
        follow_request(request, by=person(username), on=TODAY, policy=policy())


def bring(case_id: int) -> None:
    """Take a meeting's or a notice's step as done, as their own features do once their question is answered."""
    with transaction(VILLAGE):
        request = request_of(case_id)
        bring_step(request)
        record(Action.REQUEST_RESUBMITTED, request, by=person("village_clerk"))
        follow_request(request, by=person("village_clerk"), on=TODAY, policy=policy())


def agreed(case_id: int) -> TitleCase:
    """Lead a submitted case over all its desks."""
    while case_of(case_id).state is CaseStatus.SUBMITTED:
        request = request_of(case_id)
        if request.step_kind in {"MEETING", "NOTICE"}:
            bring(case_id)
        else:
            say(case_id, Verdict.AGREE, PEOPLE[request.desk_role])
    return case_of(case_id)


def titled(*numbers: str, by: str = "village_clerk") -> int:
    """Take assets through first title until it is agreed to; the id of the case."""
    case_id = opened(*numbers, by=by)
    fill_in(case_id, by)
    submitted(case_id, by)
    agreed(case_id)
    return case_id


def title_case(asset: Asset, by: Actor) -> TitleCase:
    """A bare draft of a case in the asset's unit, in whatever state the asset is."""
    case = TitleCase(
        region_code=asset.region_code, deed=TitleDeed.FIRST_TITLE.value, status=CaseStatus.DRAFT.value,
        title="首次确权", category=asset.category, owner_kind=asset.owner_kind, sector=asset.sector,
        opened_by_id=by.id, opened_by_text=by.name, opened_at=now(),
    )  # fmt: skip
    db.session.add(case)
    db.session.flush()
    db.session.add(TitleLine(case_id=case.id, asset_id=asset.id, region_code=asset.region_code))
    record(Action.TITLE_OPENED, case, by=by)
    return case


def later(days: int) -> date:
    """A day after the day of the tests."""
    return date.fromordinal(TODAY.toordinal() + days)
