"""Prints as JSON."""

from marshmallow import fields, validate

from registry.reports.catalogue import REPORTS
from registry.rest.fields import PageArguments, Strict, code, listed

_BY_REGION = {one.name.value: one.label for one in REPORTS.values() if one.by_region}


class PrintEntry(Strict):
    """Which report of which unit as of which day."""

    report = fields.String(
        required=True,
        validate=validate.OneOf([*_BY_REGION]),
        metadata={"description": "；".join(f"{name} {label}" for name, label in _BY_REGION.items())},
    )
    region_code = code(needed=True)
    on = fields.Date(required=True)


class GlanceRow(Strict):
    """A figure to compare with the paper."""

    label = fields.String(required=True)
    value = fields.String(required=True)


class PrintRow(Strict):
    """A paper that was handed out."""

    serial = fields.String(required=True)
    report = fields.String(required=True)
    title = fields.String(required=True)
    region_code = fields.String(required=True)
    printed_at = fields.AwareDateTime(required=True)
    printed_by_name = fields.String(required=True)
    figures_digest = fields.String(required=True)
    verify_url = fields.String(required=True)
    glance = fields.List(fields.Nested(GlanceRow), required=True)
    formats = fields.List(fields.String(), required=True, metadata={"description": "已生成的文件格式"})


class PrintJob(Strict):
    """A large print that the worker makes."""

    id = fields.String(required=True)
    state = fields.String(required=True)
    done = fields.Integer(required=True)
    total = fields.Integer(required=True)


PrintPage, PrintArguments = listed(PrintRow), PageArguments
