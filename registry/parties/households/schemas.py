"""Changed accounts of households as JSON; an account goes in whole and comes out masked."""

from typing import Any

from marshmallow import fields, post_load

from registry.parties.households.rules import AccountFacts, AccountStatus
from registry.rest.fields import PageArguments, Strict, choice, code, listed, text


class AccountArguments(PageArguments):
    """Which changes of accounts a list shows: of a unit and below, of one status if it is named."""

    region = code()
    status = choice(AccountStatus)


class AccountEntry(Strict):
    """The account money shall go to from now on."""

    bank_name = text(60, needed=True, least=1)
    bank_account = text(32, needed=True, least=1, load_only=True)
    reason = text(200, needed=True, least=1)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> AccountFacts:
        return AccountFacts(data["bank_name"].strip(), data["bank_account"].strip(), data["reason"].strip())


class AccountRefusal(Strict):
    """Why the known account stays in force."""

    reason = text(200, needed=True, least=1)


class AccountRow(Strict):
    """A change of an account, and how far it has come."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    region_code = fields.String(required=True)
    household_id = fields.String(required=True)
    head_name = fields.String(required=True, metadata={"description": "遮盖后的户主姓名"})
    status = choice(AccountStatus, needed=True)
    bank_name = fields.String(required=True)
    bank_account = fields.String(required=True, metadata={"description": "遮盖后的新账号"})
    known_bank_name = fields.String(required=True, metadata={"description": "现在发到哪个银行"})
    known_bank_account = fields.String(required=True, metadata={"description": "遮盖后的现用账号"})
    reason = fields.String(required=True)
    asked_by = fields.String(attribute="asked_by_text", required=True)
    asked_at = fields.AwareDateTime(required=True)
    decided_by = fields.String(attribute="decided_by_text", required=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    end_reason = fields.String(required=True)


AccountPage = listed(AccountRow)
