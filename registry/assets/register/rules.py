"""What a card must satisfy, and what follows from it: shares, funding, highest value, who must confirm. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from registry.assets.register.categories import BEHAVIOURS, BY_CODE, INTERESTS, Nature
from registry.assets.register.funding import FundingLevel, FundingSource, is_poverty_fund
from registry.assets.register.registration import MAX_NAME, WHOLE_BP, FundingFact, OwnerFact, Registration, Stage
from registry.errors import Conflict, Forbidden, Invalid
from registry.kinds import Category
from registry.money import format_yuan
from registry.permissions import Actor
from registry.regions import is_code
from registry.text import N_


class NameMissing(Invalid):
    """An asset has a name."""

    message = N_("请填写资产名称，最多 100 个字。")


class SubtypeMismatch(Invalid):
    """The subtype belongs to another category."""

    message = N_("子类“%(subtype)s”不属于“%(category)s”。")


class OwnerNotAllowed(Invalid):
    """The category does not admit this kind of owner."""

    message = N_("%(category)s不能归“%(owner)s”所有。")


class SharesNotWhole(Invalid):
    """The owners' shares do not sum to 100 %."""

    message = N_("所有权人份额加起来是 %(sum)s%%，要正好 100%%。")


class FundingNotWhole(Invalid):
    """The funding lines do not sum to the original value."""

    message = N_("资金合计 %(sum)s 元，与原值 %(value)s 元相差 %(gap)s 元。请补一笔，来源不清填“来源待核”。")


class ValueNotPositive(Invalid):
    """An asset costs something."""

    message = N_("原值要大于 0。")


class DateOrder(Invalid):
    """Dates contradict each other."""

    message = N_("%(later)s不能早于%(earlier)s。")


class InFuture(Invalid):
    """A past fact is dated in the future."""

    message = N_("日期 %(day)s 还没有到，请核对。")


class NotALocation(Invalid):
    """The location is not a 12-digit code."""

    message = N_("坐落区划请填 12 位代码。")


class InterestMissing(Invalid):
    """Equity and debt name in whom and how much."""

    message = N_("股权、债权资产要填写接受投资的单位。")


class OwnEntry(Forbidden):
    """The second person must be another person."""

    message = N_("这是您自己提交的，要由另一个人确认。")


class NotWaiting(Conflict):
    """The card is not waiting for confirmation."""

    message = N_("这项资产现在是“%(stage)s”，不在待确认状态。")


class NotConfirmedYet(Conflict):
    """Only a confirmed card is corrected."""

    message = N_("这项资产还没有确认，请在登记表里直接修改。")


class AfterGoLive(Invalid):
    """Only facts before the go-live date may be entered as history."""

    message = N_("%(day)s 不早于本单位启用日期 %(go_live)s，不能按历史补录，请走规定程序。")


class GoLiveUnknown(Invalid):
    """A unit without a go-live date cannot enter history."""

    message = N_("本单位还没有设定启用日期，请县级先设定，再补录历史。")


def check_registration(facts: Registration, *, on: date) -> None:
    """Raise the first rule a card breaks; ``on`` is the day it is entered."""
    if not 0 < len(facts.name.strip()) <= MAX_NAME:
        raise NameMissing(field="name")
    subtype = BY_CODE.get(facts.subtype)
    if subtype is None or subtype.category is not facts.category:
        label = subtype.label if subtype else facts.subtype
        raise SubtypeMismatch(field="subtype", subtype=label, category=facts.category.label)
    if facts.original_value_fen <= 0:
        raise ValueNotPositive(field="original_value")
    if facts.location_code and not is_code(facts.location_code):
        raise NotALocation(field="location_code")
    if subtype.nature in INTERESTS and not facts.interest.investee.strip():
        raise InterestMissing(field="investee")
    check_owners(facts.category, facts.owners)
    check_funding(facts.original_value_fen, facts.funding)
    check_dates(facts, on=on)


def check_owners(category: Category, owners: Sequence[OwnerFact]) -> None:
    """Raise unless the category admits every owner and the shares make exactly 100 %."""
    allowed = BEHAVIOURS[category].owners
    for owner in owners:
        if owner.kind not in allowed:
            raise OwnerNotAllowed(field="owners", category=category.label, owner=owner.kind.label)
        if owner.share_bp <= 0:
            raise SharesNotWhole(field="owners", sum=percent(owner.share_bp))
    total = sum(owner.share_bp for owner in owners)
    if total != WHOLE_BP:
        raise SharesNotWhole(field="owners", sum=percent(total))


def check_funding(original_value_fen: int, lines: Iterable[FundingFact]) -> None:
    """Raise unless the funding lines sum exactly to the value."""
    total = sum(line.amount_fen for line in lines)
    if total != original_value_fen:
        raise FundingNotWhole(
            field="funding",
            sum=format_yuan(total),
            value=format_yuan(original_value_fen),
            gap=format_yuan(abs(original_value_fen - total)),
        )


def check_dates(facts: Registration, *, on: date) -> None:
    """Raise if a fact lies in the future, or use precedes acceptance."""
    for name, day in (("acquired_on", facts.acquired.day), ("accepted_on", facts.accepted_on)):
        if day is not None and day > on:
            raise InFuture(field=name, day=day.isoformat())
    if facts.certificate_on is not None and facts.certificate_on > on:
        raise InFuture(field="certificate_on", day=facts.certificate_on.isoformat())
    if facts.interest.starts_on and facts.interest.ends_on and facts.interest.ends_on < facts.interest.starts_on:
        raise DateOrder(field="ends_on", later=N_("到期日"), earlier=N_("起始日"))


def percent(bp: int) -> str:
    """Write basis points as a percentage with two decimals: 9328 → 93.28."""
    return f"{bp // 100}.{bp % 100:02d}"


def poverty_fund_fen(lines: Iterable[FundingFact]) -> int:
    """Return how much of the value is poverty-alleviation money; losses and revaluations change it in proportion."""
    known = list(lines)
    given = [line for line in known if line.source is not FundingSource.ADJUSTMENT]
    fund = sum(line.amount_fen for line in given if is_poverty_fund(line.source))
    money = sum(line.amount_fen for line in given)
    adjusted = sum(line.amount_fen for line in known) - money
    return fund + adjusted * fund // money if money > 0 else fund


def share_of(part_fen: int, whole_fen: int) -> int:
    """Return a part in basis points of the whole, rounded down; 0 of nothing."""
    return part_fen * WHOLE_BP // whole_fen if whole_fen > 0 else 0


def netted(lines: Iterable[FundingFact]) -> tuple[FundingFact, ...]:
    """Join lines of one source, level, year and document, reversals included; lines that cancel out are dropped."""
    sums: dict[tuple[FundingSource, FundingLevel, int | None, str], int] = {}
    for line in lines:
        key = (line.source, line.level, line.year, line.document_no)
        sums[key] = sums.get(key, 0) + line.amount_fen
    return tuple(FundingFact(s, fen, level, year, document) for (s, level, year, document), fen in sums.items() if fen)


def reversal_and_entry(old: Iterable[FundingFact], new: Iterable[FundingFact]) -> tuple[FundingFact, ...]:
    """Return the lines that turn the old funding into the new one: what differs, taken back and entered anew."""
    back = [FundingFact(x.source, -x.amount_fen, x.level, x.year, x.document_no) for x in old]
    return netted([*back, *new])


def highest_value(changes: Sequence[tuple[date, int]], *, since: date) -> int:
    """Return the highest value held on or after a day, from dated changes in order (it decides who approves)."""
    value = highest = 0
    for day, amount_fen in changes:
        if day >= since:
            highest = max(highest, value)
        value += amount_fen
        if day >= since:
            highest = max(highest, value)
    return max(highest, value)


#: What a correction of these fields changes is weighty: it waits for a second person one level above.
WEIGHTY = frozenset({"category", "original_value_fen", "funding", "owners", "quantity_milli", "unit", "title_status"})


def needs_second_person(changed: Iterable[str]) -> bool:
    """Say whether a correction of these fields waits for a second person one level above."""
    return not WEIGHTY.isdisjoint(changed)


def differences(old: Mapping[str, object], new: Mapping[str, object]) -> dict[str, tuple[object, object]]:
    """Return the fields whose values differ, with both values."""
    return {name: (old[name], new[name]) for name in new if old.get(name) != new[name]}


def check_second_person(entered_by: int | None, by: Actor) -> None:
    """Raise OwnEntry if the confirmer is the person who entered it."""
    if by.id is None or by.id == entered_by:
        raise OwnEntry


def check_waiting(stage: Stage) -> None:
    """Raise NotWaiting unless the card waits for its second person."""
    if stage is not Stage.SUBMITTED:
        raise NotWaiting(stage=stage.label)


def check_legacy(fact_on: date, go_live: date | None) -> None:
    """Raise unless the fact is older than the unit's go-live date."""
    if go_live is None:
        raise GoLiveUnknown
    if fact_on >= go_live:
        raise AfterGoLive(field="fact_on", day=fact_on.isoformat(), go_live=go_live.isoformat())


def is_interest(subtype: str) -> bool:
    """Say whether the asset is a share or a claim rather than a thing."""
    return BY_CODE[subtype].nature in INTERESTS


def is_living(subtype: str) -> bool:
    """Say whether the asset is alive."""
    return BY_CODE[subtype].nature is Nature.LIVING
