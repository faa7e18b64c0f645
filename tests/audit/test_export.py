"""Exports: they verify with nothing but Python, claim what they hold, and go no further than the actor's reach."""

import json
import subprocess
import sys
import zipfile

import pytest

from registry.audit.actions import Action
from registry.audit.events import Thing
from registry.audit.export import NotTheWholeLog, export_trail, logs_in_reach
from registry.audit.models import TrailEvent
from registry.audit.queries import last_region_seqs, last_seq
from registry.audit.services import make_checkpoint, record
from registry.audit.verify_audit import verify
from registry.database import db, transaction
from registry.errors import Missing
from registry.permissions import Actor, Grant, Permission, Role, system_actor
from registry.regions import code_range
from tests.factories import COUNTY, MUNICIPALITY, OTHER_COUNTY, TOWNSHIP, VILLAGE, confirmed, entered, person
from tests.trust.lived import CITY_LOG, COUNTY_LOG, keys, live, told

CITY = Actor(None, "审", "审计员", MUNICIPALITY, "市", (Grant(Role.AUDITOR, MUNICIPALITY),))


def test_an_unpacked_export_verifies_with_python_alone(any_app, tmp_path):
    live(any_app)
    export_trail([COUNTY_LOG], tmp_path / "trail.zip", by=person("auditor"))
    with zipfile.ZipFile(tmp_path / "trail.zip") as packed:
        packed.extractall(tmp_path / "trail")
    command = [sys.executable, "-I", "verify_audit.py", ".", "--key", keys()[0]]
    done = subprocess.run(command, cwd=tmp_path / "trail", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "未发现篡改" in done.stdout
    assert "python3 verify_audit.py ." in (tmp_path / "trail" / "README.txt").read_text("utf-8")


def test_an_export_of_everything_holds_every_log_to_its_checkpoint(any_app, tmp_path):
    live(any_app)
    logs = logs_in_reach(CITY, Permission.TRAIL_EXPORT)
    done = export_trail(logs, tmp_path / "trail.zip", by=CITY)
    assert logs == [CITY_LOG, 500101, COUNTY_LOG]
    report = verify(tmp_path / "trail.zip", (), keys())
    assert report.code == 0, told(report)
    assert {log.log: log.size for log in report.logs} == done.sizes == {log: last_seq(log) for log in logs}


def test_an_export_claims_every_event_of_every_unit_as_of_its_own_event(app, tmp_path):
    confirmed()
    before = last_region_seqs(code_range(COUNTY))
    done = export_trail([COUNTY_LOG], tmp_path / "trail.zip", by=person("auditor"))
    told = json.loads(db.session.get_one(TrailEvent, (COUNTY_LOG, done.event.seq)).payload)
    assert (told["action"], told["facts"]["region_seqs"]) == ("EXPORTED_TRAIL", before)
    with zipfile.ZipFile(tmp_path / "trail.zip") as packed:
        manifest = json.loads(packed.read("manifest.json"))
    assert manifest["claims"] == {
        "event": {"log": COUNTY_LOG, "seq": done.event.seq},
        "region_seqs": before,
    }


def test_a_claim_that_leaves_a_unit_short_is_found(app, tmp_path):
    confirmed()
    with transaction(COUNTY):
        facts = {"logs": [COUNTY_LOG], "region_seqs": {VILLAGE: 1}}
        record(Action.EXPORTED_TRAIL, Thing("trail", "500240", COUNTY), by=system_actor(COUNTY), facts=facts)
    export_trail([COUNTY_LOG], tmp_path / "trail.zip", by=person("auditor"))
    assert "complete" in {finding.rule for finding in verify(tmp_path / "trail.zip", (), keys()).findings}


def test_an_event_left_out_of_an_export_is_found(app, tmp_path):
    confirmed()
    export_trail([COUNTY_LOG], tmp_path / "trail.zip", by=person("auditor"))
    with zipfile.ZipFile(tmp_path / "trail.zip") as packed:
        packed.extractall(tmp_path / "trail")
    file = tmp_path / "trail" / "events-500240.jsonl"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join([*lines[:4], *lines[5:]]), "utf-8")
    report = verify(tmp_path / "trail", (), keys())
    assert (report.code, report.first_bad(COUNTY_LOG)) == (1, 5)


@pytest.mark.parametrize(
    ("grant", "region", "logs"),
    [
        (Grant(Role.AUDITOR, MUNICIPALITY), None, [CITY_LOG, 500101, COUNTY_LOG]),
        (Grant(Role.AUDITOR, MUNICIPALITY), VILLAGE, [COUNTY_LOG]),
        (Grant(Role.AUDITOR, COUNTY), None, [COUNTY_LOG]),
        (Grant(Role.AUDITOR, COUNTY), TOWNSHIP, [COUNTY_LOG]),
        (Grant(Role.AUDITOR, COUNTY), OTHER_COUNTY, Missing),
        (Grant(Role.AUDITOR, COUNTY), MUNICIPALITY, Missing),
        (Grant(Role.AUDITOR, TOWNSHIP), None, NotTheWholeLog),
        (Grant(Role.AUDITOR, TOWNSHIP), VILLAGE, NotTheWholeLog),
        (Grant(Role.VILLAGE_CLERK, VILLAGE), None, NotTheWholeLog),
    ],
)
def test_a_log_goes_only_to_who_reaches_all_of_it(app, grant, region, logs):
    actor = Actor(1, "某人", "", grant.region_code, "", (grant,))
    if isinstance(logs, list):
        assert logs_in_reach(actor, Permission.TRAIL_EXPORT, region) == logs
    else:
        with pytest.raises(logs):
            logs_in_reach(actor, Permission.TRAIL_EXPORT, region)


def test_an_export_is_anchored_whole(app, tmp_path):
    entered()
    make_checkpoint(COUNTY_LOG, "test")
    export_trail([COUNTY_LOG], tmp_path / "trail.zip", by=person("auditor"))
    note = (tmp_path / "n").with_suffix(".txt")
    with zipfile.ZipFile(tmp_path / "trail.zip") as packed:
        note.write_bytes(packed.read("checkpoints-500240.txt"))
    newest = note.read_text("utf-8").split("---\n")[-1]
    report = verify(tmp_path / "trail.zip", [newest], keys())
    assert [(log.size, log.anchored) for log in report.logs] == [(last_seq(COUNTY_LOG),) * 2]
