"""An auditor prints a closed year twice, takes evidence out, alters a digit in a copy, and is told which row it was."""

import re
import shutil
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from registry.audit.verify_audit import verify
from registry.database import db
from registry.ledger.books.rules import month_of
from registry.reports.catalogue import ReportName
from registry.reports.prints.models import Print
from registry.reports.prints.queries import find_print
from tests.audit.bundling import lines_of, listed, members_of, packed, rewrite
from tests.audit.second_verifier import judge
from tests.factories import COUNTY, PASSWORD, TOWNSHIP, confirmed
from tests.journeys.browser import Visitor
from tests.journeys.days import Calendar
from tests.journeys.test_case_agreed import visitor
from tests.ledger.books.keeping import book_of, closed_until, posted
from tests.trust.lived import database_file, keys, outside

PAPERS = (ReportName.LEDGER, ReportName.TRIAL_BALANCE, ReportName.JOURNAL, ReportName.LEDGER_SET)


def test_a_closed_year_prints_alike_and_one_digit_altered_in_a_copy_is_named(
    app: Flask, calendar: Calendar, tmp_path: Path
) -> None:
    asset_id = confirmed().id
    book_id = book_of().id
    posted(book_id, 1_000_00, booked_on=date(2026, 3, 5))
    calendar.turn_to(date(2027, 1, 8))
    closed_until(book_id, month_of(date(2026, 12, 1)), on=calendar.today)
    auditor = visitor(app, "auditor")

    first = [printed(auditor, name) for name in PAPERS]
    early = {serial: files_of(auditor, row) for serial, row in first}
    calendar.wait(40)
    again = [printed(auditor, name) for name in PAPERS]
    for (one_serial, one), (other_serial, other) in zip(first, again, strict=True):
        assert (one.figures_digest, one_serial) != ("", other_serial)
        assert one.figures_digest == other.figures_digest, one.report
    assert {serial: files_of(auditor, row) for serial, row in first} == early
    assert "后来又打印过一份" in auditor.open(f"/verify/{first[0][0]}").text

    evidence_is_sound_and_one_digit_is_not(auditor, tmp_path)

    copy = tmp_path / "copy.db"
    notes, public = outside(), keys()
    shutil.copy(checkpointed(database_file()), copy)
    assert verify(copy, notes, public).code == 0
    altered(copy, "UPDATE asset SET original_value_fen = original_value_fen + 900000 WHERE id = ?", asset_id)
    report = verify(copy, notes, public)
    named = [one.detail for one in report.findings if one.rule == "row"]
    assert (report.code, named) == (1, [f"asset {asset_id} 的 original_value_fen 与轨迹最后一次记录不同"])


def printed(auditor: Visitor, name: ReportName) -> tuple[str, Print]:
    """Print the county's year on the page of reports."""
    auditor.open(f"/reports?report={name.value}")
    auditor.send("/prints", report=name.value, region_code=COUNTY, on="2026-12-31")
    serial = re.search(r"P500240-\d{4}-\d{6}-\w\w", auditor.page.request.path)
    assert serial, auditor.page.text
    db.session.rollback()
    row = find_print(serial[0])
    assert row is not None
    db.session.expunge(row)
    return serial[0], row


def files_of(auditor: Visitor, row: Print) -> bytes:
    """The file of a serial, as it is given out."""
    return auditor.client.get(f"/prints/{row.serial}.pdf").data


def evidence_is_sound_and_one_digit_is_not(auditor: Visitor, folder: Path) -> None:
    """Take the township's evidence out on its page; both verifiers pass it, and name the digit that is then altered."""
    auditor.open(f"/audit-desk/bundles?region={TOWNSHIP}")
    auditor.send("/audit-desk/bundles", region_code=TOWNSHIP, with_files="y", password=PASSWORD)
    assert "做好了" in auditor.page.text
    (folder / "b.zip").write_bytes(auditor.client.get(auditor.link("/file")).data)
    assert verify(folder / "b.zip", (), keys()).code == 0
    assert judge(folder / "b.zip", (), keys()) == []
    members = members_of(folder / "b.zip")
    place = len(lines_of(members, "rows-posting.jsonl")) - 1
    rewrite(members, "rows-posting.jsonl", place, lambda line: line["row"].update(credit_fen=1))
    path = packed(listed(members), folder / "altered.zip")
    [named] = [one.detail for one in verify(path, (), keys()).findings if one.rule == "row"]
    assert re.fullmatch(r"posting \d+ 的 credit_fen 与轨迹最后一次记录不同", named)
    assert judge(path, (), keys()) == [f"row {' '.join(named.split()[:2])} credit_fen"]


def checkpointed(path: Path) -> Path:
    """Bring everything that was written into the file itself."""
    with sqlite3.connect(path) as source:
        source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        source.execute("PRAGMA journal_mode=DELETE")
    source.close()
    return path


def altered(path: Path, sql: str, *values: object) -> None:
    """Alter a copy as somebody with the file can: guards taken away and put back."""
    with sqlite3.connect(path, isolation_level=None) as forger:
        guards = forger.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in guards:
            forger.execute(f"DROP TRIGGER {name}")
        forger.execute(sql, values)
        for _name, text in guards:
            forger.execute(text)
    forger.close()


@pytest.mark.parametrize("address", ["/verify", "/verify/P500240-2026-000001-XX"])
def test_the_page_that_a_code_on_paper_opens_asks_nobody_to_sign_in(app: Flask, address: str) -> None:
    answer = app.test_client().get(address)
    assert answer.status_code == 200
    assert "纸上的流水号" in answer.text
