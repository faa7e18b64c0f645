"""A disposal that everything happened to: several machines, a report, an objection, a call-in, a price decided anew."""

from datetime import timedelta

from sqlalchemy import select

from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.states import Verdict
from registry.audit.services import thing_of
from registry.database import db, transaction
from registry.disposal.cases.opening import decide_line
from registry.disposal.kinds import DisposalKind, LineDecision
from registry.disposal.prices.services import TABLE as PRICE_TABLE
from registry.disposal.proceeds.kinds import Purpose
from registry.disposal.proceeds.models import Proceeds, ProceedsUse
from registry.disposal.proceeds.rules import UseFacts
from registry.disposal.proceeds.using import confirm_use, enter_use
from registry.disposal.rules import Part
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, attach, take_in
from registry.reports.catalogue import ReportName
from registry.reports.parameters import Parameters
from registry.reports.prints.services import file_bytes
from registry.workbench.deeds import finish
from tests.approvals.notices.boards import answered, closed, kept, objected
from tests.disposal.execution.doing import book_opened, carried_out
from tests.disposal.scenery import (
    DECIDED_FROM,
    OPENED_ON,
    POSTED_ON,
    PRICED_ON,
    TAKEN_IN_ON,
    appraised,
    approved_case,
    case_of,
    hang,
    lead,
    lines_of,
    machine,
    opened_case,
    policy,
    request_of,
    say,
    submit,
)
from tests.disposal.selling import priced
from tests.factories import TODAY, VILLAGE, person
from tests.reports.printing import asked, printed

APPRAISED_FEN = 9_000_000
#: Below its value and above the bound at which a disposal is suspended: 93.33 %.
PRICE_FEN = 8_400_000
SOLD_FEN = 4_200_000
OBJECTION = "烤烟房那台去年还在用，不该卖"
LEFT_OUT = "三号机已修好，继续使用"
CALLED_IN, RELEASED = "抽查评估价的依据", "依据充分，放行"
#: A file of PDF that somebody attached, whole.
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def eventful_case() -> int:
    """Lead a case over all its levels, with everything that may happen on the way; its id."""
    case_id = bulk_case()
    submit(case_id)
    lead(case_id, until="NOTICE")
    hang_with_objection(case_id)
    lead(case_id)
    called_in(case_id)
    price = priced(case_id, PRICE_FEN)
    lead(price.id, PRICE_TABLE)
    return case_id


def bulk_case() -> int:
    """Open a case about three machines, one of which is left out, with a report of appraisal and a plan as PDF."""
    numbers = [machine(f"烘干机{n}号") for n in (1, 2, 3)]
    case_id = opened_case(DisposalKind.SALE, *numbers, title="出售闲置烘干机三台")
    file, by = take_in(PAPER, "处置方案.pdf"), person("village_clerk")
    with transaction(VILLAGE):
        line, case = lines_of(case_id)[2], case_of(case_id)
        decide_line(line, case, LineDecision.LEFT_OUT, LEFT_OUT, Part(), by=by, on=OPENED_ON)
        attach([file], Caption(EvidenceKind.OTHER, "处置方案"), to=thing_of(case), by=by)
    appraised(case_id, APPRAISED_FEN)
    return case_id


def hang_with_objection(case_id: int) -> None:
    """Hang the notice that the case waits for; somebody objects and is answered before it is taken in."""
    found = request_of(case_id)
    notice_id, request_id = hang(found, close=False), found.id
    objection_id = objected(notice_id, POSTED_ON + timedelta(days=2), text=OBJECTION).objection.id
    answered(objection_id, "village_head", POSTED_ON + timedelta(days=3))
    closed(notice_id, TAKEN_IN_ON)
    with transaction(VILLAGE):
        finish(db.session.get_one(ApprovalRequest, request_id), by=person("village_clerk"), on=TAKEN_IN_ON)


def called_in(case_id: int) -> None:
    """Let the municipality call an approved case in, look at it and release it."""
    day = DECIDED_FROM + timedelta(days=6)
    say(request_of(case_id), Verdict.CALL_IN, "municipal_supervisor", day, CALLED_IN)
    say(request_of(case_id), Verdict.RELEASE, "municipal_supervisor", PRICED_ON, RELEASED)


def paper_of(case_id: int, report: ReportName, username: str = "village_clerk") -> bytes:
    """Print a paper of a case as a person does; its PDF file."""
    row = printed(asked(report, VILLAGE, parameters=Parameters(case_id=case_id)), username)
    return file_bytes(row, "pdf")


def sold_out() -> int:
    """Lead a sale of something on the books to its end: handed over, paid, posted; part of the money used again."""
    number = machine("旧烘干机")
    book_opened()
    case_id = approved_case(DisposalKind.SALE, number, title="出售旧烘干机")
    priced(case_id, SOLD_FEN)
    carried_out(case_id)
    return case_id


def used(case_id: int, fen: int = 1_000_000) -> None:
    """Use part of the money of a case again, by two persons."""
    account_id = db.session.scalars(select(Proceeds.id).where(Proceeds.case_id == case_id)).one()
    facts = UseFacts(Purpose.CUSTODY, fen, TODAY, "维修产业路护栏", document_no="华溪村〔2026〕9号")
    with transaction(VILLAGE):
        account = db.session.get_one(Proceeds, account_id)
        use_id = enter_use(account, facts, [kept("brown")], by=person("village_clerk"), on=TODAY).id
    with transaction(VILLAGE):
        use = db.session.get_one(ProceedsUse, use_id)
        account = db.session.get_one(Proceeds, account_id)
        confirm_use(use, account, by=person("village_head"), on=TODAY, policy=policy())
