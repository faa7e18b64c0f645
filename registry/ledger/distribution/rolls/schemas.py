"""The roll as JSON: identity, account and telephone numbers go in and come out masked."""

from typing import Any

from marshmallow import fields, post_load, validate

from registry.ledger.distribution.rolls.asking import ChangeFacts
from registry.ledger.distribution.rolls.changes import MOST_LINES, ChangeStatus, LineFacts, ReasonCode
from registry.ledger.distribution.rolls.enrolling import MOST_BASIS, Enrolment
from registry.ledger.distribution.rolls.rules import RELIEF, BeneficiaryClass
from registry.parties.households.rules import (
    MOST_HUNDREDTHS,
    MOST_PERSONS,
    MOST_UNNAMED,
    HouseholdFacts,
    HouseholdStatus,
    Labour,
    PersonFacts,
    Relation,
)
from registry.rest.fields import PageArguments, Strict, choice, code, day, listed, row_id, text, whole


class RollArguments(PageArguments):
    """Which households a list shows: of a unit and below, the caller's own unit if none is named."""

    region = code()
    beneficiary_class = choice(BeneficiaryClass, data_key="class")
    status = choice(HouseholdStatus)


class RollPersonEntry(Strict):
    """A person of a household; shares are hundredths."""

    name = text(40, needed=True, least=1)
    relation = choice(Relation, needed=True)
    resident_id = text(18, load_default="", load_only=True)
    labour = choice(Labour, load_default=Labour.NONE.value)
    is_member = fields.Boolean(load_default=False)
    share_hundredths = whole(0, MOST_HUNDREDTHS, load_default=0)
    assistance_hundredths = whole(0, MOST_HUNDREDTHS, load_default=0)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> PersonFacts:
        known = {"relation": Relation(data["relation"]), "labour": Labour(data["labour"])}
        return PersonFacts(**{**data, **known, "resident_id": data["resident_id"].strip().upper()})


class RollHouseholdEntry(Strict):
    """A household put on the roll for the first time."""

    region_code = code(needed=True)
    group_name = text(20, load_default="")
    persons = fields.List(fields.Nested(RollPersonEntry), required=True, validate=validate.Length(1, MOST_PERSONS))
    unnamed = whole(0, MOST_UNNAMED, load_default=0)
    standing = choice(BeneficiaryClass, load_default=BeneficiaryClass.ORDINARY.value)
    relief = fields.List(fields.String(validate=validate.OneOf([one.value for one in sorted(RELIEF)])), load_default=[])
    recognised_on = day(needed=True)
    basis = text(MOST_BASIS, needed=True, least=1)
    bank_name = text(60, load_default="")
    bank_account = text(32, load_default="", load_only=True)
    phone = text(15, load_default="", load_only=True)
    is_cadre = fields.Boolean(load_default=False)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Enrolment:
        said = {name: data.pop(name) for name in ("standing", "relief", "recognised_on", "basis")}
        household = HouseholdFacts(**{**data, "persons": tuple(data["persons"])})
        return Enrolment(
            household,
            said["recognised_on"],
            said["basis"],
            BeneficiaryClass(said["standing"]),
            frozenset(BeneficiaryClass(one) for one in said["relief"]),
        )


class RollPersonRow(Strict):
    """A person on the roll."""

    person_id = fields.String(required=True)
    name = fields.String(required=True, metadata={"description": "遮盖后的姓名"})
    relation = choice(Relation, needed=True)
    labour = choice(Labour, needed=True)
    is_member = fields.Boolean(required=True)
    share_hundredths = fields.Integer(required=True)
    assistance_hundredths = fields.Integer(required=True)
    died_on = fields.Date(required=True, allow_none=True)
    heir_id = fields.String(required=True, allow_none=True)


class RollHouseholdRow(Strict):
    """A household on the roll of today; personal data masked."""

    id = fields.String(attribute="household_id", required=True)
    version = fields.Integer(required=True)
    status = choice(HouseholdStatus, needed=True)
    region_code = fields.String(required=True)
    sort_key = fields.String(required=True)
    group_name = fields.String(required=True)
    head_name = fields.String(required=True, metadata={"description": "遮盖后的户主姓名"})
    resident_id = fields.String(attribute="masked_id", required=True, metadata={"description": "遮盖后的身份证号"})
    classes = fields.List(fields.String(), required=True)
    size = fields.Integer(required=True)
    members = fields.Integer(required=True)
    labour = fields.Integer(required=True)
    share_hundredths = fields.Integer(required=True)
    assistance_hundredths = fields.Integer(required=True)
    months = fields.Dict(keys=fields.String(), values=fields.List(fields.Integer()), required=True)
    bank_known = fields.Boolean(required=True)
    is_cadre = fields.Boolean(required=True)
    ended_on = fields.Date(required=True, allow_none=True)
    persons = fields.List(fields.Nested(RollPersonRow), required=True)


HouseholdPage = listed(RollHouseholdRow)


class ChangeArguments(PageArguments):
    """Which changes a list shows: of a unit and below, the caller's own unit if none is named."""

    region = code()


class RollLineEntry(Strict):
    """One change of one household; which parts it needs, its reason says."""

    household_id = row_id(needed=True)
    reason = choice(ReasonCode, needed=True)
    event_on = day(needed=True)
    person_id = row_id()
    new_class = choice(BeneficiaryClass, load_default=None, allow_none=True)
    heir_id = row_id()
    target_id = row_id()
    people = fields.List(row_id(needed=True), load_default=[], validate=validate.Length(max=MOST_PERSONS))
    newcomer = fields.Nested(RollPersonEntry, load_default=None, allow_none=True)
    share_hundredths = whole(0, MOST_HUNDREDTHS, load_default=0)
    note = text(200, load_default="")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> LineFacts:
        new_class = BeneficiaryClass(data["new_class"]) if data["new_class"] else None
        known = {"reason": ReasonCode(data["reason"]), "new_class": new_class, "people": tuple(data["people"])}
        return LineFacts(**{**data, **known})


class RollChangeEntry(Strict):
    """Changes of a village's roll, household by household."""

    region_code = code(needed=True)
    basis = text(MOST_BASIS, needed=True, least=1)
    lines = fields.List(fields.Nested(RollLineEntry), required=True, validate=validate.Length(1, MOST_LINES))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> ChangeFacts:
        return ChangeFacts(data["region_code"], data["basis"], tuple(data["lines"]))


class RollLineRow(Strict):
    """One change of one household, before and after."""

    household_id = fields.String(required=True)
    reason = choice(ReasonCode, needed=True)
    event_on = fields.Date(required=True)
    effective_on = fields.Date(required=True)
    before = fields.String(required=True)
    after = fields.String(required=True)
    note = fields.String(required=True)


class RollChangeRow(Strict):
    """Changes asked for in one request."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    region_code = fields.String(required=True)
    status = choice(ChangeStatus, needed=True)
    basis = fields.String(required=True)
    asked_by = fields.String(attribute="asked_by_text", required=True)
    asked_at = fields.AwareDateTime(required=True)
    request_id = fields.String(required=True, allow_none=True)
    lines = fields.List(fields.Nested(RollLineRow), required=True)


ChangePage = listed(RollChangeRow)
