"""Whether what is told of a meeting can be taken: the kind, the days, the heads, the stages, the items. Pure."""

from collections.abc import Iterable
from datetime import date

from registry.approvals.meetings.facts import Attendance, Item, MeetingFacts, Stage
from registry.approvals.meetings.kinds import (
    ALTERED_BY,
    BEFORE_MEETING,
    HELD_AT,
    IMPORTANT,
    IN_FORCE,
    READ_BEFORE,
    RESOLVING,
    REVIEW_MAJORITY,
    REVIEW_QUORUM,
    KindRule,
    MeetingKind,
    Regime,
    StageKind,
)
from registry.approvals.meetings.refusals import (
    AuthorityMissing,
    BodyTooSmall,
    HouseholdsDoNotFit,
    InFuture,
    KindMayNotDecide,
    KindNotOfUnit,
    LawNotInForce,
    LowerBody,
    MorePresentThanDue,
    NobodyDue,
    NotANewMeeting,
    NothingDecided,
    NoticeTooShort,
    NotNotified,
    NotPublishable,
    NotStudiedFirst,
    PapersNotOpened,
    PapersOpenedLate,
    ProxiesNotAllowed,
    SameCaseTwice,
    StageMissing,
    StageNotPassed,
    StagesOutOfOrder,
    TooFewRepresentatives,
    TooFewWomen,
    VotesDoNotAddUp,
)
from registry.approvals.meetings.rules import is_quorate, needs
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy
from registry.regions import level_of


def check_meeting(facts: MeetingFacts, *, on: date, policy: Policy) -> None:
    """Refuse a meeting that the law or its own numbers contradict; raises the refusals of this leaf.

    What was held before go-live is history: the days before it are not asked for again.
    """
    check_kind(facts)
    if facts.held_on > on:
        raise InFuture(field="held_on")
    check_attendance(facts.rule, facts.attendance)
    check_stages(facts)
    check_items(facts, policy)
    if not facts.is_history:
        check_days(facts, policy)
        _check_study(facts)


def check_kind(facts: MeetingFacts) -> None:
    """Refuse a meeting that the unit does not hold, or that has no right to a matter."""
    if facts.kind not in HELD_AT[level_of(facts.region_code)]:
        raise KindNotOfUnit(field="kind")
    is_discussions = facts.kind is MeetingKind.FOUR_DISCUSSIONS
    if is_discussions is not (facts.resolved_by in RESOLVING):
        raise StageMissing(field="resolved_by")
    for item in facts.items:
        if item.matter in facts.rule.withheld:
            raise KindMayNotDecide(facts.rule.refusal, field="items", matter=item.matter.label)
    if facts.rule.authority and not facts.authority.strip():
        raise AuthorityMissing(field="authority", what=facts.rule.authority)


def check_days(facts: MeetingFacts, policy: Policy) -> None:
    """Refuse a meeting that was called, or whose papers were laid open, too late."""
    since = IN_FORCE.get(facts.rule.regime)
    if since and facts.held_on < since:
        raise LawNotInForce(field="held_on", since=since)
    notice, notified = facts.rule.notice, facts.notified_on
    if (notice and notified is None) or (notified and notified > facts.held_on):
        raise NotNotified(field="notified_on")
    if notice and notified:
        _check_ahead(NoticeTooShort, "notified_on", notified, facts.held_on, notice, policy)
    if facts.rule.regime is Regime.COLLECTIVE and any(item.matter in READ_BEFORE for item in facts.items):
        if facts.readable_on is None:
            raise PapersNotOpened(field="readable_on")
        opened = facts.readable_on
        _check_ahead(PapersOpenedLate, "readable_on", opened, facts.held_on, Parameter.NOTICE_DAYS_PLAN_READING, policy)


def _check_ahead(
    refusal: type[NoticeTooShort], field: str, start: date, held_on: date, days: Parameter, policy: Policy
) -> None:
    earliest = policy.due_on(start, days)
    if held_on < earliest:
        raise refusal(field=field, days=policy.number(days), start=start, earliest=earliest)


def _check_study(facts: MeetingFacts) -> None:
    important = [item.matter for item in facts.items if item.matter in IMPORTANT]
    if not (facts.rule.party_first and important) or facts.kind is MeetingKind.FOUR_DISCUSSIONS:
        return
    if facts.party_studied_on is None or facts.party_studied_on > facts.held_on:
        raise NotStudiedFirst(field="party_studied_on", matter=important[0].label)


def check_attendance(rule: KindRule, there: Attendance) -> None:
    """Refuse heads that cannot be, or a body that is not made up as the law demands."""
    if there.due < 1 or there.attending < 1:
        raise NobodyDue(field="present")
    if there.proxies and not rule.proxies:
        raise ProxiesNotAllowed(field="proxies")
    if there.attending > there.due:
        raise MorePresentThanDue(field="present", attending=there.attending, due=there.due)
    if there.households_present > min(there.households_due, there.present):
        raise HouseholdsDoNotFit(
            field="households_present", present=there.households_present, due=there.households_due,
            people=there.present,
        )  # fmt: skip
    _check_body(rule, there)


def _check_body(rule: KindRule, there: Attendance) -> None:
    if there.due <= rule.body_over:
        raise BodyTooSmall(field="due", over=rule.body_over, due=there.due)
    elected = there.due
    if rule.representatives:
        elected, least = there.representatives, rule.representatives.least(there.due)
        if not least <= elected <= there.due:
            raise TooFewRepresentatives(field="representatives", due=there.due, needed=least)
    women = max(rule.least_women, rule.women.least(there.due) if rule.women else 0)
    if women and not women <= there.women <= elected:
        raise TooFewWomen(field="women", due=there.due, needed=women)


def check_stages(facts: MeetingFacts) -> None:
    """Refuse four discussions of which one is missing, out of order or not passed."""
    expected = BEFORE_MEETING if facts.kind is MeetingKind.FOUR_DISCUSSIONS else ()
    if tuple(one.stage for one in facts.stages) != expected:
        raise StageMissing(field="resolved_by")
    days = [*(one.held_on for one in facts.stages), facts.held_on]
    if days != sorted(days):
        raise StagesOutOfOrder(field="held_on")
    for one in facts.stages:
        _check_stage(one)


def _check_stage(one: Stage) -> None:
    """The law of the party gives numbers for the members' meeting only; elsewhere somebody must have agreed."""
    reviewed = one.stage is StageKind.REVIEWED
    people = REVIEW_QUORUM.least(one.due) if reviewed else 1
    votes = REVIEW_MAJORITY.least(one.due) if reviewed else 1
    fits = 1 <= one.agreed <= one.present <= one.due
    if not (fits and one.present >= people and one.agreed >= votes):
        raise StageNotPassed(field=one.stage.value.lower(), due=one.due, people=people, votes=votes)


def check_items(facts: MeetingFacts, policy: Policy) -> None:
    """Refuse an agenda without an item, votes that are not those of the people there, or one case decided twice."""
    if not facts.items:
        raise NothingDecided(field="items")
    quorate = is_quorate(needs(facts.deciding, facts.attendance, policy), facts.attendance)
    for number, item in enumerate(facts.items, 1):
        _check_votes(number, item, facts.attendance.attending, quorate=quorate)
    cases = [(item.case.table, item.case.id) for item in facts.items if item.case]
    altered = [item.alters_id for item in facts.items if item.alters_id]
    if len(set(cases)) < len(cases) or len(set(altered)) < len(altered):
        raise SameCaseTwice(field="items")


def _check_votes(number: int, item: Item, attending: int, *, quorate: bool) -> None:
    """Without a quorum nobody need have voted."""
    cast = item.vote.cast
    if cast != attending and not (cast == 0 and not quorate):
        raise VotesDoNotAddUp(field="items", number=number, cast=cast, attending=attending)


def check_alteration(*, earlier: MeetingKind, earlier_on: date, later: MeetingKind, later_on: date) -> None:
    """Refuse to alter a resolution by a lower body or at no later meeting; the kinds are the deciding ones."""
    if later not in ALTERED_BY[earlier]:
        raise LowerBody(field="items")
    if later_on <= earlier_on:
        raise NotANewMeeting(field="items")


def check_publication(
    stage: StageKind, published_on: date, *, held: Iterable[tuple[StageKind, date]], on: date
) -> None:
    """Refuse a publication that comes twice, before its turn, before the meeting, or before its day."""
    known = dict(held)
    before = StageKind.RESOLVED if stage is StageKind.RESOLUTION_PUBLISHED else StageKind.RESOLUTION_PUBLISHED
    if stage in known or before not in known or published_on < known[before]:
        raise NotPublishable(field="published_on")
    if published_on > on:
        raise InFuture(field="published_on")
