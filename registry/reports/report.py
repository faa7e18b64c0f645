"""What a report is: how its figures are read, kept, drawn and glanced at."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from registry.permissions import Actor, Permission
from registry.reports.figures import read_figures
from registry.reports.gathering import Collect, Figures, Proves
from registry.reports.glances import Glance
from registry.reports.paper.imprint import Imprint, figures_text
from registry.reports.parameters import Parameters
from registry.text import Labelled

PDF, XLSX = "pdf", "xlsx"
F = TypeVar("F")


@dataclass(frozen=True)
class Report(Generic[F]):
    """One report. Without ``sheet`` it has no spreadsheet; ``by_region`` ones are chosen by unit and day."""

    name: Labelled
    kind: type[F]
    permission: Permission
    collect: Collect[F]
    draw: Callable[[F, Imprint], bytes]
    glance: Callable[[F], Glance]
    sheet: Callable[[F, Imprint], bytes] | None = None
    by_region: bool = True
    #: The logs whose events it proves; they are signed before its figures are read.
    proves: Proves | None = None

    @property
    def label(self) -> str:
        return self.name.label

    @property
    def formats(self) -> tuple[str, ...]:
        """The files a print of this report has."""
        return (PDF, XLSX) if self.sheet else (PDF,)

    def gather(self, region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> Figures:
        """Read the figures and return them as they are kept."""
        found = self.collect(region_code, parameters, actor=actor, on=on)
        return Figures(figures_text(found), self.glance(found))

    def write(self, text: str, imprint: Imprint, file_format: str) -> bytes:
        """Write a file from kept figures; the same figures and imprint give the same bytes."""
        writer = self.sheet if file_format == XLSX and self.sheet else self.draw
        return writer(read_figures(self.kind, text), imprint)
