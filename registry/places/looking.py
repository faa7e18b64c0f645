"""Looking for units by name or code, for forms of people who have more units than a list can hold."""

from collections.abc import Iterable
from itertools import islice

from sqlalchemy import select

from registry.database import db
from registry.permissions import Actor, Permission, may
from registry.places.forms import LookForm
from registry.places.models import Region
from registry.places.queries import full_names, home_of
from registry.places.rules import NothingSought, UnitUnknown, is_meant, short_name
from registry.regions import Level, is_code, level_of, lineage
from registry.scope import within

MOST_FOUND = 30


def has_to_look(actor: Actor, permission: Permission) -> bool:
    """Say whether somebody has a whole municipality to choose from, of which only the counties are listed."""
    return level_of(home_of(actor, permission)) is Level.MUNICIPALITY


def find_units(text: str, actor: Actor, permission: Permission) -> list[tuple[str, str]]:
    """Return code and full name of standing units in reach that a text means, a screenful at most."""
    rows = select(Region.region_code, Region.name).where(Region.ended_on.is_(None), within(Region, actor, permission))
    short = {code: short_name(name) for code, name in db.session.execute(rows.order_by(Region.region_code))}
    full = ((code, "".join(short.get(one, "") for one in lineage(code)[1:] or [code])) for code in short)
    return list(islice(((code, name) for code, name in full if is_meant(text, code, name)), MOST_FOUND))


def look_up(form: LookForm, actor: Actor, permission: Permission) -> list[tuple[str, str]]:
    """Return the units that a form looks for, none unless it does; one that names or finds none is refused."""
    found: list[tuple[str, str]] = []
    if form.looks:
        with form.guard():
            if not form.sought:
                raise NothingSought(field="find")
            found = find_units(form.sought, actor, permission)
            if not found:
                raise UnitUnknown(field="find", text=form.sought)
            form.find.data = ""
    return found


def still_offered(codes: Iterable[str], actor: Actor, permission: Permission) -> list[tuple[str, str]]:
    """Return units that were chosen before, as far as they are in reach, to be offered again."""
    return [*full_names([code for code in codes if is_code(code) and may(actor, permission, code)]).items()]
