"""How much a file may hold, checked by really inflating it, before any parser sees it."""

import io
import struct
import zipfile
import zlib

from registry.assets.register.reading.cells import SheetRefused
from registry.text import N_

MAX_FILE_BYTES = 20 * 2**20
MAX_ENTRIES = 1_000
MAX_INFLATED_BYTES = 96 * 2**20
#: Tables repeat themselves, so an honest one reaches 30; a bomb reaches 1,000.
MAX_RATIO = 100
RATIO_FREE_BYTES = 4 * 2**20
MAX_ROWS = 50_000
MAX_COLUMNS = 200
CHILD_MEMORY_BYTES = 2**30
CHILD_CPU_SECONDS = 30
CHILD_WALL_SECONDS = 60

_CHUNK = 2**16
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_LOCAL_MAGIC = b"PK\x03\x04"
_ENCRYPTED = 1


class FileTooLarge(SheetRefused):
    """The file itself is too big."""

    message = N_("文件超过 %(limit)s MB，请按乡镇或年度拆成几个文件。")


class ArchiveBroken(SheetRefused):
    """The container is damaged, or lies about what it holds."""

    message = N_("文件已损坏或结构不对，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。")


class ArchiveLocked(SheetRefused):
    """The file is protected by a password."""

    message = N_("文件设有密码，请先取消密码再上传。")


class ArchiveTooLarge(SheetRefused):
    """The content is too large once inflated."""

    message = N_("文件展开后太大（上限 %(limit)s MB），已拒收。请只保留要导入的工作表，另存后再上传。")


class ArchiveTooDense(SheetRefused):
    """The content inflates to far more than an honest table does."""

    message = N_("文件的压缩比异常，不像正常的表格，已拒收。")


class ArchiveTooMany(SheetRefused):
    """There are too many parts in the container."""

    message = N_("文件里的部件超过 %(limit)s 个，不像正常的表格，已拒收。")


class ArchiveNested(SheetRefused):
    """A container inside the container."""

    message = N_("文件里嵌有另一个压缩包或工作簿，请删去嵌入的对象再上传。")


class TooManyRows(SheetRefused):
    """More rows than one import takes."""

    message = N_("工作表超过 %(limit)s 行，请按乡镇或年度拆成几个文件；若末尾有多余的空行，请删去。")


class TooManyColumns(SheetRefused):
    """More columns than any table of assets has."""

    message = N_("工作表超过 %(limit)s 列，请删去多余的列。")


def check_size(data: bytes) -> None:
    """Refuse a file that is too big; raises FileTooLarge."""
    if len(data) > MAX_FILE_BYTES:
        raise FileTooLarge(limit=MAX_FILE_BYTES // 2**20)


def check_archive(data: bytes) -> frozenset[str]:
    """Inflate every part of a zip container, counting real bytes, and return the names of the parts.

    What the directory declares is not believed: a part that inflates to another size is refused. Raises SheetRefused.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error) as broken:
        raise ArchiveBroken from broken
    if len(entries) > MAX_ENTRIES:
        raise ArchiveTooMany(limit=MAX_ENTRIES)
    if sum(entry.compress_size for entry in entries) > len(data):
        raise ArchiveBroken
    inflated = 0
    for entry in entries:
        inflated += _inflated_size(data, entry, MAX_INFLATED_BYTES - inflated)
    if inflated > RATIO_FREE_BYTES and inflated > MAX_RATIO * len(data):
        raise ArchiveTooDense
    return frozenset(entry.filename for entry in entries)


def _inflated_size(data: bytes, entry: zipfile.ZipInfo, allowed: int) -> int:
    if entry.flag_bits & _ENCRYPTED:
        raise ArchiveLocked
    packed = _packed(data, entry)
    if entry.compress_type == zipfile.ZIP_STORED:
        head, size = packed[:4], len(packed)
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        head, size = _count(packed, allowed)
    else:
        raise ArchiveBroken
    if size > allowed:
        raise ArchiveTooLarge(limit=MAX_INFLATED_BYTES // 2**20)
    if head == _LOCAL_MAGIC:
        raise ArchiveNested
    if size != entry.file_size:
        raise ArchiveBroken
    return size


def _packed(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    start = entry.header_offset + _LOCAL_HEADER.size
    if start > len(data) or entry.header_offset < 0:
        raise ArchiveBroken
    fields = _LOCAL_HEADER.unpack_from(data, entry.header_offset)
    if fields[0] != _LOCAL_MAGIC:
        raise ArchiveBroken
    start += fields[-2] + fields[-1]
    if start + entry.compress_size > len(data):
        raise ArchiveBroken
    return data[start : start + entry.compress_size]


def _count(packed: bytes, allowed: int) -> tuple[bytes, int]:
    stream, size, head, feed = zlib.decompressobj(-zlib.MAX_WBITS), 0, b"", packed
    try:
        while feed and size <= allowed and not stream.eof:
            piece = stream.decompress(feed, _CHUNK)
            head, size, feed = head or piece[:4], size + len(piece), stream.unconsumed_tail
            if not piece and not feed:
                break
    except zlib.error as broken:
        raise ArchiveBroken from broken
    return head, size
