"""Questions about prints; one outside the asker's reach does not exist, but anybody may hold a paper against it."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select

from registry.audit.answers import Later
from registry.audit.queries import count_since, list_since
from registry.database import db
from registry.errors import Missing
from registry.permissions import Actor, Permission
from registry.places.queries import list_children
from registry.regions import Level, code_range, level_of, log_of, log_region
from registry.reports.catalogue import REPORTS, ReportName
from registry.reports.glances import Glance
from registry.reports.parameters import Parameters
from registry.reports.prints.changing import changing
from registry.reports.prints.models import Print, PrintFile
from registry.reports.prints.rules import number_of, serial_prefix
from registry.scope import within


@dataclass(frozen=True)
class Asked:
    """What a print was asked for: which report, of which unit, as of which day, and what else."""

    report: ReportName
    region_code: str
    on: date
    parameters: Parameters


def _visible(actor: Actor) -> ColumnElement[bool]:
    """Keep what somebody else printed from whoever could not print it: some reports need more than printing."""
    return or_(Print.printed_by_id == actor.id, and_(within(Print, actor, Permission.PRINT), _may_make(actor)))


def _may_make(actor: Actor) -> ColumnElement[bool]:
    names: dict[Permission, list[str]] = {}
    for report in REPORTS.values():
        names.setdefault(report.permission, []).append(report.name.value)
    held = [and_(Print.report.in_(some), within(Print, actor, needed)) for needed, some in names.items()]
    return or_(false(), *held)


def get_print(serial: str, actor: Actor) -> Print:
    """Return a print of a unit within the actor's reach, or one of the actor's own; raises Missing."""
    row = db.session.scalar(select(Print).where(Print.serial == serial, _visible(actor)))
    if row is None:
        raise Missing
    return row


def find_print(serial: str) -> Print | None:
    """Return a print by its serial, for whoever holds the paper."""
    return db.session.scalar(select(Print).where(Print.serial == serial))


def list_prints(actor: Actor, limit: int, *, before: int = 0) -> list[Print]:
    """Return the latest prints an actor may see, newest first; those older than one if it is given."""
    rows = select(Print).where(_visible(actor))
    rows = rows.where(Print.id < before) if before else rows
    return list(db.session.scalars(rows.order_by(Print.id.desc()).limit(limit)))


def find_newer(row: Print) -> Print | None:
    """Return the latest other print of the same report, unit and day that came after this one."""
    same = (Print.report == row.report, Print.region_code == row.region_code, Print.parameters == row.parameters)
    return db.session.scalar(select(Print).where(*same, Print.id > row.id).order_by(Print.id.desc()).limit(1))


def list_files(print_id: int) -> list[PrintFile]:
    """Return the files of a print; none before it is drawn."""
    rows = select(PrintFile).where(PrintFile.print_id == print_id)
    return list(db.session.scalars(rows.order_by(PrintFile.format)))


def next_number(log_id: int, year: int) -> int:
    """Return the running number of the next print of a log and year; the log is locked."""
    prefix = serial_prefix(log_id, year)
    inside = Print.serial.between(prefix, prefix + "~")
    last = db.session.scalar(select(Print.serial).where(inside).order_by(Print.serial.desc()).limit(1))
    return number_of(last or "") + 1


def logs_in_range(region_code: str) -> list[str]:
    """Return the units whose logs record what happens in a unit: every county's for the municipality."""
    if level_of(region_code) is not Level.MUNICIPALITY:
        return [log_region(log_of(region_code))]
    return [region_code, *(county.region_code for county in list_children(region_code, ended=True))]


def glance_of(row: Print) -> Glance:
    """Return what the reader compares with the paper."""
    return tuple((label, value) for label, value in json.loads(row.glance))


def seqs_of(row: Print) -> dict[int, int]:
    """Return the last event of every log in range when the figures were read."""
    return {int(log_id): seq for log_id, seq in json.loads(row.as_of).items()}


def asked_of(row: Print) -> Asked:
    """Return what a print was asked for."""
    told = json.loads(row.parameters)
    on = date.fromisoformat(told.pop("on"))
    return Asked(ReportName(row.report), row.region_code, on, read_parameters(told))


def read_parameters(told: dict[str, Any]) -> Parameters:
    """Return parameters as JSON holds them."""
    return Parameters(**{**told, "asset_numbers": tuple(told["asset_numbers"])})


def count_later(row: Print) -> int:
    """Return how many deeds since would give the report other figures."""
    return count_since(seqs_of(row), code_range(row.region_code), changing(ReportName(row.report)))


def list_later(row: Print, limit: int) -> list[Later]:
    """Return the first of those deeds."""
    return list_since(seqs_of(row), code_range(row.region_code), changing(ReportName(row.report)), limit)
