"""Two people at one desk at the same moment: one decision counts, the other is told that the case has moved on."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from registry.approvals.requests.models import ApprovalDecision
from registry.approvals.requests.states import RequestStatus
from registry.database import db
from registry.permissions import Role
from tests.approvals.requests.submitting import one_more
from tests.disposal.scenery import request_of
from tests.disposal.shortcuts.attacks import position_of
from tests.disposal.shortcuts.table import at_township
from tests.factories import TOWNSHIP
from tests.journeys.browser import Visitor
from tests.rest.program import Program

PEOPLE = ("township_supervisor", "second_supervisor")
Call = Callable[[], int]


def by_page(app: Flask, username: str, request_id: int, digest: str, version: int, verdict: str) -> Call:
    """Sign in now; send the panel later."""
    client = Visitor(app.test_client(), username).client
    said = {"verdict": verdict, "opinion": "已核对", "defect": "评估报告", "content_digest": digest,
            "version": str(version), "one_time_key": f"at-once-{username}"}  # fmt: skip
    return lambda: client.post(f"/requests/{request_id}/decide", data=said).status_code


def by_program(app: Flask, username: str, request_id: int, digest: str, version: int, verdict: str) -> Call:
    """Get a token now; call later."""
    program = Program(app.test_client(), username)
    said = {"verdict": verdict, "opinion": "已核对", "defect": "评估报告", "content_digest": digest, "version": version}
    return lambda: program.post(f"/requests/{request_id}/decide", said).status_code


def at_once(*calls: Call) -> list[int]:
    """Let all of them go at the same moment; return what each was told."""
    told: list[int] = []
    start = threading.Barrier(len(calls))

    def run(call: Call) -> None:
        start.wait()
        told.append(call())

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return told


@pytest.mark.parametrize("way", [by_page, by_program])
@pytest.mark.parametrize("other", ["AGREE", "SEND_BACK"])
def test_of_two_approvers_at_once_one_counts_and_the_other_hears_409(
    any_app: Flask, way: Callable[..., Call], other: str
) -> None:
    one_more("second_supervisor", Role.TOWNSHIP_SUPERVISOR, TOWNSHIP)
    case_id = at_township(any_app).case_id
    found = request_of(case_id)
    seen = (found.id, found.content_digest, found.version_id)
    here, digest, version = seen
    calls = [
        way(any_app, username, here, digest, version, verdict)
        for username, verdict in zip(PEOPLE, ("AGREE", other), strict=True)
    ]
    db.session.rollback()
    told = Counter(at_once(*calls))
    assert told[409] == 1
    assert told[200] + told[303] == 1
    db.session.rollback()
    found = request_of(case_id)
    rows = select(ApprovalDecision).where(
        ApprovalDecision.request_id == found.id,
        ApprovalDecision.position == position_of(found, "TOWNSHIP_SUPERVISOR"),
    )
    decisions = list(db.session.scalars(rows))
    assert len(decisions) == 1
    moved = {"AGREE": RequestStatus.APPROVED, "SEND_BACK": RequestStatus.SENT_BACK}
    assert found.state is moved[decisions[0].verdict]
