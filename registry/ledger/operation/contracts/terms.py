"""What a contract says, and what follows from it: rhythm, price and everything that becomes due. Pure."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from registry.assets.register.categories import OperatingMode
from registry.kinds import Category, OwnerKind
from registry.ledger.operation.contracts.kinds import OWN, AwardWay, OfficerKind, ShareBasis
from registry.ledger.operation.dues.plan import (
    Period,
    PlannedDue,
    Price,
    Rhythm,
    months_between,
    plan_dues,
    plan_unstated,
)
from registry.ledger.operation.kinds import DueKind, Frequency, RentKind


@dataclass(frozen=True)
class Officer:
    """Somebody behind the operator, or kin of one: in which post, or kin of whom."""

    name: str
    kind: OfficerKind
    post: str = ""
    kin_of: str = ""


@dataclass(frozen=True)
class OperatorFacts:
    """Who operates: name and kind, the code where there is one, whether a member of the collective."""

    kind: OwnerKind
    name: str
    credit_code: str = ""
    is_member: bool = False


@dataclass(frozen=True)
class HandledAsset:
    """What the rules know of an asset in a contract; ``yearly_loss_fen`` is what it loses in value a year."""

    id: int
    name: str
    region_code: str
    category: Category
    is_confirmed: bool
    weight: int
    yearly_loss_fen: int
    holders: dict[int, int]


@dataclass(frozen=True)
class Rent:
    """What is paid and when: fen a year, percent of the result, rise, rhythm."""

    kind: RentKind
    yearly_fen: int = 0
    frequency: Frequency = Frequency.YEARLY
    in_advance: bool = True
    by_calendar: bool = False
    days_to_pay: int = 0
    prepaid_months: int = 0
    rise_bp: int = 0
    rise_years: int = 1
    share_bp: int = 0
    share_basis: ShareBasis | None = None
    deposit_fen: int = 0
    principal_fen: int = 0
    principal_due_on: date | None = None


@dataclass(frozen=True)
class Clauses:
    """What the paper says in words."""

    plan: str = ""
    duties: str = ""
    risk_control: str = ""
    default_terms: str = ""
    exit_terms: str = ""
    late_terms: str = ""


@dataclass(frozen=True)
class Legacy:
    """A contract older than its entry: when it was signed, from when dues are planned, what was owed until then."""

    signed_on: date
    planned_from: date
    arrears_fen: int = 0


@dataclass(frozen=True)
class Terms:
    """A contract, or the plan by which owners run assets themselves, as it is drafted.

    ``shares`` are the owners' shares in basis points by party; none means by what they hold of the assets.
    """

    name: str
    mode: OperatingMode
    starts_on: date
    ends_on: date
    rent: Rent
    award: AwardWay
    operator: OperatorFacts | None = None
    responsible: str = ""
    paper_number: str = ""
    is_written: bool = True
    award_note: str = ""
    appraised_fen: int | None = None
    floor_reason: str = ""
    clauses: Clauses = field(default=Clauses())
    officers: tuple[Officer, ...] = ()
    shares: tuple[tuple[int, int], ...] = ()
    legacy: Legacy | None = None

    @property
    def is_own(self) -> bool:
        """Whether the owners run the assets themselves."""
        return self.mode in OWN

    @property
    def months(self) -> int:
        """How many months the term takes, a month begun counting whole."""
        return months_between(self.starts_on, self.ends_on)

    @property
    def prepaid_months(self) -> int:
        """For how many months is paid at once at the beginning."""
        once = self.rent.frequency is Frequency.ONCE and self.rent.in_advance
        return self.months if once else self.rent.prepaid_months


@dataclass(frozen=True)
class Owed:
    """One kind of due with its plan."""

    kind: DueKind
    planned: tuple[PlannedDue, ...]


def rhythm_of(rent: Rent, starts_on: date, ends_on: date) -> Rhythm:
    """Return when is paid over a term."""
    return Rhythm(
        starts_on, ends_on, rent.frequency, rent.in_advance, rent.by_calendar, rent.days_to_pay, rent.prepaid_months
    )


def price_of(rent: Rent) -> Price:
    """Return what a year costs, and how it rises."""
    return Price(rent.yearly_fen, rent.rise_bp, rent.rise_years)


def dues_of(rent: Rent, starts_on: date, ends_on: date) -> tuple[Owed, ...]:
    """Return everything that becomes due over a term: rent or return, shares to be stated, deposit, principal."""
    rhythm, found = rhythm_of(rent, starts_on, ends_on), []
    if rent.kind is RentKind.FIXED:
        found.append(Owed(DueKind.RENT, tuple(plan_dues(rhythm, price_of(rent)))))
    if rent.kind is RentKind.GUARANTEED:
        found.append(Owed(DueKind.GUARANTEED_RETURN, tuple(plan_dues(rhythm, price_of(rent)))))
    if rent.share_bp and rent.kind is not RentKind.FIXED:
        # A result is known only when its period is over.
        after = replace(rhythm, in_advance=False, prepaid_months=0)
        found.append(Owed(DueKind.SHARE, tuple(plan_unstated(after))))
    if rent.deposit_fen:
        found.append(_once(DueKind.DEPOSIT, starts_on, ends_on, starts_on, rent.deposit_fen))
    if rent.principal_fen and rent.principal_due_on:
        found.append(_once(DueKind.PRINCIPAL, starts_on, ends_on, rent.principal_due_on, rent.principal_fen))
    return tuple(found)


def _once(kind: DueKind, first: date, last: date, due_on: date, amount_fen: int) -> Owed:
    return Owed(kind, (PlannedDue(Period(first, last, due_on), amount_fen),))


def from_day(owed: tuple[Owed, ...], day: date) -> tuple[Owed, ...]:
    """Return what falls due in periods that begin on or after a day; the deposit was given at the beginning."""
    return tuple(
        replace(one, planned=tuple(row for row in one.planned if _is_later(one.kind, row, day)))
        for one in owed
        if one.kind is not DueKind.DEPOSIT
    )


def _is_later(kind: DueKind, row: PlannedDue, day: date) -> bool:
    return (row.period.due_on if kind is DueKind.PRINCIPAL else row.period.first) >= day


def arrears_due(starts_on: date, planned_from: date, amount_fen: int) -> PlannedDue:
    """Return what was owed when a contract of the past was entered, as one due that is late."""
    last = planned_from - timedelta(days=1)
    return PlannedDue(Period(min(starts_on, last), last, last), amount_fen)


def period_rent_fen(rent: Rent, starts_on: date, ends_on: date) -> int:
    """Return what the first whole period costs: a deposit is measured by it."""
    first = plan_dues(replace(rhythm_of(rent, starts_on, ends_on), by_calendar=False), price_of(rent))[0]
    return min(first.amount_fen or 0, rent.yearly_fen)


def broken_off(rent: Rent, starts_on: date, ended_on: date) -> list[PlannedDue]:
    """Return what is owed for fixed money when a contract ends early: whole periods, and the last by its days."""
    return plan_dues(rhythm_of(rent, starts_on, ended_on), price_of(rent))


def default_shares(assets: tuple[HandledAsset, ...]) -> dict[int, int]:
    """Return how much of everything each owner holds, by weight; not yet scaled to a whole."""
    found: dict[int, int] = {}
    for asset in assets:
        for party_id, share_bp in asset.holders.items():
            found[party_id] = found.get(party_id, 0) + asset.weight * share_bp
    return found


def floor_fen(assets: tuple[HandledAsset, ...], appraised_fen: int | None) -> int:
    """Return below which a year's rent is low: the appraised rent, or what the assets lose in value."""
    return max(appraised_fen or 0, sum(asset.yearly_loss_fen for asset in assets))


def rate_bp(rent: Rent) -> int:
    """Return what principal yields a year, in basis points, rounded down."""
    return rent.yearly_fen * 10_000 // rent.principal_fen if rent.principal_fen else 0
