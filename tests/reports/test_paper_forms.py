"""Cards, summaries and labels on paper: sums, every row kept, the same bytes each time."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from registry.money import format_yuan
from registry.reports import asset_card, labels, summary
from tests.reports.test_paper import IMPRINT, LONG_NAME, read_back


def photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "grey").save(out, "PNG")
    return out.getvalue()


def card(events: int = 3) -> asset_card.AssetCardFigures:
    facts = (asset_card.Fact("资产名称", LONG_NAME), asset_card.Fact("管护人", "谭𬭎铭"), asset_card.Fact("备注", ""))
    return asset_card.AssetCardFigures(
        unit_name="石柱土家族自治县　中益乡",
        region_code="500240213000",
        period_text="截至 2026-11-23",
        number="500240213203J201800001K",
        name="中蜂养殖基地",
        groups=(asset_card.FactGroup("基本情况", facts),),
        funding=(
            asset_card.CardFunding("财政专项扶贫资金", "2018", "渝财农〔2018〕88 号", 50_000_000),
            asset_card.CardFunding("鲁渝协作资金", "2018", "", 24_250_000),
        ),
        owners=(asset_card.CardOwner("华溪村股份经济合作社", "村集体", "100.00%", "2018-11-01"),),
        changes=(asset_card.ValueChange("2020-05-01", "二期扩建", 12_000_000, 74_250_000),),
        events=tuple(asset_card.CardEvent("2020-01-01", "巡查", f"第 {i} 次巡查", "谭某某") for i in range(events)),
        photos=(asset_card.CardPhoto("全景", photo()),),
    )


def test_a_card_adds_up_its_funding_and_keeps_every_event(tmp_path: Path) -> None:
    pages = read_back(asset_card.draw(card(70), IMPRINT), tmp_path)
    text = "".join(pages)
    assert "合计742,500.00" in text
    assert all(f"第{i}次巡查" in text for i in range(70))
    assert "谭𬭎铭" in text
    assert all("日期事项内容经办、依据" in page for page in pages[:2])


def test_a_card_is_the_same_bytes_each_time() -> None:
    assert asset_card.draw(card(), IMPRINT) == asset_card.draw(card(), IMPRINT)


def held(region: int) -> tuple[summary.Holding, ...]:
    return tuple(summary.Holding(region + level + 1, (region + 1) * 10_000) for level in range(6))


def summary_of(regions: int) -> summary.SummaryFigures:
    categories = ("经营性资产", "公益性资产", "到户类资产")
    rows = tuple(
        summary.SummaryRow(f"5002401{r:02d}000", f"第{r}乡", category, held(r))
        for r in range(regions)
        for category in categories
    )
    return summary.SummaryFigures("石柱县", "500240000000", "石柱县", "2026 年度", "在册", rows)


def test_a_summary_ends_with_the_sum_of_all_regions(tmp_path: Path) -> None:
    pages = read_back(summary.draw(summary_of(20), IMPRINT), tmp_path)
    counts = sum((r + c + 1) * 3 for r in range(20) for c in range(6))
    fen = sum((r + 1) * 10_000 * 18 for r in range(20))
    assert len(pages) > 3
    assert f"石柱县总计{counts}{format_yuan(fen)}" in pages[-1]


def test_twenty_four_labels_fill_a_sheet(tmp_path: Path) -> None:
    one = labels.AssetLabel("500240213203J201800001K", LONG_NAME, "中益乡", "500240213203J201800001K")
    pages = read_back(labels.draw(labels.LabelFigures("500240213000", "中益乡", (one,) * 25), IMPRINT), tmp_path)
    assert [page.count(LONG_NAME) for page in pages] == [24, 1]
    assert pages[1].count("500240213203J201800001K") == 1
