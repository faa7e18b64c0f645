"""What anybody who holds a paper is told: whether it is registered, what to compare, what was proved, what came since.

No person and no row is named.
"""

from dataclasses import dataclass
from datetime import datetime

from registry import config
from registry.approvals.notices.services import hotline_of
from registry.audit.actions import Action
from registry.audit.queries import find_told
from registry.audit.scoped import list_witnessed
from registry.clock import local, now, today
from registry.policy.queries import policy_for
from registry.regions import log_of, log_region
from registry.reports.glances import Glance
from registry.reports.paper.imprint import Imprint, grouped_digest
from registry.reports.prints.models import Print
from registry.reports.prints.queries import count_later, find_newer, find_print, glance_of, list_files
from registry.reports.prints.rules import Proof, Proven, Verdict, is_serial, verdict_of
from registry.reports.prints.services import imprint_of, prove, signed_of


@dataclass(frozen=True)
class Paper:
    """What stands on a registered paper."""

    title: str
    glance: Glance
    printed_by: str
    printed_text: str
    digest_text: str
    checkpoint_text: str
    log_id: int
    seq: int
    region_code: str
    witnessed_at: str = ""


@dataclass(frozen=True)
class Verification:
    """The outcome of holding a paper against the register."""

    serial: str
    checked_at: datetime
    verdict: Verdict
    is_slip: bool = False
    paper: Paper | None = None
    proven: tuple[Proven, ...] = ()
    newer: str = ""
    newer_at: datetime | None = None
    later_count: int = 0
    #: Whose public page takes in what does not agree, and whom to call.
    unit_code: str = ""
    hotline: str = ""

    @property
    def is_drawn(self) -> bool:
        """Whether the print has its files; before that nothing on paper can be genuine."""
        return bool(self.paper and self.paper.checkpoint_text)

    def holds(self, proof: str) -> bool:
        """Say whether a proof, named as templates name it, holds."""
        return any(one.holds for one in self.proven if one.proof is Proof[proof])


def verification(serial: str) -> Verification:
    """Hold a serial against the register."""
    row = find_print(serial)
    if row is None:
        top = config.current().municipality
        return Verification(
            serial, now(), Verdict.NOT_FOUND, is_slip=not is_serial(serial), unit_code=top, hotline=_hotline(top)
        )
    newer, proven = find_newer(row), prove(row)
    return Verification(
        serial=row.serial,
        checked_at=now(),
        verdict=verdict_of(found=True, superseded=newer is not None, proven=proven),
        paper=_paper(row),
        proven=tuple(proven),
        newer=newer.serial if newer else "",
        newer_at=newer.printed_at if newer else None,
        later_count=count_later(row),
        unit_code=row.region_code,
        hotline=_hotline(row.region_code),
    )


def _hotline(region_code: str) -> str:
    return hotline_of(policy_for(region_code, today()))


def _paper(row: Print) -> Paper:
    told = find_told(Action.PRINTED, "print", str(row.id))
    imprint = _imprint(row)
    return Paper(
        title=row.title,
        glance=glance_of(row),
        printed_by=f"{row.printed_by_unit}{row.printed_by_post}",
        printed_text=f"{local(row.printed_at):%Y-%m-%d %H:%M:%S}",
        digest_text=grouped_digest(row.figures_digest),
        checkpoint_text=imprint.checkpoint_text if imprint else "",
        log_id=log_of(row.region_code),
        seq=told.seq if told else 0,
        region_code=log_region(log_of(row.region_code)),
        witnessed_at=_witnessed(log_of(row.region_code), told.seq) if told else "",
    )


def _witnessed(log_id: int, seq: int) -> str:
    """Return when the municipality first witnessed a checkpoint that covers an event; empty if it has not yet."""
    return next((at for size, at in list_witnessed(log_id) if size >= seq), "")


def _imprint(row: Print) -> Imprint | None:
    files = list_files(row.id)
    return imprint_of(row, signed_of(row, files[0])) if files else None
