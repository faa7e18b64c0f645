"""Printing from the console: as a person, by the same way, with the same refusals."""

from pathlib import Path

import pytest
from flask import Flask

from registry.errors import Missing
from registry.reports.console import NoSuchFormat, NoSuchReport, print_report
from registry.reports.prints.queries import find_print
from registry.reports.prints.services import file_bytes
from tests.factories import TOWNSHIP, person
from tests.reports.printing import township


@pytest.fixture
def filled(app: Flask) -> Flask:
    township()
    return app


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("suffix", ["pdf", "xlsx"])
def test_the_console_prints_as_a_person_by_the_same_way(tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"ledger.{suffix}"
    serial = print_report("ledger", TOWNSHIP, "township_clerk", out)
    row = find_print(serial)
    assert row
    assert out.read_bytes() == file_bytes(row, suffix)
    assert row.printed_by_id == person("township_clerk").id


@pytest.mark.usefixtures("filled")
def test_the_console_refuses_what_the_page_would_refuse(tmp_path: Path) -> None:
    with pytest.raises(NoSuchReport):
        print_report("card", TOWNSHIP, "township_clerk", tmp_path / "a.pdf")
    with pytest.raises(NoSuchFormat):
        print_report("ledger", TOWNSHIP, "township_clerk", tmp_path / "a.docx")
    for region_code, username in ((TOWNSHIP, "village_clerk"), (TOWNSHIP, "nobody")):
        with pytest.raises(Missing):
            print_report("ledger", region_code, username, tmp_path / "a.pdf")
    assert list(tmp_path.glob("*")) == [] or not (tmp_path / "a.pdf").exists()
