"""The list that a filter asks for, as a workbook or CSV that is a valid import."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from sqlalchemy import select

from registry.assets.register.cards.models import Asset
from registry.assets.register.lookup.filters import Filter, to_query
from registry.assets.register.lookup.paging import Place
from registry.assets.register.lookup.queries import key_of, list_page, order_for, reach_of
from registry.assets.register.sheets.columns import COLUMNS, Exported
from registry.assets.register.sheets.queries import registrations_of
from registry.assets.register.sheets.template import LEDGER
from registry.audit.actions import Action
from registry.audit.canonical import JsonValue
from registry.audit.events import Thing
from registry.audit.queries import last_region_seqs
from registry.audit.services import record
from registry.database import db
from registry.permissions import Actor, Permission, reaches
from registry.places.queries import names_of
from registry.regions import code_range, log_of, log_region
from registry.scope import within
from registry.spreadsheet import Cell, WorkSheet, write_csv, write_xlsx
from registry.text import Labelled

_AT_ONCE = 500


class ExportForm(Labelled):
    """The kinds of file an export may be."""

    XLSX = "xlsx", "XLSX"
    CSV = "csv", "CSV"


MEDIA_TYPES = {
    ExportForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportForm.CSV: "text/csv; charset=utf-8",
}


@dataclass(slots=True)
class Count:
    """How many assets went out."""

    assets: int = 0


def write_export(chosen: Filter, form: ExportForm, out: BinaryIO, *, by: Actor) -> int:
    """Write exactly what a filter shows of the units a person may export; returns how many assets."""
    count = Count()
    columns = tuple(column.sheet_column() for column in COLUMNS)
    if form is ExportForm.CSV:
        write_csv(columns, _rows(chosen, by, count), out)
    else:
        write_xlsx([WorkSheet(LEDGER, columns, _rows(chosen, by, count))], out)
    return count.assets


def _rows(chosen: Filter, by: Actor, count: Count) -> Iterator[tuple[Cell, ...]]:
    for one in _exported(chosen, by):
        count.assets += 1
        yield tuple(column.value(one) for column in COLUMNS)


def _exported(chosen: Filter, by: Actor) -> Iterator[Exported]:
    """Walk the list by its keys, a portion at a time, so that memory stays flat."""
    parts = reach_of(by, chosen.region)
    order = order_for(chosen, parts, None)
    place = Place(size=_AT_ONCE)
    while True:
        found = list_page(chosen, parts, order, place)
        ids = [row.id for row in found.rows]
        rows = select(Asset).where(Asset.id.in_(ids), within(Asset, by, Permission.ASSET_EXPORT))
        cards = {asset.id: asset for asset in db.session.scalars(rows)}
        assets = [cards[one] for one in ids if one in cards]
        names = names_of({asset.region_code for asset in assets})
        for asset, facts in zip(assets, registrations_of(assets), strict=True):
            yield Exported(asset.asset_no, facts, names.get(asset.region_code, ""))
        db.session.expunge_all()
        if not found.more:
            return
        place = Place(after=key_of(found.rows[-1], order), size=_AT_ONCE)


def exported_range(chosen: Filter, by: Actor) -> list[str]:
    """Return the units whose assets an export covers, the filter's own or all that the person reaches."""
    return [chosen.region] if chosen.region else [reach.codes.low for reach in reaches(by, Permission.ASSET_EXPORT)]


def export_logs(chosen: Filter, by: Actor) -> list[str]:
    """Return the units whose logs tell of an export, to open the transaction with."""
    return sorted({log_region(log_of(code)) for code in exported_range(chosen, by)})


def record_export(chosen: Filter, form: ExportForm, assets: int, *, by: Actor) -> None:
    """Tell the trail what went out, and how far the events of its units had come."""
    for code in exported_range(chosen, by):
        seqs: dict[str, JsonValue] = dict(last_region_seqs(code_range(code)))
        facts: dict[str, JsonValue] = {"assets": assets, "form": form.value, "region_seqs": seqs}
        query: dict[str, JsonValue] = dict(to_query(chosen))
        record(Action.EXPORTED, Thing("asset_list", code, code), by=by, facts={**facts, "filter": query})
