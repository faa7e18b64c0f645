"""Check 9 for disposals: carrying one out fails at every statement, flush and commit; no half case is left."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.assets.custody.agreements.models import CustodyItem
from registry.assets.register.cards.models import Asset, AssetOwner, AssetRelation, Rollup, ValueChange
from registry.assets.register.rights.models import AssetLineage
from registry.audit.models import TrailEvent
from registry.audit.verification import verify_logs
from registry.database import db
from registry.disposal.cases.models import DisposalCase, DisposalLine
from registry.disposal.gates.models import GateAnswers
from registry.disposal.kinds import Extent
from registry.disposal.procedure.models import DisposalExecution
from registry.disposal.proceeds.models import Proceeds, ProceedsReceipt
from registry.disposal.rules import Part
from registry.evidence.models import Attachment
from registry.ledger.books.models import Posting, Voucher
from registry.ledger.books.soundness import unsound
from tests.assets.custody.keeping import accepted
from tests.disposal.execution.doing import book_opened, carried_out, sums_hold
from tests.disposal.scenery import asset_of, case_of, machine, request_of
from tests.disposal.selling import sold_case
from tests.factories import person
from tests.trust.test_failpoints import KINDS, Crash, Points, watched

COUNTED = (
    Asset, AssetOwner, AssetRelation, AssetLineage, ValueChange, CustodyItem, Voucher, Posting, GateAnswers, Proceeds,
    ProceedsReceipt, DisposalExecution, Attachment, TrailEvent,
)  # fmt: skip


def standing(case_id: int) -> tuple[object, ...]:
    """What there is of everything that carrying out writes, and how far card, case, request and custody have come."""
    db.session.rollback()
    counts = [db.session.scalar(select(func.count()).select_from(model)) for model in COUNTED]
    stages = db.session.execute(select(Asset.stage, func.count()).group_by(Asset.stage).order_by(Asset.stage)).all()
    sums = db.session.execute(select(Rollup.stage, func.sum(Rollup.assets)).group_by(Rollup.stage)).all()
    case = db.session.get_one(DisposalCase, case_id)
    parts = db.session.scalars(select(DisposalLine.part_asset_id).order_by(DisposalLine.id)).all()
    kept = db.session.scalars(select(CustodyItem.ended_on).order_by(CustodyItem.id)).all()
    found = (
        *counts, tuple(map(tuple, stages)), tuple(sorted(map(tuple, sums))), case.status, case.done_on,
        request_of(case_id).status, tuple(parts), tuple(kept),
    )  # fmt: skip
    db.session.rollback()
    return found


#: Some hundred statements: every fourth of them, unless the heavy settings ask for all.
STRIDE = 4


@pytest.mark.parametrize("kind", KINDS)
def test_a_disposal_is_carried_out_whole_or_not_at_all(app: Flask, kind: str, full: bool) -> None:
    number = machine(quantity_milli=10_000)
    book_opened()
    accepted(asset_of(number))
    part = {number: Part(Extent.QUANTITY, quantity_milli=4_000)}
    case_id = sold_case(number, fen=2_000_000, parts=part, plans={"CUSTODY": "随移交结束"})
    before, stop, done = standing(case_id), 0, False
    stride = STRIDE if kind.endswith("statement") and not full else 1
    while not done:
        stop += stride if stop else 1
        with watched(Points(kind, stop)) as points:
            try:
                carried_out(case_id, cost_fen=10_000)
                done = True
            except Crash:
                if kind == "after a commit" and standing(case_id) != before:
                    break
                assert standing(case_id) == before, f"{kind} {stop}"
        assert not done or points.count < stop
    assert stop > 1 or kind in {"before a commit", "after a commit"}
    assert case_of(case_id).status == "DONE"
    assert sums_hold()
    assert unsound() == []
    assert verify_logs([500240], (), by=person("auditor")).code == 0
