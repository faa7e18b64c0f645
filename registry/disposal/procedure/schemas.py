"""Cases of disposal as JSON, in and out."""

from typing import Any

from flask_smorest.fields import Upload
from marshmallow import fields, post_load, validate

from registry.assets.register.registration import WHOLE_BP
from registry.disposal.cases.opening import Opening, Report
from registry.disposal.gates.kinds import Gate, GateOutcome, Moment
from registry.disposal.kinds import DisposalKind, DisposalStatus, Extent, Ground, LineDecision
from registry.disposal.prices.kinds import PriceVerdict, TradeWay
from registry.disposal.prices.rules import Result
from registry.disposal.rules import MAX_REASON, MAX_TITLE, MOST_LINES, CaseWords, Part, Recipient
from registry.kinds import Category, OwnerKind
from registry.rest.fields import JsonPart, Money, PageArguments, Strict, choice, code, day, listed, text, whole

MOST_FILES = 20
_MOST_QUANTITY = 10**15


class CaseArguments(PageArguments):
    """Which cases a list shows."""

    region = code()
    kind = choice(DisposalKind)
    status = choice(DisposalStatus)
    year = whole(1900, 2999)
    q = text(60)


class RecipientEntry(Strict):
    """To whom it passes."""

    kind = choice(OwnerKind, needed=True)
    name = text(80, needed=True, least=1)
    credit_code = text(18, load_default="")
    region_code = code(load_default=None, allow_none=True)


class PlanEntry(Strict):
    """How what is open at a gate will be settled until execution."""

    gate = choice(Gate, needed=True)
    plan = text(200, needed=True, least=1)


class WordsEntry(Strict):
    """What is said of a case as a whole."""

    kind = choice(DisposalKind, needed=True)
    ground = choice(Ground, needed=True)
    title = text(MAX_TITLE, needed=True, least=1)
    reason = text(MAX_REASON, needed=True, least=1)
    effective_on = day(needed=True)
    recipient = fields.Nested(RecipientEntry, load_default=None, allow_none=True)
    agreed = Money(attribute="agreed_fen", load_default=0)
    share_bp = whole(0, WHOLE_BP, load_default=0)
    exit_terms = text(1000, load_default="")
    use_of_proceeds = text(500, load_default="")
    document_no = text(80, load_default="")
    is_whole_project = fields.Boolean(load_default=False)
    plans = fields.List(fields.Nested(PlanEntry), load_default=list, validate=validate.Length(max=len(Gate)))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> CaseWords:
        told, plans = data.pop("recipient"), data.pop("plans")
        to = None
        if told:
            kept = told["credit_code"], told["region_code"] or ""
            to = Recipient(OwnerKind(told["kind"]), told["name"], *kept)
        kind, ground = DisposalKind(data.pop("kind")), Ground(data.pop("ground"))
        return CaseWords(
            kind, ground, **data, recipient=to, plans={one["gate"]: one["plan"] for one in plans}
        )  # fmt: skip


class PartEntry(Strict):
    """How much of an asset: all of it, so much of its quantity, or so much of a holder's share."""

    extent = choice(Extent, load_default=Extent.WHOLE.value)
    quantity_milli = whole(1, _MOST_QUANTITY, load_default=None, allow_none=True)
    holder_id = fields.Integer(load_default=None, allow_none=True)
    share_bp = whole(1, WHOLE_BP, load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Part:
        return Part(Extent(data["extent"]), data["quantity_milli"], data["holder_id"], data["share_bp"])


class AssetEntry(Strict):
    """An asset to be disposed of, and how much of it."""

    asset_no = text(30, needed=True, least=1)
    part = fields.Nested(PartEntry, load_default=Part)


class CaseEntry(Strict):
    """A case to be opened."""

    words = fields.Nested(WordsEntry, required=True)
    assets = fields.List(
        fields.Nested(AssetEntry), required=True, validate=validate.Length(min=1, max=MOST_LINES)
    )  # fmt: skip

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Opening:
        numbers = tuple(one["asset_no"] for one in data["assets"])
        return Opening(data["words"], numbers, {one["asset_no"]: one["part"] for one in data["assets"]})


class DecisionEntry(Strict):
    """What a case does with one of its assets."""

    decision = choice(LineDecision, needed=True)
    reason = text(200, load_default="")
    part = fields.Nested(PartEntry, load_default=Part)


class ReportEntry(Strict):
    """A report of appraisal; its paper comes beside it."""

    agency = text(80, needed=True, least=1)
    report_no = text(60, needed=True, least=1)
    appraisers = fields.List(text(40, least=1), required=True, validate=validate.Length(min=1, max=10))
    value = Money(attribute="value_fen", required=True)
    appraised_on = day(needed=True)
    is_statutory = fields.Boolean(load_default=False)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Report:
        return Report(**{**data, "appraisers": tuple(data["appraisers"])})


class ReportParts(Strict):
    """A report of appraisal: what it says, and itself."""

    report = JsonPart(ReportEntry, required=True)
    files = fields.List(Upload(), required=True, validate=validate.Length(min=1, max=MOST_FILES))


class CaseRow(Strict):
    """A case as a list shows it."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    number = fields.String(required=True)
    kind = choice(DisposalKind, needed=True)
    ground = choice(Ground, needed=True)
    status = choice(DisposalStatus, needed=True)
    title = fields.String(required=True)
    region_code = fields.String(required=True)
    category = choice(Category, needed=True)
    owner_kind = choice(OwnerKind, needed=True)
    owner = fields.String(required=True)
    effective_on = fields.Date(required=True)
    original = Money(attribute="original_fen", required=True)
    net = Money(attribute="net_fen", required=True)
    appraised = Money(attribute="appraised_fen", required=True, allow_none=True)
    basis = Money(attribute="basis_fen", required=True)
    route = fields.String(attribute="route_key", required=True)
    is_sudden = fields.Boolean(required=True)
    is_legacy = fields.Boolean(required=True)
    submitted_on = fields.Date(required=True, allow_none=True)
    approved_on = fields.Date(required=True, allow_none=True)
    done_on = fields.Date(required=True, allow_none=True)


class CaseCard(CaseRow):
    """A case with everything said of it, and the request it goes by once submitted."""

    reason = fields.String(required=True)
    recipient = fields.Nested(RecipientEntry, required=True, allow_none=True)
    agreed = Money(attribute="agreed_fen", required=True)
    share_bp = fields.Integer(required=True)
    exit_terms = fields.String(required=True)
    use_of_proceeds = fields.String(required=True)
    document_no = fields.String(required=True)
    is_whole_project = fields.Boolean(required=True)
    plans = fields.List(fields.Nested(PlanEntry), required=True)
    weights = fields.List(fields.String(), required=True)
    opened_by = fields.String(attribute="opened_by_text", required=True)
    opened_at = fields.AwareDateTime(required=True)
    end_reason = fields.String(required=True)
    request_id = fields.String(required=True, allow_none=True)


class LineRow(Strict):
    """One asset of a case."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    asset_no = fields.String(required=True)
    name = fields.String(required=True)
    extent = choice(Extent, needed=True)
    quantity_milli = fields.Integer(required=True, allow_none=True)
    holder_id = fields.String(required=True, allow_none=True)
    share_bp = fields.Integer(required=True, allow_none=True)
    decision = choice(LineDecision, needed=True)
    reason = fields.String(required=True)
    original = Money(attribute="original_fen", required=True)
    net = Money(attribute="net_fen", required=True)


class ReportRow(Strict):
    """A report of appraisal."""

    id = fields.String(required=True)
    agency = fields.String(required=True)
    report_no = fields.String(required=True)
    appraisers = fields.String(required=True)
    value = Money(attribute="value_fen", required=True)
    appraised_on = fields.Date(required=True)
    valid_until = fields.Date(required=True)
    is_statutory = fields.Boolean(required=True)
    keep_until = fields.Date(required=True)
    entered_by = fields.String(attribute="entered_by_text", required=True)
    entered_at = fields.AwareDateTime(required=True)


class GateArguments(Strict):
    """For which moment the gates are asked."""

    moment = choice(Moment, load_default=Moment.SUBMIT.value)


class GateRow(Strict):
    """How one gate answers now: its reason in words, whether it stops the case, and what it asks to be planned."""

    gate = choice(Gate, needed=True)
    outcome = choice(GateOutcome, needed=True)
    said = fields.String(required=True)
    plan = fields.String(required=True)
    blocks = fields.Boolean(required=True)
    blocks_later = fields.Boolean(required=True)


class AskedRow(Strict):
    """How the gates stood at a moment, as it was kept."""

    moment = choice(Moment, needed=True)
    passed = fields.Integer(required=True)
    arranged = fields.Integer(required=True)
    failed = fields.Integer(required=True)
    asked_by = fields.String(attribute="asked_by_text", required=True)
    asked_at = fields.AwareDateTime(required=True)
    gates = fields.List(fields.Nested(GateRow), required=True)


class ResultEntry(Strict):
    """What a trade fetched."""

    way = choice(TradeWay, needed=True)
    price = Money(attribute="price_fen", required=True)
    opened_on = day(needed=True)
    buyer_kind = choice(OwnerKind, needed=True)
    buyer_name = text(80, needed=True, least=1)
    buyer_code = text(18, load_default="")
    platform = text(80, load_default="")
    record_no = text(80, load_default="")
    bidders = whole(0, 10**6, load_default=None, allow_none=True)
    note = text(500, load_default="")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Result:
        return Result(**{**data, "way": TradeWay(data["way"]), "buyer_kind": OwnerKind(data["buyer_kind"])})


class ResultParts(Strict):
    """What a trade fetched, with the papers of the trade."""

    result = JsonPart(ResultEntry, required=True)
    files = fields.List(Upload(), required=True, validate=validate.Length(min=1, max=MOST_FILES))


class PriceRow(Strict):
    """A result, and what followed from it."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    round = fields.Integer(required=True)
    way = choice(TradeWay, needed=True)
    platform = fields.String(required=True)
    record_no = fields.String(required=True)
    opened_on = fields.Date(required=True)
    bidders = fields.Integer(required=True, allow_none=True)
    price = Money(attribute="price_fen", required=True)
    base = Money(attribute="base_fen", required=True)
    accept_bp = fields.Integer(required=True)
    suspend_bp = fields.Integer(required=True)
    verdict = choice(PriceVerdict, needed=True)
    buyer_name = fields.String(required=True)
    buyer_kind = choice(OwnerKind, needed=True)
    note = fields.String(required=True)
    entered_by = fields.String(attribute="entered_by_text", required=True)
    entered_at = fields.AwareDateTime(required=True)


CasePage, LinePage, ReportPage = listed(CaseRow), listed(LineRow), listed(ReportRow)
GatePage, AskedPage, PricePage = listed(GateRow), listed(AskedRow), listed(PriceRow)
