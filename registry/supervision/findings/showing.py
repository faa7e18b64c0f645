"""What the page of a finding shows, gathered: its life line, and what this reader may do next."""

from collections.abc import Mapping
from dataclasses import dataclass

from registry.assets.register.cards.models import Asset
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.evidence.models import Attachment
from registry.evidence.queries import list_attachments
from registry.ledger.operation.contracts.models import Contract
from registry.permissions import Actor, Permission, may
from registry.supervision.findings.models import Finding, FindingStep
from registry.supervision.findings.queries import STEP_TABLE, find_successor, list_assets_of, list_steps, reporters_of
from registry.supervision.findings.rules import TO_MEND, FindingStatus, checks_off, mends, supervises

_P = Permission


@dataclass(frozen=True)
class ShownFinding:
    """One finding as a reader sees it; nobody is offered what a rule forbids them."""

    steps: tuple[FindingStep, ...]
    files: Mapping[int, tuple[Attachment, ...]]
    assets: tuple[Asset, ...]
    contract: Contract | None
    disposal: DisposalCase | None
    earlier: Finding | None
    again: Finding | None
    may_report: bool
    may_check: bool
    may_reopen: bool


def shown_finding(finding: Finding, reader: Actor) -> ShownFinding:
    """Return how a finding stands for a reader."""
    steps, again = list_steps([finding.id]), find_successor(finding.id)
    state = finding.state
    checking = state is FindingStatus.REPORTED and checks_off(reader, finding.found_by, finding.mender_code)
    entering = supervises(reader, _P.FINDING_ENTER, finding.region_code, finding.sector)
    return ShownFinding(
        steps=tuple(steps),
        files={step.id: tuple(list_attachments(STEP_TABLE, str(step.id))) for step in steps},
        assets=tuple(list_assets_of(finding.id, reader)),
        contract=_contract(finding, reader),
        disposal=db.session.get(DisposalCase, finding.disposal_case_id) if finding.disposal_case_id else None,
        earlier=db.session.get(Finding, finding.recurs_id) if finding.recurs_id else None,
        again=again,
        may_report=state in TO_MEND and mends(reader, finding.mender_code),
        may_check=checking and reader.id not in reporters_of(finding.id),
        may_reopen=state is FindingStatus.CHECKED_OFF and again is None and entering,
    )


def _contract(finding: Finding, reader: Actor) -> Contract | None:
    if not finding.contract_id or not may(reader, _P.LEDGER_READ, finding.region_code):
        return None
    return db.session.get(Contract, finding.contract_id)
