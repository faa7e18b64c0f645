"""The table of questions: risk → what is asked of the database, for a whole area or for single things."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, cast

from registry.approvals.notices.models import Notice, Objection
from registry.assets.custody.agreements.models import CustodyAgreement
from registry.assets.custody.faults.models import Fault
from registry.assets.register.cards.models import Asset
from registry.assets.register.projects.models import Project
from registry.bulk import chunks
from registry.clock import local
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.disposal.proceeds.models import Proceeds
from registry.ledger.books.models import Book
from registry.ledger.distribution.plans.models import Plan
from registry.ledger.operation.contracts.models import Contract
from registry.ledger.operation.equity.models import Equity
from registry.parties.households.models import Household
from registry.parties.models import Party
from registry.places.models import Region
from registry.regions import CodeRange
from registry.supervision.stocktaking.models import StockSheet
from registry.supervision.warnings import asset_questions as assets
from registry.supervision.warnings import money_questions as money
from registry.supervision.warnings import operation_questions as operation
from registry.supervision.warnings import procedure_questions as procedure
from registry.supervision.warnings.asked import Asked, Column
from registry.supervision.warnings.figures import Figure, to_text
from registry.supervision.warnings.risks import ROWS, Risk
from registry.supervision.warnings.rules import Subject

_R, _S = Risk, Subject
Question = Callable[[Asked], Select[Any]]
QUESTIONS: dict[Risk, Question] = {
    _R.UNCONFIRMED: assets.unconfirmed,
    _R.PROJECT_UNCOVERED: assets.project_uncovered,
    _R.TITLE_LATE: assets.title_late,
    _R.HAND_OVER_LATE: assets.hand_over_late,
    _R.OWNER_DISPUTED: assets.owner_disputed,
    _R.UNDOCUMENTED: assets.undocumented,
    _R.CUSTODIAN_MISSING: assets.custodian_missing,
    _R.CUSTODY_EXPIRED: procedure.custody_expired,
    _R.PATROL_LATE: assets.patrol_late,
    _R.REPAIR_LATE: procedure.repair_late,
    _R.COUNT_LATE: procedure.count_late,
    _R.RENT_WITHOUT_CONTRACT: assets.rent_without_contract,
    _R.CONTRACT_LONG: operation.contract_long,
    _R.CONTRACT_EXPIRED: operation.contract_expired,
    _R.RENT_LOW: operation.rent_low,
    _R.RENT_UNDER_LOSS: operation.rent_under_loss,
    _R.NO_TENDER: operation.no_tender,
    _R.KIN_OPERATOR: operation.kin_operator,
    _R.OPERATOR_LOSING: operation.operator_losing,
    _R.IDLE: assets.idle,
    _R.IDLE_UNREVIVED: assets.idle_unrevived,
    _R.YIELD_LOW: assets.yield_low,
    _R.ARREARS: operation.arrears,
    _R.ARREARS_LONG: operation.arrears_long,
    _R.DIVIDEND_LATE: operation.dividend_late,
    _R.BOOK_UNCLOSED: money.book_unclosed,
    _R.CASH_HIGH: money.cash_high,
    _R.DEBT_HIGH: money.debt_high,
    _R.DISTRIBUTION_LATE: money.distribution_late,
    _R.PAYOUT_LATE: money.payout_late,
    _R.DECEASED_PAID: money.deceased_paid,
    _R.VILLAGE_UNPUBLISHED: procedure.village_unpublished,
    _R.ACCOUNTS_UNPUBLISHED: procedure.accounts_unpublished,
    _R.NOTICE_SHORT: procedure.notice_short,
    _R.NOTICE_UNCLOSED: procedure.notice_unclosed,
    _R.OBJECTION_LATE: procedure.objection_late,
    _R.DISPOSAL_SPLIT: procedure.disposal_split,
    _R.LOSS_UNDECIDED: procedure.loss_undecided,
    _R.PROCEEDS_UNPAID: procedure.proceeds_unpaid,
    _R.PROCEEDS_UNUSED: procedure.proceeds_unused,
}


@dataclass(frozen=True)
class Place:
    """Where the things of one kind stand: their key and their unit."""

    key: Column
    region: Column


def _place(model: Any) -> Place:
    return Place(model.id, model.region_code)


#: A unit is known by its code, which is a number too.
PLACES: dict[Subject, Place] = {
    _S.ASSET: _place(Asset),
    _S.PROJECT: _place(Project),
    _S.AGREEMENT: _place(CustodyAgreement),
    _S.FAULT: _place(Fault),
    _S.SHEET: _place(StockSheet),
    _S.CONTRACT: _place(Contract),
    _S.EQUITY: _place(Equity),
    _S.BOOK: _place(Book),
    _S.OWNER: _place(Party),
    _S.PLAN: _place(Plan),
    _S.HOUSEHOLD: _place(Household),
    _S.NOTICE: _place(Notice),
    _S.OBJECTION: _place(Objection),
    _S.UNIT: Place(cast(Region.region_code, BigInteger), Region.region_code),
    _S.DISPOSAL: _place(DisposalCase),
    _S.PROCEEDS: _place(Proceeds),
}


@dataclass(frozen=True)
class Found:
    """One thing that is wrong, with the figures that make it so."""

    subject_id: int
    region_code: str
    sector: str
    title: str
    page_key: str
    figures: str


def ask(risk: Risk, asked: Asked, codes: CodeRange, ids: Collection[int] | None = None) -> dict[int, Found]:
    """Return what is wrong in an area, of these things only if any are named, by their keys."""
    rows = _written(risk, asked).where(PLACES[ROWS[risk].subject].region.between(*codes))
    if ids is None:
        return _found(rows)
    found: dict[int, Found] = {}
    for some in chunks(sorted(ids)):
        found |= _found(rows.where(_among(risk, some)))
    return found


#: Questions once written: an event asks a dozen of them, and writing one costs more than answering it.
_KEPT: dict[tuple[Risk, date, str], tuple[object, Select[Any]]] = {}
_MOST_KEPT = 4_000


def _written(risk: Risk, asked: Asked) -> Select[Any]:
    """Return the question as it is asked in a county on a day, written anew only when the policy is another."""
    key, values = (risk, asked.on, asked.policy.region_code), asked.policy.values
    kept = _KEPT.get(key)
    if kept is not None and kept[0] is values:
        return kept[1]
    place = PLACES[ROWS[risk].subject]
    rows = QUESTIONS[risk](asked).add_columns(place.key.label("subject_id"), place.region.label("region_code"))
    if len(_KEPT) >= _MOST_KEPT:
        _KEPT.clear()
    _KEPT[key] = values, rows
    return rows


def _among(risk: Risk, ids: Collection[int]) -> ColumnElement[bool]:
    subject = ROWS[risk].subject
    if subject is Subject.UNIT:
        return Region.region_code.in_([str(key) for key in ids])
    return PLACES[subject].key.in_(ids)


def _found(rows: Select[Any]) -> dict[int, Found]:
    found = {}
    answer = db.session.execute(rows)
    figures = [figure for figure in Figure if figure.value in set(answer.keys())]
    for row in answer.mappings():
        told = {figure: value for figure in figures if (value := plain(row[figure.value])) not in {None, ""}}
        found[int(row["subject_id"])] = Found(
            int(row["subject_id"]), row["region_code"], row["sector"] or "", row["name"], str(row["key"]), to_text(told)
        )
    return found


def plain(value: date | datetime | Decimal | int | str | None) -> int | str | None:
    """Return a stored value as JSON has it: days as text, moments as the day in China, sums as whole numbers."""
    if isinstance(value, datetime):
        return local(value).date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, Decimal) else value
