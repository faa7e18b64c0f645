"""The page of posted income row by row."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from registry.assets.register.cards.models import Asset
from registry.clock import today
from registry.database import db
from registry.kinds import Sector
from registry.ledger.operation.periods import (
    NotAPlace,
    UnitPlace,
    months_asked,
    parse_unit_place,
    write_month,
    write_unit_place,
)
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.models import IncomeRow, Receipt
from registry.ledger.operation.receipts.rows import PAGE_ROWS, RowsOfMonths, list_rows, sum_rows
from registry.ledger.operation.receipts.showing import units_below
from registry.permissions import Actor, Permission
from registry.places.queries import unit_meant
from registry.scope import within
from registry.text import chosen
from registry.web import actor, page, requires

blueprint = Blueprint("income_rows", __name__)
_P = Permission


@blueprint.get("/income/rows")
@requires(Permission.LEDGER_READ)
def index() -> ResponseReturnValue:
    """List posted income of some months, one row for each owner's part, with what all of it comes to."""
    args = request.args
    from_month, until_month = months_asked(args, today())
    wanted = RowsOfMonths(
        unit_meant(args.get("region"), actor()), from_month, until_month,
        chosen(args.get("kind"), IncomeKind), chosen(args.get("sector"), Sector),
        earned=args.get("earned") == "1",
    )  # fmt: skip
    total = sum_rows(wanted, actor())
    rows = list_rows(wanted, [month for month, _rows in total.months], actor(), after=_place(args.get("after", "")))
    shown = rows[:PAGE_ROWS]
    return page(
        "receipts/rows.html",
        rows=shown,
        assets=_assets_of(shown),
        readable=_readable(shown, actor()),
        next_place=_written(shown[-1]) if len(rows) > PAGE_ROWS else "",
        total=total,
        wanted=wanted,
        query=_query(wanted),
        units=units_below(wanted.region_code, actor(), _P.LEDGER_READ),
        kinds=IncomeKind,
        sectors=Sector,
    )


def _query(wanted: RowsOfMonths) -> dict[str, str | None]:
    return {
        "region": wanted.region_code, "from": write_month(wanted.from_month), "until": write_month(wanted.until_month),
        "kind": wanted.kind, "sector": wanted.sector, "earned": "1" if wanted.earned else None,
    }  # fmt: skip


def _written(row: IncomeRow) -> str:
    return f"{row.month}-{write_unit_place(row.region_code, row.id)}"


def _place(text: str) -> tuple[int, UnitPlace] | None:
    if not text:
        return None
    month, _dash, rest = text.partition("-")
    place = parse_unit_place(rest)
    if place is None or not (month.isascii() and month.isdigit()):
        raise NotAPlace
    return int(month), place


def _assets_of(rows: list[IncomeRow]) -> dict[int, Asset]:
    found = db.session.scalars(select(Asset).where(Asset.id.in_({row.asset_id for row in rows})))
    return {asset.id: asset for asset in found}


def _readable(rows: list[IncomeRow], reader: Actor) -> set[int]:
    """Return which receipts the reader may open: an owner elsewhere has its part, not the receipt."""
    mine = within(Receipt, reader, _P.LEDGER_READ)
    return set(db.session.scalars(select(Receipt.id).where(Receipt.id.in_({row.receipt_id for row in rows}), mine)))
