"""What an agency or expert is engaged for, and when an engagement or its report is whole. Pure."""

from dataclasses import dataclass
from datetime import date

from registry.codes import is_credit_code
from registry.errors import RegistryError, refuse_all
from registry.supervision.engagements.refusals import (
    AgencyMissing,
    CodeOdd,
    ConclusionsMissing,
    DaysOdd,
    FeeOdd,
    ReportedAlready,
    ReportNotYet,
    ScopeMissing,
    TaskMissing,
)
from registry.text import N_, Labelled

MAX_NAME = 80
MAX_TASK = 500
MAX_CONCLUSIONS = 2000
MOST_SCOPE = 200


class EngagementKind(Labelled):
    """As what somebody is called in."""

    AUDIT = "AUDIT", N_("专项审计")
    STOCKTAKING = "STOCKTAKING", N_("清产核资")
    EVALUATION = "EVALUATION", N_("绩效评价")
    QUALITY = "QUALITY", N_("质量安全检测")
    LEGAL = "LEGAL", N_("法律服务")
    EXPERT = "EXPERT", N_("专家论证")
    OTHER = "OTHER", N_("其他")


class EngagementStatus(Labelled):
    """How far an engagement has come."""

    RUNNING = "RUNNING", N_("进行中")
    REPORTED = "REPORTED", N_("已出报告")


@dataclass(frozen=True)
class EngagementFacts:
    """What is agreed: who, for what, where, for how much (fen), until when."""

    region_code: str
    kind: EngagementKind
    agency: str
    task: str
    signed_on: date
    report_by: date
    agency_code: str = ""
    contract_no: str = ""
    experts: str = ""
    fee_fen: int = 0
    units: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportFacts:
    """What came of it."""

    report_no: str
    reported_on: date
    conclusions: str


def check_engagement(facts: EngagementFacts, on: date) -> None:
    """Raise everything that is wrong with what is agreed, at once."""
    found: list[RegistryError] = []
    if not facts.agency.strip():
        found.append(AgencyMissing(field="agency"))
    if facts.agency_code and not is_credit_code(facts.agency_code.strip()):
        found.append(CodeOdd(field="agency_code"))
    if not facts.task.strip():
        found.append(TaskMissing(field="task"))
    if not facts.units and not facts.assets:
        found.append(ScopeMissing(field="units"))
    if facts.fee_fen < 0:
        found.append(FeeOdd(field="fee"))
    if facts.signed_on > on or facts.report_by < facts.signed_on:
        found.append(DaysOdd(field="signed_on"))
    refuse_all(found)


def check_report(status: EngagementStatus, signed_on: date, facts: ReportFacts, on: date) -> None:
    """Raise unless a report may be taken in. Raises ReportedAlready, ReportNotYet, ConclusionsMissing."""
    if status is EngagementStatus.REPORTED:
        raise ReportedAlready
    found: list[RegistryError] = []
    if not signed_on <= facts.reported_on <= on:
        found.append(ReportNotYet(field="reported_on"))
    if not facts.conclusions.strip():
        found.append(ConclusionsMissing(field="conclusions"))
    refuse_all(found)
