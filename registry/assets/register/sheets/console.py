"""Import and export from the console: the same deeds as the pages, with the rights of the person named."""

from dataclasses import dataclass
from pathlib import Path

from registry.accounts.queries import actor_of, find_user
from registry.assets.register.lookup.filters import Filter
from registry.assets.register.sheets.checking import Checked, Upload, check_upload
from registry.assets.register.sheets.choosing import Choices
from registry.assets.register.sheets.exporting import ExportForm, export_logs, record_export, write_export
from registry.assets.register.sheets.running import run_import
from registry.assets.register.sheets.services import ImportMode, batch_region, confirm_import, keep_upload
from registry.clock import now, today
from registry.database import transaction
from registry.errors import Forbidden, Invalid
from registry.permissions import Actor, Permission, may
from registry.text import N_


class UnknownPerson(Invalid):
    """Nobody of this user name may sign in."""

    message = N_("没有可用的账号“%(username)s”。")


class ColumnsUnknown(Invalid):
    """A person must look at the columns on the page first."""

    message = N_("列名、金额单位或所在单位认不全，请先在“批量导入”页面对一次列名，本单位以后就会自动用。")


@dataclass(frozen=True)
class ImportError_:  # noqa: N801 - the built-in ImportError is something else
    """One cell that must be put right."""

    row: int
    column: str
    value: str
    problem: str
    remedy: str


@dataclass(frozen=True)
class ImportOutcome:
    """What an import did or would do; the four counts add up to ``rows``."""

    rows: int
    importable: int
    invalid: int
    duplicate: int
    skipped: int
    errors: tuple[ImportError_, ...]


def import_file(path: Path, username: str, region: str | None, dry_run: bool) -> ImportOutcome:  # noqa: FBT001 - as typed
    """Precheck a file and, unless it is a dry run, bring its correct rows in. Raises what the pages refuse."""
    by = _person(username)
    if not may(by, Permission.ASSET_ENTER, region):
        raise Forbidden
    given, choices = Upload(path.read_bytes(), path.name), Choices(region_code=region or "")
    started = now()
    checked = check_upload(given, choices, by=by, on=today())
    if not dry_run:
        if checked.to_map:
            raise ColumnsUnknown
        took_ms = int((now() - started).total_seconds() * 1000)
        _bring_in(given, checked, choices, by, took_ms)
    return _outcome(checked)


def _bring_in(given: Upload, checked: Checked, choices: Choices, by: Actor, took_ms: int) -> None:
    if not checked.planned:
        return
    with transaction():
        upload_id = keep_upload(given, checked, choices, by=by, took_ms=took_ms).id
    with transaction(batch_region(upload_id)):
        confirm_import(upload_id, ImportMode.CORRECT_ROWS, by=by)
    run_import(upload_id, by=by, seconds=None)


def _outcome(checked: Checked) -> ImportOutcome:
    errors = tuple(
        ImportError_(one.row, one.column, one.value, str(one.problem), str(one.remedy))
        for one in checked.report.problems
    )
    importable = checked.added + checked.corrected
    return ImportOutcome(checked.rows, importable, checked.invalid, checked.duplicate, checked.skipped, errors)


def export_file(username: str, region: str | None, out: Path) -> int:
    """Write the assets of a unit to a file (.xlsx or .csv) and tell the trail; returns how many."""
    by = _person(username)
    chosen = Filter(region=region or by.unit_code)
    if not may(by, Permission.ASSET_EXPORT, chosen.region):
        raise Forbidden
    form = ExportForm.CSV if out.suffix.lower() == ".csv" else ExportForm.XLSX
    with out.open("w+b") as file:
        count = write_export(chosen, form, file, by=by)
    with transaction(*export_logs(chosen, by)):
        record_export(chosen, form, count, by=by)
    return count


def _person(username: str) -> Actor:
    user = find_user(username)
    if user is None or user.disabled_at is not None:
        raise UnknownPerson(username=username)
    return actor_of(user, today())
