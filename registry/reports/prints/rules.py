"""Serials of prints, and which deeds make a paper older than the register. Pure."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from registry.audit.actions import Action
from registry.codes import number_check
from registry.text import N_, Labelled

_SERIAL = re.compile(r"P(?P<log>[0-9]{6})-(?P<year>[0-9]{4})-(?P<number>[0-9]{6})-(?P<checks>[0-9A-Z]{2})")
_ONE_RUN = re.compile(r"P?[0-9]{16}[0-9A-Z]{2}")
#: Deeds after which the same report of the register would show other figures.
CHANGING = frozenset(
    {
        Action.ASSET_SUBMITTED, Action.ASSET_RESUBMITTED, Action.ASSET_CONFIRMED, Action.ASSET_SENT_BACK,
        Action.ASSET_WITHDRAWN, Action.ASSET_CORRECTED, Action.CORRECTION_CONFIRMED, Action.ASSETS_MOVED,
        Action.VALUE_CHANGED, Action.LEGACY_CONFIRMED, Action.IMPORTED, Action.IMPORT_UNDONE, Action.TITLE_SUBMITTED,
        Action.TITLE_WITHDRAWN, Action.TITLE_FOLLOWED, Action.TITLE_AGREED, Action.TITLE_REGISTERED,
        Action.REAL_ESTATE_REGISTERED, Action.BOOKS_ENTERED, Action.HANDED_OVER, Action.ENCUMBERED,
        Action.ENCUMBRANCE_LIFTED,
    }
)  # fmt: skip


def print_serial(log_id: int, year: int, number: int) -> str:
    """Compose a serial: P, county, year, running number, two check characters."""
    body = f"P{log_id:06d}-{year:04d}-{number:06d}"
    return f"{body}-{_checks(body)}"


def serial_prefix(log_id: int, year: int) -> str:
    """Return how the serials of a log and year begin."""
    return f"P{log_id:06d}-{year:04d}-"


def number_of(serial: str) -> int:
    """Return the running number of a serial."""
    match = _SERIAL.fullmatch(serial)
    return int(match["number"]) if match else 0


def log_of_serial(serial: str) -> int:
    """Return the log a serial belongs to."""
    match = _SERIAL.fullmatch(serial)
    return int(match["log"]) if match else 0


def is_serial(text: str) -> bool:
    """Check form and check characters, so that a slip of the pen is told from a forgery."""
    match = _SERIAL.fullmatch(text)
    return bool(match) and text.endswith(_checks(text[:-3]))


def typed_serial(text: str) -> str:
    """Bring what a reader typed from paper into the form of a serial: capitals, hyphens where they belong."""
    plain = re.sub(r"[\s-]", "", text.translate(_WIDE)).upper()
    if not _ONE_RUN.fullmatch(plain):
        return text.strip().upper()[:24]
    digits = plain.removeprefix("P")
    return f"P{digits[:6]}-{digits[6:10]}-{digits[10:16]}-{digits[16:]}"


#: Full-width letters, digits and dashes as a Chinese keyboard gives them.
_WIDE = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {"—": "-", "–": "-"})


def _checks(body: str) -> str:
    plain = body.replace("-", "")
    first = number_check(plain)
    return first + number_check(plain + first)


class Verdict(Labelled):
    """The four outcomes of holding a paper against the register."""

    FOUND = "FOUND", N_("查到了，系统里有这份打印件")
    SUPERSEDED = "SUPERSEDED", N_("查到了，但后来又打印过一份")
    NOT_FOUND = "NOT_FOUND", N_("查不到这个流水号")
    CANNOT_TELL = "CANNOT_TELL", N_("现在不能核对")


class Proof(Enum):
    """What the register proves about a print by itself."""

    REGISTERED = auto()
    FIGURES = auto()
    TRAIL = auto()


@dataclass(frozen=True)
class Proven:
    """Whether one proof holds."""

    proof: Proof
    holds: bool


def verdict_of(*, found: bool, superseded: bool, proven: list[Proven]) -> Verdict:
    """Decide the outcome: a print whose proofs fail cannot be vouched for."""
    if not found:
        return Verdict.NOT_FOUND
    if not all(one.holds for one in proven):
        return Verdict.CANNOT_TELL
    return Verdict.SUPERSEDED if superseded else Verdict.FOUND
