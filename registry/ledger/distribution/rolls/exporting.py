"""The roll as a workbook or CSV, a line for each person, headed as the import reads it; masked unless two things hold.

Whole numbers go out only for one village, to who may see them and says what for; what went out stands in the trail.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from sqlalchemy import select

from registry.assets.register.sheets.exporting import ExportForm
from registry.audit.actions import Action
from registry.audit.canonical import JsonValue
from registry.audit.events import Thing
from registry.audit.queries import last_region_seqs
from registry.audit.revealing import check_reveals_left
from registry.audit.services import record
from registry.database import db
from registry.ledger.distribution.rolls.listing import RollFilter, page_of_roll, place_of
from registry.ledger.distribution.rolls.models import BeneficiaryStatus
from registry.ledger.distribution.rolls.refusals import OneVillage, PurposeMissing
from registry.ledger.distribution.rolls.rules import RELIEF, STANDING, RollEntry, RollPerson
from registry.ledger.distribution.rolls.sheet_words import COLUMNS
from registry.parties.households.models import Household, Person
from registry.parties.households.queries import masked_of, number_of, unsealed
from registry.parties.households.rules import Labour, Relation, shares_text
from registry.permissions import Actor, Permission
from registry.places.queries import names_of
from registry.regions import Level, code_range, level_of
from registry.sealing import masked_id
from registry.spreadsheet import Cell, SheetColumn, WorkSheet, write_csv, write_xlsx
from registry.text import N_

_AT_ONCE = 500
_WIDE = frozenset({"head_id", "resident_id", "bank_name", "bank_account"})
VILLAGE = N_("村（社区）")
HEADINGS = (
    SheetColumn(VILLAGE, width=20),
    *(SheetColumn(names[0], width=24 if key in _WIDE else 14) for key, names in COLUMNS.items()),
)


@dataclass(frozen=True)
class Wanted:
    """Which part of the roll goes out, on which day, and whether numbers stand in it whole."""

    filter: RollFilter
    on: date
    is_whole: bool = False

    @property
    def permission(self) -> Permission:
        return Permission.REVEAL_PERSONAL if self.is_whole else Permission.ASSET_EXPORT


def write_roll(wanted: Wanted, form: ExportForm, out: BinaryIO, *, by: Actor) -> int:
    """Write exactly what a filter shows of the units a person may export; returns how many households.

    Raises OneVillage.
    """
    if wanted.is_whole and level_of(wanted.filter.region_code) is not Level.VILLAGE:
        raise OneVillage
    counted: list[int] = []
    rows = _rows(wanted, by, counted)
    if form is ExportForm.CSV:
        write_csv(HEADINGS, rows, out)
    else:
        write_xlsx([WorkSheet(N_("农户名册"), HEADINGS, rows)], out)
    return sum(counted)


def record_roll(wanted: Wanted, form: ExportForm, households: int, reason: str, *, by: Actor) -> None:
    """Tell the trail what went out, whole or masked, and how far the events of its units had come.

    Whole numbers count as one of the day's reveals. Raises PurposeMissing if they go out for nothing, TooManyReveals.
    """
    if wanted.is_whole and not reason.strip():
        raise PurposeMissing(field="reason")
    if wanted.is_whole:
        check_reveals_left(by)
    action = Action.ROLL_REVEALED if wanted.is_whole else Action.ROLL_EXPORTED
    region, chosen = wanted.filter.region_code, wanted.filter
    seqs: dict[str, JsonValue] = dict(last_region_seqs(code_range(region)))
    said: dict[str, JsonValue] = {
        "status": chosen.status.value,
        "class": chosen.beneficiary_class.value if chosen.beneficiary_class else "",
        "text": bool(chosen.text),
    }
    facts: dict[str, JsonValue] = {
        "households": households, "form": form.value, "whole": wanted.is_whole, "region_seqs": seqs, "filter": said,
    }  # fmt: skip
    record(action, Thing("roll", region, region), by=by, reason=reason.strip(), facts=facts)


def _rows(wanted: Wanted, by: Actor, counted: list[int]) -> Iterator[tuple[Cell, ...]]:
    """Walk the roll by its keys, a portion at a time, so that memory stays flat."""
    after = ""
    while True:
        found = page_of_roll(wanted.filter, wanted.on, by, after=after, limit=_AT_ONCE, permission=wanted.permission)
        entries = found[:_AT_ONCE]
        counted.append(len(entries))
        yield from _portion(entries, is_whole=wanted.is_whole)
        db.session.expunge_all()
        if len(found) <= _AT_ONCE:
            return
        after = place_of(entries[-1])


@dataclass(frozen=True)
class _Read:
    """What was read of a portion beside its entries."""

    households: dict[int, Household]
    numbers: dict[int, str]
    recognised: dict[int, date]
    villages: dict[str, str]


def _portion(entries: list[RollEntry], *, is_whole: bool) -> Iterator[tuple[Cell, ...]]:
    read = _read(entries, is_whole=is_whole)
    for entry in entries:
        said = _of_household(entry, read, is_whole=is_whole)
        for person in entry.persons:
            if person.died_on is None:
                yield _line(entry, person, read, said)


def _read(entries: list[RollEntry], *, is_whole: bool) -> _Read:
    ids = [one.household_id for one in entries]
    people = [person.person_id for one in entries for person in one.persons]
    households = {one.id: one for one in db.session.scalars(select(Household).where(Household.id.in_(ids)))}
    held = select(BeneficiaryStatus.household_id, BeneficiaryStatus.event_on).where(
        BeneficiaryStatus.household_id.in_(ids),
        BeneficiaryStatus.beneficiary_class.in_([one.value for one in STANDING]),
        BeneficiaryStatus.valid_to.is_(None),
    )
    numbers: dict[int, str] = {}
    for start in range(0, len(people), _AT_ONCE):
        some = select(Person).where(Person.id.in_(people[start : start + _AT_ONCE]))
        for person in db.session.scalars(some):
            numbers[person.id] = number_of(person) if is_whole else masked_id(number_of(person))
    recognised = dict(db.session.execute(held).all())
    return _Read(households, numbers, recognised, names_of({one.region_code for one in entries}))


def _of_household(entry: RollEntry, read: _Read, *, is_whole: bool) -> dict[str, str]:
    """Return what stands on the head's line of a household."""
    household = read.households[entry.household_id]
    data = unsealed(household) if is_whole else masked_of(household)
    standing = next((one.label for one in entry.classes if one in STANDING), "")
    recognised = read.recognised.get(entry.household_id)
    return {
        "head_id": data.resident_id,
        "standing": standing,
        "relief": "、".join(one.label for one in entry.classes if one in RELIEF),
        "recognised_on": recognised.isoformat() if recognised else "",
        "size": str(entry.size),
        "bank_name": household.bank_name,
        "bank_account": data.bank_account,
        "phone": data.phone,
        "is_cadre": _yes(is_true=entry.is_cadre),
    }


def _line(entry: RollEntry, person: RollPerson, read: _Read, said: dict[str, str]) -> tuple[Cell, ...]:
    is_head = person.relation == Relation.HEAD.value
    cells = {
        **(said if is_head else {"head_id": said["head_id"]}),
        "group": entry.group_name,
        "name": person.name,
        "resident_id": read.numbers.get(person.person_id, ""),
        "relation": Relation(person.relation).label,
        "labour": Labour(person.labour).label,
        "is_member": _yes(is_true=person.is_member),
        "shares": _shares(person.share_hundredths),
        "assistance": _shares(person.assistance_hundredths),
    }
    village = read.villages.get(entry.region_code, entry.region_code)
    return village, *(cells.get(key, "") for key in COLUMNS)


def _shares(hundredths: int) -> str:
    return shares_text(hundredths) if hundredths else ""


def _yes(*, is_true: bool) -> str:
    return "是" if is_true else "否"
