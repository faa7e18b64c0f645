"""The faces paper is printed with: what they cover, how wide, and the outlines that go into a document.

A document uses each face as one Type0 font with two-byte codes. The code of a character of the Basic Multilingual
Plane is its code point, so a whole cell is encoded by one call of ``encode``; the few characters beyond the plane that
the face holds take the codes of surrogates, which no text needs.
"""

import lzma
import struct
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FONTS = Path(__file__).resolve().parents[2] / "data" / "fonts"
_BEYOND = 0xD800
_SURROGATES = 0x800
_BMP_END = 0x10000


@dataclass(frozen=True, slots=True)
class Face:
    """One TrueType file, read once per process. Widths are thousandths of the type size."""

    name: str
    data: bytes
    tables: dict[str, tuple[int, int]]
    glyphs: dict[str, int]
    widths: dict[str, int]
    codes: dict[str, int]

    def table(self, tag: str) -> bytes:
        """Return one table's bytes, empty where the file has none."""
        start, length = self.tables.get(tag, (0, 0))
        return self.data[start : start + length]

    def outline(self, glyph: int) -> bytes:
        """Return one glyph's outline, padded to four bytes. Raises ValueError for a composite one."""
        start, end = struct.unpack_from(">2L", self.data, self.tables["loca"][0] + 4 * glyph)
        outline = self.data[self.tables["glyf"][0] + start : self.tables["glyf"][0] + end]
        if outline[:2] == b"\xff\xff":
            raise ValueError(f"glyph {glyph} of {self.name} is composite")
        return outline + b"\0" * (-len(outline) % 4)

    def metric(self, glyph: int) -> bytes:
        """Return one glyph's advance and left bearing, as the file writes them."""
        full = self.full_metrics()
        start = self.tables["hmtx"][0]
        if glyph < full:
            return self.data[start + 4 * glyph : start + 4 * glyph + 4]
        last = start + 4 * full
        bearing = last + 2 * (glyph - full)
        return self.data[last - 4 : last - 2] + self.data[bearing : bearing + 2]

    def full_metrics(self) -> int:
        """Return how many glyphs have an advance of their own."""
        return int(struct.unpack_from(">H", self.data, self.tables["hhea"][0] + 34)[0])

    def subset(self, characters: Iterable[str]) -> bytes:
        """Build a font file of these characters only; glyph 0 is kept, the rest follow in the given order."""
        glyphs = [0, *(self.glyphs[character] for character in characters)]
        outlines = [self.outline(glyph) for glyph in glyphs]
        offsets = [0]
        for outline in outlines:
            offsets.append(offsets[-1] + len(outline))
        head, hhea, maxp = bytearray(self.table("head")), bytearray(self.table("hhea")), bytearray(self.table("maxp"))
        struct.pack_into(">L", head, 8, 0)
        struct.pack_into(">H", head, 50, 1)
        struct.pack_into(">H", hhea, 34, len(glyphs))
        struct.pack_into(">H", maxp, 4, len(glyphs))
        kept = {tag: self.table(tag) for tag in ("cvt ", "fpgm", "prep") if tag in self.tables}
        return _assemble(
            kept
            | {"glyf": b"".join(outlines), "head": bytes(head), "hhea": bytes(hhea), "maxp": bytes(maxp)}
            | {"hmtx": b"".join(map(self.metric, glyphs)), "loca": struct.pack(f">{len(offsets)}L", *offsets)}
        )


def _assemble(tables: dict[str, bytes]) -> bytes:
    power = len(tables).bit_length() - 1
    head = struct.pack(">L4H", 0x10000, len(tables), 16 << power, power, 16 * len(tables) - (16 << power))
    start, entries, bodies = len(head) + 16 * len(tables), [], []
    for tag, data in sorted(tables.items()):
        padded = data + b"\0" * (-len(data) % 4)
        entries.append(struct.pack(">4s3L", tag.encode(), _checksum(padded), start, len(data)))
        bodies.append(padded)
        start += len(padded)
    return head + b"".join(entries) + b"".join(bodies)


def _checksum(padded: bytes) -> int:
    words = array("I", padded)
    words.byteswap()
    return sum(words) & 0xFFFFFFFF


def read_face(name: str, data: bytes) -> Face:
    """Read a TrueType file: its tables, the characters it covers and their widths."""
    count = struct.unpack_from(">H", data, 4)[0]
    tables = {}
    for index in range(count):
        tag, _, start, length = struct.unpack_from(">4s3L", data, 12 + 16 * index)
        tables[tag.decode()] = (start, length)
    glyphs = _coverage(data, tables["cmap"][0])
    face = Face(name, data, tables, glyphs, {}, {})
    full, units = face.full_metrics(), struct.unpack_from(">H", data, tables["head"][0] + 18)[0]
    metrics = struct.unpack_from(f">{2 * full}H", data, tables["hmtx"][0])
    for character, glyph in glyphs.items():
        face.widths[character] = metrics[2 * min(glyph, full - 1)] * 1000 // units
    face.codes.update(_codes(glyphs))
    return face


def _codes(glyphs: dict[str, int]) -> dict[str, int]:
    """Give each character its two-byte code; a face with too many beyond the plane goes by glyph instead."""
    beyond = sorted(character for character in glyphs if ord(character) >= _BMP_END)
    if len(beyond) > _SURROGATES:
        return glyphs
    return {c: ord(c) for c in glyphs if ord(c) < _BMP_END} | {c: _BEYOND + i for i, c in enumerate(beyond)}


def _coverage(data: bytes, cmap: int) -> dict[str, int]:
    """Read the full-Unicode character map (platform 3, encoding 10, format 12)."""
    for index in range(struct.unpack_from(">H", data, cmap + 2)[0]):
        platform, encoding, offset = struct.unpack_from(">2HL", data, cmap + 4 + 8 * index)
        if (platform, encoding) == (3, 10):
            break
    else:
        raise ValueError("the font has no full Unicode map")
    groups = struct.unpack_from(">L", data, cmap + offset + 12)[0]
    glyphs = {}
    for first, last, glyph in struct.iter_unpack(">3L", data[cmap + offset + 16 : cmap + offset + 16 + 12 * groups]):
        glyphs.update({chr(code): glyph + code - first for code in range(first, last + 1)})
    return glyphs


@cache
def regular() -> Face:
    """Return the text face."""
    return read_face("NotoSansSC-Regular", (FONTS / "NotoSansSC-Regular.ttf").read_bytes())


@cache
def bold() -> Face:
    """Return the face of heads and sums."""
    return read_face("NotoSansSC-Bold", (FONTS / "NotoSansSC-Bold.ttf").read_bytes())


@cache
def rare() -> Face:
    """Return the face of CJK extensions B to F; unpacked only when a document needs it."""
    return read_face("HanaMinB", lzma.decompress((FONTS / "HanaMinB.ttf.xz").read_bytes()))
