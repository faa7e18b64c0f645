"""Attaching files to things."""

from dataclasses import dataclass
from datetime import date

from registry.audit.actions import Action
from registry.audit.events import Thing
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.evidence.models import Attachment
from registry.evidence.rules import EvidenceKind, MediaType, media_type
from registry.evidence.store import cleaned, keep
from registry.permissions import Actor


@dataclass(frozen=True)
class KeptFile:
    """A file taken in: cleaned, kept under its digest, not yet attached to anything."""

    name: str
    kind: MediaType
    sha256: str
    size_bytes: int


def take_in(data: bytes, name: str) -> KeptFile:
    """Check, clean and keep a file; slow, so before the transaction. Raises NotEvidence, FileTooLarge, FileBroken."""
    kind = media_type(data, name)
    clean = cleaned(data, kind, name)
    return KeptFile(name[-120:], kind, keep(clean), len(clean))


@dataclass(frozen=True)
class Caption:
    """What is said of attached files."""

    kind: EvidenceKind
    text: str = ""
    taken_on: date | None = None


def attach(files: list[KeptFile], caption: Caption, *, to: Thing, by: Actor) -> None:
    """Attach files to a thing, in one event."""
    for file in files:
        db.session.add(
            Attachment(
                region_code=to.region_code,
                thing_table=to.table,
                thing_id=to.id,
                kind=caption.kind.value,
                media_type=file.kind.value,
                sha256=file.sha256,
                size_bytes=file.size_bytes,
                file_name=file.name,
                caption=caption.text,
                taken_on=caption.taken_on,
                added_by_id=by.id,
                added_at=now(),
            )
        )
    record(Action.EVIDENCE_ADDED, to, by=by, reason=caption.text, facts={"files": [file.sha256 for file in files]})
