"""What a request is opened with: its steps copied from the policy of the day, each with its desk and its time. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from registry.approvals.requests.refusals import (
    AppraisalExpired,
    AppraisalTooFew,
    DelegationBackwards,
    DelegationTooLong,
    PaperMissing,
)
from registry.approvals.requests.states import Desk
from registry.evidence.rules import EvidenceKind
from registry.kinds import NoticeDays, Sector
from registry.permissions import Role
from registry.policy.calendar import add_months, end_of_term
from registry.policy.parameters import Parameter
from registry.policy.procedures import ABOVE, SEATS, Procedure, Seat, StepKind, StepRule
from registry.policy.rules import Policy
from registry.regions import Level, ancestor, level_of
from registry.text import N_, Labelled

MAX_OPINION = 500
MAX_QUESTION, MAX_ANSWER = 500, 1000
LEAST_APPRAISERS = 2
_OWN = frozenset({Seat.OWNER_CLERK, Seat.OWNER_HEAD})


class Capacity(Labelled):
    """As what somebody holds a particular interest in a case; an equal entitlement as a member is none."""

    OPERATOR = "OPERATOR", N_("经营方")
    BUYER = "BUYER", N_("受让方")
    OFFICER = "OFFICER", N_("对方单位负责人")
    RELIEF = "RELIEF", N_("个别照顾对象")
    AWARD = "AWARD", N_("个别奖励对象")
    POST = "POST", N_("受聘人")
    WORK = "WORK", N_("劳务承担人")
    KIN = "KIN", N_("当事人近亲属")
    RECUSED = "RECUSED", N_("本人申请回避")
    SUBMITTER = "SUBMITTER", N_("曾提交这件事")


@dataclass(frozen=True)
class InterestedPerson:
    """Somebody with a particular interest: by account where there is one, by name in any case."""

    name: str
    capacity: Capacity
    user_id: int | None = None


@dataclass(frozen=True)
class PlannedStep:
    """A step as a request carries it from now on, whatever the policy becomes.

    ``hang_days`` is how long a notice hangs or a filed case may be called in; ``limit_days`` the desk's time.
    """

    kind: StepKind
    label: str
    desk: Desk
    limit_days: int | None
    hang_days: int | None
    papers: tuple[EvidenceKind, ...]


def plan_steps(
    procedure: Procedure, owner_units: tuple[str, ...], sector: Sector | None, policy: Policy
) -> tuple[PlannedStep, ...]:
    """Copy the steps that a case takes: one for each co-owning unit where the procedure says so."""
    return tuple(
        _planned(rule, unit, sector, policy)
        for rule in procedure
        for unit in (owner_units if rule.each_owner else owner_units[:1])
    )


def _planned(rule: StepRule, unit: str, sector: Sector | None, policy: Policy) -> PlannedStep:
    limit = policy.number(rule.limit) if rule.limit else None
    hang = policy.number(rule.days) if rule.days else None
    return PlannedStep(rule.kind, rule.label, desk_of(rule.seat, unit, sector), limit, hang, rule.papers)


def desk_of(seat: Seat, unit: str, sector: Sector | None) -> Desk:
    """Return the desk of a seat for an owner's unit; where the unit lies above the seat, the next above acts."""
    own = level_of(unit)
    if seat in _OWN:
        return Desk(SEATS[seat][own], unit)
    level, role = next(iter(SEATS[seat].items()))
    while level.depth > own.depth:
        level, role = list(Level)[level.depth - 1], ABOVE[role]
    return Desk(role, ancestor(unit, level), sector if role is Role.SECTOR_OFFICER else None)


def due_on(step_kind: StepKind, limit_days: int | None, hang_days: int | None, on: date, policy: Policy) -> date | None:
    """Return until when a step that is reached on a day should be done, or a filed case may be called in."""
    days = hang_days if step_kind is StepKind.FILING else limit_days
    return None if days is None else end_of_term(on, days, NoticeDays.CALENDAR, policy.calendar)


def check_papers(needed: Iterable[EvidenceKind], present: Iterable[EvidenceKind]) -> None:
    """Raise PaperMissing, naming them, unless every paper a step needs is there."""
    missing = sorted(set(needed) - set(present))
    if missing:
        raise PaperMissing(papers="、".join(kind.label for kind in missing))


def check_delegation(valid_from: date, valid_to: date, on: date, policy: Policy) -> None:
    """Raise unless a delegation begins today or later and lasts no longer than the policy lets it."""
    if valid_from < on or valid_to < valid_from:
        raise DelegationBackwards(field="valid_to")
    most = policy.number(Parameter.DELEGATION_DAYS)
    if (valid_to - valid_from).days + 1 > most:
        raise DelegationTooLong(field="valid_to", days=most)


@dataclass(frozen=True)
class AppraisalFacts:
    """What a report of appraisal says."""

    agency: str
    report_no: str
    appraisers: tuple[str, ...]
    value_fen: int
    appraised_on: date


def valid_until(appraised_on: date, policy: Policy) -> date:
    """Return the last day on which a report may be used."""
    return add_months(appraised_on, policy.number(Parameter.APPRAISAL_MONTHS))


def check_appraisal(facts: AppraisalFacts, on: date, policy: Policy) -> None:
    """Raise unless two appraisers signed and the report is still valid."""
    if len(facts.appraisers) < LEAST_APPRAISERS:
        raise AppraisalTooFew(field="appraisers")
    until = valid_until(facts.appraised_on, policy)
    if not facts.appraised_on <= on <= until:
        raise AppraisalExpired(field="appraised_on", until=until)
