"""Plans: what they take of which income, what for, their frozen inputs, and the lines agreed to."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ColumnElement, Date, ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.changes import Audited, Derived, Versioned
from registry.database import STANDS_BY_KEY, Model
from registry.ledger.distribution.plans.pool import OfficialYear, Order, ScopeKind
from registry.ledger.distribution.plans.rules import PlanStatus
from registry.ledger.distribution.plans.shares import Basis, Entitlement, is_assistance_only
from registry.ledger.distribution.plans.uses import UseKind
from registry.parties.models import Party
from registry.regions import CodeRange


class Plan(Audited, Versioned, Model):
    """A year's plan of one owner's book. What is decided on stands frozen in ``plan_input``; amounts are fen.

    ``loss_fen``, ``fund_fen`` and ``uses_fen`` follow from the frozen inputs, and are nothing in a draft.
    """

    __tablename__ = "plan"
    __table_args__ = (
        UniqueConstraint("number", name="uq_plan_number"),
        CheckConstraint("loss_fen >= 0 AND fund_fen >= 0 AND uses_fen >= 0", name="order_not_negative"),
        CheckConstraint("charter_bp BETWEEN 0 AND 10000", name="charter_in_bounds"),
        CheckConstraint("period_to >= period_from", name="period_forwards"),
        Index("ix_plan_list", "region_code", "status", "id"),
        Index("ix_plan_party", "party_id", "year"),
        Index("ix_plan_year", "year", "status", "region_code"),
        Index("ix_plan_amends", "amends_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(30))
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    year: Mapped[int] = mapped_column()
    title: Mapped[str] = mapped_column(String(100))
    period_from: Mapped[str] = mapped_column(String(7))
    period_to: Mapped[str] = mapped_column(String(7))
    #: The last month of each instalment, the last instalment's being the period's.
    instalments: Mapped[str] = mapped_column(String(120), default="")
    scope: Mapped[str] = mapped_column(String(20))
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"))
    status: Mapped[str] = mapped_column(String(20))
    prior_loss_fen: Mapped[int] = mapped_column(default=0)
    prior_surplus_fen: Mapped[int] = mapped_column(default=0)
    result_fen: Mapped[int] = mapped_column(default=0)
    official_fund_fen: Mapped[int] = mapped_column(default=0)
    official_paper: Mapped[str] = mapped_column(String(200), default="")
    charter_bp: Mapped[int] = mapped_column(default=0)
    charter_basis: Mapped[str] = mapped_column(String(200), default="")
    #: Why a caution was passed over, for whoever decides.
    remarks: Mapped[str] = mapped_column(String(1000), default="")
    income_fen: Mapped[int] = mapped_column(default=0)
    costs_fen: Mapped[int] = mapped_column(default=0)
    loss_fen: Mapped[int] = mapped_column(default=0)
    fund_fen: Mapped[int] = mapped_column(default=0)
    uses_fen: Mapped[int] = mapped_column(default=0)
    #: What is paid out or set apart under the plan; the rest of the uses stays undistributed.
    handed_fen: Mapped[int] = mapped_column(default=0)
    digest: Mapped[str] = mapped_column(String(64), default="")
    amends_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"))
    amend_reason: Mapped[str] = mapped_column(String(500), default="")
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    drafted_by_text: Mapped[str] = mapped_column(String(120))
    drafted_at: Mapped[datetime] = mapped_column()
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    submitted_by_text: Mapped[str] = mapped_column(String(120), default="")
    agreed_on: Mapped[date | None] = mapped_column(Date)
    end_reason: Mapped[str] = mapped_column(String(500), default="")

    party: Mapped[Party] = relationship()
    uses: Mapped[list["PlanUse"]] = relationship(order_by="PlanUse.position", back_populates="plan")

    @property
    def state(self) -> PlanStatus:
        return PlanStatus(self.status)

    @property
    def scope_kind(self) -> ScopeKind:
        return ScopeKind(self.scope)

    @property
    def official(self) -> OfficialYear:
        return OfficialYear(
            self.prior_loss_fen, self.result_fen, self.official_fund_fen, self.official_paper, self.prior_surplus_fen
        )  # fmt: skip

    @property
    def order(self) -> Order:
        return Order(self.loss_fen, self.fund_fen, self.uses_fen)


class PlanUse(Audited, Versioned, Model):
    """One use of a plan as it is written: what for, how much, by what it is split."""

    __tablename__ = "plan_use"
    __table_args__ = (
        UniqueConstraint("plan_id", "position", name="uq_plan_use_position"),
        CheckConstraint("amount_fen > 0", name="amount_positive"),
        Index("ix_plan_use_contract", "contract_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    position: Mapped[int] = mapped_column()
    kind: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(String(60))
    amount_fen: Mapped[int] = mapped_column()
    basis: Mapped[str] = mapped_column(String(20))
    entitlement: Mapped[str] = mapped_column(String(20))
    #: The classes of households it is split among, by name; empty: everybody on the roll.
    classes: Mapped[str] = mapped_column(String(200), default="")
    #: Amounts by household and weights by factor, as canonical JSON.
    fixed: Mapped[str] = mapped_column(default="[]")
    factors: Mapped[str] = mapped_column(default="[]")
    principal_fen: Mapped[int | None] = mapped_column()
    rate_bp: Mapped[int | None] = mapped_column()
    term_months: Mapped[int | None] = mapped_column()
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"))
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    goods: Mapped[str] = mapped_column(String(200), default="")
    payee: Mapped[str] = mapped_column(String(80), default="")
    #: The row whose cost this is for, such as a repair.
    cost_table: Mapped[str] = mapped_column(String(40), default="")
    cost_id: Mapped[str] = mapped_column(String(40), default="")

    plan: Mapped[Plan] = relationship(back_populates="uses")

    @property
    def about(self) -> UseKind:
        return UseKind(self.kind)

    @property
    def split_by(self) -> Basis:
        return Basis(self.basis)

    @property
    def entitled(self) -> Entitlement:
        return Entitlement(self.entitlement)

    @property
    def is_assistance_only(self) -> bool:
        return is_assistance_only(self.split_by, self.entitled)


class PlanInput(Audited, Model):
    """The frozen inputs of a plan each time it was submitted: what its lines can be computed from again."""

    __tablename__ = "plan_input"
    __append_only__ = True
    __table_args__ = (UniqueConstraint("plan_id", "version", name="uq_plan_input_version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    version: Mapped[int] = mapped_column()
    content: Mapped[str] = mapped_column()
    digest: Mapped[str] = mapped_column(String(64))
    #: The digest of the roll as it was read.
    roll_digest: Mapped[str] = mapped_column(String(64))
    #: What was said of the plan when it was submitted, as canonical JSON.
    cautions: Mapped[str] = mapped_column(default="[]")
    frozen_at: Mapped[datetime] = mapped_column()


class PlanIncome(Audited, Model):
    """How much of an income row a plan takes, and how much of that came back undistributed (fen).

    A negative amount makes good what was handed out of a row and reversed afterwards.
    """

    __tablename__ = "plan_income"
    __table_args__ = (
        UniqueConstraint("plan_id", "income_row_id", name="uq_plan_income_once"),
        CheckConstraint("taken_fen <> 0", name="something_taken"),
        CheckConstraint(
            "returned_fen >= 0 AND (returned_fen <= taken_fen OR returned_fen = 0)", name="returned_within_taken"
        ),
        Index("ix_plan_income_row", "income_row_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    income_row_id: Mapped[int] = mapped_column(ForeignKey("income_row.id"))
    taken_fen: Mapped[int] = mapped_column()
    #: What of it went through the order of law for the first time.
    fresh_fen: Mapped[int] = mapped_column()
    returned_fen: Mapped[int] = mapped_column(default=0)


class PlanCost(Audited, Model):
    """A posted cost that a plan took off its pool: it is taken off once."""

    __tablename__ = "plan_cost"
    __table_args__ = (
        UniqueConstraint("plan_id", "voucher_id", name="uq_plan_cost_once"),
        Index("ix_plan_cost_voucher", "voucher_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id"))
    amount_fen: Mapped[int] = mapped_column()


class PlanLine(Audited, Model):
    """What one household gets of a use in one instalment, as agreed; written once, when the plan is agreed to.

    ``beneficiary`` is the household's number, 0 of an amount spent as a whole. ``payee_name`` is who is paid: the
    household's head, or whoever holds its shares or is its heir (``payee``, by table and number).
    """

    __tablename__ = "plan_line"
    __append_only__ = True
    __table_args__ = (
        UniqueConstraint("use_id", "instalment", "beneficiary", name="uq_plan_line_one_payment"),
        CheckConstraint("amount_fen >= 0 AND withheld_fen >= 0", name="amounts_not_negative"),
        Index("ix_plan_line_plan", "plan_id", "id"),
        Index("ix_plan_line_household", "household_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    use_id: Mapped[int] = mapped_column(ForeignKey("plan_use.id"))
    instalment: Mapped[int] = mapped_column()
    beneficiary: Mapped[int] = mapped_column()
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"))
    head_name: Mapped[str] = mapped_column(String(80), default="")
    group_name: Mapped[str] = mapped_column(String(20), default="")
    payee: Mapped[str] = mapped_column(String(40), default="")
    payee_name: Mapped[str] = mapped_column(String(80))
    weight: Mapped[int] = mapped_column()
    amount_fen: Mapped[int] = mapped_column()
    withheld_fen: Mapped[int] = mapped_column()
    months: Mapped[int] = mapped_column()
    of_months: Mapped[int] = mapped_column()
    #: 1 if the largest remainder gave this one a fen more.
    odd_fen: Mapped[int] = mapped_column()
    use: Mapped[PlanUse] = relationship()

    @classmethod
    def co_owned_in(cls, codes: CodeRange) -> ColumnElement[bool]:
        """Say which lines of another unit's time belong to a plan that lies in these units now."""
        return cls.plan_id.in_(select(Plan.id).where(Plan.region_code.between(*codes)))


class BenefitSum(Derived, Model):
    """How many households of a unit and below standing plans of a year give something, kept with the plans."""

    __tablename__ = "benefit_sum"
    __table_args__ = STANDS_BY_KEY

    region_code: Mapped[str] = mapped_column(String(12), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    households: Mapped[int] = mapped_column(default=0)


class UseSum(Derived, Model):
    """What standing plans of a year spend on a use in a unit and below: how many plans, how much (fen)."""

    __tablename__ = "use_sum"
    __table_args__ = STANDS_BY_KEY

    region_code: Mapped[str] = mapped_column(String(12), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    plans: Mapped[int] = mapped_column(default=0)
    amount_fen: Mapped[int] = mapped_column(default=0)
