"""Registering households, and what happens to people and shares; the deed that causes it records it."""

from dataclasses import replace
from datetime import date

from registry.approvals.requests.services import signature
from registry.audit.actions import Action
from registry.audit.revealing import check_reveals_left
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.errors import Missing
from registry.parties.households.account_queries import account_of, find_waiting_account
from registry.parties.households.founding import holding_row, person_row, shares_told
from registry.parties.households.models import Household, Person, ShareHolding, Stay
from registry.parties.households.queries import (
    get_household,
    get_person,
    number_of,
    open_holdings,
    stays_of,
    unsealed,
)
from registry.parties.households.refusals import NotWaiting, OwnEntry, WhyRefused
from registry.parties.households.rules import (
    ContactFacts,
    HouseholdData,
    HouseholdStatus,
    Parting,
    PersonFacts,
    Relation,
    ShareKind,
    check_phone,
    next_head,
)
from registry.parties.services import replace_personal
from registry.permissions import Actor, Permission


def add_person(household: Household, facts: PersonFacts, on: date, shares_from: date | None = None) -> Person:
    """Add a person to a household from a day on, with the shares they hold (from another day, if one is given)."""
    person = new_person(facts, household.region_code)
    move_in(household, person, facts.relation, on)
    for kind, hundredths in shares_told(facts):
        hold_shares(person, kind, hundredths, shares_from or on, household.basis)
    return person


def new_person(facts: PersonFacts, region_code: str) -> Person:
    """Add a person, of a household or an heir from outside."""
    person = person_row(facts, region_code)
    db.session.add(person)
    db.session.flush()
    return person


def move_in(household: Household, person: Person, relation: Relation, on: date) -> None:
    """Let a person live in a household from a day on."""
    region = household.region_code
    db.session.add(Stay(household=household, person=person, region_code=region, relation=relation.value, valid_from=on))
    db.session.flush()


def part(household: Household, person_id: int, parting: Parting, on: date, *, follow: bool = True) -> Person:
    """Let a person leave a household on a day; another head follows a head, unless all go. Raises Missing."""
    stay = next((one for one in stays_of(household, on) if one.person_id == person_id), None)
    if stay is None:
        raise Missing
    stay.valid_to, stay.parting = max(on, stay.valid_from), parting.value
    if parting is Parting.DIED:
        stay.person.died_on = on
    db.session.flush()
    if follow and stay.kinship is Relation.HEAD:
        _follow(household, on)
    return stay.person


def _follow(household: Household, on: date) -> None:
    """Let the next in order become head, and the household bear that name."""
    left = stays_of(household, on)
    chosen = next_head([(one.person_id, one.kinship) for one in left])
    for stay in left:
        if stay.person_id == chosen:
            stay.valid_to = max(on, stay.valid_from)
            move_in(household, stay.person, Relation.HEAD, on)
            replace_personal(household.party, stay.person.name, number_of(stay.person), "")


def end_household(household: Household, parting: Parting, on: date, successor_id: int | None = None) -> None:
    """Close a household; it stays readable, and what it earned is paid as ``payee_of`` says."""
    household.status, household.parting = HouseholdStatus.ENDED.value, parting.value
    household.ended_on, household.successor_id = max(on, household.formed_on), successor_id
    db.session.flush()


def pass_on_shares(person: Person, to: Person | None, on: date, basis: str, kind: ShareKind | None = None) -> None:
    """End what a person holds on a day and let another hold the same from then on; the sum stays."""
    for holding in open_holdings(person.id, kind):
        _pass_on(holding, to, holding.hundredths, on, basis)


def move_shares(person: Person, to: Person, hundredths: int, on: date, basis: str) -> None:
    """Move assistance shares to a person of another household (脱贫转股); what is kept goes on under a new row."""
    left = hundredths
    for holding in open_holdings(person.id, ShareKind.ASSISTANCE):
        moved = min(left, holding.hundredths)
        if moved:
            _pass_on(holding, to, moved, on, basis)
            left -= moved


def _pass_on(holding: ShareHolding, to: Person | None, hundredths: int, on: date, basis: str) -> None:
    holding.valid_to = max(on, holding.valid_from)
    if to is not None:
        hold_shares(to, holding.share_kind, hundredths, holding.valid_to, basis, holding.id)
    if hundredths < holding.hundredths:
        rest = holding.hundredths - hundredths
        hold_shares(holding.person, holding.share_kind, rest, holding.valid_to, holding.basis, holding.id)
    db.session.flush()


def hold_shares(
    person: Person, kind: ShareKind, hundredths: int, on: date, basis: str, origin_id: int | None = None
) -> None:
    """Let a person hold shares from a day on."""
    db.session.add(holding_row(person, kind, hundredths, on, basis, origin_id))
    db.session.flush()


def confirm_household(household: Household, *, by: Actor) -> None:
    """Confirm, as the second person, that a household is as it was entered. Raises NotWaiting, OwnEntry."""
    _check_second(household, by)
    household.status = HouseholdStatus.CONFIRMED.value
    household.confirmed_by_id, household.confirmed_by_text = by.id, signature(by)
    household.confirmed_at = now()
    record(Action.HOUSEHOLD_CONFIRMED, household, by=by)


def send_back_household(household: Household, reason: str, *, by: Actor) -> None:
    """Refuse a registration, saying why; its people may be entered anew. Raises NotWaiting, OwnEntry."""
    _check_second(household, by)
    if not reason.strip():
        raise WhyRefused(field="reason")
    household.status, household.sent_back_reason = HouseholdStatus.SENT_BACK.value, reason.strip()
    record(Action.HOUSEHOLD_SENT_BACK, household, by=by, reason=reason.strip())


def _check_second(household: Household, by: Actor) -> None:
    if household.state is not HouseholdStatus.SUBMITTED:
        raise NotWaiting
    if household.entered_by_id == by.id:
        raise OwnEntry


def change_contact(household: Household, facts: ContactFacts, reason: str, *, by: Actor) -> None:
    """Change telephone, group or whether a cadre's; an empty telephone number keeps what is known."""
    check_phone(facts.phone)
    household.group_name, household.is_cadre = facts.group_name.strip(), facts.is_cadre
    if facts.phone:
        replace_personal(household.party, household.party.name, "", facts.phone)
    record(Action.HOUSEHOLD_CHANGED, household, by=by, reason=reason.strip())


def reveal_household(household_id: int, *, reason: str, by: Actor) -> HouseholdData:
    """Show head's number, telephone and accounts whole, once, to a person who says why."""
    household = get_household(household_id, by, Permission.REVEAL_PERSONAL)
    check_reveals_left(by)
    waiting = find_waiting_account(household.id)
    data = replace(unsealed(household), new_account=account_of(waiting) if waiting else "")
    shown = [name for name in ("resident_id", "phone", "bank_account", "new_account") if getattr(data, name)]
    if not shown:
        raise Missing
    record(Action.REVEALED, household, by=by, reason=reason, facts={"revealed": [*shown]})
    return data


def reveal_person(person_id: int, *, reason: str, by: Actor) -> HouseholdData:
    """Show one person's identity number whole, once, to a person who says why."""
    person = get_person(person_id, by, Permission.REVEAL_PERSONAL)
    check_reveals_left(by)
    number = number_of(person)
    if not number:
        raise Missing
    record(Action.REVEALED, person, by=by, reason=reason, facts={"revealed": ["resident_id"]})
    return HouseholdData(number, "", "")
