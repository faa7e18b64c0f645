"""Bringing files in as a person does: precheck, keep, confirm, write."""

from sqlalchemy import func, select

from registry.assets.register.cards.models import Asset
from registry.assets.register.sheets.checking import Checked, Upload, check_upload
from registry.assets.register.sheets.choosing import Choices
from registry.assets.register.sheets.models import ImportBatch
from registry.assets.register.sheets.queries import get_batch, get_upload
from registry.assets.register.sheets.running import run_import
from registry.assets.register.sheets.services import ImportMode, batch_region, confirm_import, keep_upload
from registry.audit.models import TrailEvent
from registry.database import db, transaction
from tests.assets.sheets.sheet_samples import ledger, xlsx
from tests.factories import TODAY, person

HEAD = "资产名称|资产类别|所在村|购建时间|原值(元)|产权所有人"
OWNER = "华溪村股份经济合作社"
GOOD = f"蓄水池|公益性|华溪村|2018.5|486000|{OWNER}"
CLERK = "township_clerk"


def pasted(*rows: str, name: str = "台账") -> Upload:
    """Return rows whose cells are separated by | as pasted cells."""
    return Upload("\n".join(row.replace("|", "\t") for row in rows).encode(), name, is_pasted=True)


def many(count: int) -> Upload:
    """Return a workbook of so many assets."""
    return Upload(xlsx(ledger(count)), "台账.xlsx")


def check(upload: Upload, username: str = CLERK, choices: Choices | None = None) -> Checked:
    """Precheck an upload."""
    found = check_upload(upload, choices or Choices(), by=person(username), on=TODAY)
    assert found.added + found.corrected + found.invalid + found.duplicate + found.skipped == found.rows
    return found


def keep(upload: Upload, username: str = CLERK, choices: Choices | None = None) -> int:
    """Precheck and keep an upload; returns its id."""
    found = check(upload, username, choices)
    with transaction():
        return keep_upload(upload, found, choices or Choices(), by=person(username), took_ms=1).id


def begin(upload_id: int, username: str = CLERK, mode: ImportMode = ImportMode.CORRECT_ROWS) -> None:
    """Confirm an upload without writing its rows."""
    with transaction(batch_region(upload_id)):
        confirm_import(upload_id, mode, by=person(username))


def bring_in(upload: Upload, username: str = CLERK, choices: Choices | None = None) -> ImportBatch:
    """Bring a whole file in; returns its batch."""
    upload_id = keep(upload, username, choices)
    begin(upload_id, username)
    assert run_import(upload_id, by=person(username), seconds=None)
    return batch_of(upload_id, username)


def batch_of(upload_id: int, username: str = CLERK) -> ImportBatch:
    """Return the batch that came of an upload."""
    return get_batch(get_upload(upload_id, person(username)).batch_id or 0)


def said(found: Checked) -> list[tuple[int, str, str]]:
    """Return row, column and text of every problem."""
    return [(one.row, one.column, str(one.problem)) for one in found.report.problems]


def told(found: Checked) -> list[str]:
    """Return what was decided while reading."""
    return [str(one.text) for one in found.report.notices]


def assets() -> int:
    """Count the assets of the register."""
    return db.session.scalar(select(func.count()).select_from(Asset)) or 0


def events() -> int:
    """Count the events of the trail."""
    return db.session.scalar(select(func.count()).select_from(TrailEvent)) or 0


def named(name: str) -> Asset:
    """Return the only asset of this name."""
    return db.session.scalars(select(Asset).where(Asset.name == name)).one()
