"""Certificates of title as JSON."""

from marshmallow import fields

from registry.assets.title.certificates.rules import CertificateKind
from registry.rest.fields import Strict, choice, listed


class CertificateRow(Strict):
    """A certificate: number and kind, holders as it names them, since when, until when."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    number = fields.String(required=True)
    kind = choice(CertificateKind, needed=True)
    case_id = fields.String(required=True)
    holders = fields.String(required=True)
    issued_on = fields.Date(required=True)
    issued_by = fields.String(attribute="issued_by_text", required=True)
    real_estate_number = fields.String(required=True)
    real_estate_on = fields.Date(required=True, allow_none=True)
    void_on = fields.Date(required=True, allow_none=True)
    void_reason = fields.String(required=True)


CertificatePage = listed(CertificateRow)
