"""What may change on a roll and why: one table from reason to consequence, and what follows for classes. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from registry.ledger.distribution.rolls.refusals import (
    ClassMissing,
    EventAhead,
    NewcomerMissing,
    NotPresent,
    PeopleMissing,
    PersonMissing,
    PersonUnasked,
    ReasonUnfit,
    SharesTooFew,
    TargetMissing,
)
from registry.ledger.distribution.rolls.rules import MONITORED, RELIEF, STANDING, BeneficiaryClass, Held
from registry.parties.households.rules import PersonFacts, ShareKind, shares_text
from registry.text import N_, Labelled

MOST_LINES = 500


class ChangeStatus(Labelled):
    """How far a request for changes has come."""

    ASKED = "ASKED", N_("待审批")
    DONE = "DONE", N_("已生效")
    REFUSED = "REFUSED", N_("未同意")


class ReviewVerdict(Labelled):
    """What the yearly look at a household found."""

    KEPT = "KEPT", N_("情况不变")
    CHANGE_ASKED = "CHANGE_ASKED", N_("申请调整")


class ReasonCode(Labelled):
    """Why a household is on the roll, or is changed."""

    ENROLLED = "ENROLLED", N_("首次登记")
    NEWLY_MONITORED = "NEWLY_MONITORED", N_("新增监测")
    RISK_REMOVED = "RISK_REMOVED", N_("风险消除")
    NEWLY_LIFTED = "NEWLY_LIFTED", N_("新增脱贫")
    NEWLY_LOW_INCOME = "NEWLY_LOW_INCOME", N_("新增低保")
    LOW_INCOME_ENDED = "LOW_INCOME_ENDED", N_("退出低保")
    NEWLY_EXTREME = "NEWLY_EXTREME", N_("新增特困")
    EXTREME_ENDED = "EXTREME_ENDED", N_("退出特困")
    REMOVED = "REMOVED", N_("识别有误，清退")
    WAIVED = "WAIVED", N_("自愿放弃")
    CADRE_REVIEW = "CADRE_REVIEW", N_("村干部家庭复核")
    MEMBER_JOINED = "MEMBER_JOINED", N_("取得成员身份")
    MEMBER_LEFT = "MEMBER_LEFT", N_("丧失成员身份")
    PERSON_ADDED = "PERSON_ADDED", N_("新增人口")
    DIED = "DIED", N_("死亡")
    MOVED_OUT = "MOVED_OUT", N_("迁出")
    SPLIT = "SPLIT", N_("分户")
    MERGED = "MERGED", N_("并户")
    SHARES_MOVED = "SHARES_MOVED", N_("脱贫转股")


class About(Labelled):
    """Whom a reason is about."""

    HOUSEHOLD = "HOUSEHOLD", N_("全户")
    PERSON = "PERSON", N_("一个人")
    EITHER = "EITHER", N_("全户或一个人")


@dataclass(frozen=True)
class Effect:
    """What a reason does to classes: which one of ``starts`` begins, which end; what else has to be said."""

    about: About
    starts: frozenset[BeneficiaryClass] = frozenset()
    ends: frozenset[BeneficiaryClass] = frozenset()
    needs_target: bool = False
    needs_people: bool = False
    takes_heir: bool = False


_C, _R = BeneficiaryClass, ReasonCode
_ASSISTED = MONITORED | RELIEF | {_C.LIFTED}
#: Reason → consequence, read top to bottom. ENROLLED is given at registration and is no reason to change.
EFFECTS: dict[ReasonCode, Effect] = {
    _R.NEWLY_MONITORED: Effect(About.HOUSEHOLD, starts=MONITORED, ends=STANDING),
    _R.RISK_REMOVED: Effect(About.HOUSEHOLD, starts=frozenset({_C.LIFTED, _C.ORDINARY}), ends=MONITORED),
    _R.NEWLY_LIFTED: Effect(About.HOUSEHOLD, starts=frozenset({_C.LIFTED}), ends=STANDING),
    _R.NEWLY_LOW_INCOME: Effect(About.EITHER, starts=frozenset({_C.LOW_INCOME})),
    _R.LOW_INCOME_ENDED: Effect(About.EITHER, ends=frozenset({_C.LOW_INCOME})),
    _R.NEWLY_EXTREME: Effect(About.EITHER, starts=frozenset({_C.EXTREME_POVERTY})),
    _R.EXTREME_ENDED: Effect(About.EITHER, ends=frozenset({_C.EXTREME_POVERTY})),
    _R.REMOVED: Effect(About.HOUSEHOLD, starts=frozenset({_C.ORDINARY}), ends=_ASSISTED),
    _R.WAIVED: Effect(About.HOUSEHOLD, starts=frozenset({_C.ORDINARY}), ends=_ASSISTED),
    _R.CADRE_REVIEW: Effect(About.HOUSEHOLD, starts=frozenset({_C.ORDINARY}), ends=_ASSISTED),
    _R.MEMBER_JOINED: Effect(About.PERSON, starts=frozenset({_C.MEMBER})),
    _R.MEMBER_LEFT: Effect(About.PERSON, ends=frozenset({_C.MEMBER}), takes_heir=True),
    _R.PERSON_ADDED: Effect(About.HOUSEHOLD),
    _R.DIED: Effect(About.PERSON, takes_heir=True),
    _R.MOVED_OUT: Effect(About.EITHER),
    _R.SPLIT: Effect(About.HOUSEHOLD, needs_people=True),
    _R.MERGED: Effect(About.HOUSEHOLD, needs_target=True),
    _R.SHARES_MOVED: Effect(About.PERSON, takes_heir=True),
}  # fmt: skip


@dataclass(frozen=True)
class LineFacts:
    """One change asked for. Which of the optional parts must be there, EFFECTS says.

    ``person_id`` is whom it is about; ``heir_id`` who takes over what the person held (an heir, or the receiver of
    shares moved); ``people`` who leaves in a split, the first of them as the new head; ``target_id`` the household
    merged into; ``newcomer`` who is added.
    """

    household_id: int
    reason: ReasonCode
    event_on: date
    person_id: int | None = None
    new_class: BeneficiaryClass | None = None
    heir_id: int | None = None
    target_id: int | None = None
    people: tuple[int, ...] = ()
    newcomer: PersonFacts | None = None
    share_hundredths: int = 0
    note: str = ""


@dataclass(frozen=True)
class Present:
    """A household as a change finds it: classes held by row, people present, assistance shares by person."""

    head_name: str
    formed_on: date
    held: tuple[tuple[int, Held], ...]
    people: frozenset[int]
    shares: dict[tuple[int, ShareKind], int]
    unnamed: int = 0


def check_line(line: LineFacts, found: Present, on: date) -> None:
    """Raise unless a change makes sense for the household as it stands."""
    effect = EFFECTS.get(line.reason)
    words = {"head": found.head_name, "reason": line.reason.label}
    if effect is None:
        raise ReasonUnfit(field="reason", **words)
    if not found.formed_on <= line.event_on <= on:
        raise EventAhead(field="event_on", **words)
    _check_person(line, effect, found, words)
    _check_class(line, effect, found, words)
    _check_others(line, effect, found, words)


def _check_person(line: LineFacts, effect: Effect, found: Present, words: dict[str, str]) -> None:
    if effect.about is About.PERSON and line.person_id is None:
        raise PersonMissing(field="person_id", **words)
    if effect.about is About.HOUSEHOLD and line.person_id is not None:
        raise PersonUnasked(field="person_id", **words)
    if line.person_id is not None and line.person_id not in found.people:
        raise NotPresent(field="person_id", **words)


def _check_class(line: LineFacts, effect: Effect, found: Present, words: dict[str, str]) -> None:
    if effect.starts and line.new_class not in effect.starts:
        raise ClassMissing(field="new_class", **words)
    now = [one for _, one in found.held if _is_same_person(one, line.person_id) and one.valid_to is None]
    ends_none = effect.ends and not any(one.beneficiary_class in effect.ends for one in now)
    stays_same = any(one.beneficiary_class is line.new_class for one in now)
    if (ends_none and effect.ends != STANDING and line.reason is not ReasonCode.CADRE_REVIEW) or (
        effect.starts and stays_same and line.reason is not ReasonCode.CADRE_REVIEW
    ):
        raise ReasonUnfit(field="reason", **words)


def _check_others(line: LineFacts, effect: Effect, found: Present, words: dict[str, str]) -> None:
    if effect.needs_target and line.target_id in {None, line.household_id}:
        raise TargetMissing(field="target_id", **words)
    if effect.needs_people and not (line.people and set(line.people) < found.people):
        raise PeopleMissing(field="people", **words)
    if line.reason is ReasonCode.PERSON_ADDED and line.newcomer is None:
        raise NewcomerMissing(field="newcomer_name", **words)
    if line.heir_id is not None and line.heir_id == line.person_id:
        raise TargetMissing(field="heir_id", **words)
    if line.reason is ReasonCode.SHARES_MOVED:
        _check_shares(line, found, words)


def _check_shares(line: LineFacts, found: Present, words: dict[str, str]) -> None:
    """Moved shares have a receiver and are no more than are held; the principal is not touched (脱贫转股)."""
    if line.heir_id is None:
        raise TargetMissing(field="heir_id", **words)
    held = found.shares.get((line.person_id or 0, ShareKind.ASSISTANCE), 0)
    if not 0 < line.share_hundredths <= held:
        raise SharesTooFew(field="share_hundredths", held=shares_text(held), **words)


@dataclass(frozen=True)
class ClassMoves:
    """Which rows of classes end, and which classes begin, for whom."""

    ends: tuple[int, ...] = ()
    starts: tuple[tuple[BeneficiaryClass, int | None], ...] = ()


def left_after(line: LineFacts, found: Present) -> frozenset[int]:
    """Return who stays in the household once a change is carried out."""
    if line.reason is ReasonCode.MERGED or (line.reason is ReasonCode.MOVED_OUT and line.person_id is None):
        return frozenset()
    if line.reason in {ReasonCode.DIED, ReasonCode.MOVED_OUT}:
        return found.people - {line.person_id or 0}
    return found.people - frozenset(line.people)


def is_over(line: LineFacts, found: Present) -> bool:
    """Say whether a change ends the household: it merged or moved away, or nobody is left of it."""
    goes = line.reason is ReasonCode.MERGED or (line.reason is ReasonCode.MOVED_OUT and line.person_id is None)
    return goes or (not left_after(line, found) and not found.unnamed)


def moves_of(line: LineFacts, found: Present) -> ClassMoves:
    """Return what a change does to the classes of its household; what goes along elsewhere, ``carried`` says."""
    effect, left = EFFECTS[line.reason], left_after(line, found)
    open_ = [(row, one) for row, one in found.held if one.valid_to is None]
    if is_over(line, found):
        return ClassMoves(tuple(row for row, _ in open_))
    if line.reason in {ReasonCode.DIED, ReasonCode.MOVED_OUT, ReasonCode.SPLIT}:
        return ClassMoves(tuple(row for row, one in open_ if one.person_id is not None and one.person_id not in left))
    ends = [row for row, one in open_ if _ends(one, line, effect)]
    starts = ((line.new_class, line.person_id),) if line.new_class else ()
    if line.new_class is BeneficiaryClass.ORDINARY and _has_standing(open_, ends):
        starts = ()
    return ClassMoves(tuple(ends), starts)


def _ends(one: Held, line: LineFacts, effect: Effect) -> bool:
    replaces = line.new_class in STANDING and one.beneficiary_class in STANDING
    kept = one.beneficiary_class is line.new_class
    return (one.beneficiary_class in effect.ends or replaces) and _is_same_person(one, line.person_id) and not kept


def _has_standing(open_: Sequence[tuple[int, Held]], ended: Collection[int]) -> bool:
    return any(row not in ended and one.beneficiary_class in STANDING for row, one in open_)


def _is_same_person(one: Held, person_id: int | None) -> bool:
    """A change of the household's class leaves its persons' own classes alone, and the other way round."""
    return one.person_id == person_id


def carried(held: Sequence[tuple[int, Held]], people: Collection[int]) -> tuple[tuple[int, Held], ...]:
    """Return the persons' own classes that go with people to another household: membership, relief of one person."""
    return tuple((row, one) for row, one in held if one.valid_to is None and one.person_id in people)


def standing_of(held: Sequence[tuple[int, Held]]) -> BeneficiaryClass:
    """Return the class in which a household stands now; a household split from it stands in the same until reviewed."""
    open_ = (one.beneficiary_class for _, one in held if one.valid_to is None and one.beneficiary_class in STANDING)
    return next(open_, BeneficiaryClass.ORDINARY)


#: Reasons on which a meeting votes; the others are events that happened to people.
BY_VOTE = frozenset(
    {
        _R.NEWLY_MONITORED, _R.RISK_REMOVED, _R.NEWLY_LIFTED, _R.NEWLY_LOW_INCOME, _R.LOW_INCOME_ENDED,
        _R.NEWLY_EXTREME, _R.EXTREME_ENDED, _R.REMOVED, _R.WAIVED, _R.CADRE_REVIEW, _R.MEMBER_JOINED, _R.MEMBER_LEFT,
        _R.SHARES_MOVED,
    }
)  # fmt: skip
