"""Giving out attachments. Whoever sees the thing sees its files: the route belongs to the thing's own pages."""

from flask import Response, make_response

from registry.evidence.models import Attachment
from registry.evidence.rules import EXTENSIONS, MediaType
from registry.evidence.store import load


def given_out(attachment: Attachment) -> Response:
    """Return an attachment; images are shown in the page, everything is named by digest and never sniffed."""
    kind = MediaType(attachment.media_type)
    response: Response = make_response(load(attachment.sha256))
    response.content_type = kind.value
    shown = "attachment" if kind is MediaType.PDF else "inline"
    name = f"{attachment.sha256[:16]}.{EXTENSIONS[kind]}"
    response.headers["Content-Disposition"] = f'{shown}; filename="{name}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
