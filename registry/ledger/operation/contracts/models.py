"""Contracts, the assets they are about, whose they are, and who stands behind the operator."""

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

from registry.assets.register.categories import OperatingMode
from registry.changes import Audited, Versioned
from registry.database import Model
from registry.ledger.operation.contracts.kinds import ContractStatus
from registry.ledger.operation.kinds import Frequency, RentKind
from registry.parties.models import Party
from registry.regions import CodeRange


class Contract(Audited, Versioned, Model):
    """A contract with an operator, or the plan by which owners run their assets themselves.

    Once decided it is never reworded: another contract, linked to it, takes its place. ``region_code`` is the unit that
    manages it. Amounts are fen; ``yearly_fen`` is what the first year costs.
    """

    __tablename__ = "contract"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("ends_on >= starts_on", name="term_forwards"),
        CheckConstraint(
            "yearly_fen >= 0 AND deposit_fen >= 0 AND principal_fen >= 0 AND arrears_fen >= 0",
            name="money_not_negative",
        ),
        CheckConstraint("share_bp BETWEEN 0 AND 10000", name="share_in_bounds"),
        Index("ix_contract_list", "region_code", "id", "status"),
        Index("ix_contract_ends", "status", "ends_on", "region_code"),
        Index("ix_contract_operator", "operator_id"),
        Index("ix_contract_previous", "previous_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    #: The number on the paper, where the parties gave it one.
    paper_number: Mapped[str] = mapped_column(String(60), default="")
    name: Mapped[str] = mapped_column(String(100))
    #: The sector of the asset that weighs most: its department sees the contract.
    sector: Mapped[str] = mapped_column(String(20))
    mode: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    operator_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    #: The operator's name as the contract has it; for the owners' own running, whoever answers for it.
    operator_name: Mapped[str] = mapped_column(String(80))
    is_member: Mapped[bool] = mapped_column(Boolean, default=False)
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    is_written: Mapped[bool] = mapped_column(Boolean, default=True)
    rent_kind: Mapped[str] = mapped_column(String(20))
    yearly_fen: Mapped[int] = mapped_column(default=0)
    frequency: Mapped[str] = mapped_column(String(20))
    in_advance: Mapped[bool] = mapped_column(Boolean, default=True)
    by_calendar: Mapped[bool] = mapped_column(Boolean, default=False)
    days_to_pay: Mapped[int] = mapped_column(default=0)
    rise_bp: Mapped[int] = mapped_column(default=0)
    rise_years: Mapped[int] = mapped_column(default=1)
    share_bp: Mapped[int] = mapped_column(default=0)
    share_basis: Mapped[str] = mapped_column(String(20), default="")
    deposit_fen: Mapped[int] = mapped_column(default=0)
    prepaid_months: Mapped[int] = mapped_column(default=0)
    principal_fen: Mapped[int] = mapped_column(default=0)
    principal_due_on: Mapped[date | None] = mapped_column(Date)
    appraised_fen: Mapped[int | None] = mapped_column()
    floor_reason: Mapped[str] = mapped_column(String(500), default="")
    award: Mapped[str] = mapped_column(String(20))
    award_note: Mapped[str] = mapped_column(String(500), default="")
    #: What is to be reached and who answers for it: the operating plan.
    plan: Mapped[str] = mapped_column(String(2000), default="")
    duties: Mapped[str] = mapped_column(String(2000), default="")
    risk_control: Mapped[str] = mapped_column(String(2000), default="")
    default_terms: Mapped[str] = mapped_column(String(2000), default="")
    exit_terms: Mapped[str] = mapped_column(String(2000), default="")
    late_terms: Mapped[str] = mapped_column(String(500), default="")
    #: Agreed before the register kept contracts: from which day dues are planned, and what was owed until then.
    is_legacy: Mapped[bool] = mapped_column(Boolean, default=False)
    planned_from: Mapped[date | None] = mapped_column(Date)
    arrears_fen: Mapped[int] = mapped_column(default=0)
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"))
    link: Mapped[str] = mapped_column(String(20), default="")
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    entered_by_text: Mapped[str] = mapped_column(String(120))
    entered_at: Mapped[datetime] = mapped_column()
    agreed_on: Mapped[date | None] = mapped_column(Date)
    signed_on: Mapped[date | None] = mapped_column(Date)
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    signed_by_text: Mapped[str] = mapped_column(String(120), default="")
    ended_on: Mapped[date | None] = mapped_column(Date)
    end_reason: Mapped[str] = mapped_column(String(500), default="")
    #: What of the deposit goes back to the operator when the contract is over; the rest is kept for what is owed.
    deposit_return_fen: Mapped[int | None] = mapped_column()
    operator: Mapped[Party | None] = relationship()
    assets: Mapped[list["ContractAsset"]] = relationship(
        order_by="ContractAsset.id", back_populates="contract", cascade="all, delete-orphan"
    )
    shares: Mapped[list["ContractShare"]] = relationship(
        order_by="ContractShare.id", back_populates="contract", cascade="all, delete-orphan"
    )
    officers: Mapped[list["OperatorOfficer"]] = relationship(
        order_by="OperatorOfficer.id", back_populates="contract", cascade="all, delete-orphan"
    )

    @property
    def state(self) -> ContractStatus:
        return ContractStatus(self.status)

    @property
    def way(self) -> OperatingMode:
        return OperatingMode(self.mode)

    @property
    def rent(self) -> RentKind:
        return RentKind(self.rent_kind)

    @property
    def pays(self) -> Frequency:
        return Frequency(self.frequency)

    @property
    def units(self) -> set[str]:
        """The units in whose logs a deed about it is told: its own, its assets', its owners'."""
        assets, owners = (one.region_code for one in self.assets), (one.region_code for one in self.shares)
        return {self.region_code, *assets, *owners}

    @classmethod
    def co_owned_in(cls, codes: CodeRange) -> ColumnElement[bool]:
        """Say which contracts managed elsewhere have an owner in these units."""
        return cls.id.in_(select(ContractShare.contract_id).where(ContractShare.region_code.between(*codes)))


class ContractAsset(Audited, Model):
    """An asset under a contract and how much it weighs among the others, until when."""

    __tablename__ = "contract_asset"
    __table_args__ = (
        UniqueConstraint("contract_id", "asset_id"),
        CheckConstraint("weight > 0", name="weight_positive"),
        Index("ix_contract_asset_asset", "asset_id", "ended_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    weight: Mapped[int] = mapped_column()
    ended_on: Mapped[date | None] = mapped_column(Date)
    contract: Mapped[Contract] = relationship(back_populates="assets")


class ContractShare(Audited, Model):
    """What share of everything a contract pays an owner gets; shares sum to 10,000. ``region_code``: the owner's."""

    __tablename__ = "contract_share"
    __table_args__ = (
        UniqueConstraint("contract_id", "party_id"),
        CheckConstraint("share_bp BETWEEN 1 AND 10000", name="share_in_bounds"),
        Index("ix_contract_share_party", "party_id"),
        Index("ix_contract_share_owner", "region_code", "contract_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    share_bp: Mapped[int] = mapped_column()
    contract: Mapped[Contract] = relationship(back_populates="shares")
    party: Mapped[Party] = relationship(lazy="joined")


class OperatorOfficer(Audited, Model):
    """Somebody who stands behind an operator, or is kin of one who does: barred from deciding on the contract."""

    __tablename__ = "operator_officer"
    __table_args__ = (UniqueConstraint("contract_id", "name", "capacity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    name: Mapped[str] = mapped_column(String(40))
    #: OFFICER or KIN, as approvals know it.
    capacity: Mapped[str] = mapped_column(String(20))
    post: Mapped[str] = mapped_column(String(60), default="")
    kin_of: Mapped[str] = mapped_column(String(80), default="")
    contract: Mapped[Contract] = relationship(back_populates="officers")
