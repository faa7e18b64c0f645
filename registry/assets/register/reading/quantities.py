"""Cells that hold a quantity: one exact number and at most one unit of measure."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from registry.assets.register.reading.cells import Cell
from registry.assets.register.reading.numerals import letter_among_digits
from registry.assets.register.reading.problems import Message, Problem, ProblemKind, say
from registry.text import N_

_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,12}(?:\.[0-9]{1,6})?"
_QUANTITY = re.compile(rf"(?P<number>{_NUMBER})(?P<unit>[^0-9()]{{0,8}}(?:\([^()0-9]{{1,4}}\))?[23]?)")
_COMPARED = re.compile(r"^[≥≤><≈~]|以上|以下|不少于|不低于|至少")
_VAGUE = re.compile(r"约|近|余|左右|多|几")
_SIZE = re.compile(r"[0-9]\D{0,3}[×xX*][0-9]")
_TWO = re.compile(rf"(?:{_NUMBER})[^0-9]+(?:{_NUMBER})[^0-9]*")
_UNIT_ALIASES = {
    "m2": "平方米",
    "m²": "平方米",
    "㎡": "平方米",
    "m3": "立方米",
    "m³": "立方米",
    "km": "公里",
    "m": "米",
    "千米": "公里",
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """How much there is, and of what unit (None when the cell does not say)."""

    amount: Decimal
    unit: str | None = None


def parse_quantity(cell: Cell) -> Quantity | Problem:
    """Read a filled cell such as 120, 120亩 or 7台(套)."""
    text = "".join(unicodedata.normalize("NFKC", cell.text).split())
    match = _QUANTITY.fullmatch(text)
    if not match or _VAGUE.search(match["unit"]) or _COMPARED.search(match["unit"]):
        return _why_not(text)
    unit = match["unit"]
    return Quantity(Decimal(match["number"].replace(",", "")), _UNIT_ALIASES.get(unit, unit) or None)


def quantity_problem(text: Message, remedy: Message) -> Problem:
    """Compose a problem of the kind QUANTITY."""
    return Problem(ProblemKind.QUANTITY, text, remedy)


def _why_not(text: str) -> Problem:
    letter = letter_among_digits(text)
    if letter:
        place, found, mended = letter
        return quantity_problem(
            say(N_("第 %(place)d 个字符是字母 %(letter)s，不是数字"), place=place, letter=found),
            say(N_("核实后改成 %(value)s"), value=mended),
        )
    for shape, message, remedy in _SHAPES:
        if shape.search(text):
            return quantity_problem(say(message), say(remedy))
    return quantity_problem(say(N_("不是数量")), say(N_("只填数字和单位，如 120亩；别的话写到“规格”")))


_SHAPES: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (_SIZE, N_("是尺寸，不是数量"), N_("尺寸写到“规格”，这里填数量，如 1座")),
    (_COMPARED, N_("带比较的数，不是确数"), N_("核实后填确数，如 200户")),
    (_VAGUE, N_("是约数，不是确数"), N_("核实后填确数，如 200户")),
    (_TWO, N_("一格里有两个单位"), N_("拆成两行，或只留主要单位")),
)
