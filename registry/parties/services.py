"""Registering holders of assets."""

from collections.abc import Sequence
from uuid import uuid4

from registry.audit.actions import Action
from registry.audit.revealing import check_reveals_left
from registry.audit.services import record
from registry.bulk import add_many
from registry.database import db
from registry.errors import Missing
from registry.parties.models import Party
from registry.parties.queries import find_households, find_party, get_party, unsealed
from registry.parties.rules import PartyFacts, PersonalData, check_party
from registry.permissions import Actor, Permission
from registry.sealing import blind_index, seal


def ensure_party(facts: PartyFacts) -> Party:
    """Return the holder meant, adding it if new; the caller's record() carries the row."""
    check_party(facts)
    found = find_party(facts.kind, facts.name.strip(), facts.region_code, facts.credit_code, facts.resident_id)
    if found is not None:
        return found
    party = _row(facts)
    db.session.add(party)
    db.session.flush()
    return party


def _row(facts: PartyFacts) -> Party:
    uid = uuid4().hex
    return Party(
        uid=uid, kind=facts.kind.value, name=facts.name.strip(), region_code=facts.region_code,
        credit_code=facts.credit_code,
        resident_id=_sealed(uid, "resident_id", facts.resident_id),
        resident_index=blind_index(facts.resident_id) if facts.resident_id else "",
        phone=_sealed(uid, "phone", facts.phone),
    )  # fmt: skip


def household_parties(many: Sequence[PartyFacts]) -> list[Party]:
    """Return the holders that households are: those that own assets here already, else new ones.

    A holder of the same number in another unit is another row: rows are seen by unit. The caller's own record()
    carries the rows.
    """
    known = find_households([one.resident_id for one in many])
    parties = []
    for facts in many:
        check_party(facts)
        found = known.get((facts.region_code, facts.resident_id))
        if found is not None:
            replace_personal(found, facts.name, facts.resident_id, facts.phone)
        parties.append(found or _row(facts))
    db.session.flush()
    add_many([one for one in parties if one.id is None])
    return parties


def add_party(facts: PartyFacts, *, by: Actor) -> Party:
    """Register a holder as a deed of its own."""
    party = ensure_party(facts)
    record(Action.PARTY_ADDED, party, by=by)
    return party


def rename_party(party: Party, name: str, credit_code: str, *, by: Actor) -> None:
    """Give a holder the name it bears from now on, and its new code if it has one; it stays the same holder."""
    check_party(PartyFacts(party.owner_kind, name, party.region_code, credit_code))
    party.name, party.credit_code = name.strip(), credit_code or party.credit_code
    record(Action.PARTY_CHANGED, party, by=by)


def replace_personal(party: Party, name: str, resident_id: str, phone: str) -> None:
    """Let a household bear its head's name and number, and a telephone number; an empty one keeps what is known.

    The caller's own record() carries the row.
    """
    party.name = name.strip()
    if resident_id:
        party.resident_id = _sealed(party.uid, "resident_id", resident_id)
        party.resident_index = blind_index(resident_id)
    if phone:
        party.phone = _sealed(party.uid, "phone", phone)


def reveal(party_id: int, *, reason: str, by: Actor) -> PersonalData:
    """Show a holder's personal data whole, once, to a person who says why. Raises Missing, TooManyReveals."""
    party = get_party(party_id, by, Permission.REVEAL_PERSONAL)
    check_reveals_left(by)
    data = unsealed(party)
    shown = [name for name in ("resident_id", "phone") if getattr(data, name)]
    if not shown:
        raise Missing
    record(Action.REVEALED, party, by=by, reason=reason, facts={"revealed": [*shown]})
    return data


def _sealed(uid: str, column: str, plain: str) -> str:
    return seal(plain, table="party", row=uid, column=column) if plain else ""
