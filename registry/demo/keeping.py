"""What follows for a card from its row: who cares, who supervises, how it is classed, booked and made public."""

from datetime import date

from registry.assets.register.categories import AccountingSystem, IndustryClass, Publicity, Subtype, UseStatus
from registry.assets.register.registration import OwnerFact, Stage
from registry.demo.places import above
from registry.demo.rows import AssetRow
from registry.demo.tables import GO_LIVE
from registry.kinds import Category, OwnerKind
from registry.regions import Level

#: An asset worth as much is made public by the county.
_COUNTY_NOTICE_FEN = 100_000_000


def custodian(row: AssetRow) -> str:
    """Name who cares for an asset: a household its own, an operator what it runs, else the unit's custodian."""
    if row.subtype.category is Category.HOUSEHOLD:
        return ""
    return row.operator if row.operator not in {"", row.unit.owner} else row.unit.custodian


def supervisor(row: AssetRow) -> str:
    """Name the unit above that supervises."""
    return above(row.unit, Level.TOWNSHIP if row.unit.level is Level.VILLAGE else Level.COUNTY).owner


def industry_class(subtype: Subtype, used: UseStatus, acquired_on: date) -> str:
    """Return the group of support industries an operating asset is in."""
    if subtype.category is not Category.OPERATING:
        return ""
    if used is UseStatus.IDLE:
        return IndustryClass.REVIVE.value
    if used is UseStatus.STOPPED:
        return IndustryClass.ADJUST.value
    return (IndustryClass.CONSOLIDATE if acquired_on < GO_LIVE else IndustryClass.UPGRADE).value


_SYSTEMS = {
    OwnerKind.STATE: AccountingSystem.STATE,
    OwnerKind.TOWNSHIP: AccountingSystem.STATE,
    OwnerKind.VILLAGE_COLLECTIVE: AccountingSystem.COLLECTIVE,
    OwnerKind.GROUP_COLLECTIVE: AccountingSystem.COLLECTIVE,
    OwnerKind.ENTERPRISE: AccountingSystem.ENTERPRISE,
}


def accounting(owners: tuple[OwnerFact, ...], stage: Stage) -> AccountingSystem:
    """Return the books that carry a confirmed asset."""
    known = _SYSTEMS.get(owners[0].kind, AccountingSystem.NONE)
    return known if stage is Stage.CONFIRMED else AccountingSystem.NONE


_PUBLISHED = {
    Level.VILLAGE: Publicity.VILLAGE,
    Level.TOWNSHIP: Publicity.TOWNSHIP,
    Level.COUNTY: Publicity.COUNTY,
}


def publicity(row: AssetRow, value_fen: int) -> Publicity:
    """Return the widest level at which an asset was made public."""
    if row.stage is not Stage.CONFIRMED or row.subtype.category is Category.HOUSEHOLD:
        return Publicity.NOT_YET
    return Publicity.COUNTY if value_fen >= _COUNTY_NOTICE_FEN else _PUBLISHED[row.unit.level]
