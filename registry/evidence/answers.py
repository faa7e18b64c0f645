"""Files as resources answer with them: what is sent in, what hangs on a thing, what was just added."""

from collections.abc import Mapping, Sequence

from flask import Response
from werkzeug.datastructures import FileStorage

from registry.evidence.queries import list_attachments
from registry.evidence.schemas import AttachmentRow
from registry.evidence.services import KeptFile, take_in
from registry.rest.calls import done, listed


def one_sent(files: Mapping[str, FileStorage]) -> KeptFile:
    """Check, clean and keep the one file of a body. Raises what take_in raises."""
    return take_in(files["file"].stream.read(), files["file"].filename or "")


def all_sent(files: Sequence[FileStorage]) -> list[KeptFile]:
    """Check, clean and keep the files of a body. Raises what take_in raises."""
    return [take_in(one.stream.read(), one.filename or "") for one in files]


def files_of(table: str, thing_id: str) -> Response:
    """Answer with what is attached to a thing, the oldest first."""
    return listed(AttachmentRow(many=True).dump(list_attachments(table, thing_id)))


def file_added(table: str, thing_id: str) -> Response:
    """End a deed that attached a file: answer with it."""
    return done({"items": AttachmentRow(many=True).dump(list_attachments(table, thing_id)[-1:])}, 201)
