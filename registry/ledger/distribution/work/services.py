"""Entering work and having it verified by somebody else."""

from datetime import date

from sqlalchemy import select

from registry.assets.register.amendments.services import signature
from registry.assets.register.cards.models import Asset
from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now
from registry.codes import typed_number
from registry.database import db
from registry.errors import Invalid
from registry.ledger.distribution.work.models import WorkRecord
from registry.ledger.distribution.work.rules import WorkFacts, WorkStatus, check_verifying, check_work, pay_of
from registry.parties.households.models import Household
from registry.parties.households.rules import HouseholdStatus
from registry.permissions import Actor
from registry.text import N_


class HouseholdOdd(Invalid):
    """Who is paid for work belongs to a household of the unit that stands on the roll."""

    message = N_("请选本单位名册里的农户。")


class AssetOdd(Invalid):
    """The asset that was worked on belongs to the unit."""

    message = N_("没有找到本单位编号为“%(number)s”的资产。")


def enter_work(facts: WorkFacts, *, by: Actor, on: date) -> WorkRecord:
    """Enter somebody's work; it waits for a second person. Raises what check_work raises, HouseholdOdd, AssetOdd."""
    check_work(facts, on)
    household = db.session.get(Household, facts.household_id)
    if (
        household is None
        or household.region_code != facts.region_code
        or household.state is not HouseholdStatus.CONFIRMED
    ):
        raise HouseholdOdd(field="household_id")
    asset = _asset(facts)
    row = WorkRecord(
        region_code=facts.region_code, household_id=household.id, name=facts.name.strip() or household.party.name,
        kind=facts.kind.value, project=facts.project.strip(), asset_id=asset.id if asset else None,
        starts_on=facts.starts_on, ends_on=facts.ends_on, half_days=facts.half_days, rate_fen=facts.rate_fen,
        amount_fen=pay_of(facts.half_days, facts.rate_fen), note=facts.note.strip(), status=WorkStatus.ENTERED.value,
        entered_by_id=by.id, entered_by_text=signature(by), entered_at=now(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    record(Action.WORK_ENTERED, row, by=by)
    return row


def _asset(facts: WorkFacts) -> Asset | None:
    number = typed_number(facts.asset_no)
    if not number:
        return None
    found = db.session.scalar(select(Asset).where(Asset.asset_no == number))
    if found is None or found.region_code != facts.region_code:
        raise AssetOdd(field="asset_no", number=number)
    return found


def check_record(work: WorkRecord, reason: str, *, agrees: bool, by: Actor) -> None:
    """Say, as another person, whether a record is true. Raises what check_verifying raises."""
    check_verifying(work.state, by, entered_by_id=work.entered_by_id, agrees=agrees, reason=reason)
    work.status = (WorkStatus.VERIFIED if agrees else WorkStatus.REFUSED).value
    work.checked_by_id, work.checked_by_text, work.checked_at = by.id, signature(by), now()
    work.opinion = reason.strip()
    record(Action.WORK_CHECKED, work, by=by, reason=work.opinion)
