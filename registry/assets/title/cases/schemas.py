"""Cases of title as JSON, in and out."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from registry.assets.register.registration import WHOLE_BP
from registry.assets.register.rights.rules import MAX_NAME, Part
from registry.assets.title.cases.candidates import MOST_LINES, Pick
from registry.assets.title.cases.forms import FIELDS
from registry.assets.title.cases.services import CaseFacts, Found, Proposed
from registry.assets.title.documents import DocumentState, Paper, TitleDocument
from registry.assets.title.rules import CaseStatus, Condition, LineDecision, Verification
from registry.errors import Invalid
from registry.kinds import Category, OwnerKind, Sector, TitleDeed
from registry.parties.rules import PartyFacts
from registry.rest.fields import Money, PageArguments, Strict, choice, code, listed, text, whole
from registry.text import N_

MOST_OWNERS, MOST_PARTS = 30, 50
_MOST_QUANTITY = 10**15


class NotOfThisDeed(Invalid):
    """A case says as a whole only what its deed asks for."""

    message = N_("%(deed)s没有这一项。")


def facts_for(deed: TitleDeed, said: Mapping[str, Any]) -> CaseFacts:
    """Return what is said of a case as a whole; raises NotOfThisDeed for what its deed does not ask for."""
    foreign = sorted(said.keys() - set(FIELDS[deed]))
    if foreign:
        raise NotOfThisDeed(field=foreign[0], deed=deed.label)
    return CaseFacts(**said)


class CaseArguments(PageArguments):
    """Which cases a list shows."""

    region = code()
    deed = choice(TitleDeed)
    status = choice(CaseStatus)
    q = text(60)


class CaseWords(Strict):
    """What is said of a case as a whole; which of it a case says depends on its deed."""

    title = text(100)
    giver = text(80, metadata={"description": "移交单位（建设单位），移交登记用"})
    reason = text(500)
    document_no = text(80)
    spans_villages = fields.Boolean(metadata={"description": "跨村受益，首次确权和移交登记用"})
    merged_name = text(MAX_NAME, metadata={"description": "合并后的资产名称"})
    new_name = text(80, metadata={"description": "权利人新名称，更名登记用"})
    new_credit_code = text(18)


class CaseChange(Strict):
    """What a case says as a whole from now on; what is left out becomes empty."""

    facts = fields.Nested(CaseWords, required=True)


class PickEntry(Strict):
    """All assets of a unit and category that the deed is open to, of one project if there is one."""

    region_code = code(needed=True)
    category = choice(Category, needed=True)
    project_id = text(15, load_default="")
    q = text(60, load_default="")


def _numbers() -> fields.List[str]:
    return fields.List(
        text(30, least=1), validate=validate.Length(min=1, max=MOST_LINES), metadata={"description": "资产编号"}
    )


class CaseEntry(Strict):
    """A case to be opened: with these assets, or with all that a choice shows; one of the two is said."""

    deed = choice(TitleDeed, needed=True)
    assets = _numbers()
    pick = fields.Nested(PickEntry)
    facts = fields.Nested(CaseWords, load_default=dict)

    @validates_schema
    def one_way(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse both ways of naming assets at once, and neither."""
        if ("assets" in data) is ("pick" in data):
            raise ValidationError("Missing data for required field.", "assets")

    def pick_of(self, data: Mapping[str, Any], project_id: int | None) -> Pick:
        """Return what a case is looked for among."""
        told = data["pick"]
        return Pick(TitleDeed(data["deed"]), told["region_code"], Category(told["category"]), project_id, told["q"])


class Choice(Strict):
    """These assets of a case, or all of them if none is named."""

    assets = _numbers()


class Dropping(Strict):
    """These assets of a case."""

    assets = fields.List(text(30, least=1), required=True, validate=validate.Length(min=1, max=MOST_LINES))


class FoundEntry(Choice):
    """What was found of assets on the spot, and what the case does with them."""

    verification = choice(Verification, needed=True)
    decision = choice(LineDecision, needed=True)
    reason = text(200, load_default="")
    condition = choice(Condition)
    condition_note = text(200, load_default="")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        condition = Condition(data["condition"]) if "condition" in data else None
        found = Found(
            Verification(data["verification"]), LineDecision(data["decision"]), data["reason"], condition,
            data["condition_note"],
        )  # fmt: skip
        return {"assets": data.get("assets"), "found": found}


class Proposal(Strict):
    """A proposed holder: a share, or what it invested."""

    kind = choice(OwnerKind, needed=True)
    name = text(80, needed=True, least=1)
    region_code = code(needed=True)
    credit_code = text(18, load_default="")
    share_bp = whole(1, WHOLE_BP, load_default=None, allow_none=True)
    invested = Money(attribute="invested_fen", load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Proposed:
        party = PartyFacts(OwnerKind(data["kind"]), data["name"].strip(), data["region_code"], data["credit_code"])
        return Proposed(party, data["share_bp"], data["invested_fen"])


class OwnersEntry(Choice):
    """Who shall hold assets of a case."""

    owners = fields.List(fields.Nested(Proposal), required=True, validate=validate.Length(min=1, max=MOST_OWNERS))


class PaperRow(Strict):
    """What is said of one paper that is asked for; nothing yet if its state is empty."""

    document = choice(TitleDocument, needed=True)
    state = choice(DocumentState, empty=True, needed=True)
    reason = text(200, load_default="")


class PapersEntry(Strict):
    """Which papers are there, and why others are not."""

    papers = fields.List(fields.Nested(PaperRow), required=True, validate=validate.Length(max=len(TitleDocument)))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[TitleDocument, Paper]:
        told = [one for one in data["papers"] if one["state"]]
        return {
            TitleDocument(one["document"]): Paper(DocumentState(one["state"]), one["reason"].strip()) for one in told
        }


class PartRow(Strict):
    """One asset that comes of a split."""

    name = text(MAX_NAME, needed=True, least=1)
    value = Money(attribute="value_fen", required=True)
    quantity_milli = whole(0, _MOST_QUANTITY, allow_none=True, load_default=None)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Part:
        return Part(data["name"].strip(), data["value_fen"], data["quantity_milli"])


class PartsEntry(Strict):
    """Into what an asset is split."""

    parts = fields.List(fields.Nested(PartRow), required=True, validate=validate.Length(min=1, max=MOST_PARTS))


class CaseRow(Strict):
    """A case as a list shows it."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    deed = choice(TitleDeed, needed=True)
    status = choice(CaseStatus, needed=True)
    region_code = fields.String(required=True)
    category = choice(Category, needed=True)
    owner_kind = choice(OwnerKind, needed=True)
    sector = choice(Sector, empty=True, needed=True)
    project_id = fields.String(required=True, allow_none=True)
    facts = fields.Nested(CaseWords, required=True)
    opened_by = fields.String(attribute="opened_by_text", required=True)
    opened_at = fields.AwareDateTime(required=True)
    submitted_at = fields.AwareDateTime(required=True, allow_none=True)
    approved_on = fields.Date(required=True, allow_none=True)
    done_on = fields.Date(required=True, allow_none=True)
    end_reason = fields.String(required=True)
    lines = fields.Integer(required=True)
    taken_in = fields.Integer(required=True)
    left_out = fields.Integer(required=True)
    value = Money(attribute="value_fen", required=True)


class CaseCard(CaseRow):
    """A case with its papers, the parts of a split, and the request it goes by once submitted."""

    papers = fields.List(fields.Nested(PaperRow), required=True)
    parts = fields.List(fields.Nested(PartRow), required=True)
    request_id = fields.String(required=True, allow_none=True)


class OwnerRow(Strict):
    """A proposed holder."""

    party_id = fields.String(required=True)
    kind = choice(OwnerKind, needed=True)
    name = fields.String(required=True)
    region_code = fields.String(required=True)
    share_bp = fields.Integer(required=True)
    invested = Money(attribute="invested_fen", required=True, allow_none=True)


class LineRow(Strict):
    """One asset of a case: what was found, what the case does with it, who shall hold it."""

    asset_no = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    name = fields.String(required=True)
    original_value = Money(attribute="original_value_fen", required=True)
    verification = choice(Verification, empty=True, needed=True)
    decision = choice(LineDecision, empty=True, needed=True)
    reason = fields.String(required=True)
    condition = choice(Condition, empty=True, needed=True)
    condition_note = fields.String(required=True)
    owners = fields.List(fields.Nested(OwnerRow), required=True)


CasePage, LinePage = listed(CaseRow), listed(LineRow)
