"""Evidence bundles left to the worker: recorded once, made again from the beginning, given when they are made."""

import pytest
from flask.testing import FlaskClient

from registry.jobs import JobState
from registry.operations.worker import Worker
from registry.reports.desk import bundling
from tests.factories import TOWNSHIP, confirmed
from tests.jobs.asking import state
from tests.reports.printing import signed_in
from tests.reports.test_desk import actions, send


def test_a_bundle_left_to_the_worker_is_recorded_once_however_often_it_is_begun(
    client: FlaskClient, living: None, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirmed()
    with signed_in(client, "auditor"):
        address = send(client, "/audit-desk/bundles", "a", region_code=TOWNSHIP).headers["Location"]
        job_id = int(address.rpartition("/")[2])
        assert "排队中" in client.get(address).text
        assert client.get(f"{address}/file").status_code == 409
        with monkeypatch.context() as patch:
            patch.setattr(bundling, "write_bundle", _killed)
            worker.run(job_id)
        worker.run(job_id)
        assert state(job_id)[0] == JobState.DONE
        assert client.get(f"{address}/file").status_code == 200
    assert actions().count("EXPORTED_EVIDENCE") == 1


def _killed(*_args: object, **_more: object) -> None:
    raise OSError("disk full")
