"""Letters that pass for digits, and Chinese numerals (大写 and lower case)."""

import re

_TWINS = {"o": "0", "O": "0", "l": "1", "I": "1", "i": "1", "|": "1", "S": "5", "Z": "2"}
_DIGITS = {
    **dict(zip("零壹贰叁肆伍陆柒捌玖", range(10), strict=True)),
    **dict(zip("〇一二三四五六七八九", range(10), strict=True)),
    "两": 2,
    "貳": 2,
    "叄": 3,
    "陸": 6,
}
_PLACES = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1000, "千": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_WRITTEN = re.compile(
    f"(?P<yuan>[{''.join((*_DIGITS, *_PLACES, *_MYRIADS))}]+)[元圆圓](?:整|正)?"
    f"(?:(?P<jiao>[{''.join(_DIGITS)}])角)?零?(?:(?P<fen>[{''.join(_DIGITS)}])分)?(?:整|正)?"
)


def letter_among_digits(text: str) -> tuple[int, str, str] | None:
    """Find a letter that stands for a digit: its 1-based position, the letter, and the text put right.

    Only when putting all such letters right leaves nothing but digits and the signs of numbers and dates.
    """
    found = next((i for i, letter in enumerate(text) if letter in _TWINS), None)
    if found is None or not any(letter.isdigit() for letter in text):
        return None
    mended = "".join(_TWINS.get(letter, letter) for letter in text)
    if re.search(r"[^0-9.,/年月日万元-]", mended):
        return None
    return found + 1, text[found], mended


def written_fen(text: str) -> int | None:
    """Read an amount in Chinese numerals (叁仟元, 一百二十万元整) and return fen, or None."""
    match = _WRITTEN.fullmatch(text)
    if not match:
        return None
    whole = _whole(match["yuan"])
    if whole is None:
        return None
    return whole * 100 + _DIGITS.get(match["jiao"] or "零", 0) * 10 + _DIGITS.get(match["fen"] or "零", 0)


def _whole(text: str) -> int | None:
    total = group = digit = 0
    last_digit = False
    for sign in text:
        if sign in _DIGITS:
            if last_digit and digit:
                return None
            digit, last_digit = _DIGITS[sign], True
            continue
        if sign in _PLACES:
            group += (digit or (0 if group else 1)) * _PLACES[sign]
        else:
            total, group = (
                (total + group + digit) * _MYRIADS[sign]
                if sign in "亿億"
                else total + (group + digit) * _MYRIADS[sign],
                0,
            )
        digit, last_digit = 0, False
    return total + group + digit
