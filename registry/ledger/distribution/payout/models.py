"""Payout: orders under two persons, one line per agreed line, and what became of each payment."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.changes import Audited, Versioned
from registry.database import Model
from registry.ledger.books.rules import Maker
from registry.ledger.distribution.payout.rules import LineStatus, Method, OrderStatus, Received, ResultKind
from registry.ledger.distribution.plans.models import Plan, PlanLine, PlanUse


class PayoutOrder(Audited, Versioned, Model):
    """An instalment of some uses of a plan to be paid: prepared by one person, released by a second, paid by a third.

    ``total_fen`` is what is paid, ``withheld_fen`` what is not because entitlement ended since the plan was agreed to.
    """

    __tablename__ = "payout_order"
    __table_args__ = (
        UniqueConstraint("number", name="uq_payout_order_number"),
        CheckConstraint("total_fen >= 0 AND withheld_fen >= 0", name="amounts_not_negative"),
        CheckConstraint("released_by_id IS NULL OR released_by_id <> prepared_by_id", name="second_person"),
        Index("ix_payout_order_list", "region_code", "status", "id"),
        Index("ix_payout_order_plan", "plan_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(30))
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    instalment: Mapped[int] = mapped_column()
    method: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    total_fen: Mapped[int] = mapped_column()
    withheld_fen: Mapped[int] = mapped_column(default=0)
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    prepared_by_text: Mapped[str] = mapped_column(String(120))
    prepared_at: Mapped[datetime] = mapped_column()
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    released_by_text: Mapped[str] = mapped_column(String(120), default="")
    released_at: Mapped[datetime | None] = mapped_column()
    reason: Mapped[str] = mapped_column(String(500), default="")
    done_on: Mapped[date | None] = mapped_column(Date)

    plan: Mapped[Plan] = relationship()

    @property
    def state(self) -> OrderStatus:
        return OrderStatus(self.status)

    @property
    def way(self) -> Method:
        return Method(self.method)

    @property
    def hands(self) -> frozenset[int | None]:
        """Who prepared and who released it: neither tells what became of it."""
        return frozenset({self.prepared_by_id, self.released_by_id})

    @property
    def maker(self) -> Maker:
        """Who made what is posted for it."""
        return Maker(self.prepared_by_id, self.prepared_by_text)


class PayoutLine(Audited, Model):
    """One agreed line in an order; a line is never in two orders that stand. ``status`` follows its last result.

    It bears no version of its own: nobody edits it, results are told of its order under the log's lock, and thousands
    of lines are written in one statement.
    """

    __tablename__ = "payout_line"
    __table_args__ = (
        UniqueConstraint("standing_line", name="uq_payout_line_once"),
        UniqueConstraint("order_id", "serial", name="uq_payout_line_serial"),
        CheckConstraint("amount_fen >= 0 AND withheld_fen >= 0", name="amounts_not_negative"),
        Index("ix_payout_line_order", "order_id", "status"),
        Index("ix_payout_line_plan_line", "plan_line_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("payout_order.id"))
    plan_line_id: Mapped[int] = mapped_column(ForeignKey("plan_line.id"))
    #: The agreed line while this order stands; empty once the order was sent back or cancelled.
    standing_line: Mapped[int | None] = mapped_column()
    serial: Mapped[int] = mapped_column()
    amount_fen: Mapped[int] = mapped_column()
    withheld_fen: Mapped[int] = mapped_column(default=0)
    status: Mapped[str] = mapped_column(String(20))
    attempts: Mapped[int] = mapped_column(default=0)

    order: Mapped[PayoutOrder] = relationship()
    agreed: Mapped[PlanLine] = relationship()

    @property
    def state(self) -> LineStatus:
        return LineStatus(self.status)


class PayoutDue(Audited, Model):
    """What an order owes of one use once it is released (fen); the voucher names it."""

    __tablename__ = "payout_due"
    __append_only__ = True
    __table_args__ = (UniqueConstraint("order_id", "use_id", name="uq_payout_due_use"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("payout_order.id"))
    use_id: Mapped[int] = mapped_column(ForeignKey("plan_use.id"))
    amount_fen: Mapped[int] = mapped_column()

    use: Mapped[PlanUse] = relationship()


class PayoutRound(Audited, Model):
    """One time that results were told: a file of the bank, or cash handed out; the voucher names it."""

    __tablename__ = "payout_round"
    __append_only__ = True
    __table_args__ = (Index("ix_payout_round_order", "order_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("payout_order.id"))
    happened_on: Mapped[date] = mapped_column(Date)
    source: Mapped[str] = mapped_column(String(200), default="")
    paid_fen: Mapped[int] = mapped_column()
    returned_fen: Mapped[int] = mapped_column()
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by_text: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column()


class PayoutResult(Audited, Model):
    """What became of one attempt to pay a line."""

    __tablename__ = "payout_result"
    __append_only__ = True
    __table_args__ = (
        UniqueConstraint("line_id", "number", name="uq_payout_result_number"),
        Index("ix_payout_result_round", "round_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("payout_line.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("payout_round.id"))
    number: Mapped[int] = mapped_column()
    kind: Mapped[str] = mapped_column(String(20))
    amount_fen: Mapped[int] = mapped_column()
    reference: Mapped[str] = mapped_column(String(60), default="")
    reason: Mapped[str] = mapped_column(String(200), default="")

    @property
    def told(self) -> ResultKind:
        return ResultKind(self.kind)


class ReceiptCheck(Audited, Model):
    """A household asked whether it received what the sheet says: verification by sample."""

    __tablename__ = "receipt_check"
    __append_only__ = True
    __table_args__ = (
        CheckConstraint("said_fen >= 0", name="said_not_negative"),
        Index("ix_receipt_check_line", "line_id"),
        Index("ix_receipt_check_order", "order_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("payout_order.id"))
    line_id: Mapped[int] = mapped_column(ForeignKey("payout_line.id"))
    answer: Mapped[str] = mapped_column(String(20))
    #: What the household says it received (fen).
    said_fen: Mapped[int] = mapped_column()
    note: Mapped[str] = mapped_column(String(200), default="")
    checked_on: Mapped[date] = mapped_column(Date)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by_text: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column()

    @property
    def said(self) -> Received:
        return Received(self.answer)
