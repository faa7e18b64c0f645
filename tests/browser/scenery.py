"""Cases, notices and custody in every state that has a page of its own, for whoever looks at all pages."""

from registry.approvals.requests.states import Verdict
from registry.assets.custody.faults.models import Fault
from registry.assets.custody.faults.rules import Finding, Payer, Repair, Severity
from registry.assets.custody.faults.services import report_repair
from registry.assets.custody.patrols.rules import Observation, PatrolKind, PatrolResult
from registry.assets.custody.patrols.services import record_patrol
from registry.clock import today
from registry.database import db, transaction
from registry.policy.queries import policy_for
from tests.approvals.gatherings import held
from tests.approvals.requests.test_querying import answered as answered_query
from tests.approvals.requests.test_querying import asked, filed_case
from tests.assets.custody.keeping import accepted, in_office, offered
from tests.assets.custody.keeping import road as kept_road
from tests.assets.title.making import asset_of, bring, fill_in, opened, request_of, say, storehouse, submitted, titled
from tests.disposal.scenery import request_of as disposal_request
from tests.factories import VILLAGE, person
from tests.journeys.test_case_agreed import hang

COMMITTEE = "village_supervisory_committee"
LONG_NAME = "中益乡华溪村冷链物流仓库及附属制冷、配电、道路设施（一期、二期合并建设）"


def of_cases() -> dict[str, str]:
    """Title cases: a draft, one at every kind of step, one sent back, one that waits for its certificates."""
    draft, sent_back = opened(storehouse(f"{LONG_NAME}一号库"), storehouse("二号库")), _running("三号库")
    say(sent_back, Verdict.SEND_BACK, COMMITTEE, "验收表少一页，看不出二号仓", "二号仓的验收表")
    signing, to_post, hanging, to_meet = (_running(f"{LONG_NAME}{n}号库") for n in "四五六七")
    requests = {name: _signed(key) for name, key in (("post", to_post), ("hung", hanging), ("meet", to_meet))}
    hang(requests["hung"])
    bring(to_meet)
    return {
        "draft": str(draft), "signing_case": str(signing), "signing": str(_request(signing)),
        "sent_back": str(_request(sent_back)), **{name: str(key) for name, key in requests.items()},
        "certify": str(titled(storehouse("八号库"))), "meeting": str(held().id),
    }  # fmt: skip


def of_queries() -> dict[str, str]:
    """A disposal filed with the municipality, which has asked about it: once answered, once not."""
    case_id = filed_case()
    answered_query(case_id, asked(case_id, question="为什么没有公开竞价？"))
    query = asked(case_id, question="作价依据是什么，评估报告由谁复核？")
    return {"queried": str(disposal_request(case_id).id), "query": str(query)}


def _running(name: str) -> int:
    """A submitted case; its number."""
    case_id = opened(storehouse(name))
    fill_in(case_id)
    submitted(case_id)
    return case_id


def _request(case_id: int) -> int:
    return request_of(case_id).id


def _signed(case_id: int) -> int:
    """Let the committee sign a case; its request."""
    say(case_id, Verdict.AGREE, COMMITTEE)
    return _request(case_id)


def of_custody() -> dict[str, str]:
    """Custody: an agreement offered and one that runs, a public post, a fault to mend and one to accept."""
    offer, kept = offered(kept_road(name="华溪村三组产业路")), kept_road(name=f"{LONG_NAME}进场道路")
    road, agreement = kept.asset_no, accepted(kept).id
    fault, mended = _found(road, "K0+300 处塌方，占半幅路面"), _found(road, "边沟淤塞")
    with transaction(VILLAGE):
        repair = Repair("清淤、补勾缝", today(), "本村施工队", 320_000, Payer.WELFARE_FUND)
        report_repair(db.session.get_one(Fault, mended), repair, [], by=person("custodian"), on=today())
    return {
        "offer": str(offer.id), "agreement": str(agreement), "kept": road, "fault": str(fault),
        "mended": str(mended), "post_held": str(in_office().id),
    }  # fmt: skip


def _found(asset_no: str, note: str) -> int:
    """Let the custodian note a fault; its number."""
    with transaction(VILLAGE):
        asset = asset_of(asset_no)
        seen = Observation(PatrolKind.SELF, PatrolResult.FAULT, note, Finding(Severity.A, note))
        patrol = record_patrol(asset, seen, by=person("custodian"), on=today(), policy=policy_for(VILLAGE, today()))
        return patrol.fault_id or 0
