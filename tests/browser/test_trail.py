"""The trail in a real browser: leafing, unfolding, verifying with a note kept elsewhere, taking an export away."""

import zipfile
from pathlib import Path

import pytest

from registry.audit.services import make_checkpoint
from registry.audit.verify_audit import verify
from registry.database import db
from tests.browser.desk import Desk
from tests.factories import COUNTY, VILLAGE, confirmed, entered
from tests.trust.lived import COUNTY_LOG

pytestmark = pytest.mark.browser


@pytest.fixture
def note() -> str:
    """An asset that was entered and confirmed, and the checkpoint that somebody keeps on paper."""
    confirmed(name="中益加工车间")
    kept = make_checkpoint(COUNTY_LOG, "test")
    entered(name="之后登记的一项")
    db.session.remove()
    assert kept
    return kept


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("large", ["0", "1"])
def test_every_page_of_the_trail_is_in_order_at_each_width_and_size(app, note, desk: Desk, width, large):
    desk.page.set_viewport_size({"width": width, "height": 900})
    desk.sign_in("auditor")
    desk.page.context.add_cookies([{"name": "large", "value": large, "url": desk.base}])
    paths = ("/trail", f"/trail?region={VILLAGE}&action=ASSET_CONFIRMED&who=Township", "/trail?who=nobody",
             f"/trail/{COUNTY_LOG}/30", "/trail/checkpoint")  # fmt: skip
    assert [problem for path in paths for problem in desk.problems(path)] == []
    desk.click("text=校验这个日志")
    assert desk.problems() == []


def test_an_auditor_unfolds_an_event_and_reads_from_what_to_what(app, note, desk: Desk):
    desk.sign_in("auditor")
    desk.open("/trail?action=ASSET_CONFIRMED")
    desk.click("text=看改动")
    shown = desk.page.inner_text("ol.rows table")
    assert "登记状态" in shown
    assert "已确认" in shown
    assert desk.page.inner_text("ol.rows del") != ""
    desk.click("ol.rows > li >> text=第")
    assert "在检查点之内" in desk.page.inner_text("main")


def test_verifying_against_a_note_on_paper_takes_three_clicks(app, note, desk: Desk):
    desk.sign_in("county_agriculture")
    desk.click("nav.side >> text=操作日志")
    desk.click("text=校验与检查点")
    desk.page.fill("[name=notes]", note)
    desk.click("text=校验这个日志")
    report = desk.page.inner_text("main")
    assert "没有发现改动" in report
    assert "本报告不能证明" in report
    assert desk.clicks == 3
    assert desk.said == []


def test_an_export_is_taken_away_and_verifies_elsewhere(app, note, desk: Desk, tmp_path: Path):
    desk.sign_in("auditor")
    desk.open(f"/trail/checkpoint?region={COUNTY}")
    with desk.page.expect_download() as waiting:
        desk.page.click("text=导出这个日志")
    waiting.value.save_as(tmp_path / "trail.zip")
    with zipfile.ZipFile(tmp_path / "trail.zip") as packed:
        packed.extractall(tmp_path / "trail")
    report = verify(tmp_path / "trail", [note])
    assert report.code == 0, report.lines()
