"""Print → paper → verify: what a camera sees leads to the register, and no figure can be altered unseen."""

import json
import random
import re
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import urlsplit

import pypdfium2
import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image, ImageFilter
from sqlalchemy import select

from registry.assets.custody.patrols.rules import Observation, PatrolKind
from registry.assets.register.cards.models import Asset
from registry.database import db
from registry.evidence import store
from registry.ledger.distribution.rolls.changes import ReasonCode
from registry.ledger.distribution.rolls.rules import BeneficiaryClass
from registry.reports.catalogue import REPORTS, ReportName
from registry.reports.figures import read_figures
from registry.reports.gathering import unpacked
from registry.reports.notice_poster import A4
from registry.reports.paper.imprint import Imprint, grouped_digest, text_digest
from registry.reports.parameters import NOTHING, Parameters
from registry.reports.prints.models import Print
from registry.reports.prints.queries import list_files
from registry.reports.prints.services import file_bytes, imprint_of, signed_of
from registry.reports.prints.verification import verification
from tests.approvals.notices.boards import posted
from tests.assets.title.making import storehouse
from tests.factories import TOWNSHIP, VILLAGE
from tests.ledger.payout.paying import paid
from tests.ledger.receipts.receiving import let
from tests.ledger.rolls.test_changes import asked as change_asked
from tests.ledger.rolls.test_changes import line
from tests.reports.disposals import eventful_case, sold_out
from tests.reports.printing import asked, printed, township
from tests.reports.supervising import WANTED, watched
from tests.reports.test_custody_papers import look
from tests.reports.test_title_papers import certified, handed_over
from tests.supervision.stocktaking.taking import opened, sheet_of

DPI = 150
#: Papers of the ledger, whose things are the first of their kind once a year's plan has been paid.
OF_LEDGER: dict[ReportName, Parameters] = {
    ReportName.INCOME: NOTHING, ReportName.ARREARS: NOTHING, ReportName.CONTRACTS: NOTHING,
    ReportName.JOURNAL: NOTHING, ReportName.ACCOUNT_LEDGER: NOTHING, ReportName.TRIAL_BALANCE: NOTHING,
    ReportName.FUND_ACCOUNT: NOTHING, ReportName.ROLL: NOTHING, ReportName.HOUSEHOLD_STATEMENTS: NOTHING,
    ReportName.VOUCHERS: Parameters(voucher_id=1), ReportName.DISTRIBUTION_PLAN: Parameters(plan_id=1),
    ReportName.DISTRIBUTION_RESULT: Parameters(plan_id=1), ReportName.PAYOUT_SHEET: Parameters(order_id=1),
    ReportName.HOUSEHOLD_STATEMENT: Parameters(household_id=1), ReportName.ROLL_CHANGE: Parameters(change_id=1),
}  # fmt: skip
#: Reports whose sheets are papers; a sheet of labels is cut up, and each label leads to its asset instead.
PAPERS = (ReportName.LEDGER, ReportName.SUMMARY, ReportName.CARD)
VERIFY, SCAN = "http://localhost/verify/", "http://localhost/q/"


@pytest.fixture
def filled(app: Flask) -> Flask:
    township()
    return app


def handed_out(report: ReportName) -> Print:
    """Print a report as a person does, of what happened for it to tell of."""
    db.session.rollback()
    if report is ReportName.PATROL_LOG:
        look(_assets()[0], Observation(PatrolKind.SELF), by="village_clerk")
    if report in WANTED:
        return watched(report)
    if report in OF_LEDGER:
        let(_assets()[0])
        paid()
        change_asked(line(1, ReasonCode.RISK_REMOVED, new_class=BeneficiaryClass.LIFTED))
        return printed(asked(report, VILLAGE, parameters=OF_LEDGER[report]), "village_clerk")
    if report is ReportName.DISPOSAL_REGISTER:
        sold_out()
    if REPORTS[report].by_region:
        return printed(asked(report, TOWNSHIP))
    return printed(asked(report, VILLAGE, parameters=_wanted(report)), "village_clerk")


def _wanted(report: ReportName) -> Parameters:
    """Return what of the village a report is to show."""
    numbers = tuple(asset.asset_no for asset in _assets())
    if report is ReportName.NOTICE:
        return Parameters((), "http://localhost/public/notices/1", posted(), A4)
    if report in {ReportName.DISPOSAL_SHEET, ReportName.DISPOSAL_DOSSIER}:
        return Parameters(case_id=eventful_case())
    if report in {ReportName.COUNT_SHEET, ReportName.COUNT_REPORT}:
        sheet = sheet_of(opened())
        return Parameters(sheet_id=sheet.id, campaign_id=sheet.campaign_id)
    if report is ReportName.HAND_OVER_SHEET:
        return Parameters(case_id=handed_over(storehouse()))
    if report is ReportName.TITLE_CERTIFICATE:
        number = storehouse()
        certified(number)
        return Parameters((number,), SCAN)
    return Parameters(numbers[:1] if report is ReportName.CARD else numbers, SCAN)


def _assets() -> list[Asset]:
    return list(db.session.scalars(select(Asset).where(Asset.region_code == VILLAGE).order_by(Asset.id)))


def sheets(pdf: bytes, dpi: int = DPI) -> Iterator[Image.Image]:
    """Yield what a scanner sees of every sheet."""
    for sheet in pypdfium2.PdfDocument(pdf):
        yield sheet.render(scale=dpi / 72).to_pil().convert("L")


def codes_on(picture: Image.Image) -> list[str]:
    """Return what the QR codes on a picture say."""
    return [one.text for one in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)]


def copied(picture: Image.Image, luck: random.Random) -> Image.Image:
    """Return the picture as a poor copy: laid askew, blurred, with specks, packed hard."""
    askew = picture.rotate(luck.uniform(-2, 2), fillcolor=255, expand=True, resample=Image.Resampling.BICUBIC)
    blurred = askew.filter(ImageFilter.GaussianBlur(luck.uniform(0.2, 0.5)))
    for _ in range(blurred.width * blurred.height // 8_000):
        blurred.putpixel((luck.randrange(blurred.width), luck.randrange(blurred.height)), luck.choice((0, 255)))
    out = BytesIO()
    blurred.save(out, "JPEG", quality=luck.randint(50, 85))
    return Image.open(BytesIO(out.getvalue()))


def drawn_from(row: Print) -> tuple[str, Imprint]:
    """Return the kept figures of a print, and everything else on its pages."""
    return unpacked(store.load(row.figures_sha256)), imprint_of(row, signed_of(row, list_files(row.id)[0]))


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("report", PAPERS)
def test_every_sheet_leads_to_its_own_print(report: ReportName, client: FlaskClient) -> None:
    row = handed_out(report)
    pages = [codes_on(picture) for picture in sheets(file_bytes(row, "pdf"))]
    assert pages
    for codes in pages:
        assert [code for code in codes if code.startswith(VERIFY)] == [row.verify_url], codes
    page = client.get(urlsplit(row.verify_url).path).text
    assert all(
        words in page for words in (row.serial, grouped_digest(row.figures_digest), "查到了，系统里有这份打印件")
    )


@pytest.mark.usefixtures("filled")
def test_every_label_leads_to_its_own_asset() -> None:
    row = handed_out(ReportName.LABELS)
    numbers = set(json.loads(row.parameters)["asset_numbers"])
    found = {code for picture in sheets(file_bytes(row, "pdf")) for code in codes_on(picture)}
    assert {code.removeprefix(SCAN) for code in found if code.startswith(SCAN)} == numbers


@pytest.mark.usefixtures("filled")
def test_a_poor_copy_still_leads_there(full: bool) -> None:
    luck = random.Random(18)
    for report in PAPERS:
        row = handed_out(report)
        picture = next(sheets(file_bytes(row, "pdf"), 200))
        for turn in range(100 if full else 4):
            assert row.verify_url in codes_on(copied(picture, luck)), (report, turn)


@pytest.mark.usefixtures("filled")
def test_a_code_that_is_scratched_out_is_not_read_and_a_forged_serial_is_not_found(client: FlaskClient) -> None:
    row = handed_out(ReportName.SUMMARY)
    picture = next(sheets(file_bytes(row, "pdf")))
    assert codes_on(picture) == [row.verify_url]
    assert codes_on(Image.new("L", picture.size, 255)) == []
    forged = row.serial[:-2] + ("00" if row.serial[-2:] != "00" else "11")
    assert "查不到这个流水号" in client.get(f"/verify/{forged}").text


def altered(value: object) -> Iterator[object]:
    """Yield the value with one figure altered, for every figure in it."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from ({**value, name: other} for other in altered(item))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from ([*value[:place], other, *value[place + 1 :]] for other in altered(item))
            yield [*value[:place], *value[place + 1 :]]
    elif isinstance(value, int):
        yield from (value + 1, -value or 10)
    elif isinstance(value, str) and not re.fullmatch(r"[0-9a-f]{64}", value):
        yield value[:-1] if value else "改"


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("report", list(ReportName))
def test_whatever_figure_is_altered_the_digest_on_the_paper_is_another(report: ReportName, full: bool) -> None:
    row = handed_out(report)
    text, _ = drawn_from(row)
    plain = json.loads(text)
    assert text_digest(_canonical(plain)) == row.figures_digest
    forgeries = list(altered(plain))
    assert len(forgeries) > 10
    for forgery in forgeries if full else random.Random(18).sample(forgeries, min(len(forgeries), 150)):
        assert text_digest(_canonical(forgery)) != row.figures_digest


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@pytest.mark.usefixtures("filled")
def test_a_paper_with_another_amount_shows_what_the_page_of_verification_does_not() -> None:
    row = handed_out(ReportName.LEDGER)
    text, imprint = drawn_from(row)
    report = REPORTS[ReportName.LEDGER]
    plain = json.loads(text)
    line = plain["parts"][0]["lines"][0]
    line["original_fen"] += 100_000_000
    forgery = _canonical(plain)
    paper = verification(row.serial).paper
    assert paper
    assert report.glance(read_figures(report.kind, text)) == tuple(map(tuple, paper.glance))
    assert report.glance(read_figures(report.kind, forgery)) != tuple(map(tuple, paper.glance))
    assert report.write(forgery, imprint, "pdf") != file_bytes(row, "pdf")


@pytest.mark.usefixtures("filled")
def test_kept_figures_that_were_altered_are_not_vouched_for() -> None:
    row = handed_out(ReportName.SUMMARY)
    assert verification(row.serial).verdict == "FOUND"
    path = store.path_of(row.figures_sha256)
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 1
    path.write_bytes(data)
    assert verification(row.serial).verdict == "CANNOT_TELL"


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("report", list(ReportName))
def test_the_same_figures_and_imprint_give_the_same_bytes(report: ReportName) -> None:
    row = handed_out(report)
    text, imprint = drawn_from(row)
    for name in REPORTS[report].formats:
        assert REPORTS[report].write(text, imprint, name) == file_bytes(row, name)
