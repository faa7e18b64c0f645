"""Reviewing an operating asset for a year, and entering what a year of a contract came to."""

from datetime import date

from registry.approvals.requests.services import signature
from registry.assets.register.cards.models import Asset
from registry.assets.register.rights.operating import set_industry_class
from registry.audit.actions import Action
from registry.audit.services import record, thing_of
from registry.clock import now
from registry.database import db
from registry.errors import Conflict
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, KeptFile, attach
from registry.kinds import Category
from registry.ledger.operation.contracts.models import Contract
from registry.ledger.operation.reviews.models import IndustryReview, OperatingResult
from registry.ledger.operation.reviews.rules import ReviewFacts, YearFacts, check_review, check_year
from registry.permissions import Actor
from registry.policy.rules import Policy
from registry.text import N_


class NotOperating(Conflict):
    """Only operating assets stand in the four groups."""

    message = N_("只有经营性资产才分“四个一批”。")


def review_asset(asset: Asset, facts: ReviewFacts, *, by: Actor, on: date, policy: Policy) -> IndustryReview:
    """Put an asset into one of the four groups for a year. Raises NotOperating and what check_review raises."""
    if asset.kind is not Category.OPERATING:
        raise NotOperating
    check_review(facts, on=on, policy=policy)
    review = IndustryReview(
        region_code=asset.region_code, asset_id=asset.id, year=facts.year, group=facts.group.value,
        finding=facts.finding.strip(), measures=facts.measures.strip(), idle_since=facts.idle_since,
        revive_by=facts.revive_by, by_id=by.id, by_text=signature(by), at=now(),
    )  # fmt: skip
    db.session.add(review)
    set_industry_class(asset, facts.group, N_("%(year)s 年度评估") % {"year": facts.year}, on=on)
    record(Action.INDUSTRY_REVIEWED, review, by=by, reason=review.finding)
    return review


def enter_year(
    contract: Contract, facts: YearFacts, files: list[KeptFile], *, by: Actor, on: date, policy: Policy
) -> OperatingResult:
    """Enter what a year of a contract, or of own running, came to. Raises what check_year raises."""
    check_year(facts, contract.way, on=on, policy=policy)
    result = OperatingResult(
        region_code=contract.region_code, contract_id=contract.id, year=facts.year, turnover_fen=facts.turnover_fen,
        cost_fen=facts.cost_fen, incentive_fen=facts.incentive_fen, returned_fen=facts.returned_fen,
        note=facts.note.strip(), by_id=by.id, by_text=signature(by), at=now(),
    )  # fmt: skip
    db.session.add(result)
    db.session.flush()
    record(Action.RESULT_ENTERED, result, by=by, reason=result.note)
    if files:
        attach(files, Caption(EvidenceKind.SETTLEMENT, contract.number, on), to=thing_of(result), by=by)
    return result
