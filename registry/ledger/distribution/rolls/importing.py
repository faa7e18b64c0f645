"""Bringing in a village's households: all of them, or none and every wrong line told; and the blank sheet for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from registry.assets.register.reading.cells import Sheet
from registry.assets.register.sheets.workbooks import read_pasted, read_workbook
from registry.audit.actions import Action
from registry.audit.events import Thing
from registry.audit.services import record
from registry.database import db
from registry.errors import RegistryError
from registry.ledger.distribution.rolls.enrolling import Enrolment, check_enrolment
from registry.ledger.distribution.rolls.rules import RELIEF, STANDING, BeneficiaryClass
from registry.ledger.distribution.rolls.services import enter_households
from registry.ledger.distribution.rolls.sheet_words import COLUMNS
from registry.ledger.distribution.rolls.sheets import Reading, RowProblem, read_sheet
from registry.parties.households.queries import find_known
from registry.parties.households.refusals import SameNumber
from registry.parties.households.rules import Labour, Relation, refuse_known
from registry.permissions import Actor
from registry.policy.rules import Policy
from registry.spreadsheet import SheetColumn, WorkSheet, write_xlsx
from registry.text import N_

#: How many households one event of the trail tells of.
AT_ONCE = 500
FILE_NAME = N_("受益农户名册模板.xlsx")


@dataclass(frozen=True)
class Roster:
    """What was handed in: a file or pasted cells, for which village, recognised when and on what basis."""

    region_code: str
    basis: str
    recognised_on: date | None
    data: bytes = b""
    file_name: str = ""
    pasted: str = ""

    def sheet(self) -> Sheet:
        """Open it within the limits of every import. Raises SheetRefused."""
        return read_pasted(self.pasted) if self.pasted else read_workbook(self.data, self.file_name)[0]


def check_roster(roster: Roster, on: date) -> Reading:
    """Read a sheet and check every household, also against those that are registered already."""
    reading = read_sheet(roster.sheet(), roster.region_code, roster.recognised_on, roster.basis)
    numbers = [one.resident_id for _, made in reading.households for one in made.household.persons if one.resident_id]
    known = find_known(numbers, roster.region_code)
    seen: set[str] = set()
    for row, made in reading.households:
        problem = _problem(made, on) or _twice(made, seen)
        for person in made.household.persons:
            if person.resident_id in known:
                problem = refuse_known(person.name, known[person.resident_id], roster.region_code)
        if problem is not None:
            reading.problems.append(RowProblem(row, problem))
    reading.problems.sort(key=lambda one: one.row)
    return reading


def _problem(made: Enrolment, on: date) -> RegistryError | None:
    try:
        check_enrolment(made, on)
    except RegistryError as error:
        return error
    return None


def _twice(made: Enrolment, seen: set[str]) -> RegistryError | None:
    for person in made.household.persons:
        if person.resident_id and person.resident_id in seen:
            return SameNumber(name=person.name)
        seen.add(person.resident_id)
    return None


def import_households(made: Sequence[Enrolment], *, by: Actor, on: date, policy: Policy) -> int:
    """Enter every household of a checked sheet, one event for so many; each waits for its second person."""
    region = made[0].household.region_code
    for start in range(0, len(made), AT_ONCE):
        some = made[start : start + AT_ONCE]
        enter_households(some, by=by, on=on, policy=policy)
        record(
            Action.HOUSEHOLDS_IMPORTED, Thing("region", region, region), by=by, reason=made[0].basis,
            facts={"rows": len(some)},
        )  # fmt: skip
        db.session.expunge_all()
    return len(made)


def template() -> bytes:
    """Return the blank sheet, with the choices of each column."""
    offered = {
        "relation": tuple(one.label for one in Relation),
        "labour": tuple(one.label for one in Labour),
        "is_member": ("是", "否"),
        "is_cadre": ("是", "否"),
        "standing": tuple(one.label for one in BeneficiaryClass if one in STANDING),
        "relief": tuple(one.label for one in BeneficiaryClass if one in RELIEF),
    }
    columns = tuple(SheetColumn(names[0], width=18, choices=offered.get(key, ())) for key, names in COLUMNS.items())
    out = BytesIO()
    write_xlsx([WorkSheet(N_("农户名册"), columns, ())], out)
    return out.getvalue()
