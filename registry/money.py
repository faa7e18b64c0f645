"""Money in whole fen: parsing what people type, splitting to the last fen, and the three ways it is written.

Amounts are ``int`` fen everywhere. Never ``float``, never ``round()``.
"""

import re
import unicodedata
from collections.abc import Sequence
from enum import IntEnum

from registry.errors import Invalid
from registry.text import N_

FEN_PER_YUAN = 100
FEN_PER_WAN = 10_000 * FEN_PER_YUAN
#: Keeps every amount exact in JSON readers that hold numbers as doubles: ±(2^53 − 1).
MAX_FEN = 2**53 - 1

_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<whole>[0-9]{1,16})(?:\.(?P<part>[0-9]{0,12}))?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")


class Unit(IntEnum):
    """The unit a bare number is meant in; the value is its fen."""

    YUAN = FEN_PER_YUAN
    WAN = FEN_PER_WAN
    YI = 10_000 * FEN_PER_WAN


_SUFFIXES = (
    ("亿元", Unit.YI),
    ("亿", Unit.YI),
    ("万元", Unit.WAN),
    ("万", Unit.WAN),
    ("圆", Unit.YUAN),
    ("元", Unit.YUAN),
)


class NotAnAmount(Invalid):
    """The text is not an amount of money."""

    message = N_("“%(text)s”不是金额，请填如 486000.00 或 48.6万。")


class FinerThanFen(Invalid):
    """The amount has a fraction of a fen."""

    message = N_("“%(text)s”比 1 分还小，请核对小数位。")


class AmountTooLarge(Invalid):
    """The amount is beyond what the register holds."""

    message = N_("“%(text)s”太大，请核对单位是元还是万元。")


def parse_fen(text: str, unit: Unit = Unit.YUAN) -> int:
    """Read an amount as people type it and return fen; a written unit (48.6万) wins over ``unit``.

    Accepts full-width characters, thousands commas, ￥ and 元/万元/亿元.
    Raises NotAnAmount, FinerThanFen, AmountTooLarge.
    """
    plain = unicodedata.normalize("NFKC", text).strip().replace(" ", "").removeprefix("¥")
    for suffix, meant in _SUFFIXES:
        if plain.endswith(suffix):
            plain, unit = plain.removesuffix(suffix), meant
            break
    if "," in plain:
        if not _GROUPED.fullmatch(plain):
            raise NotAnAmount(text=text)
        plain = plain.replace(",", "")
    match = _NUMBER.fullmatch(plain)
    if not match:
        raise NotAnAmount(text=text)
    return _exact_fen(match, unit, text)


def _exact_fen(match: re.Match[str], unit: Unit, text: str) -> int:
    part = match["part"] or ""
    fen, rest = divmod(int(match["whole"] + part) * int(unit), int("1" + "0" * len(part)))
    if rest:
        raise FinerThanFen(text=text)
    if fen > MAX_FEN:
        raise AmountTooLarge(text=text)
    return -fen if match["sign"] == "-" else fen


def allocate(total_fen: int, weights: Sequence[int]) -> list[int]:
    """Split an amount by weight, to the last fen; the largest remainders get the odd fen, the earlier one on a tie.

    Weights are non-negative and not all zero. Each share is less than one fen from the exact one.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("weights must be non-negative and not all zero")
    sign, amount = (-1, -total_fen) if total_fen < 0 else (1, total_fen)
    shares = [amount * weight // whole for weight in weights]
    odd = amount - sum(shares)
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(amount * weights[i] % whole), i))
    for index in by_remainder[:odd]:
        shares[index] += 1
    return [sign * share for share in shares]


def format_yuan(fen: int) -> str:
    """Write fen as 元 with two decimals and thousands commas: ``1,286,400.00``."""
    sign, amount = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{amount // FEN_PER_YUAN:,}.{amount % FEN_PER_YUAN:02d}"


def format_wan(fen: int) -> str:
    """Write fen as 万元 with two decimals, half rounded up: ``128.64``. For big figures that nobody adds up by hand."""
    sign, amount = ("-", -fen) if fen < 0 else ("", fen)
    hundredths = (amount + FEN_PER_WAN // 200) * 100 // FEN_PER_WAN
    return f"{sign}{hundredths // 100:,}.{hundredths % 100:02d}"


def plain_yuan(fen: int) -> str:
    """Write fen as a bare number for machines and input fields: ``1286400.00``."""
    return format_yuan(fen).replace(",", "")


_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def capital_amount(fen: int) -> str:
    """Write fen in 人民币大写, as vouchers and receipts need it: ``壹佰贰拾捌万陆仟肆佰元整``."""
    if fen < 0:
        return "负" + capital_amount(-fen)
    yuan, cents = divmod(fen, FEN_PER_YUAN)
    jiao, odd = divmod(cents, 10)
    if not fen:
        return "零元整"
    text = _capital_whole(yuan) + "元" if yuan else ""
    if not cents:
        return text + "整"
    if jiao:
        text += _DIGITS[jiao] + "角"
    elif yuan:
        text += _DIGITS[0]
    return text + (_DIGITS[odd] + "分" if odd else "整")


def _capital_whole(number: int) -> str:
    text, gap = "", False
    for index in range(len(_GROUPS) - 1, -1, -1):
        group = number // 10_000**index % 10_000
        if not group:
            gap = gap or bool(text)
            continue
        if text and (gap or group < 1000):
            text += _DIGITS[0]
        text += _capital_group(group) + _GROUPS[index]
        gap = False
    return text


def _capital_group(group: int) -> str:
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit:
            text += (_DIGITS[0] if gap else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = bool(text)
    return text
