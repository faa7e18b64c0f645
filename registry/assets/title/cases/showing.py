"""What the pages of a case say: its badge, the units it may be opened for, the units of its holders."""

from collections.abc import Iterable, Sequence

from registry.assets.register.lookup.rows import Badge
from registry.assets.title.rules import CaseStatus
from registry.permissions import Actor, Permission, may
from registry.places.queries import list_below, list_units_to_enter, names_of
from registry.regions import Level, ancestor, level_of

BADGES: dict[CaseStatus, Badge] = {
    CaseStatus.DRAFT: Badge(CaseStatus.DRAFT.label, "plain"),
    CaseStatus.SUBMITTED: Badge(CaseStatus.SUBMITTED.label, "blue"),
    CaseStatus.SENT_BACK: Badge(CaseStatus.SENT_BACK.label, "orange"),
    CaseStatus.APPROVED: Badge(CaseStatus.APPROVED.label, "blue", "check-lg"),
    CaseStatus.DONE: Badge(CaseStatus.DONE.label, "green", "check-lg"),
    CaseStatus.REJECTED: Badge(CaseStatus.REJECTED.label, "red"),
    CaseStatus.WITHDRAWN: Badge(CaseStatus.WITHDRAWN.label, "muted"),
}


def badge_of(status: str) -> Badge:
    """Return the state of a case in words and colour."""
    return BADGES[CaseStatus(status)]


def units_of_owners(region_code: str, actor: Actor, held_in: Iterable[str]) -> list[tuple[str, str]]:
    """Return the units a holder may belong to: the case's own first, where holders are, the township or the county."""
    county, township = (ancestor(region_code, level) for level in (Level.COUNTY, Level.TOWNSHIP))
    wide = may(actor, Permission.TITLE_ENTER, county) or level_of(region_code) is Level.COUNTY
    above = [] if wide else [unit for unit in list_below(county) if unit.region_code == county]
    found = {unit.region_code: unit.short for unit in (*above, *list_below(county if wide else township))}
    names = {**names_of({region_code, *held_in}), **found}
    return [(code, names[code]) for code in dict.fromkeys([region_code, *held_in, *found]) if code in names]


def units_to_start(actor: Actor) -> Sequence[tuple[str, str]]:
    """Return the units for which the actor may open a case."""
    return list_units_to_enter(actor, Permission.TITLE_ENTER)
