"""Which kind of patrol it is, who may make it, and when the next is due. Pure."""

from dataclasses import dataclass
from datetime import date

from registry.assets.custody.agreements.rules import FREQUENCIES
from registry.assets.custody.faults.rules import Finding
from registry.assets.register.registration import Stage
from registry.errors import Forbidden, Invalid
from registry.kinds import Category
from registry.permissions import GRANTS, Actor, Permission
from registry.policy.calendar import add_months
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy
from registry.regions import Level, covers, level_of
from registry.text import N_, Labelled

#: A round is one page that a person walks along.
MOST_IN_A_ROUND = 100


class PatrolKind(Labelled):
    """By whom and for what an asset is looked at."""

    SELF = "SELF", N_("管护巡查")
    TOWNSHIP = "TOWNSHIP", N_("乡镇抽查")
    COUNTY = "COUNTY", N_("区县抽查")
    VISIT = "VISIT", N_("指导走访")


class PatrolResult(Labelled):
    """What was seen."""

    NORMAL = "NORMAL", N_("正常")
    FAULT = "FAULT", N_("有问题")
    NOT_FOUND = "NOT_FOUND", N_("没有找到")
    ADVISED = "ADVISED", N_("已指导")


#: What may be seen on which kind of patrol: a household is advised, never told to repair.
RESULTS: dict[PatrolKind, tuple[PatrolResult, ...]] = {
    PatrolKind.SELF: (PatrolResult.NORMAL, PatrolResult.FAULT, PatrolResult.NOT_FOUND),
    PatrolKind.TOWNSHIP: (PatrolResult.NORMAL, PatrolResult.FAULT, PatrolResult.NOT_FOUND),
    PatrolKind.COUNTY: (PatrolResult.NORMAL, PatrolResult.FAULT, PatrolResult.NOT_FOUND),
    PatrolKind.VISIT: (PatrolResult.NORMAL, PatrolResult.ADVISED, PatrolResult.NOT_FOUND),
}
#: Seen so, something must be said about it.
_TOLD = frozenset({PatrolResult.FAULT, PatrolResult.NOT_FOUND, PatrolResult.ADVISED})
_CHECKS = frozenset({PatrolKind.TOWNSHIP, PatrolKind.COUNTY})
_KIND_OF_LEVEL = {Level.TOWNSHIP: PatrolKind.TOWNSHIP, Level.COUNTY: PatrolKind.COUNTY}


class NotPatrolled(Invalid):
    """Only a confirmed asset is patrolled."""

    message = N_("“%(name)s”还没有确认登记，不用巡查。")


class OtherKind(Invalid):
    """Households are visited, everything else is patrolled."""

    message = N_("到户类资产只做指导走访，其他资产按管护巡查登记。")


class NoSuchResult(Invalid):
    """A visit advises and orders no repair."""

    message = N_("到户类资产由农户自己管，只能指导，不能下维修要求。")


class SupportOver(Invalid):
    """Visits end with the years of support."""

    message = N_("“%(name)s”的帮扶期到 %(day)s 为止，以后由农户自己管，不再走访。")


class NotSaid(Invalid):
    """What is not normal is described."""

    message = N_("请写明在“%(name)s”看到了什么。")


class CustodianChecks(Forbidden):
    """Nobody checks from above what they look after themselves."""

    message = N_("您是这项资产的管护人，不能由您抽查，请换人。")


class NoCheckHere(Forbidden):
    """Checks are made by the township and the county."""

    message = N_("抽查由乡镇、区县办理；村里的巡查在“巡查”里登记。")


class NothingSeen(Invalid):
    """A round is about assets."""

    message = N_("这一轮没有要巡查的资产。")


@dataclass(frozen=True)
class Observation:
    """What a person saw of one asset."""

    kind: PatrolKind
    result: PatrolResult = PatrolResult.NORMAL
    note: str = ""
    finding: Finding | None = None


@dataclass(frozen=True)
class Looked:
    """What the rules know of the asset that is looked at."""

    name: str
    category: Category
    stage: Stage
    acquired_on: date
    custodian_id: int | None


def check_kind(by: Actor, region_code: str, category: Category) -> PatrolKind:
    """Return the kind of a look from above: the lowest level at which this person checks. Raises NoCheckHere."""
    if category is Category.HOUSEHOLD:
        return PatrolKind.VISIT
    levels = [
        level_of(grant.region_code)
        for grant in by.grants
        if Permission.PATROL_CHECK in GRANTS[grant.role] and covers(grant.region_code, region_code)
    ]
    found = sorted((level for level in levels if level in _KIND_OF_LEVEL), key=lambda level: -level.depth)
    if not found:
        raise NoCheckHere
    return _KIND_OF_LEVEL[found[0]]


def own_kind(category: Category) -> PatrolKind:
    """Return the kind of an ordinary look: a household is visited, anything else patrolled."""
    return PatrolKind.VISIT if category is Category.HOUSEHOLD else PatrolKind.SELF


def support_ends_on(acquired_on: date, policy: Policy) -> date:
    """Return the last day on which a household is visited about an asset."""
    return add_months(acquired_on, policy.number(Parameter.SUPPORT_MONTHS_HOUSEHOLD))


def check_patrol(seen: Observation, thing: Looked, *, by: Actor, on: date, policy: Policy) -> None:
    """Raise unless this person may note this about this asset today."""
    if thing.stage is not Stage.CONFIRMED:
        raise NotPatrolled(name=thing.name)
    if (seen.kind is PatrolKind.VISIT) is not (thing.category is Category.HOUSEHOLD):
        raise OtherKind
    if seen.result not in RESULTS[seen.kind]:
        raise NoSuchResult(field="result")
    if seen.result in _TOLD and not (seen.note.strip() or seen.finding):
        raise NotSaid(field="note", name=thing.name)
    if seen.kind is PatrolKind.VISIT:
        last = support_ends_on(thing.acquired_on, policy)
        if on > last:
            raise SupportOver(name=thing.name, day=last.isoformat())
    if seen.kind in _CHECKS and by.id == thing.custodian_id:
        raise CustodianChecks


def next_due(kind: PatrolKind, category: Category, on: date, policy: Policy, agreed_months: int | None = None) -> date:
    """Return when an asset is due again after a look of a kind; an agreement may ask for more than the policy."""
    if kind in _CHECKS:
        return add_months(on, policy.number(_CHECK_MONTHS[kind]))
    months = policy.number(FREQUENCIES[category])
    return add_months(on, min(months, agreed_months or months))


_CHECK_MONTHS = {
    PatrolKind.TOWNSHIP: Parameter.CHECK_MONTHS_TOWNSHIP,
    PatrolKind.COUNTY: Parameter.CHECK_MONTHS_COUNTY,
}


def overdue_days(due_on: date | None, on: date) -> int:
    """Return by how many days a patrol is late; never looked at counts as due, not as late by a number."""
    return max((on - due_on).days, 0) if due_on else 0
