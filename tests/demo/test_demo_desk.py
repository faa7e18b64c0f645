"""What lies ready for the auditor of the demo county: a bundle that holds, an extract of who leaves, a worksheet."""

import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from registry.database import db
from registry.demo.desk import LEAVING, VILLAGE
from registry.demo.people import DEMO_PASSWORD, Staff
from registry.demo.places import units
from registry.jobs import JobState
from registry.reports.catalogue import REPORTS, ReportName
from registry.reports.desk.bundling import bundle_file, sealed_digest
from registry.reports.desk.queries import list_bundles
from registry.reports.prints.models import Print
from registry.reports.prints.queries import list_files
from registry.reports.prints.services import file_bytes, prove
from tests.reports.test_notice_poster import text_of


def signed_in(app: Flask, username: str) -> FlaskClient:
    client = app.test_client()
    assert client.post("/login", data={"username": username, "password": DEMO_PASSWORD}).status_code == 303
    return client


def test_a_finished_bundle_lies_on_the_auditors_desk(county: Flask) -> None:
    (job,) = list_bundles(Staff().named("auditor"), 9)
    assert (job.region_code, job.state, job.done) == (units()[VILLAGE].code, JobState.DONE, job.total)
    assert sealed_digest(job)[1] == 0
    address, expected = f"/audit-desk/bundles/{job.id}", bundle_file(job).read_bytes()
    auditor = signed_in(county, "auditor")
    assert f'href="{address}"' in auditor.get("/audit-desk/bundles").text
    assert f'href="{address}/file"' in auditor.get(address).text
    assert auditor.get(f"{address}/file").data == expected
    assert list_bundles(Staff().named("municipal_supervisor"), 9) == []


def test_the_bundle_is_verified_without_the_product(county: Flask, tmp_path: Path) -> None:
    (job,) = list_bundles(Staff().named("auditor"), 9)
    with zipfile.ZipFile(BytesIO(bundle_file(job).read_bytes())) as packed:
        packed.extractall(tmp_path / "out")
    assert any((tmp_path / "out" / "files").iterdir())
    assert _verdict(tmp_path / "out") == 0
    rows = tmp_path / "out" / "rows-asset.jsonl"
    rows.write_text(rows.read_text("utf-8").replace('"original_value_fen":', '"original_value_fen":1', 1), "utf-8")
    assert _verdict(tmp_path / "out") == 1


def _verdict(folder: Path) -> int:
    command = [sys.executable, "-I", "verify_audit.py", "."]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode


def test_an_extract_and_a_worksheet_are_printed_and_prove_themselves(county: Flask) -> None:
    auditor = Staff().named("auditor")
    prints = {row.report: row for row in db.session.scalars(select(Print))}
    assert set(prints) == {ReportName.LEAVING, ReportName.SAMPLE_SHEET}
    for name, row in prints.items():
        assert row.printed_by_id == auditor.id
        assert {file.format for file in list_files(row.id)} == set(REPORTS[ReportName(name)].formats)
        assert all(proven.holds for proven in prove(row))
    extract = text_of(file_bytes(prints[ReportName.LEAVING], "pdf"))
    assert Staff().named(LEAVING).name in extract
    assert "演示" in extract
    shown = signed_in(county, "auditor").get("/reports").text
    assert all(row.serial in shown for row in prints.values())
