"""How the figures of a report are read and kept: what every entry of the catalogue has in common."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from registry.permissions import Actor
from registry.reports.glances import Glance
from registry.reports.parameters import Parameters

_PACKING = 6
F_co = TypeVar("F_co", covariant=True)


class Collect(Protocol[F_co]):
    """Reads the figures of a report; this is the only part that asks the database."""

    def __call__(self, region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> F_co: ...


class Proves(Protocol):
    """Names the logs whose events a report proves."""

    def __call__(self, region_code: str, parameters: Parameters, *, actor: Actor) -> Sequence[int]: ...


@dataclass(frozen=True)
class Figures:
    """Figures as they are kept: their canonical JSON, and what the page of verification shows of them."""

    text: str
    glance: Glance

    def packed(self) -> bytes:
        """Return the JSON packed, to be kept under its digest."""
        return zlib.compress(self.text.encode("utf-8", "surrogatepass"), _PACKING)


def unpacked(data: bytes) -> str:
    """Return the JSON of kept figures."""
    return zlib.decompress(data).decode("utf-8", "surrogatepass")
