"""The units of the demo county and the holders of its assets, with valid but invented codes."""

from functools import cache
from typing import NamedTuple

from registry.assets.register.registration import WHOLE_BP, OwnerFact
from registry.codes import credit_check, is_resident_id, organisation_check
from registry.demo.tables import labelled, read, split
from registry.kinds import OwnerKind
from registry.permissions import Role
from registry.regions import Level, ancestor, level_of

#: The kind of the holder that stands for a unit itself, by the unit's level.
_OWN_KIND = {
    Level.VILLAGE: OwnerKind.VILLAGE_COLLECTIVE,
    Level.TOWNSHIP: OwnerKind.TOWNSHIP,
    Level.COUNTY: OwnerKind.STATE,
}
#: How the organisation code begins, by the first character of the credit code.
_BODY = {"1": "00", "9": "MA", "N": "MF"}
#: Who enters, who confirms and who is the level above, by the unit's level.
CLERKS = {
    Level.VILLAGE: Role.VILLAGE_CLERK,
    Level.TOWNSHIP: Role.TOWNSHIP_CLERK,
    Level.COUNTY: Role.COUNTY_CLERK,
}
SECONDS = {
    Level.VILLAGE: (Role.VILLAGE_HEAD, Role.TOWNSHIP_CLERK),
    Level.TOWNSHIP: (Role.TOWNSHIP_SUPERVISOR,),
    Level.COUNTY: (Role.COUNTY_AGRICULTURE,),
}
ABOVE = {
    Level.VILLAGE: Role.TOWNSHIP_SUPERVISOR,
    Level.TOWNSHIP: Role.COUNTY_AGRICULTURE,
    Level.COUNTY: Role.MUNICIPAL_SUPERVISOR,
}


class UnitRow(NamedTuple):
    """A unit: the holder that stands for it, its groups, who cares for its assets, where it lies."""

    name: str
    code: str
    owner: str
    credit_prefix: str
    serial: str
    groups: str
    custodian: str
    longitude: str
    latitude: str
    basis: str

    @property
    def level(self) -> Level:
        return level_of(self.code)


class HolderRow(NamedTuple):
    """A holder that is not a unit's own: department, company, cooperative, group."""

    key: str
    name: str
    kind: str
    credit_prefix: str
    serial: str
    unit: str


@cache
def units() -> dict[str, UnitRow]:
    """Return the units by name."""
    return {row.name: row for row in read("units", UnitRow)}


@cache
def units_by_code() -> dict[str, UnitRow]:
    """Return the units by code."""
    return {row.code: row for row in units().values()}


@cache
def holders() -> dict[str, HolderRow]:
    """Return the other holders by their short name."""
    return {row.key: row for row in read("holders", HolderRow)}


def above(unit: UnitRow, level: Level) -> UnitRow:
    """Return the unit of a level that contains this one."""
    return units_by_code()[ancestor(unit.code, level)]


def credit_code(prefix: str, serial: str) -> str:
    """Compose a credit code that passes its checks: eight characters of class and region, and a serial."""
    body = _BODY[prefix[0]] + serial
    first17 = prefix + body + organisation_check(body)
    return first17 + credit_check(first17)


def credit_code_of(name: str) -> str:
    """Return the credit code of a holder by its full name, empty if it is not one of ours."""
    return next((credit_code(row.credit_prefix, row.serial) for row in holders().values() if row.name == name), "")


def resident_id(number: int) -> str:
    """Compose an identity number that passes its check and belongs to nobody alive: the birth year is before 1910."""
    year, day = 1900 + number % 10, 1 + number * 7 % 28
    body = f"500240{year}{1 + number % 12:02d}{day:02d}{number % 1000:03d}"
    return next(body + check for check in "0123456789X" if is_resident_id(body + check))


def owners_of(cell: str, unit: UnitRow) -> tuple[OwnerFact, ...]:
    """Read the owners of an asset: nothing for the unit's own holder, else short names, with percentages if several."""
    entries = split(cell) or [unit.name]
    return tuple(_owner(*entry.split(" ")) for entry in entries)


def _owner(key: str, percentage: str = "100") -> OwnerFact:
    share_bp = int(percentage) * WHOLE_BP // 100
    if key in units():
        unit = units()[key]
        code = credit_code(unit.credit_prefix, unit.serial)
        return OwnerFact(_OWN_KIND[unit.level], unit.owner, share_bp, unit.code, code)
    row = holders()[key]
    code = credit_code(row.credit_prefix, row.serial)
    return OwnerFact(labelled(OwnerKind, row.kind), row.name, share_bp, units()[row.unit].code, code)
