"""The poster of a notice: masked, large, of both sizes, proved like every print."""

import re
import subprocess
from datetime import UTC, datetime

import pytest
from flask import Flask

from registry.approvals.notices.rules import TakenDownEarly
from registry.approvals.notices.tables import parse_table
from registry.clock import today
from registry.errors import Missing
from registry.reports import notice_poster
from registry.reports.figures import read_figures
from registry.reports.notice_poster import A3, A4, PosterFigures
from registry.reports.paper.imprint import Checkpoint, Imprint, PrintedBy, figures_text
from registry.reports.parameters import Parameters
from tests.approvals.notices.boards import posted, taken_down
from tests.factories import SIBLING_VILLAGE, TODAY, VILLAGE, person
from tests.journeys.browser import Visitor

ADDRESS = "https://register.example/public/notices/7"
IMPRINT = Imprint(
    "P500240-2026-000001-AB", "0" * 64, Checkpoint("500240", 12, "root"), PrintedBy("陈某", "村报账员", "华溪村"),
    datetime(2026, 11, 23, 1, tzinfo=UTC), "https://register.example/verify/P500240-2026-000001-AB",
)  # fmt: skip


def collected(notice_id: int, paper: str = A4, by: str = "village_clerk", region: str = VILLAGE) -> PosterFigures:
    parameters = Parameters((), ADDRESS, notice_id, paper)
    return notice_poster.collect(region, parameters, actor=person(by), on=TODAY)


def text_of(data: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, stdout=subprocess.PIPE, check=True)
    return re.sub(r"\s", "", done.stdout.decode())


def page_sizes(data: bytes) -> list[tuple[int, int]]:
    found = re.findall(rb"/MediaBox \[ ?0 0 ([\d.]+) ([\d.]+)", data)
    return [(int(float(wide)), int(float(high))) for wide, high in found]


def test_a_poster_says_what_until_when_whom_to_ask_and_where_to_object(app: Flask) -> None:
    text = text_of(notice_poster.draw(collected(posted()), IMPRINT))
    for part in (
        "中益冷链仓库等3项资产确权", "拟确权给华溪村股份经济合作社", "2026-11-23至2026-12-02", "村务公开栏、三组院坝",
        "陈书记023-73301234", "12317", ADDRESS, "P500240-2026-000001-AB", "谭**", "第1张/共1张",
    ):  # fmt: skip
        assert part in text


def test_no_full_name_of_the_list_stands_on_it_or_in_what_is_kept_of_it(app: Flask) -> None:
    figures = collected(posted())
    kept = figures_text(figures)
    assert all(name not in kept for name in ("谭正国", "秦大芳", "马兴华"))
    assert figures.rows[0] == ("谭**", "一组", "12")
    assert read_figures(PosterFigures, kept) == figures


def test_a3_is_the_same_poster_larger(app: Flask) -> None:
    notice_id = posted()
    small, large = (notice_poster.draw(collected(notice_id, paper), IMPRINT) for paper in (A4, A3))
    assert page_sizes(small) == [(595, 841)]
    assert page_sizes(large) == [(841, 1190)]
    assert text_of(small) == text_of(large)


def test_a_long_list_goes_on_over_sheets_and_loses_nothing(app: Flask) -> None:
    rows = "\n".join(f"张{'一二三四五六七八九'[n % 9]}\t{n}组\t护林{n:03d}" for n in range(90))
    figures = collected(posted(table=parse_table(f"姓名\t组\t做什么\n{rows}")))
    data = notice_poster.draw(figures, IMPRINT)
    text = text_of(data)
    assert all(f"护林{n:03d}" in text for n in range(90))
    pages = len(page_sizes(data))
    assert pages > 3
    assert text.count("做什么") == text.count("监督电话") == pages


def test_no_number_of_the_list_is_broken_over_two_lines(app: Flask) -> None:
    number, amount = "500240213203J201800004I", "1,285,000.00"
    table = parse_table(
        f"资产编号\t资产名称\t原值（元）\t权利人\n{number}\t蜜源基地作业便道及蓄水池\t{amount}\t华溪村股份经济合作社"
    )
    data = notice_poster.draw(collected(posted(table=table)), IMPRINT)
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, stdout=subprocess.PIPE, check=True)
    assert {number, amount} <= set(done.stdout.decode().split())


def test_what_was_taken_down_is_not_hung_again_and_a_foreign_one_does_not_exist(app: Flask) -> None:
    gone = posted()
    taken_down(gone)
    with pytest.raises(TakenDownEarly):
        collected(gone)
    with pytest.raises(Missing):
        collected(posted(), by="sibling_clerk")
    with pytest.raises(Missing):
        collected(posted(), region=SIBLING_VILLAGE)


def test_it_is_printed_from_its_page_registered_and_verified(app: Flask) -> None:
    notice_id = posted(on=today())
    clerk = Visitor(app.test_client(), "village_clerk")
    clerk.open(f"/notices/{notice_id}")
    clerk.send("/print", paper=A3)
    assert "公示张贴件" in clerk.page.text
    data = clerk.client.get(clerk.link(r"/prints/[^\"]+\.pdf")).data
    assert page_sizes(data) == [(841, 1190)]
    assert f"/public/notices/{notice_id}" in text_of(data)
    serial = re.findall(r"P\d{6}-\d{4}-\d{6}-\w\w", clerk.page.text)[0]
    assert "查到了" in app.test_client().get(f"/verify/{serial}").text
