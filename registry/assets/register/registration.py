"""What is said of an asset when it is entered: one dataclass for the form, the spreadsheet and the API. Pure."""

from dataclasses import dataclass, field
from datetime import date

from registry.assets.register.funding import FundingLevel, FundingSource
from registry.kinds import Category, OwnerKind
from registry.text import N_, Labelled

WHOLE_BP = 10_000
MILLI = 1_000
MONTHS = 12
MAX_NAME = 100


class Stage(Labelled):
    """How far a registration has come."""

    SUBMITTED = "SUBMITTED", N_("待第二人确认")
    SENT_BACK = "SENT_BACK", N_("已退回")
    CONFIRMED = "CONFIRMED", N_("已确认")
    WITHDRAWN = "WITHDRAWN", N_("已撤销")
    DISPOSED = "DISPOSED", N_("已处置")
    SUPERSEDED = "SUPERSEDED", N_("已分拆（合并）")


#: Assets that stand in the register (在册).
STANDING = frozenset({Stage.SUBMITTED, Stage.SENT_BACK, Stage.CONFIRMED})


class DatePrecision(Labelled):
    """How exactly a day is known; old ledgers often name only a month or a year."""

    DAY = "DAY", N_("日")
    MONTH = "MONTH", N_("月")
    YEAR = "YEAR", N_("年")


class ValueKind(Labelled):
    """Why the original value is what it is (价值变动)."""

    ACQUISITION = "ACQUISITION", N_("形成资产")
    ENLARGEMENT = "ENLARGEMENT", N_("扩建")
    MAJOR_REPAIR = "MAJOR_REPAIR", N_("大修")
    PARTIAL_LOSS = "PARTIAL_LOSS", N_("部分损失")
    REVALUATION = "REVALUATION", N_("重估")
    CORRECTION = "CORRECTION", N_("更正")


class DepreciationMethod(Labelled):
    """Straight line over the service life, or none."""

    STRAIGHT_LINE = "STRAIGHT_LINE", N_("年限平均法")
    NONE = "NONE", N_("不计提")


@dataclass(frozen=True)
class PartialDate:
    """A day, known to the day, the month or the year."""

    day: date
    precision: DatePrecision = DatePrecision.DAY

    def text(self) -> str:
        """Write it as exactly as it is known: 2018-05-01, 2018-05 or 2018."""
        return self.day.isoformat()[: {"DAY": 10, "MONTH": 7, "YEAR": 4}[self.precision.value]]


@dataclass(frozen=True)
class FundingFact:
    """One line of money: who gave it, by which document, how much (fen)."""

    source: FundingSource
    amount_fen: int
    level: FundingLevel = FundingLevel.OTHER
    year: int | None = None
    document_no: str = ""


@dataclass(frozen=True)
class OwnerFact:
    """One owner and the share in basis points."""

    kind: OwnerKind
    name: str
    share_bp: int = WHOLE_BP
    region_code: str = ""
    credit_code: str = ""
    resident_id: str = ""


@dataclass(frozen=True)
class InterestFacts:
    """What an equity or debt asset adds: in whom, how much of it, on which terms."""

    investee: str = ""
    investee_code: str = ""
    share_bp: int | None = None
    principal_fen: int | None = None
    rate_bp: int | None = None
    return_kind: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    exit_terms: str = ""


@dataclass(frozen=True)
class Registration:
    """Everything said of an asset when it is entered: one door for the form, the spreadsheet and the API."""

    region_code: str
    name: str
    category: Category
    subtype: str
    original_value_fen: int
    acquired: PartialDate
    owners: tuple[OwnerFact, ...]
    funding: tuple[FundingFact, ...]
    location_code: str = ""
    location_detail: str = ""
    longitude_e6: int | None = None
    latitude_e6: int | None = None
    short_name: str = ""
    gbt14885_code: str = ""
    project_name: str = ""
    project_number: str = ""
    project_year: int | None = None
    plan_document: str = ""
    total_investment_fen: int | None = None
    quantity_milli: int | None = None
    unit: str = ""
    specification: str = ""
    scale: str = ""
    accepted_on: date | None = None
    in_use_on: date | None = None
    service_months: int | None = None
    depreciation: DepreciationMethod | None = None
    salvage_bp: int = 0
    title_status: str = "UNCONFIRMED"
    certificate_kind: str = ""
    certificate_number: str = ""
    certificate_on: date | None = None
    custodian: str = ""
    operator: str = ""
    supervisor: str = ""
    sector: str = ""
    use_status: str = "IN_USE"
    operating_mode: str = ""
    industry_class: str = ""
    accounting_system: str = "NONE"
    publicity: str = "NOT_YET"
    archives: str = ""
    remarks: str = ""
    interest: InterestFacts = field(default_factory=InterestFacts)
