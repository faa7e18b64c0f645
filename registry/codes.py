"""Check digits: credit code, organisation code, resident id, and the register's own asset number."""

import re
import unicodedata
from collections.abc import Iterator

from registry.kinds import Category

#: No table has more rows: fifteen digits, which every reader of JSON holds exactly.
MOST_ROW = 10**15 - 1
#: GB 32100-2015: digits and capitals without I, O, S, V, Z.
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECKS = "10X98765432"

CATEGORY_LETTERS = {Category.OPERATING: "J", Category.PUBLIC_WELFARE: "G", Category.HOUSEHOLD: "D"}
ASSET_NUMBER_LENGTH = 12 + 1 + 4 + 5 + 1
#: What people write between numbers.
_BETWEEN = re.compile(r"[\r\n,，、;；]+")


def is_credit_code(code: str) -> bool:
    """Check a unified social credit code (GB 32100-2015), village collectives (N2…) included."""
    if len(code) != 18 or any(c not in CREDIT_ALPHABET for c in code):
        return False
    return code[17] == credit_check(code[:17])


def credit_check(first17: str) -> str:
    """Compute the 18th character of a credit code."""
    total = sum(CREDIT_ALPHABET.index(c) * w for c, w in zip(first17, _CREDIT_WEIGHTS, strict=True))
    return CREDIT_ALPHABET[(31 - total % 31) % 31]


def is_organisation_code(code: str) -> bool:
    """Check an organisation code (GB 11714): eight characters and a check character, with or without a hyphen."""
    bare = code.replace("-", "")
    if len(bare) != 9 or not bare.isascii() or not bare[:8].isalnum() or bare[:8] != bare[:8].upper():
        return False
    return bare[8] == organisation_check(bare[:8])


def organisation_check(first8: str) -> str:
    """Compute the ninth character of an organisation code."""
    total = sum(int(c, 36) * w for c, w in zip(first8, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def is_resident_id(number: str) -> bool:
    """Check an 18-character resident identity number (GB 11643)."""
    body = number[:17]
    if len(number) != 18 or not (body.isascii() and body.isdigit()):
        return False
    total = sum(int(c) * w for c, w in zip(body, _RESIDENT_WEIGHTS, strict=True))
    return number[17] == _RESIDENT_CHECKS[total % 11]


def asset_number(region_code: str, category: Category, year: int, serial: int) -> str:
    """Compose an asset number: region + category letter + year + five-digit serial + check character."""
    body = f"{region_code}{CATEGORY_LETTERS[category]}{year:04d}{serial:05d}"
    return body + number_check(body)


def number_check(body: str) -> str:
    """Compute the check character of an asset number (ISO 7064 MOD 37,36): it finds every single slip and swap."""
    product = 36
    for character in body:
        product = (product + int(character, 36)) % 36 or 36
        product = product * 2 % 37
    return "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(37 - product) % 36]


def typed_number(text: str) -> str:
    """Return a number as it is kept; people type it as it is printed, in groups, in full width, in small letters."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def is_asset_number(number: str) -> bool:
    """Check form and check character of an asset number."""
    if len(number) != ASSET_NUMBER_LENGTH or not number.isascii() or not number.isalnum():
        return False
    return number[12] in CATEGORY_LETTERS.values() and number[-1] == number_check(number[:-1])


def numbers_in(text: str) -> tuple[str, ...]:
    """Return the numbers in a text, parted by lines, commas or blanks, each once.

    A number may be typed in groups, as it is printed: blanks part only what is no asset number as a whole.
    """
    parts = [part for part in _BETWEEN.split(text) if part.strip()]
    return tuple(dict.fromkeys(number for part in parts for number in _numbers_on(part)))


def _numbers_on(line: str) -> Iterator[str]:
    words = line.split()
    while words:
        grouped = (typed_number("".join(words[:count])) for count in range(1, min(len(words), ASSET_NUMBER_LENGTH) + 1))
        taken = next((count for count, number in enumerate(grouped, 1) if is_asset_number(number)), 1)
        yield typed_number("".join(words[:taken]))
        words = words[taken:]
