"""What an agreement needs, who accepts it, how it ends. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from registry.assets.custody.agreements.refusals import (
    AlreadyOffered,
    ConditionMissing,
    MeanwhileMissing,
    MeanwhileSame,
    NothingChosen,
    NotKept,
    NotOffered,
    NotRunning,
    NotTheCustodian,
    NotYetBegun,
    OtherUnit,
    OwnPaper,
    PayUnsourced,
    PostMissing,
    PostTermTooLong,
    ReasonMissing,
    SignedAtOddDay,
    TermBackwards,
    TooManyChosen,
    TooSeldom,
)
from registry.assets.custody.kinds import CustodianKind, PayPeriod, PaySource
from registry.assets.register.categories import BEHAVIOURS
from registry.assets.register.registration import Stage
from registry.kinds import Category
from registry.permissions import Actor, Permission, may
from registry.policy.calendar import add_months
from registry.policy.parameters import Parameter
from registry.text import N_, Labelled

#: One agreement is one sheet of paper with a list; more than this is not read before it is signed.
MOST_ASSETS = 500


class AgreementStatus(Labelled):
    """How far an agreement has come."""

    OFFERED = "OFFERED", N_("待本人接受")
    ACCEPTED = "ACCEPTED", N_("已接受")
    DECLINED = "DECLINED", N_("未接受")
    WITHDRAWN = "WITHDRAWN", N_("已撤回")
    HANDED_BACK = "HANDED_BACK", N_("已交还")
    ENDED = "ENDED", N_("已终止")


class Phase(Labelled):
    """What an agreement is on a day: an accepted one runs by its dates."""

    OFFERED = "OFFERED", N_("待本人接受")
    ACTIVE = "ACTIVE", N_("履行中")
    EXPIRED = "EXPIRED", N_("已到期，待续签或交还")
    DECLINED = "DECLINED", N_("未接受")
    WITHDRAWN = "WITHDRAWN", N_("已撤回")
    HANDED_BACK = "HANDED_BACK", N_("已交还")
    ENDED = "ENDED", N_("已终止")


class AnswerWay(Labelled):
    """How the custodian signed."""

    SCREEN = "SCREEN", N_("本人在系统里签")
    PAPER = "PAPER", N_("纸质签字")


class Condition(Labelled):
    """In which state an asset is handed back."""

    GOOD = "GOOD", N_("完好")
    WORN = "WORN", N_("正常磨损")
    DAMAGED = "DAMAGED", N_("有损坏")
    MISSING = "MISSING", N_("找不到")


@dataclass(frozen=True)
class KeptAsset:
    """What the rules know of an asset in an agreement."""

    id: int
    name: str
    region_code: str
    category: Category
    subtype: str
    stage: Stage


@dataclass(frozen=True)
class Terms:
    """What an agreement says."""

    kind: CustodianKind
    custodian_name: str
    starts_on: date
    ends_on: date
    frequency_months: int
    user_id: int | None = None
    credit_code: str = ""
    post_id: int | None = None
    pay_fen: int = 0
    pay_period: PayPeriod = PayPeriod.YEAR
    pay_source: PaySource | None = None
    standards: str = ""
    duties: str = ""
    liability: str = ""
    hand_over: str = ""


@dataclass(frozen=True)
class HandBack:
    """How care ends: why, how each asset stands, who takes over meanwhile."""

    reason: str
    meanwhile: str
    conditions: Mapping[int, Condition]
    meanwhile_user_id: int | None = None


#: How often an asset is patrolled at least, by category; a household's is visited, not patrolled.
FREQUENCIES: dict[Category, Parameter] = {
    Category.PUBLIC_WELFARE: Parameter.PATROL_MONTHS_PUBLIC,
    Category.OPERATING: Parameter.PATROL_MONTHS_OPERATING,
    Category.HOUSEHOLD: Parameter.PATROL_MONTHS_HOUSEHOLD,
}


def check_assets(region_code: str, assets: Sequence[KeptAsset], offered: frozenset[int]) -> None:
    """Raise unless these assets may be put under one agreement of a unit; ``offered`` ones wait for another."""
    if not assets:
        raise NothingChosen(field="no")
    if len(assets) > MOST_ASSETS:
        raise TooManyChosen(field="no", most=MOST_ASSETS)
    for asset in assets:
        if not BEHAVIOURS[asset.category].has_custody or asset.stage is not Stage.CONFIRMED:
            raise NotKept(field="no", name=asset.name)
        if asset.region_code != region_code:
            raise OtherUnit(field="no", name=asset.name)
        if asset.id in offered:
            raise AlreadyOffered(field="no", name=asset.name)


def check_terms(terms: Terms, *, patrol_months: int, post_months: int) -> None:
    """Raise unless term, frequency, post and pay are in order; the months are what the policy allows at most."""
    if terms.ends_on <= terms.starts_on:
        raise TermBackwards(field="ends_on")
    if not 0 < terms.frequency_months <= patrol_months:
        raise TooSeldom(field="frequency_months", most=patrol_months)
    if terms.pay_fen and terms.pay_source is None:
        raise PayUnsourced(field="pay_source")
    if terms.kind is CustodianKind.PUBLIC_POST:
        _check_post(terms, post_months)


def _check_post(terms: Terms, most_months: int) -> None:
    if terms.post_id is None:
        raise PostMissing(field="post_id")
    last = add_months(terms.starts_on, most_months)
    if terms.ends_on > last:
        raise PostTermTooLong(field="ends_on", most=most_months, last=last.isoformat())


def phase_of(status: AgreementStatus, ends_on: date, on: date) -> Phase:
    """Return what an agreement is on a day."""
    if status is AgreementStatus.ACCEPTED:
        return Phase.ACTIVE if on <= ends_on else Phase.EXPIRED
    return Phase(status.value)


def check_offered(status: AgreementStatus) -> None:
    """Raise unless an offer waits for its answer."""
    if status is not AgreementStatus.OFFERED:
        raise NotOffered


def check_own(user_id: int | None, by: Actor) -> None:
    """Raise unless this is the custodian in person."""
    if user_id is None or user_id != by.id:
        raise NotTheCustodian


def check_begun(starts_on: date, on: date) -> None:
    """Raise before the first day of an agreement."""
    if on < starts_on:
        raise NotYetBegun(day=starts_on.isoformat())


def check_paper(user_id: int | None, by: Actor, *, signed_on: date, starts_on: date, on: date) -> None:
    """Raise unless somebody else enters a signature of a day that makes sense."""
    if user_id is not None and user_id == by.id:
        raise OwnPaper
    if not starts_on <= signed_on <= on:
        raise SignedAtOddDay(field="signed_on", day=starts_on.isoformat())


def check_running(status: AgreementStatus) -> None:
    """Raise unless the agreement has been accepted and not ended."""
    if status is not AgreementStatus.ACCEPTED:
        raise NotRunning


def check_may_end(user_id: int | None, region_code: str, by: Actor) -> None:
    """Raise unless this is the custodian, or somebody who arranges custody in the unit."""
    if not (may(by, Permission.CUSTODY_MANAGE, region_code) or (user_id is not None and user_id == by.id)):
        raise NotTheCustodian


def check_hand_back(facts: HandBack, *, custodian_name: str, user_id: int | None, kept: frozenset[int]) -> None:
    """Raise unless it is said why, how every asset stands, and who takes over meanwhile."""
    if not facts.reason.strip():
        raise ReasonMissing(field="reason")
    if not facts.meanwhile.strip():
        raise MeanwhileMissing(field="meanwhile")
    same_person = user_id is not None and facts.meanwhile_user_id == user_id
    if same_person or facts.meanwhile.strip() == custodian_name:
        raise MeanwhileSame(field="meanwhile")
    if kept - facts.conditions.keys():
        raise ConditionMissing(field="conditions")
