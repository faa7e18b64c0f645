"""Giving out attachments. Adding them to a thing belongs to the thing's own pages."""

from flask import Blueprint, Response, make_response
from flask.typing import ResponseReturnValue

from registry.evidence.queries import get_attachment
from registry.evidence.rules import EXTENSIONS, MediaType
from registry.evidence.store import load
from registry.permissions import Permission
from registry.web import actor, requires

blueprint = Blueprint("evidence", __name__)


@blueprint.get("/evidence/<int:attachment_id>")
@requires(Permission.ASSET_READ)
def show(attachment_id: int) -> ResponseReturnValue:
    """Send an attachment; images are shown in the page, everything is named by digest and never sniffed."""
    attachment = get_attachment(attachment_id, actor())
    kind = MediaType(attachment.media_type)
    response: Response = make_response(load(attachment.sha256))
    response.content_type = kind.value
    shown = "attachment" if kind is MediaType.PDF else "inline"
    name = f"{attachment.sha256[:16]}.{EXTENSIONS[kind]}"
    response.headers["Content-Disposition"] = f'{shown}; filename="{name}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
