"""Handing vouchers to the accounting platform, and keeping the numbers that come back."""

from collections.abc import Sequence
from datetime import date
from typing import BinaryIO

from registry.audit.actions import Action
from registry.audit.canonical import JsonValue
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.ledger.books.exchange.queries import export_rows, own_vouchers
from registry.ledger.books.exchange.rules import AMOUNTS, BroughtLine, ExchangeColumn, check_reconciled, reconcile
from registry.ledger.books.models import Book, PlatformNumber
from registry.ledger.books.services import maker
from registry.permissions import Actor
from registry.spreadsheet import CellKind, SheetColumn, WorkSheet, write_csv, write_xlsx
from registry.text import N_, Labelled


class ExchangeForm(Labelled):
    """The kinds of file that go out."""

    XLSX = "xlsx", "XLSX"
    CSV = "csv", "CSV"


MEDIA_TYPES = {
    ExchangeForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExchangeForm.CSV: "text/csv; charset=utf-8",
}
_WIDTHS = {ExchangeColumn.SUMMARY: 40, ExchangeColumn.UID: 36, ExchangeColumn.NUMBER: 20}
COLUMNS = tuple(
    SheetColumn(one.label, CellKind.AMOUNT if one in AMOUNTS else CellKind.TEXT, _WIDTHS.get(one, 14))
    for one in ExchangeColumn
)
_SHEET = N_("记账凭证")


def export_vouchers(book: Book, first: date, last: date, form: ExchangeForm, out: BinaryIO, *, by: Actor) -> None:
    """Write the vouchers between two days for the accounting platform, with a column for its numbers."""
    rows = list(export_rows(book, first, last))
    if form is ExchangeForm.CSV:
        write_csv(COLUMNS, rows, out)
    else:
        write_xlsx([WorkSheet(_SHEET, COLUMNS, rows)], out)
    period: dict[str, JsonValue] = {"first": first.isoformat(), "last": last.isoformat()}
    record(Action.EXPORTED, book, by=by, facts={**period, "form": form.value, "lines": len(rows)})


def bring_numbers(book: Book, brought: Sequence[BroughtLine], *, by: Actor) -> int:
    """Keep the platform's numbers, all of them or none; returns how many. Raises Mismatched, NothingBrought."""
    uids = sorted({line.uid for line in brought})
    found = reconcile(brought, own_vouchers(book, uids))
    check_reconciled(found)
    by_text, moment = maker(by).text, now()
    db.session.add_all(
        PlatformNumber(
            region_code=book.region_code,
            voucher_id=voucher_id,
            number=number,
            brought_at=moment,
            brought_by_text=by_text,
        )
        for voucher_id, number in found.numbers.items()
    )
    record(Action.PLATFORM_NUMBERS, book, by=by, facts={"vouchers": len(found.numbers)})
    return len(found.numbers)
