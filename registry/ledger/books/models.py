"""Books, vouchers and their lines, drafts, periods, and the sums kept of them."""

from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.changes import Audited, Derived, Versioned
from registry.database import Model
from registry.ledger.books.accounts import ChartVersion
from registry.ledger.books.entries import BookDeed, Entry, Line, Marks, Source
from registry.ledger.books.rules import BookKind, DraftState, PeriodState, say_number
from registry.parties.models import Party
from registry.regions import CodeRange


class Book(Audited, Versioned, Model):
    """The book of one owner; ``closed_month`` is the last month closed (months since year 0)."""

    __tablename__ = "book"
    __table_args__ = (Index("ix_book_region_id", "region_code", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    chart: Mapped[str] = mapped_column(String(20))
    opened_on: Mapped[date] = mapped_column(Date)
    closed_month: Mapped[int | None] = mapped_column()
    party: Mapped[Party] = relationship(lazy="joined")

    @property
    def book_kind(self) -> BookKind:
        return BookKind(self.kind)

    @property
    def version(self) -> ChartVersion:
        return ChartVersion(self.chart)


class Voucher(Audited, Model):
    """A posted voucher (凭证). Its lines are inserted before it; the guard on it demands that they balance.

    ``number`` is gap-free per book and year. Red vouchers name what they reverse. ``source`` is the row it
    was posted for.
    """

    __tablename__ = "voucher"
    __append_only__ = True
    __table_args__ = (
        UniqueConstraint("uid"),
        UniqueConstraint("book_id", "year", "number"),
        UniqueConstraint("reverses_id"),
        CheckConstraint("debit_fen = credit_fen", name="balanced"),
        CheckConstraint("made_by_id IS NULL OR made_by_id <> checked_by_id", name="two_persons"),
        Index("ix_voucher_day", "book_id", "booked_on", "id"),
        Index("ix_voucher_month", "book_id", "month", "id"),
        Index("ix_voucher_source", "source_table", "source_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32))
    book_id: Mapped[int] = mapped_column(ForeignKey("book.id"))
    year: Mapped[int] = mapped_column()
    month: Mapped[int] = mapped_column()
    number: Mapped[int] = mapped_column()
    booked_on: Mapped[date] = mapped_column(Date)
    deed: Mapped[str] = mapped_column(String(40))
    summary: Mapped[str] = mapped_column(String(200))
    debit_fen: Mapped[int] = mapped_column()
    credit_fen: Mapped[int] = mapped_column()
    source_table: Mapped[str] = mapped_column(String(40))
    source_id: Mapped[int] = mapped_column()
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    made_by_text: Mapped[str] = mapped_column(String(120))
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    checked_by_text: Mapped[str] = mapped_column(String(120))
    posted_at: Mapped[datetime] = mapped_column()
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("voucher.id"))

    @property
    def about(self) -> BookDeed:
        return BookDeed(self.deed)

    @property
    def label(self) -> str:
        return say_number(self.year, self.number)

    @classmethod
    def co_owned_in(cls, codes: CodeRange) -> ColumnElement[bool]:
        """Say which vouchers of another unit's time stand in a book that is kept in these units now."""
        return cls.book_id.in_(select(Book.id).where(Book.region_code.between(*codes)))


class Leg:
    """What lines of vouchers and of drafts have in common: an account, one of two amounts, what it is about."""

    account: Mapped[str] = mapped_column(String(8))
    detail: Mapped[str] = mapped_column(String(20), default="")
    debit_fen: Mapped[int] = mapped_column()
    credit_fen: Mapped[int] = mapped_column()
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    #: The contract's id; no foreign key, for contracts stand above the books.
    contract_id: Mapped[int | None] = mapped_column()
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    use: Mapped[str] = mapped_column(String(40), default="")

    def to_line(self) -> Line:
        """Return the line it is or will be."""
        marks = Marks(self.asset_id, self.contract_id, self.party_id, self.use)
        return Line(self.account, self.detail, self.debit_fen, self.credit_fen, marks)


class Posting(Leg, Audited, Model):
    """One line of a voucher: an account with its detail, one of two amounts, and what it is about.

    ``book_id``, ``month`` and ``booked_on`` are copies of the voucher's, so that an account's ledger is one walk.
    """

    __tablename__ = "posting"
    __append_only__ = True
    __table_args__ = (
        UniqueConstraint("voucher_uid", "position"),
        CheckConstraint("(debit_fen = 0) <> (credit_fen = 0)", name="one_side"),
        Index("ix_posting_account", "book_id", "account", "detail", "booked_on", "id"),
        Index("ix_posting_asset", "asset_id", "booked_on"),
        Index("ix_posting_contract", "contract_id"),
        Index("ix_posting_party", "party_id", "booked_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    voucher_uid: Mapped[str] = mapped_column(
        ForeignKey("voucher.uid", deferrable=True, initially="DEFERRED"),
    )
    position: Mapped[int] = mapped_column()
    book_id: Mapped[int] = mapped_column(ForeignKey("book.id"))
    month: Mapped[int] = mapped_column()
    booked_on: Mapped[date] = mapped_column(Date)


class AccountSum(Derived, Model):
    """What was debited and credited to an account and detail of a book in a month."""

    __tablename__ = "account_sum"

    book_id: Mapped[int] = mapped_column(ForeignKey("book.id"), primary_key=True, autoincrement=False)
    month: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    account: Mapped[str] = mapped_column(String(8), primary_key=True)
    detail: Mapped[str] = mapped_column(String(20), primary_key=True)
    debit_fen: Mapped[int] = mapped_column(default=0)
    credit_fen: Mapped[int] = mapped_column(default=0)


class BookPeriod(Audited, Versioned, Model):
    """The closing of a month of a book: who began, who closed, the digest of its trial balance, reopenings."""

    __tablename__ = "book_period"
    __table_args__ = (UniqueConstraint("book_id", "month"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    book_id: Mapped[int] = mapped_column(ForeignKey("book.id"))
    month: Mapped[int] = mapped_column()
    state: Mapped[str] = mapped_column(String(20))
    begun_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    begun_by_text: Mapped[str] = mapped_column(String(120), default="")
    begun_at: Mapped[datetime | None] = mapped_column()
    closed_by_text: Mapped[str] = mapped_column(String(120), default="")
    closed_at: Mapped[datetime | None] = mapped_column()
    digest: Mapped[str] = mapped_column(String(64), default="")
    accruals: Mapped[list["Accrual"]] = relationship(
        order_by="Accrual.id", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def stage(self) -> PeriodState:
        return PeriodState(self.state)


class Accrual(Audited, Model):
    """What is posted on the last day of a month when it is closed (计提), as whoever asked to close it confirmed it.

    ``posted_fen`` had been posted for the same row before; if that changes, what was confirmed holds no longer.
    """

    __tablename__ = "period_accrual"
    __table_args__ = (
        UniqueConstraint("period_id", "source_table", "source_id"),
        CheckConstraint("amount_fen > 0", name="amount_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("book_period.id"))
    deed: Mapped[str] = mapped_column(String(40))
    amount_fen: Mapped[int] = mapped_column()
    summary: Mapped[str] = mapped_column(String(200))
    member: Mapped[bool] = mapped_column(Boolean, default=False)
    source_table: Mapped[str] = mapped_column(String(40))
    source_id: Mapped[int] = mapped_column()
    posted_fen: Mapped[int] = mapped_column()
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    contract_id: Mapped[int | None] = mapped_column()
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))

    def to_entry(self) -> Entry:
        """Return what will be posted."""
        marks, source = Marks(self.asset_id, self.contract_id, self.party_id), Source(self.source_table, self.source_id)
        return Entry(BookDeed(self.deed), self.amount_fen, source, marks, self.summary, member=self.member)


class Reopening(Audited, Versioned, Model):
    """A closed month that somebody asked to open again, and who of the level above agreed or refused."""

    __tablename__ = "book_reopening"
    __table_args__ = (
        Index("ix_book_reopening_period", "book_id", "month"),
        Index("ix_book_reopening_open", "answer", "region_code", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    book_id: Mapped[int] = mapped_column(ForeignKey("book.id"))
    month: Mapped[int] = mapped_column()
    reason: Mapped[str] = mapped_column(String(500))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    asked_by_text: Mapped[str] = mapped_column(String(120))
    #: The unit of whoever asked: a level above it answers.
    asked_from: Mapped[str] = mapped_column(String(12))
    asked_at: Mapped[datetime] = mapped_column()
    #: Empty while it waits, then AGREED or REFUSED.
    answer: Mapped[str] = mapped_column(String(20), default="")
    answered_by_text: Mapped[str] = mapped_column(String(120), default="")
    answered_at: Mapped[datetime | None] = mapped_column()
    opinion: Mapped[str] = mapped_column(String(500), default="")
    #: The digest that the closed month had.
    digest: Mapped[str] = mapped_column(String(64), default="")


class VoucherDraft(Audited, Versioned, Model):
    """A voucher that somebody made by hand and another person has to check."""

    __tablename__ = "voucher_draft"
    __table_args__ = (Index("ix_voucher_draft_state", "state", "region_code", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    book_id: Mapped[int] = mapped_column(ForeignKey("book.id"))
    state: Mapped[str] = mapped_column(String(20))
    deed: Mapped[str] = mapped_column(String(40))
    booked_on: Mapped[date] = mapped_column(Date)
    summary: Mapped[str] = mapped_column(String(200))
    #: Why it was sent back.
    reason: Mapped[str] = mapped_column(String(500), default="")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    made_by_text: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column()
    #: What it reverses, if it is a red one.
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("voucher.id"))
    book: Mapped[Book] = relationship()
    lines: Mapped[list["DraftLine"]] = relationship(
        order_by="DraftLine.position", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def stage(self) -> DraftState:
        return DraftState(self.state)

    @property
    def total_fen(self) -> int:
        return sum(line.debit_fen for line in self.lines)


class DraftLine(Leg, Audited, Model):
    """One line of a draft."""

    __tablename__ = "voucher_draft_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("voucher_draft.id"), index=True)
    position: Mapped[int] = mapped_column()


class PlatformNumber(Audited, Model):
    """The number that the collective's accounting platform gave a voucher it took over (导回凭证号)."""

    __tablename__ = "platform_number"
    __append_only__ = True
    __table_args__ = (UniqueConstraint("voucher_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id"))
    number: Mapped[str] = mapped_column(String(40))
    brought_at: Mapped[datetime] = mapped_column()
    brought_by_text: Mapped[str] = mapped_column(String(120))
