"""What the pages of a case say: badges, neighbours of a page, the steps of its request."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.states import StepStatus
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


@dataclass(frozen=True)
class StepShown:
    """One step of a request: what it is, and how far it has come."""

    label: str
    desk: str
    status: str
    tone: str


_TONES = {StepStatus.DONE: "green", StepStatus.CURRENT: "blue", StepStatus.CALLED_IN: "orange"}


def steps_of(request: ApprovalRequest | None) -> list[StepShown]:
    """Return the steps of a request as the page of its case shows them."""
    rows = request.steps if request is not None else []
    return [
        StepShown(
            gettext(row.label), gettext(row.desk.role.label), gettext(row.state.label), _TONES.get(row.state, "plain")
        )
        for row in rows
    ]


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
