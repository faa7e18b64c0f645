"""Under which names households and persons stand on sheets and boards, whoever asks: who sees the plan sees them."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from registry.bulk import chunks
from registry.database import db
from registry.parties.households.models import Household, Person
from registry.parties.models import Party


@dataclass(frozen=True)
class Named:
    """Under which name a household stands on a sheet."""

    name: str
    group: str = ""


def names_by_key(keys: Collection[str]) -> dict[str, Named]:
    """Return the names of households and persons, each by table and number."""
    found: dict[str, Named] = {}
    for some in chunks(_numbers(keys, "household")):
        rows = select(Household.id, Party.name, Household.group_name).join(Party, Party.id == Household.party_id)
        for key, name, group in db.session.execute(rows.where(Household.id.in_(some))):
            found[f"household/{key}"] = Named(name, group)
    for some in chunks(_numbers(keys, "person")):
        people = select(Person.id, Person.name).where(Person.id.in_(some))
        found |= {f"person/{key}": Named(name) for key, name in db.session.execute(people)}
    return found


def _numbers(keys: Collection[str], table: str) -> list[int]:
    return sorted(int(key.partition("/")[2]) for key in keys if key.startswith(f"{table}/"))
