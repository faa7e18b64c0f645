"""Paper gives back every character, its sums follow from page to page, and the same figures give the same bytes."""

import dataclasses
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.money import format_yuan, parse_fen
from registry.reports import classified_ledger
from registry.reports.classified_ledger import ClassifiedLedger, LedgerLine, LedgerPart
from registry.reports.paper.imprint import Checkpoint, Imprint, PrintedBy, figures_digest
from registry.reports.paper.lettering import Lettering

LONG_NAME = "石柱土家族自治县中益乡华溪村中华蜜蜂产业扶贫示范基地二期仓储物流配套设施及附属道路工程（含冷链）项目"
#: In order: Noto beyond the plane, HanaMinB, extension G that no face has, and signs that PDF must escape.
NAMES = ("黄精种植基地", "𬭎铭𣲗江㐂蜂场", "𠮷𪜎村采摘园", "𰻞𱁬面馆", "(a)<b>\\&]%", LONG_NAME)
IMPRINT = Imprint(
    serial="SZ-2026-000318-7K",
    figures_digest="9f2c41a70b6ed8537c19e4f026ab5d38" * 2,
    checkpoint=Checkpoint("500240", 12_846, "q3Vd8kZrT0aYw5mNfLx2hQ7uPbC1sJeGq3Vd8kZrT0a="),
    printed_by=PrintedBy("张某某", "审计员", "石柱土家族自治县审计局"),
    printed_at=datetime(2026, 11, 23, 2, 12, 7, tzinfo=UTC),
    verify_url="https://zc.example.gov.cn/v/SZ-2026-000318-7K",
)


def line(index: int, *, name: str = "黄精种植基地", village: str = "华溪村", fen: int | None = None) -> LedgerLine:
    original = 74_250_000 + index * 12_345 if fen is None else fen
    accumulated = None if index % 4 == 0 else original // 3
    return LedgerLine(
        number=f"500240213203J2018{index:05d}K",
        name=name,
        subtype="种养基地",
        acquired="2018-11",
        quantity=f"{index} 亩",
        owner=f"{village}股份经济合作社",
        main_funding="财政专项扶贫",
        original_fen=original,
        accumulated_fen=accumulated,
        net_fen=original - (accumulated or 0),
        status="出租",
        title="已确权",
        township_name="中益乡",
        village_name=village,
    )


def ledger(*parts: tuple[LedgerLine, ...]) -> ClassifiedLedger:
    categories = ("经营性资产", "公益性资产", "到户类资产")
    return ClassifiedLedger(
        unit_name="石柱土家族自治县　中益乡",
        region_code="500240213000",
        region_name="中益乡",
        period_text="2026 年度，截至 2026-11-23",
        range_text="在册，全部 7 个村",
        parts=tuple(LedgerPart(category, lines) for category, lines in zip(categories, parts, strict=False)),
    )


def three_villages(count: int = 60) -> tuple[LedgerLine, ...]:
    villages = ("华溪村", "盐井村", "坪坝村")
    return tuple(
        line(i, name=NAMES[i % len(NAMES)], village=villages[i * len(villages) // count]) for i in range(count)
    )


def read_back(pdf: bytes, folder: Path) -> list[str]:
    """Give each page's text as pdftotext reads it, without white space."""
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    text = subprocess.run(["pdftotext", "-raw", path, "-"], check=True, capture_output=True, text=True)
    assert "Error" not in text.stderr
    return ["".join(page.split()) for page in text.stdout.split("\f")[:-1]]


def cells_of(one: LedgerLine) -> list[str]:
    words = [one.number, one.name, one.subtype, one.acquired, one.quantity, one.owner, one.main_funding, one.status]
    amounts = [one.original_fen, one.accumulated_fen, one.net_fen]
    return ["".join(w.split()) for w in words] + ["—" if a is None else format_yuan(a) for a in amounts]


def row_as_printed(ordinal: int, one: LedgerLine) -> str:
    cells = cells_of(one)
    return f"{ordinal}" + "".join(cells[:7] + cells[8:] + cells[7:8])


def missing(figures: ClassifiedLedger, pages: list[str]) -> list[str]:
    """List the rows that cannot be read back whole, every cell in its order."""
    text = "".join(pages)
    return [
        row
        for part in figures.parts
        for ordinal, one in enumerate(part.lines, 1)
        if (row := row_as_printed(ordinal, one)) not in text
    ]


def figures_after(label: str, page: str) -> tuple[int, ...]:
    """Read the count and the three sums behind 承前页 or 过次页."""
    amount = r"(-?[\d,]+?\.\d\d)"
    found = re.search(label + r"（(?:第\d+页，|累计)(\d+)项）" + amount * 3, page)
    assert found, label
    return (int(found[1]), *(parse_fen(text) for text in found.groups()[1:]))


def test_every_cell_copies_back_from_the_paper(tmp_path: Path) -> None:
    figures = ledger(three_villages())
    assert missing(figures, read_back(classified_ledger.draw(figures, IMPRINT), tmp_path)) == []


def test_the_copy_back_check_finds_one_altered_digit(tmp_path: Path) -> None:
    printed = ledger(three_villages())
    altered = ledger((*three_villages()[:-1], dataclasses.replace(three_villages()[-1], original_fen=1)))
    assert len(missing(altered, read_back(classified_ledger.draw(printed, IMPRINT), tmp_path))) == 1


@settings(max_examples=12, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Zs"]), min_size=1))
def test_no_character_is_left_out(text: str) -> None:
    lettering = Lettering()
    shown = lettering.regular.show(text)[1]
    drawn = set().union(*(used for _, _, used in lettering.faces_used()))
    spelt = {c for c in text if f"{c.encode('utf-16-be').hex()}" in "".join(re.findall("ActualText<feff(.*?)>", shown))}
    assert set(text) <= drawn | spelt


def test_a_character_no_face_has_shows_its_code_point(tmp_path: Path) -> None:
    lettering = Lettering()
    lettering.regular.show("\U00031340")
    assert set("〓U+31340") <= lettering.regular.used


@given(st.text("扶贫项目abc123，。（）《》 ", min_size=1, max_size=80), st.integers(1000, 9000))
@settings(deadline=None)
def test_wrapping_loses_nothing_and_keeps_to_the_width(text: str, width: int) -> None:
    hand = Lettering().regular
    lines = hand.wrap(text, width)
    assert "".join(lines) == text
    assert all(hand.width(each) <= width or len(each) == 1 for each in lines)


def test_each_page_takes_up_the_sums_of_the_page_before(tmp_path: Path) -> None:
    pages = read_back(classified_ledger.draw(ledger(three_villages(200)), IMPRINT), tmp_path)
    carried = [figures_after("过次页", page) for page in pages[:-1]]
    brought = [figures_after("承前页", page) for page in pages[1:]]
    assert len(pages) > 5
    assert carried == brought


def test_carried_sums_are_the_sums_of_the_rows_above(tmp_path: Path) -> None:
    lines = three_villages(200)
    for page in read_back(classified_ledger.draw(ledger(lines), IMPRINT), tmp_path)[:-1]:
        count, original, accumulated, net = figures_after("过次页", page)
        above = lines[:count]
        assert original == sum(one.original_fen for one in above)
        assert accumulated == sum(one.accumulated_fen or 0 for one in above)
        assert net == sum(one.net_fen or 0 for one in above)


def test_villages_parts_and_the_whole_have_their_sums(tmp_path: Path) -> None:
    first, second = three_villages(), (line(1, fen=100), line(2, fen=300))
    text = "".join(read_back(classified_ledger.draw(ledger(first, second), IMPRINT), tmp_path))
    for village in ("华溪村", "盐井村", "坪坝村"):
        held = [one for one in first if one.village_name == village]
        assert f"{village}小计（20项）{format_yuan(sum(one.original_fen for one in held))}" in text
    assert "公益性资产合计（2项）4.00" in text
    assert f"中益乡总计（62项）{format_yuan(sum(one.original_fen for one in first + second))}" in text


def test_townships_have_their_sums_when_there_are_several(tmp_path: Path) -> None:
    there = dataclasses.replace(line(1, fen=700), township_name="三河镇", village_name="川主村")
    text = "".join(read_back(classified_ledger.draw(ledger((line(1, fen=500), there)), IMPRINT), tmp_path))
    assert "中益乡小计（1项）5.00" in text
    assert "三河镇小计（1项）7.00" in text


def test_an_empty_part_says_so_on_its_own_page(tmp_path: Path) -> None:
    pages = read_back(classified_ledger.draw(ledger((line(1),), (), (line(2),)), IMPRINT), tmp_path)
    assert ["本部分无资产" in page for page in pages] == [False, True, False]


def test_a_ledger_without_any_asset_is_one_page_per_part(tmp_path: Path) -> None:
    pages = read_back(classified_ledger.draw(ledger((), (), ()), IMPRINT), tmp_path)
    assert len(pages) == 3
    assert "中益乡总计（0项）———" in pages[-1]


@pytest.mark.parametrize("count", [0, 1, 14, 15, 16, 17, 18, 19, 20, 33, 60, 150])
def test_the_announced_number_of_pages_is_the_real_one(count: int, tmp_path: Path) -> None:
    lines = tuple(line(i, name=NAMES[i % len(NAMES)]) for i in range(count))
    pages = read_back(classified_ledger.draw(ledger(lines, (), lines), IMPRINT), tmp_path)
    assert all(f"第{number}页/共{len(pages)}页" in page for number, page in enumerate(pages, 1))


def test_eleven_figures_before_the_point_are_printed_whole(tmp_path: Path) -> None:
    figures = ledger((line(1, fen=99_999_999_999_99), line(2, fen=99_999_999_999_99)))
    pages = read_back(classified_ledger.draw(figures, IMPRINT), tmp_path)
    assert missing(figures, pages) == []
    assert "199,999,999,999.98" in pages[0]


def test_every_page_bears_serial_digest_checkpoint_and_printer(tmp_path: Path) -> None:
    said = (
        "SZ-2026-000318-7K",
        "9f2c41a70b6ed8537c19e4f026ab5d38",
        "500240·12,846·" + IMPRINT.checkpoint.root,
        "石柱土家族自治县审计局审计员张某某，2026-11-2310:12:07",
        "制表人：",
        "审核人：",
        "单位负责人：",
        "单位（盖章）",
        "金额单位：元",
        "（500240213000）",
    )
    for page in read_back(classified_ledger.draw(ledger(three_villages()), IMPRINT), tmp_path):
        assert [text for text in said if text not in page] == []
        assert "演示数据" not in page


def test_demo_data_is_marked_on_every_page(tmp_path: Path) -> None:
    demo = dataclasses.replace(IMPRINT, demo=True)
    assert all("演示数据" in p for p in read_back(classified_ledger.draw(ledger(three_villages()), demo), tmp_path))


def test_the_same_figures_and_imprint_give_the_same_bytes() -> None:
    first, second = (classified_ledger.draw(ledger(three_villages()), IMPRINT) for _ in range(2))
    assert first == second


def test_another_imprint_gives_another_file() -> None:
    later = dataclasses.replace(IMPRINT, serial="SZ-2026-000319-2M")
    assert classified_ledger.draw(ledger(()), IMPRINT) != classified_ledger.draw(ledger(()), later)


def test_a_digest_follows_the_figures_and_nothing_else() -> None:
    assert ledger(three_villages()).digest() == ledger(three_villages()).digest()
    assert ledger(three_villages()).digest() != ledger(three_villages(59)).digest()


def test_a_float_is_not_a_figure() -> None:
    with pytest.raises(TypeError):
        figures_digest(dataclasses.replace(line(1), original_fen=0.1))  # type: ignore[arg-type]


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = dataclasses.replace(IMPRINT, printed_at=datetime(2026, 11, 23))  # noqa: DTZ001
    with pytest.raises(ValueError, match="aware"):
        classified_ledger.draw(ledger(()), naive)


def test_the_code_on_paper_is_the_address_that_verifies() -> None:
    scale, left, top, side = 8, 34.0, 595.28 - 23 - 46, 46.0
    page = pypdfium2.PdfDocument(classified_ledger.draw(ledger(()), IMPRINT))[0]
    picture = page.render(scale=scale).to_pil().convert("L")
    modules = [bytes(row) for row in segno.make(IMPRINT.verify_url, error="m", micro=False).matrix]
    step = side / (len(modules) + 2)
    printed = [
        bytes(
            picture.getpixel((int((left + (x + 1.5) * step) * scale), int((top + (y + 1.5) * step) * scale))) < 128
            for x in range(len(modules))
        )
        for y in range(len(modules))
    ]
    assert printed == modules


def test_a_print_without_an_address_codes_its_serial() -> None:
    assert dataclasses.replace(IMPRINT, verify_url="").code_text == "SZ-2026-000318-7K"
