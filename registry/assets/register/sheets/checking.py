"""The precheck: what a file would do to the register. It reads and decides, and writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from registry.assets.register.reading.amounts import NO_UNIT
from registry.assets.register.reading.cells import Sheet
from registry.assets.register.reading.problems import CellProblem, ProblemKind
from registry.assets.register.sheets.choosing import Choices, is_doubtful, missing_fields
from registry.assets.register.sheets.entry import Units
from registry.assets.register.sheets.fields import TableKind
from registry.assets.register.sheets.headings import Heading, find_heading
from registry.assets.register.sheets.packing import Report, gathered
from registry.assets.register.sheets.planning import Known, Plan, Planned, key_of, make_plan
from registry.assets.register.sheets.queries import (
    asset_twins,
    known_cards,
    project_twins,
    regions_in_reach,
    remembered_headings,
)
from registry.assets.register.sheets.records import AssetRow
from registry.assets.register.sheets.registering import own_number
from registry.assets.register.sheets.tables import Table, read_table
from registry.assets.register.sheets.workbooks import read_pasted, read_workbook
from registry.permissions import Actor
from registry.places.queries import go_live_of, names_of
from registry.regions import Level, ancestor


@dataclass(frozen=True)
class Upload:
    """What was handed in: a file, or cells pasted from one."""

    data: bytes
    name: str
    is_pasted: bool = False


@dataclass(frozen=True)
class Checked:
    """What a precheck found; ``rows`` = added + corrected + invalid + duplicate + skipped."""

    kind: TableKind
    report: Report
    planned: tuple[Planned, ...]
    rows: int
    added: int
    corrected: int
    invalid: int
    duplicate: int
    skipped: int
    #: A person must look at the columns first.
    to_map: bool


def open_upload(upload: Upload) -> tuple[Sheet, ...]:
    """Return the sheets of an upload; raises SheetRefused."""
    if upload.is_pasted:
        return (read_pasted(upload.data.decode()),)
    return read_workbook(upload.data, upload.name)


def chosen_sheet(sheets: Sequence[Sheet], choices: Choices, remembered: dict[str, str]) -> Sheet:
    """Return the sheet a person chose, else the visible one that holds the longest table."""
    named = next((sheet for sheet in sheets if sheet.name == choices.sheet), None)
    return named or max(sheets, key=lambda sheet: _promise(sheet, remembered, choices))


def _promise(sheet: Sheet, remembered: dict[str, str], choices: Choices) -> tuple[bool, bool, int]:
    heading = find_heading(sheet.rows, remembered, sheet.merged, choices.kind)
    known = heading is not None and heading.kind is not TableKind.UNKNOWN
    return known, not sheet.hidden, len(sheet.rows)


def check_upload(upload: Upload, choices: Choices, *, by: Actor, on: date) -> Checked:
    """Read an upload by a person's choices and decide what would become of every row. Raises SheetRefused."""
    sheets = open_upload(upload)
    remembered = {**remembered_headings(by.unit_code), **dict(choices.mapping)}
    sheet = chosen_sheet(sheets, choices, remembered)
    table = read_table(sheet, regions_in_reach(by), remembered=remembered, defaults=choices.defaults, kind=choices.kind)
    plan = make_plan(table, _known(table, choices, by), on)
    others = tuple(other.name for other in sheets if other is not sheet and not other.hidden)
    return _checked(table, plan, others, choices)


def _checked(table: Table, plan: Plan, others: tuple[str, ...], choices: Choices) -> Checked:
    skipped = sorted((*table.skipped, *plan.same), key=lambda one: one.row)
    corrected = sum(1 for row in plan.planned if row.number)
    report = Report(
        sheet=table.sheet,
        columns=len(table.heading.columns) if table.heading else 0,
        unit=_unit(table.heading, choices),
        problems=tuple(plan.problems),
        notices=gathered(plan.notices),
        duplicates=tuple(plan.duplicates),
        skipped=tuple(skipped),
        other_sheets=others,
    )
    return Checked(
        kind=table.kind,
        report=report,
        planned=tuple(plan.planned),
        rows=table.row_count,
        added=len(plan.planned) - corrected,
        corrected=corrected,
        invalid=plan.invalid_rows,
        duplicate=len(plan.duplicates),
        skipped=len(skipped),
        to_map=is_doubtful(table.heading) or is_incomplete(table.heading, plan.problems, choices),
    )


def is_incomplete(heading: Heading | None, problems: Sequence[CellProblem], choices: Choices) -> bool:
    """Say whether rows fail for what a person can choose for the whole file: a missing column, the unit of money."""
    if choices.unit is None and any(one.problem.msgid == NO_UNIT for one in problems):
        return True
    missing = heading is not None and missing_fields(heading, choices)
    return bool(missing) and any(one.kind is ProblemKind.REQUIRED for one in problems)


def _unit(heading: Heading | None, choices: Choices) -> str:
    """Return the name of the unit of money the file was read in; empty where each column states its own."""
    unit = (heading.unit if heading else None) or choices.unit
    if unit is None and heading is not None:
        own = {column.unit for column in heading.columns if column.unit}
        unit = own.pop() if len(own) == 1 else None
    return unit.name if unit else ""


def _known(table: Table, choices: Choices, by: Actor) -> Known:
    """Ask the register for what the rows of a table may speak of."""
    rows = [read.values for read in table.rows]
    units = sorted({row.region_code for row in rows if row.region_code})
    keys = {
        key_of(row.region_code, row.name, year)
        for row in rows
        if row.region_code and row.name and (year := _year(row, choices))
    }
    if table.kind is TableKind.PROJECTS:
        return Known(twins=project_twins(keys))
    numbers = {number for row in rows if isinstance(row, AssetRow) and (number := own_number(row))}
    townships = {ancestor(unit, Level.TOWNSHIP) for unit in units}
    return Known(
        twins=asset_twins(keys),
        cards=known_cards(numbers, by),
        go_live={unit: go_live_of(unit) for unit in units},
        units=Units(names_of({*units, *townships}) if choices.owner_of_unit else {}, choices.owner_of_unit),
    )


def _year(row: object, choices: Choices) -> int | None:
    """Return the year by which a row's twins are looked for."""
    dates = (getattr(row, "acquired_on", None), getattr(row, "starts_on", None))
    year: int | None = getattr(row, "project_year", None) or choices.project_year
    return year or next((day.day.year for day in dates if day is not None), None)
