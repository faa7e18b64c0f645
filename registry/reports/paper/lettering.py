"""Text on paper: from characters to codes of a face, with its width; what a face lacks is never left out."""

from collections.abc import Iterator
from itertools import groupby

from registry.reports.paper import fonts
from registry.reports.paper.fonts import Face

_KEPT = 4_000
_CLOSING = frozenset("，。、；：？！）》」』】〉”’％%,.;:?!)]}")
_OPENING = frozenset("（《「『【〈“‘([{")
REGULAR, BOLD, RARE = "F1", "F2", "F3"


class Hand:
    """One weight in one document. ``show`` gives a text's width and the operators that draw it at size 1."""

    def __init__(self, tag: str, face: Face, rare_used: set[str]) -> None:
        self.tag, self.face, self.used = tag, face, set[str]()
        self._rare_used = rare_used
        self._plain = {character: width for character, width in face.widths.items() if ord(character) < 0x10000}
        self._shown: dict[str, tuple[int, str]] = {}

    def show(self, text: str) -> tuple[int, str]:
        """Return the width in thousandths of the size, and the operators. Texts seen lately are remembered."""
        try:
            return self._shown[text]
        except KeyError:
            shown = self._compose(text)
        if len(self._shown) >= _KEPT:
            self._shown.clear()
        self._shown[text] = shown
        return shown

    def width(self, text: str) -> int:
        """Return the width in thousandths of the size."""
        return self.show(text)[0]

    def _compose(self, text: str) -> tuple[int, str]:
        try:
            width = sum(map(self._plain.__getitem__, text))
        except KeyError:
            return self._compose_rare(text)
        self.used.update(text)
        return width, f"<{text.encode('utf-16-be').hex()}>Tj"

    def _compose_rare(self, text: str) -> tuple[int, str]:
        """Compose a text with characters beyond the plane or beyond the face, run by run."""
        runs = [self._run(kind, "".join(characters)) for kind, characters in groupby(text, self._kind)]
        return sum(width for width, _ in runs), "".join(operators for _, operators in runs)

    def _kind(self, character: str) -> str:
        if character in self.face.glyphs:
            return self.tag
        return RARE if character in fonts.rare().glyphs else ""

    def _run(self, kind: str, text: str) -> tuple[int, str]:
        if kind == self.tag:
            self.used.update(text)
            return _coded(self.face, text)
        if kind == RARE:
            self._rare_used.update(text)
            width, operators = _coded(fonts.rare(), text)
            return width, f"/{RARE} 1 Tf{operators}/{self.tag} 1 Tf"
        return self._spell(text)

    def _spell(self, text: str) -> tuple[int, str]:
        """Draw 〓 and the code point where no face has the character; copying gives the character itself."""
        spelt = "".join(f"〓U+{ord(character):04X}" for character in text)
        self.used.update(spelt)
        width, operators = _coded(self.face, spelt)
        actual = text.encode("utf-16-be", "surrogatepass").hex()
        return width, f"/Span<</ActualText<feff{actual}>>>BDC{operators} EMC "

    def wrap(self, text: str, width: float) -> list[str]:
        """Cut a text into lines no wider than ``width`` (thousandths of the size); nothing is lost."""
        lines, line, used = [], "", 0
        for piece in _pieces(text):
            wide = self.width(piece)
            if line and used + wide > width:
                lines.append(line)
                line, used = "", 0
            while wide > width and len(piece) > 1:
                cut = self._cut(piece, width)
                lines.append(piece[:cut])
                piece = piece[cut:]  # noqa: PLW2901 -- the rest of an overlong piece is the piece
                wide = self.width(piece)
            line, used = line + piece, used + wide
        return [*lines, line]

    def longest_piece(self, text: str) -> int:
        """Return the width of what wrap() does not break unless it must: the longest number or word."""
        return max(map(self.width, _pieces(text)), default=0)

    def _cut(self, piece: str, width: float) -> int:
        used = 0
        for index, character in enumerate(piece):
            used += self.width(character)
            if used > width:
                return max(index, 1)
        return len(piece)


class Lettering:
    """The two weights of one document and the rare characters they share."""

    def __init__(self) -> None:
        self._rare_used: set[str] = set()
        self.regular = Hand(REGULAR, fonts.regular(), self._rare_used)
        self.bold = Hand(BOLD, fonts.bold(), self._rare_used)

    def faces_used(self) -> Iterator[tuple[str, Face, set[str]]]:
        """Yield each face with the characters drawn in it."""
        yield REGULAR, self.regular.face, self.regular.used
        yield BOLD, self.bold.face, self.bold.used
        if self._rare_used:
            yield RARE, fonts.rare(), self._rare_used


def _coded(face: Face, text: str) -> tuple[int, str]:
    codes = "".join(f"{face.codes[character]:04x}" for character in text)
    return sum(face.widths[character] for character in text), f"<{codes}>Tj"


def _pieces(text: str) -> Iterator[str]:
    """Split where a line may break: not inside a number or Latin word, not before closing or after opening marks."""
    piece = ""
    for character in text:
        if piece and not _holds(piece[-1], character):
            yield piece
            piece = ""
        piece += character
    yield piece


def _holds(left: str, right: str) -> bool:
    if right in _CLOSING or left in _OPENING:
        return True
    return left.isascii() and right.isascii() and not left.isspace()
