"""A finding in the making: entered by whoever found it, reported by whoever mends, checked above."""

from dataclasses import replace
from datetime import date, timedelta

from registry.database import db, transaction
from registry.evidence.services import KeptFile
from registry.supervision.findings.models import Finding
from registry.supervision.findings.queries import get_finding
from registry.supervision.findings.rules import FindingFacts, Source
from registry.supervision.findings.services import check_off, enter_finding, report_mending, send_back
from tests.factories import TODAY, VILLAGE, person

FACTS = FindingFacts(
    VILLAGE, Source.AUDIT, "冷库租金 2025 年起未入账", "《农村集体经济组织会计制度》第六条",
    "补记收入，租金缴入集体账户", TODAY, TODAY + timedelta(days=30), person="谭小玲",
)  # fmt: skip


def facts(**changes: object) -> FindingFacts:
    """A finding of audit in the village, some of it otherwise."""
    return replace(FACTS, **changes)  # type: ignore[arg-type]


def entered(username: str = "auditor", on: date = TODAY, recurs: int | None = None, **changes: object) -> int:
    """Enter a finding; its id."""
    said, by = facts(**changes), person(username)
    with transaction(said.region_code):
        earlier = get_finding(recurs, by) if recurs else None
        return enter_finding(said, by=by, on=on, recurs=earlier).id


def reported(finding_id: int, username: str = "village_clerk", on: date = TODAY, *files: KeptFile) -> None:
    """Report a finding as mended."""
    by = person(username)
    with transaction(VILLAGE):
        report_mending(get_finding(finding_id, by), "租金已补记，附凭证。", files, by=by, on=on)


def checked(finding_id: int, username: str = "township_supervisor", on: date = TODAY, *, agrees: bool = True) -> None:
    """Check a finding off, or send it back."""
    by = person(username)
    with transaction(VILLAGE):
        deed = check_off if agrees else send_back
        deed(get_finding(finding_id, by), "已看凭证，属实。" if agrees else "还差银行回单。", by=by, on=on)


def finding_of(finding_id: int) -> Finding:
    """A finding as it stands."""
    db.session.rollback()
    return db.session.get_one(Finding, finding_id)


def over() -> int:
    """A finding that is checked off; its id."""
    finding_id = entered()
    reported(finding_id)
    checked(finding_id)
    return finding_id
