"""Findings in every state, an engagement with its report and a sample, for whoever looks at all pages."""

from dataclasses import replace
from datetime import timedelta

from registry.clock import today
from registry.supervision.findings.rules import Origin, Source
from registry.supervision.sampling.queries import list_items
from registry.supervision.sampling.rules import DrawMethod, ItemResult
from tests.approvals.notices.boards import kept
from tests.factories import TODAY
from tests.supervision.engagements.test_engagements import engaged
from tests.supervision.engagements.test_engagements import reported as agency_reported
from tests.supervision.findings.finding import checked, entered, reported
from tests.supervision.sampling.test_sampling import PLAN, drawn
from tests.supervision.sampling.test_sampling import checked as item_checked

#: Role → the pages it is made for; {names} are those that of_findings() gives.
PAGES: dict[str, tuple[str, ...]] = {
    "village_clerk": (
        "/board",
        "/findings", "/findings/{open_finding}", "/findings/{open_finding}/report", "/findings/{over}",
    ),
    "township_supervisor": (
        "/todo", "/findings/{reported_finding}/check", "/findings?overdue=1", "/samples/new", "/board",
    ),
    "county_agriculture": (
        "/board", "/board?sector=AGRICULTURE",
        "/engagements", "/engagements/new", "/engagements/{engagement}", "/engagements/{running}/report",
        "/engagements/{engagement}/findings",
    ),
    "municipal_supervisor": ("/board",),
    "auditor": (
        "/board",
        "/findings", "/findings/new", "/findings/new?recurs={over}", "/findings/{again}", "/findings/{back_finding}",
        "/samples", "/samples/new", "/samples/{sample}", "/samples/items/{item}", "/samples/items/{checked_item}",
        "/engagements/{engagement}",
    ),
}  # fmt: skip
_LONG = "中益乡华溪村冷链物流仓库 2025 年下半年租金收款后 40 天才存入集体账户，期间没有记账，也没有在村务公开栏公布"


def of_findings() -> dict[str, str]:
    """A finding of every state, one that came back, one that is late, an engagement and a sample."""
    late = TODAY - timedelta(days=40)
    open_finding = entered(problem=_LONG, on=late, found_on=late, due_on=today() - timedelta(days=2))
    waiting, back, over = entered(), entered(problem=_LONG), entered()
    for key in (waiting, back, over):
        reported(key, "village_clerk", TODAY, kept())
    checked(back, agrees=False)
    checked(over)
    again = entered(recurs=over)
    engagement, running = engaged(), engaged(agency="重庆市公路水运工程质量检测中心有限公司石柱分公司")
    agency_reported(engagement)
    entered("county_agriculture", source=Source.AGENCY, origin=Origin("engagement", engagement), problem=_LONG)
    sample = drawn(PLAN)
    risky = drawn(replace(PLAN, method=DrawMethod.RISK))
    first, second = (one.id for one in list_items(sample))
    item_checked(first, ItemResult.UNSOUND, _LONG)
    return {
        "open_finding": str(open_finding), "reported_finding": str(waiting), "back_finding": str(back),
        "over": str(over), "again": str(again), "engagement": str(engagement), "running": str(running),
        "sample": str(risky), "item": str(second), "checked_item": str(first),
    }  # fmt: skip
