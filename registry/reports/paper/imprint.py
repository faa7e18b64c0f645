"""What a print says about itself: serial, digest of its figures, checkpoint of the trail, who printed it and when."""

import hashlib
import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from registry.reports.paper.volume import Volume

CHINA = timezone(timedelta(hours=8))
_DIGEST_SHOWN = 32


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a trail when the print was made; ``root`` is base64."""

    log_id: str
    size: int
    root: str


@dataclass(frozen=True, slots=True)
class PrintedBy:
    """The person who printed, as they were then."""

    name: str
    post: str
    unit: str


@dataclass(frozen=True, slots=True)
class Imprint:
    """Everything on a page that is not a figure. ``printed_at`` is aware; paper shows China time."""

    serial: str
    figures_digest: str
    checkpoint: Checkpoint
    printed_by: PrintedBy
    printed_at: datetime
    verify_url: str = ""
    demo: bool = False
    #: The file that a paper is bound into with others; alone it is a file of its own.
    volume: "Volume | None" = None

    @property
    def code_text(self) -> str:
        """What the QR code holds: the address that verifies, or the serial where there is none."""
        return self.verify_url or self.serial

    @property
    def digest_text(self) -> str:
        """The first 32 hexadecimal digits in groups of four, as the page of verification shows them."""
        return grouped_digest(self.figures_digest)

    @property
    def checkpoint_text(self) -> str:
        """Log, size and root on one line."""
        return f"{self.checkpoint.log_id} · {self.checkpoint.size:,} · {self.checkpoint.root}"

    @property
    def china_time(self) -> datetime:
        """The moment of printing on a clock in China. Raises ValueError for a naive one."""
        if self.printed_at.tzinfo is None:
            raise ValueError("printed_at must be aware")
        return self.printed_at.astimezone(CHINA)


def figures_text(figures: object) -> str:
    """Write the figures of a report as canonical JSON: sorted keys, no spaces.

    Figures are frozen dataclasses of ints, text, None, bool, bytes (by sha256) and tuples; a float raises TypeError.
    """
    return json.dumps(
        figures, default=_plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def figures_digest(figures: object) -> str:
    """Digest the figures of a report: sha256 of their canonical JSON in UTF-8."""
    return text_digest(figures_text(figures))


def text_digest(text: str) -> str:
    """Digest the canonical JSON of figures."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


_REFUSED = frozenset({float, list, dict, set})


def _plain(value: object) -> object:
    """Turn what JSON does not know into what it knows. This runs once per row of a ledger."""
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if not is_dataclass(value) or isinstance(value, type):
        raise TypeError(f"not a figure: {value!r}")
    held = {name: getattr(value, name) for name in _names(type(value))}
    for name, item in held.items():
        kind = type(item)
        if kind in _REFUSED or (kind is tuple and any(type(each) in _REFUSED for each in item)):
            raise TypeError(f"not a figure: {name}")
    return held


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def grouped_digest(digest: str) -> str:
    """Return the first 32 hexadecimal digits in groups of four."""
    shown = digest[:_DIGEST_SHOWN]
    return " ".join(shown[i : i + 4] for i in range(0, len(shown), 4))
