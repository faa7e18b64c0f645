"""Questions about holders."""

from collections.abc import Iterable

from sqlalchemy import select

from registry.bulk import chunks
from registry.database import db
from registry.errors import Missing
from registry.kinds import OwnerKind
from registry.parties.models import Party
from registry.parties.rules import PersonalData
from registry.permissions import Actor, Permission
from registry.scope import within
from registry.sealing import blind_index, masked_id, masked_phone, unseal


def find_party(
    kind: OwnerKind, name: str, region_code: str, credit_code: str = "", resident_id: str = ""
) -> Party | None:
    """Return the holder meant by code or identity number, or by name in its unit; None if it is new."""
    rows = select(Party).where(Party.kind == kind.value)
    if credit_code:
        found = db.session.scalar(rows.where(Party.credit_code == credit_code))
        if found is not None:
            return found
    if resident_id:
        return db.session.scalar(rows.where(Party.resident_index == blind_index(resident_id)))
    return db.session.scalar(rows.where(Party.name == name, Party.region_code == region_code).limit(1))


def find_households(resident_ids: Iterable[str]) -> dict[tuple[str, str], Party]:
    """Return the households among the holders with these identity numbers, by unit and number."""
    by_index = {blind_index(number): number for number in resident_ids if number}
    found: dict[tuple[str, str], Party] = {}
    for some in chunks(sorted(by_index)):
        rows = select(Party).where(Party.kind == OwnerKind.HOUSEHOLD.value, Party.resident_index.in_(some))
        for one in db.session.scalars(rows.order_by(Party.id.desc())):
            found[one.region_code, by_index[one.resident_index]] = one
    return found


def get_party(party_id: int, actor: Actor, permission: Permission = Permission.ASSET_READ) -> Party:
    """Return a holder within the actor's reach; raises Missing."""
    party = db.session.scalar(select(Party).where(Party.id == party_id, within(Party, actor, permission)))
    if party is None:
        raise Missing
    return party


def unsealed(party: Party) -> PersonalData:
    """Return what is sealed of a holder; only for a reveal that is recorded, or to be masked at once."""
    return PersonalData(_plain(party, "resident_id", party.resident_id), _plain(party, "phone", party.phone))


def _plain(party: Party, column: str, stored: str) -> str:
    return unseal(stored, table="party", row=party.uid, column=column) if stored else ""


def masked_of(party: Party) -> PersonalData:
    """Return what any reader of the register sees of a holder's personal data."""
    data = unsealed(party)
    return PersonalData(masked_id(data.resident_id), masked_phone(data.phone))


def list_parties(actor: Actor, text: str, limit: int = 20) -> list[Party]:
    """Return holders whose name holds the text, for pickers."""
    rows = select(Party).where(within(Party, actor, Permission.ASSET_READ), Party.name.contains(text, autoescape=True))
    return list(db.session.scalars(rows.order_by(Party.region_code, Party.name).limit(limit)))


def list_parties_after(actor: Actor, text: str, after: int, limit: int) -> list[Party]:
    """Return holders within reach whose name holds the text, in order of entry, after one."""
    rows = select(Party).where(within(Party, actor, Permission.ASSET_READ), Party.id > after)
    rows = rows.where(Party.name.contains(text, autoescape=True)) if text else rows
    return list(db.session.scalars(rows.order_by(Party.id).limit(limit)))


def find_collective(region_code: str) -> Party | None:
    """Return the collective of a village or group, to offer it as the owner; the one registered last."""
    kinds = (OwnerKind.VILLAGE_COLLECTIVE.value, OwnerKind.GROUP_COLLECTIVE.value)
    rows = select(Party).where(Party.region_code == region_code, Party.kind.in_(kinds))
    return db.session.scalar(rows.order_by(Party.id.desc()).limit(1))
