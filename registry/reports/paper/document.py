"""The PDF file: reportlab keeps its objects, fonts and pictures; the text of a page comes ready made, packed at once.

reportlab writes TrueType text as fonts of 256 characters each. A Chinese page needs hundreds, so here each face is one
Type0 font with two-byte codes, composed of reportlab's own parts (docs/decisions/0003-paper.md).
"""

# mypy: allow-untyped-calls
# reportlab says that it is typed and is not.

import hashlib
import zlib
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc

from registry.reports.paper.fonts import Face
from registry.reports.paper.lettering import Lettering

_PACKING = 4
_LINES_PER_BLOCK = 100
# Pictures go into the file as they are, not as text a quarter larger.
rl_config.useA85 = 0


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that lies inside a PDF: its name in ASCII letters, what it is, its bytes."""

    name: str
    about: str
    media_type: str
    data: bytes


class Document:
    """A PDF 1.7 file being written; ``written_at`` is China time. The same calls give the same bytes."""

    def __init__(self, title: str, written_at: datetime, identity: str) -> None:
        self.lettering = Lettering()
        self._file = pdfdoc.PDFDocument(compression=1, invariant=1, pdfVersion=(1, 7), lang="zh-CN")
        self._file.setTitle(title)
        self._file.setSubject(identity)
        self._file.setDateFormatter(lambda *_: f"D:{written_at:%Y%m%d%H%M%S}+08'00'")
        preferences = pdfdoc.ViewerPreferencesPDFDictionary()
        preferences["DisplayDocTitle"] = "true"
        self._file.Catalog.ViewerPreferences = preferences  # type: ignore[attr-defined]
        self._boxes: dict[tuple[float, float], pdfdoc.PDFArray] = {}
        self._drawings: dict[str, pdfdoc.PDFObjectReference] = {}
        self._enclosed: dict[str, pdfdoc.PDFObjectReference] = {}
        self._resources = pdfdoc.PDFDictionary()
        self._shared = self._file.Reference(self._resources)

    @property
    def page_count(self) -> int:
        """How many pages are written so far."""
        return int(self._file.pageCounter) - 1

    def add_page(self, width: float, height: float, content: str) -> None:
        """Write one page."""
        page = pdfdoc.PDFPage()
        page.MediaBox = self._box(width, height)
        page.Resources = self._shared
        page.Contents = _Packed(content.encode("ascii"))
        self._file.addPage(page)

    def _box(self, width: float, height: float) -> pdfdoc.PDFArray:
        """Give all pages of one size the same box."""
        return self._boxes.setdefault((width, height), pdfdoc.PDFArray([0, 0, width, height]))

    def add_drawing(self, name: str, width: float, height: float, content: str) -> None:
        """Write a drawing that pages repeat by ``/name Do``."""
        drawing = _Packed(content.encode("ascii"))
        drawing.dictionary["Type"], drawing.dictionary["Subtype"] = "/XObject", "/Form"
        drawing.dictionary["BBox"] = pdfdoc.PDFArray([0, 0, width, height])
        self._drawings[name] = self._file.Reference(drawing)

    def add_picture(self, name: str, jpeg: bytes) -> tuple[int, int]:
        """Write a JPEG picture that pages show by ``/name Do``; return its size in pixels. Raises ValueError."""
        picture = pdfdoc.PDFImageXObject(name)
        if not picture.loadImageFromJPEG(BytesIO(jpeg)):
            raise ValueError("not a JPEG picture")
        self._drawings[name] = self._file.Reference(picture)
        return int(picture.width), int(picture.height)

    def enclose(self, file: Enclosed) -> None:
        """Put a file inside, which readers of the PDF can save again."""
        stream = _Packed(file.data)
        kind = file.media_type.replace("/", "#2F")
        stream.dictionary["Type"], stream.dictionary["Subtype"] = "/EmbeddedFile", f"/{kind}"
        stream.dictionary["Params"] = pdfdoc.PDFDictionary({"Size": len(file.data)})
        name = pdfdoc.PDFString(file.name)
        told = {"Type": "/Filespec", "F": name, "UF": name, "Desc": pdfdoc.PDFString(file.about)}
        held = pdfdoc.PDFDictionary({"F": self._file.Reference(stream)})
        self._enclosed[file.name] = self._file.Reference(pdfdoc.PDFDictionary({**told, "EF": held}))

    def _name_enclosed(self) -> None:
        pairs = [one for name in sorted(self._enclosed) for one in (pdfdoc.PDFString(name), self._enclosed[name])]
        tree = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray(pairs)})
        names = pdfdoc.PDFDictionary({"EmbeddedFiles": tree})
        self._file.Catalog.Names = names  # type: ignore[attr-defined]

    def finish(self) -> bytes:
        """Write fonts, resources and what is enclosed; return the file."""
        if self._enclosed:
            self._name_enclosed()
        fonts = {tag: self._font(face, used) for tag, face, used in self.lettering.faces_used() if used}
        self._resources["Font"] = pdfdoc.PDFDictionary(fonts)
        self._resources["XObject"] = pdfdoc.PDFDictionary(self._drawings)
        return bytes(self._file.GetPDFData(None))

    def _font(self, face: Face, used: set[str]) -> pdfdoc.PDFObjectReference:
        """Write a face as a Type0 font of the characters used, with the way back from code to character."""
        characters = sorted(used)
        name = _subset_name(face, characters)
        places = _places(face, characters)
        info = {"Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0}
        inner = {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": f"/{name}",
            "CIDSystemInfo": pdfdoc.PDFDictionary(info),
            "FontDescriptor": face.source.addSubsetObjects(self._file, name, [ord(c) for c in places]),
            "DW": 1000,
            "W": "[" + "".join(f"{face.codes[c]}[{face.widths[c]}]" for c in characters) + "]",
            "CIDToGIDMap": self._file.Reference(_Packed(_glyph_map(face, characters, places))),
        }
        outer = {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": f"/{name}",
            "Encoding": "/Identity-H",
            "DescendantFonts": pdfdoc.PDFArray([self._file.Reference(pdfdoc.PDFDictionary(inner))]),
            "ToUnicode": self._file.Reference(_Packed(_way_back(face, characters).encode("ascii"))),
        }
        font: pdfdoc.PDFObjectReference = self._file.Reference(pdfdoc.PDFDictionary(outer))
        return font


class _Packed(pdfdoc.PDFStream):
    """A stream packed at once and let go once it is written, so that a long ledger waits in little memory."""

    def __init__(self, content: bytes) -> None:
        super().__init__(pdfdoc.PDFDictionary({"Filter": "/FlateDecode"}), zlib.compress(content, _PACKING))

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """Give the stream as it stands in the file, once."""
        written: bytes = super().format(document)
        self.content = b""
        return written


def _subset_name(face: Face, characters: list[str]) -> str:
    digest = hashlib.sha256("".join(characters).encode("utf-8")).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6]) + "+" + face.name


def _places(face: Face, characters: list[str]) -> dict[str, int]:
    """Number the outlines as the subset will hold them, after glyph 0: the first character of each outline."""
    first: dict[int, str] = {}
    for character in characters:
        first.setdefault(face.glyphs[character], character)
    return {character: place for place, character in enumerate(first.values(), 1)}


def _glyph_map(face: Face, characters: list[str], places: dict[str, int]) -> bytes:
    """Map each code to the place of its outline in the subset."""
    by_glyph = {face.glyphs[character]: place for character, place in places.items()}
    table = bytearray(2 * (max(face.codes[character] for character in characters) + 1))
    for character in characters:
        code = face.codes[character]
        table[2 * code : 2 * code + 2] = by_glyph[face.glyphs[character]].to_bytes(2, "big")
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
