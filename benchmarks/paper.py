"""Measure paper and spreadsheets against their peers in the same run.

    python benchmarks/paper.py            everything
    python benchmarks/paper.py --check    and fail when a target is missed

Each measurement runs in a process of its own, so that peak memory is its own. CPU seconds, best of the runs.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, SimpleDocTemplate, TableStyle

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from registry import spreadsheet  # noqa: E402
from registry.money import format_yuan  # noqa: E402
from registry.reports import classified_ledger, income_ledger  # noqa: E402
from registry.reports.classified_ledger import ClassifiedLedger, LedgerLine, LedgerPart  # noqa: E402
from registry.reports.income_ledger import IncomeLedger, IncomeLine, IncomePart  # noqa: E402
from registry.reports.paper import fonts  # noqa: E402
from registry.reports.paper.imprint import Checkpoint, Imprint, PrintedBy  # noqa: E402

ASSETS_PER_VILLAGE = 30
NAMES = ("黄精种植基地", "光伏电站", "莼菜加工车间", "旧冷链设备", "蜂蜜灌装线", "肉牛养殖小区（入股）", "脆红李采摘园")
FUNDING = ("财政专项扶贫", "鲁渝协作", "衔接补助资金", "社会捐赠")
IMPRINT = Imprint(
    serial="SZ-2026-000318-7K",
    figures_digest="9f2c41a70b6ed8537c19e4f026ab5d38" * 2,
    checkpoint=Checkpoint("500240", 12_846, "q3Vd8kZrT0aYw5mNfLx2hQ7uPbC1sJeGq3Vd8kZrT0a="),
    printed_by=PrintedBy("张某某", "审计员", "县审计局"),
    printed_at=datetime(2026, 11, 23, 2, 12, 7, tzinfo=UTC),
)


def ledger(rows: int) -> ClassifiedLedger:
    """Make a ledger of this many assets, thirty to a village."""
    return ClassifiedLedger(
        "石柱土家族自治县",
        "500240000000",
        "石柱土家族自治县",
        "2026 年度",
        "在册",
        (LedgerPart("经营性资产", lines(rows)),),
    )


def lines(rows: int) -> tuple[LedgerLine, ...]:
    """Make lines whose names, numbers and amounts differ."""
    made = []
    for row in range(rows):
        village = row // ASSETS_PER_VILLAGE
        original = 10_000_000 + row * 7_919 % 900_000_000
        accumulated = None if row % 5 == 0 else original // 3
        made.append(
            LedgerLine(
                number=f"5002402{village % 100_000:05d}J2018{row % 100_000:05d}K",
                name=f"{NAMES[row % len(NAMES)]}{row}",
                subtype="种养基地",
                acquired=f"20{16 + row % 9}-{1 + row % 12:02d}",
                quantity=f"{row % 400} 亩",
                owner=f"{village}村股份经济合作社",
                main_funding=FUNDING[row % len(FUNDING)],
                original_fen=original,
                accumulated_fen=accumulated,
                net_fen=original - (accumulated or 0),
                status="出租" if row % 3 else "自营",
                title="已确权",
                township_name=f"第{village // 10}乡",
                village_name=f"{village}村",
            )
        )
    return tuple(made)


def income(rows: int) -> IncomeLedger:
    """Make an income ledger of this many receipts, thirty to a village, every tenth a deposit."""
    made = []
    for row in range(rows):
        village, fen, deposit = row // ASSETS_PER_VILLAGE, 500_000 + row * 7_919 % 45_000_000, row % 10 == 0
        made.append(
            IncomeLine(
                day=f"2026-{1 + row % 12:02d}-{1 + row % 28:02d}",
                number=f"5002402{village % 100_000:05d}J2018{row % 100_000:05d}K",
                name=f"{NAMES[row % len(NAMES)]}{row}",
                owner=f"{village}村股份经济合作社",
                kind="收取押金" if deposit else "租金、承包费",
                payer=f"{row % 800}号种植大户",
                earned="2026-01～03",
                income_fen=None if deposit else fen,
                passing_fen=fen if deposit else None,
                voucher=f"记-2026-{row % 9_999:04d}",
                township_name=f"第{village // 10}乡",
                village_name=f"{village}村",
            )
        )
    own, others = "第一部分　公共所有资产的收益", "第二部分　其他所有者上报的收益"
    county = ("石柱土家族自治县", "500240000000", "石柱土家族自治县", "2026 年度", "已审核的收益")
    return IncomeLedger(*county, (IncomePart(own, tuple(made)), IncomePart(others, ())))


def our_income(figures: IncomeLedger) -> bytes:
    """Draw the income ledger of a county."""
    return income_ledger.draw(figures, IMPRINT)


def our_ledger(figures: ClassifiedLedger) -> bytes:
    """Draw with our own table."""
    return classified_ledger.draw(figures, IMPRINT)


def long_table(figures: ClassifiedLedger) -> bytes:
    """Draw the same cells with a plain platypus LongTable in the same font."""
    pdfmetrics.registerFont(TTFont("Noto", str(fonts.FONTS / "NotoSansSC-Regular.ttf")))
    cells = [[str(i), *(_shown(value) for value in cells_of(line))] for i, line in enumerate(figures.parts[0].lines, 1)]
    table = LongTable(cells, repeatRows=1)
    table.setStyle(TableStyle([("FONT", (0, 0), (-1, -1), "Noto", 8.5), ("GRID", (0, 0), (-1, -1), 0.5, "black")]))
    out = BytesIO()
    SimpleDocTemplate(out, pagesize=landscape(A4)).build([table])
    return out.getvalue()


def cells_of(line: LedgerLine) -> tuple[str | int | None, ...]:
    """Give the eleven printed cells of a line."""
    words = (line.number, line.name, line.subtype, line.acquired, line.quantity, line.owner, line.main_funding)
    return (*words, line.original_fen, line.accumulated_fen, line.net_fen, line.status)


def _shown(value: str | int | None) -> str:
    return "—" if value is None else format_yuan(value) if isinstance(value, int) else value


def sheet_rows(figures: ClassifiedLedger) -> Iterator[tuple[str | int | None, ...]]:
    """Give fifteen cells a row."""
    for line in figures.parts[0].lines:
        yield (*cells_of(line), line.township_name, line.village_name, "经营性资产", "已确权")


def our_xlsx(figures: ClassifiedLedger) -> bytes:
    """Write with our own spreadsheet."""
    amounts = (7, 8, 9)
    columns = tuple(
        spreadsheet.SheetColumn(f"第{i}列", spreadsheet.CellKind.AMOUNT if i in amounts else spreadsheet.CellKind.TEXT)
        for i in range(15)
    )
    out = BytesIO()
    spreadsheet.write_xlsx([spreadsheet.WorkSheet("台账", columns, sheet_rows(figures), ("台账",))], out)
    return out.getvalue()


def plain_xlsx(figures: ClassifiedLedger) -> bytes:
    """Write the same cells with XlsxWriter alone."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    page, words, money = book.add_worksheet(), book.add_format(), book.add_format({"num_format": "#,##0.00"})
    for row, cells in enumerate(sheet_rows(figures)):
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                page.write_number(row, column, cell / 100, money)
            elif cell is not None:
                page.write_string(row, column, cell, words)
    book.close()
    return out.getvalue()


#: How the figures of a way are made, and how they are written.
WAYS: dict[str, tuple[Callable[[int], Any], Callable[[Any], bytes]]] = {
    "ledger": (ledger, our_ledger),
    "income": (income, our_income),
    "LongTable": (ledger, long_table),
    "xlsx": (ledger, our_xlsx),
    "plain xlsx": (ledger, plain_xlsx),
}


def measure_here(way: str, rows: int) -> None:
    """Run one way in this process and print what it took; a small run first loads modules and fonts."""
    make, write = WAYS[way]
    write(make(20))
    figures = make(rows)
    start = time.process_time()
    data = write(figures)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": seconds, "mib": peak, "kib": len(data) // 1024}))


def measure(way: str, rows: int, runs: int = 1) -> dict[str, float]:
    """Measure one way in processes of its own; keep the fastest run."""
    command = [sys.executable, __file__, "--measure", way, str(rows)]
    found = [json.loads(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(runs)]
    best: dict[str, float] = min(found, key=lambda each: each["seconds"])
    print(
        f"{way:>11} {rows:>7} rows {best['seconds']:7.2f} s {rows / best['seconds']:9,.0f} rows/s {best['mib']:5} MiB"
    )
    return best


def copy_back(rows: int) -> int:
    """Count the cells of a printed ledger that pdftotext does not give back."""
    figures = ledger(rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.pdf"
        path.write_bytes(classified_ledger.draw(figures, IMPRINT))
        text = subprocess.run(["pdftotext", "-raw", path, "-"], check=True, capture_output=True, text=True).stdout
    printed = "".join(text.split())
    cells = [_shown(cell) for part in figures.parts for line in part.lines for cell in cells_of(line)]
    return sum("".join(cell.split()) not in printed for cell in cells)


def main() -> int:
    """Run everything and compare with the targets."""
    small, large, peer = measure("ledger", 10_000, 3), measure("ledger", 100_000, 3), measure("LongTable", 10_000)
    few, many = measure("income", 10_000, 2), measure("income", 100_000, 2)
    ours, plain = measure("xlsx", 100_000, 2), measure("plain xlsx", 100_000, 2)
    lost = copy_back(400)
    targets = [
        ("100,000 rows take at most 11 times 10,000", large["seconds"] / small["seconds"], 11.0),
        ("time per row against LongTable, at most 1/4", small["seconds"] / peer["seconds"], 0.25),
        ("MiB for 100,000 rows", large["mib"], 300.0),
        ("100,000 rows of income take at most 11 times 10,000", many["seconds"] / few["seconds"], 11.0),
        ("MiB for 100,000 rows of income", many["mib"], 300.0),
        ("cells lost on the way back", float(lost), 0.0),
        ("xlsx against plain XlsxWriter", ours["seconds"] / plain["seconds"], 1.5),
        ("MiB for 100,000 × 15 cells", ours["mib"], 200.0),
    ]
    for name, found, most in targets:
        print(f"{'ok    ' if found <= most else 'MISSED'} {name}: {found:.2f} (at most {most:g})")
    return int("--check" in sys.argv and any(found > most for _, found, most in targets))


if __name__ == "__main__":
    if "--measure" in sys.argv:
        measure_here(sys.argv[2], int(sys.argv[3]))
    else:
        raise SystemExit(main())
