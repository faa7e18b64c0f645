"""A deputy decides in the name of another, for a short time."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from registry.approvals.requests.delegating import DelegationFacts, delegate
from registry.approvals.requests.models import ApprovalDecision
from registry.approvals.requests.refusals import (
    DelegationTooLong,
    NoDeputy,
    NotYourDesk,
)
from registry.approvals.requests.states import Outcome
from registry.database import db, transaction
from registry.policy.queries import policy_for
from tests.approvals.requests.submitting import said, submitted
from tests.approvals.requests.test_services import on_desk_of
from tests.factories import TODAY, TOWNSHIP, person


def delegated(days: int = 3, deputy: str = "county_government") -> None:
    facts = DelegationFacts(person(deputy).id or 0, TODAY, TODAY + timedelta(days=days), "培训")
    with transaction(TOWNSHIP):
        by = person("township_supervisor")
        delegate(facts, by=by, on=TODAY, policy=policy_for(TOWNSHIP, TODAY))


def test_a_deputy_decides_in_the_others_name(app: Flask) -> None:
    request_id = submitted()
    said(request_id, "village_head")
    delegated()
    assert on_desk_of("county_government") == [request_id]
    assert said(request_id, "county_government") is Outcome.APPROVED
    row = db.session.scalars(select(ApprovalDecision).order_by(ApprovalDecision.id.desc()).limit(1)).one()
    assert row.for_id == person("township_supervisor").id
    assert row.for_text == person("township_supervisor").name


def test_a_delegation_ends_by_itself(app: Flask) -> None:
    request_id = submitted()
    said(request_id, "village_head")
    delegated()
    with pytest.raises(NotYourDesk):
        said(request_id, "county_government", on=TODAY + timedelta(days=4))


def test_a_delegation_is_short_and_goes_to_somebody_who_may_decide(app: Flask) -> None:
    with pytest.raises(DelegationTooLong):
        delegated(days=60)
    with pytest.raises(NoDeputy):
        delegated(deputy="township_clerk")
    with pytest.raises(NoDeputy):
        delegated(deputy="township_supervisor")
