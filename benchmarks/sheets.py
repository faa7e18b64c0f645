"""Measure the precheck and the import of a large workbook, and what memory they take.

    python benchmarks/sheets.py              10,000 rows on an embedded database
    python benchmarks/sheets.py --check      and fail when a target is missed
    python benchmarks/sheets.py --rows 1000

The database is FPA_DATABASE_URI where that is set (it must be empty), else a file in a temporary folder. Seconds are
those of the wall clock, and beside them those of the processor, for a machine that is not idle.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import xlsxwriter
from sqlalchemy import func, select

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from registry.app import create_app  # noqa: E402
from registry.assets.register.cards.models import Asset  # noqa: E402
from registry.assets.register.sheets.checking import Checked, Upload, check_upload  # noqa: E402
from registry.assets.register.sheets.choosing import Choices  # noqa: E402
from registry.assets.register.sheets.running import run_import  # noqa: E402
from registry.assets.register.sheets.services import (  # noqa: E402
    ImportMode,
    batch_region,
    confirm_import,
    keep_upload,
)
from registry.clock import today  # noqa: E402
from registry.config import PACKAGE, Settings  # noqa: E402
from registry.database import db, transaction  # noqa: E402
from registry.operations.schema import record_schema, upgrade  # noqa: E402
from registry.permissions import Actor  # noqa: E402
from registry.places.rules import short_name  # noqa: E402
from registry.places.services import import_divisions, logs_of, read_divisions  # noqa: E402
from registry.regions import Level, covers, level_of  # noqa: E402
from tests.factories import person, seed_people  # noqa: E402

COUNTY, MUNICIPALITY = "500240000000", "500000000000"
HEADINGS = (
    "序号", "资产名称", "资产类别", "资产二级类别", "乡镇", "所在村", "购建时间", "原值(元)", "数量", "计量单位",
    "规格", "使用状况", "产权归属类别", "产权所有人", "中央财政衔接资金(元)", "市级财政衔接资金(元)", "自筹资金(元)",
    "管护人", "使用年限", "备注",
)  # fmt: skip
#: Seconds and MiB that 10,000 rows may take.
PRECHECK_SECONDS, IMPORT_SECONDS, MIB = 6, 15, 400


@dataclass(frozen=True)
class Took:
    """How long a step took by the wall clock and of the processor."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.wall:6.2f} s wall, {self.cpu:6.2f} s processor"


def timed(deed: Callable[[], object]) -> tuple[object, Took]:
    """Do something and measure it, child processes included."""
    wall, cpu = time.perf_counter(), _cpu()
    result = deed()
    return result, Took(time.perf_counter() - wall, _cpu() - cpu)


def _cpu() -> float:
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def workbook(rows: int, villages: list[tuple[str, str]]) -> bytes:
    """Return a county's ledger of so many assets over its villages."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    page = book.add_worksheet("明细")
    page.write_row(0, 0, ["石柱土家族自治县扶贫项目资产台账"])
    page.write_row(1, 0, HEADINGS)
    for number in range(1, rows + 1):
        township, village = villages[number % len(villages)]
        page.write_row(number + 1, 0, _row(number, township, village))
    book.close()
    return out.getvalue()


def _row(number: int, township: str, village: str) -> list[object]:
    central, municipal, own = number * 60, number * 40, 0.56
    what = [number, f"{village}第{number}号蓄水池", "公益性", "农田水利", township, village]
    size = [f"2018-05-{number % 28 + 1:02d}", central + municipal + own, 1, "座", f"{number}立方米", "在用"]
    whose = ["村集体", f"{village}股份经济合作社", central, municipal, own, f"张{number % 300}", 20, f"第{number}行"]
    return [*what, *size, *whose]


def prepare(folder: Path) -> list[tuple[str, str]]:
    """Make a database with the county's places and people; returns its villages with their townships."""
    settings = Settings(data_dir=folder, database_uri=os.environ.get("FPA_DATABASE_URI", ""))
    app = create_app(settings)
    upgrade(settings)
    app.app_context().push()
    record_schema(MUNICIPALITY)
    divisions = read_divisions((PACKAGE / "data" / "divisions-chongqing.csv").read_text("utf-8"))
    with transaction(*logs_of(divisions)):
        import_divisions(divisions, by=Actor(None, "系统", "", MUNICIPALITY, ""))
    seed_people()
    names = {one.code: short_name(one.name) for one in divisions}
    inside = (one for one in divisions if covers(COUNTY, one.code) and level_of(one.code) is Level.VILLAGE)
    return [(names[one.parent_code or ""], names[one.code]) for one in inside]


def main() -> None:
    """Measure and say what was found."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=10_000)
    arguments.add_argument("--check", action="store_true")
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        villages = prepare(Path(folder))
        missed = measure(Upload(workbook(asked.rows, villages), "台账.xlsx"), asked.rows)
        db.session.remove()
        db.engine.dispose()
    if asked.check and missed:
        sys.exit("missed: " + ", ".join(missed))


def measure(upload: Upload, rows: int) -> list[str]:
    """Precheck, keep and import; returns the targets that were missed."""
    by = person("county_clerk")
    found, precheck = timed(lambda: check_upload(upload, Choices(), by=by, on=today()))
    assert isinstance(found, Checked)
    assert (found.added, found.invalid) == (rows, 0), found.report.problems[:3]
    upload_id, keeping = timed(lambda: _keep(upload, found, by))
    _done, bringing = timed(lambda: _bring_in(int(str(upload_id)), by))
    written = db.session.scalar(select(func.count()).select_from(Asset))
    assert written == rows
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"workbook   {rows:,} rows x {len(HEADINGS)} columns, {len(upload.data) / 2**20:.1f} MiB")
    print(f"precheck   {precheck}   (target {PRECHECK_SECONDS} s)")
    print(f"kept       {keeping}")
    print(f"import     {bringing}   (target {IMPORT_SECONDS} s)")
    print(f"memory     {peak:.0f} MiB, parser {child:.0f} MiB   (target {MIB} MiB)")
    targets = (
        ("precheck", precheck.wall <= PRECHECK_SECONDS),
        ("import", bringing.wall <= IMPORT_SECONDS),
        ("memory", max(peak, child) <= MIB),
    )
    return [name for name, held in targets if not held]


def _keep(upload: Upload, found: Checked, by: Actor) -> int:
    with transaction():
        return keep_upload(upload, found, Choices(), by=by, took_ms=0).id


def _bring_in(upload_id: int, by: Actor) -> bool:
    with transaction(batch_region(upload_id)):
        confirm_import(upload_id, ImportMode.ALL_OR_NOTHING, by=by)
    return run_import(upload_id, by=by, seconds=None)


if __name__ == "__main__":
    main()
