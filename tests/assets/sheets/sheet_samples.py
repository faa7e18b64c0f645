"""Workbooks and places that the tests of this folder read."""

import io
import struct
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl

from registry.assets.register.reading.cells import Cell, CellKind, Sheet
from registry.assets.register.sheets.places import RegionIndex, RegionName, index_regions
from registry.assets.register.sheets.workbooks import read_pasted, read_workbook

PUBLISHED = Path(__file__).parent / "published"

_TOWNSHIPS = (
    ("430511100", "北塔区", "陈家桥镇", "苗儿 田江 谷洲 邓家 光裕 陈家桥 田庄 贺井 兴旺 李子塘 望城坡"),
    ("410503001", "北关区", "彰北街道办事处", "周家营 屈王度"),
    ("410503100", "北关区", "柏庄镇", "后林都"),
    ("420281100", "大冶市", "大箕铺镇", "方至畈 东角山"),
    ("410700100", "新乡高新区", "关堤乡", ""),
    ("500113116", "巴南区", "天星寺镇", "芙蓉"),
    ("500240213", "石柱土家族自治县", "中益乡", "龙河 光明 华溪 盐井 坪坝 全兴 建峰"),
    ("500240109", "石柱土家族自治县", "黄水镇", "和平 坪坝"),
)

HEADINGS = """
序号 资产编号 资产名称 资产类别 所在村 购建时间 原值(元) 数量 计量单位 规格 结构 使用状况 经营方式
产权归属类别 产权所有人 是否纳入三资管理 中央财政衔接资金(元) 市级财政衔接资金(元) 自筹资金(元)
管护人 累计收益(元) 使用年限 经度 纬度 备注
"""


def names(counties: str = "") -> list[RegionName]:
    """Return the townships and villages of some counties (all when empty)."""
    units = []
    for code, county, township, villages in _TOWNSHIPS:
        if county in (counties or county):
            units.append(RegionName(code + "000", township, (county,)))
            units += [
                RegionName(f"{code}{200 + number}", f"{name}村民委员会", (county, township))
                for number, name in enumerate(villages.split(), 1)
            ]
    return units


def everywhere() -> RegionIndex:
    """Return the index of all places of the samples."""
    return index_regions(names())


def zhongyi() -> RegionIndex:
    """Return the index of the seven villages of one township."""
    return index_regions([unit for unit in names() if unit.code.startswith("500240213")])


def published(name: str) -> Sheet:
    """Return a published table."""
    path = PUBLISHED / f"{name}.csv"
    return read_workbook(path.read_bytes(), path.name)[0]


def pasted(*rows: str) -> Sheet:
    """Return a sheet from rows whose cells are separated by |."""
    return read_pasted("\n".join(row.replace("|", "\t") for row in rows))


def text(value: str) -> Cell:
    """Return a cell of text."""
    return Cell(value, CellKind.TEXT)


def number(value: str) -> Cell:
    """Return a cell that holds a number."""
    return Cell(value, CellKind.NUMBER)


def xlsx(rows: Sequence[Sequence[object]], merge: Sequence[str] = ()) -> bytes:
    """Write a workbook."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for area in merge:
        sheet.merge_cells(area)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def ledger(count: int) -> list[list[object]]:
    """Return a ledger of ``count`` assets under its heading, every row in order."""
    return [list(HEADINGS.split()), *(_asset(serial) for serial in range(1, count + 1))]


def _asset(serial: int) -> list[object]:
    thing = [serial, f"ZY{serial:06d}", f"华溪村第{serial}号蓄水池", "公益性", "华溪村", date(2018, 5, serial % 28 + 1)]
    size = [serial * 100 + 0.56, 1, "座", f"{serial}立方米", "砖混", "在用", "自营"]
    owner = ["村集体", "华溪村股份经济合作联合社", "是", serial * 60, serial * 40, 0.56]
    return [*thing, *size, *owner, f"张{serial}", serial * 1.5, 20, 108.1124, 30.2151, f"第{serial}行"]


def archive(parts: dict[str, bytes]) -> bytes:
    """Write a zip container."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return stream.getvalue()


def ods(rows: Sequence[Sequence[str]]) -> bytes:
    """Write an OpenDocument spreadsheet of texts by hand."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{space}office:1.0" '
        f'xmlns:table="{space}table:1.0" xmlns:text="{space}text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="明细">{cells}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    manifest = (
        f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{space}manifest:1.0"><manifest:file-entry '
        'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        "</manifest:manifest>"
    )
    return archive(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def xls(rows: Sequence[Sequence[str | float]]) -> bytes:
    """Write an Excel 97 workbook of one sheet by hand: BIFF8 records in a compound file."""
    begin = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
    book_end, sheet_begin = _record(0x0A, b""), _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
    name = "明细".encode("utf-16-le")
    offset = len(begin) + 4 + 8 + len(name) + len(book_end)
    bound = _record(0x85, struct.pack("<IBBBB", offset, 0, 0, len(name) // 2, 1) + name)
    cells = b"".join(_xls_cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row))
    return _compound(begin + bound + book_end + sheet_begin + cells + book_end)


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _xls_cell(row: int, column: int, value: str | float) -> bytes:
    if isinstance(value, str):
        encoded = value.encode("utf-16-le")
        return _record(0x204, struct.pack("<HHHHB", row, column, 0, len(encoded) // 2, 1) + encoded)
    return _record(0x203, struct.pack("<HHHd", row, column, 0, value))


def _compound(stream: bytes) -> bytes:
    """Put one stream named Workbook into a compound file of 512-byte sectors: FAT, directory, then the stream."""
    padded = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\x00")
    count = len(padded) // 512
    fat = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    fat += [0xFFFFFFFF] * (128 - len(fat))
    assert len(fat) == 128
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *([0xFFFFFFFF] * 108))
    directory = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry("Workbook", 2, 0xFFFFFFFF, 2, len(padded))
    return header + struct.pack("<128I", *fat) + directory.ljust(512, b"\x00") + padded


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = (name + "\x00").encode("utf-16-le")
    head = encoded.ljust(64, b"\x00") + struct.pack("<HBBIII", len(encoded), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)
