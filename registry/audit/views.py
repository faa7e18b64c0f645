"""The trail in plain words, its checkpoints, its verification and its export."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import segno
from flask import Blueprint, request, send_file, url_for
from flask.typing import ResponseReturnValue

from registry.audit import asked, reading
from registry.audit.actions import Action
from registry.audit.events import Thing
from registry.audit.export import export_trail, logs_in_reach, whole_logs
from registry.audit.forms import TrailForm
from registry.audit.keys import fingerprint, service_verifier
from registry.audit.queries import find_last_checkpoint, last_seq
from registry.audit.services import record
from registry.audit.verification import MAX_ON_PAGE, count_events, verify_logs
from registry.clock import now, today
from registry.config import current
from registry.database import transaction, undo_reads, why_read_only
from registry.errors import Invalid, Missing
from registry.permissions import Permission, Role
from registry.regions import is_code, log_region
from registry.text import N_
from registry.web import actor, page, requires, say

blueprint = Blueprint("audit", __name__)


class TooManyEvents(Invalid):
    """A page would keep its reader waiting."""

    message = N_("日志共 %(events)s 条，超过页面能当场处理的 %(most)s 条。请在服务器命令行运行 registry audit。")


@blueprint.get("/trail")
@requires(Permission.TRAIL_READ)
def events() -> ResponseReturnValue:
    """Show who did what, the newest first."""
    try:
        wanted = asked.parse(request.args)
    except asked.NotACondition as error:
        return page("audit/not_understood.html", status=422, problem=say(error))
    if not reading.reach_of(actor()):
        return page("audit/by_asset.html")
    listing = reading.compose(wanted, actor())
    return noted(page("audit/events.html", listing=listing, list_url=_list_url, actions=tuple(Action)))


def _list_url(wanted: asked.Asked) -> str:
    return url_for("audit.events", **asked.query(wanted))  # type: ignore[arg-type]


@blueprint.get("/trail/<int:log_id>/<int:seq>")
@requires(Permission.TRAIL_READ)
def event(log_id: int, seq: int) -> ResponseReturnValue:
    """Show one event whole: its bytes, its place in the chain, and its proof."""
    return noted(page("audit/event.html", evidence=reading.show(log_id, seq, actor())))


@blueprint.get("/trail/checkpoint")
@requires(Permission.TRAIL_READ)
def checkpoint() -> ResponseReturnValue:
    """Show the newest checkpoint of a log to take away, and what may be done with the log."""
    reach = reading.reach_of(actor())
    log_id = reading.log_for(request.args.get("region", ""), reach)
    form = TrailForm(region=log_region(log_id))
    return noted(_checkpoint_page(form, log_id, reading.logs_touching(reach)))


def _checkpoint_page(form: TrailForm, log_id: int, logs: list[int]) -> ResponseReturnValue:
    signed = find_last_checkpoint(log_id)
    return page(
        "audit/checkpoint.html",
        form,
        log_id=log_id,
        region=log_region(log_id),
        logs=[log_region(one) for one in logs],
        signed=signed,
        total=last_seq(log_id),
        qr=segno.make(signed.note, micro=False, error="m").svg_data_uri(scale=4) if signed else "",
        key=service_verifier(current(), log_id),
        fingerprint=fingerprint(current()),
        can_verify=whole_logs(actor(), Permission.TRAIL_VERIFY, logs),
        can_export=whole_logs(actor(), Permission.TRAIL_EXPORT, logs),
    )


@blueprint.post("/trail/verify")
@requires(Permission.TRAIL_VERIFY)
def verify() -> ResponseReturnValue:
    """Verify a log, or all within reach, and show the report."""
    form = TrailForm()
    logs = _wanted(form, Permission.TRAIL_VERIFY)
    with _typed(form.notes.data or "") as notes:
        verdict = verify_logs(logs, notes, by=actor())
    return page("audit/report.html", verdict=verdict, logs=logs, at=now(), own=fingerprint(current()))


@blueprint.post("/trail/export")
@requires(Permission.TRAIL_EXPORT, proof=True)
def export() -> ResponseReturnValue:
    """Hand out an export of a log, or of all within reach."""
    logs = _wanted(TrailForm(), Permission.TRAIL_EXPORT)
    folder = Path(tempfile.mkdtemp(prefix="fpa-export-"))
    try:
        export_trail(logs, folder / "trail.zip", by=actor())
        name = f"trail-{logs[0] if len(logs) == 1 else 'all'}-{today():%Y%m%d}.zip"
        response = send_file(folder / "trail.zip", as_attachment=True, download_name=name)
        response.call_on_close(lambda: shutil.rmtree(folder, ignore_errors=True))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return response


def _wanted(form: TrailForm, permission: Permission) -> list[int]:
    """Return the logs that a form names; raises TooManyEvents for more than a page can do at once."""
    if not form.validate_on_submit():
        raise Invalid
    region = form.region.data or None
    if region and not is_code(region):
        raise Missing
    logs = logs_in_reach(actor(), permission, region)
    if count_events(logs) > MAX_ON_PAGE:
        raise TooManyEvents(events=f"{count_events(logs):,}", most=f"{MAX_ON_PAGE:,}")
    return logs


@contextmanager
def _typed(text: str) -> Iterator[list[Path]]:
    """Lay what was pasted, one note or several, into a file as the verifier reads it."""
    if not text.strip():
        yield []
        return
    with tempfile.TemporaryDirectory(prefix="fpa-notes-") as folder:
        file = Path(folder) / "pasted.txt"
        file.write_text("---\n".join(_notes(text)), "utf-8")
        yield [file]


def _notes(text: str) -> list[str]:
    """Tell pasted notes apart: each begins with its origin; blanks around it are the paste's, not the note's."""
    lines = [line.rstrip() for line in text.splitlines() if line.strip() != "---"]
    found = re.split(r"(?m)^(?=fpa/)", "\n".join(lines))
    return [note.strip() + "\n" for note in found if note.strip()]


def noted(answer: ResponseReturnValue) -> ResponseReturnValue:
    """Record that an auditor read a page, once it stands."""
    by = actor()
    if any(grant.role is Role.AUDITOR for grant in by.grants) and not why_read_only():
        undo_reads()
        with transaction(by.unit_code):
            thing = Thing("page", str(request.endpoint), by.unit_code)
            record(Action.READ, thing, by=by, facts={"path": request.full_path.rstrip("?")[:300]})
    return answer
