"""The PDF file: objects written as they come, each page packed at once, so that a long ledger needs little memory."""

import hashlib
import zlib
from datetime import datetime
from io import BytesIO

from PIL import Image

from registry.reports.paper.fonts import Face
from registry.reports.paper.lettering import Lettering

_PACKING = 4
_LINES_PER_BLOCK = 100


class Document:
    """A PDF 1.7 file being written; ``written_at`` is China time. The same calls give the same bytes."""

    def __init__(self, title: str, written_at: datetime | None, identity: str) -> None:
        self.lettering = Lettering()
        self._out = BytesIO()
        self._out.write(b"%PDF-1.7\n%\xe6\x89\xb6\xe8\xb4\xab\n")
        self._offsets = [0]
        self._pages: list[int] = []
        self._drawings: dict[str, int] = {}
        self._tree, self._resources = self._reserve(), self._reserve()
        self._title, self._written_at, self._identity = title, written_at, identity

    @property
    def page_count(self) -> int:
        """How many pages are written so far."""
        return len(self._pages)

    def add_page(self, width: float, height: float, content: str) -> None:
        """Write one page."""
        body = self._stream("", content.encode("ascii"))
        self._pages.append(
            self._put(
                f"<</Type/Page/Parent {self._tree} 0 R/MediaBox[0 0 {width:.2f} {height:.2f}]"
                f"/Resources {self._resources} 0 R/Contents {body} 0 R>>"
            )
        )

    def add_drawing(self, name: str, width: float, height: float, content: str) -> None:
        """Write a drawing that pages repeat by ``/name Do``."""
        entries = f"/Type/XObject/Subtype/Form/BBox[0 0 {width:.2f} {height:.2f}]"
        self._drawings[name] = self._stream(entries, content.encode("ascii"))

    def add_picture(self, name: str, jpeg: bytes) -> tuple[int, int]:
        """Write a JPEG picture that pages show by ``/name Do``; return its size in pixels."""
        with Image.open(BytesIO(jpeg), formats=("JPEG",)) as picture:
            (width, height), mode = picture.size, picture.mode
        colours = {"L": "/DeviceGray", "RGB": "/DeviceRGB"}[mode]
        entries = (
            f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8"
            f"/ColorSpace{colours}/Filter/DCTDecode"
        )
        self._drawings[name] = self._raw_stream(entries, jpeg)
        return width, height

    def finish(self) -> bytes:
        """Write fonts, page tree and cross references; return the file."""
        fonts = "".join(
            f"/{tag} {self._font(face, used)} 0 R" for tag, face, used in self.lettering.faces_used() if used
        )
        drawings = "".join(f"/{name} {number} 0 R" for name, number in self._drawings.items())
        self._put(f"<</Font<<{fonts}>>/XObject<<{drawings}>>>>", self._resources)
        kids = " ".join(f"{number} 0 R" for number in self._pages)
        self._put(f"<</Type/Pages/Count {len(self._pages)}/Kids[{kids}]>>", self._tree)
        root = self._put(
            f"<</Type/Catalog/Pages {self._tree} 0 R/Lang(zh-CN)/ViewerPreferences<</DisplayDocTitle true>>>>"
        )
        stamp = f"/CreationDate(D:{self._written_at:%Y%m%d%H%M%S}+08'00')" if self._written_at else ""
        info = self._put(f"<</Title{_text(self._title)}{stamp}>>")
        return self._close(root, info)

    def _close(self, root: int, info: int) -> bytes:
        start, count = self._out.tell(), len(self._offsets)
        entries = "".join(f"{offset:010d} 00000 n \n" for offset in self._offsets[1:])
        identity = hashlib.sha256(self._identity.encode()).hexdigest()[:32]
        self._out.write(f"xref\n0 {count}\n0000000000 65535 f \n{entries}trailer\n".encode())
        self._out.write(
            f"<</Size {count}/Root {root} 0 R/Info {info} 0 R/ID[<{identity}><{identity}>]>>\n"
            f"startxref\n{start}\n%%EOF\n".encode()
        )
        return self._out.getvalue()

    def _reserve(self) -> int:
        self._offsets.append(0)
        return len(self._offsets) - 1

    def _put(self, body: str, number: int | None = None) -> int:
        number = number or self._reserve()
        self._offsets[number] = self._out.tell()
        self._out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("ascii"))
        return number

    def _stream(self, entries: str, data: bytes) -> int:
        return self._raw_stream(f"{entries}/Filter/FlateDecode", zlib.compress(data, _PACKING))

    def _raw_stream(self, entries: str, data: bytes) -> int:
        number = self._reserve()
        self._offsets[number] = self._out.tell()
        self._out.write(f"{number} 0 obj\n<<{entries}/Length {len(data)}>>\nstream\n".encode("ascii"))
        self._out.write(data)
        self._out.write(b"\nendstream\nendobj\n")
        return number

    def _font(self, face: Face, used: set[str]) -> int:
        """Write a face as a Type0 font of the characters used, with the way back from code to character."""
        characters = sorted(used)
        name = _subset_name(face, characters)
        outlines = face.subset(characters)
        file = self._stream(f"/Length1 {len(outlines)}", outlines)
        descriptor = self._put(
            f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[-1000 -300 3000 1200]/ItalicAngle 0"
            f"/Ascent 880/Descent -120/CapHeight 733/StemV 80/FontFile2 {file} 0 R>>"
        )
        glyphs = self._stream("", _glyph_map(face, characters))
        widths = "".join(f"{face.codes[c]}[{face.widths[c]}]" for c in characters if face.widths[c] != 1000)
        inner = self._put(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
            f"/Supplement 0>>/FontDescriptor {descriptor} 0 R/DW 1000/W[{widths}]/CIDToGIDMap {glyphs} 0 R>>"
        )
        back = self._stream("", _way_back(face, characters).encode("ascii"))
        return self._put(
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{inner} 0 R]"
            f"/ToUnicode {back} 0 R>>"
        )


def _text(text: str) -> str:
    return f"<feff{text.encode('utf-16-be', 'surrogatepass').hex()}>"


def _subset_name(face: Face, characters: list[str]) -> str:
    digest = hashlib.sha256("".join(characters).encode("utf-8")).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6]) + "+" + face.name


def _glyph_map(face: Face, characters: list[str]) -> bytes:
    """Map each code to its place in the subset, which holds the characters in this order after glyph 0."""
    table = bytearray(2 * (max(face.codes[character] for character in characters) + 1))
    for glyph, character in enumerate(characters, 1):
        code = face.codes[character]
        table[2 * code : 2 * code + 2] = glyph.to_bytes(2, "big")
    return bytes(table)


def _way_back(face: Face, characters: list[str]) -> str:
    """Write the ToUnicode map, in blocks of a hundred as the format allows."""
    lines = [f"<{face.codes[c]:04x}><{c.encode('utf-16-be').hex()}>" for c in characters]
    blocks = [lines[i : i + _LINES_PER_BLOCK] for i in range(0, len(lines), _LINES_PER_BLOCK)]
    body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return (
        "/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
        "/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n"
        "1 begincodespacerange<0000><ffff>endcodespacerange\n"
        f"{body}endcmap CMapName currentdict/CMap defineresource pop end end\n"
    )
