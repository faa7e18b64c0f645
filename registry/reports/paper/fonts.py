"""The faces paper is printed with: what they cover, how wide, and their codes in a document.

reportlab reads the files and cuts the subsets. A document uses each face as one Type0 font with two-byte codes. The
code of a character of the Basic Multilingual Plane is its code point, so a whole cell is encoded by one call of
``encode``; the few characters beyond the plane that the face holds take the codes of surrogates, which no text needs.
"""

# mypy: allow-untyped-calls
# reportlab says that it is typed and is not.

import lzma
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFontFace

FONTS = Path(__file__).resolve().parents[2] / "data" / "fonts"
_BEYOND = 0xD800
_SURROGATES = 0x800
_BMP_END = 0x10000


@dataclass(frozen=True, slots=True)
class Face:
    """One TrueType file, read once per process. Widths are thousandths of the type size."""

    name: str
    source: TTFontFace
    glyphs: dict[str, int]
    widths: dict[str, int]
    codes: dict[str, int]


def read_face(data: bytes) -> Face:
    """Read a TrueType file: the characters it covers, their widths and the codes they take."""
    source = TTFontFace(BytesIO(data))
    source.glyphToChar = {}  # type: ignore[attr-defined]  # a list per glyph that nothing here asks for
    glyphs = {chr(code): glyph for code, glyph in source.charToGlyph.items() if glyph}
    widths = {character: int(source.charWidths[ord(character)]) for character in glyphs}
    return Face(source.name.decode("ascii"), source, glyphs, widths, _codes(glyphs))


def _codes(glyphs: dict[str, int]) -> dict[str, int]:
    """Give each character its two-byte code; a face with too many beyond the plane goes by glyph instead."""
    beyond = sorted(character for character in glyphs if ord(character) >= _BMP_END)
    if len(beyond) > _SURROGATES:
        return glyphs
    return {c: ord(c) for c in glyphs if ord(c) < _BMP_END} | {c: _BEYOND + i for i, c in enumerate(beyond)}


@cache
def regular() -> Face:
    """Return the text face."""
    return read_face((FONTS / "NotoSansSC-Regular.ttf").read_bytes())


@cache
def bold() -> Face:
    """Return the face of heads and sums."""
    return read_face((FONTS / "NotoSansSC-Bold.ttf").read_bytes())


@cache
def rare() -> Face:
    """Return the face of CJK extensions B to F; unpacked only when a document needs it."""
    return read_face(lzma.decompress((FONTS / "HanaMinB.ttf.xz").read_bytes()))
