"""Files as JSON."""

from flask_smorest.fields import Upload
from marshmallow import fields

from registry.evidence.rules import EvidenceKind
from registry.rest.fields import Strict, choice, listed, text


class AttachmentFile(Strict):
    """A photo or a PDF."""

    file = Upload(required=True)


class AttachmentArguments(Strict):
    """What a file proves."""

    kind = choice(EvidenceKind, needed=True)
    caption = text(200, load_default="")
    taken_on = fields.Date(load_default=None)


class AttachmentRow(Strict):
    """A file attached to something."""

    id = fields.String(required=True)
    kind = choice(EvidenceKind, needed=True)
    media_type = fields.String(required=True)
    sha256 = fields.String(required=True)
    size_bytes = fields.Integer(required=True)
    file_name = fields.String(required=True)
    caption = fields.String(required=True)
    taken_on = fields.Date(required=True, allow_none=True)
    added_at = fields.AwareDateTime(required=True)


AttachmentPage = listed(AttachmentRow)
