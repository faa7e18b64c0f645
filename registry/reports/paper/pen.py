"""Drawing on one page: text, rules, boxes, pictures. Lengths are points; y runs down from the top edge."""

from enum import Enum

from registry.reports.paper.lettering import Hand, Lettering

_ACROSS = 0.36
#: The ink of reversals and of what must not be overlooked; a minus or a word always says the same in black.
_RED, _BLACK = "0.75 0 0.05 rg ", " 0 g"


class Align(Enum):
    """Where a text stands in its width; the value is the share of free room to its left."""

    LEFT = 0.0
    CENTER = 0.5
    RIGHT = 1.0


class Pen:
    """Collects one page's content: fills, then rules, then one text object."""

    def __init__(self, lettering: Lettering, height: float) -> None:
        self._lettering, self._height = lettering, height
        self._shapes: list[str] = []
        self._letters: list[str] = []
        self._hand: Hand | None = None

    def copy(self) -> "Pen":
        """Return a pen that goes on from here."""
        pen = Pen(self._lettering, self._height)
        pen._shapes, pen._letters, pen._hand = [*self._shapes], [*self._letters], self._hand
        return pen

    def text(
        self, x: float, y: float, text: str, size: float, *, bold: bool = False, spread: float = 0.0, red: bool = False
    ) -> float:
        """Write a text from x on the baseline y; return its width. ``spread`` is room added per character, in em."""
        hand = self._take(bold=bold)
        width, operators = hand.show(text)
        if spread:
            operators = f" {spread:g} Tc{operators} 0 Tc"
        placed = f"{size:g} 0 0 {size:g} {x:.2f} {self._height - y:.2f} Tm{operators}"
        self._letters.append(f"{_RED}{placed}{_BLACK}" if red else placed)
        return (width / 1000 + spread * len(text)) * size

    def fit(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        width: float,
        *,
        align: Align = Align.LEFT,
        bold: bool = False,
        red: bool = False,
    ) -> None:
        """Write a text into a width on the baseline y; what is too wide is written smaller, never cut."""
        wide = self.width(text, size, bold=bold)
        if wide > width:
            size, wide = shrunk(size, wide, width), width
        self.text(x + align.value * (width - wide), y, text, size, bold=bold, red=red)

    def ready(self, operators: list[str], *, bold: bool, red: bool = False) -> None:
        """Add text operators of one weight prepared elsewhere; they place themselves from the bottom edge."""
        self._take(bold=bold)
        self._letters.extend([_RED, *operators, _BLACK] if red else operators)

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Return the width of a text in points."""
        return (self._lettering.bold if bold else self._lettering.regular).width(text) * size / 1000

    def rule(self, x: float, y: float, to_x: float, to_y: float, width: float = 0.5, *, dashed: bool = False) -> None:
        """Draw one straight line."""
        self.rules([(x, y, to_x, to_y)], width, dashed=dashed)

    def rules(
        self, lines: list[tuple[float, float, float, float]], width: float = 0.5, *, dashed: bool = False
    ) -> None:
        """Draw many straight lines of one width in one stroke."""
        top = self._height
        path = "".join(f"{x:.2f} {top - y:.2f} m {u:.2f} {top - v:.2f} l " for x, y, u, v in lines)
        self._shapes.append(f"{width:g} w {path}S" if not dashed else f"q {width:g} w [3 2] 0 d {path}S Q")

    def box(self, x: float, y: float, width: float, height: float, rule: float = 0.5, *, dashed: bool = False) -> None:
        """Draw a frame."""
        dash = "[3 2] 0 d " if dashed else ""
        self._shapes.append(
            f"q {rule:g} w {dash}{x:.2f} {self._height - y - height:.2f} {width:.2f} {height:.2f} re S Q"
        )

    def grey(self, x: float, y: float, width: float, height: float, white: float = 0.949) -> None:
        """Fill an area with grey, below everything drawn later."""
        self._shapes.append(f"q {white:g} g {x:.2f} {self._height - y - height:.2f} {width:.2f} {height:.2f} re f Q")

    def place(self, name: str, x: float, y: float, width: float, height: float, *, unit: float = 1.0) -> None:
        """Show a drawing or picture whose own size is ``unit`` by ``unit`` within the given frame."""
        across, down = width / unit, height / unit
        self._shapes.append(f"q {across:.4f} 0 0 {down:.4f} {x:.2f} {self._height - y - height:.2f} cm /{name} Do Q")

    def content(self) -> str:
        """Return the page's content stream."""
        return "\n".join([*self._shapes, "BT", *self._letters, "ET"])

    def _take(self, *, bold: bool) -> Hand:
        hand = self._lettering.bold if bold else self._lettering.regular
        if hand is not self._hand:
            self._letters.append(f"/{hand.tag} 1 Tf")
            self._hand = hand
        return hand


def shrunk(size: float, wide: float, width: float) -> float:
    """Return the size, down to a hundredth of a point, at which a text that is too wide fits."""
    return int(size * width / wide * 100) / 100


def baseline(top: float, height: float, size: float) -> float:
    """Return the baseline that centres one line of text in a height."""
    return top + height / 2 + _ACROSS * size
