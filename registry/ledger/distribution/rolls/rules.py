"""Who is entitled in which month: classes, when a change takes effect, what follows a death or a move. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from registry.parties.households.rules import Ending, Parting, Payee, payee_of
from registry.policy.calendar import add_months
from registry.text import N_, Labelled

MONTHS = range(1, 13)
WHOLE_BP = 10_000


class BeneficiaryClass(Labelled):
    """As what a household, or a person of it, is entitled (domain rules, section 6.5)."""

    LIFTED = "LIFTED", N_("脱贫户（稳定）")
    UNSTABLE = "UNSTABLE", N_("监测对象：脱贫不稳定户")
    EDGE = "EDGE", N_("监测对象：边缘易致贫户")
    SUDDEN = "SUDDEN", N_("监测对象：突发严重困难户")
    LOW_INCOME = "LOW_INCOME", N_("低保")
    EXTREME_POVERTY = "EXTREME_POVERTY", N_("特困")
    ORDINARY = "ORDINARY", N_("其他农户")
    MEMBER = "MEMBER", N_("集体成员")


_C = BeneficiaryClass
MONITORED = frozenset({_C.UNSTABLE, _C.EDGE, _C.SUDDEN})
#: A household stands in exactly one of these at a time; a new one ends the one before.
STANDING = MONITORED | {_C.LIFTED, _C.ORDINARY}
#: Civil affairs grants these on top, to the household or to one person of it.
RELIEF = frozenset({_C.LOW_INCOME, _C.EXTREME_POVERTY})
#: Whose entitlement is looked at again every year.
ASSISTED = MONITORED | RELIEF | {_C.LIFTED}
#: Held by persons only.
OF_PERSON = frozenset({_C.MEMBER})


@dataclass(frozen=True)
class Held:
    """A class held from a day to a day, the last not included; a person's if ``person_id`` says whose."""

    beneficiary_class: BeneficiaryClass
    valid_from: date
    valid_to: date | None = None
    person_id: int | None = None

    def holds_on(self, day: date) -> bool:
        """Say whether the class is held on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def effective_from(event_on: date, delay_months: int) -> date:
    """Return the first day on which a change is felt: the first of the month so many months after the event."""
    return add_months(event_on.replace(day=1), delay_months)


def entitled_months(
    statuses: Iterable[Held], deaths: Iterable[date], moves: Iterable[date], year: int, *, delay_months: int = 1
) -> frozenset[int]:
    """Return the months of a year in which a beneficiary is entitled.

    A month counts if a status holds on its first day. From the month after a death or a move nothing is due any more
    (删除、死亡的从次月起停发); months before it stay earned.
    """
    held = tuple(statuses)
    stops = [effective_from(day, delay_months) for day in (*deaths, *moves)]
    end = min(stops, default=date.max)
    firsts = {month: date(year, month, 1) for month in MONTHS}
    return frozenset(
        month for month, first in firsts.items() if first < end and any(one.holds_on(first) for one in held)
    )


def classes_on(statuses: Iterable[Held], day: date) -> tuple[BeneficiaryClass, ...]:
    """Return the classes held on a day, in the order in which the rules name them."""
    held = {one.beneficiary_class for one in statuses if one.holds_on(day)}
    return tuple(one for one in BeneficiaryClass if one in held)


@dataclass(frozen=True)
class RollPerson:
    """A person on the roll: name, relation, shares on the day; and, of one who died, who the heir is."""

    person_id: int
    name: str
    relation: str
    labour: str
    is_member: bool
    share_hundredths: int
    assistance_hundredths: int
    died_on: date | None = None
    heir_id: int | None = None


@dataclass(frozen=True)
class RollEntry:
    """A household on the roll of a day, with what a plan weighs by; personal data masked.

    ``months`` are the entitled months of the day's year, by class. ``size`` counts people present on the day,
    ``labour`` those who can work. Shares are hundredths. ``heir_id`` and ``successor_id`` say who is paid in place of
    a household that is no more.
    """

    household_id: int
    party_id: int
    region_code: str
    sort_key: str
    group_name: str
    head_name: str
    masked_id: str
    classes: tuple[BeneficiaryClass, ...]
    size: int
    members: int
    labour: int
    share_hundredths: int
    assistance_hundredths: int
    months: tuple[tuple[BeneficiaryClass, frozenset[int]], ...]
    bank_known: bool
    is_cadre: bool
    persons: tuple[RollPerson, ...] = ()
    ended_on: date | None = None
    parting: str = ""
    successor_id: int | None = None
    heir_id: int | None = None

    @property
    def payee(self) -> Payee:
        """Who is paid the months the household has earned."""
        parting = Parting(self.parting) if self.parting else None
        return payee_of(Ending(self.household_id, self.ended_on, parting, self.successor_id, self.heir_id))

    def entitled_months(self, classes: Iterable[BeneficiaryClass]) -> frozenset[int]:
        """Return the months of the year in which one of these classes entitled the household."""
        wanted = frozenset(classes)
        return frozenset(month for one, months in self.months if one in wanted for month in months)


@dataclass(frozen=True)
class RollSnapshot:
    """The roll of a year as one canonical text, for a plan to freeze, and the digest it is named by."""

    region_code: str
    year: int
    text: str
    digest: str
    entries: tuple[RollEntry, ...]


def review_reminds_on(year: int, due: date, alert_bp: int) -> date:
    """Return the day from which the yearly review is asked for: once so much of the time until it is due has passed."""
    first = date(year, 1, 1)
    return first + timedelta(days=(due - first).days * alert_bp // WHOLE_BP)
