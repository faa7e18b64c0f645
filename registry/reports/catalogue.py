"""Every report there is, read top to bottom: how its figures are read, kept, drawn and glanced at."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

from registry.permissions import Actor, Permission
from registry.reports import (
    asset_card,
    classified_ledger,
    custody_roster,
    glances,
    hand_over_sheet,
    labels,
    notice_poster,
    patrol_sheet,
    policy_sheet,
    summary,
    title_certificate,
    title_register,
)
from registry.reports.figures import read_figures
from registry.reports.glances import Glance
from registry.reports.paper.imprint import Imprint, figures_text
from registry.reports.parameters import Parameters
from registry.text import Labelled

PDF, XLSX = "pdf", "xlsx"
_PACKING = 6
F = TypeVar("F")
F_co = TypeVar("F_co", covariant=True)


class Collect(Protocol[F_co]):
    """Reads the figures of a report; this is the only part that asks the database."""

    def __call__(self, region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> F_co: ...


class ReportName(Labelled):
    """The reports; the name stands in addresses, events and on the console."""

    LEDGER = "ledger", classified_ledger.TITLE
    SUMMARY = "summary", summary.TITLE
    CARD = "card", asset_card.TITLE
    LABELS = "labels", labels.TITLE
    NOTICE = "notice", notice_poster.TITLE
    POLICY = "policy", policy_sheet.TITLE
    TITLE_REGISTER = "title-register", title_register.TITLE
    TITLE_CERTIFICATE = "title-certificate", title_certificate.TITLE
    HAND_OVER_SHEET = "hand-over-sheet", hand_over_sheet.TITLE
    CUSTODY = "custody", custody_roster.TITLE
    PATROL_SHEET = "patrol-sheet", patrol_sheet.BLANK_TITLE
    PATROL_LOG = "patrol-log", patrol_sheet.TITLE


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


@dataclass(frozen=True)
class Report(Generic[F]):
    """One report. Without ``sheet`` it has no spreadsheet; ``by_region`` ones are chosen by unit and day."""

    name: ReportName
    kind: type[F]
    permission: Permission
    collect: Collect[F]
    draw: Callable[[F, Imprint], bytes]
    glance: Callable[[F], Glance]
    sheet: Callable[[F, Imprint], bytes] | None = None
    by_region: bool = True

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


Known = (
    Report[classified_ledger.ClassifiedLedger]
    | Report[summary.SummaryFigures]
    | Report[asset_card.AssetCardFigures]
    | Report[labels.LabelFigures]
    | Report[notice_poster.PosterFigures]
    | Report[policy_sheet.PolicySheet]
    | Report[title_register.TitleRegister]
    | Report[title_certificate.CertificateFigures]
    | Report[hand_over_sheet.HandOverFigures]
    | Report[custody_roster.CustodyRoster]
    | Report[patrol_sheet.BlankSheet]
    | Report[patrol_sheet.PatrolLog]
)
_REPORTS: tuple[Known, ...] = (
    Report(
        ReportName.LEDGER, classified_ledger.ClassifiedLedger, Permission.PRINT, classified_ledger.collect,
        classified_ledger.draw, glances.of_ledger, sheet=classified_ledger.sheet,
    ),
    Report(
        ReportName.SUMMARY, summary.SummaryFigures, Permission.PRINT, summary.collect, summary.draw, glances.of_summary,
        sheet=summary.sheet,
    ),
    Report(
        ReportName.CARD, asset_card.AssetCardFigures, Permission.PRINT, asset_card.collect, asset_card.draw,
        glances.of_card, by_region=False,
    ),
    Report(
        ReportName.LABELS, labels.LabelFigures, Permission.PRINT, labels.collect, labels.draw, glances.of_labels,
        by_region=False,
    ),
    Report(
        ReportName.NOTICE, notice_poster.PosterFigures, Permission.PRINT, notice_poster.collect, notice_poster.draw,
        glances.of_notice, by_region=False,
    ),
    Report(
        ReportName.POLICY, policy_sheet.PolicySheet, Permission.PRINT, policy_sheet.collect, policy_sheet.draw,
        glances.of_policy,
    ),
    Report(
        ReportName.TITLE_REGISTER, title_register.TitleRegister, Permission.PRINT, title_register.collect,
        title_register.draw, glances.of_titles, sheet=title_register.sheet,
    ),
    Report(
        ReportName.TITLE_CERTIFICATE, title_certificate.CertificateFigures, Permission.PRINT,
        title_certificate.collect, title_certificate.draw, glances.of_certificate, by_region=False,
    ),
    Report(
        ReportName.HAND_OVER_SHEET, hand_over_sheet.HandOverFigures, Permission.PRINT, hand_over_sheet.collect,
        hand_over_sheet.draw, glances.of_hand_over, by_region=False,
    ),
    Report(
        ReportName.CUSTODY, custody_roster.CustodyRoster, Permission.PRINT, custody_roster.collect,
        custody_roster.draw, glances.of_custody, sheet=custody_roster.sheet,
    ),
    Report(
        ReportName.PATROL_SHEET, patrol_sheet.BlankSheet, Permission.PRINT, patrol_sheet.collect_blank,
        patrol_sheet.draw_blank, glances.of_blank_patrols,
    ),
    Report(
        ReportName.PATROL_LOG, patrol_sheet.PatrolLog, Permission.PRINT, patrol_sheet.collect, patrol_sheet.draw,
        glances.of_patrols, sheet=patrol_sheet.sheet,
    ),
)  # fmt: skip
REPORTS: dict[ReportName, Known] = {report.name: report for report in _REPORTS}
