"""Everything that is kept of one disposal, read once for its papers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol, TypeVar

from sqlalchemy import ColumnElement, select

from registry.approvals.meetings.queries import Decided, list_resolutions
from registry.approvals.notices.models import Notice, Objection, ObjectionAnswer
from registry.approvals.notices.queries import list_answers, list_notices_of, list_objections
from registry.approvals.requests.models import ApprovalDecision, ApprovalQuery, ApprovalRequest
from registry.approvals.requests.queries import CASE_TABLE, list_decisions
from registry.audit.proving import Things
from registry.database import Model, db
from registry.disposal.cases.models import DisposalAppraisal, DisposalCase, DisposalLine
from registry.disposal.cases.opening import TABLE
from registry.disposal.cases.queries import get_case, list_lines, list_reports
from registry.disposal.gates.models import GateAnswers
from registry.disposal.gates.queries import list_asked
from registry.disposal.prices.models import DisposalPrice
from registry.disposal.prices.queries import list_prices
from registry.disposal.prices.services import TABLE as PRICE_TABLE
from registry.disposal.procedure.models import DisposalExecution
from registry.disposal.proceeds.models import Proceeds, ProceedsReceipt, ProceedsReceiptDraft, ProceedsUse
from registry.errors import Missing
from registry.evidence.models import Attachment
from registry.ledger.books.models import Voucher
from registry.permissions import Actor, Permission

M = TypeVar("M", bound=Model)


class _Row(Protocol):
    """A row with a number."""

    @property
    def id(self) -> int: ...


@dataclass(frozen=True)
class CaseFile:
    """One case with all that was said, decided, hung out, paid and posted about it, the oldest first."""

    case: DisposalCase
    lines: Sequence[DisposalLine]
    reports: Sequence[DisposalAppraisal]
    asked: Sequence[GateAnswers]
    #: The case's own requests, and those for a price that was decided on again.
    requests: Sequence[ApprovalRequest]
    price_requests: Sequence[ApprovalRequest]
    prices: Sequence[DisposalPrice]
    execution: DisposalExecution | None
    proceeds: Sequence[Proceeds]
    arrivals: Sequence[ProceedsReceiptDraft]
    receipts: Sequence[ProceedsReceipt]
    uses: Sequence[ProceedsUse]

    @cached_property
    def all_requests(self) -> tuple[ApprovalRequest, ...]:
        """The case's requests and its prices'."""
        return (*self.requests, *self.price_requests)

    @cached_property
    def decisions(self) -> dict[int, list[ApprovalDecision]]:
        """What was said of each request."""
        return {one.id: list_decisions(one.id) for one in self.all_requests}

    @cached_property
    def queries(self) -> list[ApprovalQuery]:
        """What levels above asked."""
        ids = [one.id for one in self.all_requests]
        return _rows(ApprovalQuery, ApprovalQuery.request_id.in_(ids))

    @cached_property
    def decided(self) -> list[Decided]:
        """What meetings resolved."""
        return [found for one in self.all_requests for found in list_resolutions(CASE_TABLE, str(one.id))]

    @cached_property
    def notices(self) -> list[Notice]:
        """What hung on boards: plans under their request, the result under the case."""
        found = [row for one in self.all_requests for row in list_notices_of(CASE_TABLE, str(one.id))]
        return [*found, *list_notices_of(TABLE, str(self.case.id))]

    @cached_property
    def objections(self) -> dict[int, list[Objection]]:
        """What people objected to each notice."""
        return {one.id: list_objections(one.id) for one in self.notices}

    @cached_property
    def answers(self) -> dict[int, list[ObjectionAnswer]]:
        """What was answered to each objection."""
        ids = [one.id for found in self.objections.values() for one in found]
        answers = list_answers(ids)
        return {key: [one for one in answers if one.objection_id == key] for key in ids}

    @cached_property
    def things(self) -> Things:
        """Every row that the case is made of: keys by table."""
        objections = [one for found in self.objections.values() for one in found]
        told: tuple[tuple[str, Iterable[int]], ...] = (
            (TABLE, [self.case.id]),
            (PRICE_TABLE, _ids(self.prices)),
            ("disposal_execution", [self.execution.id] if self.execution else []),
            (CASE_TABLE, _ids(self.all_requests)),
            ("approval_query", _ids(self.queries)),
            ("meeting", dict.fromkeys(one.meeting.id for one in self.decided)),
            ("notice", _ids(self.notices)),
            ("objection", _ids(objections)),
            ("proceeds", _ids(self.proceeds)),
            ("proceeds_receipt_draft", _ids(self.arrivals)),
            ("proceeds_receipt", _ids(self.receipts)),
            ("proceeds_use", _ids(self.uses)),
        )
        return {table: [str(key) for key in keys] for table, keys in told}

    @cached_property
    def vouchers(self) -> list[Voucher]:
        """What was posted for the case, its lines, its price, its execution and its money; reversals too."""
        lines = {"disposal_line": [str(line.id) for line in self.lines]}
        found: list[Voucher] = []
        for table, keys in {**self.things, **lines}.items():
            of_table = Voucher.source_table == table
            found += _rows(Voucher, of_table & Voucher.source_id.in_(list(map(int, keys))))
        return sorted(found, key=lambda voucher: voucher.id)

    @cached_property
    def attachments(self) -> list[Attachment]:
        """Every paper of the case, in the order in which it came."""
        found: list[Attachment] = []
        for table, keys in self.things.items():
            found += _rows(Attachment, (Attachment.thing_table == table) & Attachment.thing_id.in_(keys))
        return sorted(found, key=lambda one: one.id)


def _ids(rows: Sequence[_Row]) -> list[int]:
    return [row.id for row in rows]


def _rows(model: type[M], condition: ColumnElement[bool]) -> list[M]:
    return list(db.session.scalars(select(model).where(condition).order_by(model.__table__.c.id)))


def read_case(region_code: str, case_id: int, actor: Actor) -> CaseFile:
    """Read a case for its papers. Raises Missing for one that may not be printed, or is another unit's."""
    case = get_case(case_id, actor, Permission.PRINT)
    if case.region_code != region_code:
        raise Missing
    prices = list_prices(case.id)
    proceeds = _rows(Proceeds, Proceeds.case_id == case.id)
    accounts = _ids(proceeds)
    return CaseFile(
        case=case,
        lines=list_lines(case.id),
        reports=list_reports(case.id),
        asked=list_asked(case.id),
        requests=_requests(TABLE, [case.id]),
        price_requests=_requests(PRICE_TABLE, _ids(prices)),
        prices=prices,
        execution=db.session.scalar(select(DisposalExecution).where(DisposalExecution.case_id == case.id)),
        proceeds=proceeds,
        arrivals=_rows(ProceedsReceiptDraft, ProceedsReceiptDraft.proceeds_id.in_(accounts)),
        receipts=_rows(ProceedsReceipt, ProceedsReceipt.proceeds_id.in_(accounts)),
        uses=_rows(ProceedsUse, ProceedsUse.proceeds_id.in_(accounts)),
    )


def _requests(table: str, ids: Sequence[int]) -> list[ApprovalRequest]:
    here = ApprovalRequest.case_table == table
    return _rows(ApprovalRequest, here & ApprovalRequest.case_id.in_([str(key) for key in ids]))


def waited_days(start: date | None, end: date | None) -> int:
    """Return how many days lie between two days; none if one is not known."""
    return max((end - start).days, 0) if start and end else 0
