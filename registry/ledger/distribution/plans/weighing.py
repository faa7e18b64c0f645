"""From the roll to what a use is split by: shares, heads, need factors, months of entitlement, holder or heir. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from registry.ledger.distribution.plans.months import month_number
from registry.ledger.distribution.plans.shares import Beneficiary, Entitlement
from registry.ledger.distribution.rolls.rules import ASSISTED, MONITORED, BeneficiaryClass, RollEntry
from registry.text import N_, Labelled


class Factor(Labelled):
    """What need is weighed by (因素法): how much of it a household has is counted from the roll."""

    HOUSEHOLD = "HOUSEHOLD", N_("每户")
    PERSON = "PERSON", N_("每人")
    NOT_ABLE = "NOT_ABLE", N_("每个无劳动能力的人")
    NO_LABOUR = "NO_LABOUR", N_("全户没有劳动力")
    MONITORED = "MONITORED", N_("监测对象")
    LOW_INCOME = "LOW_INCOME", N_("低保")
    EXTREME_POVERTY = "EXTREME_POVERTY", N_("特困")


_C = BeneficiaryClass
_COUNTED: dict[Factor, Callable[[RollEntry], int]] = {
    Factor.HOUSEHOLD: lambda _one: 1,
    Factor.PERSON: lambda one: one.size,
    Factor.NOT_ABLE: lambda one: one.size - one.labour,
    Factor.NO_LABOUR: lambda one: int(not one.labour),
    Factor.MONITORED: lambda one: int(bool(MONITORED.intersection(one.classes))),
    Factor.LOW_INCOME: lambda one: int(_C.LOW_INCOME in one.classes),
    Factor.EXTREME_POVERTY: lambda one: int(_C.EXTREME_POVERTY in one.classes),
}
#: The roll of each year of a plan's period.
Rolls = Mapping[int, Sequence[RollEntry]]


def beneficiaries(
    rolls: Rolls, classes: frozenset[BeneficiaryClass], entitlement: Entitlement, *, by_shares: bool = False
) -> list[Beneficiary]:
    """Return the households a use is split among, weighed as the newest roll of the period shows them.

    ``classes`` keep those entitled as one of them in a month of the period; none: everybody on the roll, and for
    assistance everybody who is entitled to any. ``by_shares`` also takes in the households that were no more when the
    period began: their heirs hold shares, but they have neither heads nor needs.
    """
    newest: dict[int, RollEntry] = {}
    for year in sorted(rolls):
        newest.update({entry.household_id: entry for entry in rolls[year]})
    wanted = wanted_of(classes, entitlement)
    spells = _spells(rolls, wanted)
    here = {one.household_id for entries in rolls.values() for one in entries if one.months or one.ended_on is None}
    return [
        _beneficiary(entry, entitlement, spells.get(key, ()))
        for key, entry in sorted(newest.items())
        if (key in spells or not wanted) and (by_shares or key in here)
    ]


def wanted_of(classes: frozenset[BeneficiaryClass], entitlement: Entitlement) -> frozenset[BeneficiaryClass]:
    """Return the classes whose months count: those named; for assistance that names none, all that are assisted."""
    return classes or (ASSISTED if entitlement is Entitlement.ASSISTANCE else frozenset())


def _beneficiary(entry: RollEntry, entitlement: Entitlement, spells: tuple[tuple[str, str], ...]) -> Beneficiary:
    is_member = entitlement is Entitlement.MEMBER
    return Beneficiary(
        id=entry.household_id,
        shares=entry.share_hundredths if is_member else entry.assistance_hundredths,
        heads=entry.members if is_member else entry.size,
        factors=tuple((factor.value, count) for factor, ask in _COUNTED.items() if (count := ask(entry)) > 0),
        spells=spells,
        payee=payee_of(entry),
    )


def payee_of(entry: RollEntry) -> str:
    """Return who is paid in place of a household that is no more, by table and number; empty while it stands."""
    if entry.ended_on is None:
        return ""
    if entry.successor_id is not None:
        return f"household/{entry.successor_id}"
    return f"person/{entry.heir_id}" if entry.heir_id is not None else ""


def _spells(rolls: Rolls, classes: frozenset[BeneficiaryClass]) -> dict[int, tuple[tuple[str, str], ...]]:
    """Return the spells in which each household was entitled as one of the classes."""
    months: dict[int, list[str]] = defaultdict(list)
    for year in sorted(rolls):
        for entry in rolls[year]:
            held = entry.entitled_months(classes)
            if held:
                months[entry.household_id] += [f"{year:04d}-{month:02d}" for month in sorted(held)]
    return {key: joined(found) for key, found in months.items()}


def joined(months: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Join months into spells from the first to the last."""
    found: list[tuple[str, str]] = []
    for month in months:
        if found and month_number(month) == month_number(found[-1][1]) + 1:
            found[-1] = (found[-1][0], month)
        else:
            found.append((month, month))
    return tuple(found)
