"""Who may own what, and who starts a case: domain rules, sections 2.2 and 9. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from registry.assets.register.categories import BEHAVIOURS, BY_CODE
from registry.assets.register.registration import WHOLE_BP, OwnerFact
from registry.assets.register.rules import check_owners
from registry.errors import Forbidden, Invalid
from registry.kinds import Category, OwnerKind, Sector, TitleDeed
from registry.money import allocate
from registry.permissions import GRANTS, Actor, Permission, Role
from registry.regions import Level, covers, level_of
from registry.text import N_

_K = OwnerKind
COLLECTIVES = frozenset({_K.VILLAGE_COLLECTIVE, _K.GROUP_COLLECTIVE})
#: Schools and clinics are the county's.
_OF_THE_COUNTY = frozenset({"EDUCATION", "HEALTH"})
#: Public works that serve several villages belong to a department of the county, or to the township.
_ABOVE_VILLAGES = frozenset({_K.STATE, _K.TOWNSHIP})


class CollectiveNotDivided(Invalid):
    """Collective property is never divided to members; only income rights may be quantified."""

    message = N_("“%(name)s”是集体财产，不能分到农户个人；只有经营收益权可以量化。")


class CountyOwns(Invalid):
    """Schools and clinics are owned by the county."""

    message = N_("“%(name)s”是教育、卫生设施，要归区县的国有单位所有。")


class AboveVillages(Invalid):
    """What serves several villages is not one village's."""

    message = N_("“%(name)s”跨村受益，要归区县主管部门或乡镇；经营性的也可以由几个村按投资份额共有。")


class OneHousehold(Invalid):
    """A household asset has one household."""

    message = N_("“%(name)s”是到户类资产，所有权人要正好是一户。")


class SharesByInvestment(Invalid):
    """Villages that own together hold by what each put in."""

    message = N_("“%(name)s”由几个集体共有，要填每个集体的投资额，份额按投资额算。")


class WrongStarter(Forbidden):
    """Who is in charge is responsible: public works are brought in by the sector, others by the owner's unit."""

    message = N_("公益性资产由行业主管部门发起确权，其他资产由所有权人所在单位或上级的经办员发起。")


@dataclass(frozen=True)
class Share:
    """One proposed holder: what it is, where, its share, and what it invested where several villages own together."""

    kind: OwnerKind
    name: str
    region_code: str
    share_bp: int
    invested_fen: int | None = None


@dataclass(frozen=True)
class Thing:
    """What of an asset decides who may own it; ``held_by`` are the kinds of its present holders."""

    name: str
    category: Category
    subtype: str
    region_code: str
    held_by: frozenset[OwnerKind]
    spans_villages: bool = False


def check_may_own(thing: Thing, shares: Sequence[Share]) -> None:
    """Raise unless these may own the asset together."""
    check_owners(thing.category, [OwnerFact(one.kind, one.name, one.share_bp) for one in shares])
    kinds = {one.kind for one in shares}
    if thing.category is Category.HOUSEHOLD and len(shares) > 1:
        raise OneHousehold(field="owners", name=thing.name)
    if OwnerKind.HOUSEHOLD in kinds and (kinds | thing.held_by) & COLLECTIVES:
        raise CollectiveNotDivided(field="owners", name=thing.name)
    if thing.subtype in _OF_THE_COUNTY and not all(_is_county(one) for one in shares):
        raise CountyOwns(field="owners", name=thing.name)
    _check_together(thing, shares)


def _is_county(share: Share) -> bool:
    return share.kind is OwnerKind.STATE and level_of(share.region_code).depth <= Level.COUNTY.depth


def _check_together(thing: Thing, shares: Sequence[Share]) -> None:
    collectives = [one for one in shares if one.kind in COLLECTIVES]
    together = thing.category is Category.OPERATING and len(collectives) > 1
    if thing.spans_villages and not together and not {one.kind for one in shares} <= _ABOVE_VILLAGES:
        raise AboveVillages(field="owners", name=thing.name)
    if together and [one.share_bp for one in shares] != by_investment([one.invested_fen for one in shares]):
        raise SharesByInvestment(field="owners", name=thing.name)


def by_investment(invested_fen: Sequence[int | None]) -> list[int]:
    """Return shares in basis points by what each invested; nothing where an amount is missing or not positive."""
    amounts = [fen for fen in invested_fen if fen is not None and fen > 0]
    if len(amounts) != len(invested_fen) or not amounts:
        return []
    return allocate(WHOLE_BP, amounts)


def check_starter(deed: TitleDeed, category: Category, sector: str, region_code: str, by: Actor) -> None:
    """Raise WrongStarter unless this person brings in such a case: the sector's officer, or a clerk of the unit."""
    if not any(_starts(grant.role, grant.region_code, grant.sector, deed, category, sector, region_code)
               for grant in by.grants):  # fmt: skip
        raise WrongStarter


def is_sectors(deed: TitleDeed, category: Category) -> bool:
    """Say whether the sector department brings in such a case: first title and hand-over of public works."""
    return category is Category.PUBLIC_WELFARE and deed in {TitleDeed.FIRST_TITLE, TitleDeed.HAND_OVER}


def _starts(
    role: Role, unit: str, own: Sector | None, deed: TitleDeed, category: Category, sector: str, region_code: str
) -> bool:
    if Permission.TITLE_ENTER not in GRANTS[role] or not covers(unit, region_code):
        return False
    if is_sectors(deed, category):
        return role is Role.SECTOR_OFFICER and (own is None or own == sector)
    return role is not Role.SECTOR_OFFICER


class NotOneRoute(Invalid):
    """The assets of one case go one way: same unit, same category, owners of one kind."""

    message = N_("一件事项里的资产要在同一个登记单位、同一类别、同一种权利人，请分开办理。")


@dataclass(frozen=True)
class Way:
    """What chooses the route of a case."""

    region_code: str
    category: Category
    owner_kind: OwnerKind
    sector: str


def one_way(ways: Iterable[Way]) -> Way:
    """Return the one way of all assets of a case; raises NotOneRoute. Sectors must agree for public works only."""
    found = list(ways)
    first = found[0]
    for other in found:
        same = (other.region_code, other.category, other.owner_kind) == (
            first.region_code, first.category, first.owner_kind,
        )  # fmt: skip
        if not same or (first.category is Category.PUBLIC_WELFARE and other.sector != first.sector):
            raise NotOneRoute(field="lines")
    sectors = {other.sector for other in found}
    return Way(first.region_code, first.category, first.owner_kind, first.sector if len(sectors) == 1 else "")


def owners_of_category(category: Category) -> frozenset[OwnerKind]:
    """Return who may own assets of a category, for the choices of a form."""
    return BEHAVIOURS[category].owners


def needs_land_register(subtype: str) -> bool:
    """Say whether an asset is real estate, so that statutory registration follows."""
    return BY_CODE[subtype].real_estate
