"""Counts as JSON, in and out."""

from typing import Any

from marshmallow import fields, post_load

from registry.assets.custody.faults.rules import Severity
from registry.disposal.kinds import Ground
from registry.kinds import Category
from registry.rest.fields import Money, PageArguments, Strict, choice, code, day, listed, text, whole
from registry.supervision.stocktaking.rules import (
    CampaignKind,
    CampaignStatus,
    Count,
    CountWay,
    DifferenceState,
    Opening,
    Outcome,
    SheetStatus,
    Surplus,
    Way,
)
from registry.supervision.stocktaking.settling import Settlement

_MOST_MILLI = 10**15


class StockOpeningEntry(Strict):
    """A count to be called; a special one names its days and its ground."""

    region_code = code(needed=True)
    kind = choice(CampaignKind, load_default=CampaignKind.YEARLY.value)
    year = whole(1, 2999, needed=True)
    basis = text(200, load_default="")
    cutoff_on = day(allow_none=True, load_default=None)
    report_by = day(allow_none=True, load_default=None)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Opening:
        return Opening(**{**data, "kind": CampaignKind(data["kind"])})


class StockReasonEntry(Strict):
    """Why a count is closed although some sheets are not in."""

    reason = text(1000, load_default="")


class StockMarkEntry(Strict):
    """What was found of a line; ``tapped_at`` is when, if it is sent later."""

    outcome = choice(Outcome, needed=True)
    counted_milli = whole(0, _MOST_MILLI, allow_none=True, load_default=None)
    note = text(500, load_default="")
    tapped_at = fields.AwareDateTime(allow_none=True, load_default=None)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Count:
        return Count(**{**data, "outcome": Outcome(data["outcome"])}, way=CountWay.PROGRAM)


class StockPhotographedArguments(Strict):
    """What was found of a line that is photographed."""

    outcome = choice(Outcome, needed=True)
    note = text(500, needed=True, least=1)


class StockSurplusEntry(Strict):
    """Something that stands on no list."""

    name = text(100, needed=True, least=1)
    category = choice(Category, empty=True, load_default="")
    quantity_milli = whole(0, _MOST_MILLI, allow_none=True, load_default=None)
    unit = text(10, load_default="")
    place = text(200, load_default="")
    note = text(500, needed=True, least=1)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Surplus:
        return Surplus(**data)


class StockOpinionEntry(Strict):
    """What the second person, or the level above, says."""

    agrees = fields.Boolean(required=True)
    opinion = text(500, load_default="")


class StockSettlementEntry(Strict):
    """How a difference is settled."""

    way = choice(Way, needed=True)
    reason = text(500, needed=True, least=1)
    asset_no = text(23, load_default="")
    holder = text(80, load_default="")
    is_dispute = fields.Boolean(load_default=False)
    severity = choice(Severity, load_default=Severity.B.value)
    ground = choice(Ground, empty=True, load_default="")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Settlement:
        ground = Ground(data["ground"]) if data["ground"] else None
        typed = {"way": Way(data["way"]), "severity": Severity(data["severity"]), "ground": ground}
        return Settlement(**{**data, **typed})


class StockLineArguments(PageArguments):
    """Which lines a list shows; NONE has not been counted."""

    region = code()
    outcome = choice(Outcome, empty=True)
    uncounted = fields.Boolean(load_default=False)
    different = fields.Boolean(load_default=False)


class StockDifferenceArguments(PageArguments):
    """Which differences a list shows."""

    region = code()
    state = choice(DifferenceState)


class StockCampaignRow(Strict):
    """A count that a county called."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    number = fields.String(required=True)
    region_code = fields.String(required=True)
    kind = choice(CampaignKind, needed=True)
    year = fields.Integer(required=True)
    title = fields.String(required=True)
    basis = fields.String(required=True)
    cutoff_on = fields.Date(required=True)
    report_by = fields.Date(required=True)
    status = choice(CampaignStatus, needed=True)
    opened_by = fields.String(attribute="opened_by_text", required=True)
    closed_by = fields.String(attribute="closed_by_text", required=True)
    closing_note = fields.String(required=True)
    left_out = fields.String(required=True)


class StockSheetRow(Strict):
    """The sheet of a unit."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    campaign_id = fields.String(required=True)
    region_code = fields.String(required=True)
    status = choice(SheetStatus, needed=True)
    listed_on = fields.Date(required=True)
    submitted_by = fields.String(attribute="submitted_by_text", required=True)
    confirmed_by = fields.String(attribute="confirmed_by_text", required=True)
    reported_by = fields.String(attribute="reported_by_text", required=True)
    received_by = fields.String(attribute="received_by_text", required=True)
    opinion = fields.String(required=True)
    digest = fields.String(required=True)


class StockLineRow(Strict):
    """A line of a sheet and what counts of it now; an empty outcome has not been counted."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    sheet_id = fields.String(required=True)
    region_code = fields.String(required=True)
    asset_no = fields.String(required=True)
    name = fields.String(required=True)
    category = choice(Category, empty=True, needed=True)
    owner = fields.String(attribute="owner_text", required=True)
    quantity_milli = fields.Integer(required=True, allow_none=True)
    unit = fields.String(required=True)
    value = Money(attribute="value_fen", required=True)
    place = fields.String(required=True)
    custodian = fields.String(required=True)
    outcome = choice(Outcome, empty=True, needed=True)
    counted_milli = fields.Integer(required=True, allow_none=True)
    counted_by = fields.String(attribute="counted_by_text", required=True)
    counted_at = fields.AwareDateTime(required=True, allow_none=True)
    note = fields.String(required=True)
    is_different = fields.Boolean(required=True)


class StockMarkRow(Strict):
    """What one person said of a line at one moment."""

    id = fields.String(required=True)
    line_id = fields.String(required=True)
    outcome = choice(Outcome, needed=True)
    counted_milli = fields.Integer(required=True, allow_none=True)
    note = fields.String(required=True)
    way = choice(CountWay, needed=True)
    counted_at = fields.AwareDateTime(required=True)
    by = fields.String(attribute="by_text", required=True)
    at = fields.AwareDateTime(required=True)


class StockDifferenceRow(Strict):
    """A difference and what it became."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    line_id = fields.String(required=True)
    region_code = fields.String(required=True)
    outcome = choice(Outcome, needed=True)
    state = choice(DifferenceState, needed=True)
    way = choice(Way, empty=True, needed=True)
    reason = fields.String(required=True)
    settled_by = fields.String(attribute="settled_by_text", required=True)
    correction_id = fields.String(required=True, allow_none=True)
    disposal_case_id = fields.String(required=True, allow_none=True)
    asset_id = fields.String(required=True, allow_none=True)
    encumbrance_id = fields.String(required=True, allow_none=True)
    fault_id = fields.String(required=True, allow_none=True)


StockCampaignPage = listed(StockCampaignRow)
StockSheetPage = listed(StockSheetRow)
StockLinePage = listed(StockLineRow)
StockMarkPage = listed(StockMarkRow)
StockDifferencePage = listed(StockDifferenceRow)
