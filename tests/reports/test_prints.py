"""A print is recorded before it is drawn; a serial always gives the same bytes; what was altered is noticed."""

import hashlib
import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask, g
from python_calamine import CalamineWorkbook

from registry.accounts.installation import DEMO, remember
from registry.audit.models import TrailEvent
from registry.database import db, transaction
from registry.errors import Missing
from registry.evidence import store
from registry.permissions import Permission
from registry.places.queries import offered_units
from registry.regions import code_range
from registry.reports import classified_ledger
from registry.reports.catalogue import ReportName
from registry.reports.classified_ledger import ClassifiedLedger
from registry.reports.figures import read_figures
from registry.reports.gathering import unpacked
from registry.reports.paper.imprint import text_digest
from registry.reports.parameters import NOTHING, Parameters
from registry.reports.prints.models import Print
from registry.reports.prints.queries import count_later, find_newer, find_print, list_files
from registry.reports.prints.rules import Proof, print_serial
from registry.reports.prints.services import CannotRedraw, NotDrawn, draw_print, file_bytes, gather, register_print
from registry.reports.prints.verification import verification
from tests.factories import COUNTY, OTHER_COUNTY, TODAY, TOWNSHIP, VILLAGE, confirmed, person
from tests.reports.printing import asked, printed, township
from tests.reports.test_paper import cells_of, missing, read_back


@pytest.fixture
def filled(app: Flask) -> Flask:
    township()
    return app


def event_of(row: Print, action: str = "PRINTED") -> dict[str, object]:
    """Read the payload of a print's event."""
    rows = db.select(TrailEvent.payload).where(
        TrailEvent.thing_table == "print", TrailEvent.thing_id == str(row.id), TrailEvent.action == action
    )
    told: dict[str, object] = json.loads(db.session.scalars(rows).one())
    return told


def facts_of(row: Print) -> dict[str, object]:
    facts = event_of(row)["facts"]
    assert isinstance(facts, dict)
    return facts


def tamper(sha256: str) -> None:
    """Alter one byte of a kept file."""
    path = store.path_of(sha256)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.usefixtures("filled")
def test_every_cell_of_a_printed_ledger_copies_back(tmp_path: Path) -> None:
    row = printed()
    figures = classified_ledger.collect(TOWNSHIP, NOTHING, actor=person("township_clerk"), on=TODAY)
    pages = read_back(file_bytes(row, "pdf"), tmp_path)
    assert missing(figures, pages) == []
    assert all(row.serial in page for page in pages)
    altered = replace(figures.parts[0].lines[0], original_fen=1)
    assert missing(replace(figures, parts=(replace(figures.parts[0], lines=(altered,)),)), pages)


@pytest.mark.usefixtures("filled")
def test_the_spreadsheet_holds_the_same_cells() -> None:
    row = printed()
    figures = classified_ledger.collect(TOWNSHIP, NOTHING, actor=person("township_clerk"), on=TODAY)
    rows = CalamineWorkbook.from_filelike(BytesIO(file_bytes(row, "xlsx"))).get_sheet_by_index(0).to_python()
    first = next(index for index, cells in enumerate(rows) if "资产编号" in cells) + 1
    lines = [line for part in figures.parts for line in part.lines]
    assert len(rows) - first == len(lines)
    for cells, line in zip(rows[first:], lines, strict=True):
        assert ["".join(str(cell).split()) for cell in cells[1:8]] == cells_of(line)[:7]
        amounts = [line.original_fen, line.accumulated_fen, line.net_fen]
        assert [round(float(str(cell)) * 100) if cell != "" else None for cell in cells[8:11]] == amounts


@pytest.mark.usefixtures("filled")
def test_the_event_carries_the_digest_of_exactly_the_kept_figures() -> None:
    row = printed()
    text = unpacked(store.load(row.figures_sha256))
    assert facts_of(row)["figures_digest"] == text_digest(text) == row.figures_digest
    figures = read_figures(ClassifiedLedger, text)
    assert figures.digest() == row.figures_digest
    assert figures == classified_ledger.collect(TOWNSHIP, NOTHING, actor=person("township_clerk"), on=TODAY)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("region_code", [VILLAGE, TOWNSHIP, COUNTY])
def test_the_event_lists_the_last_event_of_every_region_in_range(region_code: str) -> None:
    row = printed(asked(region_code=region_code), "county_clerk")
    event = event_of(row)
    low, high = code_range(region_code)
    before = db.select(TrailEvent.region_code, db.func.max(TrailEvent.region_seq)).where(
        TrailEvent.region_code.between(low, high), TrailEvent.seq < event["seq"], TrailEvent.log_id == event["log"]
    )
    expected = {one[0]: one[1] for one in db.session.execute(before.group_by(TrailEvent.region_code))}
    assert facts_of(row)["region_seqs"] == expected
    assert expected


def test_a_print_of_the_municipality_names_the_regions_of_every_log(app: Flask) -> None:
    row = printed(asked(region_code="500000000000"), "municipal_supervisor")
    listed = facts_of(row)["region_seqs"]
    assert isinstance(listed, dict)
    assert {COUNTY[:6], OTHER_COUNTY[:6], "500000"} <= {code[:6] for code in listed}


@pytest.mark.usefixtures("filled")
def test_a_serial_gives_the_same_bytes_even_when_its_file_was_lost() -> None:
    row = printed()
    first = {name: file_bytes(row, name) for name in ("pdf", "xlsx")}
    confirmed(name="后来的资产")
    for file in list_files(row.id):
        store.path_of(file.sha256).unlink()
    assert {name: file_bytes(row, name) for name in ("pdf", "xlsx")} == first


@pytest.mark.usefixtures("filled")
def test_a_tampered_file_is_drawn_anew_and_tampered_figures_are_noticed() -> None:
    row = printed()
    first, file = file_bytes(row, "pdf"), next(one for one in list_files(row.id) if one.format == "pdf")
    tamper(file.sha256)
    assert file_bytes(row, "pdf") == first
    tamper(file.sha256)
    tamper(row.figures_sha256)
    with pytest.raises(CannotRedraw):
        file_bytes(row, "pdf")
    found = verification(row.serial)
    assert found.verdict == "CANNOT_TELL"
    assert [one.proof for one in found.proven if not one.holds] == [Proof.FIGURES]


@pytest.mark.usefixtures("filled")
def test_the_same_figures_have_the_same_digest_under_a_new_serial() -> None:
    first, second = printed(), printed()
    assert first.figures_digest == second.figures_digest
    assert first.serial != second.serial
    assert file_bytes(first, "pdf") != file_bytes(second, "pdf")
    assert hashlib.sha256(file_bytes(first, "pdf")).hexdigest() != hashlib.sha256(file_bytes(second, "pdf")).hexdigest()


@pytest.mark.usefixtures("filled")
def test_a_print_cut_short_can_be_drawn_later_and_only_once() -> None:
    by = person("township_clerk")
    gathered = gather(asked(), by=by)
    with transaction(TOWNSHIP):
        serial = register_print(gathered, by=by, address=lambda _: "")
    row = find_print(serial)
    assert row
    with pytest.raises(NotDrawn):
        file_bytes(row, "pdf")
    assert verification(serial).verdict == "CANNOT_TELL"
    draw_print(serial, by=by)
    draw_print(serial, by=by)
    row = find_print(serial)
    assert row
    assert event_of(row, "PRINT_DRAWN")
    assert verification(serial).verdict == "FOUND"


@pytest.mark.usefixtures("filled")
def test_a_paper_is_found_superseded_or_unknown() -> None:
    first = printed()
    assert verification(first.serial).verdict == "FOUND"
    second = printed()
    assert (verification(first.serial).verdict, verification(first.serial).newer) == ("SUPERSEDED", second.serial)
    assert verification(second.serial).verdict == "FOUND"
    forged = print_serial(500240, 2026, 999_999)
    assert (verification(forged).verdict, verification(forged).is_slip) == ("NOT_FOUND", False)
    assert verification(forged[:-1] + ("0" if forged[-1] != "0" else "1")).is_slip


@pytest.mark.usefixtures("filled")
def test_another_unit_or_report_does_not_supersede_a_paper() -> None:
    first = printed()
    printed(asked(region_code=VILLAGE), "village_clerk")
    printed(asked(ReportName.SUMMARY))
    assert find_newer(first) is None


@pytest.mark.usefixtures("filled")
def test_what_changed_since_is_counted_in_range_only() -> None:
    village = printed(asked(region_code=VILLAGE), "village_clerk")
    whole = printed()
    assert (count_later(village), count_later(whole)) == (0, 0)
    confirmed(name="邻村资产", region_code="500240213204", location_code="500240213204")
    assert (count_later(village), count_later(whole)) == (0, 2)


@pytest.mark.usefixtures("filled")
def test_a_print_of_demo_data_says_so_for_ever(tmp_path: Path) -> None:
    with transaction(COUNTY):
        remember(DEMO, "1")
    g.pop("is_demo", None)
    row = printed()
    with transaction(COUNTY):
        remember(DEMO, "")
    assert all("演示数据" in page for page in read_back(file_bytes(row, "pdf"), tmp_path))


def test_units_are_offered_as_they_lie_in_each_other(app: Flask) -> None:
    assert offered_units(person("village_clerk"), "", Permission.PRINT) == [(VILLAGE, "华溪村")]
    township = dict(offered_units(person("township_clerk"), OTHER_COUNTY, Permission.PRINT))
    assert (township[TOWNSHIP], township[VILLAGE]) == ("中益乡", "　华溪村")
    assert COUNTY not in township
    city = dict(offered_units(person("municipal_supervisor"), "", Permission.PRINT))
    assert COUNTY in city
    assert VILLAGE not in city
    county = dict(offered_units(person("municipal_supervisor"), TOWNSHIP, Permission.PRINT))
    assert {"500000000000", COUNTY, TOWNSHIP, VILLAGE} <= set(county)


@pytest.mark.usefixtures("filled")
def test_a_foreign_unit_cannot_be_printed_and_nothing_is_recorded() -> None:
    for beyond, username in ((OTHER_COUNTY, "county_clerk"), (TOWNSHIP, "village_clerk"), (COUNTY, "township_clerk")):
        with pytest.raises(Missing):
            printed(asked(region_code=beyond), username)
    assert db.session.scalar(db.select(db.func.count()).select_from(Print)) == 0


@pytest.mark.usefixtures("filled")
def test_card_and_labels_are_prints_too(tmp_path: Path) -> None:
    number = (
        classified_ledger.collect(VILLAGE, NOTHING, actor=person("village_clerk"), on=TODAY).parts[0].lines[0].number
    )
    card = printed(asked(ReportName.CARD, VILLAGE, parameters=Parameters((number,))), "village_clerk")
    text = "".join(read_back(file_bytes(card, "pdf"), tmp_path))
    assert number in text
    assert "合计1,286,400.00" in text
    stickers = Parameters((number,), "http://x/q/")
    labels = printed(asked(ReportName.LABELS, VILLAGE, parameters=stickers), "village_clerk")
    assert number in "".join(read_back(file_bytes(labels, "pdf"), tmp_path))
    assert [file.format for file in list_files(labels.id)] == ["pdf"]


def test_printing_works_on_both_databases(any_app: Flask, tmp_path: Path) -> None:
    township()
    row, again = printed(), printed(asked(ReportName.SUMMARY))
    figures = classified_ledger.collect(TOWNSHIP, NOTHING, actor=person("township_clerk"), on=TODAY)
    assert missing(figures, read_back(file_bytes(row, "pdf"), tmp_path)) == []
    assert [verification(one.serial).verdict for one in (row, again)] == ["FOUND", "FOUND"]
