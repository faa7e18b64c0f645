"""What the owners of the demo county hold in companies, and what it pays."""

from typing import NamedTuple

from sqlalchemy import select

from registry.database import db
from registry.demo.places import UnitRow, credit_code_of, units
from registry.demo.tables import labelled
from registry.demo.telling import Telling
from registry.ledger.operation.equity.kinds import ContributionKind, ReturnKind
from registry.ledger.operation.equity.rules import EquityFacts
from registry.ledger.operation.equity.services import confirm_equity, enter_equity
from registry.money import parse_fen
from registry.parties.models import Party

_PERCENT_BP = 100


class EquityRow(NamedTuple):
    """Equity with its terms, who entered it and who confirmed it."""

    key: str
    unit_name: str
    holder: str
    asset: str
    investee: str
    contribution: str
    capital: str
    share: str
    returns: str
    yearly: str
    starts_on: str
    ends_on: str
    principal_due_on: str
    planned_from: str
    arrears: str
    exit_terms: str
    entered_on: str
    entered_by: str
    confirmed_by: str

    @property
    def unit(self) -> UnitRow:
        return units()[self.unit_name]


def holder_of(region_code: str, name: str) -> Party:
    """Return an owner of a unit by name."""
    return db.session.scalars(select(Party).where(Party.region_code == region_code, Party.name == name)).one()


def tell_equity(row: EquityRow, told: Telling) -> None:
    """Enter equity, and let a second person confirm it where the table names one."""
    by, on = told.staff.named(row.entered_by), told.day(row.entered_on)
    equity = enter_equity(_facts(row, told), [told.pictures["合同"]], by=by, on=on)
    told.equities[row.key] = equity
    if row.confirmed_by:
        confirm_equity(equity, by=told.staff.named(row.confirmed_by))


def _facts(row: EquityRow, told: Telling) -> EquityFacts:
    return EquityFacts(
        holder_of(row.unit.code, row.holder).id, row.investee, credit_code_of(row.investee), is_cooperative=False,
        contribution=labelled(ContributionKind, row.contribution), capital_fen=parse_fen(row.capital),
        returns=labelled(ReturnKind, row.returns), starts_on=told.day(row.starts_on), ends_on=told.day(row.ends_on),
        exit_terms=row.exit_terms, yearly_fen=parse_fen(row.yearly) if row.yearly else 0,
        share_bp=int(row.share) * _PERCENT_BP,
        principal_due_on=told.day(row.principal_due_on) if row.principal_due_on else None,
        asset_no=told.assets[row.unit_name, row.asset].asset_no,
        planned_from=told.day(row.planned_from) if row.planned_from else None,
        arrears_fen=parse_fen(row.arrears) if row.arrears else 0,
    )  # fmt: skip
