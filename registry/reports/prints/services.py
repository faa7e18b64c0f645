"""Printing: figures are read and digested, the print is recorded, the log is signed, then the paper is drawn.

A serial always gives the same bytes: they are kept by digest, and can be drawn anew from the kept figures.
"""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass

from sqlalchemy import select

from registry.accounts.installation import is_demo
from registry.assets.register.lookup.papers import Paper, note_paper
from registry.audit import checkpoint
from registry.audit.actions import Action
from registry.audit.events import Thing
from registry.audit.keys import is_signed_here
from registry.audit.queries import find_note, find_told, last_region_seqs, last_seqs
from registry.audit.services import make_checkpoint, record
from registry.clock import local, now
from registry.database import db, transaction
from registry.errors import Conflict, Missing, RegistryError
from registry.evidence import store
from registry.permissions import Actor, Role
from registry.regions import code_range, log_of
from registry.reports.catalogue import REPORTS, ReportName
from registry.reports.gathering import unpacked
from registry.reports.glances import Glance
from registry.reports.paper.imprint import Checkpoint, Imprint, PrintedBy, text_digest
from registry.reports.prints.models import Print, PrintFile
from registry.reports.prints.queries import Asked, list_files, logs_in_range, next_number
from registry.reports.prints.rules import Proof, Proven, print_serial
from registry.text import N_

_CHECKPOINT_REASON = "print"


class NotDrawn(Conflict):
    """A print is recorded and its files are not drawn yet."""

    message = N_("这份打印件还没有生成文件，请在打印件页面点“生成文件”。")


class CannotRedraw(RegistryError):
    """What was kept of a print is not what was printed."""

    status = 409
    message = N_("这份打印件的存档与打印时不一致，不能再给出文件。请保留纸质件，联系审计管理员核查。")


@dataclass(frozen=True)
class Gathered:
    """Figures read for a print and kept, with the last event of every log when the reading began."""

    asked: Asked
    glance: Glance
    digest: str
    sha256: str
    as_of: dict[int, int]


def gather(asked: Asked, *, by: Actor) -> Gathered:
    """Read and keep the figures of a report; outside a transaction, because a large unit takes its time."""
    report = REPORTS[asked.report]
    for log_id in report.proves(asked.region_code, asked.parameters, actor=by) if report.proves else ():
        make_checkpoint(log_id, _CHECKPOINT_REASON)
    as_of = last_seqs(code_range(asked.region_code))
    figures = report.gather(asked.region_code, asked.parameters, actor=by, on=asked.on)
    return Gathered(asked, figures.glance, text_digest(figures.text), store.keep(figures.packed()), as_of)


def register_print(gathered: Gathered, *, by: Actor, address: Callable[[str], str]) -> str:
    """Record a print with the digest of its figures and return its serial; ``address`` says where it is verified."""
    asked, moment = gathered.asked, now()
    log_id, year = log_of(asked.region_code), local(moment).year
    serial = print_serial(log_id, year, next_number(log_id, year))
    row = Print(
        region_code=asked.region_code, serial=serial, report=asked.report.value, title=asked.report.label,
        parameters=_json({"on": asked.on.isoformat(), **asdict(asked.parameters)}),
        glance=_json(gathered.glance), as_of=_json(gathered.as_of),
        figures_digest=gathered.digest, figures_sha256=gathered.sha256,
        printed_by_id=by.id, printed_by_name=by.name, printed_by_post=by.post, printed_by_unit=by.unit_name,
        printed_at=moment, verify_url=address(serial), demo=is_demo(),
    )  # fmt: skip
    db.session.add(row)
    note_paper(
        asked.parameters.asset_numbers,
        Paper(serial, row.region_code, row.title, moment, by.id, f"{by.post} {by.name}".strip()),
    )
    record(
        Action.PRINTED,
        row,
        by=by,
        facts={
            "report": row.report,
            "serial": serial,
            "on": asked.on.isoformat(),
            "figures_digest": row.figures_digest,
            "figures_sha256": row.figures_sha256,
            "as_of": {str(log): seq for log, seq in gathered.as_of.items()},
            "region_seqs": dict(last_region_seqs(code_range(asked.region_code))),
        },
    )
    return serial


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def draw_print(serial: str, *, by: Actor) -> None:
    """Sign the log, draw the files of a recorded print and keep them; a print that has its files keeps those."""
    row = _print(serial)
    if list_files(row.id):
        return
    region_code, report, sha256 = row.region_code, REPORTS[ReportName(row.report)], row.figures_sha256
    note = make_checkpoint(log_of(region_code), _CHECKPOINT_REASON)
    if note is None:
        raise NotDrawn
    signed = checkpoint.parse(note)[0]
    imprint, text = imprint_of(_print(serial), signed), unpacked(store.load(sha256))
    kept = {name: store.keep(report.write(text, imprint, name)) for name in report.formats}
    with transaction(region_code):
        row = _print(serial)
        if list_files(row.id):
            return
        for name, digest in kept.items():
            file = PrintFile(print_id=row.id, region_code=region_code, format=name, sha256=digest)
            file.checkpoint_size = signed.size
            db.session.add(file)
        record(Action.PRINT_DRAWN, row, by=by)


def _print(serial: str) -> Print:
    row = db.session.scalar(select(Print).where(Print.serial == serial))
    if row is None:
        raise Missing
    return row


def imprint_of(row: Print, signed: checkpoint.Checkpoint) -> Imprint:
    """Return everything on the pages of a print that is not a figure."""
    root = base64.b64encode(signed.root).decode()
    return Imprint(
        serial=row.serial,
        figures_digest=row.figures_digest,
        checkpoint=Checkpoint(str(log_of(row.region_code)), signed.size, root),
        printed_by=PrintedBy(row.printed_by_name, row.printed_by_post, row.printed_by_unit),
        printed_at=row.printed_at,
        verify_url=row.verify_url,
        demo=row.demo,
    )


def signed_of(row: Print, file: PrintFile) -> checkpoint.Checkpoint:
    """Return the checkpoint a print bears. Raises CannotRedraw when it is gone."""
    note = find_note(log_of(row.region_code), file.checkpoint_size)
    if note is None:
        raise CannotRedraw
    return checkpoint.parse(note)[0]


def file_bytes(row: Print, file_format: str) -> bytes:
    """Return a file of a print, drawn anew from the kept figures if it is gone. Raises NotDrawn, CannotRedraw."""
    files = list_files(row.id)
    file = next((one for one in files if one.format == file_format), None)
    if file is None:
        raise Missing if files else NotDrawn
    try:
        return store.load(file.sha256)
    except Missing:
        return _redrawn(row, file)


def _redrawn(row: Print, file: PrintFile) -> bytes:
    report = REPORTS[ReportName(row.report)]
    try:
        text = unpacked(store.load(row.figures_sha256))
        data = report.write(text, imprint_of(row, signed_of(row, file)), file.format)
    except Missing as error:
        raise CannotRedraw from error
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise CannotRedraw
    store.path_of(file.sha256).unlink(missing_ok=True)
    store.keep(data)
    return data


def prove(row: Print) -> list[Proven]:
    """Hold a print against what the register keeps: its event, its figures, the signature over its log."""
    told = find_told(Action.PRINTED, "print", str(row.id))
    facts = told.facts if told and told.is_whole else {}
    figures = (row.figures_digest, row.figures_sha256)
    registered = facts.get("serial") == row.serial
    same = (facts.get("figures_digest"), facts.get("figures_sha256")) == figures and _is_kept(row.figures_sha256)
    return [
        Proven(Proof.REGISTERED, registered),
        Proven(Proof.FIGURES, same),
        Proven(Proof.TRAIL, told is not None and _is_signed(row, told.seq)),
    ]


def _is_kept(sha256: str) -> bool:
    try:
        store.load(sha256)
    except Missing:
        return False
    return True


def _is_signed(row: Print, seq: int) -> bool:
    """Say whether a checkpoint that this service signed covers the event of a print."""
    log_id = log_of(row.region_code)
    notes = [(file.checkpoint_size, find_note(log_id, file.checkpoint_size)) for file in list_files(row.id)]
    return bool(notes) and all(note and size >= seq and is_signed_here(note, log_id) for size, note in notes)


def make_print(asked: Asked, *, by: Actor, address: Callable[[str], str]) -> str:
    """Print from beginning to end and return the serial; for the console, which has no form to keep."""
    gathered = gather(asked, by=by)
    with transaction(*logs_in_range(asked.region_code)):
        serial = register_print(gathered, by=by, address=address)
    draw_print(serial, by=by)
    return serial


def note_read(report: ReportName, region_code: str, *, by: Actor) -> None:
    """Tell the trail that an auditor read a report on screen."""
    if any(grant.role is Role.AUDITOR for grant in by.grants):
        with transaction(region_code):
            record(Action.READ, Thing("report", report.value, region_code), by=by)
