"""The pages of an import, without scripts: upload, map, precheck, confirm, look, take back; and the console."""

import json
from io import BytesIO

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from registry.assets.register.cards.models import Asset
from registry.assets.register.sheets import running, services
from registry.assets.register.sheets.console import ColumnsUnknown, export_file, import_file
from registry.audit.models import TrailEvent
from registry.config import Settings
from registry.database import db
from registry.errors import Forbidden
from tests.assets.sheets.importing import GOOD, HEAD, assets, many
from tests.assets.sheets.sheet_samples import ledger, xlsx
from tests.factories import MUNICIPALITY, OTHER_COUNTY, PASSWORD, VILLAGE, confirmed


@pytest.fixture
def clerk(client: FlaskClient) -> FlaskClient:
    assert client.post("/login", data={"username": "township_clerk", "password": PASSWORD}).status_code == 303
    return client


def upload(clerk: FlaskClient, *rows: str) -> str:
    """Paste rows; returns the address of the page that follows."""
    text = "\n".join(row.replace("|", "\t") for row in rows)
    answer = clerk.post("/import", data={"pasted": text, "one_time_key": f"k{len(text)}"})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def confirm(clerk: FlaskClient, address: str, mode: str = "CORRECT_ROWS") -> None:
    """Confirm an upload."""
    answer = clerk.post(f"{address}/confirm", data={"mode": mode, "one_time_key": f"c{address}"})
    assert answer.status_code == 303, answer.text


def test_the_way_of_a_file_from_upload_to_result(clerk: FlaskClient) -> None:
    data = {"file": (BytesIO(xlsx(ledger(3))), "台账.xlsx"), "one_time_key": "k"}
    answer = clerk.post("/import", data=data, content_type="multipart/form-data")
    address = str(answer.headers["Location"])
    page = clerk.get(address).text
    assert "全部导入，共 3 行" in page
    assert "现在还没有写入任何数据" in page
    assert assets() == 0
    confirm(clerk, address, "ALL_OR_NOTHING")
    page = clerk.get(address).text
    assert "已导入 3 行" in page
    assert "/assets?batch=1" in page
    assert "华溪村第2号蓄水池" in clerk.get("/assets?batch=1").text


def test_the_page_shows_the_five_columns_of_every_problem(clerk: FlaskClient) -> None:
    page = clerk.get(upload(clerk, HEAD, GOOD, GOOD.replace("486000", "128.64万"))).text
    for text in ('<span class="raw">128.64万</span>', "表头是“元”，单元格写“万”，拿不准单位", "填 1286400.00"):
        assert text in page
    for text in ("导入正确的 1 行", "另跳过 1 行：表头 1。四项相加 3 行。", "下载错误工作簿"):
        assert text in page


def test_a_second_tap_of_confirm_writes_nothing_more(clerk: FlaskClient) -> None:
    address = upload(clerk, HEAD, GOOD)
    confirm(clerk, address)
    confirm(clerk, address)
    assert assets() == 1


def test_a_file_without_a_unit_of_money_goes_to_the_columns_first(clerk: FlaskClient) -> None:
    address = upload(clerk, HEAD.replace("(元)", ""), GOOD.replace("486000", "48.6"))
    assert address.endswith("/columns")
    page = clerk.get(address).text
    assert "表里没写金额是元还是万元" in page
    heads = [*HEAD.replace("(元)", "").split("|")]
    fields = ["name", "category", "village", "acquired_on", "original_value", "owner_name"]
    data = {f"headings-{i}": head for i, head in enumerate(heads)} | {f"mapping-{i}": f for i, f in enumerate(fields)}
    answer = clerk.post(address, data={**data, "unit": "WAN", "sheet": "粘贴的单元格", "one_time_key": "m"})
    assert answer.status_code == 303, answer.text
    assert "可导入" in clerk.get(str(answer.headers["Location"])).text


def test_nothing_handed_in_is_said_beside_the_field(clerk: FlaskClient) -> None:
    answer = clerk.post("/import", data={"one_time_key": "k"})
    assert answer.status_code == 422
    assert "请选一个文件" in answer.text


def test_a_file_that_is_no_table_is_refused_in_words(clerk: FlaskClient) -> None:
    data = {"file": (BytesIO(b"\x89PNG\r\n\x1a\n" + b"\0" * 50), "a.xlsx"), "one_time_key": "k"}
    answer = clerk.post("/import", data=data, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "认不出这是什么文件" in answer.text


@pytest.mark.parametrize("page", ["", "/columns", "/errors.xlsx"])
def test_an_upload_of_somebody_else_does_not_exist(clerk: FlaskClient, app: Flask, page: str) -> None:
    address = upload(clerk, HEAD, GOOD.replace("486000", "约5"))
    other = app.test_client()
    other.post("/login", data={"username": "county_clerk", "password": PASSWORD})
    assert clerk.get(address + page).status_code == 200
    assert other.get(address + page).status_code == 404
    assert other.post(address + "/confirm", data={"mode": "CORRECT_ROWS"}).status_code == 404
    assert other.post(address + "/undo").status_code == 404


def test_a_large_import_shows_how_far_it_is_and_goes_on(clerk: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "CHUNK_ROWS", 2)
    monkeypatch.setattr(running, "REQUEST_SECONDS", 0)
    monkeypatch.setattr(running.run_import, "__kwdefaults__", {"seconds": 0})
    address = upload(clerk, HEAD, *(GOOD.replace("蓄水池", f"蓄水池{i}") for i in range(5)))
    confirm(clerk, address)
    assert "正在导入：2 / 5 行" in clerk.get(address).text
    clerk.post(f"{address}/continue")
    clerk.post(f"{address}/continue")
    assert "已导入 5 行" in clerk.get(address).text
    assert assets() == 5


def test_a_batch_is_taken_back_on_its_page(clerk: FlaskClient) -> None:
    address = upload(clerk, HEAD, GOOD)
    confirm(clerk, address)
    assert "确认撤销" in clerk.get(address).text
    clerk.post(f"{address}/undo")
    assert "这一批已撤销" in clerk.get(address).text
    assert db.session.scalars(select(Asset.stage)).all() == ["WITHDRAWN"]


def test_the_error_workbook_and_the_template_are_handed_out(clerk: FlaskClient) -> None:
    address = upload(clerk, HEAD, GOOD.replace("486000", "约5"))
    for path in (f"{address}/errors.xlsx", "/import/template.xlsx"):
        answer = clerk.get(path)
        assert answer.data.startswith(b"PK")
        assert "attachment" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(("form", "magic"), [("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")])
def test_an_export_is_what_the_filter_shows_and_is_told_to_the_trail(
    clerk: FlaskClient, form: str, magic: bytes
) -> None:
    confirmed()
    confirmed(name="另一座仓库")
    answer = clerk.post(f"/assets/export?region={VILLAGE}&q=冷链", data={"form": form})
    assert answer.status_code == 200
    assert answer.data.startswith(magic)
    payload = json.loads(db.session.scalars(select(TrailEvent.payload).where(TrailEvent.action == "EXPORTED")).one())
    facts = payload["facts"]
    assert (facts["assets"], facts["filter"], facts["form"]) == (1, {"q": "冷链", "region": VILLAGE}, form)
    assert facts["region_seqs"][VILLAGE] > 4


def test_an_export_of_a_foreign_unit_does_not_exist(clerk: FlaskClient) -> None:
    assert clerk.post(f"/assets/export?region={OTHER_COUNTY}").status_code == 404
    assert clerk.post("/assets/export?year_from=abc").status_code == 400


@pytest.mark.usefixtures("app")
class TestConsole:
    """The console's import and export."""

    def test_a_dry_run_counts_and_writes_nothing(self, tmp_path) -> None:  # type: ignore[no-untyped-def]
        file = tmp_path / "台账.xlsx"
        file.write_bytes(many(4).data)
        outcome = import_file(file, "village_clerk", None, dry_run=True)
        assert (outcome.rows, outcome.importable, outcome.skipped) == (5, 4, 1)
        assert assets() == 0

    def test_an_import_writes_the_correct_rows_and_lists_the_others(self, tmp_path) -> None:  # type: ignore[no-untyped-def]
        file = tmp_path / "台账.csv"
        file.write_text(f"{HEAD}\n{GOOD}\n{GOOD.replace('486000', '约5')}".replace("|", ","), "utf-8")
        outcome = import_file(file, "village_clerk", VILLAGE, dry_run=False)
        assert (outcome.importable, outcome.invalid, assets()) == (1, 1, 1)
        error = outcome.errors[0]
        assert (error.row, error.column, error.value, error.problem) == (3, "原值(元)", "约5", "是约数，不是确切的金额")

    def test_rights_are_those_of_the_person_named(self, tmp_path) -> None:  # type: ignore[no-untyped-def]
        file = tmp_path / "台账.xlsx"
        file.write_bytes(many(1).data)
        for username, region in (("auditor", None), ("village_clerk", OTHER_COUNTY)):
            with pytest.raises(Forbidden):
                import_file(file, username, region, dry_run=True)
        with pytest.raises(Forbidden):
            export_file("village_clerk", MUNICIPALITY, tmp_path / "out.xlsx")

    def test_columns_that_need_a_person_stop_the_console(self, tmp_path) -> None:  # type: ignore[no-untyped-def]
        file = tmp_path / "台账.csv"
        file.write_text(f"{HEAD}\n{GOOD}".replace("(元)", "").replace("|", ","), "utf-8")
        with pytest.raises(ColumnsUnknown):
            import_file(file, "village_clerk", None, dry_run=False)

    def test_an_exported_file_comes_back_without_a_change(self, tmp_path) -> None:  # type: ignore[no-untyped-def]
        confirmed()
        assert export_file("village_clerk", None, tmp_path / "out.csv") == 1
        outcome = import_file(tmp_path / "out.csv", "village_clerk", None, dry_run=True)
        assert (outcome.importable, outcome.invalid, outcome.duplicate, outcome.skipped) == (0, 0, 0, 2)


def test_the_command_prints_one_json_object_and_nothing_else(
    app: Flask,
    settings: Settings,
    tmp_path,
    monkeypatch: pytest.MonkeyPatch,  # type: ignore[no-untyped-def]
) -> None:
    from registry.cli import main

    assert app
    file = tmp_path / "台账.csv"
    file.write_text(f"{HEAD}\n{GOOD}\n{GOOD.replace('486000', '约5')}".replace("|", ","), "utf-8")
    monkeypatch.setenv("FPA_DATA_DIR", str(settings.data_dir))
    db.session.rollback()
    command = ["assets", "import", str(file), "--as", "village_clerk", "--dry-run", "--json"]
    answer = json.loads(CliRunner().invoke(main, command, catch_exceptions=False).stdout)
    assert [answer[name] for name in ("rows", "importable", "invalid", "duplicate", "skipped")] == [3, 1, 1, 0, 1]
    assert answer["errors"][0].keys() == {"row", "column", "value", "problem", "remedy"}
