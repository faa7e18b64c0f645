"""Engaging an agency or expert, and taking in the report."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from registry.assets.register.amendments.services import signature
from registry.assets.register.cards.models import Asset
from registry.audit.actions import Action
from registry.audit.services import record, thing_of
from registry.clock import now
from registry.database import db
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, KeptFile, attach
from registry.permissions import Actor, Permission
from registry.places.queries import get_region
from registry.regions import code_range, covers, is_code
from registry.scope import within
from registry.supervision.engagements.models import Engagement, EngagementScope
from registry.supervision.engagements.queries import next_number
from registry.supervision.engagements.refusals import ScopeOutside
from registry.supervision.engagements.rules import (
    EngagementFacts,
    EngagementStatus,
    ReportFacts,
    check_engagement,
    check_report,
)


def engage(facts: EngagementFacts, files: Sequence[KeptFile] = (), *, by: Actor, on: date) -> Engagement:
    """Enter that somebody is engaged, with the contract. Raises what check_engagement raises, ScopeOutside."""
    get_region(facts.region_code)
    check_engagement(facts, on)
    scope = [*_units(facts), *_assets(facts, by)]
    engagement = Engagement(
        region_code=facts.region_code, number=next_number(facts.region_code, on), kind=facts.kind.value,
        agency=facts.agency.strip(), agency_code=facts.agency_code.strip(), experts=facts.experts.strip(),
        task=facts.task.strip(), contract_no=facts.contract_no.strip(), fee_fen=facts.fee_fen,
        signed_on=facts.signed_on, report_by=facts.report_by, status=EngagementStatus.RUNNING.value,
        entered_by_id=by.id, entered_by_text=signature(by), entered_at=now(),
    )  # fmt: skip
    db.session.add(engagement)
    db.session.flush()
    for row in scope:
        row.engagement_id, row.region_code = engagement.id, engagement.region_code
    db.session.add_all(scope)
    record(Action.ENGAGED, engagement, by=by, reason=engagement.task)
    _keep(engagement, files, EvidenceKind.CONTRACT, facts.signed_on, by)
    return engagement


def _units(facts: EngagementFacts) -> list[EngagementScope]:
    for code in facts.units:
        if not is_code(code) or not covers(facts.region_code, code):
            raise ScopeOutside(field="units", key=code)
        get_region(code)
    return [EngagementScope(unit_code=code) for code in dict.fromkeys(facts.units)]


def _assets(facts: EngagementFacts, by: Actor) -> list[EngagementScope]:
    here = (Asset.region_code.between(*code_range(facts.region_code)), within(Asset, by, Permission.ASSET_READ))
    rows = db.session.execute(select(Asset.asset_no, Asset.id).where(Asset.asset_no.in_(facts.assets), *here))
    found = {row.asset_no: row.id for row in rows}
    for number in facts.assets:
        if number not in found:
            raise ScopeOutside(field="assets", key=number)
    return [EngagementScope(unit_code="", asset_id=key) for key in found.values()]


def take_report(engagement: Engagement, facts: ReportFacts, files: Sequence[KeptFile], *, by: Actor, on: date) -> None:
    """Take in what came of an engagement, with the paper. Raises what check_report raises."""
    check_report(engagement.state, engagement.signed_on, facts, on)
    engagement.status, engagement.report_no = EngagementStatus.REPORTED.value, facts.report_no.strip()
    engagement.reported_on, engagement.conclusions = facts.reported_on, facts.conclusions.strip()
    engagement.reported_by_id, engagement.reported_by_text = by.id, signature(by)
    record(Action.ENGAGEMENT_REPORTED, engagement, by=by, reason=engagement.conclusions)
    _keep(engagement, files, EvidenceKind.SETTLEMENT, facts.reported_on, by)


def _keep(engagement: Engagement, files: Sequence[KeptFile], kind: EvidenceKind, on: date, by: Actor) -> None:
    if files:
        attach([*files], Caption(kind, engagement.agency, on), to=thing_of(engagement), by=by)
