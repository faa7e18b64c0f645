"""What an event of the trail touches: changed table → the things whose risks are asked again."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from registry.approvals.notices.models import Objection
from registry.assets.custody.faults.models import Fault
from registry.bulk import chunks
from registry.database import db
from registry.disposal.proceeds.models import Proceeds
from registry.ledger.books.models import Book
from registry.ledger.distribution.rolls.models import BeneficiaryStatus
from registry.ledger.operation.contracts.models import ContractAsset
from registry.ledger.operation.equity.models import Equity
from registry.parties.households.models import Stay
from registry.policy.rules import PolicyStatus
from registry.supervision.stocktaking.models import StockSheet
from registry.supervision.warnings.rules import Subject


@dataclass(frozen=True)
class Touch:
    """Which things a changed row touches: those that a column of it names, or (``via``) those that hang on these."""

    subject: Subject
    column: str = "id"
    via: tuple[Any, Any] | None = None


_S = Subject
_OF_ASSET = (Touch(_S.ASSET, "asset_id"),)
_OF_CONTRACT = (Touch(_S.CONTRACT, "contract_id"),)
TOUCHES: dict[str, tuple[Touch, ...]] = {
    "asset": (
        Touch(_S.ASSET), Touch(_S.PROJECT, "project_id"), Touch(_S.UNIT, "region_code"),
        Touch(_S.FAULT, via=(Fault.id, Fault.asset_id)),
        Touch(_S.CONTRACT, via=(ContractAsset.contract_id, ContractAsset.asset_id)),
    ),
    "asset_relation": _OF_ASSET,
    "use_change": _OF_ASSET,
    "industry_review": _OF_ASSET,
    "patrol": _OF_ASSET,
    "custody_item": _OF_ASSET,
    "custody_agreement": (Touch(_S.AGREEMENT),),
    "fault": (Touch(_S.FAULT),),
    "project": (Touch(_S.PROJECT),),
    "stock_sheet": (Touch(_S.SHEET),),
    "stock_campaign": (Touch(_S.SHEET, via=(StockSheet.id, StockSheet.campaign_id)),),
    "contract": (Touch(_S.CONTRACT), Touch(_S.ASSET, via=(ContractAsset.asset_id, ContractAsset.contract_id))),
    "contract_asset": (*_OF_ASSET, *_OF_CONTRACT),
    "operator_officer": _OF_CONTRACT,
    "operating_result": _OF_CONTRACT,
    "equity": (Touch(_S.EQUITY),),
    "due": (*_OF_CONTRACT, Touch(_S.EQUITY, "equity_id")),
    "income_row": (*_OF_ASSET, Touch(_S.OWNER, "party_id")),
    "book": (Touch(_S.BOOK),),
    "posting": (Touch(_S.BOOK, "book_id"),),
    "party": (
        Touch(_S.OWNER), Touch(_S.BOOK, via=(Book.id, Book.party_id)),
        Touch(_S.EQUITY, via=(Equity.id, Equity.investee_id)),
    ),
    "plan": (Touch(_S.PLAN), Touch(_S.OWNER, "party_id")),
    "beneficiary_status": (Touch(_S.HOUSEHOLD, "household_id"),),
    "household": (Touch(_S.HOUSEHOLD),),
    "stay": (Touch(_S.HOUSEHOLD, "household_id"),),
    "person": (
        Touch(_S.HOUSEHOLD, via=(Stay.household_id, Stay.person_id)),
        Touch(_S.HOUSEHOLD, via=(BeneficiaryStatus.household_id, BeneficiaryStatus.person_id)),
    ),
    "notice": (
        Touch(_S.NOTICE), Touch(_S.NOTICE, "replaces_id"), Touch(_S.UNIT, "region_code"),
        Touch(_S.OBJECTION, via=(Objection.id, Objection.notice_id)),
    ),
    "objection": (Touch(_S.OBJECTION),),
    "region": (Touch(_S.UNIT, "region_code"),),
    "disposal_case": (Touch(_S.DISPOSAL), Touch(_S.PROCEEDS, via=(Proceeds.id, Proceeds.case_id))),
    "proceeds": (Touch(_S.PROCEEDS),),
}  # fmt: skip
#: A paper hangs on the thing that it names.
_PAPERS, _PAPERED = "attachment", "asset"
#: What changes the limits of a whole area.
OF_POLICY = frozenset({"policy_value", "policy_route"})

Touched = dict[Subject, set[int]]


@dataclass(frozen=True)
class Happened:
    """What a stretch of one log touched, and whether it changed a policy."""

    touched: Touched
    of_policy: bool


def touched_by(payloads: Iterable[str]) -> Happened:
    """Return what events touched, each thing once."""
    named: dict[Touch, set[int]] = {}
    of_policy = False
    for change in _changes(payloads):
        table = str(change["table"])
        of_policy = of_policy or (table in OF_POLICY and _is_confirmed(change))
        for touch, key in _named_by(table, change):
            named.setdefault(touch, set()).add(key)
    found: Touched = {}
    for touch, keys in named.items():
        found.setdefault(touch.subject, set()).update(_hanging(touch, keys))
    return Happened(found, of_policy)


def _changes(payloads: Iterable[str]) -> Iterator[Mapping[str, Any]]:
    for payload in payloads:
        yield from json.loads(payload)["changes"]


def _is_confirmed(change: Mapping[str, Any]) -> bool:
    return bool(change["after"]) and change["after"]["status"] == PolicyStatus.CONFIRMED.value


def _named_by(table: str, change: Mapping[str, Any]) -> Iterator[tuple[Touch, int]]:
    rows = [row for row in (change["before"], change["after"]) if row]
    if table == _PAPERS:
        yield from ((_OF_ASSET[0], int(row["thing_id"])) for row in rows if row["thing_table"] == _PAPERED)
    for touch in TOUCHES.get(table, ()):
        keys = {row[touch.column] for row in rows if row.get(touch.column)}
        yield from ((touch, int(key)) for key in keys)


def _hanging(touch: Touch, keys: set[int]) -> set[int]:
    """Return the keys of what hangs on these things, or they themselves."""
    if touch.via is None:
        return keys
    wanted, hangs_on = touch.via
    found: set[int] = set()
    for some in chunks(sorted(keys)):
        found.update(db.session.scalars(select(wanted).where(hangs_on.in_(some))))
    return found
