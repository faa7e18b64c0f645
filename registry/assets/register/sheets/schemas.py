"""Imports and exports as JSON."""

from flask_smorest.fields import Upload
from marshmallow import fields

from registry.assets.register.lookup.schemas import Conditions
from registry.assets.register.reading.problems import ProblemKind
from registry.assets.register.sheets.exporting import ExportForm
from registry.assets.register.sheets.fields import TableKind
from registry.assets.register.sheets.models import UploadStatus
from registry.assets.register.sheets.services import ImportMode
from registry.rest.fields import Strict, choice, listed


class ImportFile(Strict):
    """A ledger: .xlsx, .xls, .ods or .csv."""

    file = Upload(required=True)


class ImportRow(Strict):
    """A file and what its precheck found; once confirmed, how far it is brought in."""

    id = fields.String(required=True)
    status = choice(UploadStatus, needed=True)
    kind = choice(TableKind, needed=True)
    file_name = fields.String(required=True)
    file_sha256 = fields.String(required=True)
    rows = fields.Integer(required=True)
    added = fields.Integer(required=True)
    corrected = fields.Integer(required=True)
    invalid = fields.Integer(required=True)
    duplicate = fields.Integer(required=True)
    skipped = fields.Integer(required=True)
    written = fields.Integer(required=True, metadata={"description": "已写入的行数"})


class ImportConfirmation(Strict):
    """Which rows are brought in."""

    mode = choice(ImportMode, needed=True)


class ProblemRow(Strict):
    """A cell that must be put right."""

    row = fields.Integer(required=True)
    column = fields.String(required=True)
    value = fields.String(required=True)
    kind = choice(ProblemKind, needed=True)
    problem = fields.String(required=True)
    remedy = fields.String(required=True)


class ExportEntry(Conditions):
    """Which assets, and as what kind of file."""

    form = choice(ExportForm, needed=True)


ProblemPage = listed(ProblemRow)
