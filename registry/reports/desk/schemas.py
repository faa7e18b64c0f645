"""What the auditor's desk is asked and answers, as JSON."""

from marshmallow import fields, validate

from registry.audit.comparing import Agreement
from registry.jobs import JobState
from registry.reports.desk.forms import MAX_NAME, MAX_NOTES, MAX_REASON
from registry.reports.names import ReportName
from registry.reports.trail.groups import EDITS, Group
from registry.rest.fields import PageArguments, Strict, choice, code, day, listed, text

#: The papers made from the trail, and the kinds of work that an edit log may be narrowed to.
_PAPERS = (ReportName.EDIT_LOG, ReportName.LEAVING, ReportName.REVEALS)
_KINDS = (*EDITS, Group.PRINTED)


class UnitEntry(Strict):
    """A unit whose events and rows are verified."""

    region_code = code(needed=True)


class AssetEntry(Strict):
    """An asset whose events and rows are verified."""

    asset_no = text(MAX_NAME, needed=True, least=1)


class NoteEntry(Strict):
    """A checkpoint that was kept elsewhere, as it was signed."""

    note = text(MAX_NOTES, needed=True, least=1)


class VerdictRow(Strict):
    """What a verification came to; faults are said in words."""

    what = fields.String(required=True)
    log_id = fields.Integer(required=True)
    is_sound = fields.Boolean(required=True)
    events = fields.Integer(required=True)
    unsigned = fields.Integer(required=True, metadata={"description": "最近一个检查点以后的事件数"})
    rows = fields.Integer(required=True)
    signed_size = fields.Integer(required=True, allow_none=True, metadata={"description": "最近一个检查点覆盖的条数"})
    signed_at = fields.String(required=True, allow_none=True)
    faults = fields.List(fields.String(), required=True)


class ComparedRow(Strict):
    """How a checkpoint agrees with the log of today."""

    log_id = fields.Integer(required=True)
    size = fields.Integer(required=True)
    total = fields.Integer(required=True)
    agreement = choice(Agreement, needed=True)


class RevealArguments(Strict):
    """Whose looks at personal data, where, from which day to which."""

    region_code = code(needed=True)
    since = day(needed=True)
    on = day(needed=True)
    who = text(MAX_NAME, load_default="")
    reason = text(MAX_REASON, load_default="")


class RevealRow(Strict):
    """One look at personal data, or one that was refused; whose is said by the number of the row."""

    at = fields.String(required=True)
    who = fields.String(required=True)
    post = fields.String(required=True)
    action = fields.String(required=True)
    thing = fields.String(required=True)
    seen = fields.String(required=True)
    reason = fields.String(required=True)
    place = fields.String(required=True, metadata={"description": "日志号-条号"})
    is_refused = fields.Boolean(required=True)


class PaperEntry(RevealArguments):
    """Which paper of the trail; ``kind`` narrows an edit log, ``reason`` the log of looks at personal data."""

    report = fields.String(
        required=True, validate=validate.OneOf([one.value for one in _PAPERS]),
        metadata={"description": "；".join(f"{one.value} {one.label}" for one in _PAPERS)},
    )  # fmt: skip
    kind = fields.String(
        load_default="", validate=validate.OneOf(["", *(one.value for one in _KINDS)]),
        metadata={"description": "；".join(f"{one.value} {one.label}" for one in _KINDS)},
    )  # fmt: skip


class BundleEntry(Strict):
    """Of which unit and period evidence is taken out; without a day the period is open at that end."""

    region_code = code(needed=True)
    since = day(load_default=None, allow_none=True)
    until = day(load_default=None, allow_none=True)
    with_files = fields.Boolean(load_default=False)


class BundleRow(Strict):
    """An evidence bundle and how far it is; digest and missing files once it is made."""

    id = fields.String(required=True)
    region_code = fields.String(required=True)
    state = choice(JobState, needed=True)
    done = fields.Integer(required=True)
    total = fields.Integer(required=True)
    asked_at = fields.AwareDateTime(required=True)
    sha256 = fields.String(required=True, allow_none=True)
    missing = fields.Integer(required=True, allow_none=True, metadata={"description": "登记过、现已找不到的文件数"})


RevealPage = listed(RevealRow)
BundlePage, BundleArguments = listed(BundleRow), PageArguments
