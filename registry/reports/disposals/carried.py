"""What was carried out within a year, read for the register in a few statements whatever the number of cases."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from registry.assets.register.cards.models import Asset
from registry.database import db
from registry.disposal.cases.models import DisposalCase, DisposalLine
from registry.disposal.cases.opening import TABLE
from registry.disposal.kinds import LineDecision
from registry.disposal.prices.models import DisposalPrice
from registry.disposal.procedure.models import DisposalExecution
from registry.disposal.proceeds.models import Proceeds
from registry.ledger.books.accounts import CHARTS, AccountKind
from registry.ledger.books.entries import BookDeed
from registry.ledger.books.models import Book, Posting, Voucher
from registry.parties.models import Party
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.reports.bookkeeping import shown_name, year_begin
from registry.reports.holdings import unit_names
from registry.scope import within
from registry.text import N_

_KINDS = frozenset({AccountKind.INCOME, AccountKind.EXPENSE})
#: The accounts of each chart in which a gain or a loss shows.
_RESULTS = {
    version.value: [code for code, account in chart.items() if account.kind in _KINDS]
    for version, chart in CHARTS.items()
}


@dataclass(frozen=True)
class Carried:
    """One case that was carried out; days as text, money in fen, None where there is nothing of the kind."""

    number: str
    asset: str
    kind: str
    ground: str
    owner: str
    route_key: str
    original_fen: int
    net_fen: int
    appraised_fen: int | None
    approved_on: str
    price_fen: int | None
    base_fen: int | None
    executed_on: str
    effective_on: str
    gain_fen: int | None
    balance_fen: int | None
    recipient: str
    unit_name: str


def _here(region_code: str, actor: Actor, on: date) -> tuple[ColumnElement[bool], ...]:
    return (
        within(DisposalCase, actor, Permission.PRINT),
        DisposalCase.region_code.between(*code_range(region_code)),
        DisposalCase.done_on.between(year_begin(on), on),
    )


def list_carried(region_code: str, actor: Actor, on: date) -> Iterator[Carried]:
    """Yield the cases of a unit that were carried out from the beginning of a day's year on, by their numbers."""
    here = _here(region_code, actor, on)
    assets, gains, balances = _assets(here), gains_of(here), _balances(here)
    units = unit_names(region_code, on)
    for one in db.session.execute(_cases(here)):
        name, count = assets.get(one.id, ("", 0))
        many = N_("%(name)s等 %(count)s 项") % {"name": name, "count": count}
        yield Carried(
            number=one.number, asset=many if count > 1 else name, kind=one.kind, ground=one.ground,
            owner=shown_name(one.owner_kind, one.owner_name), route_key=one.route_key, original_fen=one.original_fen,
            net_fen=one.net_fen, appraised_fen=one.appraised_fen, approved_on=_day(one.approved_on),
            price_fen=one.price_fen, base_fen=one.base_fen, executed_on=_day(one.done_on),
            effective_on=_day(one.effective_on), gain_fen=gains.get(one.id), balance_fen=balances.get(one.id),
            recipient=one.buyer_name or one.recipient_name, unit_name=units.get(one.region_code, ""),
        )  # fmt: skip


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _cases(here: tuple[ColumnElement[bool], ...]) -> Select[*tuple[Any, ...]]:
    one, price = DisposalCase, DisposalPrice
    return (
        select(
            one.id, one.number, one.kind, one.ground, one.owner_kind, Party.name.label("owner_name"), one.route_key,
            one.original_fen, one.net_fen, one.appraised_fen, one.approved_on, one.done_on, one.effective_on,
            one.recipient_name, one.region_code, price.price_fen, price.base_fen, price.buyer_name,
        )
        .join(Party, Party.id == one.owner_id)
        .outerjoin(DisposalExecution, DisposalExecution.case_id == one.id)
        .outerjoin(price, price.id == DisposalExecution.price_id)
        .where(*here)
        .order_by(one.number)
    )  # fmt: skip


def _assets(here: tuple[ColumnElement[bool], ...]) -> dict[int, tuple[str, int]]:
    """Return the first asset that each case takes, and how many it takes."""
    taken = (
        select(DisposalLine.case_id, func.min(DisposalLine.asset_id).label("first"), func.count().label("count"))
        .join(DisposalCase, DisposalCase.id == DisposalLine.case_id)
        .where(DisposalLine.decision == LineDecision.TAKEN.value, *here)
        .group_by(DisposalLine.case_id)
        .subquery()
    )
    rows = select(taken.c.case_id, Asset.name, taken.c.count).join(Asset, Asset.id == taken.c.first)
    return {case_id: (name, count) for case_id, name, count in db.session.execute(rows)}


def gains_of(here: Sequence[ColumnElement[bool]]) -> dict[int, int]:
    """Return what cases came to in the books of all owners: income less expense; absent where nothing of it was booked.

    Public owners keep a memorandum, which has neither. Wear that was still to be booked is no result of the disposal.
    """
    counted = or_(*(and_(Book.chart == version, Posting.account.in_(codes)) for version, codes in _RESULTS.items()))
    rows = (
        select(DisposalCase.id, func.sum(Posting.credit_fen - Posting.debit_fen))
        .join(Voucher, and_(Voucher.source_table == TABLE, Voucher.source_id == DisposalCase.id))
        .join(Posting, Posting.voucher_uid == Voucher.uid)
        .join(Book, Book.id == Voucher.book_id)
        .where(counted, Voucher.deed != BookDeed.DEPRECIATION.value, *here)
        .group_by(DisposalCase.id)
    )
    return {case_id: int(fen) for case_id, fen in db.session.execute(rows)}


def _balances(here: tuple[ColumnElement[bool], ...]) -> dict[int, int]:
    """Return what of each case's money has come in and waits to be used, over all owners."""
    held = Proceeds.received_fen - Proceeds.cost_fen
    left = case((held > 0, held), else_=0) - Proceeds.used_fen
    rows = (
        select(Proceeds.case_id, func.sum(left))
        .join(DisposalCase, DisposalCase.id == Proceeds.case_id)
        .where(*here)
        .group_by(Proceeds.case_id)
    )
    return {case_id: int(fen) for case_id, fen in db.session.execute(rows)}
