"""Saving a sheet: all rows or none, one event for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from registry.assets.register.cards.models import Asset
from registry.audit.actions import Action
from registry.audit.events import Thing
from registry.audit.services import record
from registry.database import db
from registry.errors import Invalid, RegistryError
from registry.ledger.operation.periods import Period
from registry.ledger.operation.receipts.rules import ReceiptFacts
from registry.ledger.operation.receipts.services import add_quiet, add_receipt
from registry.ledger.operation.sheet.rules import Offer, Typed, read_row
from registry.permissions import Actor
from registry.text import N_


class NothingTyped(Invalid):
    """A sheet without a single amount says nothing."""

    message = N_("还没有填一行金额。")


class RowsRefused(Invalid):
    """Some rows cannot be taken; none was."""

    message = N_("有 %(count)s 行要改，一行都还没有保存。")

    def __init__(self, problems: dict[int, RegistryError]) -> None:
        super().__init__(field="rows", count=len(problems))
        #: By the asset of the row.
        self.problems = problems


@dataclass(frozen=True)
class Saved:
    """How many receipts were entered, and how many assets were said to have earned nothing."""

    receipts: int
    quiet: int


def save_sheet(
    region_code: str, period: Period, rows: Sequence[tuple[Offer, Typed]], *, by: Actor, on: date, twice: bool = False
) -> Saved:
    """Enter every filled row of a sheet; an amount of 0 says that nothing was earned.

    Raises NothingTyped, RowsRefused (with what is wrong in which row; the caller's transaction is rolled back).
    """
    facts = _read(rows, period, on)
    if not facts:
        raise NothingTyped(field="rows")
    assets = {offer.asset_id: db.session.get_one(Asset, offer.asset_id) for offer, _ in facts}
    problems: dict[int, RegistryError] = {}
    quiet = 0
    for offer, said in facts:
        asset = assets[offer.asset_id]
        try:
            if said.amount_fen:
                add_receipt(asset, said, by=by, on=on, twice=twice)
            elif not offer.is_quiet:
                add_quiet(asset, period.first, period.last, by=by)
                quiet += 1
        except Invalid as error:
            problems[offer.asset_id] = error
    if problems:
        raise RowsRefused(problems)
    db.session.flush()
    saved = Saved(sum(1 for _, said in facts if said.amount_fen), quiet)
    record(
        Action.INCOME_SHEET_SAVED, Thing("income_sheet", f"{region_code}/{period.key}", region_code), by=by,
        facts={"receipts": saved.receipts, "quiet": saved.quiet},
    )  # fmt: skip
    return saved


def _read(rows: Sequence[tuple[Offer, Typed]], period: Period, on: date) -> list[tuple[Offer, ReceiptFacts]]:
    found, problems = [], dict[int, RegistryError]()
    for offer, typed in rows:
        try:
            facts = read_row(typed, offer, period, on)
        except Invalid as error:
            problems[offer.asset_id] = error
            continue
        if facts is not None:
            found.append((offer, facts))
    if problems:
        raise RowsRefused(problems)
    return found
