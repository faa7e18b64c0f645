"""What standing plans spend on each use: kept as plans are agreed to, called back, stopped and moved."""

from contextlib import nullcontext

import pytest
from flask import Flask

from registry.approvals.requests.states import RequestStatus
from registry.ledger.distribution.plans.use_sums import uses_by
from registry.ledger.distribution.plans.uses import UseKind
from registry.operations.kept import unequal_sums
from tests.factories import COUNTY, VILLAGE
from tests.ledger.plans.planning import agreed, become, plan_of, prepared, submitted


def spent(plan_id: int) -> dict[UseKind, tuple[int, int]]:
    """Sum the uses of one plan, in plain Python."""
    uses = plan_of(plan_id).uses
    return {
        UseKind(kind): (1, sum(use.amount_fen for use in uses if use.kind == kind))
        for kind in {use.kind for use in uses}
    }


def test_a_plan_counts_from_the_day_it_is_agreed_to_and_no_more_when_it_is_called_back(any_app: Flask) -> None:
    plan_id = prepared()
    submitted(plan_id)
    assert uses_by([COUNTY], 2026) == {}
    become(plan_id, RequestStatus.APPROVED)
    assert uses_by([COUNTY], 2026) == uses_by([VILLAGE], 2026) == spent(plan_id) != {}
    become(plan_id, RequestStatus.OPEN)
    assert uses_by([COUNTY], 2026) == {}
    assert unequal_sums() == {}


def test_a_sum_that_is_not_kept_would_be_noticed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "registry.ledger.distribution.plans.submitting.counting_uses", lambda _plans: nullcontext()
    )  # fmt: skip
    agreed(prepared())
    assert list(unequal_sums()) == ["use_sum"]
